"""What a zaaktype can be given."""

from __future__ import annotations

from kcs_desktop.backend.standards.objecten.fields import Choice, Day, Field, Flag, Text, Texts
from kcs_desktop.backend.standards.objecten.groups import Address, Addresses, Group, JsonGroup, Objects
from kcs_desktop.backend.standards.zgw.fields import Duration, NotKept, aanduiding, objection_to_url, rsin, url

_LONG = 20_000  # the standard names no bound; one object must not fill the register


def _said(wire: str, column: str, maximum: int) -> Text:
    """A text that must be given."""
    return Text(wire=wire, column=column, maximum=maximum, blank=False, required=True)


FIELDS: tuple[Field, ...] = (
    Text(wire="identificatie", column="identificatie", maximum=50),
    _said("omschrijving", "omschrijving", 80),
    Text(wire="omschrijvingGeneriek", column="omschrijving_generiek", maximum=80),
    aanduiding(required=True),
    _said("doel", "doel", _LONG),
    _said("aanleiding", "aanleiding", _LONG),
    Text(wire="toelichting", column="toelichting", maximum=_LONG),
    Choice(
        wire="indicatieInternOfExtern",
        column="indicatie_intern_of_extern",
        choices=("intern", "extern"),
        required=True,
    ),
    _said("handelingInitiator", "handeling_initiator", 20),
    _said("onderwerp", "onderwerp", 80),
    _said("handelingBehandelaar", "handeling_behandelaar", 20),
    Duration(wire="doorlooptijd", column="doorlooptijd", required=True),
    Duration(wire="servicenorm", column="servicenorm", nullable=True),
    Flag(wire="opschortingEnAanhoudingMogelijk", column="opschorting_en_aanhouding_mogelijk", required=True),
    Flag(wire="verlengingMogelijk", column="verlenging_mogelijk", required=True),
    Duration(wire="verlengingstermijn", column="verlengingstermijn", nullable=True),
    Texts(wire="trefwoorden", column="trefwoorden", maximum=30, default=[]),
    Flag(wire="publicatieIndicatie", column="publicatie_indicatie", required=True),
    Text(wire="publicatietekst", column="publicatietekst", maximum=_LONG),
    Texts(wire="verantwoordingsrelatie", column="verantwoordingsrelatie", maximum=40, default=[]),
    Texts(
        wire="productenOfDiensten",
        column="producten_of_diensten",
        maximum=1000,
        check=objection_to_url,
        required=True,
    ),
    url("selectielijstProcestype", "selectielijst_procestype", 200),
    Group(
        wire="referentieproces",
        column="referentieproces_",
        required=True,
        fields=(_said("naam", "naam", 80), url("link", "link", 200)),
    ),
    _said("verantwoordelijke", "verantwoordelijke", 50),
    JsonGroup(
        wire="broncatalogus",
        column="broncatalogus",
        nullable=True,
        fields=(
            url("url", "url", 200, required=True),
            Text(wire="domein", column="domein", maximum=5, required=True),
            rsin("rsin", "rsin", required=True),
        ),
    ),
    JsonGroup(
        wire="bronzaaktype",
        column="bronzaaktype",
        nullable=True,
        fields=(
            url("url", "url", 200, required=True),
            Text(wire="identificatie", column="identificatie", maximum=50, required=True),
            Text(wire="omschrijving", column="omschrijving", maximum=80, required=True),
        ),
    ),
    Day(wire="beginGeldigheid", column="begin_geldigheid", required=True),
    Day(wire="eindeGeldigheid", column="einde_geldigheid", nullable=True),
    Day(wire="versiedatum", column="versiedatum", required=True),
    Address(wire="catalogus", column="catalogus", table="cat_catalogus", resource="catalogussen", required=True),
    NotKept(wire="besluittypen", required=True),
    Addresses(wire="deelzaaktypen", column="deelzaaktypen", table="cat_zaaktype", resource="zaaktypen", default=[]),
    Objects(
        wire="gerelateerdeZaaktypen",
        column="gerelateerde_zaaktypen",
        required=True,
        fields=(
            url("zaaktype", "zaaktype", 200, required=True),
            Choice(
                wire="aardRelatie",
                column="aard_relatie",
                choices=("vervolg", "bijdrage", "onderwerp"),
                required=True,
            ),
            Text(wire="toelichting", column="toelichting", maximum=255),
        ),
    ),
)
