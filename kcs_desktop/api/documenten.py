"""Reads of Documenten 1.4.2. Writing is not here: a seat writes with opdrachten only."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

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


class Inhoud(msgspec.Struct, frozen=True):
    """The content of a document as it comes in. `omvang` is 0 where the register does not tell."""

    delen: AsyncIterator[bytes]
    omvang: int = 0


@asynccontextmanager
async def open_inhoud(client: Client, document: str, doel: Doel | None = None) -> AsyncIterator[Inhoud]:
    """The content of this document, read piece by piece as the caller goes on; the last version of it."""
    pad = f"{ROOT}/enkelvoudiginformatieobjecten/{document}/download"
    headers = {"Accept": "*/*", "Accept-Encoding": "identity", **(doel.headers() if doel else {})}
    async with client.stream(pad, headers=headers) as antwoord:
        lengte = antwoord.headers.get("content-length", "")
        yield Inhoud(antwoord.aiter_bytes(), int(lengte) if lengte.isdecimal() else 0)


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
