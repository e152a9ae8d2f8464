"""What a page's or the API's process needs to change orders: one desk per process, opened when it is first asked for.

Nothing is opened before the server has parted into its processes: a connection may not be shared across a fork, so a
desk is known by its process and its database, and a child never uses its parent's.
"""

from __future__ import annotations

import os
import threading

import msgspec

from fairlot import config
from fairlot.application.desk import Desk
from fairlot.application.execute import WritePath
from fairlot.bootstrap import company_checks, desk_of
from fairlot.measures import observe_command
from fairlot.reading_room import ReadingRoom, reading_room
from fairlot.store.connection import connect
from fairlot.store.postgresql.lending import application_wrapper, lent_connection


class WritingRoom(msgspec.Struct, frozen=True, kw_only=True):
    """A desk, and the reading room it stands in."""

    desk: Desk
    reading: ReadingRoom


__all__ = ["WritingRoom", "close_writing_rooms", "lent_connection", "writing_room"]

_lock = threading.Lock()
_rooms: dict[tuple[int, str], WritingRoom] = {}


def writing_room() -> WritingRoom:
    """Return this process's desk."""
    dsn = application_wrapper().dsn()
    key = (os.getpid(), dsn)
    room = _rooms.get(key)
    if room is not None:
        return room
    with _lock:
        room = _rooms.get(key)
        if room is None:
            close_writing_rooms()
            room = _rooms[key] = _opened(dsn)
        return room


def close_writing_rooms() -> None:
    """Let go of this process's connections; those of a parent are left to it."""
    for pid, dsn in list(_rooms):
        room = _rooms.pop((pid, dsn))
        if pid == os.getpid():
            room.desk.path.close()


def _opened(dsn: str) -> WritingRoom:
    reading = reading_room()
    path = WritePath(lambda: connect(dsn), clock=reading.clock, observe=observe_command)
    checks = company_checks(config.settings())
    desk = desk_of(path, lent_connection, reading.policies, checks)
    return WritingRoom(desk=desk, reading=reading)
