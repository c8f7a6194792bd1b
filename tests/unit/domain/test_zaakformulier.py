"""The form of a zaaktype: what is asked, how typed answers are written, what is wrong with them, what is known."""

from __future__ import annotations

from datetime import UTC, date, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs_desktop.domain.klant import (
    DigitaalAdres,
    Klantbeeld,
    KlantSleutel,
    Klantverwijzing,
    Persoonsgegevens,
    SoortDigitaalAdres,
    SoortKlant,
)
from kcs_desktop.domain.klantcontact import Vraag
from kcs_desktop.domain.zaakconcept import Zaakconcept
from kcs_desktop.domain.zaakformulier import (
    Formulierveld,
    Veldsoort,
    Zaakformulier,
    form_of,
    objection,
    problems_of,
    shown,
    written,
)
from kcs_desktop.domain.zaakgegevens import Eigenschapwaarde, Locatie
from kcs_desktop.domain.zaaktype import Eigenschap, Statustype, Zaaktype, Zaaktypekenmerk, Zaaktypevorm
from kcs_desktop.domain.zaakvoorinvulling import Bekend, prefilled, with_typed, without

VANDAAG = date(2026, 11, 24)
SLEUTEL = KlantSleutel(SoortKlant.PERSOON, bsn="999990019")
JOHANNA = Klantverwijzing(SLEUTEL, "J. van Duinrode")


def veld(soort: Veldsoort, **velden: object) -> Formulierveld:
    return msgspec.structs.replace(Formulierveld("e-1", "naam", "Vraag?", soort), **velden)


def eigenschap(naam: str, formaat: str = "tekst", **velden: object) -> Eigenschap:
    return msgspec.structs.replace(Eigenschap(f"e-{naam}", f"https://x/{naam}", naam, formaat=formaat), **velden)


def form(*eigenschappen: Eigenschap, **kenmerken: object) -> Zaakformulier:
    zaaktype = Zaaktype("zt-1", "https://x/zt-1", "melding", "Melding", "openbaar", doorlooptijd="P8W")
    vorm = Zaaktypevorm(
        zaaktype,
        statustypen=(Statustype("s-1", "https://x/s-1", "Ontvangen", 1, "Wij hebben uw melding."),),
        eigenschappen=eigenschappen,
    )
    return form_of(vorm, msgspec.structs.replace(Zaaktypekenmerk("melding"), **kenmerken))


def concept(**velden: object) -> Zaakconcept:
    leeg = Zaakconcept("c-1", "o-1", "r-1", "zt-1", datetime(2026, 11, 24, 9, tzinfo=UTC))
    return msgspec.structs.replace(leeg, **velden)


@pytest.mark.parametrize(
    ("soort", "getypt", "geschreven"),
    [
        (Veldsoort.DATUM, "24-12-2026", "20261224"),
        (Veldsoort.DATUM, "24 dec 2026", "20261224"),
        (Veldsoort.DATUM, "2026-12-24", "20261224"),
        (Veldsoort.DATUM, "dec 2026", "dec 2026"),
        (Veldsoort.DATUM, "31-2-2026", "31-2-2026"),
        (Veldsoort.DATUM_TIJD, "24-12-2026 14:05", "20261224140500"),
        (Veldsoort.DATUM_TIJD, "24-12-2026 om 9.05 uur", "20261224090500"),
        (Veldsoort.DATUM_TIJD, "2026-12-24T14:05:07", "20261224140507"),
        (Veldsoort.DATUM_TIJD, "24-12-2026 25:00", "24-12-2026 25:00"),
        (Veldsoort.DATUM_TIJD, "24-12-2026", "24-12-2026"),
        (Veldsoort.DATUM_TIJD, "24 dec 2026", "24 dec 2026"),
        (Veldsoort.DATUM_TIJD, "dec 2026 14:05", "dec 2026 14:05"),
        (Veldsoort.GETAL, "1.250,50", "1250,50"),
        (Veldsoort.GETAL, "€ 12.000", "12000"),
        (Veldsoort.GETAL, "12.5", "12,5"),
        (Veldsoort.GETAL, "veel", "veel"),
        (Veldsoort.GETAL, "een of twee", "een of twee"),
        (Veldsoort.GETAL, "-1.250", "-1.250"),
        (Veldsoort.TEKST, " twee \u202e woorden\n", "twee woorden"),
        (Veldsoort.TEKSTVAK, "eerste\ntweede\u0000", "eerste\ntweede"),
    ],
)
def test_what_was_typed_is_written_as_the_register_wants_it(soort: Veldsoort, getypt: str, geschreven: str) -> None:
    assert written(veld(soort), getypt, VANDAAG) == geschreven


@pytest.mark.parametrize(
    ("soort", "getypt", "voorbeeld"),
    [
        (Veldsoort.DATUM_TIJD, "24-12-2026 25:00", "zoals 24-11-2026 14:05."),
        (Veldsoort.DATUM_TIJD, "24-12-2026", "zoals 24-11-2026 14:05."),
        (Veldsoort.DATUM_TIJD, "2026112414050", "zoals 24-11-2026 14:05."),
        (Veldsoort.DATUM, "31-2-2026", "zoals 24-11-2026."),
        (Veldsoort.DATUM, "2026124", "zoals 24-11-2026."),
    ],
)
def test_what_is_no_day_or_moment_is_told_with_one_as_people_write_it(
    soort: Veldsoort, getypt: str, voorbeeld: str
) -> None:
    assert objection(veld(soort), written(veld(soort), getypt, VANDAAG)).endswith(voorbeeld)
    assert objection(veld(soort), written(veld(soort), voorbeeld.strip("zoals .")[:16], VANDAAG)) == ""


@pytest.mark.parametrize("getypt", ["26-11-2026", "26 nov 2026", "2026-11-26", "20261126"])
def test_a_day_without_its_time_stays_as_people_write_it_and_the_time_is_asked(getypt: str) -> None:
    moment = veld(Veldsoort.DATUM_TIJD)
    bewaard = written(moment, getypt, VANDAAG)
    assert shown(moment, bewaard) == (getypt if getypt != "20261126" else "26-11-2026")
    assert objection(moment, bewaard).startswith("Vul ook de tijd in")


@pytest.mark.parametrize(
    ("soort", "getypt"),
    [
        (Veldsoort.DATUM, "31022026"),
        (Veldsoort.DATUM, "20261399"),
        (Veldsoort.DATUM, "26-11"),
        (Veldsoort.DATUM_TIJD, "26-11"),
        (Veldsoort.DATUM_TIJD, "26-11-2026 14"),
        (Veldsoort.DATUM_TIJD, "dec 2026 14:05"),
        (Veldsoort.DATUM_TIJD, "20261399140500"),
        (Veldsoort.DATUM_TIJD, "31122026"),
        (Veldsoort.DATUM_TIJD, "26-11-2026"),
    ],
)
def test_what_is_no_whole_answer_is_shown_as_it_was_typed_and_told(soort: Veldsoort, getypt: str) -> None:
    asked = veld(soort)
    bewaard = written(asked, getypt, VANDAAG)
    assert shown(asked, bewaard) == getypt
    assert objection(asked, bewaard)


@pytest.mark.parametrize("getypt", ["-5", "+5", "- 5", "-1.250,50"])
def test_a_number_has_no_sign(getypt: str) -> None:
    getal = veld(Veldsoort.GETAL)
    assert written(getal, getypt, VANDAAG) == getypt
    assert objection(getal, getypt) == "Vul dit getal in zonder plus of min ervoor."


def test_a_choice_is_found_in_any_case_and_another_stays_to_be_told() -> None:
    keuze = veld(Veldsoort.KEUZE, keuzes=("Gft", "restafval"))
    assert written(keuze, "gft", VANDAAG) == "Gft"
    assert written(keuze, "glas", VANDAAG) == "glas"
    assert "Gft, restafval" in objection(keuze, "glas")


@given(st.sampled_from(list(Veldsoort)), st.text(max_size=40))
def test_writing_again_changes_nothing(soort: Veldsoort, getypt: str) -> None:
    asked = veld(soort, keuzes=("ja", "nee") if soort is Veldsoort.KEUZE else ())
    once = written(asked, getypt, VANDAAG)
    assert written(asked, once, VANDAAG) == once


@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 12, 31)))  # noqa: DTZ001 -- a form has no zone
def test_a_day_and_a_moment_come_back_as_they_were_shown(moment: datetime) -> None:
    dag, tijd = veld(Veldsoort.DATUM), veld(Veldsoort.DATUM_TIJD)
    assert written(dag, shown(dag, f"{moment:%Y%m%d}"), VANDAAG) == f"{moment:%Y%m%d}"
    assert written(tijd, shown(tijd, f"{moment:%Y%m%d%H%M%S}"), VANDAAG) == f"{moment:%Y%m%d%H%M%S}"
    assert objection(dag, f"{moment:%Y%m%d}") == ""
    assert objection(tijd, f"{moment:%Y%m%d%H%M%S}") == ""


def test_the_form_says_what_the_catalogue_asks() -> None:
    formulier = form(
        eigenschap("soort", waarden=("a", "b"), minstens=1),
        eigenschap("verhaal", lengte=1000),
        eigenschap("kosten", "getal", lengte=8, decimalen=2),
        eigenschap("vorm", "kleurcode", lengte=6),
        eigenschap("talen", hoogstens=None),
        locatie=True,
        formeel_verzoek=True,
    )
    assert [v.soort for v in formulier.velden] == [
        Veldsoort.KEUZE, Veldsoort.TEKSTVAK, Veldsoort.GETAL, Veldsoort.TEKST, Veldsoort.TEKST,
    ]  # fmt: skip
    assert formulier.velden[0].verplicht
    assert not formulier.velden[1].verplicht
    assert "kleurcode" in formulier.velden[3].opmerking
    assert formulier.velden[4].meer
    assert (formulier.met_locatie, formulier.formeel_verzoek) == (True, True)
    assert formulier.eerste_status == "Wij hebben uw melding."
    assert formulier.veld("VERHAAL") is formulier.velden[1]


def test_a_value_of_an_unknown_format_is_taken_whatever_its_length() -> None:
    formulier = form(eigenschap("vorm", "kleurcode", lengte=6))
    assert objection(formulier.velden[0], "x" * 10_000) == ""


def test_every_problem_is_told_at_its_field() -> None:
    formulier = form(
        eigenschap("soort", minstens=1),
        eigenschap("kort", lengte=3),
        eigenschap("wanneer", "datum"),
        eigenschap("een"),
        locatie=True,
        formeel_verzoek=True,
    )
    ingevuld = concept(
        omschrijving="x" * 81,
        eigenschappen=(
            Eigenschapwaarde("e-kort", "vier"),
            Eigenschapwaarde("e-wanneer", "ooit"),
            Eigenschapwaarde("e-een", "1"),
            Eigenschapwaarde("e-een", "2"),
        ),
    )
    problems = problems_of(formulier, ingevuld)
    assert [p.field for p in problems] == [
        "klant", "locatie", "omschrijving", "eigenschappen.e-soort", "eigenschappen.e-kort", "eigenschappen.e-wanneer",
        "eigenschappen.e-een",
    ]  # fmt: skip
    assert all(p.message.endswith(".") for p in problems)


def test_a_filled_form_has_no_problems() -> None:
    formulier = form(eigenschap("soort", waarden=("a",), minstens=1), locatie=True, formeel_verzoek=True)
    ingevuld = concept(
        klant=JOHANNA,
        locatie=Locatie(toelichting="bij de vijver"),
        eigenschappen=(Eigenschapwaarde("e-soort", "a"),),
    )
    assert problems_of(formulier, ingevuld) == []


def test_what_is_known_is_filled_in_and_says_where_from() -> None:
    formulier = form(
        eigenschap("soort melding", waarden=("fietswrak", "boom of groen", "anders")),
        eigenschap("omschrijving", lengte=1000),
        eigenschap("locatie", lengte=255),
        eigenschap("telefoonnummer", lengte=20),
        eigenschap("geboortedatum", "datum"),
        eigenschap("naam evenement", lengte=40),
    )
    beeld = Klantbeeld(
        SLEUTEL,
        "J. van Duinrode",
        persoon=Persoonsgegevens("999990019", "J. van Duinrode", geboortedatum="1971-03-14"),
        digitale_adressen=(
            DigitaalAdres(SoortDigitaalAdres.TELEFOONNUMMER, "+31612345678"),
            DigitaalAdres(SoortDigitaalAdres.TELEFOONNUMMER, "+31201234567", standaard=True),
        ),
    )
    vraag = Vraag("v-1", onderwerp="Fietswrak", notitie="Al weken bij het hek.")
    locatie = Locatie("Schelpenlaan", 12, woonplaats="Proefdam", toelichting="bij het hek")
    gevuld = prefilled(concept(locatie=locatie), formulier, Bekend(beeld, vraag, "Fietswrak melden"))
    assert {al.eigenschap: al.waarde for al in gevuld.eigenschappen} == {
        "e-soort melding": "fietswrak",
        "e-omschrijving": "Al weken bij het hek.",
        "e-locatie": "Schelpenlaan 12, Proefdam, bij het hek",
        "e-telefoonnummer": "+31201234567",
        "e-geboortedatum": "19710314",
    }
    assert gevuld.omschrijving == "Fietswrak"
    assert gevuld.toelichting == ""  # told in the form's own field
    assert gevuld.herkomst["e-soort melding"] == "product"
    assert gevuld.herkomst["e-telefoonnummer"] == "klant"


@pytest.mark.parametrize(
    ("product", "keuze"),
    [
        ("Volle afvalbak melden", "afval en zwerfvuil"),
        ("Gevaarlijke boom melden", "boom of groen"),
        ("Kapotte straatverlichting melden", "straatverlichting"),
        ("Losse stoeptegel melden", ""),
        ("", ""),
    ],
)
def test_a_product_names_the_one_choice_that_it_is_about(product: str, keuze: str) -> None:
    formulier = form(
        eigenschap("soort", waarden=("afval en zwerfvuil", "boom of groen", "straatverlichting", "anders"))
    )
    assert prefilled(concept(), formulier, Bekend(product=product)).waarden("e-soort") == ((keuze,) if keuze else ())


@pytest.mark.parametrize("bron", ["zaaktype", "product"])
def test_a_subject_that_nobody_typed_does_not_answer_what_is_the_matter(bron: str) -> None:
    formulier = form(eigenschap("omschrijving", lengte=80))
    vraag = Vraag("v-1", onderwerp="Losse stoeptegel melden", herkomst={"onderwerp": bron})
    assert prefilled(concept(), formulier, Bekend(vraag=vraag)).waarden("e-omschrijving") == ()
    getypt = Vraag("v-1", onderwerp="Tegel ligt los")
    assert prefilled(concept(), formulier, Bekend(vraag=getypt)).waarden("e-omschrijving") == ("Tegel ligt los",)


def test_two_choices_that_fit_are_left_to_the_employee() -> None:
    formulier = form(eigenschap("soort", waarden=("groen", "groenafval")))
    assert prefilled(concept(), formulier, Bekend(product="Groenafval melden")).waarden("e-soort") == ()


def test_what_was_typed_is_never_filled_over_and_what_was_filled_in_follows() -> None:
    formulier = form(eigenschap("locatie", lengte=255), eigenschap("onderwerp", lengte=80))
    eerst = prefilled(
        concept(locatie=Locatie(toelichting="hier")), formulier, Bekend(vraag=Vraag("v", onderwerp="Een"))
    )
    getypt = with_typed(eerst, "e-onderwerp", ("Mijn woorden",))
    daarna = prefilled(
        msgspec.structs.replace(getypt, locatie=Locatie(toelichting="daar")),
        formulier,
        Bekend(vraag=Vraag("v", onderwerp="Twee")),
    )
    assert daarna.waarden("e-onderwerp") == ("Mijn woorden",)
    assert daarna.waarden("e-locatie") == ("daar",)
    assert "e-onderwerp" not in daarna.herkomst


def test_what_came_from_another_customer_or_place_goes_and_what_was_typed_stays() -> None:
    formulier = form(eigenschap("locatie", lengte=255), eigenschap("telefoonnummer"), eigenschap("kleur"))
    beeld = Klantbeeld(
        SLEUTEL, "X", digitale_adressen=(DigitaalAdres(SoortDigitaalAdres.TELEFOONNUMMER, "+31201234567"),)
    )
    bekend = Bekend(beeld, Vraag("v", onderwerp="Fietswrak"))
    gevuld = with_typed(
        prefilled(concept(locatie=Locatie(toelichting="hier")), formulier, bekend), "e-kleur", ("rood",)
    )
    elders = prefilled(without(msgspec.structs.replace(gevuld, locatie=None), {"locatie"}), formulier, bekend)
    assert elders.waarden("e-locatie") == ()
    assert elders.waarden("e-telefoonnummer") == ("+31201234567",)
    ander = prefilled(without(elders, {"klant"}), formulier, Bekend(Klantbeeld(SLEUTEL, "Y"), bekend.vraag))
    assert ander.waarden("e-telefoonnummer") == ()
    assert (ander.waarden("e-kleur"), ander.omschrijving, ander.herkomst) == (
        ("rood",), "Fietswrak", {"omschrijving": "contact"}
    )  # fmt: skip
    assert without(ander, {"contact"}).omschrijving == ""


def test_what_does_not_fit_its_field_is_cut_or_left_out() -> None:
    formulier = form(eigenschap("locatie", lengte=10), eigenschap("telefoonnummer", "getal", lengte=4))
    beeld = Klantbeeld(
        SLEUTEL, "X", digitale_adressen=(DigitaalAdres(SoortDigitaalAdres.TELEFOONNUMMER, "+31201234567"),)
    )
    gevuld = prefilled(concept(locatie=Locatie(toelichting="heel lang verhaal")), formulier, Bekend(beeld))
    assert gevuld.waarden("e-locatie") == ("heel lang…",)
    assert gevuld.waarden("e-telefoonnummer") == ()
