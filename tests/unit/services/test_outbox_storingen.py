"""Whatever the network does, a command is carried out once, in order, and the employee sees what became of it."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import msgspec
import pytest

from kcs_desktop.domain.klant import DigitaalAdres, Klantverwijzing, SoortDigitaalAdres
from kcs_desktop.domain.opdracht import AdresWijziging, KlantWijzigen, Opdracht
from kcs_desktop.domain.verbinding import Verbinding
from kcs_desktop.domain.wachtrij import Wachtrij, Wachtstand
from kcs_desktop.security.sleutelbos import Geheugenbos
from kcs_desktop.services.seat import SeatService
from tests.doubles.stoel_proxy import Fault, bad_network
from tests.harness.backend import BackendProcess
from tests.harness.zitplaats import find, finish_contact, outcome, picture, running_seat, until

ACCOUNT = "snelbalie"
STREAM = "/kcs/api/v1/gebeurtenissen"
BSN = {
    Fault.CUT_AFTER: "999900006",
    Fault.HTML_500_AFTER: "999900018",
    Fault.HALF_AFTER: "999900031",
    Fault.UNSENT: "999900043",
    Fault.PAGE_401: "999900109",
    Fault.PAGE_403: "999900110",
    Fault.PAGE_409: "999900122",
}


def _sent_ids(bodies: list[bytes]) -> list[str]:
    return [msgspec.json.decode(body, type=Opdracht).id for body in bodies]


@pytest.mark.parametrize("fault", BSN)
async def test_an_answer_that_got_lost_registers_once(fault: Fault, proefdam: BackendProcess, tmp_path: Path) -> None:
    async with bad_network(proefdam.url) as network, running_seat(tmp_path, network.url, account=ACCOUNT) as seat:
        klant = await find(seat, BSN[fault])
        before = (await picture(seat, klant)).contacten_totaal
        network.faults.append(fault)
        rij = await outcome(seat, finish_contact(seat, klant, f"Vraag met storing {fault}"))
        sent = network.passed("POST", "/kcs/api/v1/opdrachten")
        assert rij.stand is Wachtstand.GESLAAGD
        assert [one.fault for one in sent] == [fault, None]
        assert _sent_ids([one.body for one in sent]) == [rij.opdracht.id] * 2
        after = await picture(seat, klant)
        assert after.contacten_totaal == before + 1
        assert sum(regel.onderwerp == f"Vraag met storing {fault}" for regel in after.contacten) == 1


async def test_a_page_of_something_in_between_ends_no_session_and_no_stream(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    async with bad_network(proefdam.url) as network, running_seat(tmp_path, network.url, account=ACCOUNT) as seat:
        await until(seat.verbinding_changed, lambda: seat.verbinding is Verbinding.VERBONDEN)
        sessie, pages = seat.sessie, [Fault.PAGE_401, Fault.PAGE_404, Fault.PAGE_403]
        network.draw = lambda passed: pages.pop() if pages and passed.path.startswith(STREAM) else None
        for task in tuple(network.tasks):
            task.cancel()
        await until(seat.verbinding_changed, lambda: seat.verbinding is not Verbinding.VERBONDEN)
        await until(seat.verbinding_changed, lambda: seat.verbinding is Verbinding.VERBONDEN)
        assert (pages, seat.sessie) == ([], sessie)


async def test_a_waiting_command_survives_a_restart_of_the_seat(proefdam: BackendProcess, tmp_path: Path) -> None:
    bos = Geheugenbos()
    async with bad_network(proefdam.url) as network:
        async with running_seat(tmp_path, network.url, bos=bos, account=ACCOUNT) as seat:
            klant = await find(seat, "999900055")
            before = (await picture(seat, klant)).contacten_totaal
            network.is_down = True
            opdracht = finish_contact(seat, klant, "Vraag vlak voor het afsluiten")
            await until(seat.outbox.changed, lambda: seat.outbox.waiting()[0].pogingen > 0)
        network.is_down = False
        async with running_seat(tmp_path, network.url, bos=bos) as seat:
            assert await seat.aanmelden.resume() is not None
            assert (await outcome(seat, opdracht)).stand is Wachtstand.GESLAAGD
            assert (await picture(seat, klant)).contacten_totaal == before + 1


def _number(klant: Klantverwijzing, gezien: str, wordt: str) -> KlantWijzigen:
    soort = SoortDigitaalAdres.TELEFOONNUMMER
    oud = DigitaalAdres(soort, gezien) if gezien else None
    return KlantWijzigen(klant, (AdresWijziging(oud, DigitaalAdres(soort, wordt)),))


async def test_a_refused_command_is_shown_with_its_reason_and_holds_up_nothing(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    async with running_seat(tmp_path, proefdam.url, account=ACCOUNT) as seat:
        klant = await find(seat, "999900067")
        refused = seat.klanten.change(_number(klant, "+31600000000", "+31612345678"))  # nobody ever had this number
        behind = seat.klanten.change(_number(klant, "", "+31612345679"))
        rij = await outcome(seat, refused)
        assert rij.stand is Wachtstand.GEWEIGERD
        assert rij.reden
        assert (await outcome(seat, behind)).stand is Wachtstand.GESLAAGD


async def test_commands_of_one_customer_keep_their_order_while_others_go_on(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    async with bad_network(proefdam.url) as network, running_seat(tmp_path, network.url, account=ACCOUNT) as seat:
        klant, ander = await find(seat, "999900079"), await find(seat, "999900080")
        network.faults.append(Fault.HELD)
        eerste = finish_contact(seat, klant, "Eerste")
        await until(seat.outbox.changed, lambda: any(r.stand is Wachtstand.BEZIG for r in seat.outbox.waiting()))
        tweede = finish_contact(seat, klant, "Tweede")
        los = finish_contact(seat, ander, "Van een ander")
        assert (await outcome(seat, los)).stand is Wachtstand.GESLAAGD
        assert _standing(seat, tweede) is Wachtstand.WACHT
        network.released.set()
        await outcome(seat, tweede)
        sent = _sent_ids([one.body for one in network.passed("POST", "/kcs/api/v1/opdrachten")])
        assert [naam for naam in sent if naam != los.id] == [eerste.id, tweede.id]


async def test_commands_of_one_customer_keep_their_order_whichever_is_heard_of_first(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    """The store has both before the loop turns: the one that nobody waited for yet needs no turn to be known."""
    async with bad_network(proefdam.url) as network, running_seat(tmp_path, network.url, account=ACCOUNT) as seat:
        klant, werker, may_go_on = await find(seat, "999900092"), seat._opslag.werker, threading.Event()
        werker.post(may_go_on.wait)
        eerste = seat.klanten.change(_number(klant, "", "+31612345670"))
        await asyncio.sleep(0)
        tweede = seat.klanten.change(_number(klant, "+31612345670", "+31612345671"))
        may_go_on.set()
        werker.post(int).result(20)
        await outcome(seat, tweede)
        sent = _sent_ids([one.body for one in network.passed("POST", "/kcs/api/v1/opdrachten")])
        assert sent == [eerste.id, tweede.id]


async def test_a_command_is_sent_or_taken_back_and_never_both(proefdam: BackendProcess, tmp_path: Path) -> None:
    async with bad_network(proefdam.url) as network, running_seat(tmp_path, network.url, account=ACCOUNT) as seat:
        made = [finish_contact(seat, None, f"Nummer {nr}") for nr in range(8)]
        taken = await asyncio.gather(*(seat.outbox.withdraw(opdracht.id) for opdracht in made))
        back = {opdracht.id for opdracht, is_back in zip(made, taken, strict=True) if is_back}
        for opdracht in made:
            if opdracht.id not in back:
                assert (await outcome(seat, opdracht)).stand is Wachtstand.GESLAAGD
        assert {contact.opdracht for contact in seat.contacten.open} == back
        assert {rij.opdracht.id for rij in seat.outbox.waiting()} == {opdracht.id for opdracht in made} - back
        sent = _sent_ids([one.body for one in network.passed("POST", "/kcs/api/v1/opdrachten")])
        assert set(sent) == {opdracht.id for opdracht in made} - back
    assert len(taken) == 8


def _standing(seat: SeatService, opdracht: Opdracht) -> Wachtstand:
    return next(rij.stand for rij in seat.outbox.waiting() if rij.opdracht.id == opdracht.id)


async def test_only_what_was_never_sent_can_be_withdrawn_and_that_is_told(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    async with bad_network(proefdam.url) as network, running_seat(tmp_path, network.url, account=ACCOUNT) as seat:
        klant = await find(seat, "999900092")
        network.faults.append(Fault.HELD)
        eerste = finish_contact(seat, klant, "Onderweg")
        await until(seat.outbox.changed, lambda: any(r.stand is Wachtstand.BEZIG for r in seat.outbox.waiting()))
        tweede = finish_contact(seat, klant, "Toch maar niet")
        await until(seat.outbox.changed, lambda: len(seat.outbox.waiting()) == 2)
        told: list[Wachtrij] = []
        seat.outbox.changed.connect(told.append)
        assert await seat.outbox.withdraw(tweede.id)
        assert [rij.trekt_terug for rij in told if rij.opdracht.id == tweede.id][-2:] == [True, True]
        assert not await seat.outbox.withdraw(eerste.id)
        assert [rij.opdracht.id for rij in seat.outbox.waiting()] == [eerste.id]
        network.released.set()
        assert (await outcome(seat, eerste)).stand is Wachtstand.GESLAAGD
        assert tweede.id not in _sent_ids([one.body for one in network.passed("POST", "/kcs/api/v1/opdrachten")])
