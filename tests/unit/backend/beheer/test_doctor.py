"""`doctor` on what only PostgreSQL has."""

from __future__ import annotations

import pytest
from sqlalchemy import make_url

from kcs_desktop.backend.beheer.doctor import Bevinding, examine
from kcs_desktop.backend.settings import Settings
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
