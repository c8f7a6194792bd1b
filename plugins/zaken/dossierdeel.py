"""The documents of the zaak in sight: adding them, looking at one, saving one. Brings presenters and views together."""

from __future__ import annotations

from pathlib import Path

from kcs_desktop.sdk import Verbinding, Zaakbeeld, Zaakdocument, one_line, save_name
from plugins.zaken.toevoegvak import Toevoegvak
from plugins.zaken.voorbeeld_presenter import Voorbeeldpresenter
from plugins.zaken.voorbeeld_view import Voorbeeldview
from ui.sdk import NO_CONNECTION, TabContext, TaskScope, ask_save


class Dossierdeel:
    """Made by the Zaken page; `voorbeeld` stands in the place of the zaak while a document is looked at."""

    def __init__(self, context: TabContext) -> None:
        self._context = context
        self._tasks = TaskScope(context.frame.report)
        self._beeld: Zaakbeeld | None = None
        self.vak = Toevoegvak(context)
        self.voorbeeld = Voorbeeldview()
        self.presenter = Voorbeeldpresenter(context.seat)
        self._disconnect = self.presenter.changed.connect(lambda _none: self._draw())
        self._drawn: tuple[object, int, int] | None = None
        view = self.voorbeeld
        view.bladeren_gevraagd.connect(self.turn)
        view.zoom_gevraagd.connect(self._magnify)
        view.tekenen_gevraagd.connect(self._render)
        view.opslaan_gevraagd.connect(self.save)
        self.vak.toegevoegd.connect(lambda titel: context.frame.toast(f"Toegevoegd: {one_line(titel, 80)}"))

    @property
    def is_open(self) -> bool:
        """Whether a document is looked at."""
        return self.presenter.document is not None

    def show_beeld(self, beeld: Zaakbeeld | None) -> None:
        """The zaak in sight, with its documents."""
        vorige, self._beeld = self._beeld, beeld
        if beeld is None or (vorige is not None and vorige.verwijzing.uuid != beeld.verwijzing.uuid):
            self.close_document()
        zaak = beeld.verwijzing if beeld is not None and beeld.zaak is not None else None
        url = beeld.zaak.zaaktype_url if beeld is not None and beeld.zaak is not None else ""
        self.vak.show_zaak(zaak, zaaktype_url=url)

    def open(self, uuid: str) -> bool:
        """Look at this document; False where the zaak has none like it, or where it cannot be fetched now."""
        document = self._find(uuid)
        if document is None:
            return False
        if self._context.seat.verbinding is not Verbinding.VERBONDEN:
            self._context.frame.refuse(NO_CONNECTION)
            return False
        self.presenter.begin(document)
        self._tasks.start("voorbeeld", self.presenter.load())
        self.voorbeeld.focus_page()
        return True

    def close_document(self) -> None:
        if self.is_open:
            self.presenter.leave()
            self._tasks.start("voorbeeld", self.presenter.close())

    def turn(self, stappen: int) -> None:
        if self.presenter.turn(stappen):
            self._render()

    def save(self) -> None:
        """Ask where, and save it there."""
        document = self.presenter.document
        if document is not None and not self.presenter.slaat_op:
            naam = document.bestandsnaam or document.titel.replace("/", "-") or "document"
            ask_save(self.voorbeeld, "Document opslaan als", save_name(naam), self._save_to)

    def close(self) -> None:
        """The page goes: so does the process that draws."""
        self.close_document()
        self._disconnect()
        self.vak.close_all()

    def _find(self, uuid: str) -> Zaakdocument | None:
        documenten = self._beeld.documenten if self._beeld is not None else ()
        return next((al for al in documenten if al.uuid == uuid), None)

    def _save_to(self, path: Path) -> None:
        self._tasks.start("opslaan", self._save(path))

    async def _save(self, path: Path) -> None:
        if await self.presenter.save(path):
            self._context.frame.toast(f"Opgeslagen: {one_line(path.name, 80)}")

    def _magnify(self, stappen: int) -> None:
        if self.presenter.magnify(stappen):
            self._render()

    def _render(self) -> None:
        if self.presenter.bladen:
            self._drawn = (self.presenter.voorbeeld, self.presenter.blad, self.presenter.zoom)
            self.presenter.breedte = self.voorbeeld.breedte
            if not self.presenter.tekent:
                self._tasks.start("tekenen", self.presenter.draw())

    def _draw(self) -> None:
        presenter = self.presenter
        self.voorbeeld.show_document(presenter)
        if presenter.bladen and self._drawn != (presenter.voorbeeld, presenter.blad, presenter.zoom):
            self._render()
