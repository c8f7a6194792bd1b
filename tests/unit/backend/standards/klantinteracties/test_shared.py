"""One reading for all who ask the same while nothing changed, and never an older one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from kcs_desktop.backend.standards.objecten.shared import MOST, Shared
from kcs_desktop.domain.errors import NotFound
from kcs_desktop.domain.rechten import Recht
from tests.harness.backend import Backend
from tests.unit.backend.opdrachten.bouwen import URL, contact, persoon

ROOT = "/klantinteracties/api/v1"


class Register:
    """Counts how often it is read; `go` lets the readings end."""

    def __init__(self) -> None:
        self.read_count = 0
        self.go = asyncio.Event()
        self.error: Exception | None = None

    async def read(self) -> int:
        self.read_count += 1
        number = self.read_count
        await self.go.wait()
        if self.error is not None:
            raise self.error
        return number


@pytest.fixture
async def register() -> AsyncIterator[Register]:
    made = Register()
    yield made
    made.go.set()


async def test_who_asks_the_same_of_the_same_state_shares_one_reading(register: Register) -> None:
    shared: Shared[int] = Shared()
    asking = [asyncio.create_task(shared.read(("e", 4), "a", register.read)) for _ in range(5)]
    other = asyncio.create_task(shared.read(("e", 4), "b", register.read))
    await asyncio.sleep(0)
    register.go.set()
    assert await asyncio.gather(*asking) == [1] * 5
    assert await other == 2
    assert await shared.read(("e", 4), "a", register.read) == 1


async def test_after_a_change_everything_is_read_again_also_what_is_under_way(register: Register) -> None:
    shared: Shared[int] = Shared()
    before = asyncio.create_task(shared.read(("e", 4), "a", register.read))
    await asyncio.sleep(0)
    after = asyncio.create_task(shared.read(("e", 5), "a", register.read))
    await asyncio.sleep(0)
    register.go.set()
    assert list(await asyncio.gather(before, after)) == [1, 2]
    assert await shared.read(("restored", 5), "a", register.read) == 3


async def test_nothing_is_shared_where_the_state_is_not_known(register: Register) -> None:
    shared: Shared[int] = Shared()
    register.go.set()
    assert [await shared.read(None, "a", register.read) for _ in range(2)] == [1, 2]


async def test_a_failure_is_told_to_all_who_wait_and_not_kept(register: Register) -> None:
    shared: Shared[int] = Shared()
    register.error = NotFound("weg")
    asking = [asyncio.create_task(shared.read(("e", 4), "a", register.read)) for _ in range(2)]
    await asyncio.sleep(0)
    register.go.set()
    told = await asyncio.gather(*asking, return_exceptions=True)
    assert [type(one) for one in told] == [NotFound] * 2
    register.error = None
    assert await shared.read(("e", 4), "a", register.read) == 2


async def test_who_stops_waiting_ends_nothing_for_the_others(register: Register) -> None:
    shared: Shared[int] = Shared()
    first, second = (asyncio.create_task(shared.read(("e", 4), "a", register.read)) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    await asyncio.sleep(0)
    register.go.set()
    assert await second == 1


async def test_it_holds_no_more_than_so_many_answers(register: Register) -> None:
    shared: Shared[int] = Shared()
    register.go.set()
    for key in range(MOST + 1):
        await shared.read(("e", 4), key, register.read)
    assert await shared.read(("e", 4), 0, register.read) == MOST + 2


async def test_each_colleague_who_looks_is_in_the_audit_trail_and_sees_the_newest(backend: Backend) -> None:
    colleagues = [await backend.client_for("tic", naam=naam) for naam in ("An", "Bo", "Cor")]
    made = await colleagues[0].post(URL, json=contact(backend.klok(), klant=persoon()))
    address = f"{ROOT}/klantcontacten/{made.json()['resultaat']['klantcontacten'][0]}"
    answers = await asyncio.gather(*(colleague.get(address) for colleague in colleagues))
    assert [answer.status_code for answer in answers] == [200] * 3
    website = await backend.application(crm=Recht.WIJZIGEN)  # an application's write, unknown to the colleagues
    changed = await website.patch(address, json={"onderwerp": "Verbeterd"})
    assert changed.status_code == 200, changed.text
    answers = await asyncio.gather(*(colleague.get(address) for colleague in colleagues))
    assert [answer.json()["onderwerp"] for answer in answers] == ["Verbeterd"] * 3
    no_right = await backend.client_for("auditor", naam="Dirk")
    assert (await no_right.get(address)).status_code == 403
    trail = await no_right.post("/kcs/api/v1/audit/zoeken", json={"soort": "bsn", "waarde": "999990019"})
    looks = [line["medewerker"] for line in trail.json()["regels"] if line["handeling"] == "geraadpleegd"]
    assert sorted(looks) == ["An", "An", "Bo", "Bo", "Cor", "Cor"]
