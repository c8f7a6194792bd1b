"""What a register undoes leaves nothing behind in the unit that goes on."""

from __future__ import annotations

import msgspec
import pytest

from kcs_desktop.backend.audit.regel import Auditregel
from kcs_desktop.backend.db.unit import Database, UnitOfWork
from kcs_desktop.backend.principal import Principal
from kcs_desktop.backend.standards.objecten.register import whole
from kcs_desktop.domain.errors import NotFound
from kcs_desktop.domain.gebeurtenis import Vluchtig, Wijziging

WIE = Principal("1", "balie", "medewerker", {})
EERDER = Wijziging("zaak", "a", "gewijzigd", "zaken", ("p1",))


async def part_of_it(unit: UnitOfWork) -> None:
    async with whole(unit):
        unit.wijzigingen[0] = msgspec.structs.replace(EERDER, onderwerpen=("p1", "p2"))
        unit.emit(Wijziging("rol", "b", "gemaakt", "zaken"))
        unit.audit(Auditregel(WIE, "geregistreerd", "zaak", "a"))
        unit.hint(Vluchtig("zaak", "zaken", ("a",)))
        raise NotFound


async def test_what_was_undone_is_not_told_and_what_was_told_before_stays_as_it_was(db: Database) -> None:
    async with db.write() as unit:
        unit.emit(EERDER)
        with pytest.raises(NotFound):
            await part_of_it(unit)
        assert (unit.wijzigingen, unit.auditregels, unit.hints) == ([EERDER], [], [])
