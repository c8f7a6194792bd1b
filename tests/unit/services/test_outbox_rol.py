"""A command that the backend refused for the role was not carried out: its author can take it back."""

from __future__ import annotations

from pathlib import Path

from kcs_desktop.domain.opdracht import Opdracht
from kcs_desktop.domain.wachtrij import Wachtrij, Wachtstand
from kcs_desktop.security.sleutelbos import Geheugenbos
from kcs_desktop.services.seat import SeatService
from tests.doubles.stoel_proxy import Fault, bad_network
from tests.harness.backend import BackendProcess
from tests.harness.zitplaats import find, finish_contact, picture, running_seat, until
from ui.uitgaand.presenter import UitgaandPresenter

WITHOUT = "floormanager"  # has no right to register contacts


async def _refused(seat: SeatService, opdracht: Opdracht) -> Wachtrij:
    def row() -> Wachtrij:
        return next(rij for rij in seat.outbox.waiting() if rij.opdracht.id == opdracht.id)

    await until(seat.outbox.changed, lambda: row().stand is Wachtstand.WACHT and "Met uw rol" in row().reden)
    return row()


async def test_what_the_role_may_not_do_was_not_done_and_is_open_again_when_it_is_taken_back(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    bos = Geheugenbos()
    async with running_seat(tmp_path / "ander", proefdam.url, account="snelbalie") as ander:
        klant = await find(ander, "999900171")
        before = (await picture(ander, klant)).contacten_totaal
        async with running_seat(tmp_path / "wie", proefdam.url, bos=bos, account=WITHOUT) as seat:
            opdracht = finish_contact(seat, klant, "In de verkeerde rol")
            rij = await _refused(seat, opdracht)
            presenter = UitgaandPresenter(seat)
            assert (presenter.can_withdraw(rij), presenter.refuses_withdraw(rij)) == (True, "")
            presenter.close()
            assert await seat.outbox.withdraw(opdracht.id)
        async with running_seat(tmp_path / "wie", proefdam.url, bos=bos, account=WITHOUT) as seat:
            assert not seat.outbox.waiting()
            (weer,) = seat.contacten.open
            assert (weer.opdracht, weer.klant, weer.vraag.onderwerp) == (opdracht.id, klant, "In de verkeerde rol")
        assert (await picture(ander, klant)).contacten_totaal == before


async def test_after_an_attempt_without_an_answer_it_stays_uncertain(proefdam: BackendProcess, tmp_path: Path) -> None:
    async with bad_network(proefdam.url) as network, running_seat(tmp_path, network.url, account=WITHOUT) as seat:
        network.faults.append(Fault.UNSENT)
        opdracht = finish_contact(seat, None, "Misschien gedaan")
        rij = await _refused(seat, opdracht)
        assert len(network.passed("POST", network.prefix)) == 2
        presenter = UitgaandPresenter(seat)
        assert not presenter.can_withdraw(rij)
        assert "misschien ontvangen" in presenter.refuses_withdraw(rij)
        presenter.close()
        assert not await seat.outbox.withdraw(opdracht.id)
        assert seat.outbox.waiting()
