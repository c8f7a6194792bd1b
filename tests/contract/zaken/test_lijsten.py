"""Long lists: a part of a number that few or many have, pages far down, and how far is counted."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.contract.zaken import fixtures as f
from tests.contract.zaken.spec import API
from tests.harness.backend import Backend

AANTAL = 12


@pytest.fixture
async def client(backend: Backend) -> httpx.AsyncClient:
    """An employee's client, and zaken with numbers of every kind."""
    made = await f.client_of(backend)
    types = await f.make_types(made)
    for nummer in range(AANTAL):
        await f.make_zaak(made, types, identificatie=f"Z-{nummer:03d}", startdatum=f"2026-11-{nummer % 3 + 1:02d}")
    for vreemd in ("50%", "a_b", "c/d", "Ä-1"):
        await f.make_zaak(made, types, identificatie=vreemd, startdatum="2026-10-01")
    return made


async def _asked(client: httpx.AsyncClient, **parameters: str) -> dict[str, Any]:
    answer = await client.get(f"{API}/zaken", params=parameters)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def _nummers(found: dict[str, Any]) -> list[str]:
    return [zaak["identificatie"] for zaak in found["results"]]


@pytest.mark.parametrize("few", [0, 10_000])
@pytest.mark.parametrize(
    ("deel", "nummers"),
    [
        ("z-00", [f"Z-{nummer:03d}" for nummer in range(10)]),
        ("-011", ["Z-011"]),
        ("%", ["50%"]),
        ("_", ["a_b"]),
        ("/", ["c/d"]),
        ("A_", ["a_b"]),
        ("bestaat niet", []),
        ("\\", []),
    ],
)
async def test_a_part_of_a_number_is_found_whether_few_or_many_have_it(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, few: int, deel: str, nummers: list[str]
) -> None:
    monkeypatch.setattr("kcs_desktop.backend.standards.objecten.listing.FEW", few)
    found = await _asked(client, identificatie__icontains=deel)
    assert sorted(_nummers(found)) == nummers
    assert found["count"] == len(nummers)


@pytest.mark.parametrize("few", [0, 10_000])
async def test_pages_of_what_was_found_hold_each_once_in_order(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr("kcs_desktop.backend.standards.objecten.listing.FEW", few)
    asked = {"identificatie__icontains": "Z-", "ordering": "-startdatum", "pageSize": "5"}
    seen: list[dict[str, Any]] = []
    for page in ("1", "2", "3"):
        found = await _asked(client, **asked, page=page)
        assert found["count"] == AANTAL
        seen += found["results"]
    assert found["next"] is None
    dagen = [zaak["startdatum"] for zaak in seen]
    assert dagen == sorted(dagen, reverse=True)
    assert len({zaak["uuid"] for zaak in seen}) == AANTAL
    assert (await client.get(f"{API}/zaken", params={**asked, "page": "4"})).status_code == 404


async def test_a_list_tells_that_there_is_more_where_it_does_not_count_on(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kcs_desktop.backend.standards.zaken.zaken.Zaken.counts_to", 4)
    first = await _asked(client, pageSize="3")
    assert (first["count"], first["next"] is None) == (4, False)
    third = await _asked(client, pageSize="3", page="3")
    assert (third["count"], third["next"] is None) == (10, False)
    last = await _asked(client, pageSize="3", page="6")
    assert (last["count"], last["next"], len(last["results"])) == (AANTAL + 4, None, 1)


async def test_two_filters_that_look_through_all_hold_together(client: httpx.AsyncClient) -> None:
    found = await _asked(client, identificatie__icontains="Z-00", startdatum="2026-11-01", ordering="identificatie")
    assert _nummers(found) == ["Z-000", "Z-003", "Z-006", "Z-009"]
