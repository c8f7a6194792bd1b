"""What a role may not see of a customer stays kept when that role looks; what it did see is renewed."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import chain, combinations

import pytest

from kcs_desktop.domain.klant import (
    Bron,
    Bronstand,
    Contactregel,
    Klantbeeld,
    KlantSleutel,
    Persoonsgegevens,
    SoortKlant,
)
from kcs_desktop.domain.sessie import Medewerker, Sessie, Werkplek
from kcs_desktop.services.klantbeeld import with_unseen, within_rights

TOEN, NU = datetime(2026, 11, 24, tzinfo=UTC), datetime(2026, 11, 25, tzinfo=UTC)
FUNCTIES = ("basisregistraties", "crm", "terugbelnotities")


def _sessie(*functies: str) -> Sessie:
    return Sessie("s", Medewerker("aaf", "Aaf"), Werkplek("b", "Balie"), ("tic",), dict.fromkeys(functies, 1), NU)


def _beeld(op: datetime) -> Klantbeeld:
    return Klantbeeld(
        KlantSleutel(SoortKlant.PERSOON, partij="p", bsn="999990019"),
        "Johanna",
        persoon=Persoonsgegevens("999990019", f"Johanna {op.day}"),
        contacten=(Contactregel(f"c{op.day}", "Paspoort", "balie", op),),
        contacten_totaal=op.day,
        interne_notitie=f"notitie {op.day}",
        bronnen=tuple(Bron(naam, Bronstand.KLAAR, opgehaald_op=op) for naam in ("brp", "klantinteracties")),
        bijgewerkt_op=op,
    )


@pytest.mark.parametrize(
    "functies", list(chain.from_iterable(combinations(FUNCTIES, aantal) for aantal in range(len(FUNCTIES))))
)
def test_each_part_is_the_newest_that_the_employee_saw(functies: tuple[str, ...]) -> None:
    sessie = _sessie(*functies)
    na = with_unseen(within_rights(_beeld(NU), sessie), _beeld(TOEN), sessie)
    klant, brp = (NU if functie in functies else TOEN for functie in ("crm", "basisregistraties"))
    assert na.persoon == _beeld(brp).persoon
    assert na.bron("brp").opgehaald_op == brp
    assert (na.contacten, na.contacten_totaal) == (_beeld(klant).contacten, klant.day)
    assert na.interne_notitie == f"notitie {klant.day}"
    assert na.bron("klantinteracties").opgehaald_op == klant
    assert na.sleutel == _beeld(NU).sleutel
