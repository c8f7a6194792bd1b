"""Every kind of fault; a module each, or one for those that are alike."""

from __future__ import annotations

from tests.faults.kinds import (
    backend_killed,
    clock,
    cut,
    disk_full,
    elsewhere,
    failed_after,
    keyring_locked,
    postgres_restarted,
    read_only,
    restored,
    seat_killed,
    slow,
    truncated,
    twice,
)
from tests.faults.trial import Kind

KINDS: tuple[Kind, ...] = (
    cut.KIND,
    slow.KIND,
    truncated.KIND,
    twice.KIND,
    failed_after.KIND,
    seat_killed.KIND,
    backend_killed.KIND,
    disk_full.KIND,
    read_only.KIND,
    clock.KIND,
    keyring_locked.KIND,
    postgres_restarted.KIND,
    restored.KIND,
    elsewhere.KIND_SLOW,
    elsewhere.KIND_FAILED,
    elsewhere.KIND_CUT,
    elsewhere.KIND_DEAD,
)
