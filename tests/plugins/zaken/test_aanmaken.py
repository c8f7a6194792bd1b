"""Making a zaak in the Zaken tab: chosen by typing, sent by one key, and never lost."""

from __future__ import annotations

import msgspec
import pytest

from kcs_desktop.domain.zaakconcept import INGETROKKEN
from kcs_desktop.sdk import (
    Bezwaar,
    Conceptstand,
    KlantSleutel,
    Klantverwijzing,
    Nummerstand,
    Resultaat,
    SoortKlant,
    Verbinding,
    Wachtstand,
    Zaaktypenlijst,
)
from plugins.zaken import aanmaken_commands as commands
from plugins.zaken.aanmaken_pagina import Aanmaakpagina
from plugins.zaken.aanmaken_velden import is_being_typed
from plugins.zaken.view import create_tab
from tests.harness.seat_zaken import regel
from tests.plugins.zaken.aanmaken_proef import MELDING, VERHUIZING, WMO, button, contact, now, press, started, write
from tests.plugins.zaken.proef import JOHANNA, Proef

PIETER = Klantverwijzing(KlantSleutel(SoortKlant.PERSOON, bsn="999990032"), "P.J. Hoekstra")


def remade(proef: Proef) -> None:
    """The tab of another role is made anew."""
    proef.tab.close()
    proef.tab.widget.close()
    proef.tab = create_tab(proef.context)
    proef.tab.widget.resize(1100, 900)
    proef.tab.widget.show()


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
    page.beeld.finish()
    assert proef.seat.zaakaanmaken.begonnen == [(MELDING.uuid, now(page).contact, "Melding openbare ruimte")]
    assert is_being_typed(page.formulier.plaats.adres.edit)
    page.presenter.put_away()
    commands.begin(proef.context)  # goes on with what was begun for this vraag
    page.beeld.finish()
    assert len(proef.seat.zaakaanmaken.begonnen) == 1


async def test_asked_again_beside_a_referral_there_is_something_else_to_choose(
    proef: Proef, page: Aanmaakpagina
) -> None:
    contact(proef)
    started(proef, page)
    page.keuze.gekozen.emit(f"keuze:{WMO.uuid}:")
    page.beeld.finish()
    await proef.reads("Wmo-loket")
    page.begin()
    write(proef, "verhuizing")
    press(proef, "Return")
    assert now(page).zaaktype == VERHUIZING.uuid


async def test_the_key_from_elsewhere_goes_back_to_the_form_that_was_open(proef: Proef, page: Aanmaakpagina) -> None:
    contact(proef)
    concept = started(proef, page)
    proef.tab.show_zaken()
    commands.begin(proef.context)
    page.beeld.finish()
    assert now(page).id == concept.id
    assert page.formulier.isVisible()
    commands.begin(proef.context)  # asked beside it: another one
    assert page.presenter.concept is None


@pytest.mark.parametrize(("klant", "stays"), [(JOHANNA, True), (PIETER, False)], ids=["same", "another"])
async def test_from_the_picture_of_a_customer_no_form_of_another_comes_back(
    proef: Proef, page: Aanmaakpagina, klant: Klantverwijzing, stays: bool
) -> None:
    """The draft is of a contact of before, and was opened in the list."""
    contact(proef)
    concept = started(proef, page, klant=JOHANNA)
    proef.seat.nep_contacten.deactivate()
    proef.tab.contact_activated(None)
    page.presenter.choose(f"concept:{concept.id}")
    proef.tab.show_zaken()
    proef.frame.klant = klant
    commands.begin(proef.context)
    page.beeld.finish()
    assert (page.presenter.concept is not None) is stays
    assert page.formulier.isVisible() is stays


async def test_in_a_contact_no_form_of_another_contact_comes_back(proef: Proef, page: Aanmaakpagina) -> None:
    contact(proef)
    concept = started(proef, page, stand=Conceptstand.GEWEIGERD)
    weg = Bezwaar("zaaktype", "Van dit zaaktype kan geen zaak meer worden begonnen.", INGETROKKEN)
    proef.seat.zaakaanmaken.lay(msgspec.structs.replace(concept, bezwaren=(weg,), stand=Conceptstand.GEWEIGERD))
    ander = contact(proef)
    page.presenter.choose(f"concept:{concept.id}")
    proef.tab.show_zaken()
    commands.begin(proef.context)
    page.beeld.finish()
    assert page.presenter.concept is None
    page.start(VERHUIZING.uuid)
    assert now(page).contact == ander.id, "and it does not go on under what is begun for this customer"
    assert now(page).id != concept.id


async def test_the_product_of_the_vraag_goes_before_a_form_of_another_contact(
    proef: Proef, page: Aanmaakpagina
) -> None:
    contact(proef)
    concept = started(proef, page)
    ander = contact(proef, product="Melding openbare ruimte")
    page.presenter.choose(f"concept:{concept.id}")
    proef.tab.show_zaken()
    commands.begin(proef.context)
    page.beeld.finish()
    assert proef.seat.zaakaanmaken.begonnen[-1] == (MELDING.uuid, ander.id, "Melding openbare ruimte")
    assert now(page).contact == ander.id


async def test_who_goes_on_with_what_was_begun_finds_what_was_not_sent(proef: Proef, page: Aanmaakpagina) -> None:
    contact(proef)
    concept = started(proef, page)
    page.start(VERHUIZING.uuid)
    proef.seat.zaakaanmaken.lay(msgspec.structs.replace(now(page), stand=Conceptstand.VERSTUURD))
    proef.tab.show_zaken()
    commands.show(proef.context)
    page.beeld.finish()
    assert now(page).id == concept.id
    assert page.formulier.isVisible()


async def test_without_a_contact_one_starts_for_the_customer_in_sight(proef: Proef, page: Aanmaakpagina) -> None:
    proef.frame.klant = JOHANNA
    commands.begin(proef.context)
    await proef.reads("Voor J. van Duinrode")
    assert page.klant_in_sight == JOHANNA, "who types a note now has a contact with her"
    page.start(MELDING.uuid)
    (made,) = proef.seat.nep_contacten.open
    assert made.klant == JOHANNA
    assert now(page).contact == made.id
    assert made.vraag.onderwerp == "Melding openbare ruimte"
    assert made.vraag.afdeling == "Groen en Reiniging"


async def test_a_customer_who_was_in_sight_once_gets_no_contact(proef: Proef, page: Aanmaakpagina) -> None:
    proef.frame.klant = JOHANNA
    commands.begin(proef.context)
    await proef.reads("Voor J. van Duinrode")
    proef.tab.show_page("zaken")
    proef.tab.show_page("aanmaken")
    await proef.until(lambda: "Voor J. van Duinrode" not in proef.texts, "nobody in sight")
    assert page.klant_in_sight is None
    page.start(MELDING.uuid)
    (made,) = proef.seat.nep_contacten.open
    assert made.klant is None


async def test_what_was_typed_to_choose_from_stays_when_a_contact_begins(proef: Proef, page: Aanmaakpagina) -> None:
    page.begin()
    write(proef, "verhuizing")
    proef.tab.contact_activated(proef.seat.nep_contacten.start())
    assert page.keuze.zoekveld.text == "verhuizing"
    assert page.presenter.zoekt == "verhuizing"


async def test_what_cannot_be_begun_starts_no_contact_either(proef: Proef, page: Aanmaakpagina) -> None:
    page.start("bestaat-niet")
    (said,) = proef.frame.fouten
    assert "kan geen zaak worden begonnen" in str(said)
    proef.frame.fouten.clear()
    assert not proef.seat.contacten.open


async def test_what_the_vraag_says_already_stays(proef: Proef, page: Aanmaakpagina) -> None:
    contact(proef, onderwerp="Iets anders")
    page.start(MELDING.uuid)
    assert proef.seat.nep_contacten.open[0].vraag.onderwerp == "Iets anders"


async def test_another_zaak_chosen_instead_brings_its_own_subject(proef: Proef, page: Aanmaakpagina) -> None:
    contact(proef)
    page.start(VERHUIZING.uuid, "Verhuizing doorgeven")
    vraag = proef.seat.nep_contacten.open[0].vraag
    assert (vraag.product, vraag.onderwerp) == ("Verhuizing doorgeven", "Verhuizing doorgeven")
    page.start(MELDING.uuid)
    vraag = proef.seat.nep_contacten.open[0].vraag
    assert (vraag.product, vraag.onderwerp, vraag.afdeling) == ("", MELDING.naam, MELDING.kenmerk.afdeling)


async def test_another_product_chosen_beside_an_open_form_leads_to_its_own_form(
    proef: Proef, page: Aanmaakpagina
) -> None:
    made = contact(proef)
    page.start(VERHUIZING.uuid, "Verhuizing doorgeven")
    page.beeld.finish()
    proef.seat.nep_contacten.change_vraag(made.id, made.vraag.id, product="Melding openbare ruimte")
    commands.begin(proef.context)
    page.beeld.finish()
    assert now(page).zaaktype == MELDING.uuid


async def test_a_suspected_double_is_told_before_making_and_can_be_opened(proef: Proef, page: Aanmaakpagina) -> None:
    contact(proef)
    concept = started(proef, page)
    proef.seat.zaakaanmaken.dubbel[concept.id] = (regel(4127, "Melding openbare ruimte"),)
    proef.seat.zaakaanmaken.lay(now(page))
    await proef.reads("Misschien al gemeld")
    button(proef, "Die zaak openen").click()
    assert [al.identificatie for al in proef.frame.zaken] == [regel(4127).verwijzing.identificatie]


async def test_what_was_reported_at_the_same_place_is_told_when_the_place_is_known(
    proef: Proef, page: Aanmaakpagina
) -> None:
    concept = started(proef, page)
    buren = regel(3980, MELDING.naam, omschrijving="Losse stoeptegel")
    proef.seat.zaakaanmaken.rondom[concept.id] = (buren,)
    page.formulier.plaats.adres.set_text("Wulpweg 14, Proefdam")
    page.formulier.plaats.gewijzigd.emit()
    page.formulier.plaats.verlaten.emit()
    await proef.reads("Misschien al gemeld: Losse stoeptegel Z-2026-003980")
    assert proef.seat.zaakaanmaken.rondgekeken == [concept.id]


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


async def test_a_draft_of_a_withdrawn_zaaktype_goes_on_under_the_one_that_is_chosen(
    proef: Proef, page: Aanmaakpagina
) -> None:
    contact(proef)
    concept = started(proef, page, stand=Conceptstand.GEWEIGERD, nummer="ZAAK-2026-0000000042")
    weg = Bezwaar("zaaktype", "Van dit zaaktype kan geen zaak meer worden begonnen.", INGETROKKEN)
    read = proef.seat.zaakaanmaken.refreshes
    proef.seat.zaakaanmaken.lay(msgspec.structs.replace(concept, bezwaren=(weg,), stand=Conceptstand.GEWEIGERD))
    await proef.reads("Kies in de lijst welk zaaktype het nu is.")
    await proef.until(lambda: proef.seat.zaakaanmaken.refreshes > read, "the catalogue of now")
    page.begin()
    write(proef, "verhuizing")
    press(proef, "Return")
    verder = now(page)
    assert (verder.id, verder.naam, verder.nummer) == (concept.id, VERHUIZING.naam, "ZAAK-2026-0000000042")
    assert "Kies in de lijst welk zaaktype" not in proef.texts
    assert len(proef.seat.zaakaanmaken.concepten) == 1


async def test_what_is_done_elsewhere_is_a_referral_with_name_and_number_only(
    proef: Proef, page: Aanmaakpagina
) -> None:
    made = contact(proef)
    made = proef.seat.nep_contacten.change(made.id, beller="0612345678")
    page.begin()
    write(proef, "wmo")
    press(proef, "Return")
    await proef.reads("Geef alleen naam en telefoonnummer door")
    assert proef.seat.zaakaanmaken.begonnen == []
    assert "Wmo-loket" in proef.texts
    assert "J. van Duinrode, 06 12 34 56 78" in proef.texts
    assert "999990019" not in proef.texts
    button(proef, "Leg vast als doorverwezen").click()
    vraag = proef.seat.nep_contacten.open[0].vraag
    assert vraag.resultaat is Resultaat.DOORVERWEZEN
    assert vraag.onderwerp == "Wmo-voorziening"
    assert vraag.notitie == "Doorverwezen naar Wmo-loket. Doorgegeven: naam en telefoonnummer."
    button(proef, "Leg vast als doorverwezen").click()
    assert proef.seat.nep_contacten.open[0].vraag.notitie == vraag.notitie


async def test_a_product_that_another_body_does_is_found_too_and_nothing_is_told_there(
    proef: Proef, page: Aanmaakpagina
) -> None:
    contact(proef)
    page.begin()
    write(proef, "kadas")
    press(proef, "Return")
    await proef.reads("De klant vraagt dit zelf aan.")
    assert "Geef niets over de klant door" in proef.texts
    assert "J. van Duinrode," not in proef.texts


async def test_of_a_zaak_set_apart_it_says_that_nobody_knows_and_enter_sends_the_same_again(
    proef: Proef, page: Aanmaakpagina
) -> None:
    contact(proef)
    concept = started(proef, page, nummer="ZAAK-1", nummerstand=Nummerstand.BEKEND)
    press(proef, "Ctrl+Return")
    sent = now(page)
    reden = "De server krijgt deze opdracht niet verwerkt, andere wel. De gegevens zijn bewaard."
    proef.seat.nep_outbox.settle(sent.opdracht, Wachtstand.APART, reden)
    proef.seat.zaakaanmaken.lay(msgspec.structs.replace(sent, is_apart=True, reden=reden))
    await proef.reads("Het is niet bekend of de zaak is aangemaakt.")
    assert reden in proef.texts
    assert "noem dit nummer nu" not in proef.texts
    assert not page.formulier.isVisible(), "nothing to fill in anew: that would be another command"
    assert page.presenter.cancel() is None
    page.presenter.put_away()
    page.keuze.focus_list()
    page.keuze.lijst.select(f"concept:{concept.id}")
    press(proef, "Return")
    page.beeld.finish()
    assert proef.tab.widget.window().focusWidget() is button(proef, "Opnieuw versturen")
    press(proef, "Return")
    assert proef.seat.nep_outbox.retried == [sent.opdracht]
    assert [rij.opdracht.id for rij in proef.seat.nep_outbox.rijen] == [sent.opdracht]
    await proef.reads("De zaak wordt aangemaakt.")
    assert is_being_typed(page.keuze.zoekveld.edit)


async def test_who_begins_the_same_again_for_the_vraag_finds_what_was_set_apart(
    proef: Proef, page: Aanmaakpagina
) -> None:
    contact(proef)
    concept = started(proef, page, stand=Conceptstand.VERSTUURD, is_apart=True, reden="Niet verwerkt.")
    page.presenter.put_away()
    page.start(MELDING.uuid)
    page.beeld.finish()
    assert now(page).id == concept.id
    assert "Niet bekend of de zaak er is" in proef.texts


async def test_others_of_the_same_life_event_are_offered_after_making(proef: Proef, page: Aanmaakpagina) -> None:
    contact(proef)
    proef.seat.zaakaanmaken.samen[MELDING.uuid] = (VERHUIZING, WMO)
    started(proef, page)
    press(proef, "Ctrl+Return")
    await proef.reads("Hoort hier vaak bij")
    assert list(page.verstuurd.samen.knoppen) == [VERHUIZING.uuid, WMO.uuid]
    button(proef, "Doorverwijzen naar Wmo-loket: Wmo-voorziening").click()
    await proef.reads("Geef alleen naam en telefoonnummer door")


async def test_beside_a_referral_what_often_comes_with_it_is_offered_too(proef: Proef, page: Aanmaakpagina) -> None:
    contact(proef)
    proef.seat.zaakaanmaken.samen[WMO.uuid] = (VERHUIZING,)
    page.begin()
    write(proef, "wmo")
    press(proef, "Return")
    await proef.reads("Hoort hier vaak bij")
    button(proef, "Ook starten: Verhuizing doorgeven").click()
    assert now(page).zaaktype == VERHUIZING.uuid
    await proef.until(lambda: "Hoort hier vaak bij" not in proef.texts, "the form")


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
    concept = started(proef, page)
    assert page.formulier.later.text() == ""
    proef.seat.verbinding = Verbinding.GEEN_VERBINDING
    proef.seat.verbinding_changed.emit(proef.seat.verbinding)
    await proef.reads("de zaak wordt aangemaakt zodra die er is")
    press(proef, "Ctrl+Return")
    await proef.reads("Bewaard. De zaak wordt aangemaakt zodra er verbinding is.")
    assert [rij.opdracht.id for rij in proef.seat.nep_outbox.rijen] == [concept.opdracht]
    assert "De zaak wordt aangemaakt." not in proef.texts


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
    assert page.keuze.lijst.model.rows == []
    before = proef.seat.zaakaanmaken.refreshes
    page.begin()
    await proef.until(lambda: proef.seat.zaakaanmaken.refreshes > before, "the catalogue to be asked")
    write(proef, "melding")
    press(proef, "Return")
    assert proef.seat.zaakaanmaken.begonnen == []
    assert says in proef.texts


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
