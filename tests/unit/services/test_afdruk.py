"""A seat asks about who worked there with a print of the session: without a keyring too, and after a cut sign-out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import msgspec
import pytest

from kcs_desktop.domain.zitplaats import geweestnaam, sessienaam, winkel_of
from kcs_desktop.security.afdruk import read_afdruk
from kcs_desktop.security.sleutelbos import Geheugenbos, KeyringFault
from kcs_desktop.services.seat import SeatService
from tests.doubles.stoel_proxy import bad_network
from tests.harness.beheer import Administered, administered
from tests.harness.zitplaats import find, picture, running_seat, sign_in

JOHANNA = "999990019"
ZIN = "vier paarden in de wei"


class Geenbos(Geheugenbos):
    """A computer without a keyring."""

    def read(self, naam: str) -> str:
        raise KeyringFault("De sleutelbos van deze computer is niet beschikbaar.")

    def write(self, naam: str, geheim: str) -> None:
        raise KeyringFault("De sleutelbos van deze computer is niet beschikbaar.")

    def erase(self, naam: str) -> None:
        raise KeyringFault("De sleutelbos van deze computer is niet beschikbaar.")


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Administered]:
    with administered(tmp_path_factory.mktemp("afdruk")) as backend:
        yield backend


async def _with_passphrase(seat: SeatService, account: str) -> None:
    proef = await seat.aanmelden.proefgemeente()
    aanmelding = await seat.aanmelden.sign_in(account, proef["wachtwoord"])
    await seat.aanmelden.use_passphrase(aanmelding, ZIN)
    await seat.aanmelden.choose(aanmelding, aanmelding.werkplekken[0].id, aanmelding.medewerker.rollen)


def _cache(profile: Path, account: str, url: str) -> Path:
    return profile / f"cache-{winkel_of(account, url)}.db"


@pytest.mark.parametrize("keys_change", [False, True])
async def test_a_closed_window_without_keyring_hears_of_a_block_before_anybody_signs_in(
    backend: Administered, tmp_path: Path, keys_change: bool
) -> None:
    account = "tic" if keys_change else "snelbalie"
    async with running_seat(tmp_path, backend.url, bos=Geenbos()) as seat:
        await _with_passphrase(seat, account)
        await picture(seat, await find(seat, JOHANNA))
    cache = _cache(tmp_path, account, backend.url)
    async with running_seat(tmp_path, backend.url, bos=Geenbos()) as seat:
        await seat.aanmelden.check_withdrawn()
        assert cache.is_file(), "who was not withdrawn keeps it"
    if keys_change:
        await backend.account("sleutel")
    await backend.account("blokkeer", account)
    async with running_seat(tmp_path, backend.url, bos=Geenbos()) as seat:
        await seat.aanmelden.check_withdrawn()
        assert not cache.exists()
        assert seat.sessie is None
    assert read_afdruk(tmp_path, winkel_of(account, backend.url)) is None


async def test_a_sign_out_without_connection_leaves_no_token_and_is_told_later(
    backend: Administered, tmp_path: Path
) -> None:
    bos = Geheugenbos()
    async with bad_network(backend.url) as network:
        winkel = winkel_of("balie2", network.url)
        async with running_seat(tmp_path, network.url, bos=bos, account="balie2") as seat:
            geheim = bos.read(sessienaam(winkel))
            assert geheim
            network.is_down = True
            await seat.aanmelden.sign_out()
        left = read_afdruk(tmp_path, winkel)
        assert left is not None
        assert left.moet_eindigen
        assert (bos.read(sessienaam(winkel)), bos.read(geweestnaam(winkel))) == ("", "")
        network.is_down = False
        async with running_seat(tmp_path, network.url, bos=bos) as seat:
            await seat.aanmelden.check_withdrawn()
            later = read_afdruk(tmp_path, winkel)
            assert later is not None
            assert not later.moet_eindigen
        verversing = msgspec.json.decode(geheim)["verversing"]
        async with httpx.AsyncClient(base_url=backend.url) as thief:
            answer = await thief.post("/kcs/api/v1/sessies/vernieuwen", json={"verversing": verversing})
        assert (answer.status_code, answer.json()["code"]) == (401, "sessie-beeindigd")


async def test_the_session_of_who_signed_out_offline_ends_before_they_sign_in_again(
    backend: Administered, tmp_path: Path
) -> None:
    bos = Geheugenbos()
    async with bad_network(backend.url) as network:
        async with running_seat(tmp_path, network.url, bos=bos, account="digitaal") as seat:
            network.is_down = True
            await seat.aanmelden.sign_out()
            network.is_down = False
            await sign_in(seat, "digitaal")
            left = read_afdruk(tmp_path, winkel_of("digitaal", network.url))
            assert left is not None
            assert not left.moet_eindigen
            assert seat.sessie is not None
            assert left.is_of(seat.sessie.id)
        asked = [msgspec.json.decode(one.body) for one in network.passed("POST", "/kcs/api/v1/sessies/nagaan")]
        assert True in [one["beeindigen"] for one in asked]
