"""A catalogue made through the API, in as few words as a test needs."""

from __future__ import annotations

from typing import Any

import httpx

from tests.contract.catalogi.spec import API

Json = dict[str, Any]
_VNG = "https://selectielijst.openzaak.nl/api/v1"


async def post(client: httpx.AsyncClient, resource: str, body: Json) -> Json:
    """Make an object; the answer must be 201."""
    answer = await client.post(f"{API}/{resource}", json=body)
    assert answer.status_code == 201, answer.text
    made: Json = answer.json()
    return made


async def make_catalogus(client: httpx.AsyncClient, domein: str = "PROEF") -> Json:
    body = {"domein": domein, "rsin": "002564440", "contactpersoonBeheerNaam": "Beheer"}
    return await post(client, "catalogussen", body)


def zaaktype(catalogus: Json, identificatie: str = "parkeren", **fields: Any) -> Json:
    """The body of a zaaktype."""
    return {
        "catalogus": catalogus["url"],
        "identificatie": identificatie,
        "omschrijving": "Parkeervergunning aanvragen",
        "vertrouwelijkheidaanduiding": "zaakvertrouwelijk",
        "doel": "Parkeren mogelijk maken",
        "aanleiding": "Een bewoner wil parkeren",
        "indicatieInternOfExtern": "extern",
        "handelingInitiator": "aanvragen",
        "onderwerp": "Parkeervergunning",
        "handelingBehandelaar": "behandelen",
        "doorlooptijd": "P8W",
        "servicenorm": "P10D",
        "opschortingEnAanhoudingMogelijk": True,
        "verlengingMogelijk": False,
        "publicatieIndicatie": False,
        "productenOfDiensten": ["https://proefdam.nl/parkeren"],
        "referentieproces": {"naam": "Vergunning"},
        "verantwoordelijke": "Parkeren",
        "beginGeldigheid": "2026-01-01",
        "versiedatum": "2026-01-01",
        "besluittypen": [],
        "gerelateerdeZaaktypen": [],
        **fields,
    }


async def make_zaaktype(client: httpx.AsyncClient, catalogus: Json, identificatie: str = "parkeren") -> dict[str, Json]:
    """A zaaktype with one of everything under it, by the name of the resource; still a concept."""
    made = await post(client, "zaaktypen", zaaktype(catalogus, identificatie, trefwoorden=["auto", "straat"]))
    of = {"zaaktype": made["url"]}
    status = await post(
        client,
        "statustypen",
        {**of, "omschrijving": "Ontvangen", "statustekst": "Wij hebben uw aanvraag ontvangen.", "volgnummer": 1},
    )
    document = await post(
        client,
        "informatieobjecttypen",
        {
            "catalogus": catalogus["url"],
            "omschrijving": f"Kentekenbewijs {identificatie}",
            "vertrouwelijkheidaanduiding": "zaakvertrouwelijk",
            "beginGeldigheid": "2026-01-01",
            "informatieobjectcategorie": "bewijsstuk",
        },
    )
    return {
        "zaaktypen": made,
        "statustypen": status,
        "informatieobjecttypen": document,
        "roltypen": await post(
            client, "roltypen", {**of, "omschrijving": "Aanvrager", "omschrijvingGeneriek": "initiator"}
        ),
        "resultaattypen": await post(
            client,
            "resultaattypen",
            {
                **of,
                "omschrijving": "Verleend",
                "resultaattypeomschrijving": f"{_VNG}/resultaattypeomschrijvingen/1",
                "selectielijstklasse": f"{_VNG}/resultaten/1",
                "archiefnominatie": "vernietigen",
                "archiefactietermijn": "P5Y",
                "brondatumArchiefprocedure": {"afleidingswijze": "afgehandeld"},
                "informatieobjecttypen": [document["url"]],
            },
        ),
        "eigenschappen": await post(
            client,
            "eigenschappen",
            {
                **of,
                "naam": "kenteken",
                "definitie": "Het kenteken van de auto",
                "statustype": status["url"],
                "specificatie": {"formaat": "tekst", "lengte": "8", "kardinaliteit": "1"},
            },
        ),
        "zaaktype-informatieobjecttypen": await post(
            client,
            "zaaktype-informatieobjecttypen",
            {**of, "informatieobjecttype": document["url"], "volgnummer": 1, "richting": "inkomend"},
        ),
    }


async def publish(client: httpx.AsyncClient, item: Json) -> httpx.Response:
    return await client.post(f"{item['url']}/publish")
