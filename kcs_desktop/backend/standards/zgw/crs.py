"""`Accept-Crs` and `Content-Crs`: resources with geometries know one system of co-ordinates and want to hear it."""

from __future__ import annotations

from kcs_desktop.backend.problem import HttpProblem
from kcs_desktop.backend.standards.objecten.requests import AnyRequest

CRS = "EPSG:4326"
HEADERS = {"Content-Crs": CRS}
_BODIES = frozenset({"POST", "PUT", "PATCH"})


def check_crs(request: AnyRequest) -> None:
    """412 where a header is missing, 406 where it names another system. Deleting needs neither."""
    if request.method == "DELETE":
        return
    wanted = ("Accept-Crs", "Content-Crs") if request.method in _BODIES else ("Accept-Crs",)
    for name in wanted:
        given = request.headers.get(name)
        if given is None:
            detail = f"De header {name} ontbreekt. Stuur {name}: {CRS}."
            raise HttpProblem(412, "precondition-failed", "Er ontbreekt een header.", detail)
        if given != CRS:
            detail = f"Alleen {CRS} wordt ondersteund in de header {name}."
            raise HttpProblem(406, "not-acceptable", "Dit coördinatenstelsel wordt niet ondersteund.", detail)
