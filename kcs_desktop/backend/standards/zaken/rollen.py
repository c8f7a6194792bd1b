"""Rollen: who has to do with a zaak, and how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy import Row, select

from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.standards.objecten.conditions import Filter, Via, among, by_url, choice, exact
from kcs_desktop.backend.standards.objecten.fields import Choice, Day, Parsed, Text, objection_of, read_fields
from kcs_desktop.backend.standards.objecten.groups import Address, JsonGroup
from kcs_desktop.backend.standards.objecten.related import Related
from kcs_desktop.backend.standards.objecten.represent import day, moment
from kcs_desktop.backend.standards.objecten.resource import Json, refuse, table_of
from kcs_desktop.backend.standards.objecten.urls import Urls
from kcs_desktop.backend.standards.zaken import catalogue, tables
from kcs_desktop.backend.standards.zaken.betrokkene import SOORTEN, read_identificatie
from kcs_desktop.backend.standards.zaken.onderdelen import OF_ZAAK, Onderdeel, refuse_changes
from kcs_desktop.backend.standards.zaken.steps import ROL, STATUS
from kcs_desktop.backend.standards.zaken.velden import FreeObject
from kcs_desktop.backend.standards.zgw.fields import url
from kcs_desktop.backend.standards.zgw.waarden import ROLLEN
from kcs_desktop.domain.emailadres import parse_emailadres

MACHTIGINGEN = ("gemachtigde", "machtiginggever")
# From low to high, DigiD and eHerkenning side by side.
ZEKERHEID = (
    ("urn:etoegang:core:assurance-class:loa1",),
    (
        "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport",
        "urn:etoegang:core:assurance-class:loa2",
    ),
    ("urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorContract", "urn:etoegang:core:assurance-class:loa2plus"),
    ("urn:oasis:names:tc:SAML:2.0:ac:classes:Smartcard", "urn:etoegang:core:assurance-class:loa3"),
    ("urn:oasis:names:tc:SAML:2.0:ac:classes:SmartcardPKI", "urn:etoegang:core:assurance-class:loa4"),
)
_LEVEL = ROL.authenticatie_context["levelOfAssurance"].as_string()
_ONE_PER_ZAAK = ("initiator", "zaakcoordinator")


def betrokkene_filters(prefix: str, via: Via | None = None) -> dict[str, Filter]:
    """What a rol, or the rol of a zaak, is found by."""
    start = f"{prefix}betrokkeneIdentificatie__"
    numbers = {
        "natuurlijkPersoon__inpBsn": ROL.inp_bsn,
        "natuurlijkPersoon__anpIdentificatie": ROL.anp_identificatie,
        "natuurlijkPersoon__inpA_nummer": ROL.inp_a_nummer,
        "nietNatuurlijkPersoon__innNnpId": ROL.inn_nnp_id,
        "nietNatuurlijkPersoon__annIdentificatie": ROL.ann_identificatie,
    }
    of_kind = {
        "nietNatuurlijkPersoon__kvkNummer": ("niet_natuurlijk_persoon", ROL.kvk_nummer),
        "nietNatuurlijkPersoon__vestigingsNummer": ("niet_natuurlijk_persoon", ROL.vestigings_nummer),
        "vestiging__kvkNummer": ("vestiging", ROL.kvk_nummer),
        "vestiging__vestigingsNummer": ("vestiging", ROL.vestigings_nummer),
        "medewerker__identificatie": ("medewerker", ROL.identificatie),
        "organisatorischeEenheid__identificatie": ("organisatorische_eenheid", ROL.identificatie),
    }
    return {
        **{start + name: exact(column, via) for name, column in numbers.items()},
        **{
            start + name: exact(column, via, also=ROL.betrokkene_type == soort)
            for name, (soort, column) in of_kind.items()
        },
        f"{prefix}betrokkene": exact(ROL.betrokkene, via),
        f"{prefix}betrokkeneType": choice(ROL.betrokkene_type, SOORTEN, via),
        f"{prefix}omschrijvingGeneriek": choice(ROL.omschrijving_generiek, ROLLEN, via),
        f"{prefix}machtiging": Filter(
            among(("eigen", *MACHTIGINGEN)),
            lambda value: ROL.indicatie_machtiging == ("" if value == "eigen" else value),
            via,
            "invalid_choice",
        ),
        f"{prefix}machtiging__loa": Filter(_up_to, _LEVEL.in_, via, "invalid_choice"),
    }


def _up_to(level: str) -> tuple[str, ...] | None:
    found = next((index for index, some in enumerate(ZEKERHEID) if level in some), None)
    return None if found is None else tuple(one for some in ZEKERHEID[: found + 1] for one in some)


class _Context(FreeObject, frozen=True, kw_only=True):
    """How the betrokkene signed in with DigiD or eHerkenning."""

    def accept(self, value: Any, path: str, parsed: Parsed) -> Any:
        kept = super().accept(value, path, parsed)
        if kept is None:
            return None
        before = len(parsed.problems)
        read_fields(_CONTEXT, kept, Parsed(problems=parsed.problems), partial=False, path=f"{path}.")
        return kept if len(parsed.problems) == before else None


_CONTEXT = (
    Choice(wire="source", column="source", choices=("digid", "eherkenning"), required=True),
    Choice(
        wire="levelOfAssurance",
        column="level",
        choices=tuple(one for some in ZEKERHEID for one in some),
        required=True,
    ),
    Text(wire="actingSubject", column="subject", maximum=100),
)


class Rollen(Onderdeel):
    naam = "rollen"
    soort = "rol"
    changes: ClassVar[frozenset[str]] = frozenset({"PUT", "DELETE"})
    table = table_of(tables.Rol)
    immutable: ClassVar[Mapping[str, str]] = {
        "zaak": "zaak",
        "betrokkene_type": "betrokkeneType",
        "roltype": "roltype",
    }
    fields = (
        OF_ZAAK,
        url("betrokkene", "betrokkene"),
        Choice(wire="betrokkeneType", column="betrokkene_type", choices=SOORTEN, required=True),
        Text(wire="afwijkendeNaamBetrokkene", column="afwijkende_naam_betrokkene", maximum=625),
        Address(wire="roltype", column="roltype", table="cat_roltype", resource="roltypen", required=True),
        Text(wire="roltoelichting", column="roltoelichting", maximum=1000),
        Choice(wire="indicatieMachtiging", column="indicatie_machtiging", choices=("", *MACHTIGINGEN)),
        JsonGroup(
            wire="contactpersoonRol",
            column="contactpersoon_rol",
            nullable=True,
            fields=(
                Text(wire="emailadres", column="emailadres", maximum=254, check=objection_of(parse_emailadres)),
                Text(wire="functie", column="functie", maximum=50),
                Text(wire="telefoonnummer", column="telefoonnummer", maximum=20),
                Text(wire="naam", column="naam", maximum=200, blank=False, required=True),
            ),
        ),
        _Context(wire="authenticatieContext", column="authenticatie_context", nullable=True, maximum=4000),
        Day(wire="beginGeldigheid", column="begin_geldigheid", nullable=True),
        Day(wire="eindeGeldigheid", column="einde_geldigheid", nullable=True),
    )
    filters: ClassVar[Mapping[str, Filter]] = {
        "zaak": by_url(ROL.zaak),
        "roltype": by_url(ROL.roltype),
        "omschrijving": exact(ROL.omschrijving),
        **betrokkene_filters(""),
    }

    def read_body(self, body: Mapping[str, Any], parsed: Parsed, current: Row[Any] | None, *, partial: bool) -> None:
        read_fields(self.fields, body, parsed, partial=partial)
        soort = parsed.values.get("betrokkene_type", current.betrokkene_type if current is not None else None)
        if soort is not None and "betrokkeneIdentificatie" in body:
            read_identificatie(soort, body["betrokkeneIdentificatie"], parsed)

    async def check(self, unit: UnitOfWork, parsed: Parsed, current: Row[Any] | None, zaak: Row[Any]) -> None:
        values = parsed.values
        if current is not None:
            refuse_changes(self.immutable, parsed, current)
            return
        if not values.get("betrokkene") and not values.get("betrokkene_identificatie"):
            raise refuse(
                "nonFieldErrors", "invalid-betrokkene", "Geef betrokkene of betrokkeneIdentificatie op, of allebei."
            )
        roltype = await catalogue.roltype(unit.session, values["roltype"])
        if roltype.zaaktype != zaak.zaaktype:
            raise refuse("roltype", "zaaktype-mismatch", "Dit roltype hoort niet bij het zaaktype van de zaak.")
        values["omschrijving"] = roltype.omschrijving
        values["omschrijving_generiek"] = roltype.omschrijving_generiek
        values["registratiedatum"] = unit.now
        if roltype.omschrijving_generiek in _ONE_PER_ZAAK:
            same = select(ROL.uuid).where(
                ROL.zaak == zaak.uuid, ROL.omschrijving_generiek == roltype.omschrijving_generiek
            )
            if await unit.session.scalar(same.limit(1)) is not None:
                raise refuse("roltype", "max-occurences", "Een zaak kan maar één rol van deze soort hebben.")

    async def represent(self, related: Related, rows: Sequence[Row[Any]], urls: Urls) -> list[Json]:
        statussen = await related.child_ids(STATUS.gezetdoor, [row.uuid for row in rows])
        return [represent_rol(row, statussen.get(row.uuid, []), urls) for row in rows]


def represent_rol(row: Row[Any], statussen: Sequence[str], urls: Urls) -> Json:
    item: Json = {
        "url": urls.of("rollen", row.uuid),
        "uuid": row.uuid,
        "zaak": urls.of("zaken", row.zaak),
        "betrokkene": row.betrokkene,
        "betrokkeneType": row.betrokkene_type,
        "afwijkendeNaamBetrokkene": row.afwijkende_naam_betrokkene,
        "roltype": catalogue.url(urls, "roltypen", row.roltype),
        "omschrijving": row.omschrijving,
        "omschrijvingGeneriek": row.omschrijving_generiek,
        "roltoelichting": row.roltoelichting,
        "registratiedatum": moment(row.registratiedatum),
        "indicatieMachtiging": row.indicatie_machtiging,
        "contactpersoonRol": row.contactpersoon_rol,
        "statussen": [urls.of("statussen", uuid) for uuid in statussen],
        "beginGeldigheid": day(row.begin_geldigheid),
        "eindeGeldigheid": day(row.einde_geldigheid),
    }
    if row.betrokkene_identificatie is not None:
        item["betrokkeneIdentificatie"] = row.betrokkene_identificatie
    if row.betrokkene_type not in ("medewerker", "organisatorische_eenheid"):
        item["authenticatieContext"] = row.authenticatie_context
    return item
