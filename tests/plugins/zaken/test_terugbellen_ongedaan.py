"""Esc in the panel of an act on a callback note loses nothing: what was filled in comes back with one key."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest

from kcs_desktop.sdk import Belresultaat, Lijst, Medewerker
from plugins.zaken.terugbellen_invoer import Actie
from tests.harness.seat_content import sessie
from tests.plugins.zaken.test_terugbellen import TAAK, Proef, proef, taak
from tests.plugins.zaken.test_terugbellen_invoer import MARIT, TEKST, begin

__all__ = ["proef"]


def escape(proef: Proef) -> None:
    QTest.keyClick(proef.view.detail.paneel, Qt.Key.Key_Escape)


def after_restart(proef: Proef) -> str:
    """The note that stands in the panel of a window that opens on what is kept now."""
    ander = Proef(proef.seat)
    ander.pagina.restore(proef.pagina.state())
    paneel = ander.view.detail.paneel
    text = paneel.toelichting.text if paneel.isVisible() else ""
    ander.weg()
    return text


@pytest.mark.parametrize(
    ("actie", "veld", "waarde", "gezegd"),
    [
        (Actie.POGING, "toelichting", TEKST, "Poging niet opgeslagen"),
        (Actie.AFHANDELEN, "toelichting", TEKST, "Afhandeling niet opgeslagen"),
        (Actie.VERZETTEN, "datum", "4-12-2026", "Ander moment niet opgeslagen"),
        (Actie.DOORZETTEN, "afdeling", "Belastingen", "Doorzetten niet opgeslagen"),
    ],
)
async def test_what_escape_let_go_of_comes_back_in_the_panel_of_its_act(
    proef: Proef, actie: Actie, veld: str, waarde: str, gezegd: str
) -> None:
    proef.lay(TAAK)
    proef.view.lijst.select("t-1")
    proef.pagina.act(actie.value)
    proef.pagina.presenter.fill_in(veld, waarde)
    escape(proef)
    assert not proef.view.detail.paneel.isVisible()
    assert proef.frame.gezegd == [gezegd]
    proef.frame.undo()
    presenter, paneel = proef.pagina.presenter, proef.view.detail.paneel
    assert paneel.isVisible()
    assert (presenter.actie, getattr(presenter.invoer, veld)) == (actie, waarde)
    focused = proef.view.focusWidget()
    assert focused is not None
    assert paneel.isAncestorOf(focused)


async def test_the_result_comes_back_with_the_note_and_is_kept_again(proef: Proef) -> None:
    begin(proef)
    proef.pagina.presenter.fill_in("resultaat", Belresultaat.NIET_BEREIKT.value)
    assert after_restart(proef) == TEKST
    escape(proef)
    assert after_restart(proef) == ""
    assert proef.seat.contacten.typed == ()
    proef.frame.undo()
    assert proef.pagina.presenter.invoer.resultaat == Belresultaat.NIET_BEREIKT
    assert proef.view.detail.paneel.toelichting.text == TEKST
    assert after_restart(proef) == TEKST
    assert len(proef.seat.contacten.typed) == 1


async def test_where_nothing_was_filled_in_escape_just_closes(proef: Proef) -> None:
    proef.lay(TAAK)
    proef.view.lijst.select("t-1")
    for actie in Actie:
        proef.pagina.act(actie.value)
        escape(proef)
        assert not proef.view.detail.paneel.isVisible()
    proef.type("poging", "x")
    QTest.keyClick(proef.view.detail.paneel.toelichting.edit, Qt.Key.Key_Backspace)
    escape(proef)
    assert proef.frame.gezegd == []


async def test_text_that_could_not_be_recorded_comes_back_with_the_reason(proef: Proef) -> None:
    begin(proef)
    proef.lay(taak("t-1", **MARIT), taak("t-2"))
    escape(proef)
    assert "Uw tekst staat er nog" not in proef.getoond
    proef.frame.undo()
    assert "Marit heeft deze terugbelnotitie opgepakt. Uw tekst staat er nog." in proef.getoond
    assert proef.view.detail.paneel.toelichting.text == TEKST


async def test_a_note_that_left_its_list_comes_back_into_that_list_with_its_text(proef: Proef) -> None:
    begin(proef)
    proef.lay(taak("t-2"))
    proef.view.detail.paneel.annuleren.click()
    assert [row.key for row in proef.view.lijst.model.rows] == ["t-2"]
    proef.pagina.show_list(Lijst.TEAM)
    proef.lay(taak("t-3"), lijst=Lijst.TEAM)
    proef.frame.undo()
    assert proef.pagina.presenter.keuze is Lijst.EIGEN
    assert [row.key for row in proef.view.lijst.model.rows] == ["t-1", "t-2"]
    assert proef.view.lijst.selected == "t-1"
    assert proef.view.detail.paneel.toelichting.text == TEKST


async def test_what_was_typed_since_stands_beside_what_comes_back(proef: Proef) -> None:
    begin(proef)
    escape(proef)
    proef.type("poging", "Ander gesprek")
    proef.pagina.presenter.fill_in("resultaat", Belresultaat.GESPROKEN.value)
    proef.view.lijst.select("t-2")
    proef.frame.undo()
    assert proef.view.lijst.selected == "t-1"
    assert proef.view.detail.paneel.toelichting.text == f"{TEKST}\nAnder gesprek"
    assert proef.pagina.presenter.invoer.resultaat == Belresultaat.GESPROKEN


async def test_two_texts_for_one_moment_stand_beside_each_other(proef: Proef) -> None:
    proef.lay(TAAK)
    proef.view.lijst.select("t-1")
    for moment, datum in (("vrijdag na 14:00", "4-12-2026"), ("liever dinsdag", "")):
        escape(proef)
        proef.pagina.act(Actie.VERZETTEN.value)
        proef.pagina.presenter.fill_in("moment", moment)
        proef.pagina.presenter.fill_in("datum", datum)
    proef.frame.undo()
    invoer = proef.pagina.presenter.invoer
    assert (invoer.moment, invoer.datum) == ("vrijdag na 14:00; liever dinsdag", "4-12-2026")


async def test_how_it_went_is_what_stands_in_sight_now(proef: Proef) -> None:
    """The panel of handling offers that there was a talk; the attempt that comes back says that there was none."""
    begin(proef)
    presenter = proef.pagina.presenter
    presenter.fill_in("resultaat", Belresultaat.NIET_BEREIKT.value)
    escape(proef)
    proef.type("afhandelen", "Ander gesprek")
    proef.frame.undo()
    assert presenter.actie is Actie.AFHANDELEN
    assert presenter.invoer.resultaat == Belresultaat.GESPROKEN
    assert presenter.invoer.toelichting == f"{TEKST}\nAnder gesprek"


@pytest.mark.parametrize("looked_at", [False, True])
async def test_a_choice_for_another_act_changes_nothing_of_how_it_went(proef: Proef, *, looked_at: bool) -> None:
    """What is filled in to hand on says nothing of an attempt, nor does a panel that was opened and closed."""
    proef.lay(TAAK)
    proef.view.lijst.select("t-1")
    presenter = proef.pagina.presenter
    proef.pagina.act(Actie.DOORZETTEN.value)
    presenter.fill_in("afdeling", "Belastingen")
    actie = Actie.POGING if looked_at else Actie.AFHANDELEN
    proef.type(actie.value, TEKST)
    presenter.fill_in("resultaat", Belresultaat.NIET_BEREIKT.value)
    escape(proef)
    if looked_at:
        proef.pagina.act(Actie.AFHANDELEN.value)
        escape(proef)
    proef.frame.undo()
    assert (presenter.actie, presenter.invoer.toelichting) == (actie, TEKST)
    assert (presenter.invoer.resultaat, presenter.invoer.afdeling) == (Belresultaat.NIET_BEREIKT, "Belastingen")


async def test_an_act_on_another_note_leaves_what_can_be_brought_back(proef: Proef) -> None:
    begin(proef)
    escape(proef)
    proef.view.lijst.select("t-2")
    proef.type("poging", "Ander gesprek")
    proef.pagina.presenter.fill_in("resultaat", Belresultaat.GESPROKEN.value)
    QTest.keyClick(proef.view.detail.paneel, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [notitie for _, notitie, _ in proef.seat.terugbelnotities.gedaan] == ["t-2"]
    proef.frame.undo()
    assert proef.view.lijst.selected == "t-1"
    assert proef.view.detail.paneel.toelichting.text == TEKST


async def test_what_was_let_go_of_does_not_come_back_over_an_act_that_was_carried_out(proef: Proef) -> None:
    begin(proef)
    escape(proef)
    proef.type("poging", "Ander gesprek")
    proef.pagina.presenter.fill_in("resultaat", Belresultaat.GESPROKEN.value)
    QTest.keyClick(proef.view.detail.paneel, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert proef.frame.gezegd == ["Poging niet opgeslagen", "Poging opgeslagen"]
    assert not proef.frame.can_undo
    assert proef.pagina.presenter.actie is None
    assert proef.seat.contacten.typed == ()


async def test_of_a_tab_that_was_switched_off_the_text_is_kept_for_the_next_start(proef: Proef) -> None:
    ander = Proef(proef.seat)
    begin(ander)
    escape(ander)
    kept = ander.pagina.state()
    ander.weg()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    proef.lay(TAAK)
    proef.view.lijst.select("t-1")
    proef.type("poging", "Ander gesprek")  # in the tab that is on again
    ander.frame.undo()
    proef.pagina.restore(kept)
    proef.pagina.presenter.concepten.take_up()
    assert proef.pagina.presenter.concepten.text_of("t-1") == f"{TEKST}\nAnder gesprek"


async def test_behind_another_page_or_tab_the_page_is_asked_for(proef: Proef) -> None:
    begin(proef)
    escape(proef)
    proef.view.hide()
    proef.frame.undo()
    assert proef.frame.gedaan == ["zaken.terugbellen"]
    proef.view.show()
    assert proef.view.detail.paneel.toelichting.text == TEKST


async def test_another_employee_gets_nothing_back(proef: Proef) -> None:
    begin(proef)
    escape(proef)
    proef.seat.set_sessie(None)
    proef.seat.set_sessie(replace(sessie(), medewerker=Medewerker("m.zandstra", "Marit")))
    proef.frame.undo()
    assert proef.pagina.presenter.concepten.with_text == frozenset()
    assert proef.seat.contacten.typed == ()
