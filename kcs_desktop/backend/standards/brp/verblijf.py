"""Where a person lives, in the four forms of the standard, and the address lines for an envelope."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kcs_desktop.backend.standards.brp import onderzoek as o
from kcs_desktop.backend.standards.brp.datum import datum

Bron = Mapping[str, Any]
_AANDUIDING_BIJ = {"to": "tegenover", "by": "bij"}
_ONBEKEND_LAND = "0000"


def soort(v: Bron) -> str:
    """The `type` of a source address."""
    if v.get("land"):
        return "VerblijfplaatsOnbekend" if v["land"].get("code") == _ONBEKEND_LAND else "VerblijfplaatsBuitenland"
    if v.get("locatiebeschrijving"):
        return "Locatie"
    return "Adres" if v.get("straat") or v.get("postcode") or v.get("huisnummer") else "VerblijfplaatsOnbekend"


def verblijfplaats(v: Bron) -> dict[str, Any] | None:
    """The group `verblijfplaats`; empty members are left out by the caller."""
    if not v:
        return None
    type_ = soort(v)
    ingang = datum(v.get("datumIngangGeldigheid"))
    van = datum(v.get("datumAanvangAdresBuitenland") or v.get("datumAanvangAdreshouding"))
    basis: dict[str, Any] = {"type": type_, "datumVan": van, "datumIngangGeldigheid": ingang}
    if type_ == "VerblijfplaatsOnbekend":
        return {**basis, "inOnderzoek": o.in_onderzoek(v.get("inOnderzoek"), o.ONBEKEND)}
    if type_ == "VerblijfplaatsBuitenland":
        adres = {naam: v.get(naam) for naam in ("regel1", "regel2", "regel3", "land")}
        adres["inOnderzoek"] = o.in_onderzoek(v.get("inOnderzoek"), o.VERBLIJFADRES_BUITENLAND)
        return {**basis, "verblijfadres": adres, "inOnderzoek": o.in_onderzoek(v.get("inOnderzoek"), o.BUITENLAND)}
    basis["functieAdres"] = v.get("functieAdres")
    basis["indicatieVastgesteldVerblijftNietOpAdres"] = verblijft_niet_op_adres(v) or None
    if type_ == "Locatie":
        adres = {
            "locatiebeschrijving": v["locatiebeschrijving"],
            "inOnderzoek": o.in_onderzoek(v.get("inOnderzoek"), o.VERBLIJFADRES_LOCATIE),
        }
        return {**basis, "verblijfadres": adres, "inOnderzoek": o.in_onderzoek(v.get("inOnderzoek"), o.LOCATIE)}
    return {
        **basis,
        "adresseerbaarObjectIdentificatie": v.get("adresseerbaarObjectIdentificatie"),
        "nummeraanduidingIdentificatie": v.get("nummeraanduidingIdentificatie"),
        "verblijfadres": _binnenland(v),
        "inOnderzoek": o.in_onderzoek(v.get("inOnderzoek"), o.ADRES),
    }


def _binnenland(v: Bron) -> dict[str, Any]:
    return {
        "officieleStraatnaam": v.get("naamOpenbareRuimte"),
        "korteStraatnaam": v.get("straat"),
        "huisnummer": int(v["huisnummer"]) if v.get("huisnummer") else None,
        "huisletter": v.get("huisletter"),
        "huisnummertoevoeging": v.get("huisnummertoevoeging"),
        "aanduidingBijHuisnummer": v.get("aanduidingBijHuisnummer"),
        "postcode": v.get("postcode"),
        "woonplaats": v.get("woonplaats"),
        "inOnderzoek": o.in_onderzoek(v.get("inOnderzoek"), o.VERBLIJFADRES),
    }


def verblijft_niet_op_adres(v: Bron) -> bool:
    """Whether it was established that the person no longer lives at the registered address."""
    bron = v.get("inOnderzoek") or {}
    return bool(bron.get("aanduidingGegevensInOnderzoek") == o.VERBLIJFT_NIET_OP_ADRES)


def adresregels(v: Bron, gemeente: str) -> dict[str, Any]:
    """adresregel1 to 3, land and the indicatie; empty when the address is unknown. Cut to the standard's lengths."""
    type_ = soort(v) if v else "VerblijfplaatsOnbekend"
    if type_ == "VerblijfplaatsOnbekend":
        return {}
    if type_ == "VerblijfplaatsBuitenland":
        regels = {f"adresregel{n}": _cut(v.get(f"regel{n}"), lengte) for n, lengte in ((1, 40), (2, 50), (3, 35))}
        return {**regels, "land": v["land"]}
    niet = verblijft_niet_op_adres(v) or None
    if type_ == "Locatie":
        return {
            "adresregel1": _cut(v["locatiebeschrijving"], 40),
            "adresregel2": _cut(gemeente, 50),
            "indicatieVastgesteldVerblijftNietOpAdres": niet,
        }
    postcode = str(v.get("postcode") or "")
    tweede = f"{postcode[:4]} {postcode[4:]}" if len(postcode) == 6 else postcode
    return {
        "adresregel1": _cut(f"{v.get('straat') or v.get('naamOpenbareRuimte') or ''} {_huisnummer(v)}".strip(), 40),
        "adresregel2": _cut(f"{tweede} {v.get('woonplaats') or gemeente}".strip(), 50),
        "indicatieVastgesteldVerblijftNietOpAdres": niet,
    }


def _huisnummer(v: Bron) -> str:
    """ "12A-bis": the letter follows at once, an addition after a hyphen, "t/o" or "bij" stands before."""
    nummer = f"{v.get('huisnummer') or ''}{v.get('huisletter') or ''}"
    toevoeging = v.get("huisnummertoevoeging")
    if toevoeging:
        nummer = f"{nummer}-{toevoeging}"
    bij = (v.get("aanduidingBijHuisnummer") or {}).get("code")
    return f"{_AANDUIDING_BIJ[bij]} {nummer}" if bij in _AANDUIDING_BIJ else nummer


def _cut(text: str | None, length: int) -> str | None:
    return text[:length].strip() if text else None
