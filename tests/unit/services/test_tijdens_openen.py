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
    klant = Klantverwijzing(KlantSleutel(SoortKlant.PERSOON, bsn=bsn), "")
    async with (
        running_seat(tmp_path / "een", proefdam.url, account="snelbalie") as een,
        bad_network(proefdam.url) as network,
        running_seat(tmp_path / "ander", network.url, account="tic") as ander,
    ):
        shown: list[Klantbeeld] = []
        ander.klanten.changed.connect(shown.append)
        gehoord: list[str] = []
        ander.wijziging.connect(lambda wijziging: gehoord.append(wijziging.soort))
        watch = ander.klanten.watch(klant)
        network.method, network.prefix = "GET", traag
        network.faults.append(fault)
        opent = asyncio.create_task(picture(ander, klant))
        await network.until_answered("GET", CONTACTEN if traag == PARTIJ else PARTIJ)
        await outcome(een, finish_contact(een, klant, "Onder het openen"))
        await until(ander.wijziging, lambda: "klantcontact" in gehoord)
        await network.until_answered("GET", CONTACTEN)  # read again where it is known whose it is
        network.released.set()
        geopend = await opent
        await until(
            ander.klanten.changed,
            lambda: any(regel.onderwerp == "Onder het openen" for regel in (shown or [geopend])[-1].contacten),
        )
        watch.close()


@pytest.mark.parametrize("hoort", [True, False], ids=["heard of", "missed"])
async def test_a_contact_about_a_zaak_that_is_opened_elsewhere_is_seen_there_though_an_older_answer_comes_last(
    proefdam: BackendProcess, tmp_path: Path, hoort: bool
) -> None:
    klant = Klantverwijzing(KlantSleutel(SoortKlant.PERSOON, bsn="999990019"), "")
    async with (
        running_seat(tmp_path / "een", proefdam.url, account="snelbalie") as een,
        bad_network(proefdam.url) as network,
        _seat(network, tmp_path / "ander", hoort=hoort) as ander,
    ):
        zaak = (await picture(een, klant)).zaken[0].verwijzing
        gehoord: list[str] = []
        ander.wijziging.connect(lambda wijziging: gehoord.append(wijziging.soort))
        watch = ander.zaken.watch(zaak.uuid)
        network.method, network.prefix = "GET", CONTACTEN
        network.faults.append(Fault.HELD_AFTER)
        opent = asyncio.create_task(_opened(ander, zaak))
        await network.until_answered("GET", ZAKEN)
        contact = een.contacten.start(Kanaal.BALIE, klant=klant)
        een.contacten.change_vraag(contact.id, contact.vraag.id, onderwerp="Onder het openen", zaak=zaak)
        await outcome(een, een.contacten.finish(contact.id))
        if hoort:
            await until(ander.wijziging, lambda: "klantcontact" in gehoord)
        else:
            ander.zaken.on_resync()
        await network.until_answered("GET", CONTACTEN)
        network.released.set()
        await opent

        def has_it() -> bool:
            beeld = ander.zaken.known(zaak.uuid)
            return beeld is not None and any(regel.onderwerp == "Onder het openen" for regel in beeld.contacten)

        await until(ander.zaken.changed, has_it)
        watch.close()


async def test_a_customer_that_is_read_again_while_it_is_opened_keeps_what_that_brought(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    klant = Klantverwijzing(KlantSleutel(SoortKlant.PERSOON, bsn="999900481"), "")
    async with (
        running_seat(tmp_path / "een", proefdam.url, account="snelbalie") as een,
        bad_network(proefdam.url) as network,
        _seat(network, tmp_path / "ander", hoort=False) as ander,
    ):
        watch = ander.klanten.watch(klant)
        network.method, network.prefix = "GET", CONTACTEN
        network.faults.append(Fault.HELD_AFTER)
        opent = asyncio.create_task(picture(ander, klant))
        await network.until_answered("GET", PARTIJ)
        await outcome(een, finish_contact(een, klant, "Gemist"))
        ander.klanten.on_resync()
        await network.until_answered("GET", CONTACTEN)
        network.released.set()
        await opent

        def has_it() -> bool:
            beeld = ander.klanten.known(klant)
            return beeld is not None and any(regel.onderwerp == "Gemist" for regel in beeld.contacten)

        await until(ander.klanten.changed, has_it)
        watch.close()


async def test_an_older_answer_for_a_customer_nobody_looked_at_takes_nothing_from_who_looks_now(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    klant = Klantverwijzing(KlantSleutel(SoortKlant.PERSOON, bsn="999990032"), "")
    async with (
        running_seat(tmp_path / "een", proefdam.url, account="snelbalie") as een,
        bad_network(proefdam.url) as network,
        running_seat(tmp_path / "ander", network.url, account="tic") as ander,
    ):
        gehoord: list[str] = []
        ander.wijziging.connect(lambda wijziging: gehoord.append(wijziging.soort))
        await picture(ander, klant)
        network.method, network.prefix = "GET", CONTACTEN
        network.faults.append(Fault.HELD_AFTER)
        vernieuwt = asyncio.create_task(ander.klanten.renew(klant))
        await network.until_fetched(Fault.HELD_AFTER)
        await outcome(een, finish_contact(een, klant, "Ongezien"))
        await until(ander.wijziging, lambda: "klantcontact" in gehoord)
        watch = ander.klanten.watch(klant)
        await picture(ander, klant)
        network.released.set()
        await vernieuwt

        def has_it() -> bool:
            beeld = ander.klanten.known(klant)
            return beeld is not None and any(regel.onderwerp == "Ongezien" for regel in beeld.contacten)

        await until(ander.klanten.changed, has_it)
        watch.close()


async def test_a_reading_for_who_looked_before_takes_nothing_from_who_looks_now(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    klant = Klantverwijzing(KlantSleutel(SoortKlant.PERSOON, bsn="999990019"), "")
    async with (
        running_seat(tmp_path / "een", proefdam.url, account="snelbalie") as een,
        bad_network(proefdam.url) as network,
        running_seat(tmp_path / "ander", network.url, account="tic") as ander,
    ):
        gehoord: list[str] = []
        ander.wijziging.connect(lambda wijziging: gehoord.append(wijziging.soort))
        zaak = (await picture(ander, klant)).zaken[0].verwijzing
        before = ander.zaken.watch(zaak.uuid)
        await _opened(ander, zaak)
        network.method, network.prefix = "GET", CONTACTEN
        network.faults.append(Fault.HELD_AFTER)
        ander.zaken.on_resync()
        await network.until_fetched(Fault.HELD_AFTER)
        before.close()
        contact = een.contacten.start(Kanaal.BALIE, klant=klant)
        een.contacten.change_vraag(contact.id, contact.vraag.id, onderwerp="Ongezien", zaak=zaak)
        await outcome(een, een.contacten.finish(contact.id))
        await until(ander.wijziging, lambda: "klantcontact" in gehoord)
        watch = ander.zaken.watch(zaak.uuid)
        await _opened(ander, zaak)
        shown: list[Zaakbeeld] = []
        ander.zaken.changed.connect(shown.append)
        network.released.set()
        await until(ander.zaken.changed, lambda: len(shown) > 1)  # the older answer, and what was read after it
        assert any(regel.onderwerp == "Ongezien" for regel in shown[-1].contacten)
        watch.close()


async def test_an_opening_that_ends_after_signing_out_has_nothing_read_in_the_next_sign_in(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    klant = Klantverwijzing(KlantSleutel(SoortKlant.PERSOON, bsn="999900493"), "")
    ander_klant = Klantverwijzing(KlantSleutel(SoortKlant.PERSOON, bsn="999990019"), "")
    async with bad_network(proefdam.url) as network, _seat(network, tmp_path / "stoel", hoort=False) as seat:
        zaak = (await picture(seat, ander_klant)).zaken[0].verwijzing
        grepen = (seat.klanten.watch(klant), seat.zaken.watch(zaak.uuid))
        network.method, network.prefix = "GET", CONTACTEN
        network.faults.extend((Fault.HELD_AFTER, Fault.HELD_AFTER))
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
async def _seat(network: BadNetwork, profile: Path, *, hoort: bool) -> AsyncIterator[SeatService]:
    """A seat that does or does not hear what colleagues do."""
    if not hoort:
        network.draw = lambda passed: Fault.UNSENT if passed.path.startswith(STROOM) else None
    async with running_seat(profile, network.url, account="tic") as seat:
        yield seat


async def _opened(seat: SeatService, zaak: Zaakverwijzing) -> Zaakbeeld:
    return [al async for al in seat.zaken.open(zaak)][-1]
