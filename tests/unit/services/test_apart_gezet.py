"""What was set apart has no known outcome: it goes again as the same command, and nothing stands twice."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from kcs_desktop.domain.errors import UserError
from kcs_desktop.domain.toevoeging import Toevoegstand
from kcs_desktop.domain.wachtrij import Wachtstand
from kcs_desktop.domain.zaakconcept import Conceptstand, Zaakconcept
from kcs_desktop.security.sleutelbos import Geheugenbos
from kcs_desktop.services.seat import SeatService
from tests.doubles.stoel_proxy import answer_lost
from tests.harness.backend import BackendProcess
from tests.harness.dossier import WIE, added, draft, open_zaak, paper, read_again, row_of, stands
from tests.harness.zitplaats import find, picture, running_seat, sign_in, until
from tests.unit.voorbeeld import stukken


async def zaken_of(seat: SeatService) -> set[str]:
    return {al.verwijzing.uuid for al in (await picture(seat, await find(seat, WIE))).zaken}


def standing(seat: SeatService, concept: Zaakconcept) -> Zaakconcept:
    found = seat.zaakaanmaken.concept(concept.id)
    assert found is not None
    return found


async def set_apart(seat: SeatService, concept: Zaakconcept) -> Zaakconcept:
    seat.zaakaanmaken.create(concept.id)
    await until(
        seat.zaakaanmaken.changed,
        lambda: (rij := seat.outbox.find(concept.opdracht)) is not None and rij.stand is Wachtstand.APART,
    )
    return standing(seat, concept)


async def test_a_zaak_whose_command_was_set_apart_is_made_once(proefdam: BackendProcess, tmp_path: Path) -> None:
    async with (
        answer_lost(proefdam.url, b"zaak.aanmaken") as network,
        running_seat(tmp_path / "p", network.url, account="alles") as seat,
    ):
        before = await zaken_of(seat)
        concept = await draft(seat)
        apart = await set_apart(seat, concept)
        assert (apart.stand, apart.is_apart) == (Conceptstand.VERSTUURD, True), "it stays what was sent"
        assert apart.reden.startswith("De server neemt deze opdracht niet aan")
        assert seat.zaakaanmaken.create(concept.id).id == concept.opdracht
        await until(seat.zaakaanmaken.changed, lambda: seat.zaakaanmaken.concept(concept.id) is None)
        assert len(await zaken_of(seat) - before) == 1


async def test_what_an_older_version_kept_as_refused_comes_up_as_sent(proefdam: BackendProcess, tmp_path: Path) -> None:
    bos = Geheugenbos()
    async with answer_lost(proefdam.url, b"zaak.aanmaken") as network:
        async with running_seat(tmp_path / "p", network.url, account="alles", bos=bos) as seat:
            concept = await draft(seat)
            apart = await set_apart(seat, concept)
            before = await zaken_of(seat)
            # As that version left it: open again, with the reason.
            old = msgspec.structs.replace(apart, stand=Conceptstand.GEWEIGERD, is_apart=False)
            seat.zaakaanmaken._concepten.put(old)
        async with running_seat(tmp_path / "p", network.url, bos=bos) as seat:
            await sign_in(seat, "alles")
            assert standing(seat, concept).is_apart
            seat.zaakaanmaken.create(concept.id)
            await until(seat.zaakaanmaken.changed, lambda: seat.zaakaanmaken.concept(concept.id) is None)
            assert await zaken_of(seat) == before, "made before its answer was lost, and not again"


async def test_let_go_of_in_the_outbox_it_is_open_again_with_what_may_have_happened(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    async with (
        answer_lost(proefdam.url, b"zaak.aanmaken") as network,
        running_seat(tmp_path / "p", network.url, account="alles") as seat,
    ):
        concept = await draft(seat)
        await set_apart(seat, concept)
        assert seat.outbox.remove(concept.opdracht)
        nu = standing(seat, concept)
        assert (nu.stand, nu.is_apart) == (Conceptstand.GEWEIGERD, False)
        assert "Misschien is hij toch al uitgevoerd" in nu.reden
        assert seat.zaakaanmaken.create(concept.id).id != concept.opdracht


async def test_a_document_whose_command_was_set_apart_is_added_once(proefdam: BackendProcess, tmp_path: Path) -> None:
    async with (
        answer_lost(proefdam.url, b"document.toevoegen") as network,
        running_seat(tmp_path / "p", network.url, account="alles") as seat,
    ):
        zaak = await open_zaak(seat)
        before = {al.uuid for al in zaak.documenten}
        al = await added(seat, zaak, paper(tmp_path, "brief.pdf", stukken.pdf()))
        await until(seat.dossier.changed, lambda: (row := row_of(seat, al)) is not None and row.is_apart)
        with pytest.raises(UserError, match="wordt al toegevoegd"):
            seat.dossier.cancel(al.id)
        seat.dossier.retry(al.id)
        done = await stands(seat, al, Toevoegstand.TOEGEVOEGD)
        assert (done.id, done.opdracht, done.is_apart) == (al.id, al.opdracht, False)
        nu = {al.uuid for al in (await read_again(seat, zaak.verwijzing.uuid)).documenten}
        assert nu - before == {done.document}


async def test_a_document_let_go_of_in_the_outbox_says_what_may_have_happened(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    async with (
        answer_lost(proefdam.url, b"document.toevoegen") as network,
        running_seat(tmp_path / "p", network.url, account="alles") as seat,
    ):
        al = await added(seat, await open_zaak(seat), paper(tmp_path, "brief.pdf", stukken.pdf()))
        await until(seat.dossier.changed, lambda: (row := row_of(seat, al)) is not None and row.is_apart)
        assert seat.outbox.remove(al.opdracht)
        assert (weg := row_of(seat, al)) is not None
        assert (weg.stand, weg.is_apart) == (Toevoegstand.MISLUKT, False)
        assert "Misschien is hij toch al uitgevoerd" in weg.reden
