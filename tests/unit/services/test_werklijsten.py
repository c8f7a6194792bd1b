"""The reading of the worklists: what is asked when, over a register that answers as told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx
import msgspec

from kcs_desktop.api.client import Client, Doel
from kcs_desktop.api.kcs import Kcs
from kcs_desktop.api.terugbelnotities import PAGE_SIZE
from kcs_desktop.domain.gebeurtenis import Wijziging
from kcs_desktop.domain.klant import KlantSleutel, Klantverwijzing, SoortKlant
from kcs_desktop.domain.sessie import Medewerker, Sessie, Werkplek
from kcs_desktop.domain.terugbeltaak import Lijst, Poging, Taakpagina, Taakstand, Terugbeltaak
from kcs_desktop.security.sleutelbos import Geheugenbos
from kcs_desktop.services.inzagen import Inzagen
from kcs_desktop.services.opslag import Opslag
from kcs_desktop.services.outbox import OutboxService
from kcs_desktop.services.terugbelnotities import TerugbelnotitiesService
from kcs_desktop.sync.loket import loket_at
from tests.doubles.stoel_proxy import bad_network
from tests.harness.backend import BackendProcess
from tests.harness.zitplaats import running_seat, until

NU = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SESSIE = Sessie(
    "s",
    Medewerker("jan", "Jan"),
    Werkplek("balie-1", "Balie 1"),
    ("tic",),
    {"terugbelnotities": 2, "crm": 2},
    NU,
)
TEAM, BELOOFD, EIGEN = Lijst.TEAM, Lijst.BELOOFD, Lijst.EIGEN


def notes(first: int, last: int) -> tuple[Terugbeltaak, ...]:
    """The notes with these numbers, both included."""
    return tuple(Terugbeltaak(f"n{nummer}", Taakstand.OPEN, "Bel", NU) for nummer in range(first, last + 1))


@dataclass
class Register:
    """Gives these pages, whatever the list; a request waits while `may_answer` is not set."""

    paginas: Sequence[tuple[Terugbeltaak, ...]]
    totaal: int
    asked: list[tuple[str, int]] = field(default_factory=list)
    answered: int = 0
    came: asyncio.Event = field(default_factory=asyncio.Event)
    may_answer: asyncio.Event = field(default_factory=asyncio.Event)

    async def answer(self, request: httpx.Request) -> httpx.Response:
        lijst, pagina = request.url.params["lijst"], int(request.url.params["pagina"])
        self.asked.append((lijst, pagina))
        self.came.set()
        await self.may_answer.wait()
        self.answered += 1
        taken = self.paginas[pagina - 1] if pagina <= len(self.paginas) else ()
        return httpx.Response(200, content=msgspec.json.encode(Taakpagina(Lijst(lijst), self.totaal, taken, pagina)))


@asynccontextmanager
async def service_at(
    register: Register, profile: Path, sessie: Sessie = SESSIE
) -> AsyncIterator[TerugbelnotitiesService]:
    """The service over this register; it answers from the start."""
    register.may_answer.set()
    client = Client(httpx.MockTransport(register.answer))
    client.aim("http://127.0.0.1:1")
    opslag = Opslag(profile, Geheugenbos(), lambda: NU)
    failures: list[BaseException] = []
    service = TerugbelnotitiesService(
        client,
        opslag,
        OutboxService(opslag, loket_at(client), lambda: NU, failures.append),
        Inzagen(Kcs(client), opslag, lambda: NU),
        sessie=lambda: sessie,
        doel=Doel,
        clock=lambda: NU,
        on_error=failures.append,
    )
    try:
        yield service
    finally:
        await service.end()
        await opslag.close()
        await client.close()
    assert failures == []


def fresh(service: TerugbelnotitiesService, lijst: Lijst, uuid: str) -> Callable[[], bool]:
    """Whether the list holds this note and no reading is under way."""
    return lambda: (known := service.known(lijst)).find(uuid) is not None and not known.laadt


async def test_a_change_while_the_list_is_read_ends_no_reading_and_is_read_after_it(tmp_path: Path) -> None:
    register = Register([notes(1, 1)], 1)
    async with service_at(register, tmp_path) as service:
        greep = service.watch(TEAM)
        await service.load(TEAM)
        register.may_answer.clear()
        register.came.clear()
        register.asked.clear()
        register.answered = 0
        service.on_change(Wijziging("internetaak", "n1", "gewijzigd", "klantinteracties"))
        await register.came.wait()
        readings: list[bool] = []
        service.changed.connect(lambda _: readings.append(not service.known(TEAM).laadt))
        for _ in range(5):
            service.on_change(Wijziging("internetaak", "n1", "gewijzigd", "klantinteracties"))
        assert register.asked == [("team", 1)]
        register.paginas = [notes(1, 2)]
        register.may_answer.set()
        await until(service.changed, lambda: sum(readings) == 2)
        assert register.asked == [("team", 1)] * 2
        assert register.answered == 2
        assert fresh(service, TEAM, "n2")()
        greep.close()


async def test_a_list_that_nobody_looks_at_any_more_costs_no_request(tmp_path: Path) -> None:
    register = Register([notes(1, 2)], 2)
    async with service_at(register, tmp_path) as service:
        greep = service.watch(TEAM)
        await service.load(BELOOFD)
        await service.load(TEAM)
        register.asked.clear()
        register.paginas = [notes(1, 3)]
        service.on_change(Wijziging("internetaak", "n1", "gewijzigd", "klantinteracties"))
        await until(service.changed, fresh(service, TEAM, "n3"))
        assert register.asked == [("team", 1)]
        greep.close()


async def test_the_own_list_is_read_when_connected_and_not_before(tmp_path: Path) -> None:
    register = Register([notes(1, 2)], 2)
    async with service_at(register, tmp_path) as service:
        await service.begin()
        assert register.asked == []
        service.on_resync()
        await until(service.changed, fresh(service, EIGEN, "n2"))
        assert register.asked == [("eigen", 1)]


async def test_more_of_a_list_ends_where_no_page_brings_a_new_row(tmp_path: Path) -> None:
    eerste = notes(1, PAGE_SIZE)
    register = Register([eerste, eerste], 2 * PAGE_SIZE)
    async with service_at(register, tmp_path) as service:
        await service.load(TEAM)
        assert service.known(TEAM).has_more
        await service.more(TEAM)
        assert not service.known(TEAM).has_more
        assert len(service.known(TEAM).taken) == PAGE_SIZE


async def test_a_page_of_known_rows_hides_nothing_of_what_stands_behind_it(tmp_path: Path) -> None:
    eerste, laatste = notes(1, PAGE_SIZE), notes(PAGE_SIZE + 1, PAGE_SIZE + 7)
    register = Register([eerste, eerste, laatste], 2 * PAGE_SIZE + 7)
    async with service_at(register, tmp_path) as service:
        await service.load(TEAM)
        await service.more(TEAM)
        assert service.known(TEAM).find(f"n{PAGE_SIZE + 7}") is not None


async def test_without_a_connection_the_kept_open_list_is_not_shown_as_the_finished_one(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    bos = Geheugenbos()
    async with bad_network(proefdam.url) as network:
        async with running_seat(tmp_path, network.url, bos=bos, account="m.zandstra") as seat:
            await seat.terugbelnotities.load(EIGEN)
            assert seat.terugbelnotities.known(EIGEN).taken
        network.is_down = True
        async with running_seat(tmp_path, network.url, bos=bos) as seat:
            assert await seat.aanmelden.resume() is not None
            await seat.terugbelnotities.load(EIGEN)
            await seat.terugbelnotities.load(EIGEN, Taakstand.KLAAR)
            assert seat.terugbelnotities.known(EIGEN).taken
            assert seat.terugbelnotities.known(EIGEN, Taakstand.KLAAR).taken == ()
            assert seat.terugbelnotities.known(EIGEN, Taakstand.KLAAR).fout


async def test_a_role_that_may_not_see_customers_gets_notes_that_say_so(tmp_path: Path) -> None:
    klant = Klantverwijzing(KlantSleutel(SoortKlant.PERSOON, partij="p-1"), "B. van Duin")
    (note,) = notes(1, 1)
    gebeld = Poging(NU, "Bilal", "niet_bereikt")
    note = msgspec.structs.replace(note, pogingen=(gebeld,), is_afgeschermd=True)
    met_klant = msgspec.structs.replace(
        note,
        klant=klant,
        geheim=True,
        telefoonnummer="0612345678",
        toelichting="Ligt in het ziekenhuis.",
        pogingen=(msgspec.structs.replace(gebeld, notitie="Haar zoon nam op.", klantcontact="k-1"),),
        is_afgeschermd=False,
    )
    zonder_crm = msgspec.structs.replace(SESSIE, rechten={"terugbelnotities": 1})
    for sessie, expected in ((SESSIE, met_klant), (zonder_crm, note)):
        async with service_at(Register([(met_klant,)], 1), tmp_path / str(len(sessie.rechten)), sessie) as service:
            await service.load(TEAM)
            assert service.known(TEAM).taken == (expected,)
