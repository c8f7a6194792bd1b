"""Every offered path and method answers what the published specification says, on both databases."""

from __future__ import annotations

import httpx
import pytest

from tests.contract.documenten import fixtures as documenten
from tests.contract.zaken import fixtures as f
from tests.contract.zaken.spec import API, EIGENSCHAPPEN, LISTS, SPEC
from tests.harness.backend import Backend

pytestmark = SPEC.needed
ADRES = {"wplWoonplaatsNaam": "Proefdam", "gorOpenbareRuimteNaam": "Schelpenlaan", "huisnummer": 12}
WIDE = {
    "zaakgeometrie": f.POINT,
    "kenmerken": [{"kenmerk": "OF-1", "bron": "formulieren"}],
    "opschorting": {"indicatie": True, "reden": "Wacht op stukken"},
    "verlenging": {"reden": "Druk", "duur": "P2W"},
    "betalingsindicatie": "geheel",
    "laatsteBetaaldatum": "2026-11-01T12:00:00Z",
    "productenOfDiensten": ["https://proefdam.nl/parkeren"],
    "archiefnominatie": "vernietigen",
    "opdrachtgevendeOrganisatie": f.RSIN,
    "processobject": {"datumkenmerk": "d", "identificatie": "i", "objecttype": "o", "registratie": "r"},
    "communicatiekanaal": "https://proefdam.nl/kanalen/telefoon",
}


async def fill(client: httpx.AsyncClient, types: dict[str, f.Json]) -> dict[str, f.Json]:
    """One object of every resource, each checked as it is made."""
    hoofdzaak = await f.make_zaak(client, types)
    zaak = await f.make_zaak(
        client,
        types,
        **WIDE,
        hoofdzaak=hoofdzaak["url"],
        relevanteAndereZaken=[{"url": hoofdzaak["url"], "aardRelatie": "vervolg"}],
        gerelateerdeZaken=[{"url": hoofdzaak["url"]}],
    )
    of = {"zaak": zaak["url"]}
    document = await documenten.make_document(client, types)
    rol = await f.post(client, "rollen", f.initiator(types, zaak))
    await f.post(client, "rollen", f.behandelaar(types, zaak))
    eigenschap = {**of, "eigenschap": types["eigenschappen"]["url"], "waarde": "AB-12-CD"}
    return {
        "zaken": zaak,
        "rollen": rol,
        "statussen": await f.post(client, "statussen", f.status(types, "statustypen", zaak)),
        "resultaten": await f.post(client, "resultaten", {**of, "resultaattype": types["resultaattypen"]["url"]}),
        "zaakobjecten": await f.post(
            client, "zaakobjecten", {**of, "objectType": "adres", "objectIdentificatie": ADRES}
        ),
        "zaakinformatieobjecten": await f.post(
            client, "zaakinformatieobjecten", {**of, "informatieobject": document["url"], "titel": "Foto"}
        ),
        "zaakeigenschappen": await f.post(client, _eigenschappen(zaak), eigenschap, EIGENSCHAPPEN),
    }


def _eigenschappen(zaak: f.Json) -> str:
    return f"zaken/{zaak['uuid']}/zaakeigenschappen"


async def test_every_resource_is_made_shown_listed_changed_and_deleted(backend: Backend) -> None:
    client = await f.keeper_of(backend)
    made = await fill(client, await f.make_types(client))
    for resource in LISTS:
        await _shown(client, f"/{resource}", f"/{resource}/{{uuid}}", made[resource])
    nested = f"/{_eigenschappen(made['zaken'])}"
    await _shown(client, nested, f"{EIGENSCHAPPEN}/{{uuid}}", made["zaakeigenschappen"], EIGENSCHAPPEN)
    for name, place in (("zaakeigenschappen", nested), *((one, f"/{one}") for one in reversed(LISTS))):
        if name != "statussen":
            answer = await client.delete(f"{API}{place}/{made[name]['uuid']}")
            assert answer.status_code == 204, (name, answer.text)
    assert (await client.get(made["zaken"]["url"])).status_code == 404


async def _shown(client: httpx.AsyncClient, place: str, one: str, item: f.Json, template: str = "") -> None:
    listed = await client.get(f"{API}{place}")
    assert listed.status_code == 200, listed.text
    SPEC.check(template or place, "get", 200, listed.json())
    rows = listed.json() if isinstance(listed.json(), list) else listed.json()["results"]
    assert item["uuid"] in [row["uuid"] for row in rows]
    shown = await client.get(f"{API}{place}/{item['uuid']}")
    assert shown.status_code == 200
    SPEC.check(one, "get", 200, shown.json())
    operations = SPEC.document["paths"][one]
    if "patch" in operations:
        changed = await client.patch(f"{API}{place}/{item['uuid']}", json={})
        assert changed.status_code == 200, changed.text
        SPEC.check(one, "patch", 200, changed.json())
    if "put" in operations:
        body = {name: value for name, value in shown.json().items() if value is not None}
        replaced = await client.put(f"{API}{place}/{item['uuid']}", json=body)
        assert replaced.status_code == 200, (one, replaced.text)
        SPEC.check(one, "put", 200, replaced.json())
        kept = {name: value for name, value in shown.json().items() if name != "laatstGemuteerd"}
        assert {name: replaced.json()[name] for name in kept} == kept


async def test_every_expansion_of_the_specification_is_answered_with_its_objects(backend: Backend) -> None:
    client = await f.client_of(backend)
    made = await fill(client, await f.make_types(client))
    parameters = SPEC.raw["paths"]["/zaken"]["get"]["parameters"]
    (possible,) = [one["schema"]["items"]["enum"] for one in parameters if one["name"] == "expand"]
    for place, path in ((f"{API}/zaken", "/zaken"), (made["zaken"]["url"], "/zaken/{uuid}")):
        answer = await client.get(place, params={"expand": ",".join(possible)})
        assert answer.status_code == 200, answer.text
        SPEC.check(path, "get", 200, answer.json())
    whole = answer.json()["_expand"]
    assert whole["zaaktype"]["identificatie"] == "parkeren"
    assert whole["status"]["_expand"]["statustype"]["omschrijving"] == "Ontvangen"
    assert whole["resultaat"]["_expand"]["resultaattype"]["omschrijving"] == "Verleend"
    assert [rol["_expand"]["roltype"]["omschrijvingGeneriek"] for rol in whole["rollen"]] == [
        "initiator",
        "behandelaar",
    ]
    assert whole["eigenschappen"][0]["_expand"]["eigenschap"]["naam"] == "kenteken"
    assert whole["hoofdzaak"]["_expand"]["status"] is None
    assert (whole["deelzaken"], len(whole["zaakobjecten"]), len(whole["zaakinformatieobjecten"])) == ([], 1, 1)


async def test_every_parameter_of_the_specification_is_known_and_no_other(backend: Backend) -> None:
    client = await f.client_of(backend)
    for resource in LISTS:
        known = SPEC.parameters(f"/{resource}")
        refused = [name for name in sorted(known) if await _is_unknown(client, resource, name)]
        assert refused == []
        for name in ("onbekend", "ordering" if resource != "zaken" else "zaaktype__in", "expand"):
            assert name in known or await _is_unknown(client, resource, name), (resource, name)


async def _is_unknown(client: httpx.AsyncClient, resource: str, name: str) -> bool:
    answer = await client.get(f"{API}/{resource}", params={name: ""})
    return answer.status_code == 400 and answer.json()["invalidParams"][0]["code"] == "unknown-parameter"


@pytest.mark.parametrize("soort", ["niet_natuurlijk_persoon", "vestiging", "organisatorische_eenheid"])
async def test_each_kind_of_betrokkene_is_given_back_as_it_came(backend: Backend, soort: str) -> None:
    client = await f.client_of(backend)
    types = await f.make_types(client)
    zaak = await f.make_zaak(client, types)
    verblijf: f.Json = {
        "verblijfsadres": {
            "aoaIdentificatie": "1",
            "wplWoonplaatsNaam": "Proefdam",
            "gorOpenbareRuimteNaam": "Wulpweg",
            "aoaHuisnummer": 1,
        }
    }
    kinds: dict[str, f.Json] = {
        "niet_natuurlijk_persoon": {"kvkNummer": f.KVK, "statutaireNaam": "Bakkerij B.V.", **verblijf},
        "vestiging": {"vestigingsNummer": "000900000001", "handelsnaam": ["Bakkerij"], **verblijf},
        "organisatorische_eenheid": {"identificatie": "burgerzaken", "naam": "Burgerzaken"},
    }
    given = kinds[soort]
    body = {
        "zaak": zaak["url"],
        "betrokkeneType": soort,
        "roltype": types["roltypen"]["url"],
        "betrokkeneIdentificatie": given,
    }
    rol = await f.post(client, "rollen", body)
    shown = rol["betrokkeneIdentificatie"]
    assert {name: shown[name] for name in given if name != "verblijfsadres"} == {
        name: value for name, value in given.items() if name != "verblijfsadres"
    }
    if "verblijfsadres" in given:
        assert shown["verblijfsadres"]["gorOpenbareRuimteNaam"] == "Wulpweg"
