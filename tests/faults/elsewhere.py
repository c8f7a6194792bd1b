"""The registers of customers and of zaken at servers of others, which go wrong as a round wants."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.doubles.openklant import OpenKlant, running_open_klant
from tests.doubles.openzaak import OpenZaak, running_open_zaak
from tests.doubles.register import Dubbel

TIMEOUT = 3.0  # seconds that the backend waits for an answer


@dataclass
class Elsewhere:
    """Open Klant and Open Zaak."""

    klanten: OpenKlant
    zaken: OpenZaak

    @property
    def both(self) -> tuple[Dubbel, ...]:
        return self.klanten, self.zaken

    @property
    def settings(self) -> dict[str, str]:
        """Of a backend that has its registers there."""
        made = self.klanten.environment() | self.zaken.environment()
        waits = {name.removesuffix("URL") + "TIMEOUT": str(TIMEOUT) for name in made if name.endswith("_URL")}
        return made | waits

    def heal(self) -> None:
        """Everything goes well from now on."""
        for double in self.both:
            double.draw = lambda _asked: None
            double.is_away, double.delay = False, 0.0


@asynccontextmanager
async def elsewhere(template: Path) -> AsyncIterator[Elsewhere]:
    """Until the block ends, each from a copy of this filled database. They serve from threads of their own."""
    stack = ExitStack()
    try:
        klanten = await asyncio.to_thread(stack.enter_context, running_open_klant(template=template))
        zaken = await asyncio.to_thread(stack.enter_context, running_open_zaak(template=template))
        yield Elsewhere(klanten, zaken)
    finally:
        await asyncio.to_thread(stack.close)
