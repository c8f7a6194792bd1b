"""`python -m tests.pictures MAP [SCENE …]`: the states of the window as PNG, in light, dark, contrast and at 200%.

A real backend with the proefgemeente, the real window, no screen needed.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from tests.harness.backend import backend_process
from tests.harness.geheimen import private_secret_service
from tests.harness.venster import play
from tests.pictures.tonelen import OTHER_SEATS, Camera, photograph


def main(argv: list[str]) -> int:
    if not argv:
        print("usage: python -m tests.pictures MAP [SCENE …]", file=sys.stderr)
        return 2
    target, scenes = Path(argv[0]), frozenset(argv[1:])
    target.mkdir(parents=True, exist_ok=True)
    app = QApplication(["kcs-desktop"])
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for profile in OTHER_SEATS:
            (folder / profile).mkdir()
        database = f"sqlite:///{folder / 'proefdam.db'}"
        with (
            private_secret_service(folder / "geheimen") as environment,
            backend_process(database, log=folder / "backend.log", proefgemeente=True) as backend,
        ):
            os.environ.update(environment)
            play(app, lambda stage: photograph(stage, backend, folder, Camera(target, scenes)), patience=600)
    for picture in sorted(target.glob("*.png")):
        print(picture)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
