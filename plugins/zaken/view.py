"""The Zaken tab: a host of pages, of which one is shown. Code of the tab loads here, on first show."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from kcs_desktop.sdk import Contact, Klantverwijzing, Recht, Zaakverwijzing
from plugins.zaken.aanmaken_pagina import Aanmaakpagina
from plugins.zaken.eformulieren_pagina import Eformulierenpagina
from plugins.zaken.pagina import Pagina
from plugins.zaken.terugbellen_pagina import Terugbelpagina
from plugins.zaken.zaken_pagina import Zakenpagina
from ui.sdk import Button, FlowLayout, TabContext, current_theme

ZAKEN = "zaken"
TERUGBELLEN = "terugbellen"
EFORMULIEREN = "eformulieren"
AANMAKEN = "aanmaken"
_OVERAL = {
    "zaken.volgende_pagina",
    "zaken.vorige_pagina",
    "zaken.terugbellen",
    "zaken.eformulieren",
    "zaken.aanmaken",
}


class Paginasoort(msgspec.Struct, frozen=True):
    """A page as the tab offers it: `maak` is called at its first show; without `functie` it is not offered."""

    titel: str
    icoon: str
    functie: str
    maak: Callable[[TabContext], Pagina]
    recht: Recht = Recht.RAADPLEGEN


PAGINAS: Mapping[str, Paginasoort] = {
    ZAKEN: Paginasoort("Zaken", "zaken", "zaken", Zakenpagina),
    EFORMULIEREN: Paginasoort("E-formulieren", "document", "zaken", Eformulierenpagina),
    TERUGBELLEN: Paginasoort("Terugbelnotities", "terugbellen", "terugbelnotities", Terugbelpagina),
    AANMAKEN: Paginasoort("Zaak aanmaken", "nieuw", "zaken", Aanmaakpagina, Recht.WIJZIGEN),
}


class Toestand(msgspec.Struct, omit_defaults=True):
    """Which page stood there, and what each needs to stand again."""

    pagina: str = ZAKEN
    paginas: dict[str, str] = {}


class ZakenTab:
    """What the frame holds of this tab."""

    def __init__(self, context: TabContext) -> None:
        self._context = context
        self._pages: dict[str, Pagina] = {}
        self._current = ""
        self._widget = QWidget()
        self._widget.setAccessibleName("Zaken")
        self._bar = QWidget(self._widget)  # shown before that it would flash as a window, and take the keyboard
        self._buttons: dict[str, Button] = {}
        row = FlowLayout(self._bar, current_theme().space(1))
        for naam, soort in self._offered().items():
            button = Button(soort.titel, "gewoon", soort.icoon)
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _checked, page=naam: self.show_page(page))
            self._buttons[naam] = button
            row.addWidget(button)
        self._bar.setVisible(len(self._buttons) > 1)
        self._stack = QStackedWidget()
        column = QVBoxLayout(self._widget)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().space(2))
        column.addWidget(self._bar)
        column.addWidget(self._stack, 1)
        if self._buttons:
            self.show_page(next(iter(self._buttons)), focus=False)

    def _offered(self) -> dict[str, Paginasoort]:
        sessie = self._context.seat.sessie
        if sessie is None:
            return {}
        return {naam: soort for naam, soort in PAGINAS.items() if sessie.mag(soort.functie, soort.recht)}

    # --- pages ----------------------------------------------------------------------------------------------------

    @property
    def current(self) -> str:
        return self._current

    def page(self, naam: str) -> Pagina | None:
        """The page where it was made."""
        return self._pages.get(naam)

    def _made(self, naam: str) -> Pagina:
        """The page, made at its first need and not shown yet."""
        page = self._pages.get(naam)
        if page is None:
            page = self._pages[naam] = PAGINAS[naam].maak(self._context)
            self._stack.addWidget(page.widget)
            page.contact_activated(self._context.seat.contacten.active)
        return page

    def show_page(self, naam: str, *, focus: bool = True) -> Pagina:
        page = self._made(naam)
        self._current = naam
        self._stack.setCurrentWidget(page.widget)
        for other, button in self._buttons.items():
            button.setChecked(other == naam)
        if focus:
            page.focus_first()
        return page

    def show_zaken(self) -> Zakenpagina:
        """The page of zaken, for its own commands: these ask for the right that the page asks for."""
        page = self.show_page(ZAKEN, focus=False)
        if not isinstance(page, Zakenpagina):
            raise TypeError(ZAKEN)
        return page

    def show_notes(self) -> Terugbelpagina | None:
        """The page of callback notes; None where the role has none."""
        if TERUGBELLEN not in self._buttons:
            return None
        page = self.show_page(TERUGBELLEN, focus=False)
        return page if isinstance(page, Terugbelpagina) else None

    def show_eformulieren(self) -> Eformulierenpagina | None:
        """The worklist of forms; None where the role sees no zaken."""
        if EFORMULIEREN not in self._buttons:
            return None
        page = self.show_page(EFORMULIEREN, focus=False)
        return page if isinstance(page, Eformulierenpagina) else None

    def show_making(self) -> Aanmaakpagina | None:
        """The page on which a zaak is made; None where the role makes none."""
        if AANMAKEN not in self._buttons:
            return None
        page = self.show_page(AANMAKEN, focus=False)
        return page if isinstance(page, Aanmaakpagina) else None

    def step(self, steps: int) -> None:
        """The next or previous page, round."""
        namen = list(self._buttons)
        if len(namen) > 1:
            self.show_page(namen[(namen.index(self._current) + steps) % len(namen)])

    # --- what the frame asks --------------------------------------------------------------------------------------

    @property
    def widget(self) -> QWidget:
        return self._widget

    @property
    def klant_in_sight(self) -> Klantverwijzing | None:
        page = self._pages.get(self._current)
        return page.klant_in_sight if page is not None else None

    def show_klant(self, klant: Klantverwijzing) -> None:
        for page in self._pages.values():
            page.show_klant(klant)

    def show_zaak(self, zaak: Zaakverwijzing) -> None:
        if ZAKEN in self._buttons:
            self.show_zaken().show_zaak(zaak)

    def search_zaken(self, tekst: str) -> None:
        if ZAKEN in self._buttons:
            self.show_zaken().search(tekst)

    def make_zaak(self, zaaktype: str, klant: Klantverwijzing | None) -> None:
        """Begin one of this type; for this customer where there is no contact yet."""
        page = self.show_making()
        if page is not None:
            page.begin_for(klant)
            page.start(zaaktype)

    def contact_activated(self, contact: Contact | None) -> None:
        for page in self._pages.values():
            page.contact_activated(contact)

    def state(self) -> str:
        paginas = {naam: page.state() for naam, page in self._pages.items()}
        return msgspec.json.encode(Toestand(self._current, paginas)).decode()

    def restore(self, state: str) -> None:
        try:
            toestand = msgspec.json.decode(state, type=Toestand)
        except (msgspec.DecodeError, RecursionError):
            return
        for naam, kept in toestand.paginas.items():
            if naam in self._buttons:
                self._made(naam).restore(kept)
        if toestand.pagina in self._buttons:
            self.show_page(toestand.pagina, focus=False)

    def works_here(self, command: str) -> bool:
        page = self._pages.get(self._current)
        return command in _OVERAL or (page is not None and page.works_here(command))

    def close(self) -> None:
        for page in self._pages.values():
            page.close()
        _tabs.pop(self._context, None)


def create_tab(context: TabContext) -> ZakenTab:
    """Made by the frame at the first show."""
    _tabs[context] = ZakenTab(context)
    return _tabs[context]


def tab_of(context: TabContext) -> ZakenTab | None:
    """The open tab of this window; commands get the context only."""
    return _tabs.get(context)


_tabs: dict[TabContext, ZakenTab] = {}  # until the tab is closed
