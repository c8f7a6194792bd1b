"""A document that is looked at, in the place of its zaak: its pages, its text, or why it is not shown. Layout only."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontDatabase, QImage, QKeyEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QPlainTextEdit, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from kcs_desktop.sdk import Blad, one_line
from plugins.zaken import tekst
from plugins.zaken.voorbeeld_presenter import Voorbeeldpresenter
from ui.sdk import VERDER, Banner, Button, Card, FlowLayout, Label, LongLabel, StateList, current_theme

_AGAIN = 120  # milliseconds after the view changed size until the page is drawn anew
_CTRL = Qt.KeyboardModifier.ControlModifier
Daad = tuple[str, int]
_WITH_CTRL: dict[int, Daad] = {
    Qt.Key.Key_Plus: ("zoom", 1),
    Qt.Key.Key_Equal: ("zoom", 1),
    Qt.Key.Key_Minus: ("zoom", -1),
    Qt.Key.Key_0: ("zoom", 0),
    Qt.Key.Key_S: ("opslaan", 0),
}
_ALONE: dict[int, Daad] = {
    Qt.Key.Key_PageUp: ("blad", -1),
    Qt.Key.Key_PageDown: ("blad", 1),
    Qt.Key.Key_Escape: ("terug", 0),
}


class _Vel(QScrollArea):
    """Page keys scroll a page that is higher than the view, and turn it at its end."""

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Bladzijde")
        self.setCornerWidget(QWidget())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        ends: dict[int, int] = {Qt.Key.Key_PageUp: bar.minimum(), Qt.Key.Key_PageDown: bar.maximum()}
        if ends.get(event.key()) == bar.value():
            event.ignore()
            return
        super().keyPressEvent(event)


class Voorbeeldview(Card):
    """Keys: Page Up and Page Down turn, Ctrl with + - 0 magnifies, Ctrl S saves, Esc goes back."""

    gesloten = Signal()
    bladeren_gevraagd = Signal(int)
    zoom_gevraagd = Signal(int)
    opslaan_gevraagd = Signal()
    tekenen_gevraagd = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        theme = current_theme()
        self.terug = Button("Terug naar de zaak", "stil", "terug", "Esc")
        self.titel_label = LongLabel("", "titel")
        self.plek = Label("", "bij", "tekst_zacht")
        self.vorige = Button("Vorige", "gewoon", toets="PgUp")
        self.volgende = Button("Volgende", "gewoon", toets="PgDown")
        self.kleiner = Button("Kleiner", "stil", toets="Ctrl+-")
        self.groter = Button("Groter", "stil", toets="Ctrl++")
        self.opslaan = Button("Opslaan als", "gewoon", toets="Ctrl+S")
        self.melding = Banner("fout", "")
        self.melding.hide()
        self.blad = QLabel()
        self.blad.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.schuif = _Vel()
        self.schuif.setWidget(self.blad)
        self.tekst = QPlainTextEdit()
        self.tekst.setReadOnly(True)
        self.tekst.setFrameShape(QFrame.Shape.NoFrame)
        self.tekst.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.tekst.setAccessibleName("Tekst van het document")
        self.stand = StateList("Document")
        self._pages = QStackedWidget()
        for page in (self.stand, self.schuif, self.tekst):
            self._pages.addWidget(page)
        column = QVBoxLayout()
        column.setContentsMargins(theme.space(4), theme.space(3), theme.space(4), theme.space(3))
        column.setSpacing(theme.space(2))
        column.addWidget(self.terug, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.titel_label)
        bar = FlowLayout()
        for part in (self.plek, self.vorige, self.volgende, self.kleiner, self.groter, self.opslaan):
            bar.addWidget(part)
        column.addLayout(bar)
        column.addWidget(self.melding)
        column.addWidget(self._pages, 1)
        self.body.addLayout(column)
        self._shown: Blad | None = None
        self._text = ""
        self._resized = QTimer(self)
        self._resized.setSingleShot(True)
        self._resized.setInterval(_AGAIN)
        self._resized.timeout.connect(self.tekenen_gevraagd)
        self.terug.clicked.connect(self.gesloten)
        self.vorige.clicked.connect(lambda: self.bladeren_gevraagd.emit(-1))
        self.volgende.clicked.connect(lambda: self.bladeren_gevraagd.emit(1))
        self.kleiner.clicked.connect(lambda: self.zoom_gevraagd.emit(-1))
        self.groter.clicked.connect(lambda: self.zoom_gevraagd.emit(1))
        self.opslaan.clicked.connect(self.opslaan_gevraagd)
        self.stand.acted.connect(self.opslaan_gevraagd)
        self.stand.retry.connect(self.opslaan_gevraagd)

    @property
    def breedte(self) -> int:
        """Of a page at 100%, in pixels of the screen."""
        # The first page is asked for before it has a place: what is not in sight has no size yet.
        bar = self.schuif.verticalScrollBar().sizeHint().width()
        room = self._pages.width() - bar - current_theme().space(2)
        return max(64, round(room * self.devicePixelRatioF()))

    def focus_page(self) -> None:
        page = self._pages.currentWidget()
        (self.terug if page is None or page is self.stand else page).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_document(self, presenter: Voorbeeldpresenter) -> None:
        """How it stands with the document now."""
        document, voorbeeld = presenter.document, presenter.voorbeeld
        if document is None:
            self._show_page(None)
            return
        naam = one_line(document.titel or document.bestandsnaam, 200) or "Document"
        self.titel_label.setText(naam)
        self.setAccessibleName(f"Document {naam}")
        bladen = presenter.bladen
        self.plek.setText(f"Bladzijde {presenter.blad + 1} van {tekst.grouped(bladen)}" if bladen else "")
        self.plek.setVisible(bladen > 0)
        for button in (self.vorige, self.volgende):
            button.setVisible(bladen > 1)
        self.vorige.setEnabled(presenter.blad > 0)
        self.volgende.setEnabled(presenter.blad < bladen - 1)
        for button in (self.kleiner, self.groter):
            button.setVisible(bladen > 0)
        self.opslaan.set_text(f"Opslaan {presenter.voortgang}".strip() if presenter.slaat_op else "Opslaan als")
        self.opslaan.setEnabled(not presenter.slaat_op)
        is_open = voorbeeld is not None
        self.melding.setVisible(presenter.fout is not None and is_open)
        if presenter.fout is not None and is_open:
            self.melding.set_message("fout", presenter.fout.message, uitleg=presenter.fout.advice)
        if presenter.fout is not None and not is_open:
            self._show_page(None)
            self.stand.show_error(presenter.fout.message, presenter.fout.advice or VERDER, "Opslaan als")
            self._pages.setCurrentWidget(self.stand)
        elif voorbeeld is None:
            self._show_page(None)
            self.stand.show_empty(f"Document wordt opgehaald {presenter.voortgang}".strip(), icoon="document")
            self._pages.setCurrentWidget(self.stand)
        elif not bladen:
            self._show_text(voorbeeld.tekst, is_cut=voorbeeld.is_afgekapt)
        elif presenter.beeld is not None or presenter.fout is not None:
            self._show_page(presenter.beeld)
            self._bring(self.schuif)

    def _show_text(self, text: str, *, is_cut: bool) -> None:
        if text != self._text or self._pages.currentWidget() is not self.tekst:
            self._text = text
            more = "\n\n(De rest staat hier niet. Sla het document op om alles te lezen.)" if is_cut else ""
            self.tekst.setPlainText(f"{text}{more}")
        self._bring(self.tekst)

    def _bring(self, page: QWidget) -> None:
        """Into sight; the keys that waited for it go to it."""
        if self._pages.currentWidget() is not page:
            self._pages.setCurrentWidget(page)
            if self.terug.hasFocus():
                self.focus_page()

    def _show_page(self, beeld: Blad | None) -> None:
        if beeld is self._shown:
            return
        self._shown = beeld
        if beeld is None:
            self.blad.clear()
            return
        image = QImage(beeld.rgb, beeld.breedte, beeld.hoogte, beeld.breedte * 3, QImage.Format.Format_RGB888)
        pixmap = QPixmap.fromImage(image)
        painter = QPainter(pixmap)
        painter.setPen(current_theme().color("lijn_bediening"))
        painter.drawRect(pixmap.rect().adjusted(0, 0, -1, -1))  # paper has an edge, also on a card as white as it is
        painter.end()
        pixmap.setDevicePixelRatio(self.devicePixelRatioF())
        self.blad.setPixmap(pixmap)
        self.blad.resize(pixmap.deviceIndependentSize().toSize())
        self.blad.setAccessibleName(self.plek.text())
        self.schuif.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._shown is not None and event.size().width() != event.oldSize().width():
            self._resized.start()

    def sizeHint(self) -> QSize:
        return QSize(600, 800)

    def event(self, event: QEvent) -> bool:
        """In a document its keys are its own."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _act(event)[0]:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        daad, stappen = _act(event)
        match daad:
            case "terug":
                self.gesloten.emit()
            case "opslaan":
                self.opslaan_gevraagd.emit()
            case "blad":
                self.bladeren_gevraagd.emit(stappen)
            case "zoom":
                self.zoom_gevraagd.emit(stappen)
            case _:
                super().keyPressEvent(event)
                return
        event.accept()


def _act(event: QKeyEvent) -> Daad:
    """What a key does here; "" for any other."""
    keys = _WITH_CTRL if event.modifiers() & _CTRL else _ALONE
    return keys.get(event.key(), ("", 0))
