"""The list of the Zaken page: whose zaken it holds or what is searched in it, and its rows as they are shown. Brings
presenter and view together."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QTimer

from kcs_desktop.sdk import Klantverwijzing, Signal, Zaakregel, Zaakverwijzing, Zaakvraag, local, one_line
from plugins.zaken import lijsten, rijen
from plugins.zaken.lijst_view import ALLES, Lijstview
from plugins.zaken.presenter import ZakenPresenter
from plugins.zaken.vraag import STANDEN, Filters, field_of
from ui.sdk import Lijststand, Row, TabContext, TaskScope, zaak_row

_ONTHOUDEN = 500  # rows of the long list


class Lijstdeel:
    """Made by the Zaken page, which says when it must be drawn. `zaak_gekozen` asks to open one of the list."""

    def __init__(self, context: TabContext, presenter: ZakenPresenter) -> None:
        self._seat = context.seat
        self._presenter = presenter
        self._tasks = TaskScope(context.frame.report)
        self._unmarked = ""  # the zaak that was opened, until the list has its row
        self._shown: Zaakvraag | None = None  # the question whose rows the long list holds
        self._rijen: dict[int, tuple[Zaakregel, date, Row]] = {}  # made once, painted often
        self.zaak_gekozen: Signal[Zaakverwijzing] = Signal()
        self.view = Lijstview(self._row_at)
        self.view.getypt.connect(self._on_typed)
        self.view.gezocht.connect(self._on_submitted)
        self.view.gekozen.connect(self._on_chosen)
        self.view.opnieuw_gevraagd.connect(self._on_again)
        self.view.verlaten.connect(self._leave_search)
        self.view.filters_gevraagd.connect(self._load_choices)

    # --- what the page asks ---------------------------------------------------------------------------------------

    def show_klant(self, klant: Klantverwijzing | None) -> None:
        """The zaken of this customer, or of nobody."""
        self.drop_search()
        if self._presenter.show_klant(klant):
            self._load_klant()

    def leave_klant(self) -> None:
        """Nothing of the one before: not whose zaken, not what was searched."""
        self._tasks.stop("klant")
        self.show_klant(None)

    def search(self, tekst: str) -> None:
        """As if it was typed here and Enter pressed."""
        self.view.fill(tekst, Filters())
        self._on_submitted()

    def restore_search(self, tekst: str, filters: Filters) -> None:
        """As it was typed before, whatever was asked by it."""
        self.view.fill(tekst, filters)
        if self._presenter.type(tekst, filters):
            self._search_at_once()

    def drop_search(self) -> None:
        """Nothing of what was searched stays or still comes: not in the fields, not in the list."""
        self._tasks.stop("zoeken")
        self.view.fill("", Filters())
        self._presenter.leave_search()

    def mark(self, uuid: str) -> None:
        """The row of the zaak that was opened from elsewhere; after that the mark goes where the arrows go."""
        self._unmarked = uuid
        self._mark()

    def ask_what_lacks(self) -> None:
        """What could not be read, or is of before a cut; what is being asked is not asked twice."""
        presenter = self._presenter
        if presenter.is_searching:
            if presenter.zoek_fout is not None and presenter.filter_fout is None:
                self._search_at_once()
        elif presenter.lacks_of_klant and not self._tasks.is_running("klant"):
            self._load_klant()

    def close(self) -> None:
        self._tasks.cancel()

    # --- what the view asks ---------------------------------------------------------------------------------------

    def _load_klant(self) -> None:
        self._tasks.start("klant", self._presenter.load_klant())

    def _load_choices(self) -> None:
        self._tasks.start("keuzes", self._presenter.load_choices())

    def _search_at_once(self) -> None:
        self._tasks.start("zoeken", self._presenter.search(at_once=True))

    def _on_typed(self) -> None:
        filters = self.view.gevuld
        if filters.zaaktype != self._presenter.filters.zaaktype and filters.status not in STANDEN:
            self.view.status.set_value(ALLES)  # a step of the type before
            filters = self.view.gevuld
        if self._presenter.type(self.view.zoekveld.text, filters):
            self._tasks.start("zoeken", self._presenter.search())
        else:
            self._tasks.stop("zoeken")
        if not self._presenter.has_steps:
            self._load_choices()

    def _on_submitted(self) -> None:
        if self._presenter.type(self.view.zoekveld.text, self.view.gevuld):
            self._presenter.enter()
            self._search_at_once()
            self.view.focus_list()

    def _on_chosen(self, key: str) -> None:
        presenter = self._presenter
        if key == rijen.OPNIEUW:
            presenter.ask_again()
            return
        if key == rijen.PLEK:
            self._tasks.start("zoeken", presenter.search_place())
            return
        treffer = next((al for place, al in enumerate(presenter.treffers) if key == f"klant:{place}"), None)
        if treffer is not None:
            self.show_klant(treffer.klant)
            self.view.focus_list()
            return
        regel = presenter.bladen.find(key) if presenter.vraag is not None else None
        regel = regel or next((al for al in presenter.regels if al.verwijzing.uuid == key), None)
        if regel is not None and not regel.verwijzing.opdracht:  # one that waits to be made is not in the register yet
            self.zaak_gekozen.emit(regel.verwijzing)

    def _on_again(self) -> None:
        if self._presenter.is_searching:
            self._search_at_once()
        else:
            self._load_klant()

    def _leave_search(self) -> None:
        self.drop_search()
        self.view.focus_list()

    # --- painting -------------------------------------------------------------------------------------------------

    def draw(self) -> None:
        presenter, view = self._presenter, self.view
        fout = presenter.filter_fout
        view.show_uitleg(
            presenter.lezing.uitleg if fout is None else "",
            veld=field_of(fout) if fout is not None else "",
            fout=fout.message if fout is not None else "",
        )
        view.set_choices(self._types(), self._steps(), self._seat.catalogus.medewerkers)
        lezing = presenter.lezing
        view.show_leave(is_shown=presenter.is_searching, naar_klant=presenter.klant is not None)
        if fout is not None:
            view.show_short(lijsten.of_wrong_filter(fout), (), "Gevonden zaken")
        elif lezing.zoekt_klant:
            self._draw_customers()
        elif lezing.vraag is not None:
            self._draw_found(lezing.vraag)
        else:
            self._draw_of_customer()

    def _draw_customers(self) -> None:
        """Those whom the text may be about, and the place that it may be."""
        presenter, lezing = self._presenter, self._presenter.lezing
        mensen = [rijen.customer(place, al) for place, al in enumerate(presenter.treffers)]
        has_failed = presenter.zoek_fout is not None
        rows = [*([rijen.place(lezing.adres)] if lezing.adres and not has_failed else []), *mensen]
        stand = lijsten.of_customers(
            len(rows),
            presenter.zoek_fout,
            presenter.stil,
            has_asked=presenter.beantwoord == presenter.getypt,
            entered=presenter.is_ingevoerd,
        )
        self.view.show_short(stand, rows, "Van wie?")

    def _draw_found(self, vraag: Zaakvraag) -> None:
        """The zaken that answer `vraag`."""
        presenter, view = self._presenter, self.view
        has_asked = presenter.vraag == vraag
        totaal = presenter.bladen.totaal if has_asked else 0
        stand = lijsten.of_search(
            totaal,
            presenter.zoek_fout,
            zoekt=presenter.zoekt,
            has_asked=has_asked or not presenter.zoekt,
            is_counted=presenter.bladen.is_geteld,
            ontbreekt=presenter.bladen.ontbreekt if has_asked else (),
        )
        if stand.stand in (Lijststand.RESULTAAT, Lijststand.GEDEELTELIJK):
            if presenter.vraag is not self._shown:
                self._shown = presenter.vraag
                view.lang.show_count(totaal)
            view.show_long(stand.bijschrift if stand.stand is Lijststand.RESULTAAT else stand.melding)
        else:
            view.show_short(stand, (), "Gevonden zaken")

    def _draw_of_customer(self) -> None:
        presenter = self._presenter
        now = self._seat.now()
        today = local(now).date()
        stand = lijsten.of_customer(
            presenter.klant, presenter.klantbeeld, presenter.klant_fout, self._seat.verbinding, now
        )
        titel = f"Zaken van {one_line(presenter.klant.naam, 60)}" if presenter.klant is not None else "Zaken"
        self.view.show_short(stand, [zaak_row(regel, today) for regel in presenter.regels], titel)
        self._mark()

    def draw_page(self) -> bool:
        """The page of the long list that came. True where the count changed with it, which the whole list tells."""
        rows, bladen = self.view.lang.rows, self._presenter.bladen
        is_other = rows.rowCount() != bladen.totaal
        if is_other:
            rows.become(bladen.totaal)
        rows.came(*self._presenter.komen)
        return is_other

    def _mark(self) -> None:
        lijst = self.view.lijst
        if self._unmarked and lijst.model.row_of(self._unmarked) >= 0:
            lijst.select(self._unmarked)
            self._unmarked = ""

    def _types(self) -> list[str]:
        """The zaaktypen of the catalogue and those that were met, by name."""
        presenter = self._presenter
        namen = {regel.verwijzing.zaaktype for regel in presenter.regels} | set(presenter.typen)
        return sorted((namen | presenter.bladen.zaaktypen | {presenter.filters.zaaktype}) - {""})

    def _steps(self) -> list[tuple[str, str]]:
        """Those of the chosen zaaktype; the chosen one also before they came."""
        filters = self._presenter.filters
        stappen = self._presenter.stappen.get(filters.zaaktype, ())
        known = [(stap.url, f"Stap: {one_line(stap.omschrijving, 80)}") for stap in stappen]
        is_unknown = filters.status and filters.status not in {*STANDEN, *(url for url, _naam in known)}
        return [*known, (filters.status, "De gekozen stap")] if is_unknown else known

    # --- the rows of the long list --------------------------------------------------------------------------------

    def _row_at(self, place: int) -> Row:
        regel = self._presenter.bladen.regel(place)
        if regel is None:
            if self._presenter.bladen.has_failed(place):
                return rijen.not_fetched(place)
            if not self._tasks.is_running("bladen"):
                QTimer.singleShot(0, self.view, self._fetch)
            return rijen.not_there_yet(place)
        today = local(self._seat.now()).date()
        known = self._rijen.get(place)
        if known is not None and known[0] is regel and known[1] == today:
            return known[2]
        if len(self._rijen) > _ONTHOUDEN:
            self._rijen.clear()
        row = zaak_row(regel, today)
        self._rijen[place] = (regel, today, row)
        return row

    def _fetch(self) -> None:
        if not self._tasks.is_running("bladen"):
            self._tasks.start("bladen", self._presenter.fetch())
