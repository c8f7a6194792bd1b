"""The customer picture: from the store at once, then from the registers, kept live, with waiting commands laid over it.

What registers confirmed and what waits stay apart: a refused command simply falls away.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import aclosing
from datetime import datetime
from functools import partial

import msgspec

from kcs_desktop.api.client import Client, Doel
from kcs_desktop.api.klantinteracties import PAGE_SIZE, Contactpagina, contact_brought, read_contacten
from kcs_desktop.cache.cachebestand import RECENT, Cachebestand, without
from kcs_desktop.domain.doelbinding import BIJWERKEN
from kcs_desktop.domain.errors import SignedOut, Unreachable
from kcs_desktop.domain.gebeurtenis import Gebeurtenis, Wijziging
from kcs_desktop.domain.klant import Bron, Bronstand, Klantbeeld, Klantverwijzing
from kcs_desktop.domain.klantidentiteit import is_same, merged
from kcs_desktop.domain.opdracht import Gegevens, KlantRegistreren, KlantWijzigen, Opdracht, ZaakAanmaken, klant_of
from kcs_desktop.domain.sessie import Sessie
from kcs_desktop.domain.signal import Signal
from kcs_desktop.domain.uuid7 import new_id
from kcs_desktop.domain.wachtrij import Wachtrij, Wachtstand
from kcs_desktop.services import klantbeeld as regels
from kcs_desktop.services.actornamen import Actornamen
from kcs_desktop.services.beeldlader import ALLES, TOP, Beeldlader, Deel
from kcs_desktop.services.geladen import Geladen
from kcs_desktop.services.greep import Greep
from kcs_desktop.services.inzagen import Inzagen
from kcs_desktop.services.lading import with_bron
from kcs_desktop.services.opslag import Opslag
from kcs_desktop.services.outbox import OutboxService
from kcs_desktop.services.overlay import overlaid
from kcs_desktop.sync.rijen import SETTLED
from kcs_desktop.sync.taken import Taken

KEPT_IN_MEMORY = 40
COALESCE = 0.02  # seconds in which changes of one customer become one fetch

_DELEN = {
    "partij": frozenset({Deel.PARTIJ}),
    "digitaaladres": frozenset({Deel.PARTIJ}),
    "klant_voorkeur": frozenset({Deel.PARTIJ}),
    "klantcontact": frozenset({Deel.CONTACTEN}),
    "actorklantcontact": frozenset({Deel.CONTACTEN}),
    "betrokkene": frozenset({Deel.CONTACTEN}),
    "internetaak": frozenset({Deel.CONTACTEN}),
    "terugbelnotitie": frozenset(),  # what stands beside the task; the worklists show it
    "onderwerpobject": frozenset({Deel.CONTACTEN}),
    "vertegenwoordiging": frozenset({Deel.RELATIES}),
    "zaak": frozenset({Deel.ZAKEN}),
}
_LIVE = frozenset({Deel.PARTIJ, Deel.CONTACTEN, Deel.RELATIES, Deel.ZAKEN})
_AFTER_COMMAND = frozenset({Deel.PARTIJ, Deel.CONTACTEN})  # what an own one may have changed
_AFTER_ZAAK = _AFTER_COMMAND | {Deel.ZAKEN}


class _Klant(Geladen[Klantbeeld, Deel]):
    """One customer in memory: what registers confirmed, and who looks at it."""

    gelezen: float = 0.0  # loop time at which the last whole reading of contacts and partij began
    nieuwe: frozenset[str] = frozenset()  # klantcontacten to be read, not begun
    # klantcontacten that came along with their event, not laid in yet
    gebracht: dict[str, Contactpagina] = msgspec.field(default_factory=dict)
    # subjects of what changed while it was read and its partij was not known
    onbekend: dict[str, frozenset[Deel]] = msgspec.field(default_factory=dict)


class KlantenService:
    """Implements `sdk.Klanten`."""

    def __init__(
        self,
        client: Client,
        opslag: Opslag,
        outbox: OutboxService,
        inzagen: Inzagen,
        *,
        sessie: Callable[[], Sessie | None],
        doel: Callable[[], Doel],
        clock: Callable[[], datetime],
        on_error: Callable[[BaseException], None],
        is_starting: Callable[[], bool] = lambda: False,
    ) -> None:
        self.changed: Signal[Klantbeeld] = Signal()
        self.kept: Signal[Klantbeeld] = Signal()  # a picture went into the store
        self.shown: Signal[tuple[str, ...]] = Signal()  # the partijen that are looked at are others
        self._shown: tuple[str, ...] = ()
        self._client = client
        self._lader = Beeldlader(client, clock, is_starting)
        self._namen = Actornamen(client)
        self._opslag = opslag
        self._outbox = outbox
        self._inzagen = inzagen
        self._sessie = sessie
        self._doel = doel
        self._clock = clock
        self._geladen: list[_Klant] = []  # last used at the end
        self._recent: list[Klantbeeld] = []
        self._klaar_op: dict[str, float] = {}  # command → loop time of its success
        self._taken = Taken(on_error)
        outbox.changed.connect(self._on_outbox)

    # sdk.Klanten

    def recent(self) -> Sequence[Klantbeeld]:
        sessie = self._sessie()
        if sessie is None or not sessie.mag("crm"):
            return ()  # the store is of the employee, the sign-in may be in another role
        return [regels.within_rights(self._overlaid(beeld), sessie) for beeld in self._recent]

    def known(self, klant: Klantverwijzing) -> Klantbeeld | None:
        geladen = self._find(klant)
        return self._overlaid(geladen.beeld) if geladen is not None and geladen.beeld.bronnen else None

    async def open(self, klant: Klantverwijzing) -> AsyncIterator[Klantbeeld]:
        sessie = self._signed_in()
        geladen, uit_cache = await self._from_store(klant)
        if uit_cache:
            await self._inzagen.note(geladen.beeld.sleutel, self._doel())
        self._remember(geladen.beeld)
        yield self._overlaid(geladen.beeld)
        begin = asyncio.get_running_loop().time()
        eerst, is_bewaard = geladen.beeld, False
        lading = self._lader.load(eerst, ALLES, sessie, self._doel())
        with geladen.opening(partial(self._refetch, geladen)):
            async with aclosing(lading) as veranderingen:
                async for verandering in veranderingen:
                    self._apply(geladen, verandering(geladen.beeld))
                    if not is_bewaard and regels.has_answer(eerst, geladen.beeld):
                        is_bewaard = True  # a window that is closed now remembers this customer
                        self._taken.also("klant bewaren", self._keep(geladen, sessie, opened=True))
                    yield self._overlaid(geladen.beeld)
        if not sessie.is_still(self._sessie()):
            return  # who signed in since is told nothing of it
        _note_reading(geladen, begin)
        self.changed.emit(self._overlaid(geladen.beeld))
        await self._keep(geladen, sessie, opened=True)
        yield self._overlaid(geladen.beeld)
        if await self._read_names(geladen, sessie):
            yield self._overlaid(geladen.beeld)

    async def renew(self, klant: Klantverwijzing) -> None:
        """Read a kept customer again without anybody looking. Raises where the first source does not answer."""
        sessie = self._signed_in()
        geladen, _ = await self._from_store(klant)
        voor = geladen.beeld
        lading = self._lader.load(voor, ALLES, sessie, Doel(aanleiding=BIJWERKEN))
        with geladen.opening(partial(self._refetch, geladen)):
            async with aclosing(lading) as veranderingen:
                async for verandering in veranderingen:
                    self._apply(geladen, verandering(geladen.beeld))
        if not regels.has_answer(voor, geladen.beeld):
            raise Unreachable
        await self._keep(geladen, sessie, opened=False)

    def watch(self, klant: Klantverwijzing) -> Greep:
        geladen = self._find(klant) or self._add(regels.blank(klant))
        geladen.kijkers += 1
        self._note_shown()

        def close() -> None:
            geladen.kijkers -= 1
            self._note_shown()

        return Greep(close)

    async def more_contacten(self, klant: Klantverwijzing) -> Klantbeeld:
        geladen, _ = await self._from_store(klant)
        ervoor = len(geladen.beeld.contacten) // PAGE_SIZE * PAGE_SIZE
        while True:
            nummer = ervoor // PAGE_SIZE + 1
            pagina = await read_contacten(self._client, geladen.beeld.sleutel, nummer, self._doel())
            bekend = {regel.uuid for regel in geladen.beeld.contacten}
            is_new = not bekend.issuperset(regel.uuid for regel in pagina.contacten)
            # A register that lists a contact twice has read pages behind as many rows as are known.
            if is_new or not regels.rows_behind(pagina, ervoor):
                break
            ervoor += PAGE_SIZE
        self._apply(geladen, regels.with_further(geladen.beeld, pagina, ervoor))
        return self._overlaid(geladen.beeld)

    def change(self, wijziging: KlantWijzigen) -> Opdracht:
        return self._queue(wijziging, f"Gegevens van {wijziging.klant.naam} wijzigen")

    def register(self, registratie: KlantRegistreren) -> Opdracht:
        delen = (registratie.voornaam, registratie.voorvoegsel, registratie.achternaam)
        naam = registratie.naam or " ".join(deel for deel in delen if deel)
        return self._queue(registratie, f"{naam} registreren")

    # for the seat

    async def begin(self) -> None:
        """Take up the employee's last opened customers."""
        self._recent = await self._opslag.werker.run(self._opslag.cache.recent)

    async def learn_names(self) -> None:
        """Ahead of the first picture: the names of those who have callback notes."""
        await self._namen.list(Doel(aanleiding=BIJWERKEN))

    async def end(self) -> None:
        self._geladen.clear()  # nothing is begun any more while what runs is ended
        await self._taken.close()
        self._geladen.clear()  # what came out of the store meanwhile
        self._recent.clear()
        self._klaar_op.clear()
        self._note_shown()

    def forget(self) -> None:
        """The store was erased: only what is on screen now stays, until it is closed."""
        self._geladen = [al for al in self._geladen if al.kijkers]
        self._recent.clear()

    def on_event(self, gebeurtenis: Gebeurtenis) -> None:
        """A live change: lay in what came along for those it is shown of, or read it again."""
        wijziging = gebeurtenis.wijziging
        gegevens = bytes(gebeurtenis.gegevens)
        pagina = contact_brought(gegevens) if gegevens and _is_new_contact(wijziging) else None
        self.on_change(wijziging, pagina if pagina is not None and pagina.met_notities else None)

    def on_change(self, wijziging: Wijziging, pagina: Contactpagina | None = None) -> None:
        """Read again what is shown of its subjects, but for a new klantcontact that is there already."""
        delen = _DELEN.get(wijziging.soort, _LIVE)
        for geladen in self._geladen:
            partij = geladen.beeld.sleutel.partij
            betrokken = partij in {wijziging.id, *wijziging.onderwerpen} if partij else wijziging.soort == "partij"
            if not partij:
                geladen.onbekend = _noted(geladen, wijziging, delen)
            if not betrokken or not (geladen.kijkers or geladen.is_reading):
                continue
            if not partij or geladen.opent or not _is_new_contact(wijziging):
                self._refetch(geladen, delen if partij else _LIVE)
                continue
            if pagina is not None:
                geladen.gebracht = {**geladen.gebracht, wijziging.id: pagina}
            else:
                geladen.nieuwe |= {wijziging.id}
            self._refetch(geladen, frozenset())

    def on_resync(self) -> None:
        """Something was missed: read again everything that is shown."""
        for geladen in self._geladen:
            self._refetch(geladen, _LIVE)

    # inside

    def _queue(self, gegevens: Gegevens, titel: str) -> Opdracht:
        self._signed_in()
        doel = self._doel()
        opdracht = Opdracht(new_id(), gegevens, self._clock(), doel.contact, doel.product, doel.kanaal)
        self._outbox.put(opdracht, titel)
        return opdracht

    def _signed_in(self) -> Sessie:
        sessie = self._sessie()
        if sessie is None:
            raise SignedOut
        return sessie

    def _find(self, klant: Klantverwijzing) -> _Klant | None:
        return next((al for al in self._geladen if is_same(al.beeld.sleutel, klant.sleutel)), None)

    def _add(self, beeld: Klantbeeld) -> _Klant:
        geladen = _Klant(beeld)
        self._geladen.append(geladen)
        ongezien = [al for al in self._geladen if not al.kijkers]
        for oud in ongezien[: max(0, len(self._geladen) - KEPT_IN_MEMORY)]:
            if oud is not geladen:
                self._geladen.remove(oud)
        return geladen

    async def _from_store(self, klant: Klantverwijzing) -> tuple[_Klant, bool]:
        """The customer in memory, and whether what is known of it comes from the store."""
        geladen = self._find(klant)
        if geladen is not None and geladen.beeld.bronnen:
            self._geladen.remove(geladen)
            self._geladen.append(geladen)
            return geladen, True
        sessie = self._signed_in()
        bewaard = await self._opslag.werker.run(self._opslag.cache.read_klantbeeld, klant.sleutel)
        if not sessie.is_still(self._sessie()):
            raise SignedOut  # what was read is of the sign-in of before
        beeld = regels.within_rights(regels.as_cached(bewaard), sessie) if bewaard is not None else regels.blank(klant)
        beeld = msgspec.structs.replace(beeld, sleutel=merged(beeld.sleutel, klant.sleutel))
        geladen = self._find(klant)
        if geladen is None:
            geladen = self._add(beeld)
        elif not geladen.beeld.bronnen:
            geladen.beeld = beeld
        return geladen, bewaard is not None

    def _apply(self, geladen: _Klant, beeld: Klantbeeld) -> None:
        is_named = beeld.sleutel.partij == geladen.beeld.sleutel.partij
        geladen.beeld = msgspec.structs.replace(self._namen.named(beeld), bijgewerkt_op=self._clock())
        if is_named:
            return
        self._note_shown()
        onbekend, geladen.onbekend = geladen.onbekend, {}
        if delen := onbekend.get(beeld.sleutel.partij):
            self._refetch(geladen, delen)

    def _note_shown(self) -> None:
        shown = tuple(al.beeld.sleutel.partij for al in self._geladen if al.kijkers and al.beeld.sleutel.partij)
        if shown != self._shown:
            self._shown = shown
            self.shown.emit(shown)

    def _overlaid(self, beeld: Klantbeeld) -> Klantbeeld:
        return overlaid(beeld, self._outbox.waiting(), lambda opdracht: self._still_unread(beeld, opdracht))

    def _still_unread(self, beeld: Klantbeeld, opdracht: str) -> bool:
        geladen = next((al for al in self._geladen if is_same(al.beeld.sleutel, beeld.sleutel)), None)
        klaar_op = self._klaar_op.get(opdracht)
        return geladen is not None and klaar_op is not None and geladen.gelezen < klaar_op

    def _remember(self, beeld: Klantbeeld) -> None:
        self._recent = [beeld, *without(self._recent, beeld.sleutel)][:RECENT]

    async def _keep(self, geladen: _Klant, sessie: Sessie, *, opened: bool) -> None:
        """`sessie` read it: the store that is open now may be of somebody else, or there is none any more."""
        if not sessie.is_still(self._sessie()):
            return
        beeld = geladen.beeld
        if opened:
            self._remember(beeld)
        else:
            self._recent = [beeld if is_same(al.sleutel, beeld.sleutel) else al for al in self._recent]
        bewaard = await self._opslag.werker.run(_write, self._opslag.cache, beeld, sessie, opened=opened)
        if sessie.is_still(self._sessie()):
            self.kept.emit(bewaard)

    def _refetch(self, geladen: _Klant, delen: frozenset[Deel]) -> None:
        if not any(al is geladen for al in self._geladen):
            return  # let go of meanwhile: its sign-in ended
        if geladen.ask(delen):
            self._taken.also(f"bijwerken {id(geladen)}", self._read_again(geladen))

    async def _read_again(self, geladen: _Klant) -> None:
        """Until no change came in while reading. What failed stays as it was, and its source says so."""
        try:
            while geladen.nog_lezen or geladen.nieuwe or geladen.gebracht:
                if geladen.nog_lezen or geladen.nieuwe:
                    await asyncio.sleep(COALESCE)
                delen, geladen.nog_lezen = geladen.nog_lezen, frozenset()
                nieuwe, geladen.nieuwe = geladen.nieuwe, frozenset()
                if Deel.CONTACTEN not in delen:
                    nieuwe |= self._lay_in(geladen)
                geladen.gebracht = {}  # what is read from here on holds them
                if len(nieuwe) > TOP or (nieuwe and not _has_history(geladen)):
                    delen |= {Deel.CONTACTEN}
                sessie = self._sessie()
                if sessie is None:
                    return
                begin = asyncio.get_running_loop().time()
                lading = self._lader.load(geladen.beeld, delen, sessie, self._doel(), sorted(nieuwe))
                async with aclosing(lading) as veranderingen:
                    async for verandering in veranderingen:
                        self._apply(geladen, verandering(geladen.beeld))
                if not sessie.is_still(self._sessie()):
                    return
                if delen - {Deel.ZAKEN}:
                    _note_reading(geladen, begin)
                self.changed.emit(self._overlaid(geladen.beeld))
                await self._keep(geladen, sessie, opened=False)
                if await self._read_names(geladen, sessie):
                    self.changed.emit(self._overlaid(geladen.beeld))
        finally:
            geladen.leest = False

    async def _read_names(self, geladen: _Klant, sessie: Sessie) -> bool:
        """Ask who has the callback notes, once the picture is on screen. True when a name came."""
        if not self._namen.unknown(geladen.beeld):
            return False
        await self._namen.learn(geladen.beeld, self._doel())
        benoemd = self._namen.named(geladen.beeld)
        if benoemd is geladen.beeld:
            return False
        geladen.beeld = benoemd
        await self._keep(geladen, sessie, opened=False)
        return True

    def _lay_in(self, geladen: _Klant) -> frozenset[str]:
        """Put what came along into the picture; those that do not fit beside it must be read."""
        if not _has_history(geladen):
            return frozenset(geladen.gebracht)
        past_niet = set[str]()
        for uuid, pagina in geladen.gebracht.items():
            if regels.belongs_further(geladen.beeld, pagina):
                past_niet.add(uuid)
                continue
            bron = Bron("klantinteracties", Bronstand.KLAAR, opgehaald_op=self._clock())
            self._apply(geladen, with_bron(regels.with_new(geladen.beeld, pagina), bron))
        return frozenset(past_niet)

    def _on_outbox(self, rij: Wachtrij) -> None:
        if rij.stand is Wachtstand.GESLAAGD:
            self._klaar_op[rij.opdracht.id] = asyncio.get_running_loop().time()
        gegevens = rij.opdracht.gegevens
        klant = klant_of(gegevens)
        is_zaak = isinstance(gegevens, ZaakAanmaken)
        if isinstance(gegevens, ZaakAanmaken):
            klant = gegevens.namens or klant  # whose zaak it is
        geladen = self._find(klant) if klant is not None else None
        if geladen is None:
            return
        if rij.stand in SETTLED:
            self._refetch(geladen, _AFTER_ZAAK if is_zaak else _AFTER_COMMAND)
        if geladen.kijkers:
            self.changed.emit(self._overlaid(geladen.beeld))


def _write(cache: Cachebestand, beeld: Klantbeeld, sessie: Sessie, *, opened: bool) -> Klantbeeld:
    """In the thread of the store: what another role of this employee saw more of this customer stays kept."""
    if not regels.sees_all(sessie) and (bewaard := cache.read_klantbeeld(beeld.sleutel)) is not None:
        beeld = regels.with_unseen(beeld, bewaard, sessie)
    cache.write_klantbeeld(beeld, opened=opened)
    return beeld


def _is_new_contact(wijziging: Wijziging) -> bool:
    return (wijziging.soort, wijziging.handeling) == ("klantcontact", "gemaakt")


def _noted(geladen: _Klant, wijziging: Wijziging, delen: frozenset[Deel]) -> dict[str, frozenset[Deel]]:
    """What changed so far that may turn out to be of this customer. Nothing where it is not being read: who has no
    partij then gets one by a change of that."""
    if not geladen.is_reading:
        return {}
    van = dict.fromkeys((wijziging.id, *wijziging.onderwerpen), delen)
    return geladen.onbekend | {al: van[al] | geladen.onbekend.get(al, frozenset()) for al in van}


def _has_history(geladen: _Klant) -> bool:
    """Whether what came to the history can be laid beside it: it was read, and no older reading is still to arrive."""
    bron = geladen.beeld.bron("klantinteracties")
    return bron.stand is Bronstand.KLAAR and not bron.uit_cache and not geladen.opent


def _note_reading(geladen: _Klant, begin: float) -> None:
    """Only what was read takes the place of a command that succeeded: after a failure its change stays in view."""
    if geladen.beeld.bron("klantinteracties").stand is Bronstand.KLAAR:
        geladen.gelezen = begin
