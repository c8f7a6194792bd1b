"""What came along with an event is laid in beside a history that was read, and never beside one that was not."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kcs_desktop.domain.gebeurtenis import Gebeurtenis, Wijziging
from kcs_desktop.domain.klant import Klantbeeld, Klantverwijzing
from kcs_desktop.services.seat import SeatService
from tests.doubles.stoel_proxy import Fault, bad_network
from tests.harness.backend import BackendProcess
from tests.harness.zitplaats import find, finish_contact, outcome, picture, running_seat, until

REGISTER = "/klantinteracties/"
SHOWN = "/kcs/api/v1/gebeurtenissen/getoond"
NIEUW = "019b0000-0000-7000-8000-0000000000a1"
LONG = "999990020"  # its history fills a page


def event(partij: str, gegevens: Any, uuid: str = NIEUW) -> Gebeurtenis:
    """As the stream gives it; None brings nothing along."""
    wijziging = Wijziging("klantcontact", uuid, "gemaakt", "crm", (partij,))
    raw = msgspec.Raw(b"" if gegevens is None else msgspec.json.encode(gegevens))
    return Gebeurtenis("e", 1, 0, datetime(2026, 3, 1, tzinfo=UTC), wijziging, raw)


def brought(moment: datetime, uuid: str = NIEUW) -> dict[str, Any]:
    taak = {"uuid": f"t-{uuid}", "gevraagdeHandeling": "Bellen", "status": "te_verwerken"}
    return {
        "uuid": uuid,
        "onderwerp": "Meegekomen",
        "plaatsgevondenOp": moment.isoformat(),
        "_expand": {"leiddeTotInterneTaken": [taak]},
    }


async def shown_at(seat: SeatService, bsn: str) -> tuple[Klantbeeld, list[Klantbeeld]]:
    """The customer on screen, and every picture that comes after it."""
    beeld = await picture(seat, await find(seat, bsn))
    assert beeld.sleutel.partij
    seat.klanten.watch(Klantverwijzing(beeld.sleutel, beeld.naam))
    shown: list[Klantbeeld] = []
    seat.klanten.changed.connect(shown.append)
    return beeld, shown


async def test_it_stands_in_the_picture_once_without_a_request(proefdam: BackendProcess, tmp_path: Path) -> None:
    async with bad_network(proefdam.url) as network, running_seat(tmp_path, network.url, account="tic") as seat:
        beeld, shown = await shown_at(seat, "999900365")
        network.seen.clear()
        for _ in range(2):  # the same change heard twice is one contact
            seat.klanten.on_event(event(beeld.sleutel.partij, brought(seat.now())))
            await until(seat.klanten.changed, lambda: bool(shown))
            assert [regel.uuid for regel in shown[-1].contacten] == [NIEUW, *(al.uuid for al in beeld.contacten)]
            assert shown[-1].contacten_totaal == beeld.contacten_totaal + 1
            assert sum(notitie.klantcontact == NIEUW for notitie in shown[-1].terugbelnotities) == 1
            shown.clear()
        assert [one.path for one in network.seen if one.path.startswith(REGISTER)] == []


@pytest.mark.parametrize("gegevens", [None, {"geen": "klantcontact"}, {"uuid": NIEUW}])
async def test_what_cannot_be_read_or_lacks_its_notes_is_asked_for(
    proefdam: BackendProcess, tmp_path: Path, gegevens: object
) -> None:
    async with bad_network(proefdam.url) as network, running_seat(tmp_path, network.url, account="tic") as seat:
        beeld, shown = await shown_at(seat, "999900389")
        network.seen.clear()
        seat.klanten.on_event(event(beeld.sleutel.partij, gegevens))
        await until(seat.klanten.changed, lambda: bool(shown))
        asked = [one.path.partition("?")[0] for one in network.seen if one.path.startswith(REGISTER)]
        assert asked == [f"/klantinteracties/api/v1/klantcontacten/{NIEUW}"]
        assert shown[-1].contacten == beeld.contacten, "the register does not know it"


async def test_one_of_a_page_that_was_not_read_is_asked_for(proefdam: BackendProcess, tmp_path: Path) -> None:
    async with bad_network(proefdam.url) as network, running_seat(tmp_path, network.url, account="tic") as seat:
        await outcome(seat, finish_contact(seat, await find(seat, LONG), "Een meer dan een bladzijde"))
        beeld, shown = await shown_at(seat, LONG)
        assert len(beeld.contacten) < beeld.contacten_totaal
        network.seen.clear()
        seat.klanten.on_event(event(beeld.sleutel.partij, brought(datetime(2001, 1, 1, tzinfo=UTC))))
        await until(seat.klanten.changed, lambda: bool(shown))
        assert any(one.path.startswith(REGISTER) for one in network.seen)
        assert NIEUW not in {regel.uuid for regel in shown[-1].contacten}


async def test_one_that_comes_during_a_reading_of_before_it_is_there_after_it(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    async with bad_network(proefdam.url) as network, running_seat(tmp_path, network.url, account="tic") as seat:
        beeld, shown = await shown_at(seat, "999900390")
        network.method, network.prefix = "GET", f"{REGISTER}api/v1/klantcontacten"
        network.faults.append(Fault.HELD)
        network.seen.clear()
        seat.klanten.on_resync()
        await network.until_answered("GET", f"{REGISTER}api/v1/partijen")  # asked in the same moment
        seat.klanten.on_event(event(beeld.sleutel.partij, brought(seat.now())))
        assert shown == []
        network.released.set()
        await until(seat.klanten.changed, lambda: bool(shown) and shown[-1].contacten != beeld.contacten)
        assert [regel.uuid for regel in shown[-1].contacten] == [NIEUW, *(al.uuid for al in beeld.contacten)]
        assert len(network.passed("GET", f"{REGISTER}api/v1/klantcontacten")) == 1


async def test_after_the_stream_was_lost_the_seat_tells_again_what_it_shows(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    async with (
        running_seat(tmp_path / "een", proefdam.url, account="snelbalie") as een,
        bad_network(proefdam.url) as network,
        running_seat(tmp_path / "ander", network.url, account="tic") as ander,
    ):
        beeld, shown = await shown_at(ander, "999900407")
        await network.until_answered("POST", SHOWN)
        network.cut()
        network.is_down = False
        network.seen.clear()
        await network.until_answered("POST", SHOWN)
        network.seen.clear()
        finish_contact(een, Klantverwijzing(beeld.sleutel, beeld.naam), "Na de storing")
        await until(
            ander.klanten.changed,
            lambda: bool(shown) and any(regel.onderwerp == "Na de storing" for regel in shown[-1].contacten),
        )
        assert [one.path for one in network.seen if one.path.startswith(f"{REGISTER}api/v1/klantcontacten")] == []
