"""Two seats at one customer see each other come, type and leave; nothing of it outlives them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kcs_desktop.domain.klant import KlantSleutel, Klantverwijzing, SoortKlant
from kcs_desktop.domain.klantcontact import Kanaal
from kcs_desktop.domain.meekijker import Bezigheid
from kcs_desktop.services.seat import SeatService
from tests.doubles.stoel_proxy import bad_network
from tests.harness.backend import BackendProcess
from tests.harness.zitplaats import running_seat, until

KLANT = Klantverwijzing(KlantSleutel(SoortKlant.PERSOON, bsn="999900225"), "Klant")
ANDER = Klantverwijzing(KlantSleutel(SoortKlant.PERSOON, bsn="999900237"), "Ander")


def _seen(seat: SeatService) -> list[Bezigheid]:
    return [wie.bezigheid for wie in seat.meekijkers.of(KLANT)]


async def test_a_colleague_is_seen_coming_typing_and_leaving(
    proefdam: BackendProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Long enough for a slow machine to tell it before it is over.
    monkeypatch.setattr("kcs_desktop.services.meekijkers.TYPING", 12.0)
    async with (
        running_seat(tmp_path / "een", proefdam.url, account="tic") as een,
        running_seat(tmp_path / "twee", proefdam.url, account="snelbalie") as twee,
    ):
        een.meekijkers.join(KLANT)
        plek = twee.meekijkers.join(KLANT)
        twee.meekijkers.join(ANDER)
        await until(een.meekijkers.changed, lambda: _seen(een) == [Bezigheid.KIJKT])
        await until(twee.meekijkers.changed, lambda: _seen(twee) == [Bezigheid.KIJKT])
        contact = twee.contacten.start(Kanaal.BALIE, klant=KLANT)
        twee.contacten.change_vraag(contact.id, contact.vraag.id, notitie="Wil een paspoort")
        await until(een.meekijkers.changed, lambda: _seen(een) == [Bezigheid.TYPT])
        await until(een.meekijkers.changed, lambda: _seen(een) == [Bezigheid.KIJKT])  # the typing stopped
        plek.close()
        await until(een.meekijkers.changed, lambda: _seen(een) == [])
        assert een.meekijkers.of(ANDER) == (), "who does not look there is told nothing"
        assert len(twee.meekijkers.of(KLANT)) == 0, "who left sees nobody any more"


async def test_typing_elsewhere_is_not_typing_here(proefdam: BackendProcess, tmp_path: Path) -> None:
    async with (
        running_seat(tmp_path / "een", proefdam.url, account="tic") as een,
        running_seat(tmp_path / "twee", proefdam.url, account="snelbalie") as twee,
    ):
        een.meekijkers.join(KLANT)
        twee.meekijkers.join(KLANT)
        await until(een.meekijkers.changed, lambda: _seen(een) == [Bezigheid.KIJKT])
        heard: list[list[Bezigheid]] = []
        een.meekijkers.changed.connect(lambda _: heard.append(_seen(een)))
        contact = twee.contacten.start(Kanaal.BALIE, klant=ANDER)
        twee.contacten.change_vraag(contact.id, contact.vraag.id, notitie="Iets anders")
        twee.meekijkers.join(ANDER)
        een.meekijkers.join(ANDER)
        await until(een.meekijkers.changed, lambda: bool(een.meekijkers.of(ANDER)))
        assert [Bezigheid.TYPT] not in heard


async def test_without_a_connection_nobody_is_seen_and_afterwards_again(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    async with (
        bad_network(proefdam.url) as network,
        running_seat(tmp_path / "een", network.url, account="tic") as een,
    ):
        network.is_down = True
        een.meekijkers.join(KLANT)
        assert een.meekijkers.of(KLANT) == ()
        network.is_down = False
        async with running_seat(tmp_path / "twee", proefdam.url, account="snelbalie") as twee:
            twee.meekijkers.join(KLANT)
            een.meekijkers.typing(KLANT)  # what makes it tell again at once
            await until(twee.meekijkers.changed, lambda: bool(_seen(twee)))
            await until(een.meekijkers.changed, lambda: bool(_seen(een)))


async def test_who_closes_the_window_is_gone_at_once(proefdam: BackendProcess, tmp_path: Path) -> None:
    async with running_seat(tmp_path / "een", proefdam.url, account="tic") as een:
        een.meekijkers.join(ANDER)
        async with running_seat(tmp_path / "twee", proefdam.url, account="snelbalie") as twee:
            twee.meekijkers.join(ANDER)
            await until(een.meekijkers.changed, lambda: bool(een.meekijkers.of(ANDER)))
            een_gezien = een.meekijkers.of(ANDER)[0].seconden
        await until(een.meekijkers.changed, lambda: not een.meekijkers.of(ANDER), limit=een_gezien / 2)
        assert een_gezien > 0
        assert een.meekijkers.of(ANDER) == ()


async def test_who_is_passed_by_is_told_to_nobody(proefdam: BackendProcess, tmp_path: Path) -> None:
    async with (
        bad_network(proefdam.url) as network,
        running_seat(tmp_path / "een", network.url, account="tic") as een,
    ):
        een.meekijkers.join(ANDER).close()
        een.meekijkers.join(KLANT)
        await network.until_answered("POST", "/kcs/api/v1/meekijkers")
        verteld = [one.body for one in network.passed("POST", "/kcs/api/v1/meekijkers")]
        assert [KLANT.sleutel.bsn.encode() in body for body in verteld] == [True]


async def test_who_leaves_a_customer_and_then_the_window_is_gone_at_once(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    async with running_seat(tmp_path / "een", proefdam.url, account="tic") as een:
        een.meekijkers.join(ANDER)
        async with running_seat(tmp_path / "twee", proefdam.url, account="snelbalie") as twee:
            plek = twee.meekijkers.join(ANDER)
            await until(twee.meekijkers.changed, lambda: bool(twee.meekijkers.of(ANDER)))
            await until(een.meekijkers.changed, lambda: bool(een.meekijkers.of(ANDER)))
            term = een.meekijkers.of(ANDER)[0].seconden
            plek.close()
        await until(een.meekijkers.changed, lambda: not een.meekijkers.of(ANDER), limit=term / 2)
        assert een.meekijkers.of(ANDER) == ()
