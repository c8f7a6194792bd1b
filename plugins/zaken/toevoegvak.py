"""Where documents are added, to a zaak or to one that is being filled in: a place to drop them, and what is on its way.

The form of a new zaak uses it too: `show_zaak(Zaakverwijzing("", "", opdracht=concept.id), formulier.documenttypen)`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from kcs_desktop.sdk import Documenttype, InvalidInput, Toevoeging, Toevoegstand, Zaakverwijzing, missing_in
from plugins.zaken import dossier_rijen
from plugins.zaken.dossier_invoer import Bronnen, holds_files, sources_of
from plugins.zaken.dossier_presenter import DossierPresenter
from plugins.zaken.scanmap import Scanmap
from ui.sdk import (
    Banner,
    Button,
    Choice,
    Field,
    FlowLayout,
    Label,
    Row,
    StateList,
    TabContext,
    TaskScope,
    ask_files,
    current_theme,
    give_key,
    holds_focus,
    own_keys,
    unsettled,
)

DOSSIER_COMMANDS = frozenset({"zaken.document_toevoegen", "zaken.document_plakken"})
_TITEL = 200
_NOTHING = InvalidInput(
    "Er is niets om te plakken.", advice="Kopieer eerst een bestand of een afbeelding. Tekst kan hier niet."
)


class Toevoegvak(QWidget):
    """`toegevoegd` carries the title of a document that arrived in the dossier. `kop` stands above it in a form.

    `in_beeld` asks whoever scrolls it to show parts of it, the last before all. `verlaten` asks to take the cursor:
    after Esc, and where nothing is on its way any more.
    """

    toegevoegd = Signal(str)
    in_beeld = Signal(list)
    verlaten = Signal()

    def __init__(self, context: TabContext, kop: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self.setAccessibleName("Documenten toevoegen")
        self.presenter = DossierPresenter(context.seat)
        self._seat = context.seat
        self._tasks = TaskScope(context.frame.report)
        self._gekozen = self._getekend = ""
        self._drawing = False
        self._in_form = bool(kop)
        self.kop = Label(kop, "bij", "tekst_zacht")
        self.scanmap = Scanmap(context.frame.scan_folder(), self._tasks, self)
        self.waarschuwing = Banner("let_op", "")
        self.fout = Banner("fout", "")
        self.aanbod = Banner("accent", "", "Toevoegen")
        self.uitleg = Label("Sleep bestanden hierheen, of plak ze.", "bij", "tekst_zacht", wrap=True)
        self.kies = Button("Bestand kiezen", "gewoon", "nieuw", "Ctrl+Shift+D")
        self.plak = Button("Plakken", "stil", "kopieren", "Ctrl+Shift+V")
        self.lijst = StateList("Documenten die worden toegevoegd", passend=True)
        self.lijst.set_passend(passend=True)
        self.velden = QWidget()
        self.titel = Field("&Titel", maximum=_TITEL)
        self.soort = Choice("&Soort document", zoekbaar=True, hint="Kies een soort")
        self.vertrouwelijk = Choice("&Vertrouwelijkheid", dossier_rijen.VERTROUWELIJKHEDEN)
        self.weg = Button("Weghalen", "stil", "verwijderen", "Delete")
        self.opnieuw = Button("Opnieuw proberen", "gewoon", "opnieuw")
        self.bevestig = Button("Toevoegen", "primair", "koppeling", "Ctrl+Return")
        give_key(self, self.bevestig)
        own_keys(self, self.confirm, may_act=lambda: self.presenter.te_bevestigen)
        self._lay_out(theme.space(2))
        self._connect()
        self._draw()

    def _lay_out(self, space: int) -> None:
        theme = current_theme()
        form = QVBoxLayout(self.velden)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(space)
        for field in (self.titel, self.soort, self.vertrouwelijk):
            form.addWidget(field)
        bottom = FlowLayout()
        for button in (self.bevestig, self.opnieuw, self.weg):
            bottom.addWidget(button)
        top = FlowLayout()
        for button in (self.kies, self.plak):
            top.addWidget(button)
        column = QVBoxLayout(self)
        aside, above = (0, 0) if self._in_form else (theme.space(4), theme.space(3))
        column.setContentsMargins(aside, above, aside, above)
        column.setSpacing(space)
        for part in (self.kop, self.waarschuwing, self.fout, self.aanbod, self.lijst, self.velden):
            column.addWidget(part)
        self.kop.setHidden(not self._in_form)  # shown before that, it would be a window of its own for a moment
        column.addLayout(bottom)
        column.addWidget(self.uitleg)
        column.addLayout(top)

    def _connect(self) -> None:
        presenter = self.presenter
        self._disconnect = [
            presenter.changed.connect(lambda _none: self._draw()),
            presenter.added.connect(lambda al: self.toegevoegd.emit(al.titel)),
        ]
        self.scanmap.changed.connect(self._draw)
        self.kies.clicked.connect(self.choose)
        self.plak.clicked.connect(self.paste)
        self.aanbod.acted.connect(lambda: self.add([(path, "") for path in self.scanmap.take()]))
        self.lijst.opened.connect(self._select)
        self.lijst.view.selectionModel().currentChanged.connect(self._on_current)
        self.titel.edited.connect(lambda text: presenter.change(self._gekozen, titel=text))
        self.soort.chosen.connect(lambda value: presenter.change(self._gekozen, informatieobjecttype=value))
        self.vertrouwelijk.chosen.connect(
            lambda value: presenter.change(self._gekozen, vertrouwelijkheidaanduiding=value)
        )
        self.bevestig.clicked.connect(self.confirm)
        self.weg.clicked.connect(self._remove)
        self.opnieuw.clicked.connect(lambda: presenter.retry(self._gekozen))
        if isinstance(app := QApplication.instance(), QApplication):
            app.focusChanged.connect(self._show_key_of_removal)

    # --- what its owner does --------------------------------------------------------------------------------------

    def show_zaak(
        self, zaak: Zaakverwijzing | None, soorten: Sequence[Documenttype] = (), *, zaaktype_url: str = ""
    ) -> None:
        """To which zaak documents are added. The kinds of document are given, or read of its zaaktype."""
        is_other = self.presenter.show(zaak, soorten)
        if zaaktype_url and not self.presenter.soorten and (is_other or not self._tasks.is_running("soorten")):
            self._tasks.start("soorten", self.presenter.load_types(zaaktype_url))

    def add(self, bronnen: Bronnen) -> None:
        if bronnen and self.presenter.may_add:
            if self.fout.hasFocus() or not holds_focus(self):
                self.kies.setFocus(Qt.FocusReason.OtherFocusReason)
            self._reveal()
            self._tasks.start(f"toevoegen {id(bronnen)}", self._add(bronnen))

    def choose(self) -> None:
        """Ask for files."""
        if self.presenter.may_add:
            ask_files(self, "Documenten toevoegen", lambda paths: self.add([(path, "") for path in paths]))

    def paste(self) -> bool:
        """From the clipboard: files, or an image. False where there is nothing that can be added."""
        is_taken = self.take(QGuiApplication.clipboard().mimeData())
        if not is_taken and self.presenter.may_add:
            self.presenter.tell(_NOTHING)
            self._focus_refusal()
        return is_taken

    def may_take(self, mime: QMimeData) -> bool:
        """Whether `take` would take something of it."""
        return self.presenter.may_add and holds_files(mime)

    def take(self, mime: QMimeData) -> bool:
        """What was dropped or pasted."""
        bronnen = sources_of(mime, self._seat.now())
        self.add(bronnen)
        return bool(bronnen)

    def confirm(self) -> None:
        if not self._is_settled():
            return
        if holds_focus(self):  # the fields go when it is well
            self.lijst.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.presenter.confirm():
            self._focus_problem()

    async def _add(self, bronnen: Bronnen) -> None:
        genomen = await self.presenter.add(bronnen)
        if not holds_focus(self):
            return  # the employee went on with something else
        if genomen and self.presenter.find(genomen[0].id) is not None:
            self._select(genomen[0].id)
            self._focus_field()
        elif self.presenter.fout is not None:
            self._focus_refusal()

    def _focus_field(self) -> None:
        """The first field of what is chosen that lacks something, else its title; a refusal beside it is seen too."""
        al = self.presenter.find(self._gekozen)
        if al is None or self.velden.isHidden():
            self.lijst.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            mist = missing_in(al)
            self._field(mist.field.partition(".")[2] if mist is not None else "titel").setFocus(
                Qt.FocusReason.OtherFocusReason
            )
        self._reveal()

    def _focus_refusal(self) -> None:
        self.fout.setFocus(Qt.FocusReason.OtherFocusReason)
        self._reveal()

    def _field(self, veld: str) -> QWidget:
        return self.titel.edit if veld == "titel" else self.soort.combo

    def _reveal(self) -> None:
        """Where the cursor is, with what was refused, and the buttons where there is room."""
        parts = [self.kies, self.bevestig, self.fout, self.window().focusWidget()]
        self.in_beeld.emit([part for part in parts if part is not None and not part.isHidden()])

    def check(self) -> bool:
        """Whether nothing is missing of what goes along with a new zaak; else the cursor is where it is."""
        if not self._is_settled():
            return False
        is_whole = self.presenter.check()
        if not is_whole:
            self._focus_problem()
        return is_whole

    def _is_settled(self) -> bool:
        wrong = unsettled((self.soort,), self)
        if wrong is not None:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            self._reveal()
        return wrong is None

    def _focus_problem(self) -> None:
        if self.presenter.problem is not None:
            toevoeging, _, veld = self.presenter.problem.field.partition(".")
            if self.presenter.find(toevoeging) is None:
                return
            self._select(toevoeging)
            self._field(veld).setFocus(Qt.FocusReason.OtherFocusReason)
            self._reveal()

    @property
    def stops(self) -> list[QWidget]:
        """Where Tab stops, as it is read."""
        fields = [self.titel.edit, self.soort.combo, self.vertrouwelijk.combo]
        return [self.lijst.view, *fields, self.bevestig, self.opnieuw, self.weg, self.kies, self.plak]

    def close_all(self) -> None:
        """It goes away; what is on its way goes on."""
        self._tasks.cancel()
        for disconnect in self._disconnect:
            disconnect()
        self.presenter.close()

    # --- Qt -------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste) and self.paste():
            event.accept()
        elif event.key() == Qt.Key.Key_Delete and not self.weg.isHidden():  # a text field keeps this key to itself
            self._remove()
            event.accept()
        elif event.key() == Qt.Key.Key_Escape and not self._in_form:
            self.verlaten.emit()
            event.accept()
        else:
            super().keyPressEvent(event)

    def _remove(self) -> None:
        """The mark goes to the next one in sight, never to it under a button that would remove it as well."""
        self.presenter.cancel(self._gekozen)
        if not self.lijst.isHidden():
            self.lijst.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_key_of_removal(self, _before: QWidget | None, now: QWidget | None) -> None:
        self.weg.set_toets("" if isinstance(now, QLineEdit) else "Delete")

    # --- painting -------------------------------------------------------------------------------------------------

    def _on_current(self) -> None:
        if not self._drawing:
            self._select(self.lijst.selected)

    def _select(self, toevoeging: str) -> None:
        if toevoeging and toevoeging != self._gekozen:
            self._gekozen = toevoeging
            self.lijst.select(toevoeging)
            self._draw()

    def _draw(self) -> None:
        presenter = self.presenter
        toevoegingen = presenter.toevoegingen
        self.setVisible(presenter.may_add or bool(toevoegingen))
        for part in (self.uitleg, self.kies, self.plak):  # who may not add may have handed some in with a new zaak
            part.setVisible(presenter.may_add)
        rows = [
            dossier_rijen.row(al, presenter.name_of(al.informatieobjecttype), is_nieuwe_zaak=presenter.is_nieuwe_zaak)
            for al in toevoegingen
        ]
        if not rows and holds_focus(self.lijst, self.velden, self.bevestig, self.weg, self.opnieuw):
            self._let_go()
        self.lijst.setVisible(bool(rows))
        self._draw_rows(rows, {al.id for al in toevoegingen if not al.bevestigd})
        al = presenter.find(self._gekozen)
        shown = self._shown_for(al)
        if rows and holds_focus(*(widget for widget, is_shown in shown.items() if not is_shown)):
            self.lijst.setFocus(Qt.FocusReason.OtherFocusReason)
        for widget, is_shown in shown.items():
            widget.setVisible(is_shown)
        self._draw_fields(al)
        self._draw_words()

    def _draw_rows(self, rows: Sequence[Row], waiting: Collection[str]) -> None:
        """Once the chosen one went, what stands in its place is chosen, rather one that still waits."""
        model = self.lijst.model
        place = model.row_of(self._gekozen)
        self._drawing = True
        try:
            self.lijst.show_rows(rows)
            if model.row_of(self._gekozen) < 0:
                self._gekozen = model.key_near(place, waiting)
                self.lijst.select(self._gekozen)
        finally:
            self._drawing = False

    def _let_go(self) -> None:
        """What has the cursor goes: not to whatever Qt finds next."""
        if self._in_form:
            self.kies.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.verlaten.emit()

    def _shown_for(self, al: Toevoeging | None) -> dict[QWidget, bool]:
        """What there is to fill in and to do for this one."""
        return {
            self.velden: al is not None and not al.bevestigd and al.stand is not Toevoegstand.BESMET,
            self.bevestig: bool(self.presenter.te_bevestigen),
            self.weg: al is not None and al.stand is not Toevoegstand.KOPPELT,
            self.opnieuw: al is not None and (al.is_apart or al.stand is Toevoegstand.MISLUKT),
        }

    def _draw_fields(self, al: Toevoeging | None) -> None:
        presenter = self.presenter
        if al is not None and not self.velden.isHidden():
            if al.id != self._getekend:
                self._getekend = al.id
                self.soort.drop_typed()
            self.titel.set_text(al.titel)
            self.soort.set_options([(soort.uuid, soort.omschrijving) for soort in presenter.soorten])
            self.soort.set_value(al.informatieobjecttype)
            self.vertrouwelijk.set_value(al.vertrouwelijkheidaanduiding)
            problem = presenter.problem
            for naam, field in (("titel", self.titel), ("informatieobjecttype", self.soort)):
                is_wrong = problem is not None and problem.field == f"{al.id}.{naam}"
                field.set_error(problem.message if problem is not None and is_wrong else "")
        aantal = len(presenter.te_bevestigen)
        self.bevestig.set_text("Toevoegen" if aantal < 2 else f"{aantal} documenten toevoegen")

    def _draw_words(self) -> None:
        presenter = self.presenter
        self.waarschuwing.setVisible(bool(presenter.waarschuwing))
        if presenter.waarschuwing:
            self.waarschuwing.set_message("let_op", presenter.waarschuwing)
        fout = presenter.fout
        self.fout.setVisible(fout is not None)
        if fout is not None:
            self.fout.set_message("fout", fout.message, uitleg=fout.advice)
        aanbod = self.scanmap.aanbod
        self.aanbod.setVisible(bool(aanbod))
        if aanbod:
            wat = aanbod[0].name if len(aanbod) == 1 else f"{len(aanbod)} bestanden"
            self.aanbod.set_message("accent", f"Nieuw in de scanmap: {wat}", "Toevoegen")
        self.uitleg.setText("Bestand wordt gelezen." if presenter.leest else "Sleep bestanden hierheen, of plak ze.")
