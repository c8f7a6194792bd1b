"""The count of wrong passwords outlives the window, survives a keyring that refuses, and ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kcs_desktop.domain.errors import InvalidInput
from kcs_desktop.security.pogingen import TRIES, WAIT, Pogingen
from kcs_desktop.security.sleutelbos import Geheugenbos, KeyringFault

NU = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MINUUT = timedelta(minutes=1)


class Clock:
    def __init__(self) -> None:
        self.nu = NU

    def __call__(self) -> datetime:
        return self.nu


class Weigert(Geheugenbos):
    def write(self, naam: str, geheim: str) -> None:
        raise KeyringFault(naam)


@pytest.mark.parametrize("is_restarted", [True, False], ids=["each in a new window", "in one window"])
def test_after_so_many_there_is_one_try_per_wait(is_restarted: bool) -> None:
    bos, clock = Geheugenbos(), Clock()
    pogingen = Pogingen(bos, clock)

    def begin() -> None:
        (Pogingen(bos, clock) if is_restarted else pogingen).begin("w")

    for _ in range(TRIES):
        begin()
    with pytest.raises(InvalidInput, match="over 15 minuten"):
        begin()
    clock.nu += WAIT - MINUUT
    with pytest.raises(InvalidInput, match="over 1 minuut"):
        begin()
    clock.nu += MINUUT
    begin()
    with pytest.raises(InvalidInput, match="over 15 minuten"):
        begin()
    Pogingen(bos, clock).begin("een ander")


def test_the_right_password_ends_the_count() -> None:
    bos = Geheugenbos()
    for _ in range(3):
        pogingen = Pogingen(bos, Clock())
        for _ in range(TRIES):
            pogingen.begin("w")
        pogingen.succeed("w")
        assert not bos.read("pogingen-w")


def test_a_clock_that_was_put_back_locks_nobody_out_for_longer() -> None:
    bos, clock = Geheugenbos(), Clock()
    pogingen = Pogingen(bos, clock)
    for _ in range(TRIES):
        pogingen.begin("w")
    clock.nu -= timedelta(hours=5)
    with pytest.raises(InvalidInput, match="over 15 minuten"):
        Pogingen(bos, clock).begin("w")
    clock.nu += WAIT
    Pogingen(bos, clock).begin("w")


@pytest.mark.parametrize("inhoud", ["geen json", '{"fout":5,"sinds":"2026-03-02T09:00:00"}'])
def test_a_count_that_cannot_be_read_begins_anew(inhoud: str) -> None:
    bos = Geheugenbos()
    bos.write("pogingen-w", inhoud)
    Pogingen(bos, Clock()).begin("w")
    assert bos.read("pogingen-w") not in {None, "", inhoud}


def test_a_keyring_that_refuses_leaves_the_count_to_this_window() -> None:
    pogingen = Pogingen(Weigert(), Clock())
    for _ in range(TRIES):
        pogingen.begin("w")
    with pytest.raises(InvalidInput):
        pogingen.begin("w")
