"""A document on its way where the connection, the file or the backend fails."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from kcs_desktop.api.bestanden import Bestanden, Bestandstand
from kcs_desktop.cache.bijlagen import STUK
from kcs_desktop.domain.toevoeging import Toevoeging, Toevoegstand
from kcs_desktop.domain.verbinding import Verbinding
from kcs_desktop.services import inlezen
from tests.doubles.stoel_proxy import bad_network
from tests.harness.backend import BackendProcess, backend_process
from tests.harness.dossier import added, bytes_of, open_zaak, paper, row_of, stands
from tests.harness.zitplaats import running_seat, until
from tests.unit.voorbeeld import stukken

ACCOUNT = "alles"


async def test_what_the_backend_lost_halfway_is_sent_anew(tmp_path: Path) -> None:
    """As after a backup that was put back while it was being sent."""
    inhoud = stukken.pdf() + os.urandom(STUK * 2)
    path, database = paper(tmp_path, "groot.pdf", inhoud), tmp_path / "kcs.db"
    lost: list[str] = []

    def lose(al: Toevoeging) -> None:
        if al.verstuurd and not lost:
            lost.append(al.id)
            with closing(sqlite3.connect(database, timeout=30)) as db, db:
                db.execute("DELETE FROM bst_stuk WHERE bestand = ?", lost)
                db.execute("DELETE FROM bst_bestand WHERE id = ?", lost)

    with backend_process(f"sqlite:///{database}", log=tmp_path / "log", proefgemeente=True) as process:
        async with running_seat(tmp_path / "p", process.url, account=ACCOUNT) as seat:
            zaak = await open_zaak(seat)
            seat.dossier.changed.connect(lose)
            al = await added(seat, zaak, path)
            klaar = await stands(seat, al, Toevoegstand.TOEGEVOEGD, Toevoegstand.MISLUKT)
            assert klaar.stand is Toevoegstand.TOEGEVOEGD, klaar.reden
            assert lost == [al.id]
            assert await bytes_of(seat, klaar.document, tmp_path) == inhoud


async def test_what_the_backend_lost_while_the_scanner_looked_is_sent_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, database = paper(tmp_path, "brief.pdf", stukken.pdf()), tmp_path / "kcs.db"
    lost: list[str] = []
    real = Bestanden.complete

    async def complete(self: Bestanden, bestand: str, sha256: str) -> Bestandstand:
        stand = await real(self, bestand, sha256)
        if lost:
            return stand
        lost.append(bestand)
        with closing(sqlite3.connect(database, timeout=30)) as db, db:
            db.execute("DELETE FROM bst_stuk WHERE bestand = ?", lost)
            db.execute("DELETE FROM bst_bestand WHERE id = ?", lost)
        return replace(stand, stand="onderzoek")

    monkeypatch.setattr(Bestanden, "complete", complete)
    monkeypatch.setattr("kcs_desktop.services.dossier.ASK_AGAIN", 0.01)
    with backend_process(f"sqlite:///{database}", log=tmp_path / "log", proefgemeente=True) as process:
        async with running_seat(tmp_path / "p", process.url, account=ACCOUNT) as seat:
            al = await added(seat, await open_zaak(seat), path)
            klaar = await stands(seat, al, Toevoegstand.TOEGEVOEGD, Toevoegstand.MISLUKT)
            assert klaar.stand is Toevoegstand.TOEGEVOEGD, klaar.reden
            assert lost == [al.id]


async def test_without_a_connection_it_waits_and_goes_by_itself(proefdam: BackendProcess, tmp_path: Path) -> None:
    path = paper(tmp_path, "brief.pdf", stukken.pdf())
    async with (
        bad_network(proefdam.url) as network,
        running_seat(tmp_path / "p", network.url, account=ACCOUNT) as seat,
    ):
        zaak = await open_zaak(seat)
        assert zaak.zaak is not None
        await seat.dossier.types(zaak.zaak.zaaktype_url)
        network.cut()
        await until(seat.verbinding_changed, lambda: seat.verbinding is Verbinding.GEEN_VERBINDING)
        al = await added(seat, zaak, path)
        await until(seat.dossier.changed, lambda: (row := row_of(seat, al)) is not None and bool(row.reden))
        wacht = row_of(seat, al)
        assert wacht is not None
        assert wacht.stand is Toevoegstand.WACHT
        assert "vanzelf" in wacht.reden
        network.is_down = False
        assert (await stands(seat, al, Toevoegstand.TOEGEVOEGD)).document


async def test_a_file_that_is_not_copied_and_changes_is_told(
    proefdam: BackendProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inlezen, "COPIED_AT_MOST", 10)
    path = paper(tmp_path, "film.pdf", stukken.pdf() + os.urandom(STUK * 2))
    async with (
        bad_network(proefdam.url) as network,
        running_seat(tmp_path / "p", network.url, account=ACCOUNT) as seat,
    ):
        zaak = await open_zaak(seat)
        assert zaak.zaak is not None
        await seat.dossier.types(zaak.zaak.zaaktype_url)
        network.cut()
        al = await added(seat, zaak, path)
        await until(seat.dossier.changed, lambda: (row := row_of(seat, al)) is not None and bool(row.reden))
        os.truncate(path, 5000)
        network.is_down = False
        seat.dossier.kick()
        mis = await stands(seat, al, Toevoegstand.MISLUKT)
        assert "gewijzigd" in mis.reden
        seat.dossier.cancel(al.id)
        assert row_of(seat, al) is None


async def test_what_the_backend_has_no_room_for_waits_and_says_so(tmp_path: Path) -> None:
    paden = [paper(tmp_path, f"{nr}.pdf", stukken.pdf() + os.urandom(STUK)) for nr in (1, 2)]
    grens = {"KCS_BESTAND_MAXIMUM": str(2 * STUK), "KCS_BESTANDEN_PER_MEDEWERKER": str(2 * STUK)}
    database = f"sqlite:///{tmp_path / 'kcs.db'}"
    with backend_process(database, log=tmp_path / "log", proefgemeente=True, environment=grens) as process:
        async with running_seat(tmp_path / "p", process.url, account=ACCOUNT) as seat:
            zaak = await open_zaak(seat)
            eerste = await added(seat, zaak, paden[0], confirm=False)
            await stands(seat, eerste, Toevoegstand.GEREED)
            tweede = await added(seat, zaak, paden[1], confirm=False)
            await until(seat.dossier.changed, lambda: (row := row_of(seat, tweede)) is not None and bool(row.reden))
            wacht = row_of(seat, tweede)
            assert wacht is not None
            assert wacht.stand is Toevoegstand.WACHT, wacht.reden
            assert "haal ze weg" in wacht.reden
            assert "vanzelf" in wacht.reden
            seat.dossier.cancel(eerste.id)
            await stands(seat, tweede, Toevoegstand.GEREED)
