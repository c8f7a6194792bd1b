"""The widgets of the page with callback notes: lists at the left, the note with its acts at the right. Layout only."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import msgspec
from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kcs_desktop.sdk import Lijst
from plugins.zaken import terugbellen_tekst as tekst
from plugins.zaken.terugbellen_acties import Actiepaneel
from plugins.zaken.werklijst_detail import Werklijstdetail
from plugins.zaken.werklijst_view import Werklijstview
from ui.sdk import (
    Banner,
    Button,
    Flag,
    FlowLayout,
    Hairline,
    Label,
    LongLabel,
    Toon,
    current_theme,
    give_lead,
)

_RUIM = 520  # pixels at 100% text from which the acts stay in sight beside the panel of one


class Feit(msgspec.Struct, frozen=True):
    """A line of the detail: what it is, and what it says."""

    naam: str
    tekst: str


class Detailview(Werklijstdetail):
    """One note: what can be done with it, flags, facts, attempts, and the panel of an act. What it says scrolls; the
    buttons of the act do not, nor the acts where there is room, so that they are in sight however much there is to say.
    """

    actie_gevraagd = Signal(str)
    klant_gevraagd = Signal()
    opnieuw_gevraagd = Signal()

    def __init__(self) -> None:
        super().__init__("Terugbelnotitie")
        theme = current_theme()
        self._shown: tuple[Feit, ...] = ()
        self._has_buttons = self._is_low = self._scrolls = False
        self.leeg = Label("Kies een terugbelnotitie in de lijst.", "gewoon", "tekst_zacht", wrap=True)
        self.apart = Banner("let_op")
        self.apart.hide()
        self.apart.acted.connect(self.opnieuw_gevraagd)
        self._flags = QWidget()
        self._flag_row = FlowLayout(self._flags)
        self.feiten = QVBoxLayout()
        self.feiten.setSpacing(theme.space(2))
        self.klant = Button("Klant op&enen", "gewoon", "klant")  # Alt+O is the subject's, beside it
        self.knoppen: dict[str, Button] = {
            "oppakken": Button("Oppakken", "primair", "oppakken", "Alt+1"),
            "poging": Button("Poging", "gewoon", "telefoon", "Alt+2"),
            "afhandelen": Button("Afhandelen", "gewoon", "goed", "Alt+3"),
            "verzetten": Button("Verzetten", "gewoon", "tijd", "Alt+4"),
            "doorzetten": Button("Doorzetten", "gewoon", "wissel", "Alt+5"),
            "teruggeven": Button("Teruggeven", "gewoon", "terug", "Alt+6"),
        }
        self._buttons = QWidget()
        button_row = FlowLayout(self._buttons)
        for naam, button in self.knoppen.items():
            button_row.addWidget(button)
            button.clicked.connect(lambda _checked=False, n=naam: self.actie_gevraagd.emit(n))
        button_row.addWidget(self.klant)
        self.klant.clicked.connect(self.klant_gevraagd)
        self.paneel = Actiepaneel()
        scroll = self.scroll_column
        self._inner = inner = QVBoxLayout()
        inner.setContentsMargins(theme.space(4), theme.space(3), theme.space(4), theme.space(3))
        inner.setSpacing(theme.space(3))
        inner.addWidget(self.leeg)
        inner.addWidget(self.apart)
        inner.addWidget(self._flags)
        inner.addLayout(self.feiten)
        scroll.column.addLayout(inner)
        scroll.column.addWidget(self.paneel)
        scroll.column.addStretch(1)
        self.body.addWidget(self._buttons)
        self._line = Hairline()
        self.body.addWidget(self._line)
        self.body.addWidget(scroll, 1)
        self.foot().addWidget(self.paneel.voet, 1)
        self.show_foot(is_shown=False)
        self.paneel.hide()
        for before, after in pairwise([self.terug, *self.knoppen.values(), self.klant, *self.paneel.stops]):
            QWidget.setTabOrder(before, after)
        # The panel must have got its height before the place of the field is known.
        self.paneel.gefocust.connect(lambda field: QTimer.singleShot(0, field, lambda: self._bring_in_sight(field)))

    def _bring_in_sight(self, field: QWidget) -> None:
        """The whole of the panel where it fits; the field where not."""
        column = self.scroll_column.widget()
        if column is not None and (layout := column.layout()) is not None:
            layout.activate()
        for widget in (self.paneel, field):
            self.scroll_column.ensureWidgetVisible(widget, 8, 24)

    @property
    def acts(self) -> list[Button]:
        return [*self.knoppen.values(), self.klant]

    def show_note(
        self, titel: str, flags: Sequence[tuple[str, Toon]], feiten: Sequence[Feit], may: Sequence[str], *, klant: bool
    ) -> None:
        """An empty title: no note is chosen."""
        self.show_foot(not self.paneel.isHidden())
        self.set_titel(titel or "Terugbelnotitie")
        self.leeg.setVisible(not titel)
        self._flags.setVisible(bool(flags))
        self._has_buttons = bool(may) or klant
        self._show_buttons()
        self._show_flags(flags)
        self._show_facts(tuple(feiten))
        for naam, button in self.knoppen.items():
            button.setVisible(naam in may)
        self.knoppen["oppakken"].setVisible("oppakken" in may or "overnemen" in may)
        self.knoppen["oppakken"].set_text("Overnemen" if "overnemen" in may else "Oppakken")
        self.klant.setVisible(klant)

    def show_apart(self, reden: str | None) -> None:
        """Why the last act was set apart; None where it was not."""
        if reden is not None:
            self.apart.set_message("let_op", tekst.APART, "Opnieuw versturen", uitleg=reden)
        self.apart.setVisible(reden is not None)

    def set_room(self, *, is_alone: bool, is_low: bool) -> None:
        """Where it is low the acts above what the note says would leave no room for that."""
        super().set_room(is_alone=is_alone, is_low=is_low)
        self._is_low = is_low
        self._show_buttons()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_buttons()

    def _show_buttons(self) -> None:
        """Above what the note says; with it where there is little room, and less while an act is prepared."""
        theme = current_theme()
        scrolls = self._is_low or (not self.paneel.isHidden() and self.height() < theme.px(_RUIM))
        if scrolls != self._scrolls:
            self._scrolls = scrolls
            (self._inner if scrolls else self.body).insertWidget(0, self._buttons)
        aside, above = (0, 0) if scrolls else (theme.space(4), theme.space(2))
        self._buttons.setContentsMargins(aside, above, aside, above)
        self._buttons.setVisible(self._has_buttons)
        self._line.setVisible(self._has_buttons and not scrolls)

    def _show_flags(self, flags: Sequence[tuple[str, Toon]]) -> None:
        while self._flag_row.count():
            item = self._flag_row.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        for text, toon in flags:
            self._flag_row.addWidget(Flag(text, toon))

    def _show_facts(self, feiten: tuple[Feit, ...]) -> None:
        if feiten == self._shown:
            return
        self._shown = feiten
        while self.feiten.count():
            item = self.feiten.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        for feit in feiten:
            self.feiten.addWidget(_Feitregel(feit))


class _Feitregel(QWidget):
    def __init__(self, feit: Feit) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Label(feit.naam, "bij", "tekst_zacht"))
        column.addWidget(LongLabel(feit.tekst))
        self.setAccessibleName(f"{feit.naam}: {feit.tekst}")


class Terugbelview(Werklijstview):
    """Layout of the page: which list, above it."""

    lijst_gekozen = Signal(str)

    def __init__(self) -> None:
        self.detail = Detailview()
        super().__init__("Terugbelnotities", "Terugbelnotities, wat het eerst moet boven")
        self.knoppen: dict[Lijst, Button] = {}
        self._keuze = QWidget()
        keuze = FlowLayout(self._keuze)
        for lijst, titel in tekst.LIJSTEN.items():
            button = Button(titel, "gewoon")
            button.setCheckable(True)
            button.clicked.connect(lambda _checked=False, naam=lijst: self.lijst_gekozen.emit(naam.value))
            self.knoppen[lijst] = button
            keuze.addWidget(button)
        self.klaar = Button("Afgehandeld", "stil", "geschiedenis")
        self.klaar.setCheckable(True)
        keuze.addWidget(self.klaar)
        self.column.insertWidget(0, self._keuze)
        self.geladen = Label("", "bij", "tekst_zacht")
        self.meer = Button("&Meer tonen", "gewoon", "meer")
        foot = self.kaart.foot()
        foot.addWidget(self.geladen, 1)
        foot.addWidget(self.meer)
        self.kaart.show_foot(is_shown=False)
        self.put_beside(self.detail)
        give_lead(self, self.detail.knoppen["oppakken"])
        self._order()

    def _turn(self) -> None:
        super()._turn()
        self._keuze.setHidden(self.is_alone and self.is_low)

    def _order(self) -> None:
        """Tab goes as the page is read: which list, the list, what is chosen in it."""
        chain: list[QWidget] = [*self.knoppen.values(), self.klaar, self.lijst.view, self.meer]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)
