"""The accounts that the sign-in page of a proefgemeente lists. No Qt."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec


class Proefaccount(msgspec.Struct, frozen=True):
    """One account of the proefgemeente, as its own sign-in page lists it."""

    gebruikersnaam: str
    naam: str
    rollen: tuple[str, ...] = ()


def few(accounts: Sequence[Proefaccount]) -> tuple[Proefaccount, ...]:
    """So many accounts as show every role once, the widest first; all of them would be a page to scroll."""
    chosen: list[Proefaccount] = []
    covered: set[str] = set()
    for account in sorted(accounts, key=lambda a: -len(a.rollen)):
        if not covered.issuperset(account.rollen):
            covered.update(account.rollen)
            chosen.append(account)
    return tuple(chosen)
