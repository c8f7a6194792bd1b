"""What the search overlay shows and does. Qt-free.

A search is a task named "zoeken": the next one cancels the one before, and results of a cancelled one never arrive.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import date
from enum import StrEnum
from typing import Protocol

import msgspec

from kcs_desktop.sdk import (
    Bronstand,
    Contact,
    DigitaalAdres,
    Kanaal,
    Klantbeeld,
    Klantverwijzing,
    Product,
    Recht,
    Seat,
    Sessie,
    Signal,
    SoortDigitaalAdres,
    Soortvraag,
    Treffer,
    Verbinding,
    Zaaktreffers,
    Zaaktypekeuze,
    Zaakverwijzing,
    Zoekresultaat,
    Zoekvraag,
    display_telefoonnummer,
    is_part_of_number,
    is_written_number,
    local,
)
from ui.commands.registry import NO_CONNECTION, CommandRegistry, refusal
from ui.manifest import Command
from ui.tasks import TaskScope
from ui.zoeken.titels import matches, needle_of

LATE = 0.04  # seconds after which a key shows, also where the own store has not answered
COMMANDS_ONLY = ">"
MAX_OF_A_KIND = 6
MAX_ZAAKTYPEN = 3
MIN_ZAAKTYPE = 3  # letters
ZAKEN_ZOEKEN = "zaken zoeken:"  # the row that searches the zaken for the number that was typed
STARTEN = "starten:"  # the row that starts a contact from the number or mail address that was typed


class Stap(StrEnum):
    """How far a search is."""

    LEEG = "leeg"
    TYPEN = "typen"  # own store and CRM
    GEVRAAGD = "gevraagd"  # the registers were asked on Enter


class Zoekbeeld(msgspec.Struct, frozen=True):
    """Everything the overlay shows. `bezig`: sources are still answering.

    `geweigerd`: by command id, why it cannot be done without a connection. `mag_starten`: this role registers contacts.
    """

    tekst: str = ""
    stap: Stap = Stap.LEEG
    vraag: Zoekvraag = Zoekvraag("", Soortvraag.LEEG)
    resultaat: Zoekresultaat | None = None
    bezig: bool = False
    melding: str = ""
    zaken: Zaaktreffers | None = None
    zaaknummer: str = ""  # what was typed, where it is the number of a zaak or its beginning
    vandaag: date = date.min
    recent: tuple[Klantbeeld, ...] = ()
    contacten: tuple[Contact, ...] = ()
    commands: tuple[Command, ...] = ()
    producten: tuple[Product, ...] = ()
    zaaktypen: tuple[Zaaktypekeuze, ...] = ()
    geweigerd: dict[str, str] = {}
    mag_starten: bool = False
    mag_zaken_maken: bool = False
    heeft_contact: bool = False
    toont_waarom: bool = False  # under each hit why it is one, instead of its address

    @property
    def heeft_treffers(self) -> bool:
        return self.resultaat is not None and bool(self.resultaat.treffers)

    @property
    def afzender(self) -> str:
        """The number or mail address that was typed, as people write it; "" where no contact can start from it."""
        if not self.mag_starten:
            return ""
        return display_telefoonnummer(self.vraag.beller) if self.vraag.beller else self.vraag.email

    @property
    def uitleg(self) -> str:
        """What the typed text was read as."""
        if self.zaaknummer:
            return "Zaaknummer of een deel ervan · kies de zaak, of zoek het nummer in Zaken."
        return self.vraag.uitleg

    @property
    def fout(self) -> str:
        """Why the typed text cannot be right; a number of zaken needs not be one of people or companies."""
        is_of_zaken = self.zaaknummer or (self.zaken is not None and self.zaken.regels)
        return "" if is_of_zaken else self.vraag.fout

    @property
    def is_onvolledig(self) -> bool:
        """Whether a source failed: nothing found then does not mean that nobody is known."""
        return self.resultaat is not None and any(b.stand is Bronstand.FOUT for b in self.resultaat.bronnen)


class Doelen(Protocol):
    """Where a choice goes: the frame."""

    def run(self, command_id: str) -> bool: ...

    def open_klant(self, klant: Klantverwijzing) -> None: ...

    def open_zaak(self, zaak: Zaakverwijzing) -> None: ...

    def start_contact(
        self,
        klant: Klantverwijzing | None = None,
        kanaal: Kanaal | None = None,
        *,
        beller: str = "",
        digitale_adressen: tuple[DigitaalAdres, ...] = (),
    ) -> None: ...

    def activate_contact(self, contact: str) -> None: ...

    def choose_product(self, product: str) -> None: ...

    def make_zaak(self, zaaktype: str) -> None: ...

    def search_zaken(self, tekst: str) -> None: ...


class ZoekPresenter:
    """`changed` after every step; `done` when a choice was made and the overlay may go."""

    def __init__(self, seat: Seat, registry: CommandRegistry, doelen: Doelen, tasks: TaskScope) -> None:
        self.changed: Signal[Zoekbeeld] = Signal()
        self.done: Signal[None] = Signal()
        self.beeld = Zoekbeeld()
        self._seat = seat
        self._registry = registry
        self._doelen = doelen
        self._tasks = tasks
        self._toont_waarom = False

    @property
    def may_search(self) -> bool:
        """Whether this role may read customers; who may not finds commands only."""
        return may_search(self._seat.sessie)

    @property
    def is_offline(self) -> bool:
        """Whether only what this seat keeps can be searched now."""
        return self._seat.verbinding in {Verbinding.GEEN_VERBINDING, Verbinding.ANDERE_VERSIE}

    def typed(self, text: str) -> None:
        """Another text stands in the field."""
        self._tasks.stop("zoeken")
        self._tasks.stop("zaak zoeken")
        clean = text.strip()
        if not clean or clean.startswith(COMMANDS_ONLY) or not self.may_search:
            self._show(self._without_search(text))
            self._find_zaken(text)
            return
        answers = self._seat.zoeken.while_typing(text)  # first of all: it begins while the rest is made
        vraag = self._seat.zoeken.recognise(text)
        old = self.beeld
        # Hits of the text before stay until the new ones come: a list that empties at every key would flicker.
        kept = old.resultaat if old.stap is not Stap.LEEG else None
        base = msgspec.structs.replace(self._without_search(text), vraag=vraag, stap=Stap.TYPEN)
        waiting = msgspec.structs.replace(base, resultaat=kept, bezig=True)
        if kept is None:
            self._show(waiting)
        else:
            # The answer is there within a blink: painting what stands there already would only hold it up.
            self.beeld = waiting
            self._tasks.start("zoeken laat", self._show_late())
        self._tasks.start("zoeken", self._follow(text, answers))
        self._find_zaken(text)

    def enter(self, *, second: bool = False) -> None:
        """Ask the registers; nothing is chosen yet. One who is left opens; with `second` (Ctrl), in a contact."""
        text = self.beeld.tekst
        if not text.strip() or text.strip().startswith(COMMANDS_ONLY) or not self.may_search:
            return
        if self.beeld.zaaknummer:
            self.choose(ZAKEN_ZOEKEN)
            return
        self._show(msgspec.structs.replace(self.beeld, stap=Stap.GEVRAAGD, bezig=True, melding=""))
        self._tasks.start("zoeken", self._follow(text, self._seat.zoeken.on_enter(text), second=second))

    def retry(self, bron: str) -> None:
        """Ask one source again; the others keep what they answered."""
        text = self.beeld.tekst
        self._show(msgspec.structs.replace(self.beeld, bezig=True))
        self._tasks.start("zoeken", self._follow(text, self._seat.zoeken.retry(text, bron)))

    def toggle_why(self) -> None:
        """Under each hit why it is one, or its address again; stays so while the employee types on."""
        self._toont_waarom = not self._toont_waarom
        self._show(msgspec.structs.replace(self.beeld, toont_waarom=self._toont_waarom))

    def choose(self, key: str, *, second: bool = False) -> None:
        """Carry out a row: "klant:3", "recent:0", "zaak:uuid", "contact:id", "opdracht:id", "product:naam",
        "zaaktype:uuid", "opnieuw:bron", "zaken zoeken:", "starten:". With `second` (Ctrl) a customer
        gets a contact, from the number that was typed if one was, and a product its zaak."""
        kind, _, rest = key.partition(":")
        if kind == "opnieuw":
            self.retry(rest)
            return
        if kind == "opdracht" and not self._may_run(rest):
            return
        vraag, zaaknummer = self.beeld.vraag, self.beeld.zaaknummer
        self.done.emit(None)
        self.leave()
        if kind in {"klant", "recent"}:
            self._choose_klant(rest, vraag, second=second)
        elif kind == "contact":
            self._doelen.activate_contact(rest)
        elif kind == "zaak":
            self._choose_zaak(rest)
        elif kind == "opdracht":
            self._doelen.run(rest)
        elif kind == "product":
            self._doelen.choose_product(rest)
            if second:
                self._doelen.run("zaken.aanmaken")
        elif kind == "zaaktype":
            self._doelen.make_zaak(rest)
        elif key == ZAKEN_ZOEKEN:
            self._doelen.search_zaken(zaaknummer)
        elif key == STARTEN:
            self._start_contact(None, Kanaal.TELEFOON if vraag.beller else Kanaal.EMAIL, vraag)

    def leave(self) -> None:
        """Stop searching; what was found stays with the text."""
        self._tasks.stop("zoeken")
        self._tasks.stop("zaak zoeken")
        self._tasks.stop("zaaktypen")
        self._tasks.stop("zoeken laat")

    def treffer(self, key: str) -> Treffer | None:
        """The hit behind a row."""
        return next((t for t in self._treffers() if klant_key(t.klant) == key), None)

    def _treffers(self) -> Sequence[Treffer]:
        return self.beeld.resultaat.treffers if self.beeld.resultaat is not None else ()

    def _choose_klant(self, rest: str, vraag: Zoekvraag, *, second: bool) -> None:
        klanten = [t.klant for t in self._treffers()]
        klanten += [Klantverwijzing(b.sleutel, b.naam) for b in self.beeld.recent]
        found = next((k for k in klanten if klant_key(k).partition(":")[2] == rest), None)
        if found is not None:
            self._open_klant(found, vraag, second=second)

    def _open_klant(self, klant: Klantverwijzing, vraag: Zoekvraag, *, second: bool) -> None:
        if second and self.beeld.mag_starten:
            self._start_contact(klant, None, vraag)
        else:
            self._doelen.open_klant(klant)

    def _choose_zaak(self, uuid: str) -> None:
        regels = self.beeld.zaken.regels if self.beeld.zaken is not None else ()
        found = next((regel for regel in regels if regel.verwijzing.uuid == uuid), None)
        if found is not None:
            self._doelen.open_zaak(found.verwijzing)

    @property
    def _sees_zaken(self) -> bool:
        return self._seat.sessie is not None and self._seat.sessie.mag("zaken")

    def _find_zaken(self, text: str) -> None:
        """Zaken with this number beside customers, where what was typed may be a part of one."""
        if not self._sees_zaken or text.strip().startswith(COMMANDS_ONLY):
            return
        if is_part_of_number(self._seat.zoeken.recognise(text)):
            self._tasks.start("zaak zoeken", self._follow_zaken(text))

    async def _follow_zaken(self, text: str) -> None:
        async for found in self._seat.zaken.find(text):
            treffers, old = found, self.beeld.zaken
            if treffers.bron.stand is Bronstand.LAADT and not treffers.regels and old is None:
                continue  # nothing to paint: the customers are not held up
            if treffers.bron.stand is Bronstand.LAADT and old is not None:
                # What the register gave for the text before and fits this one stays until it answers.
                known = {regel.verwijzing.uuid: regel for regel in (*treffers.regels, *old.within(text))}
                treffers = msgspec.structs.replace(treffers, regels=tuple(known.values())[:MAX_OF_A_KIND])
            self._show(msgspec.structs.replace(self.beeld, zaken=treffers))

    def _start_contact(self, klant: Klantverwijzing | None, kanaal: Kanaal | None, vraag: Zoekvraag) -> None:
        """What was typed to find the customer is what he called or wrote from."""
        adressen = (DigitaalAdres(SoortDigitaalAdres.EMAIL, vraag.email),) if vraag.email else ()
        self._doelen.start_contact(klant, kanaal, beller=vraag.beller, digitale_adressen=adressen)

    def _may_run(self, id_: str) -> bool:
        command = self._registry.get(id_)
        if command is None:
            return False
        reason = refusal(command, self._seat)
        if reason:
            self._show(msgspec.structs.replace(self.beeld, melding=reason))
        return not reason

    async def _follow(self, text: str, answers: AsyncIterator[Zoekresultaat], *, second: bool = False) -> None:
        try:
            latest = await self._show_all(answers)
        finally:
            if (sluit := getattr(answers, "aclose", None)) is not None:
                await sluit()
        if self.beeld.bezig or self.beeld.resultaat is not latest:
            self._show(msgspec.structs.replace(self.beeld, bezig=False, resultaat=latest))
        if latest is not None and latest.enige_exacte is not None and self.beeld.stap is Stap.GEVRAAGD:
            self.done.emit(None)
            self._open_klant(latest.enige_exacte, latest.vraag, second=second)
        elif self._misses_zaaktypen(text):
            self._tasks.start("zaaktypen", self._read_zaaktypen())

    async def _show_all(self, answers: AsyncIterator[Zoekresultaat]) -> Zoekresultaat | None:
        """The last of them, or the first that leaves one customer only: what is known is not held up by who is slow."""
        latest: Zoekresultaat | None = None
        async for result in answers:
            latest = result
            if result.enige_exacte is not None and self.beeld.stap is Stap.GEVRAAGD:
                break
            if self.beeld.stap is Stap.TYPEN and not result.treffers and is_loading(result, "eigen"):
                continue  # until the own store answers the list stays
            busy = any(b.stand in {Bronstand.LAADT, Bronstand.WACHT} for b in result.bronnen)
            self._show(msgspec.structs.replace(self.beeld, resultaat=result, vraag=result.vraag, bezig=busy))
        return latest

    def _without_search(self, text: str) -> Zoekbeeld:
        clean = text.strip()
        only_commands = clean.startswith(COMMANDS_ONLY) or not self.may_search
        typed = clean.lstrip(COMMANDS_ONLY).strip().casefold()
        needle = needle_of(typed)
        seat = self._seat
        signed_in = seat.sessie is not None
        contacten = seat.contacten.open if signed_in and not only_commands else ()
        may_start = may_register(seat.sessie)
        producten: Sequence[Product] = ()
        if may_start and needle and not only_commands:
            producten = [p for p in seat.catalogus.producten if matches(needle, p.naam)]
        commands = self._commands(typed, everything=only_commands)
        return Zoekbeeld(
            text,
            zaken=self._zaken_so_far(text),
            zaaknummer=clean if self._sees_zaken and is_written_number(seat.zoeken.recognise(text)) else "",
            vandaag=local(seat.now()).date(),
            recent=tuple(seat.klanten.recent())[:MAX_OF_A_KIND] if self.may_search and not clean else (),
            contacten=tuple(c for c in contacten if matches(needle, c.titel)),
            commands=commands,
            producten=tuple(producten[:MAX_OF_A_KIND]),
            zaaktypen=self._zaaktypen(clean) if not only_commands else (),
            geweigerd={c.id: NO_CONNECTION for c in commands if refusal(c, seat) == NO_CONNECTION},
            mag_starten=may_start,
            mag_zaken_maken=seat.zaakaanmaken.may_start,
            heeft_contact=seat.contacten.active is not None,
            toont_waarom=self._toont_waarom,
        )

    def _zaken_so_far(self, text: str) -> Zaaktreffers | None:
        """Of the zaken that were found, those that this text still means."""
        old = self.beeld.zaken
        regels = old.within(text) if old is not None and text.strip() else ()
        return Zaaktreffers(text, regels) if regels else None

    def _commands(self, typed: str, *, everything: bool) -> tuple[Command, ...]:
        seat, needle = self._seat, needle_of(typed)
        found = [
            c
            for c in self._registry.all
            if matches(needle, c.titel)
            and (c.id != "venster.zoeken")
            and refusal(c, seat) != "Met uw rol mag dit niet."
        ]
        found.sort(key=lambda c: not c.titel.casefold().startswith(typed))
        return tuple(found if everything or not needle else found[:MAX_OF_A_KIND])

    def _zaaktypen(self, typed: str) -> tuple[Zaaktypekeuze, ...]:
        """What a zaak can be begun of, by its name: products have rows of their own."""
        aan = self._seat.zaakaanmaken
        if len(typed) < MIN_ZAAKTYPE or not aan.may_start:
            return ()
        needle = needle_of(typed.casefold())
        found = [al for al in aan.catalogus.keuzes if al.doorverwijzing is None and matches(needle, al.naam)]
        return tuple(found[:MAX_ZAAKTYPEN])

    def _misses_zaaktypen(self, text: str) -> bool:
        """Whether this looks like what a zaak is begun of, at a seat that never read the catalogue: after the first
        sign-in it does so only when the first customers are served."""
        aan = self._seat.zaakaanmaken
        return (
            aan.may_start
            and aan.catalogus.opgehaald_op is None
            and len(text.strip()) >= MIN_ZAAKTYPE
            and not any(sign.isdigit() for sign in text)
            and bool(self.beeld.producten or not self.beeld.heeft_treffers)
            and not self.is_offline
            and not self._tasks.is_running("zaaktypen")
        )

    async def _read_zaaktypen(self) -> None:
        await self._seat.zaakaanmaken.refresh()
        clean = self.beeld.tekst.strip()  # what was typed meanwhile counts
        if not clean.startswith(COMMANDS_ONLY):
            self._show(msgspec.structs.replace(self.beeld, zaaktypen=self._zaaktypen(clean)))

    async def _show_late(self) -> None:
        await asyncio.sleep(LATE)
        self.changed.emit(self.beeld)

    def _show(self, beeld: Zoekbeeld) -> None:
        self._tasks.stop("zoeken laat")
        self.beeld = beeld
        self.changed.emit(beeld)


def may_search(sessie: Sessie | None) -> bool:
    return sessie is not None and sessie.mag("crm")


def may_register(sessie: Sessie | None) -> bool:
    return sessie is not None and sessie.mag("crm", Recht.WIJZIGEN)


def klant_key(klant: Klantverwijzing) -> str:
    """The row key of a customer: stable while sources merge, whatever key a later source adds."""
    s = klant.sleutel
    return f"klant:{s.bsn or s.vestigingsnummer or s.kvk_nummer or s.partij or klant.naam}"


def is_retry(key: str) -> bool:
    """Whether a row asks a source again; Enter in the field does that too, so it is never chosen by itself."""
    return key.startswith("opnieuw:")


def is_loading(result: Zoekresultaat, bron: str) -> bool:
    return any(b.naam == bron and b.stand is Bronstand.LAADT for b in result.bronnen)


def is_failed(result: Zoekresultaat | None, bron: str) -> bool:
    return result is not None and any(b.naam == bron and b.stand is Bronstand.FOUT for b in result.bronnen)
