"""The zaaktypen of Proefdam: enough of them, each complete, in plain words, and answered as the standard wants."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import httpx
from sqlalchemy import delete, func, select, update

from kcs_desktop.backend.accounts.tables import AccountRij
from kcs_desktop.backend.catalogus.tables import ZaaktypekenmerkRow
from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.proefgemeente import fill, zaaktypen
from kcs_desktop.backend.proefgemeente.lot import table
from kcs_desktop.backend.proefgemeente.zaaktypebron import read_bron
from kcs_desktop.backend.standards.catalogi import tables as t
from kcs_desktop.backend.standards.zaken.tables import Zaak, Zaaknummer
from tests.contract.catalogi.spec import API, RESOURCES, SPEC
from tests.harness.backend import Backend

BRON = read_bron()
EINDE = date(2030, 1, 1)
ROWS = zaaktypen.rows(BRON)


def test_each_zaaktype_is_complete() -> None:
    assert len(BRON.zaaktype) >= 25
    per = {
        tabel: [rij["zaaktype"] for rij in ROWS[tabel]]
        for tabel in (t.Statustype, t.Roltype, t.Resultaattype, t.Eigenschap, t.ZaaktypeInformatieobjecttype)
    }
    for rij in ROWS[t.Zaaktype]:
        counted = {tabel: owners.count(rij["uuid"]) for tabel, owners in per.items()}
        assert counted[t.Statustype] >= 4, rij["identificatie"]
        assert counted[t.Roltype] >= 3
        assert min(counted.values()) >= 1
        assert rij["doorlooptijd"]
        assert rij["servicenorm"]
    assert {rij["specificatie_formaat"] for rij in ROWS[t.Eigenschap]} == {"tekst", "getal", "datum", "datum_tijd"}
    assert {rij["specificatie_kardinaliteit"] for rij in ROWS[t.Eigenschap]} == {"1", "0-1", "1-N", "N"}


def test_what_the_citizen_reads_are_short_whole_sentences_about_this_zaak() -> None:
    for rij in ROWS[t.Statustype]:
        tekst = rij["statustekst"]
        assert "{" not in tekst
        assert tekst[0].isupper()
        assert tekst.endswith((".", "?", "!"))
        for zin in tekst.replace("? ", ". ").split(". "):
            assert len(zin.split()) <= 15, tekst
    assert any("uw aanvraag voor een parkeervergunning" in rij["statustekst"] for rij in ROWS[t.Statustype])


def test_the_last_status_promises_no_result() -> None:
    """It is read with each of them: refused, withdrawn, sent on."""
    for verloop in BRON.verloop.values():
        _naam, tekst = verloop.statussen[-1]
        assert tekst.startswith(("{Over} is afgerond", "{Over} is afgehandeld", "{Over} is helemaal afgerond")), tekst


def test_the_file_speaks_of_products_that_exist_and_of_each_once() -> None:
    known = {rij["product"] for rij in table("producten")}
    named = [product for zaaktype in BRON.zaaktype for product in zaaktype.producten]
    assert set(named) <= known
    assert len(named) == len(set(named))
    elsewhere = {rij["product"] for rij in table("producten") if rij["afhandeling"] == "doorverwijzen"}
    sent = {product for one in BRON.zaaktype if one.doorverwijzen for product in one.producten}
    assert elsewhere <= sent


def test_uuids_differ_and_are_the_same_every_time() -> None:
    uuids = [rij["uuid"] for rijen in ROWS.values() for rij in rijen]
    assert len(uuids) == len(set(uuids))
    assert zaaktypen.rows(read_bron()) == ROWS


async def _counts(db: Database) -> list[int]:
    tables = (t.Zaaktype, t.Statustype, t.Eigenschap, t.ZaaktypeInformatieobjecttype, ZaaktypekenmerkRow, Zaak)
    async with db.read() as session:
        return [int(await session.scalar(select(func.count()).select_from(one)) or 0) for one in tables]


async def test_an_older_proefgemeente_gets_what_it_lacks_and_another_municipality_nothing(db: Database) -> None:
    await fill(db)
    whole = await _counts(db)
    assert whole[0] == len(BRON.zaaktype) == whole[4]
    assert whole[5] > 300
    async with db.write() as unit:
        await unit.session.execute(delete(t.Catalogus))
        await unit.session.execute(delete(ZaaktypekenmerkRow))
        await unit.session.execute(delete(Zaaknummer))
        await unit.session.execute(delete(Zaak))
    assert await _counts(db) == [0] * len(whole)
    await fill(db)
    await fill(db)
    assert await _counts(db) == whole
    async with db.write() as unit:
        await unit.session.execute(delete(t.Catalogus))
        await unit.session.execute(update(AccountRij).values(proef=False))
    await fill(db)
    assert (await _counts(db))[0] == 0


async def test_another_version_changes_what_was_loaded_before_and_keeps_what_it_does_not_have(db: Database) -> None:
    async with db.write() as unit:
        await zaaktypen.store(unit)
        await unit.session.execute(update(t.Catalogus).values(versie="0"))
        await unit.session.execute(update(t.Zaaktype).values(omschrijving="Oud", einde_geldigheid=EINDE))
    async with db.write() as unit:
        assert await zaaktypen.store(unit)
        assert not await zaaktypen.store(unit)
        versie = await unit.session.scalar(select(t.Catalogus.versie))
        found = (await unit.session.execute(select(t.Zaaktype.omschrijving, t.Zaaktype.einde_geldigheid))).all()
    assert versie == zaaktypen.VERSIE
    assert sorted(omschrijving for omschrijving, _ in found) == sorted(one.omschrijving for one in BRON.zaaktype)
    assert {einde for _, einde in found} == {EINDE}


async def test_what_an_earlier_version_named_otherwise_is_not_made_twice(db: Database) -> None:
    """A question of a zaaktype stands once, under the uuid that zaken already have."""
    async with db.write() as unit:
        await zaaktypen.store(unit)
        first = select(t.Eigenschap.uuid).order_by(t.Eigenschap.uuid).limit(1).scalar_subquery()
        earlier = zaaktypen.key("eerder")
        await unit.session.execute(update(t.Eigenschap).where(t.Eigenschap.uuid == first).values(uuid=earlier))
        await unit.session.execute(update(t.Catalogus).values(versie="0"))
    async with db.write() as unit:
        await zaaktypen.store(unit)
        uuids = (await unit.session.scalars(select(t.Eigenschap.uuid))).all()
    assert len(uuids) == len(ROWS[t.Eigenschap])
    assert earlier in uuids


async def test_a_form_asks_in_the_order_of_the_file(backend: Backend) -> None:
    """The register gives the newest first, and a seat turns that round."""
    async with backend.db.write() as unit:
        await zaaktypen.store(unit)
    client = await backend.client_for("snelbalie")
    rows = (await client.get(f"{API}/eigenschappen", params={"pageSize": "500"})).json()["results"]
    asked: dict[str, list[str]] = {}
    for row in reversed(rows):
        asked.setdefault(row["zaaktype"].rpartition("/")[2], []).append(row["naam"])
    for zaaktype in BRON.zaaktype:
        uuid = zaaktypen.key("zaaktype", zaaktype.identificatie)
        assert asked[uuid] == [vraag.naam for vraag in zaaktype.vragen]


@SPEC.needed
async def test_every_list_and_object_of_it_is_as_the_specification_says(backend: Backend) -> None:
    async with backend.db.write() as unit:
        await zaaktypen.store(unit)
    client = await backend.client_for("snelbalie")
    for resource in RESOURCES:
        answer = await client.get(f"{API}/{resource}", params={"pageSize": "500"})
        SPEC.check(f"/{resource}", "get", 200, answer.json())
        assert answer.json()["count"] == len(answer.json()["results"]) > 0
    await _check_a_course(client)


async def _check_a_course(client: httpx.AsyncClient) -> None:
    asked = {"identificatie": "parkeervergunning-bewoners", "datumGeldigheid": "2026-11-26"}
    (zaaktype,) = (await client.get(f"{API}/zaaktypen", params=asked)).json()["results"]
    steps = (await client.get(f"{API}/statustypen", params={"zaaktype": zaaktype["url"]})).json()["results"]
    steps.sort(key=lambda step: step["volgnummer"])
    assert [step["isEindstatus"] for step in steps] == [False] * (len(steps) - 1) + [True]
    assert all(one["volgnummer"] < other["volgnummer"] for one, other in pairwise(steps))
    assert set(zaaktype["statustypen"]) == {step["url"] for step in steps}
