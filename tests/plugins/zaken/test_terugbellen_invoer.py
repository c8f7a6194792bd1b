"""What is typed about a callback note is not lost: not by a colleague, another note, another act or a restart."""

from __future__ import annotations

import msgspec
import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from kcs_desktop.sdk import Belresultaat, Lijst, Medewerker, Taaklijst, Taakstand
from plugins.zaken.terugbellen_invoer import MOST, NAAM, Actie, Bewaard, Concepten
from tests.harness.seat_content import NU, sessie
from tests.harness.seat_fake import FakeSeat
from tests.plugins.zaken.test_terugbellen import TAAK, Proef, proef, taak

__all__ = ["proef"]
TEKST = "Lang gesprek over bezwaar."
MARIT = {"door": "m.zandstra", "door_naam": "Marit"}


def begin(proef: Proef) -> None:
    """Text in the first of three notes."""
    proef.lay(TAAK, taak("t-2"), taak("t-3"))
    proef.view.lijst.select("t-1")
    proef.type("poging", TEKST)


async def test_of_a_note_that_a_colleague_takes_the_text_stays_with_the_reason(proef: Proef) -> None:
    begin(proef)
    proef.lay(taak("t-1", **MARIT), taak("t-2"), taak("t-3"))
    paneel = proef.view.detail.paneel
    assert paneel.isVisible()
    assert "Marit heeft deze terugbelnotitie opgepakt. Uw tekst staat er nog." in proef.getoond
    assert not paneel.uitvoeren.isEnabled()
    QTest.keyClick(paneel, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert proef.seat.terugbelnotities.gedaan == []
    assert paneel.toelichting.text == TEKST
    paneel.kopie_gevraagd.emit()
    assert QGuiApplication.clipboard().text() == TEKST

    proef.lay(taak("t-1", **MARIT, mag_overnemen=True), taak("t-2"), taak("t-3"))
    assert "Neem de notitie over" in proef.getoond
    proef.lay(TAAK, taak("t-2"), taak("t-3"))  # Marit gave it back
    assert "Uw tekst staat er nog" not in proef.getoond
    proef.pagina.presenter.fill_in("resultaat", Belresultaat.GESPROKEN.value)
    QTest.keyClick(paneel, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    arguments = {"resultaat": Belresultaat.GESPROKEN, "toelichting": TEKST}
    assert proef.seat.terugbelnotities.gedaan == [("attempt", "t-1", arguments)]


async def test_a_note_that_leaves_the_list_stays_in_sight_as_long_as_text_of_it_does(proef: Proef) -> None:
    begin(proef)
    paneel = proef.view.detail.paneel
    proef.lay(taak("t-2"), taak("t-3"))
    assert proef.view.lijst.selected == proef.pagina.presenter.toestand.gekozen == "t-1"
    assert paneel.isVisible()
    assert paneel.toelichting.text == TEKST
    assert "Deze terugbelnotitie staat niet meer in deze lijst. Uw tekst staat er nog." in proef.getoond
    assert [row.key for row in proef.view.lijst.model.rows] == ["t-1", "t-2", "t-3"]
    assert "06 12 34 56 78" in proef.getoond
    assert proef.knoppen() == []

    QTest.keyClick(proef.view.lijst.view, Qt.Key.Key_End)
    assert not paneel.isVisible()
    assert sum("Nog niet vastgelegd" in rij for rij in proef.rijen) == 1
    proef.lay()  # the last of the others too
    QTest.keyClick(proef.view.lijst.view, Qt.Key.Key_Return)
    assert paneel.toelichting.text == TEKST
    assert "Weggooien" in proef.getoond
    paneel.annuleren.click()
    assert proef.rijen == []
    assert TEKST not in proef.getoond


async def test_of_a_list_with_more_pages_a_note_may_stand_further_on(proef: Proef) -> None:
    begin(proef)
    proef.lay(taak("t-2"), totaal=70)
    assert proef.view.meer.isVisible()
    assert "Deze terugbelnotitie staat niet in dit deel van de lijst." in proef.getoond


async def test_arrows_leave_the_text_with_its_own_note(proef: Proef) -> None:
    begin(proef)
    paneel = proef.view.detail.paneel
    QTest.keyClick(paneel, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert paneel.resultaat.error
    QTest.keyClick(proef.view.lijst.view, Qt.Key.Key_Down)
    assert not paneel.isVisible()
    proef.type("poging", "Ander gesprek")
    assert not paneel.resultaat.error
    QTest.keyClick(proef.view.lijst.view, Qt.Key.Key_Up)
    assert paneel.isVisible()
    assert paneel.toelichting.text == TEKST
    QTest.keyClick(proef.view.lijst.view, Qt.Key.Key_Down)
    assert paneel.toelichting.text == "Ander gesprek"
    proef.pagina.show_list(Lijst.TEAM)
    proef.lay(TAAK, lijst=Lijst.TEAM)
    proef.view.lijst.select("t-1")
    assert paneel.toelichting.text == TEKST, "the same note in another list"


async def test_another_act_takes_along_what_means_the_same_and_loses_nothing(proef: Proef) -> None:
    begin(proef)
    presenter, paneel = proef.pagina.presenter, proef.view.detail.paneel
    presenter.fill_in("resultaat", Belresultaat.NIET_BEREIKT.value)
    proef.pagina.act("afhandelen")
    assert (presenter.invoer.resultaat, paneel.toelichting.text) == (Belresultaat.NIET_BEREIKT, TEKST)
    proef.pagina.act("verzetten")
    QTest.keyClicks(paneel.datum.edit, "4-12-2026")
    proef.pagina.submit()
    assert [name for name, _uuid, _arguments in proef.seat.terugbelnotities.gedaan] == ["reschedule"]
    assert presenter.actie is Actie.POGING, "what was typed first is in sight again"
    assert paneel.toelichting.text == TEKST
    proef.pagina.submit()
    assert not paneel.isVisible()
    proef.pagina.act("afhandelen")
    assert (presenter.invoer.resultaat, paneel.toelichting.text) == (Belresultaat.GESPROKEN, "")


async def test_what_an_act_offers_by_itself_is_not_taken_for_a_choice(proef: Proef) -> None:
    proef.lay(TAAK)
    proef.view.lijst.select("t-1")
    proef.pagina.act("afhandelen")
    proef.pagina.act("poging")
    assert proef.pagina.presenter.invoer.resultaat == ""
    proef.lay(taak("t-1", **MARIT))
    assert not proef.view.detail.paneel.isVisible(), "nothing was typed"


async def test_text_survives_a_restart_also_of_a_note_that_is_gone_by_then(proef: Proef) -> None:
    begin(proef)
    proef.lay(taak("t-2"))
    ander = Proef(proef.seat)
    ander.pagina.restore(proef.pagina.state())
    assert ander.view.detail.paneel.toelichting.text == TEKST
    assert "staat niet meer in deze lijst" in ander.getoond
    ander.weg()


async def test_a_contact_that_stood_on_another_note_takes_no_text_along(proef: Proef) -> None:
    proef.lay(TAAK, taak("t-2"))
    proef.view.lijst.select("t-2")
    of_contact = proef.pagina.state()
    begin(proef)
    proef.pagina.restore(of_contact)
    assert not proef.view.detail.paneel.isVisible()
    proef.view.lijst.select("t-1")
    assert proef.view.detail.paneel.toelichting.text == TEKST
    proef.pagina.presenter.fill_in("resultaat", Belresultaat.GESPROKEN.value)
    before = proef.pagina.state()
    proef.pagina.submit()
    proef.pagina.restore(before)
    proef.pagina.act("poging")
    assert proef.view.detail.paneel.toelichting.text == "", "what was sent does not come back"


async def test_another_employee_sees_none_of_it(proef: Proef) -> None:
    begin(proef)
    proef.seat.contacten.los.clear()  # as the end of a session does; the store of the other holds nothing
    proef.seat.set_sessie(None)
    proef.seat.set_sessie(replace(sessie(), medewerker=Medewerker("m.zandstra", "Marit")))
    proef.lay(taak("t-2"))
    assert TEKST not in proef.getoond
    assert proef.pagina.presenter.concepten.with_text == frozenset()
    assert proef.seat.contacten.kept_screens(NAAM) == {}


async def test_who_may_not_change_notes_or_see_customers_sees_none_of_what_left_the_list(proef: Proef) -> None:
    begin(proef)
    lijst = Taaklijst(Lijst.EIGEN, opgehaald_op=NU)
    concepten = proef.pagina.presenter.concepten
    assert [al.klant for al in concepten.gone_from(lijst)] == [TAAK.klant]
    proef.seat.sessie = sessie("floormanager")
    assert concepten.gone_from(lijst) == ()
    proef.seat.sessie = replace(sessie(), rechten={"terugbelnotities": 2})
    assert [al.klant for al in concepten.gone_from(lijst)] == [None]


@pytest.mark.parametrize("kept", ["onzin", '[{"taak":1}]'])
async def test_what_cannot_be_read_is_no_draft_and_the_oldest_of_many_goes(kept: str) -> None:
    seat = FakeSeat()
    seat.contacten.los[NAAM] = kept
    concepten = Concepten(seat)
    lijst = Taaklijst(Lijst.EIGEN, Taakstand.OPEN)
    for nummer in range(MOST + 1):
        concepten.fill_in(taak(f"n-{nummer}"), lijst, Actie.POGING, "toelichting", "x")
    assert len(concepten.with_text) == MOST
    assert concepten.text_of("n-0") == ""
    for nummer in range(MOST + 1):
        concepten.drop(f"n-{nummer}", Actie.POGING)
    assert concepten.with_text == frozenset()
    assert {naam: stand for naam, stand in seat.contacten.los.items() if stand} == {NAAM: kept}


async def test_drafts_of_a_store_that_is_back_stand_beside_what_is_typed_now(proef: Proef) -> None:
    elders = FakeSeat()
    Concepten(elders).fill_in(taak("t-2"), Taaklijst(Lijst.EIGEN, Taakstand.OPEN), Actie.POGING, "toelichting", "toen")
    proef.lay(TAAK, taak("t-2"))
    begin(proef)
    proef.seat.contacten.los = {**elders.contacten.los, **proef.seat.contacten.los}
    proef.seat.contacten.returned.emit(None)
    assert proef.view.detail.paneel.toelichting.text == TEKST
    proef.view.lijst.select("t-2")
    assert proef.view.detail.paneel.toelichting.text == "toen"


async def test_drafts_that_were_kept_together_are_kept_each_by_itself() -> None:
    seat = FakeSeat()
    toen = Concepten(seat)
    for nummer in range(3):
        toen.fill_in(taak(f"n-{nummer}"), Taaklijst(Lijst.EIGEN), Actie.POGING, "toelichting", f"tekst {nummer}")
    concepten = [
        al for stand in seat.contacten.los.values() for al in msgspec.json.decode(stand, type=Bewaard).concepten
    ]
    seat.contacten.los = {NAAM: msgspec.json.encode(Bewaard(concepten=tuple(concepten))).decode()}
    nu = Concepten(seat)
    assert [nu.text_of(f"n-{nummer}") for nummer in range(3)] == ["tekst 0", "tekst 1", "tekst 2"]
    assert set(seat.contacten.kept_screens(NAAM)) == {f"{NAAM}/n-{nummer}" for nummer in range(3)}
    assert len(seat.contacten.typed) == 3


async def test_what_is_typed_for_a_note_waits_for_what_was_set_apart(proef: Proef) -> None:
    proef.lay(TAAK)
    proef.view.lijst.select("t-1")
    proef.type("poging", "Geen gehoor.")
    proef.lay(TAAK, geweigerd={"t-1": "Niet verwerkt."}, apart={"t-1": "o-1"})
    assert "Het is niet bekend of uw vorige handeling is uitgevoerd. Uw tekst staat er nog." in proef.getoond
    proef.lay(TAAK)
    assert "uw vorige handeling" not in proef.getoond
    assert proef.view.detail.paneel.toelichting.text == "Geen gehoor."
