"""Whether two customers are the same one, and how one is named in a row."""

from __future__ import annotations

from kcs_desktop.sdk import Klantbeeld, KlantSleutel, Klantverwijzing


def is_same(one: KlantSleutel, other: KlantSleutel) -> bool:
    """Whether they share a key. A vestiging is another customer than its company."""
    if one.partij and one.partij == other.partij:
        return True
    if one.bsn and one.bsn == other.bsn:
        return True
    if one.kvk_nummer and one.kvk_nummer == other.kvk_nummer:
        return one.vestigingsnummer == other.vestigingsnummer
    return bool(one.rsin and one.rsin == other.rsin and not one.kvk_nummer and not other.kvk_nummer)


def reference(beeld: Klantbeeld) -> Klantverwijzing:
    return Klantverwijzing(beeld.sleutel, beeld.naam)
