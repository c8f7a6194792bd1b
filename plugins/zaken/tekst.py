"""How values of a zaak are written for the eye: days, terms, sizes. Pure and without Qt."""

from __future__ import annotations

from datetime import date

from kcs_desktop.sdk import Termijn, Termijnstand, clean_lines, display_days, display_full_day, shorten

_MEEST = 20_000  # characters of one text


def term_full(termijn: Termijn, today: date) -> str:
    """For the detail: with the day by law."""
    uiterlijk = display_full_day(termijn.uiterlijk, today)
    match termijn.stand:
        case Termijnstand.VERSTREKEN:
            return f"{display_days(-termijn.dagen)} te laat: moest klaar zijn op {uiterlijk}"
        case Termijnstand.OPGESCHORT:
            return "Opgeschort: de termijn loopt nu niet"
        case Termijnstand.LOOPT | Termijnstand.BIJNA if termijn.dagen == 0:
            return f"Moet vandaag klaar zijn ({uiterlijk})"
        case Termijnstand.LOOPT | Termijnstand.BIJNA:
            return f"Nog {display_days(termijn.dagen)}, uiterlijk {uiterlijk}"
        case Termijnstand.AFGEROND:
            return f"Afgerond, {display_days(-termijn.dagen)} na de termijn" if termijn.is_te_laat else "Afgerond"
        case _:
            return "Geen termijn bekend"


def whole(text: str) -> str:
    """All of what somebody wrote, with its lines; a register that answers megabytes does not stall the window."""
    return shorten(clean_lines(text[: 2 * _MEEST]), _MEEST)


def size(number: int) -> str:
    """240 kB, 1,2 MB; "" for none."""
    if number <= 0:
        return ""
    if number < 1_000_000:
        return f"{max(1, round(number / 1000))} kB"
    return f"{number / 1_000_000:.1f} MB".replace(".", ",")


def count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def grouped(number: int) -> str:
    """1.000.000, as a count is written."""
    return f"{number:,}".replace(",", ".")
