"""Which zaak a vraag means, where that was still to be made when the contact was ended: by the command that made it,
or that was given in its place, else by its number. A contact that was registered first is linked by the zaak."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from kcs_desktop.backend.opdrachten.uitkomsten import made_by, made_instead
from kcs_desktop.backend.opdrachten.werk import Werk
from kcs_desktop.backend.opdrachten.zaaktypen import Zaaktypen
from kcs_desktop.backend.standards.port import Resource
from kcs_desktop.domain.errors import NotFound
from kcs_desktop.domain.klantcontact import MAX_INHOUD
from kcs_desktop.domain.opdracht import VraagGegevens, ZaakAanmaken
from kcs_desktop.domain.rechten import Recht
from kcs_desktop.domain.tekst import shorten
from kcs_desktop.domain.zaak import Zaakverwijzing


async def resolved(werk: Werk, vragen: Sequence[VraagGegevens], zaaktypen: Zaaktypen) -> tuple[VraagGegevens, ...]:
    """The vragen with the uuid of their zaak. One that no number leads to, or that this caller may not see, stays
    without: the contact is registered all the same, with the number in its text. A uuid that this register does not
    know is left: it may be of another one."""
    return tuple([await _resolved(werk, vraag, zaaktypen) for vraag in vragen])


def told(vraag: VraagGegevens) -> str:
    """The inhoud of the klantcontact, with the zaak in it that nothing can point to."""
    zaak = vraag.zaak
    if zaak is None or zaak.uuid:
        return vraag.inhoud
    welke = " ".join(filter(None, ("Zaak", zaak.identificatie, f"({zaak.zaaktype})" if zaak.zaaktype else "")))
    stand = "was nog niet aangemaakt" if zaak.opdracht else "is niet gevonden"
    regel = f"{welke} {stand}." if zaak.identificatie or zaak.zaaktype else ""
    if not regel or not vraag.inhoud:
        return regel or vraag.inhoud
    return f"{shorten(vraag.inhoud, MAX_INHOUD - len(regel) - 1)}\n{regel}"


def onderwerp(klantcontact: str, zaak: str) -> dict[str, Any]:
    """The onderwerpobject by which a klantcontact is about a zaak."""
    return {
        "klantcontact": {"uuid": klantcontact},
        "wasKlantcontact": None,
        "onderwerpobjectidentificator": {
            "objectId": zaak,
            "codeObjecttype": "zgw-Zaak",
            "codeRegister": "openzaak",
            "codeSoortObjectId": "uuid",
        },
    }


def without(vragen: Sequence[VraagGegevens], klantcontacten: Sequence[str]) -> dict[str, str]:
    """Which klantcontact still lacks its zaak, by the command that was to make that."""
    pairs = zip(vragen, klantcontacten, strict=True)
    return {al.zaak.opdracht: uuid for al, uuid in pairs if al.zaak and not al.zaak.uuid and al.zaak.opdracht}


async def link_back(werk: Werk, gegevens: ZaakAanmaken, zaak: str) -> Sequence[str]:
    """Let the klantcontacten that were registered first, and named this command or an earlier attempt, be about this
    zaak; which they are. One that is gone meanwhile keeps no zaak from being made."""
    if not gegevens.contactopdracht or not werk.verzoek.wie.mag("crm", Recht.WIJZIGEN):
        return ()
    lacking = (await made_by(werk, gegevens.contactopdracht)).get("zonder_zaak") or {}
    named = [str(lacking[al]) for al in (werk.opdracht, *gegevens.eerdere) if al in lacking]
    linked = [uuid for uuid in dict.fromkeys(named) if await werk.register.has(werk.unit, "klantcontacten", uuid)]
    for uuid in linked:
        await werk.register.add(werk.unit, "onderwerpobjecten", onderwerp(uuid, zaak))
        werk.audit("gewijzigd", "klantcontact", uuid, ("zaak", zaak))
    return linked


async def _resolved(werk: Werk, vraag: VraagGegevens, zaaktypen: Zaaktypen) -> VraagGegevens:
    zaak = vraag.zaak
    if zaak is None:
        return vraag
    # First by its command, also where the seat had its uuid: after a backup that was put back it was made anew.
    made = await made_by(werk, zaak.opdracht) or await made_instead(werk, "zaak.aanmaken", zaak.opdracht)
    if made.get("zaak"):
        gevonden = Zaakverwijzing(str(made["zaak"]), str(made.get("nummer") or ""), zaak.zaaktype)
        return msgspec.structs.replace(vraag, zaak=gevonden)
    if zaak.uuid:
        return vraag if await _may_name(werk, zaak.uuid, zaaktypen) else _without_uuid(vraag, zaak)
    # One that names its command must not find the zaak of somebody who used its number.
    if zaak.opdracht or not zaak.identificatie:
        return vraag
    found = await werk.registers["zaken"].find(werk.unit, "zaken", {"identificatie": zaak.identificatie})
    if len(found) != 1 or not await _may_see(werk, found[0], zaaktypen):
        return vraag
    return msgspec.structs.replace(vraag, zaak=Zaakverwijzing(str(found[0]["uuid"]), zaak.identificatie))


async def _may_name(werk: Werk, uuid: str, zaaktypen: Zaaktypen) -> bool:
    try:
        zaak = await werk.registers["zaken"].get(werk.unit, "zaken", uuid)
    except NotFound:
        return True
    return await _may_see(werk, zaak, zaaktypen)


async def _may_see(werk: Werk, zaak: Resource, zaaktypen: Zaaktypen) -> bool:
    try:
        return await zaaktypen.may_see(werk, zaak)
    except NotFound:  # its zaaktype is gone: nobody can say who may see it
        return False


def _without_uuid(vraag: VraagGegevens, zaak: Zaakverwijzing) -> VraagGegevens:
    return msgspec.structs.replace(vraag, zaak=msgspec.structs.replace(zaak, uuid=""))
