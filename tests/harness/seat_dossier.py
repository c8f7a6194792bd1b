"""Documents for the fake seats: what is added stands there as it is laid ready, no rule is decided here."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import msgspec

from kcs_desktop.domain.toevoeging import NOTHING_LEFT
from kcs_desktop.sdk import (
    Blad,
    Documenttype,
    Signal,
    Toevoeging,
    Toevoegstand,
    UserError,
    Voortgang,
    Zaakdocument,
    Zaakverwijzing,
    type_for,
)
from tests.harness.seat_zaken import NU

SOORTEN = (
    Documenttype("io-1", "https://zaken.voorbeeld/io-1", "Situatietekening", "zaakvertrouwelijk", "inkomend", 1),
    Documenttype("io-2", "https://zaken.voorbeeld/io-2", "Foto", "openbaar", "inkomend", 2),
)


class FakeVoorbeeld:
    """`bladen` pages of one colour each, or `tekst`; `getekend` says which were asked at which width.

    As the real one it is of no use any more after the asking of a page was cut off.
    """

    def __init__(self, bladen: int = 0, tekst: str = "", *, is_afgekapt: bool = False) -> None:
        self.bladen = bladen
        self.tekst = tekst
        self.is_afgekapt = is_afgekapt
        self.getekend: list[tuple[int, int]] = []
        self.is_dicht = False
        self.fout: Exception | None = None
        self.mag_tekenen = asyncio.Event()
        self.mag_tekenen.set()

    async def page(self, blad: int, breedte: int) -> Blad:
        self.getekend.append((blad, breedte))
        try:
            await self.mag_tekenen.wait()
        except asyncio.CancelledError:
            self.fout = UserError("Dit bestand kan hier niet worden getoond: het tekenen ervan is gestopt.")
            raise
        if self.fout is not None:
            raise self.fout
        return Blad(breedte, breedte, bytes((blad * 20 % 256, 90, 90)) * breedte * breedte)

    async def close(self) -> None:
        self.is_dicht = True


class FakeDossier:
    """`weigeringen` are raised by `add`, by file name; `voorbeeld` is what `open` gives or raises."""

    def __init__(self) -> None:
        self.changed: Signal[Toevoeging] = Signal()
        self.mag = True
        self.rijen: dict[str, Toevoeging] = {}
        self.soorten: Sequence[Documenttype] | Exception = SOORTEN
        self.geexporteerd: list[Path] = []
        self.weigeringen: dict[str, Exception] = {}
        self.voorbeeld: FakeVoorbeeld | Exception = FakeVoorbeeld(3)
        self.bewaard: list[tuple[str, Path]] = []
        self.bewaarfout: Exception | None = None
        self.bevestigd: list[str] = []

    def may_add(self, zaak: Zaakverwijzing) -> bool:
        return self.mag

    def of(self, zaak: Zaakverwijzing) -> Sequence[Toevoeging]:
        return [al for al in self.rijen.values() if al.zaak == zaak]

    @property
    def waiting(self) -> Sequence[Toevoeging]:
        return [al for al in self.rijen.values() if al.stand not in NOTHING_LEFT]

    async def export(self, path: Path) -> Sequence[str]:
        self.geexporteerd.append(path)
        return [f"{path.stem} - {al.naam}" for al in self.waiting]

    def failed(self) -> Sequence[Toevoeging]:
        mis = (Toevoegstand.MISLUKT, Toevoegstand.BESMET)
        return [al for al in self.rijen.values() if al.stand in mis and al.zaak.uuid]

    async def types(self, zaaktype_url: str) -> Sequence[Documenttype]:
        if isinstance(self.soorten, Exception):
            raise self.soorten
        return self.soorten

    async def add(
        self, zaak: Zaakverwijzing, bron: Path | bytes, naam: str = "", *, soorten: Sequence[Documenttype] = ()
    ) -> Toevoeging:
        naam = naam or (bron.name if isinstance(bron, Path) else "document")
        if naam in self.weigeringen:
            raise self.weigeringen[naam]
        soort = type_for(naam, tuple(soorten))
        return self.lay(
            zaak,
            naam,
            informatieobjecttype=soort.uuid if soort is not None else "",
            omvang=len(bron) if isinstance(bron, bytes) else 240_000,
            stand=Toevoegstand.VERSTUURT,
        )

    def lay(self, zaak: Zaakverwijzing, naam: str, **velden: Any) -> Toevoeging:
        """A row, as it stands."""
        nr = len(self.rijen) + 1
        waarden: dict[str, Any] = {
            "omvang": 240_000,
            "titel": naam.rpartition(".")[0],
            "vertrouwelijkheidaanduiding": "openbaar",
        } | velden
        return self.show(Toevoeging(id=f"b-{nr}", opdracht=f"o-{nr}", zaak=zaak, naam=naam, gemaakt_op=NU, **waarden))

    def show(self, al: Toevoeging) -> Toevoeging:
        self.rijen[al.id] = al
        self.changed.emit(al)
        return al

    def change(self, toevoeging: str, **velden: Any) -> Toevoeging:
        return self.show(msgspec.structs.replace(self.rijen[toevoeging], **velden))

    def confirm(self, toevoegingen: Collection[str]) -> None:
        self.bevestigd += toevoegingen
        for naam in toevoegingen:
            self.change(naam, bevestigd=True)

    def retry(self, toevoeging: str) -> None:
        self.change(toevoeging, stand=Toevoegstand.WACHT, reden="")

    def cancel(self, toevoeging: str) -> None:
        self.changed.emit(self.rijen.pop(toevoeging))

    def cancel_all(self, zaak: Zaakverwijzing) -> None:
        for al in self.of(zaak):
            self.cancel(al.id)

    async def open(self, document: Zaakdocument, progress: Voortgang = lambda _done, _total: None) -> FakeVoorbeeld:
        progress(document.omvang, document.omvang)
        if isinstance(self.voorbeeld, Exception):
            raise self.voorbeeld
        return self.voorbeeld

    async def save(self, document: Zaakdocument, path: Path, progress: Voortgang = lambda _done, _total: None) -> None:
        if self.bewaarfout is not None:
            raise self.bewaarfout
        self.bewaard.append((document.uuid, path))
