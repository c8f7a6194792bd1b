"""The window before anything is in it, and the words of its bar."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from kcs_desktop.domain.rechten import default_rechtentabel
from ui.frame.rollen import rolnaam
from ui.frame.window import MINIMUM, MainWindow, opening_size


@pytest.mark.parametrize(
    ("available", "size"),
    [
        ((1920, 1080), (1440, 900)),
        ((1440, 900), (1436, 860)),  # the rail's foot stays above the edge of the screen
        ((1440, 868), (1436, 828)),
        ((1280, 720), (1280, 720)),
        ((1024, 768), (1280, 728)),
    ],
)
def test_the_window_opens_as_large_as_the_screen_has_room_for(
    available: tuple[int, int], size: tuple[int, int]
) -> None:
    assert opening_size(QSize(*available)) == QSize(*size)


def test_a_window_on_a_small_screen_keeps_its_minimum(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    assert window.size() == opening_size(window.screen().availableGeometry().size())
    assert window.minimumSize() == MINIMUM


def test_every_role_of_the_table_has_the_name_of_the_floor() -> None:
    namen = {rol: rolnaam(rol) for rol in default_rechtentabel().rollen}
    assert namen["tic"] == "TIC"
    assert len(set(namen.values())) == len(namen)
