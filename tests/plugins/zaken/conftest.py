"""One tab per test, closed after it; nothing may have gone wrong behind it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from plugins.zaken.aanmaken_pagina import Aanmaakpagina
from tests.plugins.zaken.aanmaken_proef import shown_page
from tests.plugins.zaken.proef import Proef


@pytest.fixture
async def proef(qapp: QApplication) -> AsyncIterator[Proef]:
    made = Proef()
    yield made
    made.tab.close()
    made.tab.widget.close()
    made.tab.widget.deleteLater()
    QGuiApplication.clipboard().clear()  # files that a test laid there and Qt still holds at exit end it with a crash
    QApplication.processEvents()
    assert not made.frame.fouten


@pytest.fixture
def page(proef: Proef) -> Aanmaakpagina:
    """Where a zaak is made."""
    return shown_page(proef)
