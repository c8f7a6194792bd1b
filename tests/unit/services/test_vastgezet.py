"""A pinned customer outlives the others, is known again after a restart, and is read again once connected."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from kcs_desktop.domain.bewaartermijnen import Bewaartermijnen
from kcs_desktop.domain.klant import Bronstand
from kcs_desktop.domain.terugbeltaak import Lijst
from kcs_desktop.security.sleutelbos import Geheugenbos
from tests.doubles.stoel_proxy import bad_network
from tests.harness.backend import BackendProcess
from tests.harness.zitplaats import find, picture, running_seat, until

BSN, ANDER = "999900286", "999900298"
KORT = Bewaartermijnen(geopend=timedelta(0))  # what was only opened is erased at the next start


async def test_a_pin_outlives_the_term_of_others_and_a_restart(proefdam: BackendProcess, tmp_path: Path) -> None:
    bos = Geheugenbos()
    async with running_seat(tmp_path, proefdam.url, bos=bos, account="tic") as seat:
        klant, ander = await find(seat, BSN), await find(seat, ANDER)
        for wie in (klant, ander):
            await picture(seat, wie)
        seat.vastgezet.pin(klant, vastgezet=True)
        assert (seat.vastgezet.holds(klant), seat.vastgezet.holds(ander)) == (True, False)
    async with running_seat(tmp_path, proefdam.url, bos=bos, account="tic", termijnen=KORT) as seat:
        assert seat.vastgezet.holds(klant)
        assert [beeld.naam for beeld in seat.klanten.recent()] == [klant.naam]
        seat.vastgezet.pin(klant, vastgezet=False)
    async with running_seat(tmp_path, proefdam.url, bos=bos, account="tic", termijnen=KORT) as seat:
        assert not seat.vastgezet.holds(klant)
        assert seat.klanten.recent() == []


async def test_a_colleague_does_not_get_the_pins_of_another(proefdam: BackendProcess, tmp_path: Path) -> None:
    bos = Geheugenbos()
    async with running_seat(tmp_path, proefdam.url, bos=bos, account="tic") as seat:
        klant = await find(seat, BSN)
        await picture(seat, klant)
        seat.vastgezet.pin(klant, vastgezet=True)
    async with running_seat(tmp_path, proefdam.url, bos=bos, account="snelbalie") as seat:
        assert not seat.vastgezet.holds(klant)


async def test_an_open_callback_note_keeps_its_customer(proefdam: BackendProcess, tmp_path: Path) -> None:
    bos = Geheugenbos()
    async with running_seat(tmp_path, proefdam.url, bos=bos, account="tic") as seat:
        klant = await find(seat, "999990032")
        assert any(notitie.is_open for notitie in (await picture(seat, klant)).terugbelnotities)
    async with running_seat(tmp_path, proefdam.url, bos=bos, account="tic", termijnen=KORT) as seat:
        assert [beeld.sleutel.bsn for beeld in seat.klanten.recent()] == ["999990032"]


async def test_what_is_pinned_is_read_again_once_connected(
    proefdam: BackendProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bos = Geheugenbos()
    async with bad_network(proefdam.url) as network:
        async with running_seat(tmp_path, network.url, bos=bos, account="tic") as seat:
            klant = await find(seat, BSN)
            await picture(seat, klant)
            seat.vastgezet.pin(klant, vastgezet=True)
        monkeypatch.setattr("kcs_desktop.services.vastgezet.STALE", timedelta(days=-1))
        network.seen.clear()
        async with running_seat(tmp_path, network.url, bos=bos) as seat:
            assert await seat.aanmelden.resume() is not None
            await network.until_answered("GET", "/klantinteracties/api/v1/klantcontacten")
            asked = network.passed("GET", "/klantinteracties/api/v1/klantcontacten")
            assert [one.headers.get("x-kcs-aanleiding") for one in asked] == ["bijwerken"]


async def test_a_pin_that_came_before_the_picture_holds_once_it_is_there(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    bos = Geheugenbos()
    async with running_seat(tmp_path, proefdam.url, bos=bos, account="tic") as seat:
        klant = await find(seat, ANDER)
        seat.vastgezet.pin(klant, vastgezet=True)
        await picture(seat, klant)
    async with running_seat(tmp_path, proefdam.url, bos=bos, account="tic", termijnen=KORT) as seat:
        assert seat.vastgezet.holds(klant)
        assert [beeld.naam for beeld in seat.klanten.recent()] == [klant.naam]


async def test_who_is_to_be_called_back_is_readable_offline_without_being_opened_here(
    proefdam: BackendProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kcs_desktop.services.vastgezet.SPREAD", (0.0, 0.0))
    bos = Geheugenbos()
    async with bad_network(proefdam.url) as network:
        async with running_seat(tmp_path, network.url, bos=bos, account="m.zandstra") as seat:
            gehaald: list[str] = []
            seat.klanten.kept.connect(lambda beeld: gehaald.append(beeld.sleutel.partij))
            eigen = seat.terugbelnotities
            await until(eigen.changed, lambda: eigen.known(Lijst.EIGEN).opgehaald_op is not None)
            klanten = [taak.klant for taak in eigen.known(Lijst.EIGEN).taken if taak.klant is not None]
            assert klanten
            await until(seat.klanten.kept, lambda: {klant.sleutel.partij for klant in klanten} <= set(gehaald))
            asked = network.passed("GET", "/klantinteracties/api/v1/klantcontacten")
            assert {one.headers.get("x-kcs-aanleiding") for one in asked} == {"bijwerken"}
            await eigen.load(Lijst.EIGEN)
        network.is_down = True
        async with running_seat(tmp_path, network.url, bos=bos, termijnen=KORT) as seat:
            assert await seat.aanmelden.resume() is not None
            assert seat.klanten.recent() == []  # nobody opened them
            for klant in klanten:
                beeld = await picture(seat, klant)
                assert beeld.contacten
                assert all(bron.opgehaald_op is not None for bron in beeld.bronnen if bron.stand is Bronstand.FOUT)


async def test_a_pin_of_who_was_expected_and_never_opened_here_is_there_after_a_restart(
    proefdam: BackendProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kcs_desktop.services.vastgezet.PAUSE", 0.0)
    bos = Geheugenbos()
    async with running_seat(tmp_path, proefdam.url, bos=bos, account="tic") as seat:
        klant = await find(seat, ANDER)
        assert seat.vastgezet.expect([klant])
        await seat.vastgezet.renew()
        seat.vastgezet.pin(klant, vastgezet=True)
    for _ in range(2):
        async with running_seat(tmp_path, proefdam.url, bos=bos, account="tic") as seat:
            assert seat.vastgezet.holds(klant)
            await seat.vastgezet.renew()
