"""What the pages with a worklist share: live while it is in sight, read when it comes, and drawn without choosing
another row by that."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

import msgspec
from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QWidget

from kcs_desktop.sdk import Contact, Klantverwijzing, Signal
from plugins.zaken.werklijst_view import Werklijstview
from ui.sdk import KEY, TabContext, TaskScope


class Werklijsttoestand(Protocol):
    """What brings such a page back; `gekozen` is "" where nothing is chosen yet, as in another list."""

    gekozen: str


class Werklijstpresenter(Protocol):
    """What such a page asks of its presenter."""

    @property
    def changed(self) -> Signal[None]: ...

    @property
    def toestand(self) -> Werklijsttoestand: ...

    def set_in_sight(self, *, in_sight: bool) -> None: ...

    async def load(self) -> None: ...

    def select(self, uuid: str) -> None: ...

    def close(self) -> None: ...


P = TypeVar("P", bound=Werklijstpresenter)
V = TypeVar("V", bound=Werklijstview)


class Werklijstpagina(ABC, Generic[P, V]):
    """A `pagina.Pagina`, as far as worklists are alike."""

    def __init__(self, context: TabContext, presenter: P, view: V) -> None:
        self._context = context
        self.presenter = presenter
        self.view = view
        self._tasks = TaskScope(context.frame.report)
        self._drawing = False
        view.came.connect(self._on_came)
        view.went.connect(lambda: presenter.set_in_sight(in_sight=False))
        view.lijst.retry.connect(self.refresh)
        view.lijst.opened.connect(self._on_opened)
        view.lijst.view.selectionModel().currentChanged.connect(self._on_current)
        self._disconnect: list[Callable[[], None]] = [presenter.changed.connect(lambda _none: self._draw())]

    @property
    def widget(self) -> QWidget:
        return self.view

    @property
    def klant_in_sight(self) -> Klantverwijzing | None:
        """Nobody: a row that has the mark is not a customer who was opened."""
        return None

    def show_klant(self, klant: Klantverwijzing) -> None:
        """A worklist is not of one customer."""

    def contact_activated(self, contact: Contact | None) -> None: ...

    def state(self) -> str:
        return msgspec.json.encode(self.presenter.toestand).decode()

    def focus_first(self) -> None:
        self.view.focus_list()

    def close(self) -> None:
        self._tasks.cancel()
        for disconnect in self._disconnect:
            disconnect()
        self.presenter.close()

    def open(self) -> None:
        """What Enter does with what is chosen and in sight."""

    def refresh(self) -> None:
        self._tasks.start("laden", self.presenter.load())

    @abstractmethod
    def _draw_list(self) -> None:
        """The rows; which one is marked is not its business."""

    @abstractmethod
    def _draw_detail(self) -> None:
        """What is chosen in the list."""

    def _draw(self) -> None:
        lijst, chosen = self.view.lijst, self.presenter.toestand.gekozen
        before, place = lijst.selected, lijst.model.row_of(chosen)
        self._drawing = True
        try:
            self._draw_list()
            is_there = lijst.model.row_of(chosen) >= 0
            if is_there:
                lijst.select(chosen)
            elif place >= 0:
                lijst.select(lijst.model.key_near(place))  # it was done: on to the next, not back to the first
            elif chosen and lijst.selected == before:
                lijst.select("")  # it may still come: the mark is on no other, whose detail is not shown
        finally:
            self._drawing = False
        if lijst.selected and not is_there:
            self.presenter.select(lijst.selected)  # also where the first rows came to who waits in the list
        self._draw_detail()

    def _on_came(self) -> None:
        self.presenter.set_in_sight(in_sight=True)
        self.refresh()

    def _on_opened(self, uuid: str) -> None:
        """Enter: what is chosen is read first where it is out of sight."""
        self.presenter.select(uuid)
        if self.view.is_low:
            self.view.read_chosen()
        else:
            self.open()

    def _on_current(self, current: QModelIndex, _old: QModelIndex) -> None:
        if not self._drawing and current.isValid():
            self.presenter.select(str(current.data(KEY)))
