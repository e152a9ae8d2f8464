"""A contract as PDF: fonts and pictures embedded, the contract's own JSON attached, the same bytes for the same contract."""

from __future__ import annotations

import datetime as dt
import hashlib
import pathlib

import weasyprint

from fairlot.documents.contract_page import contract_page
from fairlot.domain.contract.document import Contract, canonical_bytes, contract_hash

PICTURE_TYPES = frozenset({"image/png", "image/jpeg", "image/svg+xml", "image/webp", "image/gif"})
PICTURE_BYTES_MAX = 20_000_000
# A date of printing would make two prints of one contract differ.
_NO_DATE = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


class PictureError(ValueError):
    """A picture beside the contract is not the one that the contract names."""


def _pictures(contract: Contract, folder: pathlib.Path | None) -> dict[str, str]:
    """Find the contract's pictures in a folder by name, and refuse one whose bytes have another hash."""
    found: dict[str, str] = {}
    if folder is None:
        return found
    for file in contract.files:
        path = folder / pathlib.PurePath(file.name).name
        if file.media_type not in PICTURE_TYPES or not path.is_file():
            continue
        if path.stat().st_size > PICTURE_BYTES_MAX:
            raise PictureError(f"{file.name} is larger than {PICTURE_BYTES_MAX} bytes")
        if hashlib.sha256(path.read_bytes()).hexdigest() != file.sha256:
            raise PictureError(f"{file.name} is not the picture that the contract names")
        found[file.sha256] = path.resolve().as_uri()
    return found


def _only(allowed: frozenset[str]) -> weasyprint.urls.URLFetcher:
    """Fetch nothing but the contract's own pictures, whatever a text smuggles in."""

    class _Fetcher(weasyprint.urls.URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types.
        def fetch(self, url: str, headers: object = None) -> object:
            if url not in allowed:
                raise ValueError(f"not one of the contract's pictures: {url}")
            return super().fetch(url, headers)

    return _Fetcher(allowed_protocols=["file"])


def contract_pdf(
    contract: Contract, *, languages: tuple[str, ...], picture_folder: pathlib.Path | None = None
) -> bytes:
    """Print the contract in one language or both; raises PictureError."""
    pictures = _pictures(contract, picture_folder)
    page = contract_page(contract, languages=languages, pictures=pictures)
    identifier = bytes.fromhex(contract_hash(contract))[:16]
    own = weasyprint.Attachment(
        string=canonical_bytes(contract),
        name="contract.json",
        description="The contract as data",
        created=_NO_DATE,
        modified=_NO_DATE,
    )
    fetcher = _only(frozenset(pictures.values()))
    printed = weasyprint.HTML(string=page, url_fetcher=fetcher).write_pdf(
        pdf_identifier=identifier, attachments=[own]
    )
    assert isinstance(printed, bytes)
    return printed
