"""The page of e-formulieren: which one is in sight, and what can be done with it. Knows no Qt."""

from __future__ import annotations

from datetime import datetime

import msgspec

from kcs_desktop.sdk import (
    Eformulier,
    Eformulierlijst,
    Eformulierregels,
    KlantSleutel,
    Klantverwijzing,
    Seat,
    Sessie,
    Signal,
    Watch,
)
from plugins.zaken.koppelen import is_attached


class Toestand(msgspec.Struct, omit_defaults=True):
    """What brings the page back as it was."""

    gekozen: str = ""


class EformulierenPresenter:
    """`changed` after anything to show changed. `close` must be called when the page goes."""

    def __init__(self, seat: Seat) -> None:
        self.changed: Signal[None] = Signal()
        self.toestand = Toestand()
        self._seat = seat
        self._greep: Watch | None = None
        self._disconnect = [
            seat.eformulieren.changed.connect(self.changed.emit),
            seat.contacten.changed.connect(lambda _contact: self.changed.emit(None)),
            seat.contacten.activated.connect(lambda _contact: self.changed.emit(None)),
            seat.sessie_changed.connect(self._on_sessie),
            seat.verbinding_changed.connect(lambda _verbinding: self.changed.emit(None)),
        ]

    def close(self) -> None:
        self.set_in_sight(in_sight=False)
        for disconnect in self._disconnect:
            disconnect()
        self._disconnect.clear()

    @property
    def lijst(self) -> Eformulierlijst:
        return self._seat.eformulieren.lijst

    @property
    def regels(self) -> Eformulierregels:
        return self._seat.catalogus.eformulieren

    @property
    def now(self) -> datetime:
        return self._seat.now()

    @property
    def formulier(self) -> Eformulier | None:
        return self.lijst.find(self.toestand.gekozen)

    @property
    def klant(self) -> Klantverwijzing | None:
        """The customer where it can be opened: one that has a number."""
        formulier = self.formulier
        klant = formulier.klant if formulier is not None else None
        return klant if klant is not None and klant.sleutel != KlantSleutel(klant.sleutel.soort) else None

    @property
    def may_look_up(self) -> bool:
        """Whether the name is not known, and the base registers may be asked for it."""
        sessie, klant = self._seat.sessie, self.klant
        return klant is not None and not klant.naam and sessie is not None and sessie.mag("basisregistraties")

    @property
    def may_open_customer(self) -> bool:
        sessie = self._seat.sessie
        return self.klant is not None and sessie is not None and sessie.mag("crm")

    @property
    def has_contact(self) -> bool:
        return self._seat.contacten.active is not None

    @property
    def is_attached(self) -> bool:
        formulier = self.formulier
        return is_attached(self._seat, formulier.regel.verwijzing if formulier is not None else None)

    def set_in_sight(self, *, in_sight: bool) -> None:
        """Live only while somebody can see it."""
        if not in_sight and self._greep is not None:
            self._greep.close()
            self._greep = None
        elif in_sight and self._greep is None:
            self._greep = self._seat.eformulieren.watch()

    def select(self, uuid: str) -> None:
        if uuid != self.toestand.gekozen:
            self.toestand.gekozen = uuid
            self.changed.emit(None)

    async def load(self) -> None:
        await self._seat.eformulieren.load()

    async def look_up(self) -> None:
        """Who sent it, from the base registers."""
        await self._seat.eformulieren.recognise(self.toestand.gekozen)

    def restore(self, toestand: Toestand) -> None:
        self.toestand = toestand
        self.changed.emit(None)

    def _on_sessie(self, _sessie: Sessie | None) -> None:
        """Another employee begins with nothing chosen."""
        self.toestand = Toestand()
        self.changed.emit(None)
