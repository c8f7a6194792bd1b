"""A zaak made at a seat with a real backend: number at once, draft kept, pending shown, refused and made again."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from sqlalchemy import update

from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.standards.catalogi import tables as cat
from kcs_desktop.domain.errors import Forbidden, InvalidInput, UserError
from kcs_desktop.domain.klant import Klantbeeld, Klantverwijzing
from kcs_desktop.domain.klantcontact import Kanaal
from kcs_desktop.domain.verbinding import Verbinding
from kcs_desktop.domain.wachtrij import Wachtstand
from kcs_desktop.domain.zaak import Zaakverwijzing
from kcs_desktop.domain.zaakbeeld import Zaakvraag
from kcs_desktop.domain.zaakconcept import Conceptstand, Nummerstand, Zaakconcept
from kcs_desktop.domain.zaakgegevens import Locatie
from kcs_desktop.security.sleutelbos import Geheugenbos
from kcs_desktop.services.seat import SeatService
from tests.doubles.stoel_proxy import bad_network
from tests.harness.backend import BackendProcess, backend_process
from tests.harness.postgres import free_port
from tests.harness.zitplaats import find, outcome, picture, running_seat, sign_in, until

PERSOON, ANDER = "999900031", "999900146"  # of this module alone
MELDING, VERGUNNING = "melding-openbare-ruimte", "parkeervergunning-bewoners"
BEZOEKERS = "parkeervergunning-bezoekers"


async def draft(
    seat: SeatService, zaaktype: str, klant: Klantverwijzing | None = None, product: str = ""
) -> Zaakconcept:
    """A draft of a contact at the counter; the catalogue is read first."""
    if not seat.zaakaanmaken.catalogus.keuzes:
        await seat.zaakaanmaken.refresh()
    contact = seat.contacten.start(Kanaal.BALIE, klant=klant)
    seat.contacten.change_vraag(contact.id, contact.vraag.id, onderwerp="Fietswrak", notitie="Bij het hek.")
    return seat.zaakaanmaken.start(zaaktype, contact=contact.id, product=product)


def now(seat: SeatService, concept: Zaakconcept) -> Zaakconcept:
    found = seat.zaakaanmaken.concept(concept.id)
    assert found is not None
    return found


async def numbered(seat: SeatService, concept: Zaakconcept) -> Zaakconcept:
    """Once its number came."""
    await until(seat.zaakaanmaken.changed, lambda: now(seat, concept).nummerstand is Nummerstand.BEKEND)
    return now(seat, concept)


def answer_all(seat: SeatService, concept: Zaakconcept) -> None:
    """Something in every required field that is still empty."""
    for veld in seat.zaakaanmaken.form(concept.id).velden:
        if veld.verplicht and not now(seat, concept).waarden(veld.id):
            answer = veld.keuzes[0] if veld.keuzes else {"datum": "1-12-2026"}.get(veld.soort.value, "1")
            seat.zaakaanmaken.fill(concept.id, veld.id, answer)


async def known(seat: SeatService, klant: Klantverwijzing) -> Klantbeeld:
    beeld = seat.klanten.known(klant)
    assert beeld is not None
    return beeld


async def test_a_melding_is_filled_in_numbered_and_made_and_its_contact_names_it(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    async with running_seat(tmp_path / "stoel", proefdam.url, account="snelbalie") as seat:
        klant = await find(seat, PERSOON)
        await picture(seat, klant)
        greep = seat.klanten.watch(klant)
        concept = await draft(seat, MELDING, klant, "Fietswrak melden")
        aan = seat.zaakaanmaken
        form = aan.form(concept.id)
        soort, waar = form.veld("soort melding"), form.veld("locatie")
        assert soort is not None
        assert waar is not None
        assert now(seat, concept).waarden(soort.id) == ("fietswrak",)
        assert concept.omschrijving == "Fietswrak"
        made_of = await numbered(seat, concept)
        assert made_of.nummer.startswith("ZAAK-2026-")

        assert {fout.field for fout in aan.problems(concept.id)} >= {"locatie", f"eigenschappen.{waar.id}"}
        with pytest.raises(InvalidInput):
            aan.create(concept.id)
        aan.change(concept.id, locatie=Locatie("Schelpenlaan", 12, woonplaats="Proefdam", toelichting="bij het hek"))
        assert now(seat, concept).waarden(waar.id) == ("Schelpenlaan 12, Proefdam, bij het hek",)
        plek = now(seat, concept).locatie
        aan.change(concept.id, locatie=None)
        assert now(seat, concept).waarden(waar.id) == ()
        assert now(seat, concept).waarden(soort.id) == ("fietswrak",)
        aan.change(concept.id, locatie=plek)
        answer_all(seat, concept)
        assert aan.problems(concept.id) == []

        told: list[Zaakconcept] = []
        aan.changed.connect(told.append)
        opdracht = aan.create(concept.id)
        assert aan.create(concept.id) == opdracht
        pending = next(al for al in (await known(seat, klant)).zaken if al.verwijzing.identificatie == made_of.nummer)
        assert pending.verwijzing.opdracht == opdracht.id
        contact = next(al for al in seat.contacten.open if al.id == concept.contact)
        registratie = seat.contacten.finish(contact.id)  # before there is an answer: it goes after the zaak
        rij = await outcome(seat, opdracht)
        assert rij.stand is Wachtstand.GESLAAGD, rij.reden
        assert rij.uitkomst is not None
        uuid = rij.uitkomst.resultaat["zaak"]
        assert (await outcome(seat, registratie)).stand is Wachtstand.GESLAAGD
        assert aan.concept(concept.id) is None
        assert (told[-1].stand, told[-1].zaak, told[-1].nummer) == (Conceptstand.GEMAAKT, uuid, made_of.nummer)

        def is_in_register() -> bool:
            beeld = seat.klanten.known(klant)
            return beeld is not None and any(
                al.verwijzing.uuid == uuid and not al.verwijzing.opdracht and al.stap == 1 for al in beeld.zaken
            )

        await until(seat.klanten.changed, is_in_register)
        zaak = [al async for al in seat.zaken.open(told[-1].verwijzing)][-1]
        assert zaak.zaak is not None
        assert {al.waarde for al in zaak.zaak.eigenschappen} >= {"fietswrak", "Schelpenlaan 12, Proefdam, bij het hek"}
        assert [al.onderwerp for al in zaak.contacten] == ["Fietswrak"]
        greep.close()


async def test_a_zaak_is_on_its_way_only_with_a_contact_on_disk_that_names_it(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    async with running_seat(tmp_path / "stoel", proefdam.url, account="snelbalie") as seat:
        klant = await find(seat, PERSOON)
        concept = await numbered(seat, await draft(seat, MELDING, klant, "Fietswrak melden"))
        seat.zaakaanmaken.change(concept.id, omschrijving="Fietswrak", locatie=Locatie("Schelpenlaan", 12))
        answer_all(seat, concept)
        await seat.contacten.flush()
        seat.zaakaanmaken.create(concept.id)
        opslag = seat._opslag
        (bewaard,) = await opslag.werker.run(opslag.werk.contacten)  # behind the command, before anything else is saved
        zaak = bewaard.vraag.zaak
        assert zaak is not None
        assert zaak.opdracht == concept.opdracht


async def test_two_zaken_of_one_vraag_each_keep_their_contact(proefdam: BackendProcess, tmp_path: Path) -> None:
    async with running_seat(tmp_path / "stoel", proefdam.url, account="snelbalie") as seat:
        aan = seat.zaakaanmaken
        eerste = await draft(seat, MELDING, await find(seat, PERSOON), "Fietswrak melden")
        samen = aan.start(VERGUNNING, contact=eerste.contact)  # begun beside it, before the first one was sent
        uuids = []
        for concept in (eerste, samen):
            aan.change(concept.id, locatie=Locatie(toelichting="bij de vijver"))
            answer_all(seat, concept)
            rij = await outcome(seat, aan.create(concept.id))
            assert rij.uitkomst is not None, rij.reden
            uuids.append(rij.uitkomst.resultaat["zaak"])
        derde = aan.start(BEZOEKERS, contact=eerste.contact)
        assert (derde.omschrijving, derde.product) == ("", ""), "nothing of what the zaak before is about"
        aan.cancel(derde.id)
        (contact,) = seat.contacten.open
        assert [al.zaak.uuid for al in contact.vragen if al.zaak is not None] == uuids
        naam = samen.naam
        assert [al.onderwerp for al in contact.vragen] == ["Fietswrak", naam]
        seat.contacten.change_vraag(contact.id, contact.vraag.id, notitie="Vraagt ook hoe lang het duurt.")
        registratie = await outcome(seat, seat.contacten.finish(contact.id))
        assert registratie.stand is Wachtstand.GESLAAGD, registratie.reden
        for uuid, onderwerp in zip(uuids, ("Fietswrak", naam), strict=True):
            zaak = [al async for al in seat.zaken.open(Zaakverwijzing(uuid, ""))][-1]
            assert [al.onderwerp for al in zaak.contacten] == [onderwerp]


async def test_the_vraag_is_about_the_zaak_that_was_made_for_it(proefdam: BackendProcess, tmp_path: Path) -> None:
    async with running_seat(tmp_path / "stoel", proefdam.url, account="snelbalie") as seat:
        aan = seat.zaakaanmaken
        concept = await draft(seat, MELDING, await find(seat, PERSOON), "Fietswrak melden")
        (contact,) = seat.contacten.open
        ander = {"onderwerp": "Parkeren", "product": "Parkeren", "afdeling": "Parkeren"}  # of another draft of it
        seat.contacten.change_vraag(contact.id, contact.vraag.id, onderwerp="")
        seat.contacten.change_vraag(contact.id, contact.vraag.id, herkomst=dict.fromkeys(ander, "zaaktype"), **ander)
        derde = aan.start(BEZOEKERS, contact=contact.id)
        assert (derde.product, derde.omschrijving) == ("", ""), "nobody said that it is about that"
        aan.cancel(derde.id)
        aan.change(concept.id, locatie=Locatie(toelichting="bij de vijver"), omschrijving="Fietswrak")
        answer_all(seat, concept)
        aan.create(concept.id)
        vraag = seat.contacten.open[0].vraag
        assert vraag.zaak is not None
        assert (vraag.product, vraag.onderwerp) == ("Fietswrak melden", "Fietswrak melden")
        assert vraag.afdeling != "Parkeren"


async def test_a_second_one_of_the_same_kind_is_suspected(proefdam: BackendProcess, tmp_path: Path) -> None:
    async with running_seat(tmp_path / "stoel", proefdam.url, account="snelbalie") as seat:
        klant = await find(seat, ANDER)
        await picture(seat, klant)
        eerste = await draft(seat, MELDING, klant)
        seat.zaakaanmaken.change(eerste.id, locatie=Locatie(toelichting="bij de vijver"))
        answer_all(seat, eerste)
        voor = len(seat.zaakaanmaken.duplicates(eerste.id))
        opdracht = seat.zaakaanmaken.create(eerste.id)
        tweede = await draft(seat, MELDING, klant)
        dubbel = seat.zaakaanmaken.duplicates(tweede.id)
        assert len(dubbel) == voor + 1
        assert dubbel[0].verwijzing.opdracht == opdracht.id  # not even made yet
        ander = await draft(seat, VERGUNNING, klant)
        assert all(al.verwijzing.opdracht != opdracht.id for al in seat.zaakaanmaken.duplicates(ander.id))
        await outcome(seat, opdracht)


async def test_what_somebody_else_reported_at_the_same_place_is_suspected(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    hek = Locatie("Wulpweg", 14, woonplaats="Proefdam", lon=3.25, lat=52.5, toelichting="bij het hek")
    async with running_seat(tmp_path / "stoel", proefdam.url, account="snelbalie") as seat:
        aan = seat.zaakaanmaken
        eerste = await draft(seat, MELDING)
        aan.change(eerste.id, locatie=hek)
        answer_all(seat, eerste)
        rij = await outcome(seat, aan.create(eerste.id))
        assert rij.stand is Wachtstand.GESLAAGD, rij.reden
        assert rij.uitkomst is not None

        tweede = await draft(seat, MELDING)
        plek = msgspec.structs.replace(hek, toelichting="naast de prullenbak")
        aan.change(tweede.id, locatie=plek)
        await aan.look_around(tweede.id)
        assert [al.verwijzing.uuid for al in aan.duplicates(tweede.id)] == [rij.uitkomst.resultaat["zaak"]]
        aan.change(tweede.id, locatie=msgspec.structs.replace(plek, huisnummer=16))
        assert aan.duplicates(tweede.id) == ()
        aan.change(tweede.id, locatie=Locatie("Wulpweg", 16, woonplaats="Proefdam", lon=3.26, lat=52.5))
        await aan.look_around(tweede.id)
        assert aan.duplicates(tweede.id) == ()

        hier = await seat.zaken.search(Zaakvraag(plaats=(3.2501, 52.5001)))
        assert [al.verwijzing.uuid for al in hier.regels] == [rij.uitkomst.resultaat["zaak"]]
        assert (await seat.zaken.search(Zaakvraag(plaats=(3.2501, 52.5001), alleen_afgerond=True))).regels == ()


async def test_what_is_referred_is_no_zaak_and_who_may_not_cannot(proefdam: BackendProcess, tmp_path: Path) -> None:
    async with running_seat(tmp_path / "stoel", proefdam.url, account="snelbalie") as seat:
        aan = seat.zaakaanmaken
        await aan.refresh()
        assert aan.may_start
        for zaaktype, loket in (("wmo", "Wmo-loket"), ("omgevingsvergunning", "Omgevingsloket")):
            with pytest.raises(UserError, match=loket):
                aan.start(zaaktype)
        for product, loket in (
            ("Bijstandsuitkering", "IASZ (sociale dienst van meerdere gemeenten)"),
            ("Scootmobiel of rolstoel Wmo", "Wmo-loket"),
            ("Omgevingsvergunning bouwen", "Omgevingsloket"),
            ("Kadastrale gegevens", "Kadaster"),
        ):
            naar = aan.referral(product)
            assert naar is not None
            assert loket in naar.loket
        assert aan.referral("Fietswrak melden") is None
        (keuze,) = aan.for_product("Fietswrak melden")
        assert keuze.zaaktype.identificatie == MELDING
        assert keuze.knip.samenvatting == "1e lijn: stap 1 tot en met 3, daarna buitendienst"
        assert "Buitendienst" in keuze.knip.uitvoerder
        assert MELDING in {al.zaaktype.identificatie for al in aan.find("stoeptegel losse")}
        for woord in ("lantaarn", "lamp"):
            assert MELDING in {al.zaaktype.identificatie for al in aan.find(woord)}
        assert aan.find("parkeervergunning")[0].naam.startswith("Parkeervergunning")
        assert "verhuizing" in {al.zaaktype.identificatie for al in aan.together_with("container")}
    async with running_seat(tmp_path / "ander", proefdam.url, account="floormanager") as seat:
        assert not seat.zaakaanmaken.may_start
        with pytest.raises(Forbidden):
            seat.zaakaanmaken.start(MELDING)


async def test_a_zaaktype_that_is_withdrawn_meanwhile_gives_the_draft_back_with_the_reason(tmp_path: Path) -> None:
    database, port = f"sqlite:///{tmp_path / 'kcs.db'}", free_port()
    with backend_process(database, log=tmp_path / "log", proefgemeente=True, port=port) as process:
        async with running_seat(tmp_path / "stoel", process.url, account="snelbalie") as seat:
            klant = await find(seat, PERSOON)
            concept = await draft(seat, VERGUNNING, klant)
            await numbered(seat, concept)
            answer_all(seat, concept)
            db = Database(database)
            ended = update(cat.Zaaktype).where(cat.Zaaktype.uuid == concept.zaaktype)
            async with db.write() as unit:
                await unit.session.execute(ended.values(einde_geldigheid=unit.now.date().replace(day=1, month=1)))
            opdracht = seat.zaakaanmaken.create(concept.id)
            rij = await outcome(seat, opdracht)
            assert rij.stand is Wachtstand.GEWEIGERD
            terug = now(seat, concept)
            assert terug.stand is Conceptstand.GEWEIGERD
            assert "bewaard" in terug.reden
            assert [al.code for al in terug.bezwaren] == ["zaaktype-ingetrokken"]
            assert terug.is_ingetrokken
            beeld = await picture(seat, klant)
            assert not any(al.verwijzing.opdracht for al in beeld.zaken)

            async with db.write() as unit:
                await unit.session.execute(ended.values(einde_geldigheid=None))
            await db.close()
            again = seat.zaakaanmaken.create(concept.id)
            assert again.id != opdracht.id
            assert (await outcome(seat, again)).stand is Wachtstand.GESLAAGD
            assert all(al.opdracht.id != opdracht.id for al in seat.outbox.waiting())  # the refused one is let go of


async def test_a_withdrawn_one_goes_on_under_another_zaaktype_with_its_number_and_answers(tmp_path: Path) -> None:
    database, port = f"sqlite:///{tmp_path / 'kcs.db'}", free_port()
    with backend_process(database, log=tmp_path / "log", proefgemeente=True, port=port) as process:
        async with running_seat(tmp_path / "stoel", process.url, account="snelbalie") as seat:
            aan, klant = seat.zaakaanmaken, await find(seat, PERSOON)
            concept = await draft(seat, VERGUNNING, klant)
            nummer = (await numbered(seat, concept)).nummer
            for vraag, antwoord in (("ingangsdatum", "1-12-2026"), ("kenteken", "AB-123-C")):
                aan.fill(concept.id, vraag, antwoord)
            db = Database(database)
            ended = update(cat.Zaaktype).where(cat.Zaaktype.uuid == concept.zaaktype)
            async with db.write() as unit:
                await unit.session.execute(ended.values(einde_geldigheid=unit.now.date().replace(day=1, month=1)))
            await db.close()
            answer_all(seat, concept)
            geweigerd = aan.create(concept.id)
            assert (await outcome(seat, geweigerd)).stand is Wachtstand.GEWEIGERD
            assert now(seat, concept).is_ingetrokken

            verder = aan.move(concept.id, BEZOEKERS)
            assert (verder.id, verder.nummer) == (concept.id, nummer)
            vanaf = aan.form(concept.id).veld("ingangsdatum")
            assert vanaf is not None
            assert verder.waarden(vanaf.id) == ("20261201",)
            assert "kenteken: AB-123-C" in verder.toelichting  # nothing asks for it there
            answer_all(seat, concept)
            rij = await outcome(seat, aan.create(concept.id))
            assert rij.stand is Wachtstand.GESLAAGD, rij.reden
            assert rij.uitkomst is not None
            assert rij.uitkomst.resultaat["nummer"] == nummer
            assert all(al.opdracht.id != geweigerd.id for al in seat.outbox.waiting())


async def test_drafts_survive_the_window_and_a_cancelled_one_comes_back(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    bos = Geheugenbos()
    async with running_seat(tmp_path / "stoel", proefdam.url, bos=bos, account="snelbalie") as seat:
        concept = await draft(seat, MELDING, product="Gladheid melden")
        await numbered(seat, concept)
        seat.zaakaanmaken.fill(concept.id, "omschrijving", "Spekglad bij de school")
        weg = await draft(seat, MELDING)
        await numbered(seat, weg)
        seat.zaakaanmaken.cancel(weg.id)
        assert seat.zaakaanmaken.concept(weg.id) is None
        terug = seat.zaakaanmaken.undo_cancel()
        assert terug is not None
        assert terug.nummer
        seat.zaakaanmaken.cancel(weg.id)
    async with running_seat(tmp_path / "stoel", proefdam.url, bos=bos) as seat:
        await sign_in(seat, "snelbalie")
        (bewaard,) = seat.zaakaanmaken.concepten
        assert bewaard.id == concept.id
        assert bewaard.nummer
        form = seat.zaakaanmaken.form(concept.id)  # from the store
        assert seat.zaakaanmaken.catalogus.uit_cache
        verhaal = form.veld("omschrijving")
        assert verhaal is not None
        assert bewaard.waarden(verhaal.id) == ("Spekglad bij de school",)


async def test_without_a_connection_a_zaak_is_filled_in_and_made_later_under_the_number_that_follows(
    tmp_path: Path,
) -> None:
    database, port = f"sqlite:///{tmp_path / 'kcs.db'}", free_port()
    async with running_seat(tmp_path / "stoel", f"http://127.0.0.1:{port}") as seat:
        with backend_process(database, log=tmp_path / "log", proefgemeente=True, port=port):
            await sign_in(seat, "snelbalie")
            await seat.zaakaanmaken.refresh()
        concept = await draft(seat, MELDING)
        await until(seat.zaakaanmaken.changed, lambda: now(seat, concept).nummerstand is Nummerstand.VOLGT)
        seat.zaakaanmaken.change(concept.id, locatie=Locatie(toelichting="bij de vijver"))
        answer_all(seat, concept)
        opdracht = seat.zaakaanmaken.create(concept.id)
        contact = next(al for al in seat.contacten.open if al.id == concept.contact)
        registratie = seat.contacten.finish(contact.id)
        told: list[Zaakconcept] = []
        seat.zaakaanmaken.changed.connect(told.append)
        with backend_process(database, log=tmp_path / "log", proefgemeente=True, port=port):
            seat.outbox.kick()
            rij = await outcome(seat, opdracht)
            assert (await outcome(seat, registratie)).stand is Wachtstand.GESLAAGD
            assert rij.uitkomst is not None, rij
            nummers = [al.nummer for al in told if al.nummer]
            assert set(nummers) == {rij.uitkomst.resultaat["nummer"]}
            assert told[-1].stand is Conceptstand.GEMAAKT


async def test_what_may_be_started_is_read_when_the_connection_comes_back_at_a_seat_that_never_read_it(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    bos, catalogi = Geheugenbos(), "/catalogi/"
    async with bad_network(proefdam.url) as network:
        async with running_seat(tmp_path / "stoel", network.url, bos=bos, account="snelbalie") as seat:
            await until(seat.verbinding_changed, lambda: seat.verbinding is Verbinding.VERBONDEN)
        assert network.passed("GET", catalogi) == [], "in the first moments of a sign-in the customers go before it"
        network.is_down = True
        async with running_seat(tmp_path / "stoel", network.url, bos=bos) as seat:
            assert await seat.aanmelden.resume() is not None
            await until(seat.verbinding_changed, lambda: seat.verbinding is Verbinding.GEEN_VERBINDING)
            aan = seat.zaakaanmaken
            await aan.refresh()  # the page was opened
            assert aan.catalogus.opgehaald_op is None
            assert aan.catalogus.melding
            network.is_down = False
            await until(aan.catalogus_changed, lambda: bool(aan.catalogus.keuzes))
            assert aan.catalogus.melding == ""
