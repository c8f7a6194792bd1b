"""The documents of a zaak as an employee meets them: adding, what each is at, and looking at one."""

from __future__ import annotations

import os
import threading
import time
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kcs_desktop.sdk import InvalidInput, Toevoegstand, Unreachable, UserError, Verbinding, Zaakdocument, Zaakverwijzing
from plugins.zaken import rijen
from plugins.zaken.scanmap import Scanmap
from plugins.zaken.toevoegvak import Toevoegvak
from tests.harness.leesbaar import visible_texts
from tests.harness.seat_dossier import SOORTEN, FakeDossier, FakeVoorbeeld
from tests.harness.seat_zaken import beeld as zaakbeeld
from tests.harness.seat_zaken import regel
from tests.plugins.zaken.proef import Proef
from ui.sdk import TaskScope

ZAAK = regel(4127).verwijzing


async def _opened(proef: Proef) -> Toevoegvak:
    proef.seat.rechten |= {"dossier": 2}
    proef.start()
    await proef.reads("Z-2026-004127")
    proef.page.lijst.gekozen.emit("z-4127")
    await proef.reads("Situatietekening")
    return proef.page.dossier.vak


def _files(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def _dossier(proef: Proef) -> FakeDossier:
    return proef.seat.dossier


async def test_files_are_added_with_title_kind_and_confidentiality_proposed(proef: Proef, tmp_path: Path) -> None:
    vak = await _opened(proef)
    await proef.until(lambda: vak.presenter.soorten, "the kinds of document")
    assert vak.take(_files(tmp_path / "situatietekening.pdf", tmp_path / "foto.png"))
    await proef.until(lambda: len(_dossier(proef).rijen) == 2, "two rows")
    await proef.reads("2 documenten toevoegen")
    assert vak.titel.text == "situatietekening"
    assert vak.soort.value == "io-1"
    assert vak.vertrouwelijk.value == "openbaar"
    vak.confirm()
    assert _dossier(proef).bevestigd == ["b-1", "b-2"]
    await proef.until(lambda: not vak.bevestig.isVisible(), "nothing to confirm")


async def test_a_kind_that_the_name_does_not_speak_of_is_asked(proef: Proef, tmp_path: Path) -> None:
    vak = await _opened(proef)
    await proef.until(lambda: vak.presenter.soorten, "the kinds of document")
    vak.take(_files(tmp_path / "brief.pdf"))
    window = proef.tab.widget.window()
    await proef.until(lambda: _dossier(proef).rijen and vak.velden.isVisible(), "the fields")
    await proef.until(lambda: window.focusWidget() is vak.soort.combo, "the cursor in what is missing")
    assert vak.soort.value == ""
    line = vak.soort.combo.lineEdit()
    assert line is not None
    line.setText("situatietekening")
    QTest.keyClick(line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    await proef.until(lambda: _dossier(proef).bevestigd, "it to be confirmed")
    assert _dossier(proef).rijen["b-1"].informatieobjecttype == "io-1"
    assert _dossier(proef).rijen["b-1"].vertrouwelijkheidaanduiding == "zaakvertrouwelijk"


async def test_what_was_chosen_before_the_kinds_came_gets_none_by_guess(proef: Proef) -> None:
    for naam in ("brief.pdf", "foto van de tuin.png"):
        _dossier(proef).lay(ZAAK, naam, stand=Toevoegstand.GEREED)
    vak = await _opened(proef)
    await proef.until(lambda: vak.presenter.soorten, "the kinds of document")
    assert [al.informatieobjecttype for al in _dossier(proef).rijen.values()] == ["", "io-2"]


@pytest.mark.parametrize(
    ("naam", "formaat", "soort"),
    [
        ("brief.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "DOCX"),
        ("brief.txt", "text/plain", "TXT"),
        ("", "application/pdf", "PDF"),
        ("brief", "application/vnd.oasis.opendocument.text", ""),
    ],
)
def test_what_kind_of_file_it_is_stands_in_a_word_that_people_know(naam: str, formaat: str, soort: str) -> None:
    document = Zaakdocument("d-1", "Brief", bestandsnaam=naam, formaat=formaat, omvang=2048)
    delen = rijen.document(document, date(2026, 11, 24)).subtitle.split(" · ")
    assert delen == [deel for deel in (soort, "2 kB") if deel]


async def test_another_kind_brings_its_own_confidentiality(proef: Proef, tmp_path: Path) -> None:
    vak = await _opened(proef)
    await proef.until(lambda: vak.presenter.soorten, "the kinds of document")
    vak.take(_files(tmp_path / "tekening.pdf"))
    await proef.until(vak.velden.isVisible, "the fields")
    vak.soort.chosen.emit("io-1")
    assert _dossier(proef).rijen["b-1"].vertrouwelijkheidaanduiding == "zaakvertrouwelijk"


@pytest.mark.parametrize(
    ("stand", "velden", "woorden"),
    [
        (Toevoegstand.VERSTUURT, {"verstuurd": 120_000}, ("Wordt verstuurd", "50%")),
        (Toevoegstand.WACHT, {"reden": "Geen verbinding."}, ("Wacht", "Geen verbinding.")),
        (Toevoegstand.ONDERZOEK, {}, ("Wordt op virussen onderzocht",)),
        (Toevoegstand.GEREED, {}, ("Ontvangen, nog niet toegevoegd", "Niet op virussen onderzocht")),
        (Toevoegstand.GEREED, {"is_onderzocht": True}, ("Onderzocht: geen virus gevonden",)),
        (Toevoegstand.BESMET, {"reden": "In dit bestand is een virus gevonden."}, ("Virus gevonden", "virus gevonden")),
        (Toevoegstand.MISLUKT, {"reden": "Het bestand is gewijzigd."}, ("Niet toegevoegd", "gewijzigd")),
    ],
)
async def test_every_state_stands_in_words(
    proef: Proef, stand: Toevoegstand, velden: dict[str, object], woorden: tuple[str, ...]
) -> None:
    vak = await _opened(proef)
    _dossier(proef).lay(ZAAK, "brief.pdf", stand=stand, **velden)
    for woord in woorden:
        await proef.reads(woord)
    assert vak.opnieuw.isVisible() is (stand is Toevoegstand.MISLUKT)


async def test_what_failed_is_tried_again_and_what_is_not_wanted_goes(proef: Proef) -> None:
    vak = await _opened(proef)
    _dossier(proef).lay(ZAAK, "brief.pdf", stand=Toevoegstand.MISLUKT)
    await proef.until(vak.opnieuw.isVisible, "the button")
    vak.opnieuw.click()
    assert _dossier(proef).rijen["b-1"].stand is Toevoegstand.WACHT
    vak.lijst.view.setFocus()
    QTest.keyClick(vak.lijst.view, Qt.Key.Key_Delete)
    assert _dossier(proef).rijen == {}


async def test_what_failed_before_it_was_added_stands_beside_what_still_waits(proef: Proef) -> None:
    vak = await _opened(proef)
    _dossier(proef).lay(ZAAK, "een.pdf", stand=Toevoegstand.GEREED)
    _dossier(proef).lay(ZAAK, "twee.pdf", stand=Toevoegstand.GEREED)
    await proef.until(vak.velden.isVisible, "the fields")
    _dossier(proef).change("b-1", stand=Toevoegstand.MISLUKT)
    await proef.until(vak.opnieuw.isVisible, "what can be tried again")
    for part in (vak.velden, vak.bevestig, vak.weg, vak.opnieuw):
        assert part.isVisible()


async def test_what_is_removed_gives_its_place_to_the_next_and_the_key_to_the_list(proef: Proef) -> None:
    vak = await _opened(proef)
    for naam in ("een.pdf", "twee.pdf", "drie.pdf"):
        _dossier(proef).lay(ZAAK, naam, stand=Toevoegstand.GEREED)
    await proef.until(lambda: len(_dossier(proef).rijen) == 3 and vak.weg.isVisible(), "three rows")
    vak.lijst.select("b-2")
    vak.weg.setFocus()
    QTest.keyClick(vak.weg, Qt.Key.Key_Return)
    assert list(_dossier(proef).rijen) == ["b-1", "b-3"]
    assert vak.window().focusWidget() is vak.lijst.view, "a second Enter removes nothing"
    assert (vak.lijst.selected, vak.titel.text) == ("b-3", "drie")
    QTest.keyClick(vak.lijst.view, Qt.Key.Key_Delete)
    assert (list(_dossier(proef).rijen), vak.titel.text) == (["b-1"], "een")


async def test_delete_in_the_list_goes_on_to_the_next_and_not_back_to_the_first(proef: Proef) -> None:
    vak = await _opened(proef)
    for naam in ("een.pdf", "twee.pdf", "drie.pdf", "vier.pdf"):
        _dossier(proef).lay(ZAAK, naam, stand=Toevoegstand.GEREED)
    await proef.until(lambda: len(_dossier(proef).rijen) == 4 and vak.weg.isVisible(), "four rows")
    vak.window().activateWindow()
    await proef.until(vak.window().isActiveWindow, "the window")
    vak.lijst.select("b-3")
    vak.lijst.setFocus()
    assert vak.lijst.view.hasFocus()
    QTest.keyClick(vak.lijst.view, Qt.Key.Key_Delete)
    assert (vak.lijst.selected, vak.titel.text) == ("b-4", "vier")


async def test_the_key_that_removes_is_shown_where_it_does_so(proef: Proef) -> None:
    vak = await _opened(proef)
    _dossier(proef).lay(ZAAK, "een.pdf", stand=Toevoegstand.GEREED)
    await proef.until(vak.weg.isVisible, "the button")
    vak.window().activateWindow()
    await proef.until(vak.window().isActiveWindow, "the window")
    shown: list[bool] = []
    for place in (vak.titel.edit, vak.kies):
        place.setFocus()
        shown.append(vak.weg.shows_key)
    assert shown == [False, True], "in a text it takes away letters"
    QTest.keyClick(vak.kies, Qt.Key.Key_Delete)
    assert _dossier(proef).rijen == {}


async def test_what_cannot_be_taken_is_told_and_the_rest_goes_on(proef: Proef, tmp_path: Path) -> None:
    vak = await _opened(proef)
    _dossier(proef).weigeringen["virus.exe"] = UserError("virus.exe: Dit is een programma.", advice="Niets toegevoegd.")
    vak.take(_files(tmp_path / "virus.exe", tmp_path / "brief.pdf"))
    await proef.reads("virus.exe: Dit is een programma.")
    assert [al.naam for al in _dossier(proef).rijen.values()] == ["brief.pdf"]


async def test_a_missing_kind_gets_the_cursor(proef: Proef, monkeypatch: pytest.MonkeyPatch) -> None:
    vak = await _opened(proef)
    _dossier(proef).lay(ZAAK, "brief.pdf", stand=Toevoegstand.GEREED)
    await proef.until(vak.bevestig.isVisible, "the button")

    def refuse(_namen: object) -> None:
        raise InvalidInput("Kies wat voor document dit is.", field="b-1.informatieobjecttype")

    monkeypatch.setattr(_dossier(proef), "confirm", refuse)
    vak.confirm()
    await proef.reads("Kies wat voor document dit is.")


async def test_an_image_on_the_clipboard_is_pasted_as_a_file(proef: Proef) -> None:
    vak = await _opened(proef)
    image = QImage(12, 8, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    mime = QMimeData()
    mime.setImageData(image)
    QGuiApplication.clipboard().setMimeData(mime)
    assert vak.paste()
    await proef.until(lambda: _dossier(proef).rijen, "the row")
    assert next(iter(_dossier(proef).rijen.values())).naam.startswith("Afbeelding 2026-11-24")
    QGuiApplication.clipboard().clear()


async def test_text_on_the_clipboard_adds_nothing(proef: Proef) -> None:
    vak = await _opened(proef)
    QGuiApplication.clipboard().setText("alleen tekst")
    assert not vak.paste()
    await proef.reads("Er is niets om te plakken.")
    assert proef.tab.widget.window().focusWidget() is vak.fout
    QTest.keyClick(vak.fout, Qt.Key.Key_Escape)
    assert proef.page.detail.documenten.lijst.view is proef.tab.widget.window().focusWidget()
    QGuiApplication.clipboard().clear()


async def test_who_went_on_meanwhile_keeps_the_cursor(proef: Proef) -> None:
    vak = await _opened(proef)
    mag_lezen = threading.Event()

    def image() -> bytes:
        mag_lezen.wait(30)
        return b"%PNG"

    vak.add([(image, "Afbeelding.png")])
    assert proef.tab.widget.window().focusWidget() is vak.kies, "at once, also where reading takes long"
    proef.page.focus_search()
    mag_lezen.set()
    await proef.until(vak.velden.isVisible, "the fields")
    assert proef.tab.widget.window().focusWidget() is proef.page.lijst.zoekveld.edit


async def test_what_is_pasted_beside_an_open_document_brings_the_zaak_back(proef: Proef) -> None:
    vak = await _opened(proef)
    proef.page.detail.document_gekozen.emit("d-1")
    await proef.reads("Bladzijde 1 van 3")
    QGuiApplication.clipboard().setText("alleen tekst")
    proef.page.paste_document()
    await proef.until(vak.fout.isVisible, "the refusal")
    assert "Bladzijde 1 van 3" not in proef.texts
    QGuiApplication.clipboard().clear()


async def test_once_all_arrived_the_cursor_is_among_the_documents(proef: Proef, tmp_path: Path) -> None:
    vak = await _opened(proef)
    await proef.until(lambda: vak.presenter.soorten, "the kinds of document")
    vak.take(_files(tmp_path / "foto.png"))
    await proef.until(lambda: proef.tab.widget.window().focusWidget() is vak.titel.edit, "the cursor in the title")
    QTest.keyClick(vak.titel.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert _dossier(proef).bevestigd == ["b-1"]
    assert proef.tab.widget.window().focusWidget() is vak.lijst.view
    _dossier(proef).change("b-1", stand=Toevoegstand.TOEGEVOEGD)
    assert proef.tab.widget.window().focusWidget() is proef.page.detail.documenten.lijst.view


@pytest.mark.parametrize("plek", ["weg", "bevestig", "titel"])
async def test_a_cursor_in_what_goes_away_stays_with_the_document(proef: Proef, plek: str) -> None:
    al = _dossier(proef).lay(ZAAK, "foto.png", stand=Toevoegstand.GEREED, informatieobjecttype="io-2")
    vak = await _opened(proef)
    await proef.until(vak.velden.isVisible, "the fields")
    {"weg": vak.weg, "bevestig": vak.bevestig, "titel": vak.titel.edit}[plek].setFocus()
    _dossier(proef).change(al.id, bevestigd=True, stand=Toevoegstand.KOPPELT)  # as it does by itself after a wait
    assert proef.tab.widget.window().focusWidget() is vak.lijst.view
    _dossier(proef).change(al.id, stand=Toevoegstand.TOEGEVOEGD)
    assert proef.tab.widget.window().focusWidget() is proef.page.detail.documenten.lijst.view


async def test_without_a_connection_it_is_said_beforehand(proef: Proef) -> None:
    await _opened(proef)
    proef.seat.verbinding = Verbinding.GEEN_VERBINDING
    proef.seat.verbinding_changed.emit(proef.seat.verbinding)
    await proef.reads("Documenten worden hier bewaard en vanzelf verstuurd")
    assert proef.page.works_here("zaken.document_toevoegen")


async def test_who_may_not_add_sees_no_place_for_it(proef: Proef) -> None:
    _dossier(proef).mag = False
    vak = await _opened(proef)
    assert not vak.isVisible()
    assert not proef.page.works_here("zaken.document_toevoegen")


async def test_what_arrived_is_told_once_and_leaves_the_list(proef: Proef) -> None:
    vak = await _opened(proef)
    al = _dossier(proef).lay(ZAAK, "brief.pdf", stand=Toevoegstand.KOPPELT)
    await proef.reads("Wordt toegevoegd")
    for _ in range(2):
        _dossier(proef).change(al.id, stand=Toevoegstand.TOEGEVOEGD)
    await proef.until(lambda: not vak.lijst.isVisible(), "an empty list")
    assert proef.frame.gezegd == ["Toegevoegd: brief"]


async def test_a_new_zaak_takes_documents_before_it_is_made(proef: Proef, tmp_path: Path) -> None:
    vak = Toevoegvak(proef.context)
    concept = Zaakverwijzing("", "", opdracht="concept-1")
    vak.show_zaak(concept, SOORTEN)
    vak.resize(400, 500)
    vak.show()
    vak.take(_files(tmp_path / "brief.pdf"))
    await proef.until(lambda: _dossier(proef).rijen, "the row")
    _dossier(proef).change("b-1", stand=Toevoegstand.GEREED)
    assert "Vul nog aan" in "\n".join(visible_texts(vak)), "of what kind it is"
    _dossier(proef).change("b-1", informatieobjecttype="io-1")
    assert "Klaar: gaat mee met de zaak" in "\n".join(visible_texts(vak))
    assert not vak.bevestig.isVisible()
    vak.close_all()
    vak.close()
    vak.deleteLater()


async def test_new_files_of_the_scanner_are_offered_once_they_stand_still(
    proef: Proef, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("plugins.zaken.scanmap.STILL", 1)
    oud = tmp_path / "oud.pdf"
    oud.write_bytes(b"%PDF-")
    os.utime(oud, (time.time() - 90_000, time.time() - 90_000))
    tasks = TaskScope(proef.frame.report)
    tasks.cancel()  # looked at by hand
    scanmap = Scanmap(str(tmp_path), tasks)
    (tmp_path / "scan1.pdf").write_bytes(b"%PDF-")
    (tmp_path / "scan2.pdf.part").write_bytes(b"%PDF-")
    await scanmap.look()
    assert scanmap.aanbod == []
    (tmp_path / "scan1.pdf").write_bytes(b"%PDF-1.7")
    await scanmap.look()
    assert scanmap.aanbod == []
    await scanmap.look()
    assert scanmap.aanbod == [tmp_path / "scan1.pdf"]
    assert scanmap.take() == [tmp_path / "scan1.pdf"]
    await scanmap.look()
    assert scanmap.aanbod == []
    scanmap.deleteLater()


async def test_a_folder_of_the_scanner_that_is_not_there_is_looked_for_again(
    proef: Proef, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("plugins.zaken.scanmap.STILL", 1)
    monkeypatch.setattr("plugins.zaken.scanmap.AWAY", 1)
    tasks = TaskScope(proef.frame.report)
    scanmap = Scanmap(str(tmp_path / "scan"), tasks)
    await scanmap.look()
    (tmp_path / "scan").mkdir()
    (tmp_path / "scan" / "brief.pdf").write_bytes(b"%PDF-")
    await proef.until(lambda: bool(scanmap.aanbod), "the file of the scanner")
    assert scanmap.aanbod == [tmp_path / "scan" / "brief.pdf"]
    tasks.cancel()
    scanmap.deleteLater()


async def test_a_zaak_waits_for_a_file_that_is_still_being_read(proef: Proef) -> None:
    proef.start()
    mag_lezen = threading.Event()

    def image() -> bytes:
        mag_lezen.wait(30)
        return b"%PNG"

    vak = Toevoegvak(proef.context)
    vak.show()
    vak.show_zaak(Zaakverwijzing("", "", opdracht="c-1"), SOORTEN)
    vak.add([(image, "Foto.png")])
    await proef.until(lambda: vak.presenter.leest, "it to be read")
    assert not vak.check()
    assert vak.fout.isVisible()
    mag_lezen.set()
    await proef.until(lambda: _dossier(proef).rijen, "the row")
    assert vak.check()
    await proef.until(lambda: not vak.fout.isVisible(), "the message to go")
    vak.close_all()
    vak.close()
    vak.deleteLater()


async def test_a_document_is_looked_at_with_keys_alone(proef: Proef) -> None:
    await _opened(proef)
    voorbeeld = FakeVoorbeeld(3)
    _dossier(proef).voorbeeld = voorbeeld
    view = proef.page.dossier.voorbeeld
    lijst = proef.page.detail.documenten.lijst
    lijst.view.setFocus()
    QTest.keyClick(lijst.view, Qt.Key.Key_Return)
    await proef.reads("Bladzijde 1 van 3")
    await proef.until(lambda: not view.blad.pixmap().isNull(), "the page")
    assert voorbeeld.getekend == [(0, view.breedte)]
    assert view.schuif.horizontalScrollBar().maximum() == 0, "all of its width is in sight"
    assert proef.tab.widget.window().focusWidget() is view.schuif, "arrows and page keys go to the page"
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    await proef.reads("Bladzijde 2 van 3")
    await proef.until(lambda: (1, view.breedte) in voorbeeld.getekend, "page 2")
    QTest.keyClick(view, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    await proef.until(lambda: (1, view.breedte * 125 // 100) in voorbeeld.getekend, "page 2 larger")
    QTest.keyClick(view, Qt.Key.Key_Escape)
    await proef.reads("Dit leest de inwoner online")
    await proef.until(lambda: voorbeeld.is_dicht, "the process to be gone")


async def test_text_is_shown_as_text(proef: Proef) -> None:
    await _opened(proef)
    _dossier(proef).voorbeeld = FakeVoorbeeld(tekst="<b>Geachte</b>", is_afgekapt=True)
    proef.page.detail.document_gekozen.emit("d-1")
    view = proef.page.dossier.voorbeeld
    await proef.until(lambda: view.tekst.toPlainText().startswith("<b>Geachte</b>"), "the text")
    assert "De rest staat hier niet" in view.tekst.toPlainText()


async def test_what_is_not_opened_inside_says_so_and_can_be_saved(
    proef: Proef, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    await _opened(proef)
    _dossier(proef).voorbeeld = UserError("Een Word-document wordt hier niet geopend.", advice="Sla het op.")
    monkeypatch.setattr(
        "plugins.zaken.dossierdeel.ask_save", lambda _parent, _titel, naam, chosen: chosen(tmp_path / naam)
    )
    proef.page.detail.document_gekozen.emit("d-1")
    await proef.reads("Een Word-document wordt hier niet geopend.")
    QTest.keyClick(proef.page.dossier.voorbeeld, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    await proef.until(lambda: _dossier(proef).bewaard, "it to be saved")
    assert _dossier(proef).bewaard == [("d-1", tmp_path / "tekening.pdf")]


async def test_a_page_that_cannot_be_drawn_leaves_the_rest(proef: Proef) -> None:
    await _opened(proef)
    voorbeeld = FakeVoorbeeld(2)
    voorbeeld.fout = UserError("Dit bestand kan hier niet worden getoond: het tekenen ervan is gestopt.")
    _dossier(proef).voorbeeld = voorbeeld
    proef.page.detail.document_gekozen.emit("d-1")
    await proef.reads("het tekenen ervan is gestopt")
    await proef.reads("Bladzijde 1 van 2")
    assert not voorbeeld.is_dicht


async def test_pages_turned_in_haste_end_at_the_last_one(proef: Proef) -> None:
    await _opened(proef)
    voorbeeld = FakeVoorbeeld(4)
    voorbeeld.mag_tekenen.clear()
    _dossier(proef).voorbeeld = voorbeeld
    proef.page.detail.document_gekozen.emit("d-1")
    view = proef.page.dossier.voorbeeld
    await proef.until(lambda: voorbeeld.getekend, "the first page to be asked")
    for _ in range(2):
        QTest.keyClick(view, Qt.Key.Key_PageDown)
    voorbeeld.mag_tekenen.set()
    await proef.until(lambda: [blad for blad, _ in voorbeeld.getekend] == [0, 2], "the last page, and no other")
    await proef.until(lambda: not view.blad.pixmap().isNull(), "the page")
    assert proef.page.dossier.presenter.fout is None


async def test_after_a_page_that_cannot_be_drawn_the_next_one_is_shown(proef: Proef) -> None:
    await _opened(proef)
    voorbeeld = FakeVoorbeeld(2)
    voorbeeld.fout = UserError("Deze bladzijde is beschadigd.")
    _dossier(proef).voorbeeld = voorbeeld
    proef.page.detail.document_gekozen.emit("d-1")
    await proef.reads("Deze bladzijde is beschadigd.")
    voorbeeld.fout = None
    view = proef.page.dossier.voorbeeld
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    await proef.until(lambda: not view.blad.pixmap().isNull(), "the second page")
    assert not view.melding.isVisible()


async def test_a_document_that_cannot_be_fetched_is_told(proef: Proef) -> None:
    await _opened(proef)
    _dossier(proef).voorbeeld = Unreachable()
    proef.page.detail.document_gekozen.emit("d-1")
    await proef.reads("De server is niet bereikbaar.")
    assert "d-1" in {row.key for row in proef.page.detail.documenten.lijst.model.rows}


async def test_another_zaak_puts_the_document_away(proef: Proef) -> None:
    await _opened(proef)
    voorbeeld = FakeVoorbeeld(1)
    _dossier(proef).voorbeeld = voorbeeld
    proef.page.detail.document_gekozen.emit("d-1")
    await proef.reads("Bladzijde 1 van 1")
    document = Zaakdocument("d-9", "Brief")
    proef.seat.nep_zaken.beelden["z-3980"] = [zaakbeeld(regel(3980), documenten=(document,))]
    proef.page.lijst.gekozen.emit("z-3980")
    await proef.until(lambda: voorbeeld.is_dicht, "the process to be gone")
    await proef.reads("Dit leest de inwoner online")
    assert [row.key for row in proef.page.detail.documenten.lijst.model.rows] == ["d-9"]
    QApplication.processEvents()
