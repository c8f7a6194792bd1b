"""Proefdam is big enough, valid, and the same every time."""

from __future__ import annotations

from sqlalchemy import func, select

from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.laad.bron_brp import check
from kcs_desktop.backend.proefgemeente import fill
from kcs_desktop.backend.proefgemeente.bedrijven import bedrijven
from kcs_desktop.backend.proefgemeente.personen import PERSOON_20, PERSOON_100, Inwoners
from kcs_desktop.backend.standards.klantinteracties import tables as t
from kcs_desktop.domain.bsn import passes_elfproef


def test_persons_are_valid_and_the_same_every_time() -> None:
    mensen = Inwoners().all()
    for nummer, mens in enumerate(mensen, start=1):
        check(nummer, mens)
    bsns = [mens["burgerservicenummer"] for mens in mensen]
    assert len(bsns) == len(set(bsns)) >= 300
    assert all(passes_elfproef(bsn) and bsn.startswith("9999") for bsn in bsns)
    assert mensen == Inwoners().all()
    assert len(bedrijven()) >= 60


async def test_the_benchmark_customers_have_their_number_of_contacts_and_a_second_fill_adds_nothing(
    db: Database,
) -> None:
    await fill(db)
    await fill(db)
    async with db.read() as session:
        for bsn, contacten, taken in ((PERSOON_100, 100, 50), (PERSOON_20, 20, 10)):
            partij = select(t.PartijIdentificator.partij).where(t.PartijIdentificator.object_id == bsn)
            eigen = select(t.Betrokkene.klantcontact).where(t.Betrokkene.partij == partij.scalar_subquery())
            assert await session.scalar(select(func.count()).select_from(eigen.subquery())) == contacten
            notities = select(func.count()).select_from(t.InterneTaak).where(t.InterneTaak.klantcontact.in_(eigen))
            assert await session.scalar(notities) == taken
        assert (await session.scalar(select(func.count()).select_from(t.Klantcontact)) or 0) >= 1500
