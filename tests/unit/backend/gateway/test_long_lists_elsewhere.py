"""A long list upstream of which nothing may be seen: how far it is read, and how many questions that takes."""

from __future__ import annotations

from typing import Any

import pytest

from kcs_desktop.backend.gateway.zeef import MOST, MOST_ASKED
from tests.doubles.upstream import Gevraagd, Upstream
from tests.harness.backend import BASE, Backend
from tests.unit.backend.gateway.test_zgw_reading import ZAKEN, client_of

DOCUMENTEN = "/documenten/api/v1/enkelvoudiginformatieobjecten"
PAGE = 100


def uuid_of(number: int) -> str:
    return f"0192d3a4-0000-7000-8000-{number:012d}"


class Server:
    """Without end, and all of it closed: each rol is in a zaak of its own, unless those of one zaak are asked."""

    def __init__(self, upstream: Upstream) -> None:
        self.zaken_asked = 0
        self._double = upstream
        upstream.on_asked = self.answer

    def _row(self, register: str, resource: str, number: int, zaak: str = "") -> dict[str, Any]:
        base = self._double.url
        row: dict[str, Any] = {"url": f"{base}/{register}/{resource}/{uuid_of(number)}"}
        row |= {"zaak": zaak or f"{base}/zaken/zaken/{uuid_of(number)}", "zaaktype": f"{base}/catalogi/zaaktypen/1"}
        return row | {"vertrouwelijkheidaanduiding": "geheim", "rollen": []}

    async def answer(self, asked: Gevraagd) -> None:
        _, _, register, resource, *uuid = asked.path.split("/")
        page, zaak = int(asked.query.get("page", "1")), asked.query.get("zaak", "")
        if uuid:
            self.zaken_asked += 1
            self._double.ok(self._row(register, resource, int(uuid[0].rpartition("-")[2])))
        elif resource == "catalogussen":
            self._double.ok({"count": 0, "results": []})
        else:
            rows = [self._row(register, resource, (page - 1) * PAGE + place, zaak) for place in range(PAGE)]
            more = f"{self._double.url}/{register}/{resource}?page={page + 1}"
            self._double.ok({"count": 10**6, "next": more, "results": rows})


@pytest.fixture
def server(upstream: Upstream) -> Server:
    return Server(upstream)


async def test_parts_of_ever_another_zaak_are_not_gone_through_to_the_end(zgw_gateway: Backend, server: Server) -> None:
    answer = await (await client_of(zgw_gateway)).get(f"{ZAKEN}/rollen")
    assert (answer.status_code, answer.json()["invalidParams"][0]["code"]) == (400, "too-many")
    assert server.zaken_asked == MOST_ASKED


@pytest.mark.parametrize(
    ("path", "filter_"), [(f"{ZAKEN}/rollen", "zaak"), (DOCUMENTEN, "objectinformatieobjecten__object")]
)
async def test_what_is_asked_by_its_zaak_is_gone_through_further(
    zgw_gateway: Backend, upstream: Upstream, server: Server, path: str, filter_: str
) -> None:
    """It is no question per row."""
    client = await client_of(zgw_gateway)
    answer = await client.get(path, params={filter_: f"{BASE}{ZAKEN}/zaken/{uuid_of(7)}"})
    lists = [one for one in upstream.asked if path.rpartition("/")[2] in one.path]
    assert (answer.status_code, len(lists)) == (400, MOST // PAGE)
