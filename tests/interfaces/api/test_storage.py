"""How much a company may keep: refused with the row and the disk as they were, in both languages, and never counted wrong."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from django.db import connections

from fairlot.application import storage
from fairlot.application.conversation import conversing
from fairlot.application.conversation.attachments import Attachment
from fairlot.application.storage import MIB, StorageFullError
from fairlot.domain.party import Actor, Role
from fairlot.interfaces.api import conversation as door
from fairlot.reading_room import reading_room
from fairlot.store.company_storage import stored_bytes
from fairlot.store.files import FileStore
from fairlot.writing_room import lent_connection
from tests.support.api import Answer
from tests.support.api_trades import Fair

PDF = b"%PDF-1.7 "


def pdf(size: int, mark: int = 0) -> bytes:
    return PDF + b"%06d" % mark + b"x" * (size - len(PDF) - 6)


def add(fair: Fair, order_id: str, content: bytes, *, key: str = "", **headers: str) -> Answer:
    return fair.buyer.post(
        f"/orders/{order_id}/files?name=a.pdf",
        content,
        content_type="application/pdf",
        key=key or None,
        headers=headers,
    )


def used(company_id: str) -> int:
    with lent_connection() as connection:
        return stored_bytes(connection, company_id)


def on_disk() -> set[Path]:
    directory = reading_room().files._directory
    return {path for path in directory.rglob("*") if path.is_file()}


@pytest.fixture
def order_id(fair: Fair, monkeypatch: pytest.MonkeyPatch) -> str:
    """An order, in an installation that lets a company keep one MiB."""
    monkeypatch.setattr(storage, "COMPANY_BYTES_MAX", MIB)
    return fair.begin()


def test_what_has_no_room_is_refused_and_leaves_nothing(fair: Fair, order_id: str) -> None:
    add(fair, order_id, pdf(MIB - 100)).ok()
    before = on_disk()
    refused = add(fair, order_id, pdf(101, mark=1))
    assert (refused.status, refused.code) == (409, "storage_full")
    assert refused.json["facts"] == {"used_mib": 1, "most_mib": 1}
    assert on_disk() == before
    assert len(fair.buyer.get(f"/orders/{order_id}/files").ok()["files"]) == 1
    add(fair, order_id, pdf(100, mark=2)).ok()
    assert used(fair.buyer_id) == MIB


def test_it_is_said_in_chinese_too(fair: Fair, order_id: str) -> None:
    refused = add(fair, order_id, pdf(2 * MIB), **{"Accept-Language": "zh"})
    assert "剩余空间不足" in refused.json["detail"]


def test_each_company_has_room_of_its_own(fair: Fair, order_id: str) -> None:
    add(fair, order_id, pdf(MIB)).ok()
    path = f"/orders/{order_id}/files?name=b.pdf"
    fair.supplier.post(path, pdf(MIB), content_type="application/pdf").ok()
    assert used(fair.buyer_id) == used(fair.supplier_id) == MIB


def test_the_platforms_own_files_are_not_counted(fair: Fair, order_id: str) -> None:
    path = f"/orders/{order_id}/files?name=c.pdf"
    fair.operator.post(path, pdf(2 * MIB), content_type="application/pdf").ok()


def test_sent_again_is_the_same_file_and_counted_once(fair: Fair, order_id: str) -> None:
    content = pdf(MIB)
    first = add(fair, order_id, content, key="once").ok()
    assert add(fair, order_id, content, key="once").ok() == first
    assert used(fair.buyer_id) == MIB


def test_another_content_under_the_same_key_leaves_nothing_on_disk(
    fair: Fair, order_id: str
) -> None:
    """Else who repeats a key with ever other bytes fills the disk without a row that counts them."""
    add(fair, order_id, pdf(100), key="once").ok()
    before = on_disk()
    for mark in range(1, 4):
        assert add(fair, order_id, pdf(100, mark), key="once").code == "command_id_reused"
    assert on_disk() == before


def test_suppliers_documents_are_counted(fair: Fair, order_id: str) -> None:
    del order_id
    path = f"/suppliers/{fair.supplier_id}/documents?kind=business_license"

    def give(content: bytes) -> Answer:
        return fair.supplier.ask("PUT", path, content, content_type="application/pdf")

    give(pdf(MIB - 100)).ok()
    assert used(fair.supplier_id) == MIB - 100
    refused = give(pdf(101, mark=1))
    assert (refused.status, refused.code) == (409, "storage_full")
    give(pdf(100, mark=2)).ok()


def test_a_message_whose_files_have_no_room_is_not_said(fair: Fair, order_id: str) -> None:
    buyer = Actor(role=Role.BUYER, company_id=fair.buyer_id, person_id="per_1")
    files = [
        Attachment(name="a.pdf", media_type="application/pdf", content=pdf(MIB - 10, mark))
        for mark in range(2)
    ]
    with lent_connection() as connection, pytest.raises(StorageFullError):
        conversing.say(
            connection,
            "see both",
            files,
            order_id=order_id,
            author=buyer,
            command_id="said",
            now=reading_room().clock(),
            files=reading_room().files,
        )
    assert fair.buyer.get(f"/orders/{order_id}/messages").ok()["messages"] == []
    assert used(fair.buyer_id) == 0


def _sent_at_once(fair: Fair, order_id: str) -> list[int]:
    """Send files that find room one by one and not together, all at once; return the statuses."""
    statuses: list[int] = []
    gate = threading.Barrier(4)

    def send(mark: int) -> None:
        gate.wait()
        statuses.append(add(fair, order_id, pdf(MIB * 2 // 3, mark)).status)
        connections.close_all()

    threads = [threading.Thread(target=send, args=(mark,)) for mark in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(statuses)


def test_files_at_once_do_not_both_find_the_last_room(fair: Fair, order_id: str) -> None:
    assert _sent_at_once(fair, order_id) == [201, 409, 409, 409]
    assert used(fair.buyer_id) <= MIB


def test_planted_fault_asking_only_beforehand_would_be_caught(
    fair: Fair, order_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each asks while the others have asked already and written nothing yet."""
    gate = threading.Barrier(4)
    put = FileStore.put

    def together(*args: object, **options: object) -> object:
        gate.wait()
        return put(*args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(FileStore, "put", together)
    monkeypatch.setattr(door, "refuse_full", lambda *_, **__: None)
    assert _sent_at_once(fair, order_id) == [201, 201, 201, 201]
    assert used(fair.buyer_id) > MIB
