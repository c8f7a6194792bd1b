"""Zaaktypen as a seat reads them: from the backend itself, and from a catalogue that says strange things."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

import httpx
import msgspec
import pytest

from kcs_desktop.api.catalogi import (
    documenttypen_from,
    eigenschap_from,
    read_vorm,
    read_vormen,
    read_zaaktype,
    read_zaaktypen,
)
from kcs_desktop.api.catalogi_vormen import Eigenschap as Gegeven
from kcs_desktop.api.catalogi_vormen import Informatieobjecttype, Koppeling
from kcs_desktop.api.client import Client
from kcs_desktop.backend.proefgemeente import zaaktypen
from kcs_desktop.domain.errors import NotFound, ServerFault
from kcs_desktop.domain.zaaktype import Eigenschap, Zaaktype
from tests.harness.backend import BASE, Backend

DAG = date(2026, 11, 26)


class Signed(httpx.ASGITransport):
    """The backend of the test, with the sign-in of one of its clients."""

    def __init__(self, backend: Backend, authorization: str) -> None:
        super().__init__(cast(Any, backend.app), client=("127.0.0.1", 50000))
        self._authorization = authorization

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        request.headers["Authorization"] = self._authorization
        return await super().handle_async_request(request)


@pytest.fixture
async def client(backend: Backend) -> Client:
    """A seat's client on a backend with the zaaktypen of Proefdam."""
    async with backend.db.write() as unit:
        await zaaktypen.store(unit)
    signed = await backend.client_for("snelbalie")
    made = Client(Signed(backend, signed.headers["Authorization"]))
    made.aim(BASE)
    return made


async def test_the_zaaktypen_of_a_day_come_by_name_and_count_on_that_day(client: Client) -> None:
    found = await read_zaaktypen(client, DAG)
    assert len(found) >= 25
    assert [one.omschrijving for one in found] == sorted((one.omschrijving for one in found), key=str.lower)
    assert all(one.geldt_op(DAG) for one in found)
    assert await read_zaaktypen(client, date(2025, 12, 31)) == ()
    assert await read_zaaktype(client, found[0].uuid) == found[0]
    with pytest.raises(NotFound):
        await read_zaaktype(client, zaaktypen.key("zaaktype", "bestaat niet"))


async def test_every_form_at_once_says_what_each_says_by_itself(client: Client) -> None:
    vormen = await read_vormen(client, DAG)
    assert [vorm.zaaktype for vorm in vormen] == list(await read_zaaktypen(client, DAG))
    for vorm in (vormen[0], vormen[len(vormen) // 2], vormen[-1]):
        alone = await read_vorm(client, vorm.zaaktype)
        assert vorm == msgspec.structs.replace(alone, resultaattypen=())
    assert all(vorm.statustypen and vorm.roltypen and vorm.eigenschappen for vorm in vormen)
    assert await read_vormen(client, date(2025, 12, 31)) == ()


async def test_all_of_a_zaaktype_comes_in_its_own_order(client: Client) -> None:
    zaaktype = await read_zaaktype(client, zaaktypen.key("zaaktype", "evenementenvergunning"))
    assert (zaaktype.servicenorm, zaaktype.doorlooptijd, zaaktype.mag_verlengen) == ("P8W", "P13W", True)
    vorm = await read_vorm(client, zaaktype)
    assert [step.volgnummer for step in vorm.statustypen] == [1, 2, 3, 4, 5, 6]
    assert vorm.statustypen[0].statustekst == "Wij hebben uw aanvraag voor een evenement ontvangen."
    assert [step.is_eindstatus for step in vorm.statustypen] == [False] * 5 + [True]
    initiator = vorm.roltype("initiator")
    assert initiator is not None
    assert initiator.omschrijving == "Aanvrager"
    assert vorm.roltype("zaakcoordinator") is None
    assert {one.omschrijving for one in vorm.resultaattypen} >= {"Verleend", "Geweigerd"}
    asked = {one.naam: one for one in vorm.eigenschappen}
    assert (asked["begin"].formaat, asked["begin"].is_verplicht) == ("datum_tijd", True)
    assert (asked["voorzieningen"].minstens, asked["voorzieningen"].hoogstens) == (0, None)
    assert "vuurwerk" in asked["voorzieningen"].waarden
    assert [one.omschrijving for one in vorm.documenttypen][:2] == ["Plattegrond", "Veiligheidsplan"]
    assert vorm.documenttypen[0].richting == "inkomend"


@pytest.mark.parametrize(
    ("specificatie", "expected"),
    [
        ({"formaat": "getal", "lengte": "7,2", "kardinaliteit": "1"}, ("getal", 7, 2, 1, 1)),
        ({"formaat": "tekst", "lengte": "255", "kardinaliteit": "0-1"}, ("tekst", 255, 0, 0, 1)),
        ({"formaat": "datum", "lengte": "8", "kardinaliteit": "1-N"}, ("datum", 8, 0, 1, None)),
        ({"formaat": "kleur", "lengte": "onbeperkt", "kardinaliteit": "veel"}, ("kleur", 0, 0, 0, 1)),
        ({"formaat": None, "lengte": 12, "kardinaliteit": "N"}, ("tekst", 12, 0, 0, None)),
        (None, ("tekst", 0, 0, 0, 1)),
    ],
)
def test_a_specificatie_is_read_as_far_as_it_can_be(specificatie: Any, expected: tuple[Any, ...]) -> None:
    row = msgspec.convert({"url": "https://x/eigenschappen/e1", "naam": "n", "specificatie": specificatie}, Gegeven)
    made = eigenschap_from(row)
    assert (made.formaat, made.lengte, made.decimalen, made.minstens, made.hoogstens) == expected


def test_a_value_is_held_against_what_the_catalogue_says() -> None:
    getal = Eigenschap("e", "u", "inkomen", formaat="getal", lengte=4, decimalen=2)
    assert getal.objection_to("1234,56") == ""
    assert getal.objection_to("12345") != ""
    keuze = Eigenschap("e", "u", "soort", waarden=("koop", "huur"), lengte=4)
    assert keuze.objection_to("koop") == ""
    assert "koop, huur" in keuze.objection_to("kraak")
    assert Eigenschap("e", "u", "x", formaat="kleur", lengte=3).objection_to("#ff00ff") == ""


def _answering(answers: dict[str, Any]) -> Client:
    def handle(request: httpx.Request) -> httpx.Response:
        found = answers.get(request.url.path.rsplit("/", 1)[1], {"results": []})
        if isinstance(found, list):
            found = found[int(request.url.params.get("page", "1")) - 1]
        return httpx.Response(200, content=found if isinstance(found, bytes) else msgspec.json.encode(found))

    made = Client(httpx.MockTransport(handle))
    made.aim(BASE)
    return made


async def test_pages_are_followed_and_a_row_without_address_is_left_out() -> None:
    one, other = ({"url": f"https://x/zaaktypen/{naam}", "omschrijving": naam, "doorlooptijd": None} for naam in "ba")
    pages = [
        {"count": 3, "next": "https://x/zaaktypen?page=2", "results": [one, {"url": None}]},
        {"count": 3, "next": None, "results": [other]},
    ]
    client = _answering({"zaaktypen": pages})
    assert [found.uuid for found in await read_zaaktypen(client, DAG)] == ["a", "b"]
    await client.close()


async def test_a_catalogue_of_many_pages_is_read_whole() -> None:
    zaaktype = {"url": "https://x/zaaktypen/z", "omschrijving": "Z"}
    pages: list[Any] = [
        {"next": f"https://x/?page={nr + 1}", "results": [{"url": f"https://x/e/{nr}", "zaaktype": zaaktype["url"]}]}
        for nr in range(1, 61)
    ]
    pages[-1]["next"] = None
    client = _answering({"zaaktypen": {"results": [zaaktype]}, "eigenschappen": pages})
    (vorm,) = await read_vormen(client, DAG)
    assert len(vorm.eigenschappen) == 60
    await client.close()


async def test_half_a_page_under_a_zaaktype_is_a_fault_and_no_empty_form() -> None:
    client = _answering({"eigenschappen": b'{"results": ['})
    with pytest.raises(ServerFault):
        await read_vorm(client, Zaaktype("z", "https://x/zaaktypen/z", "z", "Z", "openbaar"))
    await client.close()


def test_a_kind_of_document_that_is_linked_twice_stands_once_as_it_comes_in() -> None:
    """Such a register lists it once per link."""
    url = "https://zaken.voorbeeld/catalogi/api/v1/informatieobjecttypen/1"
    brief = Informatieobjecttype(url=url, omschrijving="Brief")
    links = [
        Koppeling(informatieobjecttype=url, richting=richting, volgnummer=nummer)
        for nummer, richting in enumerate(("uitgaand", "inkomend", "intern", "inkomend"), start=1)
    ]
    (found,) = documenttypen_from([brief, brief, brief, brief], links)
    assert (found.omschrijving, found.richting, found.volgnummer) == ("Brief", "inkomend", 2)
