"""Callback notes at three seats: each sees what another does; without a connection the own list stays readable."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path

from kcs_desktop.domain.klantcontact import Kanaal, Resultaat, Terugbelverzoek
from kcs_desktop.domain.terugbeltaak import Belresultaat, Lijst, Taakstand, Terugbeltaak
from kcs_desktop.domain.wachtrij import Wachtstand
from kcs_desktop.services.seat import SeatService
from tests.doubles.stoel_proxy import answer_lost
from tests.harness.backend import BackendProcess, backend_process
from tests.harness.postgres import free_port
from tests.harness.zitplaats import find, outcome, running_seat, sign_in, until

TEAM, BELOOFD, EIGEN = Lijst.TEAM, Lijst.BELOOFD, Lijst.EIGEN


async def promise(seat: SeatService, bsn: str, handeling: str) -> str:
    """Finish a contact with a callback request for Burgerzaken; the uuid of the note."""
    klant = await find(seat, bsn)
    contact = seat.contacten.start(Kanaal.BALIE, klant=klant)
    verzoek = Terugbelverzoek(handeling, afdeling="Burgerzaken", telefoonnummer="0612345678")
    seat.contacten.change_vraag(
        contact.id,
        contact.vraag.id,
        onderwerp="Paspoort",
        resultaat=Resultaat.CONTACTVERZOEK,
        terugbelverzoek=verzoek,
    )
    rij = await outcome(seat, seat.contacten.finish(contact.id))
    assert rij.uitkomst is not None, rij
    return str(rij.uitkomst.resultaat["internetaken"][0])


def known(seat: SeatService, uuid: str, lijst: Lijst, stand: Taakstand = Taakstand.OPEN) -> Terugbeltaak | None:
    return seat.terugbelnotities.known(lijst, stand).find(uuid)


async def sees(seat: SeatService, uuid: str, lijst: Lijst) -> Terugbeltaak:
    """Wait until the note stands in this list."""
    await until(seat.terugbelnotities.changed, lambda: known(seat, uuid, lijst) is not None)
    taak = known(seat, uuid, lijst)
    assert taak is not None
    return taak


async def comes_to(seat: SeatService, uuid: str, lijst: Lijst, holds: Callable[[Terugbeltaak | None], bool]) -> None:
    """Wait until this holds of the note in this list; None where it is not in it."""
    await until(seat.terugbelnotities.changed, lambda: holds(known(seat, uuid, lijst)))


def has_attempts(resultaten: list[str], taak: Terugbeltaak | None) -> bool:
    return taak is not None and [poging.resultaat for poging in taak.pogingen] == resultaten


async def test_three_seats_see_each_step_of_a_note(proefdam: BackendProcess, tmp_path: Path) -> None:
    async with AsyncExitStack() as seats:
        anna, bilal, thea = [
            await seats.enter_async_context(running_seat(tmp_path / naam, proefdam.url, account=naam))
            for naam in ("snelbalie", "balie2", "tweedelijn")
        ]
        for seat, lijst in ((anna, BELOOFD), (bilal, TEAM), (thea, TEAM)):
            seats.callback(seat.terugbelnotities.watch(lijst).close)
            await seat.terugbelnotities.load(lijst)
        uuid = await promise(anna, "999990019", "Bel over het paspoort")
        taak = await sees(bilal, uuid, TEAM)
        assert taak.klant is not None
        assert taak.klant.naam
        assert (await sees(thea, uuid, TEAM)).door == ""
        assert (await sees(anna, uuid, BELOOFD)).beloofd_door == "snelbalie"

        claim = bilal.terugbelnotities.claim(taak)
        shown = known(bilal, uuid, TEAM)
        assert shown is not None
        assert shown.door == "balie2"  # at once
        assert (await outcome(bilal, claim)).stand is Wachtstand.GESLAAGD
        for seat, lijst in ((anna, BELOOFD), (thea, TEAM)):
            await comes_to(seat, uuid, lijst, lambda al: al is not None and al.door == "balie2")
        late = await outcome(thea, thea.terugbelnotities.claim(await sees(thea, uuid, TEAM)))
        assert late.stand is Wachtstand.GEWEIGERD
        assert "Bilal" in late.reden
        assert "Bilal" in thea.terugbelnotities.known(TEAM).geweigerd[uuid]

        tried = [Belresultaat.NIET_BEREIKT, Belresultaat.INGESPROKEN]
        for number, resultaat in enumerate(tried, start=1):
            poging = bilal.terugbelnotities.attempt(await sees(bilal, uuid, TEAM), resultaat, "Geen gehoor.")
            assert (await outcome(bilal, poging)).stand is Wachtstand.GESLAAGD
            for seat, lijst in ((anna, BELOOFD), (thea, TEAM)):
                so_far = [al.value for al in tried[:number]]
                await comes_to(seat, uuid, lijst, partial(has_attempts, so_far))
        done = bilal.terugbelnotities.finish(await sees(bilal, uuid, TEAM), Belresultaat.GESPROKEN, "Uitgelegd.")
        assert (await outcome(bilal, done)).stand is Wachtstand.GESLAAGD
        for seat, lijst in ((anna, BELOOFD), (thea, TEAM), (bilal, TEAM)):
            await comes_to(seat, uuid, lijst, lambda al: al is None)
        await anna.terugbelnotities.load(BELOOFD, Taakstand.KLAAR)
        finished = known(anna, uuid, BELOOFD, Taakstand.KLAAR)
        assert finished is not None
        assert (finished.afgehandeld_door, finished.resultaat) == ("Bilal Öztürk", "gesproken")


async def test_an_attempt_that_was_set_apart_is_recorded_once(proefdam: BackendProcess, tmp_path: Path) -> None:
    async with (
        running_seat(tmp_path / "anna", proefdam.url, account="snelbalie") as anna,
        answer_lost(proefdam.url, b"terugbelnotitie.poging") as network,
        running_seat(tmp_path / "bilal", network.url, account="balie2") as bilal,
    ):
        watch = bilal.terugbelnotities.watch(TEAM)
        await bilal.terugbelnotities.load(TEAM)
        uuid = await promise(anna, "999990019", "Bel over de parkeervergunning")
        poging = bilal.terugbelnotities.attempt(await sees(bilal, uuid, TEAM), Belresultaat.NIET_BEREIKT, "")
        await until(bilal.terugbelnotities.changed, lambda: uuid in bilal.terugbelnotities.known(TEAM).apart)
        lijst = bilal.terugbelnotities.known(TEAM)
        assert lijst.apart == {uuid: poging.id}
        assert lijst.geweigerd[uuid].startswith("De server neemt deze opdracht niet aan")
        bilal.outbox.retry(poging.id)
        assert (await outcome(bilal, poging)).stand is Wachtstand.GESLAAGD
        await bilal.terugbelnotities.load(TEAM)
        taak = known(bilal, uuid, TEAM)
        assert has_attempts(["niet_bereikt"], taak)
        assert bilal.terugbelnotities.known(TEAM).apart == {}
        watch.close()


async def test_without_a_connection_the_own_list_is_read_and_worked_on(tmp_path: Path) -> None:
    database, port = f"sqlite:///{tmp_path / 'kcs.db'}", free_port()
    url = f"http://127.0.0.1:{port}"
    async with running_seat(tmp_path / "stoel", url, account="") as seat:
        with backend_process(database, log=tmp_path / "log", proefgemeente=True, port=port):
            await sign_in(seat, "balie2")
            uuid = await promise(seat, "999990032", "Bel over de akte")
            await seat.terugbelnotities.load(BELOOFD)
            taak = await sees(seat, uuid, BELOOFD)
        greep = seat.terugbelnotities.watch(BELOOFD)
        await seat.terugbelnotities.load(BELOOFD)
        lijst = seat.terugbelnotities.known(BELOOFD)
        assert lijst.fout
        assert lijst.uit_cache
        assert lijst.opgehaald_op is not None
        assert lijst.find(uuid) is not None
        await seat.terugbelnotities.load(BELOOFD)
        shown_klanten = {al.klant for al in lijst.taken if al.klant is not None}
        assert await seat.inzagen.waiting() == len(shown_klanten)  # once each
        claim = seat.terugbelnotities.claim(taak)
        poging = seat.terugbelnotities.attempt(taak, Belresultaat.NIET_BEREIKT)
        shown = known(seat, uuid, BELOOFD)
        assert shown is not None
        assert (shown.door, len(shown.pogingen)) == ("balie2", 1)
        assert uuid in seat.terugbelnotities.known(BELOOFD).wacht
        with backend_process(database, log=tmp_path / "log", proefgemeente=True, port=port):
            seat.outbox.retry(claim.id)
            assert (await outcome(seat, claim)).stand is Wachtstand.GESLAAGD
            assert (await outcome(seat, poging)).stand is Wachtstand.GESLAAGD
            await until(
                seat.terugbelnotities.changed,
                lambda: (
                    (al := known(seat, uuid, BELOOFD)) is not None
                    and len(al.pogingen) == 1
                    and not seat.terugbelnotities.known(BELOOFD).uit_cache
                ),
            )
        greep.close()


async def test_the_tab_counts_what_needs_attention_of_the_own_list(proefdam: BackendProcess, tmp_path: Path) -> None:
    async with running_seat(tmp_path / "stoel", proefdam.url, account="m.zandstra") as seat:
        await until(seat.terugbelnotities.counted, lambda: seat.terugbelnotities.aandacht > 0)
        eigen = seat.terugbelnotities.known(EIGEN)
        laat = sum(taak.is_te_laat(seat.now()) for taak in eigen.taken)
        await seat.terugbelnotities.load(Lijst.GEMELD)
        gemeld = seat.terugbelnotities.known(Lijst.GEMELD)
        anderen = sum(eigen.find(taak.uuid) is None for taak in gemeld.taken)
        assert seat.terugbelnotities.aandacht == (anderen + laat or eigen.totaal)


async def test_another_sign_in_sees_nothing_of_the_list_of_before(proefdam: BackendProcess, tmp_path: Path) -> None:
    async with running_seat(tmp_path / "stoel", proefdam.url, account="m.zandstra") as seat:
        await seat.terugbelnotities.load(EIGEN)
        assert seat.terugbelnotities.known(EIGEN).taken
        await seat.aanmelden.sign_out()
        assert seat.terugbelnotities.known(EIGEN).taken == ()
        await sign_in(seat, "auditor")
        await seat.terugbelnotities.load(EIGEN)
        assert seat.terugbelnotities.known(EIGEN).taken == ()
