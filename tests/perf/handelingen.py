"""What `tests.perf.kind` does for `handeling` and `klantbeeld_cache`: the real window, driven as an employee drives it.

An action is timed from its trigger until the window has painted what it leads to and is idle again: no part is
waiting to be drawn, and a turn of the event loop passed.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING

from kcs_desktop.domain.klant import Klantverwijzing

if TYPE_CHECKING:
    from plugins.klant.view import KlantTab
    from tests.harness.venster import Venster


TURNS = 200_000  # of the event loop, after which an action leads to nothing


async def timed(seat: Venster, act: Callable[[], object], stands: Callable[[], bool]) -> float:
    """Milliseconds from `act` until `stands` and everything is painted."""
    start = time.perf_counter()
    act()
    for _ in range(TURNS):
        if stands() and is_painted(seat):
            break
        await asyncio.sleep(0)
    else:
        raise AssertionError("the action leads to nothing")
    seat.window.repaint()
    return (time.perf_counter() - start) * 1000


def klanttab(seat: Venster) -> KlantTab:
    from plugins.klant.view import KlantTab

    tab = seat.frame.tabs.loaded["klant"]
    assert isinstance(tab, KlantTab)
    return tab


def is_painted(seat: Venster) -> bool:
    tab = seat.frame.tabs.loaded.get("klant")
    return tab is None or not klanttab(seat).is_drawing


async def settle(seat: Venster) -> None:
    """Until every source of the shown picture answered, so that the next action is measured alone."""
    from kcs_desktop.sdk import Bronstand

    def answered() -> bool:
        beeld = klanttab(seat).presenter.beeld
        return beeld is not None and all(bron.stand is not Bronstand.LAADT for bron in beeld.bronnen)

    await seat.until(answered, "the picture")
    for _ in range(20):
        await asyncio.sleep(0.01)


async def switches(seat: Venster, klanten: list[Klantverwijzing], rondes: int) -> list[float]:
    """Switch between contacts that each have their own customer, notes and selection."""
    from kcs_desktop.sdk import Kanaal

    contacten = []
    for klant in klanten:
        contacten.append(seat.seat.contacten.start(Kanaal.BALIE, klant=klant).id)
        seat.frame.open_klant(klant)
        await settle(seat)
    took = []
    for ronde in range(rondes):
        wanted = klanten[ronde % len(klanten)]
        contact = contacten[ronde % len(klanten)]

        def stands(wanted: Klantverwijzing = wanted) -> bool:
            beeld = klanttab(seat).presenter.beeld
            return beeld is not None and beeld.sleutel.bsn == wanted.sleutel.bsn

        took.append(await timed(seat, partial(seat.frame.activate_contact, contact), stands))
        await settle(seat)
    return took


async def tabs(seat: Venster, rondes: int) -> list[float]:
    """Open one tab, then the other."""
    ids = [manifest.id for manifest in seat.frame.manifests]
    assert len(ids) > 1, "one tab is no choice"
    took = []
    for ronde in range(rondes):
        wanted = ids[ronde % len(ids)]

        def stands(wanted: str = wanted) -> bool:
            return seat.frame.tabs.current == wanted

        took.append(await timed(seat, partial(seat.frame.open_tab, wanted), stands))
        await asyncio.sleep(0.02)
    return took


async def notes(seat: Venster, rondes: int, keep: Callable[[], Awaitable[None]]) -> list[float]:
    """Save a note: from the last key until it is on disk and painted."""
    contact = seat.seat.contacten.active
    assert contact is not None
    took = []
    for ronde in range(rondes):
        notitie = f"Vraagt naar het paspoort, ronde {ronde}."
        start = time.perf_counter()
        seat.seat.contacten.change_vraag(contact.id, contact.vraag.id, notitie=notitie)
        await keep()
        await asyncio.sleep(0)
        seat.window.repaint()
        took.append((time.perf_counter() - start) * 1000)
        await asyncio.sleep(0.02)
    return took
