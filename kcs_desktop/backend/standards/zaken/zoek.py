"""`_zoek`: a search whose question does not fit an address, such as many uuids or an area."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.standards.objecten.conditions import where
from kcs_desktop.backend.standards.objecten.groups import NOT_AN_OBJECT
from kcs_desktop.backend.standards.objecten.resource import refuse
from kcs_desktop.backend.standards.zaken.filters import FILTERS, MORE_FILTERS
from kcs_desktop.backend.standards.zaken.steps import ZAAK
from kcs_desktop.backend.standards.zaken.velden import read_points

_BESIDE = ("expand", "ordering")  # what the body may say as well as the address
MOST = 5000  # zaken in and around an area; who finds more asks for a smaller one
_ALL: Mapping[str, Any] = {**FILTERS, **MORE_FILTERS}
Point = tuple[float, float]


class Question(msgspec.Struct, frozen=True):
    """The question of a body: `filters` and `beside` as query parameters would say them, and the rings of an area."""

    filters: dict[str, str]
    beside: dict[str, str]
    area: Sequence[Sequence[Sequence[Point]]] = ()

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
    if not isinstance(within, Mapping) or read_points(within) is None:
        raise refuse("zaakgeometrie.within", "invalid", "Dit is geen geldige geometrie in EPSG:4326.")
    match within["type"]:
        case "Polygon":
            polygons = [within["coordinates"]]
        case "MultiPolygon":
            polygons = within["coordinates"]
        case _:
            raise refuse("zaakgeometrie.within", "invalid", "Zoek binnen een Polygon of MultiPolygon.")
    return [[[(x, y) for x, y in ring] for ring in polygon] for polygon in polygons]


async def _within(
    session: AsyncSession, area: Sequence[Sequence[Sequence[Point]]], also: Sequence[ColumnElement[bool]]
) -> list[str]:
    """The zaken whose middle lies in the area: first by its bounds, which an index knows, then by its rings."""
    xs, ys = zip(*(point for polygon in area for ring in polygon for point in ring), strict=True)
    query = select(ZAAK.uuid, ZAAK.geometrie_lengte, ZAAK.geometrie_breedte).where(
        ZAAK.geometrie_lengte.between(min(xs), max(xs)), ZAAK.geometrie_breedte.between(min(ys), max(ys)), *also
    )
    rows = (await session.execute(query.limit(MOST + 1))).all()
    if len(rows) > MOST:
        reason = f"In en om dit gebied liggen meer dan {MOST} zaken. Kies een kleiner gebied of voeg een filter toe."
        raise refuse("zaakgeometrie.within", "too-many", reason)
    return [
        row.uuid
        for row in rows
        if any(_in_polygon((row.geometrie_lengte, row.geometrie_breedte), polygon) for polygon in area)
    ]


def _in_polygon(point: Point, rings: Sequence[Sequence[Point]]) -> bool:
    """In the outer ring and in none of the holes: a ray to the east crosses the rings an odd number of times."""
    return sum(_crossings(point, ring) for ring in rings) % 2 == 1


def _crossings(point: Point, ring: Sequence[Point]) -> int:
    x, y = point
    return sum(
        (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True)
    )
