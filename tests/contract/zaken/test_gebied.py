"""A search in an area: what is one, what lies in it, and that nobody waits for it."""

from __future__ import annotations

from collections.abc import Iterator
from threading import get_ident
from typing import Any

import pytest

from kcs_desktop.backend.standards.zaken import zoek
from tests.contract.zaken import fixtures as f
from tests.contract.zaken.spec import API
from tests.harness.backend import Backend

SQUARE = [[4.0, 52.0], [5.0, 52.0], [5.0, 53.0], [4.0, 53.0], [4.0, 52.0]]


@pytest.mark.parametrize(
    ("kind", "coordinates", "code"),
    [
        ("Polygon", [[], SQUARE], "invalid"),
        ("Polygon", [SQUARE, []], "invalid"),
        ("Polygon", [SQUARE[:4]], "invalid"),  # it is not closed
        ("Polygon", [[SQUARE[0], SQUARE[1], SQUARE[0]]], "invalid"),
        ("MultiPolygon", [[], [SQUARE]], "invalid"),
        ("MultiPolygon", [[SQUARE], [SQUARE[:1]]], "invalid"),
        ("Polygon", [[*SQUARE[:1] * zoek.MOST_POINTS, *SQUARE]], "too-many"),
        ("MultiPolygon", [[SQUARE]] * (zoek.MOST_POINTS // 5 + 1), "too-many"),
    ],
)
async def test_an_area_that_is_none_or_has_very_many_points_is_refused(
    backend: Backend, kind: str, coordinates: list[Any], code: str
) -> None:
    client = await f.client_of(backend)
    area = {"zaakgeometrie": {"within": {"type": kind, "coordinates": coordinates}}}
    answer = await client.post(f"{API}/zaken/_zoek", json=area)
    assert (answer.status_code, f.codes(answer)) == (400, {"zaakgeometrie.within": code})


async def test_an_area_is_its_polygons_without_their_holes(backend: Backend) -> None:
    client = await f.client_of(backend)
    types = await f.make_types(client)
    for naam, x in (("IN", 4.1), ("GAT", 4.5), ("TUSSEN", 6.5), ("OOK", 8.5), ("BUITEN", 9.5)):
        place = {"type": "Point", "coordinates": [x, 52.5]}
        await f.make_zaak(client, types, identificatie=naam, zaakgeometrie=place)
    hole = [[4.3, 52.3], [4.7, 52.3], [4.7, 52.7], [4.3, 52.7], [4.3, 52.3]]
    east = [[x + 4.0, y] for x, y in SQUARE]
    area = {"zaakgeometrie": {"within": {"type": "MultiPolygon", "coordinates": [[SQUARE, hole], [east]]}}}
    answer = await client.post(f"{API}/zaken/_zoek", json=area)
    assert {item["identificatie"] for item in answer.json()["results"]} == {"IN", "OOK"}


async def test_many_zaken_in_an_area_are_gone_through_beside_the_loop(backend: Backend) -> None:
    client = await f.client_of(backend)
    await f.make_zaak(client, await f.make_types(client), zaakgeometrie=f.POINT)
    threads: list[int] = []

    class Ring(list[zoek.Point]):
        def __iter__(self) -> Iterator[zoek.Point]:
            threads.append(get_ident())
            return super().__iter__()

    question = zoek.Question({}, {}, [[Ring((x, y) for x, y in SQUARE)]])
    async with backend.db.read() as session:
        await question.condition(session, None)
    assert set(threads[1:]).isdisjoint({get_ident()})  # the first is for its bounds
    assert len(threads) == 2
