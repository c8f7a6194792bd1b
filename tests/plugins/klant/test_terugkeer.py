"""What was on screen and half typed comes back with its contact, and with no other."""

from __future__ import annotations

from PySide6.QtTest import QTest

from kcs_desktop.sdk import (
    Kanaal,
    SoortKlant,
)
from plugins.klant.view import KlantTab
from tests.plugins.klant.klanten import johanna, verwijzing
from tests.plugins.klant.proef import Proef


async def test_switching_contact_restores_customer_and_unsaved_text(proef: Proef) -> None:
    eerste = proef.seat.contacten.start(Kanaal.BALIE)
    proef.tab.contact_activated(eerste)
    await proef.open(johanna())
    proef.tab.edit()
    edit = next(iter(proef.tab.beeld.wijzigen._rows.values())).adres.edit
    edit.selectAll()
    QTest.keyClicks(edit, "06 half")
    tweede = proef.seat.contacten.start(Kanaal.TELEFOON)
    proef.tab.contact_activated(tweede)
    assert proef.tab.presenter.klant is None
    proef.tab.contact_activated(proef.seat.contacten.activate(eerste.id))
    assert proef.tab.presenter.bewerken.formulier is not None
    assert proef.tab.presenter.bewerken.formulier.row("a-1").adres == "06 half"


async def test_a_form_typed_without_a_contact_is_kept_and_comes_back(proef: Proef) -> None:
    proef.tab.register(SoortKlant.PERSOON)
    edit = proef.tab.registreren.velden["achternaam"].edit
    QTest.keyClicks(edit, "Proefpersoon")
    kept = proef.seat.contacten.kept_screen
    for _ in range(4000):
        if "Proefpersoon" in kept("klant"):
            break
        QTest.qWait(5)
    ander = KlantTab(proef.context)
    ander.restore(kept("klant"))
    assert ander.presenter.bewerken.registratie is not None
    assert ander.presenter.bewerken.registratie.value("achternaam") == "Proefpersoon"
    ander.close()


async def test_a_customer_of_before_does_not_come_back_by_itself(proef: Proef) -> None:
    await proef.open(johanna())
    ander = KlantTab(proef.context)
    ander.restore(proef.tab.state())
    assert ander.presenter.klant is None
    ander.close()


async def test_a_form_from_before_a_contact_comes_back_after_it(proef: Proef) -> None:
    kept = proef.seat.contacten.start(Kanaal.BALIE, klant=verwijzing(johanna()))
    proef.seat.nep_contacten.deactivate()
    proef.tab.register(SoortKlant.PERSOON)
    QTest.keyClicks(proef.tab.registreren.velden["achternaam"].edit, "Half")
    proef.tab.contact_activated(proef.seat.contacten.activate(kept.id))
    assert "Half" not in proef.tab.state()
    proef.seat.nep_contacten.deactivate()
    proef.tab.contact_activated(None)
    assert proef.tab.presenter.bewerken.registratie is not None
    assert proef.tab.presenter.bewerken.registratie.value("achternaam") == "Half"
