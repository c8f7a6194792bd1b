"""The catalogue: products with department and knip, loaded per municipality, read once by a seat."""

from __future__ import annotations

import pytest

from kcs_desktop.backend.catalogus.laden import load_catalogus
from kcs_desktop.backend.catalogus.lezen import parse_afdelingen, parse_catalogus, parse_gemeenten, parse_vragensets
from kcs_desktop.domain.catalogus import Lijstvraag
from kcs_desktop.domain.errors import InvalidInput
from tests.harness.backend import Backend

URL = "/kcs/api/v1/catalogus"
PRODUCTEN = "product;vakgebied;afhandeling;kanaal_voorkeur;knipproces\nPaspoort;Burgerzaken;afspraak;balie;Reizen\n"
KNIP = (
    "lijn;vakgebied;proces;stappen;producten;uitvoerder;herkomst;opmerking\n"
    "1;Burgerzaken;Reizen;1,2,3;;1e lijn;plan;\n"
    "2;Burgerzaken;Reizen;4;;2e lijn;plan;\n"
    "3;Burgerzaken;Reizen;5;;COVOG;afgeleid;\n"
    "2;Burgerzaken;Reizen;6;;niet belegd;open;\n"
)


def test_a_product_has_six_named_steps_each_with_who_does_it_or_open() -> None:
    (product,) = parse_catalogus(PRODUCTEN, KNIP).producten
    assert [(s.nummer, s.lijn, s.uitvoerder) for s in product.knip] == [
        (1, "1", "1e lijn"),
        (2, "1", "1e lijn"),
        (3, "1", "1e lijn"),
        (4, "2", "2e lijn"),
        (5, "", "COVOG"),
        (6, "", ""),
    ]
    assert product.knip[0].naam == "Intake"
    assert product.afdeling == "Burgerzaken"


def test_a_step_that_both_lines_do_names_both() -> None:
    knip = KNIP + "2;Burgerzaken;Reizen;3;;2e lijn;plan;\n"
    (product,) = parse_catalogus(PRODUCTEN, knip).producten
    assert (product.knip[2].lijn, product.knip[2].uitvoerder) == ("", "1e lijn of 2e lijn")


@pytest.mark.parametrize(
    ("producten", "knip", "named"),
    [
        ("naam\nx\n", KNIP, "producten.csv, regel 1"),
        (PRODUCTEN + "x;y;z;b;Onbekend\n", KNIP, "producten.csv, regel 3"),
        (PRODUCTEN, KNIP + "1;B;Reizen;7;;1e lijn;plan;\n", "knip.csv, regel 6"),
        (PRODUCTEN, KNIP + "1;B\n", "knip.csv, regel 6"),
    ],
)
def test_what_is_wrong_in_a_file_is_named_with_its_line(producten: str, knip: str, named: str) -> None:
    with pytest.raises(InvalidInput, match=named):
        parse_catalogus(producten, knip)


def test_a_municipality_has_a_name_and_four_digits() -> None:
    assert parse_gemeenten("naam;code\nSneek;1900\nBolsward;1900\n") == {"Sneek": "1900", "Bolsward": "1900"}
    for wrong in ("naam;code\nSneek;190\n", "naam;code\n;1900\n", "naam;code\nSneek;l900\n"):
        with pytest.raises(InvalidInput, match=r"gemeenten\.csv, regel 2"):
            parse_gemeenten(wrong)


async def test_a_seat_reads_the_catalogue_once(backend: Backend) -> None:
    async with backend.db.write() as unit:
        assert await load_catalogus(unit) > 50
    client = await backend.client_for("tic", naam="Jan")
    first = await client.get(URL)
    assert first.json()["medewerkers"] == {"jan-tic": "Jan"}
    assert all(len(product["knip"]) == 6 for product in first.json()["producten"] if product.get("knipproces"))
    again = await client.get(URL, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    async with backend.db.write() as unit:
        await load_catalogus(unit, PRODUCTEN, KNIP)
    changed = await client.get(URL, headers={"If-None-Match": first.headers["etag"]})
    assert [product["naam"] for product in changed.json()["producten"]] == ["Paspoort"]


async def test_nobody_reads_it_without_signing_in(backend: Backend) -> None:
    assert (await backend.client().get(URL)).status_code == 401


def test_departments_have_a_coordinator_groups_and_questions() -> None:
    groepen, coordinatoren = parse_afdelingen("afdeling;coordinator;groepen\nA;jan;Een|Twee\nB;;Drie\n")
    assert groepen == {"Een": "A", "Twee": "A", "Drie": "B"}
    assert coordinatoren == {"A": "jan"}
    vragen = parse_vragensets("afdeling;vraag;keuzes;verplicht\nA;Waar?;;ja\nA;Wat?;x|y;\n")
    assert vragen == {"A": (Lijstvraag("Waar?", (), True), Lijstvraag("Wat?", ("x", "y")))}
    for wrong in ("afdeling;coordinator;groepen\n;jan;\n", "afdeling;coordinator;groepen\nA;;Een\nB;;Een\n"):
        with pytest.raises(InvalidInput, match=r"afdelingen\.csv, regel"):
            parse_afdelingen(wrong)
    for wrong in ("afdeling;vraag;keuzes;verplicht\nA;;;\n", "afdeling;vraag;keuzes;verplicht\nA;Waar?;;misschien\n"):
        with pytest.raises(InvalidInput, match=r"vragensets\.csv, regel 2"):
            parse_vragensets(wrong)


async def test_what_is_not_loaded_anew_stays(backend: Backend) -> None:
    async with backend.db.write() as unit:
        await load_catalogus(unit)
    client = await backend.client_for("tic")
    first = (await client.get(URL)).json()
    assert first["vragensets"]["Verkeer"]
    assert first["groepen"]["Team WOZ"] == "Belastingen"
    assert first["terugbelnormen"]["norm"] == 1
    async with backend.db.write() as unit:
        await load_catalogus(unit, PRODUCTEN, KNIP)
    again = (await client.get(URL)).json()
    assert (again["vragensets"], again["groepen"]) == (first["vragensets"], first["groepen"])
