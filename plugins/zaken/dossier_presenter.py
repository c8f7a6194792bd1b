"""Adding documents to one zaak, or to one that is being filled in. Qt-free and async; the view listens to `changed`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

from kcs_desktop.sdk import (
    ENDED,
    Documenttype,
    InvalidInput,
    KcsError,
    Seat,
    Signal,
    Toevoeging,
    Toevoegstand,
    Verbinding,
    Zaakverwijzing,
    missing_in,
    type_for,
)

_OFFLINE = "Geen verbinding. Documenten worden hier bewaard en vanzelf verstuurd als die er weer is."
Bestandsbron = Path | bytes | Callable[[], bytes]  # what makes the content is called on a thread
_READING = InvalidInput(
    "Een bestand wordt nog gelezen.", field="documenten", advice="Probeer het zo nog eens. Er is niets verstuurd."
)


class DossierPresenter:
    """One per place where documents are added. `close` must be called when it goes."""

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self.changed: Signal[None] = Signal()
        self.added: Signal[Toevoeging] = Signal()  # it is in the dossier now
        self.zaak: Zaakverwijzing | None = None
        self.soorten: Sequence[Documenttype] = ()
        self.fout: KcsError | None = None
        self.problem: InvalidInput | None = None
        self.leest = 0  # files that are being read in
        self._told: set[str] = set()
        self._disconnect: list[Callable[[], None]] = [
            seat.dossier.changed.connect(self._on_toevoeging),
            seat.verbinding_changed.connect(lambda _verbinding: self.changed.emit(None)),
        ]

    def close(self) -> None:
        for disconnect in self._disconnect:
            disconnect()
        self._disconnect.clear()

    # --- what is shown --------------------------------------------------------------------------------------------

    @property
    def may_add(self) -> bool:
        return self.zaak is not None and self.seat.dossier.may_add(self.zaak)

    @property
    def is_nieuwe_zaak(self) -> bool:
        """Whether the zaak is still to be made: then what is chosen goes along with it, without a word more."""
        return self.zaak is not None and not self.zaak.uuid

    @property
    def toevoegingen(self) -> Sequence[Toevoeging]:
        """What is on its way; what arrived stands among the documents."""
        if self.zaak is None:
            return ()
        return [al for al in self.seat.dossier.of(self.zaak) if al.stand is not Toevoegstand.TOEGEVOEGD]

    @property
    def te_bevestigen(self) -> Sequence[Toevoeging]:
        if self.is_nieuwe_zaak:
            return ()
        return [al for al in self.toevoegingen if not al.bevestigd and al.stand not in ENDED]

    @property
    def waarschuwing(self) -> str:
        """Said beforehand."""
        return _OFFLINE if self.seat.verbinding is Verbinding.GEEN_VERBINDING and self.may_add else ""

    def name_of(self, soort: str) -> str:
        return next((al.omschrijving for al in self.soorten if al.uuid == soort), "")

    def find(self, toevoeging: str) -> Toevoeging | None:
        return next((al for al in self.toevoegingen if al.id == toevoeging), None)

    # --- what is done ---------------------------------------------------------------------------------------------

    def show(self, zaak: Zaakverwijzing | None, soorten: Sequence[Documenttype] = ()) -> bool:
        """To which zaak documents are added now. True where it is another than before."""
        is_other = _key(zaak) != _key(self.zaak)
        if zaak == self.zaak and (not soorten or soorten == self.soorten):
            return False
        if is_other:
            self.soorten, self.fout, self.problem = (), None, None
        self.zaak = zaak
        self.soorten = soorten or self.soorten
        self.changed.emit(None)
        return is_other

    async def load_types(self, zaaktype_url: str) -> None:
        """Without them a document can be sent, and added once they are known."""
        zaak = self.zaak
        try:
            soorten = await self.seat.dossier.types(zaaktype_url)
        except KcsError as fout:
            if _key(self.zaak) == _key(zaak) and not self.soorten:
                self.fout = fout
                self.changed.emit(None)
            return
        if _key(self.zaak) == _key(zaak):
            self.soorten = soorten
            self.fout = None
            self._propose()
            self.changed.emit(None)

    async def add(self, bronnen: Sequence[tuple[Bestandsbron, str]]) -> Sequence[Toevoeging]:
        """Take these files; what cannot be taken is told, and the others go on. Gives those that were taken."""
        zaak = self.zaak
        if zaak is None:
            return ()
        self.fout = None
        genomen: list[Toevoeging] = []
        fouten: list[KcsError] = []
        nog = len(bronnen)
        self.leest += nog
        try:
            for bron, naam in bronnen:
                self.changed.emit(None)
                if not isinstance(bron, bytes | Path):
                    bron = await asyncio.to_thread(bron)  # noqa: PLW2901 -- what it gives
                try:
                    genomen.append(await self.seat.dossier.add(zaak, bron, naam, soorten=self.soorten))
                except KcsError as fout:
                    fouten.append(fout)
                self.leest, nog = self.leest - 1, nog - 1
        finally:
            self.leest -= nog
        if fouten:
            self.fout = _together(fouten, len(genomen))
        else:
            self._forget_reading()
        self.changed.emit(None)
        return genomen

    def tell(self, fout: KcsError) -> None:
        """What stands in the way of adding something."""
        self.fout = fout
        self.changed.emit(None)

    def change(self, toevoeging: str, **velden: str) -> None:
        """As typed; what belongs to a kind goes with it."""
        soort = next((al for al in self.soorten if al.uuid == velden.get("informatieobjecttype")), None)
        if soort is not None and soort.vertrouwelijkheidaanduiding:
            velden["vertrouwelijkheidaanduiding"] = soort.vertrouwelijkheidaanduiding
        self.problem = None
        self._do(lambda: self.seat.dossier.change(toevoeging, **velden))

    def check(self) -> bool:
        """Whether nothing is missing of what goes along with a new zaak; else `problem` says what."""
        missing = (missing_in(al) or self._of_another_kind(al) for al in self.toevoegingen if al.stand not in ENDED)
        self.problem = _READING if self.leest else next(filter(None, missing), None)
        if self.problem is _READING:
            self.fout = _READING
        self.changed.emit(None)
        return self.problem is None

    def confirm(self) -> bool:
        """Everything that is ready belongs to this zaak. False where something is missing; `problem` says what."""
        namen = [al.id for al in self.te_bevestigen]
        if not namen:
            return False
        try:
            self.seat.dossier.confirm(namen)
        except InvalidInput as fout:
            self.problem = fout
        else:
            self.problem = None
        self.changed.emit(None)
        return self.problem is None

    def cancel(self, toevoeging: str) -> None:
        self._do(lambda: self.seat.dossier.cancel(toevoeging))

    def retry(self, toevoeging: str) -> None:
        self._do(lambda: self.seat.dossier.retry(toevoeging))

    # --- inside ---------------------------------------------------------------------------------------------------

    def _do(self, act: Callable[[], object]) -> None:
        try:
            act()
        except KcsError as fout:
            self.fout = fout
        self.changed.emit(None)

    def _of_another_kind(self, al: Toevoeging) -> InvalidInput | None:
        """Its kind was of the zaaktype that the zaak in the making had before."""
        if not self.is_nieuwe_zaak or not self.soorten or self.name_of(al.informatieobjecttype):
            return None
        veld = f"{al.id}.informatieobjecttype"
        return InvalidInput("Kies opnieuw wat voor document dit is: het zaaktype is een ander.", field=veld)

    def _propose(self) -> None:
        """What was chosen before the kinds were known gets the one that its name speaks of."""
        for al in self.toevoegingen:
            soort = type_for(al.naam, tuple(self.soorten)) if not al.informatieobjecttype else None
            if soort is not None:
                self.change(al.id, informatieobjecttype=soort.uuid)

    def _forget_reading(self) -> None:
        """What was read in holds up nothing any more."""
        if self.fout is _READING and not self.leest:
            self.fout = None

    def _on_toevoeging(self, al: Toevoeging) -> None:
        if self.zaak is None or _key(al.zaak) != _key(self.zaak):
            return
        if al.stand is Toevoegstand.TOEGEVOEGD and al.id not in self._told:
            self._told.add(al.id)
            self.added.emit(al)
        self.changed.emit(None)


def _key(zaak: Zaakverwijzing | None) -> str:
    return "" if zaak is None else zaak.uuid or zaak.opdracht


def _together(fouten: Sequence[KcsError], genomen: int) -> KcsError:
    """One message for all that was not taken, and what became of the files beside it."""
    if not genomen:
        verder = "Er is niets toegevoegd."
    elif genomen == 1:
        verder = "Het andere bestand is wel toegevoegd."
    else:
        verder = "De andere bestanden zijn wel toegevoegd."
    advies = dict.fromkeys(filter(None, (fout.advice for fout in fouten)))
    return KcsError(
        " ".join(fout.message for fout in fouten[:5]), code=fouten[0].code, advice=" ".join((*advies, verder))
    )
