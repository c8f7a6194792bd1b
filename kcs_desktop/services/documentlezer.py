"""Fetching documents: into memory to be looked at, or into a file that the employee chose."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from kcs_desktop.api.client import Client, Doel
from kcs_desktop.api.documenten import open_inhoud
from kcs_desktop.domain.bestand import BEGIN, Oordeel, Soort, clean_naam, judge, kind_name
from kcs_desktop.domain.errors import ServerFault, UserError
from kcs_desktop.domain.voorbeeld import Blad
from kcs_desktop.domain.zaakbeeld import Zaakdocument
from kcs_desktop.ports.dossier import Voorbeeld, Voortgang
from kcs_desktop.services.halfbestand import Halfbestand
from kcs_desktop.voorbeeld.tekenaar import Tekenaar
from kcs_desktop.voorbeeld.tekst import MAX_BYTES, Tekst, read_tekst

MAX_SHOWN = 64_000_000  # bytes of a document that is shown inside
_SLA_OP = "Sla het op en open het met een eigen programma, als u de afzender vertrouwt."


def no_progress(_done: int, _total: int) -> None:
    """For who does not look."""


class Tekstvoorbeeld:
    """Implements `sdk.Voorbeeld` for text."""

    bladen = 0

    def __init__(self, tekst: Tekst) -> None:
        self.tekst = tekst.tekst
        self.is_afgekapt = tekst.is_afgekapt

    async def page(self, blad: int, breedte: int) -> Blad:
        raise UserError(f"Tekst heeft geen bladzijde {blad + 1}.", code="voorbeeld-geen-blad")

    async def close(self) -> None:
        """Nothing is held."""


class Bladvoorbeeld:
    """Implements `sdk.Voorbeeld` for what is drawn."""

    tekst = ""
    is_afgekapt = False

    def __init__(self, tekenaar: Tekenaar) -> None:
        self._tekenaar = tekenaar

    @property
    def bladen(self) -> int:
        return self._tekenaar.bladen

    async def page(self, blad: int, breedte: int) -> Blad:
        return await self._tekenaar.page(blad, breedte)

    async def close(self) -> None:
        await self._tekenaar.close()


class Documentlezer:
    """`doel` says why, for the audit trail."""

    def __init__(self, client: Client, doel: Callable[[], Doel]) -> None:
        self._client = client
        self._doel = doel

    async def open(self, document: Zaakdocument, progress: Voortgang) -> Voorbeeld:
        oordeel, inhoud = await self._fetch(document, progress)
        if oordeel.soort is Soort.TEKST:
            return Tekstvoorbeeld(await asyncio.to_thread(read_tekst, inhoud))
        tekenaar = Tekenaar()
        try:
            await tekenaar.open("pdf" if oordeel.soort is Soort.PDF else "beeld", inhoud)
        except BaseException:
            await tekenaar.close()
            raise
        return Bladvoorbeeld(tekenaar)

    async def save(self, document: Zaakdocument, path: Path, progress: Voortgang) -> None:
        try:
            async with Halfbestand(path) as half:
                async with open_inhoud(self._client, document.uuid, self._doel()) as inhoud:
                    gedaan = 0
                    async for deel in inhoud.delen:
                        await half.write(deel)
                        gedaan += len(deel)
                        progress(gedaan, inhoud.omvang or document.omvang)
                if inhoud.omvang and gedaan != inhoud.omvang:
                    raise ServerFault("Het document kwam niet helemaal aan.")
                await half.keep()
        except OSError as fout:
            raise UserError(
                f"Het document kon niet worden opgeslagen: {fout.strerror or 'onbekende oorzaak'}.",
                code="opslaan",
                advice="Kies een andere map.",
            ) from fout

    async def _fetch(self, document: Zaakdocument, progress: Voortgang) -> tuple[Oordeel, bytes]:
        """No more of it than is shown; nothing more than its beginning of what is not."""
        naam = clean_naam(document.bestandsnaam or document.titel)
        delen, gedaan = bytearray(), 0
        oordeel: Oordeel | None = None
        async with open_inhoud(self._client, document.uuid, self._doel()) as inhoud:
            async for deel in inhoud.delen:
                delen += deel
                gedaan += len(deel)
                progress(gedaan, inhoud.omvang or document.omvang)
                if oordeel is None and len(delen) >= BEGIN:
                    oordeel = _shown(naam, bytes(delen[:BEGIN]), document.formaat)
                if oordeel is not None and oordeel.soort is Soort.TEKST and gedaan > MAX_BYTES:
                    break
                if gedaan > MAX_SHOWN:
                    raise _too_large()
        return oordeel or _shown(naam, bytes(delen), document.formaat), bytes(delen)


def _shown(naam: str, begin: bytes, formaat: str) -> Oordeel:
    oordeel = judge(naam, begin, formaat)
    if oordeel.toonbaar:
        return oordeel
    if oordeel.soort is Soort.LEEG:
        raise UserError("Dit document is leeg.", code="voorbeeld-leeg")
    if oordeel.geweigerd:
        raise UserError(
            "Dit is een programma. Het wordt hier nooit geopend.",
            code="voorbeeld-soort",
            advice="Open het ook niet buiten dit venster. Meld het aan uw beheerder.",
        )
    waarom = ": er kan iets in zitten dat vanzelf gaat werken" if oordeel.actief else ""
    wat = kind_name(oordeel.soort)
    melding = f"{wat[0].upper()}{wat[1:]} wordt hier niet geopend{waarom}."
    raise UserError(melding, code="voorbeeld-soort", advice=_SLA_OP)


def _too_large() -> UserError:
    return UserError("Dit document is te groot om hier te tonen.", code="voorbeeld-te-groot", advice=_SLA_OP)
