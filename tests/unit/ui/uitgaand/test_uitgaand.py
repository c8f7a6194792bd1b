"""The outbox in words."""

from __future__ import annotations

from kcs_desktop.sdk import KlantRegistreren, SoortKlant, Wachtstand
from tests.harness.seat_fake import FakeSeat
from ui.uitgaand.presenter import UitgaandPresenter, subtitle


def test_what_was_refused_stands_first_and_counts() -> None:
    seat = FakeSeat(met_contacten=False)
    presenter = UitgaandPresenter(seat)
    done = seat.outbox.put(KlantRegistreren(SoortKlant.PERSOON), "Klaar")
    refused = seat.outbox.put(KlantRegistreren(SoortKlant.PERSOON), "Geweigerd")
    waits = seat.outbox.put(KlantRegistreren(SoortKlant.PERSOON), "Wacht")
    seat.outbox.settle(done.id, Wachtstand.GESLAAGD)
    seat.outbox.settle(refused.id, Wachtstand.GEWEIGERD, "De naam is te lang.")
    assert [rij.opdracht.id for rij in presenter.rows()] == [refused.id, waits.id, done.id]
    assert presenter.open_count() == 2
    assert subtitle(presenter.rows()[0]).endswith("De naam is te lang.")


def test_what_was_not_sent_can_be_withdrawn() -> None:
    seat = FakeSeat(met_contacten=False)
    presenter = UitgaandPresenter(seat)
    waits = seat.outbox.put(KlantRegistreren(SoortKlant.PERSOON), "Wacht")
    assert presenter.withdraw(waits.id)
    assert presenter.rows() == []


def test_what_is_done_happened_at_a_time_and_what_waits_waits_since() -> None:
    seat = FakeSeat(met_contacten=False)
    done = seat.outbox.put(KlantRegistreren(SoortKlant.PERSOON), "Klaar")
    waiting = seat.outbox.put(KlantRegistreren(SoortKlant.PERSOON), "Wacht")
    seat.outbox.settle(done.id, Wachtstand.GESLAAGD)
    texts = {rij.opdracht.id: subtitle(rij) for rij in seat.outbox.waiting()}
    assert texts[done.id].startswith("Geregistreerd om ")
    assert texts[waiting.id].startswith("Wacht sinds ")
