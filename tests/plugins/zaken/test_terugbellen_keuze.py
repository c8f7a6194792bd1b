"""To whom a callback note is handed on: what is read in the panel, and nobody else."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.harness.seat_fake import FakeSeat
from tests.plugins.zaken.test_terugbellen import TAAK, Proef


@pytest.mark.qt_log_ignore("This plugin does not support")  # of the suggestions that come while it is typed
async def test_nothing_is_handed_on_to_somebody_else_than_what_is_read(qapp: QApplication) -> None:
    proef = Proef(FakeSeat())
    await proef.until(lambda: bool(proef.seat.terugbelnotities.geladen))
    proef.lay(TAAK)
    proef.pagina.act("doorzetten")
    paneel = proef.view.detail.paneel
    carried_out: list[str] = []
    paneel.uitgevoerd.connect(lambda: carried_out.append(paneel.afdeling.value))
    line = paneel.afdeling.combo.lineEdit()
    assert line is not None
    for typed, expected in (("bestaat niet", []), ("Burgerzaken", ["Burgerzaken"])):
        paneel.afdeling.combo.setFocus()
        line.selectAll()
        QTest.keyClicks(line, typed)
        QTest.keyClick(line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert carried_out == expected
        assert (paneel.afdeling.error != "") is (expected == [])
    proef.weg()
