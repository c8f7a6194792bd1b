"""The table of calls in docs/, as what the doubles of registers were asked is looked up in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from tests.doubles.register import Gevraagd
from tests.harness.backend import ROOT

Call = tuple[str, str]  # method and path of the standard, with {} for what names one object
_METHOD = re.compile(r"(GET|POST|PUT|PATCH|DELETE)\b\s*")
_ONE = re.compile(r"\{[^}]*\}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@cache
def documented() -> frozenset[Call]:
    """Every call that a row names. One that makes something may be taken back, as the rows about DELETE say."""
    calls: set[Call] = set()
    for line in (ROOT / "docs" / "calls.md").read_text("utf-8").splitlines():
        if line.startswith("|"):
            calls |= set(_of_row(re.findall(r"`([^`]+)`", line)))
    made = {path for method, path in calls if method == "POST"}
    return frozenset(calls | {("DELETE", f"{path}/{{}}") for path in made})


def undocumented(asked: Iterable[Gevraagd]) -> set[Call]:
    """What was asked of a register and stands in no row."""
    return {(one.method, _template(one.path)) for one in asked} - documented()


def _of_row(spans: list[str]) -> Iterable[Call]:
    """In one row a method alone is that of the next path too, and a path alone has the method before it."""
    waiting: list[str] = []
    method = ""
    for span in spans:
        found = _METHOD.match(span)
        method = found.group(1) if found else method
        path = span[found.end() :] if found else span
        if found and not path:
            waiting.append(method)
        elif method and path.startswith("/"):
            yield from ((how, _template(path)) for how in (*waiting, method))
            waiting = []


def _template(path: str) -> str:
    plain = re.split(r"[?\s]", path)[0]
    return _ONE.sub("{}", re.sub(r"^.*/(api/v\d+|…)", "", plain)).rstrip("/")
