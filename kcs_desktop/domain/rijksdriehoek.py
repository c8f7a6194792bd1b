"""From metres of the Rijksdriehoek (EPSG:28992), in which Dutch registers write a point, to degrees (WGS 84).

The approximation of Schreutelkamp and Strang van Hees: within a metre anywhere in the Netherlands.
"""

from __future__ import annotations

_X0, _Y0 = 155_000.0, 463_000.0  # Amersfoort
_LAT0, _LON0 = 52.15517440, 5.38720621
# Seconds of arc per power of dx and of dy, both in units of 100 km.
_LAT = (
    (0, 1, 3235.65389), (2, 0, -32.58297), (0, 2, -0.24750), (2, 1, -0.84978), (0, 3, -0.06550), (2, 2, -0.01709),
    (1, 0, -0.00738), (4, 0, 0.00530), (2, 3, -0.00039), (4, 1, 0.00033), (1, 1, -0.00012),
)  # fmt: skip
_LON = (
    (1, 0, 5260.52916), (1, 1, 105.94684), (1, 2, 2.45656), (3, 0, -0.81885), (1, 3, 0.05594), (3, 1, -0.05607),
    (0, 1, 0.01199), (3, 2, -0.00256), (1, 4, 0.00128), (0, 2, 0.00022), (2, 0, -0.00022), (5, 0, 0.00026),
)  # fmt: skip


def to_degrees(x: float, y: float) -> tuple[float, float] | None:
    """Longitude and latitude, to some centimetres; None for what lies outside the grid."""
    if not (-10_000 <= x <= 300_000 and 290_000 <= y <= 640_000):
        return None
    dx, dy = (x - _X0) / 100_000, (y - _Y0) / 100_000
    lon = _LON0 + sum(factor * dx**p * dy**q for p, q, factor in _LON) / 3600
    lat = _LAT0 + sum(factor * dx**p * dy**q for p, q, factor in _LAT) / 3600
    return round(lon, 7), round(lat, 7)
