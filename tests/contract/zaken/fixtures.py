"""A published zaaktype and a zaak of it, made through the APIs, in as few words as a test needs."""

from __future__ import annotations

from typing import Any

import httpx
from sqlalchemy import select

from kcs_desktop.backend.audit.tables import AuditregelRow, Auditsleutel
from kcs_desktop.domain.rechten import Recht
from tests.contract.catalogi import fixtures as catalogi
from tests.contract.zaken.spec import API, CRS, SPEC
from tests.harness.backend import Backend

Json = dict[str, Any]
RSIN = "002564440"
BSN = "999990639"
KVK = "90000001"
POINT = {"type": "Point", "coordinates": [4.9, 52.37]}


async def client_of(backend: Backend, *rollen: str) -> httpx.AsyncClient:
    """An employee's client that says the system of co-ordinates with everything; by default one that may change
    documents too."""
    client = await backend.client_for(*(rollen or ("balie2",)))
    client.headers.update(CRS)
    return client


async def keeper_of(backend: Backend) -> httpx.AsyncClient:
    """A client of the application that may remove zaken too, which no role of an employee may."""
    client = await backend.application("Beheer", zaken=Recht.BEHEREN, dossier=Recht.WIJZIGEN)
    client.headers.update(CRS)
    return client


async def make_types(client: httpx.AsyncClient, identificatie: str = "parkeren") -> dict[str, Json]:
    """A published zaaktype with three steps, two roltypen and two eigenschappen."""
    catalogus = await catalogi.make_catalogus(client, identificatie[:5].upper())
    made = await catalogi.make_zaaktype(client, catalogus, identificatie)
    of = {"zaaktype": made["zaaktypen"]["url"]}
    for volgnummer, name in ((2, "In behandeling"), (3, "Afgehandeld")):
        body = {**of, "omschrijving": name, "statustekst": f"{name}.", "volgnummer": volgnummer}
        made[name] = await catalogi.post(client, "statustypen", body)
    made["behandelaar"] = await catalogi.post(
        client, "roltypen", {**of, "omschrijving": "Behandelaar", "omschrijvingGeneriek": "behandelaar"}
    )
    made["breedte"] = await catalogi.post(
        client,
        "eigenschappen",
        {
            **of,
            "naam": "breedte",
            "definitie": "De breedte in meter",
            "specificatie": {"formaat": "getal", "lengte": "2,1", "kardinaliteit": "1"},
        },
    )
    for resource in ("informatieobjecttypen", "zaaktypen"):
        assert (await catalogi.publish(client, made[resource])).status_code == 200
    return made


def zaak_body(types: dict[str, Json], **fields: Any) -> Json:
    return {
        "bronorganisatie": RSIN,
        "verantwoordelijkeOrganisatie": RSIN,
        "zaaktype": types["zaaktypen"]["url"],
        "startdatum": "2026-11-02",
        **fields,
    }


async def post(client: httpx.AsyncClient, path: str, body: Json, template: str = "") -> Json:
    """Make an object; the answer must be 201 and of the specification."""
    answer = await client.post(f"{API}/{path}", json=body)
    assert answer.status_code == 201, answer.text
    made: Json = answer.json()
    if SPEC.path.exists():
        SPEC.check(template or f"/{path}", "post", 201, made)
    return made


async def make_zaak(client: httpx.AsyncClient, types: dict[str, Json], **fields: Any) -> Json:
    return await post(client, "zaken", zaak_body(types, **fields))


def initiator(types: dict[str, Json], zaak: Json | None = None, bsn: str = BSN) -> Json:
    """The body of a rol of a person; without a zaak as `zaak_registreren` takes it."""
    return {
        **({"zaak": zaak["url"]} if zaak else {}),
        "betrokkeneType": "natuurlijk_persoon",
        "roltype": types["roltypen"]["url"],
        "roltoelichting": "Aanvrager",
        "betrokkeneIdentificatie": {"inpBsn": bsn, "geslachtsnaam": "Test", "voornamen": "Jan"},
    }


def behandelaar(types: dict[str, Json], zaak: Json, medewerker: str = "m.zandstra") -> Json:
    return {
        "zaak": zaak["url"],
        "betrokkeneType": "medewerker",
        "roltype": types["behandelaar"]["url"],
        "betrokkeneIdentificatie": {"identificatie": medewerker, "achternaam": "Zandstra"},
    }


def status(types: dict[str, Json], name: str, zaak: Json | None = None, moment: str = "2026-11-03T09:00:00Z") -> Json:
    return {
        **({"zaak": zaak["url"]} if zaak else {}),
        "statustype": types[name]["url"],
        "datumStatusGezet": moment,
    }


def codes(answer: httpx.Response) -> dict[str, str]:
    """What is wrong, by the field it is wrong in."""
    assert answer.status_code == 400, answer.text
    return {param["name"]: param["code"] for param in answer.json()["invalidParams"]}


async def looks(backend: Backend, soort: str, waarde: str) -> list[str]:
    """What was done, by the audit trail, with whatever has this key; the oldest first."""
    query = (
        select(AuditregelRow.handeling)
        .join(Auditsleutel, Auditsleutel.regel == AuditregelRow.id)
        .where(Auditsleutel.soort == soort, Auditsleutel.waarde == waarde, AuditregelRow.gelukt)
        .order_by(AuditregelRow.id)
    )
    async with backend.db.read() as session:
        return list((await session.scalars(query)).all())
