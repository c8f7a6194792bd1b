"""The documents of a zaak as an employee meets them: adding, and what each is at."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest

from kcs_desktop.sdk import InvalidInput, Toevoegstand, UserError, Verbinding, Zaakdocument, Zaakverwijzing
from plugins.zaken import rijen
from plugins.zaken.toevoegvak import Toevoegvak
from tests.harness.klembord import mime_of
from tests.harness.leesbaar import visible_texts
from tests.harness.seat_dossier import SOORTEN
from tests.plugins.zaken.dossier_proef import ZAAK, opened
from tests.plugins.zaken.proef import Proef


async def test_files_are_added_with_title_kind_and_confidentiality_proposed(proef: Proef, tmp_path: Path) -> None:
    vak = await opened(proef)
    await proef.until(lambda: vak.presenter.soorten, "the kinds of document")
    assert vak.take(mime_of(tmp_path / "situatietekening.pdf", tmp_path / "foto.png"))
    await proef.until(lambda: len(proef.seat.dossier.rijen) == 2, "two rows")
    await proef.reads("2 documenten toevoegen")
    assert vak.titel.text == "situatietekening"
    assert vak.soort.value == "io-1"
    assert vak.vertrouwelijk.value == "openbaar"
    vak.confirm()
    assert proef.seat.dossier.bevestigd == ["b-1", "b-2"]
    await proef.until(lambda: not vak.bevestig.isVisible(), "nothing to confirm")


async def test_a_kind_that_the_name_does_not_speak_of_is_asked(proef: Proef, tmp_path: Path) -> None:
    vak = await opened(proef)
    await proef.until(lambda: vak.presenter.soorten, "the kinds of document")
    vak.take(mime_of(tmp_path / "brief.pdf"))
    window = proef.tab.widget.window()
    await proef.until(lambda: proef.seat.dossier.rijen and vak.velden.isVisible(), "the fields")
    await proef.until(lambda: window.focusWidget() is vak.soort.combo, "the cursor in what is missing")
    assert vak.soort.value == ""
    line = vak.soort.combo.lineEdit()
    assert line is not None
    line.setText("situatietekening")
    QTest.keyClick(line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    await proef.until(lambda: proef.seat.dossier.bevestigd, "it to be confirmed")
    assert proef.seat.dossier.rijen["b-1"].informatieobjecttype == "io-1"
    assert proef.seat.dossier.rijen["b-1"].vertrouwelijkheidaanduiding == "zaakvertrouwelijk"


async def test_a_kind_that_was_half_typed_is_not_of_the_next_document(proef: Proef, tmp_path: Path) -> None:
    vak = await opened(proef)
    await proef.until(lambda: vak.presenter.soorten, "the kinds of document")
    vak.take(mime_of(tmp_path / "brief.pdf", tmp_path / "nota.pdf"))
    await proef.until(lambda: len(proef.seat.dossier.rijen) == 2 and vak.velden.isVisible(), "the fields")
    line = vak.soort.combo.lineEdit()
    assert line is not None
    line.setFocus()
    line.setText("aans")
    QTest.keyClick(line, Qt.Key.Key_Tab)
    assert (line.text(), vak.soort.error) == ("aans", "Dit staat niet in de lijst.")
    proef.seat.dossier.change("b-1", titel="Brief van de buren")
    assert line.text() == "aans", "it is the same document"
    vak.titel.edit.setFocus()
    vak.confirm()
    assert (proef.seat.dossier.bevestigd, vak.check()) == ([], False)
    assert vak.window().focusWidget() is vak.soort.combo
    vak.lijst.select("b-2")
    assert (line.text(), vak.soort.error) == ("", "")


async def test_what_was_chosen_before_the_kinds_came_gets_none_by_guess(proef: Proef) -> None:
    for naam in ("brief.pdf", "foto van de tuin.png"):
        proef.seat.dossier.lay(ZAAK, naam, stand=Toevoegstand.GEREED)
    vak = await opened(proef)
    await proef.until(lambda: vak.presenter.soorten, "the kinds of document")
    assert [al.informatieobjecttype for al in proef.seat.dossier.rijen.values()] == ["", "io-2"]


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
    vak = await opened(proef)
    await proef.until(lambda: vak.presenter.soorten, "the kinds of document")
    vak.take(mime_of(tmp_path / "tekening.pdf"))
    await proef.until(vak.velden.isVisible, "the fields")
    vak.soort.chosen.emit("io-1")
    assert proef.seat.dossier.rijen["b-1"].vertrouwelijkheidaanduiding == "zaakvertrouwelijk"


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
    vak = await opened(proef)
    proef.seat.dossier.lay(ZAAK, "brief.pdf", stand=stand, **velden)
    for woord in woorden:
        await proef.reads(woord)
    assert vak.opnieuw.isVisible() is (stand is Toevoegstand.MISLUKT)


async def test_what_failed_is_tried_again_and_what_is_not_wanted_goes(proef: Proef) -> None:
    vak = await opened(proef)
    proef.seat.dossier.lay(ZAAK, "brief.pdf", stand=Toevoegstand.MISLUKT)
    await proef.until(vak.opnieuw.isVisible, "the button")
    vak.opnieuw.click()
    assert proef.seat.dossier.rijen["b-1"].stand is Toevoegstand.WACHT
    vak.lijst.view.setFocus()
    QTest.keyClick(vak.lijst.view, Qt.Key.Key_Delete)
    assert proef.seat.dossier.rijen == {}


async def test_of_what_was_set_apart_it_says_that_nobody_knows_and_it_can_only_go_again(proef: Proef) -> None:
    vak = await opened(proef)
    velden = {"bevestigd": True, "is_apart": True, "reden": "Niet verwerkt."}
    proef.seat.dossier.lay(ZAAK, "brief.pdf", stand=Toevoegstand.KOPPELT, **velden)
    await proef.reads("Niet bekend of het is toegevoegd")
    assert "Niet verwerkt." in proef.texts
    assert vak.opnieuw.isVisible()
    assert not vak.weg.isVisible()
    assert not vak.velden.isVisible()


async def test_what_failed_before_it_was_added_stands_beside_what_still_waits(proef: Proef) -> None:
    vak = await opened(proef)
    proef.seat.dossier.lay(ZAAK, "een.pdf", stand=Toevoegstand.GEREED)
    proef.seat.dossier.lay(ZAAK, "twee.pdf", stand=Toevoegstand.GEREED)
    await proef.until(vak.velden.isVisible, "the fields")
    proef.seat.dossier.change("b-1", stand=Toevoegstand.MISLUKT)
    await proef.until(vak.opnieuw.isVisible, "what can be tried again")
    for part in (vak.velden, vak.bevestig, vak.weg, vak.opnieuw):
        assert part.isVisible()


async def test_what_is_removed_gives_its_place_to_the_next_and_the_key_to_the_list(proef: Proef) -> None:
    vak = await opened(proef)
    for naam in ("een.pdf", "twee.pdf", "drie.pdf"):
        proef.seat.dossier.lay(ZAAK, naam, stand=Toevoegstand.GEREED)
    await proef.until(lambda: len(proef.seat.dossier.rijen) == 3 and vak.weg.isVisible(), "three rows")
    vak.lijst.select("b-2")
    vak.weg.setFocus()
    QTest.keyClick(vak.weg, Qt.Key.Key_Return)
    assert list(proef.seat.dossier.rijen) == ["b-1", "b-3"]
    assert vak.window().focusWidget() is vak.lijst.view, "a second Enter removes nothing"
    assert (vak.lijst.selected, vak.titel.text) == ("b-3", "drie")
    QTest.keyClick(vak.lijst.view, Qt.Key.Key_Delete)
    assert (list(proef.seat.dossier.rijen), vak.titel.text) == (["b-1"], "een")


async def test_delete_in_the_list_goes_on_to_the_next_and_not_back_to_the_first(proef: Proef) -> None:
    vak = await opened(proef)
    for naam in ("een.pdf", "twee.pdf", "drie.pdf", "vier.pdf"):
        proef.seat.dossier.lay(ZAAK, naam, stand=Toevoegstand.GEREED)
    await proef.until(lambda: len(proef.seat.dossier.rijen) == 4 and vak.weg.isVisible(), "four rows")
    vak.window().activateWindow()
    await proef.until(vak.window().isActiveWindow, "the window")
    vak.lijst.select("b-3")
    vak.lijst.setFocus()
    assert vak.lijst.view.hasFocus()
    QTest.keyClick(vak.lijst.view, Qt.Key.Key_Delete)
    assert (vak.lijst.selected, vak.titel.text) == ("b-4", "vier")


async def test_the_key_that_removes_is_shown_where_it_does_so(proef: Proef) -> None:
    vak = await opened(proef)
    proef.seat.dossier.lay(ZAAK, "een.pdf", stand=Toevoegstand.GEREED)
    await proef.until(vak.weg.isVisible, "the button")
    vak.window().activateWindow()
    await proef.until(vak.window().isActiveWindow, "the window")
    shown: list[bool] = []
    for place in (vak.titel.edit, vak.kies):
        place.setFocus()
        shown.append(vak.weg.shows_key)
    assert shown == [False, True], "in a text it takes away letters"
    QTest.keyClick(vak.kies, Qt.Key.Key_Delete)
    assert proef.seat.dossier.rijen == {}


async def test_what_cannot_be_taken_is_told_and_the_rest_goes_on(proef: Proef, tmp_path: Path) -> None:
    vak = await opened(proef)
    proef.seat.dossier.weigeringen["virus.exe"] = UserError("virus.exe: Dit is een programma.")
    vak.take(mime_of(tmp_path / "virus.exe", tmp_path / "brief.pdf"))
    await proef.reads("virus.exe: Dit is een programma.")
    assert [al.naam for al in proef.seat.dossier.rijen.values()] == ["brief.pdf"]


@pytest.mark.parametrize(
    ("goed", "verder"),
    [
        ([], "Er is niets toegevoegd."),
        (["een.pdf"], "Het andere bestand is wel toegevoegd."),
        (["een.pdf", "twee.pdf"], "De andere bestanden zijn wel toegevoegd."),
    ],
)
async def test_beside_what_is_refused_it_says_what_was_added(
    proef: Proef, tmp_path: Path, goed: list[str], verder: str
) -> None:
    vak = await opened(proef)
    proef.seat.dossier.weigeringen = {
        "virus.exe": UserError("virus.exe: Dit is een programma."),
        "weg.pdf": UserError("weg.pdf kan niet worden gelezen.", advice="Controleer of het bestand er nog is."),
    }
    vak.take(mime_of(*(tmp_path / naam for naam in ("virus.exe", *goed, "weg.pdf"))))
    await proef.reads("virus.exe: Dit is een programma. weg.pdf kan niet worden gelezen.")
    assert vak.presenter.fout is not None
    assert vak.presenter.fout.advice == f"Controleer of het bestand er nog is. {verder}"
    await proef.reads(verder)


async def test_a_missing_kind_gets_the_cursor(proef: Proef, monkeypatch: pytest.MonkeyPatch) -> None:
    vak = await opened(proef)
    proef.seat.dossier.lay(ZAAK, "brief.pdf", stand=Toevoegstand.GEREED)
    await proef.until(vak.bevestig.isVisible, "the button")

    def refuse(_namen: object) -> None:
        raise InvalidInput("Kies wat voor document dit is.", field="b-1.informatieobjecttype")

    monkeypatch.setattr(proef.seat.dossier, "confirm", refuse)
    vak.confirm()
    await proef.reads("Kies wat voor document dit is.")


async def test_an_image_on_the_clipboard_is_pasted_as_a_file(proef: Proef) -> None:
    vak = await opened(proef)
    image = QImage(12, 8, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    mime = QMimeData()
    mime.setImageData(image)
    QGuiApplication.clipboard().setMimeData(mime)
    assert vak.paste()
    await proef.until(lambda: proef.seat.dossier.rijen, "the row")
    assert next(iter(proef.seat.dossier.rijen.values())).naam.startswith("Afbeelding 2026-11-24")
    QGuiApplication.clipboard().clear()


async def test_text_on_the_clipboard_adds_nothing(proef: Proef) -> None:
    vak = await opened(proef)
    QGuiApplication.clipboard().setText("alleen tekst")
    assert not vak.paste()
    await proef.reads("Er is niets om te plakken.")
    assert proef.tab.widget.window().focusWidget() is vak.fout
    QTest.keyClick(vak.fout, Qt.Key.Key_Escape)
    assert proef.page.detail.documenten.lijst.view is proef.tab.widget.window().focusWidget()
    QGuiApplication.clipboard().clear()


async def test_who_went_on_meanwhile_keeps_the_cursor(proef: Proef) -> None:
    vak = await opened(proef)
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
    vak = await opened(proef)
    proef.page.detail.document_gekozen.emit("d-1")
    await proef.reads("Bladzijde 1 van 3")
    QGuiApplication.clipboard().setText("alleen tekst")
    proef.page.paste_document()
    await proef.until(vak.fout.isVisible, "the refusal")
    assert "Bladzijde 1 van 3" not in proef.texts
    QGuiApplication.clipboard().clear()


async def test_once_all_arrived_the_cursor_is_among_the_documents(proef: Proef, tmp_path: Path) -> None:
    vak = await opened(proef)
    await proef.until(lambda: vak.presenter.soorten, "the kinds of document")
    vak.take(mime_of(tmp_path / "foto.png"))
    await proef.until(lambda: proef.tab.widget.window().focusWidget() is vak.titel.edit, "the cursor in the title")
    QTest.keyClick(vak.titel.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert proef.seat.dossier.bevestigd == ["b-1"]
    assert proef.tab.widget.window().focusWidget() is vak.lijst.view
    proef.seat.dossier.change("b-1", stand=Toevoegstand.TOEGEVOEGD)
    assert proef.tab.widget.window().focusWidget() is proef.page.detail.documenten.lijst.view


@pytest.mark.parametrize("plek", ["weg", "bevestig", "titel"])
async def test_a_cursor_in_what_goes_away_stays_with_the_document(proef: Proef, plek: str) -> None:
    al = proef.seat.dossier.lay(ZAAK, "foto.png", stand=Toevoegstand.GEREED, informatieobjecttype="io-2")
    vak = await opened(proef)
    await proef.until(vak.velden.isVisible, "the fields")
    {"weg": vak.weg, "bevestig": vak.bevestig, "titel": vak.titel.edit}[plek].setFocus()
    proef.seat.dossier.change(al.id, bevestigd=True, stand=Toevoegstand.KOPPELT)  # as it does by itself after a wait
    assert proef.tab.widget.window().focusWidget() is vak.lijst.view
    proef.seat.dossier.change(al.id, stand=Toevoegstand.TOEGEVOEGD)
    assert proef.tab.widget.window().focusWidget() is proef.page.detail.documenten.lijst.view


async def test_without_a_connection_it_is_said_beforehand(proef: Proef) -> None:
    await opened(proef)
    proef.seat.verbinding = Verbinding.GEEN_VERBINDING
    proef.seat.verbinding_changed.emit(proef.seat.verbinding)
    await proef.reads("Documenten worden hier bewaard en vanzelf verstuurd")
    assert proef.page.works_here("zaken.document_toevoegen")


async def test_who_may_not_add_sees_no_place_for_it(proef: Proef) -> None:
    proef.seat.dossier.mag = False
    vak = await opened(proef)
    assert not vak.isVisible()
    assert not proef.page.works_here("zaken.document_toevoegen")


async def test_what_arrived_is_told_once_and_leaves_the_list(proef: Proef) -> None:
    vak = await opened(proef)
    al = proef.seat.dossier.lay(ZAAK, "brief.pdf", stand=Toevoegstand.KOPPELT)
    await proef.reads("Wordt toegevoegd")
    for _ in range(2):
        proef.seat.dossier.change(al.id, stand=Toevoegstand.TOEGEVOEGD)
    await proef.until(lambda: not vak.lijst.isVisible(), "an empty list")
    assert proef.frame.gezegd == ["Toegevoegd: brief"]


async def test_a_new_zaak_takes_documents_before_it_is_made(proef: Proef, tmp_path: Path) -> None:
    vak = Toevoegvak(proef.context)
    concept = Zaakverwijzing("", "", opdracht="concept-1")
    vak.show_zaak(concept, SOORTEN)
    vak.resize(400, 500)
    vak.show()
    vak.take(mime_of(tmp_path / "brief.pdf"))
    await proef.until(lambda: proef.seat.dossier.rijen, "the row")
    proef.seat.dossier.change("b-1", stand=Toevoegstand.GEREED)
    assert "Vul nog aan" in "\n".join(visible_texts(vak)), "of what kind it is"
    proef.seat.dossier.change("b-1", informatieobjecttype="io-1")
    assert "Klaar: gaat mee met de zaak" in "\n".join(visible_texts(vak))
    assert not vak.bevestig.isVisible()
    vak.close_all()
    vak.close()
    vak.deleteLater()


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
    await proef.until(lambda: proef.seat.dossier.rijen, "the row")
    assert vak.check()
    await proef.until(lambda: not vak.fout.isVisible(), "the message to go")
    vak.close_all()
    vak.close()
    vak.deleteLater()
