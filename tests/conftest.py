"""Fixtures for every test. They live in tests/harness; here they are only made known."""

from tests.harness.backend import backend, kern
from tests.harness.databases import (
    database_url,
    db,
    klok,
    postgres,
    postgres_proefdam,
    postgres_proefdam_url,
    postgres_url,
    sqlite_template,
    sqlite_url,
)
from tests.harness.geheimen import secret_service, secret_service_environment
from tests.harness.weg import cleaned_up, collector

__all__ = [
    "backend",
    "cleaned_up",
    "collector",
    "database_url",
    "db",
    "kern",
    "klok",
    "postgres",
    "postgres_proefdam",
    "postgres_proefdam_url",
    "postgres_url",
    "secret_service",
    "secret_service_environment",
    "sqlite_template",
    "sqlite_url",
]
