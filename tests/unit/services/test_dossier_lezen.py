"""Documents of a dossier, opened inside or saved."""

from __future__ import annotations

import asyncio
import io
import os
import threading
from pathlib import Path
from typing import Any

import pytest

from kcs_desktop.domain.errors import UserError
from kcs_desktop.domain.toevoeging import Toevoegstand
from kcs_desktop.domain.zaakbeeld import Zaakdocument
from kcs_desktop.services import documentlezer
from kcs_desktop.voorbeeld.tekst import Tekst, read_tekst
from tests.harness.backend import BackendProcess
from tests.harness.dossier import added, bytes_of, open_zaak, paper, read_again, stands
from tests.harness.zitplaats import running_seat
from tests.unit.voorbeeld import stukken

ACCOUNT = "alles"


@pytest.mark.parametrize(
    ("naam", "inhoud", "zin"),
    [
        ("brief.docx", b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml" + bytes(100), "Word-document"),
        ("pagina.html", b"<html><script>alert(1)</script></html>", "webpagina"),
        ("tekening.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "SVG-tekening"),
        ("veel.zip", b"PK\x03\x04" + bytes(26) + b"a.txt" + bytes(100), "zip-bestand"),
    ],
)
async def test_what_can_do_something_is_never_opened_inside(
    proefdam: BackendProcess, tmp_path: Path, naam: str, inhoud: bytes, zin: str
) -> None:
    path = paper(tmp_path, naam, inhoud)
    async with running_seat(tmp_path / "p", proefdam.url, account=ACCOUNT) as seat:
        zaak = await open_zaak(seat)
        klaar = await stands(seat, await added(seat, zaak, path), Toevoegstand.TOEGEVOEGD, Toevoegstand.MISLUKT)
        assert klaar.stand is Toevoegstand.TOEGEVOEGD, klaar.reden
        nu = await read_again(seat, zaak.verwijzing.uuid)
        document = next(doc for doc in nu.documenten if doc.uuid == klaar.document)
        with pytest.raises(UserError, match=zin):
            await seat.dossier.open(document)
        assert await bytes_of(seat, document.uuid, tmp_path) == inhoud


async def test_text_is_made_readable_beside_the_thread_of_the_window(
    proefdam: BackendProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    readers: list[int] = []

    def read(inhoud: bytes) -> Tekst:
        readers.append(threading.get_ident())
        return read_tekst(inhoud)

    monkeypatch.setattr(documentlezer, "read_tekst", read)
    path = paper(tmp_path, "brief.txt", "Geachte mevrouw Çelik".encode())
    async with running_seat(tmp_path / "p", proefdam.url, account=ACCOUNT) as seat:
        klaar = await stands(seat, await added(seat, await open_zaak(seat), path), Toevoegstand.TOEGEVOEGD)
        shown = await seat.dossier.open(Zaakdocument(klaar.document, "brief", bestandsnaam="brief.txt"))
        assert shown.tekst == "Geachte mevrouw Çelik"
        await shown.close()
    assert readers
    assert threading.get_ident() not in readers


async def test_saving_that_is_cut_leaves_nothing_behind(proefdam: BackendProcess, tmp_path: Path) -> None:
    path = paper(tmp_path, "brief.pdf", stukken.pdf())
    async with running_seat(tmp_path / "p", proefdam.url, account=ACCOUNT) as seat:
        zaak = await open_zaak(seat)
        klaar = await stands(seat, await added(seat, zaak, path), Toevoegstand.TOEGEVOEGD)
        doel = tmp_path / "uit"
        doel.mkdir()

        def stop(_done: int, _total: int) -> None:
            raise UserError("de medewerker stopt")

        with pytest.raises(UserError, match="stopt"):
            await seat.dossier.save(Zaakdocument(klaar.document, "x"), doel / "brief.pdf", stop)
        assert list(doel.iterdir()) == []
        longest = doel / ("x" * 251 + ".pdf")
        await seat.dossier.save(Zaakdocument(klaar.document, "x"), longest)
        assert list(doel.iterdir()) == [longest]
        with pytest.raises(UserError, match="niet worden opgeslagen"):
            await seat.dossier.save(Zaakdocument(klaar.document, "x"), doel / "geen-map" / "brief.pdf")


class Slow:
    """A disk that stands still at `moment`, once, until it is let go on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
        self._moment = moment
        self._reached, self._goes_on = threading.Event(), threading.Event()
        self.gave_up = False  # nobody let it go on
        self._open, self._fdopen, self._fsync = os.open, os.fdopen, os.fsync
        monkeypatch.setattr(os, "open", self._opens)
        monkeypatch.setattr(os, "fdopen", self._opened)
        monkeypatch.setattr(os, "fsync", self._syncs)

    async def reached(self) -> None:
        assert await asyncio.to_thread(self._reached.wait, 20)

    def go_on(self) -> None:
        self._goes_on.set()

    def stand(self, moment: str) -> None:
        if moment == self._moment and not self._reached.is_set():
            self._reached.set()
            self.gave_up = not self._goes_on.wait(5)

    def _opens(self, path: Any, *args: Any, **kwargs: Any) -> int:
        if str(path).endswith(".half"):
            self.stand("open")
        return self._open(path, *args, **kwargs)

    def _opened(self, fd: int, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
        return io.BufferedWriter(_Raw(fd, self)) if mode == "wb" else self._fdopen(fd, mode, *args, **kwargs)

    def _syncs(self, fd: int) -> None:
        self.stand("sync")
        self._fsync(fd)


class _Raw(io.FileIO):
    def __init__(self, fd: int, disk: Slow) -> None:
        super().__init__(fd, "wb")
        self._disk = disk

    def write(self, deel: Any, /) -> int:
        self._disk.stand("write")
        return super().write(deel)


@pytest.mark.parametrize("moment", ["open", "write", "sync"])
async def test_saving_that_is_cancelled_while_the_disk_is_slow_holds_up_nobody_and_leaves_nothing_behind(
    proefdam: BackendProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    inhoud = stukken.pdf() + bytes(200_000)
    path = paper(tmp_path, "brief.pdf", inhoud)
    async with running_seat(tmp_path / "p", proefdam.url, account=ACCOUNT) as seat:
        klaar = await stands(seat, await added(seat, await open_zaak(seat), path), Toevoegstand.TOEGEVOEGD)
        document = Zaakdocument(klaar.document, "x")
        doel = tmp_path / "uit"
        doel.mkdir()
        disk = Slow(monkeypatch, moment)
        taak = asyncio.create_task(seat.dossier.save(document, doel / "brief.pdf"))
        await disk.reached()
        taak.cancel()
        await asyncio.gather(taak, return_exceptions=True)
        assert taak.cancelled()
        opnieuw = asyncio.create_task(seat.dossier.save(document, doel / "brief.pdf"))
        disk.go_on()
        await opnieuw
        assert not disk.gave_up, "cancelling waited for the disk"
        assert [(al.name, al.read_bytes()) for al in doel.iterdir()] == [("brief.pdf", inhoud)]
