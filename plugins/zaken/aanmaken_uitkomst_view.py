"""What follows on choosing without a form: where the customer is sent, and a zaak that was sent. Layout and signals."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kcs_desktop.sdk import Conceptstand, Doorverwijzing, Zaakconcept, Zaaktypekeuze, one_line
from plugins.zaken import aanmaken_tekst as tekst
from plugins.zaken.aanmaken_kop_view import KIESBAAR
from ui.sdk import Banner, Button, Card, FlowLayout, Label, ScrollColumn, Toon, current_theme, give_lead


class _Blad(Card):
    """A card with one scrolling column; Esc goes back to the list."""

    teruggestapt = Signal()

    def __init__(self, naam: str) -> None:
        super().__init__()
        theme = current_theme()
        scroll = ScrollColumn(naam)
        self.column = scroll.column
        self.column.setContentsMargins(theme.space(4), theme.space(4), theme.space(4), theme.space(4))
        self.column.setSpacing(theme.space(3))
        self.terug = Button("Terug naar de lijst", "stil", "terug")
        self.terug.hide()
        self.titel_label = Label("", "titel", bold=True, wrap=True)
        self.column.addWidget(self.terug, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.titel_label)
        self.body.addWidget(scroll, 1)
        self.terug.clicked.connect(self.teruggestapt)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.teruggestapt.emit()
            event.accept()
            return
        super().keyPressEvent(event)


class Samenview(QWidget):
    """What often comes with it, as buttons; gone when there is nothing."""

    gekozen = Signal(str)  # uuid of a zaaktype

    def __init__(self) -> None:
        super().__init__()
        theme = current_theme()
        self._holder = QWidget()
        self._row = FlowLayout(self._holder)
        self._shown: tuple[Zaaktypekeuze, ...] = ()
        self.knoppen: dict[str, Button] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space(2))
        column.addWidget(Label("Hoort hier vaak bij", "gewoon", bold=True))
        column.addWidget(Label("Vraag of de klant dit ook wil regelen.", "bij", "tekst_zacht", wrap=True))
        column.addWidget(self._holder)
        self.hide()

    def show_together(self, samen: Sequence[Zaaktypekeuze]) -> None:
        self.setVisible(bool(samen))
        if tuple(samen) == self._shown:
            return
        self._shown = tuple(samen)
        while self._row.count():
            item = self._row.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.hide()
                old.deleteLater()
        self.knoppen = {}
        for al in samen:
            naar, naam = al.doorverwijzing, one_line(al.naam, 60).replace("&", "&&")
            button = Button(naam, "gewoon", "nieuw" if naar is None else "losmaken")
            wat = "Ook starten" if naar is None else f"Doorverwijzen naar {one_line(naar.loket, 60)}"
            button.setAccessibleName(f"{wat}: {al.naam}")
            button.setToolTip("" if naar is None else wat)
            button.clicked.connect(lambda _checked=False, uuid=al.uuid: self.gekozen.emit(uuid))
            self.knoppen[al.uuid] = button
            self._row.addWidget(button)


class Doorverwijsview(_Blad):
    """Which loket does it, what to tell there and nothing else, and how the contact ends."""

    kopieren_gevraagd = Signal()
    vastleggen_gevraagd = Signal()

    def __init__(self) -> None:
        super().__init__("Doorverwijzen")
        theme = current_theme()
        self.waarom = Banner("accent")
        self.loket_kop = Label("Verwijs door naar", "bij", "tekst_zacht")
        self.loket = Label("", "titel", bold=True, wrap=True)
        self.zeg_kop = Label("Zeg daar alleen dit over de klant", "bij", "tekst_zacht")
        self.zeg = Label("", "titel", bold=True, wrap=True)
        self.zeg.setTextInteractionFlags(KIESBAAR)
        self.advies = Label("", "gewoon", "tekst_zacht", wrap=True)
        self.kopieer = Button("Kopiëren", "gewoon", "kopieren")
        self.kopieer.setAccessibleName("Kopieer wat u daar zegt")
        self.vastleggen = Button("Leg vast als doorverwezen", "primair", "losmaken")
        give_lead(self, self.vastleggen)
        self.samen = Samenview()
        buttons = FlowLayout()
        buttons.addWidget(self.vastleggen)
        buttons.addWidget(self.kopieer)
        for kop, text in ((self.loket_kop, self.loket), (self.zeg_kop, self.zeg)):
            pair = QVBoxLayout()
            pair.setSpacing(theme.space(0.5))
            pair.addWidget(kop)
            pair.addWidget(text)
            self.column.addLayout(pair)
        self.column.addWidget(self.advies)
        self.column.addWidget(self.waarom)
        self.column.addLayout(buttons)
        self.column.addWidget(self.samen)
        self.column.addStretch(1)
        self.kopieer.clicked.connect(self.kopieren_gevraagd)
        self.vastleggen.clicked.connect(self.vastleggen_gevraagd)

    def show_referral(
        self, titel: str, naar: Doorverwijzing, zeg: str, samen: Sequence[Zaaktypekeuze], *, has_contact: bool
    ) -> None:
        self.titel_label.setText(one_line(titel, 200))
        self.loket.setText(one_line(naar.loket, 200))
        self.advies.setText(tekst.referral_advice(naar))
        self.zeg.setText(zeg or "De klant is niet bekend: vraag naar naam en telefoonnummer.")
        for widget in (self.zeg_kop, self.zeg):
            widget.setVisible(bool(naar.doorgeven))
        self.kopieer.setVisible(bool(zeg))
        uitleg = one_line(naar.toelichting, 400)
        self.waarom.set_message("accent", "Hiervan maakt u geen zaak.", uitleg=uitleg)
        self.vastleggen.setVisible(has_contact)
        self.samen.show_together(samen)
        self.setAccessibleName(f"Doorverwijzen naar {naar.loket}")

    def focus_first(self) -> None:
        target = self.vastleggen if not self.vastleggen.isHidden() else self.titel_label
        target.setFocus(Qt.FocusReason.OtherFocusReason)


class Verstuurdview(_Blad):
    """A zaak that was sent: its number, how it stands, and what often comes with it."""

    openen_gevraagd = Signal()
    opnieuw_gevraagd = Signal()
    nummer_gevraagd = Signal()

    def __init__(self) -> None:
        super().__init__("Aangemaakte zaak")
        theme = current_theme()
        self.nummer = Label("", "titel", bold=True)
        self.nummer.setTextInteractionFlags(KIESBAAR)
        self.kopieer = Button("", "stil", "kopieren", naam="Zaaknummer kopiëren")
        self.stand = Banner("accent")
        self.documenten = Banner("accent")
        self.uitleg = Label("", "gewoon", "tekst_zacht", wrap=True)
        self.openen = Button("Zaak openen", "gewoon", "zaken")
        self.samen = Samenview()
        number = QHBoxLayout()
        number.setSpacing(theme.space(1))
        number.addWidget(self.nummer)
        number.addWidget(self.kopieer)
        number.addStretch(1)
        self.column.addLayout(number)
        self.column.addWidget(self.stand)
        self.column.addWidget(self.documenten)
        self.column.addWidget(self.uitleg)
        self.column.addWidget(self.openen, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.samen)
        self.column.addStretch(1)
        self.openen.clicked.connect(self.openen_gevraagd)
        self.stand.acted.connect(self.opnieuw_gevraagd)
        self.kopieer.clicked.connect(self.nummer_gevraagd)

    def show_sent(self, concept: Zaakconcept, samen: Sequence[Zaaktypekeuze], *, is_online: bool) -> None:
        self.titel_label.setText(one_line(concept.product or concept.naam, 200))
        nummer, uitleg = tekst.number_line(concept)
        self.nummer.setText(nummer)
        self.nummer.setAccessibleName(f"Zaaknummer {nummer}" if concept.nummer else nummer)
        self.kopieer.setVisible(bool(concept.nummer))
        is_made = concept.stand is Conceptstand.GEMAAKT
        if is_made:
            self.stand.set_message("goed", "De zaak is aangemaakt.", uitleg=one_line(concept.reden, 300))
        elif concept.is_apart:
            wat, advies = tekst.apart_words(concept)
            self.stand.set_message("let_op", wat, "Opnieuw versturen", uitleg=advies)
        elif is_online:
            self.stand.set_message("accent", "De zaak wordt aangemaakt. U kunt gewoon verder werken.")
        else:
            wanneer = "Bewaard. De zaak wordt aangemaakt zodra er verbinding is."
            self.stand.set_message("let_op", wanneer, uitleg="U kunt gewoon verder werken.")
        is_told = concept.is_apart or (is_made and not concept.reden)
        self.uitleg.setText("" if is_told else uitleg)
        self.uitleg.setVisible(bool(self.uitleg.text()))
        self.openen.setVisible(is_made)
        self.samen.show_together(samen)

    def focus_again(self) -> None:
        """On sending it again."""
        self.stand.focus_action()

    def show_documents(self, toon: Toon, wat: str, uitleg: str) -> None:
        """What was handed over with it; `wat` is "" where nothing was."""
        self.documenten.setVisible(bool(wat))
        if wat:
            self.documenten.set_message(toon, wat, uitleg=uitleg)
