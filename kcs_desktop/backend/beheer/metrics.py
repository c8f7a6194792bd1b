"""`GET /metrics` in Prometheus' text format: how busy, how far, how healthy; never who or about whom.

Counters of requests and streams are of the worker that answers, and bear its name; the rest is of the deployment.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from ipaddress import ip_address, ip_network
from time import monotonic
from typing import Any

from litestar import Request, Response, Router, get
from sqlalchemy import func, select

from kcs_desktop import __version__
from kcs_desktop.backend.accounts.poort import OPENBAAR
from kcs_desktop.backend.audit.chain import unsealed
from kcs_desktop.backend.beheer.meting import Meting
from kcs_desktop.backend.feed.hub import FeedHub
from kcs_desktop.backend.feed.tables import FeedStand
from kcs_desktop.backend.kern import Kern
from kcs_desktop.backend.opdrachten.tables import OpdrachtRow
from kcs_desktop.backend.problem import HttpProblem
from kcs_desktop.backend.settings import Settings, is_loopback_host
from kcs_desktop.backend.verzoek import refuse_unknown_parameters
from kcs_desktop.domain.opdracht import Uitkomststand

MEDIA_TYPE = "text/plain; version=0.0.4"


def router(kern: Kern, hub: FeedHub, meting: Meting) -> Router:
    """Mount /metrics, for this computer and the addresses in the settings."""
    began = monotonic()
    worker = str(os.getpid())

    @get("/metrics", opt={OPENBAAR: True}, media_type=MEDIA_TYPE)
    async def metrics(request: Request[Any, Any, Any]) -> Response[str]:
        if not may_ask(kern.settings, request.client.host if request.client else ""):
            raise HttpProblem(
                403, "geen-toegang", "Geen toegang.", "Dit adres staat niet in de instelling KCS_METRICS_VAN."
            )
        refuse_unknown_parameters(request, ())
        lines = [
            *_gauge("kcs_info", "The version that runs.", {f'version="{__version__}"': 1}),
            *_gauge("kcs_uptime_seconds", "Since this worker started.", {_of(worker): round(monotonic() - began, 3)}),
            *_gauge("kcs_feed_streams", "Open streams of this worker.", {_of(worker): hub.streams}),
            *await _of_the_deployment(kern),
            *meting.lines(worker),
        ]
        return Response("\n".join(lines) + "\n", media_type=MEDIA_TYPE)

    return Router("/", route_handlers=[metrics], include_in_schema=False)


def may_ask(settings: Settings, address: str) -> bool:
    """Whether a caller at this address may read the figures."""
    if is_loopback_host(address):
        return True
    try:
        asked = ip_address(address)
    except ValueError:
        return False
    allowed = (part.strip() for part in settings.metrics_van.split(",") if part.strip())
    return any(asked in ip_network(part, strict=False) for part in allowed)


async def _of_the_deployment(kern: Kern) -> list[str]:
    async with kern.db.read() as session:
        highest = await session.scalar(select(FeedStand.hoogste))
        counted = await session.execute(select(OpdrachtRow.stand, func.count()).group_by(OpdrachtRow.stand))
        standen = {stand.value: 0 for stand in Uitkomststand} | {row.stand: row[1] for row in counted}
    return [
        *_gauge("kcs_feed_high_water", "The number of the newest change.", {"": highest or 0}),
        *_gauge(
            "kcs_opdrachten",
            "Kept commands by how they stand.",
            {f'stand="{s}"': n for s, n in sorted(standen.items())},
        ),
        *_gauge("kcs_audit_unsealed", "Audit lines that wait for the sealer.", {"": await unsealed(kern.db)}),
    ]


def _gauge(name: str, meaning: str, values: dict[str, float]) -> Iterator[str]:
    yield f"# HELP {name} {meaning}"
    yield f"# TYPE {name} gauge"
    for labels, value in values.items():
        yield f"{name}{{{labels}}} {value}" if labels else f"{name} {value}"


def _of(worker: str) -> str:
    return f'worker="{worker}"'
