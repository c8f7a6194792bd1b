"""Streams: filtered, resumable, bounded, ending with their token, and the same over several workers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.feed.hub import FeedHub, Position, parse_position
from kcs_desktop.backend.feed.store import append, new_epoch, read_after, read_stand, truncate
from kcs_desktop.backend.feed.subscriber import Subscriber
from kcs_desktop.backend.principal import Principal
from kcs_desktop.domain.gebeurtenis import Kring, Vluchtig, Wijziging
from kcs_desktop.domain.rechten import Recht
from kcs_desktop.domain.zaakrechten import parse_zaakrechten
from tests.harness.klok import Klok

CRM = Principal("a1", "jan", "medewerker", {"crm": Recht.RAADPLEGEN}, sessie="s1")
TBN = Principal("a2", "eva", "medewerker", {"terugbelnotities": Recht.RAADPLEGEN}, sessie="s2")


class Listener:
    """Reads one stream as a seat does: event by event."""

    def __init__(self, subscriber: Subscriber) -> None:
        self.subscriber = subscriber
        self._frames = subscriber.frames()
        self._waiting: list[tuple[str, str, dict[str, Any]]] = []

    async def next(self, *events: str) -> tuple[str, str, dict[str, Any]]:
        """(id, event, data) of the next event of these kinds (default wijziging)."""
        while True:
            while not self._waiting:
                self._waiting += self._parsed(await asyncio.wait_for(anext(self._frames), 10))
            found = self._waiting.pop(0)
            if found[1] in (events or ("wijziging",)):
                return found

    async def ended(self) -> list[tuple[str, str, dict[str, Any]]]:
        """Everything that still came until the stream ended."""
        rest: list[tuple[str, str, dict[str, Any]]] = []

        async def drain() -> None:
            async for frames in self._frames:
                rest.extend(self._parsed(frames))

        await asyncio.wait_for(drain(), 10)
        return rest

    @staticmethod
    def _parsed(frames: bytes) -> list[tuple[str, str, dict[str, Any]]]:
        found = []
        for frame in frames.decode().strip().split("\n\n"):
            fields = dict(line.split(": ", 1) for line in frame.split("\n"))
            found.append((fields.get("id", ""), fields["event"], msgspec.json.decode(fields["data"])))
        return found


@pytest.fixture
def fed(db: Database) -> Database:
    db.before_commit = [append]
    return db


@pytest.fixture
async def hub(fed: Database) -> AsyncIterator[FeedHub]:
    made = FeedHub(fed, heartbeat=0.2)
    yield made
    await made.stop()


async def emit(db: Database, *ids: str, functie: str = "crm") -> None:
    async with db.write() as unit:
        for subject in ids:
            unit.emit(Wijziging("partij", subject, "gewijzigd", functie, (subject,)))


async def test_a_change_reaches_the_stream_with_its_number_and_the_previous_one(fed: Database, hub: FeedHub) -> None:
    listener = Listener(await hub.subscribe(CRM))
    await emit(fed, "a")
    await emit(fed, "b")
    epoch = (await read_stand(fed)).epoch
    first, second = await listener.next(), await listener.next()
    assert (first[0], first[2]["vorige"], first[2]["wijziging"]["id"]) == (f"{epoch}:1", 0, "a")
    assert (second[0], second[2]["vorige"], second[2]["wijziging"]["id"]) == (f"{epoch}:2", 1, "b")


async def test_what_a_subscriber_may_not_see_is_left_out_and_is_no_gap(fed: Database, hub: FeedHub) -> None:
    crm, tbn = Listener(await hub.subscribe(CRM)), Listener(await hub.subscribe(TBN))
    await emit(fed, "a")
    await emit(fed, "t", functie="terugbelnotities")
    await emit(fed, "b")
    assert [(await crm.next())[2]["wijziging"]["id"] for _ in range(2)] == ["a", "b"]
    only = await tbn.next()
    assert (only[2]["nr"], only[2]["vorige"]) == (2, 0)
    await emit(fed, "c")
    assert (await crm.next())[2]["vorige"] == 3


async def test_a_change_of_a_zaak_is_told_to_who_may_see_it_before_or_after(fed: Database) -> None:
    hub = FeedHub(fed, zaakrechten=parse_zaakrechten("tweedelijn=geheim; snelbalie=geheim:parkeren; *=intern"))
    zaken = {"zaken": Recht.RAADPLEGEN}
    those = [
        Listener(await hub.subscribe(Principal(rol, rol, "medewerker", zaken, rollen=(rol,))))
        for rol in ("tweedelijn", "snelbalie", "tic")
    ]
    open_, closed = Kring("uitrit", "openbaar"), Kring("uitrit", "geheim")
    async with fed.write() as unit:
        changes = [("dicht", (closed,)), ("verhoogd", (open_, closed)), ("parkeren", (Kring("parkeren", "geheim"),))]
        changes.append(("in geen zaak", (Kring("", "geheim"),)))
        for naam, kringen in changes:
            unit.emit(Wijziging("zaak", naam, "gewijzigd", "zaken", ("partij",), kringen))
        unit.emit(Wijziging("zaak", "alle", "gewijzigd", "zaken"))
    heard: list[list[str]] = []
    for listener in those:
        ids: list[str] = []
        while "alle" not in ids:
            told = (await listener.next())[2]["wijziging"]
            assert "kringen" not in told
            ids.append(told["id"])
        heard.append(ids)
    assert heard == [
        ["dicht", "verhoogd", "parkeren", "in geen zaak", "alle"],
        ["parkeren", "alle"],
        ["verhoogd", "alle"],
    ]
    await hub.stop()


async def test_a_heartbeat_carries_the_high_water_mark(fed: Database, hub: FeedHub) -> None:
    listener = Listener(await hub.subscribe(TBN))
    await emit(fed, "a", "b")
    while (beat := await listener.next("hartslag"))[2]["nr"] < 2:
        pass
    assert beat[0].endswith(":2")


async def test_a_stream_resumes_after_its_last_event(fed: Database, hub: FeedHub) -> None:
    await emit(fed, "a", "b", "c")
    epoch = (await read_stand(fed)).epoch
    listener = Listener(await hub.subscribe(CRM, parse_position(f"{epoch}:1")))
    assert [(await listener.next())[2]["nr"] for _ in range(2)] == [2, 3]
    await emit(fed, "d")
    assert (await listener.next())[2]["vorige"] == 3
    again = Listener(await hub.subscribe(CRM, Position(epoch, 3)))  # now from memory, not from the database
    assert (await again.next())[2]["nr"] == 4


async def test_nothing_is_missed_or_doubled_while_resuming_under_load(fed: Database, hub: FeedHub) -> None:
    await emit(fed, *(f"p{i}" for i in range(50)))
    epoch = (await read_stand(fed)).epoch
    keep = await hub.subscribe(TBN)

    async def write() -> None:
        for index in range(30):
            await emit(fed, f"q{index}")

    writing = asyncio.create_task(write())
    listeners = [Listener(await hub.subscribe(CRM, Position(epoch, start))) for start in (0, 10, 49)]
    await writing
    for listener, start in zip(listeners, (0, 10, 49), strict=True):
        assert [(await listener.next())[2]["nr"] for _ in range(80 - start)] == list(range(start + 1, 81))
    hub.unsubscribe(keep)


@pytest.mark.parametrize("last", ["other:1", "nonsense", "x:y", "{epoch}:99", "{epoch}:-1", "{epoch}:" + "9" * 40])
async def test_an_unknown_position_leads_to_a_full_resync(fed: Database, hub: FeedHub, last: str) -> None:
    await emit(fed, "a")
    epoch = (await read_stand(fed)).epoch
    listener = Listener(await hub.subscribe(CRM, parse_position(last.format(epoch=epoch))))
    event = await listener.next("wijziging", "opnieuw")
    assert event[1:] == ("opnieuw", {"epoch": epoch, "nr": 1})


async def test_a_truncated_feed_leads_to_a_full_resync(fed: Database, hub: FeedHub, klok: Klok) -> None:
    await emit(fed, "a", "b")
    epoch = (await read_stand(fed)).epoch
    klok.advance(days=1)
    await emit(fed, "c")
    await truncate(fed, klok() - timedelta(hours=1))
    behind = Listener(await hub.subscribe(CRM, Position(epoch, 1)))
    assert (await behind.next("wijziging", "opnieuw"))[1] == "opnieuw"
    level = Listener(await hub.subscribe(CRM, Position(epoch, 2)))
    assert (await level.next("wijziging", "opnieuw"))[2]["nr"] == 3


async def test_a_changed_epoch_reaches_open_streams(fed: Database, hub: FeedHub) -> None:
    listener = Listener(await hub.subscribe(CRM))
    await emit(fed, "a")
    await listener.next()
    async with fed.write() as unit:
        epoch = await new_epoch(unit.session, unit.dialect)
    assert (await listener.next("opnieuw"))[2]["epoch"] == epoch
    await emit(fed, "b")
    assert (await listener.next())[0] == f"{epoch}:2"


async def test_a_slow_reader_is_closed_and_loses_nothing_by_resuming(fed: Database, hub: FeedHub) -> None:
    slow = await hub.subscribe(CRM, length=3)
    quick = Listener(await hub.subscribe(CRM))
    await emit(fed, *(f"p{i}" for i in range(10)))
    for _ in range(10):
        await quick.next()
    assert slow.is_closed
    listener = Listener(slow)
    got = [await listener.next() for _ in range(2)]  # the first place in its queue was the opening heartbeat
    await listener.ended()
    resumed = Listener(await hub.subscribe(CRM, parse_position(got[-1][0])))
    assert [(await resumed.next())[2]["nr"] for _ in range(8)] == list(range(3, 11))


async def test_a_stream_ends_with_its_token(fed: Database, hub: FeedHub, klok: Klok) -> None:
    listener = Listener(await hub.subscribe(CRM, ends_at=klok() + timedelta(minutes=10)))
    await emit(fed, "voor")
    assert (await listener.next())[2]["wijziging"]["id"] == "voor"
    klok.advance(minutes=10)
    await emit(fed, "na")
    assert [data["wijziging"]["id"] for _, event, data in await listener.ended() if event == "wijziging"] == []


async def test_a_stream_ends_with_its_session_on_every_worker(fed: Database, hub: FeedHub) -> None:
    mine, other = Listener(await hub.subscribe(CRM)), Listener(await hub.subscribe(TBN))
    async with fed.write() as unit:
        unit.emit(Wijziging("sessie", "s1", "verwijderd", ""))
        unit.emit(Wijziging("partij", "later", "gewijzigd", "crm"))
    assert [event for _, event, _ in await mine.ended()] == ["hartslag"]
    await emit(fed, "t", functie="terugbelnotities")
    assert (await other.next())[2]["wijziging"]["id"] == "t"  # and heard nothing of the session


async def test_the_reader_stops_with_the_last_stream_and_starts_again(fed: Database, hub: FeedHub) -> None:
    first = await hub.subscribe(CRM)
    hub.unsubscribe(first)
    await emit(fed, "a")
    again = Listener(await hub.subscribe(CRM, Position((await read_stand(fed)).epoch, 0)))
    assert (await again.next())[2]["wijziging"]["id"] == "a"
    await emit(fed, "b")
    assert (await again.next())[2]["wijziging"]["id"] == "b"


async def test_two_workers_hear_each_other(postgres_url: str, klok: Klok) -> None:
    one, two = Database(postgres_url, clock=klok), Database(postgres_url, clock=klok)
    one.before_commit = two.before_commit = [append]
    hubs = [FeedHub(one, heartbeat=60, poll=60), FeedHub(two, heartbeat=60, poll=60)]  # no poll: NOTIFY alone
    try:
        listeners = [Listener(await hub.subscribe(CRM)) for hub in hubs]
        await asyncio.gather(*(emit(db, f"{name}{i}") for i in range(10) for name, db in (("a", one), ("b", two))))
        heard = [[(await listener.next())[2]["nr"] for _ in range(20)] for listener in listeners]
        assert heard == [list(range(1, 21))] * 2
    finally:
        for hub in hubs:
            await hub.stop()
        await one.close()
        await two.close()


async def test_a_batch_is_read_once_for_two_hundred_streams(
    fed: Database, hub: FeedHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    listeners = [Listener(await hub.subscribe(CRM)) for _ in range(200)]
    reads = 0
    original = read_after

    async def counted(*args: Any, **kwargs: Any) -> Any:
        nonlocal reads
        reads += 1
        return await original(*args, **kwargs)

    monkeypatch.setattr("kcs_desktop.backend.feed.hub.read_after", counted)
    await emit(fed, *(f"p{i}" for i in range(20)))
    for listener in listeners:
        assert [(await listener.next())[2]["nr"] for _ in range(20)] == list(range(1, 21))
    assert reads < 20


async def test_fleeting_news_reaches_who_may_hear_it_and_takes_no_number(fed: Database, hub: FeedHub) -> None:
    crm, tbn = Listener(await hub.subscribe(CRM)), Listener(await hub.subscribe(TBN))
    async with fed.write() as unit:
        unit.hint(Vluchtig("meekijker", "crm", ("o1",)))
    assert await crm.next("meekijker") == ("", "meekijker", {"onderwerpen": ["o1"]})
    await emit(fed, "a", functie="crm")
    await emit(fed, "b", functie="terugbelnotities")
    assert (await crm.next("meekijker", "wijziging"))[2]["nr"] == 1
    assert (await tbn.next("meekijker", "wijziging"))[2]["nr"] == 2


async def test_fleeting_news_crosses_workers(postgres_url: str, klok: Klok) -> None:
    one, two = Database(postgres_url, clock=klok), Database(postgres_url, clock=klok)
    one.before_commit = two.before_commit = [append]
    hub = FeedHub(two, heartbeat=60, poll=60)
    try:
        listener = Listener(await hub.subscribe(CRM))
        async with one.write() as unit:
            unit.hint(Vluchtig("meekijker", "crm", ("o1",)))
        assert (await listener.next("meekijker"))[2] == {"onderwerpen": ["o1"]}
    finally:
        await hub.stop()
        await one.close()
        await two.close()


async def test_the_last_stream_that_leaves_takes_the_reader_from_none_that_is_joining(
    fed: Database, hub: FeedHub
) -> None:
    await emit(fed, "a")
    epoch = (await read_stand(fed)).epoch
    last = await hub.subscribe(CRM)
    joining = asyncio.create_task(hub.subscribe(CRM, Position(epoch, 0)))  # reads from the database first
    await asyncio.sleep(0)
    hub.unsubscribe(last)
    listener = Listener(await joining)
    await emit(fed, "b")
    assert [(await listener.next())[2]["wijziging"]["id"] for _ in range(2)] == ["a", "b"]


async def test_a_stream_that_never_began_is_forgotten_when_its_token_ends(
    fed: Database, hub: FeedHub, klok: Klok
) -> None:
    await hub.subscribe(CRM, ends_at=klok() + timedelta(minutes=10))
    other = Listener(await hub.subscribe(CRM))
    klok.advance(minutes=10)
    await other.next("hartslag")
    await other.next("hartslag")
    assert hub.streams == 1
