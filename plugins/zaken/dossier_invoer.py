"""Where files come from: dropped, pasted or scanned. Turns what Qt hands over into paths and bytes."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QImage

from kcs_desktop.sdk import local
from plugins.zaken.dossier_presenter import Bestandsbron

Bronnen = list[tuple[Bestandsbron, str]]


def holds_files(mime: QMimeData) -> bool:
    """Whether something in it can be added."""
    return any(url.isLocalFile() for url in mime.urls()) or mime.hasImage()


def sources_of(mime: QMimeData, now: datetime) -> Bronnen:
    """Files by their path, an image without a file as a PNG named after the moment."""
    paths: Bronnen = [(Path(url.toLocalFile()), "") for url in mime.urls() if url.isLocalFile()]
    if paths or not mime.hasImage():
        return paths
    image = mime.imageData()
    if not isinstance(image, QImage) or image.isNull():
        return []
    return [(partial(png_of, image), f"Afbeelding {local(now):%Y-%m-%d %H.%M.%S}.png")]


def png_of(image: QImage) -> bytes:
    """Takes long for a large one: on a thread."""
    made = QByteArray()
    buffer = QBuffer(made)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(made.data())
