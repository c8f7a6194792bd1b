"""The drafts of zaken in the store of an employee's own work."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from kcs_desktop.cache.waarden import Waarden
from kcs_desktop.cache.werkbestand import ZAAKCONCEPT, Onleesbaar, Werkbestand
from kcs_desktop.domain.zaakconcept import Zaakconcept

_concepten = Waarden(ZAAKCONCEPT, Zaakconcept)


def read_concepten(werk: Werkbestand) -> list[Zaakconcept]:
    """In the order they were begun."""
    return _concepten.read(werk)


def unreadable_concepten(werk: Werkbestand) -> list[Onleesbaar]:
    """Those that no longer parse."""
    return _concepten.unreadable(werk)


def save_concepten(werk: Werkbestand, concepten: Iterable[Zaakconcept], weg: Collection[str]) -> None:
    """Write these, and let go of those with the ids `weg`, together."""
    _concepten.save(werk, {concept.id: concept for concept in concepten}, weg)
