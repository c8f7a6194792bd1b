"""Zaken at a seat: part of the picture of their customer, opened with few requests, readable without a connection."""

from __future__ import annotations

from pathlib import Path

import pytest

from kcs_desktop.domain.gebeurtenis import Wijziging
from kcs_desktop.domain.klant import Bronstand
from kcs_desktop.domain.klantcontact import Kanaal
from kcs_desktop.domain.wachtrij import Wachtstand
from kcs_desktop.domain.zaakbeeld import CONTACTEN, ZAKEN, Zaakbeeld, Zaakvraag
from kcs_desktop.security.sleutelbos import Geheugenbos
from kcs_desktop.services.seat import SeatService
from tests.doubles.stoel_proxy import bad_network
from tests.harness.backend import BackendProcess
from tests.harness.zitplaats import find, outcome, picture, running_seat, until

JOHANNA = "999990019"


async def _opened(seat: SeatService, bsn: str = JOHANNA) -> Zaakbeeld:
    """The first zaak of this customer, every source answered."""
    beeld = await picture(seat, await find(seat, bsn))
    return [al async for al in seat.zaken.open(beeld.zaken[0].verwijzing)][-1]


async def test_the_zaken_are_part_of_the_picture_open_ones_first(proefdam: BackendProcess, tmp_path: Path) -> None:
    async with running_seat(tmp_path, proefdam.url, account="snelbalie") as seat:
        beeld = await picture(seat, await find(seat, JOHANNA))
        assert beeld.bron("zaken").stand is Bronstand.KLAAR
        assert len(beeld.zaken) == beeld.zaken_totaal >= 4
        stand = [regel.is_open for regel in beeld.zaken]
        assert stand == sorted(stand, reverse=True)
        assert all(regel.verwijzing.identificatie and regel.verwijzing.zaaktype for regel in beeld.zaken)
        assert any(0 < regel.stap <= regel.stappen for regel in beeld.zaken)


async def test_a_zaak_opens_with_its_steps_its_people_and_its_contacts(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    async with running_seat(tmp_path, proefdam.url, account="snelbalie") as seat:
        beeld = await _opened(seat)
        assert beeld.zaak is not None
        assert beeld.zaak.initiator is not None
        assert beeld.zaak.initiator.bsn == JOHANNA
        assert sum(stap.is_huidig for stap in beeld.zaak.stappen) == 1
        assert beeld.bron(ZAKEN).stand is beeld.bron(CONTACTEN).stand is Bronstand.KLAAR
        assert seat.zaken.known(beeld.verwijzing.uuid) == beeld


async def test_an_opened_zaak_is_read_without_a_connection_with_its_age(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    bos = Geheugenbos()
    async with bad_network(proefdam.url) as network:
        async with running_seat(tmp_path, network.url, bos=bos, account="snelbalie") as seat:
            gezien = await _opened(seat)
        network.is_down = True
        async with running_seat(tmp_path, network.url, bos=bos) as seat:
            assert await seat.aanmelden.resume() is not None
            beelden = [al async for al in seat.zaken.open(gezien.verwijzing)]
            assert beelden[0].zaak == gezien.zaak
            assert beelden[0].bron(ZAKEN).uit_cache
            assert beelden[-1].zaak == gezien.zaak
            assert beelden[-1].bron(ZAKEN).stand is Bronstand.FOUT
            assert beelden[-1].bron(ZAKEN).opgehaald_op == gezien.bron(ZAKEN).opgehaald_op


async def test_what_another_role_read_is_not_shown_in_a_role_that_may_be_allowed_less(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    from kcs_desktop.services.zaken import within_rights

    async with running_seat(tmp_path, proefdam.url, account="alles") as seat:
        beeld = await _opened(seat)
        sessie = seat.sessie
        assert sessie is not None
        assert within_rights(beeld, sessie) == beeld
        import msgspec

        minder = msgspec.structs.replace(sessie, rollen=("receptie",))
        assert within_rights(beeld, minder).zaak is None
        assert within_rights(beeld, minder).contacten == ()


async def test_a_contact_about_a_zaak_stands_with_it_at_the_other_seat_by_itself(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    async with (
        running_seat(tmp_path / "een", proefdam.url, account="snelbalie") as een,
        running_seat(tmp_path / "ander", proefdam.url, account="tic") as ander,
    ):
        shown = [await _opened(ander)]
        verwijzing = shown[0].verwijzing
        watch = ander.zaken.watch(verwijzing.uuid)
        ander.zaken.changed.connect(shown.append)
        contact = een.contacten.start(Kanaal.BALIE, klant=await find(een, JOHANNA))
        een.contacten.change_vraag(contact.id, contact.vraag.id, onderwerp="Hoe staat het ervoor", zaak=verwijzing)
        rij = await outcome(een, een.contacten.finish(contact.id))
        assert rij.stand is Wachtstand.GESLAAGD
        await until(
            ander.zaken.changed, lambda: any(al.onderwerp == "Hoe staat het ervoor" for al in shown[-1].contacten)
        )
        watch.close()


async def test_a_change_of_a_zaak_reads_only_what_is_watched(proefdam: BackendProcess, tmp_path: Path) -> None:
    async with bad_network(proefdam.url) as network, running_seat(tmp_path, network.url, account="snelbalie") as seat:
        beeld = await _opened(seat)
        uuid = beeld.verwijzing.uuid
        wijziging = Wijziging("zaak", uuid, "gewijzigd", "zaken")
        network.seen.clear()
        seat.zaken.on_change(wijziging)
        shown: list[Zaakbeeld] = []
        seat.zaken.changed.connect(shown.append)
        watch = seat.zaken.watch(uuid)
        seat.zaken.on_change(wijziging)
        await until(seat.zaken.changed, lambda: bool(shown))
        watch.close()
        asked = [one.path for one in network.seen if one.path.startswith(f"/zaken/api/v1/zaken/{uuid}")]
        assert len(asked) == 1
        assert shown[-1].zaak == beeld.zaak


@pytest.mark.parametrize("deel", [slice(None), slice(2, -1)])
async def test_a_part_of_a_number_finds_the_zaak(proefdam: BackendProcess, tmp_path: Path, deel: slice) -> None:
    async with running_seat(tmp_path, proefdam.url, account="snelbalie") as seat:
        beeld = await _opened(seat)
        nummer = beeld.verwijzing.identificatie[deel]
        pagina = await seat.zaken.search(Zaakvraag(nummer=nummer))
        assert beeld.verwijzing in {regel.verwijzing for regel in pagina.regels}
        assert pagina.totaal >= len(pagina.regels)


async def test_a_look_from_the_store_is_in_the_trail_of_the_zaak_and_its_person(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    async with running_seat(tmp_path, proefdam.url, account="snelbalie") as seat:
        beeld = await _opened(seat)
        await anext(seat.zaken.open(beeld.verwijzing))
        rijen = await seat._opslag.werker.run(seat._opslag.werk.inzagen, 100)
        zaken = {inzage.zaak: inzage.bsn for _, inzage in rijen}
        assert zaken.get(beeld.verwijzing.uuid, JOHANNA) == JOHANNA


async def test_a_part_of_a_number_is_found_in_the_register_and_without_a_connection_in_the_store(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    bos = Geheugenbos()
    async with bad_network(proefdam.url) as network:
        async with running_seat(tmp_path, network.url, bos=bos, account="snelbalie") as seat:
            gezien = await _opened(seat)
            nummer = gezien.verwijzing.identificatie
            found = [al async for al in seat.zaken.find(nummer[2:])]
            assert gezien.verwijzing in [regel.verwijzing for regel in found[-1].regels]
            assert found[0].bron.stand is Bronstand.LAADT
            assert found[-1].bron.stand is Bronstand.KLAAR
            assert len(found[-1].regels) <= 6
        network.is_down = True
        async with running_seat(tmp_path, network.url, bos=bos) as seat:
            assert await seat.aanmelden.resume() is not None
            found = [al async for al in seat.zaken.find(nummer)]
            assert [regel.verwijzing for regel in found[-1].regels] == [gezien.verwijzing]
            assert found[-1].bron.stand is Bronstand.FOUT


async def test_the_zaaktypen_and_their_steps_are_read_once(proefdam: BackendProcess, tmp_path: Path) -> None:
    async with running_seat(tmp_path, proefdam.url, account="snelbalie") as seat:
        typen = await seat.zaken.types()
        assert len(typen) >= 25
        assert await seat.zaken.types() is typen
        stappen = await seat.zaken.steps(typen[0])
        assert len(stappen) >= 4
        vraag = Zaakvraag(zaaktype=typen[0].omschrijving, statustype=stappen[0].url)
        pagina = await seat.zaken.search(vraag)
        assert all(regel.stap == stappen[0].volgnummer for regel in pagina.regels)
