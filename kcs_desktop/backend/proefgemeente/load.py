"""Fills an empty database with Proefdam, in one transaction of bulk inserts.

Customers that benchmarks use, all with a fixed number of contacts and callback notes:
BSN 999990020 has 100 contacts and 50 notes, 999990032 has 20 and 10, 999990019 (Johanna van Duinrode, geheimhouding,
acts for Bakkerij Proefduin, KvK 90000001) has 12 and 1. Their zaken are counted in `zaken.py`.
"""

from __future__ import annotations

from sqlalchemy import insert, select

from kcs_desktop.backend.accounts.tables import AccountRij
from kcs_desktop.backend.catalogus.laden import load_catalogus
from kcs_desktop.backend.db.unit import Database, UnitOfWork
from kcs_desktop.backend.laad import brp
from kcs_desktop.backend.proefgemeente import adressen, documenten, medewerkers, zaaktypen, zaken
from kcs_desktop.backend.proefgemeente.bedrijven import bedrijven
from kcs_desktop.backend.proefgemeente.contacten import Geschiedenis
from kcs_desktop.backend.proefgemeente.klanten import Klanten
from kcs_desktop.backend.proefgemeente.personen import Inwoners
from kcs_desktop.backend.standards.bag.tables import BagAdres
from kcs_desktop.backend.standards.brp.tables import BrpPersoon
from kcs_desktop.backend.standards.documenten.tables import Informatieobject
from kcs_desktop.backend.standards.klantinteracties import tables as t
from kcs_desktop.backend.standards.kvk import opslag
from kcs_desktop.backend.standards.zaken.tables import Zaak
from kcs_desktop.backend.zoeken.projection import reindex

# In an order in which every row finds what it refers to.
_TABELLEN = (
    t.Partij, t.PartijIdentificator, t.DigitaalAdres, t.Vertegenwoordiging, t.Actor, t.Klantcontact, t.Betrokkene,
    t.ActorKlantcontact, t.InterneTaak, t.InterneTaakActor,
)  # fmt: skip


async def load(db: Database) -> None:
    """Do nothing when there is an account or a person already; but Proefdam of an older version gets what it lacks."""
    async with db.write() as unit:
        if await _is_filled(unit):
            if await unit.session.scalar(select(AccountRij.id).where(AccountRij.proef).limit(1)) is not None:
                await _bring_up_to_date(unit)
            return
        mensen, bedrijvigheid = Inwoners().all(), bedrijven()
        await medewerkers.store(unit)
        await brp.store(unit, mensen)
        await adressen.store(unit, mensen)
        await opslag.store(unit.session, bedrijvigheid)
        klanten = Klanten(unit.now)
        klanten.add_all(mensen, bedrijvigheid)
        geschiedenis = Geschiedenis(unit.now, klanten.partij_van, klanten.naam_van)
        geschiedenis.add_all()
        for bron in (klanten, geschiedenis):
            for tabel in _TABELLEN:
                if rijen := bron.rijen.get(tabel):
                    await unit.session.execute(insert(tabel), rijen)
        await load_catalogus(unit)
        await zaaktypen.store(unit)
        await zaken.store(unit, mensen, bedrijvigheid)
        await documenten.store(unit)
        await reindex(unit.session, [rij["uuid"] for rij in klanten.rijen[t.Partij]])


async def _bring_up_to_date(unit: UnitOfWork) -> None:
    """The zaaktypen of now, and the addresses, zaken and documents where there never was one."""
    if await unit.session.scalar(select(BagAdres.identificatie).limit(1)) is None:
        await adressen.store(unit, Inwoners().all())
    is_new = await zaaktypen.store(unit)
    if is_new and await unit.session.scalar(select(Zaak.uuid).limit(1)) is None:
        await zaken.store(unit, Inwoners().all(), bedrijven())
    if await unit.session.scalar(select(Informatieobject.uuid).limit(1)) is None:
        await documenten.store(unit)


async def _is_filled(unit: UnitOfWork) -> bool:
    for kolom in (AccountRij.id, BrpPersoon.bsn):
        if await unit.session.scalar(select(kolom).limit(1)) is not None:
            return True
    return False
