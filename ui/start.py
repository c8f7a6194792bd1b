"""From nothing to the first frame on screen. Only `ui.__main__` imports it, once libraries are on their way.

Qt is imported last: PySide6 reads the source of every module that is imported after it, to look for its name.
"""

from __future__ import annotations

from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from kcs_desktop.cache.eerste_blik import FirstGlance as Seen
from kcs_desktop.cache.eerste_blik import read_zitplaats, recent
from ui.plugins import Plugin, discover, expected
from ui.settings.model import FILE, Backend, Settings, SettingsError, load_settings, managed_file
from ui.theme.glyphs import read_tables
from ui.theme.tokens import TokenError, Tokens, load_tokens

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from ui.frame.first_glance import FirstGlance
    from ui.frame.window import MainWindow


class Started(NamedTuple):
    """What stands when the first frame is on screen."""

    app: QApplication
    profile: Path
    settings: Settings
    window: MainWindow
    plugins: tuple[Plugin, ...]
    glance: FirstGlance


class LookAhead(Thread):
    """Fetches the key and reads the last opened customers while Qt is being loaded."""

    def __init__(self, profile: Path) -> None:
        super().__init__(name="eerste-blik", daemon=True)
        self._profile = profile
        self._seen: Seen | None = None
        self.start()

    def run(self) -> None:
        self._seen = recent(self._profile)

    def wait(self) -> Seen | None:
        """Until the answer is there; the secret service has half a second for each question."""
        self.join()
        return self._seen


class Ready(NamedTuple):
    """What the first frame shows and needs no Qt; `wrong` says what is wrong with the municipality's own tokens."""

    ahead: LookAhead
    tokens: Tokens
    wrong: str
    plugins: tuple[Plugin, ...]


def start(profile: Path, backend: str = "") -> Started:
    """From nothing to the first frame on screen. `backend` takes the place of the one in the settings."""
    settings, complaint = read_settings(profile)
    if backend:
        settings = msgspec.structs.replace(settings, backend=Backend(backend))
    ready = make_ready(profile, settings)
    from PySide6.QtWidgets import QApplication

    from ui.dutch import speak_dutch
    from ui.theme.theme import STYLE_SET

    # As an argument: the call hands the style over to Python, which loads every class of styles.
    app = QApplication(["kcs-desktop", "-style", "fusion"])
    app.setProperty(STYLE_SET, "fusion")
    app.setApplicationName("kcs-desktop")
    app.setApplicationDisplayName("KCS Desktop")
    speak_dutch(app)
    window, plugins, glance = first_frame(app, profile, settings, complaint, ready)
    window.show()
    _paint(app, window)
    return Started(app, profile, settings, window, plugins, glance)


def make_ready(profile: Path, settings: Settings) -> Ready:
    """Read what the first frame shows, as far as that can be done without Qt."""
    ahead = LookAhead(profile)
    read_tables()
    tokens, wrong = _tokens(settings)
    return Ready(ahead, tokens, wrong, discover())


def first_frame(
    app: QApplication, profile: Path, settings: Settings, complaint: str = "", ready: Ready | None = None
) -> tuple[MainWindow, tuple[Plugin, ...], FirstGlance]:
    """The whole frame with the last opened customers; loads nothing heavy."""
    from ui.frame.first_glance import FirstGlance
    from ui.frame.rail import RailItem
    from ui.frame.window import MainWindow
    from ui.theme.theme import Dichtheid, Look, install_theme
    from ui.widgets.card import Card

    ahead, tokens, wrong, plugins = ready or make_ready(profile, settings)
    look = settings.weergave
    install_theme(app, tokens, Look(look.thema, look.tekst, Dichtheid(look.dichtheid), look.beweging == "minder"))
    window = MainWindow()
    seen = ahead.wait()
    glance = FirstGlance(seen.klanten if seen is not None else ())
    window.pages.addWidget(glance)
    window.panel.put(Card("Notitie"))
    shown = expected(plugins, read_zitplaats(profile).functies)
    items = [RailItem(p.manifest.id, p.titel, p.manifest.icoon) for p in shown if p.manifest is not None]
    window.rail.show_items(items, [RailItem("instellingen", "Instellingen", "beheer")])
    if items:
        window.rail.set_active(items[0].id)
    if complaint or wrong:
        window.notice.set_message("let_op", "De instellingen kloppen niet", uitleg=complaint or wrong)
        window.notice.show()
    return window, plugins, glance


def read_settings(profile: Path) -> tuple[Settings, str]:
    """The settings and what is wrong with them; wrong ones give the defaults, in sight."""
    try:
        return load_settings(managed_file(), profile / FILE), ""
    except SettingsError as error:
        return Settings(), str(error)


def _tokens(settings: Settings) -> tuple[Tokens, str]:
    own = settings.thema.bestand
    try:
        return load_tokens(Path(own) if own else None), ""
    except TokenError as error:
        return load_tokens(), str(error)


def _paint(app: QApplication, window: MainWindow) -> None:
    """Until the frame is on screen."""
    from PySide6.QtCore import Qt

    window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, on=False)
    for _ in range(3):
        app.processEvents()
