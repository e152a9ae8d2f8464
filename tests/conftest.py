"""Fixtures of every test: the run's PostgreSQL server and a database for whoever asks."""

from __future__ import annotations

from collections.abc import Iterator

import django
import pytest
import pytest_django
from hypothesis import HealthCheck, settings

from fairlot import config
from fairlot.store.keeping.migrate import migrate
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


@pytest.fixture(scope="session", autouse=True)
def django_asks_freely(django_db_blocker: pytest_django.DjangoDbBlocker) -> Iterator[None]:
    """Let Django reach the run's own databases: pytest-django's guard is for databases that it makes itself."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(autouse=True)
def settings_are_read_afresh() -> Iterator[None]:
    """Leave no settings behind that name one test's database: the next test would ask a database that is gone."""
    yield
    config.settings.cache_clear()


def pytest_configure(config: pytest.Config) -> None:
    begin_run(config)
    # Modules of tests may import Django's models at their top.
    django.setup()


def pytest_unconfigure(config: pytest.Config) -> None:
    end_run(config)


@pytest.fixture(scope="session")
def migration() -> Migration:
    """How an empty database gets the present schema."""
    return migrate
