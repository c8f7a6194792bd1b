"""Every table of the backend in one metadata. Each folder with tables is imported here, and nowhere for that effect."""

from __future__ import annotations

from sqlalchemy import MetaData

from kcs_desktop.backend.accounts import tables as accounts
from kcs_desktop.backend.audit import tables as audit
from kcs_desktop.backend.beheer import tables as beheer
from kcs_desktop.backend.bestanden import tables as bestanden
from kcs_desktop.backend.catalogus import tables as catalogus
from kcs_desktop.backend.db.base import Base
from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.feed import tables as feed
from kcs_desktop.backend.meekijkers import tables as meekijkers
from kcs_desktop.backend.opdrachten import tables as opdrachten
from kcs_desktop.backend.standards.bag import tables as bag
from kcs_desktop.backend.standards.brp import tables as brp
from kcs_desktop.backend.standards.catalogi import tables as catalogi
from kcs_desktop.backend.standards.documenten import tables as documenten
from kcs_desktop.backend.standards.klantinteracties import tables as klantinteracties
from kcs_desktop.backend.standards.kvk import tables as kvk
from kcs_desktop.backend.standards.zaken import tables as zaken
from kcs_desktop.backend.terugbellen import tables as terugbellen
from kcs_desktop.backend.zoeken import tables as zoeken

TABLES = (
    accounts,
    audit,
    bag,
    beheer,
    bestanden,
    brp,
    catalogi,
    catalogus,
    documenten,
    feed,
    klantinteracties,
    kvk,
    meekijkers,
    opdrachten,
    terugbellen,
    zaken,
    zoeken,
)
METADATA: MetaData = Base.metadata


async def create_schema(db: Database) -> None:
    """Create every table that is missing; for tests and tools, the product migrates."""
    async with db.engine.begin() as connection:
        await connection.run_sync(METADATA.create_all)
