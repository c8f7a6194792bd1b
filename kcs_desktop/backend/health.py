"""`GET /health`: whether it can work, per part, the version, and which registers are embedded or upstream.

Open to all, so nothing more. 503 where it cannot serve: without writing there is no sign-in, no command, and no look
at a customer either, for each is noted first.
"""

from __future__ import annotations

import msgspec
from litestar import Router, get
from sqlalchemy import text

from kcs_desktop import __version__
from kcs_desktop.backend.accounts.poort import OPENBAAR
from kcs_desktop.backend.db.schrijfstand import Schrijfstand, Schrijven
from kcs_desktop.backend.gateway.instellingen import REGISTERS
from kcs_desktop.backend.kern import Kern
from kcs_desktop.backend.problem import HttpProblem


class Health(msgspec.Struct, frozen=True):
    """`status` is `ok` or `let-op`. `delen` says of lezen and schrijven: `ok`, `krap` (little room) or `niet`.

    `registers` maps each register to `embedded` or `upstream`.
    """

    status: str
    version: str
    database: str
    delen: dict[str, str]
    registers: dict[str, str]


def router(kern: Kern) -> Router:
    """Mount /health."""
    states = {naam: "upstream" if kern.settings.register(naam).url else "embedded" for naam in REGISTERS}
    schrijfstand = Schrijfstand(kern.db)

    @get("/health", opt={OPENBAAR: True})
    async def health() -> Health:
        try:
            async with kern.db.read() as session:
                await session.execute(text("SELECT version_num FROM alembic_version"))
        except Exception as error:
            delen = {"lezen": "niet", "schrijven": "niet"}
            raise HttpProblem(503, "database-onbereikbaar", "De database antwoordt niet.", delen=delen) from error
        schrijven = await schrijfstand.now()
        delen = {"lezen": "ok", "schrijven": schrijven.value}
        if schrijven is Schrijven.NIET:
            detail = "De schijf is vol of alleen-lezen. Wat bewaard is, blijft bewaard. Waarschuw de beheerder."
            raise HttpProblem(503, "database-schrijft-niet", "De database kan niets bewaren.", detail, delen=delen)
        status = "ok" if schrijven is Schrijven.OK else "let-op"
        return Health(status, __version__, kern.db.dialect, delen, states)

    return Router("/", route_handlers=[health], include_in_schema=False)
