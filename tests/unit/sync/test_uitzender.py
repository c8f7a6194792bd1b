"""The outbox in its loop: order per customer, what waits and why, what is set apart, and what never gets lost."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta

import pytest

from kcs_desktop.cache.werkbestand import Werkbestand
from kcs_desktop.cache.werker import Werker
from kcs_desktop.domain.errors import (
    Conflict,
    Forbidden,
    InvalidInput,
    KcsError,
    NeverSent,
    OwnFault,
    OwnRefusal,
    ServerFault,
    SignedOut,
    Unreachable,
)
from kcs_desktop.domain.klant import KlantSleutel, Klantverwijzing, SoortKlant
from kcs_desktop.domain.klantcontact import Kanaal
from kcs_desktop.domain.opdracht import (
    KlantcontactRegistreren,
    KlantWijzigen,
    Opdracht,
    Uitkomst,
    Uitkomststand,
    VraagGegevens,
)
from kcs_desktop.domain.uuid7 import new_id
from kcs_desktop.domain.wachtrij import Wachtrij, Wachtstand
from kcs_desktop.domain.zaak import Zaakverwijzing
from kcs_desktop.sync.rijen import PASSED_AFTER
from kcs_desktop.sync.uitzender import Uitzender

NU = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
Antwoord = KcsError | Exception | Uitkomststand


class Balie:
    """The backend as the seat meets it: an answer per command, success where none was set."""

    def __init__(self) -> None:
        self.antwoorden: dict[str, deque[Antwoord]] = {}
        self.gekregen: list[str] = []
        self.epochs: list[str] = []
        self.on_submit: Callable[[], None] = lambda: None
        self.outcome_of: KcsError | None = None

    def answer(self, opdracht: str, *antwoorden: Antwoord) -> None:
        self.antwoorden[opdracht] = deque(antwoorden)

    async def submit(self, opdracht: Opdracht, epoch: str = "") -> Uitkomst:
        self.gekregen.append(opdracht.id)
        self.on_submit()
        self.epochs.append(epoch)
        rest = self.antwoorden.get(opdracht.id)
        antwoord = rest.popleft() if rest else Uitkomststand.GESLAAGD
        if isinstance(antwoord, Exception):
            raise antwoord
        return Uitkomst(opdracht.id, antwoord, fout={"detail": "Botst."} if antwoord != "geslaagd" else {})

    async def outcome(self, opdracht: str) -> Uitkomst:
        if self.outcome_of is not None:
            raise self.outcome_of
        return Uitkomst(opdracht, Uitkomststand.GESLAAGD)


class Proef:
    """A running outbox over a store in memory. `put` hands in a command about a customer."""

    def __init__(self) -> None:
        self.balie = Balie()
        self.werk = Werkbestand(None, b"", lambda: NU)
        self.werker = Werker()
        self.fouten: list[BaseException] = []
        self.uitzender = self.made()
        self.loop: asyncio.Task[None] | None = None

    def made(self) -> Uitzender:
        return Uitzender(self.balie, self.werk, self.werker, on_error=self.fouten.append, clock=lambda: NU)

    async def put(
        self, klant: str, *antwoorden: Antwoord, sleutel: KlantSleutel | None = None, contact: bool = False
    ) -> str:
        sleutel = sleutel or KlantSleutel(SoortKlant.PERSOON, bsn=klant)
        wie = Klantverwijzing(sleutel, klant)
        vragen = (VraagGegevens("Paspoort"),)
        gegevens = KlantcontactRegistreren("c", Kanaal.BALIE, NU, NU, vragen, wie) if contact else KlantWijzigen(wie)
        opdracht = Opdracht(new_id(NU), gegevens, NU)
        if antwoorden:
            self.balie.answer(opdracht.id, *antwoorden)
        groep = self.uitzender.group_of(sleutel)
        titel = f"{klant} {len(self.uitzender.rows())}"
        nr = await self.werker.run(self.werk.add, opdracht, groep, titel)
        self.uitzender.add(nr, groep, Wachtrij(opdracht, Wachtstand.WACHT, titel, NU))
        return opdracht.id

    def start(self) -> None:
        self.loop = asyncio.ensure_future(self.uitzender.run())

    async def stop(self) -> None:
        if self.loop is not None:
            self.loop.cancel()
            await asyncio.gather(self.loop, return_exceptions=True)

    def row(self, opdracht: str) -> Wachtrij:
        return next(rij for rij in self.uitzender.rows() if rij.opdracht.id == opdracht)

    async def until(self, holds: Callable[[], bool]) -> None:
        gezien = asyncio.Event()
        weg = self.uitzender.changed.connect(lambda _: gezien.set())
        async with asyncio.timeout(20):
            while not holds():
                gezien.clear()
                await gezien.wait()
        weg()

    async def settled(self, *opdrachten: str) -> None:
        await self.until(lambda: all(self.row(naam).stand is Wachtstand.GESLAAGD for naam in opdrachten))


@pytest.fixture
async def proef() -> AsyncIterator[Proef]:
    made = Proef()
    await made.werker.run(made.werk.open)
    yield made
    await made.stop()
    await made.werker.run(made.werk.close)
    await asyncio.to_thread(made.werker.close)


async def test_one_customers_commands_go_in_order_however_the_customer_is_named(proef: Proef) -> None:
    beide = KlantSleutel(SoortKlant.PERSOON, partij="p1", bsn="999990019")
    eerste = await proef.put("", Unreachable(), Unreachable(), sleutel=beide)
    tweede = await proef.put("", sleutel=KlantSleutel(SoortKlant.PERSOON, partij="p1"))
    ander = await proef.put("999990020")
    proef.start()
    await proef.settled(eerste, tweede, ander)
    assert [naam for naam in proef.balie.gekregen if naam != ander] == [eerste] * 3 + [tweede]
    assert proef.balie.gekregen.index(ander) < proef.balie.gekregen.index(tweede)


async def test_a_waiting_command_says_why_how_often_when_again_and_behind_what(proef: Proef) -> None:
    eerste = await proef.put("999990019", *[Unreachable()] * 50)
    tweede = await proef.put("999990019")
    proef.start()
    await proef.until(lambda: proef.row(eerste).volgende_poging is not None and proef.row(eerste).pogingen > 0)
    rij = proef.row(eerste)
    assert rij.volgende_poging is not None
    assert timedelta(0) < rij.volgende_poging - NU <= timedelta(seconds=60)
    assert rij.reden == "De server is niet bereikbaar."
    assert rij.achter == ""
    assert proef.row(tweede).achter == rij.titel
    assert proef.row(tweede).pogingen == 0


@pytest.mark.parametrize("antwoord", [Uitkomststand.GESLAAGD, Uitkomststand.GEWEIGERD])
async def test_what_names_the_outcome_of_another_waits_for_it_also_of_another_customer(
    proef: Proef, antwoord: Uitkomststand
) -> None:
    zaak = await proef.put("999990019", Unreachable(), Unreachable(), antwoord)
    vraag = VraagGegevens("Parkeren", zaak=Zaakverwijzing("", "Z-1", opdracht=zaak))
    contact = Opdracht(new_id(NU), KlantcontactRegistreren("c", Kanaal.BALIE, NU, NU, (vraag,)), NU)
    nr = await proef.werker.run(proef.werk.add, contact, contact.id, "Contact")
    proef.uitzender.add(nr, contact.id, Wachtrij(contact, Wachtstand.WACHT, "Contact", NU))
    assert proef.row(contact.id).achter == proef.row(zaak).titel
    proef.start()
    await proef.settled(contact.id)
    assert proef.balie.gekregen == [zaak] * 3 + [contact.id]


@pytest.mark.parametrize("antwoord", [InvalidInput("Deze keuze bestaat niet."), RuntimeError("bug")])
async def test_what_the_backend_does_not_know_is_set_apart_and_holds_up_nobody(
    proef: Proef, antwoord: Exception
) -> None:
    gif = await proef.put("999990019", antwoord)
    achter, ander = await proef.put("999990019"), await proef.put("999990020")
    proef.start()
    await proef.settled(achter, ander)
    rij = proef.row(gif)
    assert (rij.stand, rij.uitkomst) == (Wachtstand.APART, None)
    assert "bewaard" in rij.reden
    await proef.werker.run(proef.werk.forget_done, NU + timedelta(days=400))
    (bewaard,) = await proef.werker.run(proef.werk.outbox)
    assert (bewaard.id, bewaard.stand) == (gif, "apart")
    assert bewaard.opdracht == rij.opdracht
    proef.uitzender.retry(gif)  # as after an update of the backend
    await proef.settled(gif)


async def test_a_refused_command_is_kept_until_its_author_lets_go(proef: Proef) -> None:
    geweigerd = await proef.put("999990019", Uitkomststand.GEWEIGERD)
    proef.start()
    await proef.until(lambda: proef.row(geweigerd).stand is Wachtstand.GEWEIGERD)
    assert proef.row(geweigerd).reden == "Botst."
    await proef.werker.run(proef.werk.forget_done, NU + timedelta(days=400))
    assert len(await proef.werker.run(proef.werk.outbox)) == 1
    assert proef.uitzender.remove(geweigerd) is not None
    assert proef.uitzender.rows() == []


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No pause between attempts."""
    monkeypatch.setattr("kcs_desktop.sync.uitzender.pause", lambda *_args, **_cap: 0.001)


@pytest.mark.usefixtures("at_once")
async def test_a_command_the_backend_keeps_failing_on_lets_the_next_contact_pass_but_no_change(proef: Proef) -> None:
    ziek = await proef.put("999990019", *[OwnFault()] * 100)
    wijziging = await proef.put("999990019")
    contact = await proef.put("999990019", *[Unreachable()] * 3, contact=True)
    proef.start()
    await proef.until(lambda: contact in proef.balie.gekregen)
    assert proef.row(wijziging).achter == proef.row(ziek).titel
    assert proef.row(contact).achter == ""
    await proef.settled(contact, wijziging)
    assert proef.balie.gekregen.index(contact) >= PASSED_AFTER
    assert proef.row(ziek).stand is Wachtstand.APART  # the contact went: it is this command, and it holds up no more
    assert proef.balie.gekregen.index(wijziging) > proef.balie.gekregen.index(contact)


@pytest.mark.usefixtures("at_once")
async def test_a_command_on_which_only_it_fails_is_set_apart(proef: Proef) -> None:
    gif = await proef.put("999990019", *[OwnFault()] * 100)
    proef.start()
    await proef.until(lambda: proef.row(gif).pogingen > PASSED_AFTER)
    assert proef.row(gif).stand in {Wachtstand.WACHT, Wachtstand.BEZIG}  # nothing shows that the backend works
    ander = await proef.put("999990020")
    await proef.until(lambda: proef.row(gif).stand is Wachtstand.APART)
    assert proef.row(ander).stand is Wachtstand.GESLAAGD
    assert "bewaard" in proef.row(gif).reden
    proef.balie.answer(gif)
    proef.uitzender.retry(gif)
    await proef.settled(gif)


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("fout", [Unreachable, NeverSent, ServerFault])
async def test_what_says_nothing_of_the_command_never_lets_one_pass(proef: Proef, fout: type[KcsError]) -> None:
    eerste = await proef.put("999990019", *[fout()] * (PASSED_AFTER * 2))
    achter = await proef.put("999990019", contact=True)
    proef.start()
    await proef.settled(eerste, achter)
    assert proef.balie.gekregen == [eerste] * (PASSED_AFTER * 2 + 1) + [achter]


async def test_what_never_left_this_machine_can_still_be_taken_back(proef: Proef) -> None:
    naam = await proef.put("999990019", *[NeverSent()] * 50)
    proef.start()
    await proef.until(lambda: proef.row(naam).volgende_poging is not None)
    assert (proef.row(naam).pogingen, proef.row(naam).reden) == (0, "De server is niet bereikbaar.")
    await proef.stop()
    assert proef.uitzender.hold(naam) is not None
    await proef.werker.run(proef.werk.withdraw, naam)
    assert await proef.werker.run(proef.werk.outbox) == []


@pytest.mark.parametrize(
    ("antwoorden", "telt"),
    [
        ((OwnRefusal(),), 0),
        ((NeverSent(), OwnRefusal()), 0),
        ((Forbidden(),), 1),
        ((Unreachable(), OwnRefusal()), 1),
        ((Uitkomststand.BEZIG, OwnRefusal()), 1),
    ],
)
@pytest.mark.usefixtures("at_once")
async def test_what_was_refused_for_the_role_alone_can_be_taken_back(
    proef: Proef, antwoorden: tuple[Antwoord, ...], telt: int
) -> None:
    naam = await proef.put("999990019", *antwoorden)
    proef.balie.outcome_of = OwnRefusal()
    proef.start()
    await proef.until(lambda: "Met uw rol" in proef.row(naam).reden)
    assert proef.row(naam).pogingen == telt
    assert (proef.uitzender.hold(naam) is None) is bool(telt)
    assert await proef.werker.run(proef.werk.withdraw, naam) is not bool(telt)


async def test_what_this_role_may_not_do_waits_for_another_and_holds_up_nobody(proef: Proef) -> None:
    eerste = await proef.put("999990019", Forbidden(), contact=True)
    achter = await proef.put("999990019", contact=True)
    proef.start()
    await proef.settled(achter)
    proef.uitzender.kick()
    assert (proef.row(eerste).stand, proef.balie.gekregen) == (Wachtstand.WACHT, [eerste, achter])
    assert "Meld u aan met de rol" in proef.row(eerste).reden
    await proef.stop()
    proef.uitzender = proef.made()  # as after the next sign-in
    proef.uitzender.load(await proef.werker.run(proef.werk.outbox))
    proef.start()
    await proef.settled(eerste)


async def test_a_kick_does_not_wait_out_the_pause(proef: Proef, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kcs_desktop.sync.uitzender.pause", lambda *_args, **_cap: 3600.0)
    naam = await proef.put("999990019", Unreachable())
    proef.start()
    await proef.until(lambda: proef.row(naam).volgende_poging is not None)
    proef.uitzender.kick()
    await proef.settled(naam)
    assert proef.balie.gekregen == [naam, naam]
    assert proef.row(naam).pogingen == 2


async def test_a_kick_counts_for_what_is_under_way_and_then_fails(
    proef: Proef, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kcs_desktop.sync.uitzender.pause", lambda *_args, **_cap: 3600.0)
    naam = await proef.put("999990019", Unreachable())
    proef.balie.on_submit = proef.uitzender.kick
    proef.start()
    await proef.settled(naam)
    assert proef.balie.gekregen == [naam, naam]


async def test_signed_out_stops_the_sending_until_the_next_kick(proef: Proef) -> None:
    eerste, ander = await proef.put("999990019", SignedOut()), await proef.put("999990020", SignedOut())
    proef.start()
    await proef.until(lambda: all(proef.row(naam).pogingen for naam in (eerste, ander)))
    await proef.until(lambda: all(proef.row(naam).reden for naam in (eerste, ander)))
    assert proef.row(eerste).stand is Wachtstand.WACHT
    assert proef.balie.gekregen == [eerste, ander]
    proef.uitzender.kick()
    await proef.settled(eerste, ander)


async def test_only_what_was_never_sent_is_taken_back_and_only_what_failed_is_removed(proef: Proef) -> None:
    gestuurd, vers = await proef.put("999990019", Unreachable(), Unreachable()), await proef.put("999990019")
    assert proef.uitzender.remove(vers) is None
    proef.start()
    await proef.until(lambda: bool(proef.row(gestuurd).reden))
    assert proef.uitzender.hold(gestuurd) is None
    rij = proef.uitzender.hold(vers)
    assert rij is not None
    assert proef.row(vers).trekt_terug
    assert proef.uitzender.hold(vers) is None  # asked twice
    proef.uitzender.let_go(rij)  # the disk was full
    await proef.settled(gestuurd, vers)
    assert proef.uitzender.hold(vers) is None
    assert proef.uitzender.remove(vers) is None


async def test_what_is_being_taken_back_does_not_go_however_it_is_pushed(proef: Proef) -> None:
    held, achter, ander = await proef.put("999990019"), await proef.put("999990019"), await proef.put("999993653")
    rij = proef.uitzender.hold(held)
    assert rij is not None
    proef.start()
    proef.uitzender.kick()
    proef.uitzender.retry(held)
    await proef.settled(ander)
    assert proef.balie.gekregen == [ander]
    proef.uitzender.take_back(rij)
    await proef.settled(achter)
    assert proef.balie.gekregen == [ander, achter]


async def test_everything_stands_again_after_a_restart_and_the_attempts_count_on(proef: Proef) -> None:
    eerste = await proef.put("999990019", *[Unreachable()] * 9)
    tweede = await proef.put("999990019")
    proef.start()
    await proef.until(lambda: proef.row(eerste).volgende_poging is not None)
    await proef.stop()
    pogingen = proef.row(eerste).pogingen
    proef.uitzender = proef.made()
    proef.uitzender.load(await proef.werker.run(proef.werk.outbox))
    assert [rij.opdracht.id for rij in proef.uitzender.rows()] == [eerste, tweede]
    assert proef.row(eerste).pogingen == pogingen
    proef.balie.answer(eerste)
    proef.start()
    await proef.settled(eerste, tweede)
    assert proef.fouten == []


async def test_a_backend_that_was_put_back_gets_what_it_lost_before_anything_newer(proef: Proef) -> None:
    proef.uitzender.epoch = "een"
    oud = await proef.put("999990019")
    proef.start()
    await proef.settled(oud)

    def put_back(epoch: str) -> None:
        proef.uitzender.epoch = epoch
        proef.uitzender.offer_again([oud])
        proef.uitzender.kick()

    proef.uitzender.other_epoch.connect(put_back)
    nieuw = await proef.put("999990019", Conflict(current={"epoch": "twee"}), Uitkomststand.GESLAAGD)
    await proef.settled(oud, nieuw)
    assert proef.balie.gekregen == [oud, nieuw, oud, nieuw]
    assert proef.balie.epochs == ["een", "een", "twee", "twee"]


async def test_one_that_was_chosen_before_the_backend_was_put_back_does_not_pass_what_it_lost(proef: Proef) -> None:
    proef.uitzender.epoch = "een"
    oud = await proef.put("999990019")
    proef.start()
    await proef.settled(oud)

    def put_back(epoch: str) -> None:
        proef.uitzender.epoch = epoch
        proef.uitzender.offer_again([oud])
        proef.uitzender.kick()

    def heard_meanwhile(rij: Wachtrij) -> None:
        if rij.opdracht.id != oud and rij.stand is Wachtstand.BEZIG and proef.uitzender.epoch == "een":
            put_back("twee")  # by the feed, between noting it down as under way and sending it

    proef.uitzender.changed.connect(heard_meanwhile)
    proef.uitzender.other_epoch.connect(put_back)
    nieuw = await proef.put("999990019", Conflict(current={"epoch": "twee"}), Uitkomststand.GESLAAGD)
    await proef.settled(oud, nieuw)
    assert proef.balie.gekregen == [oud, nieuw, oud, nieuw]
    assert proef.balie.epochs == ["een", "een", "twee", "twee"]


async def test_a_conflict_without_an_epoch_sets_the_command_apart(proef: Proef) -> None:
    opdracht = await proef.put("999990019", Conflict())
    proef.start()
    await proef.until(lambda: proef.row(opdracht).stand is Wachtstand.APART)
    assert proef.row(opdracht).reden.startswith("De server neemt deze opdracht niet aan")
    assert proef.balie.gekregen == [opdracht]


async def test_a_listener_that_breaks_is_reported_and_stops_no_sending(proef: Proef) -> None:
    stuk, ander = await proef.put("999990019"), await proef.put("999990020")

    def break_on(rij: Wachtrij) -> None:
        if rij.opdracht.id == stuk:
            raise RuntimeError("bug")

    proef.uitzender.changed.connect(break_on)
    proef.start()
    await proef.settled(ander)
    later = await proef.put("999990032")
    await proef.settled(later)
    assert [str(fout) for fout in proef.fouten] == ["bug"]
