"""`zaak.nummer-reserveren`: a number that nobody else gets, before there is a zaak."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kcs_desktop.backend.opdrachten.controle import Controle
from kcs_desktop.backend.opdrachten.werk import Werk
from kcs_desktop.backend.opdrachten.zaaktypen import Zaaktypen
from kcs_desktop.backend.standards.objecten.fields import parse_uuid
from kcs_desktop.domain.opdracht import ZaaknummerReserveren
from kcs_desktop.domain.rechten import Recht


class ReserverenZaaknummer:
    """See the module. Where the organisation is set, it asks the register one thing."""

    def __init__(self, zaaktypen: Zaaktypen) -> None:
        self._zaaktypen = zaaktypen

    def required(self, _gegevens: ZaaknummerReserveren) -> Sequence[tuple[str, Recht]]:
        return [("zaken", Recht.WIJZIGEN)]

    def subject(self, gegevens: ZaaknummerReserveren) -> tuple[str, str]:
        return "zaaktype", gegevens.zaaktype[:36]

    def clean(self, gegevens: ZaaknummerReserveren) -> ZaaknummerReserveren:
        controle = Controle()
        made = ZaaknummerReserveren(check_uuid(controle, gegevens.zaaktype, "zaaktype"))
        controle.finish()
        return made

    async def carry_out(self, werk: Werk, gegevens: ZaaknummerReserveren) -> dict[str, Any]:
        organisatie = await self._zaaktypen.organisatie(werk, gegevens.zaaktype)
        return {"nummer": await reserve(werk, organisatie)}


async def reserve(werk: Werk, organisatie: str) -> str:
    """A number of the register of zaken."""
    body = {"bronorganisatie": organisatie}
    return str((await werk.registers["zaken"].create(werk.unit, "zaaknummer_reserveren", body))["zaaknummer"])


def check_uuid(controle: Controle, value: str, field: str) -> str:
    """In its normal form; told where it is none."""
    parsed = parse_uuid(value)
    if parsed is None:
        controle.wrong(field, "invalid", "Dit is geen kenmerk uit de catalogus.")
    return parsed or ""
