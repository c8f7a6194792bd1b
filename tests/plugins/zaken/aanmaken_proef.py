"""Hands and eyes for the page on which a zaak is made, and what there is to make."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from kcs_desktop.sdk import (
    Catalogus,
    Contact,
    Doorverwijzing,
    Formulierveld,
    Product,
    Veldsoort,
    Zaakconcept,
    Zaakformulier,
    Zaaktypenlijst,
)
from plugins.zaken.aanmaken_pagina import Aanmaakpagina
from tests.harness.seat_zaakaanmaken import keuze
from tests.plugins.zaken.proef import JOHANNA, Proef

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


def shown_page(proef: Proef) -> Aanmaakpagina:
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
    page.beeld.finish()
    found = page.presenter.concept
    assert found is not None
    if velden:
        found = proef.seat.zaakaanmaken.lay(msgspec.structs.replace(found, **velden))
    QApplication.processEvents()
    return found


def now(page: Aanmaakpagina) -> Zaakconcept:
    assert page.presenter.concept is not None
    return page.presenter.concept
