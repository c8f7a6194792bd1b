"""Klantinteracties upstream, for reading: the rights of the embedded register, the answers of the real one.

Writing through this server is refused and says so; it must never half succeed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any
from urllib.parse import urlencode

import msgspec
from litestar import Response, Router, get, route
from litestar.params import FromPath

from kcs_desktop.backend.gateway import fouten, samenvoegen
from kcs_desktop.backend.gateway.adressen import Adressen
from kcs_desktop.backend.gateway.antwoord import Antwoord
from kcs_desktop.backend.gateway.onderwerpen import seen_in
from kcs_desktop.backend.gateway.uitbreiden import asked_in_parts
from kcs_desktop.backend.gateway.vastleggen import Subject, Vraag, recorded, refused, require
from kcs_desktop.backend.gateway.verbinding import Verbinding
from kcs_desktop.backend.kern import Kern
from kcs_desktop.backend.principal import Verzoek
from kcs_desktop.backend.standards.klantinteracties import maak
from kcs_desktop.backend.standards.klantinteracties.adres import API_VERSION, PREFIX, base_url
from kcs_desktop.backend.standards.klantinteracties.auditing import (
    BRON,
    NO_CUSTOMERS,
    asked_subject,
    is_by_another,
)
from kcs_desktop.backend.standards.klantinteracties.registry import RESOURCES
from kcs_desktop.backend.standards.objecten.fields import parse_uuid
from kcs_desktop.backend.standards.objecten.requests import AnyRequest, asked_parameters
from kcs_desktop.backend.verzoek import current
from kcs_desktop.domain.errors import NotFound
from kcs_desktop.domain.rechten import Recht

_TAKEN_FIELD = "leiddeTotInterneTaken"


class Klantbron(msgspec.Struct, frozen=True):
    """One register of customers. `naam` is what employees are told where there are several."""

    naam: str
    lijn: Verbinding

    async def ask(self, verzoek: Verzoek, path: str, asked: Mapping[str, str]) -> Antwoord:
        """As `asked_in_parts`."""

        async def ask(asked: Mapping[str, str]) -> Antwoord:
            return await self.lijn.ask(verzoek, "GET", path, query=urlencode(asked))

        return await asked_in_parts(asked, ask, partial(self._read, verzoek))

    async def _read(self, verzoek: Verzoek, address: str) -> dict[str, Any] | None:
        """By the last two parts, the resource and the uuid: the register may call itself by another host."""
        antwoord = await self.lijn.ask(verzoek, "GET", "/" + "/".join(address.rstrip("/").split("/")[-2:]))
        return None if antwoord.is_error else antwoord.gegevens


def router(kern: Kern, bronnen: Sequence[Klantbron]) -> Router:
    """The routes of the register, answered upstream; the first source is the default."""

    @get("/{resource:str}")
    async def list_objects(request: AnyRequest, resource: FromPath[str]) -> Response[bytes]:
        return await _answer(request, resource, "")

    @get("/{resource:str}/{uuid:str}")
    async def get_object(request: AnyRequest, resource: FromPath[str], uuid: FromPath[str]) -> Response[bytes]:
        return await _answer(request, resource, uuid)

    @route("/{resource:str}", http_method=["POST"])
    async def create_object(request: AnyRequest, resource: FromPath[str]) -> Response[bytes]:
        return await _refuse_write(request, resource, "geregistreerd", "")

    @route("/{resource:str}/{uuid:str}", http_method=["PUT", "PATCH", "DELETE"], status_code=200)
    async def change_object(request: AnyRequest, resource: FromPath[str], uuid: FromPath[str]) -> Response[bytes]:
        return await _refuse_write(request, resource, "gewijzigd", uuid)

    async def _answer(request: AnyRequest, resource: str, uuid: str) -> Response[bytes]:
        ontbreekt: list[str] = []
        antwoord = await _ask(kern, bronnen, request, resource, uuid, ontbreekt)
        media_type = "application/problem+json" if antwoord.is_error else "application/json"
        headers = {"API-version": API_VERSION, **samenvoegen.incomplete(ontbreekt)}
        return Response(antwoord.encode(), status_code=antwoord.status, media_type=media_type, headers=headers)

    async def _refuse_write(request: AnyRequest, resource: str, handeling: str, uuid: str) -> Response[bytes]:
        vraag = Vraag(current(request), BRON, handeling, _named(resource, uuid))
        await require(kern.db, vraag, {"crm"}, Recht.WIJZIGEN)
        await refused(kern.db, vraag, fouten.ALLEEN_LEZEN)
        raise fouten.read_only(BRON)

    return Router(
        PREFIX, route_handlers=[list_objects, get_object, create_object, change_object], include_in_schema=False
    )


async def _ask(
    kern: Kern, bronnen: Sequence[Klantbron], request: AnyRequest, resource: str, uuid: str, ontbreekt: list[str]
) -> Antwoord:
    verzoek = current(request)
    asked = samenvoegen.capped(asked_parameters(request))  # one value per name, so that what is asked is what is noted
    vraag = Vraag(verzoek, BRON, _handeling(resource, uuid, asked), _subjects(resource, uuid, asked))
    functies = {"crm", RESOURCES[resource].functie}
    if _TAKEN_FIELD in asked.get("expand", ""):
        functies.add(RESOURCES["internetaken"].functie)
    await require(kern.db, vraag, functies, Recht.RAADPLEGEN)
    path = f"/{resource}/{uuid}" if uuid else f"/{resource}"
    ours = base_url(request)

    async def one(bron: Klantbron, asked: Mapping[str, str]) -> Antwoord:
        antwoord = await bron.ask(verzoek, path, asked)
        if not antwoord.is_error:
            if not _is_of_standard(antwoord, uuid):
                raise fouten.faulty(BRON)
            Adressen(bron.lijn.base, ours, ours + path).rewrite(antwoord.gegevens)
        return antwoord

    async def page(bron: Klantbron, number: int) -> samenvoegen.Blad:
        antwoord = await one(bron, samenvoegen.asked_for_page(asked, number))
        return samenvoegen.blad_of(antwoord)

    async def call() -> Antwoord:
        if len(bronnen) == 1:
            return await one(bronnen[0], asked)
        if uuid:
            return (await samenvoegen.found_at(bronnen, lambda bron: one(bron, asked)))[1]
        samen = await samenvoegen.merged(bronnen, lambda bron: bron.naam, page, asked)
        ontbreekt.extend(samen.ontbreekt)
        return samen.blad.fout or Antwoord(200, samenvoegen.page_of(samen.blad, asked, ours + path))

    if resource in NO_CUSTOMERS:
        return await call()
    found_by = next(iter(vraag.onderwerpen), None) if not uuid and is_by_another(asked) else None
    return await recorded(kern.db, vraag, call, lambda antwoord: seen_in(resource, antwoord, found_by))


def _handeling(resource: str, uuid: str, asked: Mapping[str, str]) -> str:
    is_history = resource in {"klantcontacten", "internetaken"} and asked_subject(asked) is not None
    return "geraadpleegd" if uuid or is_history else "gezocht"


def _subjects(resource: str, uuid: str, asked: Mapping[str, str]) -> list[Subject]:
    """The customers that the question itself names. Raises NotFound for what is no address of the standard."""
    if resource not in RESOURCES or (uuid and parse_uuid(uuid) is None):
        raise NotFound("Dit adres bestaat niet in het register.")
    if uuid:
        return _named(resource, uuid)
    subject = asked_subject(asked)
    return [(subject[0], subject[1][:200])] if subject else []


def _named(resource: str, uuid: str) -> list[Subject]:
    if resource != maak.NAAM and resource not in RESOURCES:
        raise NotFound("Dit adres bestaat niet in het register.")
    if not uuid:
        return []
    return [("partij" if resource == "partijen" else RESOURCES[resource].soort, uuid.lower()[:36])]


def _is_of_standard(antwoord: Antwoord, uuid: str) -> bool:
    gegevens: Mapping[str, Any] = antwoord.gegevens
    if uuid:
        return isinstance(gegevens.get("uuid"), str)
    results = gegevens.get("results")
    return isinstance(results, list) and all(isinstance(row, dict) for row in results)
