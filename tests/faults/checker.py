"""Compares what the employees did with what the registers hold, once the fault is mended and the outboxes are empty."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import httpx
import msgspec

from kcs_desktop.backend.accounts.proef import WACHTWOORD
from kcs_desktop.backend.beheer.doctor import examine
from kcs_desktop.backend.settings import Settings
from tests.faults import check_audit, check_drafts, check_effects, check_zaakconcepten, journal
from tests.faults.reading import Sources, read_registers
from tests.faults.registers import Registers
from tests.faults.told import Kill, Told, kills_of, told_by

WHOLE = ("Database", "Opslag", "Auditspoor", "Zoekindex")  # what doctor must find in order
CHECKER = "receptie"  # an account that no seat uses
_LINES = 16  # of the backend to its database


class Facts(msgspec.Struct):
    """What the runner knows beside the journals."""

    sources: Sources
    before: Registers
    journals: Sequence[Path]
    kills: Sequence[Sequence[float]]  # per seat, the moments at which it was killed
    backup: tuple[float, float] | None = None
    keeps: bool = False  # no fault of disk or keyring: a seat that keeps nothing is wrong


async def check(facts: Facts) -> list[str]:
    """Every violation, in Dutch; the backend is stopped."""
    after = await asyncio.to_thread(read_registers, facts.sources)
    found: list[str] = []
    required: set[str] = set()
    tolds: list[Told] = []
    kills: list[list[Kill]] = []
    for seat, path in enumerate(facts.journals):
        entries = journal.read(path)
        kills.append(kills_of(entries, facts.kills[seat]))
        violations, needed = check_drafts.check(seat, entries, kills[seat])
        found += violations
        required |= needed
        violations, needed = check_zaakconcepten.check(seat, entries, kills[seat])
        found += violations
        required |= needed
        told = told_by(seat, entries, kills[seat])
        found += told.faults
        if facts.keeps and told.unkept:
            found.append(f"stoel {seat} bewaarde niets, zonder storing van schijf of sleutelbos: {told.unkept}")
        tolds.append(told)
        if not any(entry.wat == "einde" for entry in entries):
            found.append(f"stoel {seat} is niet tot het einde gekomen; laatste: {entries[-1] if entries else 'niets'}")
    found += check_effects.check(facts.before, after, tolds, required, restored=facts.backup is not None)
    found += check_audit.check(after, tolds, kills=kills, backup=facts.backup)
    found += [
        str(bevinding)
        for bevinding in await examine(Settings(database_url=facts.sources.own))
        if bevinding.onderwerp in WHOLE and not bevinding.in_orde
    ]
    return found


async def check_api(url: str, sources: Sources, before: Registers) -> list[str]:
    """The registers over HTTP say what their tables hold; the backend runs."""
    async with httpx.AsyncClient(base_url=url, timeout=20) as client:
        body = {"gebruikersnaam": CHECKER, "wachtwoord": WACHTWOORD}
        asked = await client.post("/kcs/api/v1/aanmelden", json=body)
        for _ in range(_LINES):
            if asked.status_code != 503:  # each line to a database that was just restarted is lost once
                break
            asked = await client.post("/kcs/api/v1/aanmelden", json=body)
        first = asked.json()
        choice = {
            "keuzetoken": first["keuzetoken"],
            "werkplek": first["werkplekken"][0]["id"],
            "rollen": first["medewerker"]["rollen"],
        }
        tokens = (await client.post("/kcs/api/v1/sessies", json=choice)).json()["tokens"]
        client.headers["Authorization"] = f"Bearer {tokens['toegang']}"
        shown: dict[str, str] = {}
        following = "/klantinteracties/api/v1/klantcontacten?pageSize=100"
        tables = await asyncio.to_thread(read_registers, sources)
        new = {uuid: one.onderwerp for uuid, one in tables.contacten.items() if uuid not in before.contacten}
        while following and len(shown) < len(new):
            page = (await client.get(following)).json()
            rows = {row["uuid"]: row["onderwerp"] for row in page["results"]}
            shown |= {uuid: onderwerp for uuid, onderwerp in rows.items() if uuid not in before.contacten}
            following = (page["next"] or "").removeprefix(url)
    return (
        [] if shown == new else [f"de API toont {len(shown)} nieuwe klantcontacten, de tabellen hebben er {len(new)}"]
    )
