"""Fixtures of every test: the run's PostgreSQL server and a database for whoever asks."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

from fairlot.store.migrate import migrate
from tests.support.embedded_server import data_dir, empty_dir, made_once
from tests.support.postgres import (
    Migration,
    begin_run,
    database,
    database_template,
    django_database,
    end_run,
    postgres_server,
    shared_database,
)

# No time limits in tests: a busy machine is no fault of the code.
settings.register_profile("fairlot", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("fairlot")

__all__ = [
    "data_dir",
    "database",
    "database_template",
    "django_database",
    "empty_dir",
    "made_once",
    "postgres_server",
    "shared_database",
]


def pytest_configure(config: pytest.Config) -> None:
    begin_run(config)


def pytest_unconfigure(config: pytest.Config) -> None:
    end_run(config)


@pytest.fixture(scope="session")
def migration() -> Migration:
    """How an empty database gets the present schema."""
    return migrate
