"""What is asked of the register of zaken, read from the field and the filters together."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from kcs_desktop.domain.klant import KlantSleutel, SoortKlant
from kcs_desktop.search.recognise import recognise
from plugins.zaken.vraag import Filters, read

NU = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(("behandelaar", "slot"), [("", "persoon"), ("sp", "persoon, van elke behandelaar")])
def test_the_zaken_of_a_customer_are_asked_whoever_handles_them(behandelaar: str, slot: str) -> None:
    """One betrokkene cannot be both, and the standard looks for one."""
    filters = Filters(behandelaar=behandelaar, zaaktype="Verhuizing")
    lezing = read("999990019", recognise("999990019", date(2026, 11, 24)), filters, NU)
    assert lezing.vraag is not None
    assert lezing.vraag.klant == KlantSleutel(SoortKlant.PERSOON, bsn="999990019")
    assert (lezing.vraag.behandelaar, lezing.vraag.zaaktype) == ("", "Verhuizing")
    assert lezing.uitleg.endswith(slot)
    alone = read("", recognise("", date(2026, 11, 24)), filters, NU)
    assert alone.vraag is not None
    assert alone.vraag.behandelaar == behandelaar
