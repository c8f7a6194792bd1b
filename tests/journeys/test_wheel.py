"""The built wheel is the product: the window starts from it outside the checkout, the backend without Qt."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = {"kcs_desktop", "ui", "plugins", "resources"}

FIRST_FRAME = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
import ui.start as start
assert "KCS_ROOT" not in start.__file__ and start.__file__.startswith(sys.argv[1]), start.__file__
app = QApplication(["kcs-desktop"])
settings, complaint = start.read_settings(Path(sys.argv[2]))
window, plugins, glance = start.first_frame(app, Path(sys.argv[2]), settings)
assert not complaint, complaint
assert [p for p in plugins if p.fout] == []
window.show()
app.processEvents()
print("painted" if window.isVisible() else "nothing")
"""

BACKEND = """
import sys

class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"PySide6", "shiboken6", "qasync", "ui", "plugins"}:
            raise ImportError(name + " is not there")
        return None

sys.meta_path.insert(0, NoQt())
from kcs_desktop.backend.app import create_app
from kcs_desktop.backend.settings import Settings
import kcs_desktop.backend
assert kcs_desktop.backend.__file__.startswith(sys.argv[1]), kcs_desktop.backend.__file__
create_app(Settings(database_url="sqlite:///" + sys.argv[2] + "/x.db"))
print("composed")
"""


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy and unpacked as an installer would."""
    source = tmp_path_factory.mktemp("bron")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, source / package, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    wheels = tmp_path_factory.mktemp("wiel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(wheels), str(source)]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    target = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(next(wheels.glob("*.whl"))) as wheel:
        wheel.extractall(target)
    return target


def run(code: str, site: Path, scratch: Path) -> str:
    """Run code with the unpacked wheel before anything else, from a folder of its own."""
    env = {**os.environ, "PYTHONPATH": str(site), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", code, str(site), str(scratch)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=scratch, env=env, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout.strip()


def test_the_wheel_holds_the_four_packages_and_nothing_else(unpacked: Path) -> None:
    found = {path.name for path in unpacked.iterdir() if not path.name.endswith(".dist-info")}
    assert found == PACKAGES


def test_the_window_starts_from_the_wheel(unpacked: Path, tmp_path: Path) -> None:
    assert run(FIRST_FRAME, unpacked, tmp_path).endswith("painted")


def test_the_backend_needs_no_window(unpacked: Path, tmp_path: Path) -> None:
    assert run(BACKEND, unpacked, tmp_path).endswith("composed")
