"""Enkelvoudiginformatieobjecten: the documents. A change makes a new version and takes a lock."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy import Row, desc, insert, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.schema import Column

from kcs_desktop.backend.bestanden import opslag
from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.problem import InvalidBody, InvalidParam
from kcs_desktop.backend.standards.catalogi.adres import PREFIX as CATALOGI
from kcs_desktop.backend.standards.catalogi.steps import INFORMATIEOBJECTTYPE
from kcs_desktop.backend.standards.documenten import tables
from kcs_desktop.backend.standards.documenten.adres import NAAM, PREFIX
from kcs_desktop.backend.standards.documenten.filters import FILTERS, ORDERINGS, STATUSSEN
from kcs_desktop.backend.standards.documenten.inhoud import Inhoud, expect_parts, expected, forget_parts, read_content
from kcs_desktop.backend.standards.documenten.koppeling import zaken_of
from kcs_desktop.backend.standards.documenten.steps import DEEL, DOCUMENT, GEBRUIKSRECHT, VERSIE
from kcs_desktop.backend.standards.objecten.conditions import Filter
from kcs_desktop.backend.standards.objecten.fields import (
    AMSTERDAM,
    Choice,
    Day,
    Flag,
    Parsed,
    Text,
    Texts,
    Whole,
    parse_moment,
)
from kcs_desktop.backend.standards.objecten.groups import Address, JsonGroup
from kcs_desktop.backend.standards.objecten.related import Related
from kcs_desktop.backend.standards.objecten.represent import day, moment
from kcs_desktop.backend.standards.objecten.resource import (
    Expansion,
    Json,
    Resource,
    Unique,
    draw_number,
    refuse,
    table_of,
)
from kcs_desktop.backend.standards.objecten.urls import Urls
from kcs_desktop.backend.standards.zaken.onderdelen import kringen_of, partijen_of
from kcs_desktop.backend.standards.zgw.fields import rsin, url
from kcs_desktop.domain.bestandsoverdracht import Bestandstand as Stand
from kcs_desktop.domain.errors import NotFound
from kcs_desktop.domain.gebeurtenis import Kring
from kcs_desktop.domain.zaakrechten import AANDUIDINGEN, most_closed

_MOST = 2**53 - 1  # what every JSON reader can count to
_ALGORITMES = (
    "crc_16", "crc_32", "crc_64", "fletcher_4", "fletcher_8", "fletcher_16", "fletcher_32", "hmac", "md5", "sha_1",
    "sha_256", "sha_512", "sha_3",
)  # fmt: skip
_UNFINISHED = ("in_bewerking", "ter_vaststelling")
_DEFINITIEF = "definitief"
_VERSIE = table_of(tables.Versie)
_KEPT = [column.name for column in _VERSIE.c if column.name != "informatieobject"]


class DayText(Text, frozen=True, kw_only=True):
    """A date that is kept as text, inside an object that nobody searches."""

    def accept(self, value: Any, path: str, parsed: Parsed) -> Any:
        found = Day(wire=self.wire).accept(value, path, parsed)
        return None if found is None else found.isoformat()


class Informatieobjecten(Resource):
    naam = NAAM
    prefix = PREFIX
    soort = "informatieobject"
    functie = "dossier"
    table = table_of(tables.Informatieobject)
    fields = (
        Text(wire="identificatie", column="identificatie", maximum=40),
        rsin("bronorganisatie", "bronorganisatie", required=True),
        Day(wire="creatiedatum", column="creatiedatum", required=True),
        Text(wire="titel", column="titel", maximum=200, required=True, blank=False),
        Choice(wire="vertrouwelijkheidaanduiding", column="vertrouwelijkheidaanduiding", choices=("", *AANDUIDINGEN)),
        Text(wire="auteur", column="auteur", maximum=200, required=True, blank=False),
        Choice(wire="status", column="status", choices=("", *STATUSSEN)),
        Text(wire="formaat", column="formaat", maximum=255),
        Text(wire="taal", column="taal", maximum=3, minimum=3, required=True, blank=False),
        Text(wire="bestandsnaam", column="bestandsnaam", maximum=255),
        Inhoud(wire="inhoud"),
        Whole(wire="bestandsomvang", column="bestandsomvang", minimum=0, maximum=_MOST, nullable=True),
        url("link", "link", 200),
        Text(wire="beschrijving", column="beschrijving", maximum=1000),
        Day(wire="ontvangstdatum", column="ontvangstdatum", nullable=True),
        Day(wire="verzenddatum", column="verzenddatum", nullable=True),
        Flag(wire="indicatieGebruiksrecht", column="indicatie_gebruiksrecht", nullable=True),
        Text(wire="verschijningsvorm", column="verschijningsvorm", maximum=10_000),
        JsonGroup(
            wire="ondertekening",
            column="ondertekening",
            nullable=True,
            fields=(
                Choice(wire="soort", column="soort", choices=("analoog", "digitaal", "pki"), required=True),
                DayText(wire="datum", column="datum", maximum=10, minimum=10, required=True),
            ),
        ),
        JsonGroup(
            wire="integriteit",
            column="integriteit",
            nullable=True,
            fields=(
                Choice(wire="algoritme", column="algoritme", choices=_ALGORITMES, required=True),
                Text(wire="waarde", column="waarde", maximum=128, required=True, blank=False),
                DayText(wire="datum", column="datum", maximum=10, minimum=10, required=True),
            ),
        ),
        Address(
            wire="informatieobjecttype",
            column="informatieobjecttype",
            table="cat_informatieobjecttype",
            resource="informatieobjecttypen",
            required=True,
        ),
        Texts(wire="trefwoorden", column="trefwoorden", maximum=100),
        Text(wire="lock", column="lock", maximum=100),
    )
    uniques = (
        Unique(
            ("identificatie", "bronorganisatie"),
            "identificatie",
            "Deze identificatie bestaat al voor deze bronorganisatie.",
            drawn=True,
        ),
    )
    filters: ClassVar[Mapping[str, Filter]] = FILTERS
    orderings: ClassVar[Mapping[str, Column[Any]]] = ORDERINGS
    expansions: ClassVar[Mapping[str, Expansion]] = {"informatieobjecttype": Expansion("informatieobjecttypen")}
    detail_parameters: ClassVar[frozenset[str]] = frozenset({"versie", "registratieOp"})
    counts_to: ClassVar[int] = 10_000

    def __init__(self, *, stand: Stand = Stand.ONBEKEND, maximum: int = 4 * 1024**3) -> None:
        """`stand` is that of content that has just come in; `maximum` how many bytes a file may have."""
        self.stand = stand
        self._maximum = maximum

    async def draw(self, unit: UnitOfWork, unique: Unique, values: Json) -> str:
        return f"DOCUMENT-{unit.now.astimezone(AMSTERDAM).year}-{draw_number()}"

    async def apply_rules(self, unit: UnitOfWork, parsed: Parsed, current: Row[Any] | None) -> None:
        values = parsed.values
        lock = values.pop("lock", None)
        if current is None:
            if lock:
                raise refuse("lock", "must-be-empty", "Een nieuw document heeft nog geen lock.")
        else:
            check_lock(current, lock)
            if current.status == _DEFINITIEF:
                raise refuse("nonFieldErrors", "modify-status-definitief", "Een definitief document staat vast.")
        for column in ("identificatie", "vertrouwelijkheidaanduiding"):
            if values.get(column) == "":
                del values[column]
        self._check_status(values, current)
        await self._check_gebruiksrecht(unit, values, current)
        if "informatieobjecttype" in values:
            await self._follow_type(unit, values, is_new=current is None)
        nieuw = await read_content(unit, parsed, current, stand=self.stand, maximum=self._maximum)
        values["begin_registratie"] = unit.now
        values["versie"] = 1
        if current is not None:
            values["versie"] = current.versie + 1
            await _keep(unit, current)
        if nieuw is not None:
            parsed.links["nieuw"] = nieuw
            values |= {"bestand": nieuw.bestand, "bestandsomvang": nieuw.omvang}
            if nieuw.delen:
                values["lock"] = current.lock if current is not None else make_lock()

    def _check_status(self, values: Json, current: Row[Any] | None) -> None:
        def now(column: str) -> Any:
            return values.get(column, getattr(current, column) if current is not None else None)

        if now("status") in _UNFINISHED and now("ontvangstdatum"):
            raise refuse("status", "invalid_for_received", "Een ontvangen document is niet meer in bewerking.")

    async def _check_gebruiksrecht(self, unit: UnitOfWork, values: Json, current: Row[Any] | None) -> None:
        if "indicatie_gebruiksrecht" not in values:
            return
        given = values["indicatie_gebruiksrecht"]
        own = select(GEBRUIKSRECHT.uuid).where(GEBRUIKSRECHT.informatieobject == (current.uuid if current else ""))
        has_any = await unit.session.scalar(own.limit(1)) is not None
        if given and not has_any:
            reden = "Maak eerst gebruiksrechten aan; die zetten deze indicatie."
            raise refuse("indicatieGebruiksrecht", "missing-gebruiksrechten", reden)
        if has_any and not given:
            raise refuse("indicatieGebruiksrecht", "existing-gebruiksrechten", "Er zijn nog gebruiksrechten.")

    async def _follow_type(self, unit: UnitOfWork, values: Json, *, is_new: bool) -> None:
        kind = INFORMATIEOBJECTTYPE
        query = select(kind.concept, kind.vertrouwelijkheidaanduiding).where(
            kind.uuid == values["informatieobjecttype"]
        )
        concept, aanduiding = (await unit.session.execute(query)).one()
        if concept:
            raise refuse("informatieobjecttype", "not-published", "Dit informatieobjecttype is nog niet gepubliceerd.")
        if is_new:
            values.setdefault("vertrouwelijkheidaanduiding", aanduiding)

    async def store_links(self, unit: UnitOfWork, uuid: str, parsed: Parsed, current: Row[Any] | None) -> None:
        nieuw = parsed.links.get("nieuw")
        if nieuw is None:
            return
        if current is not None and (under_way := await expected(unit.session, uuid)) is not None:
            await forget_parts(unit, uuid, content=under_way[0])
        await expect_parts(unit, uuid, nieuw)

    async def delete(self, unit: UnitOfWork, uuid: str) -> None:
        """With all its versions and their content. 400 while it is locked."""
        row = await self.row(unit.session, uuid, lock=True)
        if row.lock:
            raise refuse("nonFieldErrors", "destroy-locked", "Dit document staat op slot. Haal het eerst van slot.")
        earlier = select(VERSIE.bestand).where(VERSIE.informatieobject == row.uuid, VERSIE.bestand.is_not(None))
        bestanden = {*(await unit.session.scalars(earlier)).all(), *([row.bestand] if row.bestand else [])}
        await super().delete(unit, uuid)
        if bestanden:
            await opslag.drop(unit, sorted(bestanden))

    async def concerned(self, session: AsyncSession, row: Row[Any]) -> tuple[str, ...]:
        """The zaken it is in, and the partijen behind those."""
        zaken = (await zaken_of(session, [row.uuid])).get(row.uuid, [])
        found = set(zaken)
        for zaak in zaken:
            found.update(await partijen_of(session, zaak))
        return tuple(sorted(found))

    async def kringen(self, session: AsyncSession, row: Row[Any]) -> tuple[Kring, ...]:
        """Who may see it in a zaak: of its own aanduiding and that of the zaak the more closed one counts. Of one that
        is in none yet, who may see it in any; of one that lost its zaak, who may see all."""
        zaken = (await zaken_of(session, [row.uuid])).get(row.uuid, [])
        own = row.vertrouwelijkheidaanduiding
        if not zaken:
            return (Kring("", AANDUIDINGEN[-1] if row.uit_zaak else own),)
        return tuple(
            Kring(kring.zaaktype, most_closed(own, kring.aanduiding))
            for kring in (await kringen_of(session, zaken)).values()
        )

    async def as_asked(self, session: AsyncSession, uuid: str, asked: Mapping[str, str]) -> Row[Any]:
        """The version that `versie` or `registratieOp` asks; the present aanduiding counts for all of them."""
        row = await self.row(session, uuid)
        versie, moment_text = asked.get("versie", ""), asked.get("registratieOp", "")
        if not versie and not moment_text:
            return row
        columns = [VERSIE[name] for name in _KEPT]
        shown: list[Any] = [VERSIE.informatieobject.label("uuid"), *columns, DOCUMENT.lock]
        query = select(*shown).join(self.table, DOCUMENT.uuid == VERSIE.informatieobject)
        query = query.where(VERSIE.informatieobject == row.uuid).order_by(desc(VERSIE.versie)).limit(1)
        if versie:
            number = int(versie) if versie.isascii() and versie.isdigit() and len(versie) < 10 else 0
            if number == row.versie:
                return row
            query = query.where(VERSIE.versie == number)
        if moment_text:
            at = parse_moment(moment_text)
            if at is None:
                raise InvalidBody([InvalidParam("registratieOp", "invalid", "Dit is geen geldige datum met tijd.")])
            if not versie and row.begin_registratie <= at:
                return row
            query = query.where(VERSIE.begin_registratie <= at)
        found: Row[Any] | None = (await session.execute(query)).first()
        if found is None:
            raise NotFound("Deze versie van het document bestaat niet.")
        return found

    async def one(self, session: AsyncSession, uuid: str, urls: Urls, related: Related | None = None) -> Json:
        """With its lock, in its parts too: it answers whoever made or changed it."""
        item = await super().one(session, uuid, urls, related)
        lock = (await self.row(session, uuid)).lock
        return {**item, "lock": lock, "bestandsdelen": [{**deel, "lock": lock} for deel in item["bestandsdelen"]]}

    async def represent(self, related: Related, rows: Sequence[Row[Any]], urls: Urls) -> list[Json]:
        """Without parts: a file may have thousands, and a list hundreds of files."""
        return await self._shown(related, rows, {}, urls)

    async def detail(self, related: Related, row: Row[Any], urls: Urls) -> Json:
        """With the parts that are to come, and those that came."""
        columns = (DEEL.bestand, DEEL.uuid, DEEL.volgnummer, DEEL.omvang, DEEL.voltooid)
        delen = await related.children(DEEL.informatieobject, [row.uuid], columns)
        return (await self._shown(related, [row], delen, urls))[0]

    async def _shown(
        self, related: Related, rows: Sequence[Row[Any]], delen: Mapping[str, list[Any]], urls: Urls
    ) -> list[Json]:
        contents = [row.bestand for row in rows if row.bestand]
        found = await related.children(opslag.BESTAND.id, contents, (opslag.BESTAND.stand,))
        coming = {content for content, [known] in found.items() if known.stand == Stand.ONTVANGEN}
        catalogi = urls.under(CATALOGI)
        return [
            self._represent(row, delen.get(row.uuid, []), urls, catalogi, is_coming=row.bestand in coming)
            for row in rows
        ]

    def _represent(self, row: Row[Any], delen: list[Any], urls: Urls, catalogi: Urls, *, is_coming: bool) -> Json:
        own = urls.of(NAAM, row.uuid)
        under_way = [deel for deel in delen if deel.bestand == row.bestand]
        has_content = row.bestandsomvang is not None and not is_coming
        return {
            "url": own,
            "identificatie": row.identificatie,
            "bronorganisatie": row.bronorganisatie,
            "creatiedatum": day(row.creatiedatum),
            "titel": row.titel,
            "vertrouwelijkheidaanduiding": row.vertrouwelijkheidaanduiding,
            "auteur": row.auteur,
            "status": row.status,
            "formaat": row.formaat,
            "taal": row.taal,
            "versie": row.versie,
            "beginRegistratie": moment(row.begin_registratie),
            "bestandsnaam": row.bestandsnaam,
            "inhoud": f"{own}/download?versie={row.versie}" if has_content else None,
            "bestandsomvang": row.bestandsomvang,
            "link": row.link,
            "beschrijving": row.beschrijving,
            "ontvangstdatum": day(row.ontvangstdatum),
            "verzenddatum": day(row.verzenddatum),
            "indicatieGebruiksrecht": row.indicatie_gebruiksrecht,
            "verschijningsvorm": row.verschijningsvorm,
            "ondertekening": row.ondertekening,
            "integriteit": row.integriteit,
            "informatieobjecttype": catalogi.of("informatieobjecttypen", row.informatieobjecttype),
            "locked": bool(row.lock),
            "bestandsdelen": [
                represent_part(deel, urls) for deel in sorted(under_way, key=lambda deel: deel.volgnummer)
            ],
            "trefwoorden": row.trefwoorden,
        }


def represent_part(deel: Any, urls: Urls, lock: str = "") -> Json:
    """The standard wants a lock here; whoever only reads gets it empty, because it is the key to change the document
    with."""
    return {
        "url": urls.of("bestandsdelen", deel.uuid),
        "volgnummer": deel.volgnummer,
        "omvang": deel.omvang,
        "voltooid": deel.voltooid,
        "lock": lock,
    }


def make_lock() -> str:
    return secrets.token_hex(16)


def check_lock(row: Any, given: str | None) -> None:
    """400 unless the document is locked, with this key."""
    if not row.lock:
        raise refuse("nonFieldErrors", "unlocked", "Zet het document eerst op slot (lock).")
    if given is None:
        raise refuse("nonFieldErrors", "missing-lock-id", "Stuur de sleutel van het slot (lock) mee.")
    if not secrets.compare_digest(given.encode(), row.lock.encode()):
        raise refuse("nonFieldErrors", "incorrect-lock-id", "Dit is niet de sleutel van het slot (lock).")


async def _keep(unit: UnitOfWork, current: Row[Any]) -> None:
    """The document as it was, as a version of its own."""
    columns = [DOCUMENT[name] for name in _KEPT]
    was = select(DOCUMENT.uuid, *columns).where(DOCUMENT.uuid == current.uuid)
    await unit.session.execute(insert(_VERSIE).from_select(["informatieobject", *_KEPT], was))
