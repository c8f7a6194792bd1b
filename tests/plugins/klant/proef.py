"""The Klant tab over a fake seat and a fake frame."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from PySide6.QtWidgets import (
    QApplication,
    QWidget,
)

from kcs_desktop.sdk import (
    Klantbeeld,
    Klantverwijzing,
    Zaakverwijzing,
)
from plugins.klant.view import KlantTab, create_tab
from tests.plugins.klant.klanten import verwijzing
from tests.plugins.klant.zitplaats import NepSeat, as_seat
from ui.sdk import TabContext, current_theme


class NepFrame:
    def __init__(self) -> None:
        self.gezegd: list[str] = []
        self.geweigerd: list[str] = []
        self.fouten: list[BaseException] = []
        self.zocht = 0
        self.zaken: list[Zaakverwijzing] = []
        self.zaaksysteem = ""
        self.klant: Klantverwijzing | None = None
        self.gedaan: list[str] = []
        self._undo: Callable[[], object] | None = None
        self.scanmap = ""

    def open_tab(self, id: str, klant: Klantverwijzing | None = None) -> None:  # noqa: A002 -- the protocol's word
        assert id in {"klant", "zaken"}

    def open_zaak(self, zaak: Zaakverwijzing, klant: Klantverwijzing | None = None) -> None:
        self.zaken.append(zaak)

    def zaak_address(self, zaak: Zaakverwijzing) -> str:
        return self.zaaksysteem

    def scan_folder(self) -> str:
        return self.scanmap

    def toast(self, text: str, undo: Callable[[], object] | None = None) -> None:
        self.gezegd.append(text)
        self._undo = undo

    def refuse(self, text: str) -> None:
        self.geweigerd.append(text)

    @property
    def can_undo(self) -> bool:
        return self._undo is not None

    def undo(self) -> None:
        """Take back what was said last."""
        assert self._undo is not None
        self._undo()

    def report(self, error: BaseException) -> None:
        self.fouten.append(error)

    def focus_search(self, text: str = "") -> None:
        self.zocht += 1

    def run(self, command_id: str) -> bool:
        self.gedaan.append(command_id)
        return False

    def tear_off(self, id: str) -> None: ...  # noqa: A002 -- the protocol's word

    def set_badge(self, id: str, aantal: int) -> None: ...  # noqa: A002 -- the protocol's word


class Proef:
    def __init__(self) -> None:
        self.seat, self.frame = NepSeat(), NepFrame()
        self.context = TabContext(as_seat(self.seat), self.frame, current_theme())
        self.tab: KlantTab = create_tab(self.context)
        self.tab.widget.resize(1000, 800)
        self.tab.widget.show()

    @property
    def focused(self) -> QWidget:
        """What has the cursor."""
        widget = self.tab.widget.window().focusWidget()
        assert widget is not None
        return widget

    async def open(self, beeld: Klantbeeld) -> None:
        self.seat.nep_klanten.antwoorden = [beeld]
        self.tab.show_klant(verwijzing(beeld))
        await self.until(lambda: self.tab.beeld.contacten.lijst.model.rowCount() == len(beeld.contacten))

    async def until(self, condition: Callable[[], bool]) -> None:
        for _ in range(400):
            QApplication.processEvents()
            await asyncio.sleep(0)
            if condition():
                QApplication.processEvents()
                return
        raise AssertionError("this never came")
