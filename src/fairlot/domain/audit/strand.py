"""Strands beside the chain: each message and file of an order bears a hash over itself and the one before it.

A text enters by its salted hash alone, so that it can be erased and the strand still holds. The database makes these
hashes as rows are added (`store/sql/strands.sql`); this is the second hand that recomputes them.
"""

from __future__ import annotations

import datetime as dt

import msgspec

from fairlot.domain.audit.canonical import content_hash
from fairlot.domain.audit.chain import microseconds

# Change only together with the framing below; old rows keep the name they were hashed under.
MESSAGE_FRAMING = b"fairlot message 1"
FILE_FRAMING = b"fairlot file 1"


class MessageLink(msgspec.Struct, frozen=True, kw_only=True):
    """What the hash of one message covers, beside the hash before it."""

    order_id: str
    number: int
    author_role: str
    author_company_id: str
    author_person_id: str
    sent_at: dt.datetime
    command_id: str
    body_hash: bytes


class FileLink(msgspec.Struct, frozen=True, kw_only=True):
    """What the hash of one file's row covers, beside the hash before it."""

    order_id: str
    number: int
    author_role: str
    author_company_id: str
    author_person_id: str
    added_at: dt.datetime
    command_id: str
    content_hash: bytes
    size_bytes: int
    media_type: str
    file_name: str
    purpose: str


def message_hash(link: MessageLink, *, previous_hash: bytes) -> bytes:
    """Return the hash that a message ought to bear."""
    return content_hash(
        MESSAGE_FRAMING,
        link.order_id.encode(),
        b"%d" % link.number,
        link.author_role.encode(),
        link.author_company_id.encode(),
        link.author_person_id.encode(),
        b"%d" % microseconds(link.sent_at),
        link.command_id.encode(),
        link.body_hash,
        previous_hash,
    )


def file_hash(link: FileLink, *, previous_hash: bytes) -> bytes:
    """Return the hash that a file's row ought to bear."""
    return content_hash(
        FILE_FRAMING,
        link.order_id.encode(),
        b"%d" % link.number,
        link.author_role.encode(),
        link.author_company_id.encode(),
        link.author_person_id.encode(),
        b"%d" % microseconds(link.added_at),
        link.command_id.encode(),
        link.content_hash,
        b"%d" % link.size_bytes,
        link.media_type.encode(),
        link.file_name.encode(),
        link.purpose.encode(),
        previous_hash,
    )
