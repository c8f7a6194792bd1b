"""What changed travels with the change to who said it is shown: audited first, in order, and never instead of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Any

import pytest
from sqlalchemy import select

from kcs_desktop.api.klantinteracties_vormen import EXPAND_CONTACT
from kcs_desktop.backend.audit.tables import AuditregelRow
from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.feed.getoond import Getoond, Kijker
from kcs_desktop.backend.feed.hub import SESSION_ENDED, FeedHub, Position
from kcs_desktop.backend.feed.store import append, read_stand
from kcs_desktop.backend.feed.subscriber import MOST_BROUGHT
from kcs_desktop.backend.principal import Principal
from kcs_desktop.backend.standards.klantinteracties.meegeven import Meegever
from kcs_desktop.domain.gebeurtenis import Wijziging
from kcs_desktop.domain.rechten import Recht
from tests.harness.backend import Backend
from tests.harness.klok import Klok
from tests.unit.backend.feed.test_hub import Listener
from tests.unit.backend.opdrachten.bouwen import URL, contact, persoon

RECHTEN = {"crm": Recht.RAADPLEGEN, "terugbelnotities": Recht.RAADPLEGEN}
JAN = Principal("a1", "jan", "medewerker", RECHTEN, sessie="s1")
EVA = Principal("a2", "eva", "medewerker", RECHTEN, sessie="s2")
SMAL = Principal("a3", "bas", "medewerker", {"crm": Recht.RAADPLEGEN}, sessie="s3")
P = "p1"


class Held:
    """A register whose answer waits for the test: what it gives is the id of what changed."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, ...]] = []
        self.go = asyncio.Event()
        self.news = asyncio.Event()
        self.fault: Exception | None = None

    def brings(self, wijziging: Wijziging) -> bool:
        return wijziging.soort == "klantcontact"

    async def bring(self, wijziging: Wijziging, kijkers: Sequence[Kijker]) -> Sequence[bytes | None]:
        self.asked.append((wijziging.id, *sorted(kijker.wie.naam for kijker in kijkers)))
        self.news.set()
        await self.go.wait()
        if self.fault is not None:
            raise self.fault
        return [b'{"uuid":"%b"}' % wijziging.id.encode() for _ in kijkers]


@pytest.fixture
def held() -> Held:
    return Held()


@pytest.fixture
async def hub(db: Database, held: Held) -> AsyncIterator[FeedHub]:
    db.before_commit = [append]
    made = FeedHub(db, heartbeat=60, meegever=held)
    yield made
    await made.stop()


async def showing(hub: FeedHub, db: Database, wie: Principal, *onderwerpen: str, told_to: FeedHub) -> Listener:
    """A stream of who shows these; what it shows is known by the time this returns."""
    subscriber = await hub.subscribe(wie)
    await told_to.shows(Getoond(wie.sessie, onderwerpen, "Klantcontact via balie"))
    async with asyncio.timeout(10):
        while not subscriber.kijker.doelbinding:
            await read_stand(db)  # what was told travels beside this
    return Listener(subscriber)


async def made(db: Database, *ids: str, soort: str = "klantcontact", onderwerp: str = P) -> None:
    async with db.write() as unit:
        for one in ids:
            unit.emit(Wijziging(soort, one, "gemaakt", "crm", (onderwerp,)))


def told(event: tuple[str, str, dict[str, Any]]) -> tuple[int, int, str]:
    """nr, vorige and what came along ("" for nothing)."""
    data = event[2]
    return data["nr"], data["vorige"], data.get("gegevens", {}).get("uuid", "")


async def test_it_comes_to_who_shows_the_subject_and_to_nobody_else(db: Database, hub: FeedHub, held: Held) -> None:
    held.go.set()
    jan, eva = await showing(hub, db, JAN, P, "q", told_to=hub), await showing(hub, db, EVA, "q", told_to=hub)
    await made(db, "k1")
    await made(db, "k2", onderwerp="q")
    await made(db, "k3", onderwerp="r")
    assert [told(await jan.next()) for _ in range(3)] == [(1, 0, "k1"), (2, 1, "k2"), (3, 2, "")]
    assert [told(await eva.next()) for _ in range(3)] == [(1, 0, ""), (2, 1, "k2"), (3, 2, "")]
    assert sorted(held.asked) == [("k1", "jan"), ("k2", "eva", "jan")], "once for all streams"


async def test_a_change_that_waits_holds_up_its_own_stream_only(db: Database, hub: FeedHub, held: Held) -> None:
    jan, eva = await showing(hub, db, JAN, P, told_to=hub), await showing(hub, db, EVA, "q", told_to=hub)
    await made(db, "k1")
    await made(db, "d1", soort="digitaaladres")
    assert [told(await eva.next()) for _ in range(2)] == [(1, 0, ""), (2, 1, "")]
    assert held.asked == [("k1", "jan")]
    held.go.set()
    assert [told(await jan.next()) for _ in range(2)] == [(1, 0, "k1"), (2, 1, "")]


async def test_a_change_goes_with_its_ids_alone_where_bringing_fails(db: Database, hub: FeedHub, held: Held) -> None:
    held.fault = RuntimeError("the register is away")
    held.go.set()
    jan = await showing(hub, db, JAN, P, told_to=hub)
    await made(db, "k1")
    assert told(await jan.next()) == (1, 0, "")
    held.fault = None
    await made(db, "k2")
    assert told(await jan.next()) == (2, 1, "k2")


async def test_nothing_comes_along_after_the_session_ended(db: Database, hub: FeedHub, held: Held) -> None:
    jan = await showing(hub, db, JAN, P, told_to=hub)
    await made(db, "k1")
    await asyncio.wait_for(held.news.wait(), 10)
    async with db.write() as unit:
        unit.emit(Wijziging(SESSION_ENDED, JAN.sessie, "verwijderd", ""))
    assert [told(event) for event in await jan.ended() if event[1] == "wijziging"] == [(1, 0, "")]
    held.go.set()


async def test_of_many_at_once_the_seat_reads_the_rest_itself(db: Database, hub: FeedHub, held: Held) -> None:
    held.go.set()
    jan = await showing(hub, db, JAN, P, told_to=hub)
    await made(db, *(f"k{number}" for number in range(MOST_BROUGHT + 5)))
    heard = [told(await jan.next()) for _ in range(MOST_BROUGHT + 5)]
    assert [nr for nr, _, _ in heard] == list(range(1, MOST_BROUGHT + 6))
    assert [wat for _, _, wat in heard] == [*(f"k{number}" for number in range(MOST_BROUGHT)), *[""] * 5]


async def test_what_was_missed_comes_with_its_ids_alone(db: Database, hub: FeedHub, held: Held) -> None:
    held.go.set()
    await made(db, "k1")
    epoch = (await read_stand(db)).epoch
    jan = Listener(await hub.subscribe(JAN, Position(epoch, 0)))
    assert told(await jan.next()) == (1, 0, "")
    assert held.asked == []


async def test_the_telling_reaches_the_worker_that_holds_the_stream(postgres_url: str, klok: Klok, held: Held) -> None:
    held.go.set()
    one, two = Database(postgres_url, clock=klok), Database(postgres_url, clock=klok)
    one.before_commit = two.before_commit = [append]
    other, holding = FeedHub(one, heartbeat=60, poll=60), FeedHub(two, heartbeat=60, poll=60, meegever=held)
    try:
        jan = await showing(holding, two, JAN, P, told_to=other)
        await made(one, "k1")
        assert told(await jan.next()) == (1, 0, "k1")
    finally:
        await other.stop()
        await holding.stop()
        await one.close()
        await two.close()


# what the register of klantinteracties brings


async def new_contact(backend: Backend) -> tuple[Wijziging, str]:
    """A klantcontact that was just registered, and its partij."""
    client = await backend.client_for("tic")
    answer = (await client.post(URL, json=contact(backend.klok(), klant=persoon()))).json()["resultaat"]
    (uuid,), partij = answer["klantcontacten"], answer["partij"]
    return Wijziging("klantcontact", uuid, "gemaakt", "crm", (partij,)), partij


async def looks(db: Database, partij: str) -> list[tuple[str, str, str]]:
    async with db.read() as session:
        found = await session.execute(
            select(AuditregelRow.accountnaam, AuditregelRow.handeling, AuditregelRow.doelbinding)
            .where(AuditregelRow.onderwerp == partij, AuditregelRow.handeling == "geraadpleegd")
            .order_by(AuditregelRow.accountnaam)
        )
        return [(naam, handeling, doel) for naam, handeling, doel in found]


async def test_it_is_what_the_seat_would_have_asked_with_a_look_of_each_in_the_trail(backend: Backend) -> None:
    wijziging, partij = await new_contact(backend)
    client = await backend.client_for("tic")
    asked_for = await client.get(
        f"/klantinteracties/api/v1/klantcontacten/{wijziging.id}",
        params={"expand": EXPAND_CONTACT},
    )
    before = await looks(backend.db, partij)
    base = str(client.base_url)
    kijkers = [Kijker(JAN, "Klantcontact via balie", base), Kijker(SMAL, "x", base), Kijker(EVA, "Klantcontact", base)]
    given = await Meegever(backend.db).bring(wijziging, kijkers)
    assert given == [asked_for.content, None, asked_for.content]
    now = await looks(backend.db, partij)
    assert sorted(now) == sorted(
        [*before, ("eva", "geraadpleegd", "Klantcontact"), ("jan", "geraadpleegd", "Klantcontact via balie")]
    )


async def test_without_an_audit_line_nothing_is_brought(backend: Backend, monkeypatch: pytest.MonkeyPatch) -> None:
    wijziging, _ = await new_contact(backend)

    async def full(*_: object) -> None:
        raise OSError("no space")

    monkeypatch.setattr("kcs_desktop.backend.standards.klantinteracties.meegeven.record_looks", full)
    with pytest.raises(OSError, match="no space"):
        await Meegever(backend.db).bring(wijziging, [Kijker(JAN, "", "http://test")])


async def test_what_is_gone_again_is_not_brought(backend: Backend) -> None:
    gone = Wijziging("klantcontact", "019b0000-0000-7000-8000-000000000000", "gemaakt", "crm", (P,))
    assert await Meegever(backend.db).bring(gone, [Kijker(JAN, "", "http://test")]) == [None]


@pytest.mark.parametrize(
    ("partijen", "status"),
    [([], 204), (["019b0000-0000-7000-8000-000000000000"], 204), (["999990019"], 400), (["x"] * 41, 400)],
)
async def test_only_partijen_are_told_and_not_more_than_fit(backend: Backend, partijen: list[str], status: int) -> None:
    client = await backend.client_for("tic")
    answer = await client.post("/kcs/api/v1/gebeurtenissen/getoond", json={"partijen": partijen})
    assert answer.status_code == status


async def test_who_may_see_no_customers_tells_nothing(backend: Backend) -> None:
    auditor = await backend.client_for("auditor")
    body: dict[str, Any] = {"partijen": []}
    assert (await auditor.post("/kcs/api/v1/gebeurtenissen/getoond", json=body)).status_code == 403
    website = await backend.application("Website", crm=Recht.WIJZIGEN)
    assert (await website.post("/kcs/api/v1/gebeurtenissen/getoond", json=body)).status_code == 403
