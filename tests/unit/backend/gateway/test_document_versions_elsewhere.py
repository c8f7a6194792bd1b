"""One document upstream: neither an older version of it nor a filter in its address opens what is closed."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from tests.doubles.openzaak import OpenZaak
from tests.harness.backend import BASE, Backend
from tests.unit.backend.gateway.test_zgw_reading import CATALOGI, RSIN, ZAKEN, client_of, new_zaak

DOCUMENTEN = "/documenten/api/v1"


def new_document(open_zaak: OpenZaak, zaak: dict[str, Any], aanduiding: str) -> str:
    """The path of a document with content in this zaak, made at the server by somebody else."""
    kind = open_zaak.get(f"{CATALOGI}/informatieobjecttypen", zaaktype=zaak["zaaktype"])["results"][0]
    body: dict[str, Any] = {"bronorganisatie": RSIN, "creatiedatum": "2026-11-01", "titel": "Rapport", "taal": "nld"}
    body |= {"auteur": "x", "informatieobjecttype": kind["url"], "vertrouwelijkheidaanduiding": aanduiding}
    body |= {"bestandsomvang": 6, "inhoud": base64.b64encode(b"eerste").decode(), "bestandsnaam": "a.txt"}
    document = open_zaak.request("POST", f"{DOCUMENTEN}/enkelvoudiginformatieobjecten", body)
    link = {"zaak": zaak["url"], "informatieobject": document["url"]}
    open_zaak.request("POST", f"{ZAKEN}/zaakinformatieobjecten", link)
    return f"{DOCUMENTEN}/enkelvoudiginformatieobjecten/{document['url'].rpartition('/')[2]}"


def change(open_zaak: OpenZaak, path: str, **fields: str) -> None:
    """A new version of it."""
    lock = open_zaak.request("POST", f"{path}/lock", {})["lock"]
    open_zaak.request("PATCH", path, {**fields, "lock": lock})
    open_zaak.request("POST", f"{path}/unlock", {"lock": lock})


def asked_of(open_zaak: OpenZaak, path: str) -> list[tuple[str, dict[str, str]]]:
    """What the server was asked about this document itself."""
    return [(one.path.removeprefix(path), one.query) for one in open_zaak.requests("GET", path)]


@pytest.mark.parametrize("asked", [{"versie": "1"}, {"registratieOp": "2999-01-01T00:00:00Z"}, {"versie": "2"}])
async def test_no_version_of_a_document_that_is_closed_now_is_shown(
    zaakgateway: Backend, open_zaak: OpenZaak, bsn: str, asked: dict[str, str]
) -> None:
    path = new_document(open_zaak, new_zaak(open_zaak, "openbaar", bsn), "openbaar")
    change(open_zaak, path, vertrouwelijkheidaanduiding="zeer_geheim")
    client = await client_of(zaakgateway)
    for address in (path, f"{path}/download"):
        answer = await client.get(address, params=asked)
        assert (answer.status_code, "Rapport" in answer.text) == (403, False)
    assert asked_of(open_zaak, path) == [("", {}), ("", {})], "neither a version nor any content"


async def test_a_version_that_is_closed_itself_is_not_shown(
    zaakgateway: Backend, open_zaak: OpenZaak, bsn: str
) -> None:
    path = new_document(open_zaak, new_zaak(open_zaak, "openbaar", bsn), "zeer_geheim")
    change(open_zaak, path, vertrouwelijkheidaanduiding="openbaar", titel="Zonder namen")
    client = await client_of(zaakgateway)
    assert (await client.get(path)).json()["titel"] == "Zonder namen"
    for address in (path, f"{path}/download"):
        assert (await client.get(address, params={"versie": "1"})).status_code == 403


async def test_an_older_version_is_given_as_asked_and_the_present_one_in_no_more_questions_than_without(
    zaakgateway: Backend, open_zaak: OpenZaak, bsn: str
) -> None:
    path = new_document(open_zaak, new_zaak(open_zaak, "openbaar", bsn), "openbaar")
    inhoud = base64.b64encode(b"tweede").decode()
    change(open_zaak, path, titel="Rapport, herzien", inhoud=inhoud)
    client = await client_of(zaakgateway)
    first = (await client.get(path, params={"versie": "1", "expand": "informatieobjecttype"})).json()
    assert (first["versie"], first["titel"]) == (1, "Rapport")
    assert first["_expand"]["informatieobjecttype"]
    assert (await client.get(f"{path}/download", params={"versie": "1"})).content == b"eerste"
    absent = await client.get(path, params={"versie": "3"})
    assert absent.status_code == 404
    open_zaak.asked.clear()
    present = (await client.get(path)).json()
    assert present["inhoud"].endswith("/download?versie=2")
    assert (await client.get(present["inhoud"])).content == b"tweede"
    assert asked_of(open_zaak, path) == [("", {}), ("", {}), ("/download", {"versie": "2"})]


async def test_a_document_is_not_of_the_zaak_that_its_address_is_asked_with(
    zaakgateway: Backend, open_zaak: OpenZaak, bsn: str
) -> None:
    """A server takes no notice of a filter there, so it proves nothing."""
    geheim, openbaar = (new_zaak(open_zaak, al, bsn) for al in ("zeer_geheim", "openbaar"))
    path = new_document(open_zaak, geheim, "openbaar")
    asked = {"objectinformatieobjecten__object": f"{BASE}{ZAKEN}/zaken/{openbaar['uuid']}"}
    client = await client_of(zaakgateway)
    for address in (path, f"{path}/download"):
        assert (await client.get(address, params=asked)).status_code == 403
    assert asked_of(open_zaak, path) == [("", {}), ("", {})]
