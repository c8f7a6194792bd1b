"""A zaak with two documents and the contact that names it, cut at every step and resumed: all of it once.

Through the window, by keys. Nothing that it sends gets there at the first attempt; the answer to the second is lost.
And the backend dies twice over each command: in the middle of it, and when it is done and has not said so yet.
"""

from __future__ import annotations

import asyncio
import os
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import msgspec
import pytest
from PySide6.QtWidgets import QApplication

from kcs_desktop.domain.opdracht import Opdracht
from kcs_desktop.domain.toevoeging import Toevoeging, Toevoegstand
from kcs_desktop.domain.zaakconcept import Nummerstand, Zaakconcept
from kcs_desktop.services.seat import SeatService
from plugins.zaken.aanmaken_pagina import Aanmaakpagina
from tests.doubles.stoel_proxy import BadNetwork, Fault, Passed, bad_network
from tests.faults.reading import Sources
from tests.faults.server_process import Server
from tests.harness.klembord import copy_files
from tests.harness.opzet import Opzet
from tests.harness.saga import Eenmaal
from tests.harness.stilstand import Stilstand, stilstand_of
from tests.harness.venster import Stage, Venster, play
from tests.journeys.stappen import begin_zaak, draft, is_settled, open_customer
from tests.journeys.test_documenten import say_kinds

BSN = "999990032"
OPDRACHTEN, BESTANDEN = "/kcs/api/v1/opdrachten", "/kcs/api/v1/bestanden"
PAPIEREN = {
    "Situatietekening": b"%PDF-1.7\n" + os.urandom(1_500_000),
    "Situatietekening uitleg": b"Beste gemeente, hierbij de tekening.",
}
NAMEN = {"Situatietekening": "Situatietekening.pdf", "Situatietekening uitleg": "Situatietekening uitleg.txt"}
SENT = 2 * 2 + 3  # of two files: said, completed, and the pieces


@asynccontextmanager
async def running_server(opzet: Opzet) -> AsyncIterator[Server]:
    """A backend that may be killed, and started again where it was."""
    server = Server(opzet.database, opzet.log, settings=opzet.elders.environment if opzet.elders else {})
    await server.start()
    try:
        yield server
    finally:
        await server.stop()


class Knipper:
    """What goes wrong between this seat and its backend."""

    def __init__(self, network: BadNetwork) -> None:
        self._network = network
        self._seen: Counter[tuple[str, str, str]] = Counter()
        self.dying = ""  # the kind of command over which the backend is about to die: done, and not told
        self.sent: defaultdict[str, asyncio.Event] = defaultdict(asyncio.Event)
        network.draw = self.draw

    def draw(self, passed: Passed) -> Fault | None:
        path = passed.path.partition("?")[0]
        is_command = passed.method == "POST" and path.startswith(OPDRACHTEN)
        if not is_command and (passed.method not in {"PUT", "POST"} or not path.startswith(BESTANDEN)):
            return None
        opdracht = msgspec.json.decode(passed.body, type=Opdracht) if is_command else None
        soort = str(type(opdracht.gegevens).__struct_config__.tag) if opdracht else ""
        self.sent[soort].set()
        if soort and soort != "zaak.nummer-reserveren":
            return self._over(soort, opdracht.id if opdracht else "")
        self._seen[key := (passed.method, path, soort)] += 1
        return {1: Fault.UNSENT, 2: Fault.CUT_AFTER}.get(self._seen[key])

    def _over(self, soort: str, opdracht: str) -> Fault | None:
        if soort != self.dying:
            return None
        return Fault.UNSENT if self._carried_out(f'"id":"{opdracht}"') else Fault.CUT_AFTER

    def _carried_out(self, what: str) -> int:
        """How many commands in which this stands, their kind or their id, were answered to nobody."""
        return sum(
            one.fault is Fault.CUT_AFTER and one.answered_at > 0 and one.status < 202 and what.encode() in one.body
            for one in self._network.seen
        )

    def lost(self, prefix: str, soort: str = "") -> Counter[Fault]:
        """What went wrong, by the kind of fault."""
        return Counter(
            one.fault
            for one in self._network.seen
            if one.fault is not None and one.path.startswith(prefix) and soort.encode() in one.body
        )

    async def until_done(self, soort: str, count: int) -> None:
        """Until this many commands were carried out, and nobody heard of it."""
        async with asyncio.timeout(60):
            while self._carried_out(soort) < count:
                self._network.answered.clear()
                await self._network.answered.wait()


class Sterfgeval:
    """The backend dies twice over the commands of one kind."""

    def __init__(
        self, seat: SeatService, server: Server, knipper: Knipper, stilstand: Stilstand, eenmaal: Eenmaal
    ) -> None:
        self._seat = seat
        self._server = server
        self.deaths = 0
        self._knipper = knipper
        self._stilstand = stilstand
        self._eenmaal = eenmaal

    async def die_over(self, soort: str, count: int = 1, *, then_at: str = "") -> None:
        """`then_at`: what is the next to come to a halt."""
        async with asyncio.timeout(60):
            await self._knipper.sent[soort].wait()
        await self._stilstand.reached()
        self._kill()
        standing = self._eenmaal.standing(soort)
        assert standing, soort
        assert set(standing) == {"bezig"}, standing
        self._stilstand.lift()
        self._knipper.dying = soort
        await self._server.start()
        self._seat.outbox.kick()
        await self._knipper.until_done(soort, count)
        self._kill()
        assert self._eenmaal.standing(soort) == ["geslaagd"] * count
        if then_at:
            self._stilstand.put(then_at)
        self._knipper.dying = ""
        await self._server.start()
        self._seat.outbox.kick()

    def _kill(self) -> None:
        assert self._server.is_alive
        self._server.kill()
        self.deaths += 1


def _service(seat: Venster) -> SeatService:
    service = seat.seat
    assert isinstance(service, SeatService)
    return service


def _hurry(seat: SeatService, _: Toevoeging) -> None:
    """Send again at once what did not get there: the pauses between attempts are not what is tried here."""
    asyncio.get_running_loop().call_soon(seat.dossier.kick)


def _now(seat: Venster) -> Zaakconcept:
    found = draft(seat)
    assert found is not None
    return found


async def fill_in(seat: Venster) -> Aanmaakpagina:
    """Everything that the form for a driveway asks; it is not sent."""
    page = await begin_zaak(seat, "uitrit")
    seat.write("wulpweg 20")
    await seat.until(lambda: page.formulier.plaats.is_offering, "addresses of the BAG")
    seat.press("Return")
    seat.write("links van de schuur")
    for vraag in page.formulier.vragen.values():
        if vraag.veld.verplicht and not _now(seat).waarden(vraag.veld.id):
            vraag.focus()
            seat.write(vraag.veld.keuzes[0] if vraag.veld.keuzes else "3")
            seat.press("Tab")
    return page


@pytest.mark.timeout(240)
@pytest.mark.qt_log_ignore("This plugin does not support")  # of the suggestions that come while an answer is typed
def test_a_saga_that_is_cut_at_every_step_is_carried_out_once(qapp: QApplication, opzet: Opzet, tmp_path: Path) -> None:
    for titel, inhoud in PAPIEREN.items():
        (tmp_path / NAMEN[titel]).write_bytes(inhoud)
    profile = tmp_path / "stoel"
    profile.mkdir()
    elders = opzet.elders
    sources = Sources(opzet.database, *((elders.klanten.database, elders.zaken.database) if elders else ()))

    async def journey(stage: Stage) -> None:
        async with running_server(opzet) as server, bad_network(f"http://127.0.0.1:{server.port}") as network:
            seat = await stage.open(network.url, profile)
            await seat.sign_in("snelbalie", "balie-1", "snelbalie")
            await go(seat, server, network)
            await seat.close()

    async def go(seat: Venster, server: Server, network: BadNetwork) -> None:
        service = _service(seat)
        await service.zaakaanmaken.refresh()
        await open_customer(seat, BSN)
        eenmaal, knipper, stilstand = Eenmaal(sources), Knipper(network), stilstand_of(opzet)
        sterfgeval = Sterfgeval(service, server, knipper, stilstand, eenmaal)
        calm_down = service.dossier.changed.connect(partial(_hurry, service))

        page = await fill_in(seat)
        copy_files(*(tmp_path / naam for naam in NAMEN.values()))
        seat.press("Ctrl+Shift+V")
        for titel in PAPIEREN:
            await seat.reads(titel)
        await seat.until(lambda: _now(seat).nummerstand is Nummerstand.BEKEND, "the number")
        assert knipper.lost(OPDRACHTEN, "zaak.nummer-reserveren") == {Fault.UNSENT: 1, Fault.CUT_AFTER: 1}
        concept = _now(seat)

        def is_handed_over() -> bool:
            rijen = page.documenten.vak.presenter.toevoegingen
            return [al.stand for al in rijen] == [Toevoegstand.GEREED] * 2

        await seat.until(is_handed_over, "both files at the backend", 60)
        assert knipper.lost(BESTANDEN) == {Fault.UNSENT: SENT, Fault.CUT_AFTER: SENT}

        calm_down()
        stilstand.put("zaakinformatieobjecten")  # the last that a zaak with a confirmation makes
        await say_kinds(seat, page.documenten.vak)
        await seat.until(seat.frame.paneel.notitie.edit.hasFocus, "the cursor in the note, free for the next")
        seat.write("Wil een uitrit.")
        await sterfgeval.die_over("zaak.aanmaken", then_at="zaakinformatieobjecten")
        await sterfgeval.die_over("document.toevoegen", len(PAPIEREN), then_at="onderwerpobjecten")
        await seat.until(lambda: is_settled(service), "the documents", 60)
        await seat.press_anew("Ctrl+Return")
        seat.press("Return")
        await sterfgeval.die_over("klantcontact.registreren")
        await seat.until(lambda: service.contacten.active is None and is_settled(service), "the registration", 60)

        assert sterfgeval.deaths == 6
        assert service.outbox.unfinished() == 0
        assert service.dossier.waiting == ()
        eenmaal.check(BSN, concept.nummer, [al.waarde for al in concept.eigenschappen], PAPIEREN)
        await open_customer(seat, BSN)
        await seat.reads(concept.nummer)

    play(qapp, journey, patience=220)
