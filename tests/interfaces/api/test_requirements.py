"""Requirements that the API bears: samples before production, both sides of an agreement, agents, and the way from my orders to a refund."""

from __future__ import annotations

from fairlot.domain.contract.file_format import from_text
from fairlot.domain.contract.terms import sample_seal_hash
from fairlot.interfaces.cli.demo import EXAMPLE
from tests.support.api import member
from tests.support.api_trades import HASH, Fair, document
from tests.support.stored_trades import EXAMPLES


def codes(fair_answer: object) -> set[str]:
    """Return the commands that somebody can ask now."""
    assert isinstance(fair_answer, dict)
    return {one["command"] for one in fair_answer["actions"] if one["allowed"]}


class TestR15:
    def test_r15_sample_is_approved_before_the_contract_refers_to_it(self, fair: Fair) -> None:
        order_id = fair.begin()
        sample = from_text((EXAMPLES / EXAMPLE).read_text(encoding="utf-8")).approved_sample
        assert sample is not None
        sealed = document(approved_sample=sample)
        refused = fair.buyer.command(order_id, "ProposeVersion", contract=sealed)
        assert refused.code == "sample_not_approved"
        fair.buyer.command(order_id, "RequestSample", sample_id="sample-1").ok()
        seal = {"sample_id": "sample-1", "seal_hash": sample_seal_hash(sample)}
        fair.supplier.command(order_id, "RecordSampleSent", **seal).ok()
        assert fair.supplier.command(order_id, "ApproveSample", sample_id="sample-1").status == 403
        fair.buyer.command(order_id, "ApproveSample", sample_id="sample-1").ok()
        fair.buyer.command(order_id, "ProposeVersion", contract=sealed).ok()


class TestR18:
    def test_r18_kinds_of_cover_are_there_before_the_choice_and_not_after(self, fair: Fair) -> None:
        order_id = fair.begin()
        choices = fair.buyer.get(f"/orders/{order_id}/cover").ok()["choices"]
        found = {
            one["answer"]["kind"]: (
                one["answer"]["inspected_at"],
                one["answer"]["inspection_low_minor"],
                one["answer"]["inspection_high_minor"],
            )
            for one in choices
        }
        assert found == {
            "pre-shipment": ("origin", 20_000, 30_000),
            "post-delivery": ("destination", 80_000, 120_000),
        }
        assert all(one["title"] and one["inspected_at"] for one in choices)
        agreed = fair.buyer.get(f"/orders/{fair.paid()}/cover").ok()
        assert agreed["choices"] == []


class TestR46:
    def test_r46_from_my_orders_to_a_refund(self, fair: Fair) -> None:
        order_id = fair.delivered()
        (mine,) = fair.buyer.get("/orders?role=buyer").ok()["orders"]
        assert mine["order_id"] == order_id
        assert "OpenDispute" in codes(fair.buyer.get(f"/orders/{order_id}/actions").ok())
        claim = {"ground": "quality", "lines": [1], "term_ids": ["capacity"]}
        fair.buyer.command(order_id, "OpenDispute", claims=[claim]).ok()
        offer = {"id": "o1", "kind": "refund", "amount_minor": 10_000}
        fair.supplier.command(order_id, "MakeOffer", offer=offer).ok()
        fair.buyer.command(order_id, "AcceptOffer", offer_id="o1").ok()
        statement = fair.buyer.get(f"/orders/{order_id}/statement").ok()
        assert sum(one["refund_due_minor"] for one in statement["totals"]) == 10_000

    def test_r46_what_cannot_be_claimed_says_why_and_what_can_be_done(self, fair: Fair) -> None:
        order_id = fair.paid()
        cover = fair.buyer.get(f"/orders/{order_id}/cover").ok()["cover"]
        closed = [row for row in cover if not row["answer"]["admitted"]]
        assert closed
        assert all(row["why"] for row in closed)
        assert all(row["advice"] for row in cover)


class TestR9:
    def test_r9_agent_acts_within_its_mandate_until_it_is_revoked(self, fair: Fair) -> None:
        order_id = fair.delivered()
        agent = member("com_agent")
        fair.buyer.command(
            order_id, "GrantMandate", agent_id="com_agent", rights=["follow", "claim"]
        ).ok()
        assert agent.get(f"/orders/{order_id}").ok()["role"] == "agent"
        assert agent.command(order_id, "ConfirmReceipt").code == "not_mandated"
        claim = {"ground": "quality", "lines": [1], "term_ids": ["capacity"]}
        agent.command(order_id, "OpenDispute", claims=[claim]).ok()
        fair.buyer.command(order_id, "RevokeMandate", agent_id="com_agent").ok()
        assert agent.get(f"/orders/{order_id}").code == "unknown_order"


class TestR16:
    def test_r16_either_side_proposes_and_nobody_else(self, fair: Fair) -> None:
        by_supplier = fair.supplier.post("/orders", {"contract": document(), "buyer_country": "US"})
        order_id = by_supplier.ok()["order_id"]
        version_hash = fair.buyer.get(f"/orders/{order_id}").ok()["version_hash"]
        fair.buyer.command(order_id, "AcceptVersion", version_hash=version_hash).ok()
        stranger = member("com_stranger").post("/orders", {"contract": document()})
        assert stranger.code == "not_permitted"

    def test_r16_nobody_accepts_what_they_proposed(self, fair: Fair) -> None:
        order_id = fair.begin()
        version_hash = fair.buyer.get(f"/orders/{order_id}").ok()["version_hash"]
        own = fair.buyer.command(order_id, "AcceptVersion", version_hash=version_hash)
        assert own.code == "own_proposal"

    def test_r16_version_that_changes_the_parties_is_refused(self, fair: Fair) -> None:
        order_id = fair.begin()
        other = document()
        other["supplier"]["company_id"] = "com_other"
        assert fair.buyer.command(order_id, "ProposeVersion", contract=other).code == (
            "contract_invalid"
        )


class TestR3:
    def test_r3_cover_is_the_platforms_word_and_not_the_partys(self, fair: Fair) -> None:
        order_id = fair.begin()
        version_hash = fair.buyer.get(f"/orders/{order_id}").ok()["version_hash"]
        grant = {"enrolled": True, "account_verified": True, "cover_minor": 10**9}
        refused = fair.supplier.command(
            order_id, "AcceptVersion", version_hash=version_hash, grant=grant
        )
        assert refused.code == "body_invalid"
        fair.supplier.command(order_id, "AcceptVersion", version_hash=version_hash).ok()
        order = fair.buyer.get(f"/orders/{order_id}").ok()
        assert order["cover_minor"] == order["covered_minor"] > 0


class TestR32:
    def test_r32_money_is_released_by_receipt_or_by_its_clock(self, fair: Fair) -> None:
        order_id = fair.delivered()
        steps = fair.buyer.get(f"/orders/{order_id}/foresight").ok()["steps"]
        released = [
            step for step in steps if "FundsReleased" in {event["type"] for event in step["events"]}
        ]
        assert released, "silence releases the money, and says when"
        fair.buyer.command(order_id, "ConfirmReceipt").ok()
        told = fair.buyer.get(f"/orders/{order_id}/events").ok()["events"]
        assert "FundsReleased" in {one["event"]["type"] for one in told}

    def test_evidence_is_named_by_the_hash_of_a_file(self, fair: Fair) -> None:
        order_id = fair.disputed()
        path = f"/orders/{order_id}/files?name=test.txt"
        sent = fair.buyer.post(path, b"2,000 mAh", content_type="text/plain").ok()
        fair.buyer.command(order_id, "SubmitEvidence", item_hash=sent["content_hash"]).ok()
        absent = fair.buyer.command(order_id, "SubmitEvidence", item_hash=HASH)
        assert absent.code == "file_not_kept"
        elsewhere = fair.buyer.command(
            order_id, "SubmitEvidence", item_hash=HASH, origin="whatsapp"
        )
        assert elsewhere.ok()["events"]
