"""The backend's one frozen context: built at start, handed down, never looked up."""

from __future__ import annotations

import msgspec

from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.settings import Settings
from kcs_desktop.domain.rechten import Rechtentabel
from kcs_desktop.domain.zaakrechten import STANDAARD, Zaakrechtentabel


class Kern(msgspec.Struct, frozen=True):
    """What every part may use."""

    settings: Settings
    db: Database
    rechtentabel: Rechtentabel
    zaakrechten: Zaakrechtentabel = STANDAARD
