"""The form of a new zaak: what it asks, what it takes, and what it says at a field."""

from __future__ import annotations

import msgspec
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from kcs_desktop.sdk import (
    Bronstand,
    InvalidInput,
    Nummerstand,
    Verbinding,
    Zaakformulier,
)
from plugins.zaken.aanmaken_pagina import Aanmaakpagina
from plugins.zaken.aanmaken_velden import is_being_typed
from tests.plugins.zaken.aanmaken_proef import MELDING, button, now, press, started, write
from tests.plugins.zaken.proef import Proef
from ui.sdk import Choice, Field, TextField


async def test_the_form_asks_what_the_catalogue_asks(proef: Proef, page: Aanmaakpagina) -> None:
    started(proef, page)
    view = page.formulier
    editors = {naam: type(vraag.editor) for naam, vraag in view.vragen.items()}
    assert "e-plaats" not in editors  # asked once, as the place
    assert editors["e-soort"] is Choice
    assert editors["e-verhaal"] is TextField
    assert editors["e-dag"] is Field
    assert editors["e-talen"] is TextField
    assert "kleurcode" in proef.texts
    assert "Wanneer? (mag leeg)" in proef.texts
    assert "Waar gaat het over?" in proef.texts
    assert "Waar gaat het over? (mag leeg)" not in proef.texts
    assert view.toelichting.isHidden()  # the form has a story of its own
    verhaal = view.vragen["e-verhaal"].editor
    assert isinstance(verhaal, TextField)
    verhaal.edit.setFocus()
    write(proef, "Vijf!")
    assert verhaal.counter.text() == "5 / 20"


async def test_the_number_stays_in_sight_where_the_form_is_scrolled(proef: Proef, page: Aanmaakpagina) -> None:
    proef.tab.widget.resize(700, 420)
    started(proef, page)
    view, bar = page.formulier, page.formulier._scroll.verticalScrollBar()
    await proef.until(
        lambda: bar.maximum() > view.kop.height() and view.kop.nummer.text(), "a form longer than the page"
    )
    bar.setValue(0)
    assert view.strook.isHidden()
    bar.setValue(bar.maximum())
    assert view.strook.isVisible()
    assert view.kop.nummer.text() in view.strook.tekst.text()


async def test_every_answer_reaches_the_draft(proef: Proef, page: Aanmaakpagina) -> None:
    started(proef, page)
    view = page.formulier
    for naam, text in (("e-verhaal", "Spekglad"), ("e-dag", "4-12-2026"), ("e-aantal", "12")):
        view.vragen[naam].focus()
        write(proef, text)
    view.vragen["e-talen"].focus()
    write(proef, "Fries")
    press(proef, "Return")
    write(proef, "Pools")
    soort = view.vragen["e-soort"].editor
    assert isinstance(soort, Choice)
    soort.combo.setCurrentIndex(1)
    soort.combo.activated.emit(1)
    view.vragen["e-soorten"].stops[1].setFocus()
    press(proef, "Space")
    concept = now(page)
    assert concept.waarden("e-verhaal") == ("Spekglad",)
    assert concept.waarden("e-dag") == ("4-12-2026",)
    assert concept.waarden("e-talen") == ("Fries", "Pools")
    assert concept.waarden("e-soort") == ("Glas",)
    assert concept.waarden("e-soorten") == ("B",)


async def test_an_address_is_looked_up_and_taken_with_enter_and_the_remark_goes_with_it(
    proef: Proef, page: Aanmaakpagina
) -> None:
    started(proef, page)
    plaats = page.formulier.plaats
    plaats.focus()
    write(proef, "schelpenlaan 14")
    await proef.until(lambda: plaats.is_offering, "addresses")
    assert "Enter neemt dit over" in plaats.adres.edit.accessibleDescription()
    press(proef, "Down")
    press(proef, "Up")
    press(proef, "Return")
    assert is_being_typed(plaats.opmerking.edit)
    write(proef, "naast het hek")
    await proef.until(lambda: (al := now(page).locatie) and al.toelichting == "naast het hek")
    locatie = now(page).locatie
    assert locatie is not None
    assert (locatie.straat, locatie.huisnummer, locatie.woonplaats) == ("Schelpenlaan", 14, "Proefdam")
    assert not plaats.lijst.isVisible()
    assert plaats.adres.text == "Schelpenlaan 14, Proefdam"


async def test_a_place_that_is_no_address_and_a_bag_that_is_away_are_no_hindrance(
    proef: Proef, page: Aanmaakpagina
) -> None:
    proef.seat.adressen.melding = "Geen verbinding met de BAG. Wat u typt blijft staan als plaats."
    started(proef, page)
    page.formulier.plaats.focus()
    write(proef, "bij de vijver")
    await proef.reads("Geen verbinding met de BAG")
    locatie = now(page).locatie
    assert locatie is not None
    assert locatie.tekst == "bij de vijver"


async def test_what_the_bag_could_not_say_is_asked_again_when_the_connection_is_back(
    proef: Proef, page: Aanmaakpagina
) -> None:
    started(proef, page)
    set_connection(proef, Verbinding.GEEN_VERBINDING)
    proef.seat.adressen.melding = "Geen verbinding met de BAG. Wat u typt blijft staan als plaats."
    plaats = page.formulier.plaats
    plaats.focus()
    write(proef, "schelpenlaan")
    await proef.reads("Geen verbinding met de BAG")
    proef.seat.adressen.melding = ""
    set_connection(proef, Verbinding.VERBONDEN)
    await proef.until(lambda: plaats.is_offering, "addresses")
    assert "Geen verbinding met de BAG" not in proef.texts
    press(proef, "Esc")
    plaats.opmerking.edit.setFocus()
    proef.seat.adressen.melding = "Geen verbinding met de BAG. Wat u typt blijft staan als plaats."
    set_connection(proef, Verbinding.GEEN_VERBINDING)
    plaats.focus()
    write(proef, "a")
    await proef.reads("Geen verbinding met de BAG")
    plaats.opmerking.edit.setFocus()  # whoever typed it is elsewhere in the form by then
    set_connection(proef, Verbinding.VERBONDEN)
    await proef.until(lambda: "Geen verbinding met de BAG" not in proef.texts, "the end of the message")


def set_connection(proef: Proef, stand: Verbinding) -> None:
    proef.seat.verbinding = stand
    proef.seat.verbinding_changed.emit(stand)
    QApplication.processEvents()


async def test_esc_closes_the_addresses_first_and_the_form_after(proef: Proef, page: Aanmaakpagina) -> None:
    started(proef, page)
    plaats = page.formulier.plaats
    plaats.focus()
    write(proef, "schelpenlaan")
    await proef.until(lambda: plaats.is_offering, "addresses")
    press(proef, "Esc")
    assert not plaats.lijst.isVisible()
    assert is_being_typed(plaats.adres.edit)
    press(proef, "Esc")
    assert not is_being_typed(plaats.adres.edit)
    assert page.presenter.concept is not None  # what was begun stays


async def test_the_number_is_large_is_copied_and_says_when_it_follows(proef: Proef, page: Aanmaakpagina) -> None:
    concept = started(proef, page)
    assert "Nummer komt" in proef.texts
    proef.seat.zaakaanmaken.number(concept.id, "ZAAK-2026-0000042")
    await proef.reads("ZAAK-2026-0000042")
    assert "noem dit nummer nu" in proef.texts
    kop = page.formulier.kop
    assert kop.nummer.font().pixelSize() == proef.context.theme.font("titel").pixelSize()
    button(proef, "Zaaknummer kopiëren").click()
    assert QGuiApplication.clipboard().text() == "ZAAK-2026-0000042"
    volgt = msgspec.structs.replace(now(page), nummer="", nummerstand=Nummerstand.VOLGT)
    proef.seat.zaakaanmaken.lay(volgt)
    await proef.reads("Het nummer komt vanzelf")
    assert not kop.kopieer.isVisible()


async def test_the_knip_says_on_one_line_who_does_what_and_where(proef: Proef, page: Aanmaakpagina) -> None:
    started(proef, page)
    assert "1e lijn: stap 1, daarna Groen en Reiniging · Buitendienst" in proef.texts


async def test_what_is_missing_is_told_at_its_field_with_the_cursor_in_the_first(
    proef: Proef, page: Aanmaakpagina
) -> None:
    concept = started(proef, page)
    proef.seat.zaakaanmaken.klachten[concept.id] = [
        InvalidInput("Vul in waar het is.", field="locatie", code="verplicht"),
        InvalidInput("Vul dit in.", field="eigenschappen.e-plaats", code="verplicht"),
        InvalidInput("Deze datum bestaat niet.", field="eigenschappen.e-dag", code="waarde"),
    ]
    view = page.formulier
    view.vragen["e-dag"].focus()
    write(proef, "31-2")
    assert view.vragen["e-dag"].error == ""  # not while it is typed
    dag = view.vragen["e-dag"].editor
    assert isinstance(dag, Field)
    dag.left.emit()
    assert view.vragen["e-dag"].error == "Deze datum bestaat niet."
    assert view.plaats.error == ""  # an empty field is asked for when making only
    press(proef, "Ctrl+Return")
    assert view.plaats.error == "Vul in waar het is."
    assert is_being_typed(view.plaats.adres.edit)
    assert proef.seat.nep_outbox.rijen == []
    proef.seat.zaakaanmaken.klachten[concept.id] = []
    write(proef, "x")
    assert view.plaats.error == ""


async def test_a_draft_that_is_opened_again_tells_what_is_wrong_in_what_was_filled_in(
    proef: Proef, page: Aanmaakpagina
) -> None:
    concept = started(proef, page)
    view = page.formulier
    proef.seat.zaakaanmaken.klachten[concept.id] = [
        InvalidInput("Vul dit in.", field="eigenschappen.e-soort", code="verplicht"),
        InvalidInput("Vul ook de tijd in.", field="eigenschappen.e-dag", code="waarde"),
    ]
    view.vragen["e-dag"].focus()
    write(proef, "26-11-2026")
    press(proef, "Esc")
    page.presenter.put_away()
    page.keuze.lijst.select(f"concept:{concept.id}")
    press(proef, "Return")
    page.beeld.finish()
    assert view.vragen["e-dag"].error == "Vul ook de tijd in."
    assert view.vragen["e-soort"].error == ""  # an empty field is asked for when making only
    editor = view.vragen["e-dag"].editor
    assert isinstance(editor, Field)
    assert editor.text == "26-11-2026"


async def test_of_another_draft_only_what_was_filled_in_is_told(proef: Proef, page: Aanmaakpagina) -> None:
    eerste = started(proef, page)
    andere = proef.seat.zaakaanmaken.start(MELDING.uuid)
    page.presenter.show(eerste.id)
    page.beeld.finish()
    leeg = InvalidInput("Vul dit in.", field="eigenschappen.e-soort", code="verplicht")
    proef.seat.zaakaanmaken.klachten[eerste.id] = [leeg]
    press(proef, "Ctrl+Return")
    assert page.formulier.vragen["e-soort"].error == "Vul dit in."
    proef.seat.zaakaanmaken.klachten[andere.id] = [
        leeg,
        InvalidInput("Dit getal is te groot.", field="eigenschappen.e-aantal", code="waarde"),
    ]
    page.restore(page.state().replace(eerste.id, andere.id))
    page.beeld.finish()
    assert now(page).id == andere.id
    assert page.formulier.vragen["e-aantal"].error == "Dit getal is te groot."
    assert page.formulier.vragen["e-soort"].error == ""


async def test_what_belongs_to_no_field_stands_above_the_form(proef: Proef, page: Aanmaakpagina) -> None:
    concept = started(proef, page)
    klacht = InvalidInput("Kies eerst voor wie deze zaak is.", field="klant", code="verplicht")
    proef.seat.zaakaanmaken.klachten[concept.id] = [klacht]
    press(proef, "Ctrl+Return")
    await proef.reads("Kies eerst voor wie deze zaak is.")
    assert "Ctrl K" in proef.texts


async def test_a_form_that_is_still_being_read_cannot_be_sent(proef: Proef, page: Aanmaakpagina) -> None:
    proef.seat.zaakaanmaken.formulieren[MELDING.uuid] = Zaakformulier(MELDING.uuid, stand=Bronstand.LAADT)
    started(proef, page)
    await proef.reads("De vragen worden opgehaald")
    assert not page.formulier.aanmaken.isEnabled()


async def test_every_field_and_button_has_a_name(proef: Proef, page: Aanmaakpagina) -> None:
    started(proef, page, nummer="ZAAK-1", nummerstand=Nummerstand.BEKEND)
    kinds: tuple[type[QWidget], ...] = (QAbstractButton,)
    for kind in kinds:
        unnamed = [al for al in page.widget.findChildren(kind) if al.isVisible() and not al.accessibleName()]
        assert unnamed == []
    view = page.formulier
    for vraag in view.vragen.values():
        assert vraag.stops[0].accessibleName()
    assert view.kop.nummer.accessibleName() == "Zaaknummer ZAAK-1"


async def test_tab_goes_through_the_form_as_it_is_read(proef: Proef, page: Aanmaakpagina) -> None:
    started(proef, page)
    view = page.formulier
    view.plaats.focus()
    seen: list[QWidget | None] = []
    for _ in range(4):
        press(proef, "Tab")
        seen.append(proef.tab.widget.window().focusWidget())
    soort, verhaal, dag = (view.vragen[naam].stops[0] for naam in ("e-soort", "e-verhaal", "e-dag"))
    assert seen == [view.plaats.opmerking.edit, soort, verhaal, dag]


async def test_on_a_narrow_page_list_and_form_take_turns(proef: Proef, page: Aanmaakpagina) -> None:
    proef.tab.widget.resize(500, 800)
    await proef.until(lambda: not page.midden.isVisible(), "the list alone")
    assert page.keuze.isVisible()
    concept = started(proef, page)
    await proef.until(lambda: not page.keuze.isVisible(), "the form alone")
    assert page.formulier.isVisible()
    button(proef, "Terug naar de lijst").click()
    await proef.until(page.keuze.isVisible, "the list")
    assert not page.midden.isVisible()
    assert proef.seat.zaakaanmaken.concepten == (concept,)  # what was begun stays
