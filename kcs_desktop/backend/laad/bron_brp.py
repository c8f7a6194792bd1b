"""The shape of a source record of the BRP: what must hold before a record is stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import msgspec

from kcs_desktop.backend.laad.bestand import LaadFout

Datum = Annotated[str, msgspec.Meta(pattern=r"\A[0-9]{8}\Z")]
Huisnummer = Annotated[str, msgspec.Meta(pattern=r"\A[0-9]{0,5}\Z")]
Tekst = Annotated[str, msgspec.Meta(max_length=1000)]


class Waarde(msgspec.Struct):
    code: Tekst | None = None
    omschrijving: Tekst | None = None
    soort: Tekst | None = None


class Onderzoek(msgspec.Struct):
    aanduidingGegevensInOnderzoek: Tekst
    datumIngangOnderzoek: Datum | None = None


class Naam(msgspec.Struct):
    voornamen: Tekst | None = None
    adellijkeTitelPredicaat: Waarde | None = None
    voorvoegsel: Tekst | None = None
    geslachtsnaam: Tekst | None = None
    aanduidingNaamgebruik: Waarde | None = None


class Gebeurtenis(msgspec.Struct):
    datum: Datum | None = None
    land: Waarde | None = None
    plaats: Waarde | None = None
    inOnderzoek: Onderzoek | None = None


class Verblijfplaats(msgspec.Struct):
    straat: Tekst | None = None
    naamOpenbareRuimte: Tekst | None = None
    huisnummer: Huisnummer | None = None
    huisletter: Tekst | None = None
    huisnummertoevoeging: Tekst | None = None
    aanduidingBijHuisnummer: Waarde | None = None
    postcode: Tekst | None = None
    woonplaats: Tekst | None = None
    functieAdres: Waarde | None = None
    nummeraanduidingIdentificatie: Tekst | None = None
    adresseerbaarObjectIdentificatie: Tekst | None = None
    locatiebeschrijving: Tekst | None = None
    land: Waarde | None = None
    regel1: Tekst | None = None
    regel2: Tekst | None = None
    regel3: Tekst | None = None
    datumAanvangAdreshouding: Datum | None = None
    datumAanvangAdresBuitenland: Datum | None = None
    datumIngangGeldigheid: Datum | None = None
    inOnderzoek: Onderzoek | None = None


class Relatie(msgspec.Struct):
    burgerservicenummer: Tekst | None = None
    geslacht: Waarde | None = None
    naam: Naam | None = None
    geboorte: Gebeurtenis | None = None
    inOnderzoek: Onderzoek | None = None
    ouderAanduiding: Tekst | None = None
    datumIngangFamilierechtelijkeBetrekking: Datum | None = None
    soortVerbintenis: Waarde | None = None
    aangaanHuwelijkPartnerschap: Gebeurtenis | None = None
    ontbindingHuwelijkPartnerschap: Gebeurtenis | None = None


class Mens(msgspec.Struct):
    burgerservicenummer: Tekst | None = None


class Gezag(msgspec.Struct):
    type: Tekst
    minderjarige: Mens | None = None
    ouders: list[Mens] | None = None
    ouder: Mens | None = None
    derde: Mens | None = None
    derden: list[Mens] | None = None
    toelichting: Tekst | None = None


class Nationaliteit(msgspec.Struct):
    nationaliteit: Waarde | None = None
    aanduidingBijzonderNederlanderschap: Waarde | None = None
    redenOpname: Waarde | None = None
    datumIngangGeldigheid: Datum | None = None
    inOnderzoek: Onderzoek | None = None


class Immigratie(msgspec.Struct):
    datumVestigingInNederland: Datum | None = None
    landVanwaarIngeschreven: Waarde | None = None


class Opschorting(msgspec.Struct):
    reden: Waarde | None = None
    datum: Datum | None = None


class Verblijfstitel(msgspec.Struct):
    aanduiding: Waarde | None = None
    datumEinde: Datum | None = None
    datumIngang: Datum | None = None
    inOnderzoek: Onderzoek | None = None


class Verificatie(msgspec.Struct):
    datum: Datum | None = None
    omschrijving: Tekst | None = None


class Rni(msgspec.Struct):
    deelnemer: Waarde | None = None
    categorie: Tekst | None = None
    omschrijvingVerdrag: Tekst | None = None


class BronPersoon(msgspec.Struct):
    burgerservicenummer: Tekst
    aNummer: Tekst | None = None
    datumEersteInschrijvingGBA: Datum | None = None
    datumInschrijvingInGemeente: Datum | None = None
    geslacht: Waarde | None = None
    naam: Naam | None = None
    geboorte: Gebeurtenis | None = None
    overlijden: Gebeurtenis | None = None
    verblijfplaats: Verblijfplaats | None = None
    immigratie: Immigratie | None = None
    gemeenteVanInschrijving: Waarde | None = None
    nationaliteiten: list[Nationaliteit] | None = None
    opschortingBijhouding: Opschorting | None = None
    verblijfstitel: Verblijfstitel | None = None
    verificatie: Verificatie | None = None
    persoonInOnderzoek: Onderzoek | None = None
    gezagInOnderzoek: Onderzoek | None = None
    indicatieGezagMinderjarige: Waarde | None = None
    gezag: list[Gezag] | None = None
    kinderen: list[Relatie] | None = None
    ouders: list[Relatie] | None = None
    partners: list[Relatie] | None = None
    rni: list[Rni] | None = None


def check(nummer: int, record: Mapping[str, Any]) -> None:
    """Raise LaadFout when record `nummer` is no person, or holds text that a database cannot keep."""
    try:
        msgspec.convert(record, BronPersoon)
        tekst = msgspec.json.encode(record)
    except msgspec.ValidationError as fout:
        plaats = str(fout).partition(" - at ")[2] or "`$`"
        raise LaadFout(
            f"Record {nummer} heeft niet de vorm van een persoon ({plaats.strip('`$.') or 'geheel'})."
        ) from None
    except (UnicodeEncodeError, RecursionError):
        raise LaadFout(f"Record {nummer} bevat tekens die geen tekst zijn.") from None
    if rb"\u0000" in tekst:
        raise LaadFout(f"Record {nummer} bevat tekens die geen tekst zijn.")
