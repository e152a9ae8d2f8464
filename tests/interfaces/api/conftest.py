"""The API on a database of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.support.postgres import Database, django_pointed_at

if TYPE_CHECKING:
    from tests.support.api_trades import Fair


@pytest.fixture
def fair(django_database: Database) -> Iterator[Fair]:
    """Two companies that trade, the supplier enrolled."""
    del django_database
    yield from _opened()


@pytest.fixture(scope="module")
def shared_fair(shared_database: Database) -> Iterator[Fair]:
    """The same on one database for a module, whose tests do not mind each other's orders."""
    with django_pointed_at(shared_database):
        yield from _opened()


def _opened() -> Iterator[Fair]:
    # Django's models can be imported only once its settings are there, which is after this file.
    from fairlot.interfaces.api import limits  # noqa: PLC0415
    from fairlot.writing_room import close_writing_rooms  # noqa: PLC0415
    from tests.support.api_trades import Fair  # noqa: PLC0415

    with pytest.MonkeyPatch.context() as patched:
        # A quick machine asks more often than a key may; what that earns has tests of its own.
        patched.setattr(limits, "rates", limits.Rates(burst=10**9, per_second=1))
        yield Fair().enrolled()
    close_writing_rooms()
