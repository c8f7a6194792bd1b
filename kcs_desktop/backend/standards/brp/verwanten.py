"""Whom an answer about one person tells about beside that person: partners, children, parents, holders of authority.

Their burgerservicenummers go into the audit line of the look, so that it is found under them too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

BSN = "burgerservicenummer"
GROEPEN = ("kinderen", "ouders", "partners")  # the groups of which a part may be asked, so also without the BSN


def told_of(heel: Mapping[str, Any], verteld: Mapping[str, Any]) -> tuple[str, ...]:
    """The BSNs in `heel`, a person as the register knows it, of others of whom `verteld`, a cut of it, tells."""
    anderen = dict.fromkeys(bsn for groep in verteld if groep != BSN for bsn in _within(heel.get(groep)))
    anderen.pop(heel.get(BSN, ""), None)
    return tuple(anderen)


def _within(waarde: Any) -> Iterator[str]:
    if isinstance(waarde, Mapping):
        bsn = waarde.get(BSN)
        if isinstance(bsn, str) and bsn:
            yield bsn
        for deel in waarde.values():
            yield from _within(deel)
    elif isinstance(waarde, list):
        for deel in waarde:
            yield from _within(deel)
