"""The content of a document in a body: as base64, as parts that are to follow, or as a file that we have already."""

from __future__ import annotations

import binascii
from typing import Any

import msgspec
from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.bestanden import opslag
from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.standards.documenten import tables
from kcs_desktop.backend.standards.documenten.steps import DEEL, DOCUMENT, VERSIE
from kcs_desktop.backend.standards.objecten.fields import Field, Parsed
from kcs_desktop.backend.standards.objecten.resource import Json, refuse, table_of
from kcs_desktop.backend.standards.objecten.urls import uuid_in
from kcs_desktop.domain.bestand import BEGIN, Oordeel, clean_naam, judge
from kcs_desktop.domain.bestandsoverdracht import Bestandstand as Stand
from kcs_desktop.domain.uuid7 import new_id

MAX_INLINE = 25 * 1024 * 1024  # bytes, before they are written as base64
_DELEN, _DOCUMENT, _VERSIE = (
    table_of(tables.Bestandsdeel),
    table_of(tables.Informatieobject),
    table_of(tables.Versie),
)
_KEY = "inhoud"


class Verwijzing(msgspec.Struct, frozen=True):
    """In the place of content: a file that `eigenaar` sent before. It cannot be written in JSON, so only we can."""

    bestand: str
    eigenaar: str


class Ongewijzigd(msgspec.Struct, frozen=True):
    """The address under which the content is found, given back as it was shown."""

    document: str


class Inhoud(Field, frozen=True, kw_only=True):
    """Lands in `links`: bytes, None, or one of the two above."""

    def read(self, value: Any, path: str, parsed: Parsed) -> None:
        if value is None or isinstance(value, Verwijzing):
            parsed.links[_KEY] = value
        elif not isinstance(value, str):
            parsed.wrong(path, "invalid", "Geef de inhoud in base64.")
        elif value.startswith(("http://", "https://", "/documenten/")):
            parsed.links[_KEY] = Ongewijzigd(uuid_in(value.partition("/download")[0]))
        elif len(value) > MAX_INLINE * 4 // 3 + 4:
            parsed.wrong(path, "file-size", "Stuur een bestand van meer dan 25 MB in delen.")
        else:
            try:
                parsed.links[_KEY] = binascii.a2b_base64(value.encode("ascii"), strict_mode=True)
            except (UnicodeEncodeError, binascii.Error):
                parsed.wrong(path, "incorrect-base64", "Dit is geen geldige base64.")


class Nieuw(msgspec.Struct, frozen=True):
    """Where new content stands. `delen`: how many parts are still to come."""

    bestand: str | None
    omvang: int | None
    delen: int = 0


async def read_content(
    unit: UnitOfWork, parsed: Parsed, current: Any | None, *, stand: Stand, maximum: int
) -> Nieuw | None:
    """Store what the body brings; None where the content stays as it is. Raises InvalidBody."""
    given = parsed.links.get(_KEY)
    values = parsed.values
    before = current.bestandsomvang if current is not None else None
    if isinstance(given, Ongewijzigd):
        if current is None or given.document != current.uuid:
            raise refuse("inhoud", "incorrect-base64", "Dit is geen geldige base64.")
    elif isinstance(given, Verwijzing):
        return await _by_reference(unit, given, values)
    elif given is not None:
        return await _inline(unit, given, values, current, stand=stand, maximum=maximum)
    elif current is None or _KEY in parsed.links:
        omvang = values.get("bestandsomvang", before)
        return await _in_parts(unit, omvang, values, current, maximum)
    if values.get("bestandsomvang", before) != before:
        raise _other_size()
    return None


def _other_size() -> Exception:
    return refuse("nonFieldErrors", "file-size", "De omvang van het bestand is niet gelijk aan `bestandsomvang`.")


async def _by_reference(unit: UnitOfWork, given: Verwijzing, values: Json) -> Nieuw:
    found = await opslag.take(unit, given.bestand, given.eigenaar)
    values.setdefault("bestandsnaam", found.naam)
    values.setdefault("formaat", found.mediatype)
    return Nieuw(found.id, found.omvang)


async def _inline(
    unit: UnitOfWork, inhoud: bytes, values: Json, current: Any | None, *, stand: Stand, maximum: int
) -> Nieuw:
    if len(inhoud) > maximum:
        raise refuse("inhoud", "file-size", f"Een bestand mag hoogstens {maximum} bytes zijn.")
    if values.get("bestandsomvang") not in {None, len(inhoud)}:
        raise _other_size()
    if not inhoud:
        return Nieuw(None, 0)
    naam, formaat = _named(values, current)
    oordeel = judge(naam, inhoud[:BEGIN])
    refuse_program(oordeel)
    if not formaat:
        values["formaat"] = oordeel.mediatype
    stored = await opslag.store(unit, clean_naam(naam), oordeel.mediatype, inhoud, stand)
    return Nieuw(stored.id, stored.omvang)


def refuse_program(oordeel: Oordeel) -> None:
    """Raises InvalidBody for content that is a program, whatever the body calls it."""
    if oordeel.geweigerd:
        raise refuse("inhoud", "soort-geweigerd", oordeel.melding)


async def _in_parts(unit: UnitOfWork, omvang: int | None, values: Json, current: Any | None, maximum: int) -> Nieuw:
    if not omvang:
        return Nieuw(None, omvang)
    if omvang > maximum:
        raise refuse("bestandsomvang", "max_value", f"Een bestand mag hoogstens {maximum} bytes zijn.")
    naam, formaat = _named(values, current)
    uuid = new_id(unit.now)
    begun = await opslag.begin(unit, uuid, "", clean_naam(naam), formaat, omvang, gebruikt=True)
    return Nieuw(uuid, omvang, begun.stukken)


def _named(values: Json, current: Any | None) -> tuple[str, str]:
    """The name and the media type that the document gets or has."""
    return (
        values.get("bestandsnaam", current.bestandsnaam if current is not None else ""),
        values.get("formaat", current.formaat if current is not None else ""),
    )


async def expect_parts(unit: UnitOfWork, document: str, nieuw: Nieuw) -> None:
    """Say which parts are to come."""
    if not nieuw.delen or nieuw.bestand is None or nieuw.omvang is None:
        return
    rows = [
        {
            "uuid": new_id(unit.now),
            "informatieobject": document,
            "bestand": nieuw.bestand,
            "volgnummer": nr,
            "omvang": min(opslag.STUK, nieuw.omvang - (nr - 1) * opslag.STUK),
            "voltooid": False,
        }
        for nr in range(1, nieuw.delen + 1)
    ]
    await unit.session.execute(insert(_DELEN), rows)


async def expected(session: AsyncSession, document: str) -> tuple[str, bool] | None:
    """The content that is being sent, and whether all of it is here; None where nothing is under way."""
    query = select(DEEL.bestand, DEEL.voltooid).where(DEEL.informatieobject == document)
    rows = (await session.execute(query)).all()
    return (rows[0].bestand, all(row.voltooid for row in rows)) if rows else None


async def forget_parts(unit: UnitOfWork, document: str, *, content: str = "") -> None:
    """No more parts are to come; `content` names what was sent of it, which goes as well."""
    await unit.session.execute(delete(_DELEN).where(DEEL.informatieobject == document))
    if content:
        gone = {"bestand": None, "bestandsomvang": None}
        for table, column in ((_DOCUMENT, DOCUMENT.bestand), (_VERSIE, VERSIE.bestand)):
            await unit.session.execute(update(table).where(column == content).values(gone))
        await opslag.drop(unit, [content])
