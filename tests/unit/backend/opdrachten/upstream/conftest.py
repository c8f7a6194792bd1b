"""Commands to a klantregister upstream that fails on demand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kcs_desktop.backend.app import hooks
from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.gateway.schrijven.register import UpstreamRegister
from kcs_desktop.backend.gateway.schrijven.sleutels import KLANTINTERACTIES
from kcs_desktop.backend.opdrachten.claim import release_all
from kcs_desktop.backend.opdrachten.router import HANDLERS
from kcs_desktop.backend.opdrachten.uitvoering import Uitvoerder
from kcs_desktop.backend.principal import Principal, Verzoek
from kcs_desktop.backend.problem import HttpProblem
from kcs_desktop.backend.standards.klantinteracties.register import EmbeddedKlantinteracties
from kcs_desktop.backend.standards.klantinteracties.registry import RESOURCES
from kcs_desktop.domain.opdracht import Opdracht, Uitkomst, Uitkomststand
from kcs_desktop.domain.rechten import Recht
from tests.doubles.haperend_register import Gedood, HaperendRegister, haperend_register
from tests.harness.klok import Klok

RECHTEN = {"crm": Recht.WIJZIGEN, "terugbelnotities": Recht.WIJZIGEN, "zaken": Recht.WIJZIGEN}
MIENA = Principal("a1", "miena", "medewerker", RECHTEN, ("tic",), "balie-1", "s1", "Miena Smit")
KEES = Principal("a2", "kees", "medewerker", RECHTEN, ("tic",), "balie-2", "s2", "Kees Bos")
SOORTEN = {naam: (resource.soort, resource.functie) for naam, resource in RESOURCES.items()}


class Werkplaats:
    """A backend without its face: commands go in, the register is seen from both sides."""

    def __init__(self, db: Database, klok: Klok, register: HaperendRegister) -> None:
        self.db = db
        self.klok = klok
        self.register = register

    def worker(self) -> Uitvoerder:
        """One more process of the backend."""
        upstream = {"klantinteracties": UpstreamRegister(self.register, KLANTINTERACTIES, SOORTEN)}
        return Uitvoerder(self.db, EmbeddedKlantinteracties(), HANDLERS, upstream=upstream)

    async def give(self, body: dict[str, Any], wie: Principal = MIENA) -> Uitkomst:
        """Once, by a worker of its own."""
        return (await self.worker().execute(msgspec.convert(body, Opdracht), Verzoek(wie, "", "r1"), "Contact"))[1]

    async def until_done(self, body: dict[str, Any], wie: Principal = MIENA) -> Uitkomst:
        """As a seat does: again under the same id until there is an outcome, while servers die and come back."""
        for _ in range(8):
            try:
                uitkomst = await self.give(body, wie)
            except HttpProblem as problem:
                if problem.status < 500:
                    raise
                if problem.code in {"register-bezig", "opdracht-wacht"}:
                    await self.register.catch_up()
                    self.klok.advance(30)
            except Gedood:
                await release_all(self.db)  # the server starts again
            else:
                if uitkomst.stand is not Uitkomststand.BEZIG:
                    return uitkomst
        raise AssertionError("no outcome")


@pytest.fixture
async def werkplaats(db: Database, klok: Klok, sqlite_template: Path, tmp_path: Path) -> AsyncIterator[Werkplaats]:
    db.before_commit = hooks()
    folder = tmp_path / "elders"
    folder.mkdir()
    async with haperend_register(sqlite_template, folder, klok) as register:
        yield Werkplaats(db, klok, register)
