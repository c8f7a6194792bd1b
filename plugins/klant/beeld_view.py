"""The customer picture on one page: header, contacts at the left; callback notes, zaken, relations at the right.

The form and the conflict card take the place of the contacts, so that header and notes do not move. Layout only.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, QPoint, QSize, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollBar, QStackedLayout, QVBoxLayout, QWidget

from plugins.klant.bewerken import Weigering
from plugins.klant.conflict_view import Conflictview
from plugins.klant.contacten_view import Contactenview
from plugins.klant.kop_view import Kopview
from plugins.klant.notities_view import Notitiesview
from plugins.klant.relaties_view import Relatiesview
from plugins.klant.wijzigen_view import Wijzigview
from plugins.klant.zaken_view import Zakenview
from ui.sdk import Banner, Button, ScrollColumn, StateList, current_theme

_SMAL = 560
_LAAG = 500  # pixels at 100% text under which a page has no room for lists that scroll by themselves
_HOOG = 320  # pixels at 100% text that forms and contacts get at least on a narrow page

_RONDES = 3  # of laying out: rows get their heights, their lists the room for those, the rows their places in it


class _Bladen(QStackedLayout):
    """As high as the page in sight: Qt takes the highest, and a page out of sight keeps the height it had.

    A form (any page after the first) asks for the height of its fields, at most `room`: its buttons stay in sight.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.room = 0
        self.currentChanged.connect(lambda _index: self.invalidate())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        page = self.currentWidget()
        layout = page.layout() if page is not None else None
        if layout is None:
            return super().heightForWidth(width)
        least = layout.totalMinimumHeightForWidth(width)
        if self.currentIndex() == 0:
            return least
        return max(least, min(layout.totalSizeHint().height(), self.room))

    def sizeHint(self) -> QSize:
        page = self.currentWidget()
        return page.sizeHint() if page is not None else super().sizeHint()

    def minimumSize(self) -> QSize:
        page = self.currentWidget()
        return page.minimumSizeHint() if page is not None else super().minimumSize()


class _Links(QWidget):
    """The pages at the left: contacts, form, conflict card."""

    currentChanged = Signal(int)

    def __init__(self, *pages: QWidget) -> None:
        super().__init__()
        self._bladen = _Bladen(self)
        for page in pages:
            self._bladen.addWidget(page)
        self._bladen.currentChanged.connect(self.currentChanged)

    def currentWidget(self) -> QWidget | None:
        return self._bladen.currentWidget()

    def setCurrentWidget(self, page: QWidget) -> None:
        self._bladen.setCurrentWidget(page)

    def set_room(self, room: int) -> None:
        """The height that a form may ask for."""
        if room != self._bladen.room:
            self._bladen.room = room
            self._bladen.invalidate()


class Beeldview(QWidget):
    weigering_gelezen = Signal()
    weigering_heropend = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_passend = False
        self._is_at_head = False  # a customer was opened, and nobody has moved in the contacts yet
        self.kop = Kopview()
        self.contacten = Contactenview()
        self.wijzigen = Wijzigview()
        self.conflict = Conflictview()
        self.notities = Notitiesview()
        self.zaken = Zakenview()
        self.relaties = Relatiesview()
        self.links = _Links(self.contacten, self.wijzigen, self.conflict)
        self.links.currentChanged.connect(lambda _index: QTimer.singleShot(0, self, self._bring_form))
        self.weigering = Banner("fout", "", "Opnieuw invullen")
        self._gelezen = Button("", "stil", "dicht", naam="Melding sluiten")
        self._refused = QWidget()
        refused = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._refused)
        refused.setContentsMargins(0, 0, 0, 0)
        refused.addWidget(self.weigering, 1)
        refused.addWidget(self._gelezen)
        self._refused.hide()
        self._rechts = QVBoxLayout()
        self._rechts.addWidget(self.notities, 0)
        self._rechts.addWidget(self.zaken, 0)
        self._rechts.addWidget(self.relaties, 0)
        self._rechts.addStretch(1)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.addWidget(self.links, 11)
        self._sides.addLayout(self._rechts, 9)
        self._scroll = ScrollColumn("Klantbeeld")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)
        self._column = self._scroll.column
        self._column.addWidget(self._refused)
        self._column.addWidget(self.kop)
        self._column.addLayout(self._sides, 1)
        for layout in (self._column, self._sides, self._rechts):
            layout.setSpacing(current_theme().space(3))
        current_theme().settled.connect(self._turn)
        self.weigering.acted.connect(self.weigering_heropend)
        self._gelezen.clicked.connect(self.weigering_gelezen)
        for lijst in (self.contacten.lijst, self.notities.lijst, self.zaken.lijst, self.relaties.lijst):
            lijst.view.selectionModel().currentChanged.connect(
                lambda now, old, a_list=lijst: self._follow(a_list, now, old)
            )

    @property
    def schuif(self) -> int:
        """How far the form that is open, else the page, is scrolled."""
        return self._scrolled().value()

    def start_at_head(self) -> None:
        """A customer who is opened begins with name and warnings; the contacts get the focus, not the place."""
        self._is_at_head = True
        self._scroll.verticalScrollBar().setValue(0)

    def scroll_to(self, place: int) -> None:
        """As it was scrolled; after the layout, which knows how far that can be."""
        if place:
            QTimer.singleShot(0, self, lambda: self._scrolled().setValue(place))

    def _bring_form(self) -> None:
        """A form that came is in sight as a whole, buttons included."""
        page = self._scroll.widget()
        layout = page.layout() if page is not None else None
        if layout is not None and self.links.currentWidget() is not self.contacten:
            layout.activate()
            self._scroll.ensureWidgetVisible(self.links, 0, 0)

    def _scrolled(self) -> QScrollBar:
        form = self.wijzigen.schuifvak
        inner = self.links.currentWidget() is self.wijzigen and form.verticalScrollBar().maximum() > 0
        return (form if inner else self._scroll).verticalScrollBar()

    def settle(self) -> None:
        """Lay everything out now: parts that were drawn together are painted once, where they will stand."""
        for _ in range(_RONDES):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
            for lijst in (self.contacten.lijst, self.notities.lijst, self.zaken.lijst, self.relaties.lijst):
                lijst.view.settle()

    def show_weigering(self, weigering: Weigering | None) -> None:
        if weigering is not None and weigering.is_apart:
            wat = "Het is niet bekend of de wijziging is opgeslagen"
            self.weigering.set_message("let_op", wat, "Opnieuw versturen", uitleg=weigering.reden)
        elif weigering is not None:
            self.weigering.set_message(
                "fout", "De wijziging is niet opgeslagen", "Opnieuw invullen", uitleg=weigering.reden
            )
        self._refused.setVisible(weigering is not None)

    def _follow(self, lijst: StateList, current: QModelIndex, before: QModelIndex) -> None:
        """A list as high as its rows cannot scroll itself: the page brings the current row into sight."""
        page = self._scroll.widget()
        if page is None or not self._is_passend or not current.isValid() or not lijst.view.hasFocus():
            return
        if self._is_at_head and lijst is self.contacten.lijst and not before.isValid():
            return  # the list chose its first row by itself
        self._is_at_head = False
        row = lijst.view.visualRect(current)
        middle = lijst.view.viewport().mapTo(page, QPoint(0, row.center().y()))
        self._scroll.ensureVisible(0, middle.y(), 0, row.height() // 2 + current_theme().space(3))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        theme = current_theme()
        is_narrow = self.width() < theme.px(_SMAL)
        is_passend = self._is_passend = is_narrow or self.height() < theme.px(_LAAG)
        self._sides.setDirection(QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight)
        # One scroll bar: a small page scrolls as a whole, and its lists are as high as their rows.
        self.contacten.set_passend(passend=is_passend)
        for card in (self.notities, self.zaken, self.relaties):
            card.lijst.set_passend(passend=is_passend)
        low = min(theme.px(_HOOG), self.height())
        self.links.setMinimumHeight(low if is_passend else 0)
        self.links.set_room(self.height() if is_passend else low)
