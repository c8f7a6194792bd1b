"""The settings page: every change shows at once and is written to the employee's own file."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.settings.model import Settings
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.choice import Choice
from ui.widgets.label import Label
from ui.widgets.scroll import ScrollColumn

_THEMES = (("systeem", "Zoals het systeem"), ("licht", "Licht"), ("donker", "Donker"), ("contrast", "Hoog contrast"))
_SIZES = tuple((str(size), f"{size}%") for size in (100, 110, 125, 150, 175, 200))
_DENSITIES = (("ruim", "Ruim"), ("compact", "Compact"))
_MOTION = (("systeem", "Gewoon"), ("minder", "Minder beweging"))
_MINUTES = tuple((str(n), f"{n} minuten" if n > 1 else "1 minuut") for n in (1, 2, 3, 5, 7, 10))


def settings_page(
    settings: Settings, change: Callable[[str, str, str | int], None], close: Callable[[], None]
) -> QWidget:
    """`change(section, key, value)` is called for every choice."""
    card = Card("Instellingen")
    shut = Button("", "stil", "dicht", naam="Sluiten")
    shut.clicked.connect(close)
    card.add_to_head(shut)
    scroll = ScrollColumn("Instellingen")
    scroll.column.setContentsMargins(16, 16, 16, 16)
    scroll.column.setSpacing(12)
    look = settings.weergave
    fields = (
        ("&Thema", _THEMES, look.thema, "weergave", "thema"),
        ("Te&kstgrootte", _SIZES, str(look.tekst), "weergave", "tekst"),
        ("&Dichtheid", _DENSITIES, look.dichtheid, "weergave", "dichtheid"),
        ("&Beweging", _MOTION, look.beweging, "weergave", "beweging"),
        ("&Vergrendelen na", _MINUTES, str(settings.slot.minuten), "slot", "minuten"),
    )
    first: Choice | None = None
    for label, options, value, section, key in fields:
        known = options if value in dict(options) else (*options, (value, value))
        choice = Choice(label, known)
        choice.set_value(value)
        choice.chosen.connect(lambda v, s=section, k=key: change(s, k, int(v) if v.isdecimal() else v))
        scroll.column.addWidget(choice)
        first = first or choice
    note = "Het scherm vergrendelt vanzelf als u niets doet. Uw werk blijft bewaard."
    scroll.column.addWidget(Label(note, "bij", "tekst_zacht", wrap=True))
    scroll.column.addStretch(1)
    card.body.addWidget(scroll)
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(card)
    if first is not None:
        holder.setFocusProxy(first)
    holder.setAccessibleName("Instellingen")
    return holder
