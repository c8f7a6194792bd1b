"""`doctor` on what only PostgreSQL has, and on the municipality's provider."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import make_url

from kcs_desktop.backend.beheer.bevinding import Bevinding
from kcs_desktop.backend.beheer.doctor import examine
from kcs_desktop.backend.settings import Settings
from tests.doubles.aanmelddienst import Aanmelddienst, running_aanmelddienst
from tests.doubles.virusscanner import command
from tests.harness.gemeenteaccount import settings_for
from tests.harness.postgres import Cluster


async def of_the_log(url: str) -> Bevinding:
    (found,) = [one for one in await examine(Settings(database_url=url)) if one.onderwerp == "Databaselogboek"]
    return found


@pytest.mark.parametrize(
    "settings",
    [
        {"log_error_verbosity": "default"},
        {"log_min_duration_statement": "1000", "log_parameter_max_length": "-1"},
        {"log_statement": "all", "log_parameter_max_length": "-1"},
    ],
)
async def test_a_database_log_that_quotes_values_is_named(
    postgres: Cluster, postgres_url: str, settings: dict[str, str]
) -> None:
    assert (await of_the_log(postgres_url)).in_orde
    for name, value in settings.items():
        postgres.admin(f"ALTER DATABASE {make_url(postgres_url).database} SET {name} = '{value}'")
    found = await of_the_log(postgres_url)
    assert not found.in_orde
    assert "log_error_verbosity" in found.advies


async def of_the_provider(url: str, dienst: Aanmelddienst, **others: object) -> list[Bevinding]:
    settings = Settings(database_url=url, oidc=settings_for(dienst, **others))
    return [one for one in await examine(settings) if one.onderwerp == "Gemeente-account"]


async def test_a_provider_that_is_in_order_is_told_with_its_keys(sqlite_url: str) -> None:
    with running_aanmelddienst() as dienst:
        (found,) = await of_the_provider(sqlite_url, dienst)
        assert found.in_orde
        assert "1 sleutel." in found.melding


async def test_a_provider_that_cannot_be_used_is_told_with_what_to_do(sqlite_url: str) -> None:
    with running_aanmelddienst() as dienst:
        (found,) = await of_the_provider(sqlite_url, dienst, issuer=f"{dienst.url}/")
        assert not found.in_orde
        assert "letterlijk" in found.advies
        dienst.is_away = True
        (found,) = await of_the_provider(sqlite_url, dienst)
        assert not found.in_orde
        assert "KCS_OIDC_ISSUER" in found.advies


async def test_a_clock_that_is_off_is_told_before_everybody_is_refused(sqlite_url: str) -> None:
    with running_aanmelddienst(lambda: datetime.now(UTC) + timedelta(minutes=3)) as dienst:
        reach, clock = await of_the_provider(sqlite_url, dienst)
        assert reach.in_orde
        assert not clock.in_orde
        assert "aanmelddienst" in clock.melding


async def test_tokens_that_the_database_alone_opens_are_named(sqlite_url: str) -> None:
    with running_aanmelddienst() as dienst:
        assert [one.in_orde for one in await of_the_provider(sqlite_url, dienst, client_secret="")] == [True, False]


@pytest.mark.parametrize(
    ("setting", "in_orde", "melding"),
    [
        ("", True, "niet onderzocht"),
        (command(), True, "antwoordt"),
        (command("stuk"), False, "geen antwoord"),
        (command("haastig"), False, "een virus"),
        ("icap://127.0.0.1:1/avscan", False, "geen antwoord"),
    ],
)
async def test_the_virus_scanner_is_tried(sqlite_url: str, setting: str, in_orde: bool, melding: str) -> None:
    settings = Settings(database_url=sqlite_url, virusscanner=setting)
    (found,) = [one for one in await examine(settings) if one.onderwerp == "Virusscanner"]
    assert found.in_orde is in_orde
    assert melding in found.melding
