"""The Zaken tab as an employee meets it: the five states of its list, one zaak, and the contact that goes with it."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QStackedWidget,
    QWidget,
)

from kcs_desktop.sdk import Bron, Bronstand, Locatie, NotFound, Unreachable, Verbinding, Zaakeigenschap, Zaakverwijzing
from plugins.zaken import commands, rijen
from plugins.zaken.view import ZAKEN
from tests.harness.seat_zaken import NU, regel
from tests.harness.seat_zaken import beeld as zaakbeeld
from tests.plugins.zaken.proef import JOHANNA, VIER, Proef, beeld
from ui.sdk import current_theme
from ui.theme.theme import Look


async def _open_first(proef: Proef) -> None:
    proef.start()
    await proef.reads("Z-2026-004127")
    proef.page.lijst.gekozen.emit("z-4127")
    await proef.reads("Dit leest de inwoner online")


def _nameless(root: QWidget) -> list[QWidget]:
    kinds: tuple[Any, ...] = (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView)
    widgets: list[QWidget] = [widget for kind in kinds for widget in root.findChildren(kind)]
    return [widget for widget in widgets if widget.isVisible() and not widget.accessibleName()]


async def test_the_zaken_of_the_customer_in_the_contact_stand_there_with_what_is_late(proef: Proef) -> None:
    await proef.reads("Nog geen klant in dit contact")
    proef.start()
    await proef.reads("Z-2026-003980")
    assert "4 dagen te laat" in proef.texts
    assert "opgeschort" in proef.texts
    assert "Zaken van J. van Duinrode" in proef.texts
    late = next(row for row in proef.page.lijst.lijst.model.rows if row.key == "z-3980")
    assert (late.icon, late.tone) == ("let_op", "fout")
    assert late.subtitle.startswith("4 dagen te laat")


async def test_one_zaak_shows_where_it_stands_and_all_that_belongs_to_it(proef: Proef) -> None:
    await _open_first(proef)
    for words in (
        "Nog 9 dagen, uiterlijk donderdag 3 december",
        "Stap 2: in behandeling",
        "M. Zandstra",
        "3 meter",
        "Situatietekening",
        "Vraag over de termijn",
    ):
        assert words in proef.texts
    stappen = proef.page.detail.kop.lijn.stappen
    assert [(stap.is_gezet, stap.is_huidig) for stap in stappen] == [
        (True, False),
        (True, True),
        (False, False),
        (False, False),
    ]
    assert _nameless(proef.tab.widget) == []


async def test_where_it_is_stands_with_the_facts_unless_a_property_says_it(proef: Proef) -> None:
    heel = zaakbeeld()
    assert heel.zaak is not None
    plek = Locatie("Wulpweg", 14, woonplaats="Proefdam", toelichting="bij het hek")
    gezegd = (Zaakeigenschap("locatie", plek.tekst),)
    for zaak, waar in (
        (msgspec.structs.replace(heel.zaak, locatie=plek), plek.tekst),
        (msgspec.structs.replace(heel.zaak, locatie=Locatie(lon=4.5, lat=52.0)), "52.00000, 4.50000"),
    ):
        proef.page.detail.show_beeld(msgspec.structs.replace(heel, zaak=zaak), NU)
        assert waar in proef.texts
    zaak = msgspec.structs.replace(heel.zaak, locatie=plek, eigenschappen=gezegd)
    proef.page.detail.show_beeld(msgspec.structs.replace(heel, zaak=zaak), NU)
    assert plek.tekst in proef.texts
    assert "Waar" not in proef.texts.split("\n")


async def test_a_zaak_that_is_opened_from_elsewhere_has_the_mark(proef: Proef) -> None:
    proef.tab.show_zaak(regel(3611).verwijzing)
    proef.start()
    proef.tab.show_zaak(regel(3611).verwijzing)
    await proef.reads("Z-2026-003611")
    await proef.until(lambda: bool(proef.page.lijst.lijst.selected), "a mark")
    assert proef.page.lijst.lijst.selected == "z-3611"


async def test_the_names_of_properties_begin_with_a_capital(proef: Proef) -> None:
    assert rijen.properties((Zaakeigenschap("soort melding", "stoep"),)) == [("Soort melding", "stoep")]


async def test_a_linked_zaak_says_how_it_belongs_and_what_is_not_shown_is_counted(proef: Proef) -> None:
    heel = zaakbeeld()
    assert heel.zaak is not None
    zaak = msgspec.structs.replace(
        heel.zaak,
        hoofdzaak="z-1",
        deelzaken=("z-2",),
        gerelateerd=("z-3", "z-4", "z-5", "z-6"),
        aard={"z-3": "vervolg", "z-4": "Zelfde straat"},
    )
    anderen = tuple(regel(nummer, "Losse stoeptegel") for nummer in (1, 2, 3, 4, 5))
    proef.page.detail.show_beeld(msgspec.structs.replace(heel, zaak=zaak, gekoppeld=anderen), NU)
    rows = proef.page.detail.gekoppeld.lijst.model.rows
    assert [row.subtitle.partition(" · ")[0] for row in rows] == [
        "Hoofdzaak van deze zaak",
        "Deelzaak van deze zaak",
        "Aanleiding voor deze zaak",
        "Zelfde straat",
        "nog 9 dagen",
    ]
    assert "5 van 6" in proef.texts


async def test_an_answer_of_ten_thousand_characters_is_there_whole_with_its_lines(proef: Proef) -> None:
    heel = zaakbeeld()
    assert heel.zaak is not None
    verhaal = "Eerste regel.\n" + "a b " * 2500 + "einde"
    zaak = msgspec.structs.replace(heel.zaak, eigenschappen=(Zaakeigenschap("reden", verhaal),))
    proef.page.detail.show_beeld(msgspec.structs.replace(heel, zaak=zaak), NU)
    assert verhaal in proef.texts


async def test_a_step_without_words_for_the_citizen_is_read_by_its_name(proef: Proef) -> None:
    heel = zaakbeeld()
    assert heel.zaak is not None
    stappen = tuple(msgspec.structs.replace(stap, burgertekst="") for stap in heel.zaak.stappen)
    zaak = msgspec.structs.replace(heel.zaak, stappen=stappen)
    proef.page.detail.show_beeld(msgspec.structs.replace(heel, zaak=zaak), NU)
    assert "Dit leest de inwoner online" in proef.texts
    assert proef.page.detail.kop.burger.text() == "In behandeling"


async def test_a_zaak_that_waits_to_be_made_is_shown_and_not_asked_of_the_register(proef: Proef) -> None:
    waits = msgspec.structs.replace(regel(9), verwijzing=Zaakverwijzing("o-9", "Z-2026-000009", "Inrit", "o-9"))
    proef.seat.nep_klanten.antwoorden = [beeld(waits, *VIER)]
    proef.start()
    await proef.reads("Z-2026-000009")
    proef.page.lijst.gekozen.emit("o-9")
    assert proef.page.presenter.zaak is None
    page = proef.tab.show_making()
    assert page is not None
    page.start(proef.seat.zaakaanmaken.catalogus.keuzes[0].uuid)
    page.beeld.finish()
    assert page.presenter.concept is not None
    proef.seat.zaakaanmaken.dubbel[page.presenter.concept.id] = (waits,)
    page.presenter.changed.emit(None)
    await proef.reads("Misschien al gemeld")
    assert "Die zaak openen" not in proef.texts
    page.open_duplicate()
    assert proef.frame.zaken == []


async def test_a_zaak_that_cannot_be_read_keeps_what_is_known_with_its_age(proef: Proef) -> None:
    oud = Bron("zaken", Bronstand.FOUT, "De server antwoordt niet.", NU, uit_cache=True)
    van_toen = zaakbeeld(regel(4127))
    proef.seat.nep_zaken.beelden["z-4127"] = [zaakbeeld(regel(4127), bronnen=(oud, *van_toen.bronnen[1:]))]
    await _open_first(proef)
    assert "De server antwoordt niet. Dit is van 10:42." in proef.texts
    assert "M. Zandstra" in proef.texts


async def test_what_is_of_before_a_cut_is_asked_again_on_coming_back_to_the_page(proef: Proef) -> None:
    seat, stil = proef.seat, "De server antwoordt niet. Dit is van 10:42."
    oud = Bron("zaken", Bronstand.FOUT, "De server antwoordt niet.", NU, uit_cache=True)
    van_toen = zaakbeeld(regel(4127))
    gemist = zaakbeeld(regel(4127), bronnen=(oud, *van_toen.bronnen[1:]))
    seat.nep_zaken.beelden["z-4127"] = [zaakbeeld(regel(4127), bronnen=()), gemist]
    seat.nep_klanten.antwoorden = [beeld(*VIER, stand=Bronstand.FOUT, melding="De server antwoordt niet.", oud=True)]
    await _open_first(proef)
    await proef.until(lambda: proef.texts.count(stil) == 4, "the list and the zaak of before")
    proef.tab.show_page("aanmaken")
    await proef.until(lambda: stil not in proef.texts, "the other page")
    seat.nep_zaken.beelden["z-4127"], seat.nep_klanten.antwoorden = [van_toen], [beeld(*VIER)]
    seat.verbinding = Verbinding.GEEN_VERBINDING
    seat.verbinding_changed.emit(seat.verbinding)
    proef.tab.show_page("zaken")
    await proef.until(lambda: proef.texts.count(stil) == 4, "what is kept, while nothing can be asked")
    asked = list(seat.nep_zaken.geopend), list(seat.nep_klanten.geopend)
    proef.tab.show_page("aanmaken")
    seat.verbinding = Verbinding.VERBONDEN
    seat.verbinding_changed.emit(seat.verbinding)
    QApplication.processEvents()
    assert (seat.nep_zaken.geopend, seat.nep_klanten.geopend) == asked, "nobody sees it"
    proef.tab.show_page("zaken")
    await proef.until(lambda: "Z-2026-004127" in proef.texts and stil not in proef.texts, "the zaak of now")
    asked = list(seat.nep_zaken.geopend), list(seat.nep_klanten.geopend)
    proef.tab.show_page("aanmaken")
    proef.tab.show_page("zaken")
    QApplication.processEvents()
    assert (seat.nep_zaken.geopend, seat.nep_klanten.geopend) == asked, "it is of now already"


async def test_a_zaak_that_was_never_read_says_what_happened(proef: Proef) -> None:
    proef.seat.nep_zaken.beelden["z-4127"] = [Unreachable()]
    proef.start()
    await proef.reads("Z-2026-004127")
    proef.page.lijst.gekozen.emit("z-4127")
    await proef.reads("Opnieuw proberen")
    assert "M. Zandstra" not in proef.texts


async def test_the_list_says_that_it_failed_and_asks_again(proef: Proef) -> None:
    melding = "De zaken konden niet worden opgehaald."
    proef.seat.nep_klanten.antwoorden = [beeld(stand=Bronstand.FOUT, melding=melding)]
    proef.start()
    await proef.reads(melding)
    proef.seat.nep_klanten.antwoorden = [beeld(*VIER)]
    proef.page.lijst.lijst.retry.emit()
    await proef.reads("Z-2026-004127")
    assert melding not in proef.texts


async def test_a_list_from_the_store_says_how_old_it_is(proef: Proef) -> None:
    proef.seat.nep_klanten.antwoorden = [
        beeld(*VIER, stand=Bronstand.FOUT, melding="De server antwoordt niet.", oud=True)
    ]
    proef.start()
    await proef.reads("De server antwoordt niet. Dit is van 10:42.")
    assert "Z-2026-004127" in proef.texts


async def test_without_zaken_the_list_says_so(proef: Proef) -> None:
    proef.seat.nep_klanten.antwoorden = [beeld()]
    proef.start()
    await proef.reads("Deze klant heeft geen zaken.")
    assert "Z-2026" not in proef.texts


async def test_a_part_of_a_number_finds_and_escape_returns_to_the_customer(proef: Proef) -> None:
    proef.seat.nep_zaken.gevonden = [regel(7000 + nr) for nr in range(6000)]
    proef.start()
    await proef.reads("Z-2026-004127")
    proef.page.focus_search()
    QTest.keyClicks(proef.page.lijst.zoekveld.edit, "2026-007")
    QTest.keyClick(proef.page.lijst.zoekveld.edit, Qt.Key.Key_Return)
    lang = proef.page.lijst.lang
    await proef.until(lambda: lang.isVisible() and lang.rows.rowCount() == 6000, "the long list")
    assert proef.seat.nep_zaken.gezocht[0][0].nummer == "2026-007"
    QTest.keyClick(lang, Qt.Key.Key_End)
    await proef.until(lambda: proef.page.presenter.bladen.find("z-12999") is not None, "the last page")
    asked = {pagina for _, pagina in proef.seat.nep_zaken.gezocht}
    assert asked == {1, 24}, "only what is in sight is asked for"
    QTest.keyClick(lang, Qt.Key.Key_Escape)
    await proef.reads("Zaken van J. van Duinrode")


async def test_a_page_that_fails_is_said_and_not_asked_for_ever(proef: Proef) -> None:
    proef.seat.nep_zaken.gevonden = [regel(7000 + nr) for nr in range(600)]
    proef.page.lijst.zoekveld.set_text("2026-007")
    proef.page.lijst.gezocht.emit()
    await proef.reads("600 gevonden")
    proef.seat.nep_zaken.gevonden = Unreachable()
    QTest.keyClick(proef.page.lijst.lang, Qt.Key.Key_End)
    await proef.reads("Niet alle zaken konden worden opgehaald.")
    asked = len(proef.seat.nep_zaken.gezocht)
    for _ in range(20):
        QApplication.processEvents()
    assert len(proef.seat.nep_zaken.gezocht) == asked


async def test_a_zaak_is_linked_to_the_vraag_and_taken_off_again(proef: Proef) -> None:
    await _open_first(proef)
    gekoppeld: list[dict[str, Any]] = []
    proef.seat.nep_contacten.vraagvelden = gekoppeld
    proef.page.attach()
    assert gekoppeld[-1]["zaak"].identificatie == "Z-2026-004127"
    assert gekoppeld[-1]["onderwerp"] == "Uitrit aanleggen"
    await proef.reads("Losmaken van contact")
    proef.page.attach()
    assert gekoppeld[-1]["zaak"] is None
    assert proef.frame.gezegd == [
        "Z-2026-004127 is gekoppeld aan dit contact",
        "Z-2026-004127 is losgemaakt van dit contact",
    ]


async def test_each_contact_gets_back_what_stood_for_it(proef: Proef) -> None:
    await _open_first(proef)
    kept = proef.tab.state()
    ander = proef.seat.nep_contacten.start()
    proef.tab.contact_activated(ander)
    await proef.reads("Kies een zaak in de lijst")
    assert "Z-2026-004127" not in proef.texts
    eerste = proef.seat.nep_contacten.activate(proef.seat.nep_contacten.open[0].id)
    proef.tab.contact_activated(eerste)
    proef.tab.restore(kept)
    await proef.reads("Dit leest de inwoner online")
    proef.tab.restore("{kapot")
    assert "Z-2026-004127" in proef.texts


async def test_a_change_by_a_colleague_shows_in_the_open_zaak(proef: Proef) -> None:
    await _open_first(proef)
    assert proef.seat.nep_zaken.watched["z-4127"] == 1
    proef.seat.nep_zaken.changed.emit(zaakbeeld(regel(4127, nog=-1)))
    await proef.reads("1 dag te laat: moest klaar zijn op maandag 23 november")
    proef.page.show_zaak(regel(1204).verwijzing)
    assert proef.seat.nep_zaken.watched["z-4127"] == 0


async def test_a_zaak_that_may_not_be_seen_shows_nothing_of_it(proef: Proef) -> None:
    proef.seat.nep_zaken.beelden["z-4127"] = [NotFound("Deze zaak staat niet meer in het register.")]
    proef.start()
    await proef.reads("Z-2026-004127")
    proef.page.lijst.gekozen.emit("z-4127")
    await proef.reads("Deze zaak staat niet meer in het register.")
    assert "M. Zandstra" not in proef.texts


async def test_without_a_contact_it_is_said_that_there_is_nothing_to_link_to(proef: Proef) -> None:
    proef.page.show_klant(JOHANNA)
    await proef.reads("Z-2026-004127")
    proef.page.lijst.gekozen.emit("z-4127")
    await proef.reads("M. Zandstra")
    proef.page.attach()
    assert proef.frame.geweigerd == ["Begin eerst een contact. Daaraan koppelt u de zaak."]
    assert proef.frame.gezegd == []


async def test_without_an_open_zaak_each_key_about_one_says_so(proef: Proef) -> None:
    acts = (
        commands.attach,
        commands.copy_number,
        commands.open_elsewhere,
        commands.add_document,
        commands.paste_document,
    )
    for act in acts:
        act(proef.context)
    assert len(proef.frame.geweigerd) == len(acts)
    assert all("eerst een zaak" in al for al in proef.frame.geweigerd), proef.frame.geweigerd
    assert proef.frame.gezegd == []


async def test_a_key_that_cannot_work_on_the_open_zaak_says_why(proef: Proef) -> None:
    proef.seat.dossier.mag = False
    await _open_first(proef)
    commands.add_document(proef.context)
    commands.open_elsewhere(proef.context)
    assert proef.frame.geweigerd == [
        "Met uw rol kunt u geen documenten toevoegen aan een zaak.",
        "Op deze werkplek is niet ingesteld waar het zaaksysteem staat.",
    ]
    assert not proef.page.works_here("zaken.zaaksysteem")
    proef.frame.zaaksysteem = "https://zaaksysteem.voorbeeld/{nummer}"
    assert proef.page.works_here("zaken.zaaksysteem")


async def test_a_narrow_page_shows_list_and_zaak_in_turn(proef: Proef) -> None:
    proef.tab.widget.resize(500, 700)
    await _open_first(proef)
    assert not proef.page.lijst.isVisible()
    proef.page.detail.kop.terug.click()
    assert proef.page.lijst.isVisible()


async def test_behind_another_window_the_cursor_goes_along_as_well(proef: Proef) -> None:
    proef.start()
    await proef.reads("Z-2026-004127")
    lijst = proef.page.lijst.lijst.view
    QTest.keyClick(lijst, Qt.Key.Key_Down)
    QTest.keyClick(lijst, Qt.Key.Key_Return)
    await proef.reads("M. Zandstra")
    proef.page.focus_first()
    front = QWidget()
    front.show()
    front.activateWindow()
    await proef.until(front.isActiveWindow, "the other window")
    proef.tab.widget.resize(500, 700)
    await proef.until(proef.page.lijst.isHidden, "the narrow page")
    assert proef.tab.widget.focusWidget() is proef.page.detail.kop.terug
    front.close()
    front.deleteLater()


@pytest.mark.parametrize("breedte", [500, 900])
async def test_the_number_of_a_zaak_is_never_broken_with_large_letters(proef: Proef, breedte: int) -> None:
    current_theme().apply(Look(tekst=200))
    try:
        proef.tab.widget.resize(breedte, 700)
        await _open_first(proef)
        kop = proef.page.detail.kop
        kop.nummer.setText("ZAAK-2026-0000000001")
        QApplication.processEvents()
        assert kop.nummer.width() >= kop.nummer.fontMetrics().horizontalAdvance(kop.nummer.text())
        assert kop.nummer.height() < 2 * kop.nummer.fontMetrics().height()
        assert kop.kopieer.isVisible()
        assert kop.kopieer.geometry().right() <= kop.width()
    finally:
        current_theme().apply(Look())
        QApplication.processEvents()


async def test_on_a_narrow_page_the_cursor_goes_along_and_escape_comes_back(proef: Proef) -> None:
    proef.tab.widget.resize(500, 700)
    proef.start()
    await proef.reads("Z-2026-004127")
    await proef.until(proef.tab.widget.isActiveWindow, "the window")
    proef.page.focus_first()
    lijst = proef.page.lijst.lijst.view
    QTest.keyClick(lijst, Qt.Key.Key_Down)
    QTest.keyClick(lijst, Qt.Key.Key_Return)
    await proef.reads("M. Zandstra")
    await proef.until(proef.page.detail.kop.terug.hasFocus, "the cursor on the way back")
    QTest.keyClick(proef.page.detail.kop.terug, Qt.Key.Key_Escape)
    assert proef.page.lijst.isVisible()
    assert lijst.hasFocus()


async def test_without_a_connection_refreshing_is_off_with_its_reason(proef: Proef) -> None:
    await _open_first(proef)
    proef.seat.verbinding = Verbinding.GEEN_VERBINDING
    proef.seat.verbinding_changed.emit(Verbinding.GEEN_VERBINDING)
    await proef.until(lambda: not proef.page.detail.kop.vernieuwen.isEnabled(), "the button off")
    assert proef.page.detail.kop.vernieuwen.accessibleDescription()


async def test_who_was_found_by_name_is_chosen_for_the_zaken(proef: Proef) -> None:
    proef.seat.nep_klanten.antwoorden = [beeld(*VIER)]
    proef.page.show_klant(JOHANNA)
    await proef.reads("Zaken van J. van Duinrode")
    await proef.reads("Z-2026-004127")
    assert "Nog geen klant" not in proef.texts


async def test_a_browser_that_does_not_open_is_told(proef: Proef, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def refuse(url: QUrl) -> bool:
        opened.append(url.toString())
        return False

    monkeypatch.setattr(QDesktopServices, "openUrl", refuse)
    proef.frame.zaaksysteem = "https://zaaksysteem.voorbeeld/z-4127"
    await _open_first(proef)
    proef.page.open_elsewhere()
    assert opened == ["https://zaaksysteem.voorbeeld/z-4127"]
    (fout,) = proef.frame.fouten
    assert str(fout) == "De browser gaat niet open op deze werkplek."
    proef.frame.fouten.clear()


async def test_pages_that_come_back_are_not_shown_one_after_another(proef: Proef) -> None:
    proef.tab.show_notes()
    proef.tab.show_zaken()
    kept = proef.tab.state()
    shown: list[int] = []
    stack = proef.page.widget.parentWidget()
    assert isinstance(stack, QStackedWidget)
    stack.currentChanged.connect(shown.append)
    proef.tab.restore(kept)
    assert (proef.tab.current, shown) == (ZAKEN, [])
