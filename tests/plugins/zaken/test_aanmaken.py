"""Making a zaak in the Zaken tab: chosen by typing, filled in, sent by one key, and never lost."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from kcs_desktop.sdk import (
    Bezwaar,
    Bronstand,
    Catalogus,
    Conceptstand,
    Contact,
    Doorverwijzing,
    Formulierveld,
    InvalidInput,
    Nummerstand,
    Product,
    Resultaat,
    Veldsoort,
    Verbinding,
    Zaakconcept,
    Zaakformulier,
    Zaaktypenlijst,
)
from plugins.zaken import aanmaken_commands as commands
from plugins.zaken.aanmaken_pagina import Aanmaakpagina
from plugins.zaken.aanmaken_velden import is_being_typed
from plugins.zaken.view import create_tab
from tests.harness.seat_zaakaanmaken import keuze
from tests.harness.seat_zaken import regel
from tests.plugins.zaken.proef import JOHANNA, Proef
from ui.sdk import Choice, Field, TextField

MELDING = keuze()
WMO = keuze(
    "Wmo-voorziening", doorverwijzing=Doorverwijzing("Wmo-loket", ("naam", "telefoonnummer"), "Warm verbinden.")
)
VERHUIZING = keuze("Verhuizing doorgeven")
VELDEN = (
    Formulierveld("e-soort", "soort", "Waar gaat het over?", Veldsoort.KEUZE, verplicht=True, keuzes=("Gft", "Glas")),
    Formulierveld("e-plaats", "locatie", "Waar is het?", Veldsoort.TEKST, verplicht=True, lengte=255),
    Formulierveld("e-verhaal", "omschrijving", "Wat is er aan de hand?", Veldsoort.TEKSTVAK, lengte=20, verplicht=True),
    Formulierveld("e-dag", "dag", "Wanneer?", Veldsoort.DATUM),
    Formulierveld("e-aantal", "aantal", "Hoeveel?", Veldsoort.GETAL, lengte=3),
    Formulierveld("e-kleur", "kleur", "Welke kleur?", opmerking="De catalogus vraagt om “kleurcode”."),
    Formulierveld("e-talen", "talen", "Welke talen?", meer=True),
    Formulierveld("e-soorten", "soorten", "Welke?", Veldsoort.KEUZE, keuzes=("A", "B"), meer=True),
)
FORM = Zaakformulier(MELDING.uuid, MELDING.naam, VELDEN, met_locatie=True)


@pytest.fixture
def page(proef: Proef) -> Aanmaakpagina:
    """The page with three things to choose, one of which is done elsewhere."""
    aan = proef.seat.zaakaanmaken
    proef.seat.catalogus = Catalogus(producten=(Product("Kadastrale gegevens", "Bouwen", "Bouwen"),))
    aan.verwijzingen["Kadastrale gegevens"] = Doorverwijzing("Kadaster", toelichting="De klant vraagt dit zelf aan.")
    aan.catalogus = Zaaktypenlijst((MELDING, WMO, VERHUIZING), proef.seat.now())
    aan.formulieren[MELDING.uuid] = FORM
    found = proef.tab.show_making()
    assert found is not None
    proef.tab.widget.activateWindow()
    QApplication.processEvents()
    return found


def remade(proef: Proef) -> None:
    """The tab of another role is made anew."""
    proef.tab.close()
    proef.tab.widget.close()
    proef.tab = create_tab(proef.context)
    proef.tab.widget.resize(1100, 900)
    proef.tab.widget.show()


def press(proef: Proef, keys: str) -> None:
    window = proef.tab.widget.window()
    QTest.keySequence(window.focusWidget() or window, QKeySequence(keys))
    QApplication.processEvents()


def write(proef: Proef, text: str) -> None:
    target = proef.tab.widget.window().focusWidget()
    assert target is not None
    QTest.keyClicks(target, text)
    QApplication.processEvents()


def button(proef: Proef, naam: str) -> QAbstractButton:
    found = [al for al in proef.tab.widget.findChildren(QAbstractButton) if al.accessibleName() == naam]
    assert [al for al in found if al.isVisible()], naam
    return next(al for al in found if al.isVisible())


def contact(proef: Proef, **vraag: Any) -> Contact:
    """A contact of Johanna, whose vraag is so."""
    made = proef.seat.nep_contacten.start(klant=JOHANNA)
    if vraag:
        made = proef.seat.nep_contacten.change_vraag(made.id, made.vraag.id, **vraag)
    proef.tab.contact_activated(made)
    return made


def started(proef: Proef, page: Aanmaakpagina, **velden: Any) -> Zaakconcept:
    """A draft of a melding, in sight."""
    page.start(MELDING.uuid)
    found = page.presenter.concept
    assert found is not None
    if velden:
        found = proef.seat.zaakaanmaken.lay(msgspec.structs.replace(found, **velden))
    QApplication.processEvents()
    return found


def now(page: Aanmaakpagina) -> Zaakconcept:
    assert page.presenter.concept is not None
    return page.presenter.concept


async def test_a_zaak_is_chosen_by_typing_and_enter_begins_the_best(proef: Proef, page: Aanmaakpagina) -> None:
    contact(proef)
    page.begin()
    write(proef, "verhuizing")
    assert "Verhuizing doorgeven" in proef.texts
    assert "Melding openbare ruimte" not in proef.texts
    press(proef, "Return")
    assert now(page).zaaktype == VERHUIZING.uuid
    assert now(page).contact == proef.seat.nep_contacten.open[0].id


async def test_the_product_of_the_vraag_leads_to_its_form_at_once(proef: Proef, page: Aanmaakpagina) -> None:
    contact(proef, product="Melding openbare ruimte")
    commands.begin(proef.context)
    assert proef.seat.zaakaanmaken.begonnen == [(MELDING.uuid, now(page).contact, "Melding openbare ruimte")]
    assert is_being_typed(page.formulier.plaats.adres.edit)
    page.presenter.put_away()
    commands.begin(proef.context)  # goes on with what was begun for this vraag
    assert len(proef.seat.zaakaanmaken.begonnen) == 1


async def test_without_a_contact_one_starts_for_the_customer_in_sight(proef: Proef, page: Aanmaakpagina) -> None:
    proef.frame.klant = JOHANNA
    page.start(MELDING.uuid)
    (made,) = proef.seat.nep_contacten.open
    assert made.klant == JOHANNA
    assert now(page).contact == made.id
    assert made.vraag.onderwerp == "Melding openbare ruimte"
    assert made.vraag.afdeling == "Groen en Reiniging"


async def test_what_the_vraag_says_already_stays(proef: Proef, page: Aanmaakpagina) -> None:
    contact(proef, onderwerp="Iets anders")
    page.start(MELDING.uuid)
    assert proef.seat.nep_contacten.open[0].vraag.onderwerp == "Iets anders"


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


async def test_a_suspected_double_is_told_before_making_and_can_be_opened(proef: Proef, page: Aanmaakpagina) -> None:
    contact(proef)
    concept = started(proef, page)
    proef.seat.zaakaanmaken.dubbel[concept.id] = (regel(4127, "Melding openbare ruimte"),)
    proef.seat.zaakaanmaken.lay(now(page))
    await proef.reads("Misschien al gemeld")
    button(proef, "Die zaak openen").click()
    assert [al.identificatie for al in proef.frame.zaken] == [regel(4127).verwijzing.identificatie]


@pytest.mark.parametrize("keys", ["Return", "Ctrl+Return"])
async def test_one_key_sends_it_and_the_employee_is_free(proef: Proef, page: Aanmaakpagina, keys: str) -> None:
    contact(proef)
    concept = started(proef, page, nummer="ZAAK-1", nummerstand=Nummerstand.BEKEND)
    page.formulier.vragen["e-dag"].focus()
    press(proef, keys)
    assert [rij.opdracht.id for rij in proef.seat.nep_outbox.rijen] == [concept.opdracht]
    assert "contact.notitie" in proef.frame.gedaan
    await proef.reads("De zaak wordt aangemaakt")
    assert "ZAAK-1" in proef.texts
    press(proef, "Return")  # once more, by a hand that was too quick
    assert len(proef.seat.nep_outbox.rijen) == 1
    proef.seat.zaakaanmaken.lay(msgspec.structs.replace(now(page), stand=Conceptstand.GEMAAKT, zaak="z-9"))
    await proef.reads("De zaak is aangemaakt.")
    button(proef, "Zaak openen").click()
    assert proef.frame.zaken[-1].uuid == "z-9"


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


async def test_what_belongs_to_no_field_stands_above_the_form(proef: Proef, page: Aanmaakpagina) -> None:
    concept = started(proef, page)
    klacht = InvalidInput("Kies eerst voor wie deze zaak is.", field="klant", code="verplicht")
    proef.seat.zaakaanmaken.klachten[concept.id] = [klacht]
    press(proef, "Ctrl+Return")
    await proef.reads("Kies eerst voor wie deze zaak is.")
    assert "Ctrl K" in proef.texts


async def test_a_refused_zaak_comes_back_with_the_reason_at_its_field(proef: Proef, page: Aanmaakpagina) -> None:
    concept = started(proef, page)
    press(proef, "Ctrl+Return")
    await proef.reads("De zaak wordt aangemaakt")
    terug = msgspec.structs.replace(
        concept,
        stand=Conceptstand.GEWEIGERD,
        reden="Dit zaaktype is ingetrokken. Wat u invulde is bewaard.",
        bezwaren=(Bezwaar("eigenschappen.e-aantal", "Dit getal is te groot."),),
    )
    proef.seat.zaakaanmaken.lay(terug)
    await proef.reads("De zaak is niet aangemaakt.")
    assert "ingetrokken" in proef.texts
    assert page.formulier.vragen["e-aantal"].error == "Dit getal is te groot."
    assert button(proef, "Opnieuw aanmaken")
    assert "Niet aangemaakt" in proef.texts  # in the list too


async def test_what_is_done_elsewhere_is_a_referral_with_name_and_number_only(
    proef: Proef, page: Aanmaakpagina
) -> None:
    made = contact(proef)
    made = proef.seat.nep_contacten.change(made.id, beller="0612345678")
    page.begin()
    write(proef, "wmo")
    press(proef, "Return")
    assert proef.seat.zaakaanmaken.begonnen == []
    assert "Wmo-loket" in proef.texts
    assert "Geef alleen naam en telefoonnummer door" in proef.texts
    assert "J. van Duinrode, 06 12 34 56 78" in proef.texts
    assert "999990019" not in proef.texts
    button(proef, "Leg vast als doorverwezen").click()
    vraag = proef.seat.nep_contacten.open[0].vraag
    assert vraag.resultaat is Resultaat.DOORVERWEZEN
    assert vraag.onderwerp == "Wmo-voorziening"


async def test_a_product_that_another_body_does_is_found_too_and_nothing_is_told_there(
    proef: Proef, page: Aanmaakpagina
) -> None:
    contact(proef)
    page.begin()
    write(proef, "kadas")
    press(proef, "Return")
    assert "De klant vraagt dit zelf aan." in proef.texts
    assert "Geef niets over de klant door" in proef.texts
    assert "J. van Duinrode," not in proef.texts


async def test_others_of_the_same_life_event_are_offered_after_making(proef: Proef, page: Aanmaakpagina) -> None:
    contact(proef)
    proef.seat.zaakaanmaken.samen[MELDING.uuid] = (VERHUIZING, WMO)
    started(proef, page)
    press(proef, "Ctrl+Return")
    await proef.reads("Hoort hier vaak bij")
    assert list(page.verstuurd.knoppen) == [VERHUIZING.uuid]
    button(proef, "Ook starten: Verhuizing doorgeven").click()
    assert now(page).zaaktype == VERHUIZING.uuid


async def test_a_cancelled_draft_comes_back(proef: Proef, page: Aanmaakpagina) -> None:
    concept = started(proef, page)
    button(proef, "Annuleren").click()
    assert page.presenter.concept is None
    assert is_being_typed(page.keuze.zoekveld.edit)
    assert proef.frame.gezegd == ["Melding openbare ruimte geannuleerd"]
    proef.frame.undo()
    assert now(page).id == concept.id


async def test_a_draft_that_was_begun_stands_in_the_list_and_comes_back_with_its_contact(
    proef: Proef, page: Aanmaakpagina
) -> None:
    eerste = contact(proef)
    concept = started(proef, page, nummer="ZAAK-7", nummerstand=Nummerstand.BEKEND)
    state = page.state()
    contact(proef)
    await proef.until(lambda: page.presenter.concept is None)
    assert "Begonnen" in proef.texts
    assert "ZAAK-7" in proef.texts
    page.presenter.choose(f"concept:{concept.id}")
    assert now(page).id == concept.id
    page.presenter.put_away()
    proef.tab.contact_activated(proef.seat.nep_contacten.activate(eerste.id))
    assert now(page).id == concept.id
    page.presenter.put_away()
    page.restore(state)
    assert now(page).id == concept.id
    page.restore("{")  # of another version


async def test_without_a_connection_the_page_says_what_follows_later(proef: Proef, page: Aanmaakpagina) -> None:
    started(proef, page)
    proef.seat.verbinding = Verbinding.GEEN_VERBINDING
    proef.seat.verbinding_changed.emit(proef.seat.verbinding)
    await proef.reads("de zaak wordt aangemaakt zodra die er is")
    press(proef, "Ctrl+Return")
    await proef.reads("Bewaard. De zaak wordt aangemaakt zodra er verbinding is.")


@pytest.mark.parametrize(
    ("lijst", "says"),
    [
        (Zaaktypenlijst(melding="De catalogus is hier nog nooit gelezen."), "nog nooit gelezen"),
        (Zaaktypenlijst(), "Niets gevonden"),
    ],
)
async def test_a_catalogue_that_is_not_there_is_told(
    proef: Proef, page: Aanmaakpagina, lijst: Zaaktypenlijst, says: str
) -> None:
    proef.seat.zaakaanmaken.catalogus = lijst
    proef.seat.zaakaanmaken.catalogus_changed.emit(lijst)
    await proef.reads(says)
    page.begin()
    await proef.until(lambda: proef.seat.zaakaanmaken.refreshes > 0, "the catalogue to be asked")


async def test_a_form_that_is_still_being_read_cannot_be_sent(proef: Proef, page: Aanmaakpagina) -> None:
    proef.seat.zaakaanmaken.formulieren[MELDING.uuid] = Zaakformulier(MELDING.uuid, stand=Bronstand.LAADT)
    started(proef, page)
    await proef.reads("De vragen worden opgehaald")
    assert not page.formulier.aanmaken.isEnabled()


async def test_a_role_that_makes_no_zaken_has_no_such_page(proef: Proef) -> None:
    proef.seat.rechten["zaken"] = 1
    remade(proef)
    assert proef.tab.show_making() is None
    assert "Zaak aanmaken" not in proef.texts
    commands.begin(proef.context)  # does nothing, and harms nothing


async def test_another_employee_finds_nothing_of_the_one_before(proef: Proef, page: Aanmaakpagina) -> None:
    started(proef, page)
    proef.seat.sessie_changed.emit(None)
    await proef.until(lambda: page.presenter.concept is None)
    assert page.presenter.zoekt == ""


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
    started(proef, page)
    await proef.until(lambda: not page.keuze.isVisible(), "the form alone")
    button(proef, "Terug naar de lijst").click()
    await proef.until(page.keuze.isVisible, "the list")
