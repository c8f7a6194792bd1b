"""Switching the look of the running application."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.frame.rail import Rail, RailItem
from ui.theme.theme import Look, Theme, install_theme
from ui.widgets.choice import Choice
from ui.widgets.label import Label


class _Restyles(QObject):
    """Counts how often Qt itself restyles a widget: that is what a style sheet costs, for every widget there is."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() is QEvent.Type.StyleChange
        return super().eventFilter(watched, event)


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = install_theme(qapp, look=Look(thema="licht"))
    yield made
    made.apply(Look())


def test_another_text_size_lets_qt_restyle_nothing(qtbot: QtBot, theme: Theme) -> None:
    label, seen = Label("Notitie"), _Restyles()
    qtbot.addWidget(label)
    label.installEventFilter(seen)
    for size in (200, 100, 125):
        theme.apply(Look(thema="licht", tekst=size))
        assert label.font().pixelSize() == round(13 * size / 100)
    assert seen.count == 0
    theme.apply(Look(thema="donker"))
    assert seen.count > 0


def test_the_rows_of_a_drop_down_grow_with_the_text(qtbot: QtBot, theme: Theme) -> None:
    choice = Choice("Afdeling", [("a", "Belastingen"), ("b", "Burgerzaken")], zoekbaar=True)
    qtbot.addWidget(choice)
    choice.show()
    heights: list[int] = []
    for size in (100, 200, 100):
        theme.apply(Look(thema="licht", tekst=size))
        heights.append(choice.combo.view().sizeHintForRow(0))
    assert heights[0] == heights[2]
    assert heights[1] > heights[0] + 10


def test_a_widget_that_only_paints_gets_its_size_back(qtbot: QtBot, theme: Theme) -> None:
    rail = Rail()
    qtbot.addWidget(rail)
    rail.show_items([RailItem("klant", "Klant", "klant")], [RailItem("instellingen", "Instellingen", "beheer")])
    rail.resize(100, 700)
    rail.show()
    heights = []
    for size in (100, 200, 100):
        theme.apply(Look(thema="licht", tekst=size))
        QApplication.processEvents()
        buttons = [rail.button("klant"), rail.button("instellingen")]
        heights.append([button.height() for button in buttons if button is not None])
    assert heights[0] == heights[2]
    assert heights[1][0] > heights[0][0]


def test_who_takes_its_size_from_others_hears_it_when_they_have_theirs(qtbot: QtBot, theme: Theme) -> None:
    seen: list[int] = []
    made: list[Label] = []

    def hear() -> None:
        seen.extend(label.font().pixelSize() for label in made)

    theme.settled.connect(hear)
    made.append(Label("Notitie"))
    qtbot.addWidget(made[0])
    theme.apply(Look(thema="licht", tekst=200))
    theme.settled.disconnect(hear)
    assert seen == [26]
