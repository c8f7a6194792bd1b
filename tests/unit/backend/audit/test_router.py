"""Only the auditor asks who looked, and a refused question is itself in the trail."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from kcs_desktop.backend.audit.regel import Auditregel
from kcs_desktop.backend.audit.vraag import PAGE
from kcs_desktop.backend.principal import Principal
from kcs_desktop.domain.rechten import Recht, default_rechtentabel
from tests.harness.backend import Backend

URL = "/kcs/api/v1/audit/zoeken"
BSN = "999990019"
ROLLEN = default_rechtentabel().rollen
AUDITORS = [rol for rol in ROLLEN if default_rechtentabel().rechten([rol]).get("audit", Recht.GEEN) > Recht.GEEN]
KIJKER = Principal("a1", "kees", "medewerker", {}, ("tic",), "balie-1", "s1", "Kees")


async def look(backend: Backend, times: int) -> None:
    async with backend.db.write() as unit:
        for _ in range(times):
            unit.audit(Auditregel(KIJKER, "geraadpleegd", "bsn", BSN, "Burgerzaken", bron="brp"))


async def ask(backend: Backend, **fields: Any) -> Any:
    client = await backend.client_for(AUDITORS[0])
    answer = await client.post(URL, json={"soort": "bsn", "waarde": BSN, **fields})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_there_is_one_auditor_role() -> None:
    assert len(AUDITORS) == 1


@pytest.mark.parametrize("rol", [rol for rol in ROLLEN if rol not in AUDITORS])
async def test_every_other_role_is_refused_and_noted(backend: Backend, rol: str) -> None:
    client = await backend.client_for(rol)
    refused = await client.post(URL, json={"soort": "bsn", "waarde": BSN})
    assert refused.status_code == 403
    assert "regels" not in refused.json()
    [line] = (await ask(backend))["regels"]
    assert (line["handeling"], line["gelukt"], line["rollen"]) == ("spoor ingezien", False, [rol])


async def test_pages_hold_every_line_once(backend: Backend) -> None:
    await look(backend, PAGE + 5)
    first, second = await ask(backend), await ask(backend, pagina=2)
    assert (first["aantal"], first["paginas"], len(first["regels"])) == (PAGE + 5, 2, PAGE)
    # The first question is itself a look at this subject: it is the newest line of the second answer.
    assert (second["aantal"], len(second["regels"])) == (PAGE + 6, 6)
    assert {line["doelbinding"] for line in second["regels"]} == {"Burgerzaken"}


async def test_a_range_includes_its_begin_and_not_its_end(backend: Backend) -> None:
    begin = backend.klok()
    await look(backend, 1)
    later = backend.klok.advance(hours=1)
    await look(backend, 2)
    assert (await ask(backend, van=begin.isoformat(), tot=later.isoformat()))["aantal"] == 1
    until = (later + timedelta(microseconds=1)).isoformat()
    assert (await ask(backend, van=later.isoformat(), tot=later.isoformat()))["aantal"] == 0
    assert (await ask(backend, van=begin.isoformat(), tot=until))["aantal"] >= 3
