"""Names as the BRP derives them: voorletters, volledige naam, and how to address a person in a letter or a sentence.

Rules: aanduidingNaamgebruik E (own), P (partner's), V (partner's before own), N (partner's after own); a predicaat
stands before the given names, a titel before the family name; the form of both follows the person's sex.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

# Male code, male word, female word ("" where there is none), aanspreekvorm, aanhef ("{}" becomes heer or vrouwe).
_TITELS: dict[str, tuple[str, str, str, str]] = {
    "JH": ("jonkheer", "jonkvrouw", "De hoogwelgeboren {}", "Hoogwelgeboren {}"),
    "B": ("baron", "barones", "De hoogwelgeboren {}", "Hoogwelgeboren {}"),
    "G": ("graaf", "gravin", "De hooggeboren {}", "Hooggeboren {}"),
    "H": ("hertog", "hertogin", "De hoogwelgeboren {}", "Hoogwelgeboren {}"),
    "M": ("markies", "markiezin", "De hoogwelgeboren {}", "Hoogwelgeboren {}"),
    "P": ("prins", "prinses", "De hoogheid", "Hoogheid"),
    "R": ("ridder", "", "De hoogwelgeboren {}", "Hoogwelgeboren {}"),
}
_MANNELIJK = {"JV": "JH", "BS": "B", "GI": "G", "HI": "H", "MI": "M", "PS": "P"}

Bron = Mapping[str, Any]


class Titel(msgspec.Struct, frozen=True):
    """A predicaat or titel in the form that fits one person."""

    woord: str
    is_predicaat: bool
    aanspreekvorm: str
    aanhef: str


def titel(naam: Bron, geslacht: str) -> Titel | None:
    """The titel of `naam` in the form for `geslacht` (M, V or O); None where that form does not exist."""
    code = (naam.get("adellijkeTitelPredicaat") or {}).get("code") or ""
    soort = _TITELS.get(_MANNELIJK.get(code, code))
    if soort is None:
        return None
    man, vrouw, aanspreekvorm, aanhef = soort
    is_vrouw = geslacht == "V" or (geslacht == "O" and code in _MANNELIJK)
    woord = vrouw if is_vrouw else man
    if not woord:
        return None
    hij = "vrouwe" if is_vrouw else "heer"
    return Titel(woord, man == "jonkheer", aanspreekvorm.format(hij), aanhef.format(hij))


def voorletters(voornamen: str | None) -> str | None:
    """Initials with a full stop each: "Johanna Maria" gives "J.M."; "IJ" counts as one letter."""
    letters = [("IJ" if v.startswith("IJ") else v[0].upper()) + "." for v in (voornamen or "").split()]
    return "".join(letters)[:40] or None


def achternaam(naam: Bron) -> str:
    """Voorvoegsel and geslachtsnaam."""
    return _join(naam.get("voorvoegsel"), naam.get("geslachtsnaam"))


def volledige_naam(naam: Bron, geslacht: str) -> str | None:
    """Predicaat, voornamen, titel, voorvoegsel and geslachtsnaam, without a partner's name."""
    eigen = titel(naam, geslacht)
    predicaat = eigen.woord if eigen and eigen.is_predicaat else ""
    adel = eigen.woord if eigen and not eigen.is_predicaat else ""
    return _join(predicaat, naam.get("voornamen"), adel, achternaam(naam)) or None


class Aanschrijving(msgspec.Struct, frozen=True):
    """How one person is addressed."""

    aanhef: str
    naam: str
    aanspreekvorm: str
    lopende_tekst: str


def aanschrijving(naam: Bron, geslacht: str, partner: Bron | None, geslacht_partner: str) -> Aanschrijving | None:
    """None when the family name is unknown."""
    if not naam.get("geslachtsnaam") or naam.get("geslachtsnaam") == ".":
        return None
    gebruik = (naam.get("aanduidingNaamgebruik") or {}).get("code") or "E"
    if partner is None or not partner.get("geslachtsnaam"):
        gebruik = "E"
    eigen = titel(naam, geslacht)
    van_partner = None
    if partner is not None and geslacht == "V" and geslacht_partner == "M" and gebruik in {"P", "V"}:
        adel = titel(partner, "V")  # a wife may carry her husband's titel, never his predicaat
        van_partner = adel if adel and not adel.is_predicaat else None
    if gebruik == "P":
        eigen = None
    delen = _achternaam_delen(gebruik, naam, partner or {}, eigen, van_partner)
    voor = voorletters(naam.get("voornamen")) or ""
    predicaat = eigen.woord if eigen and eigen.is_predicaat else ""
    samengesteld = _join(predicaat, voor, delen.met_titel)
    gekozen = van_partner or eigen
    kaal = _capital(delen.kaal)
    if gekozen is not None:
        lopend = _join(gekozen.woord, kaal)
        return Aanschrijving(gekozen.aanhef, samengesteld, gekozen.aanspreekvorm, lopend)
    if geslacht == "M":
        return Aanschrijving(f"Geachte heer {kaal}", samengesteld, "", f"de heer {kaal}")
    if geslacht == "V":
        return Aanschrijving(f"Geachte mevrouw {kaal}", samengesteld, "", f"mevrouw {kaal}")
    return Aanschrijving(f"Geachte {samengesteld}", samengesteld, "", samengesteld)


class _Delen(msgspec.Struct, frozen=True):
    kaal: str
    met_titel: str


def _achternaam_delen(gebruik: str, naam: Bron, partner: Bron, eigen: Titel | None, ander: Titel | None) -> _Delen:
    mijn, zijn = achternaam(naam), achternaam(partner)
    mijn_adel = _join(eigen.woord if eigen and not eigen.is_predicaat else "", mijn)
    zijn_adel = _join(ander.woord if ander else "", zijn)
    if gebruik == "P":
        return _Delen(zijn, zijn_adel)
    if gebruik == "V":
        return _Delen(f"{zijn}-{mijn}", f"{zijn_adel}-{mijn_adel}")
    if gebruik == "N":
        return _Delen(f"{mijn}-{zijn}", f"{mijn_adel}-{zijn_adel}")
    return _Delen(mijn, mijn_adel)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:] if text[:1].isalpha() else text


def _join(*parts: str | None) -> str:
    """Words with one blank between them; the register has names with more."""
    return " ".join(" ".join(p or "" for p in parts).split())
