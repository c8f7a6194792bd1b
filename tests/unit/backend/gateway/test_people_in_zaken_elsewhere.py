"""Who stands in a zaak upstream is in the audit trail, also where the server does not tell it with the zaak."""

from __future__ import annotations

from typing import Any

import pytest

from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.gateway.uitbreiden import MOST
from tests.doubles.upstream import Gevraagd, Upstream
from tests.harness.backend import Backend
from tests.unit.backend.gateway.test_zgw_reading import ZAKEN, audited, client_of

AANTAL, PER_ZAAK = 100, MOST // 100 + 1  # on one page more rollen than are read one by one
IDS = [f"0192d3a4-0000-7000-8000-{number:012d}" for number in range(AANTAL)]


def bsn_of(zaak: int, rol: int) -> str:
    return f"9{zaak * PER_ZAAK + rol:08d}"


class Server:
    """A server with a page of zaken. `expand` is what it does where that is asked."""

    def __init__(self, upstream: Upstream) -> None:
        self.expand = "ignored"
        self.tells_rollen = True
        self._double = upstream
        upstream.on_asked = self.answer

    def rol(self, zaak: int, rol: int) -> dict[str, Any]:
        return {
            "url": f"{self._double.url}/zaken/rollen/{zaak}-{rol}",
            "betrokkeneIdentificatie": {"inpBsn": bsn_of(zaak, rol)},
        }

    def zaak(self, number: int) -> dict[str, Any]:
        base = self._double.url
        zaak: dict[str, Any] = {"url": f"{base}/zaken/zaken/{IDS[number]}", "zaaktype": f"{base}/catalogi/zaaktypen/1"}
        rollen = [self.rol(number, rol) for rol in range(PER_ZAAK)]
        zaak |= {"vertrouwelijkheidaanduiding": "openbaar", "rollen": [rol["url"] for rol in rollen]}
        if self.expand == "incomplete":
            zaak["_expand"] = {"rollen": rollen[:-1]}
        return zaak

    async def answer(self, asked: Gevraagd) -> None:
        resource, _, uuid = asked.path.removeprefix("/basis/zaken/").partition("/")
        query = asked.query
        if "expand" in query and self.expand == "error":
            self._double.ok({"code": "error", "title": "x", "status": 500}, 500)
        elif resource == "rollen" and not self.tells_rollen:
            self._double.ok({"code": "invalid", "title": "x", "status": 400}, 400)
        elif resource == "rollen" and not uuid:
            zaak = IDS.index(query["zaak"].rpartition("/")[2])
            page = int(query.get("page", "1"))  # one rol on each
            more = f"{self._double.url}/zaken/rollen?page={page + 1}" if page < PER_ZAAK else None
            self._double.ok({"count": PER_ZAAK, "next": more, "results": [self.rol(zaak, page - 1)]})
        elif resource == "rollen":
            zaak, rol = map(int, uuid.split("-"))
            self._double.ok(self.rol(zaak, rol))
        elif uuid:
            self._double.ok(self.zaak(IDS.index(uuid)))
        else:
            self._double.ok({"count": AANTAL, "next": None, "results": [self.zaak(one) for one in range(AANTAL)]})


@pytest.fixture
def server(upstream: Upstream) -> Server:
    return Server(upstream)


async def seen_of(db: Database) -> str:
    """The keys of the last outcome."""
    return [line[5] for line in await audited(db) if line[0] == "uitkomst"][-1]


@pytest.mark.parametrize("expand", ["ignored", "incomplete", "error"])
async def test_everyone_in_the_zaken_of_an_answer_is_noted(zgw_gateway: Backend, server: Server, expand: str) -> None:
    server.expand = expand
    client = await client_of(zgw_gateway)
    assert (await client.get(f"{ZAKEN}/zaken/{IDS[7]}")).status_code == 200
    seen = await seen_of(zgw_gateway.db)
    assert all(bsn_of(7, rol) in seen for rol in range(PER_ZAAK))
    assert len((await client.get(f"{ZAKEN}/zaken")).json()["results"]) == AANTAL
    seen = await seen_of(zgw_gateway.db)
    assert all(bsn_of(zaak, rol) in seen for zaak in range(AANTAL) for rol in range(PER_ZAAK))


@pytest.mark.parametrize("asked", [f"{ZAKEN}/zaken/{IDS[0]}", f"{ZAKEN}/zaken"])
async def test_without_its_rollen_no_zaak_leaves(zgw_gateway: Backend, server: Server, asked: str) -> None:
    server.tells_rollen = False
    answer = await (await client_of(zgw_gateway)).get(asked)
    assert (answer.status_code, answer.json()["code"]) == (502, "register-fout")
