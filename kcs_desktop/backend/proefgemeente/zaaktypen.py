"""The catalogue of Proefdam: zaaktypen.toml as rows, with the same uuids every time, and what is kept beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import insert, select, update

from kcs_desktop.backend.catalogus.kenmerken import store_kenmerken
from kcs_desktop.backend.db.base import Base
from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.proefgemeente.lot import rsins
from kcs_desktop.backend.proefgemeente.zaaktypebron import Bron, Bronzaaktype, Verloop, read_bron
from kcs_desktop.backend.standards.catalogi import tables as t

VERSIE = "2"  # another number brings a catalogue that was loaded before up to date
DOMEIN = "PROEF"
_SPACE = UUID("6f0c9a52-3f0e-5a0b-9d55-0a7d1c5a9b11")
_SINDS = date(2026, 1, 1)
_LIJST = "https://selectielijst.openzaak.nl/api/v1"
# In an order in which every row finds what it refers to.
_TABELLEN: tuple[type[Base], ...] = (
    t.Catalogus, t.Informatieobjecttype, t.Zaaktype, t.Statustype, t.Roltype, t.Resultaattype, t.Eigenschap,
    t.ZaaktypeInformatieobjecttype,
)  # fmt: skip
Rijen = dict[type[Base], list[dict[str, Any]]]


def key(*name: str) -> str:
    """The uuid of what is named so in this catalogue: `key("zaaktype", "verhuizing")`."""
    return str(uuid5(_SPACE, "/".join(name)))


async def store(unit: UnitOfWork) -> bool:
    """Write what is not there yet and bring what is there up to date; nothing, and False, when this version was written
    before. What a new version no longer has stays, because zaken may be of it."""
    catalogus = key("catalogus", DOMEIN)
    known = await unit.session.scalar(select(t.Catalogus.versie).where(t.Catalogus.uuid == catalogus))
    if known == VERSIE:
        return False
    bron = read_bron()
    rijen = rows(bron)
    await _keep_keys(unit, rijen[t.Eigenschap])
    for tabel in _TABELLEN:
        uuid = Base.metadata.tables[tabel.__tablename__].c.uuid
        there = set((await unit.session.scalars(select(uuid))).all())
        if missing := [rij for rij in rijen[tabel] if rij["uuid"] not in there]:
            await unit.session.execute(insert(tabel), missing)
        if stale := [rij for rij in rijen[tabel] if rij["uuid"] in there]:
            await unit.session.execute(update(tabel), stale)
    await store_kenmerken(unit, [zaaktype.kenmerk() for zaaktype in bron.zaaktype])
    return True


async def _keep_keys(unit: UnitOfWork, eigenschappen: Sequence[dict[str, Any]]) -> None:
    """What was loaded by its name alone keeps its uuid: zaken have it."""
    found = (await unit.session.execute(select(t.Eigenschap.zaaktype, t.Eigenschap.naam, t.Eigenschap.uuid))).all()
    known = {(zaaktype, naam): uuid for zaaktype, naam, uuid in found}
    for rij in eigenschappen:
        rij["uuid"] = known.get((rij["zaaktype"], rij["naam"]), rij["uuid"])


def rows(bron: Bron) -> Rijen:
    """Every row of the catalogue."""
    made: Rijen = {tabel: [] for tabel in _TABELLEN}
    catalogus = key("catalogus", DOMEIN)
    made[t.Catalogus].append(
        {
            "uuid": catalogus,
            "domein": DOMEIN,
            "rsin": next(rsins()),
            "contactpersoon_beheer_naam": "Functioneel beheer Proefdam",
            "naam": "Zaaktypen van Proefdam",
            "versie": VERSIE,
            "begindatum_versie": _SINDS,
        }
    )
    made[t.Informatieobjecttype] += _documenten(bron, catalogus)
    for zaaktype in bron.zaaktype:
        verloop = bron.verloop[zaaktype.verloop]
        made[t.Zaaktype].append(_zaaktype(zaaktype, catalogus))
        for tabel, parts in _parts(zaaktype, verloop).items():
            made[tabel] += parts
    return made


def _documenten(bron: Bron, catalogus: str) -> list[dict[str, Any]]:
    """One kind of document per name."""
    namen = sorted({omschrijving for zaaktype in bron.zaaktype for omschrijving, _ in zaaktype.documenten})
    return [
        {
            "uuid": key("informatieobjecttype", naam),
            "catalogus": catalogus,
            "omschrijving": naam,
            "vertrouwelijkheidaanduiding": "zaakvertrouwelijk",
            "begin_geldigheid": _SINDS,
            "concept": False,
            "informatieobjectcategorie": "document",
            "trefwoord": [],
        }
        for naam in namen
    ]


def _zaaktype(zaaktype: Bronzaaktype, catalogus: str) -> dict[str, Any]:
    return {
        "uuid": key("zaaktype", zaaktype.identificatie),
        "catalogus": catalogus,
        "identificatie": zaaktype.identificatie,
        "omschrijving": zaaktype.omschrijving,
        "vertrouwelijkheidaanduiding": zaaktype.aanduiding,
        "doel": f"{zaaktype.omschrijving} behandelen",
        "aanleiding": f"Een inwoner of ondernemer vraagt om: {zaaktype.omschrijving}",
        "indicatie_intern_of_extern": "extern",
        "handeling_initiator": {"melding": "melden", "aangifte": "aangeven"}.get(zaaktype.verloop, "aanvragen"),
        "onderwerp": zaaktype.omschrijving,
        "handeling_behandelaar": "behandelen",
        "doorlooptijd": zaaktype.termijn,
        "servicenorm": zaaktype.norm,
        "opschorting_en_aanhouding_mogelijk": zaaktype.formeel,
        "verlenging_mogelijk": bool(zaaktype.verlenging),
        "verlengingstermijn": zaaktype.verlenging or None,
        "trefwoorden": [woord[:30] for woord in (*zaaktype.producten, *zaaktype.trefwoorden)],
        "publicatie_indicatie": False,
        "verantwoordingsrelatie": [],
        "producten_of_diensten": [],
        "referentieproces_naam": zaaktype.verloop,
        "concept": False,
        "verantwoordelijke": zaaktype.uitvoerder[:50],
        "begin_geldigheid": _SINDS,
        "versiedatum": _SINDS,
        "deelzaaktypen": [],
        "gerelateerde_zaaktypen": [],
    }


def _parts(zaaktype: Bronzaaktype, verloop: Verloop) -> Mapping[type[Base], Sequence[dict[str, Any]]]:
    of = {"zaaktype": key("zaaktype", zaaktype.identificatie)}

    def named(soort: str, naam: str, nummer: int = 0) -> dict[str, Any]:
        """With a `nummer` the register, which lists by uuid, has them in this order: the standard gives them none."""
        uuid = key(soort, zaaktype.identificatie, naam)
        return {"uuid": f"{nummer:08x}{uuid[8:]}" if nummer else uuid, **of}

    return {
        t.Statustype: [
            {
                **named("statustype", naam),
                "omschrijving": naam,
                "statustekst": zaaktype.said(tekst),
                "volgnummer": nummer,
                "informeren": nummer in {1, len(verloop.statussen)},
                "checklistitem_statustype": [],
            }
            for nummer, (naam, tekst) in enumerate(verloop.statussen, start=1)
        ],
        t.Roltype: [
            {**named("roltype", naam), "omschrijving": naam, "omschrijving_generiek": generiek}
            for naam, generiek in verloop.rollen
        ],
        t.Resultaattype: [
            {
                **named("resultaattype", naam),
                "omschrijving": naam,
                "resultaattypeomschrijving": f"{_LIJST}/resultaattypeomschrijvingen/{key('omschrijving', naam)}",
                "selectielijstklasse": f"{_LIJST}/resultaten/{key('klasse', zaaktype.verloop, naam)}",
                "archiefnominatie": "vernietigen",
                "archiefactietermijn": bewaren,
                "brondatum_archiefprocedure": {
                    "afleidingswijze": "afgehandeld",
                    "datumkenmerk": "",
                    "einddatumBekend": False,
                    "objecttype": "",
                    "registratie": "",
                    "procestermijn": None,
                },
                "informatieobjecttypen": [],
            }
            for naam, bewaren in verloop.resultaten
        ],
        t.Eigenschap: [
            {
                **named("eigenschap", vraag.naam, nummer),
                "naam": vraag.naam,
                "definitie": vraag.vraag,
                "specificatie_groep": "",
                "specificatie_formaat": vraag.formaat,
                "specificatie_lengte": vraag.geschreven_lengte,
                "specificatie_kardinaliteit": vraag.kardinaliteit,
                "specificatie_waardenverzameling": list(vraag.waarden),
            }
            for nummer, vraag in enumerate(zaaktype.vragen, start=1)
        ],
        t.ZaaktypeInformatieobjecttype: [
            {
                **named("koppeling", omschrijving),
                "informatieobjecttype": key("informatieobjecttype", omschrijving),
                "volgnummer": nummer,
                "richting": richting,
            }
            for nummer, (omschrijving, richting) in enumerate(zaaktype.documenten, start=1)
        ],
    }
