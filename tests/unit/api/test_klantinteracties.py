"""Klantinteracties as a seat reads them: what is asked of the server, and what a list with doubles becomes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import msgspec
import pytest

from kcs_desktop.api.client import Client
from kcs_desktop.api.klantinteracties import (
    read_contacten,
    read_contacten_of_zaak,
    read_terugbelnotities,
    read_vertegenwoordigers,
)
from kcs_desktop.domain.klant import KlantSleutel, SoortKlant

HOST = "http://127.0.0.1:9"
JOHANNA = KlantSleutel(SoortKlant.PERSOON, partij="p", bsn="999990019")
Json = dict[str, Any]
Served = Callable[..., tuple[Client, list[httpx.URL]]]


@pytest.fixture
async def served() -> AsyncIterator[Served]:
    """A client over a server that gives these pages, and what it was asked."""
    clients: list[Client] = []

    def serve(*bladen: list[Json], count: int = 0) -> tuple[Client, list[httpx.URL]]:
        asked: list[httpx.URL] = []

        def handle(request: httpx.Request) -> httpx.Response:
            asked.append(request.url)
            nummer = int(request.url.params.get("page", "1"))
            volgende = f"{HOST}/?page={nummer + 1}" if nummer < len(bladen) else None
            blad = {"count": count or sum(map(len, bladen)), "results": bladen[nummer - 1], "next": volgende}
            return httpx.Response(200, content=msgspec.json.encode(blad))

        client = Client(httpx.MockTransport(handle))
        client.aim(HOST)
        clients.append(client)
        return client, asked

    yield serve
    for client in clients:
        await client.close()


def contact(uuid: str, *taken: str) -> Json:
    return {"uuid": uuid, "_expand": {"leiddeTotInterneTaken": [{"uuid": taak} for taak in taken]}}


def rij(door: str | None) -> Json:
    return {
        "uuid": f"rij-{door}",
        "vertegenwoordigendePartij": {"uuid": door},
        "vertegenwoordigdePartij": {"uuid": "p"},
    }


async def test_who_acts_for_a_customer_is_asked_by_who_is_represented_to_the_last_page(served: Served) -> None:
    client, asked = served([rij("a"), rij("b")], [rij("b"), rij(None), rij("c")])
    assert await read_vertegenwoordigers(client, "p") == ["a", "b", "c"]
    assert [url.path for url in asked] == ["/klantinteracties/api/v1/vertegenwoordigingen"] * 2
    assert [dict(url.params) for url in asked] == [
        {"vertegenwoordigdePartij__uuid": "p"},
        {"vertegenwoordigdePartij__uuid": "p", "page": "2"},
    ]


async def test_for_whom_nobody_acts_one_question_is_enough(served: Served) -> None:
    client, asked = served([])
    assert await read_vertegenwoordigers(client, "p") == []
    assert len(asked) == 1


async def test_a_contact_that_is_listed_twice_is_shown_and_counted_once(served: Served) -> None:
    client, _ = served([contact("c1", "t1"), contact("c1", "t1"), contact("c2", "t2", "t2")])
    pagina = await read_contacten(client, JOHANNA)
    assert [regel.uuid for regel in pagina.contacten] == ["c1", "c2"]
    assert [notitie.uuid for notitie in pagina.terugbelnotities] == ["t1", "t2"]
    assert (pagina.totaal, pagina.is_volledig) == (2, True)
    van_zaak = await read_contacten_of_zaak(client, "z")
    assert ([regel.uuid for regel in van_zaak.contacten], van_zaak.totaal) == (["c1", "c2"], 2)


async def test_of_what_stands_on_further_pages_the_register_knows_how_much(served: Served) -> None:
    client, _ = served([contact("c1"), contact("c1"), contact("c2")], [contact("c3"), contact("c4")])
    pagina = await read_contacten(client, JOHANNA)
    assert (len(pagina.contacten), pagina.totaal, pagina.is_laatste) == (2, 4, False)


async def test_a_register_that_counts_too_few_is_not_believed(served: Served) -> None:
    client, _ = served([contact("c1"), contact("c1"), contact("c2")], count=1)
    assert (await read_contacten(client, JOHANNA)).totaal == 2


async def test_every_callback_note_comes_once(served: Served) -> None:
    client, _ = served([contact("c1", "t1", "t2", "t1")], [contact("c1", "t1"), contact("c2", "t3")])
    assert [notitie.uuid for notitie in await read_terugbelnotities(client, JOHANNA)] == ["t1", "t2", "t3"]
