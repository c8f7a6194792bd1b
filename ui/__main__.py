"""The composition root: paint the frame first, then load what works behind it. Imported by nobody."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ui.frame.first_glance import FirstGlance
from ui.frame.rail import RailItem
from ui.frame.window import MainWindow
from ui.plugins import Plugin, discover
from ui.settings.model import FILE, Backend, Settings, SettingsError, load_settings, managed_file
from ui.theme.theme import Dichtheid, Look, install_theme
from ui.theme.tokens import TokenError, Tokens, load_tokens
from ui.widgets.card import Card


def main(argv: list[str] | None = None) -> int:
    """Run the window; returns the exit code."""
    options = _arguments(sys.argv[1:] if argv is None else argv)
    profile: Path = options.profiel or default_profile()
    app = QApplication(["kcs-desktop"])
    app.setApplicationName("kcs-desktop")
    app.setApplicationDisplayName("KCS Desktop")
    settings, complaint = read_settings(profile)
    if options.backend:
        settings = msgspec.structs.replace(settings, backend=Backend(options.backend))
    window, plugins, glance = first_frame(app, profile, settings, complaint)
    window.show()
    _paint(app, window)

    from ui.composition import Composition
    from ui.loop import run

    async def work() -> None:
        composition = Composition(window, profile, settings, plugins)
        glance.chosen.connect(composition.want)
        await composition.run()

    run(app, work)
    return 0


def first_frame(
    app: QApplication, profile: Path, settings: Settings, complaint: str = ""
) -> tuple[MainWindow, tuple[Plugin, ...], FirstGlance]:
    """The whole frame with the last opened customers; loads nothing heavy."""
    from kcs_desktop.cache.eerste_blik import recent

    tokens, wrong = _tokens(settings)
    look = settings.weergave
    install_theme(app, tokens, Look(look.thema, look.tekst, Dichtheid(look.dichtheid), look.beweging == "minder"))
    window = MainWindow()
    seen = recent(profile)
    glance = FirstGlance(seen.klanten if seen is not None else ())
    window.pages.addWidget(glance)
    window.panel.put(Card("Notitie"))
    plugins = discover()
    items = [RailItem(p.manifest.id, p.titel, p.manifest.icoon) for p in plugins if p.manifest is not None]
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


def default_profile() -> Path:
    """Where this seat keeps its store when nothing else is said."""
    if known := os.environ.get("KCS_PROFIEL"):
        return Path(known)
    from platformdirs import user_data_path

    return user_data_path("kcs-desktop", appauthor=False)


def _tokens(settings: Settings) -> tuple[Tokens, str]:
    own = settings.thema.bestand
    try:
        return load_tokens(Path(own) if own else None), ""
    except TokenError as error:
        return load_tokens(), str(error)


def _paint(app: QApplication, window: MainWindow) -> None:
    """Until the frame is on screen."""
    window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, on=False)
    for _ in range(3):
        app.processEvents()


def _arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("kcs-desktop", description="Het venster van het publiekscentrum.")
    parser.add_argument("--backend", default="", help="adres van de backend; zonder start een eigen proefgemeente")
    parser.add_argument("--profiel", type=Path, default=None, metavar="MAP", help="waar deze werkplek bewaart")
    return parser.parse_args(argv)


if __name__ == "__main__":
    sys.exit(main())
