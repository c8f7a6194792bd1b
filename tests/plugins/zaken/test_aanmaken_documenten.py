"""Documents of a zaak in the making: chosen in its form, going along with it, and what is said of them afterwards."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from kcs_desktop.sdk import Conceptstand, Toevoeging, Toevoegstand, Zaakconcept, Zaakverwijzing
from plugins.zaken import commands
from plugins.zaken.aanmaken_documenten import words
from plugins.zaken.aanmaken_pagina import Aanmaakpagina
from tests.harness.klembord import copy_files
from tests.harness.seat_dossier import SOORTEN
from tests.plugins.zaken.aanmaken_proef import FORM, MELDING, VERHUIZING, contact, now, press, started
from tests.plugins.zaken.proef import Proef


@pytest.fixture
def vormen(proef: Proef, page: Aanmaakpagina) -> None:
    """A melding has documents, and a verhuizing has none."""
    uitgaand = msgspec.structs.replace(SOORTEN[0], uuid="io-0", omschrijving="Besluit", richting="uitgaand")
    vorm = msgspec.structs.replace(FORM, documenttypen=(uitgaand, *SOORTEN))
    proef.seat.zaakaanmaken.formulieren |= {
        MELDING.uuid: vorm,
        VERHUIZING.uuid: msgspec.structs.replace(FORM, zaaktype=VERHUIZING.uuid),
    }


def _of(concept: Zaakconcept) -> Zaakverwijzing:
    return Zaakverwijzing("", "", opdracht=concept.id)


def _chosen(proef: Proef, *paths: Path) -> None:
    copy_files(*paths)
    commands.paste_document(proef.context)


@pytest.mark.usefixtures("vormen")
async def test_what_is_pasted_belongs_to_the_draft_and_goes_along_by_the_same_key(
    proef: Proef, page: Aanmaakpagina, tmp_path: Path
) -> None:
    contact(proef)
    concept = started(proef, page)
    await proef.reads("Documenten (mag leeg)")
    _chosen(proef, tmp_path / "foto.png", tmp_path / "situatietekening.pdf")
    rijen = proef.seat.dossier.rijen
    await proef.until(lambda: len(rijen) == 2, "two documents")
    assert {al.zaak for al in rijen.values()} == {_of(concept)}
    assert [al.informatieobjecttype for al in rijen.values()] == ["io-2", "io-1"], "as their names say"
    for al in tuple(rijen.values()):
        proef.seat.dossier.show(msgspec.structs.replace(al, stand=Toevoegstand.GEREED))
    await proef.reads("Klaar: gaat mee met de zaak")
    assert not page.documenten.vak.bevestig.isVisible(), "there is one word to say: that of the zaak"
    press(proef, "Ctrl+Return")
    await proef.reads("2 documenten worden toegevoegd aan de zaak.")
    QGuiApplication.clipboard().clear()


@pytest.mark.usefixtures("vormen")
async def test_a_title_that_is_missing_holds_the_zaak_with_the_cursor_in_it(proef: Proef, page: Aanmaakpagina) -> None:
    contact(proef)
    concept = started(proef, page)
    proef.seat.dossier.lay(_of(concept), "brief.pdf", stand=Toevoegstand.GEREED, informatieobjecttype="io-1")
    zonder = proef.seat.dossier.lay(_of(concept), "foto.png", titel="", informatieobjecttype="io-2")
    await proef.until(page.documenten.vak.lijst.isVisible, "the list")
    page.create()
    await proef.reads("Vul een titel in.")
    assert proef.tab.widget.window().focusWidget() is page.documenten.vak.titel.edit
    assert proef.seat.nep_outbox.rijen == []
    proef.seat.dossier.change(zonder.id, titel="Foto")
    page.create()
    assert len(proef.seat.nep_outbox.rijen) == 1


@pytest.mark.usefixtures("vormen")
async def test_another_draft_shows_its_own_and_one_without_documents_asks_for_none(
    proef: Proef, page: Aanmaakpagina, tmp_path: Path
) -> None:
    contact(proef)
    eerste = started(proef, page)
    _chosen(proef, tmp_path / "foto.png")
    await proef.until(lambda: proef.seat.dossier.rijen, "the document")
    page.start(VERHUIZING.uuid)
    page.beeld.finish()
    QApplication.processEvents()
    assert page.documenten.vak.isHidden()
    _chosen(proef, tmp_path / "brief.pdf")
    QApplication.processEvents()
    assert len(proef.seat.dossier.rijen) == 1
    page.presenter.show(eerste.id)
    await proef.reads("foto")


@pytest.mark.usefixtures("vormen")
async def test_what_could_not_be_added_is_said_with_the_number_of_its_zaak(proef: Proef, page: Aanmaakpagina) -> None:
    contact(proef)
    concept = started(proef, page)
    al = proef.seat.dossier.lay(_of(concept), "brief.pdf", stand=Toevoegstand.GEREED, informatieobjecttype="io-1")
    press(proef, "Ctrl+Return")
    made = msgspec.structs.replace(now(page), stand=Conceptstand.GEMAAKT, zaak="z-9", nummer="ZAAK-9")
    proef.seat.zaakaanmaken.lay(made)
    zaak = Zaakverwijzing("z-9", "ZAAK-9", opdracht=concept.id)
    mis = msgspec.structs.replace(al, zaak=zaak, stand=Toevoegstand.BESMET, reden="Er zit een virus in.")
    for _ in range(2):
        proef.seat.dossier.show(mis)
    (told,) = proef.frame.fouten
    assert str(told) == "brief is niet toegevoegd aan zaak ZAAK-9."
    proef.frame.fouten.clear()


@pytest.mark.parametrize(
    ("standen", "woorden"),
    [
        ([], ""),
        ([Toevoegstand.WACHT], "1 document wordt toegevoegd aan de zaak."),
        ([Toevoegstand.TOEGEVOEGD, Toevoegstand.KOPPELT], "2 documenten worden toegevoegd aan de zaak."),
        ([Toevoegstand.TOEGEVOEGD] * 3, "3 documenten toegevoegd aan de zaak."),
        ([Toevoegstand.TOEGEVOEGD, Toevoegstand.MISLUKT], "Niet toegevoegd: titel 1."),
    ],
)
def test_how_they_stand_is_said_in_one_line(proef: Proef, standen: list[Toevoegstand], woorden: str) -> None:
    rijen = [
        Toevoeging(
            f"b-{nr}", f"o-{nr}", Zaakverwijzing("z", ""), "x.pdf", 1, proef.seat.now(), titel=f"titel {nr}", stand=al
        )
        for nr, al in enumerate(standen)
    ]
    assert words(rijen)[1] == woorden
