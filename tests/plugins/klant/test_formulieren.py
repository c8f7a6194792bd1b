"""The rules of the two forms and of what the header says."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kcs_desktop.sdk import (
    Bron,
    Bronstand,
    Contact,
    DigitaalAdres,
    InvalidInput,
    Kanaal,
    SoortDigitaalAdres,
    SoortKlant,
    Vraag,
    has_unwanted,
)
from plugins.klant import kop, lijsten, rijen
from plugins.klant.registreren import Registratieformulier, known_of
from plugins.klant.sleutels import reference
from plugins.klant.wijzigen import open_form
from tests.plugins.klant.klanten import GOED, MAIL, MOBIEL, VAST, bakkerij, johanna, notities, persoon
from tests.plugins.klant.zitplaats import NU


def test_an_untouched_form_changes_nothing() -> None:
    assert open_form(johanna()).wijziging() is None


def test_a_number_in_another_notation_is_no_change() -> None:
    form = open_form(johanna(digitale_adressen=(replace(MOBIEL, adres="06-12345678"),)))
    form.row("a-1").adres = "+31 6 12 34 56 78"
    assert form.wijziging() is None


def test_a_change_carries_what_was_seen() -> None:
    form = open_form(johanna())
    form.row("a-1").adres = "06 87654321"
    wijziging = form.wijziging()
    assert wijziging is not None
    assert wijziging.adressen[0].gezien == MOBIEL
    assert wijziging.adressen[0].wordt == replace(MOBIEL, adres="+31687654321")


def test_removing_the_preferred_number_makes_another_preferred() -> None:
    form = open_form(johanna(digitale_adressen=(MOBIEL, VAST, MAIL)))
    form.remove("a-1")
    assert form.row("a-2").standaard
    wijziging = form.wijziging()
    assert wijziging is not None
    assert wijziging.adressen[0].wordt is None


@pytest.mark.parametrize("adres", ["061234", "abc", "06 1234567890", "\u202e0612345678"])
def test_a_wrong_number_is_refused_at_its_own_field(adres: str) -> None:
    form = open_form(johanna())
    form.row("a-1").adres = adres
    assert [problem.field for problem in form.problems()] == ["a-1.adres"]
    with pytest.raises(InvalidInput):
        form.wijziging()


def test_the_same_address_twice_is_refused() -> None:
    form = open_form(johanna())
    form.add(SoortDigitaalAdres.EMAIL, MAIL.adres.upper())
    assert [problem.code for problem in form.problems()] == ["dubbel"]


def test_a_colleagues_change_marks_a_touched_row_and_replaces_an_untouched_one() -> None:
    form = open_form(johanna())
    form.row("a-1").adres = "0687654321"
    hun = replace(MOBIEL, adres="+31611111111")
    assert form.live(johanna(digitale_adressen=(hun, replace(MAIL, adres="nieuw@voorbeeld.nl"))))
    assert form.row("a-1").hun == hun
    assert form.row("a-1").adres == "0687654321"
    assert form.row("a-3").adres == "nieuw@voorbeeld.nl"
    form.keep_mine("a-1")
    wijziging = form.wijziging()
    assert wijziging is not None
    assert wijziging.adressen[0].gezien == hun


def test_a_number_typed_before_the_addresses_were_read_takes_no_preference_away() -> None:
    form = open_form(johanna(digitale_adressen=()))
    nieuw = form.add(SoortDigitaalAdres.TELEFOONNUMMER, "06 11111111")
    mail = form.add(SoortDigitaalAdres.EMAIL, "nieuw@voorbeeld.nl")
    assert nieuw.standaard
    assert form.live(johanna(digitale_adressen=(MOBIEL,)))
    assert (nieuw.standaard, form.row("a-1").standaard, mail.standaard) == (False, True, True)
    form.prefer(nieuw.sleutel)
    form.live(johanna(digitale_adressen=(MOBIEL, VAST)))
    assert (nieuw.standaard, form.row("a-1").standaard) == (True, False)


def test_a_name_of_ten_thousand_characters_is_refused_with_its_length() -> None:
    form = Registratieformulier(SoortKlant.PERSOON, {"achternaam": "x" * 10_000})
    (problem,) = form.problems()
    assert problem.field == "achternaam"
    assert "10000" in problem.message


def test_a_person_needs_a_last_name_and_a_company_its_name() -> None:
    assert [p.field for p in Registratieformulier(SoortKlant.PERSOON).problems()] == ["achternaam"]
    assert [p.field for p in Registratieformulier(SoortKlant.ORGANISATIE).problems()] == ["naam"]


def test_what_the_contact_knows_of_somebody_unknown_stands_there_already() -> None:
    mail = DigitaalAdres(SoortDigitaalAdres.EMAIL, "nieuwe@klant-voorbeeld.nl")
    contact = Contact("c-1", "o-1", Kanaal.EMAIL, NU, (Vraag("v-1"),), beller="+31612345678", digitale_adressen=(mail,))
    known = known_of(contact)
    form = Registratieformulier(SoortKlant.PERSOON, {**known, "achternaam": "Nieuw"}, None, known)
    assert [al.adres for al in form.registratie().digitale_adressen] == ["+31612345678", mail.adres]
    assert form.is_changed()
    assert not Registratieformulier(SoortKlant.PERSOON, dict(known), None, known).is_changed()
    assert known_of(None) == {}
    assert known_of(replace(contact, klant=reference(johanna()))) == {}, "it is of that customer"


@given(st.text(max_size=300))
def test_any_name_is_registered_clean_or_refused(naam: str) -> None:
    form = Registratieformulier(SoortKlant.ORGANISATIE, {"naam": naam})
    if form.problems():
        return
    made = form.registratie().naam
    assert 0 < len(made) <= 200
    assert not has_unwanted(made)


def test_the_header_says_what_must_not_be_missed() -> None:
    beeld = johanna(persoon=persoon(geheimhouding=True, overleden=True, overlijdensdatum="2026-05-03"))
    vlaggen = [vlag.tekst for vlag in kop.header(beeld, NU).vlaggen]
    assert vlaggen[:2] == ["Overleden op 3 mei 2026", "Geheimhouding: niet verstrekken aan derden"]


def test_each_source_keeps_its_line_whichever_answered_first() -> None:
    assert [regel.bron for regel in kop.header(johanna(bronnen=GOED[::-1]), NU).bronregels] == [
        "brp",
        "klantinteracties",
    ]


def test_brp_data_carry_the_verification_warning_and_a_silent_source_its_age() -> None:
    regels = kop.header(johanna(), NU).bronregels
    assert regels[0].tekst.endswith("alleen ter controle van de identiteit")
    stil = Bron("brp", Bronstand.FOUT, "BRP antwoordt niet", NU - timedelta(minutes=1), uit_cache=True)
    (regel, _) = kop.header(johanna(bronnen=(stil, GOED[1])), NU).bronregels
    assert regel.tekst.startswith("BRP antwoordt niet. Dit is van 10:41.")
    assert regel.kan_opnieuw


def test_a_list_is_never_silently_cut() -> None:
    assert lijsten.contacten(johanna(), NU, None).bijschrift == "7 van 12, nieuwste boven"


def test_open_notes_stand_first_and_the_longest_waiting_on_top() -> None:
    order = [note.uuid for note in rijen.sorted_notities(notities(4, open_=2))]
    assert order == ["n-1", "n-0", "n-2", "n-3"]


def test_a_company_without_people_is_not_said_to_act_for_others() -> None:
    leeg = lijsten.relaties(bakkerij(relaties=()), NU, None).melding
    assert leeg == "Nog niemand bekend die namens dit bedrijf handelt."
    assert "waarvoor deze klant handelt" in lijsten.relaties(johanna(relaties=()), NU, None).melding
