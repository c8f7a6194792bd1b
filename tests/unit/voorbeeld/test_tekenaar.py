"""The child that draws: what comes out, and that nothing it is given takes the seat along."""

from __future__ import annotations

import asyncio
import ctypes
import os
import platform
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from kcs_desktop.domain.errors import UserError
from kcs_desktop.domain.voorbeeld import Blad
from kcs_desktop.voorbeeld import kind, zeef
from kcs_desktop.voorbeeld.tekenaar import Tekenaar
from tests.unit.voorbeeld import stukken

filtered = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in {"x86_64", "aarch64"}, reason="no filter for this machine"
)
posix = pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are POSIX")


@pytest.fixture
async def tekenaar() -> AsyncIterator[Tekenaar]:
    made = Tekenaar()
    yield made
    await made.close()


def _pixel(blad: Blad, x: int, y: int) -> tuple[int, ...]:
    at = (y * blad.breedte + x) * 3
    return tuple(blad.rgb[at : at + 3])


async def test_a_pdf_is_drawn_page_by_page(tekenaar: Tekenaar) -> None:
    await tekenaar.open("pdf", stukken.pdf(3))
    blad = await tekenaar.page(2, 400)
    assert tekenaar.bladen == 3
    assert (blad.breedte, blad.hoogte) == (400, 600)
    assert _pixel(blad, 10, 590) == (0, 0, 0)
    assert _pixel(blad, 390, 10) == (255, 255, 255)


@pytest.mark.parametrize("vorm", ["PNG", "JPEG", "GIF", "WEBP", "TIFF"])
async def test_an_image_is_drawn(tekenaar: Tekenaar, vorm: str) -> None:
    await tekenaar.open("beeld", stukken.image(vorm))
    blad = await tekenaar.page(0, 20)
    assert (blad.breedte, blad.hoogte) == (20, 10)
    rood, groen, _ = _pixel(blad, 10, 5)
    assert rood > 240
    assert groen < 15


async def test_a_photo_stands_upright(tekenaar: Tekenaar) -> None:
    from PIL import Image

    exif = Image.Exif()
    exif[0x0112] = 6  # a quarter turn
    await tekenaar.open("beeld", stukken.image("JPEG", (40, 20), exif=exif))
    blad = await tekenaar.page(0, 100)
    assert (blad.breedte, blad.hoogte) == (20, 40)


async def test_what_is_transparent_is_white(tekenaar: Tekenaar) -> None:
    import io

    from PIL import Image

    uit = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(uit, "PNG")
    await tekenaar.open("beeld", uit.getvalue())
    assert _pixel(await tekenaar.page(0, 4), 1, 1) == (255, 255, 255)


async def test_a_tiff_has_pages(tekenaar: Tekenaar) -> None:
    await tekenaar.open("beeld", stukken.tiff_of(4))
    assert tekenaar.bladen == 4
    assert _pixel(await tekenaar.page(3, 30), 1, 1) == (60, 0, 0)


async def test_ten_thousand_pages_are_no_trouble(tekenaar: Tekenaar) -> None:
    await tekenaar.open("pdf", stukken.pdf(10_000))
    assert tekenaar.bladen == 10_000
    assert (await tekenaar.page(9_999, 50)).breedte == 50


async def test_a_page_of_any_size_stays_within_bounds(tekenaar: Tekenaar) -> None:
    await tekenaar.open("pdf", stukken.pdf(breedte=100, hoogte=14_000))
    blad = await tekenaar.page(0, 4_000)
    assert blad.breedte * blad.hoogte <= kind.MAX_DRAWN * 1.01


@pytest.mark.parametrize(
    ("soort", "inhoud", "code"),
    [
        ("pdf", b"%PDF-1.7\nthis is none", "voorbeeld-kapot"),
        ("pdf", stukken.pdf()[:60], "voorbeeld-kapot"),
        ("pdf", b"", "voorbeeld-kapot"),
        ("beeld", b"\x89PNG\r\n\x1a\nbroken", "voorbeeld-kapot"),
        ("beeld", b"MZ\x90\x00" + bytes(200), "voorbeeld-kapot"),
        ("beeld", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "voorbeeld-kapot"),
        ("beeld", stukken.png_bomb(60_000), "voorbeeld-te-groot"),
    ],
)
async def test_what_is_wrong_is_told(tekenaar: Tekenaar, soort: str, inhoud: bytes, code: str) -> None:
    with pytest.raises(UserError) as told:
        await tekenaar.open("pdf" if soort == "pdf" else "beeld", inhoud)
    assert told.value.code == code
    assert told.value.advice


async def test_an_image_cut_short_is_told_when_it_is_drawn(tekenaar: Tekenaar) -> None:
    heel = stukken.image("PNG", (300, 300))
    await tekenaar.open("beeld", heel[:-40])
    with pytest.raises(UserError) as told:
        await tekenaar.page(0, 100)
    assert told.value.code == "voorbeeld-kapot"


async def test_a_page_that_is_not_there_leaves_the_others(tekenaar: Tekenaar) -> None:
    await tekenaar.open("pdf", stukken.pdf(2))
    with pytest.raises(UserError):
        await tekenaar.page(2, 100)
    assert (await tekenaar.page(1, 100)).breedte == 100


@posix
async def test_a_child_that_dies_is_told(tekenaar: Tekenaar) -> None:
    await tekenaar.open("pdf", stukken.pdf())
    assert tekenaar.pid is not None
    os.kill(tekenaar.pid, signal.SIGKILL)
    with pytest.raises(UserError) as told:
        await tekenaar.page(0, 100)
    assert told.value.code == "voorbeeld"


@posix
async def test_a_child_that_takes_too_long_is_ended() -> None:
    tekenaar = Tekenaar(seconds=10)
    await tekenaar.open("pdf", stukken.pdf())
    assert tekenaar.pid is not None
    os.kill(tekenaar.pid, signal.SIGSTOP)
    tekenaar._seconds = 0.05
    with pytest.raises(UserError, match="te lang"):
        await tekenaar.page(0, 100)
    await tekenaar.close()


class Trage(Tekenaar):
    """Starts its child when it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.let_go = threading.Event(), threading.Event()
        self.children: list[subprocess.Popen[bytes]] = []

    def _spawn(self) -> subprocess.Popen[bytes]:
        self.begun.set()
        self.let_go.wait()
        self.children.append(super()._spawn())
        return self.children[0]


async def test_who_goes_away_while_the_child_is_started_leaves_none() -> None:
    tekenaar = Trage()
    opening = asyncio.create_task(tekenaar.open("pdf", stukken.pdf()))
    await asyncio.to_thread(tekenaar.begun.wait)
    opening.cancel()
    await asyncio.wait({opening})
    closing = asyncio.create_task(tekenaar.close())
    asyncio.get_running_loop().call_soon(tekenaar.let_go.set)  # once it is at it
    await closing
    await asyncio.to_thread(tekenaar._thread.shutdown)
    (child,) = tekenaar.children
    try:
        assert child.returncode is not None
    finally:
        child.kill()
        child.wait()


async def test_closing_ends_the_child(tekenaar: Tekenaar) -> None:
    await tekenaar.open("pdf", stukken.pdf())
    process = tekenaar._process
    assert process is not None
    await tekenaar.close()
    assert process.poll() is not None


# Written as code that took over the child would be: by the calls of the system, with a descriptor closed first.
_PROBE = """
import ctypes, os, platform, runpy, socket, sys
platform.machine = lambda: sys.argv[6]
poort, adres = int(sys.argv[2]), int(sys.argv[3])
libc = ctypes.CDLL(None, use_errno=True)
seat = os.getppid()
buffer = ctypes.create_string_buffer(7)
words = ctypes.c_void_p * 2
here, there = words(ctypes.addressof(buffer), 7), words(adres, 7)
def called(outcome):
    if outcome < 0:
        raise OSError(ctypes.get_errno(), "")
def connect():
    with socket.socket() as s:
        s.connect(("127.0.0.1", poort))
tries = {
    "file": lambda: os.open("/etc/passwd", os.O_RDONLY),
    "write": lambda: os.open(sys.argv[4], os.O_WRONLY | os.O_CREAT),
    "socket": connect,
    "pipe": os.pipe,
    "memory": lambda: bytearray(1_500_000_000),
    "process": lambda: os.fork() or os._exit(0),
    "signal": lambda: os.kill(seat, 0),
    "limits": lambda: called(libc.prlimit(seat, 7, None, words())),
    "reads the seat": lambda: called(libc.process_vm_readv(seat, ctypes.byref(here), 1, ctypes.byref(there), 1, 0)),
    "writes the seat": lambda: called(libc.process_vm_writev(seat, ctypes.byref(here), 1, ctypes.byref(there), 1, 0)),
    "traces the seat": lambda: called(libc.ptrace(16, seat, None, None)),
    "shares memory": lambda: called(libc.shmget(0, 4096, 0o600)),
    "program": lambda: os.execv("/bin/true", ["true"]),
}
child = runpy.run_path(sys.argv[1])
child["limit"]()
os.close(2)
for naam in sys.argv[5].split(","):
    try:
        tries[naam]()
    except (OSError, MemoryError):
        continue
    print(naam)
child["_load_all"]()
print("draws")
"""
_OPENS = "file,write,socket,pipe,memory"
_OTHERS = "process,signal,limits,reads the seat,writes the seat,traces the seat,shares memory,program"


def _succeeds(tries: str, folder: Path, machine: str = platform.machine()) -> list[str]:
    """What of these a child does that gave up what drawing does not need, and whether it draws thereafter."""
    geheim = ctypes.create_string_buffer(b"sleutel")
    with socket.socket() as luisteraar:
        luisteraar.bind(("127.0.0.1", 0))
        luisteraar.listen()
        given = (luisteraar.getsockname()[1], ctypes.addressof(geheim), folder / "geschreven", tries, machine)
        done = subprocess.run(
            [sys.executable, "-I", "-c", _PROBE, kind.__file__, *map(str, given)],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
    assert geheim.value == b"sleutel"
    return done.stdout.splitlines()


@posix
@pytest.mark.parametrize("machine", [platform.machine(), "without a filter"])
def test_the_child_can_open_and_reach_nothing(tmp_path: Path, machine: str) -> None:
    assert _succeeds(_OPENS, tmp_path, machine) == ["draws"]


@filtered
def test_the_child_can_do_nothing_to_another_process(tmp_path: Path) -> None:
    assert _succeeds(_OTHERS, tmp_path) == ["draws"]


@pytest.mark.parametrize(("machine", "header"), [("x86_64", "asm/unistd_64.h"), ("aarch64", "asm-generic/unistd.h")])
def test_the_filter_names_calls_by_the_numbers_of_the_kernel(machine: str, header: str) -> None:
    found = next((file for file in sorted(Path("/usr/include").glob(f"**/{header}"))), None)
    if found is None:
        pytest.skip("no headers of the kernel here")
    numbers = {
        naam: int(nr) for naam, nr in re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", found.read_text("utf-8"))
    }
    known = zeef.MACHINES[machine]
    assert known.toegestaan == {naam: numbers[naam] for naam in known.toegestaan}
    assert known.eigen == numbers["prlimit64"]


def test_the_child_imports_nothing_of_ours() -> None:
    for module in (kind, zeef):
        assert "kcs_desktop" not in Path(module.__file__ or "").read_text("utf-8")
