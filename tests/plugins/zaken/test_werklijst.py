"""What the pages with a worklist share: the state of the list in words, and where what is chosen in it stands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from plugins.zaken.lijsten import of_worklist
from plugins.zaken.terugbellen_view import Terugbelview
from plugins.zaken.werklijst_detail import Werklijstdetail
from plugins.zaken.werklijst_view import Werklijstview
from tests.harness.seat_zaken import NU
from ui.sdk import VERDER, Lijstbeeld, Lijststand, current_theme
from ui.theme.theme import Look

LEEG = ("Niets te doen", "Alles is opgepakt.")


def of(rows: int, fout: str = "", *, is_read: bool = True, laadt: bool = False) -> Lijstbeeld:
    return of_worklist(rows, fout, NU if is_read else None, NU, laadt=laadt, leeg=LEEG)


def test_a_list_says_that_it_is_of_before_only_where_it_could_not_be_read_anew() -> None:
    assert of(2) == of(2, laadt=True) == Lijstbeeld(Lijststand.RESULTAAT)
    assert of(2, "Geen antwoord.").stand is Lijststand.GEDEELTELIJK
    assert of(2, "Geen antwoord.").melding.startswith("Geen antwoord. Dit is van ")
    assert of(2, "Geen antwoord", is_read=False).melding == "Geen antwoord."


def test_a_list_without_rows_is_empty_only_after_it_was_read() -> None:
    assert of(0) == Lijstbeeld(Lijststand.LEEG, melding=LEEG[0], advies=LEEG[1])
    assert of(0, laadt=True).stand is of(0, is_read=False).stand is Lijststand.LAADT
    assert of(0, "Geen antwoord.") == Lijstbeeld(Lijststand.FOUT, melding="Geen antwoord.", advies=VERDER)


@pytest.fixture
def tekst(qapp: QApplication) -> Iterator[None]:
    yield
    current_theme().apply(Look())
    QApplication.processEvents()


def shown(view: Werklijstview, width: int) -> None:
    view.resize(width, 900)
    view.show()
    QApplication.processEvents()


@pytest.mark.usefixtures("tekst")
def test_what_is_chosen_stands_below_the_list_where_both_do_not_fit_beside_each_other() -> None:
    view, detail = Werklijstview("Lijst", "Lijst, nieuwste boven"), Werklijstdetail("Wat gekozen is")
    view.put_beside(detail)
    shown(view, 900)
    assert detail.x() > view.kaart.x()
    current_theme().apply(Look(tekst=200))  # the same window, larger text
    QApplication.processEvents()
    assert detail.x() == view.kaart.x()
    assert detail.y() > view.kaart.y()
    view.deleteLater()


@pytest.mark.usefixtures("qapp")
def test_tab_goes_from_which_list_to_the_list_and_on() -> None:
    view = Terugbelview()
    shown(view, 1100)
    chain = [*view.knoppen.values(), view.klaar, view.lijst.view, view.meer]
    places = []
    widget: QWidget | None = chain[0]
    for place in range(200):
        if widget in chain:
            places.append((place, chain.index(widget)))
        widget = widget.nextInFocusChain() if widget is not None else None
        if widget is chain[0]:
            break
    assert [which for _place, which in places] == list(range(len(chain)))
    view.deleteLater()
