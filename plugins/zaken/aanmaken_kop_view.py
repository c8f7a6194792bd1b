"""The head of a zaak in the making: what it is, its number large enough to read out, who does what, for whom.

The number must be told to the customer whichever question is being answered: `Nummerstrook` keeps it in sight.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from kcs_desktop.sdk import Zaakconcept, Zaaktypekeuze, one_line
from plugins.zaken import aanmaken_tekst as tekst
from ui.sdk import Button, ElidedLabel, Flag, FlowLayout, Label, ScrollColumn, current_theme

KIESBAAR = Qt.TextInteractionFlag.TextSelectableByMouse
_NAAST = 560  # pixels at 100% text from which the number stands beside the title


class Aanmaakkop(QWidget):
    nummer_gevraagd = Signal()  # to be copied
    terug_gevraagd = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self.terug = Button("Terug naar de lijst", "stil", "terug")
        self.terug.hide()
        self.titel = Label("", "titel", bold=True, wrap=True)
        self.nummer = Label("", "titel", bold=True)
        self.nummer.setTextInteractionFlags(KIESBAAR)
        self.kopieer = Button("", "stil", "kopieren", naam="Zaaknummer kopiëren")
        room = self.kopieer.sizePolicy()
        room.setRetainSizeWhenHidden(True)  # the form under it stays where it is when the number comes
        self.kopieer.setSizePolicy(room)
        self.uitleg = Label("", "gewoon", "tekst_zacht", wrap=True)
        self.norm = Label("", "gewoon", "tekst_zacht", wrap=True)
        self.knip = Label("", "gewoon", wrap=True)
        self.knip_kop = Label("Wie doet wat", "bij", "tekst_zacht")
        self.wie = Flag("", "neutraal", "klant")
        self.formeel = Flag("Klant krijgt een ontvangstbevestiging", "accent", "document")
        number = QHBoxLayout()
        number.setSpacing(theme.space(1))
        number.addWidget(self.nummer, 0, Qt.AlignmentFlag.AlignVCenter)
        number.addWidget(self.kopieer)
        number.addStretch(1)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.setSpacing(theme.space(2))
        self._top.addWidget(self.titel, 1)
        self._top.addLayout(number)
        flags = FlowLayout()
        flags.addWidget(self.wie)
        flags.addWidget(self.formeel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space(1))
        column.addWidget(self.terug, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._top)
        column.addWidget(self.uitleg)
        column.addWidget(self.norm)
        column.addSpacing(theme.space(1))
        column.addLayout(flags)
        column.addSpacing(theme.space(1))
        column.addWidget(self.knip_kop)
        column.addWidget(self.knip)
        self.kopieer.clicked.connect(self.nummer_gevraagd)
        self.terug.clicked.connect(self.terug_gevraagd)

    def show_concept(self, concept: Zaakconcept, keuze: Zaaktypekeuze | None, wie: str, *, formeel: bool) -> None:
        self.titel.setText(one_line(concept.product or concept.naam, 200))
        nummer, uitleg = tekst.number_line(concept)
        self.nummer.setText(nummer)
        self.nummer.setAccessibleName(f"Zaaknummer {nummer}" if concept.nummer else nummer)
        self.kopieer.setVisible(bool(concept.nummer))
        self.uitleg.setText(uitleg)
        norm = tekst.norm_line(keuze) if keuze is not None else ""
        self.norm.setText(norm)
        self.norm.setVisible(bool(norm))
        self.wie.set_flag(one_line(wie, 80), "neutraal", "klant" if concept.klant is not None else "anoniem")
        self.formeel.setVisible(formeel)
        knip = tekst.knip_line(keuze) if keuze is not None else ""
        self.knip.setText(knip)
        for label in (self.knip_kop, self.knip):
            label.setVisible(bool(knip))

    def turn(self, width: int) -> None:
        """The number under the title where the two do not fit beside each other."""
        is_wide = width >= current_theme().px(_NAAST)
        wanted = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        if self._top.direction() != wanted:
            self._top.setDirection(wanted)


class Nummerstrook(QWidget):
    """Over the top of `scroll` while the number in `kop` is scrolled out of it; moves nothing aside."""

    def __init__(self, scroll: ScrollColumn, kop: Aanmaakkop) -> None:
        super().__init__(scroll)
        theme = current_theme()
        self._scroll, self._kop = scroll, kop
        self.tekst = ElidedLabel("", "gewoon", bold=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.space(4), theme.space(1), theme.space(4), theme.space(1))
        row.addWidget(self.tekst)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        scroll.verticalScrollBar().valueChanged.connect(self.update_sight)
        scroll.verticalScrollBar().rangeChanged.connect(self.update_sight)
        scroll.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.update_sight()
        return False

    def update_sight(self) -> None:
        """Call it too when what `kop` says changed."""
        viewport, nummer = self._scroll.viewport(), self._kop.nummer
        end = nummer.mapTo(viewport, QPoint(0, nummer.height())).y()
        self.tekst.setText(f"{nummer.text()} · {self._kop.titel.text()}")
        height = self.sizeHint().height()
        self._scroll.edge = height + current_theme().space(2)  # what gets the cursor never comes to lie under it
        self.setGeometry(viewport.x(), viewport.y(), viewport.width(), height)
        self.setVisible(bool(nummer.text()) and end <= 0)
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("vlak"))
        painter.setPen(theme.color("lijn"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()
