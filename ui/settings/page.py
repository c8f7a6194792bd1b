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

_FIELDS = (
    ("&Thema", _THEMES, "weergave", "thema"),
    ("Te&kstgrootte", _SIZES, "weergave", "tekst"),
    ("&Dichtheid", _DENSITIES, "weergave", "dichtheid"),
    ("&Beweging", _MOTION, "weergave", "beweging"),
    ("&Vergrendelen na", _MINUTES, "slot", "minuten"),
)


class SettingsPage(QWidget):
    """`change(section, key, value)` is called for every choice; `show_settings` shows what a key changed meanwhile."""

    def __init__(
        self, settings: Settings, change: Callable[[str, str, str | int], None], close: Callable[[], None]
    ) -> None:
        super().__init__()
        card = Card("Instellingen")
        shut = Button("", "stil", "dicht", naam="Sluiten")
        shut.clicked.connect(close)
        card.add_to_head(shut)
        scroll = ScrollColumn("Instellingen")
        scroll.column.setContentsMargins(16, 16, 16, 16)
        scroll.column.setSpacing(12)
        self._choices: dict[tuple[str, str], Choice] = {}
        for label, options, section, key in _FIELDS:
            choice = Choice(label, options)
            choice.chosen.connect(lambda v, s=section, k=key: change(s, k, int(v) if v.isdecimal() else v))
            scroll.column.addWidget(choice)
            self._choices[section, key] = choice
        self.show_settings(settings)
        note = "Het scherm vergrendelt vanzelf als u niets doet. Uw werk blijft bewaard."
        scroll.column.addWidget(Label(note, "bij", "tekst_zacht", wrap=True))
        scroll.column.addStretch(1)
        card.body.addWidget(scroll)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self.setFocusProxy(self._choices["weergave", "thema"])
        self.setAccessibleName("Instellingen")

    def show_settings(self, settings: Settings) -> None:
        for _label, options, section, key in _FIELDS:
            value = str(getattr(getattr(settings, section), key))
            choice = self._choices[section, key]
            if value not in dict(options):
                choice.set_options([*options, (value, value)])
            choice.set_value(value)
