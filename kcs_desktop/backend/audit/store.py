"""Write the audit trail: with the act itself, or, for what was seen, was refused or goes upstream, without one.

Those lines are committed before the caller goes on, together with what others note in the same moment. It must not
decide what is audited, and must never swallow a failure: no audit, no answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Text, bindparam, func, insert, select
from sqlalchemy.dialects.postgresql import ARRAY

from kcs_desktop.backend.audit.links import Sleutel, linked_keys
from kcs_desktop.backend.audit.regel import Auditregel
from kcs_desktop.backend.audit.tables import AuditregelRow, Auditsleutel
from kcs_desktop.backend.db.base import Base
from kcs_desktop.backend.db.unit import Database, UnitOfWork
from kcs_desktop.domain.tekst import clean
from kcs_desktop.domain.uuid7 import new_id

VOORNEMEN = "voornemen"
UITKOMST = "uitkomst"
MAX_WAARDE = 200  # of a subject; no key of a customer is that long
# On the tables, not the classes: an object per line would only cost time.
_INSERT_LINES = insert(Base.metadata.tables[AuditregelRow.__tablename__])
_KEYS = Base.metadata.tables[Auditsleutel.__tablename__]
_INSERT_KEYS = insert(_KEYS)
# A search is found under everybody who stood among its hits: on PostgreSQL all keys are one statement.
_INSERT_COLUMNS = insert(_KEYS).from_select(
    ["regel", "soort", "waarde", "op"],
    select(
        *(func.unnest(bindparam(name, type_=ARRAY(Text))) for name in ("regels", "soorten", "waarden")),
        bindparam("op", type_=_KEYS.c.op.type),
    ),
)
Line = tuple[Auditregel, str, str]  # with its fase, and the intent it belongs to


async def write(unit: UnitOfWork) -> None:
    """Hook before the commit: the unit's audit lines, in its own transaction."""
    if unit.auditregels:
        await _insert(unit, [(regel, "", "") for regel in unit.auditregels])


async def record_refused(db: Database, regel: Auditregel) -> None:
    """Note an act that was refused or failed; not with the act, whose transaction is rolled back or never was."""
    await record_looks(db, [msgspec.structs.replace(regel, gelukt=False)])


async def record_looks(db: Database, regels: Sequence[Auditregel]) -> None:
    """Commit who was seen. When this raises, the answer must not leave."""
    if regels:
        await db.write_together(_insert_all, [(regel, "", "") for regel in regels])


async def record_intent(db: Database, regel: Auditregel) -> str:
    """Commit what is about to be asked upstream, and return its id. When this raises, the call must not be made."""
    return (await record_intents(db, [regel]))[0]


async def record_intents(db: Database, regels: Sequence[Auditregel]) -> list[str]:
    """The same for a question that names several customers: a line each, in one transaction."""
    return await db.write_together(_insert_all, [(regel, VOORNEMEN, "") for regel in regels])


async def record_outcome(db: Database, intent: str, regel: Auditregel) -> None:
    """Commit what became of the upstream call that `intent` announced."""
    await record_outcomes(db, [(intent, regel)])


async def record_outcomes(db: Database, lines: Sequence[tuple[str, Auditregel]]) -> None:
    """The same for an answer about several customers: each line with the intent it belongs to, in one transaction."""
    await db.write_together(_insert_all, [(regel, UITKOMST, intent) for intent, regel in lines])


async def _insert_all(unit: UnitOfWork, records: Sequence[list[Line]]) -> list[list[str]]:
    """The lines of several callers at once; the ids per caller."""
    ids = iter(await _insert(unit, [line for lines in records for line in lines]))
    return [[next(ids) for _ in lines] for lines in records]


async def _insert(unit: UnitOfWork, lines: list[Line]) -> list[str]:
    rows: list[dict[str, Any]] = []
    keys: list[tuple[str, str, str]] = []
    links = await linked_keys(unit.session, set().union(*(_known(regel) for regel, _fase, _bij in lines)))
    for regel, fase, bij in lines:
        known = _known(regel)
        subject = sorted(known.union(regel.gezien, *(links.get(key, ()) for key in known)))
        row_id = new_id(unit.now)
        rows.append(_row(regel, row_id, unit.now, subject, fase=fase, bij=bij))
        keys.extend((row_id, soort, waarde) for soort, waarde in subject)
    await unit.session.execute(_INSERT_LINES, rows)
    if keys and unit.dialect == "postgresql":
        regels, soorten, waarden = map(list, zip(*keys, strict=True))
        columns = {"regels": regels, "soorten": soorten, "waarden": waarden, "op": unit.now}
        await unit.session.execute(_INSERT_COLUMNS, columns)
    elif keys:
        named = [{"regel": regel, "soort": soort, "waarde": waarde, "op": unit.now} for regel, soort, waarde in keys]
        await unit.session.execute(_INSERT_KEYS, named)
    return [row["id"] for row in rows]


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
