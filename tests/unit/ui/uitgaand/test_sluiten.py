"""Closing a window whose work stands in memory only says what would be gone."""

from __future__ import annotations

from pathlib import Path

import msgspec

from kcs_desktop.sdk import Conceptstand, KlantRegistreren, Lijst, SoortKlant, Taaklijst, Zaakverwijzing
from plugins.zaken.terugbellen_invoer import Actie, Concepten
from tests.harness.seat_fake import FakeSeat
from tests.plugins.zaken.test_terugbellen import TAAK
from ui.uitgaand.sluiten import SluitPresenter, at_risk


def test_everything_that_would_be_gone_is_named() -> None:
    seat = FakeSeat(met_contacten=False)
    presenter = SluitPresenter(seat, may_export=True, has_left=lambda: False)
    concepten = Concepten(seat)
    concepten.fill_in(TAAK, Taaklijst(Lijst.EIGEN, TAAK.stand), Actie.POGING, "resultaat", "niet_bereikt")
    assert at_risk(seat) == ""
    concepten.fill_in(TAAK, Taaklijst(Lijst.EIGEN, TAAK.stand), Actie.POGING, "toelichting", "Belt terug")
    assert at_risk(seat) == "tekst die u typte en nog niet vastlegde"
    seat.contacten.start()
    assert at_risk(seat) == "1 open contact en tekst die u typte en nog niet vastlegde"
    seat.outbox.put(KlantRegistreren(SoortKlant.PERSOON), "Wacht")
    alles = "1 open contact, 1 opdracht zonder bevestiging en tekst die u typte en nog niet vastlegde"
    assert f"{alles}. Sluit u nu, dan is het weg." in presenter.uitleg


async def test_own_zaken_and_documents_are_named_and_written_beside_the_export(tmp_path: Path) -> None:
    seat = FakeSeat(met_contacten=False)
    presenter = SluitPresenter(seat, may_export=True, has_left=lambda: False)
    concept = seat.zaakaanmaken.start(seat.zaakaanmaken.catalogus.keuzes[0].uuid)
    assert at_risk(seat) == "1 zaak die u nog niet aanmaakte"
    await seat.dossier.add(Zaakverwijzing("", "", opdracht=concept.id), b"%PDF-", "bezwaar.pdf")
    wat = "1 zaak die u nog niet aanmaakte en 1 document dat nog niet is toegevoegd"
    assert f"{wat}. Sluit u nu, dan is het weg." in presenter.uitleg
    assert "afgemeld" not in presenter.uitleg
    await presenter.export(tmp_path / "bewaard.json")
    assert presenter.melding.startswith("Opgeslagen in bewaard.json, met 1 document ernaast.")
    seat.zaakaanmaken.lay(msgspec.structs.replace(concept, stand=Conceptstand.VERSTUURD))
    assert at_risk(seat) == "1 document dat nog niet is toegevoegd", "that one counts as a command"
    (document,) = seat.dossier.waiting
    seat.outbox.put(KlantRegistreren(SoortKlant.PERSOON), "Document toevoegen", id=document.opdracht)
    assert at_risk(seat) == "1 opdracht zonder bevestiging", "and so does a document that is in one"


def test_the_work_of_who_signed_out_is_named_where_there_is_any_and_beside_that_of_who_is_there() -> None:
    seat = FakeSeat(met_contacten=False)
    alone = SluitPresenter(seat, may_export=True, has_left=lambda: False)
    after = SluitPresenter(seat, may_export=True, has_left=lambda: True)
    assert "dit venster: wat u het laatst wijzigde. Sluit" in alone.uitleg
    assert "dit venster: het werk van wie zich hier heeft afgemeld. Sluit" in after.uitleg
    seat.contacten.start()
    assert "dit venster: 1 open contact. Sluit" in alone.uitleg
    assert "dit venster: 1 open contact en het werk van wie zich hier heeft afgemeld. Sluit" in after.uitleg
