"""The promise to call back as a municipality keeps it: within how many working days, per department."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec

from kcs_desktop.domain.werkdagen import Dienstkalender


class Normen(msgspec.Struct, frozen=True):
    """`per_afdeling` in working days; a department that is not in it has `norm`."""

    kalender: Dienstkalender = Dienstkalender()
    norm: int = 1
    per_afdeling: Mapping[str, int] = {}

    def deadline(self, afdeling: str, begin: datetime) -> datetime:
        return self.kalender.deadline(begin, self.per_afdeling.get(afdeling, self.norm))

    def reminder(self, begin: datetime, deadline: datetime) -> datetime:
        return self.kalender.herinnering(begin, deadline)

    def last_call(self, deadline: datetime) -> datetime:
        """When the floormanager hears of what the coordinator did not solve."""
        return self.kalender.later(deadline, 1)
