"""What changes while a customer or a zaak is being opened is in the picture when all of it was read."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from kcs_desktop.api.gebeurtenissen import PATH as STROOM
from kcs_desktop.domain.klant import Klantbeeld, KlantSleutel, Klantverwijzing, SoortKlant
from kcs_desktop.domain.klantcontact import Kanaal
from kcs_desktop.domain.zaak import Zaakverwijzing
from kcs_desktop.domain.zaakbeeld import Zaakbeeld
from kcs_desktop.services.seat import SeatService
from tests.doubles.stoel_proxy import BadNetwork, Fault, bad_network
from tests.harness.backend import BackendProcess
from tests.harness.zitplaats import finish_contact, outcome, picture, running_seat, sign_in, until

PARTIJ, CONTACTEN = "/klantinteracties/api/v1/partijen", "/klantinteracties/api/v1/klantcontacten"
ZAKEN = "/zaken/api/v1/zaken"


@pytest.mark.parametrize(
    ("bsn", "traag", "fault"),
    [("999900456", PARTIJ, Fault.HELD), ("999900468", CONTACTEN, Fault.HELD_AFTER)],
    ids=["not known whose it is", "an older page comes last"],
)
async def test_a_contact_that_is_finished_while_the_customer_is_opened_elsewhere_is_seen_there(
    proefdam: BackendProcess, tmp_path: Path, bsn: str, traag: str, fault: Fault
) -> None:
    klant = _klant(bsn)
    async with _two_seats(proefdam, tmp_path) as (een, ander, network):
        gehoord = _heard(ander)
        watch = ander.klanten.watch(klant)
        _hold(network, traag, fault)
        opent = asyncio.create_task(picture(ander, klant))
        await network.until_answered("GET", CONTACTEN if traag == PARTIJ else PARTIJ)
        await outcome(een, finish_contact(een, klant, tmp_path.name))
        await until(ander.wijziging, lambda: "klantcontact" in gehoord)
        await network.until_answered("GET", CONTACTEN)  # read again where it is known whose it is
        network.released.set()
        await opent
        await until(ander.klanten.changed, lambda: _has(ander.klanten.known(klant), tmp_path.name))
        assert _has(ander.klanten.known(klant), tmp_path.name)
        watch.close()


async def test_a_customer_that_is_read_again_while_it_is_opened_keeps_what_that_brought(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    klant = _klant("999900481")
    async with _two_seats(proefdam, tmp_path, hoort=False) as (een, ander, network):
        watch = ander.klanten.watch(klant)
        _hold(network, CONTACTEN)
        opent = asyncio.create_task(picture(ander, klant))
        await network.until_answered("GET", PARTIJ)
        await outcome(een, finish_contact(een, klant, tmp_path.name))
        ander.klanten.on_resync()
        await network.until_answered("GET", CONTACTEN)
        network.released.set()
        await opent
        await until(ander.klanten.changed, lambda: _has(ander.klanten.known(klant), tmp_path.name))
        assert _has(ander.klanten.known(klant), tmp_path.name)
        watch.close()


async def test_an_older_answer_for_a_customer_nobody_looked_at_takes_nothing_from_who_looks_now(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    klant = _klant("999990032")
    async with _two_seats(proefdam, tmp_path) as (een, ander, network):
        gehoord = _heard(ander)
        await picture(ander, klant)
        _hold(network, CONTACTEN)
        vernieuwt = asyncio.create_task(ander.klanten.renew(klant))
        await network.until_fetched(Fault.HELD_AFTER)
        await outcome(een, finish_contact(een, klant, tmp_path.name))
        await until(ander.wijziging, lambda: "klantcontact" in gehoord)
        watch = ander.klanten.watch(klant)
        await picture(ander, klant)
        network.released.set()
        await vernieuwt
        await until(ander.klanten.changed, lambda: _has(ander.klanten.known(klant), tmp_path.name))
        assert _has(ander.klanten.known(klant), tmp_path.name)
        watch.close()


@pytest.mark.parametrize("hoort", [True, False], ids=["heard of", "missed"])
async def test_a_contact_about_a_zaak_that_is_opened_elsewhere_is_seen_there_though_an_older_answer_comes_last(
    proefdam: BackendProcess, tmp_path: Path, hoort: bool
) -> None:
    klant = _klant("999990019")
    async with _two_seats(proefdam, tmp_path, hoort=hoort) as (een, ander, network):
        zaak = (await picture(een, klant)).zaken[0].verwijzing
        gehoord = _heard(ander)
        watch = ander.zaken.watch(zaak.uuid)
        _hold(network, CONTACTEN)
        opent = asyncio.create_task(_opened(ander, zaak))
        await network.until_answered("GET", ZAKEN)
        await _finish_about(een, klant, zaak, tmp_path.name)
        if hoort:
            await until(ander.wijziging, lambda: "klantcontact" in gehoord)
        else:
            ander.zaken.on_resync()
        await network.until_answered("GET", CONTACTEN)
        network.released.set()
        await opent
        await until(ander.zaken.changed, lambda: _has(ander.zaken.known(zaak.uuid), tmp_path.name))
        assert _has(ander.zaken.known(zaak.uuid), tmp_path.name)
        watch.close()


async def test_a_reading_for_who_looked_before_takes_nothing_from_who_looks_now(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    klant = _klant("999990019")
    async with _two_seats(proefdam, tmp_path) as (een, ander, network):
        gehoord = _heard(ander)
        zaak = (await picture(ander, klant)).zaken[0].verwijzing
        before = ander.zaken.watch(zaak.uuid)
        await _opened(ander, zaak)
        _hold(network, CONTACTEN)
        ander.zaken.on_resync()
        await network.until_fetched(Fault.HELD_AFTER)
        before.close()
        await _finish_about(een, klant, zaak, tmp_path.name)
        await until(ander.wijziging, lambda: "klantcontact" in gehoord)
        watch = ander.zaken.watch(zaak.uuid)
        await _opened(ander, zaak)
        shown: list[Zaakbeeld] = []
        ander.zaken.changed.connect(shown.append)
        network.released.set()
        await until(ander.zaken.changed, lambda: len(shown) > 1)  # the older answer, and what was read after it
        assert _has(shown[-1], tmp_path.name)
        watch.close()


async def test_an_opening_that_ends_after_signing_out_has_nothing_read_in_the_next_sign_in(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    klant, ander_klant = _klant("999900493"), _klant("999990019")
    async with bad_network(proefdam.url) as network, _seat(network, tmp_path / "stoel", hoort=False) as seat:
        zaak = (await picture(seat, ander_klant)).zaken[0].verwijzing
        grepen = (seat.klanten.watch(klant), seat.zaken.watch(zaak.uuid))
        _hold(network, CONTACTEN)
        _hold(network, CONTACTEN)
        openen = [asyncio.create_task(picture(seat, klant)), asyncio.create_task(_opened(seat, zaak))]
        await network.until_answered("GET", f"{ZAKEN}/{zaak.uuid}")
        seat.klanten.on_resync()
        seat.zaken.on_resync()
        await seat.aanmelden.sign_out()
        await sign_in(seat, "snelbalie")
        gevraagd = len(network.seen)
        for opent in openen:
            opent.cancel()
        await asyncio.gather(*openen, return_exceptions=True)
        await picture(seat, ander_klant)  # longer than changes are gathered before a reading begins
        assert not any(zaak.uuid in passed.path for passed in network.seen[gevraagd:])
        assert not any("999900493" in passed.path for passed in network.seen[gevraagd:])
        for greep in grepen:
            greep.close()
        network.released.set()


@asynccontextmanager
async def _two_seats(
    backend: BackendProcess, folder: Path, *, hoort: bool = True
) -> AsyncIterator[tuple[SeatService, SeatService, BadNetwork]]:
    """A seat where something is done, and another that looks, behind a network that holds answers up."""
    async with (
        running_seat(folder / "een", backend.url, account="snelbalie") as een,
        bad_network(backend.url) as network,
        _seat(network, folder / "ander", hoort=hoort) as ander,
    ):
        yield een, ander, network


@asynccontextmanager
async def _seat(network: BadNetwork, profile: Path, *, hoort: bool) -> AsyncIterator[SeatService]:
    """A seat that does or does not hear what colleagues do."""
    if not hoort:
        network.draw = lambda passed: Fault.UNSENT if passed.path.startswith(STROOM) else None
    async with running_seat(profile, network.url, account="tic") as seat:
        yield seat


async def _opened(seat: SeatService, zaak: Zaakverwijzing) -> Zaakbeeld:
    return [al async for al in seat.zaken.open(zaak)][-1]


async def _finish_about(seat: SeatService, klant: Klantverwijzing, zaak: Zaakverwijzing, onderwerp: str) -> None:
    contact = seat.contacten.start(Kanaal.BALIE, klant=klant)
    seat.contacten.change_vraag(contact.id, contact.vraag.id, onderwerp=onderwerp, zaak=zaak)
    await outcome(seat, seat.contacten.finish(contact.id))


def _klant(bsn: str) -> Klantverwijzing:
    return Klantverwijzing(KlantSleutel(SoortKlant.PERSOON, bsn=bsn), "")


def _hold(network: BadNetwork, path: str, fault: Fault = Fault.HELD_AFTER) -> None:
    """The next answer from there comes when the network is released."""
    network.method, network.prefix = "GET", path
    network.faults.append(fault)


def _heard(seat: SeatService) -> list[str]:
    """The kinds of what this seat hears of, as it comes."""
    gehoord: list[str] = []
    seat.wijziging.connect(lambda wijziging: gehoord.append(wijziging.soort))
    return gehoord


def _has(beeld: Klantbeeld | Zaakbeeld | None, onderwerp: str) -> bool:
    return beeld is not None and any(regel.onderwerp == onderwerp for regel in beeld.contacten)
