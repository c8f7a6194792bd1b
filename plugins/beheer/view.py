"""The Audit tab: a question in one card, its lines in the other. Code of the tab loads here, on first show."""

from __future__ import annotations

from itertools import pairwise

import msgspec
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kcs_desktop.sdk import Contact, Klantverwijzing
from plugins.beheer import tekst
from plugins.beheer.presenter import AuditPresenter, Stand
from ui.sdk import (
    Button,
    Card,
    Field,
    Label,
    Row,
    ScrollColumn,
    StateList,
    TabContext,
    TaskScope,
    current_theme,
    give_lead,
)

_SMAL = 720
_HOOG = 260  # pixels at 100% text that the list gets at least
_UITLEG = "Uw vraag komt zelf ook in het spoor te staan."


class _Vraag(msgspec.Struct):
    """What is typed; kept so that the tab comes back as it was."""

    waarde: str = ""
    van: str = ""
    tot: str = ""


class Auditview(QWidget):
    """Layout only."""

    def __init__(self) -> None:
        super().__init__()
        theme = current_theme()
        self.setAccessibleName("Audit")
        self._is_narrow = False
        self.waarde = Field("&Persoon of bedrijf", "BSN, KvK-nummer, vestigingsnummer of partij", icoon="zoeken")
        self.van = Field("&Van", "Vanaf het begin")
        self.tot = Field("&Tot en met", "Tot nu")
        self.velden = {"waarde": self.waarde, "van": self.van, "tot": self.tot}
        self.zoeken = Button("Vragen", "primair", "zoeken", "Return")
        give_lead(self, self.zoeken)
        self.herkend = Label(_UITLEG, "bij", "tekst_zacht", wrap=True)
        self._fields = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._fields.setSpacing(theme.space(3))
        for field, stretch in ((self.waarde, 5), (self.van, 3), (self.tot, 3)):
            self._fields.addWidget(field, stretch, Qt.AlignmentFlag.AlignTop)
        below = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        below.setSpacing(theme.space(3))
        below.addWidget(self.herkend, 1)
        below.addWidget(self.zoeken)
        inner = QVBoxLayout()
        inner.setContentsMargins(theme.space(4), theme.space(3), theme.space(4), theme.space(4))
        inner.setSpacing(theme.space(2))
        inner.addLayout(self._fields)
        inner.addLayout(below)
        vraag = Card("Wie heeft gekeken, en waarom")
        vraag.body.addLayout(inner)
        self.kaart = Card("Gevonden", " ")
        self.lijst = StateList("Wie heeft gekeken, nieuwste boven")
        self.kaart.body.addWidget(self.lijst, 1)
        self.geladen = Label("", "bij", "tekst_zacht")
        self.meer = Button("&Meer tonen", "gewoon", "meer", "Alt+End")
        self.lijst.view.selectionModel().currentChanged.connect(lambda now, _old: self._follow(now))
        foot = self.kaart.foot()
        foot.addWidget(self.geladen, 1)
        foot.addWidget(self.meer)
        self.kaart.show_foot(is_shown=False)
        vraag.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        scroll = self._page = ScrollColumn("Audit")
        scroll.column.setSpacing(theme.space(3))
        scroll.column.addWidget(vraag)
        scroll.column.addWidget(self.kaart, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)
        order = [self.waarde.edit, self.van.edit, self.tot.edit, self.zoeken, self.lijst.view, self.meer]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = event.size().width() < current_theme().px(_SMAL)
        self._fields.setDirection(QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight)
        self._is_narrow = is_narrow
        self.refit()

    def refit(self) -> None:
        """One scroll bar: a narrow page scrolls as a whole, and its list is as high as its rows."""
        self.lijst.set_passend(passend=self._is_narrow)
        if not self._is_narrow:
            self.lijst.setMinimumHeight(current_theme().px(_HOOG))

    def _follow(self, current: QModelIndex) -> None:
        """A list as high as its rows cannot scroll itself: the page brings the current row into sight."""
        page = self._page.widget()
        if page is not None and self._is_narrow and current.isValid() and self.lijst.view.hasFocus():
            row = self.lijst.view.visualRect(current)
            middle = self.lijst.view.viewport().mapTo(page, QPoint(0, row.center().y()))
            self._page.ensureVisible(0, middle.y(), 0, row.height() // 2 + current_theme().space(3))


class AuditTab:
    """What the frame holds of this tab."""

    def __init__(self, context: TabContext) -> None:
        self._context = context
        self.presenter = AuditPresenter(context.seat)
        self._tasks = TaskScope(context.frame.report)
        self.view = Auditview()
        view = self.view
        for field in view.velden.values():
            field.submitted.connect(self.ask)
        view.waarde.edited.connect(self._on_typed)
        for name, field in view.velden.items():
            field.edited.connect(lambda _text, f=field: f.set_error(""))
            field.left.connect(lambda n=name: self._complain(n))
        view.zoeken.clicked.connect(self.ask)
        view.meer.clicked.connect(self.more)
        view.lijst.retry.connect(self.retry)
        view.lijst.acted.connect(self.focus_first)
        self._disconnect = self.presenter.changed.connect(lambda _none: self._draw())
        self._draw()

    @property
    def widget(self) -> QWidget:
        return self.view

    def show_klant(self, klant: Klantverwijzing) -> None:
        """The key of this customer in the field; nothing is asked until Enter."""
        sleutel = klant.sleutel
        self.view.waarde.set_text(
            sleutel.bsn or sleutel.vestigingsnummer or sleutel.kvk_nummer or sleutel.partij, klant.naam
        )
        self._on_typed(self.view.waarde.text)

    def contact_activated(self, contact: Contact | None) -> None: ...

    def state(self) -> str:
        velden = self.view.velden
        return msgspec.json.encode(_Vraag(**{name: field.text for name, field in velden.items()})).decode()

    def restore(self, state: str) -> None:
        try:
            vraag = msgspec.json.decode(state, type=_Vraag)
        except msgspec.DecodeError:
            return
        for name, field in self.view.velden.items():
            field.set_text(getattr(vraag, name))
        self._on_typed(vraag.waarde)

    def close(self) -> None:
        self._tasks.cancel()
        self._disconnect()
        self.presenter.close()
        _tabs.pop(self._context, None)

    def focus_first(self) -> None:
        self.view.waarde.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.view.waarde.edit.selectAll()

    def ask(self) -> None:
        """Enter: complain at the field that is wrong, else ask."""
        texts = self._texts()
        problems = self.presenter.problems(*texts)
        self._show_problems({problem.field: _said(problem.message, problem.advice) for problem in problems})
        if problems:
            self.view.velden[problems[0].field].edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if self.presenter.without_connection:
            return
        self.presenter.prepare(*texts)
        self.retry()

    def more(self) -> None:
        if self.presenter.has_more and not self.presenter.laadt_meer:
            self.retry()

    def retry(self) -> None:
        self._tasks.start("spoor", self.presenter.load())

    def _texts(self) -> tuple[str, str, str]:
        view = self.view
        return view.waarde.text, view.van.text, view.tot.text

    def _complain(self, name: str) -> None:
        """On leaving a field, about that field alone; an empty one says nothing yet."""
        problems = {p.field: _said(p.message, p.advice) for p in self.presenter.problems(*self._texts())}
        field = self.view.velden[name]
        field.set_error(problems.get(name, "") if field.text.strip() else "")

    def _show_problems(self, problems: dict[str, str]) -> None:
        for name, field in self.view.velden.items():
            field.set_error(problems.get(name, ""))

    def _on_typed(self, text: str) -> None:
        known = self.presenter.recognise(text)
        self.view.herkend.setText(f"{known}. {_UITLEG}" if known else _UITLEG)

    def _draw(self) -> None:
        presenter, view = self.presenter, self.view
        rows = [_row(regel) for regel in presenter.rows]
        asked = tekst.onderwerp(presenter.onderwerp) if presenter.onderwerp is not None else ""
        view.kaart.set_titel(asked or "Gevonden")
        view.kaart.set_bijschrift(tekst.found(len(rows), presenter.totaal) or " ")
        fout = presenter.fout
        match presenter.stand:
            case Stand.BEGIN:
                view.lijst.show_empty(
                    "Nog niets gevraagd", "Vul een nummer in en druk op Enter. Een periode hoeft niet.", icoon="audit"
                )
            case Stand.LAADT:
                view.lijst.show_rows(())
                view.lijst.show_loading()
            case Stand.LEEG:
                view.lijst.show_empty(
                    "Niemand heeft in deze periode gekeken",
                    "Controleer het nummer, of kies een ruimere periode.",
                    icoon="audit",
                )
            case Stand.RESULTAAT:
                view.lijst.show_rows(rows)
            case Stand.GEDEELTELIJK:
                view.lijst.show_partial(rows, fout.message if fout is not None else "")
            case Stand.FOUT:
                # the advice of a failed write does not fit: here nothing was written
                advies = fout.advice if fout is not None and not presenter.is_retryable else "Probeer het opnieuw."
                view.lijst.show_error(fout.message if fout is not None else "", advies)
        view.refit()
        view.kaart.show_foot(presenter.has_more)
        view.geladen.setText(f"{len(rows)} van {presenter.totaal} getoond")
        view.meer.set_text("Wordt opgehaald" if presenter.laadt_meer else "&Meer tonen")
        view.meer.setEnabled(not presenter.laadt_meer)
        for button in (view.zoeken, view.meer):
            button.set_refusal(presenter.without_connection)


def _row(regel: tekst.Regel) -> Row:
    return Row(
        key=regel.sleutel,
        title=regel.wie,
        suffix=regel.account,
        subtitle=regel.wat,
        icon="fout" if regel.geweigerd else "goed",
        tone="fout" if regel.geweigerd else "tekst_zacht",
        right=regel.dag,
        right_below=regel.tijd,
        flags=((regel.geweigerd, "fout") if regel.geweigerd else ("Gelukt", "neutraal"), (regel.waarom, "neutraal")),
        tip=regel.alles,
    )


def _said(message: str, advice: str) -> str:
    return f"{message} {advice}".strip()


def create_tab(context: TabContext) -> AuditTab:
    """Made by the frame at the first show."""
    _tabs[context] = AuditTab(context)
    return _tabs[context]


def tab_of(context: TabContext) -> AuditTab | None:
    """The open tab of this window; commands get the context only."""
    return _tabs.get(context)


_tabs: dict[TabContext, AuditTab] = {}  # until the tab is closed
