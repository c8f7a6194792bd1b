"""The auditor's question: what is asked, the lines that came, and what went wrong. Knows no Qt, keeps nothing."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from kcs_desktop.sdk import (
    Auditantwoord,
    Auditonderwerp,
    Auditperiode,
    Auditregel,
    InvalidInput,
    KcsError,
    RetryableError,
    Seat,
    Sessie,
    Signal,
    Verbinding,
    parse_auditonderwerp,
    parse_auditperiode,
)
from plugins.beheer import tekst
from ui.sdk import NO_CONNECTION, rolnaam


class Stand(StrEnum):
    """The states of the list; nothing was asked yet in BEGIN."""

    BEGIN = "begin"
    LAADT = "laadt"
    LEEG = "leeg"
    RESULTAAT = "resultaat"
    GEDEELTELIJK = "gedeeltelijk"  # a later page did not come
    FOUT = "fout"


class AuditPresenter:
    """`changed` after anything to show changed."""

    def __init__(self, seat: Seat) -> None:
        self.changed: Signal[None] = Signal()
        self.stand = Stand.BEGIN
        self.fout: KcsError | None = None
        self.totaal = 0
        self.laadt_meer = False
        self.onderwerp: Auditonderwerp | None = None
        self._periode = Auditperiode()
        self._regels: tuple[Auditregel, ...] = ()
        self._rows: list[tekst.Regel] = []
        self._pagina = 0
        self._seat = seat
        self._medewerker = _account(seat.sessie)
        self._disconnect = [
            seat.sessie_changed.connect(self._on_sessie),
            seat.verbinding_changed.connect(lambda _verbinding: self.changed.emit(None)),
        ]

    def close(self) -> None:
        for disconnect in self._disconnect:
            disconnect()

    @property
    def without_connection(self) -> str:
        """Why the trail cannot be asked now; "" when it can. Nothing of it is kept at a seat."""
        return "" if self._seat.verbinding is Verbinding.VERBONDEN else NO_CONNECTION

    @property
    def rows(self) -> list[tekst.Regel]:
        return self._rows

    @property
    def has_more(self) -> bool:
        return 0 < len(self._regels) < self.totaal

    @property
    def is_retryable(self) -> bool:
        return isinstance(self.fout, RetryableError)

    def recognise(self, getypt: str) -> str:
        """What was typed, in words, while typing; "" as long as it is no whole number yet."""
        try:
            return tekst.onderwerp(parse_auditonderwerp(getypt))
        except InvalidInput:
            return ""

    def problems(self, waarde: str, van: str, tot: str) -> list[InvalidInput]:
        """What is wrong with the question, in the order of the fields; `field` is waarde, van or tot."""
        found: list[InvalidInput] = []
        try:
            parse_auditonderwerp(waarde)
        except InvalidInput as wrong:
            found.append(wrong)
        now = self._seat.now()
        try:
            parse_auditperiode(van, "", now)
        except InvalidInput as wrong:
            return [*found, wrong]
        try:
            parse_auditperiode(van, tot, now)
        except InvalidInput as wrong:
            found.append(wrong)
        return found

    def prepare(self, waarde: str, van: str, tot: str) -> None:
        """Take the question over; the lines of the previous one go. Raises InvalidInput."""
        self.onderwerp = parse_auditonderwerp(waarde)
        self._periode = parse_auditperiode(van, tot, self._seat.now())
        self._forget()
        self.stand = Stand.LAADT
        self.changed.emit(None)

    async def load(self) -> None:
        """The first page, or the next one when there is one already."""
        asked = self.onderwerp
        if asked is None:
            return
        is_first = self._pagina == 0
        self.laadt_meer = not is_first
        if is_first:
            self.stand, self.fout = Stand.LAADT, None
        self.changed.emit(None)
        try:
            antwoord = await self._seat.audit.ask(
                asked.soort, asked.waarde, self._periode.van, self._until(), self._pagina + 1
            )
        except KcsError as fout:
            self.fout = fout
            self.stand = Stand.FOUT if is_first else Stand.GEDEELTELIJK
        else:
            self._take(antwoord)
        finally:
            self.laadt_meer = False
        self.changed.emit(None)

    def clear(self) -> None:
        """As if nothing was asked."""
        self._forget()
        self.onderwerp = None
        self.stand = Stand.BEGIN
        self.changed.emit(None)

    def _until(self) -> datetime | None:
        """The end of the period; for later pages the newest line of the first.

        Asking is written in the trail as well: without this bound every page would move by the question before it.
        """
        return self._regels[0].op + timedelta(microseconds=1) if self._regels else self._periode.tot

    def _take(self, antwoord: Auditantwoord) -> None:
        before = len(self._regels)
        self._regels += antwoord.regels
        self._rows += [
            tekst.regel(line, place, ", ".join(rolnaam(rol) for rol in line.rollen))
            for place, line in enumerate(antwoord.regels, start=before)
        ]
        self._pagina += 1
        self.fout = None
        # an answer without lines ends the list, whatever it counts
        self.totaal = max(antwoord.aantal, len(self._regels)) if antwoord.regels else len(self._regels)
        self.stand = Stand.RESULTAAT if self._regels else Stand.LEEG

    def _forget(self) -> None:
        self._regels, self._rows, self._pagina, self.totaal = (), [], 0, 0
        self.fout, self.laadt_meer = None, False

    def _on_sessie(self, sessie: Sessie | None) -> None:
        """Another employee at this seat sees nothing of what the previous one asked."""
        if (medewerker := _account(sessie)) != self._medewerker:
            self._medewerker = medewerker
            self.clear()


def _account(sessie: Sessie | None) -> str:
    return sessie.medewerker.gebruikersnaam if sessie is not None else ""
