"""A register for zaakgericht werken upstream, for reading: the rights of the embedded one, the answers of the real one.

What differs per register is in its `Regels`. Writing in the standard's own words is refused and says so.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Any, ClassVar

import msgspec
from litestar import Response, Router, get, route
from litestar.params import FromPath

from kcs_desktop.backend.gateway import fouten
from kcs_desktop.backend.gateway.antwoord import Antwoord
from kcs_desktop.backend.gateway.samenvoegen import (
    Blad,
    asked_for_page,
    blad_of,
    capped,
    found_at,
    incomplete,
    merged,
    page_of,
    place_of,
)
from kcs_desktop.backend.gateway.vastleggen import Gezien, Subject, Vraag, recorded, refused, require
from kcs_desktop.backend.gateway.zaakkennis import Zaakkennis
from kcs_desktop.backend.gateway.zeef import MOST, Zeef
from kcs_desktop.backend.gateway.zgwbron import PREFIXES, Json, ZgwBron
from kcs_desktop.backend.kern import Kern
from kcs_desktop.backend.principal import Principal, Verzoek
from kcs_desktop.backend.standards.objecten.expand import read_expand
from kcs_desktop.backend.standards.objecten.fields import parse_uuid
from kcs_desktop.backend.standards.objecten.requests import AnyRequest, asked_parameters, json_body
from kcs_desktop.backend.standards.objecten.resource import Expansion
from kcs_desktop.backend.standards.zgw.api import Api
from kcs_desktop.backend.standards.zgw.crs import HEADERS, check_crs
from kcs_desktop.backend.verzoek import current
from kcs_desktop.domain.errors import Forbidden, NotFound
from kcs_desktop.domain.rechten import Recht

_ANY = [
    "/{resource:str}",
    "/{resource:str}/{uuid:str}",
    "/{resource:str}/{uuid:str}/{part:str}",
    "/{resource:str}/{uuid:str}/{part:str}/{under:str}",
]
_NIET_UW_ROL = "Met uw rol mag u dit niet inzien of wijzigen."


class Bron(msgspec.Struct, frozen=True):
    """One server, and what is known of its zaken."""

    server: ZgwBron
    kennis: Zaakkennis

    @property
    def naam(self) -> str:
        return self.server.naam


Then = Callable[[Bron], Awaitable[None]]


class Geopend(msgspec.Struct, frozen=True):
    """A row that the caller may see, with the zaken and people in it, for the audit trail."""

    row: Json
    gezien: tuple[Subject, ...] = ()


class Soort(msgspec.Struct, frozen=True):
    """One resource: the functie that it asks, whether its list has pages, what it may be expanded to, and what one
    object may be asked beside that: what filters a list is no question about one."""

    functie: str
    paged: bool = True
    expansions: Mapping[str, Expansion] = {}
    detail_parameters: frozenset[str] = frozenset()


class Regels:
    """What one register says of itself, and what it adds to passing on: which rows somebody may see, who is in them."""

    naam: ClassVar[str]  # in the settings and in the audit trail
    version: ClassVar[str]
    soorten: Mapping[str, Soort]
    crs: ClassVar[frozenset[str]] = frozenset()
    looks_are_audited: ClassVar[bool] = True
    search_path: ClassVar[str] = ""  # where a search by body is asked; "" for none

    def functies(self, resource: str, expand: str) -> set[str]:
        """What somebody must be allowed to consult, to see this."""
        return {self.soorten[resource].functie}

    def wider(self, wie: Principal, resource: str, uuid: str, asked: Mapping[str, str]) -> Mapping[str, str]:
        """What the server is asked, for what was asked here."""
        return asked

    def form(self, asked: Mapping[str, str], row: Json) -> Mapping[str, str] | None:
        """The question for another form of this object, where that is what was asked. It comes after `wider` and only
        to who may see the object itself; both must be allowed."""
        return None

    def question(self, body: object) -> tuple[Mapping[str, str], Json]:
        """Of a search by body: what is asked as in an address, and what only a body can say. Raises InvalidBody."""
        raise NotFound(fouten.GEEN_ADRES)

    def named(self, resource: str, uuid: str, asked: Mapping[str, str]) -> list[Subject]:
        """Whom the question itself names."""
        return []

    async def opened(
        self, bron: Bron, verzoek: Verzoek, resource: str, asked: Mapping[str, str], rows: Sequence[Json]
    ) -> list[Geopend]:
        """The rows that this caller may see, as asked."""
        return [Geopend(row) for row in rows]

    def hides(self, wie: Principal, resource: str) -> bool:
        """Whether `opened` may leave rows out of a list of this, as it is asked."""
        return False

    def gone_through(self, resource: str, asked: Mapping[str, str]) -> int:
        """How many rows of a list are looked at for one page, where `opened` leaves some out."""
        return MOST

    async def under(self, poort: Poort, request: AnyRequest, resource: str, uuid: str, part: str) -> Response[Any]:
        """GET of what has its address under that of an object."""
        raise NotFound(fouten.GEEN_ADRES)

    def sources(self, bronnen: Sequence[Bron], asked: Mapping[str, str]) -> Sequence[Bron]:
        """Whose lists are shown together."""
        return bronnen


def soorten_of(api: Api) -> dict[str, Soort]:
    """The resources of an embedded register, which are the same upstream."""
    return {
        naam: Soort(kind.functie, kind.paged, kind.expansions, kind.detail_parameters)
        for naam, kind in api.resources.items()
    }


class _Vraag(msgspec.Struct, frozen=True):
    """One question, read. `path` is that of the standard, `host` under which the caller reached us."""

    verzoek: Verzoek
    resource: str
    path: str
    uuid: str
    asked: Mapping[str, str]
    host: str
    body: Json | None = None  # of a search whose question does not fit an address


def router(kern: Kern, regels: Regels, bronnen: Sequence[Bron]) -> Router:
    """The routes of the register, answered upstream."""
    poort = Poort(kern, regels, bronnen)

    @get("/{resource:str}")
    async def list_objects(request: AnyRequest, resource: FromPath[str]) -> Response[bytes]:
        return await poort.answer(request, resource, f"/{resource}", "")

    @get("/{resource:str}/{uuid:str}")
    async def get_object(request: AnyRequest, resource: FromPath[str], uuid: FromPath[str]) -> Response[bytes]:
        return await poort.answer(request, resource, f"/{resource}/{uuid}", uuid)

    @get("/{resource:str}/{uuid:str}/{part:str}")
    async def get_under(
        request: AnyRequest, resource: FromPath[str], uuid: FromPath[str], part: FromPath[str]
    ) -> Response[Any]:
        if parse_uuid(uuid) is None:
            raise NotFound(fouten.GEEN_ADRES)
        return await regels.under(poort, request, resource, uuid, part)

    @route(_ANY, http_method=["POST", "PUT", "PATCH", "DELETE"])
    async def write(request: AnyRequest, resource: FromPath[str]) -> Response[bytes]:
        if request.method == "POST" and request.url.path == f"{PREFIXES[regels.naam]}{regels.search_path}":
            return await poort.search(request, resource)
        await poort.refuse_write(current(request), resource)
        raise fouten.read_only(regels.naam)

    return Router(
        PREFIXES[regels.naam], route_handlers=[list_objects, get_object, get_under, write], include_in_schema=False
    )


class Poort:
    """Rights, audit and answers of one register over its sources; the first is the default."""

    def __init__(self, kern: Kern, regels: Regels, bronnen: Sequence[Bron]) -> None:
        self._kern = kern
        self._regels = regels
        self._bronnen = bronnen
        self._prefix = PREFIXES[regels.naam]

    async def answer(self, request: AnyRequest, resource: str, path: str, uuid: str) -> Response[bytes]:
        return await self._answer(request, self._read(request, resource, path, uuid))

    async def search(self, request: AnyRequest, resource: str) -> Response[bytes]:
        """A list whose question stands in the body. Raises InvalidBody."""
        vraag = self._read(request, resource, self._regels.search_path, "")
        said, body = self._regels.question(await json_body(request))
        read_expand(self._regels.soorten[resource].expansions, said.get("expand", ""))
        asked = {**vraag.asked, **said}
        return await self._answer(request, msgspec.structs.replace(vraag, asked=asked, body=body))

    async def _answer(self, request: AnyRequest, vraag: _Vraag) -> Response[bytes]:
        resource = vraag.resource
        crs = resource in self._regels.crs
        if crs:
            check_crs(request)
        ontbreekt: list[str] = []
        antwoord = await self._recorded(vraag, ontbreekt, None)
        headers = {"API-version": self._regels.version, **(HEADERS if crs else {}), **incomplete(ontbreekt)}
        media_type = "application/problem+json" if antwoord.is_error else "application/json"
        return Response(antwoord.encode(), status_code=antwoord.status, media_type=media_type, headers=headers)

    async def opened(self, request: AnyRequest, resource: str, path: str, uuid: str, then: Then) -> Antwoord:
        """The object at this path; `then` is done with the source that has it, once that is allowed, and before the
        outcome is noted."""
        return await self._recorded(self._read(request, resource, path, uuid), [], then)

    async def refuse_write(self, verzoek: Verzoek, resource: str) -> None:
        """Note it, and whether it was the right that was missing. Raises Forbidden then."""
        vraag = Vraag(verzoek, self._regels.naam, "gewijzigd", [])
        kind = self._regels.soorten.get(resource)
        if kind is not None:
            await require(self._kern.db, vraag, {kind.functie}, Recht.WIJZIGEN)
        await refused(self._kern.db, vraag, fouten.ALLEEN_LEZEN)

    def _read(self, request: AnyRequest, resource: str, path: str, uuid: str) -> _Vraag:
        """Raises NotFound for what is no address of the standard, InvalidBody for what it does not expand to."""
        kind = self._regels.soorten.get(resource)
        if kind is None or (uuid and parse_uuid(uuid) is None):
            raise NotFound(fouten.GEEN_ADRES)
        asked = capped(asked_parameters(request))  # one value per name, so that what is asked is what is noted
        read_expand(kind.expansions, asked.get("expand", ""))
        if uuid:
            asked = {name: value for name, value in asked.items() if name == "expand" or name in kind.detail_parameters}
        return _Vraag(current(request), resource, path, uuid, asked, str(request.base_url).rstrip("/"))

    async def _recorded(self, vraag: _Vraag, ontbreekt: list[str], then: Then | None) -> Antwoord:
        named = self._regels.named(vraag.resource, vraag.uuid, vraag.asked)
        handeling = "geraadpleegd" if vraag.uuid else "gezocht"
        line = Vraag(vraag.verzoek, self._regels.naam, handeling, named)
        functies = self._regels.functies(vraag.resource, vraag.asked.get("expand", ""))
        await require(self._kern.db, line, functies, Recht.RAADPLEGEN)
        gezien: list[Subject] = []

        async def call() -> Antwoord:
            if vraag.uuid:
                return await self._one(vraag, gezien, then)
            return await self._list(vraag, gezien, ontbreekt)

        if not self._regels.looks_are_audited:
            return await call()
        return await recorded(self._kern.db, line, call, lambda _: _seen(named, gezien))

    async def _one(self, vraag: _Vraag, gezien: list[Subject], then: Then | None) -> Antwoord:
        """From the first source that has it."""
        wider = self._regels.wider(vraag.verzoek.wie, vraag.resource, vraag.uuid, vraag.asked)

        async def ask(bron: Bron, asked: Mapping[str, str] = wider) -> Antwoord:
            return await bron.server.ask(vraag.verzoek, self._regels.naam, vraag.path, asked)

        bron, antwoord = await found_at(self._bronnen, ask)
        if antwoord.is_error:
            return antwoord
        geopend = await self._open(bron, vraag, antwoord)
        if (form := self._regels.form(vraag.asked, geopend.row)) is not None:
            antwoord = await ask(bron, form)
            if antwoord.is_error:
                return antwoord
            geopend = await self._open(bron, vraag, antwoord)
        gezien += geopend.gezien
        if then is not None:
            await then(bron)
        bron.server.adresboek.rewrite(geopend.row, vraag.host)
        return Antwoord(200, geopend.row)

    async def _open(self, bron: Bron, vraag: _Vraag, antwoord: Antwoord) -> Geopend:
        """Raises Forbidden where the caller may not see it."""
        found = await self._regels.opened(bron, vraag.verzoek, vraag.resource, vraag.asked, [antwoord.gegevens])
        if not found:
            raise Forbidden(_NIET_UW_ROL)
        return found[0]

    async def _list(self, vraag: _Vraag, gezien: list[Subject], ontbreekt: list[str]) -> Antwoord:
        is_array = not self._regels.soorten[vraag.resource].paged
        bronnen = self._regels.sources(self._bronnen, vraag.asked)
        read: list[tuple[Json, Sequence[Subject]]] = []  # more than is shown: the first page of each source

        async def read_page(bron: Bron, asked: Mapping[str, str]) -> Blad:
            asked = self._regels.wider(vraag.verzoek.wie, vraag.resource, "", asked)
            antwoord = await bron.server.ask(
                vraag.verzoek, self._regels.naam, vraag.path, asked, array=is_array, body=vraag.body
            )
            blad = blad_of(antwoord)
            found = await self._regels.opened(bron, vraag.verzoek, vraag.resource, vraag.asked, blad.rows)
            read.extend((one.row, one.gezien) for one in found)
            shown = [one.row for one in found]
            bron.server.adresboek.rewrite(shown, vraag.host)
            return msgspec.structs.replace(blad, rows=shown)

        most = self._regels.gone_through(vraag.resource, vraag.asked)
        zeven = {bron: Zeef(partial(read_page, bron), vraag.asked, most) for bron in bronnen}
        is_sifted = not is_array and self._regels.hides(vraag.verzoek.wie, vraag.resource)

        async def page(bron: Bron, number: int) -> Blad:
            if is_sifted:
                return await zeven[bron].page(number)
            return await read_page(bron, asked_for_page(vraag.asked, number))

        if len(bronnen) > 1:
            samen = await merged(bronnen, lambda bron: bron.naam, page, vraag.asked, paged=not is_array)
            blad = samen.blad
            ontbreekt += samen.ontbreekt
        elif is_sifted:
            blad = await page(bronnen[0], place_of(vraag.asked)[0])
        else:
            blad = await read_page(bronnen[0], vraag.asked)
        if blad.fout is not None:
            return blad.fout
        on_page = {id(row) for row in blad.rows}
        gezien.extend(subject for row, mensen in read if id(row) in on_page for subject in mensen)
        if is_array:
            return Antwoord(200, {"results": blad.rows}, is_array=True)
        return Antwoord(200, page_of(blad, vraag.asked, vraag.host + self._prefix + vraag.path))


def _seen(named: Sequence[Subject], gezien: Sequence[Subject]) -> Gezien:
    """Found under whom the question named; else under the one zaak that it turned out to be about; else in one line."""
    others = tuple(dict.fromkeys(gezien))
    zaken = [subject for subject in others if subject[0] == "zaak"]
    if named:
        return Gezien(anderen=dict.fromkeys(named, others))
    if len(zaken) == 1:
        rest = tuple(subject for subject in others if subject != zaken[0])
        return Gezien(tuple(zaken), anderen={zaken[0]: rest})
    return Gezien(anderen={("", ""): others})
