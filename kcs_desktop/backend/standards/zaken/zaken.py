"""Zaken: their fields, what follows from their zaaktype, and how they are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy import Row, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.schema import Column

from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.standards.catalogi.adres import PREFIX as CATALOGI
from kcs_desktop.backend.standards.documenten.koppeling import unlink_all
from kcs_desktop.backend.standards.objecten.conditions import Filter
from kcs_desktop.backend.standards.objecten.fields import AMSTERDAM, Choice, Day, Flag, Moment, Parsed, Text, Texts
from kcs_desktop.backend.standards.objecten.groups import Address, Group, JsonGroup, Objects, uuid_of_address
from kcs_desktop.backend.standards.objecten.related import Related
from kcs_desktop.backend.standards.objecten.represent import day, moment
from kcs_desktop.backend.standards.objecten.resource import Expansion, Json, Resource, Unique, refuse, table_of
from kcs_desktop.backend.standards.objecten.urls import Urls
from kcs_desktop.backend.standards.zaken import catalogue, tables
from kcs_desktop.backend.standards.zaken import steps as s
from kcs_desktop.backend.standards.zaken.adres import PREFIX
from kcs_desktop.backend.standards.zaken.filters import ARCHIEFSTATUSSEN, FILTERS, ORDERINGS
from kcs_desktop.backend.standards.zaken.onderdelen import MANY, kringen_of, partijen_of, refuse_changes
from kcs_desktop.backend.standards.zaken.velden import Geometry
from kcs_desktop.backend.standards.zaken.zaaknummers import next_numbers
from kcs_desktop.backend.standards.zgw.fields import Duration, objection_to_url, rsin, url
from kcs_desktop.backend.standards.zgw.waarden import ARCHIEFNOMINATIES
from kcs_desktop.domain.gebeurtenis import Kring
from kcs_desktop.domain.rechten import Recht
from kcs_desktop.domain.termijn import parse_duur
from kcs_desktop.domain.zaakrechten import AANDUIDINGEN

BETALINGEN: Mapping[str, str] = {
    "": "",
    "nvt": "Er is geen sprake van te betalen, met de zaak gemoeide kosten.",
    "nog_niet": "De met de zaak gemoeide kosten zijn (nog) niet betaald.",
    "gedeeltelijk": "De met de zaak gemoeide kosten zijn gedeeltelijk betaald.",
    "geheel": "De met de zaak gemoeide kosten zijn geheel betaald.",
    "gefactureerd": "De met de zaak gemoeide kosten zijn gefactureerd.",
    "gecrediteerd": "De met de zaak gemoeide kosten zijn gecrediteerd.",
    "betaald": "De met de zaak gemoeide kosten zijn betaald.",
}
_AARD = ("vervolg", "onderwerp", "bijdrage", "overig")
_ANDERE = Address(wire="url", table="zk_zaak", resource="zaken")
_VERLENGING = Group(
    wire="verlenging",
    column="verlenging_",
    nullable=True,
    fields=(
        Text(wire="reden", column="reden", maximum=200, blank=False, required=True),
        Duration(wire="duur", column="duur", required=True),
    ),
)
_represent_verlenging = _VERLENGING.representer()
_OF_A_ZAAK: Mapping[str, Expansion] = {
    "resultaat": Expansion("resultaten", {"resultaattype": Expansion("resultaattypen")}, parent=s.RESULTAAT.zaak),
    "rollen": Expansion("rollen", {"roltype": Expansion("roltypen")}, parent=s.ROL.zaak),
    "status": Expansion("statussen", {"statustype": Expansion("statustypen")}),
    "zaakinformatieobjecten": Expansion("zaakinformatieobjecten", parent=s.DOCUMENT.zaak),
    "zaakobjecten": Expansion("zaakobjecten", parent=s.OBJECT.zaak),
    "zaaktype": Expansion("zaaktypen"),
}


class Zaken(Resource):
    naam = "zaken"
    prefix = PREFIX
    soort = "zaak"
    functie = "zaken"
    removal = Recht.BEHEREN  # a whole dossier with its history: no part of helping somebody
    table = table_of(tables.Zaak)
    immutable: ClassVar[Mapping[str, str]] = {"zaaktype": "zaaktype", "identificatie": "identificatie"}
    fields = (
        Text(wire="identificatie", column="identificatie", maximum=40),
        rsin("bronorganisatie", "bronorganisatie", required=True),
        Text(wire="omschrijving", column="omschrijving", maximum=80),
        Text(wire="toelichting", column="toelichting", maximum=1000),
        Address(wire="zaaktype", column="zaaktype", table="cat_zaaktype", resource="zaaktypen", required=True),
        Day(wire="registratiedatum", column="registratiedatum"),
        rsin("verantwoordelijkeOrganisatie", "verantwoordelijke_organisatie", required=True),
        Day(wire="startdatum", column="startdatum", required=True),
        Day(wire="einddatumGepland", column="einddatum_gepland", nullable=True),
        Day(wire="uiterlijkeEinddatumAfdoening", column="uiterlijke_einddatum_afdoening", nullable=True),
        Day(wire="publicatiedatum", column="publicatiedatum", nullable=True),
        Moment(wire="laatstGeopend", column="laatst_geopend", nullable=True),
        url("communicatiekanaal", "communicatiekanaal"),
        Text(wire="communicatiekanaalNaam", column="communicatiekanaal_naam", maximum=250),
        Texts(wire="productenOfDiensten", column="producten_of_diensten", maximum=1000, check=objection_to_url),
        Choice(wire="vertrouwelijkheidaanduiding", column="vertrouwelijkheidaanduiding", choices=("", *AANDUIDINGEN)),
        Choice(wire="betalingsindicatie", column="betalingsindicatie", choices=tuple(BETALINGEN)),
        Moment(wire="laatsteBetaaldatum", column="laatste_betaaldatum", nullable=True),
        Geometry(wire="zaakgeometrie", column="zaakgeometrie", nullable=True),
        _VERLENGING,
        Group(
            wire="opschorting",
            column="opschorting_",
            nullable=True,
            fields=(
                Flag(wire="indicatie", column="indicatie", required=True, default=False),
                Text(wire="reden", column="reden", maximum=200, required=True),
            ),
        ),
        url("selectielijstklasse", "selectielijstklasse"),
        Address(wire="hoofdzaak", column="hoofdzaak", table="zk_zaak", resource="zaken", nullable=True),
        Objects(
            wire="relevanteAndereZaken",
            column="relevante_andere_zaken",
            fields=(
                url("url", "url", required=True),
                Choice(wire="aardRelatie", column="aard", choices=_AARD, required=True),
                Text(wire="overigeRelatie", column="overige", maximum=100),
                Text(wire="toelichting", column="toelichting", maximum=255),
            ),
            of=_ANDERE,
        ),
        Objects(
            wire="gerelateerdeZaken",
            column="gerelateerde_zaken",
            fields=(url("url", "url", required=True),),
            of=_ANDERE,
        ),
        Objects(
            wire="kenmerken",
            column="kenmerken",
            fields=(
                Text(wire="kenmerk", column="kenmerk", maximum=40, blank=False, required=True),
                Text(wire="bron", column="bron", maximum=40, blank=False, required=True),
            ),
        ),
        Choice(wire="archiefnominatie", column="archiefnominatie", choices=("", *ARCHIEFNOMINATIES), nullable=True),
        Choice(wire="archiefstatus", column="archiefstatus", choices=ARCHIEFSTATUSSEN),
        Day(wire="archiefactiedatum", column="archiefactiedatum", nullable=True),
        rsin("opdrachtgevendeOrganisatie", "opdrachtgevende_organisatie"),
        Text(wire="processobjectaard", column="processobjectaard", maximum=200),
        Day(wire="startdatumBewaartermijn", column="startdatum_bewaartermijn", nullable=True),
        JsonGroup(
            wire="processobject",
            column="processobject",
            nullable=True,
            fields=tuple(
                Text(wire=name, column=name, maximum=250, blank=False, required=True)
                for name in ("datumkenmerk", "identificatie", "objecttype", "registratie")
            ),
        ),
    )
    uniques = (
        Unique(
            ("identificatie", "bronorganisatie"),
            "identificatie",
            "Deze identificatie bestaat al voor deze bronorganisatie.",
            drawn=True,
        ),
    )
    counts_to: ClassVar[int] = MANY
    filters: ClassVar[Mapping[str, Filter]] = FILTERS
    orderings: ClassVar[Mapping[str, Column[Any]]] = ORDERINGS
    expansions: ClassVar[Mapping[str, Expansion]] = {
        **_OF_A_ZAAK,
        "deelzaken": Expansion("zaken", _OF_A_ZAAK, parent=s.ZAAK.hoofdzaak),
        "eigenschappen": Expansion(
            "zaakeigenschappen", {"eigenschap": Expansion("eigenschappen")}, parent=s.EIGENSCHAP.zaak
        ),
        "hoofdzaak": Expansion("zaken", _OF_A_ZAAK),
    }

    async def draw(self, unit: UnitOfWork, unique: Unique, values: Json) -> str:
        return (await next_numbers(unit, values["bronorganisatie"]))[0]

    async def apply_rules(self, unit: UnitOfWork, parsed: Parsed, current: Row[Any] | None) -> None:
        values = parsed.values
        for column in ("identificatie", "vertrouwelijkheidaanduiding"):
            if values.get(column) == "":
                del values[column]
        if "kenmerken" in values:
            parsed.links["kenmerken"] = values.pop("kenmerken")
        refuse_changes(self.immutable, parsed, current)
        values["laatst_gemuteerd"] = unit.now
        vandaag = unit.now.astimezone(AMSTERDAM).date()
        if values.get("registratiedatum", vandaag) > vandaag:
            raise refuse("registratiedatum", "date-in-future", "De registratiedatum kan niet in de toekomst liggen.")
        if (betaald := values.get("laatste_betaaldatum")) is not None and betaald > unit.now:
            raise refuse("laatsteBetaaldatum", "future_not_allowed", "Deze datum kan niet in de toekomst liggen.")
        await self._check_hoofdzaak(unit, values.get("hoofdzaak"), current)
        if current is None:
            await self._follow_zaaktype(unit, values)
            values.setdefault("registratiedatum", vandaag)
        elif current.opschorting_indicatie and values.get("opschorting_indicatie") is False:
            values["opschorting_eerdere"] = True

    async def _check_hoofdzaak(self, unit: UnitOfWork, hoofdzaak: str | None, current: Row[Any] | None) -> None:
        if hoofdzaak is None:
            return
        if current is not None and hoofdzaak == current.uuid:
            raise refuse("hoofdzaak", "self-relation", "Een zaak kan geen deelzaak van zichzelf zijn.")
        # Held, because it may become a deelzaak itself at this moment.
        of_that = select(s.ZAAK.hoofdzaak).where(s.ZAAK.uuid == hoofdzaak).with_for_update()
        if await unit.session.scalar(of_that) is not None:
            raise refuse("hoofdzaak", "deelzaak-als-hoofdzaak", "Een deelzaak kan zelf geen deelzaken hebben.")
        own = select(s.ZAAK.uuid).where(s.ZAAK.hoofdzaak == current.uuid).limit(1) if current is not None else None
        if own is not None and await unit.session.scalar(own) is not None:
            raise refuse("hoofdzaak", "deelzaak-als-hoofdzaak", "Een zaak met deelzaken kan geen deelzaak worden.")

    async def _follow_zaaktype(self, unit: UnitOfWork, values: Json) -> None:
        """What a new zaak gets from its zaaktype where nobody said otherwise."""
        zaaktype = await catalogue.zaaktype(unit.session, values["zaaktype"])
        if zaaktype.concept:
            raise refuse("zaaktype", "not-published", "Dit zaaktype is nog niet gepubliceerd.")
        values.setdefault("vertrouwelijkheidaanduiding", zaaktype.vertrouwelijkheidaanduiding)
        doorlooptijd = parse_duur(zaaktype.doorlooptijd or "")
        if values.get("uiterlijke_einddatum_afdoening") is None and doorlooptijd is not None:
            values["uiterlijke_einddatum_afdoening"] = doorlooptijd.after(values["startdatum"])

    async def store_links(self, unit: UnitOfWork, uuid: str, parsed: Parsed, current: Row[Any] | None) -> None:
        kenmerken = parsed.links.get("kenmerken")
        if kenmerken is None:
            return
        table = table_of(tables.Zaakkenmerk)
        await unit.session.execute(delete(table).where(s.KENMERK.zaak == uuid))
        if kenmerken:
            rows = [{"zaak": uuid, "volgorde": index, **item} for index, item in enumerate(kenmerken)]
            await unit.session.execute(insert(table), rows)

    async def delete(self, unit: UnitOfWork, uuid: str) -> None:
        """With its deelzaken; the documents stay."""
        row = await self.row(unit.session, uuid)
        deelzaken = (await unit.session.scalars(select(s.ZAAK.uuid).where(s.ZAAK.hoofdzaak == row.uuid))).all()
        await super().delete(unit, uuid)
        await unlink_all(unit, [row.uuid, *deelzaken])

    async def concerned(self, session: AsyncSession, row: Row[Any]) -> tuple[str, ...]:
        return await partijen_of(session, row.uuid)

    async def kringen(self, session: AsyncSession, row: Row[Any]) -> tuple[Kring, ...]:
        return tuple((await kringen_of(session, [row.uuid])).values())

    async def along(self, session: AsyncSession, row: Row[Any]) -> Sequence[Row[Any]]:
        """Its deelzaken, as the standard has it."""
        deelzaken = select(self.table).where(s.ZAAK.hoofdzaak == row.uuid).order_by(s.ZAAK.uuid)
        return (await session.execute(deelzaken)).all()

    async def represent(self, related: Related, rows: Sequence[Row[Any]], urls: Urls) -> list[Json]:
        keys = [row.uuid for row in rows]
        deelzaken = await related.visible_child_ids(s.ZAAK.hoofdzaak, keys)
        eigenschappen = await related.child_ids(s.EIGENSCHAP.zaak, keys)
        rollen = await related.child_ids(s.ROL.zaak, keys)
        documenten = await related.visible_child_ids(s.DOCUMENT.zaak, keys)
        objecten = await related.child_ids(s.OBJECT.zaak, keys)
        resultaten = await related.child_ids(s.RESULTAAT.zaak, keys)
        kenmerken = await related.children(
            s.KENMERK.zaak, keys, (s.KENMERK.volgorde, s.KENMERK.kenmerk, s.KENMERK.bron)
        )
        catalogi = urls.under(CATALOGI)
        hidden = await related.hidden(s.ZAAK.uuid, (uuid for row in rows for uuid in _named_in(row)))
        return [
            {
                "url": urls.of("zaken", row.uuid),
                "uuid": row.uuid,
                "identificatie": row.identificatie,
                "bronorganisatie": row.bronorganisatie,
                "omschrijving": row.omschrijving,
                "toelichting": row.toelichting,
                "zaaktype": catalogi.of("zaaktypen", row.zaaktype),
                "registratiedatum": day(row.registratiedatum),
                "verantwoordelijkeOrganisatie": row.verantwoordelijke_organisatie,
                "startdatum": day(row.startdatum),
                "einddatum": day(row.einddatum),
                "einddatumGepland": day(row.einddatum_gepland),
                "uiterlijkeEinddatumAfdoening": day(row.uiterlijke_einddatum_afdoening),
                "publicatiedatum": day(row.publicatiedatum),
                "laatstGemuteerd": moment(row.laatst_gemuteerd),
                "laatstGeopend": moment(row.laatst_geopend),
                "communicatiekanaal": row.communicatiekanaal,
                "communicatiekanaalNaam": row.communicatiekanaal_naam,
                "productenOfDiensten": row.producten_of_diensten,
                "vertrouwelijkheidaanduiding": row.vertrouwelijkheidaanduiding,
                "betalingsindicatie": row.betalingsindicatie,
                "betalingsindicatieWeergave": BETALINGEN.get(row.betalingsindicatie, ""),
                "laatsteBetaaldatum": moment(row.laatste_betaaldatum),
                "zaakgeometrie": row.zaakgeometrie,
                "verlenging": _represent_verlenging(row),
                "opschorting": {
                    "indicatie": row.opschorting_indicatie,
                    "eerdereOpschorting": row.opschorting_eerdere,
                    "reden": row.opschorting_reden,
                },
                "selectielijstklasse": row.selectielijstklasse,
                "hoofdzaak": urls.optional("zaken", None if row.hoofdzaak in hidden else row.hoofdzaak),
                "deelzaken": urls.all_of("zaken", deelzaken.get(row.uuid, ())),
                "relevanteAndereZaken": [al for al in row.relevante_andere_zaken if _zaak_at(al) not in hidden],
                "gerelateerdeZaken": [al for al in row.gerelateerde_zaken if _zaak_at(al) not in hidden],
                "eigenschappen": urls.all_of(f"zaken/{row.uuid}/zaakeigenschappen", eigenschappen.get(row.uuid, ())),
                "rollen": urls.all_of("rollen", rollen.get(row.uuid, ())),
                "status": urls.optional("statussen", row.status),
                "zaakinformatieobjecten": urls.all_of("zaakinformatieobjecten", documenten.get(row.uuid, ())),
                "zaakobjecten": urls.all_of("zaakobjecten", objecten.get(row.uuid, ())),
                "kenmerken": [
                    {"kenmerk": item.kenmerk, "bron": item.bron}
                    for item in sorted(kenmerken.get(row.uuid, ()), key=lambda item: item.volgorde)
                ],
                "archiefnominatie": row.archiefnominatie,
                "archiefstatus": row.archiefstatus,
                "archiefactiedatum": day(row.archiefactiedatum),
                "resultaat": next(iter(urls.all_of("resultaten", resultaten.get(row.uuid, ()))), None),
                **_organisatie(row.opdrachtgevende_organisatie),
                "processobjectaard": row.processobjectaard,
                "startdatumBewaartermijn": day(row.startdatum_bewaartermijn),
                "processobject": row.processobject,
            }
            for row in rows
        ]


def _named_in(row: Row[Any]) -> list[str]:
    """The other zaken that this one names, but for those that name it."""
    others = [_zaak_at(named) for named in (*row.relevante_andere_zaken, *row.gerelateerde_zaken)]
    return [uuid for uuid in (row.hoofdzaak, *others) if uuid]


def _zaak_at(named: Mapping[str, Any]) -> str:
    """ "" for an address of something else. Of another server it may be the same zaak, so its host says nothing."""
    return uuid_of_address(named.get("url"), "zaken") or ""


def _organisatie(rsin: str) -> Json:
    """Left out where there is none: the standard knows no empty one."""
    return {"opdrachtgevendeOrganisatie": rsin} if rsin else {}
