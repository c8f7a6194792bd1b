"""The head of one zaak: what it is and its number, its term unmissable, the drawn steps, what the citizen reads."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kcs_desktop.sdk import ZAKEN, Bronstand, Termijnstand, Zaak, Zaakbeeld, display_since, local, one_line
from plugins.zaken import tekst
from plugins.zaken.rijen import AANDUIDINGEN
from plugins.zaken.statuslijn import Statuslijn
from ui.sdk import Banner, Button, Card, Flag, FlowLayout, Label, LongLabel, Toon, current_theme

_TONEN: dict[Termijnstand, tuple[Toon, str]] = {
    Termijnstand.VERSTREKEN: ("fout", "let_op"),
    Termijnstand.BIJNA: ("let_op", "tijd"),
    Termijnstand.OPGESCHORT: ("let_op", "wacht"),
    Termijnstand.LOOPT: ("accent", "tijd"),
    Termijnstand.AFGEROND: ("goed", "afgerond"),
    Termijnstand.GEEN: ("neutraal", "tijd"),
}


class Kopview(Card):
    koppelen_gevraagd = Signal()
    zaaksysteem_gevraagd = Signal()
    nummer_gevraagd = Signal()
    opnieuw_gevraagd = Signal()
    terug_gevraagd = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        theme = current_theme()
        self.terug = Button("Terug naar de lijst", "stil", "terug", "Esc")
        self.terug.hide()
        self.titel_label = LongLabel("", "titel")
        self.titel_label.setFont(theme.font("titel", bold=True))
        self.nummer = LongLabel("", "titel", selectable=True)
        self.omschrijving = Label("", "gewoon", "tekst_zacht", wrap=True)
        self.termijn = Flag("")
        self.vertrouwelijk = Flag("")
        self.gekoppeld = Flag("Gekoppeld aan dit contact", "accent", "koppeling")
        self.leeftijd = Label("", "klein", "tekst_zacht", wrap=True)
        self.melding = Banner("let_op", "", "Opnieuw proberen")
        self.melding.hide()
        self.lijn = Statuslijn()
        self.burger = LongLabel("", "gewoon")
        self.burger_kop = Label("Dit leest de inwoner online", "bij", "tekst_zacht")
        self.koppelen = Button("Koppelen aan contact", "gewoon", "koppeling", "Ctrl+Shift+J")
        self.zaaksysteem = Button("Zaaksysteem", "stil", "losmaken")
        self.zaaksysteem.setAccessibleName("Openen in het zaaksysteem")
        self.kopieer = Button("", "stil", "kopieren", naam="Zaaknummer kopiëren")
        self.vernieuwen = Button("", "stil", "opnieuw", naam="Zaak vernieuwen")
        self._lay_out()
        self.koppelen.clicked.connect(self.koppelen_gevraagd)
        self.zaaksysteem.clicked.connect(self.zaaksysteem_gevraagd)
        self.kopieer.clicked.connect(self.nummer_gevraagd)
        self.vernieuwen.clicked.connect(self.opnieuw_gevraagd)
        self.terug.clicked.connect(self.terug_gevraagd)
        self.melding.acted.connect(self.opnieuw_gevraagd)
        theme.changed.connect(self._restyle)

    def _lay_out(self) -> None:
        theme = current_theme()
        column = QVBoxLayout()
        column.setContentsMargins(theme.space(4), theme.space(4), theme.space(4), theme.space(4))
        column.setSpacing(theme.space(2))
        column.addWidget(self.terug, 0, Qt.AlignmentFlag.AlignLeft)
        names = QHBoxLayout()
        names.setSpacing(theme.space(2))
        self.titel_label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        names.addWidget(self.titel_label, 1, Qt.AlignmentFlag.AlignTop)
        names.addWidget(self.vernieuwen, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(names)
        number = FlowLayout(gap=theme.space(1))  # the button goes to the next line before the number breaks
        number.addWidget(self.nummer)
        number.addWidget(self.kopieer)
        column.addLayout(number)
        column.addWidget(self.omschrijving)
        flags = FlowLayout()
        for flag in (self.termijn, self.vertrouwelijk, self.gekoppeld):
            flags.addWidget(flag)
        column.addLayout(flags)
        column.addWidget(self.melding)
        column.addSpacing(theme.space(1))
        column.addWidget(self.lijn)
        column.addSpacing(theme.space(1))
        column.addWidget(self.burger_kop)
        column.addWidget(self.burger)
        actions = FlowLayout()
        actions.addWidget(self.koppelen)
        actions.addWidget(self.zaaksysteem)
        column.addLayout(actions)
        column.addWidget(self.leeftijd)
        self.body.addLayout(column)

    def show_beeld(self, beeld: Zaakbeeld, now: datetime) -> None:
        zaak, verwijzing = beeld.zaak, beeld.verwijzing
        today = local(now).date()
        self.titel_label.setText(one_line(verwijzing.zaaktype, 200) or "Zaak")
        self.nummer.setText(one_line(verwijzing.identificatie, 60))
        self.setAccessibleName(f"Zaak {verwijzing.identificatie} {verwijzing.zaaktype}".strip())
        omschrijving = one_line(zaak.regel.omschrijving, 400) if zaak is not None else ""
        self.omschrijving.setText(omschrijving)
        self.omschrijving.setVisible(bool(omschrijving) and omschrijving != verwijzing.zaaktype)
        self._show_term(zaak, now)
        aanduiding = AANDUIDINGEN.get(zaak.regel.vertrouwelijkheid, "") if zaak is not None else ""
        self.vertrouwelijk.set_flag(aanduiding, "let_op", "slot")
        self.vertrouwelijk.setVisible(bool(aanduiding))
        self.lijn.show_steps(zaak.stappen if zaak is not None else (), today)
        burger = _citizen_text(zaak)
        self.burger.setText(burger)
        for label in (self.burger_kop, self.burger):
            label.setVisible(bool(burger))
        self._show_source(beeld, now)

    def show_actions(self, *, has_contact: bool, is_attached: bool, zaaksysteem: bool, refusal: str) -> None:
        self.koppelen.setVisible(has_contact)
        self.koppelen.set_text("Losmaken van contact" if is_attached else "Koppelen aan contact")
        self.gekoppeld.setVisible(is_attached)
        self.zaaksysteem.setVisible(zaaksysteem)
        self.vernieuwen.set_refusal(refusal)

    def _show_term(self, zaak: Zaak | None, now: datetime) -> None:
        self.termijn.setVisible(zaak is not None)
        if zaak is None:
            return
        today = local(now).date()
        termijn = zaak.regel.termijn(today)
        toon, icoon = _TONEN[termijn.stand]
        woorden = tekst.term_full(termijn, today)
        if termijn.stand is Termijnstand.AFGEROND and zaak.regel.resultaat:
            woorden = f"{woorden}: {one_line(zaak.regel.resultaat, 80)}"
        self.termijn.set_flag(woorden, toon, icoon)

    def _show_source(self, beeld: Zaakbeeld, now: datetime) -> None:
        """How old it is, and what went wrong while reading it."""
        bron = beeld.bron(ZAKEN)
        is_wrong = bron.stand in (Bronstand.FOUT, Bronstand.NIET_GEVRAAGD)
        sinds = f" Dit is van {display_since(bron.opgehaald_op, now)}." if bron.opgehaald_op and is_wrong else ""
        if is_wrong:
            actie = "Opnieuw proberen" if bron.stand is Bronstand.FOUT else ""
            self.melding.set_message("let_op", f"{one_line(bron.melding)}{sinds}", actie)
        self.melding.setVisible(is_wrong)
        oud = bron.opgehaald_op if bron.uit_cache and not is_wrong else None
        self.leeftijd.setText(f"Van {display_since(oud, now)}, wordt bijgewerkt" if oud else "")
        self.leeftijd.setVisible(oud is not None)

    def _restyle(self) -> None:
        self.titel_label.setFont(current_theme().font("titel", bold=True))


def _citizen_text(zaak: Zaak | None) -> str:
    """The words of the present step for the citizen: its name where the catalogue has none; "" without a status."""
    huidig = next((stap for stap in zaak.stappen if stap.is_huidig), None) if zaak is not None else None
    return one_line(huidig.burgertekst or huidig.naam, 1000) if huidig is not None else ""
