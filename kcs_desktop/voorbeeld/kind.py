"""The child that draws: a PDF or an image in over stdin, pages as RGB out over stdout. `tekenaar` starts this file.

It gives up everything it does not need before it reads the first byte of a document: no new files and so no network,
no writing, no other process, little memory and time. Whatever happens then ends this process and nothing else. It
imports nothing of ours, so that it runs isolated; `zeef` stands beside it and is run by its path.

A request is a length (4 bytes), JSON and the content that the JSON announces; an answer likewise.
"""

from __future__ import annotations

import io
import json
import os
import runpy
import struct
import sys
import time
import warnings
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import pypdfium2
from PIL import Image, ImageOps, MpoImagePlugin, TiffImagePlugin, WebPImagePlugin

MEMORY = 1_000_000_000  # bytes of address space, the libraries included
SECONDS = 10  # of processor time per request
IN_ALL = 240  # seconds of processor time
MAX_DRAWN = 12_000_000  # pixels of one page that goes out
MAX_IMAGE = 80_000_000  # pixels of an image that is read
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "TIFF")
# Pillow finds these only when it looks for them, and then no file can be opened any more.
_LOADED = (MpoImagePlugin, TiffImagePlugin, WebPImagePlugin)


class Refused(Exception):
    """Cannot be drawn; the code says why."""


class Inhoud(Protocol):
    bladen: int

    def draw(self, blad: int, breedte: int) -> Image.Image: ...


class Pdf:
    """Without form scripts: pdfium is built without an engine for them."""

    def __init__(self, data: bytes) -> None:
        try:
            self._pdf = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise Refused("wachtwoord" if "password" in str(error).lower() else "kapot") from error
        self.bladen = len(self._pdf)
        if self.bladen < 1:
            raise Refused("kapot")
        self._pdf.init_forms()

    def draw(self, blad: int, breedte: int) -> Image.Image:
        try:
            page = self._pdf[blad]
            width, height = page.get_size()
            if width <= 0 or height <= 0:
                raise Refused("kapot")
            made = page.render(scale=_scale(width, height, breedte), fill_color=(255, 255, 255, 255))
            image = made.to_pil().convert("RGB")
            page.close()
        except pypdfium2.PdfiumError as error:
            raise Refused("kapot") from error
        return image


class Beeld:
    """An image, upright. Of what moves only the first picture is shown; a TIFF may have pages."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        with self._open() as image:
            self.bladen = _frames(image)

    def draw(self, blad: int, breedte: int) -> Image.Image:
        with self._open() as image:
            try:
                if blad:
                    image.seek(blad)
                upright = ImageOps.exif_transpose(image) or image
                factor = _scale(*upright.size, breedte)
                if factor < 1:
                    upright.thumbnail((max(1, round(upright.width * factor)), upright.height))
                return _on_white(upright)
            except (OSError, SyntaxError, ValueError, EOFError, struct.error) as error:
                raise Refused("kapot") from error

    def _open(self) -> Image.Image:
        try:
            image = Image.open(io.BytesIO(self._data), formats=_FORMATS)
            if image.width * image.height > MAX_IMAGE:
                image.draft("RGB", (4000, 4000))  # a JPEG can be read smaller than it is
        except (OSError, SyntaxError, ValueError, struct.error) as error:
            raise Refused("kapot") from error
        if image.width * image.height > MAX_IMAGE:
            raise Refused("te-groot")
        return image


def _frames(image: Image.Image) -> int:
    """A count that cannot be made is one."""
    try:
        return max(1, int(getattr(image, "n_frames", 1))) if image.format == "TIFF" else 1
    except (OSError, SyntaxError, ValueError, EOFError, struct.error):
        return 1


def _scale(width: float, height: float, breedte: int) -> float:
    """To this width, and never more pixels than may go out."""
    factor = breedte / width
    if (pixels := width * factor * height * factor) > MAX_DRAWN:
        factor *= (MAX_DRAWN / pixels) ** 0.5
    return factor


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        seen = image.convert("RGBA")
        ground = Image.new("RGBA", seen.size, "white")
        ground.alpha_composite(seen)
        image = ground
    elif image.mode.startswith(("I", "F")):
        image = ImageOps.autocontrast(image.convert("F").convert("L"))
    return image.convert("RGB")


def limit() -> None:
    """Give up what drawing does not need. Where the system knows no such limits, the seat's time limit remains; where
    it knows no filter, the limits."""
    warnings.simplefilter("ignore")
    _load_all()
    Image.MAX_IMAGE_PIXELS = None  # judged by `MAX_IMAGE`, where a JPEG can still be read smaller
    if sys.platform == "win32":
        return
    import resource

    zeef = runpy.run_path(str(Path(__file__).with_name("zeef.py")))
    os.nice(5)
    for which, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, IN_ALL),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 0),  # the open ones stay; no file or socket is added, also after one is closed
    ):
        _lower(resource, which, most)
    if hasattr(resource, "RLIMIT_NPROC"):
        _lower(resource, resource.RLIMIT_NPROC, 0)
    zeef["refuse_the_rest"]()


def _load_all() -> None:
    """Draw one of everything: Pillow imports at the first use, and later no file can be opened."""
    Image.preinit()
    for mode in ("RGB", "P", "RGBA", "L"):
        for form in _FORMATS:
            made = io.BytesIO()
            try:
                Image.new(mode, (8, 8)).save(made, form)
            except OSError:
                continue  # this form does not know this mode
            Beeld(made.getvalue()).draw(0, 4)


def _lower(resource: Any, which: int, most: int) -> None:
    _, hard = resource.getrlimit(which)
    bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(which, (bound, bound))


def bound_request() -> None:
    """This request may use so much more processor time and no more."""
    if sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    used = int(time.process_time()) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (min(hard, used + SECONDS), hard))


def answer(asked: dict[str, Any], inhoud: Inhoud | None, data: bytes) -> tuple[Inhoud | None, dict[str, Any], bytes]:
    """What is opened now, the answer, and the pixels with it."""
    try:
        if "open" in asked:
            opened: Inhoud = Pdf(data) if asked["open"] == "pdf" else Beeld(data)
            return opened, {"bladen": opened.bladen}, b""
        if inhoud is None or not 0 <= asked["blad"] < inhoud.bladen:
            raise Refused("geen-blad")
        image = inhoud.draw(asked["blad"], max(16, asked["breedte"]))
        return inhoud, {"breedte": image.width, "hoogte": image.height}, image.tobytes()
    except Refused as refused:
        return inhoud, {"fout": str(refused)}, b""
    except MemoryError:
        return inhoud, {"fout": "te-groot"}, b""


def _read(stream: BinaryIO, length: int) -> bytes:
    data = stream.read(length)
    if len(data) != length:
        raise EOFError
    return data


def run(stdin: BinaryIO, stdout: BinaryIO) -> None:
    """Answer until stdin ends."""
    limit()
    inhoud: Inhoud | None = None
    while True:
        try:
            (length,) = struct.unpack(">I", _read(stdin, 4))
            asked = json.loads(_read(stdin, length))
            data = _read(stdin, asked.get("omvang", 0))
        except EOFError:
            return
        bound_request()
        inhoud, answered, pixels = answer(asked, inhoud, data)
        encoded = json.dumps({**answered, "omvang": len(pixels)}).encode()
        stdout.write(struct.pack(">I", len(encoded)) + encoded)
        stdout.write(pixels)
        stdout.flush()


if __name__ == "__main__":
    run(sys.stdin.buffer, sys.stdout.buffer)
