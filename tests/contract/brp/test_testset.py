"""The national test set: everybody is found by every query their data allow, and the load names who is not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.kern import Kern
from kcs_desktop.backend.laad.brp import Verslag, load
from kcs_desktop.backend.principal import Principal, Verzoek
from kcs_desktop.backend.settings import Settings
from kcs_desktop.backend.standards.brp.router import ask
from kcs_desktop.backend.standards.brp.vraag import parse
from kcs_desktop.backend.standards.brp.zoek import find
from kcs_desktop.domain.rechten import Recht, default_rechtentabel
from tests.contract.brp.bronnen import TESTSET, needs_testset, persons

pytestmark = needs_testset
VERZOEK = Verzoek(Principal("1", "test", "medewerker", {"basisregistraties": Recht.RAADPLEGEN}), "Proef", "verzoek-1")
AFGEKEURD = "999999245"
_NAAM = r"[a-zA-Z0-9À-ž .\-']"
_PATRONEN = {
    "geslachtsnaam": _NAAM + "{1,200}",
    "voornamen": _NAAM + "{1,200}",
    "straat": _NAAM + "{1,80}",
    "nummeraanduidingIdentificatie": "[0-9]{16}",
    "adresseerbaarObjectIdentificatie": "[0-9]{16}",
}

Persoon = Mapping[str, Any]


def _naam(p: Persoon) -> str:
    return str(p["naam"]["geslachtsnaam"])


def _voornamen(p: Persoon) -> str:
    return " ".join(p["naam"].get("voornamen", "").split())


def _geboren(p: Persoon) -> str:
    bron = p.get("geboorte", {}).get("datum", "")
    return f"{bron[:4]}-{bron[4:6]}-{bron[6:]}" if len(bron) == 8 and not bron.endswith("00") else ""


def _verblijf(p: Persoon, veld: str) -> str:
    return str(p["verblijfplaats"].get(veld, ""))


def _op_naam_en_datum(p: Persoon) -> dict[str, Any]:
    return {"geslachtsnaam": _naam(p), "geboortedatum": _geboren(p)}


def _op_naam_en_gemeente(p: Persoon) -> dict[str, Any]:
    gemeente = p["gemeenteVanInschrijving"]["code"]
    return {"geslachtsnaam": _naam(p), "voornamen": _voornamen(p), "gemeenteVanInschrijving": gemeente}


def _op_postcode(p: Persoon) -> dict[str, Any]:
    return {"postcode": _verblijf(p, "postcode"), "huisnummer": int(_verblijf(p, "huisnummer") or 0)}


def _op_straat(p: Persoon) -> dict[str, Any]:
    return {
        "straat": _verblijf(p, "straat"),
        "huisnummer": int(_verblijf(p, "huisnummer") or 0),
        "gemeenteVanInschrijving": p["gemeenteVanInschrijving"]["code"],
    }


VRAGEN: dict[str, tuple[Callable[[Persoon], dict[str, Any]], int]] = {
    "ZoekMetGeslachtsnaamEnGeboortedatum": (_op_naam_en_datum, 10),
    "ZoekMetNaamEnGemeenteVanInschrijving": (_op_naam_en_gemeente, 10),
    "ZoekMetPostcodeEnHuisnummer": (_op_postcode, 30),
    "ZoekMetStraatHuisnummerEnGemeenteVanInschrijving": (_op_straat, 30),
    "ZoekMetNummeraanduidingIdentificatie": (
        lambda p: {"nummeraanduidingIdentificatie": _verblijf(p, "nummeraanduidingIdentificatie")},
        30,
    ),
    "ZoekMetAdresseerbaarObjectIdentificatie": (
        lambda p: {"adresseerbaarObjectIdentificatie": _verblijf(p, "adresseerbaarObjectIdentificatie")},
        30,
    ),
}


def _kan(vraag: Mapping[str, Any]) -> bool:
    """Whether the data fill the question in a way that the specification allows."""
    return all(vraag.values()) and all(re.fullmatch(_PATRONEN[v], vraag[v]) for v in _PATRONEN.keys() & vraag.keys())


def _is_dood(p: Persoon) -> bool:
    return "overlijden" in p


def _vragen(zoektype: str) -> dict[str, dict[str, Any]]:
    """Per BSN the question that must find that person."""
    maak, maximum = VRAGEN[zoektype]
    geldig = [p for p in persons() if p["burgerservicenummer"] != AFGEKEURD]
    alle = {p["burgerservicenummer"]: maak(p) for p in geldig if _kan(maak(p))}
    dood = {p["burgerservicenummer"] for p in geldig if _is_dood(p)}
    sleutel = {bsn: str(sorted((k, str(w).casefold()) for k, w in v.items())) for bsn, v in alle.items()}
    levend, iedereen = Counter(s for b, s in sleutel.items() if b not in dood), Counter(sleutel.values())
    return {
        bsn: {**vraag, "inclusiefOverledenPersonen": bsn in dood}
        for bsn, vraag in alle.items()
        if (iedereen if bsn in dood else levend)[sleutel[bsn]] <= maximum
    }


async def test_every_person_is_found_where_the_data_allow_it_and_the_load_names_the_others(db: Database) -> None:
    verslag = await load(db, TESTSET)
    kern = Kern(Settings(database_url=""), db, default_rechtentabel())
    iedereen = {p["burgerservicenummer"] for p in persons()} - {AFGEKEURD}
    assert (verslag.geladen, verslag.afgekeurd) == (1175, [AFGEKEURD])
    for zoektype in VRAGEN:
        vragen = _vragen(zoektype)
        assert len(vragen) > 300
        assert {r.bsn for r in verslag.onbereikbaar if r.zoektype == zoektype} == iedereen - vragen.keys()
        assert await _not_found(kern, zoektype, vragen) == []
    assert await _consulted(kern) == iedereen
    _says_why(verslag)


async def _ask(kern: Kern, vraag: dict[str, Any]) -> set[str]:
    """The BSNs of the answer to one question."""
    antwoord = await ask(kern, VERZOEK, msgspec.json.encode(vraag))
    return {p["burgerservicenummer"] for p in antwoord["personen"]}


async def _not_found(kern: Kern, zoektype: str, vragen: Mapping[str, dict[str, Any]]) -> list[str]:
    """Every question is parsed and searched in one session; a line in the audit for each would only cost time."""
    antwoorden: dict[str, set[str]] = {}
    gemist = []
    async with kern.db.read() as session:
        for bsn, vraag in vragen.items():
            sleutel = str(vraag)
            if sleutel not in antwoorden:
                body = {"type": zoektype, "fields": ["burgerservicenummer"], **vraag}
                bronnen = await find(session, parse(msgspec.json.encode(body)))
                antwoorden[sleutel] = {bron["burgerservicenummer"] for bron in bronnen}
            if bsn not in antwoorden[sleutel]:
                gemist.append(bsn)
    return gemist


async def _consulted(kern: Kern) -> set[str]:
    alle = [p["burgerservicenummer"] for p in persons()]
    gezien: set[str] = set()
    for begin in range(0, len(alle), 20):
        body = {
            "type": "RaadpleegMetBurgerservicenummer",
            "fields": ["burgerservicenummer"],
            "burgerservicenummer": alle[begin : begin + 20],
        }
        gezien |= await _ask(kern, body)
    return gezien


def _says_why(verslag: Verslag) -> None:
    regels = list(verslag.lines())
    assert f"{AFGEKEURD}: niet geladen, het BSN voldoet niet aan de elfproef." in regels
    redenen = Counter((r.zoektype, r.reden) for r in verslag.onbereikbaar)
    naam = "ZoekMetGeslachtsnaamEnGeboortedatum"
    assert redenen[naam, "geboortedatum is onvolledig"] == 14
    assert redenen[naam, "geboortedatum ontbreekt"] == 1
    assert redenen[naam, "geslachtsnaam bevat tekens die de vraag niet toestaat of is te lang"] == 3
    assert redenen["ZoekMetPostcodeEnHuisnummer", "te veel personen: 253, hooguit 30"] >= 250
    assert redenen["ZoekMetPostcodeEnHuisnummer", "geen adres in Nederland"] > 90


async def test_loading_twice_changes_nothing(db: Database) -> None:
    eerste = await load(db, TESTSET)
    tweede = await load(db, TESTSET)
    assert (tweede.geladen, sorted(tweede.onbereikbaar)) == (eerste.geladen, sorted(eerste.onbereikbaar))
