"""Partij-identificatoren: BSN, KvK number, establishment number and RSIN of a partij, each in its own register."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.standards.klantinteracties import tables
from kcs_desktop.backend.standards.klantinteracties.steps import IDENTIFICATOR
from kcs_desktop.backend.standards.objecten.conditions import Filter, choice, exact
from kcs_desktop.backend.standards.objecten.fields import Choice, Parsed, Text
from kcs_desktop.backend.standards.objecten.groups import Group, Reference
from kcs_desktop.backend.standards.objecten.related import Related
from kcs_desktop.backend.standards.objecten.resource import Json, Resource, Unique, refuse, table_of
from kcs_desktop.backend.standards.objecten.urls import Urls
from kcs_desktop.domain.bsn import passes_elfproef
from kcs_desktop.domain.gebeurtenis import Kring, Wijziging

OBJECTTYPEN = ("natuurlijk_persoon", "niet_natuurlijk_persoon", "vestiging")
SOORTEN = ("bsn", "vestigingsnummer", "kvk_nummer", "rsin")
REGISTERS = ("brp", "hr")
_OBJECTTYPEN_PER_REGISTER = {"brp": ("natuurlijk_persoon",), "hr": ("vestiging", "niet_natuurlijk_persoon")}
_SOORTEN_PER_OBJECTTYPE = {
    "natuurlijk_persoon": ("bsn",),
    "niet_natuurlijk_persoon": ("rsin", "kvk_nummer"),
    "vestiging": ("vestigingsnummer",),
}
_LENGTHS = {"bsn": 9, "rsin": 9, "kvk_nummer": 8, "vestigingsnummer": 12}
_VALUE_CHECKS: Mapping[str, Callable[[str], bool]] = {"bsn": passes_elfproef, "rsin": passes_elfproef}

IDENTIFICATOR_GROUP = Group(
    wire="partijIdentificator",
    required=True,
    fields=(
        Choice(wire="codeObjecttype", column="code_objecttype", choices=OBJECTTYPEN, required=True),
        Choice(wire="codeSoortObjectId", column="code_soort_object_id", choices=SOORTEN, required=True),
        Text(wire="objectId", column="object_id", maximum=200, blank=False, required=True),
        Choice(wire="codeRegister", column="code_register", choices=REGISTERS, required=True),
    ),
)


class PartijIdentificatoren(Resource):
    naam = "partij-identificatoren"
    soort = "partij"  # an identificator is part of its partij, so that is what changes
    table = table_of(tables.PartijIdentificator)
    fields = (
        Reference(wire="identificeerdePartij", column="partij", table="ki_partij", nullable=True),
        Text(wire="anderePartijIdentificator", column="andere_partij_identificator", maximum=200),
        IDENTIFICATOR_GROUP,
        Reference(
            wire="subIdentificatorVan", column="sub_identificator_van", table="ki_partij_identificator", nullable=True
        ),
    )
    uniques = (
        Unique(
            ("object_id", "code_soort_object_id", "code_objecttype", "code_register", "sub_sleutel"),
            "nonFieldErrors",
            "Deze partij-identificator bestaat al.",
        ),
        Unique(
            ("partij", "code_soort_object_id"),
            "nonFieldErrors",
            "Deze partij heeft al een identificator van deze soort.",
        ),
    )
    filters: ClassVar[Mapping[str, Filter]] = {
        "anderePartijIdentificator": exact(IDENTIFICATOR.andere_partij_identificator),
        "partijIdentificatorCodeObjecttype": choice(IDENTIFICATOR.code_objecttype, OBJECTTYPEN),
        "partijIdentificatorCodeRegister": choice(IDENTIFICATOR.code_register, REGISTERS),
        "partijIdentificatorCodeSoortObjectId": choice(IDENTIFICATOR.code_soort_object_id, SOORTEN),
        "partijIdentificatorObjectId": exact(IDENTIFICATOR.object_id),
    }

    async def apply_rules(self, unit: UnitOfWork, parsed: Parsed, current: Row[Any] | None) -> None:
        def value(column: str) -> Any:
            return parsed.values.get(column, getattr(current, column) if current is not None else None)

        check_identificator(value)
        parent = value("sub_identificator_van")
        if current is not None:
            await self._check_current(unit.session, current, parent, value("code_soort_object_id"))
        soort_parent = None
        if parent is not None:
            soort_parent = await unit.session.scalar(
                select(IDENTIFICATOR.code_soort_object_id).where(IDENTIFICATOR.uuid == parent)
            )
        if value("code_soort_object_id") == "vestigingsnummer" and soort_parent != "kvk_nummer":
            raise refuse(
                "subIdentificatorVan", "invalid", "Een vestigingsnummer hoort bij een identificator met een KvK-nummer."
            )
        if parent is not None and soort_parent != "kvk_nummer":
            raise refuse("subIdentificatorVan", "invalid", "Dit kan alleen een identificator met een KvK-nummer zijn.")
        parsed.values["sub_sleutel"] = parent or ""

    async def _check_current(self, session: AsyncSession, current: Row[Any], parent: str | None, soort: str) -> None:
        if parent == current.uuid:
            raise refuse("subIdentificatorVan", "invalid", "Een identificator kan niet onder zichzelf hangen.")
        if soort != current.code_soort_object_id:
            under = select(IDENTIFICATOR.uuid).where(IDENTIFICATOR.sub_identificator_van == current.uuid).limit(1)
            if (await session.scalar(under)) is not None:
                raise refuse(
                    "partijIdentificator.codeSoortObjectId",
                    "invalid",
                    "De soort kan niet wijzigen: er hangen andere identificatoren onder.",
                )

    def announce(
        self,
        unit: UnitOfWork,
        row: Row[Any],
        handeling: str,
        onderwerpen: tuple[str, ...],
        kringen: tuple[Kring, ...] = (),
    ) -> None:
        for partij in onderwerpen:
            unit.emit(Wijziging("partij", partij, "gewijzigd", self.functie, (partij,)))

    async def concerned(self, session: AsyncSession, row: Row[Any]) -> tuple[str, ...]:
        return (row.partij,) if row.partij else ()

    async def represent(self, related: Related, rows: Sequence[Row[Any]], urls: Urls) -> list[Json]:
        return [represent_identificator(row, urls) for row in rows]


def represent_identificator(row: Row[Any], urls: Urls) -> Json:
    """An identificator; also inside its partij."""
    return {
        "uuid": row.uuid,
        "url": urls.of("partij-identificatoren", row.uuid),
        "identificeerdePartij": urls.reference("partijen", row.partij),
        "anderePartijIdentificator": row.andere_partij_identificator,
        "partijIdentificator": {
            "codeObjecttype": row.code_objecttype,
            "codeSoortObjectId": row.code_soort_object_id,
            "objectId": row.object_id,
            "codeRegister": row.code_register,
        },
        "subIdentificatorVan": urls.reference("partij-identificatoren", row.sub_identificator_van),
    }


def check_identificator(value: Callable[[str], Any]) -> None:
    """Whether register, object type, kind and value belong together. Raises InvalidBody."""
    objecttype, soort = value("code_objecttype"), value("code_soort_object_id")
    if objecttype not in _OBJECTTYPEN_PER_REGISTER[value("code_register")]:
        raise refuse("partijIdentificator.codeObjecttype", "invalid", "Dit objecttype hoort niet bij dit register.")
    if soort not in _SOORTEN_PER_OBJECTTYPE[objecttype]:
        raise refuse("partijIdentificator.codeSoortObjectId", "invalid", "Deze soort hoort niet bij dit objecttype.")
    objection = object_id_objection(soort, value("object_id"))
    if objection:
        raise refuse("partijIdentificator.objectId", "invalid", f"Deze waarde is ongeldig, reden: {objection}")


def object_id_objection(soort: str, object_id: str) -> str:
    """What is wrong with the value of an identificator of this kind, or an empty string."""
    if len(object_id) != _LENGTHS[soort]:
        return f"Waarde moet {_LENGTHS[soort]} tekens lang zijn."
    if not (object_id.isascii() and object_id.isdigit()):
        return "Voer een numerieke waarde in."
    check = _VALUE_CHECKS.get(soort)
    return "Onjuist nummer: de elfproef klopt niet." if check is not None and not check(object_id) else ""
