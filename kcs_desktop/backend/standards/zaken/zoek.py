"""`_zoek`: a search whose question does not fit an address, such as many uuids or an area."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.standards.objecten.conditions import where
from kcs_desktop.backend.standards.objecten.groups import NOT_AN_OBJECT
from kcs_desktop.backend.standards.objecten.resource import refuse
from kcs_desktop.backend.standards.zaken.filters import FILTERS, MORE_FILTERS
from kcs_desktop.backend.standards.zaken.steps import ZAAK
from kcs_desktop.backend.standards.zaken.velden import read_points

_BESIDE = ("expand", "ordering")  # what the body may say as well as the address
MOST = 5000  # zaken in and around an area; who finds more asks for a smaller one
MOST_POINTS = 500  # of an area
_ALL: Mapping[str, Any] = {**FILTERS, **MORE_FILTERS}
Point = tuple[float, float]
Ring = Sequence[Point]
Polygon = Sequence[Ring]


class Question(msgspec.Struct, frozen=True):
    """The question of a body: `filters` and `beside` as query parameters would say them, and the rings of an area."""

    filters: dict[str, str]
    beside: dict[str, str]
    area: Sequence[Polygon] = ()

    async def condition(self, session: AsyncSession, allowed: ColumnElement[bool] | None) -> ColumnElement[bool]:
        """As SQL, of what may be seen. Raises InvalidBody for a value that is none, and for an area with too much."""
        wanted = where(_ALL, self.filters)
        parts = [part for part in (wanted, allowed) if part is not None]
        if self.area:
            parts.append(ZAAK.uuid.in_(await _within(session, self.area, parts)))
        return and_(*parts)


def read_question(body: object) -> Question:
    """Raises InvalidBody; what the standard does not know vanishes, as in any body."""
    if not isinstance(body, Mapping):
        raise refuse("nonFieldErrors", "invalid", NOT_AN_OBJECT)
    filters = {name: _text(name, body[name]) for name in _ALL if body.get(name) not in (None, "")}
    beside = {name: _text(name, body[name]) for name in _BESIDE if body.get(name)}
    area = _area(body["zaakgeometrie"]) if body.get("zaakgeometrie") is not None else ()
    if not filters and not area:
        raise refuse("nonFieldErrors", "empty_search_body", "Zeg in de body waarop u zoekt.")
    return Question(filters, beside, area)


def _text(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ",".join(value)
    if isinstance(value, str | int):
        return str(value)
    raise refuse(name, "invalid", "Ongeldige waarde.")


def _area(value: Any) -> list[list[list[Point]]]:
    within = value.get("within") if isinstance(value, Mapping) else None
    points = read_points(within)
    if not isinstance(within, Mapping) or points is None:
        raise refuse("zaakgeometrie.within", "invalid", "Dit is geen geldige geometrie in EPSG:4326.")
    if len(points) > MOST_POINTS:
        reason = f"Een gebied om in te zoeken heeft hoogstens {MOST_POINTS} punten."
        raise refuse("zaakgeometrie.within", "too-many", reason)
    match within["type"]:
        case "Polygon":
            polygons = [within["coordinates"]]
        case "MultiPolygon":
            polygons = within["coordinates"]
        case _:
            raise refuse("zaakgeometrie.within", "invalid", "Zoek binnen een Polygon of MultiPolygon.")
    return [[[(x, y) for x, y in ring] for ring in polygon] for polygon in polygons]


async def _within(session: AsyncSession, area: Sequence[Polygon], also: Sequence[ColumnElement[bool]]) -> list[str]:
    """The zaken whose middle lies in the area: first by its bounds, which an index knows, then by its rings."""
    x, y = ZAAK.geometrie_lengte, ZAAK.geometrie_breedte
    bounds = [_bounds(polygon) for polygon in area]
    near = or_(*(and_(x.between(west, east), y.between(south, north)) for west, south, east, north in bounds))
    query = select(ZAAK.uuid, x, y).where(near, *also)
    rows = (await session.execute(query.limit(MOST + 1))).all()
    if len(rows) > MOST:
        reason = f"In en om dit gebied liggen meer dan {MOST} zaken. Kies een kleiner gebied of voeg een filter toe."
        raise refuse("zaakgeometrie.within", "too-many", reason)
    return await asyncio.to_thread(_those_in, area, [(row.uuid, (row[1], row[2])) for row in rows])


def _bounds(polygon: Polygon) -> tuple[float, float, float, float]:
    xs, ys = zip(*polygon[0], strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _those_in(area: Sequence[Polygon], places: Sequence[tuple[str, Point]]) -> list[str]:
    """Takes long enough to keep others waiting: up to `MOST` places times `MOST_POINTS`."""
    return [uuid for uuid, point in places if any(_in_polygon(point, polygon) for polygon in area)]


def _in_polygon(point: Point, polygon: Polygon) -> bool:
    """In the outer ring and in none of the holes: a ray to the east crosses the rings an odd number of times."""
    return sum(_crossings(point, ring) for ring in polygon) % 2 == 1


def _crossings(point: Point, ring: Ring) -> int:
    """Of a closed ring."""
    x, y = point
    return sum(
        (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1 for (x1, y1), (x2, y2) in pairwise(ring)
    )
