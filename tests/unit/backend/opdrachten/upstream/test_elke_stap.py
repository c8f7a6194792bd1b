"""Exactly once, wherever it breaks: every command, failing in every way at every write, on both databases."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select

from kcs_desktop.backend.audit.tables import AuditregelRow
from kcs_desktop.backend.opdrachten.tables import OpdrachtRow, SlotRow, StapRow
from kcs_desktop.backend.terugbellen.tables import TbNotitie, TbPoging
from kcs_desktop.domain.opdracht import Uitkomst, Uitkomststand
from tests.doubles.haperend_register import Hapering
from tests.harness.klok import Klok
from tests.unit.backend.opdrachten.bouwen import contact, opdracht, persoon, registratie, vraag
from tests.unit.backend.opdrachten.upstream.conftest import Werkplaats

VERZOEK = {"afdeling": "Burgerzaken", "telefoonnummer": "+31612345678", "gevraagde_handeling": "Bel over paspoort"}
# partij, actor, actor, klantcontact, betrokkene, adres, actorklantcontact, onderwerpobject, internetaak
WRITES = 9
OF_POGING = 5  # klantcontact, actorklantcontact, betrokkene, onderwerpobject, internetaak
RESOURCES = (
    "partijen",
    "actoren",
    "klantcontacten",
    "betrokkenen",
    "digitaleadressen",
    "actorklantcontacten",
    "onderwerpobjecten",
    "internetaken",
)
WITH_KEY = {1, 4, 9}  # what has none is kept apart by a lock of ours, which another client does not take
SOME = (Hapering.KILLED_BEFORE, Hapering.KILLED_AFTER, Hapering.HTML_AFTER, Hapering.LATE)


def a_contact(klok: Klok) -> dict[str, Any]:
    asked = vraag(resultaat="contactverzoek", product="Paspoort", terugbelverzoek=VERZOEK)
    return contact(klok(), asked, klant=persoon())


async def counts(plek: Werkplaats) -> dict[str, int]:
    return {resource: len(await plek.register.all(resource)) for resource in RESOURCES}


ONCE = {**dict.fromkeys(RESOURCES, 1), "actoren": 2}


async def check_once(plek: Werkplaats, uitkomst: Uitkomst, opdracht_id: str) -> None:
    assert uitkomst.stand is Uitkomststand.GESLAAGD, uitkomst.fout
    async with plek.db.read() as session:
        kept = list(await session.scalars(select(StapRow).where(StapRow.opdracht == opdracht_id)))
        assert {(row.stand, row.lichaam, row.antwoord) for row in kept} == {("gedaan", None, None)}
        assert await session.scalar(select(func.count()).select_from(SlotRow)) == 0
        row = await session.get_one(OpdrachtRow, opdracht_id)
        fasen = list(
            await session.execute(
                select(AuditregelRow.fase, AuditregelRow.bij, AuditregelRow.gelukt).order_by(AuditregelRow.fase)
            )
        )
        assert {tuple(line) for line in fasen} == {("uitkomst", row.voornemen, True), ("voornemen", "", True)}


async def test_each_write_has_its_intent_before_it_and_no_transaction_is_open(werkplaats: Werkplaats) -> None:
    intended: list[tuple[Any, ...]] = []

    async def before(_method: str, path: str) -> None:
        # With SQLite this would wait for ever if the command held its transaction open.
        async with werkplaats.db.write() as unit:
            query = select(StapRow.pad, StapRow.stand).order_by(StapRow.nr.desc()).limit(1)
            intended.append(tuple((await unit.session.execute(query)).one()))
            told = await unit.session.scalar(select(AuditregelRow.fase).limit(1))
            assert told == "voornemen"
        assert intended[-1] == (path.removeprefix("/"), "voorgenomen")

    werkplaats.register.before = before
    body = a_contact(werkplaats.klok)
    uitkomst = await werkplaats.give(body)
    assert len(intended) == len(werkplaats.register.writes) == WRITES
    assert await counts(werkplaats) == ONCE
    await check_once(werkplaats, uitkomst, body["id"])


EVERY = [(at, how) for at in range(1, WRITES + 1) for how in Hapering if how is not Hapering.RACE or at in WITH_KEY]


@pytest.mark.parametrize(("at", "how"), EVERY)
async def test_a_contact_with_a_callback_note_is_registered_once(
    werkplaats: Werkplaats, at: int, how: Hapering
) -> None:
    werkplaats.register.fail(at, how)
    body = a_contact(werkplaats.klok)
    uitkomst = await werkplaats.until_done(body)
    assert werkplaats.register.has_failed
    assert await counts(werkplaats) == ONCE
    await check_once(werkplaats, uitkomst, body["id"])
    async with werkplaats.db.read() as session:
        note = await session.get_one(TbNotitie, uitkomst.resultaat["internetaken"][0])
    [betrokkene] = await werkplaats.register.all("betrokkenen")
    assert note.partij == betrokkene["wasPartij"]["uuid"] == uitkomst.resultaat["partij"]
    assert await werkplaats.give(body) == uitkomst


def a_customer(klok: Klok) -> dict[str, Any]:
    adressen = [
        {"soort": "email", "adres": "anna@voorbeeld.nl", "standaard": True},
        {"soort": "telefoonnummer", "adres": "0612345678"},
    ]
    return registratie(klok(), soort="persoon", voornaam="Anna", achternaam="Prins", digitale_adressen=adressen)


@pytest.mark.parametrize("how", SOME)
@pytest.mark.parametrize("at", range(1, 4))
async def test_a_customer_that_no_register_knows_is_made_once(werkplaats: Werkplaats, at: int, how: Hapering) -> None:
    namesake = {"soortPartij": "persoon", "indicatieActief": True, "digitaleAdressen": [], "rekeningnummers": []}
    name = {"voorletters": "", "voornaam": "Anna", "voorvoegselAchternaam": "", "achternaam": "Prins"}
    other = {**namesake, "voorkeursDigitaalAdres": None, "voorkeursRekeningnummer": None}
    made = await werkplaats.register.make("partijen", {**other, "partijIdentificatie": {"contactnaam": name}})
    werkplaats.register.fail(at, how)
    body = a_customer(werkplaats.klok)
    uitkomst = await werkplaats.until_done(body)
    assert werkplaats.register.has_failed
    await check_once(werkplaats, uitkomst, body["id"])
    assert {partij["uuid"] for partij in await werkplaats.register.all("partijen")} == {
        made["uuid"],
        uitkomst.resultaat["partij"],
    }
    adressen = await werkplaats.register.all("digitaleadressen")
    assert {adres["verstrektDoorPartij"]["uuid"] for adres in adressen} == {uitkomst.resultaat["partij"]}
    assert len(adressen) == 2


async def a_known_customer(plek: Werkplaats) -> tuple[dict[str, Any], dict[str, Any]]:
    """A command that adds an address, changes one, removes one and writes a note; and the partij."""
    uitkomst = await plek.until_done(a_customer(plek.klok))
    partij = uitkomst.resultaat["partij"]
    adressen = {
        adres["soortDigitaalAdres"]: {
            "soort": adres["soortDigitaalAdres"],
            "adres": adres["adres"],
            "uuid": adres["uuid"],
            "standaard": adres["isStandaardAdres"],
        }
        for adres in await plek.register.all("digitaleadressen")
    }
    gegevens = {
        "type": "klant.wijzigen",
        "klant": {"sleutel": {"soort": "persoon", "partij": partij}, "naam": "Anna Prins"},
        "adressen": [
            {"gezien": adressen["telefoonnummer"], "wordt": None},
            {"gezien": adressen["email"], "wordt": {**adressen["email"], "adres": "a.prins@voorbeeld.nl"}},
            {"gezien": None, "wordt": {"soort": "telefoonnummer", "adres": "0687654321", "standaard": True}},
        ],
        "velden": [
            {"veld": "interneNotitie", "gezien": "", "wordt": "Belt liever zelf."},
            {"veld": "voorkeurskanaal", "gezien": "", "wordt": "telefoon"},
        ],
    }
    return opdracht(plek.klok(), gegevens), {"uuid": partij}


@pytest.mark.parametrize("how", SOME)
@pytest.mark.parametrize("at", range(1, 6))
async def test_a_changed_customer_is_changed_once(werkplaats: Werkplaats, at: int, how: Hapering) -> None:
    body, partij = await a_known_customer(werkplaats)
    werkplaats.register.fail(at, how)
    uitkomst = await werkplaats.until_done(body)
    assert werkplaats.register.has_failed
    assert uitkomst.stand is Uitkomststand.GESLAAGD, uitkomst.fout
    adressen = await werkplaats.register.all("digitaleadressen")
    assert sorted(adres["adres"] for adres in adressen) == ["+31687654321", "a.prins@voorbeeld.nl"]
    [found] = await werkplaats.register.all("partijen")
    assert (found["uuid"], found["interneNotitie"]) == (partij["uuid"], "Belt liever zelf.")
    phone = next(adres for adres in adressen if adres["soortDigitaalAdres"] == "telefoonnummer")
    assert found["voorkeursDigitaalAdres"]["uuid"] == phone["uuid"]


@pytest.mark.parametrize("how", SOME)
@pytest.mark.parametrize("at", range(1, OF_POGING + 1))
async def test_a_note_is_done_once(werkplaats: Werkplaats, at: int, how: Hapering) -> None:
    note = (await werkplaats.until_done(a_contact(werkplaats.klok))).resultaat["internetaken"][0]
    werkplaats.register.fail(at, how)
    gegevens = {
        "type": "terugbelnotitie.afhandelen",
        "notitie": note,
        "op": werkplaats.klok().isoformat(),
        "resultaat": "gesproken",
        "toelichting": "Paspoort ligt klaar.",
    }
    uitkomst = await werkplaats.until_done(opdracht(werkplaats.klok(), gegevens))
    assert werkplaats.register.has_failed
    assert uitkomst.stand is Uitkomststand.GESLAAGD, uitkomst.fout
    expected = {"klantcontacten": 2, "betrokkenen": 2, "actorklantcontacten": 2, "onderwerpobjecten": 2}
    assert await counts(werkplaats) == {**ONCE, **expected}
    [taak] = await werkplaats.register.all("internetaken")
    assert taak["status"] == "verwerkt"
    async with werkplaats.db.read() as session:
        [poging] = list(await session.scalars(select(TbPoging)))
        kept = await session.get_one(TbNotitie, note)
    assert (poging.klantcontact, kept.afgehandeld_door) == (uitkomst.resultaat["klantcontact"], "miena")
