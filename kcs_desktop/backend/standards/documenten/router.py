"""The HTTP face: what this API has beside lists and objects. It parses, hands on, and answers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any
from urllib.parse import quote

from litestar import Response, Router, get, post, put
from litestar.datastructures import UploadFile
from litestar.params import FromPath
from litestar.response import Stream

from kcs_desktop.backend.bestanden import opslag
from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.kern import Kern
from kcs_desktop.backend.problem import HttpProblem
from kcs_desktop.backend.standards.documenten import slot
from kcs_desktop.backend.standards.documenten.adres import NAAM
from kcs_desktop.backend.standards.documenten.api import DocumentenApi
from kcs_desktop.backend.standards.documenten.inhoud import expected
from kcs_desktop.backend.standards.documenten.zoek import read_question
from kcs_desktop.backend.standards.objecten.register import EmbeddedRegister, whole
from kcs_desktop.backend.standards.objecten.requests import AnyRequest, asked_parameters
from kcs_desktop.backend.standards.objecten.resource import Json, refuse
from kcs_desktop.backend.standards.objecten.urls import Urls
from kcs_desktop.backend.standards.zgw import router as zgw
from kcs_desktop.backend.verzoek import current, refuse_unknown_parameters
from kcs_desktop.domain.errors import NotFound
from kcs_desktop.domain.rechten import Recht

_ONE = "/{resource:str}/{uuid:str}"
_FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
_OCTETS = "application/octet-stream"


def router(kern: Kern) -> Router:
    """The register under its own prefix."""
    api = DocumentenApi(kern)
    acts = zgw.acts_of(kern, api)
    kind = api.documenten

    def refuse_other(resource: str) -> None:
        if resource != NAAM:
            raise NotFound("Dit adres bestaat niet in het register.")

    @post(_ONE, status_code=200)
    async def search(request: AnyRequest, resource: FromPath[str], uuid: FromPath[str]) -> Response[bytes]:
        refuse_other(resource)
        if uuid != "_zoek":
            raise NotFound("Dit adres bestaat niet in het register.")
        parameters = asked_parameters(request)
        question = read_question(await zgw.read_body(request, tuple(parameters)), parameters)
        found = await acts(request).find(
            NAAM, question.beside, address=f"{NAAM}/_zoek", within=question.condition, beside=question.filters
        )
        return zgw.answer(api, found)

    @get(_ONE + "/download")
    async def download(request: AnyRequest, resource: FromPath[str], uuid: FromPath[str]) -> Response[Any]:
        refuse_other(resource)
        if not _takes_octets(request.headers.get("accept", "")):
            detail = f"De inhoud van een document is {_OCTETS}; vraag die in de header Accept."
            raise HttpProblem(406, "not-acceptable", "Deze vorm wordt niet gegeven.", detail)
        asked = asked_parameters(request)
        refuse_unknown_parameters(request, kind.detail_parameters)
        await acts(request).get(NAAM, uuid, asked)
        async with kern.db.read() as session:
            row = await kind.as_asked(session, uuid, asked)
            bestand = await opslag.find(session, row.bestand) if row.bestand else None
        if bestand is None and row.bestandsomvang != 0:
            raise NotFound("Dit document heeft geen inhoud.")
        if bestand is not None:
            opslag.refuse_unfit(bestand)
        headers = {
            "Content-Length": str(row.bestandsomvang),
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(row.bestandsnaam or uuid, safe='')}",
        }
        return Stream(_content(kern, bestand), media_type=_OCTETS, headers=headers)

    @post(_ONE + "/lock", status_code=200)
    async def lock(request: AnyRequest, resource: FromPath[str], uuid: FromPath[str]) -> Response[bytes]:
        refuse_other(resource)
        refuse_unknown_parameters(request, ())

        async def do(unit: UnitOfWork, register: EmbeddedRegister) -> Json:
            await register.get(unit, NAAM, uuid)
            return {"lock": await slot.lock(unit, kind, uuid)}

        return zgw.answer(api, await acts(request).write(NAAM, "gewijzigd", uuid, do))

    @post(_ONE + "/unlock", status_code=200)
    async def unlock(request: AnyRequest, resource: FromPath[str], uuid: FromPath[str]) -> Response[bytes]:
        refuse_other(resource)
        row = await acts(request).reach(NAAM, uuid, Recht.WIJZIGEN, "gewijzigd")
        given = _lock_in(await zgw.read_body(request) if await request.body() else {})
        forced = not given and current(request).wie.mag(kind.functie, Recht.BEHEREN)
        known = await _digests(kern, row.uuid)

        async def do(unit: UnitOfWork, register: EmbeddedRegister) -> None:
            await register.get(unit, NAAM, uuid)
            async with whole(unit):
                await slot.unlock(unit, kind, uuid, given, known, forced=forced)

        await acts(request).write(NAAM, "gewijzigd", uuid, do)
        return zgw.answer(api, None)

    @put("/bestandsdelen/{uuid:str}", opt={"inhoud": _FORMS})
    async def put_part(request: AnyRequest, uuid: FromPath[str]) -> Response[bytes]:
        refuse_unknown_parameters(request, ())
        await acts(request).require(NAAM, Recht.WIJZIGEN, "gewijzigd", [])
        async with kern.db.read() as session:
            document = await slot.document_of(session, uuid.lower())
        await acts(request).reach(NAAM, document, Recht.WIJZIGEN, "gewijzigd")
        given, inhoud = await _read_part(request)
        # No line of its own in the audit trail: taking the lock and giving it back have one.
        async with kern.db.write() as unit:
            made = await slot.put_part(unit, kind, uuid.lower(), given, inhoud, Urls(zgw.base_of(request, api)))
        return zgw.answer(api, made)

    return zgw.router(kern, api, acts, [search, download, lock, unlock, put_part])


def _takes_octets(accept: str) -> bool:
    """Whether the caller takes content as it is. Who names only JSON wants something else."""
    wanted = {part.partition(";")[0].strip().lower() for part in accept.split(",") if part.strip()}
    return not wanted or bool(wanted & {"*/*", "application/*", _OCTETS})


async def _content(kern: Kern, bestand: opslag.Bestand | None) -> AsyncIterator[bytes]:
    if bestand is not None:
        async for stuk in opslag.read_slowly(kern.db, bestand):
            yield stuk


async def _digests(kern: Kern, document: str) -> Mapping[str, opslag.Digest]:
    """Of content that is all here now, by its id; outside of the transaction, because reading it may take long."""
    async with kern.db.read() as session:
        under_way = await expected(session, document)
        bestand = await opslag.find(session, under_way[0]) if under_way is not None and under_way[1] else None
    return {} if bestand is None else {bestand.id: await opslag.digest(opslag.read_slowly(kern.db, bestand))}


def _lock_in(body: object) -> str | None:
    given = body.get("lock") if isinstance(body, Mapping) else None
    if given is not None and not isinstance(given, str):
        raise refuse("lock", "invalid", "Geen geldige tekst.")
    return given


async def _read_part(request: AnyRequest) -> tuple[str | None, bytes]:
    """The lock and the content of a form."""
    try:
        form = await request.form()
    except LookupError as error:  # a charset that nobody knows
        raise refuse("inhoud", "invalid", "Deze tekenset is niet bekend.") from error
    given, content = form.get("lock"), form.get("inhoud")
    if isinstance(content, UploadFile):
        inhoud = await content.read()
        await content.close()
    elif isinstance(content, str):
        inhoud = content.encode()
    else:
        raise refuse("inhoud", "required", "Dit veld is vereist.")
    return (given if isinstance(given, str) else None), inhoud
