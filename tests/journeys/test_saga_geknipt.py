"""A zaak with two documents and the contact that names it, cut at every step of the seat and resumed: all of it once.

The seat is a real one without its window. Nothing that it sends gets there at the first attempt; the answer to the
second is lost. And the backend dies twice over each command: in the middle of it, and when it is done and has not said
so yet.
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

from kcs_desktop.domain.klantcontact import Kanaal
from kcs_desktop.domain.opdracht import Opdracht
from kcs_desktop.domain.toevoeging import Toevoeging, Toevoegstand
from kcs_desktop.domain.wachtrij import Wachtstand
from kcs_desktop.domain.zaak import Zaakverwijzing
from kcs_desktop.domain.zaakconcept import Nummerstand, Zaakconcept
from kcs_desktop.domain.zaakgegevens import Locatie
from kcs_desktop.services.seat import SeatService
from tests.doubles.stoel_proxy import BadNetwork, Fault, Passed, bad_network
from tests.faults.reading import Sources
from tests.faults.server_process import Server
from tests.harness.opzet import Opzet
from tests.harness.saga import Eenmaal
from tests.harness.stilstand import Stilstand, stilstand_of
from tests.harness.zitplaats import find, outcome, picture, running_seat, until

BSN, ACCOUNT = "999990032", "alles"
OPDRACHTEN, BESTANDEN = "/kcs/api/v1/opdrachten", "/kcs/api/v1/bestanden"
PAPIEREN = {"Tekening": b"%PDF-1.7\n" + os.urandom(1_500_000), "Toelichting": b"Beste gemeente, hierbij de tekening."}
NAMEN = {"Tekening": "Tekening.pdf", "Toelichting": "Toelichting.txt"}
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


def _filled_in(seat: SeatService, concept: str) -> list[str]:
    """Everything that its form asks; the answers."""
    aan = seat.zaakaanmaken
    aan.change(concept, locatie=Locatie("Wulpweg", 20, woonplaats="Proefdam", toelichting="links van de schuur"))
    for veld in aan.form(concept).velden:
        nu = _now(seat, concept)
        if veld.verplicht and not nu.waarden(veld.id):
            aan.fill(concept, veld.id, veld.keuzes[0] if veld.keuzes else "3")
    assert aan.problems(concept) == []
    return [al.waarde for al in _now(seat, concept).eigenschappen]


def _hurry(seat: SeatService, _: Toevoeging) -> None:
    """Send again at once what did not get there: the pauses between attempts are not what is tried here."""
    asyncio.get_running_loop().call_soon(seat.dossier.kick)


def _now(seat: SeatService, concept: str) -> Zaakconcept:
    found = seat.zaakaanmaken.concept(concept)
    assert found is not None
    return found


@pytest.mark.timeout(180)
async def test_a_saga_that_is_cut_at_every_step_is_carried_out_once(opzet: Opzet, tmp_path: Path) -> None:
    for titel, inhoud in PAPIEREN.items():
        (tmp_path / NAMEN[titel]).write_bytes(inhoud)
    elders = opzet.elders
    sources = Sources(opzet.database, *((elders.klanten.database, elders.zaken.database) if elders else ()))
    async with (
        running_server(opzet) as server,
        bad_network(f"http://127.0.0.1:{server.port}") as network,
        running_seat(tmp_path / "stoel", network.url, account=ACCOUNT) as seat,
    ):
        klant = await find(seat, BSN)
        await picture(seat, klant)
        eenmaal, knipper, aan = Eenmaal(sources), Knipper(network), seat.zaakaanmaken
        stilstand = stilstand_of(opzet)
        sterfgeval = Sterfgeval(seat, server, knipper, stilstand, eenmaal)
        calm_down = seat.dossier.changed.connect(partial(_hurry, seat))
        await aan.refresh()
        contact = seat.contacten.start(Kanaal.BALIE, klant=klant)
        seat.contacten.change_vraag(contact.id, contact.vraag.id, onderwerp="Uitrit", notitie="Wil een uitrit.")
        concept = aan.start("uitritvergunning", contact=contact.id)
        soorten = aan.form(concept.id).documenttypen
        draft = Zaakverwijzing("", "", opdracht=concept.id)
        rijen = [await seat.dossier.add(draft, tmp_path / naam, soorten=soorten) for naam in NAMEN.values()]
        for rij in rijen:
            seat.dossier.change(rij.id, informatieobjecttype=soorten[0].uuid)
        answers = _filled_in(seat, concept.id)
        await until(aan.changed, lambda: _now(seat, concept.id).nummerstand is Nummerstand.BEKEND)
        nummer = _now(seat, concept.id).nummer
        assert knipper.lost(OPDRACHTEN, "zaak.nummer-reserveren") == {Fault.UNSENT: 1, Fault.CUT_AFTER: 1}

        def stand() -> list[Toevoegstand]:
            return [al.stand for al in seat.dossier.of(rijen[0].zaak)]

        await until(seat.dossier.changed, lambda: stand() == [Toevoegstand.GEREED] * 2, 60)
        assert knipper.lost(BESTANDEN) == {Fault.UNSENT: SENT, Fault.CUT_AFTER: SENT}

        calm_down()
        stilstand.put("zaakinformatieobjecten")  # the last that a zaak with a confirmation makes
        opdracht = aan.create(concept.id)
        await sterfgeval.die_over("zaak.aanmaken", then_at="zaakinformatieobjecten")
        zaak = (await outcome(seat, opdracht)).uitkomst
        assert zaak is not None
        assert zaak.resultaat["nummer"] == nummer
        await sterfgeval.die_over("document.toevoegen", len(PAPIEREN), then_at="onderwerpobjecten")
        for al in rijen:
            await outcome_of(seat, al.opdracht)
        registratie = seat.contacten.finish(contact.id)
        await sterfgeval.die_over("klantcontact.registreren")
        assert (await outcome(seat, registratie)).stand is Wachtstand.GESLAAGD

        assert sterfgeval.deaths == 6
        assert seat.outbox.unfinished() == 0
        assert seat.dossier.waiting == ()
        assert eenmaal.check(BSN, nummer, answers, PAPIEREN).uuid == zaak.resultaat["zaak"]


async def outcome_of(seat: SeatService, opdracht: str) -> None:
    """Once the outbox has the outcome of this command."""
    await until(
        seat.outbox.changed,
        lambda: (rij := seat.outbox.find(opdracht)) is not None and rij.stand is Wachtstand.GESLAAGD,
        60,
    )
