"""A bug in the window: one dialog, not modal, with a report that can be copied and holds no personal data."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from ui.redacted import redacted
from ui.widgets.button import Button
from ui.widgets.label import Label


class ReportDialog(QDialog):
    """Stays one: a later bug adds its report."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Er ging iets mis")
        self.setModal(False)
        self.resize(560, 360)
        column = QVBoxLayout(self)
        column.addWidget(Label("Er ging iets mis in het venster", "titel", bold=True, wrap=True))
        advice = (
            "Uw werk is bewaard en u kunt verder. Stuur dit verslag naar uw beheerder; het bevat geen persoonsgegevens."
        )
        column.addWidget(Label(advice, wrap=True))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("Verslag")
        column.addWidget(self.text, 1)
        row = QHBoxLayout()
        copy = Button("Verslag kopiëren", "primair", "kopieren")
        close = Button("Sluiten")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text.toPlainText()))
        close.clicked.connect(self.close)
        row.addStretch(1)
        row.addWidget(close)
        row.addWidget(copy)
        column.addLayout(row)

    def add(self, error: BaseException) -> None:
        before = self.text.toPlainText()
        self.text.setPlainText(f"{before}\n\n{redacted(error)}".strip())
        self.show()
        self.raise_()

    def reject(self) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        super().reject()
