"""What a register refuses, what a colleague changed, and who else is at work."""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec
import pytest
from sqlalchemy import select

from kcs_desktop.backend.gateway.schrijven.register import UpstreamRegister
from kcs_desktop.backend.gateway.schrijven.sleutels import KLANTINTERACTIES, number
from kcs_desktop.backend.opdrachten import herroepen
from kcs_desktop.backend.opdrachten.claim import LEASE, claim, release_all
from kcs_desktop.backend.opdrachten.identiteit import payload_hash
from kcs_desktop.backend.opdrachten.stap import Daad, Stand, Stap, Vraag, as_json
from kcs_desktop.backend.opdrachten.tables import SlotRow, StapRow
from kcs_desktop.backend.problem import HttpProblem
from kcs_desktop.domain.errors import InvalidInput
from kcs_desktop.domain.opdracht import Opdracht, Uitkomststand
from tests.doubles.haperend_register import Gedood, Hapering
from tests.unit.backend.opdrachten.bouwen import contact, opdracht, persoon
from tests.unit.backend.opdrachten.upstream.conftest import KEES, MIENA, SOORTEN, Werkplaats
from tests.unit.backend.opdrachten.upstream.test_elke_stap import (
    ONCE,
    RESOURCES,
    a_contact,
    a_customer,
    a_known_customer,
    counts,
)


async def test_a_refusal_before_anything_was_made_is_a_refusal(werkplaats: Werkplaats) -> None:
    werkplaats.register.refuse("POST", "partijen", "partijIdentificatoren")
    uitkomst = await werkplaats.give(a_contact(werkplaats.klok))
    assert uitkomst.stand is Uitkomststand.GEWEIGERD
    assert await counts(werkplaats) == dict.fromkeys(RESOURCES, 0)
    assert "verwijderd" not in uitkomst.fout["detail"]


async def test_what_was_made_before_a_refusal_is_taken_away_and_named_by_the_field_of_the_seat(
    werkplaats: Werkplaats,
) -> None:
    werkplaats.register.refuse("POST", "internetaken", "toelichting")
    body = a_contact(werkplaats.klok)
    uitkomst = await werkplaats.give(body)
    assert uitkomst.stand is Uitkomststand.GEWEIGERD
    assert uitkomst.fout["invalidParams"][0]["name"] == "vragen.0.terugbelverzoek.toelichting"
    assert "weer verwijderd" in uitkomst.fout["detail"]
    # The customer and the actoren stay: they are of use by themselves.
    assert await counts(werkplaats) == {**dict.fromkeys(RESOURCES, 0), "partijen": 1, "actoren": 2}
    async with werkplaats.db.read() as session:
        kept = list(await session.scalars(select(StapRow).where(StapRow.opdracht == body["id"])))
    assert {row.lichaam for row in kept} == {row.antwoord for row in kept} == {None}
    assert await werkplaats.give(body) == uitkomst


@pytest.mark.parametrize("at", range(10, 15))
@pytest.mark.parametrize("how", [Hapering.KILLED_BEFORE, Hapering.KILLED_AFTER, Hapering.CUT_AFTER])
async def test_taking_away_goes_on_after_it_was_cut(werkplaats: Werkplaats, at: int, how: Hapering) -> None:
    werkplaats.register.refuse("POST", "internetaken", "toelichting")
    werkplaats.register.fail(at - 1, how)  # the refused write never reached the count
    uitkomst = await werkplaats.until_done(a_contact(werkplaats.klok))
    assert werkplaats.register.has_failed
    assert uitkomst.stand is Uitkomststand.GEWEIGERD
    assert await counts(werkplaats) == {**dict.fromkeys(RESOURCES, 0), "partijen": 1, "actoren": 2}


async def test_what_was_taken_away_leaves_the_refusal_its_field_its_code_and_its_advice(werkplaats: Werkplaats) -> None:
    upstream = {"klantinteracties": UpstreamRegister(werkplaats.register, KLANTINTERACTIES, SOORTEN)}
    made = Stap(1, Vraag("klantinteracties", Daad.ADD, "klantcontacten"), Stand.GEDAAN, waarde="u1")
    refused = InvalidInput("Dit kan niet.", field="zaaktype", code="zaaktype-ingetrokken", advice="Kies een ander.")
    known = {stap.nr: stap for stap in (made, herroepen.marker(as_json(refused)))}
    known |= {stap.nr: msgspec.structs.replace(stap, stand=Stand.GEDAAN) for stap in herroepen.undoing(known, upstream)}
    told = herroepen.verdict(known, upstream)
    assert isinstance(told, InvalidInput)
    assert (told.field, told.code, told.advice) == (refused.field, refused.code, refused.advice)
    assert told.message == "Dit kan niet. Wat er al van was vastgelegd, is weer verwijderd."


async def test_what_cannot_be_taken_back_is_told(werkplaats: Werkplaats) -> None:
    body, _partij = await a_known_customer(werkplaats)
    werkplaats.register.refuse("PATCH", "partijen", "interneNotitie")
    uitkomst = await werkplaats.give(body)
    assert uitkomst.stand is Uitkomststand.GEWEIGERD
    assert "staat al wel in het register: een telefoonnummer of e-mailadres" in uitkomst.fout["detail"]


async def test_a_change_of_a_colleague_is_a_conflict_and_nothing_is_written(werkplaats: Werkplaats) -> None:
    body, partij = await a_known_customer(werkplaats)
    await werkplaats.register.patch("partijen", partij["uuid"], {"interneNotitie": "Van een collega"})
    before = len(werkplaats.register.writes)
    uitkomst = await werkplaats.give(body)
    assert (uitkomst.stand, uitkomst.fout["code"]) == (Uitkomststand.GEWEIGERD, "conflict")
    assert uitkomst.fout["huidig"] == {"interneNotitie": "Van een collega"}
    assert len(werkplaats.register.writes) == before


async def test_a_change_that_is_accepted_and_not_made_is_told_and_what_was_added_goes(
    werkplaats: Werkplaats,
) -> None:
    body, _partij = await a_known_customer(werkplaats)
    [was] = await werkplaats.register.all("partijen")
    before = {adres["uuid"] for adres in await werkplaats.register.all("digitaleadressen")}
    werkplaats.register.ignored.add(("PATCH", "partijen"))
    uitkomst = await werkplaats.give(body)
    assert (uitkomst.stand, uitkomst.fout["code"]) == (Uitkomststand.GEWEIGERD, "register-wijzigt-niet")
    [found] = await werkplaats.register.all("partijen")
    assert found["interneNotitie"] == was["interneNotitie"]
    assert {adres["uuid"] for adres in await werkplaats.register.all("digitaleadressen")} <= before


async def test_a_change_whose_answer_cannot_be_read_is_not_told_to_be_refused(werkplaats: Werkplaats) -> None:
    body, _partij = await a_known_customer(werkplaats)
    werkplaats.register.fail(4, Hapering.UNSEEN_AFTER)  # the note, after three addresses
    uitkomst = await werkplaats.until_done(body)
    assert werkplaats.register.has_failed
    assert uitkomst.stand is Uitkomststand.GESLAAGD, uitkomst.fout


async def test_a_repeated_change_does_not_go_over_what_a_colleague_wrote_meanwhile(werkplaats: Werkplaats) -> None:
    body, partij = await a_known_customer(werkplaats)
    werkplaats.register.fail(4, Hapering.KILLED_BEFORE)  # the note, after three addresses
    with pytest.raises(Gedood):
        await werkplaats.give(body)
    await release_all(werkplaats.db)
    await werkplaats.register.patch("partijen", partij["uuid"], {"interneNotitie": "Van een collega"})
    uitkomst = await werkplaats.until_done(body)
    assert uitkomst.stand is Uitkomststand.GEWEIGERD
    [found] = await werkplaats.register.all("partijen")
    assert found["interneNotitie"] == "Van een collega"


async def test_a_number_that_is_in_use_is_drawn_again(werkplaats: Werkplaats) -> None:
    body = a_contact(werkplaats.klok)
    taken = {"onderwerp": "Van een ander", "kanaal": "balie", "taal": "nld", "vertrouwelijk": False}
    bezet = number(body["id"], "klantcontacten.0", 0)
    await werkplaats.register.make("klantcontacten", {**taken, "referentienummer": bezet})
    uitkomst = await werkplaats.until_done(body)
    assert uitkomst.stand is Uitkomststand.GESLAAGD, uitkomst.fout
    found = await werkplaats.register.all("klantcontacten")
    assert len(found) == 2
    [ours] = [one for one in found if one["uuid"] in uitkomst.resultaat["klantcontacten"]]
    assert ours["onderwerp"] == "Paspoort verlengen"
    assert ours["referentienummer"] != bezet


async def test_a_register_that_is_away_leaves_no_verdict_and_the_command_goes_on_later(werkplaats: Werkplaats) -> None:
    werkplaats.register.is_away = True
    body = a_contact(werkplaats.klok)
    with pytest.raises(HttpProblem, match="register-onbereikbaar"):
        await werkplaats.give(body)
    werkplaats.register.is_away = False
    assert (await werkplaats.give(body)).stand is Uitkomststand.GESLAAGD
    assert await counts(werkplaats) == ONCE


async def test_two_workers_with_one_command_have_one_effect(werkplaats: Werkplaats) -> None:
    body = a_contact(werkplaats.klok)
    both = await asyncio.gather(*(werkplaats.give(body) for _ in range(2)))
    assert {uitkomst.stand for uitkomst in both} <= {Uitkomststand.GESLAAGD, Uitkomststand.BEZIG}
    assert (await werkplaats.until_done(body)).stand is Uitkomststand.GESLAAGD
    assert await counts(werkplaats) == ONCE


async def test_another_worker_goes_on_at_the_first_step_without_a_result(werkplaats: Werkplaats) -> None:
    body = a_contact(werkplaats.klok)
    werkplaats.register.fail(6, Hapering.KILLED_AFTER)
    with pytest.raises(Gedood):
        await werkplaats.give(body)
    assert (await werkplaats.give(body)).stand is Uitkomststand.BEZIG
    done = len(werkplaats.register.writes)
    werkplaats.klok.advance((3 * LEASE).total_seconds())
    assert (await werkplaats.give(body)).stand is Uitkomststand.GESLAAGD
    assert len(werkplaats.register.writes) == done + 3
    assert await counts(werkplaats) == ONCE


async def test_two_commands_that_need_the_same_new_actor_make_it_once(werkplaats: Werkplaats) -> None:
    first = contact(werkplaats.klok(), klant=persoon())
    second = contact(werkplaats.klok(), klant=persoon("999990020", "P. Bakker"))
    both = await asyncio.gather(werkplaats.give(first), werkplaats.give(second))
    assert {uitkomst.stand for uitkomst in both} == {Uitkomststand.GESLAAGD}
    assert (await counts(werkplaats))["actoren"] == 1
    async with werkplaats.db.read() as session:
        assert list(await session.scalars(select(SlotRow))) == []


async def test_a_slot_of_a_command_that_died_is_taken_over(werkplaats: Werkplaats) -> None:
    werkplaats.register.fail(2, Hapering.KILLED_BEFORE)  # its own actor
    dead = contact(werkplaats.klok(), klant=persoon())
    with pytest.raises(Gedood):
        await werkplaats.give(dead)
    werkplaats.klok.advance((3 * LEASE).total_seconds())
    other = contact(werkplaats.klok(), klant=persoon("999990020", "P. Bakker"))
    assert (await werkplaats.give(other)).stand is Uitkomststand.GESLAAGD
    assert (await werkplaats.until_done(dead)).stand is Uitkomststand.GESLAAGD
    assert (await counts(werkplaats))["actoren"] == 1


async def test_of_two_who_close_one_note_the_second_hears_of_the_first(werkplaats: Werkplaats) -> None:
    note = (await werkplaats.give(a_contact(werkplaats.klok))).resultaat["internetaken"][0]
    gegevens = {
        "type": "terugbelnotitie.afhandelen",
        "notitie": note,
        "op": werkplaats.klok().isoformat(),
        "resultaat": "gesproken",
    }
    both = await asyncio.gather(
        werkplaats.give(opdracht(werkplaats.klok(), gegevens), MIENA),
        werkplaats.give(opdracht(werkplaats.klok(), gegevens), KEES),
    )
    assert sorted(uitkomst.stand for uitkomst in both) == [Uitkomststand.GESLAAGD, Uitkomststand.GEWEIGERD]
    [refused] = [uitkomst for uitkomst in both if uitkomst.stand is Uitkomststand.GEWEIGERD]
    assert "al afgehandeld door" in refused.fout["detail"]
    assert len(await werkplaats.register.all("klantcontacten")) == 2


async def test_a_claim_that_is_held_elsewhere_is_left_alone(werkplaats: Werkplaats) -> None:
    """An attempt whose command was taken over stores nothing more."""
    body = a_contact(werkplaats.klok)
    taken: list[Any] = []

    async def before(_method: str, _path: str) -> None:
        if len(werkplaats.register.writes) == 3 and not taken:
            werkplaats.klok.advance((3 * LEASE).total_seconds())
            given = msgspec.convert(body, Opdracht)
            digest = payload_hash(given, MIENA.id)
            taken.append(await claim(werkplaats.db, given, "klantcontact.registreren", MIENA.id, digest))

    werkplaats.register.before = before
    assert (await werkplaats.give(body)).stand is Uitkomststand.BEZIG
    assert taken[0].token
    werkplaats.register.before = None
    werkplaats.klok.advance((3 * LEASE).total_seconds())
    assert (await werkplaats.give(body)).stand is Uitkomststand.GESLAAGD
    assert await counts(werkplaats) == ONCE


async def test_a_new_customer_is_taken_away_again_where_an_address_is_refused(werkplaats: Werkplaats) -> None:
    werkplaats.register.refuse("POST", "digitaleadressen", "adres")
    uitkomst = await werkplaats.give(a_customer(werkplaats.klok))
    assert uitkomst.fout["invalidParams"][0]["name"] == "digitale_adressen.0.adres"
    assert (await counts(werkplaats))["partijen"] == 0
