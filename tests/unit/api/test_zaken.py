"""Zaken as a seat reads them: what is asked of the server, and what a half-filled answer becomes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import UTC, date, datetime
from typing import Any

import httpx
import msgspec
import pytest

from kcs_desktop.api.client import Client
from kcs_desktop.api.zaken import filters_of, find_zaken_at, read_zaak, read_zaken_of
from kcs_desktop.domain.klant import KlantSleutel, SoortKlant
from kcs_desktop.domain.termijn import Termijnstand

HOST = "http://127.0.0.1:9"
ZAKEN, CATALOGI = f"{HOST}/zaken/api/v1", f"{HOST}/catalogi/api/v1"
JOHANNA = KlantSleutel(SoortKlant.PERSOON, partij="p", bsn="999990019")
Answer = Callable[[httpx.Request], Any]
ZAAK: dict[str, Any] = {
    "uuid": "z1",
    "url": f"{ZAKEN}/zaken/z1",
    "identificatie": "ZAAK-2026-0000000001",
    "omschrijving": "Uitrit Schelpenlaan 12",
    "zaaktype": f"{CATALOGI}/zaaktypen/t1",
    "startdatum": "2026-11-02",
    "einddatum": None,
    "uiterlijkeEinddatumAfdoening": "2026-11-28",
    "opschorting": {"indicatie": False, "reden": ""},
    "verlenging": None,
    "status": f"{ZAKEN}/statussen/s2",
    "deelzaken": [f"{ZAKEN}/zaken/z2"],
    "_expand": {
        "zaaktype": {"omschrijving": "Uitrit aanleggen"},
        "status": {
            "uuid": "s2",
            "_expand": {"statustype": {"omschrijving": "In behandeling", "statustekst": "Wij bekijken uw aanvraag."}},
        },
        "resultaat": None,
        "rollen": [
            {
                "betrokkeneType": "natuurlijk_persoon",
                "omschrijvingGeneriek": "initiator",
                "betrokkeneIdentificatie": {
                    "inpBsn": "999990019",
                    "voornamen": "Johanna",
                    "voorvoegselGeslachtsnaam": "van",
                    "geslachtsnaam": "Duinrode",
                    "verblijfsadres": None,
                },
            },
            {
                "betrokkeneType": "medewerker",
                "omschrijvingGeneriek": "behandelaar",
                "betrokkeneIdentificatie": {"identificatie": "m.zandstra", "achternaam": ""},
            },
            {"betrokkeneType": "vestiging", "betrokkeneIdentificatie": {"handelsnaam": ["Bakkerij"]}},
            {"betrokkeneType": "niet_natuurlijk_persoon", "betrokkeneIdentificatie": None},
        ],
        "eigenschappen": [{"naam": "breedte", "waarde": "3"}],
    },
}


@pytest.fixture
async def served() -> AsyncIterator[Callable[[Answer], tuple[Client, list[httpx.Request]]]]:
    """A client over a server that answers as told, and what it was asked."""
    clients: list[Client] = []

    def serve(answer: Answer) -> tuple[Client, list[httpx.Request]]:
        asked: list[httpx.Request] = []

        def handle(request: httpx.Request) -> httpx.Response:
            asked.append(request)
            given = answer(request)
            return (
                given if isinstance(given, httpx.Response) else httpx.Response(200, content=msgspec.json.encode(given))
            )

        client = Client(httpx.MockTransport(handle))
        client.aim(HOST)
        clients.append(client)
        return client, asked

    yield serve
    for client in clients:
        await client.close()


Served = Callable[[Answer], tuple[Client, list[httpx.Request]]]


async def test_the_zaken_of_a_person_are_asked_in_one_call_with_the_system_of_co_ordinates(served: Served) -> None:
    client, asked = served(lambda _: {"count": 1, "results": [ZAAK], "next": None})
    pagina = await read_zaken_of(client, JOHANNA)
    assert len(asked) == 1
    assert asked[0].headers["Accept-Crs"] == "EPSG:4326"
    assert asked[0].url.params["rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn"] == "999990019"
    assert asked[0].url.params["ordering"] == "-startdatum"
    (regel,) = pagina.regels
    assert (regel.verwijzing.identificatie, regel.verwijzing.zaaktype) == ("ZAAK-2026-0000000001", "Uitrit aanleggen")
    assert regel.status == "Wij bekijken uw aanvraag."
    assert (pagina.totaal, pagina.is_laatste) == (1, True)
    termijn = regel.termijn(date(2026, 11, 26))
    assert (termijn.stand, termijn.uiterlijk, termijn.dagen) == (Termijnstand.BIJNA, date(2026, 11, 30), 4)


async def test_whoever_no_register_of_zaken_can_know_is_not_asked_for(served: Served) -> None:
    client, asked = served(lambda _: {})
    assert (await read_zaken_of(client, KlantSleutel(SoortKlant.CONTACTPERSOON, partij="p"))).regels == ()
    assert asked == []


@pytest.mark.parametrize(
    ("sleutel", "naam"),
    [
        (KlantSleutel(SoortKlant.ORGANISATIE, kvk_nummer="90000001"), "nietNatuurlijkPersoon__kvkNummer"),
        (KlantSleutel(SoortKlant.ORGANISATIE, rsin="899900000"), "nietNatuurlijkPersoon__innNnpId"),
        (
            KlantSleutel(SoortKlant.ORGANISATIE, kvk_nummer="9", vestigingsnummer="000900000001"),
            "vestiging__vestigingsNummer",
        ),
    ],
)
def test_a_company_is_found_by_its_own_number(sleutel: KlantSleutel, naam: str) -> None:
    assert list(filters_of(sleutel)) == [f"rol__betrokkeneIdentificatie__{naam}"]


async def test_the_zaken_of_an_establishment_are_also_those_that_name_its_company(served: Served) -> None:
    op = {naam: {**ZAAK, "uuid": naam, "startdatum": dag} for naam, dag in (("a", "2026-11-01"), ("b", "2026-11-20"))}

    def answer(request: httpx.Request) -> Any:
        named = {naam.rpartition("__")[2]: naam for naam in request.url.params if naam.startswith("rol__")}
        by_key = {"vestigingsNummer": ["a"], "kvkNummer": ["b", "a"], "innNnpId": ["b"]}
        found = next(uuids for naam, uuids in by_key.items() if naam in named)
        return {"count": len(found), "results": [op[uuid] for uuid in found]}

    client, asked = served(answer)
    sleutel = KlantSleutel(
        SoortKlant.ORGANISATIE, kvk_nummer="90000001", vestigingsnummer="000900000003", rsin="899900000"
    )
    pagina = await read_zaken_of(client, sleutel)
    assert len(asked) == 4, "as an establishment, as a company with its number, and as its company by two"
    assert [regel.verwijzing.uuid for regel in pagina.regels] == ["b", "a"]
    assert (pagina.totaal, pagina.is_laatste) == (2, True)


async def test_an_expansion_that_the_server_trips_over_is_left_out(served: Served) -> None:
    def answer(request: httpx.Request) -> Any:
        if "expand" in request.url.params:
            return httpx.Response(500, content=b"<html>")
        return {"count": 1, "results": [{**ZAAK, "_expand": None}]}

    client, asked = served(answer)
    (regel,) = (await read_zaken_of(client, JOHANNA)).regels
    assert (regel.omschrijving, regel.status, len(asked)) == ("Uitrit Schelpenlaan 12", "", 2)


async def test_a_zaak_shows_every_step_of_its_type_and_when_it_was_taken(served: Served) -> None:
    stappen = [
        {"url": f"{CATALOGI}/statustypen/st3", "omschrijving": "Afgehandeld", "volgnummer": 3},
        {"url": f"{CATALOGI}/statustypen/st1", "omschrijving": "Ontvangen", "volgnummer": 1},
        {"url": f"{CATALOGI}/statustypen/st2", "omschrijving": "In behandeling", "volgnummer": 2},
    ]
    gezet = [
        {"uuid": "s1", "statustype": f"{CATALOGI}/statustypen/st1", "datumStatusGezet": "2026-11-02T09:00:00Z"},
        {"uuid": "s2", "statustype": f"{CATALOGI}/statustypen/st2", "datumStatusGezet": "2026-11-03T09:00:00Z"},
        {"uuid": "s0", "statustype": f"{CATALOGI}/statustypen/weg", "datumStatusGezet": "geen datum"},
    ]

    def answer(request: httpx.Request) -> Any:
        if request.url.path.endswith("/statussen"):
            assert request.url.params["zaak"] == f"{ZAKEN}/zaken/z1"
            return {"count": 3, "results": gezet}
        if request.url.path.endswith("/statustypen"):
            assert request.url.params["zaaktype"] == f"{CATALOGI}/zaaktypen/t1"
            return {"count": 3, "results": stappen}
        return ZAAK

    client, asked = served(answer)
    zaak = await read_zaak(client, "z1")
    assert len(asked) == 3
    assert [(stap.naam, stap.is_huidig, stap.gezet_op is not None) for stap in zaak.stappen] == [
        ("Ontvangen", False, True),
        ("In behandeling", True, True),
        ("Afgehandeld", False, False),
        ("", False, False),
    ]
    assert zaak.statusgeschiedenis[0].gezet_op == datetime(2026, 11, 3, 9, tzinfo=UTC)
    assert zaak.initiator is not None
    assert zaak.initiator.naam == "Johanna van Duinrode"
    assert zaak.behandelaar is not None
    assert zaak.behandelaar.naam == "m.zandstra"
    assert [rol.naam for rol in zaak.rollen[2:]] == ["Bakkerij", ""]
    assert (zaak.deelzaken, zaak.eigenschappen[0].waarde) == (("z2",), "3")


async def test_the_sources_that_did_not_answer_come_with_the_page(served: Served) -> None:
    page = msgspec.json.encode({"count": 1, "results": [ZAAK]})
    headers = {"X-KCS-Onvolledig": "Zaken van Duinrode,Oud%2C tot 2020"}
    client, _ = served(lambda _: httpx.Response(200, content=page, headers=headers))
    assert (await read_zaken_of(client, JOHANNA)).ontbreekt == ("Zaken van Duinrode", "Oud, tot 2020")


async def test_whatever_belongs_to_a_zaak_is_known_once_with_how_it_belongs(served: Served) -> None:
    anderen = [
        {"url": f"{ZAKEN}/zaken/z2", "aardRelatie": "onderwerp"},
        {"url": f"{ZAKEN}/zaken/z3", "aardRelatie": "overig", "overigeRelatie": "Zelfde straat"},
    ]
    zelf = {**ZAAK, "relevanteAndereZaken": anderen, "gerelateerdeZaken": [{"url": f"{ZAKEN}/zaken/z4"}]}
    client, _ = served(
        lambda request: (
            zelf
            if "/zaken/zaken/" in request.url.path or request.url.path.endswith("/z1")
            else {"count": 0, "results": [], "next": None}
        )
    )
    zaak = await read_zaak(client, "z1")
    assert zaak.gekoppeld == ("z2", "z3", "z4")
    assert zaak.aard == {"z2": "onderwerp", "z3": "Zelfde straat"}


async def test_the_zaken_at_a_place_are_asked_by_body_and_without_expansion_where_that_fails(served: Served) -> None:
    def answer(request: httpx.Request) -> Any:
        if "expand" in msgspec.json.decode(request.content):
            return httpx.Response(500, content=b"<html>")
        return {"count": 1, "results": [{**ZAAK, "_expand": None}], "next": None}

    client, asked = served(answer)
    pagina = await find_zaken_at(client, (4.5, 52.0), {"einddatum__isnull": "true"}, 2)
    assert [regel.verwijzing.uuid for regel in pagina.regels] == ["z1"]
    body = msgspec.json.decode(asked[-1].content)
    ((west, zuid), *_, (oost, noord), _, _) = body["zaakgeometrie"]["within"]["coordinates"][0]
    assert (round((west + oost) / 2, 6), round((zuid + noord) / 2, 6)) == (4.5, 52.0)
    assert 0.0005 < noord - zuid < 0.0006
    assert (body["einddatum__isnull"], body["ordering"]) == (True, ["-startdatum"])
    assert (asked[-1].url.params["page"], asked[-1].headers["Content-Crs"]) == ("2", "EPSG:4326")
