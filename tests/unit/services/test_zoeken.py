"""What the field says and finds follows from what the session may."""

from __future__ import annotations

from pathlib import Path

from kcs_desktop.domain.klant import Bronstand
from tests.harness.backend import BackendProcess, backend_process
from tests.harness.zitplaats import find, picture, running_seat, sign_in, until


async def test_a_role_without_registers_is_told_so_and_searches_customers_only(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    async with running_seat(tmp_path, proefdam.url, account="snelbalie") as seat:
        allowed = seat.zoeken.recognise("999990019").uitleg
        assert "BRP" in allowed
        await seat.aanmelden.sign_out()
        await sign_in(seat, "post")
        assert seat.sessie is not None
        assert not seat.sessie.mag("basisregistraties")
        for text in ("999990019", "Bakker", "9999ZZ 1", "0612345678", "Bakker 1-2-1980"):
            uitleg = seat.zoeken.recognise(text).uitleg
            assert uitleg.endswith("uw rol zoekt alleen in klanten en contactpersonen."), text
        gevonden = [al async for al in seat.zoeken.on_enter("Duinrode")][-1]
        stand = {bron.naam: bron.stand for bron in gevonden.bronnen}
        assert stand == {
            "eigen": Bronstand.KLAAR,
            "crm": Bronstand.KLAAR,
            "brp": Bronstand.NIET_GEVRAAGD,
            "kvk": Bronstand.NIET_GEVRAAGD,
        }


async def test_street_number_and_town_are_found_in_the_brp(proefdam: BackendProcess, tmp_path: Path) -> None:
    async with running_seat(tmp_path, proefdam.url, account="snelbalie") as seat:
        await until(seat.catalogus_changed, lambda: seat.catalogus.gemeenten == {"Proefdam": "9999"})
        persoon = [al async for al in seat.zoeken.on_enter("999990019")][-1].treffers[0]
        adres = persoon.omschrijving.rpartition(" · ")[2]
        straat = adres.partition(",")[0]
        gevonden = [al async for al in seat.zoeken.on_enter(f"{straat} Proefdam")][-1]
        brp = next(bron for bron in gevonden.bronnen if bron.naam == "brp")
        assert brp.stand is Bronstand.KLAAR, brp.melding
        assert any(treffer.bron == "brp" for treffer in gevonden.treffers)


async def test_a_phone_number_in_a_hit_is_written_as_people_write_it(proefdam: BackendProcess, tmp_path: Path) -> None:
    async with running_seat(tmp_path, proefdam.url, account="snelbalie") as seat:
        for text in ("a", "de", "bakker", "jan"):
            gevonden = [al async for al in seat.zoeken.while_typing(text)][-1]
            assert not [treffer for treffer in gevonden.treffers if "+31" in treffer.omschrijving]


async def test_a_person_is_found_by_the_name_that_the_header_writes(proefdam: BackendProcess, tmp_path: Path) -> None:
    async with running_seat(tmp_path, proefdam.url, account="snelbalie") as seat:
        persoon = (await picture(seat, await find(seat, "999990019"))).persoon
        assert persoon is not None
        assert persoon.aanschrijfnaam == "J. van Duinrode-de Proef"
    async with running_seat(tmp_path / "ander", proefdam.url, account="snelbalie") as seat:
        names = ("van duinrode-de proef", "duinrode-de proef, van", "van Duinrode", "duinrode j.", "j duinrode")
        for naam in (persoon.aanschrijfnaam, *names, "duinrode, j.", "Duinrode J. van", "J. van Duinrode"):
            gevonden = [al async for al in seat.zoeken.on_enter(f"{naam} 14-3-1971")][-1]
            assert [t.klant.sleutel.bsn for t in gevonden.treffers if t.bron == "brp"] == ["999990019"], naam


async def test_a_customer_register_elsewhere_is_told_with_the_hits(proefdam: BackendProcess, tmp_path: Path) -> None:
    elders = {"KCS_REGISTER_KLANTINTERACTIES_URL": f"{proefdam.url}/klantinteracties/api/v1"}
    database = f"sqlite:///{tmp_path / 'kcs.db'}"
    with backend_process(database, log=tmp_path / "log", proefgemeente=True, environment=elders) as backend:
        async with running_seat(tmp_path / "seat", backend.url, account="snelbalie") as seat:
            gevonden = [al async for al in seat.zoeken.while_typing("duinrode")][-1]
            crm = next(bron for bron in gevonden.bronnen if bron.naam == "crm")
            assert crm.stand is Bronstand.KLAAR
            assert crm.melding.startswith("Het klantregister staat elders")


async def test_name_and_municipality_are_found_in_the_brp(proefdam: BackendProcess, tmp_path: Path) -> None:
    async with running_seat(tmp_path, proefdam.url, account="snelbalie") as seat:
        await until(seat.catalogus_changed, lambda: seat.catalogus.gemeenten == {"Proefdam": "9999"})
        naam = [al async for al in seat.zoeken.on_enter("999990019")][-1].treffers[0].klant.naam
        gevonden = [al async for al in seat.zoeken.on_enter(f"{naam} Proefdam")][-1]
        stand = {bron.naam: bron for bron in gevonden.bronnen}
        assert stand["brp"].stand is Bronstand.KLAAR, stand["brp"].melding
        assert "999990019" in {treffer.klant.sleutel.bsn for treffer in gevonden.treffers if treffer.bron == "brp"}
        zonder = [al async for al in seat.zoeken.on_enter("Duinrode Proefdam")][-1]
        assert "voor- en achternaam met de gemeente" in {bron.naam: bron for bron in zonder.bronnen}["brp"].melding


async def test_an_rsin_goes_to_the_kvk_and_not_to_the_brp(proefdam: BackendProcess, tmp_path: Path) -> None:
    async with running_seat(tmp_path, proefdam.url, account="snelbalie") as seat:
        gevonden = [al async for al in seat.zoeken.on_enter("899900008")][-1]
        stand = {bron.naam: bron for bron in gevonden.bronnen}
        assert (stand["kvk"].stand, stand["brp"].stand) == (Bronstand.KLAAR, Bronstand.NIET_GEVRAAGD)
        assert "kvk" in {treffer.bron for treffer in gevonden.treffers}
        assert gevonden.enige_exacte is not None


async def test_a_company_stands_once_and_its_other_establishments_beside_it(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    async with running_seat(tmp_path, proefdam.url, account="snelbalie") as seat:
        gevonden = [al async for al in seat.zoeken.on_enter("Hoekstra")][-1]
        bedrijven = [al for al in gevonden.treffers if al.bron == "kvk"]
        assert [al.omschrijving.split(" · ")[:2] for al in bedrijven] == [["KvK 90000060", "rechtspersoon"]]
        assert bedrijven[0].klant.sleutel.vestigingsnummer == ""
        ketens = [al async for al in seat.zoeken.on_enter("Supermarkt")][-1]
        regels = [al.omschrijving for al in ketens.treffers if al.bron == "kvk"]
        assert len(regels) == len(set(regels)) > 1


async def test_a_search_that_nobody_follows_gives_way_to_the_next(proefdam: BackendProcess, tmp_path: Path) -> None:
    async with running_seat(tmp_path, proefdam.url, account="snelbalie") as seat:
        await picture(seat, await find(seat, "999990019"))
        await seat.zoeken.settle()
        left = seat.zoeken.while_typing("bakker")
        gevonden = [al async for al in seat.zoeken.while_typing("duinrode")][-1]
        assert [t.klant.sleutel.bsn for t in gevonden.treffers if t.bron == "eigen"] == ["999990019"]
        assert not [al async for al in left if al.treffers]
