"""What `tests.perf.kind` does for `handeling` and `klantbeeld_cache`: the real window, driven as an employee drives it.

An action is timed from its trigger until what it leads to is painted and the window is idle again: no part waits to be
drawn, and for three turns of the event loop nothing of the window had to be painted. Every paint that the action leads
to is counted, in the window's own order; nothing is painted that the window itself did not ask for.

What is shown comes from memory or the store. The registers are asked again behind it; what they say is another paint,
later, and no part of the action.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject

from kcs_desktop.domain.klant import Klantverwijzing

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from plugins.klant.view import KlantTab
    from tests.harness.venster import Venster


TURNS = 200_000  # of the event loop, after which an action leads to nothing
QUIET = 3  # turns: a layout or a list that waits for its timer is done in the first, and painted in the second


class Paints(QObject):
    """Counts the paints of a window: each begins with the one request that Qt makes for all its widgets together."""

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self.count = 0
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.UpdateRequest:
            self.count += 1
        return False


async def timed(seat: Venster, act: Callable[[], object], stands: Callable[[], bool]) -> float:
    """Milliseconds from `act` until `stands` and everything is painted; the turns that show so are not counted."""
    paints = Paints(seat.window)
    start = time.perf_counter()
    act()
    end, seen, quiet = start, paints.count, 0
    for _ in range(TURNS):
        await asyncio.sleep(0)
        if not stands() or not is_painted(seat) or paints.count != seen:
            end, seen, quiet = time.perf_counter(), paints.count, 0
            continue
        quiet += 1
        if quiet == QUIET:
            break
    else:
        raise AssertionError("the action leads to nothing")
    assert paints.count, "nothing was painted"
    seat.window.removeEventFilter(paints)
    return (end - start) * 1000


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
    from plugins.klant.presenter import RUST

    await asyncio.sleep(2 * RUST)  # the registers are asked behind the paint

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
    """Open one tab, then the other; never the one that is open, for which nothing would be painted."""
    ids = [manifest.id for manifest in seat.frame.manifests]
    assert len(ids) > 1, "one tab is no choice"
    first = ids.index(seat.frame.tabs.current) + 1
    took = []
    for ronde in range(rondes):
        wanted = ids[(first + ronde) % len(ids)]

        def stands(wanted: str = wanted) -> bool:
            return seat.frame.tabs.current == wanted

        took.append(await timed(seat, partial(seat.frame.open_tab, wanted), stands))
        await asyncio.sleep(0.02)
    return took


async def notes(seat: Venster, rondes: int, keep: Callable[[], Awaitable[None]]) -> list[float]:
    """Save a note: from the last key until it is on disk and painted."""
    contact = seat.seat.contacten.active
    assert contact is not None
    vraag = contact.vraag.id
    took = []
    for ronde in range(rondes):
        notitie = f"Vraagt naar het paspoort, ronde {ronde}."
        saving: list[asyncio.Future[None]] = []

        def act(notitie: str = notitie, saving: list[asyncio.Future[None]] = saving) -> None:
            seat.seat.contacten.change_vraag(contact.id, vraag, notitie=notitie)
            saving.append(asyncio.ensure_future(keep()))

        def stands(saving: list[asyncio.Future[None]] = saving) -> bool:
            return saving[0].done()

        took.append(await timed(seat, act, stands))
        await saving[0]
        await asyncio.sleep(0.02)
    return took
