"""Zaken for the fake seats: what `open` and `search` answer is laid ready, no rule is decided here."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec

from kcs_desktop.sdk import (
    CONTACTEN,
    DOCUMENTEN,
    PAGE_ROWS,
    ZAKEN,
    Bron,
    Bronstand,
    Contactregel,
    Signal,
    Statusstap,
    Statustype,
    Watch,
    Zaak,
    Zaakbeeld,
    Zaakdocument,
    Zaakeigenschap,
    Zaakpagina,
    Zaakregel,
    Zaakrol,
    Zaaktreffers,
    Zaaktype,
    Zaakverwijzing,
    Zaakvraag,
)

VANDAAG = date(2026, 11, 24)
NU = datetime(2026, 11, 24, 9, 42, tzinfo=UTC)
_STAPPEN = ("Ontvangen", "In behandeling", "Beoordeling", "Besluit")


def regel(nummer: int = 4127, zaaktype: str = "Uitrit aanleggen", nog: int = 9, **velden: Any) -> Zaakregel:
    """A line of a list; `nog` days until its term ends, `velden` replace what it holds."""
    waarden: dict[str, Any] = {
        "omschrijving": "Inrit aan de voorzijde",
        "status": "In behandeling",
        "startdatum": VANDAAG - timedelta(days=30),
        "uiterlijk": VANDAAG + timedelta(days=nog),
        "stap": 2,
        "stappen": 4,
    }
    return Zaakregel(
        Zaakverwijzing(f"z-{nummer}", f"Z-2026-{nummer:06}", zaaktype),
        **(waarden | velden),
    )


def beeld(van: Zaakregel | None = None, **velden: Any) -> Zaakbeeld:
    """A whole zaak, every source answered."""
    lijn = van or regel()
    stappen = tuple(
        Statusstap(
            naam,
            nr,
            f"Stap {nr}: {naam.lower()}",
            NU - timedelta(days=30 - nr * 3) if nr <= lijn.stap else None,
            is_huidig=nr == lijn.stap,
        )
        for nr, naam in enumerate(_STAPPEN, 1)
    )
    zaak = Zaak(
        lijn,
        url=f"https://zaken.voorbeeld/zaken/api/v1/zaken/{lijn.verwijzing.uuid}",
        zaaktype_url="https://zaken.voorbeeld/catalogi/api/v1/zaaktypen/zt-1",
        toelichting="De inrit komt naast de boom.",
        registratiedatum=VANDAAG - timedelta(days=30),
        stappen=stappen,
        rollen=(
            Zaakrol("J. van Duinrode", "Aanvrager", "initiator", "natuurlijk_persoon", bsn="999990019"),
            Zaakrol("M. Zandstra", "Behandelaar", "behandelaar", "medewerker"),
        ),
        eigenschappen=(Zaakeigenschap("Breedte", "3 meter"), Zaakeigenschap("Straat", "Schelpenlaan")),
    )
    waarden: dict[str, Any] = {
        "zaak": zaak,
        "contacten": (Contactregel("kc-1", "Vraag over de termijn", "telefoon", NU, inhoud="Acht weken."),),
        "contacten_totaal": 1,
        "documenten": (Zaakdocument("d-1", "Situatietekening", "tekening.pdf", "application/pdf", 240_000, VANDAAG),),
        "bronnen": tuple(Bron(naam, Bronstand.KLAAR, opgehaald_op=NU) for naam in (ZAKEN, CONTACTEN, DOCUMENTEN)),
        "rollen": ("snelbalie",),
        "bijgewerkt_op": NU,
    }
    return Zaakbeeld(lijn.verwijzing, **(waarden | velden))


class _Watch:
    def __init__(self, on_close: Callable[[], None]) -> None:
        self.close = on_close


class FakeZaken:
    """`beelden` are given one by one by `open`, per uuid; an exception among them is raised there.

    `gevonden` is what `search` answers in pages, an exception is raised; `gezocht` what was asked. `poort` holds both
    up while it is closed. `watched` counts the held watches.
    """

    def __init__(self) -> None:
        self.changed: Signal[Zaakbeeld] = Signal()
        self.beelden: dict[str, Sequence[Zaakbeeld | Exception]] = {}
        self.in_geheugen: dict[str, Zaakbeeld] = {}
        self.geopend: list[str] = []
        self.watched: Counter[str] = Counter()
        self.gevonden: Sequence[Zaakregel] | Exception = ()
        self.gezocht: list[tuple[Zaakvraag, int]] = []
        self.treffers: Sequence[Zaaktreffers] = ()  # what `find` gives one by one
        self.genummerd: list[str] = []
        self.typen: Sequence[Zaaktype] = ()
        self.stappen: dict[str, Sequence[Statustype]] = {}  # by the name of their zaaktype
        self.poort = asyncio.Event()
        self.poort.set()

    def known(self, uuid: str) -> Zaakbeeld | None:
        return self.in_geheugen.get(uuid)

    async def open(self, zaak: Zaakverwijzing) -> AsyncIterator[Zaakbeeld]:
        self.geopend.append(zaak.uuid)
        for antwoord in self.beelden.get(zaak.uuid, (beeld(regel(int(zaak.uuid.removeprefix("z-")))),)):
            await self.poort.wait()
            if isinstance(antwoord, Exception):
                raise antwoord
            yield antwoord

    def watch(self, uuid: str) -> Watch:
        self.watched[uuid] += 1

        def close() -> None:
            self.watched[uuid] -= 1

        return _Watch(close)

    async def find(self, nummer: str) -> AsyncIterator[Zaaktreffers]:
        self.genummerd.append(nummer)
        for treffers in self.treffers:
            await self.poort.wait()
            yield msgspec.structs.replace(treffers, nummer=nummer)

    async def types(self) -> Sequence[Zaaktype]:
        return self.typen

    async def steps(self, zaaktype: Zaaktype) -> Sequence[Statustype]:
        return self.stappen.get(zaaktype.omschrijving, ())

    async def search(self, vraag: Zaakvraag, pagina: int = 1) -> Zaakpagina:
        self.gezocht.append((vraag, pagina))
        try:
            await self.poort.wait()
        except asyncio.CancelledError:
            await asyncio.sleep(0)  # as a request that is cut off, which closes its connection first
            raise
        if isinstance(self.gevonden, Exception):
            raise self.gevonden
        begin = (pagina - 1) * PAGE_ROWS
        rijen = tuple(self.gevonden[begin : begin + PAGE_ROWS])
        return Zaakpagina(rijen, len(self.gevonden), is_laatste=begin + PAGE_ROWS >= len(self.gevonden))
