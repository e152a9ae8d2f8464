"""Requirements on the goods through the API: inspected, rejected or shipped, compared with the date, received within thirty days."""

from __future__ import annotations

from typing import Any

import pytest

from fairlot.application.telling.notices import NOTICES
from fairlot.domain.order.events import InspectionReported
from fairlot.domain.party import Role
from tests.support.api import Speaker, member, staff
from tests.support.api_orders import EDITIONS, FEE, PRICE, ApiOrder
from tests.support.api_trades import Fair

DEFECTIVE: dict[str, Any] = {"major": {"found": 9}}


@pytest.fixture
def fair(shared_fair: Fair) -> Fair:
    """The same two companies for the whole module: no test minds the others' orders, and time only goes on."""
    return shared_fair


def there(fair: Fair, edition: str) -> ApiOrder:
    return ApiOrder(fair, edition=edition).paid().shipped().delivered()


class TestR29:
    def test_r29_the_buyer_asks_how_production_stands_and_the_supplier_tells(
        self, fair: Fair
    ) -> None:
        order = ApiOrder(fair).paid()
        update = {"note_hash": "a" * 64, "percent": 60}
        assert order.ask("supplier", "RequestProductionUpdate").code == "not_permitted"
        assert order.ask("buyer", "PostProductionUpdate", **update).code == "not_permitted"
        order.by("buyer", "RequestProductionUpdate").by(
            "supplier", "PostProductionUpdate", **update
        )
        for role in ("buyer", "supplier"):
            told = [one for one in order.events(role) if one["type"] == "ProductionUpdated"]
            assert [one["percent"] for one in told] == [60]

    def test_r29_an_inspection_is_arranged_before_anything_leaves(self, fair: Fair) -> None:
        order = ApiOrder(fair).paid().inspected("i1")
        assert order.last("InspectionReported")["report"]["verdict"] == "passed"
        assert order.order()["status"] == "in_production"


class TestR33:
    def test_r33_the_three_designated_companies_and_no_other(self, fair: Fair) -> None:
        order = ApiOrder(fair).paid()
        booking = {"stage": "pre_shipment", "fee_minor": FEE}
        for number, company in enumerate(("Bureau Veritas", "TÜV Rheinland", "SGS")):
            named = {"inspection_id": f"i{number}", "company": company}
            order.by("buyer", "BookInspection", **named, **booking)
        other = {"inspection_id": "i9", "company": "My Cousin Ltd"}
        refused = order.ask("buyer", "BookInspection", **other, **booking)
        assert refused.code == "company_not_designated"


class TestR36:
    @pytest.mark.parametrize("stage", ["paid", "shipped", "delivered", "disputed", "heard"])
    def test_r36_who_pays_for_an_inspection_is_never_refused_one(
        self, fair: Fair, stage: str
    ) -> None:
        order = ApiOrder(fair)
        for step in ("paid", "shipped", "delivered", "disputed", "heard"):
            order = getattr(order, step)()
            if step == stage:
                break
        booking = {"company": "SGS", "stage": "dispute", "fee_minor": FEE}
        for role in ("buyer", "supplier"):
            order.by(role, "BookInspection", inspection_id=f"of-{role}", **booking)

    def test_r36_agreeing_to_pay_is_recorded_once_and_never_asked_for_again(
        self, fair: Fair
    ) -> None:
        order = ApiOrder(fair).paid().by("buyer", "AgreeInspectionFee")
        assert order.last("InspectionFeeAgreed")["by"] == "buyer"
        order.shipped().delivered().disputed().heard()
        assert order.ask("buyer", "AgreeInspectionFee").code == "already_confirmed"
        actions = order.read("/actions", "buyer")["actions"]
        (shown,) = [one for one in actions if one["command"] == "AgreeInspectionFee"]
        assert (shown["allowed"], shown["is_awaited"]) == (False, False)


class TestR30:
    @pytest.mark.parametrize("edition", EDITIONS)
    def test_r30_a_failed_lot_is_rejected_and_everything_comes_back_before_it_ever_left(
        self, fair: Fair, edition: str
    ) -> None:
        order = ApiOrder(fair, edition=edition).paid().inspected("i1", **DEFECTIVE)
        choices = {"RejectLot", "RequestRework", "WaiveFindings"}
        actions = order.read("/actions", "buyer")["actions"]
        assert choices <= {one["command"] for one in actions if one["allowed"]}
        order.by("buyer", "RejectLot").heard()
        order.past("evidence_round").past("decision_by_rule").past("appeal")
        order.funded()
        assert order.back_minor() == PRICE + FEE
        assert order.order()["status"] == "refunded"
        assert "ShipmentRecorded" not in order.kinds()

    def test_r30_a_lot_that_passed_cannot_be_rejected(self, fair: Fair) -> None:
        order = ApiOrder(fair).paid().inspected("i1")
        assert order.ask("buyer", "RejectLot").code == "no_failed_inspection"

    def test_r30_shipping_a_failed_lot_without_leave_is_marked(self, fair: Fair) -> None:
        order = ApiOrder(fair).paid().inspected("i1", **DEFECTIVE).shipped()
        assert order.last("ShipmentRecorded")["without_leave"] is True


class TestR31:
    def test_r31_shipment_is_shown_with_its_proof_beside_the_agreed_date(self, fair: Fair) -> None:
        order = ApiOrder(fair).paid().shipped()
        for role in ("buyer", "supplier"):
            shown = order.order(role)
            (shipment,) = shown["shipments"]
            assert (shipment["proof"], shipment["quantities"]) == ("bill_of_lading", {"1": 1_000})
            assert shipment["dispatched_date"] < shown["shipment_date"]
        assert order.last("ShipmentRecorded")["document_hash"] == "b" * 64

    @pytest.mark.parametrize("edition", EDITIONS)
    def test_r31_in_time_is_not_late_and_a_second_after_the_date_is(
        self, fair: Fair, edition: str
    ) -> None:
        intime = ApiOrder(fair, edition=edition).paid().shipped()
        late = ApiOrder(fair, edition=edition).paid()
        late.past("shipment_due").shipped()
        assert intime.claim("late").code == "shipped_in_time"
        assert late.order()["shipments"][0]["dispatched_date"] > late.order()["shipment_date"]
        late.claim("late").ok()

    def test_r31_another_paper_than_agreed_proves_nothing(self, fair: Fair) -> None:
        order = ApiOrder(fair).paid()
        paper = {"shipment_id": "S1", "proof": "collection", "document_hash": "b" * 64}
        refused = order.ask("supplier", "RecordShipment", **paper)
        assert (refused.code, refused.json["facts"]) == (
            "wrong_proof",
            {"required": "bill_of_lading"},
        )
        assert order.order()["status"] == "in_production"


class TestR32:
    @pytest.mark.parametrize("edition", EDITIONS)
    def test_r32_a_dispute_can_be_opened_for_thirty_days_from_delivery(
        self, fair: Fair, edition: str
    ) -> None:
        intime, late = there(fair, edition), there(fair, edition)
        intime.wait(days=29, hours=23)
        intime.disputed()
        late.wait(hours=2)
        assert late.claim("quality").code == "claim_too_late"

    def test_r32_only_the_buyer_confirms_and_that_releases_the_money(self, fair: Fair) -> None:
        order = there(fair, "escrow-2026")
        for role in ("supplier", "operator"):
            assert order.ask(role, "ConfirmReceipt").code == "not_permitted"
        order.by("buyer", "ConfirmReceipt")
        assert order.order()["status"] == "completed"
        assert order.totals()["released_minor"] == PRICE

    def test_r32_confirming_early_never_shortens_the_window(self, fair: Fair) -> None:
        order = there(fair, "escrow-2026").by("buyer", "ConfirmReceipt")
        order.wait(days=29).disputed()
        assert order.order()["dispute_status"] == "negotiation"


class TestR34:
    @pytest.mark.parametrize(
        ("found", "verdict"),
        [
            ({"major": {"found": 5}, "minor": {"found": 7}}, "passed"),
            ({"major": {"found": 6}}, "failed"),
            ({"minor": {"found": 8}}, "failed"),
            ({"critical": {"found": 1}}, "failed"),
        ],
    )
    def test_r34_the_standards_plan_judges_and_not_the_inspector(
        self, fair: Fair, found: dict[str, Any], verdict: str
    ) -> None:
        """General II, 1,000 pieces: 80 in the sample; 5 major and 7 minor pass, none critical."""
        report = ApiOrder(fair).paid().inspected("i1", **found).last("InspectionReported")["report"]
        assert report["verdict"] == verdict
        limits = {name: report[name]["acceptance_number"] for name in ("major", "minor")}
        assert limits == {"major": 5, "minor": 7}
        assert report["major"]["sample_size"] == 80


class TestR35:
    def reported(self, fair: Fair, found: int = 9) -> ApiOrder:
        """Return a case that is heard, with its inspection's report."""
        order = there(fair, "escrow-2026").disputed()
        return order.inspected("d1", "dispute", major={"found": found}).heard()

    def test_r35_both_parties_and_the_mediator_read_the_same_report(self, fair: Fair) -> None:
        order = self.reported(fair)

        def read(speaker: Speaker) -> Any:
            events = speaker.get(f"{order.path}/events").ok()["events"]
            return next(
                one["event"] for one in events if one["event"]["type"] == "InspectionReported"
            )

        reports = [read(order.speakers[role]) for role in ("buyer", "supplier", "mediator")]
        assert reports[0] == reports[1] == reports[2]
        assert reports[0]["report"]["major"]["found"] == 9
        others = (
            member("com_stranger"),
            staff(Role.MEDIATOR, person_id="per_another"),
        )
        for nobody in others:
            assert nobody.get(f"{order.path}/events").code == "unknown_order"

    def test_r35_the_report_is_sent_to_both_parties_and_to_the_mediator(self) -> None:
        told = set(NOTICES[InspectionReported].recipients)
        assert told == {Role.BUYER, Role.SUPPLIER, Role.MEDIATOR}

    @pytest.mark.parametrize(("found", "amount_minor"), [(9, 112_500), (40, 500_000), (5, 0)])
    def test_r35_the_decision_by_the_rules_rests_on_it(
        self, fair: Fair, found: int, amount_minor: int
    ) -> None:
        """9 of 80 pieces are defective: 11.25 % of 10,000.00; 5 of 80 are accepted by the plan."""
        order = self.reported(fair, found)
        order.past("evidence_round").past("decision_by_rule")
        decision = order.last("DecisionMade")["decision"]
        assert (decision["by_rule"], decision["amount_minor"]) == (True, amount_minor)
        assert decision["inspection_ids"] == (["d1"] if amount_minor else [])

    def test_r35_departing_from_it_needs_a_reason(self, fair: Fair) -> None:
        order = self.reported(fair).past("evidence_round")
        bare = {"outcome": "for_supplier", "amount_minor": 0, "reason_hash": ""}
        assert order.ask("mediator", "Decide", **bare).code == "reason_missing"
        order.by("mediator", "Decide", **{**bare, "reason_hash": "d" * 64})
        decision = order.last("DecisionMade")["decision"]
        assert (decision["departs"], decision["recommended_minor"]) == (True, 112_500)
