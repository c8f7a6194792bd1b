"""The strip itself: the chips in a row, the way from the active contact to a zaak, and to a new contact."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QWidget

from ui.contactstrook.chip import ContactChip
from ui.contactstrook.presenter import StrookPresenter
from ui.theme.theme import current_theme
from ui.widgets.button import Button
from ui.widgets.label import set_tip

_NEW = "Nieuw contact"
_ZAAK, _ZAAK_SHORT = "Zaak aanmaken", "Zaak"


class ContactStrook(QWidget):
    """`asked_new` when a new contact is wanted: the frame knows the channel. `asked_zaak` when the active contact is
    to get a zaak."""

    asked_new = Signal()
    asked_zaak = Signal()

    def __init__(self, presenter: StrookPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._chips: list[ContactChip] = []
        self._active: ContactChip | None = None
        self._fitted: tuple[ContactChip | None, int, int] = (None, 0, 0)  # what the room was last given to
        theme = current_theme()
        self._inner = QWidget()
        self._row = QHBoxLayout(self._inner)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.space(2))
        self._new = Button(_NEW, icoon="nieuw", toets="Ctrl+N")
        self._new.clicked.connect(self.asked_new)
        self._zaak = Button(_ZAAK_SHORT, icoon="zaken", naam=f"{_ZAAK} voor dit contact")
        set_tip(self._zaak, f"{_ZAAK} voor dit contact (Ctrl Shift S)")
        self._zaak.clicked.connect(self.asked_zaak)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setAccessibleName("Open contacten")
        self._scroll.setWidget(self._inner)
        self._scroll.horizontalScrollBar().rangeChanged.connect(lambda _least, _most: self._bring_active_later())
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme.space(2))
        outer.addWidget(self._scroll)
        outer.addWidget(self._zaak)
        outer.addWidget(self._new)
        outer.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Contactstrook")
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._tick)
        self._disconnect = presenter.changed.connect(lambda _none: self.refresh())
        theme.changed.connect(self._on_theme)
        self.refresh()

    def close_strip(self) -> None:
        """Let go of the core and stop ticking."""
        self._timer.stop()
        self._disconnect()
        self._presenter.close()

    def sizeHint(self) -> QSize:
        return QSize(400, current_theme().control_height + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, current_theme().control_height + 2)

    def refresh(self) -> None:
        contacten = self._presenter.contacten()
        while len(self._chips) > len(contacten):
            chip = self._chips.pop()
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        while len(self._chips) < len(contacten):
            self._add_chip()
        now = self._presenter.now()
        for chip, contact in zip(self._chips, contacten, strict=True):
            chip.show_contact(contact, now)
        self._active = next((chip for chip, al in zip(self._chips, contacten, strict=True) if al.is_actief), None)
        self._zaak.setVisible(self._presenter.may_make_zaak)
        self._fit()
        if contacten and not self._timer.isActive():
            self._timer.start()
        elif not contacten:
            self._timer.stop()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.EnabledChange:
            self._new.setEnabled(self.isEnabled())
            self._zaak.setEnabled(self.isEnabled())
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The chips get the room they need; the ways to a new contact and to a zaak always stay in sight, as an icon
        if need be."""
        gap = current_theme().space(2)
        chips = sum(chip.sizeHint().width() for chip in self._chips) + gap * max(len(self._chips) - 1, 0)
        self._new.setText(_NEW)
        self._zaak.setText(_ZAAK_SHORT)
        for button in (self._zaak, self._new):
            if chips + self._buttons_width(gap) > self.width():
                button.setText("")
        self._zaak.setFixedWidth(self._zaak.sizeHint().width())
        room = self.width() - self._buttons_width(gap)
        set_tip(self._new, "" if self._new.text() else f"{_NEW} (Ctrl N)")
        self._new.setFixedWidth(self._new.sizeHint().width())
        self._scroll.setVisible(bool(self._chips))
        self._scroll.setFixedWidth(max(min(chips, room), 0))
        fitted = (self._active, chips, room)
        if fitted != self._fitted:  # a name that came, or another width, puts it aside
            self._bring_active_later()
        self._fitted = fitted

    def _bring_active_later(self) -> None:
        """Of a chip that came, the scroll bar knows a few turns after the chip itself."""
        if self._active is not None:
            QTimer.singleShot(0, self._active, self._bring_active)

    def _bring_active(self) -> None:
        """After the layout, which knows where it stands. Where it does not fit as a whole, its beginning."""
        chip = self._active
        if chip is not None:
            bar = self._scroll.horizontalScrollBar()
            left, width = chip.x(), self._scroll.viewport().width()
            bar.setValue(min(max(bar.value(), left + chip.width() - width), left))

    def _buttons_width(self, gap: int) -> int:
        shown = [button for button in (self._zaak, self._new) if not button.isHidden()]
        return sum(button.sizeHint().width() + gap for button in shown)

    def _on_theme(self) -> None:
        self.updateGeometry()
        self._fit()

    def _add_chip(self) -> None:
        chip = ContactChip()
        chip.chosen.connect(self._on_chosen)
        chip.added.connect(self._presenter.add_vraag)
        self._row.insertWidget(len(self._chips), chip)
        self._chips.append(chip)

    def _on_chosen(self, contact: str, vraag: int) -> None:
        if vraag < 0:
            self._presenter.activate(contact)
        else:
            self._presenter.activate_vraag(contact, vraag)

    def _tick(self) -> None:
        now = self._presenter.now()
        for chip in self._chips:
            chip.tick(now)
        self._fit()
