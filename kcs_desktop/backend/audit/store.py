"""Write the audit trail: with the act itself, or, for what was seen, was refused or goes upstream, without one.

Those lines are committed before the caller goes on, together with what others note in the same moment. It must not
decide what is audited, and must never swallow a failure: no audit, no answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.audit.links import IDENTIFICATIES, PARTIJ, Sleutel, linked_keys
from kcs_desktop.backend.audit.regel import Auditregel
from kcs_desktop.backend.audit.tables import AuditregelRow, Auditsleutel
from kcs_desktop.backend.db.base import Base
from kcs_desktop.backend.db.unit import Database, Entry, UnitOfWork
from kcs_desktop.domain.tekst import clean
from kcs_desktop.domain.uuid7 import new_id

VOORNEMEN = "voornemen"
UITKOMST = "uitkomst"
MAX_WAARDE = 200  # of a subject; no key of a customer is that long
# On the tables, not the classes: an object per line would only cost time.
_LINKED = IDENTIFICATIES | {PARTIJ}
_LINES = Base.metadata.tables[AuditregelRow.__tablename__]
_KEYS = Base.metadata.tables[Auditsleutel.__tablename__]
_INSERT_LINES = insert(_LINES)
_INSERT_KEYS = insert(_KEYS)
_SEALING = {"schakel", "vorige", "zegel"}
_COLUMNS = [column for column in _LINES.columns if column.name not in _SEALING]
# On PostgreSQL the lines and all their keys are one statement, which is a transaction by itself.
_KINDS = {"gelukt": "boolean", "op": "timestamptz"}
_TYPED = ", ".join(f"{column.name} {_KINDS.get(column.name, 'text')}" for column in _COLUMNS)
_NAMES = ", ".join(column.name for column in _COLUMNS)
_INSERT_BOTH = (
    f"WITH nieuw AS MATERIALIZED (SELECT * FROM json_to_recordset(%s::json) AS r({_TYPED})),"  # noqa: S608 -- our names
    f" regel AS (INSERT INTO {_LINES.name} ({_NAMES}) SELECT {_NAMES} FROM nieuw)"
    f" INSERT INTO {_KEYS.name} (regel, soort, waarde, op) SELECT nieuw.id, sleutel ->> 0, sleutel ->> 1, nieuw.op"
    " FROM nieuw CROSS JOIN json_array_elements(nieuw.sleutels::json) AS sleutel"
)
Line = tuple[Auditregel, str, str]  # with its fase, and the intent it belongs to
Links = dict[Sleutel, set[Sleutel]]


async def write(unit: UnitOfWork) -> None:
    """Hook before the commit: the unit's audit lines, in its own transaction."""
    if unit.auditregels:
        fase = UITKOMST if unit.bij else ""
        await _insert(unit, [(regel, fase, unit.bij) for regel in unit.auditregels])


async def record_refused(db: Database, regel: Auditregel) -> None:
    """Note an act that was refused or failed; not with the act, whose transaction is rolled back or never was."""
    await record_looks(db, [msgspec.structs.replace(regel, gelukt=False)])


async def record_looks(db: Database, regels: Sequence[Auditregel]) -> None:
    """Commit who was seen. When this raises, the answer must not leave."""
    if regels:
        await _record(db, [(regel, "", "") for regel in regels])


async def record_intent(db: Database, regel: Auditregel) -> str:
    """Commit what is about to be asked upstream, and return its id. When this raises, the call must not be made."""
    return (await record_intents(db, [regel]))[0]


async def record_intents(db: Database, regels: Sequence[Auditregel]) -> list[str]:
    """The same for a question that names several customers: a line each, in one transaction."""
    return await _record(db, [(regel, VOORNEMEN, "") for regel in regels])


async def record_outcome(db: Database, intent: str, regel: Auditregel) -> None:
    """Commit what became of the upstream call that `intent` announced."""
    await record_outcomes(db, [(intent, regel)])


async def record_outcomes(db: Database, lines: Sequence[tuple[str, Auditregel]]) -> None:
    """The same for an answer about several customers: each line with the intent it belongs to, in one transaction."""
    await _record(db, [(regel, UITKOMST, intent) for intent, regel in lines])


async def _record(db: Database, lines: list[Line]) -> list[str]:
    """Commit these lines, together with those of others; their ids."""
    if db.dialect == "sqlite":
        return await db.write_together(_insert_all, lines)
    links: Links = {}
    if any(soort in _LINKED for line in lines for soort, _ in _known(line[0])):
        async with db.read() as session:
            links = await _links(session, lines)
    return await db.write_at_once(_insert_at_once, (lines, links))


async def _insert_all(unit: UnitOfWork, records: Sequence[list[Line]]) -> list[list[str]]:
    """The lines of several callers at once; the ids per caller."""
    ids = iter(await _insert(unit, [line for lines in records for line in lines]))
    return [[next(ids) for _ in lines] for lines in records]


async def _insert_at_once(entry: Entry, records: Sequence[tuple[list[Line], Links]]) -> list[list[str]]:
    """The same in one statement."""
    rows = [_rows(entry.now, lines, links) for lines, links in records]
    await entry.lijn.fetch(_INSERT_BOTH, (_written([row for some in rows for row in some]),))
    return [[row["id"] for row in some] for some in rows]


async def _insert(unit: UnitOfWork, lines: list[Line]) -> list[str]:
    rows = _rows(unit.now, lines, await _links(unit.session, lines))
    if unit.dialect == "postgresql":
        await (await unit.session.connection()).exec_driver_sql(_INSERT_BOTH, (_written(rows),))
    else:
        await unit.session.execute(_INSERT_LINES, rows)
        keys = [
            {"regel": row["id"], "soort": soort, "waarde": waarde, "op": unit.now}
            for row in rows
            for soort, waarde in msgspec.json.decode(row["sleutels"])
        ]
        if keys:
            await unit.session.execute(_INSERT_KEYS, keys)
    return [row["id"] for row in rows]


def _written(rows: Sequence[dict[str, Any]]) -> str:
    return msgspec.json.encode(rows).decode()


async def _links(session: AsyncSession, lines: Sequence[Line]) -> Links:
    return await linked_keys(session, set().union(*(_known(regel) for regel, _fase, _bij in lines)))


def _rows(op: datetime, lines: Sequence[Line], links: Links) -> list[dict[str, Any]]:
    rows = []
    for regel, fase, bij in lines:
        known = _known(regel)
        subject = sorted(known.union(regel.gezien, *(links.get(key, ()) for key in known)))
        rows.append(_row(regel, new_id(op), op, subject, fase=fase, bij=bij))
    return rows


def _known(regel: Auditregel) -> set[Sleutel]:
    """The keys of the subject that the acting code named."""
    named = ((regel.onderwerp_soort, regel.onderwerp), *regel.verwant)
    return {(_storable(soort), _storable(waarde)) for soort, waarde in named} - {("", "")}


def _storable(text: str) -> str:
    """What was asked may be anything, also of who has no right to ask; its line must go in all the same."""
    return clean(text)[:MAX_WAARDE]


def _row(
    regel: Auditregel, row_id: str, op: datetime, subject: list[Sleutel], *, fase: str, bij: str
) -> dict[str, Any]:
    return {
        "id": row_id,
        "op": op,
        "account": regel.wie.id,
        "accountnaam": regel.wie.naam,
        "weergavenaam": regel.wie.weergavenaam,
        "soort_account": regel.wie.soort,
        "rollen": ",".join(regel.wie.rollen),
        "werkplek": regel.wie.werkplek,
        "sessie": regel.wie.sessie,
        "handeling": regel.handeling,
        "bron": regel.bron,
        "doelbinding": regel.doelbinding,
        "onderwerp_soort": _storable(regel.onderwerp_soort),
        "onderwerp": _storable(regel.onderwerp),
        "sleutels": msgspec.json.encode(subject).decode(),
        "gelukt": regel.gelukt,
        "reden": regel.reden,
        "fase": fase,
        "bij": bij,
    }
