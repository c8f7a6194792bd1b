"""What is kept about zaaktypen beside the standard: with the knip of its product, once per seat, for who has zaken."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from sqlite3 import connect

import msgspec
import pytest

from kcs_desktop.backend.catalogus.kenmerken import parse_kenmerken, store_kenmerken
from kcs_desktop.backend.catalogus.laden import load_catalogus
from kcs_desktop.backend.cli import run
from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.proefgemeente.zaaktypebron import read_bron
from kcs_desktop.domain.errors import InvalidInput
from kcs_desktop.domain.zaaktype import Zaaktype, Zaaktypekenmerk, Zaaktypekenmerken
from tests.harness.backend import Backend, running_backend
from tests.harness.klok import Klok

URL = "/kcs/api/v1/catalogus/zaaktypen"


async def read(backend: Backend) -> Zaaktypekenmerken:
    async with backend.db.write() as unit:
        await load_catalogus(unit)
        await store_kenmerken(unit, [one.kenmerk() for one in read_bron().zaaktype])
    answer = await (await backend.client_for("tic")).get(URL)
    assert answer.status_code == 200, answer.text
    return msgspec.json.decode(answer.content, type=Zaaktypekenmerken)


async def test_a_zaaktype_has_the_department_and_the_knip_of_its_product(backend: Backend) -> None:
    kenmerken = await read(backend)
    kwijtschelding = kenmerken.van("kwijtschelding")
    assert (kwijtschelding.afdeling, kwijtschelding.formeel_verzoek) == ("Belastingen", True)
    assert kwijtschelding.uitvoerder == "Gemeenschappelijke regeling belastingen"
    assert [stap.lijn for stap in kwijtschelding.knip] == ["1", "1", "", "", "", ""]
    assert kenmerken.van("melding-openbare-ruimte").locatie
    assert kenmerken.van("onbekend") == Zaaktypekenmerk("onbekend")


async def test_what_is_sent_on_says_where_to_and_what_may_be_told(backend: Backend) -> None:
    kenmerken = await read(backend)
    sent = {one.identificatie: one.doorverwijzen for one in kenmerken.zaaktypen if one.doorverwijzen}
    assert {soort: one.loket for soort, one in sent.items() if one} == {
        "omgevingsvergunning": "Omgevingsloket (omgevingsloket.nl)",
        "sociale-zaken": "IASZ (sociale dienst van meerdere gemeenten)",
        "wmo": "Wmo-loket",
    }
    (wmo,) = kenmerken.bij_product("Huishoudelijke hulp Wmo")
    assert wmo.doorverwijzen is not None
    assert wmo.doorverwijzen.doorgeven == ("naam", "telefoonnummer")


async def test_others_of_the_same_levensgebeurtenis_are_found(backend: Backend) -> None:
    kenmerken = await read(backend)
    together = [one.identificatie for one in kenmerken.samen_met("verhuizing")]
    assert {"container", "parkeervergunning-bewoners", "hondenbelasting"} <= set(together)
    assert "verhuizing" not in together
    assert kenmerken.samen_met("klacht") == ()


async def test_it_is_read_once_and_only_by_who_works_with_zaken(backend: Backend) -> None:
    await read(backend)
    client = await backend.client_for("tic")
    etag = (await client.get(URL)).headers["etag"]
    assert (await client.get(URL, headers={"If-None-Match": etag})).status_code == 304
    assert (await (await backend.client_for("auditor", naam="Ada")).get(URL)).status_code == 403
    assert (await backend.client().get(URL)).status_code == 401


async def test_it_says_of_which_zaaktypen_this_sign_in_may_make_zaken(db: Database, klok: Klok) -> None:
    rechten = "tic=openbaar; snelbalie=vertrouwelijk:wmo,klacht; *=zaakvertrouwelijk"
    async with running_backend(db, klok, zaakrechten=rechten) as backend:
        open_, wmo, klacht = (
            Zaaktype("u", "url", identificatie, identificatie, aanduiding)
            for identificatie, aanduiding in (
                ("melding", "openbaar"),
                ("wmo", "vertrouwelijk"),
                ("klacht", "zaakvertrouwelijk"),
            )
        )
        allowed = {}
        for rollen in (("tic",), ("snelbalie",), ("tic", "snelbalie"), ("email",)):
            client = await backend.client_for(*rollen)
            kenmerken = msgspec.json.decode((await client.get(URL)).content, type=Zaaktypekenmerken)
            allowed[rollen] = [kenmerken.mag(one) for one in (open_, wmo, klacht)]
        assert allowed == {
            ("tic",): [True, False, False],
            ("snelbalie",): [False, True, True],
            ("tic", "snelbalie"): [True, True, True],
            ("email",): [True, False, True],
        }
    assert Zaaktypekenmerken().mag(wmo)  # nobody said


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("[[zaaktype]]\nidentificatie = 'a'\n[[zaaktype]]\nidentificatie = 'a'\n", "twee keer"),
        ("[[zaaktype]]\nformeel_verzoek = true\n", "identificatie"),
        ("[[zaaktype]]\nidentificatie = 'a'\nlocatie = 'ja'\n", "zaaktype"),
        ("zaaktype = [", "klopt niet"),
        ("[[zaaktypen]]\nidentificatie = 'a'\n", "zaaktypen"),
    ],
)
def test_a_file_of_ones_own_is_refused_with_what_is_wrong(text: str, wrong: str) -> None:
    with pytest.raises(InvalidInput, match=wrong):
        parse_kenmerken(text)


def test_a_file_of_ones_own_takes_the_place_of_what_was_there(
    sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bestand = tmp_path / "kenmerken.toml"
    text = "[[zaaktype]]\nidentificatie = 'wmo'\n[zaaktype.doorverwijzen]\nloket = 'Wijkteam'\n"
    for _ in range(2):
        bestand.write_text(text, "utf-8")
        assert run(["laad", "kenmerken", str(bestand), "--database", sqlite_url]) == 0
    assert "1 zaaktypen" in capsys.readouterr().out
    bestand.write_text("zaaktype = 7", "utf-8")
    assert run(["laad", "kenmerken", str(bestand), "--database", sqlite_url]) == 1
    with closing(connect(sqlite_url.removeprefix("sqlite:///"))) as database:
        rows = database.execute("SELECT identificatie, inhoud FROM zaaktypekenmerk").fetchall()
    assert [naam for naam, _inhoud in rows] == ["wmo"]
    assert "Wijkteam" in rows[0][1]
