"""The gap that a restored backup leaves in the audit trail, recorded in the trail itself and sealed like any line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from kcs_desktop.backend.audit.chain import SYSTEM
from kcs_desktop.domain.uuid7 import new_id

TERUGGEZET = "teruggezet"  # the act that the line names
END_OF_TRAIL = "SELECT schakel, zegel FROM audit_stand"


def gap(made: datetime, now: datetime, end: tuple[int, str] | None) -> tuple[dict[str, Any], dict[str, Any]]:
    """The line, and the key under which it is found. `made` is when the backup was made, `end` where the trail that is
    replaced ended: None where it could not be read."""
    moment = made.astimezone(UTC).isoformat(timespec="seconds")
    known = f"het vervangen spoor eindigde bij schakel {end[0]}, zegel {end[1]}" if end else "het spoor was onleesbaar"
    line = {
        "id": new_id(now),
        "op": now,
        "account": SYSTEM.id,
        "accountnaam": SYSTEM.naam,
        "weergavenaam": SYSTEM.weergavenaam,
        "soort_account": SYSTEM.soort,
        "rollen": "",
        "werkplek": "",
        "sessie": "",
        "handeling": TERUGGEZET,
        "bron": "audit",
        "doelbinding": "",
        "onderwerp_soort": "backup",
        "onderwerp": moment,
        "sleutels": f'[["backup","{moment}"]]',
        "gelukt": True,
        "reden": f"regels van {moment} tot {now.astimezone(UTC).isoformat(timespec='seconds')} ontbreken; {known}",
        "fase": "",
        "bij": "",
    }
    return line, {"regel": line["id"], "soort": "backup", "waarde": moment, "op": now}


def insert(execute: Callable[[str, tuple[Any, ...]], object], mark: str, table: str, row: Mapping[str, Any]) -> None:
    """`mark` stands for a value in this driver's statements."""
    names = ", ".join(row)
    execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join(mark for _ in row)})", tuple(row.values()))  # noqa: S608 -- names from this module
