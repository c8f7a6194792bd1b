"""All keys of this place, from the command registry."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.manifest import Command
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.paint import shown_keys
from ui.widgets.row import Row
from ui.widgets.state_list import StateList

_FIXED = (("Alt met een letter", "Naar het veld met die letter"), ("Esc", "Eén stap terug"))


def help_panel(commands: Iterable[Command], run: Callable[[str], object], close: Callable[[], None]) -> QWidget:
    """A card with every shortcut by group; Enter on one carries it out."""
    card = Card("Toetsen van deze plek")
    shut = Button("", "stil", "dicht", naam="Sluiten")
    shut.clicked.connect(close)
    card.add_to_head(shut)
    keys = StateList("Toetsen", lijnen=False)
    groups: dict[str, list[Command]] = {}
    for command in commands:
        if command.sneltoets:
            groups.setdefault(command.groep or "Algemeen", []).append(command)
    rows: list[Row] = []
    for name, members in groups.items():
        rows.append(Row(f"kop:{name}", name, is_kop=True))
        rows += [Row(c.id, c.titel, icon=c.icoon, keys=shown_keys(c.sneltoets)) for c in members]
    rows.append(Row("kop:vast", "Overal", is_kop=True))
    rows += [Row(f"vast:{key}", words, icon="sneltoetsen", right=key) for key, words in _FIXED]
    keys.show_rows(rows)

    def carry_out(key: str) -> None:
        if not key.startswith("vast:"):
            close()
            run(key)

    keys.opened.connect(carry_out)
    card.body.addWidget(keys)
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(card)
    holder.setFocusProxy(keys)
    holder.setAccessibleName("Toetsen van deze plek")
    return holder
