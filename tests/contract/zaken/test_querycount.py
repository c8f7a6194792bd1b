"""A list of zaken with everything behind it takes as many statements for many as for one."""

from __future__ import annotations

import httpx

from tests.contract.klantinteracties.querycount import counted_statements
from tests.contract.zaken import fixtures as f
from tests.contract.zaken.spec import API
from tests.harness.backend import Backend

EXPAND = "zaaktype,status,status.statustype,rollen,rollen.roltype,resultaat,eigenschappen,zaakobjecten"


async def _fill(client: httpx.AsyncClient, types: dict[str, f.Json], amount: int) -> None:
    for _ in range(amount):
        zaak = await f.make_zaak(client, types)
        await f.post(client, "rollen", f.initiator(types, zaak))
        await f.post(client, "rollen", f.behandelaar(types, zaak))
        await f.post(client, "statussen", f.status(types, "statustypen", zaak))
        await f.post(client, "resultaten", {"zaak": zaak["url"], "resultaattype": types["resultaattypen"]["url"]})


async def test_many_zaken_take_no_more_statements_than_one(backend: Backend) -> None:
    client = await f.client_of(backend)
    types = await f.make_types(client)
    counts = []
    for amount in (1, 6):
        await _fill(client, types, amount)
        with counted_statements(backend) as sent:
            answer = await client.get(f"{API}/zaken", params={"expand": EXPAND, "ordering": "-startdatum"})
        assert answer.status_code == 200
        counts.append(len(sent))
    assert answer.json()["count"] == 7
    assert counts[0] == counts[1] <= 32
