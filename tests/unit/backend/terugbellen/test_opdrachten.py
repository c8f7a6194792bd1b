"""A callback note from the promise to its end: claimed by one, every call registered, closed once."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest

from kcs_desktop.backend.catalogus.laden import load_catalogus
from kcs_desktop.backend.feed.store import read_after, read_stand
from kcs_desktop.backend.terugbellen.bijhouden import adopt
from kcs_desktop.backend.terugbellen.indeling import Indeling
from kcs_desktop.domain.rechten import Recht
from kcs_desktop.domain.terugbelnorm import Normen
from tests.harness.backend import Backend
from tests.unit.backend.opdrachten.bouwen import found
from tests.unit.backend.terugbellen.bouwen import KLANTCONTACTEN, LIJST, NUMMER, TAKEN, give, listed, make_note, note


@pytest.fixture
async def anna(backend: Backend) -> httpx.AsyncClient:
    """Who takes the call at the counter."""
    return await backend.client_for("snelbalie", naam="Anna")


@pytest.fixture
async def bilal(backend: Backend) -> httpx.AsyncClient:
    """Of Burgerzaken."""
    return await backend.client_for("balie2", naam="Bilal", afdeling="Burgerzaken")


@pytest.fixture
async def thea(backend: Backend) -> httpx.AsyncClient:
    """A colleague of Bilal."""
    return await backend.client_for("tweedelijn", naam="Thea", afdeling="Burgerzaken")


async def test_what_is_promised_stands_in_the_lists_of_the_department_and_of_who_promised(
    backend: Backend, anna: httpx.AsyncClient, bilal: httpx.AsyncClient
) -> None:
    uuid = await make_note(
        anna, backend, voorkeursmoment="na 14:00", antwoorden=[{"vraag": "Voor wie?", "antwoord": "Mijn kind"}]
    )
    taak = await note(bilal, uuid, "team")
    assert taak["klant"]["naam"] == "J. van Duinrode"
    assert (taak["telefoonnummer"], taak["moment"], taak["handeling"]) == (NUMMER, "na 14:00", "Bel over paspoort")
    assert taak["toegewezen_aan"] == ["Burgerzaken"]
    assert taak["deadline"] == "2026-11-25T16:00:00Z"  # the end of the next working day, at 17:00 in Amsterdam
    assert "Voor wie: Mijn kind" in taak["toelichting"]
    assert (await note(anna, uuid, "beloofd"))["beloofd_door_naam"] == "Anna"
    assert (await listed(bilal, "eigen"))["taken"] == []


async def test_of_two_claims_at_once_one_gets_it_and_the_other_hears_who(
    backend: Backend, anna: httpx.AsyncClient, bilal: httpx.AsyncClient, thea: httpx.AsyncClient
) -> None:
    uuid = await make_note(anna, backend)
    answers = await asyncio.gather(give(bilal, backend, "claimen", uuid), give(thea, backend, "claimen", uuid))
    outcomes = sorted((answer.json() for answer in answers), key=lambda outcome: str(outcome["stand"]))
    assert [outcome["stand"] for outcome in outcomes] == ["geslaagd", "geweigerd"]
    taak = await note(anna, uuid)
    assert outcomes[1]["fout"]["huidig"]["door"] == taak["door"]
    assert taak["door_naam"] in outcomes[1]["fout"]["detail"]
    winner = bilal if taak["door_naam"] == "Bilal" else thea
    assert [al["uuid"] for al in (await listed(winner, "eigen"))["taken"]] == [uuid]
    assert (await give(winner, backend, "claimen", uuid)).json()["stand"] == "geslaagd"  # the same again


async def test_attempts_are_contacts_of_the_customer_and_done_closes_the_task(
    backend: Backend, anna: httpx.AsyncClient, bilal: httpx.AsyncClient
) -> None:
    uuid = await make_note(anna, backend)
    (first,) = await found(backend, "klantcontacten")
    for resultaat in ("niet_bereikt", "ingesproken"):
        answer = await give(bilal, backend, "poging", uuid, resultaat=resultaat, toelichting="Geen gehoor.")
        assert answer.json()["stand"] == "geslaagd", answer.text
    taak = await note(anna, uuid)
    assert [poging["resultaat"] for poging in taak["pogingen"]] == ["niet_bereikt", "ingesproken"]
    assert taak["door_naam"] == "Bilal"  # who calls has it
    answer = await give(bilal, backend, "afhandelen", uuid, toelichting="Uitgelegd.")
    assert answer.json()["stand"] == "geslaagd", answer.text
    (internetaak,) = await found(backend, "internetaken")
    assert internetaak["status"] == "verwerkt"
    contacten = await found(backend, "klantcontacten")
    assert sorted(al["indicatieContactGelukt"] for al in contacten) == [False, False, True, True]
    (partij,) = await found(backend, "partijen")
    assert len(await found(backend, "betrokkenen", wasPartij__uuid=partij["uuid"])) == 4
    links = await found(backend, "onderwerpobjecten", wasKlantcontact__uuid=first["uuid"])
    assert len(links) == 3
    done = await note(anna, uuid, "beloofd", "klaar")
    assert (done["stand"], done["afgehandeld_door"], done["resultaat"]) == ("klaar", "Bilal", "gesproken")
    assert (await listed(anna, "beloofd"))["totaal"] == 0


async def test_a_call_that_was_recorded_is_not_registered_again_when_it_closes_the_task(
    backend: Backend, anna: httpx.AsyncClient, bilal: httpx.AsyncClient
) -> None:
    uuid = await make_note(anna, backend)
    spoken = await give(bilal, backend, "poging", uuid, resultaat="gesproken", toelichting="Uitgelegd.")
    done = await give(bilal, backend, "afhandelen", uuid)
    assert done.json()["stand"] == "geslaagd", done.text
    assert done.json()["resultaat"]["klantcontact"] == spoken.json()["resultaat"]["klantcontact"]
    assert len(await found(backend, "klantcontacten")) == 2
    taak = await note(anna, uuid, "beloofd", "klaar")
    assert (taak["resultaat"], len(taak["pogingen"])) == ("gesproken", 1)


@pytest.mark.parametrize(
    ("poging", "einde"),
    [
        ({"resultaat": "gesproken"}, {"toelichting": "Nog eens gebeld."}),
        ({"resultaat": "gesproken", "op": "2026-11-23T10:00:00Z"}, {}),
        ({"resultaat": "niet_bereikt"}, {}),
    ],
)
async def test_another_call_that_closes_the_task_is_a_contact_of_its_own(
    backend: Backend, anna: httpx.AsyncClient, bilal: httpx.AsyncClient, poging: dict[str, str], einde: dict[str, str]
) -> None:
    uuid = await make_note(anna, backend)
    await give(bilal, backend, "poging", uuid, **poging)
    done = await give(bilal, backend, "afhandelen", uuid, **einde)
    assert done.json()["stand"] == "geslaagd", done.text
    assert len(await found(backend, "klantcontacten")) == 3


async def test_of_two_who_close_it_the_second_hears_what_the_first_did_and_nothing_is_double(
    backend: Backend, anna: httpx.AsyncClient, bilal: httpx.AsyncClient, thea: httpx.AsyncClient
) -> None:
    uuid = await make_note(anna, backend)
    answers = await asyncio.gather(give(bilal, backend, "afhandelen", uuid), give(thea, backend, "afhandelen", uuid))
    outcomes = sorted((answer.json() for answer in answers), key=lambda outcome: str(outcome["stand"]))
    assert [outcome["stand"] for outcome in outcomes] == ["geslaagd", "geweigerd"]
    fout = outcomes[1]["fout"]
    assert fout["code"] == "conflict"
    assert fout["huidig"]["afgehandeld_door"] in {"Bilal", "Thea"}
    assert "al afgehandeld door" in fout["detail"]
    assert len(await found(backend, "klantcontacten")) == 2


async def test_hand_back_reassign_and_take_over(
    backend: Backend, anna: httpx.AsyncClient, bilal: httpx.AsyncClient, thea: httpx.AsyncClient
) -> None:
    async with backend.db.write() as unit:
        await load_catalogus(
            unit, afdelingen_csv="afdeling;coordinator;groepen\nBurgerzaken;thea-tweedelijn;Reisdocumenten\n"
        )
    uuid = await make_note(anna, backend)
    assert (await give(bilal, backend, "claimen", uuid)).json()["stand"] == "geslaagd"
    refused = await give(anna, backend, "teruggeven", uuid)
    assert refused.status_code == 403, refused.text
    assert "Bilal" in refused.json()["detail"]
    assert (await give(anna, backend, "claimen", uuid, overnemen=True)).status_code == 403
    assert (await note(thea, uuid))["mag_overnemen"] is True
    assert (await give(thea, backend, "claimen", uuid, overnemen=True)).json()["stand"] == "geslaagd"
    assert (await note(anna, uuid))["door_naam"] == "Thea"
    assert (await give(thea, backend, "teruggeven", uuid)).json()["stand"] == "geslaagd"
    assert (await note(anna, uuid)).get("door", "") == ""
    answer = await give(thea, backend, "toewijzen", uuid, groep="Reisdocumenten")
    assert answer.json()["stand"] == "geslaagd", answer.text
    taak = await note(bilal, uuid, "team")
    assert (taak["toegewezen_aan"], taak["afdeling"]) == (["Reisdocumenten"], "Burgerzaken")
    (groep,) = await found(backend, "actoren", actoridentificatorObjectId="Reisdocumenten")
    assert groep["actoridentificator"]["codeObjecttype"] == "grp"
    answer = await give(thea, backend, "toewijzen", uuid, medewerker="bilal-balie2")
    assert answer.json()["stand"] == "geslaagd", answer.text
    assert [al["uuid"] for al in (await listed(bilal, "eigen"))["taken"]] == [uuid]


async def test_another_moment_is_guarded_anew_and_cannot_lie_behind_us(
    backend: Backend, anna: httpx.AsyncClient, bilal: httpx.AsyncClient
) -> None:
    uuid = await make_note(anna, backend)
    later = backend.klok() + timedelta(days=7)
    answer = await give(bilal, backend, "verzetten", uuid, moment="volgende week", uiterlijk=later.isoformat())
    assert answer.json()["stand"] == "geslaagd", answer.text
    taak = await note(anna, uuid)
    assert (taak["moment"], taak["deadline"]) == ("volgende week", "2026-12-01T09:00:00Z")
    past = (backend.klok() - timedelta(days=1)).isoformat()
    answer = await give(bilal, backend, "verzetten", uuid, uiterlijk=past)
    assert answer.json()["fout"]["invalidParams"][0]["name"] == "uiterlijk"
    saturday = backend.klok().replace(month=12, day=5).isoformat()
    answer = await give(bilal, backend, "verzetten", uuid, uiterlijk=saturday)
    assert "De eerste dag daarna is maandag 7 december." in answer.json()["fout"]["detail"]
    empty = await give(bilal, backend, "verzetten", uuid)
    assert empty.json()["fout"]["invalidParams"][0]["name"] == "moment"


async def test_a_note_of_another_program_gets_its_row_and_its_deadline(
    backend: Backend, anna: httpx.AsyncClient, bilal: httpx.AsyncClient
) -> None:
    uuid = await _foreign(backend, anna)
    taak = await note(bilal, uuid, "alle")
    assert taak["deadline"] == "2026-11-25T16:00:00Z"
    assert taak.get("beloofd_door", "") == ""
    second = await _foreign(backend, anna)
    assert (await give(bilal, backend, "claimen", second)).json()["stand"] == "geslaagd"  # before any list


async def test_what_several_take_up_at_once_is_announced_once(backend: Backend, anna: httpx.AsyncClient) -> None:
    taken = [await _foreign(backend, anna) for _ in range(3)]
    before = (await read_stand(backend.db)).hoogste
    await asyncio.gather(*(adopt(backend.db, Normen(), Indeling()) for _ in range(4)))
    _, numbered = await read_after(backend.db, before)
    told = sorted((al.wijziging.soort, al.wijziging.id, al.wijziging.handeling) for al in numbered)
    assert told == sorted(("terugbelnotitie", uuid, "gemaakt") for uuid in taken)


async def test_what_another_program_closes_or_removes_is_shown_as_that(
    backend: Backend, anna: httpx.AsyncClient, bilal: httpx.AsyncClient
) -> None:
    website = await backend.application(crm=Recht.WIJZIGEN, terugbelnotities=Recht.WIJZIGEN)
    closed, removed = await make_note(anna, backend), await make_note(anna, backend)
    assert (await website.patch(f"{TAKEN}/{closed}", json={"status": "verwerkt"})).status_code == 200
    assert (await website.delete(f"{TAKEN}/{removed}")).status_code == 204
    assert (await note(anna, closed, "beloofd", "klaar"))["stand"] == "klaar"
    late = await give(bilal, backend, "afhandelen", closed)
    assert "een ander programma" in late.json()["fout"]["detail"]
    gone = await note(anna, removed, "beloofd")
    assert (gone["stand"], gone["handeling"]) == ("weg", "Bel over paspoort")
    assert (await give(bilal, backend, "poging", removed)).json()["fout"]["code"] == "niet-gevonden"
    answer = await give(bilal, backend, "afhandelen", removed, toelichting="Uitgelegd aan de balie.")
    assert answer.json()["stand"] == "geslaagd"
    assert (await listed(anna, "beloofd"))["totaal"] == 0
    (poging,) = (await note(anna, removed, "beloofd", "klaar"))["pogingen"]
    assert (poging["resultaat"], poging["notitie"]) == ("gesproken", "Uitgelegd aan de balie.")


async def test_every_change_is_told_to_the_seats_and_stands_in_the_trail_of_the_customer(
    backend: Backend, anna: httpx.AsyncClient, bilal: httpx.AsyncClient
) -> None:
    uuid = await make_note(anna, backend)
    before = (await read_stand(backend.db)).hoogste
    await give(bilal, backend, "claimen", uuid)
    await listed(bilal, "team")
    (partij,) = await found(backend, "partijen")
    _, numbered = await read_after(backend.db, before)
    told = [(al.wijziging.soort, al.wijziging.id, al.wijziging.onderwerpen) for al in numbered]
    assert told == [("terugbelnotitie", uuid, (partij["uuid"],))]
    auditor = await backend.client_for("auditor", naam="Aukje")
    vraag = {"soort": "bsn", "waarde": "999990019"}
    regels = (await auditor.post("/kcs/api/v1/audit/zoeken", json=vraag)).json()["regels"]
    acts = {(al["handeling"], al["gebruikersnaam"]) for al in regels}
    assert {("gewijzigd", "bilal-balie2"), ("geraadpleegd", "bilal-balie2")} <= acts


async def test_who_may_not_see_customers_sees_no_name_and_who_may_not_see_notes_none(
    backend: Backend, anna: httpx.AsyncClient
) -> None:
    uuid = await make_note(anna, backend)
    floor = await backend.client_for("floormanager", naam="Floor")
    taak = await note(floor, uuid)
    assert "klant" not in taak
    assert "telefoonnummer" not in taak
    assert taak["is_afgeschermd"] is True
    assert (await give(floor, backend, "claimen", uuid)).status_code == 403
    redacteur = await backend.client_for("redacteur", naam="Renske")
    assert (await redacteur.get("/kcs/api/v1/terugbelnotities")).status_code == 403
    for wrong in ("lijst=x", "status=x", "pagina=0", "pagina=x", "andere=1"):
        assert (await anna.get(f"/kcs/api/v1/terugbelnotities?{wrong}")).status_code == 400, wrong


@pytest.mark.parametrize("rol", ["floormanager", "afdelingshoofd"])
async def test_what_was_said_of_a_customer_reaches_no_role_that_may_not_see_customers(
    backend: Backend, anna: httpx.AsyncClient, bilal: httpx.AsyncClient, rol: str
) -> None:
    uuid = await make_note(anna, backend, toelichting="Mevrouw ligt in het ziekenhuis.")
    gezegd = "Zoon Piet nam op, BSN 999990019"
    answer = await give(bilal, backend, "poging", uuid, resultaat="niet_bereikt", toelichting=gezegd)
    contact = answer.json()["resultaat"]["klantcontact"]
    [poging] = (await note(bilal, uuid))["pogingen"]
    assert (poging.pop("notitie"), poging.pop("klantcontact")) == (gezegd, contact)
    looker = await backend.client_for(rol, naam="Floor")
    taak = await note(looker, uuid)
    assert taak["pogingen"] == [poging]
    assert "toelichting" not in taak
    await give(bilal, backend, "afhandelen", uuid, toelichting=gezegd)
    done = await looker.get(LIJST, params={"lijst": "alle", "status": "klaar"})
    assert "Piet" not in done.text
    assert contact not in done.text
    for address in (TAKEN, f"{TAKEN}/{uuid}", f"{KLANTCONTACTEN}/{contact}"):
        assert (await looker.get(address)).status_code == 403, address


async def test_the_number_of_queries_does_not_grow_with_the_page(backend: Backend, anna: httpx.AsyncClient) -> None:
    from sqlalchemy import event

    asked: list[str] = []

    def note_query(_c: Any, _cu: Any, statement: str, *_more: Any) -> None:
        asked.append(statement)

    await make_note(anna, backend)
    await listed(anna, "beloofd")
    event.listen(backend.db.reading_engine.sync_engine, "before_cursor_execute", note_query)
    counts = []
    for _ in range(2):
        asked.clear()
        assert (await listed(anna, "beloofd"))["totaal"] in {1, 6}
        counts.append(len([al for al in asked if "tb_" in al or "ki_" in al]))
        for _ in range(5):
            await make_note(anna, backend)
        await listed(anna, "beloofd")
    event.remove(backend.db.reading_engine.sync_engine, "before_cursor_execute", note_query)
    assert counts[0] == counts[1]


async def _foreign(backend: Backend, anna: httpx.AsyncClient) -> str:
    """An internetaak as other software leaves it, beside a contact that stands there."""
    uuid = await make_note(anna, backend)
    (contact,) = [
        al["aanleidinggevendKlantcontact"] for al in await found(backend, "internetaken") if al["uuid"] == uuid
    ]
    actor = (await found(backend, "actoren", actoridentificatorObjectId="Burgerzaken"))[0]
    website = await backend.application(naam=f"Ander {uuid}", crm=Recht.WIJZIGEN, terugbelnotities=Recht.WIJZIGEN)
    body = {
        "gevraagdeHandeling": "Bel de klant",
        "aanleidinggevendKlantcontact": {"uuid": contact["uuid"]},
        "toegewezenAanActoren": [{"uuid": actor["uuid"]}],
        "toelichting": "",
        "status": "te_verwerken",
    }
    answer = await website.post(TAKEN, json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["uuid"])
