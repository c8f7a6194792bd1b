"""A background task that breaks says which one and where, never what somebody typed, and the day goes on."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from kcs_desktop.domain.verbinding import Verbinding
from kcs_desktop.domain.wachtrij import Wachtrij, Wachtstand
from kcs_desktop.security.sleutelbos import Geheugenbos
from kcs_desktop.services import achtergrond
from kcs_desktop.services.seat import open_seat
from tests.doubles.stoel_proxy import bad_network
from tests.harness.backend import BackendProcess
from tests.harness.zitplaats import finish_contact, outcome, sign_in, until

TYPED = "999990019 wil een paspoort"


async def test_a_listener_that_breaks_is_named_without_its_words_and_the_stream_comes_back(
    proefdam: BackendProcess, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(achtergrond, "AGAIN", 0.01)
    broken: list[BaseException] = []
    async with bad_network(proefdam.url) as network:
        seat = open_seat(tmp_path, backend=network.url, sleutelbos=Geheugenbos())
        seat.failed.connect(broken.append)
        await seat.start()
        try:
            await sign_in(seat, "tic")
            await until(seat.verbinding_changed, lambda: seat.verbinding is Verbinding.VERBONDEN)

            def break_once(verbinding: Verbinding) -> None:
                if not broken:
                    raise RuntimeError(TYPED)

            seat.verbinding_changed.connect(break_once)
            network.is_down = True
            network.cut()
            await until(seat.failed, lambda: bool(broken))
            network.is_down = False
            opdracht = finish_contact(seat, None, "Na de storing")
            assert (await outcome(seat, opdracht)).stand is Wachtstand.GESLAAGD
            await until(seat.verbinding_changed, lambda: seat.verbinding is Verbinding.VERBONDEN)
        finally:
            await seat.close()
    (line,) = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    assert line.startswith("background task failed: RuntimeError in live at test_achtergrond.py:")
    assert "999990019" not in caplog.text
    assert len(broken) == 1


async def test_a_listener_of_the_outbox_that_breaks_is_named_by_what_it_broke(
    proefdam: BackendProcess, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    seat = open_seat(tmp_path, backend=proefdam.url, sleutelbos=Geheugenbos())
    broken: list[BaseException] = []
    seat.failed.connect(broken.append)
    await seat.start()
    try:
        await sign_in(seat, "tic")

        def break_on(rij: Wachtrij) -> None:
            if rij.stand is Wachtstand.BEZIG:
                raise RuntimeError(TYPED)

        seat.outbox.changed.connect(break_on)
        finish_contact(seat, None, "Stuk")
        await until(seat.failed, lambda: bool(broken))
    finally:
        await seat.close()
    assert "background task failed: RuntimeError in uitzenden " in caplog.text
    assert "999990019" not in caplog.text
