"""The composition root: paint the frame first, then load what works behind it. Imported by nobody.

It imports next to nothing itself, so that the system loads Qt's libraries beside everything that is imported then.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ui.preload import preload
from ui.unhandled import Unhandled

if TYPE_CHECKING:
    from ui.start import Started


def main(argv: list[str] | None = None) -> int:
    """Run the window; returns the exit code."""
    options = _arguments(sys.argv[1:] if argv is None else argv)
    profile = options.profiel or default_profile()
    if options.wis_opslag:
        return _wipe(profile)
    unhandled = Unhandled()
    unhandled.install()
    started = open_window(profile, options.backend)

    import asyncio

    from ui.composition import Composition
    from ui.loop import run

    async def work() -> None:
        composition = Composition(started.window, started.profile, started.settings, started.plugins, started.glance)
        with unhandled.shown_by(composition.report, asyncio.get_running_loop()):
            await composition.run()

    run(started.app, work)
    return 0


def open_window(profile: Path, backend: str = "") -> Started:
    """From nothing to the first frame on screen. `backend` takes the place of the one in the settings."""
    gc.disable()  # nothing made before the first paint is garbage
    preload()
    from ui.start import start

    started = start(profile, backend)
    gc.freeze()  # what stands now stays: no collection needs to look through it
    gc.enable()
    return started


def _wipe(profile: Path) -> int:
    """Erase what this profile keeps of customers, without a window."""
    from kcs_desktop.services.wissen import wipe_profile

    is_done, said = wipe_profile(profile)
    (sys.stdout if is_done else sys.stderr).write(f"{said}\n")
    return 0 if is_done else 1


def default_profile() -> Path:
    """Where this seat keeps its store when nothing else is said."""
    if known := os.environ.get("KCS_PROFIEL"):
        return Path(known)
    from platformdirs import user_data_path

    return user_data_path("kcs-desktop", appauthor=False)


def _arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("kcs-desktop", description="Het venster van het publiekscentrum.")
    parser.add_argument("--backend", default="", help="adres van de backend; zonder start een eigen proefgemeente")
    parser.add_argument("--profiel", type=Path, default=None, metavar="MAP", help="waar deze werkplek bewaart")
    parser.add_argument("--wis-opslag", action="store_true", help="wis wat deze werkplek van klanten bewaart, en stop")
    return parser.parse_args(argv)


if __name__ == "__main__":
    sys.exit(main())
