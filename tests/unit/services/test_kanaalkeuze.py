"""One rule says over which channel a contact starts."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from kcs_desktop.domain.klantcontact import Kanaal
from kcs_desktop.domain.sessie import Medewerker, Sessie, Werkplek
from kcs_desktop.security.sleutelbos import Geheugenbos
from kcs_desktop.services.kanaalkeuze import kanaal_for, kept
from tests.harness.backend import BackendProcess
from tests.harness.zitplaats import running_seat


def sessie(*rollen: str, soort: str = "balie", naam: str = "s-1") -> Sessie:
    werkplek = Werkplek("w", "Werkplek", soort)
    return Sessie(naam, Medewerker("anna", "Anna"), werkplek, rollen, {}, datetime(2026, 11, 24, tzinfo=UTC))


@pytest.mark.parametrize(
    ("wie", "kanaal"),
    [
        (sessie("snelbalie"), Kanaal.BALIE),
        (sessie("tic"), Kanaal.TELEFOON),
        (sessie("tic", soort="balie"), Kanaal.TELEFOON),
        (sessie("receptie", soort="telefoon"), Kanaal.BALIE),
        (sessie("email"), Kanaal.EMAIL),
        (sessie("chat", "email"), Kanaal.CHAT),
        (sessie("email", "tic"), Kanaal.TELEFOON),
        (sessie("tic", "snelbalie", soort="telefoon"), Kanaal.TELEFOON),
        (sessie("tic", "snelbalie", soort="balie"), Kanaal.BALIE),
        (sessie("beheerder", soort="kantoor"), Kanaal.TELEFOON),
        (sessie("beheerder", soort="spreekkamer"), Kanaal.BALIE),
        (None, Kanaal.BALIE),
    ],
)
def test_the_role_decides_first_and_the_werkplek_where_it_does_not(wie: Sessie | None, kanaal: Kanaal) -> None:
    assert kanaal_for(wie, "") is kanaal


def test_the_last_used_channel_counts_in_this_sign_in_only() -> None:
    bewaard = kept(sessie("tic"), Kanaal.CHAT)
    assert kanaal_for(sessie("tic"), bewaard) is Kanaal.CHAT
    assert kanaal_for(sessie("tic", naam="s-2"), bewaard) is Kanaal.TELEFOON
    assert kanaal_for(sessie("tic"), '{"half') is Kanaal.TELEFOON


async def test_the_channel_that_was_chosen_is_that_of_the_next_contact_after_a_restart_too(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    bos = Geheugenbos()
    async with running_seat(tmp_path, proefdam.url, bos=bos, account="snelbalie") as seat:
        contact = seat.contacten.start()
        assert contact.kanaal is Kanaal.BALIE
        seat.contacten.change(contact.id, kanaal=Kanaal.CHAT)
        assert seat.contacten.start().kanaal is Kanaal.CHAT
        for al in seat.contacten.open:
            seat.contacten.cancel(al.id)
        assert seat.contacten.start().kanaal is Kanaal.CHAT
    async with running_seat(tmp_path, proefdam.url, bos=bos) as seat:
        assert await seat.aanmelden.resume() is not None
        assert seat.contacten.start().kanaal is Kanaal.CHAT
