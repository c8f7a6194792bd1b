"""What a scanner says is understood, and one that says nothing is never taken for a clean file."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from kcs_desktop.backend.bestanden.scanner import Scanner, ScannerFailed, Uitslag, read_scanner
from kcs_desktop.domain.errors import InvalidInput, NotFound
from tests.doubles.virusscanner import NAME, VIRUS, command, icap_server

CLEAN = b"gewone inhoud " * 100_000
PATIENT = 30.0
HOUR = 3600.0
HASTY = 0.3


async def pieces(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), 100_000):
        yield content[start : start + 100_000]


async def scan(setting: str, content: bytes, seconds: float = PATIENT) -> Uitslag:
    scanner = read_scanner(setting, seconds)
    assert isinstance(scanner, Scanner)
    return await scanner.scan(len(content), pieces(content))


async def test_a_command_says_clean_or_names_what_it_found() -> None:
    assert await scan(command(), CLEAN) == Uitslag(is_schoon=True)
    assert await scan(command(), CLEAN + VIRUS) == Uitslag(is_schoon=False, reden=f"stream: {NAME} FOUND")
    assert not (await scan(command("haastig"), CLEAN * 5)).is_schoon


@pytest.mark.parametrize("setting", [command("stuk"), "command:/bestaat/niet --fdpass -"])
async def test_a_command_that_fails_says_nothing(setting: str) -> None:
    with pytest.raises(ScannerFailed):
        await scan(setting, CLEAN)


async def test_a_command_hears_nothing_of_the_settings_of_the_backend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KCS_DATABASE", "postgresql://kcs:geheim@db/kcs")
    monkeypatch.setenv("PGPASSWORD", "geheim")
    uitslag = await scan('command:/bin/sh -c \'cat > /dev/null; env | tr "\\n" " "; exit 1\'', CLEAN)
    assert "PATH=" in uitslag.reden
    assert "geheim" not in uitslag.reden


async def test_a_command_that_never_ends_is_ended() -> None:
    with pytest.raises(ScannerFailed):
        await scan(command("traag"), CLEAN, HASTY)


async def test_a_server_gets_the_whole_file_and_says_clean_or_names_what_it_found() -> None:
    async with icap_server() as server:
        assert await scan(server.setting, CLEAN) == Uitslag(is_schoon=True)
        assert await scan(server.setting, CLEAN + VIRUS) == Uitslag(is_schoon=False, reden=NAME)
    assert server.asked == ["OPTIONS", "RESPMOD"] * 2
    assert server.seen == [CLEAN, CLEAN + VIRUS]


async def test_a_server_that_knows_only_uploads_gets_one() -> None:
    async with icap_server(methods="REQMOD") as server:
        assert (await scan(server.setting, CLEAN)).is_schoon
    assert server.asked == ["OPTIONS", "REQMOD"]
    assert server.seen == [CLEAN]


async def test_a_server_may_refuse_without_a_word_or_before_it_has_everything() -> None:
    async with icap_server("verboden") as server:
        assert await scan(server.setting, VIRUS) == Uitslag(is_schoon=False)
    async with icap_server("haastig") as server:
        assert await scan(server.setting, CLEAN * 20) == Uitslag(is_schoon=False, reden=NAME)


async def test_a_threat_is_believed_whatever_else_is_said() -> None:
    async with icap_server("tegenstrijdig") as server:
        assert await scan(server.setting, VIRUS) == Uitslag(is_schoon=False, reden=NAME)


@pytest.mark.parametrize("gedrag", ["onzin", "stuk", "onduidelijk"])
async def test_an_answer_that_says_nothing_is_none(gedrag: str) -> None:
    async with icap_server(gedrag) as server:
        with pytest.raises(ScannerFailed):
            await scan(server.setting, VIRUS)


async def test_a_server_that_is_away_or_silent_gives_no_answer() -> None:
    async with icap_server("stil") as server:
        with pytest.raises(ScannerFailed):
            await scan(server.setting, CLEAN, HASTY)
    with pytest.raises(ScannerFailed):
        await scan(server.setting, CLEAN)


async def test_a_server_that_takes_nothing_more_is_left_when_its_time_is_over() -> None:
    async with icap_server("vol") as server:
        scanner = read_scanner(server.setting, HASTY)
        assert isinstance(scanner, Scanner)
        with pytest.raises(ScannerFailed):
            await asyncio.wait_for(scanner.scan(len(CLEAN) * 20, pieces(CLEAN * 20)), PATIENT)


async def half_of_it() -> AsyncIterator[bytes]:
    yield CLEAN[:100_000]
    raise NotFound("De inhoud van dit bestand is er niet meer.")


async def test_content_that_goes_while_it_is_sent_is_not_waited_for() -> None:
    async with icap_server() as server:
        for setting in (server.setting, command()):
            scanner = read_scanner(setting, HOUR)
            assert isinstance(scanner, Scanner)
            with pytest.raises(NotFound):
                await asyncio.wait_for(scanner.scan(len(CLEAN), half_of_it()), PATIENT)


def test_the_setting_says_which_scanner_or_what_is_wrong_with_it() -> None:
    assert read_scanner("", PATIENT) is None
    for wrong in ("clamd", "command:", "command: ", "command:'x", "http://x/", "icap://", "icap://x:poort/a"):
        with pytest.raises(InvalidInput):
            read_scanner(wrong, PATIENT)
