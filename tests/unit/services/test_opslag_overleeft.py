"""What was lost is told until it was read, and losing the cache keeps nobody from their own work."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from kcs_desktop.cache.eerste_blik import read_zitplaats
from kcs_desktop.cache.schema import open_encrypted
from kcs_desktop.cache.terzijde import asides_of
from kcs_desktop.domain.errors import InvalidInput
from kcs_desktop.domain.klantcontact import Contact, Kanaal, Vraag
from kcs_desktop.domain.zitplaats import sessienaam, sleutelnaam, winkel_of
from kcs_desktop.security.pogingen import TRIES, WAIT
from kcs_desktop.security.sleutelbos import Geheugenbos, OsSleutelbos, Sleutelbos
from kcs_desktop.services import opslag as opslagmodule
from kcs_desktop.services.opslag import Opslag
from kcs_desktop.services.seat import utc_now
from tests.doubles.stoel_proxy import bad_network
from tests.harness.backend import BackendProcess
from tests.harness.kleine_schijf import small_disk
from tests.harness.zitplaats import find, picture, running_seat, sign_in, until

NU = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
A = "a" * 20
PERSONEN = ("999900146", "999900158", "999900171")


@pytest.fixture
def bos(secret_service: dict[str, str]) -> Sleutelbos:
    """The keyring as a desktop has it."""
    assert secret_service
    return OsSleutelbos()


def _spoil(path: Path, _: bytes) -> None:
    path.write_bytes(os.urandom(8192))


def _make_newer(path: Path, key: bytes) -> None:
    db = open_encrypted(path, key)
    db.execute("PRAGMA user_version=99")
    db.close()


def _drop_a_table(path: Path, key: bytes) -> None:
    db = open_encrypted(path, key)
    db.execute("DROP TABLE waarde")
    db.close()


def _key(bos: Sleutelbos, winkel: str) -> bytes:
    return bytes.fromhex(bos.read(sleutelnaam(winkel)))


class _Done(Exception):
    """The watching may end."""


def _watched(times: int) -> Callable[[], bool]:
    """On screen so many times, then the end."""
    turns = iter(range(times))

    def is_seen() -> bool:
        if next(turns, None) is None:
            raise _Done
        return True

    return is_seen


async def test_work_that_was_lost_behind_a_refused_session_is_told_at_the_next_sign_in(
    proefdam: BackendProcess, tmp_path: Path, bos: Sleutelbos
) -> None:
    winkel = winkel_of("tic", proefdam.url)
    async with running_seat(tmp_path, proefdam.url, bos=bos, account="tic") as seat:
        seat.contacten.start(Kanaal.TELEFOON)
    _spoil(tmp_path / f"werk-{winkel}.db", b"")
    onthouden = msgspec.json.decode(bos.read(sessienaam(winkel)))
    bos.write(sessienaam(winkel), msgspec.json.encode({**onthouden, "verversing": "nooit gegeven"}).decode())
    async with running_seat(tmp_path, proefdam.url, bos=bos) as seat:
        assert await seat.aanmelden.resume() is None
    for _ in range(2):  # a window that is closed at once has told nobody
        async with running_seat(tmp_path, proefdam.url, bos=bos, account="tic") as seat:
            assert "ontbreken nu" in seat.bewaart
            assert f"apart gezet als werk-{winkel}.terzijde-" in seat.bewaart


async def test_a_message_goes_on_until_it_was_on_screen_and_only_then_its_file_has_a_term(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opslagmodule, "SAVE_EVERY", 0.001)
    monkeypatch.setattr(opslagmodule, "READ_AFTER", 0.01)
    nu, bos = NU, Geheugenbos()
    opslag = Opslag(tmp_path, bos, lambda: nu)
    await opslag.open(A)
    contact = Contact("c1", "o1", Kanaal.BALIE, NU, (Vraag("v1"),))
    await opslag.werker.run(opslag.werk.save_contacten, [(0, contact)], "c1")
    await opslag.close_stores()
    _make_newer(tmp_path / f"werk-{A}.db", _key(bos, A))
    await opslag.open(A)
    await opslag.close_stores()
    nu += timedelta(days=200)
    await opslag.open(A)
    assert "Teruggehaald: 1 open contact" in opslag.melding
    with pytest.raises(_Done):
        await opslag.keep(_watched(30))
    assert "Teruggehaald: 1 open contact" in opslag.melding  # as long as this session lasts
    await opslag.open(A)
    assert opslag.melding == ""
    (aside,) = asides_of(tmp_path / f"werk-{A}.db")
    assert aside.gezien_op == nu
    nu += timedelta(days=91)
    await opslag.open(A)
    assert asides_of(tmp_path / f"werk-{A}.db") == []
    await opslag.close()


async def test_a_forgotten_passphrase_is_told_also_by_a_later_window(tmp_path: Path) -> None:
    bos = Geheugenbos()
    opslag = Opslag(tmp_path, bos, lambda: NU)
    await opslag.open(A)
    await opslag.close_stores()
    opslag.sleutel.forget_passphrase(A)
    await opslag.close()
    later = Opslag(tmp_path, bos, lambda: NU)
    await later.open(A)
    assert "De sleutel van uw bewaarde werk is niet meer op deze computer" in later.melding
    await later.close()


async def test_a_file_of_work_that_was_emptied_is_a_loss_and_one_that_never_held_any_is_not(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    bos = Geheugenbos()
    path = tmp_path / f"werk-{winkel_of('tic', proefdam.url)}.db"
    path.write_bytes(b"")
    async with running_seat(tmp_path, proefdam.url, bos=bos, account="tic") as seat:
        assert seat.bewaart == ""
    path.write_bytes(b"")
    async with running_seat(tmp_path, proefdam.url, bos=bos, account="tic") as seat:
        assert "ontbreken nu" in seat.bewaart


@pytest.mark.parametrize("spoil", [_spoil, _make_newer, _drop_a_table])
async def test_without_a_connection_a_cache_that_cannot_be_used_keeps_nobody_from_their_work(
    proefdam: BackendProcess, tmp_path: Path, bos: Sleutelbos, spoil: Callable[[Path, bytes], None]
) -> None:
    async with bad_network(proefdam.url) as network:
        winkel = winkel_of("snelbalie", network.url)
        async with running_seat(tmp_path, network.url, bos=bos, account="snelbalie") as seat:
            contact = seat.contacten.start(Kanaal.BALIE)
            wachtwoord = (await seat.aanmelden.proefgemeente())["wachtwoord"]
        spoil(tmp_path / f"cache-{winkel}.db", _key(bos, winkel))
        network.cut()
        async with running_seat(tmp_path, network.url, bos=bos) as seat:
            assert await seat.aanmelden.resume() is not None
            assert [open_.id for open_ in seat.contacten.open] == [contact.id]
            assert "De tijdelijke opslag" in seat.bewaart
            seat.aanmelden.lock()
            with pytest.raises(InvalidInput, match="klopt niet"):
                await seat.aanmelden.unlock("fout")
            await seat.aanmelden.unlock(wachtwoord)
            assert not seat.aanmelden.is_locked


async def test_on_a_read_only_disk_without_a_connection_everything_kept_is_shown(
    proefdam: BackendProcess, tmp_path: Path, bos: Sleutelbos
) -> None:
    async with bad_network(proefdam.url) as network:
        with small_disk(tmp_path / "schijf", 4096) as schijf:
            async with running_seat(schijf.path, network.url, bos=bos, account="tic") as seat:
                klant = await find(seat, PERSONEN[0])
                await picture(seat, klant)
                seat.vastgezet.pin(klant, vastgezet=True)
                contact = seat.contacten.start(Kanaal.TELEFOON)
            schijf.make_read_only()
            network.cut()
            async with running_seat(schijf.path, network.url, bos=bos) as seat:
                assert await seat.aanmelden.resume() is not None
                assert [open_.id for open_ in seat.contacten.open] == [contact.id]
                assert [beeld.naam for beeld in seat.klanten.recent()] == [klant.naam]
                assert seat.vastgezet.holds(klant)
                assert "Wie u eerder opende, ziet u nog wel" in seat.bewaart


async def test_what_unlocked_from_the_cache_of_an_earlier_version_unlocks_still_and_moves(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    bos = Geheugenbos()
    async with bad_network(proefdam.url) as network:
        winkel = winkel_of("tic", network.url)
        async with running_seat(tmp_path, network.url, bos=bos, account="tic") as seat:
            wachtwoord = (await seat.aanmelden.proefgemeente())["wachtwoord"]
        werk = open_encrypted(tmp_path / f"werk-{winkel}.db", _key(bos, winkel))
        cache = open_encrypted(tmp_path / f"cache-{winkel}.db", _key(bos, winkel))
        oud = werk.execute("SELECT naam, inhoud FROM waarde WHERE naam IN ('sessie', 'wachtwoord')").fetchall()
        assert len(oud) == 2
        cache.executemany("INSERT INTO waarde (naam, inhoud) VALUES (?, ?)", oud)
        werk.execute("DELETE FROM waarde WHERE naam IN ('sessie', 'wachtwoord')")
        werk.close()
        cache.close()
        network.cut()
        for _ in range(2):
            async with running_seat(tmp_path, network.url, bos=bos) as seat:
                assert await seat.aanmelden.resume() is not None
                seat.aanmelden.lock()
                await seat.aanmelden.unlock(wachtwoord)
            _spoil(tmp_path / f"cache-{winkel}.db", b"")


async def test_who_signs_out_leaves_nothing_that_unlocks(proefdam: BackendProcess, tmp_path: Path) -> None:
    bos, winkel = Geheugenbos(), winkel_of("tic", proefdam.url)
    async with running_seat(tmp_path, proefdam.url, bos=bos, account="tic") as seat:
        await seat.aanmelden.sign_out()
    werk = open_encrypted(tmp_path / f"werk-{winkel}.db", _key(bos, winkel))
    assert werk.execute("SELECT naam FROM waarde WHERE naam IN ('sessie', 'wachtwoord')").fetchall() == []
    werk.close()


async def test_a_restart_gives_no_new_passwords_to_try_and_time_does(
    proefdam: BackendProcess, tmp_path: Path, bos: Sleutelbos
) -> None:
    later = timedelta(0)
    async with bad_network(proefdam.url) as network:
        async with running_seat(tmp_path, network.url, bos=bos, account="balie2") as seat:
            wachtwoord = (await seat.aanmelden.proefgemeente())["wachtwoord"]
        network.cut()
        async with running_seat(tmp_path, network.url, bos=bos) as seat:
            assert await seat.aanmelden.resume() is not None
            seat.aanmelden.lock()
            for _ in range(TRIES):
                with pytest.raises(InvalidInput, match="klopt niet"):
                    await seat.aanmelden.unlock("fout")
        async with running_seat(tmp_path, network.url, bos=bos, clock=lambda: utc_now() + later) as seat:
            assert await seat.aanmelden.resume() is not None
            with pytest.raises(InvalidInput, match="Te vaak"):
                await seat.aanmelden.unlock(wachtwoord)
            later = WAIT
            await seat.aanmelden.unlock(wachtwoord)
            assert not seat.aanmelden.is_locked


async def test_a_cache_that_is_gone_is_fetched_again_in_the_order_of_before_with_its_pins(
    proefdam: BackendProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kcs_desktop.services.vastgezet.PAUSE", 0.0)
    bos, winkel = Geheugenbos(), winkel_of("tic", proefdam.url)
    async with running_seat(tmp_path, proefdam.url, bos=bos, account="tic") as seat:
        klanten = [await find(seat, bsn) for bsn in PERSONEN]
        for klant in klanten:
            await picture(seat, klant)
        seat.vastgezet.pin(klanten[0], vastgezet=True)
    before = [klant.naam for klant in reversed(klanten)]
    _spoil(tmp_path / f"cache-{winkel}.db", b"")
    async with running_seat(tmp_path, proefdam.url, bos=bos, account="tic") as seat:
        assert "3 klanten opnieuw opgehaald" in seat.bewaart
        assert seat.vastgezet.holds(klanten[0])
        await until(seat.bewaart_changed, lambda: "opnieuw opgehaald" not in seat.bewaart)
    async with running_seat(tmp_path, proefdam.url, bos=bos, account="tic") as seat:
        assert [beeld.naam for beeld in seat.klanten.recent()] == before
        assert seat.vastgezet.holds(klanten[0])
        assert not seat.vastgezet.holds(klanten[1])


async def test_what_is_wiped_is_pinned_no_more_and_not_fetched_again(proefdam: BackendProcess, tmp_path: Path) -> None:
    bos = Geheugenbos()
    async with running_seat(tmp_path, proefdam.url, bos=bos, account="tic") as seat:
        klant = await find(seat, PERSONEN[1])
        await picture(seat, klant)
        seat.vastgezet.pin(klant, vastgezet=True)
        await seat.wipe()
        assert not seat.vastgezet.holds(klant)
    assert not [naam for naam in os.listdir(tmp_path) if naam.endswith(".lijst")]
    async with running_seat(tmp_path, proefdam.url, bos=bos, account="tic") as seat:
        assert not seat.vastgezet.holds(klant)


async def test_the_same_employee_hears_of_work_that_waits_for_another_address(
    proefdam: BackendProcess, tmp_path: Path, bos: Sleutelbos
) -> None:
    async with bad_network(proefdam.url) as hier, bad_network(proefdam.url) as daar:
        async with running_seat(tmp_path, hier.url, bos=bos, account="tic") as seat:
            contact = seat.contacten.start(Kanaal.TELEFOON)
        async with running_seat(tmp_path, daar.url, bos=bos) as seat:
            assert await seat.aanmelden.resume() is None  # its token is for the other address
            await sign_in(seat, "snelbalie")
            assert hier.url not in seat.bewaart
            await seat.aanmelden.sign_out()
            await sign_in(seat, "tic")
            assert f"nog werk van u voor de server {hier.url}: 1 open contact." in seat.bewaart
        async with running_seat(tmp_path, hier.url, bos=bos, account="tic") as seat:
            assert [open_.id for open_ in seat.contacten.open] == [contact.id]
            assert daar.url not in seat.bewaart  # nothing waits there


async def test_the_first_glance_knows_whether_the_role_may_see_customers(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    bos = Geheugenbos()
    async with running_seat(tmp_path, proefdam.url, bos=bos, account="tic") as seat:
        await picture(seat, await find(seat, PERSONEN[2]))
        assert read_zitplaats(tmp_path).mag_klanten
    async with running_seat(tmp_path, proefdam.url, bos=bos, account="auditor") as seat:
        assert not read_zitplaats(tmp_path).mag_klanten
        assert list(seat.klanten.recent()) == []
