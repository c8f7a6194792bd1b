"""Taken back, set apart, exported: what did not reach a register is never lost, also over a restart."""

from __future__ import annotations

import json
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kcs_desktop.cache.bijlagen import STUK
from kcs_desktop.cache.schema import open_encrypted
from kcs_desktop.cache.toevoegingen import Bron, Onderweg
from kcs_desktop.domain.errors import UserError
from kcs_desktop.domain.klantcontact import Kanaal, Resultaat, Terugbelverzoek
from kcs_desktop.domain.toevoeging import Toevoeging, Toevoegstand
from kcs_desktop.domain.wachtrij import Wachtstand
from kcs_desktop.domain.zaak import Zaakverwijzing
from kcs_desktop.domain.zitplaats import winkel_of
from kcs_desktop.security.sleutelbos import Geheugenbos
from kcs_desktop.security.sleutels import obtain_key
from kcs_desktop.services.documentuitvoer import write_beside
from kcs_desktop.services.seat import SeatService
from tests.doubles.stoel_proxy import Fault, bad_network
from tests.harness.backend import BackendProcess, backend_process
from tests.harness.dossier import open_zaak, stands
from tests.harness.zitplaats import find, finish_contact, outcome, picture, running_seat, until
from tests.unit.voorbeeld import stukken
from ui.uitgaand.sluiten import at_risk

ACCOUNT = "snelbalie"


def _waits(seat: SeatService) -> bool:
    return any(rij.pogingen for rij in seat.outbox.waiting())


async def test_what_cannot_be_read_is_counted_kept_and_exported_for_its_owner_only(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    bos = Geheugenbos()
    async with bad_network(proefdam.url) as network:
        winkel = winkel_of(ACCOUNT, network.url)
        async with running_seat(tmp_path, network.url, bos=bos, account=ACCOUNT) as seat:
            network.faults.extend([Fault.UNSENT] * 1000)
            klant = await find(seat, "999900134")
            finish_contact(seat, klant, "Vraag die wordt beschadigd")
            await until(seat.outbox.changed, lambda: _waits(seat))
            finish_contact(seat, None, "Vraag die nog wacht")
            seat.contacten.start(Kanaal.BALIE)
        db = open_encrypted(tmp_path / f"werk-{winkel}.db", obtain_key(bos, winkel))
        db.execute("UPDATE uitgaand SET opdracht = ? WHERE nr = 1", (b'{"van":"later"}',))
        db.execute("UPDATE concept SET inhoud = ?", (b'{"id":"x","half',))
        db.execute("INSERT INTO waarde VALUES ('zaakconcept/z', ?)", (b'{"van":"later"}',))
        db.execute("INSERT INTO waarde VALUES ('toevoeging/d', 5)")
        half, ander = b'"{getypt: een lang verh', '{"getypt": "een ander verh'
        db.executemany(
            "INSERT OR REPLACE INTO waarde VALUES (?, ?)", [("los/bel/a", half), ("los/bel/b", json.dumps(ander))]
        )
        db.close()
        async with running_seat(tmp_path, network.url, bos=bos, account=ACCOUNT) as seat:
            assert seat.contacten.open == ()
            assert seat.outbox.unreadable_drafts() == 5
            assert "Niet leesbaar in wat u typte zonder contact: 2." in seat.bewaart
            for plek in ("bel/a", "bel/b"):  # as a tab says how it stands
                seat.contacten.remember_screen("", plek, "{}")
            await seat.contacten.flush()
            doel = tmp_path / "uitvoer.json"
            await seat.outbox.export(doel)
            assert stat.S_IMODE(doel.stat().st_mode) == 0o600
            inhoud = json.loads(doel.read_text("utf-8"))
            (leesbaar,) = inhoud["Opdrachten"]
            assert leesbaar["Opdracht"]["Gegevens"]["Soort"] == "Contact registreren"
            assert leesbaar["Opdracht"]["Gegevens"]["Vragen"][0]["Onderwerp"] == "Vraag die nog wacht"
            assert inhoud["Niet leesbare opdrachten"][0]["Inhoud"] == '{"van":"later"}'
            assert inhoud["Niet leesbare contacten"][0]["Inhoud"] == '{"id":"x","half'
            overig = {al["Kenmerk"]: al["Inhoud"] for al in inhoud["Niet leesbare zaken, documenten en teksten"]}
            teksten = {"los/bel/a": half.decode(), "los/bel/b": json.dumps(ander)}
            assert overig == {"zaakconcept/z": '{"van":"later"}', "toevoeging/d": "5", **teksten}
            with pytest.raises(UserError, match="kon niet worden gemaakt"):
                await seat.outbox.export(tmp_path / "geen map" / "uitvoer.json")
            network.faults.clear()
            seat.outbox.kick()
            await until(seat.outbox.changed, lambda: seat.outbox.waiting()[1].stand is Wachtstand.GESLAAGD)
            assert seat.outbox.waiting()[0].stand is Wachtstand.APART
        async with running_seat(tmp_path, network.url, bos=bos, account=ACCOUNT) as seat:
            assert seat.outbox.unreadable_drafts() == 5  # kept, whatever happened since
            assert not seat.outbox.waiting()[0].is_leesbaar


async def test_a_contact_that_was_taken_back_is_open_again_with_everything_in_it(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    bos = Geheugenbos()
    async with bad_network(proefdam.url) as network:
        async with running_seat(tmp_path, network.url, bos=bos, account=ACCOUNT) as seat:
            klant = await find(seat, "999900146")
            before = (await picture(seat, klant)).contacten_totaal
            network.faults.extend([Fault.UNSENT] * 1000)
            finish_contact(seat, klant, "Staat ervoor")
            await until(seat.outbox.changed, lambda: _waits(seat))
            contact = seat.contacten.start(Kanaal.TELEFOON, klant=klant)
            verzoek = Terugbelverzoek("Bellen", afdeling="Belastingen", telefoonnummer="0612345678")
            seat.contacten.change_vraag(
                contact.id,
                contact.vraag.id,
                onderwerp="Toch nog niet",
                notitie="Twee\nregels",
                resultaat=Resultaat.CONTACTVERZOEK,
                terugbelverzoek=verzoek,
            )
            opdracht = seat.contacten.finish(contact.id)
            assert await seat.outbox.withdraw(opdracht.id)
        async with running_seat(tmp_path, network.url, bos=bos) as seat:
            assert await seat.aanmelden.resume() is not None
            (weer,) = seat.contacten.open
            assert (weer.id, weer.opdracht, weer.kanaal, weer.klant) == (
                contact.id,
                opdracht.id,
                Kanaal.TELEFOON,
                klant,
            )
            assert (weer.vraag.onderwerp, weer.vraag.notitie) == ("Toch nog niet", "Twee\nregels")
            assert weer.vraag.terugbelverzoek == verzoek
            assert [rij.titel for rij in seat.outbox.waiting()] == [f"Contact met {klant.naam}"]
            network.faults.clear()
            assert seat.contacten.finish(weer.id).id == opdracht.id
            seat.outbox.kick()
            assert (await outcome(seat, opdracht)).stand is Wachtstand.GESLAAGD
            assert (await picture(seat, klant)).contacten_totaal == before + 2


async def test_the_outbox_goes_on_as_soon_as_the_connection_is_back_or_the_machine_wakes(
    proefdam: BackendProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with bad_network(proefdam.url) as network, running_seat(tmp_path, network.url, account=ACCOUNT) as seat:
        await outcome(seat, finish_contact(seat, None, "Zolang er verbinding is"))  # seat and backend know each other
        monkeypatch.setattr("kcs_desktop.sync.uitzender.pause", lambda *_args, **_cap: 3600.0)
        network.cut()
        eerste = finish_contact(seat, None, "Tot er weer verbinding is")
        await until(seat.outbox.changed, lambda: seat.outbox.waiting()[-1].volgende_poging is not None)
        network.is_down = False
        assert (await outcome(seat, eerste)).stand is Wachtstand.GESLAAGD

        network.faults.append(Fault.UNSENT)
        tweede = finish_contact(seat, None, "Tot de machine wakker is")
        await until(seat.outbox.changed, lambda: seat.outbox.waiting()[-1].volgende_poging is not None)
        seat._ontwaken.woke.emit(30_000.0)
        assert (await outcome(seat, tweede)).stand is Wachtstand.GESLAAGD


async def test_documents_on_their_way_are_told_and_their_content_is_written_beside(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    inhoud = stukken.pdf() + bytes(STUK + 5)
    async with running_seat(tmp_path / "p", proefdam.url, account="alles") as seat:
        zaak = await open_zaak(seat)
        al = await seat.dossier.add(zaak.verwijzing, inhoud, "bezwaar.pdf")
        await stands(seat, al, Toevoegstand.GEREED)
        doel = tmp_path / "bewaard.json"
        await seat.outbox.export(doel)
        (verteld,) = json.loads(doel.read_text("utf-8"))["Documenten onderweg"]
        assert (verteld["Naam"], verteld["Zaak"]["Identificatie"]) == ("bezwaar.pdf", zaak.verwijzing.identificatie)
        (naam,) = await seat.dossier.export(doel)
        assert naam == "bewaard - 1 - bezwaar.pdf"
        stuk = tmp_path / naam
        assert stuk.read_bytes() == inhoud
        assert stat.S_IMODE(stuk.stat().st_mode) == 0o600
        with pytest.raises(UserError, match="kon niet worden opgeslagen"):
            await seat.dossier.export(tmp_path / "geen map" / "bewaard.json")


async def test_a_document_that_was_refused_is_asked_about_and_written_while_it_stands_in_memory_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kcs_desktop.services.dossier.COPIES_AT_MOST", 0)
    database, grens = f"sqlite:///{tmp_path / 'kcs.db'}", {"KCS_BESTAND_MAXIMUM": str(2 * STUK)}
    inhoud = stukken.pdf() + bytes(3 * STUK)
    with backend_process(database, log=tmp_path / "log", proefgemeente=True, environment=grens) as process:
        async with running_seat(tmp_path / "p", process.url, account="alles") as seat:
            zaak = await open_zaak(seat)
            al = await seat.dossier.add(zaak.verwijzing, inhoud, "scan.pdf")
            await stands(seat, al, Toevoegstand.MISLUKT)
            assert not await seat.can_let_go()
            assert at_risk(seat) == "1 document dat nog niet is toegevoegd"
            (naam,) = await seat.dossier.export(tmp_path / "uit.json")
            assert (tmp_path / naam).read_bytes() == inhoud
            seat.dossier.cancel(al.id)
            assert await seat.can_let_go()


async def test_each_document_is_written_beside_whatever_its_name_and_that_of_the_others(
    proefdam: BackendProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kcs_desktop.services.dossier.COPIES_AT_MOST", 0)
    async with bad_network(proefdam.url) as network, running_seat(tmp_path / "p", network.url, account="alles") as seat:
        zaak = await open_zaak(seat)
        network.cut()
        namen = ("Bezwaarschrift " + "ë" * 150 + ".pdf", "foto.pdf", "bijlage.pdf")
        for naam in namen:
            await seat.dossier.add(zaak.verwijzing, stukken.pdf(), naam)
        doel = tmp_path / f"{'Mijn werk van vrijdag ' * 11}.json"
        here = doel.with_name(f"{doel.stem[:80].rstrip()} - 2 - foto.pdf")
        here.write_text("van de medewerker zelf")
        eerste, *ander = await seat.dossier.export(doel)
        assert eerste.endswith("ë.pdf")
        assert [naam.rpartition(" - ")[2] for naam in ander] == ["foto.pdf", "bijlage.pdf"]
        assert all((tmp_path / naam).read_bytes() == stukken.pdf() for naam in (eerste, *ander))
        assert here.read_text() == "van de medewerker zelf"
        for al in seat.dossier.waiting:
            seat.dossier.cancel(al.id)


def test_one_document_that_cannot_be_written_stops_no_other(tmp_path: Path) -> None:
    def row(naam: str, bron: Bron) -> Onderweg:
        zaak = Zaakverwijzing("z", "ZAAK-1")
        return Onderweg(Toevoeging(naam, f"o-{naam}", zaak, naam, bron.omvang, datetime.now(UTC)), bron)

    gone = Bron(3, kopie="weg", sleutel="00" * 32)
    rijen = [row("weg.pdf", gone), row("ook weg.pdf", gone), row("er.pdf", Bron(3, los=b"abc"))]
    with pytest.raises(UserError, match=r"weg\.pdf.*Nog 1 lukte niet\. Wel opgeslagen: 1\."):
        write_beside(tmp_path / "uit.json", tmp_path / "geen", rijen)
    (path,) = tmp_path.iterdir()
    assert (path.name, path.read_bytes()) == ("uit - 3 - er.pdf", b"abc")
