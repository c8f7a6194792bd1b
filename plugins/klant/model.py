"""Our rows as the window's list draws them. The only place that knows both."""

from __future__ import annotations

from collections.abc import Sequence

from plugins.klant.lijsten import Lijst, Lijststand
from plugins.klant.rijen import Rij
from ui.sdk import Row, StateList


def row(rij: Rij) -> Row:
    rechts, _, eronder = rij.rechts.partition("\n")
    return Row(
        key=rij.id,
        title=rij.titel,
        subtitle=rij.regel,
        icon=rij.icoon,
        right=rechts,
        right_below=eronder,
        flags=rij.vlaggen,
        suffix=rij.achter_titel,
        progress=rij.stappen,
        tone=rij.toon,
    )


def show(target: StateList, lijst: Lijst, rijen: Sequence[Rij], *, icoon: str = "leeg") -> None:
    """Put a list in its state. Rows that stay keep selection and scroll."""
    match lijst.stand:
        case Lijststand.LAADT:
            if not rijen:
                # What still stands there is of the customer before: never under another name.
                target.show_rows(())
            target.show_loading()
        case Lijststand.LEEG:
            target.show_empty(lijst.melding, icoon=icoon)
        case Lijststand.FOUT:
            target.show_error(lijst.melding, lijst.advies)
        case Lijststand.GEDEELTELIJK:
            target.show_partial([row(rij) for rij in rijen], lijst.melding)
        case Lijststand.RESULTAAT:
            target.show_rows([row(rij) for rij in rijen])
