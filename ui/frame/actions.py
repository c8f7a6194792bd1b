"""What the window's own commands do. Each method is named by a command: "frame:method"."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from kcs_desktop.sdk import Signal, Zaakverwijzing
from ui.commands.registry import NO_CONNECTION, refusal
from ui.frame.help_panel import help_panel
from ui.manifest import Command
from ui.settings.model import Settings
from ui.settings.page import SettingsPage
from ui.theme.icons import icon
from ui.theme.theme import Dichtheid, Look, current_theme
from ui.uitgaand.presenter import UitgaandPresenter
from ui.uitgaand.view import UitgaandLijst
from ui.widgets.file_dialog import ask_save
from ui.widgets.key_press import is_same_press

if TYPE_CHECKING:
    from ui.frame.controller import FrameController

_SIZES = (100, 110, 125, 150, 175, 200)


def look_of(settings: Settings) -> Look:
    """The look that these settings ask for."""
    w = settings.weergave
    return Look(w.thema, w.tekst, Dichtheid(w.dichtheid), w.beweging == "minder")


class FrameActions:
    """`session_asked` carries "slot", "wissel" or "afmelden"; `setting_changed` (section, key, value)."""

    def __init__(self, frame: FrameController) -> None:
        self._frame = frame
        self.settings = Settings()
        self.session_asked: Signal[str] = Signal()
        self.setting_changed: Signal[tuple[str, str, str | int]] = Signal()

    def focus_search(self) -> None:
        self._frame.focus_search()

    def new_contact(self) -> None:
        self._frame.seat.contacten.start()
        self._frame.paneel.focus_note()

    def next_contact(self) -> None:
        self._frame.strook_presenter.next(1)

    def previous_contact(self) -> None:
        self._frame.strook_presenter.next(-1)

    def focus_note(self) -> None:
        self._frame.paneel.focus_note()

    def finish_contact(self) -> None:
        if not is_same_press():  # of what made a zaak, say, and took the cursor to the note
            self._frame.paneel.finish()

    def cancel_contact(self) -> None:
        self._frame.paneel.cancel()

    def undo(self) -> None:
        if not self._frame.window.toasts.undo():
            self._frame.refuse("Er is niets om ongedaan te maken.")

    def add_vraag(self) -> None:
        active = self._frame.seat.contacten.active
        if active is not None:
            self._frame.seat.contacten.add_vraag(active.id)
            self._frame.paneel.focus_note()

    def toggle_help(self) -> None:
        frame = self._frame
        if frame.side.name == "help":
            frame.side.shut()
            return
        own = {c.id for c in frame.registry.of(frame.tabs.current) if self._works_here(c)}
        commands = [c for c in frame.registry.all if c.id in own or frame.registry.owner(c.id) == "venster"]
        commands.sort(key=lambda c: c.id not in own)
        frame.side.open("help", help_panel(commands, frame.run, frame.side.shut))

    def _works_here(self, command: Command) -> bool:
        """Whether this sign-in may do it, and the shown tab says that its present page can."""
        sessie, tab = self._frame.sessie, self._frame.tabs.loaded.get(self._frame.tabs.current)
        if command.functie and (sessie is None or not sessie.mag(command.functie, command.recht)):
            return False
        works_here: Callable[[str], bool] | None = getattr(tab, "works_here", None)
        return works_here is None or works_here(command.id)

    def show_settings(self) -> None:
        side = self._frame.side
        side.open("instellingen", SettingsPage(self.settings, self._change, side.shut))

    def show_outbox(self) -> None:
        side = self._frame.side
        presenter = UitgaandPresenter(self._frame.seat)
        page = UitgaandLijst(presenter)
        page.closed.connect(side.shut)
        page.toasted.connect(self._frame.toast)
        page.zaak_asked.connect(self._show_zaak)
        page.export_asked.connect(lambda: self._ask_export(presenter))
        page.withdraw_asked.connect(
            lambda opdracht: self._frame.tasks.start(f"terugtrekken {opdracht}", self._withdraw(presenter, opdracht))
        )
        # By a function: a widget's own method is not called any more when it goes, and the page would be told for ever.
        page.destroyed.connect(lambda _gone: page.close_list())
        side.open("uitgaand", page)

    def _show_zaak(self, zaak: Zaakverwijzing) -> None:
        self._frame.side.shut()
        self._frame.open_zaak(zaak)

    def _ask_export(self, presenter: UitgaandPresenter) -> None:
        """Where the file goes is the employee's choice: it holds personal data."""
        ask_save(
            self._frame.window,
            "Uitgaand exporteren",
            presenter.file_name(),
            lambda path: self._frame.tasks.start("uitvoer", self._export(presenter, path)),
            is_json=True,
        )

    async def _withdraw(self, presenter: UitgaandPresenter, opdracht: str) -> None:
        self._frame.toast(await presenter.withdraw(opdracht))

    async def _export(self, presenter: UitgaandPresenter, path: Path) -> None:
        await presenter.export(path)
        self._frame.toast(f"Opgeslagen in {path.name}. Het bestand bevat persoonsgegevens.")

    def tear_off_current(self) -> None:
        self._frame.tear_off(self._frame.tabs.current)

    def switch_theme(self) -> None:
        self._change("weergave", "thema", "licht" if current_theme().name == "donker" else "donker")

    def text_larger(self) -> None:
        self._change("weergave", "tekst", next((s for s in _SIZES if s > self.settings.weergave.tekst), 200))

    def text_smaller(self) -> None:
        smaller = [s for s in _SIZES if s < self.settings.weergave.tekst]
        self._change("weergave", "tekst", smaller[-1] if smaller else 100)

    def text_normal(self) -> None:
        self._change("weergave", "tekst", 100)

    def lock(self) -> None:
        self.session_asked.emit("slot")

    def switch_person(self) -> None:
        self.session_asked.emit("wissel")

    def sign_out(self) -> None:
        self.session_asked.emit("afmelden")

    def wipe_store(self) -> None:
        self._frame.tasks.start("opslag wissen", self._wipe_store())

    async def _wipe_store(self) -> None:
        await self._frame.seat.wipe()
        self._frame.toast("De klanten op deze werkplek zijn gewist. Uw contacten en opdrachten zijn bewaard.")

    def account_menu(self) -> None:
        """The menu under the initials, from the registry."""
        frame = self._frame
        button = frame.window.topbar.account
        menu = QMenu(button)
        for id_ in (
            "sessie.vergrendelen",
            "sessie.wissel",
            "sessie.afmelden",
            "",
            "uitgaand.tonen",
            "venster.instellingen",
        ):
            command = frame.registry.get(id_)
            if command is None:
                menu.addSeparator()
                continue
            action = menu.addAction(icon(command.icoon), f"{command.titel}\t{command.sneltoets}")
            if refusal(command, frame.seat) == NO_CONNECTION:
                action.setEnabled(False)
                action.setText(f"{command.titel}: niet zonder verbinding")
            action.triggered.connect(lambda _checked=False, i=id_: frame.run(i))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(QPoint(button.width() - menu.sizeHint().width(), button.height() + 4)))

    def _change(self, section: str, key: str, value: str | int) -> None:
        part = msgspec.structs.replace(getattr(self.settings, section), **{key: value})
        self.settings = msgspec.structs.replace(self.settings, **{section: part})
        current_theme().apply(look_of(self.settings))
        page = self._frame.side.content
        if isinstance(page, SettingsPage):
            page.show_settings(self.settings)
        self._frame.side.place()
        self.setting_changed.emit((section, key, value))
