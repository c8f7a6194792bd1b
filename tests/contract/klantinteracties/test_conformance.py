"""Every offered path and method answers what the published specification says, on both databases."""

from __future__ import annotations

from typing import Any

import httpx

from tests.contract.klantinteracties.spec import API, check_answer, document, needs_spec
from tests.harness.backend import Backend

Json = dict[str, Any]
ADRES = {"straatnaam": "Dorpsstraat", "huisnummer": 1, "postcode": "1234 AB", "stad": "Ons Dorp"}
BSN = {
    "codeObjecttype": "natuurlijk_persoon",
    "codeSoortObjectId": "bsn",
    "objectId": "999990639",
    "codeRegister": "brp",
}


async def _post(client: httpx.AsyncClient, resource: str, body: Json) -> Json:
    answer = await client.post(f"{API}/{resource}", json=body)
    assert answer.status_code == 201, answer.text
    made: Json = answer.json()
    check_answer(f"/{resource}", "post", 201, made)
    return made


def _ref(item: Json) -> Json:
    return {"uuid": item["uuid"]}


async def fill(client: httpx.AsyncClient) -> dict[str, Json]:
    """One object of every resource, each checked as it is made."""
    partij = await _post(
        client,
        "partijen",
        {
            "soortPartij": "persoon",
            "indicatieActief": True,
            "bezoekadres": ADRES,
            "partijIdentificatie": {"contactnaam": {"voornaam": "Jan", "achternaam": "Test"}},
            "partijIdentificatoren": [{"partijIdentificator": BSN}],
        },
    )
    bedrijf = await _post(
        client,
        "partijen",
        {"soortPartij": "organisatie", "indicatieActief": True, "partijIdentificatie": {"naam": "Bakker BV"}},
    )
    await _post(
        client,
        "partijen",
        {
            "soortPartij": "contactpersoon",
            "indicatieActief": True,
            "partijIdentificatie": {"werkteVoorPartij": _ref(bedrijf), "contactnaam": None},
        },
    )
    kvk = {
        "codeObjecttype": "niet_natuurlijk_persoon",
        "codeSoortObjectId": "kvk_nummer",
        "objectId": "12345678",
        "codeRegister": "hr",
    }
    nummer = await _post(
        client, "partij-identificatoren", {"identificeerdePartij": _ref(bedrijf), "partijIdentificator": kvk}
    )
    contact = {"kanaal": "telefoon", "onderwerp": "Paspoort", "taal": "nld", "vertrouwelijk": False}
    made = await _post(
        client,
        "maak-klantcontact",
        {
            "klantcontact": {**contact, "metadata": {"resultaat": "beantwoord"}},
            "betrokkene": {"rol": "klant", "initiator": True, "wasPartij": _ref(partij), "bezoekadres": ADRES},
            "onderwerpobject": {"onderwerpobjectidentificator": {"objectId": "zaak-1"}},
        },
    )
    klantcontact = await _post(client, "klantcontacten", contact)
    actor = await _post(
        client,
        "actoren",
        {
            "naam": "KCC",
            "soortActor": "medewerker",
            "actorIdentificatie": {"functie": "KCC", "telefoonnummer": "0612345678"},
        },
    )
    hoort_bij = {"actor": _ref(actor), "klantcontact": _ref(made["klantcontact"])}
    betrokkene = {"rol": "klant", "initiator": True, "hadKlantcontact": _ref(klantcontact)}
    taak = {
        "gevraagdeHandeling": "Bel terug",
        "aanleidinggevendKlantcontact": _ref(made["klantcontact"]),
        "toegewezenAanActoren": [_ref(actor)],
        "status": "te_verwerken",
    }
    adres = {
        "adres": "jan@voorbeeld.nl",
        "soortDigitaalAdres": "email",
        "verstrektDoorPartij": _ref(partij),
        "verstrektDoorBetrokkene": _ref(made["betrokkene"]),
    }
    acts_for = {"vertegenwoordigendePartij": _ref(partij), "vertegenwoordigdePartij": _ref(bedrijf)}
    return {
        "partijen": partij,
        "partij-identificatoren": nummer,
        "klantcontacten": made["klantcontact"],
        "actoren": actor,
        "actorklantcontacten": await _post(client, "actorklantcontacten", hoort_bij),
        "betrokkenen": await _post(client, "betrokkenen", betrokkene),
        "internetaken": await _post(client, "internetaken", taak),
        "digitaleadressen": await _post(client, "digitaleadressen", adres),
        "onderwerpobjecten": await _post(client, "onderwerpobjecten", {"klantcontact": _ref(klantcontact)}),
        "rekeningnummers": await _post(client, "rekeningnummers", {"iban": "NL20INGB0001234567"}),
        "vertegenwoordigingen": await _post(client, "vertegenwoordigingen", acts_for),
    }


def _writable(resource: str, item: Json) -> Json:
    body = {name: value for name, value in item.items() if name not in {"url", "uuid"}}
    if resource == "internetaken":
        body.pop("toegewezenAanActor", None)
    return body


@needs_spec
async def test_every_path_and_method_answers_as_specified(backend: Backend) -> None:
    client = await backend.client_for("snelbalie")
    made = await fill(client)
    for resource, item in made.items():
        one = f"/{resource}/{{uuid}}"
        address = f"{API}/{resource}/{item['uuid']}"
        check_answer(f"/{resource}", "get", 200, (await client.get(f"{API}/{resource}")).json())
        fresh = (await client.get(address)).json()
        check_answer(one, "get", 200, fresh)
        replaced = await client.put(address, json=_writable(resource, fresh))
        assert replaced.status_code == 200, replaced.text
        check_answer(one, "put", 200, replaced.json())
        assert replaced.json() == fresh, resource
        check_answer(one, "patch", 200, (await client.patch(address, json={})).json())
    for resource, item in reversed(made.items()):
        answer = await client.delete(f"{API}/{resource}/{item['uuid']}")
        assert answer.status_code in {204, 404}, answer.text


@needs_spec
async def test_every_expansion_of_the_specification_is_answered(backend: Backend) -> None:
    client = await backend.client_for("snelbalie")
    made = await fill(client)
    for resource in made:
        parameters = document()["paths"][f"/{resource}"]["get"]["parameters"]
        for parameter in parameters:
            if parameter["name"] != "expand":
                continue
            for path in parameter["schema"]["items"]["enum"]:
                answer = await client.get(f"{API}/{resource}", params={"expand": path})
                assert answer.status_code == 200, answer.text
                check_answer(f"/{resource}", "get", 200, answer.json())
                assert path.split(".")[0] in answer.json()["results"][0]["_expand"]


@needs_spec
async def test_the_filters_are_exactly_those_of_the_specification(backend: Backend) -> None:
    from kcs_desktop.backend.standards.klantinteracties.registry import RESOURCES

    for naam, resource in RESOURCES.items():
        asked = {parameter["name"] for parameter in document()["paths"][f"/{naam}"]["get"]["parameters"]}
        offered = {*resource.filters, "page", "pageSize", *(("expand",) if resource.expansions else ())}
        assert offered == asked, naam
