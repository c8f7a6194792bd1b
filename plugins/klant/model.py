"""Our rows as the window's list draws them. The only place that knows both."""

from __future__ import annotations

from collections.abc import Sequence

from plugins.klant.rijen import Rij
from ui.sdk import Lijstbeeld, Row, StateList


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
    )


def show(target: StateList, lijst: Lijstbeeld, rijen: Sequence[Rij], *, icoon: str = "leeg") -> None:
    """Put a list in its state, with our rows."""
    target.show_beeld(lijst, [row(rij) for rij in rijen], icoon=icoon)
