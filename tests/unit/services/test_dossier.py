"""Documents on their way into a dossier, against a real backend: sent in pieces, resumed, linked once."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import threading
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from kcs_desktop.api.bestanden import Bestanden, Bestandstand
from kcs_desktop.cache.bijlagen import STUK
from kcs_desktop.domain.errors import Forbidden, InvalidInput, SignedOut, UserError
from kcs_desktop.domain.klantcontact import Kanaal
from kcs_desktop.domain.opdracht import Opdracht
from kcs_desktop.domain.toevoeging import Toevoeging, Toevoegstand
from kcs_desktop.domain.verbinding import Verbinding
from kcs_desktop.domain.wachtrij import Wachtrij, Wachtstand
from kcs_desktop.domain.zaak import Zaakverwijzing
from kcs_desktop.domain.zaakbeeld import Zaakbeeld, Zaakdocument
from kcs_desktop.domain.zaakconcept import Conceptstand, Zaakconcept
from kcs_desktop.domain.zaakgegevens import Locatie
from kcs_desktop.domain.zaaktype import Documenttype
from kcs_desktop.security.sleutelbos import Geheugenbos
from kcs_desktop.services import inlezen
from kcs_desktop.services.seat import SeatService
from tests.doubles.stoel_proxy import Fault, bad_network
from tests.harness.backend import BackendProcess, backend_process
from tests.harness.zitplaats import find, picture, running_seat, until
from tests.unit.voorbeeld import stukken

WIE = "999990032"
ACCOUNT = "alles"
BESTANDEN = "/kcs/api/v1/bestanden"


async def _zaak(seat: SeatService, bsn: str = WIE) -> Zaakbeeld:
    beeld = await picture(seat, await find(seat, bsn))
    return await _again(seat, beeld.zaken[0].verwijzing.uuid)


async def _again(seat: SeatService, uuid: str) -> Zaakbeeld:
    return [al async for al in seat.zaken.open(Zaakverwijzing(uuid, ""))][-1]


def _now(seat: SeatService, al: Toevoeging) -> Toevoeging | None:
    return next((row for row in seat.dossier.of(al.zaak) if row.id == al.id), None)


async def _stands(seat: SeatService, al: Toevoeging, *standen: Toevoegstand) -> Toevoeging:
    await until(seat.dossier.changed, lambda: (row := _now(seat, al)) is not None and row.stand in standen)
    found = _now(seat, al)
    assert found is not None
    return found


async def _added(seat: SeatService, zaak: Zaakbeeld, path: Path, *, confirm: bool = True) -> Toevoeging:
    assert zaak.zaak is not None
    soorten = await seat.dossier.types(zaak.zaak.zaaktype_url)
    al = _of_a_kind(seat, await seat.dossier.add(zaak.verwijzing, path, soorten=soorten), soorten)
    if confirm:
        seat.dossier.confirm([al.id])
    return al


def _of_a_kind(seat: SeatService, al: Toevoeging, soorten: Sequence[Documenttype]) -> Toevoeging:
    """As the employee says it, where its name does not."""
    if al.informatieobjecttype:
        return al
    aanduiding = soorten[0].vertrouwelijkheidaanduiding
    return seat.dossier.change(al.id, informatieobjecttype=soorten[0].uuid, vertrouwelijkheidaanduiding=aanduiding)


def _file(folder: Path, naam: str, inhoud: bytes) -> Path:
    path = folder / naam
    path.write_bytes(inhoud)
    return path


async def _bytes_of(seat: SeatService, uuid: str, folder: Path) -> bytes:
    await seat.dossier.save(Zaakdocument(uuid, "x"), folder / "opgehaald")
    return (folder / "opgehaald").read_bytes()


async def test_a_document_is_sent_linked_and_read_back(proefdam: BackendProcess, tmp_path: Path) -> None:
    inhoud = stukken.pdf(2)
    path = _file(tmp_path, "Situatie_tekening.pdf", inhoud)
    async with running_seat(tmp_path / "p", proefdam.url, account=ACCOUNT) as seat:
        zaak = await _zaak(seat)
        al = await _added(seat, zaak, path)
        assert al.titel == "Situatie tekening"
        assert al.informatieobjecttype
        assert al.vertrouwelijkheidaanduiding
        klaar = await _stands(seat, al, Toevoegstand.TOEGEVOEGD, Toevoegstand.MISLUKT)
        assert klaar.stand is Toevoegstand.TOEGEVOEGD, klaar.reden
        nu = await _again(seat, zaak.verwijzing.uuid)
        document = next(doc for doc in nu.documenten if doc.uuid == klaar.document)
        assert (document.titel, document.bestandsnaam) == ("Situatie tekening", "Situatie_tekening.pdf")
        assert await _bytes_of(seat, document.uuid, tmp_path) == inhoud
        assert list((tmp_path / "p").glob("bijlagen-*/*")) == []
        voorbeeld = await seat.dossier.open(document)
        assert voorbeeld.bladen == 2
        assert (await voorbeeld.page(1, 100)).breedte == 100
        await voorbeeld.close()


async def test_a_file_of_several_pieces_goes_on_where_it_was_cut(proefdam: BackendProcess, tmp_path: Path) -> None:
    inhoud = stukken.pdf() + os.urandom(STUK * 4)
    path = _file(tmp_path, "groot.pdf", inhoud)
    async with (
        bad_network(proefdam.url) as network,
        running_seat(tmp_path / "p", network.url, account=ACCOUNT) as seat,
    ):
        zaak = await _zaak(seat)
        network.method, network.prefix = "PUT", f"{BESTANDEN}/"
        network.faults.extend([Fault.CUT_AFTER, Fault.UNSENT, Fault.CUT_AFTER, Fault.HTML_500_AFTER])
        gezien: list[int] = []
        seat.dossier.changed.connect(lambda al: gezien.append(al.procent))
        al = await _added(seat, zaak, path)
        klaar = await _stands(seat, al, Toevoegstand.TOEGEVOEGD, Toevoegstand.MISLUKT)
        assert klaar.stand is Toevoegstand.TOEGEVOEGD, klaar.reden
        assert await _bytes_of(seat, klaar.document, tmp_path) == inhoud
        assert 100 in gezien
        stukken_ = [one.path for one in network.passed("PUT", f"{BESTANDEN}/{al.id}/stukken/") if one.fault is None]
        assert len(stukken_) == len(set(stukken_)), "a piece that arrived is not sent again"


async def test_what_the_backend_lost_halfway_is_sent_anew(tmp_path: Path) -> None:
    """As after a backup that was put back while it was being sent."""
    inhoud = stukken.pdf() + os.urandom(STUK * 2)
    path, database = _file(tmp_path, "groot.pdf", inhoud), tmp_path / "kcs.db"
    lost: list[str] = []

    def lose(al: Toevoeging) -> None:
        if al.verstuurd and not lost:
            lost.append(al.id)
            with closing(sqlite3.connect(database, timeout=30)) as db, db:
                db.execute("DELETE FROM bst_stuk WHERE bestand = ?", lost)
                db.execute("DELETE FROM bst_bestand WHERE id = ?", lost)

    with backend_process(f"sqlite:///{database}", log=tmp_path / "log", proefgemeente=True) as process:
        async with running_seat(tmp_path / "p", process.url, account=ACCOUNT) as seat:
            zaak = await _zaak(seat)
            seat.dossier.changed.connect(lose)
            al = await _added(seat, zaak, path)
            klaar = await _stands(seat, al, Toevoegstand.TOEGEVOEGD, Toevoegstand.MISLUKT)
            assert klaar.stand is Toevoegstand.TOEGEVOEGD, klaar.reden
            assert lost == [al.id]
            assert await _bytes_of(seat, klaar.document, tmp_path) == inhoud


async def test_without_a_connection_it_waits_and_goes_by_itself(proefdam: BackendProcess, tmp_path: Path) -> None:
    path = _file(tmp_path, "brief.pdf", stukken.pdf())
    async with (
        bad_network(proefdam.url) as network,
        running_seat(tmp_path / "p", network.url, account=ACCOUNT) as seat,
    ):
        zaak = await _zaak(seat)
        assert zaak.zaak is not None
        await seat.dossier.types(zaak.zaak.zaaktype_url)
        network.cut()
        await until(seat.verbinding_changed, lambda: seat.verbinding is Verbinding.GEEN_VERBINDING)
        al = await _added(seat, zaak, path)
        await until(seat.dossier.changed, lambda: (row := _now(seat, al)) is not None and bool(row.reden))
        wacht = _now(seat, al)
        assert wacht is not None
        assert wacht.stand is Toevoegstand.WACHT
        assert "vanzelf" in wacht.reden
        network.is_down = False
        assert (await _stands(seat, al, Toevoegstand.TOEGEVOEGD)).document


async def test_what_was_sent_and_not_linked_is_linked_after_a_restart(proefdam: BackendProcess, tmp_path: Path) -> None:
    bos = Geheugenbos()
    path = _file(tmp_path, "brief.pdf", stukken.pdf())
    async with running_seat(tmp_path / "p", proefdam.url, bos=bos, account=ACCOUNT) as seat:
        zaak = await _zaak(seat)
        al = await _added(seat, zaak, path, confirm=False)
        await _stands(seat, al, Toevoegstand.GEREED)
    path.unlink()
    async with running_seat(tmp_path / "p", proefdam.url, bos=bos) as seat:
        assert await seat.aanmelden.resume() is not None
        terug = await _stands(seat, al, Toevoegstand.GEREED)
        assert terug.titel == "brief"
        seat.dossier.confirm([al.id])
        klaar = await _stands(seat, al, Toevoegstand.TOEGEVOEGD, Toevoegstand.MISLUKT)
        assert klaar.stand is Toevoegstand.TOEGEVOEGD, klaar.reden
        nu = await _again(seat, zaak.verwijzing.uuid)
        assert [doc.uuid for doc in nu.documenten].count(klaar.document) == 1


async def test_what_was_confirmed_without_a_connection_goes_after_a_restart(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    bos = Geheugenbos()
    path = _file(tmp_path, "brief.pdf", stukken.pdf())
    async with bad_network(proefdam.url) as network:
        async with running_seat(tmp_path / "p", network.url, bos=bos, account=ACCOUNT) as seat:
            zaak = await _zaak(seat)
            assert zaak.zaak is not None
            await seat.dossier.types(zaak.zaak.zaaktype_url)
            network.cut()
            al = await _added(seat, zaak, path)
        path.unlink()
        network.is_down = False
        async with running_seat(tmp_path / "p", network.url, bos=bos) as seat:
            assert await seat.aanmelden.resume() is not None
            assert (await _stands(seat, al, Toevoegstand.TOEGEVOEGD)).document


async def test_a_file_that_is_not_copied_and_changes_is_told(
    proefdam: BackendProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inlezen, "COPIED_AT_MOST", 10)
    path = _file(tmp_path, "film.pdf", stukken.pdf() + os.urandom(STUK * 2))
    async with (
        bad_network(proefdam.url) as network,
        running_seat(tmp_path / "p", network.url, account=ACCOUNT) as seat,
    ):
        zaak = await _zaak(seat)
        assert zaak.zaak is not None
        await seat.dossier.types(zaak.zaak.zaaktype_url)
        network.cut()
        al = await _added(seat, zaak, path)
        await until(seat.dossier.changed, lambda: (row := _now(seat, al)) is not None and bool(row.reden))
        os.truncate(path, 5000)
        network.is_down = False
        seat.dossier.kick()
        mis = await _stands(seat, al, Toevoegstand.MISLUKT)
        assert "gewijzigd" in mis.reden
        seat.dossier.cancel(al.id)
        assert _now(seat, al) is None


async def test_taking_one_away_erases_its_copy(proefdam: BackendProcess, tmp_path: Path) -> None:
    path = _file(tmp_path, "brief.pdf", stukken.pdf())
    async with running_seat(tmp_path / "p", proefdam.url, account=ACCOUNT) as seat:
        zaak = await _zaak(seat)
        al = await _added(seat, zaak, path, confirm=False)
        await _stands(seat, al, Toevoegstand.GEREED)
        assert len(list((tmp_path / "p").glob("bijlagen-*/*"))) == 1
        seat.dossier.cancel(al.id)
        assert seat.dossier.of(zaak.verwijzing) == ()
    assert list((tmp_path / "p").glob("bijlagen-*/*")) == []


async def test_a_title_or_kind_that_is_missing_confirms_nothing(proefdam: BackendProcess, tmp_path: Path) -> None:
    path = _file(tmp_path, "brief.pdf", stukken.pdf())
    async with running_seat(tmp_path / "p", proefdam.url, account=ACCOUNT) as seat:
        zaak = await _zaak(seat)
        goed = await _added(seat, zaak, path, confirm=False)
        zonder = await seat.dossier.add(zaak.verwijzing, path)
        with pytest.raises(InvalidInput) as told:
            seat.dossier.confirm([goed.id, zonder.id])
        assert told.value.field == f"{zonder.id}.informatieobjecttype"
        assert not any(al.bevestigd for al in seat.dossier.of(zaak.verwijzing))
        with pytest.raises(TypeError):
            seat.dossier.change(goed.id, omvang=3)


async def test_who_may_only_look_cannot_add(proefdam: BackendProcess, tmp_path: Path) -> None:
    path = _file(tmp_path, "brief.pdf", stukken.pdf())
    async with running_seat(tmp_path / "p", proefdam.url, account="afdelingshoofd") as seat:
        assert not seat.dossier.may_add(Zaakverwijzing("z", ""))
        with pytest.raises(Forbidden):
            await seat.dossier.add(Zaakverwijzing("z", ""), path)


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
    path = _file(tmp_path, naam, inhoud)
    async with running_seat(tmp_path / "p", proefdam.url, account=ACCOUNT) as seat:
        zaak = await _zaak(seat)
        klaar = await _stands(seat, await _added(seat, zaak, path), Toevoegstand.TOEGEVOEGD, Toevoegstand.MISLUKT)
        assert klaar.stand is Toevoegstand.TOEGEVOEGD, klaar.reden
        nu = await _again(seat, zaak.verwijzing.uuid)
        document = next(doc for doc in nu.documenten if doc.uuid == klaar.document)
        with pytest.raises(UserError, match=zin):
            await seat.dossier.open(document)
        assert await _bytes_of(seat, document.uuid, tmp_path) == inhoud


async def test_saving_that_is_cut_leaves_nothing_behind(proefdam: BackendProcess, tmp_path: Path) -> None:
    path = _file(tmp_path, "brief.pdf", stukken.pdf())
    async with running_seat(tmp_path / "p", proefdam.url, account=ACCOUNT) as seat:
        zaak = await _zaak(seat)
        klaar = await _stands(seat, await _added(seat, zaak, path), Toevoegstand.TOEGEVOEGD)
        doel = tmp_path / "uit"
        doel.mkdir()

        def stop(_done: int, _total: int) -> None:
            raise UserError("de medewerker stopt")

        with pytest.raises(UserError, match="stopt"):
            await seat.dossier.save(Zaakdocument(klaar.document, "x"), doel / "brief.pdf", stop)
        assert list(doel.iterdir()) == []
        with pytest.raises(UserError, match="niet worden opgeslagen"):
            await seat.dossier.save(Zaakdocument(klaar.document, "x"), doel / "geen-map" / "brief.pdf")


async def _draft(seat: SeatService) -> Zaakconcept:
    """A melding that can be sent."""
    if not seat.zaakaanmaken.catalogus.keuzes:
        await seat.zaakaanmaken.refresh()
    contact = seat.contacten.start(Kanaal.BALIE, klant=await find(seat, WIE))
    concept = seat.zaakaanmaken.start("melding-openbare-ruimte", contact=contact.id, product="Fietswrak melden")
    seat.zaakaanmaken.change(concept.id, locatie=Locatie("Schelpenlaan", 12, woonplaats="Proefdam"))
    for veld in seat.zaakaanmaken.form(concept.id).velden:
        nu = seat.zaakaanmaken.concept(concept.id)
        if veld.verplicht and nu is not None and not nu.waarden(veld.id):
            seat.zaakaanmaken.fill(concept.id, veld.id, veld.keuzes[0] if veld.keuzes else "1")
    return concept


async def _with_draft(seat: SeatService, concept: Zaakconcept, path: Path) -> Toevoeging:
    soorten = seat.zaakaanmaken.form(concept.id).documenttypen
    al = await seat.dossier.add(Zaakverwijzing("", "", opdracht=concept.id), path, soorten=soorten)
    return _of_a_kind(seat, al, soorten)


@pytest.mark.parametrize("account", ["alles", "snelbalie"])
async def test_what_was_chosen_with_a_draft_is_kept_and_added_once_the_zaak_is_made(
    proefdam: BackendProcess, tmp_path: Path, account: str
) -> None:
    """Also by a role that may start zaken and not add to the dossier of another."""
    bos = Geheugenbos()
    paden = [_file(tmp_path, f"papier {nr}.pdf", stukken.pdf(nr)) for nr in (1, 2)]
    async with bad_network(proefdam.url) as network:
        async with running_seat(tmp_path / "p", network.url, bos=bos, account=account) as seat:
            concept = await _draft(seat)
            network.cut()
            rijen = [await _with_draft(seat, concept, path) for path in paden]
            seat.zaakaanmaken.create(concept.id)
        for path in paden:
            path.unlink()
        network.is_down = False
        made: list[Zaakconcept] = []
        async with running_seat(tmp_path / "p", network.url, bos=bos) as seat:
            seat.zaakaanmaken.changed.connect(made.append)
            assert await seat.aanmelden.resume() is not None
            klaar = [await _stands(seat, al, Toevoegstand.TOEGEVOEGD, Toevoegstand.MISLUKT) for al in rijen]
            assert [(al.stand, al.reden) for al in klaar] == [(Toevoegstand.TOEGEVOEGD, "")] * 2
            assert made[-1].stand is Conceptstand.GEMAAKT
            zaak = await _again(seat, made[-1].zaak)
            titels = [doc.titel for doc in zaak.documenten if doc.titel.startswith("papier")]
            assert sorted(titels) == ["papier 1", "papier 2"]
        assert list((tmp_path / "p").glob("bijlagen-*/*")) == []
        aanmaken = [al.path for al in network.passed("POST", "/kcs/api/v1/opdrachten") if al.fault is None]
        assert len(aanmaken) == 4, "number, zaak and two documents"


async def test_what_was_chosen_with_a_draft_comes_back_with_it_and_goes_with_it(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    path = _file(tmp_path, "brief.pdf", stukken.pdf())
    async with running_seat(tmp_path / "p", proefdam.url, account=ACCOUNT) as seat:
        concept = await _draft(seat)
        al = await _with_draft(seat, concept, path)
        await _stands(seat, al, Toevoegstand.GEREED)
        seat.zaakaanmaken.cancel(concept.id)
        terug = seat.zaakaanmaken.undo_cancel()
        assert terug is not None
        assert [row.id for row in seat.dossier.of(Zaakverwijzing("", "", opdracht=terug.id))] == [al.id]
        seat.zaakaanmaken.cancel(concept.id)
        assert _now(seat, al) is not None, "it can still come back"
        ander = await _draft(seat)
        seat.zaakaanmaken.cancel(ander.id)
        assert _now(seat, al) is None
        ander = await _draft(seat)
        await _with_draft(seat, ander, path)
        seat.zaakaanmaken.cancel(ander.id)
    assert list((tmp_path / "p").glob("bijlagen-*/*")) == []


async def test_documents_of_a_draft_that_is_gone_are_let_go_of_at_the_next_sign_in(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    bos, path = Geheugenbos(), _file(tmp_path, "brief.pdf", stukken.pdf())
    async with running_seat(tmp_path / "p", proefdam.url, bos=bos, account=ACCOUNT) as seat:
        blijft = await _with_draft(seat, await _draft(seat), path)
        los = await seat.dossier.add(Zaakverwijzing("", "", opdracht="weg"), path)
    async with running_seat(tmp_path / "p", proefdam.url, bos=bos) as seat:
        assert await seat.aanmelden.resume() is not None
        assert _now(seat, los) is None
        assert _now(seat, blijft) is not None
    assert len(list((tmp_path / "p").glob("bijlagen-*/*"))) == 1


async def test_what_was_confirmed_and_not_handed_in_is_handed_in_after_a_restart(
    proefdam: BackendProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when the machine stopped between the two."""

    def stops(*_args: object, **_named: object) -> Wachtrij:
        raise SystemError

    bos = Geheugenbos()
    path = _file(tmp_path, "brief.pdf", stukken.pdf())
    async with running_seat(tmp_path / "p", proefdam.url, bos=bos, account=ACCOUNT) as seat:
        al = await _added(seat, await _zaak(seat), path, confirm=False)
        await _stands(seat, al, Toevoegstand.GEREED)
        monkeypatch.setattr(seat.outbox, "put", stops)
        with pytest.raises(SystemError):
            seat.dossier.confirm([al.id])
    async with running_seat(tmp_path / "p", proefdam.url, bos=bos) as seat:
        assert await seat.aanmelden.resume() is not None
        assert (await _stands(seat, al, Toevoegstand.TOEGEVOEGD, Toevoegstand.MISLUKT)).document


async def test_what_no_command_speaks_of_any_more_can_be_confirmed_again(
    proefdam: BackendProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when the machine stopped while it was taken back, or the outbox forgot that it was done."""
    bos = Geheugenbos()
    path = _file(tmp_path, "brief.pdf", stukken.pdf())
    async with running_seat(tmp_path / "p", proefdam.url, bos=bos, account=ACCOUNT) as seat:
        al = await _added(seat, await _zaak(seat), path, confirm=False)
        await _stands(seat, al, Toevoegstand.GEREED)
        monkeypatch.setattr(
            seat.outbox, "put", lambda opdracht, titel: Wachtrij(opdracht, Wachtstand.WACHT, titel, seat.now())
        )
        seat.dossier.confirm([al.id])
        await _stands(seat, al, Toevoegstand.KOPPELT)
    async with running_seat(tmp_path / "p", proefdam.url, bos=bos) as seat:
        assert await seat.aanmelden.resume() is not None
        terug = await _stands(seat, al, Toevoegstand.GEREED)
        assert not terug.bevestigd
        seat.dossier.confirm([al.id])
        assert (await _stands(seat, al, Toevoegstand.TOEGEVOEGD, Toevoegstand.MISLUKT)).document


async def test_what_was_set_apart_and_handed_in_again_from_the_outbox_is_added(
    proefdam: BackendProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed_in: list[Wachtrij] = []

    def put(opdracht: Opdracht, titel: str) -> Wachtrij:
        handed_in.append(Wachtrij(opdracht, Wachtstand.WACHT, titel, seat.now()))
        return handed_in[-1]

    path = _file(tmp_path, "brief.pdf", stukken.pdf())
    async with running_seat(tmp_path / "p", proefdam.url, account=ACCOUNT) as seat:
        monkeypatch.setattr(seat.outbox, "put", put)
        al = await _added(seat, await _zaak(seat), path)
        await _stands(seat, al, Toevoegstand.KOPPELT)
        gezien = []
        for stand in (Wachtstand.APART, Wachtstand.BEZIG, Wachtstand.GESLAAGD):
            seat.outbox.changed.emit(replace(handed_in[0], stand=stand))
            row = _now(seat, al)
            gezien.append(row.stand if row is not None else None)
        assert gezien == [Toevoegstand.MISLUKT, Toevoegstand.KOPPELT, Toevoegstand.TOEGEVOEGD]


async def test_what_the_backend_lost_while_the_scanner_looked_is_sent_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, database = _file(tmp_path, "brief.pdf", stukken.pdf()), tmp_path / "kcs.db"
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
            al = await _added(seat, await _zaak(seat), path)
            klaar = await _stands(seat, al, Toevoegstand.TOEGEVOEGD, Toevoegstand.MISLUKT)
            assert klaar.stand is Toevoegstand.TOEGEVOEGD, klaar.reden
            assert lost == [al.id]


async def test_an_image_that_stands_in_memory_only_keeps_the_window_open(
    proefdam: BackendProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kcs_desktop.services.dossier.COPIES_AT_MOST", 0)
    async with (
        bad_network(proefdam.url) as network,
        running_seat(tmp_path / "p", network.url, account=ACCOUNT) as seat,
    ):
        zaak = await _zaak(seat)
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
    path = _file(tmp_path, "brief.pdf", stukken.pdf())
    async with running_seat(tmp_path / "p", proefdam.url, account=ACCOUNT) as seat:
        zaak = await _zaak(seat)
        adding = asyncio.create_task(seat.dossier.add(zaak.verwijzing, path))
        await asyncio.to_thread(begonnen.wait)
        await seat.aanmelden.sign_out()
        mag_lezen.set()
        with pytest.raises(SignedOut):
            await adding
        assert seat.dossier.of(zaak.verwijzing) == ()
