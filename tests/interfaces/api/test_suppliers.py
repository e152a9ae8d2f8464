"""Suppliers through the API alone: joining, search, limit, record, reports, the receiving account, comparison, audits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from fairlot.application.access import MemberRight
from fairlot.domain.cover.limit import LimitComputation, compute_limit
from fairlot.domain.party import Role
from fairlot.domain.supplier.limit_sum import computation_bytes, computation_hash
from fairlot.writing_room import close_writing_rooms
from tests.support.api import EVERY_RIGHT, NOBODY, Speaker, member, staff
from tests.support.api_suppliers import LAMP, PDF, PRODUCT, PROFILE, Joining
from tests.support.api_trades import Fair
from tests.support.market import DETAILS
from tests.support.postgres import Database


@pytest.fixture
def lamp(django_database: Database) -> Iterator[Joining]:
    del django_database
    yield Joining()
    close_writing_rooms()


def named(answer: Any) -> list[str]:
    return [each["name_en"] for each in answer["suppliers"]]


class TestR1Enrolment:
    def test_r1_the_badge_is_shown_on_profile_and_in_every_result(self, lamp: Joining) -> None:
        lamp.profiled()
        assert not lamp.look()["badge"]["shown"]
        assert lamp.decide().code == "conditions_not_accepted"
        lamp.accepted()
        refused = lamp.decide()
        assert refused.code == "documents_missing"
        assert "business_license" in refused.json["facts"]["documents"]
        lamp.documented().decide().ok()
        assert lamp.look()["badge"] == {"shown": False, "faults": ["no_account"]}
        lamp.account()
        shown = lamp.look()
        assert shown["badge"]["shown"]
        assert shown["badge_since"]
        (found,) = lamp.buyer.get("/suppliers?text=lampworks").ok()["suppliers"]
        assert found["badge"] is True

    def test_r1_conditions_are_accepted_by_who_may_bind_the_company(self, lamp: Joining) -> None:
        hashed = lamp.supplier.get("/enrolment/conditions").ok()["conditions_hash"]
        clerk = member(LAMP, rights=EVERY_RIGHT - {MemberRight.MANAGE}, person_id="per_clerk")
        for speaker in (clerk, lamp.buyer, lamp.operator):
            asked = speaker.ask("PUT", f"{lamp.path}/conditions", {"conditions_hash": hashed})
            assert asked.code == "not_permitted"
        other = {"conditions_hash": "0" * 64}
        assert lamp.supplier.ask("PUT", f"{lamp.path}/conditions", other).status == 409

    def test_r1_only_an_operator_decides(self, lamp: Joining) -> None:
        body = {"tier": "audited", "reason": "I am good"}
        for speaker in (lamp.supplier, lamp.buyer, staff(Role.AUDITOR)):
            assert speaker.ask("PUT", f"{lamp.path}/tier", body).code == "not_permitted"

    def test_r1_who_leaves_loses_the_badge(self, lamp: Joining) -> None:
        lamp.joined()
        lamp.operator.ask("PUT", f"{lamp.path}/enrolment-end", {"reason": "asked to"}).ok()
        assert lamp.look()["badge"]["faults"] == ["not_enrolled"]
        (found,) = lamp.buyer.get("/suppliers?text=lampworks").ok()["suppliers"]
        assert found["badge"] is False
        assert found["free_minor"] == 0

    def test_documents_are_the_companys_own_and_the_operators(self, lamp: Joining) -> None:
        given = lamp.give("business_license").ok()
        path = f"{lamp.path}/documents/{given['content_hash']}"
        for speaker in (lamp.supplier, lamp.operator):
            assert speaker.get(path).body == PDF
        for hidden in (path, f"{lamp.path}/documents"):
            assert lamp.buyer.get(hidden).code == "not_permitted"
        assert lamp.supplier.get(f"{lamp.path}/documents/{'0' * 64}").status == 404

    def test_a_document_is_what_it_says_it_is(self, lamp: Joining) -> None:
        assert lamp.give("business_license", b"<script>").code == "file_refused"
        odd = lamp.give("business_license", b"hello", media_type="text/html")
        assert odd.code == "media_type_unsupported"


class TestR2Search:
    def test_r2_suppliers_and_goods_are_found_in_both_languages(self, lamp: Joining) -> None:
        lamp.profiled()
        lamp.supplier.ask("PUT", f"{lamp.path}/products/lamp-1", PRODUCT).ok()
        for text in ("lampworks", "desk lamps", "灯具", "宁波灯具厂"):
            assert named(lamp.buyer.get(f"/suppliers?text={text}").ok()) == ["Ningbo Lampworks"]
        for text in ("folding lamps", "台灯", "折叠台灯"):
            (found,) = lamp.buyer.get(f"/products?text={text}").ok()["products"]
            assert found["product"]["product_id"] == "lamp-1"
            assert found["supplier"]["name_zh"] == "宁波灯具厂"
        assert lamp.buyer.get("/products?text=灯台").ok()["products"] == []

    def test_r2_filters_narrow_by_badge_country_and_category(self, lamp: Joining) -> None:
        lamp.joined()
        Joining("com_without").profiled(name_en="Plain Lamps", country="VN")
        ask = lamp.buyer.get
        assert named(ask("/suppliers?text=lamps").ok()) == ["Ningbo Lampworks", "Plain Lamps"]
        assert named(ask("/suppliers?badge=true").ok()) == ["Ningbo Lampworks"]
        assert named(ask("/suppliers?country=VN").ok()) == ["Plain Lamps"]
        assert named(ask("/suppliers?category=toys").ok()) == []

    @pytest.mark.parametrize(
        ("amount", "is_found"),
        [
            ("amount_minor=5000000", True),
            ("amount_minor=5000001", False),
            ("amount_minor=4545454&currency=EUR", True),
            ("amount_minor=4545455&currency=EUR", False),
        ],
    )
    def test_r2_the_free_limit_covers_my_amount_to_the_cent(
        self, lamp: Joining, amount: str, *, is_found: bool
    ) -> None:
        lamp.joined()
        found = lamp.buyer.get(f"/suppliers?{amount}").ok()
        assert named(found) == (["Ningbo Lampworks"] if is_found else [])
        lamp.supplier.ask("PUT", f"{lamp.path}/products/lamp-1", PRODUCT).ok()
        goods = lamp.buyer.get(f"/products?text=lamp&{amount}").ok()["products"]
        assert bool(goods) is is_found

    def test_r2_a_currency_without_a_rate_is_refused(self, lamp: Joining) -> None:
        asked = lamp.buyer.get("/suppliers?amount_minor=1&currency=XAU")
        assert asked.code == "unknown_reference"

    def test_r2_pages_follow_each_other_without_gap_or_repetition(self, lamp: Joining) -> None:
        lamp.profiled()
        for number in range(7):
            body = {**PRODUCT, "name_en": f"Lamp {number}"}
            lamp.supplier.ask("PUT", f"{lamp.path}/products/p{number}", body).ok()
        seen: list[str] = []
        cursor = ""
        while True:
            page = lamp.buyer.get(f"/products?text=lamp&limit=3&cursor={cursor}").ok()
            seen += [each["product"]["product_id"] for each in page["products"]]
            cursor = page["next_cursor"]
            if cursor is None:
                break
        assert seen == [f"p{number}" for number in range(7)]
        assert lamp.buyer.get("/products?cursor=nonsense").code == "query_invalid"

    def test_r2_what_is_taken_back_is_not_found(self, lamp: Joining) -> None:
        lamp.profiled()
        path = f"{lamp.path}/products/lamp-1"
        lamp.supplier.ask("PUT", path, PRODUCT).ok()
        lamp.supplier.ask("PUT", path, {**PRODUCT, "is_offered": False}).ok()
        assert lamp.buyer.get("/products?text=lamp").ok()["products"] == []
        assert lamp.buyer.get(f"{lamp.path}/products").ok()["products"] == []

    def test_a_catalogue_is_its_suppliers_alone(self, lamp: Joining) -> None:
        path = f"{lamp.path}/products/lamp-1"
        assert lamp.supplier.ask("PUT", path, PRODUCT).code == "profile_missing"
        lamp.profiled()
        for speaker in (lamp.buyer, lamp.operator):
            assert speaker.ask("PUT", path, PRODUCT).code == "not_permitted"
        upside_down = {**PRODUCT, "price_high_minor": 1}
        assert lamp.supplier.ask("PUT", path, upside_down).code == "body_invalid"

    def test_r2_nobody_searches_without_a_key(self, lamp: Joining) -> None:
        del lamp
        assert NOBODY.get("/suppliers").status == 401


class TestR3Limit:
    def test_r3_the_programme_sets_it_and_anybody_redoes_the_sum(self, lamp: Joining) -> None:
        lamp.joined("visited on site")
        shown = lamp.look()
        assert (shown["limit"]["limit_minor"], shown["limit"]["currency"]) == (2_000_000, "USD")
        document = lamp.buyer.get(f"{lamp.path}/limit")
        assert document.ok()["limit_minor"] == 2_000_000
        kept = msgspec.json.decode(document.body, type=LimitComputation)
        again = compute_limit(kept.inputs, kept.rules)
        assert computation_hash(computation_bytes(again)) == shown["limit"]["computation_hash"]

    def test_r3_no_door_lets_a_supplier_set_it(self, lamp: Joining) -> None:
        lamp.joined()
        asked = lamp.supplier.ask("PUT", f"{lamp.path}/profile", {**PROFILE, "limit_minor": 9})
        assert asked.code == "body_invalid"
        assert lamp.supplier.ask("PUT", f"{lamp.path}/limit", {"limit_minor": 9}).status == 405


class TestR5Record:
    def test_r5_it_counts_what_was_traded_here_and_says_since_when(self, fair: Fair) -> None:
        seller = Joining(fair.supplier_id).profiled()
        fair.agreed()
        seller.joined()
        before = fair.buyer.get(f"{seller.path}/record").ok()
        assert before["assured_orders"] == 0
        assert before["counted_since"]
        order_id = fair.disputed()
        total = fair.buyer.get(f"/orders/{order_id}").ok()["total_minor"]
        record = fair.buyer.get(f"{seller.path}/record").ok()
        assert record["assured_orders"] == 1
        assert record["values"] == [{"currency": "USD", "amount_minor": total, "orders": 1}]
        assert (record["disputes_filed"], record["dispute_ends"]["open"]) == (1, 1)
        assert record["dispute_basis_points"] == 10_000


class TestR6Reports:
    def report(self, fair: Fair, speaker: Speaker, order_id: str, message_no: int = 0) -> Any:
        del fair
        body = {"kind": "asked_to_pay_outside", "message_no": message_no, "note": "to my cousin"}
        return speaker.ask("PUT", f"/orders/{order_id}/reports", body)

    def test_r6_the_buyer_reports_in_one_step_and_the_operator_judges(self, fair: Fair) -> None:
        seller = Joining(fair.supplier_id).joined()
        order_id = fair.begin()
        made = self.report(fair, fair.buyer, order_id).ok()
        assert self.report(fair, fair.buyer, order_id).ok() == made
        waiting = fair.operator.get("/supplier-reports").ok()["reports"]
        assert [each["report_id"] for each in waiting] == [made["report_id"]]
        assert fair.supplier.get(f"{seller.path}/reports").ok()["reports"] == []
        verdict = {"upheld": True, "made_good": True, "reason": "Message 2 asks for a wire."}
        path = f"{seller.path}/reports/{made['report_id']}/judgement"
        assert fair.supplier.ask("PUT", path, verdict).code == "not_permitted"
        fair.operator.ask("PUT", path, verdict).ok()
        assert fair.operator.ask("PUT", path, verdict).code == "report_judged"
        for speaker in (fair.buyer, fair.supplier):
            (read,) = speaker.get(f"{seller.path}/reports").ok()["reports"]
            assert read["reason"] == verdict["reason"]
        assert fair.buyer.get(f"{seller.path}/limit").ok()["points"] == 6

    def test_r6_strangers_and_the_supplier_itself_do_not_report(self, fair: Fair) -> None:
        order_id = fair.begin()
        assert self.report(fair, fair.supplier, order_id).code == "not_permitted"
        stranger = member("com_stranger")
        assert self.report(fair, stranger, order_id).code == "unknown_order"
        seller = Joining(fair.supplier_id)
        self.report(fair, fair.buyer, order_id).ok()
        assert stranger.get(f"{seller.path}/reports").ok()["reports"] == []


class TestR7Account:
    def test_r7_without_a_verified_account_the_badge_is_gone_until_there_is_one(
        self, lamp: Joining
    ) -> None:
        lamp.joined()
        lamp.account(verified=False)
        assert lamp.look()["badge"]["faults"] == ["account_not_verified"]
        lamp.account()
        assert lamp.look()["badge"]["shown"]

    def test_r7_the_buyer_sees_who_the_holder_is(self, fair: Fair) -> None:
        order_id = fair.begin()
        holder = fair.buyer.get(f"/orders/{order_id}/account-holder").ok()
        assert holder["holder_name"] == DETAILS.holder.name
        assert holder["is_contract_supplier"]
        assert holder["company_id"] == fair.supplier_id
        assert "44201502400052500" not in str(holder)
        stranger = member("com_stranger")
        assert stranger.get(f"/orders/{order_id}/account-holder").code == "unknown_order"

    def test_r7_naming_needs_the_right_to_move_money(self, lamp: Joining) -> None:
        clerk = member(LAMP, rights=EVERY_RIGHT - {MemberRight.BANK}, person_id="per_clerk")
        details = msgspec.to_builtins(DETAILS)
        assert clerk.post(f"{lamp.path}/account", details).code == "not_permitted"
        asked = lamp.supplier.post(f"{lamp.path}/account/judgement", {})
        assert asked.code == "not_permitted"

    def test_r7_details_that_no_bank_needs_are_refused(self, lamp: Joining) -> None:
        details = msgspec.to_builtins(DETAILS)
        details["holder"]["name"] = "x" * 9_000
        assert lamp.supplier.post(f"{lamp.path}/account", details).code == "body_invalid"

    def test_r7_asking_again_with_the_same_key_names_the_same_account(self, lamp: Joining) -> None:
        details = msgspec.to_builtins(DETAILS)
        first = lamp.supplier.post(f"{lamp.path}/account", details, key="k1").ok()
        assert lamp.supplier.post(f"{lamp.path}/account", details, key="k1").ok() == first
        assert lamp.supplier.post(f"{lamp.path}/account", details, key="k2").ok() != first


class TestR8Comparison:
    def test_r8_side_by_side_for_one_order(self, lamp: Joining) -> None:
        lamp.joined("visited on site")
        other = Joining("com_other").profiled(name_en="Other Lamps", country="VN")
        path = f"/supplier-comparison?suppliers={lamp.id},{other.id},com_none"
        first, second = lamp.buyer.get(f"{path}&amount_minor=3000000").ok()["suppliers"]
        assert first["cover"] == {
            "currency": "USD",
            "amount_minor": 3_000_000,
            "covered_minor": 2_000_000,
            "uncovered_minor": 1_000_000,
        }
        assert second["cover"]["covered_minor"] == 0
        assert second["supplier"]["profile"]["country"] == "VN"
        for each in (first, second):
            assert {"record", "limit", "audits", "badge"} <= set(each["supplier"])

    def test_r8_at_most_six(self, lamp: Joining) -> None:
        ids = ",".join(f"com_{n}" for n in range(7))
        asked = lamp.buyer.get(f"/supplier-comparison?suppliers={ids}")
        assert asked.code == "query_invalid"


class TestR9Audits:
    def test_r9_an_audit_stands_on_the_profile(self, lamp: Joining) -> None:
        lamp.profiled()
        audit = {
            "auditor": "TÜV Rheinland",
            "audited_date": "2026-05-04",
            "result": "passed_with_remarks",
            "document_hash": "a" * 64,
        }
        for speaker in (lamp.supplier, lamp.buyer):
            assert speaker.ask("PUT", f"{lamp.path}/audits", audit).code == "not_permitted"
        recorded = lamp.operator.ask("PUT", f"{lamp.path}/audits", audit).ok()
        assert (
            lamp.operator.ask("PUT", f"{lamp.path}/audits", audit).ok()["audit_id"]
            == (recorded["audit_id"])
        )
        (shown,) = lamp.look()["audits"]
        assert {name: shown[name] for name in audit} == audit
