"""Numbers of zaken: ZAAK-<year>-<ten digits>, given once per organisation, reserved or drawn for a new zaak."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.problem import InvalidBody
from kcs_desktop.backend.standards.objecten.fields import AMSTERDAM, Parsed, Whole, read_fields
from kcs_desktop.backend.standards.objecten.groups import NOT_AN_OBJECT
from kcs_desktop.backend.standards.objecten.resource import Json, refuse, table_of
from kcs_desktop.backend.standards.zaken import tables
from kcs_desktop.backend.standards.zaken.steps import ZAAK
from kcs_desktop.backend.standards.zgw.fields import rsin

_NUMMERS = table_of(tables.Zaaknummer)
_MOST = 1000
_FIELDS = (
    rsin("bronorganisatie", "bronorganisatie", required=True),
    Whole(wire="aantal", column="aantal", minimum=1, maximum=_MOST),
)


def format_number(jaar: int, nummer: int) -> str:
    return f"ZAAK-{jaar}-{nummer:010d}"


async def next_numbers(unit: UnitOfWork, bronorganisatie: str, aantal: int = 1) -> list[str]:
    """Numbers that nobody got before. Others who ask at the same moment wait for the end of this transaction, and get
    later ones; a rollback gives them back, since nobody heard of them."""
    dialect = postgresql if unit.dialect == "postgresql" else sqlite
    jaar = unit.now.astimezone(AMSTERDAM).year
    given = dialect.insert(_NUMMERS).values(bronorganisatie=bronorganisatie, jaar=jaar, laatste=aantal)
    counted = given.on_conflict_do_update(
        index_elements=("bronorganisatie", "jaar"), set_={"laatste": _NUMMERS.c.laatste + aantal}
    ).returning(_NUMMERS.c.laatste)
    laatste = (await unit.session.execute(counted)).scalar_one()
    return [format_number(jaar, nummer) for nummer in range(laatste - aantal + 1, laatste + 1)]


async def reserve(unit: UnitOfWork, body: object) -> Json | list[Json]:
    """POST of `zaaknummer_reserveren`: one number, or as many as asked. A number that somebody gave a zaak by hand is
    passed over."""
    if not isinstance(body, Mapping):
        raise refuse("nonFieldErrors", "invalid", NOT_AN_OBJECT)
    parsed = Parsed()
    read_fields(_FIELDS, body, parsed, partial=False)
    if parsed.problems:
        raise InvalidBody(parsed.problems)
    bronorganisatie, aantal = parsed.values["bronorganisatie"], parsed.values.get("aantal", 1)
    given: list[str] = []
    while len(given) < aantal:
        drawn = await next_numbers(unit, bronorganisatie, aantal - len(given))
        taken = select(ZAAK.identificatie).where(ZAAK.bronorganisatie == bronorganisatie, ZAAK.identificatie.in_(drawn))
        used = set((await unit.session.scalars(taken)).all())
        given.extend(nummer for nummer in drawn if nummer not in used)
    made: list[Json] = [{"zaaknummer": nummer} for nummer in given]
    return made[0] if "aantal" not in parsed.values or aantal == 1 else made
