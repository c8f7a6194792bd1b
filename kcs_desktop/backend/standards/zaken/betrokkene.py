"""`betrokkeneIdentificatie`: what each kind of betrokkene is known by, and in which columns its numbers are found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kcs_desktop.backend.standards.objecten.fields import Choice, Field, Parsed, Text, Texts, Whole, read_fields
from kcs_desktop.backend.standards.objecten.groups import NOT_AN_OBJECT, Group, cannot_be_empty
from kcs_desktop.backend.standards.zgw.fields import rsin
from kcs_desktop.domain.bsn import passes_elfproef
from kcs_desktop.domain.handelsregister import company_numbers

SOORTEN = ("natuurlijk_persoon", "niet_natuurlijk_persoon", "vestiging", "organisatorische_eenheid", "medewerker")
RECHTSVORMEN = (
    "besloten_vennootschap",
    "cooperatie_europees_economische_samenwerking",
    "europese_cooperatieve_venootschap",
    "europese_naamloze_vennootschap",
    "kerkelijke_organisatie",
    "naamloze_vennootschap",
    "onderlinge_waarborg_maatschappij",
    "overig_privaatrechtelijke_rechtspersoon",
    "stichting",
    "vereniging",
    "vereniging_van_eigenaars",
    "publiekrechtelijke_rechtspersoon",
    "vennootschap_onder_firma",
    "maatschap",
    "rederij",
    "commanditaire_vennootschap",
    "kapitaalvennootschap_binnen_eer",
    "overige_buitenlandse_rechtspersoon_vennootschap",
    "kapitaalvennootschap_buiten_eer",
)
_VERBLIJFSADRES: tuple[Field, ...] = (
    Text(wire="aoaIdentificatie", column="aoaIdentificatie", maximum=100, blank=False, required=True),
    Text(wire="wplWoonplaatsNaam", column="wplWoonplaatsNaam", maximum=80, blank=False, required=True),
    Text(wire="gorOpenbareRuimteNaam", column="gorOpenbareRuimteNaam", maximum=80, blank=False, required=True),
    Text(wire="aoaPostcode", column="aoaPostcode", maximum=7),
    Whole(wire="aoaHuisnummer", column="aoaHuisnummer", minimum=0, maximum=99999, required=True),
    Text(wire="aoaHuisletter", column="aoaHuisletter", maximum=1),
    Text(wire="aoaHuisnummertoevoeging", column="aoaHuisnummertoevoeging", maximum=4),
    Text(wire="inpLocatiebeschrijving", column="inpLocatiebeschrijving", maximum=1000),
)
_BUITENLAND: tuple[Field, ...] = (
    Text(wire="lndLandcode", column="lndLandcode", maximum=4, blank=False, required=True),
    Text(wire="lndLandnaam", column="lndLandnaam", maximum=40, blank=False, required=True),
    Text(wire="subAdresBuitenland_1", column="subAdresBuitenland_1", maximum=35),
    Text(wire="subAdresBuitenland_2", column="subAdresBuitenland_2", maximum=35),
    Text(wire="subAdresBuitenland_3", column="subAdresBuitenland_3", maximum=35),
)


class PartGroup(Group, frozen=True, kw_only=True):
    """An object inside an object that is kept as JSON."""

    def read(self, value: Any, path: str, parsed: Parsed) -> None:
        if value is not None and not isinstance(value, Mapping):
            parsed.wrong(path, "invalid", NOT_AN_OBJECT)
            return
        parsed.values[self.column] = None if value is None else _object(self.fields, value, path, parsed)


_WOONT: tuple[Field, ...] = (
    PartGroup(wire="verblijfsadres", column="verblijfsadres", fields=_VERBLIJFSADRES, nullable=True),
    PartGroup(wire="subVerblijfBuitenland", column="subVerblijfBuitenland", fields=_BUITENLAND, nullable=True),
)
_BSN = Text(
    wire="inpBsn",
    column="inpBsn",
    maximum=9,
    minimum=9,
    pattern="[0-9]{9}",
    check=lambda value: "" if passes_elfproef(value) else "Dit is geen geldig BSN.",
)
FIELDS: Mapping[str, tuple[Field, ...]] = {
    "natuurlijk_persoon": (
        _BSN,
        Text(wire="anpIdentificatie", column="anpIdentificatie", maximum=17),
        Text(wire="inpA_nummer", column="inpA_nummer", maximum=10, pattern="[1-9][0-9]{9}"),
        Text(wire="geslachtsnaam", column="geslachtsnaam", maximum=200),
        Text(wire="voorvoegselGeslachtsnaam", column="voorvoegselGeslachtsnaam", maximum=80),
        Text(wire="voorletters", column="voorletters", maximum=20),
        Text(wire="voornamen", column="voornamen", maximum=200),
        Choice(wire="geslachtsaanduiding", column="geslachtsaanduiding", choices=("m", "v", "o", "")),
        Text(wire="geboortedatum", column="geboortedatum", maximum=18),
        *_WOONT,
    ),
    "niet_natuurlijk_persoon": (
        rsin("innNnpId", "innNnpId"),
        Text(wire="annIdentificatie", column="annIdentificatie", maximum=17),
        Text(wire="kvkNummer", column="kvkNummer", maximum=8, pattern="[0-9]{1,8}"),
        Text(wire="vestigingsNummer", column="vestigingsNummer", maximum=24),
        Text(wire="statutaireNaam", column="statutaireNaam", maximum=500),
        Choice(wire="innRechtsvorm", column="innRechtsvorm", choices=("", *RECHTSVORMEN)),
        Text(wire="bezoekadres", column="bezoekadres", maximum=1000),
        *_WOONT,
    ),
    "vestiging": (
        Text(wire="vestigingsNummer", column="vestigingsNummer", maximum=24),
        Texts(wire="handelsnaam", column="handelsnaam", maximum=625),
        *_WOONT,
        Text(wire="kvkNummer", column="kvkNummer", maximum=8, pattern="[0-9]{1,8}"),
    ),
    "organisatorische_eenheid": (
        Text(wire="identificatie", column="identificatie", maximum=255),
        Text(wire="naam", column="naam", maximum=255),
        Text(wire="isGehuisvestIn", column="isGehuisvestIn", maximum=255),
    ),
    "medewerker": (
        Text(wire="identificatie", column="identificatie", maximum=128),
        Text(wire="achternaam", column="achternaam", maximum=200),
        Text(wire="voorletters", column="voorletters", maximum=20),
        Text(wire="voorvoegselAchternaam", column="voorvoegselAchternaam", maximum=10),
    ),
}
# By which column a part of the identification is found.
KEYS: Mapping[str, str] = {
    "inpBsn": "inp_bsn",
    "anpIdentificatie": "anp_identificatie",
    "inpA_nummer": "inp_a_nummer",
    "innNnpId": "inn_nnp_id",
    "annIdentificatie": "ann_identificatie",
    "kvkNummer": "kvk_nummer",
    "vestigingsNummer": "vestigings_nummer",
    "identificatie": "identificatie",
}
# The same parts as the audit trail and the customer register call them.
SOORT_SLEUTEL: Mapping[str, str] = {
    "inp_bsn": "bsn",
    "kvk_nummer": "kvk_nummer",
    "vestigings_nummer": "vestigingsnummer",
    "inn_nnp_id": "rsin",
}


def read_identificatie(soort: str, value: Any, parsed: Parsed) -> None:
    """The identification of a betrokkene of this kind into its JSON and its key columns; null empties both."""
    path = "betrokkeneIdentificatie"
    if value is not None and not isinstance(value, Mapping):
        parsed.wrong(path, "invalid", NOT_AN_OBJECT)
        return
    if value is not None and soort == "niet_natuurlijk_persoon":
        value = in_their_fields(value)
    kept = None if value is None else _object(FIELDS[soort], value, path, parsed)
    parsed.values["betrokkene_identificatie"] = kept
    for wire, column in KEYS.items():
        parsed.values[column] = (kept or {}).get(wire, "")


def in_their_fields(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """A KvK number that stands where the RSIN goes, where it belongs: by that the customer is found."""
    kvk, inn = value.get("kvkNummer") or "", value.get("innNnpId") or ""
    if not isinstance(kvk, str) or not isinstance(inn, str):
        return value
    numbers = company_numbers(kvk, inn)
    return value if numbers == (kvk, inn) else {**value, "kvkNummer": numbers[0], "innNnpId": numbers[1]}


def _object(fields: tuple[Field, ...], value: Mapping[str, Any], path: str, parsed: Parsed) -> dict[str, Any]:
    inner = Parsed(problems=parsed.problems)
    read_fields(fields, value, inner, partial=False, path=f"{path}.")
    made: dict[str, Any] = {}
    for field in fields:
        empty: Any = [] if isinstance(field, Texts) else None if field.nullable else ""
        found = inner.values.get(field.column, empty)
        if found != "" or not cannot_be_empty(field):
            made[field.wire] = found
    return made
