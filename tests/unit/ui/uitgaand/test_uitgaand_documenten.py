"""Documents that failed without a command stand among what goes out, with the way to their zaak."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from kcs_desktop.sdk import Toevoeging, Toevoegstand, Zaakverwijzing
from tests.harness.seat_fake import FakeSeat
from ui.uitgaand.presenter import UitgaandPresenter, needs_attention
from ui.uitgaand.teller import Uitgaandteller
from ui.uitgaand.view import UitgaandLijst
from ui.widgets.button import Button

ZAAK = Zaakverwijzing("z-1", "ZAAK-2026-12")


@pytest.fixture
def seat() -> FakeSeat:
    return FakeSeat(met_contacten=False)


def _lay(seat: FakeSeat, naam: str = "brief.pdf", **velden: Any) -> Toevoeging:
    als = {"stand": Toevoegstand.MISLUKT, "reden": "Het bestand is er niet meer.", "bevestigd": True} | velden
    return seat.dossier.lay(ZAAK, naam, **als)


def test_a_document_that_failed_is_counted_and_stands_first(qapp: QApplication, seat: FakeSeat) -> None:
    button = Button("", naam="Uitgaand")
    teller = Uitgaandteller(seat, button, lambda: None)
    assert button.isHidden()
    al = _lay(seat)
    assert button.text() == "1 uitgaand"
    assert needs_attention(seat)
    lijst = UitgaandLijst(UitgaandPresenter(seat))
    (row,) = lijst.list.model.rows
    assert lijst.list.selected == al.id
    assert row.title == "Document: brief"
    assert row.subtitle == "Niet toegevoegd aan zaak ZAAK-2026-12. Het bestand is er niet meer."
    seat.dossier.cancel(al.id)
    assert lijst.list.model.rows == []
    assert button.isHidden()
    lijst.close_list()
    teller.close()


def test_its_zaak_is_a_key_or_a_button_away(qapp: QApplication, seat: FakeSeat) -> None:
    al = _lay(seat)
    lijst = UitgaandLijst(UitgaandPresenter(seat))
    gevraagd: list[Zaakverwijzing] = []
    lijst.zaak_asked.connect(gevraagd.append)
    lijst.zaak.click()
    lijst.list.opened.emit(al.id)
    assert gevraagd == [ZAAK, ZAAK]
    lijst.list.select("")
    assert lijst.zaak.isHidden()
    lijst.close_list()


def test_what_can_be_done_with_it_and_why_not(qapp: QApplication, seat: FakeSeat) -> None:
    goed = _lay(seat)
    besmet = _lay(seat, "foto.png", stand=Toevoegstand.BESMET)
    los = _lay(seat, "scan.pdf", bevestigd=False)
    lijst = UitgaandLijst(UitgaandPresenter(seat))
    gezegd: list[str] = []
    lijst.toasted.connect(gezegd.append)
    for al, waarom in ((besmet, "een virus"), (los, "Open de zaak")):
        lijst.list.select(al.id)
        assert waarom in lijst.retry.accessibleDescription()
    lijst.remove.click()
    assert lijst.remove.accessibleName() == "Ja, voorgoed weghalen"
    lijst.remove.click()
    assert los.id not in seat.dossier.rijen
    lijst.list.select(goed.id)
    lijst.retry.click()
    assert seat.dossier.rijen[goed.id].stand is Toevoegstand.WACHT
    assert gezegd == ["Weggehaald", "Het document wordt opnieuw verstuurd"]
    assert [row.key for row in lijst.list.model.rows] == [besmet.id]
    lijst.close_list()
