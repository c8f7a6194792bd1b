"""A clock that goes on by itself and that a test puts forward, for a backend in a process of its own too.

`python -m tests.harness.loopklok …` is `kcs-backend …` with this clock: how much it differs stands in the file that
`KLOK` in the environment names, and is read at every look. What is done every minute is done at once, so that nobody
has to wait for it.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

from kcs_desktop.domain.weergave import local

VARIABLE = "KLOK"


class Loopklok:
    """Callable like `Database.clock`; differs from the real one as its file says."""

    def __init__(self, file: Path) -> None:
        self.file = file

    @property
    def environment(self) -> dict[str, str]:
        """Of a process that goes by it."""
        return {VARIABLE: str(self.file)}

    def __call__(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=float(self.file.read_text("ascii")))

    def put_at(self, moment: datetime) -> None:
        """It is `moment` now, and goes on from there."""
        self._write(moment - datetime.now(UTC))

    def advance(self, **parts: float) -> None:
        """As much later: hours=, minutes=."""
        self.put_at(self() + timedelta(**parts))

    def put_at_hour(self, uur: int, minuut: int = 0, *, days: int = 0) -> None:
        """The clock on the wall shows this, today or so many days later."""
        wanted = local(self()) + timedelta(days=days)
        self.put_at(wanted.replace(hour=uur, minute=minuut, second=0, microsecond=0))

    def _write(self, off: timedelta) -> None:
        made = self.file.with_suffix(".nieuw")
        made.write_text(str(off.total_seconds()), "ascii")
        made.replace(self.file)  # nobody reads half of it


def _shift() -> None:
    """In this process: every database by that clock, and the guards without their pause."""
    from kcs_desktop.backend.db.unit import Database
    from kcs_desktop.backend.terugbellen.wacht import Terugbelwacht

    klok = Loopklok(Path(os.environ[VARIABLE]))
    _default(Database, "clock", klok)
    _default(Terugbelwacht, "interval", 0.2)


def _default(kind: type, name: str, value: object) -> None:
    """What `kind` is made with where nothing is said."""
    given = cast(Any, kind).__init__.__kwdefaults__
    assert name in given
    given[name] = value


# `__mp_main__` is this module in each worker of several.
if __name__ in {"__main__", "__mp_main__"}:
    _shift()
if __name__ == "__main__":
    from kcs_desktop.backend.__main__ import main

    main()
