"""A published informatieobjecttype and documents of it, made through the APIs, in as few words as a test needs."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

import httpx

from tests.contract.documenten.spec import API, EIO, SPEC
from tests.contract.zaken import fixtures as zaken
from tests.contract.zaken.spec import API as ZAKEN
from tests.harness.backend import Backend

Json = dict[str, Any]
INHOUD = b"%PDF-1.7\nEen brief van een inwoner.\n"
codes = zaken.codes


async def client_of(backend: Backend, *rollen: str) -> httpx.AsyncClient:
    """An employee's client, by default one that may change documents."""
    return await zaken.client_of(backend, *rollen)


async def make_type(client: httpx.AsyncClient, identificatie: str = "parkeren") -> dict[str, Json]:
    """The published types of `tests.contract.zaken.fixtures`."""
    return await zaken.make_types(client, identificatie)


def document(types: dict[str, Json], **fields: Any) -> Json:
    """The body of a document with content."""
    return {
        "bronorganisatie": zaken.RSIN,
        "creatiedatum": "2026-11-20",
        "titel": "Kentekenbewijs",
        "auteur": "J. Test",
        "taal": "dut",
        "bestandsnaam": "kenteken.pdf",
        "inhoud": base64.b64encode(INHOUD).decode(),
        "informatieobjecttype": types["informatieobjecttypen"]["url"],
        **fields,
    }


async def post(client: httpx.AsyncClient, path: str, body: Json) -> Json:
    """Make an object; the answer must be 201 and of the specification."""
    answer = await client.post(f"{API}/{path}", json=body)
    assert answer.status_code == 201, answer.text
    made: Json = answer.json()
    if SPEC.path.exists():
        SPEC.check(f"/{path}", "post", 201, made)
    return made


async def make_document(client: httpx.AsyncClient, types: dict[str, Json], **fields: Any) -> Json:
    return await post(client, EIO[1:], document(types, **fields))


async def link(client: httpx.AsyncClient, zaak: Json, made: Json) -> Json:
    """Put the document in the dossier of the zaak."""
    body = {"zaak": zaak["url"], "informatieobject": made["url"]}
    answer = await client.post(f"{ZAKEN}/zaakinformatieobjecten", json=body)
    assert answer.status_code == 201, answer.text
    linked: Json = answer.json()
    return linked


async def lock(client: httpx.AsyncClient, made: Json) -> str:
    answer = await client.post(f"{made['url']}/lock")
    assert answer.status_code == 200, answer.text
    return str(answer.json()["lock"])


async def unlock(client: httpx.AsyncClient, made: Json, key: str) -> httpx.Response:
    return await client.post(f"{made['url']}/unlock", json={"lock": key})


async def change(client: httpx.AsyncClient, made: Json, **fields: Any) -> Json:
    """Lock, change, unlock; the document as the change answers it."""
    key = await lock(client, made)
    answer = await client.patch(made["url"], json={**fields, "lock": key})
    assert answer.status_code == 200, answer.text
    assert (await unlock(client, made, key)).status_code == 204
    changed: Json = answer.json()
    return changed


async def put_part(client: httpx.AsyncClient, part: Json, inhoud: bytes, key: str) -> httpx.Response:
    return await client.put(part["url"], data={"lock": key}, files={"inhoud": ("deel", inhoud)})


async def download(client: httpx.AsyncClient, made: Json, **asked: str) -> httpx.Response:
    return await client.get(f"{made['url']}/download", params=asked)


async def found(client: httpx.AsyncClient, **asked: str) -> Sequence[str]:
    """The titles of a list."""
    answer = await client.get(f"{API}{EIO}", params=asked)
    assert answer.status_code == 200, answer.text
    return [item["titel"] for item in answer.json()["results"]]
