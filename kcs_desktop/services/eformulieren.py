"""The worklist of e-formulieren: from the store at once, from the register, live, with the customers recognised.

Other programs make these zaken, upstream too, where no event tells of it: while somebody looks the list is also read
every minute.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime

import msgspec

from kcs_desktop.api.brp import Brp
from kcs_desktop.api.client import Client, Doel
from kcs_desktop.api.eformulieren import read_formulieren
from kcs_desktop.api.klantinteracties import read_partij
from kcs_desktop.api.kvk import Kvk
from kcs_desktop.domain.catalogus import Catalogus
from kcs_desktop.domain.eformulier import Eformulier, Eformulierlijst, Eformulierregels, Formulierzaak, received
from kcs_desktop.domain.errors import KcsError
from kcs_desktop.domain.gebeurtenis import Wijziging
from kcs_desktop.domain.klant import KlantSleutel, Klantverwijzing
from kcs_desktop.domain.sessie import Sessie
from kcs_desktop.domain.signal import Signal
from kcs_desktop.domain.weergave import local
from kcs_desktop.domain.zaakklant import customer_of
from kcs_desktop.services.greep import Greep
from kcs_desktop.services.inzagen import Inzagen
from kcs_desktop.services.opslag import Opslag
from kcs_desktop.sync.taken import Taken

FUNCTIE = "zaken"
SOON = 0.3  # seconds from a change of some zaak: a form sends several calls after each other
EVERY = 60.0  # seconds between two readings while somebody looks
AT_ONCE = 4  # customers looked up together
MOST_BEGUN = 500  # zaken of which the rest may come
MOST_NAMES = 40  # of one reading
FORMULIER, KLANTREGISTRATIE, BRP, KVK = "formulier", "klantregistratie", "BRP", "Handelsregister"
_STORED = "e-formulieren"
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_replace = msgspec.structs.replace


class EformulierenService:
    """Implements `sdk.Eformulieren`."""

    def __init__(
        self,
        client: Client,
        opslag: Opslag,
        inzagen: Inzagen,
        *,
        sessie: Callable[[], Sessie | None],
        doel: Callable[[], Doel],
        catalogus: Callable[[], Catalogus],
        clock: Callable[[], datetime],
        on_error: Callable[[BaseException], None],
    ) -> None:
        self.changed: Signal[None] = Signal()
        self._client = client
        self._brp, self._kvk = Brp(client), Kvk(client)
        self._opslag = opslag
        self._inzagen = inzagen
        self._sessie = sessie
        self._doel = doel
        self._catalogus = catalogus
        self._clock = clock
        self._lijst = Eformulierlijst()
        self._klanten: dict[KlantSleutel, tuple[Klantverwijzing, str]] = {}  # recognised, and from where
        self._kijkers = 0
        self._lezing = 0  # the newest one that began; of an older one nothing is taken over
        self._is_changed = False  # since the reading for a change that began last
        self._catches_up = False
        self._begonnen: dict[str, None] = {}  # zaken that were made while somebody looked, of which the rest may come
        self._noted: set[str] = set()  # zaken whose look was noted since the register last answered
        self._taken = Taken(on_error)

    # sdk.Eformulieren

    @property
    def lijst(self) -> Eformulierlijst:
        sessie = self._sessie()
        return self._lijst if sessie is not None and sessie.mag(FUNCTIE) else Eformulierlijst()

    async def load(self) -> None:
        await self._from_store()
        await self._read()
        self._taken.start("e-formulieren volgen", self._follow())

    def watch(self) -> Greep:
        self._kijkers += 1

        def close() -> None:
            self._kijkers -= 1

        return Greep(close)

    async def recognise(self, uuid: str) -> None:
        formulier, sessie = self._lijst.find(uuid), self._sessie()
        if formulier is None or formulier.klant is None or formulier.klant.naam or sessie is None:
            return
        if not sessie.mag("basisregistraties"):
            return
        sleutel = formulier.klant.sleutel
        with suppress(KcsError):
            naam, vanuit = await self._official_name(sleutel)
            if naam and sessie.is_still(self._sessie()):
                self._klanten[sleutel] = (Klantverwijzing(sleutel, naam), vanuit)
                self._show(_replace(self._lijst, formulieren=self._named(self._lijst.formulieren)))

    # for the seat

    async def end(self) -> None:
        await self._taken.close()
        self._lijst = Eformulierlijst()
        self._klanten.clear()
        self._noted.clear()
        self._begonnen.clear()
        self._is_changed = self._catches_up = False
        self._lezing += 1

    def forget(self) -> None:
        """The store was erased: only what is on screen now stays."""
        if not self._kijkers:
            self._lijst = Eformulierlijst()
            self._klanten.clear()

    def on_change(self, wijziging: Wijziging) -> None:
        """A form is a zaak that was just made, or one of the list. What changes at any other zaak is not read for:
        were it to wait again, the reading of each minute shows it."""
        if wijziging.soort != "zaak":
            return
        if wijziging.handeling == "gemaakt":
            self._begonnen[wijziging.id] = None
            while len(self._begonnen) > MOST_BEGUN:
                del self._begonnen[next(iter(self._begonnen))]
        if wijziging.id in self._begonnen or self._lijst.find(wijziging.id) is not None:
            self._soon()

    def on_resync(self) -> None:
        """Something was missed, or the connection is back."""
        self._soon()

    # inside

    def _soon(self) -> None:
        """A burst of changes is one reading, and what comes during that is one more."""
        if not self._kijkers:
            return
        self._is_changed = True
        if not self._catches_up:
            self._catches_up = True
            self._taken.also("e-formulieren lezen", self._catch_up())

    async def _catch_up(self) -> None:
        """Until nothing changed while reading: a reading that the next one overtakes would show nothing."""
        try:
            while self._is_changed:
                await asyncio.sleep(SOON)
                self._is_changed = False
                await self._read()
        finally:
            self._catches_up = False

    async def _follow(self) -> None:
        while True:
            await asyncio.sleep(EVERY)
            if not self._kijkers:
                return
            await self._read()

    async def _from_store(self) -> None:
        sessie = self._sessie()
        if self._lijst.opgehaald_op is not None or not self._opslag.is_open:
            return
        if sessie is None or not sessie.mag(FUNCTIE):
            return
        naam = _stored(sessie)
        bewaard = await self._opslag.werker.run(self._opslag.cache.read_value, naam, Eformulierlijst)
        if bewaard is not None and self._lijst.opgehaald_op is None and sessie.is_still(self._sessie()):
            self._show(_replace(bewaard, uit_cache=True, laadt=True, fout=""))

    async def _read(self) -> None:
        sessie = self._sessie()
        if sessie is None or not sessie.mag(FUNCTIE):
            return
        self._lezing += 1
        lezing, regels = self._lezing, self._catalogus().eformulieren
        self._show(_replace(self._lijst, laadt=True))
        try:
            zaken, is_cut = await read_formulieren(self._client, regels, local(self._clock()).date(), self._doel())
        except KcsError as fout:
            if lezing == self._lezing:
                self._show(_replace(self._lijst, laadt=False, fout=fout.message, uit_cache=True))
                await self._note_looks()
            return
        if lezing != self._lezing:
            return  # a newer reading began, or somebody else signed in
        self._noted.clear()
        made = self._named([_formulier(zaak, regels) for zaak in zaken])
        made = tuple(sorted(made, key=lambda al: (al.ontvangen or _LONG_AGO, al.uuid), reverse=True))
        self._show(Eformulierlijst(made, is_cut, self._clock()))
        await self._learn_names(sessie, lezing)
        if lezing == self._lezing and self._opslag.is_open:
            await self._opslag.werker.run(self._opslag.cache.write_value, _stored(sessie), self._lijst)

    def _show(self, lijst: Eformulierlijst) -> None:
        if lijst != self._lijst:
            self._lijst = lijst
            self.changed.emit(None)

    def _named(self, formulieren: Sequence[Eformulier]) -> tuple[Eformulier, ...]:
        """With what was recognised before; the form's own name comes first."""
        made = []
        for al in formulieren:
            known = self._klanten.get(al.klant.sleutel) if al.klant is not None and not al.klant.naam else None
            made.append(_replace(al, klant=known[0], vanuit=known[1]) if known is not None else al)
        return tuple(made)

    async def _learn_names(self, sessie: Sessie, lezing: int) -> None:
        """Of those whose form has only a number: by the own registration, where the role may see that."""
        if not sessie.mag("crm"):
            return
        nameless = [al.klant.sleutel for al in self._lijst.formulieren if al.klant is not None and not al.klant.naam]
        wanted = [sleutel for sleutel in dict.fromkeys(nameless) if sleutel not in self._klanten][:MOST_NAMES]
        poort = asyncio.Semaphore(AT_ONCE)

        async def learn(sleutel: KlantSleutel) -> None:
            async with poort:
                with suppress(KcsError):
                    partij = await read_partij(self._client, sleutel, self._doel())
                    if partij is not None and partij.klant.naam:
                        self._klanten[sleutel] = (partij.klant, KLANTREGISTRATIE)

        await asyncio.gather(*map(learn, wanted))
        if wanted and lezing == self._lezing:
            self._show(_replace(self._lijst, formulieren=self._named(self._lijst.formulieren)))

    async def _official_name(self, sleutel: KlantSleutel) -> tuple[str, str]:
        if sleutel.bsn:
            personen = await self._brp.by_bsn(sleutel.bsn, self._doel())
            return (personen[0].naam if personen else ""), BRP
        if sleutel.kvk_nummer:
            return (await self._kvk.read(sleutel.kvk_nummer, sleutel.vestigingsnummer, self._doel())).naam, KVK
        return "", ""

    async def _note_looks(self) -> None:
        """Seen from the store while the register did not answer: told to the audit trail when it is back."""
        if not self._opslag.is_open or self._lijst.opgehaald_op is None or not self._kijkers:
            return
        for al in self._lijst.formulieren:
            if al.klant is not None and al.uuid not in self._noted:
                self._noted.add(al.uuid)
                await self._inzagen.note(al.klant.sleutel, self._doel())


def _formulier(zaak: Formulierzaak, regels: Eformulierregels) -> Eformulier:
    ontvangen, heeft_tijd = received(zaak, regels.kalender)
    klant = customer_of(zaak.initiator) if zaak.initiator is not None else None
    return Eformulier(zaak.regel, ontvangen, heeft_tijd, klant, FORMULIER if klant is not None and klant.naam else "")


def _stored(sessie: Sessie) -> str:
    """Per combination of roles: which zaken somebody may see goes by those."""
    return f"{_STORED}-{'+'.join(sorted(sessie.rollen))}"
