"""Requirements on the agreement through the API: cover that stops at the limit, the one version, samples, split payment, the own forwarder."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from fairlot.application.conversation.attachments import SIGNATURES
from fairlot.domain.contract.document import (
    ApprovedSample,
    AttachedFile,
    ContractLine,
    Instalment,
    Term,
)
from fairlot.domain.contract.file_format import from_text
from fairlot.domain.contract.terms import sample_seal_hash
from fairlot.interfaces.cli.demo import EXAMPLE
from fairlot.writing_room import close_writing_rooms
from tests.support.api_orders import EDITIONS, ESCROW, GUARANTEE, PRICE, ApiOrder
from tests.support.api_suppliers import Joining
from tests.support.api_trades import Fair
from tests.support.postgres import Database
from tests.support.stored_trades import EXAMPLES

CHINESE = {"Accept-Language": "zh-CN"}
LIMIT = 2_000_000
LARGE = 3_000_000
HALVES = (
    Instalment(name="deposit", amount_minor=500_000, due="agreement"),
    Instalment(name="balance", amount_minor=500_000, due="passed inspection"),
)


@pytest.fixture
def limited(django_database: Database) -> Iterator[Fair]:
    """Two companies, the supplier enrolled with a limit of 20,000.00."""
    del django_database
    fair = Fair()
    Joining(fair.supplier_id).joined("visited on site")
    yield fair
    close_writing_rooms()


def large(fair: Fair, *, edition: str = ESCROW, covered_minor: int = LIMIT) -> ApiOrder:
    """Begin an order of 30,000.00."""
    line = ContractLine(
        number=1, article="Power bank PB-10", quantity=3_000, unit="pcs", unit_price_minor=1_000
    )
    return ApiOrder(
        fair,
        edition=edition,
        lines=(line,),
        total_minor=LARGE,
        covered_minor=covered_minor,
        payments=(Instalment(name="whole", amount_minor=LARGE, due="agreement"),),
    )


class TestR4:
    @pytest.mark.parametrize("edition", EDITIONS)
    def test_r4_both_see_where_cover_stops_before_they_agree_and_before_the_buyer_pays(
        self, limited: Fair, edition: str
    ) -> None:
        path = f"/supplier-comparison?suppliers={limited.supplier_id}&amount_minor={LARGE}"
        (compared,) = limited.buyer.get(path).ok()["suppliers"]
        assert compared["cover"]["covered_minor"] == LIMIT
        assert compared["cover"]["uncovered_minor"] == LARGE - LIMIT
        order = large(limited, edition=edition)
        for role in ("buyer", "supplier"):
            shown = order.order(role)
            assert (shown["status"], shown["total_minor"], shown["covered_minor"]) == (
                "proposed",
                LARGE,
                LIMIT,
            )
        order.agreed()
        for role in ("buyer", "supplier"):
            shown = order.order(role)
            assert (shown["status"], shown["missing_minor"]) == ("agreed", LARGE)
            assert (shown["total_minor"], shown["cover_minor"]) == (LARGE, LIMIT)

    def test_r4_what_the_free_limit_would_give_is_told_whatever_the_version_says(
        self, limited: Fair
    ) -> None:
        order = large(limited, covered_minor=LARGE)
        for role in ("buyer", "supplier"):
            shown = order.read("/cover", role)["if_agreed_now"]
            assert shown == {
                "currency": "USD",
                "amount_minor": LARGE,
                "covered_minor": LIMIT,
                "uncovered_minor": LARGE - LIMIT,
            }
        ApiOrder(limited).agreed()
        assert order.read("/cover")["if_agreed_now"]["covered_minor"] == LIMIT - PRICE
        end = {"reason": "asked to"}
        path = f"/suppliers/{limited.supplier_id}/enrolment-end"
        limited.operator.ask("PUT", path, end).ok()
        assert order.read("/cover")["if_agreed_now"]["covered_minor"] == 0
        assert ApiOrder(limited, covered_minor=0).agreed().read("/cover")["if_agreed_now"] is None

    def test_r4_more_cover_than_is_free_is_refused_with_what_is(self, limited: Fair) -> None:
        order = large(limited, covered_minor=LIMIT + 1)
        version_hash = order.order()["version_hash"]
        refused = order.ask("supplier", "AcceptVersion", version_hash=version_hash)
        assert refused.code == "cover_changed"
        assert refused.json["facts"] == {"cover_minor": LIMIT, "covered_minor": LIMIT + 1}

    def test_r4_what_one_order_takes_another_does_not_get(self, limited: Fair) -> None:
        ApiOrder(limited).agreed()
        other = large(limited)
        version_hash = other.order()["version_hash"]
        refused = other.ask("supplier", "AcceptVersion", version_hash=version_hash)
        assert refused.json["facts"]["cover_minor"] == LIMIT - PRICE

    def test_r4_under_the_guarantee_the_fund_pays_to_the_limit_and_not_beyond(
        self, limited: Fair
    ) -> None:
        order = large(limited, edition=GUARANTEE).agreed().pay(LARGE)
        order.past("never_shipped").past("set_off")
        funded = order.last("RefundFunded")
        assert (funded["from_fund_minor"], funded["uncovered_minor"]) == (LIMIT, LARGE - LIMIT)
        assert order.totals()["fund_minor"] == LIMIT

    def test_r4_a20_what_is_held_comes_back_whole_whatever_the_limit(self, limited: Fair) -> None:
        order = large(limited).agreed().pay(LARGE)
        late = order.past("shipment_due").cover("late")["answer"]
        assert (late["held_minor"], late["fund_minor"]) == (LARGE, 0)
        order.past("never_shipped")
        assert (order.back_minor(), order.totals()["fund_minor"]) == (LARGE, 0)


class TestR10:
    def test_r10_nothing_is_paid_before_both_agreed_in_writing(self, fair: Fair) -> None:
        order = ApiOrder(fair)
        early = {"payment_id": "p1", "rail": "wire", "amount_minor": PRICE, "currency": "USD"}
        assert order.ask("operator", "RecordPayment", **early).code == "wrong_status"
        order.agreed().by("operator", "RecordPayment", **early)
        assert order.order()["status"] == "in_production"

    def test_r10_both_read_every_matter_of_the_version_that_they_agreed(self, fair: Fair) -> None:
        order = ApiOrder(fair)
        proposed = order.contract()
        order.agreed()
        for role in ("buyer", "supplier"):
            assert order.read("/contract", role) == proposed
        matters = {"terms", "lines", "total_minor", "covered_minor", "payments", "shipment"}
        assert (matters | {"cover_kind", "inspection"}) <= set(proposed)

    def test_r10_r16_what_was_only_said_supports_no_claim(self, fair: Fair) -> None:
        order = ApiOrder(fair)
        said = {"body": "The case weighs at most 92 g, I promise."}
        fair.supplier.post(f"{order.path}/messages", said).ok()
        order.paid().shipped().delivered()
        refused = order.claim("quality", term_ids=["weight"])
        assert (refused.code, refused.json["facts"]) == ("unknown_term", {"term": "weight"})

    def test_r10_r16_a_change_counts_only_once_it_is_accepted(self, fair: Fair) -> None:
        order = ApiOrder(fair).paid()
        agreed = order.order()["version_hash"]
        better = order.contract(title="Power banks, changed")
        order.by("supplier", "ProposeVersion", contract=better)
        assert order.order()["version_hash"] == agreed
        proposed = order.order()["proposal"]["terms"]["version_hash"]
        assert proposed != agreed
        order.by("buyer", "AcceptVersion", version_hash=proposed)
        assert order.order()["version_hash"] == proposed
        assert order.read("/contract", "supplier")["title"] == "Power banks, changed"


class TestR12:
    def test_r12_what_is_left_out_is_pointed_out_before_anybody_signs(self, fair: Fair) -> None:
        order = ApiOrder(fair)
        plain = {"contract": order.contract()}
        assessed = fair.buyer.post("/contracts/assess", plain).ok()
        assert set(assessed["missing_topics"]) == {"size", "material", "packaging", "branding"}
        assert any("packaging" in line for line in assessed["summary"])
        chinese = fair.supplier.post("/contracts/assess", plain, headers=CHINESE).ok()
        assert chinese["missing_topics"] == assessed["missing_topics"]
        assert chinese["summary"] != assessed["summary"]


class TestR13:
    def test_r13_terms_as_exact_as_pantone_and_stitches_support_a_claim(self, fair: Fair) -> None:
        exact = (
            Term(id="shade", topic="colour", text="Pantone 19-4052 TCX, ΔE2000 ≤ 2 under D65"),
            Term(id="fabric", topic="weight", text="Fabric weight 180 gsm ±5%"),
            Term(id="seam", topic="stitching", text="9-11 stitches per inch"),
            Term(id="carton", topic="packaging", text="24 pcs/ctn, 5-ply carton"),
        )
        order = ApiOrder(fair, terms=exact).paid().shipped().delivered()
        assert all(term["claimable"] for term in order.order("buyer")["terms"])
        order.claim("quality", term_ids=[term.id for term in exact]).ok()


class TestR14:
    def test_r14_a_picture_belongs_to_the_version_that_both_agreed(self, fair: Fair) -> None:
        order = ApiOrder(fair)
        picture = SIGNATURES["image/png"][0] + b"the face of the box"
        path = f"{order.path}/files?name=face.png"
        kept = fair.buyer.post(path, picture, content_type="image/png").ok()
        bound = AttachedFile(
            name="face.png", sha256=kept["content_hash"], media_type="image/png", caption="Face"
        )
        before = order.order()["version_hash"]
        order.by("buyer", "ProposeVersion", contract=order.contract(files=(bound,))).agreed()
        assert order.order()["version_hash"] != before
        (shown,) = order.read("/contract", "supplier")["files"]
        assert shown["sha256"] == kept["content_hash"]
        assert fair.supplier.get(f"{order.path}/files/{kept['number']}").body == picture


class TestR15:
    def sample(self) -> ApprovedSample:
        text = (EXAMPLES / EXAMPLE).read_text(encoding="utf-8")
        sample = from_text(text).approved_sample
        assert sample is not None
        return sample

    def sent(self, fair: Fair) -> tuple[ApiOrder, dict[str, Any]]:
        """Return an order whose sample lies before the buyer, and the contract that points to it."""
        sample = self.sample()
        order = ApiOrder(fair).by("buyer", "RequestSample", sample_id="sample-1")
        seal = {"sample_id": "sample-1", "seal_hash": sample_seal_hash(sample)}
        order.by("supplier", "RecordSampleSent", **seal)
        return order, order.contract(approved_sample=sample)

    def test_r15_no_other_seal_takes_the_place_of_the_one_that_was_looked_at(
        self, fair: Fair
    ) -> None:
        order, sealed = self.sent(fair)
        other = {"sample_id": "sample-1", "seal_hash": "c" * 64}
        assert order.ask("supplier", "RecordSampleSent", **other).code == "reference_reused"
        order.by("buyer", "ApproveSample", sample_id="sample-1")
        assert order.ask("supplier", "RecordSampleSent", **other).code == "reference_reused"
        order.by("buyer", "ProposeVersion", contract=sealed).agreed()
        assert order.read("/contract")["approved_sample"]["reference"] == self.sample().reference

    def test_r15_a_sample_that_is_rejected_meanwhile_is_agreed_by_nobody(self, fair: Fair) -> None:
        order, sealed = self.sent(fair)
        order.by("buyer", "ApproveSample", sample_id="sample-1")
        order.by("buyer", "ProposeVersion", contract=sealed)
        order.by("buyer", "RejectSample", sample_id="sample-1")
        version_hash = order.order()["proposal"]["terms"]["version_hash"]
        refused = order.ask("supplier", "AcceptVersion", version_hash=version_hash)
        assert refused.code == "sample_not_approved"

    def test_r15_samples_come_before_production(self, fair: Fair) -> None:
        order = ApiOrder(fair).agreed()
        late = order.ask("buyer", "RequestSample", sample_id="sample-1")
        assert late.code == "wrong_status"


class TestR17:
    def test_r17_the_receipt_of_the_buyers_own_forwarder_proves_shipment(self, fair: Fair) -> None:
        order = ApiOrder(
            fair, shipment={"forwarder": "Blue Freight Co.", "carrier_chosen_by": "buyer"}
        ).paid()
        lading = {"shipment_id": "S1", "proof": "bill_of_lading", "document_hash": "b" * 64}
        refused = order.ask("supplier", "RecordShipment", **lading)
        assert refused.code == "wrong_proof"
        assert refused.json["facts"] == {"required": "forwarder_receipt"}
        order.shipped(proof="forwarder_receipt")
        assert order.order()["status"] == "shipped"


class TestR18:
    @pytest.mark.parametrize("edition", EDITIONS)
    def test_r18_both_kinds_are_offered_and_neither_is_preselected_for_a_draft(
        self, fair: Fair, edition: str
    ) -> None:
        order = ApiOrder(fair, edition=edition)
        version_hash = order.order()["version_hash"]
        order.by("buyer", "WithdrawVersion", version_hash=version_hash)
        choices = [row["answer"] for row in order.read("/cover", "buyer")["choices"]]
        assert {one["kind"] for one in choices} == {"pre-shipment", "post-delivery"}
        assert not any(one["is_proposed"] for one in choices)
        costs = {one["kind"]: one["inspection_low_minor"] for one in choices}
        assert costs["post-delivery"] == 4 * costs["pre-shipment"]

    @pytest.mark.parametrize("edition", EDITIONS)
    def test_r18_the_supplier_sees_the_same_choice_in_its_language(
        self, fair: Fair, edition: str
    ) -> None:
        order = ApiOrder(fair, edition=edition)
        chinese = {"Accept-Language": "zh-CN"}
        told = fair.supplier.get(f"{order.path}/cover", headers=chinese).ok()["choices"]
        english = order.read("/cover", "supplier")["choices"]
        assert [row["answer"] for row in told] == [row["answer"] for row in english]
        assert all(
            mine["inspection_cost"] != other["inspection_cost"] or mine["title"] != other["title"]
            for mine, other in zip(told, english, strict=True)
        )


class TestR19:
    @pytest.mark.parametrize(
        ("edition", "kind", "is_allowed"),
        [
            (ESCROW, "pre-shipment", True),
            (ESCROW, "post-delivery", True),
            (GUARANTEE, "pre-shipment", False),
            (GUARANTEE, "post-delivery", True),
        ],
    )
    def test_r19_payment_is_split_where_the_edition_allows_it_for_the_kind_of_cover(
        self, fair: Fair, edition: str, kind: str, *, is_allowed: bool
    ) -> None:
        order = ApiOrder(fair, edition=edition, cover_kind=kind)
        choices = order.read("/cover", "buyer")["choices"]
        told = {row["answer"]["kind"]: row["answer"]["split_payment"] for row in choices}
        assert told[kind] is is_allowed
        halves = order.contract(cover_kind=kind, payments=HALVES)
        asked = order.ask("buyer", "ProposeVersion", contract=halves)
        if is_allowed:
            asked.ok()
        else:
            assert (asked.code, asked.json["facts"]) == ("split_not_allowed", {"kind": kind})

    @pytest.mark.parametrize("edition", EDITIONS)
    def test_r19_the_second_half_is_asked_for_after_the_passed_inspection(
        self, fair: Fair, edition: str
    ) -> None:
        order = ApiOrder(fair, edition=edition, payments=HALVES).agreed().pay(500_000)
        assert order.order()["status"] == "in_production"
        assert [one["is_due"] for one in order.order()["instalments"]] == [True, False]
        order.inspected("i1")
        assert [one["is_due"] for one in order.order("buyer")["instalments"]] == [True, True]
        assert order.order("buyer")["missing_minor"] == 500_000
        assert order.due_at("balance_due") > order.now()
        order.pay(500_000).shipped()
        assert order.order()["status"] == "shipped"
        assert order.totals()["received_minor"] == PRICE
