"""The card at the left: the search field, its filters, and the zaken of the customer or those that were found."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kcs_desktop.sdk import parse_naam
from plugins.zaken.vraag import STANDEN, Filters
from ui.sdk import Button, Card, Choice, Field, Label, Lijstbeeld, LongList, Row, StateList, current_theme, holds_focus

ALLES = ""
_NAAR_KLANT, _WISSEN = "Terug naar de klant", "Zoekvraag wissen"


class Lijstview(Card):
    """`getypt` after every change of field or filters; `gezocht` on Enter in the field."""

    getypt = Signal()
    gezocht = Signal()
    gekozen = Signal(str)  # key of a row: a zaak, or a customer found
    opnieuw_gevraagd = Signal()
    filters_gevraagd = Signal()  # what can be chosen must be known
    verlaten = Signal()  # back to the zaken of the customer, or to an empty page

    def __init__(self, row_at: Callable[[int], Row], parent: QWidget | None = None) -> None:
        super().__init__("Zaken", " ", parent)
        self.zoekveld = Field("", "Zaaknummer, naam, BSN, adres, KvK", icoon="zoeken")
        self.zoekveld.edit.setAccessibleName("Zaak zoeken")
        self.uitleg = Label("", "klein", "tekst_zacht", wrap=True)
        self.uitleg.hide()
        self.terug = Button(_NAAR_KLANT, "stil", "terug")
        self.terug.hide()
        self.filterknop = Button("", "stil", "instellingen", naam="Filters tonen")
        self.filterknop.setCheckable(True)
        self.type = Choice("Zaaktype", zoekbaar=True, hint="Alle zaaktypen")
        self.behandelaar = Choice("Behandelaar", zoekbaar=True, hint="Iedereen")
        self._medewerkers: dict[str, str] | None = None  # whom it offers; None until it was told
        self.van = Field("Begonnen vanaf", "bijvoorbeeld 1-11")
        self.tot = Field("Tot en met")
        self.status = Choice("Status", hint="Alle")
        self.filters = self._made_filters()
        self.filters.hide()
        self.lijst = StateList("Zaken, lopende boven")
        self.lang = LongList("Gevonden zaken, nieuwste boven", row_at)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.lijst)
        self.pages.addWidget(self.lang)
        self.body.addLayout(self._made_search())
        self.body.addWidget(self.pages, 1)
        self._connect()

    def _made_filters(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().space(2))
        dates = QHBoxLayout()
        dates.setSpacing(current_theme().space(2))
        dates.addWidget(self.van)
        dates.addWidget(self.tot)
        column.addWidget(self.type)
        column.addWidget(self.status)
        column.addWidget(self.behandelaar)
        column.addLayout(dates)
        return holder

    def _made_search(self) -> QVBoxLayout:
        theme = current_theme()
        column = QVBoxLayout()
        column.setContentsMargins(theme.space(3), theme.space(3), theme.space(3), theme.space(2))
        column.setSpacing(theme.space(1.5))
        line = QHBoxLayout()
        line.setSpacing(theme.space(1))
        line.addWidget(self.zoekveld, 1)
        line.addWidget(self.filterknop, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(line)
        column.addWidget(self.uitleg)
        column.addWidget(self.filters)
        column.addWidget(self.terug, 0, Qt.AlignmentFlag.AlignLeft)
        return column

    def _connect(self) -> None:
        self.zoekveld.edited.connect(lambda _text: self.getypt.emit())
        self.zoekveld.submitted.connect(self.gezocht)
        for field in (self.van, self.tot):
            field.left.connect(self.getypt)
            field.submitted.connect(self.gezocht)
        for choice in (self.type, self.status, self.behandelaar):
            choice.chosen.connect(lambda _value: self.getypt.emit())
        self.filterknop.toggled.connect(self._show_filters)
        self.filterknop.clicked.connect(self._enter_filters)
        self.terug.clicked.connect(self.verlaten)
        self.lijst.opened.connect(self.gekozen)
        self.lijst.retry.connect(self.opnieuw_gevraagd)
        self.lijst.acted.connect(self.focus_search)
        self.lang.opened.connect(self.gekozen)

    def _show_filters(self, shown: bool) -> None:
        self.filters.setVisible(shown)
        self.filterknop.setAccessibleName("Filters verbergen" if shown else "Filters tonen")

    def _enter_filters(self, shown: bool) -> None:
        """Who asks for the filters wants to fill them in; filters that come back by themselves take no focus."""
        if shown:
            self.type.combo.setFocus()
            self.filters_gevraagd.emit()

    @property
    def gevuld(self) -> Filters:
        """The filters as they stand."""
        return Filters(
            zaaktype=self.type.value,
            behandelaar=self.behandelaar.value,
            van=self.van.text.strip(),
            tot=self.tot.text.strip(),
            status=self.status.value,
        )

    def fill(self, tekst: str, filters: Filters) -> None:
        """As it was typed before; emits nothing."""
        self.zoekveld.set_text(tekst)
        for choice, value in ((self.type, filters.zaaktype), (self.status, filters.status)):
            choice.add_option(value)
            choice.set_value(value)
        self.behandelaar.set_value(filters.behandelaar)
        for choice in (self.type, self.behandelaar):
            choice.drop_typed()
        self.van.set_text(filters.van)
        self.tot.set_text(filters.tot)
        self.filterknop.setChecked(filters != Filters())

    def set_choices(
        self, zaaktypen: Sequence[str], stappen: Sequence[tuple[str, str]], medewerkers: Mapping[str, str]
    ) -> None:
        """`stappen` are those of the chosen zaaktype, as (address, name)."""
        self.type.set_options([(ALLES, "Alle zaaktypen"), *((naam, naam) for naam in zaaktypen)])
        self.status.set_options([(ALLES, "Alle"), *STANDEN.items(), *stappen])
        if medewerkers != self._medewerkers:  # asked with every drawing of the list
            self._offer_handlers(medewerkers)

    def _offer_handlers(self, medewerkers: Mapping[str, str]) -> None:
        """Each is found as a zaak names its handler, too."""
        self._medewerkers = dict(medewerkers)
        namen = sorted(medewerkers.items(), key=lambda al: al[1])
        aanschrijf = {account: parse_naam(naam).aanschrijf for account, naam in namen}
        self.behandelaar.set_options([(ALLES, "Iedereen"), *namen], aanschrijf)

    def show_uitleg(self, text: str, *, veld: str = "", fout: str = "") -> None:
        """The line under the field, or what is wrong with a date."""
        self.uitleg.setText(text)
        self.uitleg.setVisible(bool(text))
        self.van.set_error(fout if veld == "van" else "")
        self.tot.set_error(fout if veld == "tot" else "")

    def show_leave(self, *, is_shown: bool, naar_klant: bool) -> None:
        """The way out of a search; without a customer there is nobody to go back to."""
        self.terug.set_text(_NAAR_KLANT if naar_klant else _WISSEN)
        self.terug.setVisible(is_shown)

    def show_short(self, lijst: Lijstbeeld, rows: Sequence[Row], titel: str) -> None:
        """The zaken of a customer, or customers to choose from; every state but a found list."""
        self.set_titel(titel)
        self.set_bijschrift(lijst.bijschrift)
        self.lijst.show_beeld(lijst, rows, icoon="zaken")
        self._turn_to(self.lijst)

    def show_long(self, bijschrift: str) -> None:
        self.set_titel("Gevonden zaken")
        self.set_bijschrift(bijschrift)
        self._turn_to(self.lang)

    def _turn_to(self, page: QWidget) -> None:
        """Who has the focus in the list keeps it in what the list shows now."""
        had_focus = holds_focus(self.pages)
        self.pages.setCurrentWidget(page)
        if had_focus:
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_search(self) -> None:
        self.zoekveld.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.zoekveld.edit.selectAll()

    def focus_list(self) -> None:
        page = self.pages.currentWidget()
        if page is not None:
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self.zoekveld.edit.hasFocus():
            self.focus_list()
            event.accept()
            return
        if event.key() == Qt.Key.Key_Escape and (self.zoekveld.text or self.gevuld != Filters()):
            self.verlaten.emit()
            event.accept()
            return
        super().keyPressEvent(event)
