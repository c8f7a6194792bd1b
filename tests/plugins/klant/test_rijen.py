"""What the rows of the lists say."""

from __future__ import annotations

import msgspec
import pytest

from kcs_desktop.sdk import KANAALNAMEN, Belresultaat, Kanaal, Resultaat
from plugins.klant import rijen
from plugins.klant.kop import KANALEN
from tests.plugins.klant.klanten import contacten, notities
from tests.plugins.klant.zitplaats import NU
from ui.frame.rollen import rolnaam


def test_a_number_in_a_callback_note_never_breaks_over_two_lines() -> None:
    note = msgspec.structs.replace(notities(1)[0], toelichting="Telefoonnummer: 06 12 34 56 78\nGraag in de ochtend")
    assert "06\u00a012\u00a034\u00a056\u00a078 Graag" in rijen.notitie(note, NU).regel
    regel = msgspec.structs.replace(contacten(1)[0], inhoud="Belt terug op (0515) 12 34 56")
    assert "(0515)\u00a012\u00a034\u00a056" in rijen.contact(regel, NU).regel


@pytest.mark.parametrize("resultaat", [*Resultaat, *(f"terugbellen_{hoe}" for hoe in Belresultaat)])
def test_how_a_contact_ended_is_said_in_words(resultaat: str) -> None:
    regel = msgspec.structs.replace(contacten(1)[0], resultaat=str(resultaat))
    assert "_" not in rijen.facts(regel)


def test_a_channel_has_one_name_everywhere() -> None:
    """In the rows it was "Webcare", in the contact panel "Social media"."""
    assert KANALEN["social"] == KANAALNAMEN[Kanaal.SOCIAL] == rolnaam("social")
    assert set(KANALEN) == {kanaal.value for kanaal in Kanaal}


def test_a_note_of_somebody_whose_name_is_not_known_yet_is_not_called_unassigned() -> None:
    (note,) = notities(1)
    known = msgspec.structs.replace(note, toegewezen_aan=(), actoren=("u-1",))
    assert rijen.notitie(known, NU).regel.startswith("toegewezen ·")
    assert rijen.notitie(msgspec.structs.replace(known, actoren=()), NU).regel.startswith("nog niet toegewezen ·")


def test_a_note_that_is_done_says_for_whom_it_was_and_not_that_they_did_it() -> None:
    """The register keeps who has a note, not who did it: the department did not call."""
    note = msgspec.structs.replace(notities(1, open_=0)[0], toegewezen_aan=("Burgerzaken",))
    regel = rijen.notitie(note, NU).regel
    assert regel.startswith("afgehandeld · voor Burgerzaken · ")
    assert "afgehandeld door" not in regel
