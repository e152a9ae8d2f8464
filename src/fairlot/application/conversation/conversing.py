"""Saying something beside an order, with files: all of it is kept together or not at all, and once for its key."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import psycopg

from fairlot.application.conversation.attachments import FILE_BYTES_MAX, Attachment
from fairlot.application.storage import keep_once, refuse_full
from fairlot.domain.party import Actor
from fairlot.store.conversation import Message, add_file, add_message
from fairlot.store.conversation_pages import MESSAGE_FILES
from fairlot.store.files import FileStore

MESSAGE_LENGTH_MAX = 16_000
ATTACHMENTS_MAX = 10


def say(
    connection: psycopg.Connection,
    body: str,
    attachments: Sequence[Attachment],
    *,
    order_id: str,
    author: Actor,
    command_id: str,
    now: dt.datetime,
    files: FileStore,
) -> Message:
    """Keep a message with its files under one instant; said again under the same id it is the same message.

    Raises SentOtherwiseError where something else was sent under the id, StorageFullError where there is no room.
    """
    assert command_id, "what is said has an id"
    # Whole and on disk before any row names them.
    stored = [
        keep_once(
            connection,
            each.content,
            order_id=order_id,
            command_id=f"{command_id}.{number}",
            company_id=author.company_id,
            bytes_max=FILE_BYTES_MAX,
            files=files,
        )
        for number, each in enumerate(attachments)
    ]
    with connection.transaction():
        for number, (file, each) in enumerate(zip(stored, attachments, strict=True)):
            add_file(
                connection,
                order_id=order_id,
                author=author,
                added_at=now,
                file=file,
                media_type=each.media_type,
                file_name=each.name,
                purpose=MESSAGE_FILES,
                command_id=f"{command_id}.{number}",
            )
        refuse_full(connection, author.company_id, more_bytes=0)
        return add_message(
            connection,
            order_id=order_id,
            author=author,
            sent_at=now,
            body=body,
            command_id=command_id,
        )
