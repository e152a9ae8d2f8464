"""Logs as JSON lines: what happened, where, to which order, under which request; never a text, a name or a secret.

A line holds the sentence of the code and values of named fields that look like identifiers. What was formatted into a
sentence, messages of libraries and the words of exceptions are left out, for they may carry anybody's data.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import re
import sys
from contextvars import ContextVar
from pathlib import Path
from typing import Any

OWN_LOGGER = "fairlot"
# Says which of its processes came and went, and nothing of requests.
SERVER_LOGGER = "_granian"
FIELDS = (
    "request_id",
    "method",
    "route",
    "status",
    "duration_ms",
    "family",
    "aggregate_id",
    "command_id",
    "command",
    "outcome",
    "code",
    "topic",
)
"""What a line may hold beside its sentence."""

# Ids, names of the code and routes; an e-mail address, a sentence or Chinese text does not fit.
_IDENTIFIER = re.compile(r"[A-Za-z0-9_.:/<>-]{0,128}")
# Long digits may be an account's number.
_DIGITS_MAX = re.compile(r"[0-9]{12,}")
WITHHELD = "(withheld)"
FRAMES_MAX = 20

request_id: ContextVar[str] = ContextVar("request_id", default="")


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of one record."""
        line: dict[str, Any] = {
            "at": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(
                timespec="milliseconds"
            ),
            "level": record.levelname.lower(),
            "logger": record.name,
            "where": f"{record.module}:{record.lineno}",
        }
        if _is_own(record):
            line["said"] = record.msg
        given = {"request_id": request_id.get(), **record.__dict__}
        line |= {name: shown(given[name]) for name in FIELDS if given.get(name) not in {None, ""}}
        error = _error_of(record)
        if error is not None:
            line |= _facts_of(error)
        return json.dumps(line, ensure_ascii=True)


def shown(value: object) -> str | int | float:
    """Return a field's value if it looks like an identifier or a number, else that something was withheld."""
    if isinstance(value, int | float):
        return value
    text = str(value)
    return text if _IDENTIFIER.fullmatch(text) and not _DIGITS_MAX.search(text) else WITHHELD


def write_logs(*, level: int = logging.INFO) -> None:
    """Write this process's logs to standard error: JSON lines, or plain ones where somebody looks at a terminal."""
    handler = logging.StreamHandler(sys.stderr)
    if not sys.stderr.isatty():
        handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger(OWN_LOGGER).setLevel(level)


def _is_own(record: logging.LogRecord) -> bool:
    is_own = record.name.partition(".")[0] == OWN_LOGGER or record.name == SERVER_LOGGER
    return is_own and isinstance(record.msg, str)


def _error_of(record: logging.LogRecord) -> BaseException | None:
    if record.exc_info and record.exc_info[1] is not None:
        return record.exc_info[1]
    given = record.args if isinstance(record.args, tuple) else ()
    return next((one for one in given if isinstance(one, BaseException)), None)


def _facts_of(error: BaseException) -> dict[str, Any]:
    """Return an exception's type, its SQLSTATE and where it came from; its words may hold anything."""
    facts: dict[str, Any] = {"error": type(error).__name__}
    state = getattr(error, "sqlstate", None)
    if state:
        facts["sqlstate"] = str(state)
    frames = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        frames.append(f"{Path(code.co_filename).name}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    if frames:
        facts["frames"] = frames[-FRAMES_MAX:]
    return facts
