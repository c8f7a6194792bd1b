"""A seat that nobody touched for the time of the lock starts locked, however it was left."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kcs_desktop.cache.eerste_blik import read_zitplaats
from kcs_desktop.domain.errors import InvalidInput
from kcs_desktop.security.sleutelbos import Geheugenbos
from kcs_desktop.services.seat import SeatService, utc_now
from tests.doubles.stoel_proxy import bad_network
from tests.harness.backend import BackendProcess
from tests.harness.zitplaats import running_seat


def _clock(offset: timedelta) -> datetime:
    return utc_now() + offset


async def _resumed(seat: SeatService) -> bool:
    """Whether the seat that takes up its session is locked."""
    assert await seat.aanmelden.resume() is not None
    return _is_locked(seat)


def _is_locked(seat: SeatService) -> bool:
    """A function, because a type checker believes that a property keeps its value."""
    return seat.aanmelden.is_locked


@pytest.mark.parametrize(
    ("away", "locked"),
    [(timedelta(minutes=9), False), (timedelta(minutes=11), True), (timedelta(hours=-1), True)],
    ids=["nine minutes", "eleven minutes", "a clock put back"],
)
async def test_the_time_that_the_window_was_closed_counts(
    proefdam: BackendProcess, tmp_path: Path, away: timedelta, locked: bool
) -> None:
    bos = Geheugenbos()
    async with running_seat(tmp_path, proefdam.url, bos=bos, account="tic"):
        pass
    async with running_seat(tmp_path, proefdam.url, bos=bos, clock=lambda: _clock(away)) as seat:
        assert await _resumed(seat) is locked
        assert read_zitplaats(tmp_path).is_locked_at(_clock(away)) is locked


async def test_a_password_opens_what_silence_locked(proefdam: BackendProcess, tmp_path: Path) -> None:
    bos = Geheugenbos()
    later = timedelta(minutes=20)
    async with running_seat(tmp_path, proefdam.url, bos=bos, account="tic"):
        pass
    async with running_seat(tmp_path, proefdam.url, bos=bos, clock=lambda: _clock(later)) as seat:
        assert await _resumed(seat)
        with pytest.raises(InvalidInput):
            await seat.aanmelden.unlock("fout")
        assert _is_locked(seat)
        await seat.aanmelden.unlock((await seat.aanmelden.proefgemeente())["wachtwoord"])
        assert not _is_locked(seat)
    async with running_seat(tmp_path, proefdam.url, bos=bos, clock=lambda: _clock(later)) as seat:
        assert not await _resumed(seat)


async def test_the_last_input_and_the_set_minutes_are_what_counts(proefdam: BackendProcess, tmp_path: Path) -> None:
    bos = Geheugenbos()
    async with running_seat(tmp_path, proefdam.url, bos=bos, account="tic") as seat:
        seat.aanmelden.note_busy(utc_now() + timedelta(minutes=30), 3)
    async with running_seat(tmp_path, proefdam.url, bos=bos, clock=lambda: _clock(timedelta(minutes=32))) as seat:
        assert not await _resumed(seat)
    async with running_seat(tmp_path, proefdam.url, bos=bos, clock=lambda: _clock(timedelta(minutes=36))) as seat:
        assert await _resumed(seat)


async def test_opening_and_closing_a_locked_seat_does_not_unlock_it(proefdam: BackendProcess, tmp_path: Path) -> None:
    bos = Geheugenbos()
    later = timedelta(minutes=11)
    async with bad_network(proefdam.url) as network:
        async with running_seat(tmp_path, network.url, bos=bos, account="tic"):
            pass
        network.is_down = True
        async with running_seat(tmp_path, network.url, bos=bos, clock=lambda: _clock(later)) as seat:
            assert await _resumed(seat)
            seat.aanmelden.note_busy(_clock(later), 10)
        async with running_seat(tmp_path, network.url, bos=bos, clock=lambda: _clock(later)) as seat:
            assert await _resumed(seat)
