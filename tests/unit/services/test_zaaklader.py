"""The parts of a zaak where a register fails or refuses, and what of it is kept across sign-ins."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx
import msgspec
import pytest

from kcs_desktop.api.client import Client, Doel
from kcs_desktop.api.kcs import Kcs
from kcs_desktop.domain.contract import CONTRACT, HEADER
from kcs_desktop.domain.errors import SignedOut
from kcs_desktop.domain.klant import Bronstand, Contactregel
from kcs_desktop.domain.sessie import Medewerker, Sessie, Werkplek
from kcs_desktop.domain.zaak import Zaakregel, Zaakverwijzing
from kcs_desktop.domain.zaakbeeld import CONTACTEN, DOCUMENTEN, ZAKEN, Zaakbeeld, Zaakdocument
from kcs_desktop.security.sleutelbos import Geheugenbos
from kcs_desktop.services.inzagen import Inzagen
from kcs_desktop.services.opslag import Opslag
from kcs_desktop.services.zaaklader import ALLES, Zaaklader
from kcs_desktop.services.zaken import ZakenService

NU = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HOST = "http://127.0.0.1:1"
ZAAK = Zaakverwijzing("z1", "Z-1")
RECHTEN = {"zaken": 2, "crm": 2, "dossier": 2}
_MEDEWERKER, _WERKPLEK = Medewerker("jan", "Jan"), Werkplek("balie-1", "Balie 1")
SESSIE = Sessie("s", _MEDEWERKER, _WERKPLEK, ("tic",), RECHTEN, NU)


@dataclass
class Registers:
    """Holds two zaken that are linked and a document; `broken` answers a path that begins so with this status."""

    broken: dict[str, int] = field(default_factory=dict)
    came: asyncio.Event = field(default_factory=asyncio.Event)
    may_answer: asyncio.Event = field(default_factory=asyncio.Event)

    async def answer(self, request: httpx.Request) -> httpx.Response:
        self.came.set()
        await self.may_answer.wait()
        path = request.url.path
        status = next((status for begin, status in self.broken.items() if path.startswith(begin)), 200)
        if status != 200:
            ours = {HEADER: str(CONTRACT)}
            return httpx.Response(status, headers=ours, json={"code": "stuk", "title": "Dat mag niet."})
        if path.startswith("/zaken/api/v1/zaken/"):
            uuid = path.rsplit("/", 1)[-1]
            ander = "z2" if uuid == "z1" else "z1"
            gekoppeld = [{"url": f"{HOST}/zaken/api/v1/zaken/{ander}", "aardRelatie": "vervolg"}]
            zaak = {"uuid": uuid, "identificatie": uuid.upper(), "url": f"{HOST}{path}"}
            return httpx.Response(200, json={**zaak, "relevanteAndereZaken": gekoppeld})
        document = {"url": f"{HOST}/documenten/api/v1/enkelvoudiginformatieobjecten/d1", "titel": "Foto"}
        rows = [document] if path.startswith("/documenten") else []
        return httpx.Response(200, json={"count": len(rows), "results": rows, "next": None})


@pytest.fixture
def registers() -> Registers:
    """Answering from the start."""
    made = Registers()
    made.may_answer.set()
    return made


@pytest.fixture
async def client(registers: Registers) -> AsyncIterator[Client]:
    """Over these registers."""
    made = Client(httpx.MockTransport(registers.answer))
    made.aim(HOST)
    yield made
    await made.close()


async def _loaded(client: Client, beeld: Zaakbeeld) -> Zaakbeeld:
    async for verandering in Zaaklader(client, lambda: NU, SESSIE, Doel()).load(beeld, ALLES):
        beeld = verandering(beeld)
    return beeld


@pytest.mark.parametrize("bekend", [(), (Zaakregel(Zaakverwijzing("z2", "Z-2")),)])
async def test_a_linked_zaak_that_fails_takes_nothing_of_the_zaak_with_it(
    registers: Registers, client: Client, bekend: tuple[Zaakregel, ...]
) -> None:
    registers.broken["/zaken/api/v1/zaken/z2"] = 502
    beeld = await _loaded(client, Zaakbeeld(ZAAK, gekoppeld=bekend))
    assert beeld.zaak is not None
    assert beeld.bron(ZAKEN).stand is Bronstand.KLAAR
    assert beeld.gekoppeld == bekend


@pytest.mark.parametrize("status", [403, 404])
@pytest.mark.parametrize(("path", "bron"), [("/documenten", DOCUMENTEN), ("/klantinteracties", CONTACTEN)])
async def test_a_part_that_is_refused_leaves_the_screen(
    registers: Registers, client: Client, path: str, bron: str, status: int
) -> None:
    oud = Zaakbeeld(
        ZAAK,
        contacten=(Contactregel("c", "Vraag", "balie"),),
        contacten_totaal=1,
        documenten=(Zaakdocument("d", "Brief"),),
    )
    registers.broken[path] = status
    beeld = await _loaded(client, oud)
    assert beeld.bron(bron).stand is Bronstand.NIET_GEVRAAGD
    assert (beeld.contacten if bron == CONTACTEN else beeld.documenten) == ()
    registers.broken[path] = 502
    beeld = await _loaded(client, oud)
    assert beeld.bron(bron).stand is Bronstand.FOUT
    assert (beeld.contacten if bron == CONTACTEN else beeld.documenten) != ()  # what failed stays


@dataclass
class Stoel:
    """Zaken with a store; `sessie` is who is signed in."""

    zaken: ZakenService
    opslag: Opslag
    sessie: Sessie | None = SESSIE

    async def open(self) -> Zaakbeeld:
        return [beeld async for beeld in self.zaken.open(ZAAK)][-1]

    async def kept(self) -> Zaakbeeld | None:
        return await self.opslag.werker.run(self.opslag.cache.read_zaak, ZAAK.uuid)


@pytest.fixture
async def stoel(client: Client, tmp_path: Path) -> AsyncIterator[Stoel]:
    """Signed in as SESSIE."""
    opslag = Opslag(tmp_path, Geheugenbos(), lambda: NU)
    await opslag.open("a")
    failures: list[BaseException] = []
    who: Callable[[], Sessie | None] = lambda: made.sessie  # noqa: E731 -- of the seat that is made next
    inzagen = Inzagen(Kcs(client), opslag, lambda: NU)
    zaken = ZakenService(client, opslag, inzagen, sessie=who, doel=Doel, clock=lambda: NU, on_error=failures.append)
    made = Stoel(zaken, opslag)
    yield made
    await zaken.end()
    await opslag.close()
    assert failures == []


def _signed_in(*rollen: str, **rechten: int) -> Sessie:
    return msgspec.structs.replace(SESSIE, id="ander", rollen=rollen, rechten=rechten)


async def test_what_was_read_in_the_sign_in_of_before_is_not_kept_for_the_next(
    registers: Registers, stoel: Stoel
) -> None:
    registers.may_answer.clear()
    opened = asyncio.create_task(stoel.open())
    await registers.came.wait()
    await stoel.zaken.end()
    stoel.sessie = _signed_in("tic", **RECHTEN)
    registers.may_answer.set()
    await opened
    assert await stoel.kept() is None
    await stoel.open()
    assert await stoel.kept() is not None


async def test_a_sign_in_that_may_see_less_takes_nothing_from_the_store(registers: Registers, stoel: Stoel) -> None:
    ruim = await stoel.open()
    assert ruim.documenten
    await stoel.zaken.end()
    stoel.sessie = _signed_in("tic", zaken=1, crm=1)
    krap = await stoel.open()
    assert krap.documenten == ()
    bewaard = await stoel.kept()
    assert bewaard is not None
    assert bewaard.documenten == ruim.documenten
    assert bewaard.bron(DOCUMENTEN) == ruim.bron(DOCUMENTEN)
    await stoel.zaken.end()
    stoel.sessie = _signed_in("receptie", zaken=1)
    registers.broken["/zaken/api/v1/zaken/z1"] = 403
    assert (await stoel.open()).zaak is None
    assert await stoel.kept() == bewaard


async def test_what_the_register_refuses_leaves_the_store_as_well(registers: Registers, stoel: Stoel) -> None:
    await stoel.open()
    registers.broken["/documenten"] = 403
    await stoel.open()
    bewaard = await stoel.kept()
    assert bewaard is not None
    assert (bewaard.zaak is not None, bewaard.documenten) == (True, ())


async def test_what_the_store_gave_of_before_is_not_shown_in_the_next_sign_in(stoel: Stoel) -> None:
    await stoel.open()
    await stoel.zaken.end()
    held = threading.Event()
    blocked = asyncio.create_task(stoel.opslag.werker.run(held.wait))
    opened = asyncio.create_task(stoel.open())
    await asyncio.sleep(0)  # both stand in line at the store
    stoel.sessie = _signed_in("tic", **RECHTEN)
    held.set()
    await blocked
    with pytest.raises(SignedOut):
        await opened
    assert stoel.zaken.known(ZAAK.uuid) is None


async def test_documents_that_another_role_saw_are_kept_for_that_role(registers: Registers, stoel: Stoel) -> None:
    await stoel.open()
    await stoel.zaken.end()
    stoel.sessie = _signed_in("receptie", zaken=1)
    await stoel.open()
    bewaard = await stoel.kept()
    assert bewaard is not None
    assert bewaard.documenten
    assert bewaard.rollen == ("tic",)
    registers.broken["/"] = 502
    await stoel.zaken.end()
    stoel.sessie = _signed_in("receptie", zaken=1, dossier=1)
    assert (await stoel.open()).documenten == ()
