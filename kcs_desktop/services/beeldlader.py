"""Asks the registers for the parts of a customer picture: all that can be asked at once together, the rest behind it.

At most two requests in sequence and eight in all. Who is represented, acts for more than two others, or has more
contacts than one page holds, costs more, later.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any

from kcs_desktop.api.brp import Brp
from kcs_desktop.api.client import Client, Doel
from kcs_desktop.api.kcs import Kcs
from kcs_desktop.api.klantinteracties import (
    Partijgegevens,
    read_contact,
    read_contacten,
    read_partij,
    read_partij_by_uuid,
    read_terugbelnotities,
    read_vertegenwoordigers,
)
from kcs_desktop.api.kvk import Kvk
from kcs_desktop.api.zaken import filters_of, read_zaken_of
from kcs_desktop.domain.errors import Forbidden, KcsError, NotFound
from kcs_desktop.domain.klant import (
    Klantbeeld,
    KlantSleutel,
    Klantverwijzing,
    Relatie,
    Relatiesoort,
    SoortKlant,
)
from kcs_desktop.domain.sessie import Sessie
from kcs_desktop.services import klantbeeld as regels
from kcs_desktop.services.lading import VAN_REGISTER, Lading

Verandering = Callable[[Klantbeeld], Klantbeeld]

TOP = 20  # rows of the history that are read to find a few new ones
AT_ONCE = 2  # names of those who act for the customer, or for whom he acts, fetched in one step


class Deel(StrEnum):
    """The parts that can be read again by themselves."""

    BRP = "brp"
    KVK = "kvk"
    PARTIJ = "partij"
    CONTACTEN = "contacten"
    NOTITIES = "notities"  # asked only where the first page does not hold them all
    RELATIES = "relaties"
    ZAKEN = "zaken"


ALLES = frozenset(Deel)
_KLANTINTERACTIES = {
    Deel.PARTIJ: "De contactgegevens",
    Deel.CONTACTEN: "De contacten",
    Deel.NOTITIES: "De terugbelnotities",
    Deel.RELATIES: "De relaties",
}


class Beeldlader:
    """Reads parts and gives, per part that arrived, how it changes the picture."""

    def __init__(
        self, client: Client, clock: Callable[[], datetime], is_starting: Callable[[], bool] = lambda: False
    ) -> None:
        self._client = client
        self._clock = clock
        self._is_starting = is_starting

    async def load(
        self, beeld: Klantbeeld, delen: Iterable[Deel], sessie: Sessie, doel: Doel, nieuwe: Iterable[str] = ()
    ) -> AsyncGenerator[Verandering, None]:
        """Every change as it arrives; closing the generator cancels what is still under way.

        `nieuwe`: klantcontacten that came to the history since it was read, which need not be read again for them.
        """
        async with _Klantlading(self._client, self._clock, self._is_starting, sessie, doel) as lading:
            lading.begin(beeld, frozenset(delen), tuple(nieuwe))
            while (verandering := await lading.next()) is not None:
                yield verandering


class _Klantlading(Lading[Klantbeeld, Deel]):
    """One load of one customer."""

    def __init__(
        self,
        client: Client,
        clock: Callable[[], datetime],
        is_starting: Callable[[], bool],
        sessie: Sessie,
        doel: Doel,
    ) -> None:
        super().__init__(clock, is_starting)
        self._client, self._sessie, self._doel = client, sessie, doel
        self._brp, self._kvk, self._kcs = Brp(client), Kvk(client), Kcs(client)
        self._delen: frozenset[Deel] = frozenset()

    def source_of(self, deel: Deel) -> str:
        return "klantinteracties" if deel in _KLANTINTERACTIES else deel.value

    def said(self, deel: Deel, fout: KcsError) -> str:
        if isinstance(fout, Forbidden):
            return fout.message
        if deel is Deel.ZAKEN and not fout.code.startswith(VAN_REGISTER):
            return "De zaken konden niet worden opgehaald."
        if deel in _KLANTINTERACTIES:
            return f"{_KLANTINTERACTIES[deel]} konden niet worden opgehaald."
        return fout.message

    def refused(self, deel: Deel, fout: KcsError) -> str:
        return fout.message if isinstance(fout, Forbidden) and deel not in _KLANTINTERACTIES else ""

    def begin(self, beeld: Klantbeeld, delen: frozenset[Deel], nieuwe: tuple[str, ...]) -> None:
        sleutel, self._delen = beeld.sleutel, delen
        if not self._sessie.mag("crm"):
            self.leave(Deel.PARTIJ, "Met uw rol kunt u geen klantgegevens raadplegen.")
        else:
            if Deel.PARTIJ in delen or Deel.RELATIES in delen:
                self.start(Deel.PARTIJ, lambda: self._read_partij(beeld))
            if Deel.CONTACTEN in delen:
                self.start(Deel.CONTACTEN, lambda: self._read_contacten(beeld))
            elif nieuwe:
                self.start(Deel.CONTACTEN, lambda: self._read_nieuwe(beeld, nieuwe))
        self._ask_registers(sleutel.bsn, sleutel.kvk_nummer, sleutel.vestigingsnummer)
        is_named_later = self.is_under_way(Deel.PARTIJ)  # by the partij, whose keys are read first
        if filters_of(sleutel) or not is_named_later:
            self._ask_zaken(sleutel)

    def _ask_registers(self, bsn: str, kvk_nummer: str, vestigingsnummer: str) -> None:
        if bsn and Deel.BRP in self._delen:
            self._ask(Deel.BRP, lambda: self._read_brp(bsn))
        if (kvk_nummer or vestigingsnummer) and Deel.KVK in self._delen:
            self._ask(Deel.KVK, lambda: self._read_kvk(kvk_nummer, vestigingsnummer))

    def _ask_zaken(self, sleutel: KlantSleutel) -> None:
        if Deel.ZAKEN not in self._delen:
            return
        if not self._sessie.mag("zaken"):
            self.leave(Deel.ZAKEN, "Met uw rol kunt u geen zaken raadplegen.")
        elif not filters_of(sleutel):
            self.leave(Deel.ZAKEN, "Zonder BSN of KvK-nummer zijn er geen zaken te vinden.")
        else:
            self.start(Deel.ZAKEN, lambda: self._read_zaken(sleutel))

    def _ask(self, deel: Deel, werk: Callable[[], Coroutine[Any, Any, None]]) -> None:
        if self._sessie.mag("basisregistraties"):
            self.start(deel, werk)
        else:
            self.leave(deel, "Met uw rol kunt u de basisregistraties niet raadplegen.")

    async def _read_brp(self, bsn: str) -> None:
        persoon = await self._brp.consult(bsn, self._doel)
        self.put(lambda oud: regels.with_persoon(oud, persoon))

    async def _read_kvk(self, kvk_nummer: str, vestigingsnummer: str) -> None:
        bedrijf = await self._kvk.read(kvk_nummer, vestigingsnummer, self._doel)
        self.put(lambda oud: regels.with_bedrijf(oud, bedrijf))

    async def _read_zaken(self, sleutel: KlantSleutel) -> None:
        pagina = await read_zaken_of(self._client, sleutel, doel=self._doel)
        self.put(lambda oud: regels.with_zaken(oud, pagina, self._sessie.rollen))
        if pagina.ontbreekt:
            self.lacks(Deel.ZAKEN, f"{' en '.join(pagina.ontbreekt)} antwoordt niet.")

    async def _read_contacten(self, beeld: Klantbeeld) -> None:
        pagina = await read_contacten(self._client, beeld.sleutel, doel=self._doel)
        if not pagina.is_volledig:  # before the page counts as everything that is known
            self.start(Deel.NOTITIES, lambda: self._read_notities(beeld))
        self.put(lambda oud: regels.with_newest(oud, pagina))

    async def _read_nieuwe(self, beeld: Klantbeeld, nieuwe: tuple[str, ...]) -> None:
        """In one small request where that will do: one by itself, more as the top of the history."""
        if len(nieuwe) > 1:
            top = await read_contacten(self._client, beeld.sleutel, doel=self._doel, omvang=TOP)
            if {regel.uuid for regel in top.contacten}.issuperset(nieuwe):
                self.put(lambda oud: regels.with_new(oud, top))
                return
            await self._read_contacten(beeld)
            return
        try:
            pagina = await read_contact(self._client, nieuwe[0], self._doel)
        except NotFound:
            return  # removed meanwhile, which is told as well
        if regels.belongs_further(beeld, pagina):
            await self._read_contacten(beeld)
            return
        if not pagina.met_notities:
            self.start(Deel.NOTITIES, lambda: self._read_notities(beeld))
        self.put(lambda oud: regels.with_new(oud, pagina))

    async def _read_notities(self, beeld: Klantbeeld) -> None:
        notities = await read_terugbelnotities(self._client, beeld.sleutel, self._doel)
        self.put(lambda oud: regels.with_terugbelnotities(oud, notities))

    async def _read_partij(self, beeld: Klantbeeld) -> None:
        partij = await read_partij(self._client, beeld.sleutel, self._doel)
        self.put(lambda oud: regels.with_partij(oud, partij))
        if not filters_of(beeld.sleutel):
            self._ask_zaken(partij.klant.sleutel if partij is not None else beeld.sleutel)
        if partij is None:
            if Deel.RELATIES in self._delen:
                self.put(lambda oud: regels.with_relaties(oud, ()))
            return
        sleutel, bekend = partij.klant.sleutel, beeld.sleutel
        # Found by its uuid alone: the registers can be asked now that their keys are known.
        self._ask_registers(
            "" if bekend.bsn else sleutel.bsn,
            "" if bekend.kvk_nummer or bekend.vestigingsnummer else sleutel.kvk_nummer,
            "" if bekend.kvk_nummer or bekend.vestigingsnummer else sleutel.vestigingsnummer,
        )
        if Deel.RELATIES in self._delen:
            self.start(Deel.RELATIES, lambda: self._read_relaties(partij))
        kanaal = await self._kcs.voorkeurskanaal(sleutel.partij, self._doel)
        self.put(lambda oud: regels.with_voorkeurskanaal(oud, kanaal))

    async def _read_relaties(self, partij: Partijgegevens) -> None:
        uuid = partij.klant.sleutel.partij
        namens = [(ander, Relatiesoort.HANDELT_NAMENS) for ander in dict.fromkeys(partij.vertegenwoordigt)]
        werkt_voor = [(partij.werkt_voor, Relatiesoort.WERKT_VOOR)] if partij.werkt_voor else []
        gevonden, bekend = await asyncio.gather(
            read_vertegenwoordigers(self._client, uuid, self._doel),
            self._names_of([*namens[:AT_ONCE], *werkt_voor]),
            return_exceptions=True,  # both have ended before one failure is told
        )
        if isinstance(gevonden, BaseException):
            raise gevonden
        if isinstance(bekend, BaseException):
            raise bekend
        door = [(ander, Relatiesoort.VERTEGENWOORDIGD_DOOR) for ander in gevonden if ander != uuid]
        relaties = [*await self._names_of(door[:AT_ONCE]), *bekend]
        self.put(lambda oud: regels.with_relaties(oud, relaties))
        rest = [*door[AT_ONCE:], *namens[AT_ONCE:]]
        for begin in range(0, len(rest), AT_ONCE):
            relaties = [*relaties, *await self._names_of(rest[begin : begin + AT_ONCE])]
        if rest:
            self.put(lambda oud: regels.with_relaties(oud, relaties))

    async def _names_of(self, anderen: Iterable[tuple[str, Relatiesoort]]) -> list[Relatie]:
        """All at once; who was removed meanwhile is left out."""
        antwoorden = await asyncio.gather(
            *(self._name_of(*ander) for ander in anderen),
            return_exceptions=True,  # all have ended before one failure is told
        )
        relaties: list[Relatie] = []
        for antwoord in antwoorden:
            if isinstance(antwoord, BaseException):
                raise antwoord
            if antwoord is not None:
                relaties.append(antwoord)
        return relaties

    async def _name_of(self, uuid: str, soort: Relatiesoort) -> Relatie | None:
        try:
            klant = (await read_partij_by_uuid(self._client, uuid, self._doel)).klant
        except NotFound:
            return None  # removed between the two reads
        return Relatie(_how(klant) if soort is Relatiesoort.VERTEGENWOORDIGD_DOOR else soort, klant)


def _how(klant: Klantverwijzing) -> Relatiesoort:
    """What one who acts for the customer is to him."""
    if klant.sleutel.soort is SoortKlant.CONTACTPERSOON:
        return Relatiesoort.CONTACTPERSOON
    return Relatiesoort.VERTEGENWOORDIGD_DOOR
