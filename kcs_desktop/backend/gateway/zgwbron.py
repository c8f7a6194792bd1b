"""One server for zaakgericht werken: the lines to its three registers, and the addresses by which they name objects."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any
from urllib.parse import urlencode

import msgspec

from kcs_desktop.backend.gateway import fouten
from kcs_desktop.backend.gateway.adresboek import Adresboek
from kcs_desktop.backend.gateway.antwoord import Antwoord
from kcs_desktop.backend.gateway.samenvoegen import asked_for_page
from kcs_desktop.backend.gateway.uitbreiden import asked_in_parts
from kcs_desktop.backend.gateway.verbinding import Verbinding
from kcs_desktop.backend.principal import Verzoek
from kcs_desktop.backend.standards.catalogi.adres import PREFIX as CATALOGI
from kcs_desktop.backend.standards.zaken.adres import PREFIX as ZAKEN

Json = dict[str, Any]
_PAGES = ("page", "pageSize")
_MOST_PAGES = 100  # of one list that is read to its end
_LISTS = ("expand", "ordering")
PREFIXES = {"zaken": ZAKEN, "catalogi": CATALOGI, "documenten": "/documenten/api/v1"}


class _Vraag(msgspec.Struct, frozen=True):
    """Where something is asked. `array`: a list that has no pages; `body`: it is a search."""

    register: str
    path: str
    array: bool = False
    body: Json | None = None


class ZgwBron:
    """`naam` is what employees are told where there are several servers."""

    def __init__(self, naam: str, lijnen: Mapping[str, Verbinding]) -> None:
        self.naam = naam
        self.lijnen = lijnen
        self.adresboek = Adresboek({register: lijn.base for register, lijn in lijnen.items()}, PREFIXES)

    async def ask(
        self,
        verzoek: Verzoek,
        register: str,
        path: str,
        asked: Mapping[str, str],
        *,
        array: bool = False,
        body: Json | None = None,
    ) -> Antwoord:
        """What is asked in our addresses; the answer has those of the server. Where it falls over `expand`, it is asked
        without, and its parts are read one by one. With a `body` it is a search: only pages stay in the address."""
        vraag = _Vraag(register, path, array, body)
        return await asked_in_parts(asked, partial(self._ask, verzoek, vraag), partial(self.read, verzoek))

    async def whole(self, verzoek: Verzoek, register: str, path: str, asked: Mapping[str, str]) -> list[Json]:
        """Every row of a list, page by page. Raises HttpProblem where the server does not give them all."""
        rows: list[Json] = []
        for number in range(1, _MOST_PAGES + 1):
            antwoord = await self.ask(verzoek, register, path, asked_for_page(asked, number))
            if antwoord.is_error:
                break
            rows += antwoord.gegevens["results"]
            if not antwoord.gegevens.get("next"):
                return rows
        raise fouten.faulty(register)

    async def read(self, verzoek: Verzoek, address: str) -> Json | None:
        """The object at an address of this server; None where it is elsewhere or gone."""
        place = self.adresboek.locate(address)
        if place is None:
            return None
        antwoord = await self._ask(verzoek, _Vraag(*place), {})
        return None if antwoord.is_error else antwoord.gegevens

    async def _ask(self, verzoek: Verzoek, vraag: _Vraag, asked: Mapping[str, str]) -> Antwoord:
        if not self.adresboek.is_learned and any(map(self.adresboek.is_ours, asked.values())):
            await self._learn(verzoek)
        lijn, path, array = self.lijnen[vraag.register], vraag.path, vraag.array
        theirs = {name: self.adresboek.to_theirs(value) for name, value in asked.items()}
        if vraag.body is None:
            antwoord = await lijn.ask(verzoek, "GET", path, query=urlencode(theirs), array=array)
        else:
            query = urlencode({name: theirs.pop(name) for name in _PAGES if name in theirs})
            content = msgspec.json.encode({**{name: _in_body(name, al) for name, al in theirs.items()}, **vraag.body})
            antwoord = await lijn.ask(verzoek, "POST", path, query=query, content=content, array=array)
        if antwoord.is_error:
            return antwoord
        rows = antwoord.gegevens.get("results", [antwoord.gegevens])
        if not (isinstance(rows, list) and all(isinstance(row, dict) and "url" in row for row in rows)):
            raise fouten.faulty(vraag.register)
        if rows:
            self.adresboek.learn(vraag.register, rows[0]["url"], path)
        return antwoord

    async def _learn(self, verzoek: Verzoek) -> None:
        """By what the server calls itself, before it is asked for anything by address."""
        antwoord = await self.lijnen["catalogi"].ask(verzoek, "GET", "/catalogussen")
        rows = antwoord.gegevens.get("results")
        if isinstance(rows, list) and rows and isinstance(rows[0], dict):
            self.adresboek.learn("catalogi", rows[0].get("url"), "/catalogussen")


def _in_body(name: str, value: str) -> str | bool | list[str]:
    """A parameter as the body of a search has it."""
    if name in _LISTS or name.endswith(("__in", "__not_in")):
        return [part.strip() for part in value.split(",")]
    return value == "true" if name.endswith("__isnull") else value
