"""Which zaak a vraag means, where that was still to be made when the contact was ended: by the command that made it,
else by its number."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from kcs_desktop.backend.opdrachten.uitkomsten import made_by
from kcs_desktop.backend.opdrachten.werk import Werk
from kcs_desktop.domain.klantcontact import MAX_INHOUD
from kcs_desktop.domain.opdracht import VraagGegevens
from kcs_desktop.domain.tekst import shorten
from kcs_desktop.domain.zaak import Zaakverwijzing


async def resolved(werk: Werk, vragen: Sequence[VraagGegevens]) -> tuple[VraagGegevens, ...]:
    """The vragen with the uuid of their zaak. One that is not there stays without: the contact is registered all the
    same, with the number in its text."""
    return tuple([await _resolved(werk, vraag) for vraag in vragen])


def told(vraag: VraagGegevens) -> str:
    """The inhoud of the klantcontact, with the zaak in it that nothing can point to."""
    zaak = vraag.zaak
    if zaak is None or zaak.uuid:
        return vraag.inhoud
    welke = " ".join(filter(None, ("Zaak", zaak.identificatie, f"({zaak.zaaktype})" if zaak.zaaktype else "")))
    regel = f"{welke} is niet aangemaakt." if zaak.identificatie or zaak.zaaktype else ""
    if not regel or not vraag.inhoud:
        return regel or vraag.inhoud
    return f"{shorten(vraag.inhoud, MAX_INHOUD - len(regel) - 1)}\n{regel}"


async def _resolved(werk: Werk, vraag: VraagGegevens) -> VraagGegevens:
    zaak = vraag.zaak
    if zaak is None:
        return vraag
    # First by its command, also where the seat had its uuid: after a backup that was put back it was made anew.
    made = await made_by(werk, zaak.opdracht)
    if made.get("zaak"):
        gevonden = Zaakverwijzing(str(made["zaak"]), str(made.get("nummer") or ""), zaak.zaaktype)
        return msgspec.structs.replace(vraag, zaak=gevonden)
    if zaak.uuid:
        return vraag
    # One that names its command must not find the zaak of somebody who used its number.
    if zaak.opdracht or not zaak.identificatie:
        return vraag
    filters = {"identificatie": zaak.identificatie}
    found = await werk.registers["zaken"].uuids(werk.unit, "zaken", filters)
    return (
        vraag if len(found) != 1 else msgspec.structs.replace(vraag, zaak=Zaakverwijzing(found[0], zaak.identificatie))
    )
