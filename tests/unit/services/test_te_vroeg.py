"""A customer who is opened before the backend is there: its sources are waited for, not called silent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from kcs_desktop.api.client import Client, Doel
from kcs_desktop.domain.klant import Bronstand, Klantbeeld, KlantSleutel, SoortKlant
from kcs_desktop.domain.sessie import Medewerker, Sessie, Werkplek
from kcs_desktop.services.beeldlader import ALLES, Beeldlader

NU = datetime(2026, 11, 24, 9, 41, tzinfo=UTC)
KLANT = Klantbeeld(KlantSleutel(SoortKlant.PERSOON, bsn="999990019", partij="p"), "Johanna")
SESSIE = Sessie(
    "s",
    Medewerker("jan", "Jan"),
    Werkplek("balie-1", "Balie 1"),
    ("tic",),
    {"crm": 2, "basisregistraties": 1, "zaken": 2},
    NU,
)


async def loaded(*, is_starting: bool) -> Mapping[str, Bronstand]:
    """What each source says once all were asked of a backend that has no address yet."""
    beeld = KLANT
    async for change in Beeldlader(Client(), lambda: NU, lambda: is_starting).load(beeld, ALLES, SESSIE, Doel()):
        beeld = change(beeld)
    return {bron.naam: bron.stand for bron in beeld.bronnen}


@pytest.mark.parametrize(("is_starting", "stand"), [(True, Bronstand.WACHT), (False, Bronstand.FOUT)])
async def test_a_source_is_silent_only_once_the_backend_was_there(is_starting: bool, stand: Bronstand) -> None:
    assert await loaded(is_starting=is_starting) == dict.fromkeys(("brp", "klantinteracties", "zaken"), stand)
