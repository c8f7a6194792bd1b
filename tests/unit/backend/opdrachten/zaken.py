"""Commands about zaken as a seat sends them, and a zaaktype to send them for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx
from sqlalchemy import func, select

from kcs_desktop.domain.rechten import Recht
from tests.contract.zaken import fixtures as f
from tests.contract.zaken.spec import API, CRS
from tests.harness.backend import Backend
from tests.unit.backend.opdrachten.bouwen import URL, opdracht

Json = dict[str, Any]
ANSWERS = {"eigenschappen": "AB-12-C", "breedte": "1,5"}  # by the names of `f.make_types`


async def beheer(backend: Backend) -> httpx.AsyncClient:
    """An application that fills the catalogue, and looks what became of it."""
    client = await backend.application(zaken=Recht.WIJZIGEN)
    client.headers.update(CRS)
    return client


def uuid_of(types: dict[str, Json], name: str) -> str:
    return str(types[name]["url"]).rsplit("/", 1)[-1]


def aanmaken(backend: Backend, types: dict[str, Json], **fields: Any) -> Json:
    """A command that makes a zaak with everything answered."""
    return opdracht(backend.klok(), gegevens(types, **fields))


def gegevens(types: dict[str, Json], answers: Mapping[str, str] = ANSWERS, **fields: Any) -> Json:
    return {
        "type": "zaak.aanmaken",
        "zaaktype": uuid_of(types, "zaaktypen"),
        "startdatum": "2026-11-24",
        "eigenschappen": [{"eigenschap": uuid_of(types, name), "waarde": waarde} for name, waarde in answers.items()],
        **fields,
    }


def reserveren(backend: Backend, types: dict[str, Json]) -> Json:
    return opdracht(backend.klok(), {"type": "zaak.nummer-reserveren", "zaaktype": uuid_of(types, "zaaktypen")})


async def outcome(client: httpx.AsyncClient, command: Json, stand: str = "geslaagd") -> Json:
    """What became of it: the resultaat, or the fout of a refusal."""
    answer = await client.post(URL, json=command)
    made: Json = answer.json()
    assert made.get("stand") == stand, answer.text
    found: Json = made["resultaat"] if stand == "geslaagd" else made["fout"]
    return found


def reasons(fout: Json) -> dict[str, str]:
    """The code of each field that a refusal names."""
    return {param["name"]: param["code"] for param in fout["invalidParams"]}


async def whole(client: httpx.AsyncClient, uuid: str) -> Json:
    """The zaak with its parts, as the register gives it over HTTP."""
    answer = await client.get(
        f"{API}/zaken/{uuid}", params={"expand": "rollen,status,status.statustype,eigenschappen,zaakobjecten"}
    )
    assert answer.status_code == 200, answer.text
    made: Json = answer.json()
    return made


async def count(backend: Backend, table: type[Any]) -> int:
    async with backend.db.read() as session:
        return (await session.scalar(select(func.count()).select_from(table))) or 0


__all__ = [
    "ANSWERS",
    "API",
    "URL",
    "aanmaken",
    "beheer",
    "count",
    "f",
    "gegevens",
    "outcome",
    "reasons",
    "reserveren",
    "uuid_of",
    "whole",
]
