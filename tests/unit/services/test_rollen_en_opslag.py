"""What one role of an employee kept in the store is shown to another role only as far as that one may see it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kcs_desktop.cache.eerste_blik import read_zitplaats
from kcs_desktop.domain.klant import Bronstand, Klantbeeld, Klantverwijzing
from kcs_desktop.security.sleutelbos import Geheugenbos
from kcs_desktop.services.seat import SeatService
from tests.doubles.stoel_proxy import bad_network
from tests.harness.backend import BackendProcess
from tests.harness.zitplaats import find, picture, running_seat

BSN = "999900304"


async def _sign_in(seat: SeatService, rollen: Sequence[str]) -> None:
    wachtwoord = (await seat.aanmelden.proefgemeente())["wachtwoord"]
    aanmelding = await seat.aanmelden.sign_in("alles", wachtwoord)
    await seat.aanmelden.choose(aanmelding, aanmelding.werkplekken[0].id, rollen)


async def _first(seat: SeatService, klant: Klantverwijzing) -> Klantbeeld:
    return await anext(seat.klanten.open(klant))


async def _hits(seat: SeatService) -> list[str]:
    resultaat = [al async for al in seat.zoeken.while_typing(BSN)][-1]
    return [f"{treffer.klant.sleutel.bsn} {treffer.omschrijving}".strip() for treffer in resultaat.treffers]


async def test_a_role_without_base_registers_gets_nothing_of_them_from_the_store(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    bos = Geheugenbos()
    async with bad_network(proefdam.url) as network:
        async with running_seat(tmp_path, network.url, bos=bos) as seat:
            await _sign_in(seat, ["snelbalie"])
            functies = read_zitplaats(tmp_path).functies  # by which the next first frame shows its tabs
            assert "crm" in functies
            assert "audit" not in functies
            klant = await find(seat, BSN)
            assert (await picture(seat, klant)).persoon is not None
            (gevonden,) = await _hits(seat)
            assert gevonden != BSN  # with a birth date and an address behind it
        async with running_seat(tmp_path, network.url, bos=bos) as seat:
            await _sign_in(seat, ["receptie"])
            network.is_down = True
            assert await _hits(seat) == [BSN]
            beeld = await _first(seat, klant)
            assert (beeld.naam, beeld.persoon) == (klant.naam, None)
            assert beeld.contacten
            assert beeld.bron("brp").stand is Bronstand.WACHT
            assert all(al.persoon is None for al in seat.klanten.recent())


async def test_a_look_in_a_smaller_role_takes_nothing_out_of_the_store(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    bos = Geheugenbos()
    async with bad_network(proefdam.url) as network:
        async with running_seat(tmp_path, network.url, bos=bos) as seat:
            await _sign_in(seat, ["snelbalie"])
            klant = await find(seat, BSN)
            ruim = await picture(seat, klant)
        async with running_seat(tmp_path, network.url, bos=bos) as seat:
            await _sign_in(seat, ["receptie"])
            krap = await picture(seat, klant)
            assert krap.persoon is None
            assert krap.contacten
        async with running_seat(tmp_path, network.url, bos=bos) as seat:
            await _sign_in(seat, ["snelbalie"])
            network.is_down = True
            beeld = await _first(seat, klant)
            assert beeld.persoon == ruim.persoon
            assert beeld.bron("brp").opgehaald_op == ruim.bron("brp").opgehaald_op
            assert beeld.terugbelnotities == ruim.terugbelnotities
            assert len(await _hits(seat)) == 1
