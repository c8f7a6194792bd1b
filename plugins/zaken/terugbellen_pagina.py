"""The page of callback notes: brings presenter and views together. A page of the Zaken tab (`pagina.Pagina`)."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtGui import QGuiApplication
from shiboken6 import isValid

from kcs_desktop.sdk import (
    Lijst,
    Taaklijst,
    Taakstand,
    Terugbeltaak,
    Verbinding,
    clean_lines,
    one_line,
    written_telefoonnummer,
)
from plugins.zaken import terugbellen_rijen as rijen
from plugins.zaken import terugbellen_tekst as tekst
from plugins.zaken.lijsten import of_worklist
from plugins.zaken.terugbellen_invoer import Actie
from plugins.zaken.terugbellen_presenter import TerugbelPresenter, Toestand
from plugins.zaken.terugbellen_view import Feit, Terugbelview
from plugins.zaken.werklijst_pagina import Werklijstpagina
from ui.sdk import NO_CONNECTION, TabContext

ACTIES = ("oppakken", "overnemen", "poging", "afhandelen", "verzetten", "doorzetten", "teruggeven")
_PREFIX = "zaken.terugbellen_"
_SHOW = "zaken.terugbellen"


class Terugbelpagina(Werklijstpagina[TerugbelPresenter, Terugbelview]):
    """What the Zaken tab holds of this page."""

    def __init__(self, context: TabContext) -> None:
        super().__init__(context, TerugbelPresenter(context.seat), Terugbelview())
        self._let_go = ""  # the note of which what was filled in was let go of last
        view = self.view
        view.lijst_gekozen.connect(lambda naam: self.show_list(Lijst(naam)))
        view.klaar.clicked.connect(self.toggle_done)
        view.meer.clicked.connect(self.more)
        view.detail.actie_gevraagd.connect(self.act)
        view.detail.klant_gevraagd.connect(self.open_customer)
        view.detail.opnieuw_gevraagd.connect(self.send_again)
        paneel = view.detail.paneel
        paneel.gewijzigd.connect(self.presenter.fill_in)
        paneel.kopie_gevraagd.connect(self.copy_text)
        paneel.uitgevoerd.connect(self.submit)
        paneel.gesloten.connect(self._on_closed)
        self._disconnect.append(self.presenter.chosen.connect(lambda _none: self._draw_chosen()))
        self._draw()

    # what the tab asks

    def restore(self, state: str) -> None:
        try:
            toestand = msgspec.json.decode(state, type=Toestand)
        except (msgspec.DecodeError, RecursionError):
            return
        self.presenter.restore(toestand)
        if self.view.isVisible():
            self.refresh()

    def works_here(self, command: str) -> bool:
        """An act only where it fits the note in sight."""
        wat = command.removeprefix(_PREFIX)
        return self.presenter.may(wat) if wat in ACTIES else command.startswith(_PREFIX)

    # what the employee does

    def show_list(self, lijst: Lijst) -> None:
        if lijst in self.presenter.lijsten:
            self.presenter.choose(lijst)
            self.refresh()
            self.view.focus_list()

    def toggle_done(self) -> None:
        """Between what is open and what was done."""
        stand = Taakstand.OPEN if self.presenter.stand is Taakstand.KLAAR else Taakstand.KLAAR
        self.presenter.choose(self.presenter.keuze, stand)
        self.refresh()
        self.view.focus_list()

    def more(self) -> None:
        self._tasks.start("meer", self.presenter.more())

    def act(self, wat: str) -> None:
        """Claim or hand back at once; the others open their panel."""
        if wat in {"oppakken", "overnemen"}:
            self.presenter.claim()
        elif wat == "teruggeven":
            self.presenter.hand_back()
        elif self.presenter.prepare(Actie(wat)):
            self.view.enter_chosen()
            self.view.detail.paneel.focus_first()

    def send_again(self) -> None:
        self.presenter.send_again()
        self.view.focus_list()

    def submit(self) -> None:
        problems = self.presenter.problems() if not self.presenter.belet else []
        self.view.detail.paneel.show_problems(problems)
        actie, notitie = self.presenter.actie, self.presenter.toestand.gekozen
        if not problems and self.presenter.submit() and actie is not None:
            self.view.focus_list()
            if notitie == self._let_go:  # that is not to come back over what was done
                self._context.frame.toast(tekst.saved(actie))

    def copy_text(self) -> None:
        """What was typed for the note in sight, and nothing else of it."""
        QGuiApplication.clipboard().setText(self.presenter.concepten.text_of(self.presenter.toestand.gekozen))
        self._context.frame.toast("Tekst gekopieerd")

    def open_customer(self) -> None:
        taak = self.presenter.taak
        if taak is not None and taak.klant is not None:
            self._context.frame.open_tab("klant", taak.klant)

    # inside

    def _on_closed(self) -> None:
        actie, notitie, undo = self.presenter.actie, self.presenter.toestand.gekozen, self.presenter.cancel()
        self.view.focus_list()
        if actie is not None and undo is not None:
            self._let_go = notitie
            self._context.frame.toast(tekst.not_saved(actie), lambda: self._take_back(undo))

    def _take_back(self, undo: Callable[[], None]) -> None:
        """The panel as it was, with the cursor in it; also when another tab or page is in front by now."""
        undo()
        if not isValid(self.view):
            return  # of a tab that was switched off
        if not (self.view.isVisible() and self.view.isActiveWindow()):
            self._context.frame.run(_SHOW)
        self.refresh()
        if self.presenter.actie is not None:
            self.view.enter_chosen()
            self.view.detail.paneel.focus_first()

    def _draw_chosen(self) -> None:
        """Another note of the same list, whose rows are the same."""
        view, gekozen = self.view, self.presenter.toestand.gekozen
        if view.lijst.selected != gekozen and self.presenter.taak is not None:
            view.lijst.select(gekozen)
        self._draw_detail()

    def _draw_list(self) -> None:
        presenter, view = self.presenter, self.view
        lijst, now = presenter.lijst, presenter.now
        for naam, button in view.knoppen.items():
            button.setVisible(naam in presenter.lijsten)
            button.setChecked(naam is presenter.keuze)
        view.klaar.setChecked(presenter.stand is Taakstand.KLAAR)
        view.kaart.set_titel(tekst.title(presenter.keuze, presenter.stand))
        view.kaart.set_bijschrift(tekst.count(lijst, now) or " ")
        self._draw_rows(lijst)
        view.kaart.show_foot(lijst.has_more)
        view.geladen.setText(presenter.melding or f"{len(lijst.taken)} van {lijst.totaal} getoond")
        view.meer.set_text("Wordt opgehaald" if presenter.laadt_meer else "&Meer tonen")
        view.meer.setEnabled(not presenter.laadt_meer)
        view.meer.set_refusal("" if self._context.seat.verbinding is Verbinding.VERBONDEN else NO_CONNECTION)

    def _draw_rows(self, lijst: Taaklijst) -> None:
        presenter = self.presenter
        made = rijen.rows(lijst, presenter.now, presenter.ik, presenter.gone, presenter.concepten.with_text)
        leeg = tekst.empty(presenter.keuze, presenter.stand)
        stand = of_worklist(len(made), lijst.fout, lijst.opgehaald_op, presenter.now, laadt=lijst.laadt, leeg=leeg)
        self.view.lijst.show_beeld(stand, made, icoon="terugbellen")

    def _draw_detail(self) -> None:
        presenter, detail = self.presenter, self.view.detail
        taak, lijst = presenter.taak, presenter.lijst
        paneel = detail.paneel
        paneel.show_actie(presenter.toestand.gekozen, presenter.actie, presenter.invoer, presenter.ontvangers)
        paneel.show_belet(presenter.belet, tekst.advies(may_take_over=presenter.may("overnemen")))
        detail.show_apart(presenter.apart if taak is not None else None)
        if taak is None:
            detail.show_note("", (), (), (), klant=False)
            return
        may = [wat for wat in ACTIES if presenter.may(wat)]
        flags = rijen.flags(taak, lijst, presenter.now, is_gone=taak.uuid in presenter.gone)
        detail.show_note(tekst.klant(taak), flags, self._facts(taak), may, klant=taak.klant is not None)

    def _facts(self, taak: Terugbeltaak) -> list[Feit]:
        now = self.presenter.now
        named = (
            ("Wat te doen", clean_lines(taak.handeling)),
            ("Telefoonnummer", written_telefoonnummer(taak.telefoonnummer)),
            ("Wanneer bellen", one_line(taak.moment)),
            ("Uiterlijk", tekst.when(taak.deadline, now)),
            ("Onderwerp van het contact", one_line(taak.onderwerp)),
            ("Toelichting", clean_lines(taak.toelichting)),
            ("Voor", ", ".join(one_line(naam, 80) for naam in taak.toegewezen_aan)),
            ("Opgepakt door", tekst.holder(taak, self.presenter.ik).removeprefix("door ") if taak.door else ""),
            ("Beloofd door", one_line(taak.beloofd_door_naam, 80)),
            ("Pogingen", "\n".join(tekst.attempt(poging, now) for poging in taak.pogingen)),
        )
        return [Feit(naam, text) for naam, text in named if text]
