"""A headless seat, signed in at a real backend: what the window holds, without the window."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

from kcs_desktop.domain.klant import Klantbeeld, Klantverwijzing
from kcs_desktop.domain.klantcontact import Kanaal
from kcs_desktop.domain.opdracht import Opdracht
from kcs_desktop.domain.signal import Signal
from kcs_desktop.domain.wachtrij import Wachtrij, Wachtstand
from kcs_desktop.security.sleutelbos import Geheugenbos, Sleutelbos
from kcs_desktop.services.seat import SeatService, open_seat

T = TypeVar("T")
DONE = frozenset({Wachtstand.GESLAAGD, Wachtstand.GEWEIGERD})


@asynccontextmanager
async def running_seat(
    profile: Path, backend: str, *, bos: Sleutelbos | None = None, account: str = "", **options: Any
) -> AsyncIterator[SeatService]:
    """A seat on `profile`; with `account`, signed in as that employee of the proefgemeente in all its roles."""
    seat = open_seat(profile, backend=backend, sleutelbos=bos or Geheugenbos(), **options)
    failures: list[BaseException] = []
    seat.failed.connect(failures.append)
    await seat.start()
    try:
        if account:
            await sign_in(seat, account)
        yield seat
    finally:
        await seat.close()
    assert failures == []


async def sign_in(seat: SeatService, account: str) -> None:
    """As the sign-in page does it, at the first werkplek."""
    proef = await seat.aanmelden.proefgemeente()
    aanmelding = await seat.aanmelden.sign_in(account, proef["wachtwoord"])
    rollen = aanmelding.medewerker.rollen
    await seat.aanmelden.choose(aanmelding, aanmelding.werkplekken[0].id, rollen)


async def until(signal: Signal[T], holds: Callable[[], bool], limit: float = 30.0) -> None:
    """Wait until `holds`, looking at each emit of `signal`; fails after `limit` seconds."""
    if holds():
        return
    reached = asyncio.Event()

    def look(_: T) -> None:
        if holds():
            reached.set()

    disconnect = signal.connect(look)
    try:
        async with asyncio.timeout(limit):
            await reached.wait()
    finally:
        disconnect()


async def outcome(seat: SeatService, opdracht: Opdracht) -> Wachtrij:
    """The row of this command once it has its outcome."""

    def row() -> Wachtrij | None:
        return next((rij for rij in seat.outbox.waiting() if rij.opdracht.id == opdracht.id), None)

    await until(seat.outbox.changed, lambda: (rij := row()) is not None and rij.stand in DONE)
    found = row()
    assert found is not None
    return found


async def find(seat: SeatService, text: str) -> Klantverwijzing:
    """The first customer that is found on Enter."""
    return [al async for al in seat.zoeken.on_enter(text)][-1].treffers[0].klant


async def picture(seat: SeatService, klant: Klantverwijzing) -> Klantbeeld:
    """The whole customer picture, every source answered."""
    return [al async for al in seat.klanten.open(klant)][-1]


def finish_contact(seat: SeatService, klant: Klantverwijzing | None, onderwerp: str) -> Opdracht:
    """Start a contact at the counter, fill in the question and finish it."""
    contact = seat.contacten.start(Kanaal.BALIE, klant=klant)
    seat.contacten.change_vraag(contact.id, contact.vraag.id, onderwerp=onderwerp)
    return seat.contacten.finish(contact.id)
