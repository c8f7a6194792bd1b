"""Documents for the tests: small ones that are right, and ones that mean harm."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image


def pdf(bladen: int = 1, extra: bytes = b"", *, breedte: int = 200, hoogte: int = 300) -> bytes:
    """A PDF with a black square at the lower left of each page, without fonts."""
    inhoud = b"0 0 0 rg 0 0 60 60 re f"
    kids = b" ".join(b"%d 0 R" % (4 + nr) for nr in range(bladen))
    delen = [
        b"<< /Type /Catalog /Pages 2 0 R " + extra + b" >>",
        b"<< /Type /Pages /Kids [" + kids + b"] /Count %d >>" % bladen,
        b"<< /Length %d >>\nstream\n" % len(inhoud) + inhoud + b"\nendstream",
    ]
    delen += [b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents 3 0 R >>" % (breedte, hoogte)] * bladen
    uit, plaatsen = io.BytesIO(b"%PDF-1.4\n"), []
    uit.seek(0, io.SEEK_END)
    for nr, deel in enumerate(delen, start=1):
        plaatsen.append(uit.tell())
        uit.write(b"%d 0 obj\n" % nr + deel + b"\nendobj\n")
    begin = uit.tell()
    uit.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(delen) + 1))
    uit.writelines(b"%010d 00000 n \n" % plaats for plaats in plaatsen)
    uit.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(delen) + 1, begin))
    return uit.getvalue()


def image(vorm: str = "PNG", size: tuple[int, int] = (40, 20), color: str = "red", **opties: object) -> bytes:
    uit = io.BytesIO()
    Image.new("RGB", size, color).save(uit, vorm, **opties)
    return uit.getvalue()


def tiff_of(bladen: int) -> bytes:
    uit = io.BytesIO()
    eerste, *rest = [Image.new("RGB", (30, 10), (nr * 20, 0, 0)) for nr in range(bladen)]
    eerste.save(uit, "TIFF", save_all=True, append_images=rest)
    return uit.getvalue()


def png_bomb(side: int) -> bytes:
    """A few kilobytes that say to be a square of black with this side."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    deflate = zlib.compressobj(9)
    row = b"\0" * (side // 8 + 2)
    data = b"".join(deflate.compress(row) for _ in range(side)) + deflate.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
