"""What the catalogue says of the zaaktype that a command names, read through the register's own port."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from kcs_desktop.api import catalogi_vormen as vorm
from kcs_desktop.api.catalogi import documenttypen_from, eigenschap_from, zaaktype_from
from kcs_desktop.backend.opdrachten.werk import Werk
from kcs_desktop.backend.standards.objecten.urls import uuid_in
from kcs_desktop.backend.standards.port import Resource
from kcs_desktop.domain.errors import Forbidden, InvalidInput, NotFound
from kcs_desktop.domain.gebeurtenis import Kring
from kcs_desktop.domain.weergave import local
from kcs_desktop.domain.zaakconcept import INGETROKKEN
from kcs_desktop.domain.zaakrechten import Zaakrechtentabel, mag_zaak
from kcs_desktop.domain.zaaktype import Documenttype, Eigenschap, Zaaktype

_KEPT = "Wat u invulde is bewaard. Kies een ander zaaktype."


class Zaaktypen:
    """`organisatie` is the RSIN under which zaken are registered; without one it is that of the catalogue.
    `voor_documenten` is that of documents; without one it is that of their zaak."""

    def __init__(self, zaakrechten: Zaakrechtentabel, organisatie: str = "", voor_documenten: str = "") -> None:
        self._zaakrechten = zaakrechten
        self._organisatie = organisatie
        self.voor_documenten = voor_documenten

    async def startable(self, werk: Werk, uuid: str) -> tuple[Zaaktype, Resource]:
        """The zaaktype as it is known, and as the register gave it. Raises InvalidInput with code
        `zaaktype-ingetrokken` where no zaak of it may be started today, Forbidden where this caller may not."""
        try:
            row = await werk.registers["catalogi"].get(werk.unit, "zaaktypen", uuid)
        except NotFound:
            raise _withdrawn("Dit zaaktype staat niet meer in de catalogus.") from None
        zaaktype = zaaktype_from(msgspec.convert(row, vorm.Zaaktype))
        if not zaaktype.geldt_op(today(werk)):
            raise _withdrawn(f"Van het zaaktype {zaaktype.omschrijving} kan geen zaak meer worden begonnen.")
        if not self._may(werk, zaaktype.identificatie, zaaktype.vertrouwelijkheidaanduiding):
            raise Forbidden(f"Met uw rol mag u geen zaak van het type {zaaktype.omschrijving} aanmaken.")
        return zaaktype, row

    async def require(self, werk: Werk, zaak: Resource) -> Kring:
        """Who may see this zaak. Raises Forbidden where this caller may not."""
        kring = await _kring(werk, zaak)
        if not self._may(werk, kring.zaaktype, kring.aanduiding):
            raise Forbidden("Met uw rol mag u deze zaak niet inzien of wijzigen.")
        return kring

    async def may_see(self, werk: Werk, zaak: Resource) -> bool:
        """Whether this caller may work with this zaak."""
        kring = await _kring(werk, zaak)
        return self._may(werk, kring.zaaktype, kring.aanduiding)

    def _may(self, werk: Werk, zaaktype: str, aanduiding: str) -> bool:
        return mag_zaak(self._zaakrechten.van(werk.verzoek.wie.zaakrollen), zaaktype, aanduiding)

    async def organisatie(self, werk: Werk, zaaktype: str, row: Resource | None = None) -> str:
        """The RSIN for zaken of this zaaktype. Raises as `startable`, where it has to look."""
        if self._organisatie:
            return self._organisatie
        if row is None:
            _, row = await self.startable(werk, zaaktype)
        catalogus = await werk.registers["catalogi"].get(werk.unit, "catalogussen", uuid_in(str(row["catalogus"])))
        return str(catalogus["rsin"])


async def eigenschappen_of(werk: Werk, zaaktype: Zaaktype) -> list[Eigenschap]:
    """What is asked for it, oldest first as its form shows them."""
    rows = await _parts(werk, "eigenschappen", zaaktype)
    return [eigenschap_from(msgspec.convert(row, vorm.Eigenschap)) for row in reversed(rows)]


async def documenttypen_of(werk: Werk, zaaktype: Zaaktype) -> tuple[Documenttype, ...]:
    """The kinds of document that belong to it, in the order of its catalogue."""
    soorten = await _parts(werk, "informatieobjecttypen", zaaktype)
    links = await _parts(werk, "zaaktype-informatieobjecttypen", zaaktype)
    return documenttypen_from(
        msgspec.convert(soorten, list[vorm.Informatieobjecttype]), msgspec.convert(links, list[vorm.Koppeling])
    )


async def first_status(werk: Werk, zaaktype: Zaaktype) -> str:
    """The address of the statustype that a zaak begins in. Raises InvalidInput where there is none but the last."""
    rows = await _parts(werk, "statustypen", zaaktype)
    if len(rows) < 2:
        raise _incomplete(zaaktype, "geen status om mee te beginnen")
    return str(min(rows, key=lambda row: int(row["volgnummer"]))["url"])


async def roltype(werk: Werk, zaaktype: Zaaktype, generiek: str) -> str:
    """The address of the first roltype of this kind; "" where there is none."""
    rows = await _parts(werk, "roltypen", zaaktype, omschrijvingGeneriek=generiek)
    return str(rows[-1]["url"]) if rows else ""


async def initiator_of(werk: Werk, zaaktype: Zaaktype) -> str:
    """The address of its roltype for who asks. Raises InvalidInput where there is none."""
    found = await roltype(werk, zaaktype, "initiator")
    if not found:
        raise _incomplete(zaaktype, "geen rol voor de aanvrager")
    return found


async def _kring(werk: Werk, zaak: Resource) -> Kring:
    row = await werk.registers["catalogi"].get(werk.unit, "zaaktypen", uuid_in(str(zaak["zaaktype"])))
    return Kring(str(row["identificatie"]), str(zaak["vertrouwelijkheidaanduiding"]))


def today(werk: Werk) -> date:
    return local(werk.nu).date()


async def _parts(werk: Werk, resource: str, zaaktype: Zaaktype, **filters: str) -> list[dict[str, Any]]:
    asked = {"zaaktype": zaaktype.url, "status": "alles", **filters}
    return list(await werk.registers["catalogi"].find(werk.unit, resource, asked))


def _withdrawn(message: str) -> InvalidInput:
    return InvalidInput(message, field="zaaktype", code=INGETROKKEN, advice=_KEPT)


def _incomplete(zaaktype: Zaaktype, what: str) -> InvalidInput:
    return InvalidInput(
        f"Het zaaktype {zaaktype.omschrijving} heeft in de catalogus {what}.",
        field="zaaktype",
        code="zaaktype-onvolledig",
        advice="Wat u invulde is bewaard. Meld dit aan de functioneel beheerder.",
    )
