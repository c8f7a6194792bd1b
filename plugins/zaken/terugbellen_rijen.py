"""The rows of a worklist: what is late or due today stands out in words, shape and colour together."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from kcs_desktop.sdk import Taaklijst, Taakstand, Terugbeltaak, local, one_line
from plugins.zaken import terugbellen_tekst as tekst
from ui.sdk import Row, Toon


def rows(
    lijst: Taaklijst, now: datetime, ik: str, gone: Collection[str] = (), typed: Collection[str] = ()
) -> list[Row]:
    """`gone` are no longer in the list, `typed` hold text that was not sent."""
    made = []
    for taak in lijst.taken:
        about = flags(taak, lijst, now, is_gone=taak.uuid in gone)
        if taak.uuid in typed:
            about = (("Nog niet vastgelegd", "let_op"), *about)
        made.append(row(taak, about, now, ik))
    return made


def row(taak: Terugbeltaak, about: Sequence[tuple[str, Toon]], now: datetime, ik: str) -> Row:
    is_late = taak.is_te_laat(now)
    icon, tone = ("fout", "fout") if is_late else ("goed", "goed") if taak.stand is Taakstand.KLAAR else _QUIET
    titel = tekst.klant(taak)
    return Row(
        key=taak.uuid,
        title=titel,
        suffix=one_line(taak.nummer, 20),
        keeps_suffix=True,
        subtitle=one_line(taak.handeling or taak.onderwerp, 200),
        icon=icon,
        tone=tone,
        right=tekst.due(taak, now),
        right_below=tekst.holder(taak, ik),
        flags=tuple(about),
        tip="\n".join(part for part in (titel, one_line(taak.handeling, 300), tekst.late(taak, now)) if part),
    )


def flags(
    taak: Terugbeltaak, lijst: Taaklijst, now: datetime, *, is_gone: bool = False
) -> tuple[tuple[str, Toon], ...]:
    """The worst first. How a note stands that left the list is not known."""
    if is_gone:
        return (("Niet in deze lijst", "let_op"),)
    found: list[tuple[str, Toon]] = []
    if taak.uuid in lijst.apart:
        found.append(("Niet bekend of dit is gelukt", "let_op"))
    elif reden := lijst.geweigerd.get(taak.uuid):
        found.append((f"Niet gelukt: {one_line(reden, 80)}", "fout"))
    if taak.stand is Taakstand.WEG:
        found.append(("Weggehaald door een ander programma", "let_op"))
    if taak.stand is Taakstand.KLAAR:
        found.append((tekst.RESULTATEN.get(taak.resultaat, "afgehandeld").capitalize(), "goed"))
    elif late := tekst.late(taak, now):
        found.append((late, "fout"))
    elif local(taak.deadline).date() <= local(now).date():
        found.append(("Herinnering: vandaag" if taak.herinnerd_op is not None else "Vandaag", "let_op"))
    if escalation := tekst.escalation(taak):
        found.append((escalation, "fout" if taak.stand is Taakstand.OPEN else "neutraal"))
    if taak.hoge_prioriteit:
        found.append(("Spoed", "let_op"))
    if taak.geheim:
        found.append(("Geheim", "let_op"))
    if attempts := tekst.attempts(taak):
        found.append((attempts, "neutraal"))
    if taak.moment:
        found.append((f"Bellen: {one_line(taak.moment, 40)}", "neutraal"))
    if taak.uuid in lijst.wacht:
        found.append(("Wordt verstuurd", "accent"))
    return tuple(found)


_QUIET = ("terugbellen", "tekst_zacht")
