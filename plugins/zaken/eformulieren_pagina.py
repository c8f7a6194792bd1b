"""The page of e-formulieren: brings presenter and views together. A page of the Zaken tab (`pagina.Pagina`)."""

from __future__ import annotations

import msgspec

from kcs_desktop.sdk import Eformulier, local, one_line
from plugins.zaken import eformulieren_rijen as rijen
from plugins.zaken import eformulieren_tekst as tekst
from plugins.zaken.eformulieren_presenter import EformulierenPresenter, Toestand
from plugins.zaken.eformulieren_view import Eformulierenview
from plugins.zaken.koppelen import attach
from plugins.zaken.lijsten import of_worklist
from plugins.zaken.werklijst_pagina import Werklijstpagina
from ui.sdk import TabContext, Toon


class Eformulierenpagina(Werklijstpagina[EformulierenPresenter, Eformulierenview]):
    """What the Zaken tab holds of this page."""

    def __init__(self, context: TabContext) -> None:
        super().__init__(context, EformulierenPresenter(context.seat), Eformulierenview())
        detail = self.view.detail
        detail.openen_gevraagd.connect(self.open)
        detail.koppelen_gevraagd.connect(self.attach)
        detail.klant_gevraagd.connect(self.open_customer)
        detail.naam_gevraagd.connect(self.look_up)
        self._draw()

    # what the tab asks

    def restore(self, state: str) -> None:
        try:
            self.presenter.restore(msgspec.json.decode(state, type=Toestand))
        except (msgspec.DecodeError, RecursionError):
            return

    def works_here(self, command: str) -> bool:
        return command == "zaken.vernieuwen" or (
            command == "zaken.koppelen" and self.presenter.has_contact and self.presenter.formulier is not None
        )

    # what the employee does

    def open(self) -> None:
        """Its zaak, with the zaken of its customer beside it."""
        formulier = self.presenter.formulier
        if formulier is not None:
            self._context.frame.open_zaak(formulier.regel.verwijzing, self.presenter.klant)

    def attach(self) -> None:
        formulier = self.presenter.formulier
        attach(self._context, formulier.regel.verwijzing if formulier is not None else None)

    def open_customer(self) -> None:
        if self.presenter.klant is not None and self.presenter.may_open_customer:
            self._context.frame.open_tab("klant", self.presenter.klant)

    def look_up(self) -> None:
        self._tasks.start("naam", self.presenter.look_up())

    # inside

    def _draw_list(self) -> None:
        presenter, view = self.presenter, self.view
        lijst, regels, now = presenter.lijst, presenter.regels, presenter.now
        made = [rijen.row(al, regels, now) for al in lijst.formulieren]
        view.kaart.set_bijschrift(tekst.count(lijst, regels, now) or " ")
        stand = of_worklist(len(made), lijst.fout, lijst.opgehaald_op, now, laadt=lijst.laadt, leeg=tekst.LEEG)
        view.lijst.show_beeld(stand, made, icoon="zaken")
        view.opmerking.setText(tekst.remark(lijst, regels))
        view.kaart.show_foot(bool(tekst.remark(lijst, regels)))

    def _draw_detail(self) -> None:
        presenter, detail = self.presenter, self.view.detail
        formulier = presenter.formulier
        if formulier is None:
            detail.show_nothing()
            return
        detail.show_formulier(
            tekst.customer(formulier), tekst.asked(formulier), self._norm(formulier), self._facts(formulier)
        )
        detail.show_actions(
            has_contact=presenter.has_contact,
            is_attached=presenter.is_attached,
            klant=presenter.may_open_customer,
            naam=presenter.may_look_up,
        )

    def _norm(self, formulier: Eformulier) -> tuple[str, Toon, str]:
        regels, now = self.presenter.regels, self.presenter.now
        words = tekst.against_norm(formulier, regels, now)
        if tekst.days_late(formulier, regels, now):
            return words, "fout", "let_op"
        is_today = tekst.deadline(formulier, regels) == local(now).date()
        return words, "let_op" if is_today else "accent", "tijd"

    def _facts(self, formulier: Eformulier) -> list[tuple[str, str]]:
        regels, now = self.presenter.regels, self.presenter.now
        named = (
            ("Zaaknummer", one_line(formulier.regel.verwijzing.identificatie, 60)),
            tekst.number(formulier),
            ("Naam", tekst.source(formulier)),
            ("Binnengekomen", tekst.received(formulier, now)),
            ("Wacht", tekst.waits(formulier, regels, now).removeprefix("wacht ")),
            ("Termijn", tekst.term(formulier, now)),
            ("Stand", one_line(formulier.regel.status, 200)),
        )
        return [(label, waarde) for label, waarde in named if waarde]
