"""Which kind of document is proposed for a file."""

from __future__ import annotations

import pytest

from kcs_desktop.domain.toevoeging import type_for
from kcs_desktop.domain.zaaktype import Documenttype


def _soort(naam: str, richting: str = "inkomend") -> Documenttype:
    return Documenttype(naam, f"https://zaken.voorbeeld/{naam}", naam, "openbaar", richting, 1)


SOORTEN = tuple(_soort(naam) for naam in ("Machtiging", "Foto", "Kopie identiteitsbewijs", "Kopie"))


@pytest.mark.parametrize(
    ("naam", "soort"),
    [
        ("scan0001.pdf", ""),
        ("Afbeelding 2026-11-24 09.41.00.png", ""),
        ("MACHTIGING_buurvrouw.pdf", "Machtiging"),
        ("foto-van-de-tegel.png", "Foto"),
        ("fotokopie.pdf", ""),
        ("kopie identiteitsbewijs.pdf", "Kopie identiteitsbewijs"),
    ],
)
def test_a_kind_is_proposed_only_where_the_name_speaks_of_it(naam: str, soort: str) -> None:
    found = type_for(naam, SOORTEN)
    assert (found.omschrijving if found is not None else "") == soort


def test_the_only_kind_there_is_needs_no_question() -> None:
    besluit = _soort("Besluit", "uitgaand")
    assert type_for("scan.pdf", (besluit,)) is besluit
    assert type_for("scan.pdf", ()) is None
    assert type_for("besluit.pdf", (besluit, *SOORTEN)) is None, "what goes out is not handed over"
