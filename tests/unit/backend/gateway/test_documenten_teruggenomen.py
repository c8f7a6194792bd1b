"""Documents that an Open Zaak refuses, opens or keeps locked: taken away again, or named where they stay."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

import httpx
import pytest
from sqlalchemy import update

from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.standards.zaken.tables import Zaak
from tests.doubles.openzaak import OpenZaak
from tests.doubles.register import Gevraagd, Wrong
from tests.harness.backend import Backend
from tests.harness.klok import Klok
from tests.unit.backend.gateway.dossier import (
    DEEL,
    KOPPELING,
    LARGE,
    NAAM,
    SMALL,
    SPOILS,
    UNLOCK,
    Dossier,
    backend_of,
)
from tests.unit.backend.opdrachten.bouwen import URL, persoon
from tests.unit.backend.opdrachten.zaken import aanmaken


@pytest.fixture
async def backend(open_zaak: OpenZaak, db: Database, klok: Klok) -> AsyncIterator[Backend]:
    async with backend_of(open_zaak, db, klok) as made:
        yield made


@pytest.mark.usefixtures("in_parts")
async def test_what_the_register_refuses_afterwards_is_taken_away_and_told(dossier: Dossier) -> None:
    for path in (DEEL, UNLOCK, KOPPELING):
        dossier.server.wrong(Wrong.CONFLICT, "PUT" if path == DEEL else "POST", path)
        made = await dossier.settled(await dossier.adding(LARGE))
        assert made["stand"] == "geweigerd", made
        assert "weer verwijderd" in made["fout"]["detail"], made
        dossier.nothing_stands()


@pytest.mark.parametrize("how", [None, Wrong.CUT_AFTER, Wrong.HTML_BEFORE])
@pytest.mark.usefixtures("in_parts")
async def test_a_large_document_that_is_half_there_is_unlocked_to_be_taken_away(
    dossier: Dossier, how: Wrong | None
) -> None:
    dossier.server.wrong(Wrong.CONFLICT, "PUT", DEEL)
    if how is not None:
        dossier.server.wrong(how, "POST", UNLOCK)
    made = await dossier.settled(await dossier.adding(LARGE))
    assert made["stand"] == "geweigerd", made
    assert "weer verwijderd" in made["fout"]["detail"], made
    dossier.nothing_stands()


@pytest.mark.usefixtures("in_parts")
async def test_one_that_may_not_be_unlocked_is_named_as_loose(dossier: Dossier) -> None:
    dossier.server.forces = False
    dossier.server.wrong(Wrong.CONFLICT, "PUT", DEEL)
    made = await dossier.settled(await dossier.adding(LARGE))
    assert made["stand"] == "geweigerd", made
    assert "een document in het register dat bij geen zaak hoort. Meld dit bij de beheerder" in made["fout"]["detail"]


async def test_what_a_colleague_has_locked_is_not_unlocked_to_be_taken_away(dossier: Dossier) -> None:
    """Whole, and refused only where it should be linked: meanwhile somebody took it in hand."""
    server, body = dossier.server, await dossier.adding()
    server.wrong(Wrong.UNAVAILABLE, "POST", KOPPELING)
    client = await dossier.backend.client_for("balie2", naam="Anna")
    assert (await client.post(URL, json=body)).status_code >= 500
    dossier.backend.klok.advance(30)
    path = server.requests("POST", KOPPELING)[0].json()["informatieobject"].removeprefix(server.url)
    async with _colleague(server) as colleague:
        assert (await colleague.post(f"{path}/lock")).status_code == 200
    server.wrong(Wrong.CONFLICT, "POST", KOPPELING)
    made = await dossier.settled(body)
    assert made["stand"] == "geweigerd", made
    assert "bij geen zaak hoort" in made["fout"]["detail"], made
    assert server.count("POST", UNLOCK) == 0
    assert server.get(path)["locked"] is True


def _colleague(server: OpenZaak) -> httpx.AsyncClient:
    """Works in the register with another program."""
    return httpx.AsyncClient(base_url=server.url, headers={"X-Voorbij": server._token}, trust_env=False)


@pytest.mark.parametrize("is_done", [True, False])
@pytest.mark.usefixtures("in_parts")
async def test_what_a_colleague_put_another_version_over_is_not_taken_away(dossier: Dossier, *, is_done: bool) -> None:
    """The first document stands in the zaak while the second waits for the register. A colleague puts a new version
    over it, and is done with it or not; then the second one is refused, and the zaak with it."""
    server = dossier.server
    papers = [dossier.document(await dossier.file(content)) for content in (SMALL, LARGE)]
    body = aanmaken(dossier.backend, dossier.types, klant=persoon(), documenten=papers)
    server.draw = lambda asked: Wrong.UNAVAILABLE if asked.method == "PUT" and DEEL in asked.path else None
    client = await dossier.backend.client_for("balie2", naam="Anna")
    assert (await client.post(URL, json=body)).status_code >= 500
    dossier.backend.klok.advance(30)
    path = server.requests("POST", KOPPELING)[0].json()["informatieobject"].removeprefix(server.url)
    async with _colleague(server) as colleague:
        lock = (await colleague.post(f"{path}/lock")).json()["lock"]
        new = {"titel": "Tweede"} if is_done else {"inhoud": None, "bestandsomvang": len(LARGE)}
        assert (await colleague.patch(path, json={"lock": lock, **new})).status_code == 200
        if is_done:
            assert (await colleague.post(f"{path}{UNLOCK}", json={"lock": lock})).status_code == 204
    server.draw = lambda _asked: None
    server.wrong(Wrong.CONFLICT, "PUT", DEEL)
    made = await dossier.settled(body)
    assert made["stand"] == "geweigerd", made
    assert "een document. Kijk bij de klant" in made["fout"]["detail"], made
    assert "een document in het register dat bij geen zaak hoort" in made["fout"]["detail"], made
    assert server.get(path)["versie"] == 2


@pytest.mark.parametrize("before", [[], [Wrong.CUT_BEFORE]])
@pytest.mark.usefixtures("in_parts")
async def test_a_large_one_that_came_in_just_before_its_request_is_made_anew(
    dossier: Dossier, before: list[Wrong]
) -> None:
    """Its lock is not told, so what came in is of no use; the register refuses the request for its number."""
    dossier.server.delen.hides_lock = True
    left = [*before, Wrong.RACE]

    def draw(asked: Gevraagd) -> Wrong | None:
        return left.pop(0) if left and asked.method == "POST" and asked.path.endswith(NAAM) else None

    dossier.server.draw = draw
    made = await dossier.settled(await dossier.adding(LARGE))
    assert left == []
    assert made["stand"] == "geslaagd", made
    await dossier.stands(LARGE)


@pytest.mark.usefixtures("in_parts")
async def test_a_refusal_of_our_token_is_no_word_on_what_is_unlocked(dossier: Dossier) -> None:
    dossier.server.wrong(Wrong.CONFLICT, "PUT", DEEL)
    for _ in range(2):  # the first of them is asked again with another token
        dossier.server.wrong(Wrong.JWT, "POST", UNLOCK)
    made = await dossier.settled(await dossier.adding(LARGE))
    assert "weer verwijderd" in made["fout"]["detail"], made
    dossier.nothing_stands()


async def test_a_refusal_of_our_token_is_no_word_on_what_is_taken_away(dossier: Dossier) -> None:
    dossier.server.wrong(Wrong.CONFLICT, "POST", KOPPELING)
    for _ in range(2):
        dossier.server.wrong(Wrong.JWT, "DELETE", NAAM)
    made = await dossier.settled(await dossier.adding())
    assert "weer verwijderd" in made["fout"]["detail"], made
    dossier.nothing_stands()


async def _end_zaak(dossier: Dossier) -> None:
    db = Database(dossier.server.database)
    async with db.write() as unit:
        await unit.session.execute(update(Zaak).where(Zaak.uuid == dossier.zaak).values(einddatum=date(2026, 11, 1)))
    await db.close()


async def test_a_refusal_of_our_token_is_no_word_on_a_finished_zaak(dossier: Dossier) -> None:
    await _end_zaak(dossier)
    for _ in range(2):
        dossier.server.wrong(Wrong.JWT, "POST", KOPPELING)
    made = await dossier.settled(await dossier.adding())
    assert made["stand"] == "geslaagd", made
    await dossier.stands(SMALL)


@pytest.mark.parametrize("einddatum", [True, False])
async def test_a_register_that_adds_nothing_to_a_finished_zaak_refuses_the_document(
    dossier: Dossier, *, einddatum: bool
) -> None:
    """Its 403 is the same as for a right that is lacking; that one waits for the right."""
    if einddatum:
        await _end_zaak(dossier)
    dossier.server.refused.add("zaakinformatieobjecten")
    client = await dossier.backend.client_for("balie2", naam="Anna")
    answer = await client.post(URL, json=await dossier.adding())
    if not einddatum:
        assert (answer.status_code, answer.json()["code"]) == (502, "register-zonder-recht")
        return
    made = answer.json()
    assert (made["stand"], made["fout"]["code"]) == ("geweigerd", "zaak-afgerond"), made
    assert "die is afgerond" in made["fout"]["detail"]
    dossier.nothing_stands()


@pytest.mark.parametrize("how", [None, Wrong.CUT_AFTER, Wrong.HTML_AFTER, Wrong.HALF])
async def test_a_document_that_comes_out_for_more_eyes_than_it_was_sent_for_does_not_stay(
    dossier: Dossier, how: Wrong | None
) -> None:
    dossier.server.altered["vertrouwelijkheidaanduiding"] = "openbaar"
    if how is not None:
        dossier.server.wrong(how, "POST", f"v1{NAAM}")
    made = await dossier.settled(await dossier.adding(vertrouwelijkheidaanduiding="geheim"))
    assert made["stand"] == "geweigerd", made
    assert "minder vertrouwelijk dan gevraagd" in made["fout"]["detail"], made
    assert "weer weggehaald" in made["fout"]["detail"], made
    dossier.nothing_stands()
    dossier.server.wrong(Wrong.FORBIDDEN, "DELETE", NAAM)
    made = await dossier.settled(await dossier.adding(vertrouwelijkheidaanduiding="geheim"))
    assert "Het staat daar nog." in made["fout"]["detail"], made
    number = dossier.server.requests("POST", f"v1{NAAM}")[-1].json()["identificatie"]
    assert f"met nummer {number}." in made["fout"]["detail"], made


async def test_one_that_is_found_at_a_later_try_is_looked_at_too(dossier: Dossier) -> None:
    dossier.server.altered["vertrouwelijkheidaanduiding"] = "openbaar"
    left = [("POST", Wrong.CUT_AFTER), ("GET", Wrong.HTML_BEFORE)]  # made, and it cannot be seen whether it was

    def draw(asked: Gevraagd) -> Wrong | None:
        is_next = left and asked.method == left[0][0] and asked.path.endswith(NAAM)
        return left.pop(0)[1] if is_next else None

    dossier.server.draw = draw
    made = await dossier.settled(await dossier.adding(vertrouwelijkheidaanduiding="geheim"))
    assert left == []
    assert made["stand"] == "geweigerd", made
    dossier.nothing_stands()


@pytest.mark.parametrize(
    ("aanduiding", "how"),
    [("geheim", None), ("zeer_geheim", None), ("geheim", Wrong.CUT_AFTER), ("geheim", Wrong.HALF)],
)
async def test_what_comes_out_otherwise_and_no_more_open_stays_and_stands_once(
    dossier: Dossier, aanduiding: str, how: Wrong | None
) -> None:
    if how is not None:
        dossier.server.wrong(how, "POST", f"v1{NAAM}")
    dossier.server.altered |= {"vertrouwelijkheidaanduiding": aanduiding, "beschrijving": None}
    body = await dossier.adding(beschrijving="Van de buurman", vertrouwelijkheidaanduiding="geheim")
    made = await dossier.settled(body)
    assert made["stand"] == "geslaagd", made
    assert (await dossier.stands(SMALL))["beschrijving"] == ""


@pytest.mark.parametrize("how", [*SPOILS, Wrong.HTML_BEFORE])
async def test_what_came_out_too_open_is_taken_away_however_often_that_must_be_tried(
    dossier: Dossier, how: Wrong
) -> None:
    dossier.server.altered["vertrouwelijkheidaanduiding"] = "openbaar"
    dossier.server.wrong(how, "DELETE", NAAM)
    made = await dossier.settled(await dossier.adding(vertrouwelijkheidaanduiding="geheim"))
    assert dossier.server.gone_wrong == [how]
    assert made["stand"] == "geweigerd", made
    assert "weer weggehaald" in made["fout"]["detail"], made
    assert dossier.server.count("POST", f"v1{NAAM}") == dossier.server.count("DELETE", NAAM) == 1
    dossier.nothing_stands()


@pytest.mark.parametrize("before", [[], [Wrong.CUT_BEFORE]])
async def test_one_that_came_in_just_before_its_request_is_looked_at_too(dossier: Dossier, before: list[Wrong]) -> None:
    """At the first try, as one of before a backup that was still on its way, and at a later one."""
    dossier.server.altered["vertrouwelijkheidaanduiding"] = "openbaar"
    left = [*before, Wrong.RACE]

    def draw(asked: Gevraagd) -> Wrong | None:
        return left.pop(0) if left and asked.method == "POST" and asked.path.endswith(NAAM) else None

    dossier.server.draw = draw
    made = await dossier.settled(await dossier.adding(vertrouwelijkheidaanduiding="geheim"))
    assert left == []
    assert made["stand"] == "geweigerd", made
    assert "weer weggehaald" in made["fout"]["detail"], made
    dossier.nothing_stands()
