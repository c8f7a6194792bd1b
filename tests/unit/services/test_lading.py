"""What every load of a picture does with its parts, whatever they are."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from kcs_desktop.domain.errors import KcsError
from kcs_desktop.domain.klant import Bronstand
from kcs_desktop.domain.zaak import Zaakverwijzing
from kcs_desktop.domain.zaakbeeld import ZAKEN, Zaakbeeld
from kcs_desktop.services.lading import Lading
from kcs_desktop.services.zaaklader import Zaakdeel

NU = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class _Lading(Lading[Zaakbeeld, Zaakdeel]):
    """Every part belongs to one source."""

    def __init__(self) -> None:
        super().__init__(lambda: NU, lambda: False)

    def source_of(self, deel: Zaakdeel) -> str:
        return ZAKEN

    def said(self, deel: Zaakdeel, fout: KcsError) -> str:
        return f"{deel} lukte niet."

    def refused(self, deel: Zaakdeel, fout: KcsError) -> str:
        return ""


async def _fail() -> None:
    raise KcsError


async def test_a_source_is_ready_when_all_its_parts_are_and_says_what_failed() -> None:
    beeld, stand = Zaakbeeld(Zaakverwijzing("z", "Z")), []
    answer = asyncio.Event()

    async def wait() -> None:
        await answer.wait()

    async with _Lading() as lading:
        lading.start(Zaakdeel.ZAAK, wait)
        lading.start(Zaakdeel.CONTACTEN, _fail)
        while (change := await lading.next()) is not None:
            beeld = change(beeld)
            stand.append(beeld.bron(ZAKEN).stand)
            if beeld.bron(ZAKEN).melding:
                answer.set()
    assert stand == [Bronstand.LAADT] * 3 + [Bronstand.FOUT]
    assert beeld.bron(ZAKEN).melding == "klantinteracties lukte niet."


async def test_a_bug_in_a_part_is_not_swallowed_and_ends_the_others() -> None:
    ended: list[str] = []

    async def wait() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("wacht")

    async def broken() -> None:
        raise ZeroDivisionError

    async def load() -> None:
        async with _Lading() as lading:
            lading.start(Zaakdeel.ZAAK, wait)
            lading.start(Zaakdeel.CONTACTEN, broken)
            while await lading.next() is not None:
                pass

    with pytest.raises(ZeroDivisionError):
        await load()
    assert ended == ["wacht"]


async def test_what_was_read_without_one_of_its_sources_says_so_beside_it() -> None:
    beeld = Zaakbeeld(Zaakverwijzing("z", "Z"))
    async with _Lading() as lading:

        async def read() -> None:
            lading.lacks(Zaakdeel.ZAAK, "Zaken van Duinrode antwoordt niet.")

        lading.start(Zaakdeel.ZAAK, read)
        while (change := await lading.next()) is not None:
            beeld = change(beeld)
    assert (beeld.bron(ZAKEN).stand, beeld.bron(ZAKEN).melding) == (
        Bronstand.FOUT,
        "Zaken van Duinrode antwoordt niet.",
    )
