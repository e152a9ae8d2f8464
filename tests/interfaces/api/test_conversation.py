"""What is said and shown beside an order: kept whole, sent once, given back as it was, lifted into a version."""

from __future__ import annotations

import pytest

from fairlot.application.conversation.attachments import FILE_BYTES_MAX, SIGNATURES
from tests.support.api import member
from tests.support.api_trades import Fair, document

PNG = SIGNATURES["image/png"][0] + b"rest"


class TestConversation:
    def test_r47_conversation_is_kept_whole_and_in_order(self, fair: Fair) -> None:
        order_id = fair.begin()
        path = f"/orders/{order_id}/messages"
        for speaker, body in ((fair.buyer, "12,000 boxes, please."), (fair.supplier, "好的")):
            speaker.post(path, {"body": body}).ok()
        for speaker in (fair.buyer, fair.supplier, fair.operator):
            told = speaker.get(path).ok()["messages"]
            assert [(one["number"], one["role"], one["body"]) for one in told] == [
                (1, "buyer", "12,000 boxes, please."),
                (2, "supplier", "好的"),
            ]
        assert [one["number"] for one in fair.buyer.get(f"{path}?after=1").ok()["messages"]] == [2]

    def test_message_is_sent_once_for_its_key(self, fair: Fair) -> None:
        path = f"/orders/{fair.begin()}/messages"
        first = fair.buyer.post(path, {"body": "once"}, key="m").ok()
        assert fair.buyer.post(path, {"body": "once"}, key="m").ok() == first
        assert fair.buyer.post(path, {"body": "other"}, key="m").code == "command_id_reused"
        assert len(fair.buyer.get(path).ok()["messages"]) == 1

    def test_what_was_said_becomes_a_version_that_names_it(self, fair: Fair) -> None:
        order_id = fair.begin()
        path = f"/orders/{order_id}/messages"
        said = fair.supplier.post(path, {"body": "Battery capacity at least 3,000 mAh."}).ok()
        terms = fair.buyer.get(f"{path}/{said['number']}/terms").ok()["terms"]
        assert terms[0]["requirement"]["value"] == "3000"
        changed = document(title="Power banks, capacity as written")
        fair.buyer.command(order_id, "ProposeVersion", contract=changed, message=1).ok()
        version_hash = fair.buyer.get(f"/orders/{order_id}").ok()["proposal"]["terms"][
            "version_hash"
        ]
        assert fair.supplier.get(path).ok()["messages"][0]["lifted_to"] == [version_hash]

    def test_version_cannot_name_what_was_never_said(self, fair: Fair) -> None:
        order_id = fair.begin()
        refused = fair.buyer.command(order_id, "ProposeVersion", contract=document(), message=7)
        assert refused.code == "unknown_reference"

    def test_stranger_reads_and_says_nothing(self, fair: Fair) -> None:
        path = f"/orders/{fair.begin()}/messages"
        stranger = member("com_stranger")
        assert stranger.get(path).code == "unknown_order"
        assert stranger.post(path, {"body": "hello"}).code == "unknown_order"


class TestFiles:
    def test_file_is_given_back_as_it_was(self, fair: Fair) -> None:
        path = f"/orders/{fair.begin()}/files"
        sent = fair.buyer.post(f"{path}?name=照片.png", PNG, content_type="image/png").ok()
        assert sent["size_bytes"] == len(PNG)
        given = fair.supplier.get(f"{path}/1")
        assert given.body == PNG
        assert given.headers["Content-Type"] == "image/png"
        assert given.headers["Content-Disposition"].startswith("attachment")
        assert given.headers["X-Content-Type-Options"] == "nosniff"
        assert [one["content_hash"] for one in fair.supplier.get(path).ok()["files"]] == [
            sent["content_hash"]
        ]

    @pytest.mark.parametrize(
        ("content", "content_type", "code"),
        [
            (b"<script>", "image/png", "file_refused"),
            (b"<html>", "text/html", "media_type_unsupported"),
            (b"\xff", "text/plain", "file_refused"),
        ],
    )
    def test_file_is_what_its_type_says_or_refused(
        self, fair: Fair, content: bytes, content_type: str, code: str
    ) -> None:
        path = f"/orders/{fair.begin()}/files?name=a"
        assert fair.buyer.post(path, content, content_type=content_type).code == code

    def test_file_is_sent_once_for_its_key(self, fair: Fair) -> None:
        path = f"/orders/{fair.begin()}/files?name=a.txt"
        first = fair.buyer.post(path, b"a", content_type="text/plain", key="f").ok()
        assert fair.buyer.post(path, b"a", content_type="text/plain", key="f").ok() == first
        other = fair.buyer.post(path, b"b", content_type="text/plain", key="f")
        assert other.code == "command_id_reused"

    def test_stranger_gets_no_file(self, fair: Fair) -> None:
        path = f"/orders/{fair.begin()}/files"
        fair.buyer.post(f"{path}?name=a.txt", b"a", content_type="text/plain").ok()
        assert member("com_stranger").get(f"{path}/1").code == "unknown_order"

    def test_inspector_gets_no_file_of_the_conversation(self, fair: Fair) -> None:
        order_id = fair.paid()
        booked = {"inspection_id": "I1", "company": "SGS", "stage": "pre_shipment", "fee_minor": 0}
        fair.buyer.command(order_id, "BookInspection", **booked).ok()
        path = f"/orders/{order_id}/files"
        for purpose in ("document", "message"):
            fair.buyer.post(
                f"{path}?name=a.txt&purpose={purpose}", purpose.encode(), content_type="text/plain"
            ).ok()
        inspector = member("SGS", inspects=True)
        assert [one["purpose"] for one in inspector.get(path).ok()["files"]] == ["document"]
        assert inspector.get(f"{path}/1").body == b"document"
        assert inspector.get(f"{path}/2").code == "not_found"

    def test_file_larger_than_a_form_is_taken_and_one_above_the_limit_is_not(
        self, fair: Fair
    ) -> None:
        path = f"/orders/{fair.begin()}/files?name=a.txt"
        large = b"a" * 3_000_000
        assert fair.buyer.post(path, large, content_type="text/plain").ok()["size_bytes"] == len(
            large
        )
        refused = fair.buyer.post(path, b"a" * (FILE_BYTES_MAX + 1), content_type="text/plain")
        assert refused.code == "body_too_large"
