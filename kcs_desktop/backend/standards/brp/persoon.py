"""A whole Persoon or PersoonBeperkt from a source record, derived fields included; `fields.py` cuts it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from kcs_desktop.backend.standards.brp import naam as n
from kcs_desktop.backend.standards.brp import onderzoek as o
from kcs_desktop.backend.standards.brp.datum import datum, leeftijd, whole_date
from kcs_desktop.backend.standards.brp.gezag import gezag
from kcs_desktop.backend.standards.brp.rij import is_overleden
from kcs_desktop.backend.standards.brp.verblijf import adresregels, verblijfplaats

Bron = Mapping[str, Any]
_GEEN_NATIONALITEIT = {"0000": "NationaliteitOnbekend", "0499": "Staatloos", "0500": "VastgesteldNietNederlander"}


def persoon_beperkt(bron: Bron, vandaag: date) -> dict[str, Any]:
    """What a search may answer, plus `gezag`, which only the search by addressable object offers."""
    geboorte = bron.get("geboorte") or {}
    return {
        "burgerservicenummer": bron["burgerservicenummer"],
        "geboorte": _groep({"datum": datum(geboorte.get("datum"))}, bron.get("persoonInOnderzoek"), o.GEBOORTE_BEPERKT),
        "geslacht": _waarde(bron.get("geslacht")),
        "leeftijd": _leeftijd(bron, vandaag),
        "naam": _naam_persoon(bron, o.NAAM_PERSOON),
        "adressering": _adressering(bron, volledig=False),
        "gezag": gezag(bron),
        **_automatisch(bron, volledig=False),
    }


def persoon(bron: Bron, vandaag: date) -> dict[str, Any]:
    """What a consult by BSN may answer."""
    onderzoek = bron.get("persoonInOnderzoek")
    verblijf = bron.get("verblijfplaats") or {}
    naam = _naam_persoon(bron, o.NAAM_PERSOON_VOL)
    if naam is not None:
        naam["aanduidingNaamgebruik"] = _waarde((bron.get("naam") or {}).get("aanduidingNaamgebruik"))
    return {
        "aNummer": bron.get("aNummer"),
        "burgerservicenummer": bron["burgerservicenummer"],
        "datumEersteInschrijvingGBA": datum(bron.get("datumEersteInschrijvingGBA")),
        "geslacht": _waarde(bron.get("geslacht")),
        "leeftijd": _leeftijd(bron, vandaag),
        "naam": naam,
        "geboorte": _gebeurtenis(bron.get("geboorte"), onderzoek, o.GEBOORTE),
        "overlijden": _gebeurtenis(
            bron.get("overlijden"), (bron.get("overlijden") or {}).get("inOnderzoek"), o.OVERLIJDEN
        ),
        "nationaliteiten": [_nationaliteit(x) for x in bron.get("nationaliteiten") or ()],
        "verblijfplaats": verblijfplaats(verblijf),
        "immigratie": _immigratie(bron.get("immigratie") or {}, verblijf.get("inOnderzoek")),
        "gemeenteVanInschrijving": _waarde(bron.get("gemeenteVanInschrijving")),
        "datumInschrijvingInGemeente": datum(bron.get("datumInschrijvingInGemeente")),
        "adressering": _adressering(bron, volledig=True),
        "indicatieCurateleRegister": bool(bron.get("indicatieCurateleRegister")) or None,
        "indicatieGezagMinderjarige": _waarde(bron.get("indicatieGezagMinderjarige")),
        "gezag": gezag(bron),
        "verblijfstitel": _verblijfstitel(bron.get("verblijfstitel"), vandaag),
        "uitsluitingKiesrecht": _kiesrecht(bron.get("uitsluitingKiesrecht"), "einddatum"),
        "europeesKiesrecht": _kiesrecht(bron.get("europeesKiesrecht"), "einddatumUitsluiting"),
        "kinderen": [_gerelateerde(k, o.KIND) for k in bron.get("kinderen") or ()],
        "ouders": [_ouder(x) for x in bron.get("ouders") or ()],
        "partners": [_partner(p) for p in actuele_partners(bron)],
        **_automatisch(bron, volledig=True),
    }


def actuele_partners(bron: Bron) -> list[Bron]:
    """Partners whose bond stands; else the one whose bond ended last."""
    alle = list(bron.get("partners") or ())
    actueel = [p for p in alle if not p.get("ontbindingHuwelijkPartnerschap")]
    if actueel or not alle:
        return actueel
    return [max(alle, key=lambda p: str(p["ontbindingHuwelijkPartnerschap"].get("datum") or ""))]


def _automatisch(bron: Bron, *, volledig: bool) -> dict[str, Any]:
    """The fields that are answered without being asked for."""
    opschorting = bron.get("opschortingBijhouding")
    verificatie = bron.get("verificatie")
    onderzoek: dict[str, Any] = o.onderzocht(bron.get("persoonInOnderzoek"), o.PERSOON)
    if onderzoek:
        onderzoek["datumIngangOnderzoekPersoon"] = datum(bron["persoonInOnderzoek"].get("datumIngangOnderzoek"))
    if volledig:
        for sleutel, tabel, naam in (
            ((bron.get("verblijfplaats") or {}).get("inOnderzoek"), o.GEMEENTE, "datumIngangOnderzoekGemeente"),
            (bron.get("gezagInOnderzoek"), o.GEZAG, "datumIngangOnderzoekGezag"),
        ):
            velden = o.onderzocht(sleutel, tabel)
            if velden and sleutel:
                onderzoek |= {**velden, naam: datum(sleutel.get("datumIngangOnderzoek"))}
    return {
        "geheimhoudingPersoonsgegevens": str(bron.get("geheimhoudingPersoonsgegevens") or "0") != "0" or None,
        "inOnderzoek": onderzoek or None,
        "opschortingBijhouding": opschorting
        and {"reden": _waarde(opschorting.get("reden")), "datum": datum(opschorting.get("datum"))},
        "rni": list(bron.get("rni") or ()) or None,
        "verificatie": verificatie
        and {"datum": datum(verificatie.get("datum")), "omschrijving": verificatie.get("omschrijving")},
    }


def _geslacht(bron: Bron) -> str:
    return str((bron.get("geslacht") or {}).get("code") or "O")


def _leeftijd(bron: Bron, vandaag: date) -> int | None:
    """The dead have no age in this register."""
    return None if is_overleden(bron) else leeftijd((bron.get("geboorte") or {}).get("datum"), vandaag)


def _waarde(bron: Bron | None) -> dict[str, Any] | None:
    """A value of a national table."""
    return {k: bron[k] for k in ("code", "omschrijving", "soort") if bron.get(k)} if bron else None


def _groep(velden: dict[str, Any], onderzoek: Bron | None, tabel: o.Tabel) -> dict[str, Any] | None:
    """A group with its `inOnderzoek`; None when there is nothing in it."""
    if not any(v is not None for v in velden.values()):
        return None
    return {**velden, "inOnderzoek": o.in_onderzoek(onderzoek, tabel)}


def _naam(bron: Bron | None, onderzoek: Bron | None, tabel: o.Tabel) -> dict[str, Any] | None:
    if not bron:
        return None
    voornamen = " ".join((bron.get("voornamen") or "").split()) or None
    velden = {
        "voornamen": voornamen,
        "adellijkeTitelPredicaat": _waarde(bron.get("adellijkeTitelPredicaat")),
        "voorvoegsel": bron.get("voorvoegsel"),
        "geslachtsnaam": bron.get("geslachtsnaam"),
        "voorletters": n.voorletters(voornamen),
    }
    return _groep(velden, onderzoek, tabel)


def _naam_persoon(bron: Bron, tabel: o.Tabel) -> dict[str, Any] | None:
    naam = _naam(bron.get("naam"), bron.get("persoonInOnderzoek"), tabel)
    if naam is not None:
        naam["volledigeNaam"] = n.volledige_naam(bron["naam"], _geslacht(bron))
    return naam


def _gebeurtenis(bron: Bron | None, onderzoek: Bron | None, tabel: o.Tabel) -> dict[str, Any] | None:
    if not bron:
        return None
    velden = {
        "datum": datum(bron.get("datum")),
        "land": _waarde(bron.get("land")),
        "plaats": _waarde(bron.get("plaats")),
    }
    return _groep(velden, onderzoek, tabel)


def _gerelateerde(bron: Bron, tabel: o.Tabel) -> dict[str, Any]:
    onderzoek = bron.get("inOnderzoek")
    return {
        "burgerservicenummer": bron.get("burgerservicenummer"),
        "naam": _naam(bron.get("naam"), onderzoek, o.NAAM),
        "geboorte": _gebeurtenis(bron.get("geboorte"), onderzoek, o.GEBOORTE),
        "inOnderzoek": o.in_onderzoek(onderzoek, tabel),
    }


def _ouder(bron: Bron) -> dict[str, Any]:
    return {
        **_gerelateerde(bron, o.OUDER),
        "geslacht": _waarde(bron.get("geslacht")),
        "ouderAanduiding": bron.get("ouderAanduiding"),
        "datumIngangFamilierechtelijkeBetrekking": datum(bron.get("datumIngangFamilierechtelijkeBetrekking")),
    }


def _partner(bron: Bron) -> dict[str, Any]:
    onderzoek = bron.get("inOnderzoek")
    ontbinding = bron.get("ontbindingHuwelijkPartnerschap") or {}
    return {
        **_gerelateerde(bron, o.PARTNER),
        "geslacht": _waarde(bron.get("geslacht")),
        "soortVerbintenis": _waarde(bron.get("soortVerbintenis")),
        "aangaanHuwelijkPartnerschap": _gebeurtenis(bron.get("aangaanHuwelijkPartnerschap"), onderzoek, o.AANGAAN),
        "ontbindingHuwelijkPartnerschap": _groep({"datum": datum(ontbinding.get("datum"))}, onderzoek, o.ONTBINDING),
    }


def _nationaliteit(bron: Bron) -> dict[str, Any]:
    waarde = bron.get("nationaliteit") or {}
    bijzonder = {"B": "BehandeldAlsNederlander", "V": "VastgesteldNietNederlander"}.get(
        (bron.get("aanduidingBijzonderNederlanderschap") or {}).get("code") or ""
    )
    type_ = bijzonder or _GEEN_NATIONALITEIT.get(waarde.get("code") or "0000", "Nationaliteit")
    onderzoek = o.in_onderzoek(bron.get("inOnderzoek"), o.NATIONALITEIT)
    if onderzoek is not None and type_ != "Nationaliteit":
        onderzoek.pop("nationaliteit", None)
    return {
        "type": type_,
        "nationaliteit": _waarde(waarde) if type_ == "Nationaliteit" else None,
        "redenOpname": _waarde(bron.get("redenOpname")),
        "datumIngangGeldigheid": datum(bron.get("datumIngangGeldigheid")),
        "inOnderzoek": onderzoek,
    }


def _immigratie(bron: Bron, onderzoek: Bron | None) -> dict[str, Any] | None:
    land = bron.get("landVanwaarIngeschreven") or {}
    onbekend = land.get("code") == "0000"
    velden = {
        "datumVestigingInNederland": datum(bron.get("datumVestigingInNederland")),
        "landVanwaarIngeschreven": None if onbekend else _waarde(land),
        "vanuitVerblijfplaatsOnbekend": onbekend or None,
        "indicatieVestigingVanuitBuitenland": bool(land and not onbekend) or None,
    }
    return _groep(velden, onderzoek, o.IMMIGRATIE)


def _verblijfstitel(bron: Bron | None, vandaag: date) -> dict[str, Any] | None:
    """None when it has ended."""
    einde = whole_date((bron or {}).get("datumEinde") or "")
    if not bron or (einde is not None and einde <= vandaag):
        return None
    velden = {
        "aanduiding": _waarde(bron.get("aanduiding")),
        "datumEinde": datum(bron.get("datumEinde")),
        "datumIngang": datum(bron.get("datumIngang")),
    }
    return _groep(velden, bron.get("inOnderzoek"), o.VERBLIJFSTITEL)


def _kiesrecht(bron: Bron | None, einde: str) -> dict[str, Any] | None:
    if not bron:
        return None
    uitgesloten = bool(bron.get("uitgeslotenVanKiesrecht")) or None
    return {
        "uitgeslotenVanKiesrecht": uitgesloten,
        "aanduiding": _waarde(bron.get("aanduiding")),
        einde: datum(bron.get(einde)),
    }


def _adressering(bron: Bron, *, volledig: bool) -> dict[str, Any] | None:
    verblijf = bron.get("verblijfplaats") or {}
    velden = adresregels(verblijf, (bron.get("gemeenteVanInschrijving") or {}).get("omschrijving") or "")
    onderzoek: dict[str, Any] = {}
    bron_verblijf = verblijf.get("inOnderzoek") or {}
    if regels := {k: v for k, v in o.onderzocht(bron_verblijf, o.ADRESREGELS).items() if velden.get(k)}:
        onderzoek |= {**regels, "datumIngangOnderzoekVerblijfplaats": datum(bron_verblijf.get("datumIngangOnderzoek"))}
    if volledig:
        partner = next(iter(actuele_partners(bron)), None)
        aan = n.aanschrijving(
            bron.get("naam") or {},
            _geslacht(bron),
            (partner or {}).get("naam"),
            _geslacht(partner or {}),
        )
        if aan is not None:
            velden["aanhef"] = aan.aanhef
            velden["aanschrijfwijze"] = {"naam": aan.naam, "aanspreekvorm": aan.aanspreekvorm or None}
            velden["gebruikInLopendeTekst"] = aan.lopende_tekst
        bron_persoon = bron.get("persoonInOnderzoek") or {}
        if aan is not None and (namen := o.onderzocht(bron_persoon, o.AANSCHRIJVING)):
            onderzoek |= {**namen, "datumIngangOnderzoekPersoon": datum(bron_persoon.get("datumIngangOnderzoek"))}
    return {**velden, "inOnderzoek": onderzoek or None} if velden else None
