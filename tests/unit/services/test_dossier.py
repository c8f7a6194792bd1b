"""Documents on their way into a dossier, against a real backend: sent in pieces, resumed, linked once."""

from __future__ import annotations

import asyncio
import os
import threading
from pathlib import Path
from typing import Any

import pytest

from kcs_desktop.cache.bijlagen import STUK
from kcs_desktop.domain.errors import Forbidden, InvalidInput, SignedOut
from kcs_desktop.domain.toevoeging import Toevoegstand
from kcs_desktop.domain.zaak import Zaakverwijzing
from kcs_desktop.services import inlezen
from tests.doubles.stoel_proxy import Fault, bad_network
from tests.harness.backend import BackendProcess
from tests.harness.dossier import added, bytes_of, open_zaak, paper, read_again, stands
from tests.harness.zitplaats import running_seat
from tests.unit.voorbeeld import stukken

ACCOUNT = "alles"
BESTANDEN = "/kcs/api/v1/bestanden"


async def test_a_document_is_sent_linked_and_read_back(proefdam: BackendProcess, tmp_path: Path) -> None:
    inhoud = stukken.pdf(2)
    path = paper(tmp_path, "Situatie_tekening.pdf", inhoud)
    async with running_seat(tmp_path / "p", proefdam.url, account=ACCOUNT) as seat:
        zaak = await open_zaak(seat)
        al = await added(seat, zaak, path)
        assert al.titel == "Situatie tekening"
        assert al.informatieobjecttype
        assert al.vertrouwelijkheidaanduiding
        klaar = await stands(seat, al, Toevoegstand.TOEGEVOEGD, Toevoegstand.MISLUKT)
        assert klaar.stand is Toevoegstand.TOEGEVOEGD, klaar.reden
        nu = await read_again(seat, zaak.verwijzing.uuid)
        document = next(doc for doc in nu.documenten if doc.uuid == klaar.document)
        assert (document.titel, document.bestandsnaam) == ("Situatie tekening", "Situatie_tekening.pdf")
        assert await bytes_of(seat, document.uuid, tmp_path) == inhoud
        assert list((tmp_path / "p").glob("bijlagen-*/*")) == []
        voorbeeld = await seat.dossier.open(document)
        assert voorbeeld.bladen == 2
        assert (await voorbeeld.page(1, 100)).breedte == 100
        await voorbeeld.close()


async def test_a_file_of_several_pieces_goes_on_where_it_was_cut(proefdam: BackendProcess, tmp_path: Path) -> None:
    inhoud = stukken.pdf() + os.urandom(STUK * 4)
    path = paper(tmp_path, "groot.pdf", inhoud)
    async with (
        bad_network(proefdam.url) as network,
        running_seat(tmp_path / "p", network.url, account=ACCOUNT) as seat,
    ):
        zaak = await open_zaak(seat)
        network.method, network.prefix = "PUT", f"{BESTANDEN}/"
        network.faults.extend([Fault.CUT_AFTER, Fault.UNSENT, Fault.CUT_AFTER, Fault.HTML_500_AFTER])
        gezien: list[int] = []
        seat.dossier.changed.connect(lambda al: gezien.append(al.procent))
        al = await added(seat, zaak, path)
        klaar = await stands(seat, al, Toevoegstand.TOEGEVOEGD, Toevoegstand.MISLUKT)
        assert klaar.stand is Toevoegstand.TOEGEVOEGD, klaar.reden
        assert await bytes_of(seat, klaar.document, tmp_path) == inhoud
        assert 100 in gezien
        stukken_ = [one.path for one in network.passed("PUT", f"{BESTANDEN}/{al.id}/stukken/") if one.fault is None]
        assert len(stukken_) == len(set(stukken_)), "a piece that arrived is not sent again"


async def test_taking_one_away_erases_its_copy(proefdam: BackendProcess, tmp_path: Path) -> None:
    path = paper(tmp_path, "brief.pdf", stukken.pdf())
    async with running_seat(tmp_path / "p", proefdam.url, account=ACCOUNT) as seat:
        zaak = await open_zaak(seat)
        al = await added(seat, zaak, path, confirm=False)
        await stands(seat, al, Toevoegstand.GEREED)
        assert len(list((tmp_path / "p").glob("bijlagen-*/*"))) == 1
        seat.dossier.cancel(al.id)
        assert seat.dossier.of(zaak.verwijzing) == ()
    assert list((tmp_path / "p").glob("bijlagen-*/*")) == []


async def test_a_title_or_kind_that_is_missing_confirms_nothing(proefdam: BackendProcess, tmp_path: Path) -> None:
    path = paper(tmp_path, "brief.pdf", stukken.pdf())
    async with running_seat(tmp_path / "p", proefdam.url, account=ACCOUNT) as seat:
        zaak = await open_zaak(seat)
        goed = await added(seat, zaak, path, confirm=False)
        zonder = await seat.dossier.add(zaak.verwijzing, path)
        with pytest.raises(InvalidInput) as told:
            seat.dossier.confirm([goed.id, zonder.id])
        assert told.value.field == f"{zonder.id}.informatieobjecttype"
        assert not any(al.bevestigd for al in seat.dossier.of(zaak.verwijzing))
        with pytest.raises(TypeError):
            seat.dossier.change(goed.id, omvang=3)


async def test_who_may_only_look_cannot_add(proefdam: BackendProcess, tmp_path: Path) -> None:
    path = paper(tmp_path, "brief.pdf", stukken.pdf())
    async with running_seat(tmp_path / "p", proefdam.url, account="afdelingshoofd") as seat:
        assert not seat.dossier.may_add(Zaakverwijzing("z", ""))
        with pytest.raises(Forbidden):
            await seat.dossier.add(Zaakverwijzing("z", ""), path)


async def test_an_image_that_stands_in_memory_only_keeps_the_window_open(
    proefdam: BackendProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kcs_desktop.services.dossier.COPIES_AT_MOST", 0)
    async with (
        bad_network(proefdam.url) as network,
        running_seat(tmp_path / "p", network.url, account=ACCOUNT) as seat,
    ):
        zaak = await open_zaak(seat)
        network.cut()
        al = await seat.dossier.add(zaak.verwijzing, stukken.pdf(), "scan.pdf")
        assert not await seat.can_let_go()
        seat.dossier.cancel(al.id)
        assert await seat.can_let_go()


async def test_a_file_of_who_signed_out_while_it_was_read_is_not_of_the_next_one(
    proefdam: BackendProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begonnen, mag_lezen = threading.Event(), threading.Event()

    def slow(*args: Any) -> inlezen.Ingelezen:
        begonnen.set()
        mag_lezen.wait(60)
        return inlezen.read_in(*args)

    monkeypatch.setattr("kcs_desktop.services.dossier.read_in", slow)
    path = paper(tmp_path, "brief.pdf", stukken.pdf())
    async with running_seat(tmp_path / "p", proefdam.url, account=ACCOUNT) as seat:
        zaak = await open_zaak(seat)
        adding = asyncio.create_task(seat.dossier.add(zaak.verwijzing, path))
        await asyncio.to_thread(begonnen.wait)
        await seat.aanmelden.sign_out()
        mag_lezen.set()
        with pytest.raises(SignedOut):
            await adding
        assert seat.dossier.of(zaak.verwijzing) == ()
