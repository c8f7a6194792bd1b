"""The documents of Proefdam: small ones of three kinds, in the dossiers of the fixed customers and of some others.

They are of the documents that the zaaktype of their zaak has in the catalogue; without any there are none.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import insert, select

from kcs_desktop.backend.bestanden import tables as bst
from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.proefgemeente.lot import Lot
from kcs_desktop.backend.proefgemeente.personen import VASTE
from kcs_desktop.backend.standards.catalogi import tables as cat
from kcs_desktop.backend.standards.documenten import tables as doc
from kcs_desktop.backend.standards.objecten.fields import AMSTERDAM
from kcs_desktop.backend.standards.zaken import tables as zk
from kcs_desktop.domain.bestandsoverdracht import Bestandstand

_KOPPELING = cat.ZaaktypeInformatieobjecttype
EEN_OP = 8  # of the zaken of others
_TABELLEN = (
    bst.Bestand, bst.Stuk, doc.Informatieobject, doc.Objectinformatieobject, zk.Zaakinformatieobject,
)  # fmt: skip
Rij = dict[str, Any]


class Inhoud(msgspec.Struct, frozen=True):
    """What a document holds, and how its file is called."""

    titel: str
    naam: str
    mediatype: str
    inhoud: bytes


async def store(unit: UnitOfWork) -> None:
    """Write them all."""
    soorten = await _kinds(unit)
    fixed = set((await unit.session.scalars(select(zk.Rol.zaak).where(zk.Rol.inp_bsn.in_(sorted(VASTE))))).all())
    made = _Documenten()
    zaken = (await unit.session.scalars(select(zk.Zaak).order_by(zk.Zaak.uuid))).all()
    for nr, zaak in enumerate(zaken):
        if soorten.get(zaak.zaaktype) and (zaak.uuid in fixed or nr % EEN_OP == 0):
            made.add_all(zaak, soorten[zaak.zaaktype], unit.now)
    for tabel in _TABELLEN:
        if rijen := made.rijen.get(tabel):
            await unit.session.execute(insert(tabel), rijen)


async def _kinds(unit: UnitOfWork) -> Mapping[str, Sequence[Any]]:
    """Per zaaktype, the published informatieobjecttypen that it knows."""
    query = (
        select(_KOPPELING.zaaktype, cat.Informatieobjecttype)
        .join(cat.Informatieobjecttype, cat.Informatieobjecttype.uuid == _KOPPELING.informatieobjecttype)
        .where(~cat.Informatieobjecttype.concept)
        .order_by(_KOPPELING.volgnummer, cat.Informatieobjecttype.uuid)
    )
    found: dict[str, list[Any]] = defaultdict(list)
    for zaaktype, soort in await unit.session.execute(query):
        found[zaaktype].append(soort)
    return found


class _Documenten:
    """Collects rows per table."""

    def __init__(self) -> None:
        self._lot = Lot("documenten van Proefdam")
        self._nummer = 0
        self.rijen: dict[type[Any], list[Rij]] = defaultdict(list)

    def add_all(self, zaak: Any, soorten: Sequence[Any], nu: datetime) -> None:
        """One to three, the first one with the application itself."""
        begin = datetime(zaak.startdatum.year, zaak.startdatum.month, zaak.startdatum.day, 10, tzinfo=AMSTERDAM)
        kinds = (_aanvraag(zaak), _foto(), _notitie(zaak))
        for nr, inhoud in enumerate(kinds[: self._lot.number(1, 3)]):
            op = min(begin + timedelta(days=nr, minutes=nr), nu - timedelta(minutes=5))
            self._add(zaak, soorten[nr % len(soorten)], inhoud, op)

    def _add(self, zaak: Any, soort: Any, inhoud: Inhoud, op: datetime) -> None:
        self._nummer += 1
        bestand, document = self._lot.uuid(op), self._lot.uuid(op)
        dag = op.astimezone(AMSTERDAM).date()
        self.rijen[bst.Bestand].append(
            {
                "id": bestand,
                "naam": inhoud.naam,
                "mediatype": inhoud.mediatype,
                "omvang": len(inhoud.inhoud),
                "sha256": hashlib.sha256(inhoud.inhoud).hexdigest(),
                "stand": Bestandstand.ONBEKEND.value,
                "gemaakt_op": op,
                "gebruikt": True,
            }
        )
        self.rijen[bst.Stuk].append({"bestand": bestand, "nr": 1, "inhoud": inhoud.inhoud})
        self.rijen[doc.Informatieobject].append(
            {
                "uuid": document,
                "identificatie": f"DOCUMENT-{dag.year}-{self._nummer:010d}",
                "bronorganisatie": zaak.bronorganisatie,
                "creatiedatum": dag,
                "titel": inhoud.titel,
                "vertrouwelijkheidaanduiding": zaak.vertrouwelijkheidaanduiding,
                "auteur": "Inwoner",
                "status": "definitief",
                "formaat": inhoud.mediatype,
                "taal": "dut",
                "versie": 1,
                "begin_registratie": op,
                "bestandsnaam": inhoud.naam,
                "bestand": bestand,
                "bestandsomvang": len(inhoud.inhoud),
                "ontvangstdatum": dag,
                "informatieobjecttype": soort.uuid,
            }
        )
        self.rijen[doc.Objectinformatieobject].append(
            {"uuid": self._lot.uuid(op), "informatieobject": document, "object": zaak.uuid, "object_type": "zaak"}
        )
        self.rijen[zk.Zaakinformatieobject].append(
            {
                "uuid": self._lot.uuid(op),
                "zaak": zaak.uuid,
                "informatieobject": document,
                "titel": inhoud.titel,
                "registratiedatum": op,
            }
        )


def _aanvraag(zaak: Any) -> Inhoud:
    regels = ("Gemeente Proefdam", f"Aanvraag: {zaak.omschrijving}", f"Zaaknummer: {zaak.identificatie}")
    return Inhoud("Aanvraagformulier", "aanvraag.pdf", "application/pdf", make_pdf(regels))


def _foto() -> Inhoud:
    return Inhoud("Foto van de situatie", "foto.png", "image/png", make_png(96, 64))


def _notitie(zaak: Any) -> Inhoud:
    tekst = f"Toelichting bij {zaak.identificatie}.\n\nDe aanvrager heeft alle gegevens aan de balie laten zien.\n"
    return Inhoud("Toelichting", "toelichting.txt", "text/plain", tekst.encode())


def make_pdf(regels: Sequence[str]) -> bytes:
    """One page with these lines."""
    shown = b"BT /F1 14 Tf 60 780 Td 22 TL"
    for regel in regels:
        escaped = regel.encode("cp1252", "replace").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        shown += b" (" + escaped + b") Tj T*"
    shown += b" ET"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n" % len(shown) + shown + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    )
    made, places = b"%PDF-1.4\n", []
    for nr, one in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n" % nr + one + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return (
        made
        + b"xref\n0 %d\n0000000000 65535 f \n" % size
        + table
        + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(made))
    )


def make_png(width: int, height: int) -> bytes:
    """Grass under a sky. Not compressed, so that it is the same everywhere."""
    rows = bytearray()
    for y in range(height):
        rows.append(0)
        sky = y < height * 2 // 3
        rows += bytes((150, 190, 230 - y) if sky else (90, 150 - y, 70)) * width
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(rows), 0)), (b"IEND", b""))
    )
