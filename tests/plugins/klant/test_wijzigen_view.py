"""The forms of the tab by keys: what is typed, what is wrong, where the cursor is after."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QLineEdit,
    QWidget,
)

from kcs_desktop.sdk import (
    KlantWijzigen,
    SoortKlant,
    VeldWijziging,
    Wachtrij,
    Wachtstand,
)
from plugins.klant.toestand import Pagina
from tests.harness.leesbaar import visible_texts
from tests.plugins.klant.klanten import MAIL, MOBIEL, johanna, verwijzing
from tests.plugins.klant.proef import Proef
from tests.plugins.klant.zitplaats import NU
from ui.sdk import Banner


async def test_changing_a_number_by_keys_alone_queues_one_change(proef: Proef) -> None:
    await proef.open(johanna())
    proef.tab.edit()
    edit = next(iter(proef.tab.beeld.wijzigen._rows.values())).adres.edit
    edit.selectAll()
    QTest.keyClicks(edit, "0687654321")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    (opdracht,) = proef.seat.nep_klanten.opdrachten
    assert isinstance(opdracht.gegevens, KlantWijzigen)
    await proef.until(lambda: proef.tab.beeld.links.currentWidget() is proef.tab.beeld.contacten)


async def test_a_wrong_number_is_said_at_the_field_and_sends_nothing(proef: Proef) -> None:
    await proef.open(johanna())
    proef.tab.edit()
    field = next(iter(proef.tab.beeld.wijzigen._rows.values())).adres
    field.edit.selectAll()
    QTest.keyClicks(field.edit, "0612")
    assert field.error == ""
    QTest.keyClick(field.edit, Qt.Key.Key_Return)
    assert "10 cijfers" in field.error
    assert proef.seat.nep_klanten.opdrachten == []


async def _edited(proef: Proef) -> QLineEdit:
    """The first number under the cursor in the open form, all of it selected."""
    await proef.open(johanna())
    proef.tab.edit()
    edit = next(iter(proef.tab.beeld.wijzigen._rows.values())).adres.edit
    edit.selectAll()
    return edit


async def test_a_number_is_typed_on_where_it_was_while_a_colleague_saves_another(proef: Proef) -> None:
    edit = await _edited(proef)
    QTest.keyClicks(edit, "06888")
    hun = replace(MOBIEL, adres="+31611111111")
    proef.seat.nep_klanten.changed.emit(johanna(digitale_adressen=(hun, MAIL)))
    rij = next(iter(proef.tab.beeld.wijzigen._rows.values()))
    await proef.until(lambda: rij.rij.hun == hun and bool(rij.findChildren(Banner)))
    QTest.keyClicks(proef.focused, "88888")
    assert rij.adres.text == "0688888888"
    QTest.keyClick(proef.focused, Qt.Key.Key_Return)
    (opdracht,) = proef.seat.nep_klanten.opdrachten
    assert isinstance(opdracht.gegevens, KlantWijzigen)


async def test_a_row_that_a_colleague_removed_leaves_the_cursor_in_the_form(proef: Proef) -> None:
    await _edited(proef)
    proef.seat.nep_klanten.changed.emit(johanna(digitale_adressen=(MAIL,)))
    await proef.until(lambda: len(proef.tab.beeld.wijzigen._rows) == 1)
    assert proef.focused is next(iter(proef.tab.beeld.wijzigen._rows.values())).adres.edit


async def test_the_cursor_goes_to_the_first_number_when_the_addresses_come_after_the_form(proef: Proef) -> None:
    await proef.open(johanna(digitale_adressen=()))
    proef.tab.edit()
    form = proef.tab.beeld.wijzigen
    kanaal: QWidget = form.kanaal.combo
    assert proef.focused is kanaal
    proef.seat.nep_klanten.changed.emit(johanna())
    await proef.until(lambda: bool(form._rows))
    rij = next(iter(form._rows.values()))
    nummer: QWidget = rij.adres.edit
    assert proef.focused is nummer
    assert rij.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Down])
async def test_addresses_that_come_after_the_form_take_no_cursor_from_who_went_on(proef: Proef, key: Qt.Key) -> None:
    await proef.open(johanna(digitale_adressen=()))
    proef.tab.edit()
    form = proef.tab.beeld.wijzigen
    QTest.keyClick(proef.focused, key)
    stands: QWidget = (form.taal if key == Qt.Key.Key_Tab else form.kanaal).combo
    assert proef.focused is stands
    proef.seat.nep_klanten.changed.emit(johanna())
    await proef.until(lambda: bool(form._rows))
    assert proef.focused is stands


async def test_choosing_between_two_versions_leaves_the_cursor_in_the_row(proef: Proef) -> None:
    edit = await _edited(proef)
    QTest.keyClicks(edit, "06888")
    proef.seat.nep_klanten.changed.emit(johanna(digitale_adressen=(replace(MOBIEL, adres="+31611111111"), MAIL)))
    rij = next(iter(proef.tab.beeld.wijzigen._rows.values()))
    await proef.until(lambda: bool(rij.findChildren(Banner)))
    button = next(b for b in rij.findChildren(QAbstractButton) if b.text() == "Versie van collega nemen")
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert rij.adres.text == "06 11 11 11 11"
    assert proef.focused is edit


async def test_the_key_of_the_form_leads_back_to_an_open_form(proef: Proef) -> None:
    edit = await _edited(proef)
    proef.tab.beeld.notities.lijst.setFocus()
    assert proef.focused is not edit
    proef.tab.edit()
    assert proef.focused is edit


async def test_after_saving_the_contacts_have_the_focus(proef: Proef) -> None:
    edit = await _edited(proef)
    QTest.keyClicks(edit, "0687654321")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert proef.focused is proef.tab.beeld.contacten.lijst.view
    assert proef.tab.beeld.contacten.lijst.view.isVisible()


async def test_a_registered_person_is_opened(proef: Proef) -> None:
    proef.tab.register(SoortKlant.PERSOON)
    QTest.keyClicks(proef.tab.registreren.velden["achternaam"].edit, "Proefpersoon")
    QTest.keyClick(proef.tab.registreren.velden["achternaam"].edit, Qt.Key.Key_Return)
    (opdracht,) = proef.seat.nep_klanten.opdrachten
    QTest.keyClick(proef.tab.registreren.velden["achternaam"].edit, Qt.Key.Key_Return)
    assert len(proef.seat.nep_klanten.opdrachten) == 1
    proef.seat.nep_outbox.confirm(opdracht, partij="p-9")
    assert proef.tab.presenter.klant is not None
    assert proef.tab.presenter.klant.sleutel.partij == "p-9"
    assert proef.frame.gezegd == ["Proefpersoon is geregistreerd"]


async def test_a_registration_that_waits_is_shown_so_when_its_form_is_opened_again(proef: Proef) -> None:
    tab, form, opdrachten = proef.tab, proef.tab.registreren, proef.seat.nep_klanten.opdrachten
    tab.register(SoortKlant.PERSOON)
    QTest.keyClicks(form.velden["achternaam"].edit, "Proefpersoon")
    QTest.keyClick(form.velden["achternaam"].edit, Qt.Key.Key_Return)
    (opdracht,) = opdrachten
    proef.seat.nep_outbox.rijen = [Wachtrij(opdracht, Wachtstand.WACHT, "", NU)]
    tab.show_recent()
    tab.register(SoortKlant.PERSOON)
    assert form.velden["achternaam"].text == "Proefpersoon"
    assert not form.velden["achternaam"].isEnabled()
    assert "Wordt geregistreerd" in visible_texts(form)
    assert proef.focused is form.annuleren
    for key in (Qt.Key.Key_Return, Qt.Key.Key_S):
        QTest.keyClick(form.velden["achternaam"].edit, key, Qt.KeyboardModifier.ControlModifier)
    form.opslaan.click()
    form.bewaren_gevraagd.emit()
    assert opdrachten == [opdracht]

    form.annuleren.click()  # it says "Sluiten": the next one is for somebody else
    tab.register(SoortKlant.PERSOON)
    assert form.velden["achternaam"].text == ""
    assert form.velden["achternaam"].isEnabled()
    proef.seat.nep_outbox.confirm(opdracht, partij="p-9")
    assert proef.frame.gezegd == ["Proefpersoon is geregistreerd"]
    assert tab.presenter.pagina is Pagina.REGISTREREN, "who is being typed stays"


async def test_a_registration_that_was_refused_out_of_sight_says_why_when_its_form_is_opened_again(
    proef: Proef,
) -> None:
    tab, form = proef.tab, proef.tab.registreren
    tab.register(SoortKlant.PERSOON)
    QTest.keyClicks(form.velden["achternaam"].edit, "Proefpersoon")
    QTest.keyClick(form.velden["achternaam"].edit, Qt.Key.Key_Return)
    tab.show_recent()
    proef.seat.nep_outbox.refuse(proef.seat.nep_klanten.opdrachten[0], code="ongeldig", detail="De naam is te lang.")
    tab.register(SoortKlant.PERSOON)
    assert "De naam is te lang." in "\n".join(visible_texts(form))
    assert form.velden["achternaam"].isEnabled()


async def test_a_registration_that_was_set_apart_goes_again_by_one_key(proef: Proef) -> None:
    tab, form, outbox = proef.tab, proef.tab.registreren, proef.seat.nep_outbox
    tab.register(SoortKlant.PERSOON)
    QTest.keyClicks(form.velden["achternaam"].edit, "Proefpersoon")
    QTest.keyClick(form.velden["achternaam"].edit, Qt.Key.Key_Return)
    (opdracht,) = proef.seat.nep_klanten.opdrachten
    outbox.rijen = [Wachtrij(opdracht, Wachtstand.WACHT, "", NU)]
    tab.show_recent()
    outbox.settle(opdracht.id, Wachtstand.APART, "Niet verwerkt.")
    tab.register(SoortKlant.PERSOON)
    shown = "\n".join(visible_texts(form))
    assert "Het is niet bekend of dit is geregistreerd" in shown
    assert "Niet verwerkt." in shown
    assert not form.velden["achternaam"].isEnabled()
    assert proef.focused is form.opslaan
    assert form.opslaan.accessibleName() == "Opnieuw versturen"
    QTest.keyClick(form.opslaan, Qt.Key.Key_Return)
    assert outbox.retried == [opdracht.id]
    assert proef.seat.nep_klanten.opdrachten == [opdracht]
    await proef.until(lambda: "Wordt geregistreerd" in visible_texts(form))


async def test_a_change_that_was_set_apart_says_that_nobody_knows_and_goes_again_by_its_button(proef: Proef) -> None:
    outbox = proef.seat.nep_outbox
    wijziging = KlantWijzigen(verwijzing(johanna()), velden=(VeldWijziging("voorkeurskanaal", "", "email"),))
    opdracht = outbox.put(wijziging, "Wijziging")
    outbox.settle(opdracht.id, Wachtstand.APART, "Niet verwerkt.")
    await proef.open(johanna())
    banner = proef.tab.beeld.weigering
    await proef.until(banner.isVisible)
    assert banner.text == "Het is niet bekend of de wijziging is opgeslagen"
    banner.focus_action()
    QTest.keyClick(proef.focused, Qt.Key.Key_Return)
    assert outbox.retried == [opdracht.id]
    await proef.until(lambda: not banner.isVisible())


async def test_enter_in_an_empty_form_says_what_is_missing(proef: Proef) -> None:
    proef.tab.register(SoortKlant.ORGANISATIE)
    naam = proef.tab.registreren.velden["naam"]
    QTest.keyClick(naam.edit, Qt.Key.Key_Return)
    assert naam.error.startswith("Vul de naam")
    QTest.keyClicks(naam.edit, "Slagerij")
    assert naam.error == ""
    assert proef.seat.nep_klanten.opdrachten == []
