"""What showing orders needs beside a connection: the editions, the files, the clock; light enough for every page's process."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path

import msgspec

from fairlot import config
from fairlot.application.sandbox import SandboxClock
from fairlot.clock import Clock, system_clock
from fairlot.config import Settings
from fairlot.domain.policy.errors import PolicyError, fault
from fairlot.domain.policy.loading import load_policy, policy_id, shipped_policies
from fairlot.domain.policy.model import Policy
from fairlot.store.files import FileStore
from fairlot.store.postgresql.lending import lent_connection

POLICIES = "policies"


class ReadingRoom(msgspec.Struct, frozen=True, kw_only=True):
    """The editions by policy id, the stored files, and the clock of one process."""

    policies: Mapping[str, Policy]
    files: FileStore
    clock: Clock


def policies_at_hand(settings: Settings) -> dict[str, Policy]:
    """Return all editions by policy id: those that ship, and the operator's own in the data directory.

    Raises PolicyError for a file that is not valid. Files stay as long as an order keeps their edition.
    """
    editions = [*shipped_policies().values(), *_own_policies(settings.data_dir / POLICIES)]
    return {policy_id(policy): policy for policy in editions}


def _own_policies(folder: Path) -> list[Policy]:
    return [load_policy(_text_of(path), path.name) for path in sorted(folder.glob("*.toml"))]


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise PolicyError(path.name, (fault("the file", "is not UTF-8 text"),)) from error


@functools.cache
def reading_room() -> ReadingRoom:
    """Return what this process shows orders with."""
    settings = config.settings()
    return ReadingRoom(
        policies=policies_at_hand(settings),
        files=FileStore(settings.files_dir),
        clock=SandboxClock(lent_connection) if settings.demo else system_clock,
    )
