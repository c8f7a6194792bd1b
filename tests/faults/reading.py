"""Reads the registers straight from their databases, whatever the backend says: plain rows, on both databases.

What a register elsewhere holds is read there; commands, the audit trail and what is kept beside a callback note are the
backend's own in either case.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any

import msgspec
from sqlalchemy import Connection, create_engine, make_url, select
from sqlalchemy.pool import NullPool

from kcs_desktop.backend.audit.store import VOORNEMEN
from kcs_desktop.backend.audit.tables import AuditregelRow, Auditsleutel
from kcs_desktop.backend.feed.tables import WijzigingRow
from kcs_desktop.backend.opdrachten.tables import OpdrachtRow
from kcs_desktop.backend.standards.klantinteracties import tables as t
from kcs_desktop.backend.terugbellen.tables import TbNotitie, TbPoging
from tests.faults.read_zaken import Rows, read_documenten, read_zaken
from tests.faults.registers import Auditfeit, Geregistreerd, Notitie, Registers, Uitgevoerd


class Sources(msgspec.Struct, frozen=True):
    """The databases in which everything stands: the backend's own, and those of registers elsewhere ("": its own)."""

    own: str
    klanten: str = ""
    zaken: str = ""


def read_registers(sources: Sources) -> Registers:
    """As they stand now."""
    with ExitStack() as stack:
        own = partial(_rows, stack.enter_context(_connected(sources.own)))
        klanten, zaken = (
            partial(_rows, stack.enter_context(_connected(url))) if url else own
            for url in (sources.klanten, sources.zaken)
        )
        return _read(own, klanten, zaken)


def carried_out(url: str) -> set[str]:
    """Ids of the commands that have had their effect."""
    with _connected(url) as connection:
        return set(connection.scalars(select(OpdrachtRow.id).where(OpdrachtRow.stand == "geslaagd")))


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    parsed = make_url(url)
    driver = "sqlite" if parsed.get_backend_name() == "sqlite" else "postgresql+psycopg"
    engine = create_engine(parsed.set(drivername=driver), poolclass=NullPool)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def _rows(connection: Connection, table: Any) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(select(table.__table__)).mappings()]


def _read(own: Rows, klanten: Rows, zaken: Rows) -> Registers:
    nr_of = {row["object_id"]: row["nr"] for row in own(WijzigingRow) if row["handeling"] == "gemaakt"}
    contacten = {row["uuid"]: _contact(row, nr_of) for row in klanten(t.Klantcontact)}
    betrokkenen = klanten(t.Betrokkene)
    contact_van = {row["uuid"]: row["klantcontact"] for row in betrokkenen}
    for row in betrokkenen:
        contacten[row["klantcontact"]].betrokkenen.append((row["uuid"], row["partij"] or ""))
    adressen = klanten(t.DigitaalAdres)
    for row in adressen:
        if row["betrokkene"]:
            contacten[contact_van[row["betrokkene"]]].nummers.append(row["adres"])
    taken = klanten(t.InterneTaak)
    for row in taken:
        contacten[row["klantcontact"]].taken.append(row["gevraagde_handeling"])
    for row in klanten(t.ActorKlantcontact):
        contacten[row["klantcontact"]].actoren += 1
    for row in klanten(t.Onderwerpobject):
        if row["klantcontact"]:
            over = row["was_klantcontact"] or row["onderwerpobjectidentificator_object_id"]
            contacten[row["klantcontact"]].over.append(over)
    partij_van: dict[str, list[str]] = defaultdict(list)
    for row in klanten(t.PartijIdentificator):
        if row["code_soort_object_id"] == "bsn":
            partij_van[row["object_id"]].append(row["partij"])
    nummers_van = {
        bsn: sorted(
            row["adres"]
            for row in adressen
            if row["partij"] in partijen and row["soort_digitaal_adres"] == "telefoonnummer"
        )
        for bsn, partijen in partij_van.items()
    }
    organisaties: dict[str, int] = defaultdict(int)
    for row in klanten(t.Partij):
        if row["soort_partij"] == "organisatie":
            organisaties[row["naam"]] += 1
    return Registers(
        contacten,
        len(taken),
        len(adressen),
        len(betrokkenen),
        dict(partij_van),
        nummers_van,
        dict(organisaties),
        _commands(own),
        _audit(own),
        _notes(own, taken),
        read_zaken(zaken),
        read_documenten(zaken),
    )


def _contact(row: dict[str, Any], nr_of: dict[str, int]) -> Geregistreerd:
    metadata = row["metadata"] or {}
    return Geregistreerd(
        row["uuid"],
        nr_of.get(row["uuid"], 0),
        row["onderwerp"],
        row["inhoud"],
        metadata.get("contact", ""),
        notitie=metadata.get("internetaak", ""),
        resultaat=metadata.get("resultaat", ""),
    )


def _notes(own: Rows, taken: list[dict[str, Any]]) -> dict[str, Notitie]:
    found = {row["uuid"]: Notitie(row["klantcontact"], is_klaar=row["status"] == "verwerkt") for row in taken}
    for row in own(TbNotitie):
        note = found.setdefault(row["internetaak"], Notitie("", is_klaar=False))  # of no task: the checker says so
        note.door, note.partij, note.resultaat = row["door"], row["partij"], row["resultaat"]
    for row in sorted(own(TbPoging), key=lambda row: str(row["id"])):
        found[row["internetaak"]].pogingen.append((row["resultaat"], row["notitie"], row["klantcontact"]))
    return found


def _commands(own: Rows) -> dict[str, Uitgevoerd]:
    return {
        row["id"]: Uitgevoerd(
            row["id"],
            row["stand"],
            row["soort"],
            row["account"],
            str((row["fout"] or {}).get("code", "")),
            row["afgehandeld_op"],
            row["resultaat"] or {},
        )
        for row in own(OpdrachtRow)
    }


def _audit(own: Rows) -> list[Auditfeit]:
    keys: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in own(Auditsleutel):
        keys[row["regel"]].add((row["soort"], row["waarde"]))
    return [
        Auditfeit(
            row["accountnaam"],
            row["handeling"],
            row["bron"],
            row["gelukt"],
            frozenset(keys[row["id"]]),
            row["reden"],
        )
        for row in own(AuditregelRow)
        if row["fase"] != VOORNEMEN
    ]
