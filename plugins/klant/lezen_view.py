"""The whole text of one contact or callback note, under the list it was chosen from: to be read and copied."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from kcs_desktop.sdk import Contactregel, Terugbelnotitie, clean_lines, local, one_line, unbroken_numbers
from plugins.klant import rijen
from ui.sdk import Button, ElidedLabel, Hairline, Label, current_theme


class _Text(QPlainTextEdit):
    """Read-only; Tab goes on, Esc is the reader's. With `regels` it is that high, where no layout gives it its room."""

    def __init__(self, naam: str, regels: int) -> None:
        super().__init__()
        self._lines = regels
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAccessibleName(naam)
        self.document().setDocumentMargin(0)
        if regels:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), self.fontMetrics().lineSpacing() * self._lines + 4) if self._lines else hint


class Lezenview(QWidget):
    """Subject, facts, text; closed with its button or Esc."""

    gesloten = Signal()

    def __init__(self, parent: QWidget | None = None, *, naam: str = "Tekst van het contact", regels: int = 0) -> None:
        super().__init__(parent)
        self.onderwerp = ElidedLabel("", "gewoon", bold=True)
        self.feiten = Label("", "bij", "tekst_zacht", wrap=True)
        self.tekst = _Text(naam, regels)
        self._shown = ""
        self.sluiten = Button("", "stil", "dicht", "Esc", naam="Tekst sluiten")
        top = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.onderwerp)
        words.addWidget(self.feiten)
        top.addLayout(words, 1)
        top.addWidget(self.sluiten, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout()
        self._column.addLayout(top)
        self._column.addWidget(self.tekst, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(Hairline())
        outer.addLayout(self._column, 1)
        self.sluiten.clicked.connect(self.gesloten)
        current_theme().changed.connect(self._restyle)
        self._restyle()

    def show_contact(self, regel: Contactregel, now: datetime) -> None:
        rij = rijen.contact(regel, now)
        self.onderwerp.setText(rij.titel)
        wanneer = ""
        if regel.plaatsgevonden_op is not None:
            wanneer = f"{local(regel.plaatsgevonden_op):%d-%m-%Y %H:%M}"
        delen = (rijen.facts(regel), wanneer, one_line(regel.medewerker, 80))
        nummer = f"nummer {one_line(regel.nummer, 40)}" if regel.nummer else ""
        self.feiten.setText(" · ".join(deel for deel in (*delen, nummer) if deel))
        self._show_text(unbroken_numbers(clean_lines(regel.inhoud)) or "Bij dit contact is geen tekst geschreven.")

    def show_notitie(self, note: Terugbelnotitie, now: datetime) -> None:
        self.onderwerp.setText(rijen.notitie(note, now).titel)
        self.feiten.setText(rijen.notitie_feiten(note))
        self._show_text(rijen.notitie_tekst(note))

    def _show_text(self, inhoud: str) -> None:
        if inhoud != self._shown:
            self._shown = inhoud
            self.tekst.setPlainText(inhoud)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.gesloten.emit()
            event.accept()
            return
        super().keyPressEvent(event)

    def _restyle(self) -> None:
        theme = current_theme()
        self.tekst.setFont(theme.font("gewoon"))
        self._column.setContentsMargins(theme.space(4), theme.space(3), theme.space(2), theme.space(3))
        self._column.setSpacing(theme.space(2))
