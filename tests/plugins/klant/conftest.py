"""The tab, made anew for every test; what it reported as an error fails the test."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from PySide6.QtWidgets import QApplication

from tests.plugins.klant.proef import Proef


@pytest.fixture
async def proef(qapp: QApplication) -> AsyncIterator[Proef]:
    made = Proef()
    yield made
    made.tab.close()
    made.tab.widget.close()
    made.tab.widget.deleteLater()
    QApplication.processEvents()
    assert not made.frame.fouten
