"""Logs: one JSON object a line, with ids and codes, and never what somebody wrote, is called or keeps secret."""

from __future__ import annotations

import io
import json
import logging
from typing import Any

import psycopg
import pytest

from fairlot.logs import FIELDS, WITHHELD, JsonLines, request_id, shown

SECRETS = (
    "hunter2-password",
    "anna@buyer.example",
    "DE89370400440532013000",
    "the charger smells of smoke",
    "充电器有烟味",
)


@pytest.fixture
def written() -> Any:
    """A logger of the product and one of a library, and what they wrote."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    loggers = [logging.getLogger("fairlot.planted"), logging.getLogger("library.planted")]
    for one in loggers:
        one.addHandler(handler)
        one.setLevel(logging.INFO)
        one.propagate = False
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    for one in loggers:
        one.removeHandler(handler)


OWN = logging.getLogger("fairlot.planted")
LIBRARY = logging.getLogger("library.planted")


def test_a_line_says_what_where_and_to_what(written: Any) -> None:
    token = request_id.set("0123456789abcdef")
    OWN.info(
        "A command was answered",
        extra={"aggregate_id": "ord_1", "command": "ConfirmReceipt", "duration_ms": 4.2},
    )
    request_id.reset(token)
    (line,) = written()
    assert line["said"] == "A command was answered"
    assert line["where"].startswith("test_logs:")
    assert (line["aggregate_id"], line["duration_ms"]) == ("ord_1", 4.2)
    assert line["request_id"] == "0123456789abcdef"


@pytest.mark.parametrize("secret", SECRETS)
def test_a12_no_secret_or_text_of_anybody_is_written(written: Any, secret: str) -> None:
    OWN.warning("Could not send to %s", secret)
    # The code alone fills these fields, with ids: what is none is withheld.
    OWN.info("A line", extra=dict.fromkeys(FIELDS, f"{secret} {secret}"))
    OWN.info("A line", extra={"body": secret, "note": secret})
    LIBRARY.error("Failed for %s", secret)
    LIBRARY.error(f"already formatted {secret}")
    for logger in (OWN, LIBRARY):
        try:
            int(secret)
        except ValueError:
            logger.exception("It failed: %s", secret)
    lines = written()
    assert len(lines) == 7
    assert secret not in json.dumps(lines, ensure_ascii=False)
    assert {line.get("error") for line in lines} == {None, "ValueError"}
    assert lines[-1]["frames"][0].startswith("test_logs.py:")


def test_a12_the_check_catches_a_formatter_that_writes_messages(written: Any) -> None:
    planted = logging.Formatter('{"message": "%(message)s"}')
    for handler in OWN.handlers:
        handler.setFormatter(planted)
    OWN.warning("Could not send to %s", SECRETS[0])
    assert SECRETS[0] in json.dumps(written())


def test_an_error_of_the_database_is_named_by_its_state(written: Any) -> None:
    OWN.warning("The database cannot be asked now: %s", psycopg.errors.AdminShutdown("hunter2"))
    (line,) = written()
    assert (line["error"], line["sqlstate"]) == ("AdminShutdown", "57P01")
    assert line["said"] == "The database cannot be asked now: %s"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("ord_1", "ord_1"),
        ("/orders/<str:order_id>/", "/orders/<str:order_id>/"),
        (503, 503),
        ("two words", WITHHELD),
        ("a@b.example", WITHHELD),
        ("6222021234567890123", WITHHELD),
        ("货款", WITHHELD),
        ("x" * 129, WITHHELD),
    ],
)
def test_only_what_looks_like_an_identifier_is_shown(value: Any, expected: Any) -> None:
    assert shown(value) == expected
