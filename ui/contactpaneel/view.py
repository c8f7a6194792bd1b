"""The contact panel as it is seen. All decisions are the presenter's."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kcs_desktop.sdk import KANAALNAMEN, MAX_INHOUD, MAX_ONDERWERP, Contact, Kanaal, Resultaat
from ui.contactpaneel.bronnen import Bronnenlijst
from ui.contactpaneel.knip import KnipStrip
from ui.contactpaneel.opmerkingen import Opmerkingen, local_name
from ui.contactpaneel.presenter import ContactpaneelPresenter, Paneelstand
from ui.contactpaneel.terugbelvelden import Terugbelvelden
from ui.contactpaneel.zaak import Zaakregel
from ui.theme.theme import current_theme
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.choice import Choice, unsettled
from ui.widgets.field import Field, TextField
from ui.widgets.key_place import give_key
from ui.widgets.label import ElidedLabel, Label
from ui.widgets.scroll import ScrollColumn
from ui.widgets.toets import KeyHint

_START, _GOING = "Begin te typen: het contact start vanzelf", "Typ hier wat de klant vraagt"
RESULTAATNAMEN = {
    Resultaat.BEANTWOORD: "Beantwoord",
    Resultaat.DOORVERWEZEN: "Doorverwezen",
    Resultaat.CONTACTVERZOEK: "Terugbelnotitie",
    Resultaat.NIET_BEANTWOORD: "Niet beantwoord",
}


class ContactPaneel(QWidget):
    """`registered` says of whom and by which opdracht, `undoable` what was thrown away and brings it back.

    `emptied`: no contact is left, and the focus must go elsewhere. `zaak_asked`: a zaak is to be made for this vraag,
    `zaak_resumed`: the one that was begun for this contact is gone on with.
    """

    registered = Signal(str, str)
    undoable = Signal(str, object)
    emptied = Signal()
    zaak_asked = Signal()
    zaak_resumed = Signal()

    def __init__(self, presenter: ContactpaneelPresenter) -> None:
        super().__init__()
        self.presenter = presenter
        self._shown = ""
        self._is_drawing = False
        self._opmerkingen = Opmerkingen()
        self._build()
        self._disconnect: list[Callable[[], object]] = [
            presenter.changed.connect(lambda _none: self.refresh()),
            presenter.finished.connect(lambda contact: self.registered.emit(contact.titel, contact.opdracht)),
        ]
        self._connect()
        self.setAccessibleName("Contactpaneel")
        self.refresh()

    def close_panel(self) -> None:
        """Let go of the core; the widget itself goes with its parent."""
        for disconnect in self._disconnect:
            disconnect()
        self.presenter.close()

    def focus_note(self) -> None:
        """F2."""
        self._focus(self.notitie)

    def finish(self) -> None:
        """Ctrl+Enter: unfold first, register when unfolded already."""
        contact = self.presenter.contact
        if contact is None:
            self.focus_note()
            return
        if self.onaf.has_focus:  # two quick presses carry nothing out that was just warned of
            self.zaak_resumed.emit()
            return
        if self.presenter.stand is Paneelstand.AFRONDEN:
            self._register()
            return
        if not self._is_settled():
            return
        self._opmerkingen.try_finish(contact)
        self.presenter.begin_finish()
        self._focus_what_is_missing()

    def callback(self) -> None:
        """Terugbellen."""
        self._ask_more()
        self.presenter.begin_callback()
        self._focus_what_is_missing()

    def cancel(self) -> None:
        contact = self.presenter.cancel()
        if contact is None:
            return
        # Not where it was: there a second press would cancel the next contact.
        if self.presenter.contact is not None:
            self.focus_note()
        else:
            self.emptied.emit()
        self._offer_undo(f"Contact met {contact.titel} geannuleerd", self.presenter.undo_cancel)

    def remove_vraag(self) -> None:
        """The bin: the vraag in sight goes, with what was typed for it."""
        contact, undo = self.presenter.contact, self.presenter.remove_vraag()
        if contact is not None and undo is not None:
            self.focus_note()
            self._offer_undo(f"Vraag {contact.actieve_vraag + 1} weggehaald", undo)

    def _offer_undo(self, text: str, undo: Callable[[], object]) -> None:
        def undone() -> None:
            undo()
            self.focus_note()

        self.undoable.emit(text, undone)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.presenter.gezelschap.set_in_sight(in_sight=True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.presenter.gezelschap.set_in_sight(in_sight=False)

    def step_back(self) -> bool:
        """Esc: fold; False when there is nothing to fold."""
        contact = self.presenter.contact
        if contact is not None:
            self._opmerkingen.forget(contact)
        if self.presenter.fold():
            self.focus_note()
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and not event.modifiers() and self.presenter.stand is Paneelstand.AFRONDEN:
            self._register()
            event.accept()
            return
        if event.key() == Qt.Key.Key_Escape and self.step_back():
            event.accept()
            return
        super().keyPressEvent(event)

    def refresh(self) -> None:
        """Draw the active contact; never touches a field whose text is the same, so the cursor stays."""
        self._is_drawing = True
        try:
            self._draw()
        finally:
            self._is_drawing = False

    def _draw(self) -> None:
        contact = self.presenter.contact
        vraag = contact.vraag if contact else None
        herkomst = vraag.herkomst if vraag else {}
        is_unfolded = self.presenter.stand is Paneelstand.AFRONDEN
        self._title_suffix.setText(self._suffix(contact))
        gezelschap = self.presenter.gezelschap.text
        self._wie.setText(" · ".join(filter(None, (gezelschap, self._who(contact)))))
        self._wie.set_color("accent" if gezelschap else "tekst_zacht")
        self._annuleren.setEnabled(contact is not None)
        self._weg.setVisible(contact is not None and len(contact.vragen) > 1)
        self.notitie.set_hint(_GOING if contact else _START)
        self.notitie.set_text(vraag.notitie if vraag else "")
        self.onderwerp.set_text(vraag.onderwerp if vraag else "", herkomst.get("onderwerp", ""))
        self.product.set_options([(p.naam, p.naam) for p in self.presenter.producten])
        self.product.set_value(vraag.product if vraag else "", herkomst.get("product", ""))
        self.afdeling.set_options([(naam, naam) for naam in self.presenter.afdelingen])
        self.afdeling.set_value(vraag.afdeling if vraag else "", herkomst.get("afdeling", ""))
        self.resultaat.set_value((vraag.resultaat if vraag else Resultaat.BEANTWOORD).value)
        self.kanaal.set_value(self.presenter.kanaal.value)
        is_verzoek = vraag is not None and vraag.resultaat is Resultaat.CONTACTVERZOEK
        self.terugbel.show_verzoek(
            vraag.terugbelverzoek if vraag is not None and is_verzoek else None, vraag.notitie if vraag else ""
        )
        self.knip.show_product(self.presenter.product(vraag.product) if vraag and vraag.product else None)
        self.zaak.show_zaak(vraag.zaak if vraag else None, may_make=vraag is not None and self.presenter.may_make_zaak)
        self.bronnen.show_bronnen(self.presenter.bronnen)
        self._show_under_way(is_unfolded=is_unfolded)
        self._afronden.set_text("Registreren" if is_unfolded else "Afronden")
        self._afronden.set_toets("Return" if is_unfolded else "Ctrl+Return")
        self._afronden.setEnabled(contact is not None)
        self._show_problems(is_unfolded=is_unfolded)
        sleutel = f"{contact.id}/{contact.vraag.id}" if contact else ""
        if sleutel != self._shown:
            self._shown = sleutel
            for field in self._fields().values():
                if isinstance(field, Choice):
                    field.drop_typed()
            self._stand_again()

    def _build(self) -> None:
        theme = current_theme()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        card = Card()
        outer.addWidget(card)
        self._scroll = ScrollColumn("Gegevens van het contact", vaste_breedte=True)
        column = self._scroll.column
        column.setContentsMargins(theme.space(3), theme.space(3), theme.space(0.5), theme.space(3))
        column.setSpacing(theme.space(2))
        column.addLayout(self._build_head())
        self.notitie = TextField("", _START, MAX_INHOUD, regels=6)
        self.notitie.edit.setAccessibleName("Notitie")
        self.onderwerp = Field("&Onderwerp", maximum=MAX_ONDERWERP)
        self.product = Choice("&Product", zoekbaar=True, hint="Typ een deel van de naam")
        self.afdeling = Choice("Af&deling", zoekbaar=True, hint="Kies")
        self.resultaat = Choice("Af&handeling", [(r.value, naam) for r, naam in RESULTAATNAMEN.items()])
        self.kanaal = Choice("&Kanaal", [(k.value, naam) for k, naam in KANAALNAMEN.items()])
        self.terugbel = Terugbelvelden(self.presenter)
        self.knip = KnipStrip()
        self.zaak = Zaakregel()
        self.bronnen = Bronnenlijst(after=self.terugbel.spoed)
        column.addWidget(self.notitie)
        column.addWidget(self.onderwerp)
        column.addWidget(self.product)
        self._pair = QGridLayout()
        self._pair.setHorizontalSpacing(theme.space(1))
        self._pair.setVerticalSpacing(theme.space(2))
        column.addLayout(self._pair)
        self._place_pair()  # Tab goes in the order in which they come in
        for widget in (self.zaak, self.kanaal, self.terugbel, self.knip, self.bronnen):
            column.addWidget(widget)
        column.addStretch(1)
        theme.changed.connect(self._place_pair)
        card.body.addWidget(self._scroll, 1)
        self.onaf = Banner("let_op")
        self.onaf.hide()
        card.body.addWidget(self.onaf)
        self._afronden = Button("Afronden", "primair", toets="Ctrl+Return")
        give_key(self, self._afronden, is_last_resort=True)
        self._terugbellen = Button("Terugbellen", icoon="terugbellen")
        foot = card.foot()
        foot.addWidget(self._afronden, 1)
        foot.addWidget(self._terugbellen)
        # Typing comes first; what throws away comes last.
        self.setTabOrder(self._terugbellen, self._weg)
        self.setTabOrder(self._weg, self._annuleren)

    def _build_head(self) -> QVBoxLayout:
        theme = current_theme()
        head = QVBoxLayout()
        head.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space(2))
        self._title_suffix = Label("", "gewoon", "tekst_zacht")
        self._weg = Button("", "stil", "verwijderen", naam="Deze vraag weghalen")
        self._annuleren = Button("", "stil", "dicht", naam="Contact annuleren")
        row.addWidget(Label("Notitie", "gewoon", bold=True))
        row.addWidget(self._title_suffix)
        row.addStretch(1)
        row.addWidget(self._weg)
        row.addWidget(self._annuleren)
        row.addWidget(KeyHint("F2"))
        self._wie = ElidedLabel("", "bij", "tekst_zacht")
        head.addLayout(row)
        head.addWidget(self._wie)
        return head

    def _place_pair(self) -> None:
        """Afdeling and afhandeling side by side; one under the other where large text leaves no room."""
        # From here on two drop-downs no longer fit beside each other.
        stacked = current_theme().scale > 1.3
        self._pair.addWidget(self.afdeling, 0, 0)
        self._pair.addWidget(self.resultaat, 1 if stacked else 0, 0 if stacked else 1)
        self._pair.setColumnStretch(0, 1)
        self._pair.setColumnStretch(1, 0 if stacked else 1)

    def _connect(self) -> None:
        presenter = self.presenter
        self.notitie.edited.connect(lambda text: presenter.type("notitie", text))
        self.onderwerp.edited.connect(lambda text: presenter.type("onderwerp", text))
        self.product.chosen.connect(presenter.choose_product)
        self.afdeling.chosen.connect(lambda naam: presenter.type("afdeling", naam))
        self.resultaat.chosen.connect(self._on_resultaat)
        self.kanaal.chosen.connect(lambda value: presenter.choose_kanaal(Kanaal(value)))
        self.bronnen.toggled.connect(lambda place, checked: presenter.toggle_bron(place, meegenomen=checked))
        for naam, field in self._fields().items():
            followed = field.box.focus_changed.connect(partial(self._on_focus, naam))
            self._disconnect.append(partial(QObject.disconnect, followed))  # the editors outlive this object
        self.terugbel.answer_focus.connect(self._on_focus)
        self.zaak.losgemaakt.connect(presenter.take_off_zaak)
        self.zaak.gevraagd.connect(self.zaak_asked)
        self.onaf.acted.connect(self.zaak_resumed)
        self._afronden.clicked.connect(self.finish)
        self._terugbellen.clicked.connect(self.callback)
        self._annuleren.clicked.connect(self.cancel)
        self._weg.clicked.connect(self.remove_vraag)
        self.notitie.edit.cursorPositionChanged.connect(self._keep_cursor)
        self.notitie.edit.selectionChanged.connect(self._keep_cursor)
        self._scroll.verticalScrollBar().valueChanged.connect(self._keep_scroll)

    def _on_focus(self, naam: str, is_focused: bool) -> None:
        """A field was left; opening its list or going to another window is not leaving it."""
        contact = self.presenter.contact
        is_away = QApplication.activePopupWidget() is not None or not self.isActiveWindow()
        if not is_focused and not is_away and contact is not None and self.presenter.stand is Paneelstand.AFRONDEN:
            self._opmerkingen.leave(contact, naam)
            self._show_problems(is_unfolded=True)

    def _on_resultaat(self, value: str) -> None:
        self._ask_more()
        self.presenter.choose_resultaat(Resultaat(value))

    def _ask_more(self) -> None:
        contact = self.presenter.contact
        if contact is not None:
            self._opmerkingen.ask_more(contact, self.presenter.problems())

    def _is_settled(self) -> bool:
        """What is no choice gets the cursor."""
        wrong = unsettled(self._fields().values(), self)
        if wrong is not None:
            self._focus(wrong)
        return wrong is None

    def _register(self) -> None:
        if not self._is_settled():
            return
        if (question := self.terugbel.take_unseen()) is not None:
            self._focus(question)
            return
        contact = self.presenter.contact
        if contact is not None:
            self._opmerkingen.try_finish(contact)
        if not self.presenter.register():
            self._focus_what_is_missing()

    def _fields(self) -> dict[str, Field | TextField | Choice]:
        eigen: dict[str, Field | TextField | Choice] = {
            "onderwerp": self.onderwerp,
            "notitie": self.notitie,
            "product": self.product,
            "afdeling": self.afdeling,
            "resultaat": self.resultaat,
            "kanaal": self.kanaal,
        }
        return eigen | {f"terugbelverzoek.{naam}": veld for naam, veld in self.terugbel.fields().items()}

    def _show_problems(self, *, is_unfolded: bool) -> None:
        fields = self._fields()
        complaints: dict[str, str] = {}
        contact = self.presenter.contact
        if is_unfolded and contact is not None:
            complaints = self._opmerkingen.shown(contact, self.presenter.problems())
        for naam, field in fields.items():
            if field.error != complaints.get(naam, ""):
                field.set_error(complaints.get(naam, ""))

    def _focus_what_is_missing(self) -> None:
        contact = self.presenter.contact
        if contact is None:
            return
        fields = self._fields()
        for problem in self.presenter.problems():
            missing = fields.get(local_name(contact, problem.field))
            if missing is not None:
                self._focus(missing)
                return
        if self.onaf.isHidden():
            self._afronden.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.onaf.focus_action()

    def _show_under_way(self, *, is_unfolded: bool) -> None:
        """Before registering: what was filled in of a zaak is not in it."""
        named = (
            ("Nog niet aangemaakt", self.presenter.zaken_under_way),
            ("Niet bekend of deze zaak er is", self.presenter.zaken_apart),
        )
        words = " ".join(f"{wat}: {', '.join(names)}." for wat, names in named if names) if is_unfolded else ""
        if words:
            self.onaf.set_message("let_op", words, "Verder met de zaak")
        self.onaf.setVisible(bool(words))

    def _focus(self, field: Field | TextField | Choice) -> None:
        """The cursor in a field that is in sight."""
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        # The layout must have settled before the place of the field is known.
        QTimer.singleShot(0, self, partial(self._scroll.ensureWidgetVisible, field))

    def _suffix(self, contact: Contact | None) -> str:
        if contact is None:
            return ""
        return f"vraag {contact.actieve_vraag + 1}" + (f" van {len(contact.vragen)}" if len(contact.vragen) > 1 else "")

    def _who(self, contact: Contact | None) -> str:
        if contact is None:
            return "Geen contact"
        namens = f" namens {contact.namens.naam}" if contact.namens else ""
        anoniem = " (anoniem)" if contact.klant is None else ""
        via = f" · {contact.afzender}" if contact.klant is not None and contact.afzender else ""
        return f"{KANAALNAMEN[contact.kanaal]} · {contact.titel}{anoniem}{namens}{via}"

    def _keep_cursor(self) -> None:
        # Filling in moves the cursor too; only the employee's own moves are kept.
        if self._shown and not self._is_drawing:
            cursor = self.notitie.edit.textCursor()
            self.presenter.keep_cursor(cursor.anchor(), cursor.position())

    def _keep_scroll(self, place: int) -> None:
        # A panel that grows or shrinks scrolls by itself, which is nobody's choice.
        if self._shown and not self._is_drawing and self._scroll.isVisible():
            self.presenter.keep_scroll(place)

    def _stand_again(self) -> None:
        """Cursor, selection and scroll as they were left for this vraag."""
        contact, stand = self.presenter.contact, self.presenter.kept()
        if contact is None:
            return
        if contact.vraag.id in stand.cursor:
            end = len(self.notitie.text)
            anker, plaats = (min(max(0, plek), end) for plek in stand.cursor[contact.vraag.id])
            cursor = self.notitie.edit.textCursor()
            cursor.setPosition(anker)
            cursor.setPosition(plaats, cursor.MoveMode.KeepAnchor)
            self.notitie.edit.setTextCursor(cursor)
        if stand.scroll:
            # The fields of this contact must have got their height before there is something to scroll.
            QTimer.singleShot(0, self, partial(self._scroll.verticalScrollBar().setValue, stand.scroll))
