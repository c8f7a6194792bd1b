"""`klant.wijzigen`: contact data of a person or company, never over a colleague's change.

The register has no optimistic locking. So: read fresh, compare with what the employee saw, refuse when it differs,
write changed fields only. What already is as it must be is no conflict: two colleagues may type the same number.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from kcs_desktop.backend.opdrachten import adressen as adres_rules
from kcs_desktop.backend.opdrachten import velden as veld_rules
from kcs_desktop.backend.opdrachten.controle import Controle
from kcs_desktop.backend.opdrachten.partijen import audit_subject, find, find_or_create, hold_customers
from kcs_desktop.backend.opdrachten.werk import Werk
from kcs_desktop.domain.errors import Conflict
from kcs_desktop.domain.opdracht import AdresWijziging, KlantWijzigen
from kcs_desktop.domain.rechten import Recht

MAX_WIJZIGINGEN = 50


class WijzigenKlant:
    """See the module."""

    def required(self, _gegevens: KlantWijzigen) -> Sequence[tuple[str, Recht]]:
        return [("crm", Recht.WIJZIGEN)]

    def subject(self, gegevens: KlantWijzigen) -> tuple[str, str]:
        return audit_subject(gegevens.klant.sleutel)

    def clean(self, gegevens: KlantWijzigen) -> KlantWijzigen:
        controle = Controle()
        if not gegevens.adressen and not gegevens.velden:
            controle.wrong("velden", "required", "Er is niets gewijzigd.")
        if len(gegevens.adressen) + len(gegevens.velden) > MAX_WIJZIGINGEN:
            controle.wrong("adressen", "max_length", f"Geef hoogstens {MAX_WIJZIGINGEN} wijzigingen tegelijk.")
        made = msgspec.structs.replace(
            gegevens,
            klant=controle.verwijzing(gegevens.klant, "klant"),
            adressen=tuple(
                _adres(controle, wijziging, f"adressen.{i}")
                for i, wijziging in enumerate(gegevens.adressen[:MAX_WIJZIGINGEN])
            ),
            velden=tuple(
                veld_rules.clean(controle, wijziging, f"velden.{i}")
                for i, wijziging in enumerate(gegevens.velden[:MAX_WIJZIGINGEN])
            ),
        )
        controle.finish()
        return made

    async def carry_out(self, werk: Werk, gegevens: KlantWijzigen) -> dict[str, Any]:
        await hold_customers(werk, gegevens.klant)
        known = await find(werk, gegevens.klant.sleutel)
        partij = known if known is not None else await find_or_create(werk, gegevens.klant)
        uuid = str(partij["uuid"])
        await werk.hold(f"partij:{uuid}")  # two changes of one customer compare one after the other
        await werk.register.take_turn(werk.unit, uuid)  # and so does whoever writes to the register itself
        partij = await werk.register.get(werk.unit, "partijen", uuid)
        current = await werk.register.find(werk.unit, "digitaleadressen", {"verstrektDoorPartij__uuid": uuid})
        is_new = known is None
        adressen, seen, now = adres_rules.compare(gegevens.adressen, current)
        velden, seen_velden, now_velden = await veld_rules.compare(werk, partij, gegevens.velden, is_new=is_new)
        if now or now_velden:
            raise Conflict(seen={**seen, **seen_velden}, current={**now, **now_velden})
        await adres_rules.write(werk, uuid, adressen, current)
        await veld_rules.write(werk, partij, velden)
        await adres_rules.prefer(werk, uuid)
        werk.audit("gewijzigd", *audit_subject(gegevens.klant.sleutel), ("partij", uuid))
        return {"partij": uuid}


def _adres(controle: Controle, wijziging: AdresWijziging, field: str) -> AdresWijziging:
    if wijziging.gezien is None and wijziging.wordt is None:
        controle.wrong(field, "required", "Deze wijziging zegt niet wat er verandert.")
    if wijziging.wordt is None:
        return wijziging
    # What was seen is only compared, so it stays as it was seen.
    return msgspec.structs.replace(wijziging, wordt=controle.digitaal_adres(wijziging.wordt, f"{field}.wordt"))
