"""Reads of Documenten 1.4.2. Writing is not here: a seat writes with opdrachten only."""

from __future__ import annotations

import msgspec

from kcs_desktop.api.bladeren import Pagina, read_all
from kcs_desktop.api.client import Client, Doel
from kcs_desktop.api.lezen import as_day, uuid_of
from kcs_desktop.domain.zaakbeeld import Zaakdocument

ROOT = "/documenten/api/v1"


class _Document(msgspec.Struct, frozen=True):
    url: str | None = None
    titel: str | None = None
    bestandsnaam: str | None = None
    formaat: str | None = None
    bestandsomvang: int | None = None
    creatiedatum: str | None = None
    vertrouwelijkheidaanduiding: str | None = None


_documenten = msgspec.json.Decoder(Pagina[_Document])


async def read_documenten_of(client: Client, zaak_url: str, doel: Doel | None = None) -> tuple[Zaakdocument, ...]:
    """The documents of a zaak in one call, newest first."""
    naam = "objectinformatieobjecten__object"
    rijen = await read_all(
        client,
        f"{ROOT}/enkelvoudiginformatieobjecten",
        {naam: zaak_url, f"{naam}Type": "zaak"},
        _documenten,
        doel,
    )
    made = [_document_from(rij) for rij in rijen]
    return tuple(sorted(made, key=lambda al: al.creatiedatum.toordinal() if al.creatiedatum else 0, reverse=True))


def _document_from(rij: _Document) -> Zaakdocument:
    return Zaakdocument(
        uuid_of(rij.url),
        rij.titel or rij.bestandsnaam or "",
        bestandsnaam=rij.bestandsnaam or "",
        formaat=rij.formaat or "",
        omvang=rij.bestandsomvang or 0,
        creatiedatum=as_day(rij.creatiedatum),
        vertrouwelijkheid=rij.vertrouwelijkheidaanduiding or "",
    )
