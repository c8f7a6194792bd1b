"""Counts the requests of this process: per route template, method and status, with how long until the answer began.

Only templates and fixed words become labels, so that no number, name or query ever does.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from time import perf_counter

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
OTHER = "anders"
_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})


class _Histogram:
    """Durations of one route and method."""

    __slots__ = ("buckets", "total")

    def __init__(self) -> None:
        self.buckets = [0] * (len(BOUNDS) + 1)
        self.total = 0.0


class Meting:
    """The counters; wrapped around the application with `around`."""

    def __init__(self) -> None:
        self._answers: dict[tuple[str, str, int], int] = {}
        self._durations: dict[tuple[str, str], _Histogram] = {}

    def around(self, app: ASGIApp) -> ASGIApp:
        """The application, measured. A stream counts when it begins."""

        async def measured(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != ScopeType.HTTP:
                await app(scope, receive, send)
                return
            began = perf_counter()

            async def noting(message: Message) -> None:
                if message["type"] == "http.response.start":
                    self.note(scope, int(message["status"]), perf_counter() - began)
                await send(message)

            await app(scope, receive, noting)

        return measured

    def note(self, scope: Scope, status: int, seconds: float) -> None:
        """One answer. An address that is no route of ours is counted under one name."""
        route = scope.get("path_template") or OTHER
        given = str(scope.get("method"))
        method = given if given in _METHODS else OTHER
        key = (route, method, status)
        self._answers[key] = self._answers.get(key, 0) + 1
        histogram = self._durations.setdefault((route, method), _Histogram())
        histogram.buckets[bisect_left(BOUNDS, seconds)] += 1
        histogram.total += seconds

    def lines(self, worker: str) -> Iterator[str]:
        """In Prometheus' text format, every line under the name of this process."""
        yield "# HELP kcs_requests_total Answered requests."
        yield "# TYPE kcs_requests_total counter"
        for (route, method, status), count in sorted(self._answers.items()):
            yield f'kcs_requests_total{{worker="{worker}",route="{route}",method="{method}",status="{status}"}} {count}'
        yield "# HELP kcs_request_duration_seconds Time until the answer began."
        yield "# TYPE kcs_request_duration_seconds histogram"
        for (route, method), histogram in sorted(self._durations.items()):
            labels = f'worker="{worker}",route="{route}",method="{method}"'
            count = 0
            for bound, here in zip((*map(str, BOUNDS), "+Inf"), histogram.buckets, strict=True):
                count += here
                yield f'kcs_request_duration_seconds_bucket{{{labels},le="{bound}"}} {count}'
            yield f"kcs_request_duration_seconds_sum{{{labels}}} {histogram.total:.6f}"
            yield f"kcs_request_duration_seconds_count{{{labels}}} {count}"
