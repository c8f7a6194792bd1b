"""What the Zaken page knows and does: whose zaken the list holds, or what was searched, and which zaak is open.

Qt-free and async; the view calls it and listens to `changed`. The pictures are the seat's; nothing is copied here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum

from kcs_desktop.sdk import (
    ZAKEN,
    Bron,
    Bronstand,
    Contact,
    InvalidInput,
    KcsError,
    Klantbeeld,
    Klantverwijzing,
    Seat,
    Sessie,
    Signal,
    Statustype,
    Treffer,
    Verbinding,
    Watch,
    Zaakbeeld,
    Zaakregel,
    Zaaktype,
    Zaakverwijzing,
    Zaakvraag,
    aanvrager_of,
    is_same,
)
from plugins.zaken.bladen import Bladen, places_of
from plugins.zaken.koppelen import is_attached, note_read
from plugins.zaken.vraag import DEEL, Filters, Lezing, at, read

TYPING = 0.25  # seconds of rest before a search is asked
_RUST = 0.1  # seconds that what is in memory stands before the registers are asked


class Deel(StrEnum):
    """A part of the page that must be shown anew."""

    LIJST = "lijst"
    BLAD = "blad"  # a page of the long list came; `komen` says which rows
    ZAAK = "zaak"
    ACTIES = "acties"


class ZakenPresenter:
    """One per page. `close` must be called when the page goes."""

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self.changed: Signal[Deel] = Signal()
        self.overgenomen: Signal[None] = Signal()  # another employee sits here; the page lets go of everything
        self.klant: Klantverwijzing | None = None
        self.klantbeeld: Klantbeeld | None = None
        self.klant_fout: KcsError | None = None
        self.getypt = ""
        self.filters = Filters()
        self.lezing = Lezing()
        self.vraag: Zaakvraag | None = None  # what the long list holds; None: the zaken of the customer
        self.bladen = Bladen()
        self.komen: tuple[int, int] = (0, -1)
        self.treffers: tuple[Treffer, ...] = ()
        self.stil: tuple[Bron, ...] = ()  # registers of customers that did not answer
        self.beantwoord = ""  # for which text `treffers` are all there are
        self._plek: tuple[str, tuple[float, float], str] | None = None  # what was typed, where that is, its address
        self.is_ingevoerd = False  # Enter: the base registers were asked too
        self.zoekt = False
        self._zoeking = 0  # the newest search: one that it overtook does not say that it ended
        self.zoek_fout: KcsError | None = None
        self.filter_fout: InvalidInput | None = None
        self.typen: dict[str, Zaaktype] = {}  # by name, as the filters choose them
        self.stappen: dict[str, Sequence[Statustype]] = {}  # by the name of their zaaktype
        self.zaak: Zaakverwijzing | None = None
        self._geopend_bij = ("", Filters())  # what was searched when this zaak was opened
        self._gelezen_in = ""  # the contact that it was last noted with
        self.beeld: Zaakbeeld | None = None
        self.fout: KcsError | None = None
        self._klant_watch: Watch | None = None
        self._zaak_watch: Watch | None = None
        self._haalt = False
        self._account = _account(seat.sessie)
        self._disconnect: list[Callable[[], None]] = [
            seat.klanten.changed.connect(self._on_klantbeeld),
            seat.zaken.changed.connect(self._on_zaakbeeld),
            seat.contacten.changed.connect(lambda _contact: self._on_contact()),
            seat.contacten.activated.connect(lambda _contact: self.changed.emit(Deel.ACTIES)),
            seat.sessie_changed.connect(self._on_sessie),
            seat.verbinding_changed.connect(self._on_verbinding),
        ]

    def close(self) -> None:
        for disconnect in self._disconnect:
            disconnect()
        self._disconnect.clear()
        self._release()
        self._let_go_of_zaak()

    # --- the zaken of a customer ----------------------------------------------------------------------------------

    def show_klant(self, klant: Klantverwijzing | None) -> bool:
        """Whose zaken the list holds. True when they have to be loaded."""
        self.leave_search()
        if klant is not None and self.klant is not None and is_same(klant.sleutel, self.klant.sleutel):
            return self.klant_fout is not None
        self._release()
        self.klant, self.klantbeeld, self.klant_fout = klant, None, None
        if klant is not None:
            self._klant_watch = self.seat.klanten.watch(klant)
            self.klantbeeld = self.seat.klanten.known(klant)
        self.changed.emit(Deel.LIJST)
        return klant is not None and self.klantbeeld is None

    async def load_klant(self) -> None:
        """The customer's picture, of which the zaken are a part. An error is kept, not raised."""
        klant = self.klant
        if klant is None:
            return
        self.klant_fout = None
        delen = self.seat.klanten.open(klant)
        try:
            async for beeld in delen:
                if self.klant is not klant:
                    return
                self._on_klantbeeld(beeld)
        except KcsError as fout:
            if self.klant is klant:
                self.klant_fout = fout
                self.changed.emit(Deel.LIJST)
        finally:
            if (sluit := getattr(delen, "aclose", None)) is not None:
                await sluit()

    @property
    def regels(self) -> tuple[Zaakregel, ...]:
        """The zaken of the customer, as far as they were read."""
        return self.klantbeeld.zaken if self.klantbeeld is not None else ()

    async def load_choices(self) -> None:
        """The zaaktypen, and the steps of the chosen one. Without an answer there is less to choose."""
        try:
            if not self.typen:
                self.typen = {soort.omschrijving: soort for soort in await self.seat.zaken.types()}
            soort = self.typen.get(self.filters.zaaktype)
            if soort is not None and soort.omschrijving not in self.stappen:
                self.stappen[soort.omschrijving] = await self.seat.zaken.steps(soort)
        except KcsError:
            return
        self.changed.emit(Deel.LIJST)

    @property
    def has_steps(self) -> bool:
        """Whether the steps of the chosen zaaktype are known, or cannot be."""
        return not self.filters.zaaktype or self.filters.zaaktype in self.stappen

    @property
    def shows_customer(self) -> bool:
        """Whether the list holds the zaken of the customer, and the open zaak, if any, is one of those."""
        if self.klant is None or self.is_searching:
            return False
        return self.zaak is None or any(al.verwijzing.uuid == self.zaak.uuid for al in self.regels)

    @property
    def aanvrager(self) -> Klantverwijzing | None:
        """The customer who asked for the open zaak, where that is one whose number is known."""
        zaak = self.beeld.zaak if self.beeld is not None else None
        return aanvrager_of(zaak) if zaak is not None else None

    # --- searching ------------------------------------------------------------------------------------------------

    def type(self, tekst: str, filters: Filters) -> bool:
        """What stands in the field and the filters. True when it must be asked; the list is the customer's else."""
        self.is_ingevoerd = False
        self.getypt, self.filters, self.filter_fout = tekst, filters, None
        try:
            self.lezing = read(tekst, self.seat.zoeken.recognise(tekst), filters, self.seat.now())
            if self._plek is not None and tekst == self._plek[0]:
                self.lezing = Lezing(at(self._plek[1], filters, self.seat.now()), uitleg=f"Zaken rond {self._plek[2]}")
            else:
                self._plek = None
        except InvalidInput as fout:
            self.filter_fout = fout
            self.changed.emit(Deel.LIJST)
            return False
        asks = self.is_searching
        if not asks:
            self.vraag, self.treffers, self.stil, self.zoek_fout, self.zoekt = None, (), (), None, False
        elif (tekst, filters) != self._geopend_bij and not self._is_of_contact:
            self.show_zaak(None)
        self.changed.emit(Deel.LIJST)
        return asks

    @property
    def _is_of_contact(self) -> bool:
        """Whether the open zaak is what the contact is about, which another search leaves alone."""
        if self.contact is None or self.zaak is None:
            return False
        return self.is_attached or any(al.verwijzing.uuid == self.zaak.uuid for al in self.regels)

    def enter(self) -> None:
        """What stands there is meant as it stands: for who a name or address is of, the base registers are asked."""
        self.is_ingevoerd = True

    async def search(self, *, at_once: bool = False) -> None:
        """Ask what was typed, after a moment of rest. A failure is kept in `zoek_fout`."""
        if not at_once:
            await asyncio.sleep(TYPING)
        lezing = self.lezing
        self._zoeking += 1
        zoeking = self._zoeking
        self.zoekt, self.zoek_fout = True, None
        self.changed.emit(Deel.LIJST)
        try:
            if lezing.vraag is not None:
                await self._first_page(lezing, lezing.vraag)
            elif lezing.zoekt_klant:
                self.vraag, getypt = None, self.getypt
                zoeken = self.seat.zoeken
                antwoorden = zoeken.on_enter if self.is_ingevoerd else zoeken.while_typing
                self.beantwoord = ""
                async for resultaat in antwoorden(getypt):
                    self.treffers = tuple(al for al in resultaat.treffers if _has_key(al.klant))
                    self.stil = tuple(bron for bron in resultaat.bronnen if bron.stand is Bronstand.FOUT)
                    self.changed.emit(Deel.LIJST)
                self.beantwoord = getypt
        except KcsError as fout:
            self.zoek_fout = fout
        finally:
            if zoeking == self._zoeking:
                self.zoekt = False
        self.changed.emit(Deel.LIJST)

    async def search_place(self) -> None:
        """The zaken at the address that was typed, as the BAG knows it. What stands in the way is in `zoek_fout`."""
        getypt, adressen = self.getypt, self.seat.adressen
        self.zoekt, self.zoek_fout, self.treffers = True, None, ()
        self.changed.emit(Deel.LIJST)
        antwoord = await adressen.find(getypt)
        voorstel = next((al for al in antwoord.voorstellen if al.id), None)
        waar = await adressen.resolve(voorstel) if voorstel is not None else None
        if self.getypt != getypt:
            return
        self.zoekt = False
        if voorstel is None or waar is None or waar.lon is None or waar.lat is None:
            reden = antwoord.melding or "Van dit adres is niet bekend waar het ligt."
            self.zoek_fout = KcsError(reden, advice="Zoek op zaaknummer, of op de naam van wie het meldde.")
            self.changed.emit(Deel.LIJST)
            return
        self._plek = getypt, (waar.lon, waar.lat), voorstel.omschrijving
        if self.type(getypt, self.filters):
            await self.search(at_once=True)

    async def _first_page(self, lezing: Lezing, vraag: Zaakvraag) -> None:
        pagina = await self.seat.zaken.search(vraag)
        if lezing.anders is not None and not pagina.regels and self.lezing is lezing:
            vraag = lezing.anders
            pagina = await self.seat.zaken.search(vraag)
            if self.lezing is lezing:
                self.lezing = Lezing(vraag, uitleg=DEEL)
        self.vraag, self.treffers = vraag, ()
        self.bladen.begin(pagina)

    async def fetch(self) -> None:
        """The pages that the list came upon, until all it still shows are there. One of these runs at a time."""
        if self._haalt:
            return
        self._haalt = True
        try:
            while (vraag := self.vraag) is not None and (nummer := self.bladen.take_wanted()) is not None:
                try:
                    pagina = await self.seat.zaken.search(vraag, nummer)
                except KcsError as fout:
                    if self.vraag is vraag:
                        self.bladen.mislukt.add(nummer)
                        self.zoek_fout, self.komen = fout, places_of(nummer)
                        self.changed.emit(Deel.BLAD)
                        self.changed.emit(Deel.LIJST)
                    continue
                if self.vraag is vraag:
                    self.komen = self.bladen.put(nummer, pagina)
                    self.changed.emit(Deel.BLAD)
        finally:
            self._haalt = False

    def ask_again(self) -> None:
        """Pages that failed are asked again as soon as they are shown."""
        if self.vraag is None or not self.bladen.mislukt:
            return
        self.bladen.mislukt.clear()
        self.zoek_fout, self.komen = None, (0, self.bladen.totaal - 1)
        self.changed.emit(Deel.BLAD)
        self.changed.emit(Deel.LIJST)

    @property
    def is_searching(self) -> bool:
        """Whether the list holds what was searched, or why that cannot be."""
        return self.filter_fout is not None or self.lezing.vraag is not None or self.lezing.zoekt_klant

    def leave_search(self) -> None:
        """Back to the zaken of the customer."""
        if self.getypt or self.vraag is not None or self.filters != Filters():
            self.type("", Filters())

    # --- one zaak -------------------------------------------------------------------------------------------------

    def show_zaak(self, zaak: Zaakverwijzing | None) -> bool:
        """Open this zaak. True when it must be loaded."""
        self._geopend_bij = self.getypt, self.filters
        if zaak is not None and self.zaak is not None and zaak.uuid == self.zaak.uuid:
            self._note_read()
            return self.beeld is None or self.fout is not None
        self._let_go_of_zaak()
        self.zaak, self.fout = zaak, None
        self.beeld = None
        if zaak is not None:
            self._zaak_watch = self.seat.zaken.watch(zaak.uuid)
            self.beeld = self.seat.zaken.known(zaak.uuid)
        self.changed.emit(Deel.ZAAK)
        self.changed.emit(Deel.ACTIES)
        return zaak is not None

    async def load_zaak(self) -> None:
        """Every part of the open zaak, as it arrives. An error is kept in `fout`, not raised."""
        zaak = self.zaak
        if zaak is None:
            return
        self.fout = None
        delen, is_first = self.seat.zaken.open(zaak), True
        try:
            async for beeld in delen:
                if self.zaak is None or self.zaak.uuid != zaak.uuid:
                    return
                self._take(beeld)
                self._note_read()
                if is_first and beeld.bronnen:
                    await asyncio.sleep(_RUST)
                is_first = False
        except KcsError as fout:
            if self.zaak is not None and self.zaak.uuid == zaak.uuid:
                self.fout = fout
                self.changed.emit(Deel.ZAAK)
        finally:
            if (sluit := getattr(delen, "aclose", None)) is not None:
                await sluit()

    # --- what could not be read -----------------------------------------------------------------------------------

    @property
    def lacks_of_klant(self) -> bool:
        """Whether the zaken of the customer were not read, or stand there as they were kept."""
        beeld = self.klantbeeld
        return self.klant_fout is not None or (beeld is not None and _lacks([beeld.bron(ZAKEN)]))

    @property
    def lacks_of_zaak(self) -> bool:
        """The same of the open zaak."""
        beeld = self.beeld if self.zaak is not None else None
        return self.fout is not None or (beeld is not None and _lacks(beeld.bronnen))

    # --- the contact ----------------------------------------------------------------------------------------------

    @property
    def contact(self) -> Contact | None:
        return self.seat.contacten.active

    @property
    def is_attached(self) -> bool:
        """Whether the active vraag is about the open zaak."""
        return is_attached(self.seat, self.zaak)

    @property
    def without_connection(self) -> bool:
        return self.seat.verbinding is not Verbinding.VERBONDEN

    # --- inside ---------------------------------------------------------------------------------------------------

    def _take(self, beeld: Zaakbeeld) -> None:
        if beeld == self.beeld:
            return
        self.beeld = beeld
        if beeld.verwijzing.identificatie:
            self.zaak = beeld.verwijzing
        self.changed.emit(Deel.ZAAK)
        self.changed.emit(Deel.ACTIES)

    @property
    def _is_for_aanvrager(self) -> bool:
        """Whether the contact is with who asked for the open zaak."""
        klant, aanvrager = self.contact.klant if self.contact is not None else None, self.aanvrager
        return klant is not None and aanvrager is not None and is_same(klant.sleutel, aanvrager.sleutel)

    def _note_read(self) -> None:
        """What is read of the open zaak belongs to the active vraag; what only comes in afterwards to none."""
        if self.zaak is not None and self.beeld is not None and self.beeld.zaak is not None:
            self._gelezen_in = self.contact.id if self.contact is not None else ""
            note_read(self.seat, self.zaak)

    def _on_contact(self) -> None:
        is_new = self.contact is not None and self.contact.id != self._gelezen_in
        if is_new and (self.is_attached or self._is_for_aanvrager):
            self._note_read()  # it began with this zaak in sight; a later vraag of it did not
        self.changed.emit(Deel.ACTIES)

    def _on_klantbeeld(self, beeld: Klantbeeld) -> None:
        if self.klant is None or not is_same(self.klant.sleutel, beeld.sleutel):
            return
        before, self.klantbeeld = self.klantbeeld, beeld
        if before is None or (before.zaken, before.bron("zaken")) != (beeld.zaken, beeld.bron("zaken")):
            self.changed.emit(Deel.LIJST)

    def _on_zaakbeeld(self, beeld: Zaakbeeld) -> None:
        if self.zaak is not None and beeld.verwijzing.uuid == self.zaak.uuid:
            self._take(beeld)

    def _on_verbinding(self, verbinding: Verbinding) -> None:
        self.changed.emit(Deel.ACTIES)
        if verbinding is Verbinding.VERBONDEN:
            self.ask_again()

    def _on_sessie(self, sessie: Sessie | None) -> None:
        """Another employee at this seat sees nothing of what the previous one had open."""
        account = _account(sessie)
        if account and account != self._account:
            self._account = account
            self.overgenomen.emit(None)

    def _release(self) -> None:
        if self._klant_watch is not None:
            self._klant_watch.close()
            self._klant_watch = None

    def _let_go_of_zaak(self) -> None:
        self._gelezen_in = ""
        if self._zaak_watch is not None:
            self._zaak_watch.close()
            self._zaak_watch = None


def _lacks(bronnen: Iterable[Bron]) -> bool:
    return any(bron.stand is Bronstand.FOUT or bron.uit_cache for bron in bronnen)


def _account(sessie: Sessie | None) -> str:
    return sessie.medewerker.gebruikersnaam if sessie is not None else ""


def _has_key(klant: Klantverwijzing) -> bool:
    sleutel = klant.sleutel
    return bool(sleutel.bsn or sleutel.kvk_nummer or sleutel.vestigingsnummer or sleutel.rsin or sleutel.partij)
