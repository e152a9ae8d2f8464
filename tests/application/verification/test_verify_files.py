"""Every file that the books name is read whole: of orders, of suppliers, and contracts that are kept here."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from msgspec.structs import replace

from fairlot.application.supplier import enrolment
from fairlot.application.verification.faults import Fault
from fairlot.application.verification.verify_files import file_faults
from fairlot.domain.supplier.enrolment import DocumentKind
from fairlot.store.conversation import add_file
from fairlot.store.files import FileStore
from tests.support.market import SUPPLIER_ID, Market, whole_terms
from tests.support.trades import BUYER

CONTRACT, PHOTO, LICENSE = b"contract", b"photo", b"license"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "files"


@pytest.fixture
def files(market: Market, root: Path) -> FileStore:
    """One file of each kind, and a contract whose document stayed with the parties."""
    files = FileStore(root)
    contract = files.put([CONTRACT], bytes_max=100)
    terms = whole_terms(1_000, 500)
    market.proposed("ord_1", replace(terms, version_hash=contract.content_hash.hex()))
    market.proposed("ord_2", terms)
    with market.pool.connection() as connection:
        add_file(
            connection,
            order_id="ord_1",
            author=BUYER,
            added_at=market.clock(),
            file=files.put([PHOTO], bytes_max=100),
            media_type="image/png",
            file_name="a.png",
            purpose="evidence",
        )
    enrolment.give_content(
        SUPPLIER_ID,
        DocumentKind.BUSINESS_LICENSE,
        LICENSE,
        expires_date=None,
        person_id="per_1",
        desk=market.desk,
        files=files,
    )
    return files


def path_of(root: Path, content: bytes) -> Path:
    name = hashlib.sha256(content).hexdigest()
    return root / name[:2] / name


def found(market: Market, files: FileStore) -> list[Fault]:
    return file_faults(market.database.owner_dsn, files)


def test_whole_files_have_no_faults(market: Market, files: FileStore) -> None:
    assert found(market, files) == []


@pytest.mark.parametrize(
    ("content", "owner"),
    [(CONTRACT, "ord_1"), (PHOTO, "ord_1"), (LICENSE, SUPPLIER_ID)],
)
def test_an_altered_one_is_named(
    market: Market, files: FileStore, root: Path, content: bytes, owner: str
) -> None:
    path_of(root, content).write_bytes(b"another")
    (fault,) = found(market, files)
    assert (fault.aggregate_id, fault.kind) == (owner, "file")
    assert "another content" in fault.detail


@pytest.mark.parametrize(("content", "count"), [(CONTRACT, 0), (PHOTO, 1), (LICENSE, 1)])
def test_a_missing_one_is_named_unless_it_may_be_elsewhere(
    market: Market, files: FileStore, root: Path, content: bytes, count: int
) -> None:
    path_of(root, content).unlink()
    assert len(found(market, files)) == count
