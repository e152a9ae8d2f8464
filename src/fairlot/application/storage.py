"""How much a company may keep with us: asked before its bytes are on disk, and again with the row that counts them.

Once is not enough: two files at once would both find room. Content that was refused must leave nothing behind, or who is
refused often enough fills the disk all the same.
"""

from __future__ import annotations

import hashlib

import psycopg

from fairlot.domain.words.language import Language, Words
from fairlot.store.company_storage import stored_bytes
from fairlot.store.conversation import SentOtherwiseError, find_content_sent
from fairlot.store.files import FileStore, StoredFile

COMPANY_BYTES_MAX = 10 * 1024**3
MIB = 1024**2
FULL = Words(
    "Your company keeps {used_mib} of the {most_mib} MiB that it may, and this is more than is left. "
    "Send less, or ask the platform.",
    "贵公司已使用 {used_mib} MiB，上限为 {most_mib} MiB，剩余空间不足。请减少文件，或联系平台。",
)


class StorageFullError(Exception):
    """A company keeps as much as it may; nothing was kept."""

    def __init__(self, used_bytes: int) -> None:
        super().__init__("a company keeps as much as it may")
        self.facts = {
            "used_mib": -(-used_bytes // MIB),
            "most_mib": COMPANY_BYTES_MAX // MIB,
        }

    def sentence(self, language: Language) -> str:
        """Return the reason in one language."""
        return FULL.say(language).format(**self.facts)


def refuse_full(connection: psycopg.Connection, company_id: str, *, more_bytes: int) -> None:
    """Raise StorageFullError where a company may not keep so much more; the platform's own files are not counted."""
    if not company_id:
        return
    used = stored_bytes(connection, company_id)
    if used + more_bytes > COMPANY_BYTES_MAX:
        raise StorageFullError(used)


def keep_content(
    connection: psycopg.Connection,
    content: bytes,
    *,
    company_id: str,
    bytes_max: int,
    files: FileStore,
) -> StoredFile:
    """Put a content on disk if its company has room for it. Raises StorageFullError."""
    refuse_full(connection, company_id, more_bytes=len(content))
    return files.put([content], bytes_max=bytes_max)


def keep_once(
    connection: psycopg.Connection,
    content: bytes,
    *,
    order_id: str,
    command_id: str,
    company_id: str,
    bytes_max: int,
    files: FileStore,
) -> StoredFile:
    """Put what is sent to an order on disk, unless it is there under its id. Raises SentOtherwiseError, StorageFullError."""
    sent = find_content_sent(connection, order_id=order_id, command_id=command_id)
    if sent is None:
        return keep_content(
            connection, content, company_id=company_id, bytes_max=bytes_max, files=files
        )
    if sent != hashlib.sha256(content).digest():
        raise SentOtherwiseError(command_id)
    return StoredFile(content_hash=sent, size_bytes=len(content))
