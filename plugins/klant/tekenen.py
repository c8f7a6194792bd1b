"""Puts what the presenter knows into the views, one part at a time. Decides nothing, keeps nothing."""

from __future__ import annotations

from kcs_desktop.sdk import Verbinding
from plugins.klant import kop, lijsten, tekst
from plugins.klant.beeld_view import Beeldview
from plugins.klant.presenter import Deel, KlantPresenter
from plugins.klant.registreren_view import Registreerview
from plugins.klant.start_view import Startview
from plugins.klant.toestand import Pagina

_WAAROM_OFFLINE = "Er is geen verbinding. De registratie staat in de wachtrij en gaat vanzelf. U kunt verder werken."
_WAAROM = "Dit duurt meestal niet lang. U kunt ook verder werken."


class Tekenaar:
    """Draws a part only when its page is the shown one, except the forms: those keep their text."""

    def __init__(
        self, presenter: KlantPresenter, start: Startview, beeld: Beeldview, registreren: Registreerview
    ) -> None:
        self._presenter = presenter
        self._start = start
        self._beeld = beeld
        self._registreren = registreren

    def draw(self, deel: Deel) -> None:
        presenter = self._presenter
        match deel:
            case Deel.PAGINA:
                if presenter.pagina is Pagina.START:
                    self._draw_start()
            case Deel.KOP:
                self._draw_kop()
            case Deel.CONTACTEN:
                self._draw_contacten()
            case Deel.NOTITIES:
                self._draw_notities()
            case Deel.ZAKEN:
                self._draw_zaken()
            case Deel.RELATIES:
                self._draw_relaties()
            case Deel.ACTIES:
                self._draw_acties()
            case Deel.GEZELSCHAP:
                self._beeld.kop.show_gezelschap(presenter.gezelschap.text)
            case Deel.BEWERKEN:
                self._draw_bewerken()

    def _draw_start(self) -> None:
        seat = self._presenter.seat
        self._start.show_recent(seat.klanten.recent(), seat.now(), mag_registreren=self._presenter.may_change)

    def _draw_kop(self) -> None:
        presenter = self._presenter
        if presenter.beeld is not None:
            self._beeld.kop.show_kop(kop.header(presenter.beeld, presenter.seat.now(), vastgezet=presenter.is_pinned))
        elif presenter.klant is not None:
            self._beeld.kop.show_name(presenter.klant, tekst.initials(presenter.klant.naam))

    def _draw_contacten(self) -> None:
        presenter, view = self._presenter, self._beeld.contacten
        beeld, now = presenter.beeld, presenter.seat.now()
        regels = beeld.contacten if beeld is not None else ()
        view.show_lijst(lijsten.contacten(beeld, now, presenter.fout), regels, now)
        fout = presenter.meer_fout
        view.show_meer(
            len(regels),
            beeld.contacten_totaal if beeld is not None else 0,
            laadt=presenter.meer_laadt,
            fout=f"{fout.message} {fout.advice}".strip() if fout is not None else "",
        )

    def _draw_notities(self) -> None:
        presenter = self._presenter
        beeld, now = presenter.beeld, presenter.seat.now()
        self._beeld.notities.show_lijst(
            lijsten.notities(beeld, now, presenter.fout),
            beeld.terugbelnotities if beeld is not None else (),
            lijsten.open_notities(beeld, now),
            now,
        )

    def _draw_zaken(self) -> None:
        """Not shown to who works without zaken: the role says so, not an empty card."""
        presenter, view = self._presenter, self._beeld.zaken
        beeld, now = presenter.beeld, presenter.seat.now()
        view.setVisible(presenter.may_see_zaken)
        view.maken.setVisible(presenter.seat.zaakaanmaken.may_start)
        view.show_lijst(lijsten.zaken(beeld, now, presenter.fout), beeld.zaken if beeld is not None else (), now)

    def _draw_relaties(self) -> None:
        presenter, koppeling = self._presenter, self._presenter.koppeling
        beeld = presenter.beeld
        relaties = beeld.relaties if beeld is not None else ()
        self._beeld.relaties.registreren.setVisible(presenter.is_bedrijf and presenter.may_change)
        self._beeld.relaties.show_lijst(
            lijsten.relaties(beeld, presenter.seat.now(), presenter.fout),
            relaties,
            gekozen=next((relatie for relatie in relaties if koppeling.is_namens(relatie)), None),
            kan_namens=koppeling.can_namens,
            titel="Wie handelt namens dit bedrijf" if presenter.is_bedrijf else "Handelt namens",
            zelf="Niemand, vraag van het bedrijf" if presenter.is_bedrijf else "Niemand, voor zichzelf",
        )

    def _draw_acties(self) -> None:
        presenter, koppeling = self._presenter, self._presenter.koppeling
        contact = "Contact starten"
        if koppeling.is_of_contact or not presenter.may_change:
            contact = ""
        elif koppeling.can_attach:
            contact = "Koppelen aan contact"
        self._beeld.kop.show_actions(
            contact=contact, mag_wijzigen=presenter.may_change, heeft_telefoon=bool(presenter.phone())
        )
        self._beeld.kop.vernieuwen.set_refusal(presenter.without_connection)
        self._beeld.contacten.meer.set_refusal(presenter.without_connection)
        if presenter.pagina is Pagina.START:
            self._draw_start()

    def _draw_bewerken(self) -> None:
        bewerken, beeld = self._presenter.bewerken, self._beeld
        beeld.show_weigering(bewerken.weigering)
        if bewerken.conflict is not None:
            beeld.conflict.show_conflict(bewerken.conflict)
            beeld.links.setCurrentWidget(beeld.conflict)
        elif bewerken.formulier is not None:
            beeld.wijzigen.show_formulier(bewerken.formulier)
            beeld.links.setCurrentWidget(beeld.wijzigen)
        else:
            beeld.links.setCurrentWidget(beeld.contacten)
        if bewerken.registratie is not None:
            is_online = self._presenter.seat.verbinding is Verbinding.VERBONDEN
            self._registreren.show_formulier(
                bewerken.registratie,
                wacht=bool(bewerken.registratie_opdracht),
                reden=bewerken.registratie_reden,
                waarom=_WAAROM if is_online else _WAAROM_OFFLINE,
            )
