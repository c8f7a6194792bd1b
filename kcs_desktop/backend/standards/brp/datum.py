"""Dates as the BRP answers them: whole, without a day, without a month, or unknown; and the age that follows."""

from __future__ import annotations

from datetime import date
from typing import Any

MAANDEN = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip


def whole_date(bron: str) -> date | None:
    """The date of an eight-digit `bron`, or None when part of it is unknown or it does not exist."""
    if len(bron) != 8 or not (bron.isascii() and bron.isdecimal()):
        return None
    try:
        return date(int(bron[:4]), int(bron[4:6]), int(bron[6:]))
    except ValueError:
        return None


def datum(bron: str | None) -> dict[str, Any] | None:
    """The standard's polymorphic date for a source date such as "19710314", "19710300" or "00000000"."""
    if not bron:
        return None
    whole = whole_date(bron)
    if whole is not None:
        lang = f"{whole.day} {MAANDEN[whole.month - 1]} {whole.year}"
        return {"type": "Datum", "datum": whole.isoformat(), "langFormaat": lang}
    jaar, maand = _part(bron[:4]), _part(bron[4:6])
    if not jaar:
        return {"type": "DatumOnbekend", "onbekend": True, "langFormaat": "onbekend"}
    if 1 <= maand <= 12:
        return {
            "type": "JaarMaandDatum",
            "jaar": jaar,
            "maand": maand,
            "langFormaat": f"{MAANDEN[maand - 1]} {jaar}",
        }
    return {"type": "JaarDatum", "jaar": jaar, "langFormaat": str(jaar)}


def leeftijd(bron: str | None, vandaag: date) -> int | None:
    """Age in years, where the known part of the birth date decides it; None otherwise."""
    if not bron or len(bron) != 8:
        return None
    whole = whole_date(bron)
    if whole is not None:
        jaren = vandaag.year - whole.year - ((vandaag.month, vandaag.day) < (whole.month, whole.day))
        return jaren if 0 <= jaren <= 150 else None
    jaar, maand = _part(bron[:4]), _part(bron[4:6])
    if not jaar or not 1 <= maand <= 12 or maand == vandaag.month:
        return None
    jaren = vandaag.year - jaar - (vandaag.month < maand)
    return jaren if 0 <= jaren <= 150 else None


def _part(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() else 0
