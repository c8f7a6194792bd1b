"""By which signs a zaak is one of a form, which of those wait, and until when."""

from __future__ import annotations

from datetime import UTC, date, datetime

import msgspec
import pytest

from kcs_desktop.domain.eformulier import Eformulierregels, Formulierzaak, received
from kcs_desktop.domain.werkdagen import Dienstkalender
from kcs_desktop.domain.zaak import Zaakregel, Zaakrol, Zaakverwijzing

REGEL = Zaakregel(Zaakverwijzing("z-1", "OF-1"), startdatum=date(2026, 11, 24), stap=1, stappen=4)
INZENDER = Zaakrol("J. van Duinrode", generiek="initiator", toelichting="inzender formulier")
REGELS = Eformulierregels()


@pytest.mark.parametrize(
    "zaak",
    [
        Formulierzaak(REGEL, bronnen=("open formulieren",)),
        Formulierzaak(REGEL, kanalen=("E-formulier", "")),
        Formulierzaak(REGEL, rollen=(INZENDER,)),
    ],
)
def test_one_sign_is_enough_without_regard_to_capitals(zaak: Formulierzaak) -> None:
    assert zaak.is_of_form(REGELS)
    assert not zaak.is_of_form(Eformulierregels(bronnen=(), kanalen=(), toelichtingen=()))


def test_a_zaak_of_the_counter_is_none_and_an_empty_sign_meets_nothing() -> None:
    zaak = Formulierzaak(REGEL, kanalen=("balie", ""), rollen=(Zaakrol("X", generiek="initiator"),))
    assert not zaak.is_of_form(msgspec.structs.replace(REGELS, kanalen=("", "e-formulier")))


def test_only_the_words_with_the_initiator_count() -> None:
    behandelaar = Zaakrol("M", generiek="behandelaar", toelichting="inzender formulier")
    assert not Formulierzaak(REGEL, rollen=(behandelaar,)).is_of_form(REGELS)


@pytest.mark.parametrize(
    ("zaak", "waits"),
    [
        (Formulierzaak(REGEL), True),
        (Formulierzaak(msgspec.structs.replace(REGEL, stap=0)), True),
        (Formulierzaak(msgspec.structs.replace(REGEL, stap=2)), False),
        (Formulierzaak(REGEL, rollen=(Zaakrol("M", generiek="behandelaar"),)), False),
        (Formulierzaak(msgspec.structs.replace(REGEL, einddatum=date(2026, 11, 24))), False),
    ],
)
def test_it_waits_until_somebody_took_it_on(zaak: Formulierzaak, waits: bool) -> None:
    assert zaak.is_waiting is waits


def test_it_came_in_when_its_first_status_was_set_else_on_its_day() -> None:
    gezet = datetime(2026, 11, 24, 8, 41, tzinfo=UTC)
    assert received(Formulierzaak(REGEL, gezet_op=gezet), Dienstkalender()) == (gezet, True)
    moment, heeft_tijd = received(Formulierzaak(REGEL, geregistreerd=date(2026, 11, 23)), Dienstkalender())
    assert moment is not None
    assert (moment.isoformat(), heeft_tijd) == ("2026-11-23T08:30:00+01:00", False)
    assert received(Formulierzaak(msgspec.structs.replace(REGEL, startdatum=None)), Dienstkalender()) == (None, False)


def test_the_norm_runs_over_working_days() -> None:
    vrijdagmiddag = datetime(2026, 11, 27, 12, tzinfo=UTC)
    assert REGELS.deadline(vrijdagmiddag) == datetime(2026, 12, 1, 16, tzinfo=UTC)
