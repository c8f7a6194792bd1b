"""A server for zaken that does not do what it should: what can be mended is, the rest is told, and nothing leaks."""

from __future__ import annotations

import asyncio

import pytest

from kcs_desktop.domain.rechten import Recht
from tests.doubles.openzaak import SECRET, OpenZaak
from tests.doubles.register import Wrong
from tests.harness.backend import Backend
from tests.harness.klok import Klok
from tests.unit.backend.gateway.test_zgw_reading import CATALOGI, ZAKEN, audited, client_of

EXPAND = "zaaktype,status,status.statustype,resultaat,resultaat.resultaattype,rollen"


@pytest.mark.parametrize(
    ("how", "status", "code"),
    [
        (Wrong.HTML_BEFORE, 502, "register-fout"),
        (Wrong.JSON_AFTER, 502, "register-fout"),
        (Wrong.HALF_JSON, 502, "register-fout"),
        (Wrong.CONFLICT, 502, "register-fout"),
        (Wrong.PRECONDITION, 502, "register-fout"),
        (Wrong.NOT_ACCEPTABLE, 502, "register-fout"),
        (Wrong.FORBIDDEN, 502, "register-zonder-recht"),
        (Wrong.UNAVAILABLE, 502, "register-onbereikbaar"),
        (Wrong.HALF, 502, "register-onbereikbaar"),
        (Wrong.CUT_BEFORE, 502, "register-onbereikbaar"),
        (Wrong.JWT, 502, "register-weigert"),
    ],
)
async def test_what_cannot_be_mended_is_told_with_the_name_of_the_register(
    zaakgateway: Backend, open_zaak: OpenZaak, how: Wrong, status: int, code: str
) -> None:
    client = await client_of(zaakgateway)
    open_zaak.wrong(how, "GET", "/zaken/api/v1/zaken", times=4)
    answer = await client.get(f"{ZAKEN}/zaken")
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["title"].startswith("Het zaakregister")
    assert SECRET not in answer.text
    assert open_zaak.host not in answer.text
    assert "<html>" not in answer.text
    (line,) = [line for line in await audited(zaakgateway.db) if line[0] == "uitkomst"]
    assert (line[3], line[4]) == (False, code)


async def test_a_server_that_is_away_or_silent_is_told(zaakgateway: Backend, open_zaak: OpenZaak) -> None:
    client = await client_of(zaakgateway)
    open_zaak.is_away = True
    assert (await client.get(f"{CATALOGI}/zaaktypen")).json()["title"].startswith("De zaaktypecatalogus is niet")
    open_zaak.is_away = False
    open_zaak.wrong(Wrong.HELD_BEFORE, "GET", "/zaaktypen")
    answer = await client.get(f"{CATALOGI}/zaaktypen")
    assert (answer.status_code, answer.json()["code"]) == (504, "register-te-laat")
    open_zaak.release()


async def test_a_token_that_is_refused_once_is_made_anew(zaakgateway: Backend, open_zaak: OpenZaak) -> None:
    open_zaak.wrong(Wrong.JWT, "GET", "/zaaktypen")
    assert (await (await client_of(zaakgateway)).get(f"{CATALOGI}/zaaktypen")).status_code == 200
    assert [one.status for one in open_zaak.asked] == [403, 200]


@pytest.mark.parametrize("skew", [-7200.0, -45.0, 200.0, 7200.0])
async def test_a_clock_that_differs_keeps_nobody_out(zaakgateway: Backend, open_zaak: OpenZaak, skew: float) -> None:
    """Minutes need no second try; hours are learned from the refusal, once."""
    open_zaak.clock_skew = skew
    client = await client_of(zaakgateway)
    for _ in range(2):
        assert (await client.get(f"{CATALOGI}/zaaktypen")).status_code == 200
    assert [one.status for one in open_zaak.asked] == ([403, 200, 200] if abs(skew) > 300 else [200, 200])


async def test_a_missing_right_is_not_asked_twice(zaakgateway: Backend, open_zaak: OpenZaak) -> None:
    open_zaak.refused.add("statustypen")
    answer = await (await client_of(zaakgateway)).get(f"{CATALOGI}/statustypen")
    assert answer.json()["code"] == "register-zonder-recht"
    assert len(open_zaak.asked) == 1


async def test_expand_is_filled_in_where_the_server_falls_over_it(zaakgateway: Backend, open_zaak: OpenZaak) -> None:
    client = await client_of(zaakgateway)
    asked = {"expand": EXPAND, "pageSize": "20", "ordering": "-startdatum"}
    whole = (await client.get(f"{ZAKEN}/zaken", params=asked)).json()
    assert any(row["_expand"]["resultaat"] is None for row in whole["results"]), "else nothing is tried"
    open_zaak.null_expand_fails = True
    filled = (await client.get(f"{ZAKEN}/zaken", params=asked)).json()
    assert filled == whole
    uuid = next(row["uuid"] for row in whole["results"] if row["_expand"]["resultaat"] is None)
    detail = await client.get(f"{ZAKEN}/zaken/{uuid}", params={"expand": EXPAND})
    assert detail.json() == next(row for row in whole["results"] if row["uuid"] == uuid)


async def test_pages_that_change_meanwhile_end_all_the_same(zaakgateway: Backend, open_zaak: OpenZaak) -> None:
    client = await client_of(zaakgateway)
    page = (await client.get(f"{ZAKEN}/zaken", params={"pageSize": "40"})).json()
    beyond = page["count"] // 40 + 2
    answer = await client.get(f"{ZAKEN}/zaken", params={"pageSize": "40", "page": str(beyond)})
    assert answer.status_code == 404


async def test_many_questions_at_once_are_each_answered(zaakgateway: Backend, open_zaak: OpenZaak) -> None:
    client = await client_of(zaakgateway)
    open_zaak.delay = 0.05
    answers = await asyncio.gather(*(client.get(f"{ZAKEN}/zaken", params={"page": "1"}) for _ in range(12)))
    assert {answer.status_code for answer in answers} == {200}


async def test_after_an_hour_the_tokens_are_still_good(zaakgateway: Backend, open_zaak: OpenZaak, klok: Klok) -> None:
    application = await zaakgateway.application(zaken=Recht.RAADPLEGEN)
    klok.advance(hours=2)
    open_zaak.clock_skew = 7200.0
    assert (await application.get(f"{CATALOGI}/zaaktypen")).status_code == 200
    assert [one.status for one in open_zaak.asked] == [200]
