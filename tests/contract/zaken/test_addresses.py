"""Which addresses and methods there are, and what stands behind none of them."""

from __future__ import annotations

import pytest

from kcs_desktop.backend.standards.objecten import register
from kcs_desktop.backend.standards.zaken import zoek
from tests.contract.documenten import fixtures as documenten
from tests.contract.zaken import fixtures as f
from tests.contract.zaken.spec import API
from tests.harness.backend import Backend


async def test_what_the_standard_does_not_let_change_stays_as_it_is(backend: Backend) -> None:
    client = await f.client_of(backend)
    types = await f.make_types(client)
    zaak = await f.make_zaak(client, types)
    status = await f.post(client, "statussen", f.status(types, "statustypen", zaak))
    rol = await f.post(client, "rollen", f.initiator(types, zaak))
    for answer, allowed in (
        (await client.put(status["url"], json=status), "GET"),
        (await client.patch(status["url"], json={"statustoelichting": "x"}), "GET"),
        (await client.delete(status["url"]), "GET"),
        (await client.patch(rol["url"], json={"roltoelichting": "x"}), "DELETE, GET, PUT"),
    ):
        assert (answer.status_code, answer.headers["Allow"]) == (405, allowed)
    assert (await client.get(zaak["url"])).json()["status"] == status["url"]
    assert (await client.get(rol["url"])).json()["roltoelichting"] == "Aanvrager"


async def test_a_property_has_no_address_but_the_one_under_its_zaak(backend: Backend) -> None:
    client = await f.client_of(backend)
    types = await f.make_types(client)
    zaak = await f.make_zaak(client, types)
    body = {"zaak": zaak["url"], "eigenschap": types["eigenschappen"]["url"], "waarde": "AB-12-CD"}
    made = (await client.post(f"{API}/zaken/{zaak['uuid']}/zaakeigenschappen", json=body)).json()
    top = f"{API}/zaakeigenschappen"
    one = f"{top}/{made['uuid']}"
    for answer in (
        await client.get(top),
        await client.post(top, json={**body, "eigenschap": types["breedte"]["url"], "waarde": "4"}),
        await client.get(one),
        await client.put(one, json=body),
        await client.patch(one, json={"waarde": "x"}),
        await client.delete(one),
    ):
        assert answer.status_code == 404, answer.text
    for written in (zaak["uuid"], zaak["uuid"].upper(), zaak["uuid"].replace("-", "")):
        place = f"{API}/zaken/{written}/zaakeigenschappen"
        assert (await client.get(place)).json() == [made]
        assert (await client.get(f"{place}/{made['uuid'].upper()}")).json() == made


async def test_a_list_without_pages_that_would_never_end_is_refused(
    backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register, "WHOLE", 1)
    client = await f.client_of(backend)
    types = await f.make_types(client)
    zaken = [await f.make_zaak(client, types) for _ in range(2)]
    document = await documenten.make_document(client, types)
    for zaak in zaken:
        await documenten.link(client, zaak, document)
    place = f"{API}/zaakinformatieobjecten"
    assert f.codes(await client.get(place)) == {"nonFieldErrors": "too-many"}
    of_one = await client.get(place, params={"zaak": zaken[0]["url"]})
    assert [item["zaak"] for item in of_one.json()] == [zaken[0]["url"]]


async def test_a_search_in_an_area_with_too_much_is_refused_and_not_cut(
    backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zoek, "MOST", 1)
    client = await f.client_of(backend)
    types = await f.make_types(client)
    for omschrijving in ("een", "twee"):
        await f.make_zaak(client, types, omschrijving=omschrijving, zaakgeometrie=f.POINT)
    square = [[4.0, 52.0], [5.0, 52.0], [5.0, 53.0], [4.0, 53.0], [4.0, 52.0]]
    area = {"zaakgeometrie": {"within": {"type": "Polygon", "coordinates": [square]}}}
    place = f"{API}/zaken/_zoek"
    assert f.codes(await client.post(place, json=area)) == {"zaakgeometrie.within": "too-many"}
    narrower = await client.post(place, json={**area, "omschrijving": "twee"})
    assert [item["omschrijving"] for item in narrower.json()["results"]] == ["twee"]
