"""Every answer of the embedded BRP is what the published specification says, for both its populations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import httpx
import msgspec

from kcs_desktop.backend.laad.brp import load, store
from kcs_desktop.backend.proefgemeente.personen import Inwoners
from kcs_desktop.backend.standards.brp.fields import paden
from kcs_desktop.domain.bsn import passes_elfproef
from tests.contract.brp.bronnen import TESTSET, needs_spec, needs_testset, persons, source_texts
from tests.contract.brp.spec import check, unknown_members
from tests.harness.backend import Backend

PERSONEN = "/brp/haalcentraal/api/brp/personen"
RAADPLEEG = "RaadpleegMetBurgerservicenummer"
Persoon = Mapping[str, Any]
Sources = Mapping[str, frozenset[str]]


def _groepen(soort: str) -> list[str]:
    return sorted(pad for pad in paden(soort) if "." not in pad)


def _searches(p: Persoon) -> list[dict[str, Any]]:
    """A question of each kind that the data of this person fill."""
    naam, v = p.get("naam") or {}, p.get("verblijfplaats") or {}
    gemeente = (p.get("gemeenteVanInschrijving") or {}).get("code")
    datum = (p.get("geboorte") or {}).get("datum") or ""
    geboren = f"{datum[:4]}-{datum[4:6]}-{datum[6:]}" if datum else ""
    huisnummer = int(v.get("huisnummer") or 0)
    object_id = v.get("adresseerbaarObjectIdentificatie")
    vragen: list[dict[str, Any]] = [
        {
            "type": "ZoekMetGeslachtsnaamEnGeboortedatum",
            "geslachtsnaam": naam.get("geslachtsnaam"),
            "geboortedatum": geboren,
        },
        {
            "type": "ZoekMetNaamEnGemeenteVanInschrijving",
            "geslachtsnaam": naam.get("geslachtsnaam"),
            "voornamen": naam.get("voornamen"),
            "gemeenteVanInschrijving": gemeente,
        },
        {"type": "ZoekMetPostcodeEnHuisnummer", "postcode": v.get("postcode"), "huisnummer": huisnummer},
        {
            "type": "ZoekMetStraatHuisnummerEnGemeenteVanInschrijving",
            "straat": v.get("straat"),
            "huisnummer": huisnummer,
            "gemeenteVanInschrijving": gemeente,
        },
        {
            "type": "ZoekMetNummeraanduidingIdentificatie",
            "nummeraanduidingIdentificatie": v.get("nummeraanduidingIdentificatie"),
        },
        {"type": "ZoekMetAdresseerbaarObjectIdentificatie", "adresseerbaarObjectIdentificatie": object_id},
    ]
    return [{**vraag, "inclusiefOverledenPersonen": True} for vraag in vragen if all(vraag.values())]


async def _checked(client: httpx.AsyncClient, vraag: dict[str, Any], sources: Sources) -> list[Persoon]:
    """The persons of a valid answer; none when the standard forbids or caps the question."""
    with_object = vraag["type"] == "ZoekMetAdresseerbaarObjectIdentificatie"
    soort = "persoon" if vraag["type"] == RAADPLEEG else "persoon_beperkt"
    fields = [pad for pad in _groepen(soort) if pad != "gezag" or soort == "persoon" or with_object]
    antwoord = await client.post(PERSONEN, content=msgspec.json.encode({**vraag, "fields": fields}), headers=JSON)
    body = antwoord.json()
    if antwoord.status_code == 400:
        check(body, "BadRequestFoutbericht")
        assert body["code"] in {"tooManyResults", "paramsValidation"}, body
        return []
    assert antwoord.status_code == 200, body
    schema = f"{vraag['type']}Response"
    check(body, schema, sources)
    assert unknown_members(body, schema) == []
    gevonden: list[Persoon] = body["personen"]
    return gevonden


JSON = {"Content-Type": "application/json"}


async def _every_kind(client: httpx.AsyncClient, sample: Sequence[Persoon], sources: Sources) -> dict[str, int]:
    """How many persons were seen in valid answers, per kind of question."""
    gezien: dict[str, int] = {}
    for p in sample:
        for vraag in _searches(p):
            gezien[vraag["type"]] = gezien.get(vraag["type"], 0) + len(await _checked(client, vraag, sources))
    bsns = [p["burgerservicenummer"] for p in sample if passes_elfproef(p["burgerservicenummer"])]
    for begin in range(0, len(bsns), 20):
        personen = await _checked(client, {"type": RAADPLEEG, "burgerservicenummer": bsns[begin : begin + 20]}, sources)
        gezien[RAADPLEEG] = gezien.get(RAADPLEEG, 0) + len(personen)
    return gezien


def _is_special(p: Persoon) -> bool:
    datum = (p.get("geboorte") or {}).get("datum") or ""
    v = p.get("verblijfplaats") or {}
    return bool(
        "overlijden" in p
        or "geheimhoudingPersoonsgegevens" in p
        or datum[-2:] in {"", "00"}
        or "persoonInOnderzoek" in p
        or v.get("land")
        or v.get("locatiebeschrijving")
        or "gezag" in p
        or "rni" in p
    )


@needs_spec
@needs_testset
async def test_the_national_test_set_is_consulted_as_specified(backend: Backend) -> None:
    await load(backend.db, TESTSET)
    client = await backend.client_for("snelbalie")
    alle = [p["burgerservicenummer"] for p in persons() if passes_elfproef(p["burgerservicenummer"])]
    sources = source_texts(persons())
    gezien = 0
    for begin in range(0, len(alle), 20):
        vraag = {"type": RAADPLEEG, "burgerservicenummer": alle[begin : begin + 20]}
        gezien += len(await _checked(client, vraag, sources))
    assert gezien == 1175


@needs_spec
@needs_testset
async def test_the_national_test_set_is_searched_as_specified(backend: Backend) -> None:
    await load(backend.db, TESTSET)
    client = await backend.client_for("snelbalie")
    gewoon = [p for p in persons() if not _is_special(p)][::50]
    bijzonder = [p for p in persons() if _is_special(p)][::20]
    gezien = await _every_kind(client, [*gewoon, *bijzonder], source_texts(persons()))
    assert len(gezien) == 7
    assert min(gezien.values()) > 10, gezien


@needs_spec
async def test_proefdam_is_answered_as_specified(backend: Backend) -> None:
    mensen = Inwoners().all()
    async with backend.db.write() as unit:
        await store(unit, mensen)
    client = await backend.client_for("snelbalie")
    gezien = await _every_kind(client, mensen[::30], source_texts(mensen))
    assert len(gezien) == 7
    assert min(gezien.values()) > 5, gezien
