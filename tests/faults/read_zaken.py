"""Reads the zaken with what is under them, and which documents there are."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from kcs_desktop.backend.bestanden.tables import Stuk
from kcs_desktop.backend.standards.documenten.tables import Informatieobject
from kcs_desktop.backend.standards.zaken import tables as t
from tests.faults.registers import Document, Zaak

Rows = Callable[[Any], list[dict[str, Any]]]


def read_zaken(rows: Rows) -> dict[str, Zaak]:
    """By uuid."""
    zaken = {
        row["uuid"]: Zaak(row["uuid"], row["identificatie"], row["omschrijving"], row["zaaktype"])
        for row in rows(t.Zaak)
    }
    for row in rows(t.Status):
        zaken[row["zaak"]].statussen += 1
    for row in rows(t.Rol):
        zaken[row["zaak"]].rollen.append(row["inp_bsn"])
    for row in rows(t.Zaakeigenschap):
        zaken[row["zaak"]].eigenschappen.append((row["eigenschap"], row["waarde"]))
    for row in rows(t.Zaakinformatieobject):
        zaken[row["zaak"]].documenten.append(row["informatieobject"])
    for row in rows(t.Zaakobject):
        zaken[row["zaak"]].objecten += 1
    for zaak in zaken.values():
        zaak.eigenschappen.sort()
    return zaken


def read_documenten(rows: Rows) -> dict[str, Document]:
    """By uuid. What is measured is what is stored, not what the document says of it."""
    sizes: dict[str, int] = defaultdict(int)
    digests: dict[str, Any] = defaultdict(hashlib.sha256)
    for row in sorted(rows(Stuk), key=lambda row: int(row["nr"])):
        sizes[row["bestand"]] += len(row["inhoud"])
        digests[row["bestand"]].update(row["inhoud"])
    return {
        row["uuid"]: Document(row["titel"], sizes[row["bestand"]], digests[row["bestand"]].hexdigest())
        if row["bestand"]
        else Document(row["titel"], 0)
        for row in rows(Informatieobject)
    }
