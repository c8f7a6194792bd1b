"""Several servers side by side: one list, each row once, and the one that does not answer named."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.gateway.antwoord import Antwoord
from kcs_desktop.backend.gateway.instellingen import RegisterSettings
from kcs_desktop.backend.gateway.samenvoegen import Blad, merged
from kcs_desktop.backend.gateway.zeef import MOST, Zeef
from kcs_desktop.backend.problem import HttpProblem, InvalidBody
from kcs_desktop.domain.rechten import Recht
from tests.doubles.openklant import OpenKlant, running_open_klant
from tests.doubles.openzaak import OpenZaak, running_open_zaak
from tests.doubles.register import Wrong
from tests.harness.backend import BASE, running_backend
from tests.harness.klok import Klok
from tests.unit.backend.gateway.test_zgw_reading import BSN, CATALOGI, CRS, ZAKEN, audited, client_of, new_zaak

JOHANNA = "999990019"
HEADER = "x-kcs-onvolledig"


@given(st.lists(st.integers(0, 23), min_size=1, max_size=3), st.integers(1, 7))
def test_every_row_of_every_source_comes_once_and_at_its_place(counts: list[int], size: int) -> None:
    sources = [[{"nr": f"{nr}-{index:02}"} for index in range(count)] for nr, count in enumerate(counts)]
    total = sum(counts)

    async def ask(source: Sequence[Any], number: int) -> Blad:
        begin = (number - 1) * size
        return Blad(list(source[begin : begin + size]), len(source), begin + size >= len(source))

    async def page_through() -> list[str]:
        found: list[str] = []
        for number in range(1, max(1, math.ceil(total / size)) + 1):
            asked = {"page": str(number), "pageSize": str(size)}
            samen = await merged(sources, lambda source: str(len(source)), ask, asked)
            assert (samen.blad.count, samen.blad.is_last) == (total, number * size >= total)
            assert len(samen.blad.rows) == min(size, total - (number - 1) * size)
            found += [row["nr"] for row in samen.blad.rows]
        return found

    assert asyncio.run(page_through()) == [row["nr"] for source in sources for row in source]


@given(st.lists(st.lists(st.booleans(), max_size=20), min_size=1, max_size=3), st.integers(1, 7), st.integers(1, 9))
def test_a_row_that_somebody_may_not_see_leaves_no_trace_in_pages_and_counts(
    sources: list[list[bool]], size: int, of_source: int
) -> None:
    shown = [f"{nr}-{index:02}" for nr, rows in enumerate(sources) for index, seen in enumerate(rows) if seen]

    def zeef(nr: int, asked: Mapping[str, str]) -> Zeef:
        async def read(asked: Mapping[str, str]) -> Blad:
            begin, visible = (int(asked.get("page", "1")) - 1) * of_source, sources[nr]
            part = range(begin, min(begin + of_source, len(visible)))
            rows = [{"nr": f"{nr}-{index:02}"} for index in part if visible[index]]
            return Blad(rows, len(visible), begin + of_source >= len(visible))

        return Zeef(read, asked)

    async def page_through() -> list[str]:
        found: list[str] = []
        for number in range(1, max(1, math.ceil(len(shown) / size)) + 1):
            asked = {"page": str(number), "pageSize": str(size)}
            zeven = [zeef(nr, asked) for nr in range(len(sources))]
            blad = (await merged(zeven, str, lambda zeef, number: zeef.page(number), asked)).blad
            is_last = number * size >= len(shown)
            assert blad.is_last == is_last
            assert len(shown) == blad.count if is_last else number * size < blad.count <= len(shown)
            found += [row["nr"] for row in blad.rows]
        return found

    assert asyncio.run(page_through()) == shown


async def test_a_list_in_which_one_sees_next_to_nothing_is_not_gone_through_for_ever() -> None:
    read: list[Mapping[str, str]] = []

    async def page(asked: Mapping[str, str]) -> Blad:
        read.append(asked)
        return Blad([], 10**6, is_last=False)

    with pytest.raises(InvalidBody) as refused:
        await Zeef(page, {"pageSize": "500"}).page(1)
    assert (refused.value.params[0].code, len(read)) == ("too-many", MOST // 500)


async def test_a_list_without_pages_comes_whole() -> None:
    async def ask(source: range, number: int) -> Blad:
        return Blad([{"nr": nr} for nr in source], len(source), is_last=True)

    samen = await merged([range(150), range(30)], str, ask, {}, paged=False)
    assert (len(samen.blad.rows), samen.blad.is_last) == (180, True)


async def test_a_page_is_in_the_order_that_was_asked() -> None:
    dates = [["2026-11-03", "2026-11-01", ""], ["2026-11-02"]]

    async def ask(source: list[str], number: int) -> Blad:
        return Blad([{"startdatum": date} for date in source], len(source), is_last=True)

    samen = await merged(dates, str, ask, {"ordering": "-startdatum,startdatum"})
    assert [row["startdatum"] for row in samen.blad.rows] == ["2026-11-03", "2026-11-02", "2026-11-01", ""]


async def test_what_the_default_refuses_is_refused_and_what_another_refuses_is_named() -> None:
    refusal = Blad([], 0, is_last=True, fout=Antwoord(400, {"code": "invalid"}))
    answers = {"standaard": Blad([{}], 1, is_last=True), "ander": refusal}

    async def ask(naam: str, number: int) -> Blad:
        return answers[naam]

    samen = await merged(["standaard", "ander"], str, ask, {})
    assert (samen.blad.count, samen.ontbreekt) == (1, ("ander",))
    assert (await merged(["ander", "standaard"], str, ask, {})).blad.fout is not None


@pytest.mark.parametrize("how", ["problem", "refusal"])
async def test_a_later_page_that_does_not_come_is_named_and_told_where_nothing_is_left(how: str) -> None:
    answers = {"standaard": [{"nr": nr} for nr in range(5)], "ander": [{"nr": 10}]}

    async def ask(naam: str, number: int) -> Blad:
        rows = answers[naam]
        if number == 1:
            return Blad(rows[:2], len(rows), is_last=len(rows) <= 2)
        if how == "problem":
            raise HttpProblem(502, "register-onbereikbaar", naam)
        return Blad([], 0, is_last=True, fout=Antwoord(400, {"code": "invalid"}))

    last = await merged(["standaard", "ander"], str, ask, {"page": "3", "pageSize": "2"})
    assert ([row["nr"] for row in last.blad.rows], last.ontbreekt) == ([10], ("standaard",))
    if how == "problem":
        with pytest.raises(HttpProblem, match="register-onbereikbaar"):
            await merged(["standaard", "ander"], str, ask, {"page": "2", "pageSize": "2"})
    else:
        assert (await merged(["standaard", "ander"], str, ask, {"page": "2", "pageSize": "2"})).blad.fout is not None


async def test_where_nobody_answers_the_default_tells_why() -> None:
    async def ask(naam: str, number: int) -> Blad:
        raise HttpProblem(502, f"register-{naam}", naam)

    with pytest.raises(HttpProblem, match="register-standaard"):
        await merged(["standaard", "ander"], str, ask, {})


@pytest.fixture(scope="module")
def served_second() -> Iterator[OpenZaak]:
    with running_open_zaak(Klok()) as double:
        yield double


@pytest.fixture
def second(served_second: OpenZaak) -> Iterator[OpenZaak]:
    yield served_second
    served_second.reset()


def both(open_zaak: OpenZaak, second: OpenZaak) -> dict[str, RegisterSettings]:
    beside = {
        f"{naam}_2": msgspec.structs.replace(one, naam="Zaken van Duinrode") for naam, one in second.settings().items()
    }
    return {**open_zaak.settings(), **beside}


async def test_zaken_of_two_servers_are_one_list_and_each_detail_is_found(
    open_zaak: OpenZaak, second: OpenZaak, db: Database, klok: Klok, bsn: str
) -> None:
    here, there = new_zaak(open_zaak, "openbaar", bsn), new_zaak(second, "openbaar", bsn)
    geheim = new_zaak(second, "geheim", bsn)
    async with running_backend(db, klok, registers=both(open_zaak, second)) as backend:
        client = await client_of(backend)
        page = (await client.get(f"{ZAKEN}/zaken", params={BSN: bsn, "ordering": "-startdatum"})).json()
        assert {row["uuid"] for row in page["results"]} == {here["uuid"], there["uuid"]}
        assert page["count"] == 2
        for zaak in (here, there):
            found = (await client.get(f"{ZAKEN}/zaken/{zaak['uuid']}", params={"expand": "zaaktype"})).json()
            assert found["url"] == f"{BASE}{ZAKEN}/zaken/{zaak['uuid']}"
            rollen = await client.get(f"{ZAKEN}/rollen", params={"zaak": found["url"]})
            assert rollen.json()["count"] == 1
            steps = await client.get(f"{CATALOGI}/statustypen", params={"zaaktype": found["zaaktype"]})
            assert steps.json()["count"] >= 4
        assert (await client.get(f"{ZAKEN}/zaken/{geheim['uuid']}")).status_code == 403
        unknown = await client.get(f"{ZAKEN}/zaken/0192d3a4-0000-7000-8000-000000000001")
        assert unknown.status_code == 404


async def test_who_is_on_another_page_does_not_stand_in_the_audit_trail(
    open_zaak: OpenZaak, second: OpenZaak, db: Database, klok: Klok, bsn: str
) -> None:
    here, there = new_zaak(open_zaak, "openbaar", bsn), new_zaak(second, "openbaar", bsn)
    async with running_backend(db, klok, registers=both(open_zaak, second)) as backend:
        asked = {BSN: bsn, "pageSize": "1", "page": "2"}
        page = (await (await client_of(backend)).get(f"{ZAKEN}/zaken", params=asked)).json()
        assert [row["uuid"] for row in page["results"]] == [there["uuid"]]
        lines = str(await audited(backend.db))
        assert there["uuid"] in lines
        assert here["uuid"] not in lines


async def test_a_zaak_is_started_with_the_default_s_zaaktypen_only(
    open_zaak: OpenZaak, second: OpenZaak, db: Database, klok: Klok
) -> None:
    async with running_backend(db, klok, registers=both(open_zaak, second)) as backend:
        page = (await (await client_of(backend)).get(f"{CATALOGI}/zaaktypen", params={"status": "definitief"})).json()
        assert page["count"] == open_zaak.get(f"{CATALOGI}/zaaktypen", status="definitief")["count"]
        assert second.asked == []


async def test_a_server_that_does_not_answer_is_named_and_the_rest_is_shown(
    open_zaak: OpenZaak, second: OpenZaak, db: Database, klok: Klok, bsn: str
) -> None:
    here = new_zaak(open_zaak, "openbaar", bsn)
    async with running_backend(db, klok, registers=both(open_zaak, second)) as backend:
        client = await client_of(backend)
        second.is_away = True
        answer = await client.get(f"{ZAKEN}/zaken", params={BSN: bsn})
        assert [row["uuid"] for row in answer.json()["results"]] == [here["uuid"]]
        assert answer.headers[HEADER] == "Zaken van Duinrode"
        gone = f"{ZAKEN}/zaken/{new_zaak(open_zaak, 'openbaar', bsn)['uuid']}"
        there = f"{ZAKEN}/zaken/{new_zaak(second, 'openbaar', bsn)['uuid']}"
        second.is_away, open_zaak.is_away = False, True
        assert (await client.get(there)).status_code == 200  # of the one that answers
        told = await client.get(gone)  # it may be at the one that does not
        assert (told.status_code, told.json()["code"]) == (502, "register-onbereikbaar")
        answer = await client.get(f"{ZAKEN}/zaken", params={BSN: bsn})
        assert (answer.status_code, answer.headers[HEADER]) == (200, "Zaakregister 1")
        second.is_away = True
        answer = await client.get(f"{ZAKEN}/zaken", params={BSN: bsn})
        assert (answer.status_code, answer.json()["code"]) == (502, "register-onbereikbaar")


async def test_customers_of_two_registers_are_one_list(open_klant: OpenKlant, db: Database, klok: Klok) -> None:
    root = "/klantinteracties/api/v1"
    with running_open_klant(Klok()) as other:
        contact = {"kanaal": "balie", "onderwerp": "Alleen daar", "inhoud": "", "indicatieContactGelukt": True}
        made = other.request("POST", f"{root}/klantcontacten", {**contact, "taal": "nld", "vertrouwelijk": False})
        beside = {"klantinteracties_2": other.settings()["klantinteracties"]}
        async with running_backend(db, klok, registers=open_klant.settings() | beside) as backend:
            client = await backend.client_for()
            url: str | None = f"{BASE}{root}/klantcontacten?pageSize=400"
            seen: list[str] = []
            while url:
                page = (await client.get(url)).json()
                seen += [row["uuid"] for row in page["results"]]
                assert all(row["url"].startswith(f"{BASE}{root}/") for row in page["results"])
                url = page["next"]
            assert len(seen) == page["count"]
            assert made["uuid"] in seen
            assert (await client.get(f"{root}/klantcontacten/{made['uuid']}")).status_code == 200
            open_klant.is_away = True
            assert (await client.get(f"{root}/klantcontacten/{made['uuid']}")).status_code == 200
            open_klant.is_away, other.is_away = False, True
            answer = await client.get(f"{root}/klantcontacten")
            assert answer.headers[HEADER] == "Klantregister 2"


async def test_who_acts_for_a_customer_is_found_in_the_register_that_has_him(
    open_klant: OpenKlant, db: Database, klok: Klok
) -> None:
    root = "/klantinteracties/api/v1"
    with running_open_klant(Klok()) as other:
        soort = {"partijIdentificator__codeSoortObjectId": "kvk_nummer"}
        (bakkerij,) = other.get(f"{root}/partijen", partijIdentificator__objectId="90000001", **soort)["results"]
        (rij,) = other.get(f"{root}/vertegenwoordigingen", vertegenwoordigdePartij__uuid=bakkerij["uuid"])["results"]
        new = {"soortPartij": "organisatie", "indicatieActief": True, "partijIdentificatie": {"naam": "Alleen daar"}}
        new |= dict.fromkeys(("digitaleAdressen", "voorkeursDigitaalAdres"))
        new |= dict.fromkeys(("rekeningnummers", "voorkeursRekeningnummer"))
        door = rij["vertegenwoordigendePartij"]["uuid"]
        made = other.request("POST", f"{root}/partijen", new)["uuid"]
        link = {"vertegenwoordigendePartij": {"uuid": door}, "vertegenwoordigdePartij": {"uuid": made}}
        other.request("POST", f"{root}/vertegenwoordigingen", link)
        beside = {"klantinteracties_2": other.settings()["klantinteracties"]}
        async with running_backend(db, klok, registers=open_klant.settings() | beside) as backend:
            client = await backend.client_for()
            asked = {"vertegenwoordigdePartij__uuid": made}
            page = (await client.get(f"{root}/vertegenwoordigingen", params=asked)).json()
            (found,) = page["results"]
            assert (page["count"], page["next"]) == (1, None)
            assert found["vertegenwoordigendePartij"]["uuid"] == door
            assert found["vertegenwoordigendePartij"]["url"] == f"{BASE}{root}/partijen/{door}"
            *_, (_, _, onderwerp, is_done, _, _) = await audited(backend.db, "klantinteracties")
            assert (onderwerp, is_done) == (made, True)
            other.is_away = True
            answer = await client.get(f"{root}/vertegenwoordigingen", params=asked)
            assert (answer.json()["count"], answer.headers[HEADER]) == (0, "Klantregister 2")


@pytest.mark.parametrize("size", ["501", "9" * 30])
@pytest.mark.parametrize("is_alone", [True, False])
async def test_no_register_is_asked_for_larger_pages_than_ours_has(
    open_zaak: OpenZaak, second: OpenZaak, open_klant: OpenKlant, db: Database, klok: Klok, size: str, *, is_alone: bool
) -> None:
    """One may refuse them where another caps them without a word."""
    for double in (open_zaak, second, open_klant):
        double.largest_page = 500
    zaken = open_zaak.settings() if is_alone else both(open_zaak, second)
    asked, body = {"pageSize": size}, {"startdatum__gte": "2026-01-01"}
    async with running_backend(db, klok, registers=zaken | open_klant.settings()) as backend:
        client = await client_of(backend)
        client.headers["Content-Crs"] = CRS["Accept-Crs"]
        assert (await client.get(f"{ZAKEN}/zaken", params=asked)).status_code == 200
        found = await client.post(f"{ZAKEN}/zaken/_zoek", params=asked, json=body)
        assert found.status_code == 200, found.text
        assert (await client.get("/klantinteracties/api/v1/partijen", params=asked)).status_code == 200


async def test_where_open_klant_falls_over_expand_its_parts_are_read(
    open_klant: OpenKlant, db: Database, klok: Klok
) -> None:
    root = "/klantinteracties/api/v1"
    soort = "hadBetrokkene__wasPartij__partijIdentificator__"
    asked = {f"{soort}codeSoortObjectId": "bsn", f"{soort}objectId": JOHANNA}
    asked |= {
        "expand": "leiddeTotInterneTaken,gingOverOnderwerpobjecten,hadBetrokkenen,hadBetrokkenen.digitaleAdressen"
    }
    async with running_backend(db, klok, registers=open_klant.settings()) as backend:
        client = await backend.client_for()
        whole = (await client.get(f"{root}/klantcontacten", params=asked)).json()
        assert whole["results"][0]["_expand"]["hadBetrokkenen"]
        open_klant.wrong(Wrong.HTML_BEFORE, "GET", "/klantcontacten")  # as where a null is expanded
        filled = (await client.get(f"{root}/klantcontacten", params=asked)).json()
        assert filled == whole


async def test_an_application_without_the_right_sees_no_source(
    open_zaak: OpenZaak, second: OpenZaak, db: Database, klok: Klok
) -> None:
    async with running_backend(db, klok, registers=both(open_zaak, second)) as backend:
        client = await backend.application(crm=Recht.RAADPLEGEN)
        assert (await client.get(f"{ZAKEN}/zaken", headers=CRS)).status_code == 403
        assert open_zaak.asked == second.asked == []
