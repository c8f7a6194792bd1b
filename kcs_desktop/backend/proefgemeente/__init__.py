"""Proefdam, a municipality that does not exist: persons, companies, employees and a history, the same every time.

Persons, companies and employees are fixed. The history is laid back from the moment of loading, so that "yesterday" in
it is yesterday. See `load.py` for the customers that benchmarks use.
"""

from __future__ import annotations

from kcs_desktop.backend.db.unit import Database


async def fill(db: Database) -> None:
    """Fill an empty database; one that holds persons or accounts is left as it is."""
    from kcs_desktop.backend.proefgemeente.load import load

    await load(db)
