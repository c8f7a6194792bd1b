"""The paths that may be asked are those of the published specification, and no other."""

from __future__ import annotations

from typing import Any

import pytest

from kcs_desktop.backend.standards.brp.fields import AUTOMATISCH, is_automatic, paden
from tests.contract.brp.bronnen import needs_spec
from tests.contract.brp.spec import check, check_problem, walk
from tests.harness.backend import Backend

PERSONEN = "/brp/haalcentraal/api/brp/personen"
RAADPLEEG = {"type": "RaadpleegMetBurgerservicenummer", "burgerservicenummer": ["999990019"]}
ZOEK = {"type": "ZoekMetPostcodeEnHuisnummer", "postcode": "1234AB", "huisnummer": 1}
OBJECT = {"type": "ZoekMetAdresseerbaarObjectIdentificatie", "adresseerbaarObjectIdentificatie": "1" * 16}


@needs_spec
@pytest.mark.parametrize(("soort", "schema"), [("persoon", "Persoon"), ("persoon_beperkt", "GezagPersoonBeperkt")])
def test_the_paths_are_those_of_the_specification(soort: str, schema: str) -> None:
    van_de_specificatie = {p for p in walk(schema, frozenset({*AUTOMATISCH, "inOnderzoek"})) if not is_automatic(p)}
    assert paden(soort) == van_de_specificatie


async def _status(backend: Backend, vraag: dict[str, Any], *fields: str) -> tuple[int, Any]:
    client = await backend.client_for("snelbalie")
    antwoord = await client.post(PERSONEN, json={**vraag, "fields": list(fields)})
    return antwoord.status_code, antwoord.json()


@needs_spec
@pytest.mark.parametrize(
    "pad",
    [
        "verblijfplaats", "verblijfplaats.verblijfadres.postcode", "verblijfplaats.datumVan", "partners", "aNummer",
        "geboorte.plaats", "adressering.aanhef", "naam.aanduidingNaamgebruik", "overlijden", "gezag", "gezag.type",
        "geheimhoudingPersoonsgegevens", "rni", "verificatie.datum", "opschortingBijhouding", "inOnderzoek",
        "naam.inOnderzoek", "naam.", "..", "bestaatNiet",
    ],
)  # fmt: skip
async def test_a_search_refuses_what_only_a_consult_gives(backend: Backend, pad: str) -> None:
    status, body = await _status(backend, ZOEK, "burgerservicenummer", pad)
    assert status == 400
    check_problem(body, 400)
    assert [(p["name"], p["code"]) for p in body["invalidParams"]] == [("fields.1", "fields")]


@needs_spec
async def test_every_path_of_the_specification_may_be_asked(backend: Backend) -> None:
    alle = sorted(paden("persoon"))
    for begin in range(0, len(alle), 130):
        status, body = await _status(backend, RAADPLEEG, *alle[begin : begin + 130])
        assert status == 200, body
    status, body = await _status(backend, ZOEK, *sorted(paden("persoon_beperkt") - {"gezag"}))
    assert status == 200, body
    status, body = await _status(backend, OBJECT, "gezag")
    assert status == 200, body
    check(body, "ZoekMetAdresseerbaarObjectIdentificatieResponse")
