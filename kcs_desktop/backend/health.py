"""`GET /health`: alive, the version, which registers are embedded or upstream. Open to all, so nothing more."""

from __future__ import annotations

import msgspec
from litestar import Router, get
from sqlalchemy import text

from kcs_desktop import __version__
from kcs_desktop.backend.accounts.poort import OPENBAAR
from kcs_desktop.backend.kern import Kern
from kcs_desktop.backend.problem import HttpProblem
from kcs_desktop.backend.settings import REGISTERS


class Health(msgspec.Struct, frozen=True):
    """`registers` maps each register to `embedded` or `upstream`."""

    status: str
    version: str
    database: str
    registers: dict[str, str]


def router(kern: Kern) -> Router:
    """Mount /health."""
    states = {naam: "upstream" if kern.settings.register(naam).url else "embedded" for naam in REGISTERS}

    @get("/health", opt={OPENBAAR: True})
    async def health() -> Health:
        try:
            async with kern.db.read() as session:
                await session.execute(text("SELECT 1"))
        except Exception as error:
            raise HttpProblem(503, "database-onbereikbaar", "De database antwoordt niet.") from error
        return Health("ok", __version__, kern.db.dialect, states)

    return Router("/", route_handlers=[health], include_in_schema=False)
