"""Documents that go along with a zaak that is being filled in."""

from __future__ import annotations

from pathlib import Path

import pytest

from kcs_desktop.domain.toevoeging import Toevoegstand
from kcs_desktop.domain.zaak import Zaakverwijzing
from kcs_desktop.domain.zaakconcept import Conceptstand, Zaakconcept
from kcs_desktop.security.sleutelbos import Geheugenbos
from tests.doubles.stoel_proxy import bad_network
from tests.harness.backend import BackendProcess
from tests.harness.dossier import draft, paper, read_again, row_of, stands, with_draft
from tests.harness.zitplaats import running_seat
from tests.unit.voorbeeld import stukken

ACCOUNT = "alles"


@pytest.mark.parametrize("account", ["alles", "snelbalie"])
async def test_what_was_chosen_with_a_draft_is_kept_and_added_once_the_zaak_is_made(
    proefdam: BackendProcess, tmp_path: Path, account: str
) -> None:
    """Also by a role that may start zaken and not add to the dossier of another."""
    bos = Geheugenbos()
    paden = [paper(tmp_path, f"papier {nr}.pdf", stukken.pdf(nr)) for nr in (1, 2)]
    async with bad_network(proefdam.url) as network:
        async with running_seat(tmp_path / "p", network.url, bos=bos, account=account) as seat:
            concept = await draft(seat)
            network.cut()
            rijen = [await with_draft(seat, concept, path) for path in paden]
            seat.zaakaanmaken.create(concept.id)
        for path in paden:
            path.unlink()
        network.is_down = False
        made: list[Zaakconcept] = []
        async with running_seat(tmp_path / "p", network.url, bos=bos) as seat:
            seat.zaakaanmaken.changed.connect(made.append)
            assert await seat.aanmelden.resume() is not None
            klaar = [await stands(seat, al, Toevoegstand.TOEGEVOEGD, Toevoegstand.MISLUKT) for al in rijen]
            assert [(al.stand, al.reden) for al in klaar] == [(Toevoegstand.TOEGEVOEGD, "")] * 2
            assert made[-1].stand is Conceptstand.GEMAAKT
            zaak = await read_again(seat, made[-1].zaak)
            titels = [doc.titel for doc in zaak.documenten if doc.titel.startswith("papier")]
            assert sorted(titels) == ["papier 1", "papier 2"]
        assert list((tmp_path / "p").glob("bijlagen-*/*")) == []
        aanmaken = [al.path for al in network.passed("POST", "/kcs/api/v1/opdrachten") if al.fault is None]
        assert len(aanmaken) == 4, "number, zaak and two documents"


async def test_what_was_chosen_with_a_draft_comes_back_with_it_and_goes_with_it(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    path = paper(tmp_path, "brief.pdf", stukken.pdf())
    async with running_seat(tmp_path / "p", proefdam.url, account=ACCOUNT) as seat:
        concept = await draft(seat)
        al = await with_draft(seat, concept, path)
        await stands(seat, al, Toevoegstand.GEREED)
        seat.zaakaanmaken.cancel(concept.id)
        terug = seat.zaakaanmaken.undo_cancel()
        assert terug is not None
        assert [row.id for row in seat.dossier.of(Zaakverwijzing("", "", opdracht=terug.id))] == [al.id]
        seat.zaakaanmaken.cancel(concept.id)
        assert row_of(seat, al) is not None, "it can still come back"
        ander = await draft(seat)
        seat.zaakaanmaken.cancel(ander.id)
        assert row_of(seat, al) is None
        ander = await draft(seat)
        await with_draft(seat, ander, path)
        seat.zaakaanmaken.cancel(ander.id)
    assert list((tmp_path / "p").glob("bijlagen-*/*")) == []


async def test_documents_of_a_draft_that_is_gone_are_let_go_of_at_the_next_sign_in(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    bos, path = Geheugenbos(), paper(tmp_path, "brief.pdf", stukken.pdf())
    async with running_seat(tmp_path / "p", proefdam.url, bos=bos, account=ACCOUNT) as seat:
        blijft = await with_draft(seat, await draft(seat), path)
        los = await seat.dossier.add(Zaakverwijzing("", "", opdracht="weg"), path)
    async with running_seat(tmp_path / "p", proefdam.url, bos=bos) as seat:
        assert await seat.aanmelden.resume() is not None
        assert row_of(seat, los) is None
        assert row_of(seat, blijft) is not None
    assert len(list((tmp_path / "p").glob("bijlagen-*/*"))) == 1
