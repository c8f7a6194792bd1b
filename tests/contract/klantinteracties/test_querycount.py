"""A page costs the same number of statements, whether it holds one object or hundreds."""

from __future__ import annotations

from sqlalchemy import insert, select

from kcs_desktop.backend.audit.tables import AuditregelRow, Auditsleutel
from kcs_desktop.backend.standards.klantinteracties.tables import Partij, PartijIdentificator
from kcs_desktop.domain.uuid7 import new_id
from tests.contract.klantinteracties.fixtures import BSN, make_klantcontact, make_persoon
from tests.contract.klantinteracties.querycount import counted_statements
from tests.contract.klantinteracties.spec import API
from tests.harness.backend import Backend

HISTORY = {
    "hadBetrokkene__wasPartij__partijIdentificator__codeSoortObjectId": "bsn",
    "hadBetrokkene__wasPartij__partijIdentificator__objectId": BSN,
    "expand": "leiddeTotInterneTaken,gingOverOnderwerpobjecten,hadBetrokkenen,hadBetrokkenen.digitaleAdressen",
}


async def _cost(backend: Backend, resource: str, query: dict[str, str]) -> tuple[int, int]:
    """Statements and rows of one call; the first call is not counted, since it may fill caches."""
    client = await backend.client_for("snelbalie")
    await client.get(f"{API}/{resource}", params=query)
    with counted_statements(backend) as sent:
        answer = await client.get(f"{API}/{resource}", params=query)
    assert answer.status_code == 200, answer.text
    return len(sent), len(answer.json()["results"])


async def _add_personen(backend: Backend, numbers: range) -> None:
    async with backend.db.write() as unit:
        for number in numbers:
            uuid = new_id(unit.now)
            persoon = {"uuid": uuid, "soort_partij": "persoon", "indicatie_actief": True}
            await unit.session.execute(insert(Partij).values(**persoon))
            await unit.session.execute(
                insert(PartijIdentificator).values(
                    uuid=new_id(unit.now),
                    partij=uuid,
                    code_objecttype="natuurlijk_persoon",
                    code_soort_object_id="bsn",
                    object_id=f"{number:09}",
                    code_register="brp",
                )
            )


async def test_a_list_of_partijen_costs_the_same_for_1_as_for_500(backend: Backend) -> None:
    await _add_personen(backend, range(2))
    small, few = await _cost(backend, "partijen", {"pageSize": "1"})
    await _add_personen(backend, range(2, 520))
    large, many = await _cost(backend, "partijen", {"pageSize": "100000"})

    assert (few, many) == (1, 500)
    assert large == small


async def test_the_history_of_a_customer_costs_the_same_for_1_contact_as_for_20(backend: Backend) -> None:
    client = await backend.client_for("snelbalie")
    partij = await make_persoon(client, BSN)
    await make_klantcontact(client, partij)
    small, few = await _cost(backend, "klantcontacten", HISTORY)
    for number in range(19):
        await make_klantcontact(client, partij, onderwerp=f"Vraag {number}")
    large, many = await _cost(backend, "klantcontacten", HISTORY)

    assert (few, many) == (1, 20)
    assert large == small


async def test_each_of_the_partijen_on_a_page_is_found_in_the_trail_by_its_own_bsn_only(backend: Backend) -> None:
    await _add_personen(backend, range(3))
    await _cost(backend, "partijen", {})

    async with backend.db.read() as session:
        keys = select(Auditsleutel.regel, Auditsleutel.waarde).where(Auditsleutel.soort == "bsn")
        found = (await session.execute(keys.join(AuditregelRow, AuditregelRow.id == Auditsleutel.regel))).all()
    by_line: dict[str, set[str]] = {}
    for line, bsn in found:
        by_line.setdefault(line, set()).add(bsn)
    assert sorted(bsn for bsns in by_line.values() for bsn in bsns) == sorted(2 * [f"{n:09}" for n in range(3)])
    assert all(len(bsns) == 1 for bsns in by_line.values())
