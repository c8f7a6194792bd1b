"""Every text field of the register with whatever can be typed or sent: stored exactly, or refused with a code."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Any

import httpx
import pytest
import pytest_asyncio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kcs_desktop.backend.standards.klantinteracties.groepen import CONTACTNAAM
from kcs_desktop.backend.standards.klantinteracties.registry import RESOURCES
from kcs_desktop.backend.standards.objecten.fields import Field, Text, TextMap
from kcs_desktop.backend.standards.objecten.groups import Group
from tests.contract.klantinteracties.fixtures import CONTACT, Json, post
from tests.contract.klantinteracties.spec import API, needs_spec
from tests.contract.klantinteracties.test_conformance import fill
from tests.harness.backend import Backend

Place = tuple[str, ...]  # resource, then the names down to the field
MIX = "👩‍👧🏳️‍🌈 \u202e\u2066\u05d0 Z\u0351\u036b e\u0301\ufb01\u212b\r\n\t\u2028\x7f\x85"
REFUSED = ("a\x00b", "\x1f", "\ud800", "a" * 10_000)


def _places(fields: Iterable[Field], above: Place) -> Iterator[Place]:
    for field in fields:
        if isinstance(field, Text):
            yield (*above, field.wire)
        elif isinstance(field, TextMap):
            yield (*above, field.wire, "sleutel")
        elif isinstance(field, Group):
            yield from _places(field.fields, (*above, field.wire))


PLACES = sorted(
    {
        *(place for naam, resource in RESOURCES.items() for place in _places(resource.fields, (naam,))),
        *_places((CONTACTNAAM,), ("partijen", "partijIdentificatie")),
        *(("actoren", "actorIdentificatie", wire) for wire in ("functie", "emailadres", "telefoonnummer")),
    }
)


class Register:
    """One object of every resource, of which one text at a time is changed."""

    def __init__(self, client: httpx.AsyncClient, objects: dict[str, Json]) -> None:
        self._client = client
        self._objects = dict(objects)
        self._urls = {naam: f"{API}/{naam}/{item['uuid']}" for naam, item in objects.items()}

    async def check(self, place: Place, text: str) -> int:
        """Send the text to this field; the status, when all is as it must be."""
        naam, *path = place
        url = self._urls[naam]
        content = json.dumps(_with(self._objects[naam], path, text))
        answer = await self._client.patch(url, content=content, headers={"content-type": "application/json"})
        if answer.status_code == 200:
            self._objects[naam] = (await self._client.get(url)).json()
            stored = _dig(self._objects[naam], path)
            assert stored == text or (text == "" and stored is None), (place, text[:50])
        else:
            assert answer.status_code == 400, (place, text[:50], answer.text[:300])
            assert answer.headers["content-type"].startswith("application/problem+json")
            assert len(answer.content) < 5_000
            problem = answer.json()
            assert problem["code"] in {"invalid", "parse-error"}
            if problem["code"] == "invalid":
                assert all(param["code"] and param["reason"] for param in problem["invalidParams"])
                assert path[0] in {param["name"].split(".")[0] for param in problem["invalidParams"]}
        return answer.status_code


def _with(item: Any, path: list[str], text: str) -> Json:
    """The body that changes one text: groups are given whole."""
    first, *rest = path
    inner = (item or {}).get(first)
    return {first: {**(inner or {}), **_with(inner, rest, text)} if rest else text}


def _dig(item: Any, path: list[str]) -> Any:
    for name in path:
        item = (item or {}).get(name)
    return item


@pytest_asyncio.fixture
async def register(backend: Backend) -> AsyncIterator[Register]:
    client = await backend.client_for("snelbalie")
    yield Register(client, await fill(client))


def test_the_places_are_all_there() -> None:
    assert {place[0] for place in PLACES} == set(RESOURCES) - {"actorklantcontacten", "vertegenwoordigingen"}
    assert ("klantcontacten", "inhoud") in PLACES
    assert ("partijen", "partijIdentificatie", "contactnaam", "achternaam") in PLACES


@needs_spec  # `fill` holds what it makes against it
@pytest.mark.timeout(180)
async def test_hostile_texts_are_stored_exactly_or_refused(register: Register) -> None:
    stored = 0
    for place in PLACES:
        stored += await register.check(place, MIX) == 200
        for text in REFUSED:
            assert await register.check(place, text) == 400, (place, text[:50])
    assert stored > len(PLACES) / 2  # the rest has a form of its own, such as a postcode


@needs_spec
@pytest.mark.timeout(180)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(place=st.sampled_from(PLACES), text=st.text(st.characters(exclude_categories=()), max_size=300))
async def test_any_text_is_stored_exactly_or_refused(register: Register, place: Place, text: str) -> None:
    assert await register.check(place, text) in {200, 400}


async def test_metadata_within_its_bounds_is_stored_exactly(backend: Backend) -> None:
    client = await backend.client_for("snelbalie")
    for metadata in (
        {"k" * 100: "v" * 255},
        {f"sleutel {nr}": "waarde" for nr in range(100)},
        {"": "v"},
        {"😀" * 100: "\u202e"},
    ):
        made = await post(client, "klantcontacten", {**CONTACT, "metadata": metadata})
        assert made["metadata"] == metadata


async def test_metadata_out_of_its_bounds_is_refused_in_few_words(backend: Backend) -> None:
    client = await backend.client_for("snelbalie")
    for metadata, code in (
        ({"k" * 101: "v"}, "max_length"),
        ({f"sleutel {nr}": 5 for nr in range(101)}, "max_length"),
        ({"k": "v" * 256}, "max_length"),
        ({"k\x00": "v"}, "invalid"),
        ({"k": ""}, "blank"),
        ({"k": None}, "invalid"),
        ({"k": {"dieper": "v"}}, "invalid"),
        (["k"], "invalid"),
    ):
        answer = await client.post(f"{API}/klantcontacten", json={**CONTACT, "metadata": metadata})
        assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
        (param,) = answer.json()["invalidParams"]
        assert (param["name"].split(".")[0], param["code"]) == ("metadata", code)
        assert len(answer.content) < 1_000
