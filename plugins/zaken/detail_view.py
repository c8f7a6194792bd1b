"""One zaak in the middle: its head, and everything that belongs to it in cards under it. Layout only."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from kcs_desktop.sdk import (
    CONTACTEN,
    DOCUMENTEN,
    KcsError,
    Zaak,
    Zaakbeeld,
    Zaakverwijzing,
    display_full_day,
    local,
    one_line,
)
from plugins.zaken import rijen, tekst
from plugins.zaken.feiten_view import Feitenkaart
from plugins.zaken.kop_view import Kopview
from plugins.zaken.lijsten import STIL
from plugins.zaken.neerzetplek import Neerzetplek
from plugins.zaken.toevoegvak import Toevoegvak
from ui.sdk import VERDER, Card, Lijstbeeld, Lijststand, ScrollColumn, StateList, current_theme, holds_focus, of_source

_NIET_OPENEN = "openen kan niet zonder verbinding"


class Lijstkaart(Card):
    """A card with a list as high as its rows: the page scrolls, not the list."""

    def __init__(self, titel: str, naam: str) -> None:
        super().__init__(titel, " ")
        self.lijst = StateList(naam, passend=True)
        self.lijst.set_passend(passend=True)
        self.body.addWidget(self.lijst)


class Detailview(QWidget):
    """`toevoegen` stands under the documents, `voorbeeld` in the place of the zaak while a document is looked at."""

    opnieuw_gevraagd = Signal()
    document_gekozen = Signal(str)  # uuid
    zaak_gekozen = Signal(str)  # uuid of a linked zaak

    def __init__(self, toevoegen: Toevoegvak, voorbeeld: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kop = Kopview()
        self.gegevens = Feitenkaart("Gegevens")
        self.betrokkenen = Feitenkaart("Betrokkenen")
        self.eigenschappen = Feitenkaart("Eigenschappen")
        self.verloop = Lijstkaart("Verloop", "Verloop, nieuwste boven")
        self.documenten = Lijstkaart("Documenten", "Documenten, nieuwste boven")
        self.documenten.body.addWidget(toevoegen)
        self._documenten_kop, self._may_open = "", True
        self._voorbeeld = voorbeeld
        self.contacten = Lijstkaart("Contacten over deze zaak", "Contacten over deze zaak, nieuwste boven")
        self.gekoppeld = Lijstkaart("Gekoppelde zaken", "Gekoppelde zaken")
        self._scroll = ScrollColumn("Zaak")
        column = self._scroll.column
        column.setSpacing(current_theme().space(3))
        for card in (
            self.kop,
            self.gegevens,
            self.betrokkenen,
            self.eigenschappen,
            self.documenten,
            self.contacten,
            self.verloop,
            self.gekoppeld,
        ):
            column.addWidget(card)
        column.addStretch(1)
        self._leeg = Card()
        self.keuze = StateList("Zaak")
        self._leeg.body.addWidget(self.keuze)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._leeg)
        self._pages.addWidget(self._scroll)
        self._pages.addWidget(voorbeeld)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)
        self.neerzetplek = Neerzetplek(self, toevoegen)
        self.kop.opnieuw_gevraagd.connect(self.opnieuw_gevraagd)
        toevoegen.in_beeld.connect(lambda parts: self._scroll.reveal(*parts))
        toevoegen.verlaten.connect(self._focus_documents)
        for kaart in (self.documenten, self.contacten, self.verloop):
            kaart.lijst.retry.connect(self.opnieuw_gevraagd)
        self.keuze.retry.connect(self.opnieuw_gevraagd)
        self.gekoppeld.lijst.opened.connect(self.zaak_gekozen)
        self.documenten.lijst.opened.connect(self.document_gekozen)

    @property
    def schuif(self) -> int:
        return self._scroll.verticalScrollBar().value()

    def scroll_to(self, place: int) -> None:
        """After the layout, which knows how far that can be."""
        QTimer.singleShot(0, self, lambda: self._scroll.verticalScrollBar().setValue(place))

    def show_voorbeeld(self, *, is_open: bool) -> None:
        """The document in the place of its zaak, or the zaak again."""
        if is_open:
            self._pages.setCurrentWidget(self._voorbeeld)
        elif self._pages.currentWidget() is self._voorbeeld:
            had_focus = holds_focus(self._voorbeeld)
            self._pages.setCurrentWidget(self._scroll)
            if had_focus:
                self.documenten.lijst.setFocus()

    def _say_documenten(self) -> None:
        """How many there are, of when, and beforehand that none of them can be opened."""
        says_why = not self._may_open and self.documenten.lijst.model.rows
        self.documenten.set_bijschrift(self._documenten_kop + (f", {_NIET_OPENEN}" if says_why else ""))

    def _focus_documents(self) -> None:
        self.documenten.lijst.setFocus()
        self._scroll.reveal(self.documenten.lijst)

    def take_focus(self) -> None:
        """The cursor comes from the list, which makes room: to the way back, or to what says that the zaak loads."""
        is_read = self._pages.currentWidget() is self._scroll
        (self.kop.terug if is_read else self.keuze).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_nothing(self) -> None:
        self._leeg.set_titel("")
        self.keuze.show_empty("Kies een zaak in de lijst", "Pijltjes lopen door de lijst, Enter opent.", icoon="zaken")
        self._pages.setCurrentWidget(self._leeg)

    def show_loading(self, zaak: Zaakverwijzing, fout: KcsError | None) -> None:
        """Nothing of it was read yet."""
        if fout is not None:
            self.keuze.show_error(fout.message, fout.advice or VERDER)
        else:
            self.keuze.show_rows(())
            self.keuze.show_loading()
        self._leeg.set_titel(f"{zaak.zaaktype} {zaak.identificatie}".strip())
        self._pages.setCurrentWidget(self._leeg)

    def set_may_open(self, *, may_open: bool) -> None:
        """Whether the content of documents can be fetched now."""
        self._may_open = may_open
        self._say_documenten()

    def show_beeld(self, beeld: Zaakbeeld, now: datetime) -> None:
        zaak, today = beeld.zaak, local(now).date()
        self.kop.show_beeld(beeld, now)
        self.gegevens.show_feiten(_facts(zaak, now) if zaak is not None else ())
        rollen = [rijen.role(rol) for rol in zaak.rollen] if zaak is not None else []
        self.betrokkenen.show_feiten(rollen)
        eigenschappen = zaak.eigenschappen if zaak is not None else ()
        self.eigenschappen.show_feiten(rijen.properties(eigenschappen))
        gezet = zaak.statusgeschiedenis if zaak is not None else ()
        self.verloop.setVisible(bool(gezet))
        self.verloop.lijst.show_rows([rijen.step(stap, now) for stap in gezet])
        documenten = of_source(
            beeld.bron(DOCUMENTEN), len(beeld.documenten), now, leeg="Nog geen documenten.", stil=STIL
        )
        self._documenten_kop = _count(len(beeld.documenten), documenten.bijschrift)
        self.documenten.setVisible(zaak is not None)
        rows = [rijen.document(doc, today) for doc in beeld.documenten]
        self.documenten.lijst.show_beeld(documenten, rows, icoon="document")
        self._say_documenten()
        contacten = of_source(
            beeld.bron(CONTACTEN), len(beeld.contacten), now, leeg="Nog geen contacten over deze zaak.", stil=STIL
        )
        totaal = max(beeld.contacten_totaal, len(beeld.contacten))
        self.contacten.set_bijschrift(_count(totaal, contacten.bijschrift))
        self.contacten.setVisible(zaak is not None)
        self.contacten.lijst.show_beeld(contacten, [rijen.contact(al, now) for al in beeld.contacten], icoon="contact")
        self.gekoppeld.setVisible(bool(beeld.gekoppeld))
        self.gekoppeld.lijst.show_beeld(
            Lijstbeeld(Lijststand.RESULTAAT), [rijen.linked(regel, zaak, today) for regel in beeld.gekoppeld]
        )
        er_zijn = len(zaak.gekoppeld) if zaak is not None else 0
        geladen = len(beeld.gekoppeld)
        self.gekoppeld.set_bijschrift(f"{geladen} van {er_zijn}" if er_zijn > geladen else str(geladen))
        if self._pages.currentWidget() is not self._voorbeeld:
            self._pages.setCurrentWidget(self._scroll)


def _facts(zaak: Zaak, now: datetime) -> list[tuple[str, str]]:
    today, regel = local(now).date(), zaak.regel
    feiten = (
        ("Begonnen", display_full_day(regel.startdatum, today)),
        ("Geregistreerd", display_full_day(zaak.registratiedatum, today)),
        ("Uiterlijk klaar", display_full_day(regel.termijn(today).uiterlijk, today)),
        ("Klaar", display_full_day(regel.einddatum, today)),
        ("Resultaat", one_line(regel.resultaat, 200)),
        ("Opgeschort omdat", one_line(zaak.opschorting_reden, 400) if regel.opgeschort else ""),
        ("Verlengd omdat", one_line(zaak.verlenging_reden, 400)),
        ("Waar", _place(zaak)),
        ("Toelichting", tekst.whole(zaak.toelichting)),
    )
    return [(label, waarde) for label, waarde in feiten if waarde]


def _place(zaak: Zaak) -> str:
    """Where it is, unless one of its properties says the same; a mere point as maps take it."""
    locatie = zaak.locatie
    if locatie is None:
        return ""
    if not locatie.tekst:
        return f"{locatie.lat:.5f}, {locatie.lon:.5f}" if locatie.lat is not None and locatie.lon is not None else ""
    is_said = any(al.waarde == locatie.tekst for al in zaak.eigenschappen)
    return "" if is_said else one_line(locatie.tekst, 300)


def _count(number: int, oud: str) -> str:
    return ", ".join(deel for deel in (str(number) if number else "", oud) if deel)
