"""A zaak as a row, the same in every list: what it is, how long it may still take, and where it stands."""

from __future__ import annotations

from datetime import date

from kcs_desktop.sdk import Termijnstand, Zaakregel, display_day, display_term, one_line
from ui.widgets.row import Row


def zaak_row(regel: Zaakregel, today: date) -> Row:
    """Keyed by the uuid of the zaak; its number and its title never cut each other. Where the row is narrow the stand
    is cut, which may be a sentence, and not the term, which is a few words."""
    termijn = regel.termijn(today)
    is_late = termijn.stand is Termijnstand.VERSTREKEN
    term = display_term(termijn)
    stand = one_line(regel.status, 120)
    if not regel.is_open:
        stand = f"Afgerond: {one_line(regel.resultaat, 80)}" if regel.resultaat else "Afgerond"
    return Row(
        key=regel.verwijzing.uuid,
        title=one_line(regel.verwijzing.zaaktype or regel.omschrijving, 120) or "Zaak",
        suffix=one_line(regel.verwijzing.identificatie, 40),
        keeps_suffix=True,
        subtitle=" · ".join(deel for deel in (term, stand) if deel) or "Nog geen status",
        icon="let_op" if is_late else "document" if regel.is_open else "afgerond",
        tone="fout" if is_late else "tekst_zacht",
        right=display_day(regel.einddatum or regel.startdatum, today),
        progress=_steps(regel),
        tip=one_line(regel.omschrijving, 200),
    )


def _steps(regel: Zaakregel) -> tuple[int, int] | None:
    """(done, total) for the drawn line of a row; the step it is at counts as under way."""
    if not regel.stappen or regel.stap > regel.stappen:
        return None
    return (regel.stappen if not regel.is_open else max(regel.stap - 1, 0), regel.stappen)
