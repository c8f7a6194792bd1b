"""The outbox in words, without Qt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from kcs_desktop.sdk import (
    KlantcontactRegistreren,
    Seat,
    Signal,
    Toevoeging,
    Wachtrij,
    Wachtstand,
    ZaakAanmaken,
    local,
)

_TITELS = {
    Wachtstand.WACHT: "Wacht",
    Wachtstand.BEZIG: "Wordt verstuurd",
    Wachtstand.GESLAAGD: "Geregistreerd",
    Wachtstand.GEWEIGERD: "Geweigerd",
    Wachtstand.APART: "Apart gezet",
}
_VOLGORDE = {
    Wachtstand.APART: 0,
    Wachtstand.GEWEIGERD: 0,
    Wachtstand.BEZIG: 1,
    Wachtstand.WACHT: 1,
    Wachtstand.GESLAAGD: 2,
}
_REOPENED: dict[type, str] = {
    KlantcontactRegistreren: "Het contact staat weer open.",
    ZaakAanmaken: "De zaak staat weer open bij Zaak aanmaken.",
}
_ELSEWHERE = {
    Wachtstand.BEZIG: "Dit wordt nu verstuurd.",
    Wachtstand.GESLAAGD: "Dit is al geregistreerd.",
}


_MAYBE = "Misschien is dit al geregistreerd. Kijk dat eerst na. Met Opnieuw proberen komt het er geen tweede keer bij."


class UitgaandPresenter:
    """`changed` fires when a command or a document comes, moves or goes."""

    def __init__(self, seat: Seat) -> None:
        self._seat = seat
        self.changed: Signal[None] = Signal()
        self._disconnect = (
            seat.outbox.changed.connect(lambda _rij: self.changed.emit(None)),
            seat.dossier.changed.connect(lambda _al: self.changed.emit(None)),
        )

    def close(self) -> None:
        for disconnect in self._disconnect:
            disconnect()

    def rows(self) -> Sequence[Wachtrij]:
        """What needs attention first: refused and set apart, then waiting in order of making, then what has arrived."""
        return sorted(self._seat.outbox.waiting(), key=lambda rij: _VOLGORDE[rij.stand])  # which has them in that order

    def documents(self) -> Sequence[Toevoeging]:
        """What could not be added and has no command: it stands before all that goes by itself."""
        return self._seat.dossier.failed()

    def subtitle(self, rij: Wachtrij) -> str:
        return subtitle(rij, self._seat.now())

    def warning(self) -> str:
        """About work of before that cannot be read; "" when there is none. What it was, the store says."""
        aantal = self._seat.outbox.unreadable_drafts()
        if not aantal:
            return ""
        kunnen = "kan" if aantal == 1 else "kunnen"
        return f"Van uw werk van eerder {kunnen} {aantal} {'deel' if aantal == 1 else 'delen'} niet worden gelezen."

    def can_retry(self, rij: Wachtrij) -> bool:
        """What was refused is refused again under the same number: that one is filled in anew."""
        return rij.is_leesbaar and not rij.trekt_terug and rij.stand in {Wachtstand.WACHT, Wachtstand.APART}

    def can_withdraw(self, rij: Wachtrij) -> bool:
        return rij.stand is Wachtstand.WACHT and not rij.pogingen and not rij.trekt_terug

    def can_remove(self, rij: Wachtrij) -> bool:
        return rij.is_leesbaar and rij.stand in {Wachtstand.GEWEIGERD, Wachtstand.APART}

    def before_removal(self, rij: Wachtrij) -> str:
        """What the employee must know before this one goes; "" where nothing of it was carried out."""
        return _MAYBE if rij.stand is Wachtstand.APART else ""

    def can_export(self) -> bool:
        return bool(open_count(self._seat) or self._seat.outbox.unreadable_drafts())

    def refuses_retry(self, rij: Wachtrij | None) -> str:
        """Why the chosen command is not sent again now, in words; "" where it can be. So the other three."""
        if rij is None or self.can_retry(rij):
            return self._unchosen(rij)
        if rij.stand is Wachtstand.GEWEIGERD:
            return "De server heeft dit geweigerd en zou dat weer doen. Vul het opnieuw in."
        return _ELSEWHERE.get(rij.stand) or _of_unfit(rij)

    def refuses_withdraw(self, rij: Wachtrij | None) -> str:
        if rij is None or self.can_withdraw(rij):
            return self._unchosen(rij)
        if rij.trekt_terug:
            return _of_unfit(rij)
        if rij.stand in {Wachtstand.GEWEIGERD, Wachtstand.APART}:
            return "Dit gaat niet meer vanzelf weg. U kunt het weghalen."
        return _ELSEWHERE.get(rij.stand) or "Dit is al een keer verstuurd. De server heeft het misschien ontvangen."

    def refuses_remove(self, rij: Wachtrij | None) -> str:
        if rij is None or self.can_remove(rij):
            return self._unchosen(rij)
        if rij.stand is Wachtstand.WACHT and not rij.trekt_terug:
            return "Dit wordt nog verstuurd. Weghalen kan alleen als het is geweigerd of apart is gezet."
        return _ELSEWHERE.get(rij.stand) or _of_unfit(rij)

    def refuses_export(self) -> str:
        return "" if self.can_export() else "Er is niets om te exporteren."

    def _unchosen(self, rij: Wachtrij | None) -> str:
        if rij is not None:
            return ""
        is_iets = self._seat.outbox.waiting() or self.documents()
        return "Kies eerst een regel." if is_iets else "Er staat niets in de lijst."

    def file_name(self) -> str:
        """What the file is called unless the employee says otherwise."""
        return f"uitgaand {local(self._seat.now()):%Y-%m-%d %H.%M}.json"

    def retry(self, opdracht: str) -> None:
        self._seat.outbox.retry(opdracht)

    def retry_document(self, toevoeging: str) -> None:
        self._seat.dossier.retry(toevoeging)

    def remove_document(self, toevoeging: str) -> None:
        self._seat.dossier.cancel(toevoeging)

    async def withdraw(self, opdracht: str) -> str:
        """What became of it, in words. Raises UserError where the store does not let go of it."""
        gegevens = next(
            (al.opdracht.gegevens for al in self._seat.outbox.waiting() if al.opdracht.id == opdracht), None
        )
        if await self._seat.outbox.withdraw(opdracht):
            return f"Teruggetrokken. {_REOPENED.get(type(gegevens), '')}".rstrip()
        return "Dit is al verstuurd en kan niet meer worden teruggetrokken."

    def remove(self, opdracht: str) -> bool:
        return self._seat.outbox.remove(opdracht)

    async def export(self, path: Path) -> None:
        await self._seat.outbox.export(path)


def open_count(seat: Seat) -> int:
    """How many were not settled, refused or set apart."""
    return sum(1 for rij in seat.outbox.waiting() if rij.stand is not Wachtstand.GESLAAGD)


def needs_attention(seat: Seat) -> bool:
    """Whether one of them, or a document, will not go by itself."""
    mis = {Wachtstand.GEWEIGERD, Wachtstand.APART}
    return bool(seat.dossier.failed()) or any(rij.stand in mis for rij in seat.outbox.waiting())


def subtitle(rij: Wachtrij, nu: datetime) -> str:
    """ "Wacht sinds 14:05, 3 pogingen, volgende poging om 14:07. De server is niet bereikbaar." """
    if rij.trekt_terug:
        return "Wordt teruggetrokken."
    is_klaar = rij.stand in {Wachtstand.GESLAAGD, Wachtstand.GEWEIGERD}
    klaar_op = rij.uitkomst.afgehandeld_op if is_klaar and rij.uitkomst is not None else None
    delen = [f"{_TITELS[rij.stand]} {_when(klaar_op or rij.sinds, nu, 'om' if is_klaar else 'sinds')}"]
    if rij.pogingen:
        delen.append("1 poging" if rij.pogingen == 1 else f"{rij.pogingen} pogingen")
    if rij.stand is Wachtstand.WACHT and rij.volgende_poging is not None:
        delen.append(f"volgende poging om {local(rij.volgende_poging):%H:%M:%S}")
    zinnen = [", ".join(delen) + ".", rij.reden]
    if rij.achter:
        zinnen.append(f"Gaat na: {rij.achter}.")
    return " ".join(zin for zin in zinnen if zin)


def _of_unfit(rij: Wachtrij) -> str:
    return "Dit wordt teruggetrokken." if rij.trekt_terug else "Dit kan hier niet worden gelezen. Exporteer het."


def _when(moment: datetime, nu: datetime, woord: str) -> str:
    toen = local(moment)
    if toen.date() == local(nu).date():
        return f"{woord} {toen:%H:%M}"
    return f"sinds {toen:%d-%m-%Y %H:%M}" if woord == "sinds" else f"op {toen:%d-%m-%Y} om {toen:%H:%M}"
