"""Documents that were on their way when the window closed."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from kcs_desktop.api.bestanden import Bestanden, Bestandstand
from kcs_desktop.domain.errors import UserError
from kcs_desktop.domain.toevoeging import Toevoegstand
from kcs_desktop.domain.wachtrij import Wachtrij, Wachtstand
from kcs_desktop.security.sleutelbos import Geheugenbos
from tests.doubles.stoel_proxy import bad_network
from tests.harness.backend import BackendProcess
from tests.harness.dossier import added, open_zaak, paper, read_again, stands
from tests.harness.zitplaats import running_seat
from tests.unit.voorbeeld import stukken

ACCOUNT = "alles"


async def test_what_was_sent_and_not_linked_is_linked_after_a_restart(proefdam: BackendProcess, tmp_path: Path) -> None:
    bos = Geheugenbos()
    path = paper(tmp_path, "brief.pdf", stukken.pdf())
    async with running_seat(tmp_path / "p", proefdam.url, bos=bos, account=ACCOUNT) as seat:
        zaak = await open_zaak(seat)
        al = await added(seat, zaak, path, confirm=False)
        await stands(seat, al, Toevoegstand.GEREED)
    path.unlink()
    async with running_seat(tmp_path / "p", proefdam.url, bos=bos) as seat:
        assert await seat.aanmelden.resume() is not None
        terug = await stands(seat, al, Toevoegstand.GEREED)
        assert terug.titel == "brief"
        seat.dossier.confirm([al.id])
        klaar = await stands(seat, al, Toevoegstand.TOEGEVOEGD, Toevoegstand.MISLUKT)
        assert klaar.stand is Toevoegstand.TOEGEVOEGD, klaar.reden
        nu = await read_again(seat, zaak.verwijzing.uuid)
        assert [doc.uuid for doc in nu.documenten].count(klaar.document) == 1


async def test_what_was_confirmed_without_a_connection_goes_after_a_restart(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    bos = Geheugenbos()
    path = paper(tmp_path, "brief.pdf", stukken.pdf())
    async with bad_network(proefdam.url) as network:
        async with running_seat(tmp_path / "p", network.url, bos=bos, account=ACCOUNT) as seat:
            zaak = await open_zaak(seat)
            assert zaak.zaak is not None
            await seat.dossier.types(zaak.zaak.zaaktype_url)
            network.cut()
            al = await added(seat, zaak, path)
        path.unlink()
        network.is_down = False
        async with running_seat(tmp_path / "p", network.url, bos=bos) as seat:
            assert await seat.aanmelden.resume() is not None
            assert (await stands(seat, al, Toevoegstand.TOEGEVOEGD)).document


async def test_what_was_confirmed_and_not_handed_in_is_handed_in_after_a_restart(
    proefdam: BackendProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when the machine stopped between the two."""

    def stops(*_args: object, **_named: object) -> Wachtrij:
        raise SystemError

    bos = Geheugenbos()
    path = paper(tmp_path, "brief.pdf", stukken.pdf())
    async with running_seat(tmp_path / "p", proefdam.url, bos=bos, account=ACCOUNT) as seat:
        al = await added(seat, await open_zaak(seat), path, confirm=False)
        await stands(seat, al, Toevoegstand.GEREED)
        monkeypatch.setattr(seat.outbox, "put", stops)
        with pytest.raises(SystemError):
            seat.dossier.confirm([al.id])
    async with running_seat(tmp_path / "p", proefdam.url, bos=bos) as seat:
        assert await seat.aanmelden.resume() is not None
        assert (await stands(seat, al, Toevoegstand.TOEGEVOEGD, Toevoegstand.MISLUKT)).document


async def test_what_no_command_speaks_of_any_more_can_be_confirmed_again(
    proefdam: BackendProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when the machine stopped while it was taken back, or the outbox forgot that it was done."""
    bos = Geheugenbos()
    path = paper(tmp_path, "brief.pdf", stukken.pdf())
    async with running_seat(tmp_path / "p", proefdam.url, bos=bos, account=ACCOUNT) as seat:
        al = await added(seat, await open_zaak(seat), path, confirm=False)
        await stands(seat, al, Toevoegstand.GEREED)
        monkeypatch.setattr(
            seat.outbox, "put", lambda opdracht, titel: Wachtrij(opdracht, Wachtstand.WACHT, titel, seat.now())
        )
        seat.dossier.confirm([al.id])
        await stands(seat, al, Toevoegstand.KOPPELT)
    async with running_seat(tmp_path / "p", proefdam.url, bos=bos) as seat:
        assert await seat.aanmelden.resume() is not None
        terug = await stands(seat, al, Toevoegstand.GEREED)
        assert not terug.bevestigd
        seat.dossier.confirm([al.id])
        assert (await stands(seat, al, Toevoegstand.TOEGEVOEGD, Toevoegstand.MISLUKT)).document


@pytest.mark.parametrize("stand", [Toevoegstand.BESMET, Toevoegstand.MISLUKT])
async def test_what_failed_is_told_after_a_restart_until_it_is_taken_away(
    proefdam: BackendProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stand: Toevoegstand
) -> None:
    real = Bestanden.complete

    async def complete(self: Bestanden, bestand: str, sha256: str) -> Bestandstand:
        if stand is Toevoegstand.MISLUKT:
            raise UserError("De server neemt dit bestand niet aan.")
        return replace(await real(self, bestand, sha256), stand="besmet")

    monkeypatch.setattr(Bestanden, "complete", complete)
    bos, path = Geheugenbos(), paper(tmp_path, "brief.pdf", stukken.pdf())
    async with running_seat(tmp_path / "p", proefdam.url, bos=bos, account=ACCOUNT) as seat:
        al = await added(seat, await open_zaak(seat), path)
        await stands(seat, al, stand)
    assert len(list((tmp_path / "p").glob("bijlagen-*/*"))) == (stand is Toevoegstand.MISLUKT)
    for is_first in (True, False):
        async with running_seat(tmp_path / "p", proefdam.url, bos=bos) as seat:
            assert await seat.aanmelden.resume() is not None
            mis = seat.dossier.failed()
            assert [(one.id, one.stand, one.zaak) for one in mis] == ([(al.id, stand, al.zaak)] if is_first else [])
            for one in mis:
                seat.dossier.cancel(one.id)
    assert list((tmp_path / "p").glob("bijlagen-*/*")) == []
