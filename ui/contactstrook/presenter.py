"""What the strip shows and does, without Qt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from kcs_desktop.sdk import Contact, Kanaal, Seat, Signal

# After this many seconds the timer turns amber: what the 1e lijn should settle by phone and at the counter.
NORM_SECONDEN = {Kanaal.TELEFOON: 240, Kanaal.BALIE: 300}
NORM_ANDERS = 600


class Strookcontact(msgspec.Struct, frozen=True):
    """One contact as the strip draws it. `begonnen_op` lets the view tick by itself."""

    id: str
    titel: str
    kanaal: Kanaal
    begonnen_op: datetime
    norm: int
    vragen: int
    actieve_vraag: int
    is_actief: bool


class StrookPresenter:
    """`changed` fires when contacts come, go or change; time alone changes nothing here."""

    def __init__(self, seat: Seat) -> None:
        self._seat = seat
        self.changed: Signal[None] = Signal()
        self._disconnect = [
            seat.contacten.changed.connect(lambda _contact: self.changed.emit(None)),
            seat.contacten.activated.connect(lambda _contact: self.changed.emit(None)),
        ]

    def close(self) -> None:
        for disconnect in self._disconnect:
            disconnect()

    def contacten(self) -> Sequence[Strookcontact]:
        active = self._seat.contacten.active
        return [_shown(contact, is_actief=active is not None and contact.id == active.id) for contact in self._open()]

    def now(self) -> datetime:
        return self._seat.now()

    def activate(self, contact: str) -> None:
        self._seat.contacten.activate(contact)

    def activate_vraag(self, contact: str, index: int) -> None:
        self._seat.contacten.activate(contact)
        self._seat.contacten.activate_vraag(contact, index)

    def add_vraag(self, contact: str) -> None:
        self._seat.contacten.activate(contact)
        self._seat.contacten.add_vraag(contact)

    @property
    def may_make_zaak(self) -> bool:
        """There is a contact to make one for, and this role may."""
        return self._seat.contacten.active is not None and self._seat.zaakaanmaken.may_start

    def next(self, step: int = 1) -> None:
        """Ctrl+Tab: the next contact in the strip, round and round; `step` -1 for the one before."""
        contacten = self._open()
        if not contacten:
            return
        active = self._seat.contacten.active
        place = next((i for i, c in enumerate(contacten) if active is not None and c.id == active.id), -1)
        self._seat.contacten.activate(contacten[(place + step) % len(contacten)].id)

    def _open(self) -> Sequence[Contact]:
        return self._seat.contacten.open


def _shown(contact: Contact, *, is_actief: bool) -> Strookcontact:
    return Strookcontact(
        id=contact.id,
        titel=contact.titel,
        kanaal=contact.kanaal,
        begonnen_op=contact.begonnen_op,
        norm=NORM_SECONDEN.get(contact.kanaal, NORM_ANDERS),
        vragen=len(contact.vragen),
        actieve_vraag=contact.actieve_vraag,
        is_actief=is_actief,
    )


def elapsed(seconden: float) -> str:
    """ "02:41"; past the hour "1:02:41". Never negative: a clock that runs behind shows 00:00."""
    totaal = max(0, int(seconden))
    uren, rest = divmod(totaal, 3600)
    minuten, sec = divmod(rest, 60)
    return f"{uren}:{minuten:02}:{sec:02}" if uren else f"{minuten:02}:{sec:02}"
