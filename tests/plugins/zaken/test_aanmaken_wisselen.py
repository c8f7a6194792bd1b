"""From one draft to another while the cursor stays where it is: nothing of the one ends up in the other."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kcs_desktop.sdk import Adresantwoord, Contact, Locatie, Veldsoort, Zaakformulier
from kcs_desktop.sdk import Formulierveld as Veld
from plugins.zaken.aanmaken_pagina import Aanmaakpagina
from tests.harness.seat_zaakaanmaken import keuze
from tests.plugins.zaken.proef import JOHANNA, Proef
from ui.sdk import Field, TextField

MELDING = keuze()
VELDEN = (
    Veld("e-plaats", "locatie", "Waar is het?", Veldsoort.TEKST, verplicht=True, lengte=255),
    Veld("e-dag", "dag", "Wanneer?", Veldsoort.DATUM),
)


def page_of(proef: Proef) -> Aanmaakpagina:
    proef.seat.zaakaanmaken.formulieren[MELDING.uuid] = Zaakformulier(
        MELDING.uuid, MELDING.naam, VELDEN, met_locatie=True
    )
    page = proef.tab.show_making()
    assert page is not None
    proef.tab.widget.activateWindow()
    QApplication.processEvents()
    return page


def begun(proef: Proef, page: Aanmaakpagina) -> tuple[Contact, str]:
    """Another contact, with a draft of its own in sight."""
    contact = proef.seat.nep_contacten.start(klant=JOHANNA)
    proef.tab.contact_activated(contact)
    page.start(MELDING.uuid)
    page.beeld.finish()
    QApplication.processEvents()
    assert page.presenter.concept is not None
    return contact, page.presenter.concept.id


def fields_of(page: Aanmaakpagina) -> list[Field | TextField]:
    view = page.formulier
    return [view.plaats.adres, view.plaats.opmerking, view.omschrijving, view.toelichting]


def written(field: Field | TextField, text: str) -> None:
    field.edit.setFocus()
    QTest.keyClicks(field.edit, text)
    QApplication.processEvents()


async def test_what_is_typed_for_one_draft_never_stands_under_another(proef: Proef) -> None:
    page = page_of(proef)
    aan = proef.seat.zaakaanmaken
    first, een = begun(proef, page)
    second, twee = begun(proef, page)
    for place, field in enumerate(fields_of(page)):
        proef.tab.contact_activated(second)
        QApplication.processEvents()
        written(field, f"van de tweede {place}")
        kept = aan.concept(twee)
        proef.tab.contact_activated(first)  # by a key: the cursor stays in the field
        QApplication.processEvents()
        assert field.text == ""
        QTest.keyClicks(field.edit, "x")
        QApplication.processEvents()
        assert aan.concept(twee) == kept
    concept = aan.concept(een)
    assert concept is not None
    assert (concept.omschrijving, concept.toelichting) == ("x", "x")
    assert concept.locatie == Locatie(toelichting="x, x")


async def test_a_key_before_the_form_was_drawn_changes_no_draft(proef: Proef) -> None:
    page = page_of(proef)
    aan = proef.seat.zaakaanmaken
    first, een = begun(proef, page)
    begun(proef, page)
    before = [*aan.concepten]
    proef.tab.contact_activated(first)
    for field in fields_of(page):
        field.edit.setFocus()
        QTest.keySequence(field.edit, QKeySequence("x"))
    assert [*aan.concepten] == before
    QApplication.processEvents()
    assert page.formulier.concept == een
    assert [field.text for field in fields_of(page)] == ["", "", "", ""]


async def test_a_key_before_the_form_was_drawn_sends_and_cancels_no_draft(proef: Proef) -> None:
    page = page_of(proef)
    first, een = begun(proef, page)
    _second, twee = begun(proef, page)
    proef.tab.contact_activated(first)
    page.create()
    page.cancel()
    assert proef.seat.nep_outbox.rijen == []
    assert [al.id for al in proef.seat.zaakaanmaken.concepten] == [een, twee]


async def test_a_place_in_words_and_its_remark_stay_apart_while_they_are_typed(proef: Proef) -> None:
    page = page_of(proef)
    begun(proef, page)
    plaats = page.formulier.plaats
    for field, text in ((plaats.adres, "bij de vijver"), (plaats.opmerking, "hek")):
        for letter in text:
            written(field, letter)
    assert (plaats.adres.text, plaats.opmerking.text) == ("bij de vijver", "hek")
    assert page.presenter.concept is not None
    assert page.presenter.concept.locatie == Locatie(toelichting="bij de vijver, hek")


async def test_what_the_bag_said_of_one_draft_is_not_said_of_another(proef: Proef) -> None:
    page = page_of(proef)
    first, _een = begun(proef, page)
    begun(proef, page)
    plaats = page.formulier.plaats
    plaats.focus()
    plaats.show_answer(Adresantwoord(melding="De BAG antwoordt niet."))
    assert "De BAG antwoordt niet." in proef.texts
    proef.tab.contact_activated(first)
    QApplication.processEvents()
    assert "De BAG antwoordt niet." not in proef.texts
