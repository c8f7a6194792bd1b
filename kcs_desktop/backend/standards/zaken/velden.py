"""Fields that only the Zaken API has: geometries, and objects that are given back as they came."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

from kcs_desktop.backend.standards.objecten.fields import Parsed, Value, check_text
from kcs_desktop.backend.standards.objecten.groups import NOT_AN_OBJECT

_GEO = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}
_MOST_POINTS = 5000
_MOST_PARTS = 100
_RING = 4


class FreeObject(Value, frozen=True, kw_only=True):
    """An object that we give back as it came, within bounds: nobody searches it by its parts."""

    maximum: int = 20_000  # characters of its texts, keys included

    def accept(self, value: Any, path: str, parsed: Parsed) -> Any:
        if not isinstance(value, Mapping):
            parsed.wrong(path, "invalid", NOT_AN_OBJECT)
        elif _text_in(value, 0) > self.maximum:
            parsed.wrong(path, "max_length", "Dit object is te groot of bevat tekens die niet bewaard kunnen worden.")
        else:
            return dict(value)
        return None


class Geometry(Value, frozen=True, kw_only=True):
    """A GeoJSON geometry in degrees (EPSG:4326); its middle goes into two columns, by which zaken are found."""

    def read_null(self, path: str, parsed: Parsed) -> None:
        parsed.values |= {self.column: None, "geometrie_lengte": None, "geometrie_breedte": None}

    def accept(self, value: Any, path: str, parsed: Parsed) -> Any:
        points = read_points(value)
        if points is None:
            parsed.wrong(path, "invalid", "Dit is geen geldige geometrie in EPSG:4326.")
            return None
        parsed.values["geometrie_lengte"] = sum(x for x, _y in points) / len(points)
        parsed.values["geometrie_breedte"] = sum(y for _x, y in points) / len(points)
        return dict(value)


def read_points(value: Any) -> list[tuple[float, float]] | None:
    """Every point of a GeoJSON geometry, or None for what is none."""
    if not isinstance(value, Mapping):
        return None
    if value.get("type") == "GeometryCollection":
        parts = value.get("geometries")
        if not isinstance(parts, list) or not 0 < len(parts) <= _MOST_PARTS:
            return None
        found: list[tuple[float, float]] = []
        for part in parts:
            if not isinstance(part, Mapping) or part.get("type") == "GeometryCollection":
                return None
            points = read_points(part)
            if points is None:
                return None
            found.extend(points)
        return found
    kind = value.get("type")
    depth = _GEO.get(kind) if isinstance(kind, str) else None
    if depth is None:
        return None
    made: list[tuple[float, float]] = []
    coordinates: Any = value.get("coordinates")
    if not _collect(coordinates, depth, made) or not made:
        return None
    if kind == "Polygon":
        return made if _are_rings(coordinates) else None
    if kind == "MultiPolygon":
        return made if all(_are_rings(polygon) for polygon in coordinates) else None
    return made


def _are_rings(polygon: list[Any]) -> bool:
    """An outer ring and perhaps holes, each closed and so of four points or more, as GeoJSON has it."""
    return bool(polygon) and all(len(ring) >= _RING and ring[0] == ring[-1] for ring in polygon)


def _collect(node: Any, depth: int, points: list[tuple[float, float]]) -> bool:
    if not isinstance(node, list) or len(points) > _MOST_POINTS:
        return False
    if depth:
        return all(_collect(item, depth - 1, points) for item in node)
    if len(node) != 2 or not all(isinstance(n, int | float) and not isinstance(n, bool) for n in node):
        return False
    x, y = node
    if not (-180 <= x <= 180 and -90 <= y <= 90 and isfinite(x) and isfinite(y)):
        return False
    points.append((float(x), float(y)))
    return True


def _text_in(node: Any, depth: int) -> int:
    """How many characters; more than anybody allows for what cannot be kept."""
    if depth > 8:
        return 10**9
    if isinstance(node, str):
        return len(node) if check_text(node) else 10**9
    if isinstance(node, Mapping):
        return sum(_text_in(key, depth) + _text_in(item, depth + 1) for key, item in node.items())
    if isinstance(node, list):
        return sum(_text_in(item, depth + 1) for item in node) + len(node)
    return 20
