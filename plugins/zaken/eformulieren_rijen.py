"""The rows of the worklist of e-formulieren. Pure: without Qt's lists."""

from __future__ import annotations

from datetime import datetime

from kcs_desktop.sdk import Eformulier, Eformulierregels, local, one_line
from plugins.zaken import eformulieren_tekst as tekst
from ui.sdk import Row, Toon


def row(formulier: Eformulier, regels: Eformulierregels, now: datetime) -> Row:
    is_late = bool(tekst.days_late(formulier, regels, now))
    asked = tekst.asked(formulier)
    return Row(
        key=formulier.uuid,
        title=tekst.customer(formulier),
        suffix=one_line(formulier.regel.verwijzing.identificatie, 40),
        keeps_suffix=True,
        subtitle=asked,
        icon="let_op" if is_late else "document",
        tone="fout" if is_late else "tekst_zacht",
        right=tekst.received(formulier, now),
        right_below=tekst.waits(formulier, regels, now),
        flags=flags(formulier, regels, now),
        tip=f"{tekst.customer(formulier)}\n{asked}",
    )


def flags(formulier: Eformulier, regels: Eformulierregels, now: datetime) -> tuple[tuple[str, Toon], ...]:
    found: list[tuple[str, Toon]] = []
    if tekst.days_late(formulier, regels, now):
        found.append(("Over de norm", "fout"))
    elif tekst.deadline(formulier, regels) == local(now).date():
        found.append(("Vandaag oppakken", "let_op"))
    return tuple(found)
