"""After a backup was put back, what a seat registered since then is handed in again: nothing is lost, nothing twice."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from kcs_desktop.api.gebeurtenissen import Bericht, Hartslag, Opnieuw
from kcs_desktop.cache.werkbestand import Werkbestand
from kcs_desktop.domain.klant import SoortKlant
from kcs_desktop.domain.opdracht import KlantRegistreren, Opdracht, Uitkomst, Uitkomststand
from kcs_desktop.domain.uuid7 import new_id
from kcs_desktop.domain.wachtrij import Wachtstand
from kcs_desktop.sync.volger import Volger
from tests.doubles.stoel_proxy import bad_network
from tests.harness.backend import BackendProcess
from tests.harness.klok import Klok
from tests.harness.zitplaats import find, finish_contact, outcome, picture, running_seat, until


async def test_what_succeeded_is_handed_in_again_and_stays_one_contact(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    async with (
        bad_network(proefdam.url) as network,
        running_seat(tmp_path, network.url, account="snelbalie") as seat,
    ):
        klant = await find(seat, "999900122")
        before = (await picture(seat, klant)).contacten_totaal
        rij = await outcome(seat, finish_contact(seat, klant, "Vlak voor het herstel"))
        assert rij.stand is Wachtstand.GESLAAGD
        seat.outbox.on_epoch("teruggezet")
        await until(seat.outbox.changed, lambda: seat.outbox.waiting()[0].stand is Wachtstand.WACHT)
        assert (await outcome(seat, rij.opdracht)).stand is Wachtstand.GESLAAGD
        sent = [one.body for one in network.passed("POST", "/kcs/api/v1/opdrachten")]
        # The second time under the epoch that was told here, which the backend refuses; the third under its own.
        assert [msgspec.json.decode(body, type=Opdracht).id for body in sent] == [rij.opdracht.id] * 3
        assert (await picture(seat, klant)).contacten_totaal == before + 1


@pytest.fixture
def werk(klok: Klok) -> Werkbestand:
    made = Werkbestand(None, b"", klok)
    made.open()
    return made


def _done(werk: Werkbestand, klok: Klok, stand: Uitkomststand = Uitkomststand.GESLAAGD) -> str:
    opdracht = Opdracht(new_id(klok()), KlantRegistreren(SoortKlant.PERSOON), klok())
    werk.add(opdracht, opdracht.id, "Titel")
    werk.update(opdracht.id, stand.value, pogingen=1, uitkomst=Uitkomst(opdracht.id, stand))
    return opdracht.id


def test_another_epoch_makes_the_successes_of_the_last_day_wait_again(werk: Werkbestand, klok: Klok) -> None:
    assert werk.enter_epoch("een", klok()) == []
    oud = _done(werk, klok)
    klok.advance(hours=25)
    jong, geweigerd = _done(werk, klok), _done(werk, klok, Uitkomststand.GEWEIGERD)
    since = klok() - timedelta(days=1)
    assert werk.enter_epoch("een", since) == []
    assert werk.enter_epoch("twee", since) == [jong]
    assert {rij.id: rij.stand for rij in werk.outbox()} == {oud: "geslaagd", jong: "wacht", geweigerd: "geweigerd"}
    assert werk.enter_epoch("twee", since) == []
    werk.close()


@pytest.mark.parametrize("bericht", [Hartslag("b", 3), Opnieuw("b", 3)])
def test_the_follower_tells_each_epoch_once(bericht: Bericht) -> None:
    told: list[str] = []
    volger = Volger(_silent)
    volger.epoch.connect(told.append)
    for een in (Hartslag("a", 1), Hartslag("a", 2), bericht, Hartslag("b", 4)):
        volger.take(een)
    assert told == ["a", "b"]


async def _silent(_position: str) -> AsyncIterator[Bericht]:
    return
    yield
