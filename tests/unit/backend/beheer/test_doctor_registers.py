"""`doctor` on registers elsewhere: each fault is named with what to do about it, and nothing secret is shown."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest

from kcs_desktop.backend.beheer.bevinding import Bevinding
from kcs_desktop.backend.beheer.doctor import examine
from kcs_desktop.backend.gateway.instellingen import RegisterSettings
from kcs_desktop.backend.settings import Settings
from tests.doubles.openklant import TOKEN, OpenKlant, running_open_klant
from tests.doubles.openzaak import APIS, SECRET, OpenZaak, running_open_zaak
from tests.doubles.register import Wrong
from tests.doubles.upstream import running_upstream

RSIN = "002564440"


@pytest.fixture(scope="module")
def served_open_zaak() -> Iterator[OpenZaak]:
    with running_open_zaak() as double:
        yield double


@pytest.fixture
def open_zaak(served_open_zaak: OpenZaak) -> Iterator[OpenZaak]:
    yield served_open_zaak
    served_open_zaak.reset()


@pytest.fixture(scope="module")
def served_open_klant() -> Iterator[OpenKlant]:
    with running_open_klant() as double:
        yield double


@pytest.fixture
def open_klant(served_open_klant: OpenKlant) -> Iterator[OpenKlant]:
    yield served_open_klant
    served_open_klant.reset()


def registers_of(open_zaak: OpenZaak, **others: str) -> dict[str, RegisterSettings]:
    given = {"bronorganisatie": RSIN, **others}
    return {naam: msgspec.structs.replace(one, **given) for naam, one in open_zaak.settings().items()}


async def found_of(url: str, registers: dict[str, RegisterSettings], *namen: str) -> dict[str, list[Bevinding]]:
    """Per register what was found."""
    found = await examine(Settings(database_url=url, registers=registers))
    per = {naam: [one for one in found if one.onderwerp == f"Register {naam}"] for naam in namen or tuple(registers)}
    told = " ".join(map(str, found))
    assert SECRET not in told
    assert TOKEN not in told
    return per


async def wrong_of(url: str, registers: dict[str, RegisterSettings], naam: str) -> str:
    """What is not in order with this register, as one text."""
    found = (await found_of(url, registers))[naam]
    return " | ".join(str(one) for one in found if not one.in_orde)


async def test_registers_in_order_are_told_with_their_version(sqlite_url: str, open_zaak: OpenZaak) -> None:
    found = await found_of(sqlite_url, registers_of(open_zaak))
    assert all(one.in_orde for naam in ("zaken", "catalogi") for one in found[naam]), found
    assert "versie 1.5.1" in found["zaken"][0].melding
    assert "zaaktypen, alle met initiator en statussen" in found["catalogi"][-1].melding
    asked = {one.resource for one in open_zaak.asked}
    assert {"rollen", "statussen", "roltypen", "eigenschappen", "zaakinformatieobjecten"} <= asked
    reads = [one for one in open_zaak.asked if one.method == "GET"]
    assert not [one for one in reads if one.status >= 400 and "/documenten/" not in one.path]
    tried = [one for one in open_zaak.asked if one.method == "POST"]
    assert {one.status for one in tried} == {400}  # nothing is made
    assert {one.claims["user_id"] for one in open_zaak.asked} == {"kcs-doctor"}


async def test_a_register_that_is_away_is_told(sqlite_url: str, open_zaak: OpenZaak) -> None:
    open_zaak.is_away = True
    told = await wrong_of(sqlite_url, registers_of(open_zaak), "catalogi")
    assert "antwoordt niet" in told
    assert "KCS_REGISTER_CATALOGI_URL" in told


async def test_a_register_that_fails_is_told(sqlite_url: str, open_zaak: OpenZaak) -> None:
    open_zaak.wrong(Wrong.HTML_BEFORE, "GET", "/zaken/api/v1/zaken")
    assert "fout 500" in await wrong_of(sqlite_url, registers_of(open_zaak), "zaken")


@pytest.mark.parametrize("tail", ["/x", "/../elders"])
async def test_an_address_where_the_register_is_not(sqlite_url: str, open_zaak: OpenZaak, tail: str) -> None:
    registers = registers_of(open_zaak)
    registers["catalogi"] = msgspec.structs.replace(registers["catalogi"], url=open_zaak.base("catalogi") + tail)
    told = await wrong_of(sqlite_url, registers, "catalogi")
    assert "op dit adres is dit register niet" in told
    assert "KCS_REGISTER_CATALOGI_URL" in told


async def test_a_secret_that_differs_is_told(sqlite_url: str, open_zaak: OpenZaak) -> None:
    told = await wrong_of(sqlite_url, registers_of(open_zaak, secret="een ander geheim"), "zaken")
    assert "KCS_REGISTER_ZAKEN_SECRET" in told


async def test_a_client_that_is_not_known_is_told(sqlite_url: str, open_zaak: OpenZaak) -> None:
    told = await wrong_of(sqlite_url, registers_of(open_zaak, client_id="onbekend"), "zaken")
    assert "KCS_REGISTER_ZAKEN_CLIENT_ID" in told


async def test_a_clock_that_refuses_tokens_is_told(sqlite_url: str, open_zaak: OpenZaak) -> None:
    open_zaak.clock_skew = 7200.0
    told = await wrong_of(sqlite_url, registers_of(open_zaak), "zaken")
    assert "tijdsynchronisatie" in told
    assert "seconden voor" in told


async def test_a_clock_that_is_off_is_told_before_anything_fails(sqlite_url: str, open_zaak: OpenZaak) -> None:
    open_zaak.clock_skew = -45.0
    told = await wrong_of(sqlite_url, registers_of(open_zaak), "zaken")
    assert "seconden achter" in told
    assert "laat deze server niet toe" not in told


@pytest.mark.parametrize("version", ["1.4.0", "2.0.0"])
async def test_a_version_that_does_not_fit_is_told(sqlite_url: str, open_zaak: OpenZaak, version: str) -> None:
    open_zaak.version = version
    told = await wrong_of(sqlite_url, registers_of(open_zaak), "zaken")
    assert version in told
    assert "1.5" in told


async def test_a_right_that_is_missing_is_told_with_the_scope(sqlite_url: str, open_zaak: OpenZaak) -> None:
    open_zaak.refused |= {"rollen", "resultaten"}
    told = await wrong_of(sqlite_url, registers_of(open_zaak), "zaken")
    assert "rollen, resultaten" in told
    assert "zaken.lezen" in told


async def test_a_right_to_make_that_is_missing_is_told(sqlite_url: str, open_zaak: OpenZaak) -> None:
    open_zaak.wrong(Wrong.FORBIDDEN, "POST", "/zaken/api/v1/zaken")
    told = await wrong_of(sqlite_url, registers_of(open_zaak), "zaken")
    assert "geen recht om zaken te maken" in told
    assert "zaken.aanmaken" in told


async def test_a_right_to_complete_a_zaak_that_is_missing_is_told_with_its_scope_and_nothing_is_written(
    sqlite_url: str, open_zaak: OpenZaak
) -> None:
    parts = ("statussen", "rollen", "zaakobjecten", "zaakinformatieobjecten")
    zaak = open_zaak.get("/zaken/api/v1/zaken")["results"][0]["url"]

    def standing() -> list[int]:
        asked = [open_zaak.get(f"/zaken/api/v1/{part}", zaak=zaak) for part in parts]
        return [len(al) if isinstance(al, list) else al["count"] for al in asked]

    before = standing()
    assert await wrong_of(sqlite_url, registers_of(open_zaak), "zaken") == ""
    assert standing() == before
    open_zaak.refused |= {"zaakeigenschappen", "zaaknummer_reserveren"}
    told = await wrong_of(sqlite_url, registers_of(open_zaak), "zaken")
    assert "geen recht om te schrijven: zaaknummer_reserveren, zaakeigenschappen." in told
    assert "zaken.aanmaken, zaken.bijwerken" in told


@pytest.mark.parametrize(("naam", "path"), [("brp", "/personen"), ("kvk", "/v2/zoeken"), ("bag", "/adressen")])
async def test_a_base_register_is_asked_what_shows_nobody(sqlite_url: str, naam: str, path: str) -> None:
    async with running_upstream() as upstream:
        registers = {naam: RegisterSettings(upstream.url, TOKEN)}
        upstream.ok({"title": "x", "status": 400, "code": "paramsValidation"}, 400, "application/problem+json")
        assert await wrong_of(sqlite_url, registers, naam) == ""
        assert {asked.target for asked in upstream.asked} == {f"/basis{path}"}
        assert {asked.body for asked in upstream.asked} <= {b"", b"{}"}
        upstream.behaviour = "unauthorized"
        assert f"KCS_REGISTER_{naam.upper()}_TOKEN" in await wrong_of(sqlite_url, registers, naam)
        upstream.behaviour = "html-not-found"
        assert f"KCS_REGISTER_{naam.upper()}_URL" in await wrong_of(sqlite_url, registers, naam)


async def test_a_resource_that_fails_is_told(sqlite_url: str, open_zaak: OpenZaak) -> None:
    open_zaak.wrong(Wrong.HTML_BEFORE, "GET", "/eigenschappen")
    assert "eigenschappen (500)" in await wrong_of(sqlite_url, registers_of(open_zaak), "catalogi")


@pytest.mark.parametrize(
    ("emptied", "told"),
    [
        ("zaaktypen", "geen gepubliceerd zaaktype"),
        ("roltypen", "geen roltype initiator bij"),
        ("statustypen", "geen statustypen bij"),
    ],
)
async def test_a_catalogue_with_which_no_zaak_can_be_started_is_told(
    sqlite_url: str, open_zaak: OpenZaak, emptied: str, told: str
) -> None:
    open_zaak.emptied.add(emptied)
    found = await wrong_of(sqlite_url, registers_of(open_zaak), "catalogi")
    assert told in found
    assert "ubliceer" in found


async def test_without_the_number_of_the_municipality_no_zaak_can_be_made(sqlite_url: str, open_zaak: OpenZaak) -> None:
    told = await wrong_of(sqlite_url, registers_of(open_zaak, bronorganisatie=""), "zaken")
    assert "KCS_REGISTER_ZAKEN_BRONORGANISATIE" in told


async def test_every_source_is_looked_at(sqlite_url: str, open_zaak: OpenZaak) -> None:
    registers = registers_of(open_zaak)
    for api in APIS:
        registers[f"{api}_2"] = msgspec.structs.replace(registers[api], url="http://127.0.0.1:9/api/v1")
    assert "KCS_REGISTER_ZAKEN_2_URL" in await wrong_of(sqlite_url, registers, "zaken_2")
    assert await wrong_of(sqlite_url, registers, "zaken") == ""


async def test_open_klant_is_asked_for_each_resource(sqlite_url: str, open_klant: OpenKlant) -> None:
    registers = open_klant.settings()
    assert await wrong_of(sqlite_url, registers, "klantinteracties") == ""
    open_klant.refused.add("internetaken")
    assert "geen recht op internetaken" in await wrong_of(sqlite_url, registers, "klantinteracties")


@pytest.mark.parametrize("version", ["0.8.0", "1.0.0"])
async def test_a_version_of_open_klant_that_does_not_fit_is_told(
    sqlite_url: str, open_klant: OpenKlant, version: str
) -> None:
    open_klant.version = version
    told = await wrong_of(sqlite_url, open_klant.settings(), "klantinteracties")
    assert f"versie {version} past niet" in told
    assert "Nodig is 0.9" in told


async def test_a_token_that_is_not_known_is_told(sqlite_url: str, open_klant: OpenKlant) -> None:
    registers = {"klantinteracties": RegisterSettings(url=open_klant.base, token="oud")}
    told = await wrong_of(sqlite_url, registers, "klantinteracties")
    assert "KCS_REGISTER_KLANTINTERACTIES_TOKEN" in told


async def test_that_documents_can_be_read_and_not_made_is_told(sqlite_url: str, open_zaak: OpenZaak) -> None:
    before = open_zaak.get("/documenten/api/v1/enkelvoudiginformatieobjecten")["count"]
    assert "maken" not in await wrong_of(sqlite_url, registers_of(open_zaak), "documenten")
    open_zaak.wrong(Wrong.FORBIDDEN, "POST", "/enkelvoudiginformatieobjecten")
    told = await wrong_of(sqlite_url, registers_of(open_zaak), "documenten")
    assert "geen recht om documenten te maken" in told
    assert "documenten.aanmaken" in told
    assert open_zaak.get("/documenten/api/v1/enkelvoudiginformatieobjecten")["count"] == before
