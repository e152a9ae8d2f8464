"""What a file beside an order may be: known by how its content begins, and never run or drawn of its own accord."""

from __future__ import annotations

import re
from enum import StrEnum

import msgspec

FILE_BYTES_MAX = 20 * 1024 * 1024
SIGNATURES: dict[str, tuple[bytes, ...]] = {
    "application/pdf": (b"%PDF-",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/webp": (b"RIFF",),
    "video/mp4": (b"\x00\x00\x00",),
    "application/zip": (b"PK\x03\x04",),
}
"""Media types by how their content begins."""

FILE_NAME = re.compile(r"[^\x00-\x1f\x7f/\\]{1,200}")
# Line breaks and tabs belong to text; other control characters to nothing that people write.
ODD_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class FileFault(StrEnum):
    """Why a file is not taken."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NAME = "name"
    CONTENT = "content"


class Attachment(msgspec.Struct, frozen=True, kw_only=True):
    """A file as it was chosen, with the media type that its content shows."""

    name: str
    media_type: str
    content: bytes


def attachment_of(name: str, content: bytes) -> Attachment | FileFault:
    """Return a file whose type is read off its content, or why it is not taken; what a browser calls it counts nothing."""
    if not FILE_NAME.fullmatch(name):
        return FileFault.NAME
    if not content:
        return FileFault.EMPTY
    if len(content) > FILE_BYTES_MAX:
        return FileFault.TOO_LARGE
    media_type = _signed_type(content) or _text_type(name, content)
    if not media_type:
        return FileFault.CONTENT
    return Attachment(name=name, media_type=media_type, content=content)


def _signed_type(content: bytes) -> str:
    found = (kind for kind, begins in SIGNATURES.items() if content.startswith(begins))
    return next(found, "")


def _text_type(name: str, content: bytes) -> str:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    if ODD_CHARACTERS.search(text):
        return ""
    return "text/csv" if name.lower().endswith(".csv") else "text/plain"
