"""Requirements on disputes through the API: the days that bind, how a case is heard and how it ends, goods that go back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from fairlot.domain.party import Role
from tests.support.api import member, staff
from tests.support.api_orders import EDITIONS, ESCROW, FEE, PRICE, ApiOrder
from tests.support.api_trades import HASH, Fair

KEPT = 180_000
DAYS = {number: dt.timedelta(days=number) for number in (3, 7, 30)}
# What the requests of a test may take of a clock.
SOON = dt.timedelta(minutes=5)
THANKS = "Thank you, the new spring has arrived. All good now?"
# Evidence that lies elsewhere is taken by its hash.
MAIL = {"item_hash": HASH, "origin": "e-mail"}
CHINESE = {"Accept-Language": "zh-CN"}


@pytest.fixture
def fair(shared_fair: Fair) -> Fair:
    """The same two companies for the whole module: no test minds the others' orders, and time only goes on."""
    return shared_fair


def there(fair: Fair, edition: str = ESCROW) -> ApiOrder:
    """Return an order whose goods have arrived."""
    return ApiOrder(fair, edition=edition).paid().shipped().delivered()


def is_open(order: ApiOrder) -> bool:
    return order.dispute_status() not in {"settled", "withdrawn", "executed", "moot"}


class TestR37:
    @pytest.mark.parametrize("kind", ["rework", "replacement", "return_and_refund", "refund"])
    def test_r37_the_parties_settle_it_between_themselves(self, fair: Fair, kind: str) -> None:
        order = there(fair).disputed()
        until = (order.now() + DAYS[30]).isoformat()
        money: dict[str, Any] = {"amount_minor": 400_000}
        terms: dict[str, dict[str, Any]] = {
            "rework": {"until": until},
            "replacement": {"until": until, "quantity": 50},
            "return_and_refund": money,
            "refund": money,
        }
        order.by("supplier", "MakeOffer", offer={"id": "o1", "kind": "refund", "amount_minor": 1})
        countered = {"id": "o2", "kind": kind, **terms[kind]}
        order.by("buyer", "MakeOffer", offer=countered)
        assert order.ask("buyer", "AcceptOffer", offer_id="o1").code == "offer_not_standing"
        order.by("supplier", "AcceptOffer", offer_id="o2")
        assert "MediatorNamed" not in order.kinds()
        if kind == "refund":
            assert (order.order()["status"], order.back_minor()) == ("settled", 400_000)
        elif kind == "return_and_refund":
            assert order.due_at("return_sent") > order.now()
        else:
            assert order.dispute_status() == "settled_on_condition"


class TestR38:
    def test_r38_a_dispute_has_its_reason_and_evidence_from_wherever_it_comes(
        self, fair: Fair
    ) -> None:
        order = there(fair)
        assert order.ask("buyer", "OpenDispute", claims=[]).code == "no_term_named"
        photo, mail = (
            fair.buyer.post(f"{order.path}/files?name={name}", content, content_type=kind).ok()
            for name, content, kind in (
                ("cell.jpg", b"\xff\xd8\xff a rusty spring", "image/jpeg"),
                ("mail.txt", b"We used other cells, sorry.", "text/plain"),
            )
        )
        order.disputed("quality", evidence_hashes=[photo["content_hash"]])
        outside = {"item_hash": mail["content_hash"], "origin": "e-mail", "term_id": "capacity"}
        order.by("buyer", "SubmitEvidence", **outside).heard()
        assert order.last("DisputeOpened")["claims"][0]["ground"] == "quality"
        assert order.last("EvidenceSubmitted")["origin"] == "e-mail"
        for role in ("supplier", "mediator"):
            given = [one["item_hash"] for one in order.order(role)["dispute"]["evidence"]]
            assert given == [photo["content_hash"], mail["content_hash"]]
            kept = order.read("/files", role)["files"]
            assert [one["content_hash"] for one in kept] == given
        text = order.speakers["mediator"].get(f"{order.path}/files/{mail['number']}")
        assert text.body == b"We used other cells, sorry."

    def test_r38_what_is_said_to_be_uploaded_is_there_for_the_other_side(self, fair: Fair) -> None:
        """R38: a hash of no file of this order is refused, in a batch as well; other orders' files do not count."""
        order, another = there(fair), there(fair)
        path = f"{another.path}/files?name=cell.jpg"
        elsewhere = fair.buyer.post(path, b"\xff\xd8\xff", content_type="image/jpeg").ok()
        for item_hash in (HASH, elsewhere["content_hash"]):
            refused = order.claim("quality", evidence_hashes=[item_hash])
            assert (refused.code, refused.json["facts"]) == (
                "file_not_kept",
                {"reference": item_hash},
            )
        order.disputed("quality", evidence_hashes=[order.order()["version_hash"]])
        command = {"type": "SubmitEvidence", "item_hash": HASH}
        item = {"order_id": order.id, "key": f"give-{order.id[-8:]}", "command": command}
        (outcome,) = fair.supplier.post("/commands", {"commands": [item]}).ok()["outcomes"]
        assert outcome["code"] == "file_not_kept"

    def test_r38_evidence_may_be_contested_and_is_not_ignored(self, fair: Fair) -> None:
        order = there(fair).disputed().by("buyer", "SubmitEvidence", **MAIL)
        order.by("supplier", "ContestEvidence", item_hash=HASH)
        (item,) = order.order("buyer")["dispute"]["evidence"]
        assert (item["item_hash"], item["contested"]) == (HASH, True)


class TestR39:
    @pytest.mark.parametrize("edition", EDITIONS)
    def test_r39_three_days_to_answer_then_the_buyer_may_escalate(
        self, fair: Fair, edition: str
    ) -> None:
        order = there(fair, edition).disputed()
        assert order.due_at("supplier_answer") - order.now() > DAYS[3] - SOON
        order.wait(hours=71)
        early = order.ask("buyer", "Escalate")
        assert early.code == "escalation_too_early"
        assert early.json["facts"]["opens_at"] == order.due_at("supplier_answer").isoformat()
        order.past("supplier_answer")
        order.by("buyer", "Escalate")
        assert order.dispute_status() == "mediation"

    @pytest.mark.parametrize("edition", EDITIONS)
    def test_r39_after_seven_days_it_escalates_by_itself_whatever_was_said(
        self, fair: Fair, edition: str
    ) -> None:
        order = there(fair, edition).disputed()
        assert order.due_at("negotiation") - order.now() > DAYS[7] - SOON
        order.by("supplier", "AnswerDispute", decline=False, reason_hash="")
        order.past("negotiation")
        escalated = order.last("DisputeEscalated")
        assert (escalated["by_itself"], order.dispute_status()) == (True, "mediation")


class TestR40:
    @pytest.mark.parametrize("edition", EDITIONS)
    @pytest.mark.parametrize(
        ("amount_minor", "outcome", "status"),
        [
            (PRICE, "full_refund", "refunded"),
            (300_000, "partial_refund", "settled"),
            (0, "for_supplier", "delivered"),
        ],
    )
    def test_r40_both_sides_are_heard_and_it_ends_in_one_of_three(
        self, fair: Fair, edition: str, amount_minor: int, outcome: str, status: str
    ) -> None:
        order = there(fair, edition).disputed().heard()
        for number, role in enumerate(("buyer", "supplier")):
            order.by(role, "SubmitEvidence", item_hash=f"{number}" * 64, origin="e-mail")
        order.decided(amount_minor)
        decision = order.last("DecisionMade")["decision"]
        assert (decision["outcome"], decision["amount_minor"]) == (outcome, amount_minor)
        order.funded()
        assert order.back_minor() == amount_minor
        assert order.order()["status"] == status

    def test_r40_nobody_decides_before_both_sides_had_their_days(self, fair: Fair) -> None:
        """A52: five days for each side; the refusal says when the decision may come."""
        order = there(fair).disputed().heard()
        opens_at = order.due_at("evidence_round").isoformat()
        ruling = {"outcome": "for_supplier", "amount_minor": 0, "reason_hash": HASH}
        for role in ("mediator", "supervisor"):
            early = order.ask(role, "Decide", **ruling)
            assert early.code == "decision_too_early"
            assert early.json["facts"]["opens_at"] == opens_at
        order.past("evidence_round").by("mediator", "Decide", **ruling)

    @pytest.mark.parametrize("is_kept", [True, False])
    def test_r40_finishing_the_order_is_ordered_where_the_buyer_asks_for_it(
        self, fair: Fair, *, is_kept: bool
    ) -> None:
        order = ApiOrder(fair).paid().past("shipment_due").disputed("late", wish="performance")
        order.heard().past("evidence_round")
        until = (order.now() + DAYS[30]).isoformat()
        order.ruled(0, condition="perform", until=until, otherwise_minor=PRICE)
        order.past("appeal")
        if is_kept:
            order.shipped()
        order.past("condition")
        assert order.order()["status"] == ("shipped" if is_kept else "refunded")
        assert order.back_minor() == (0 if is_kept else PRICE)


class TestR41:
    def test_r41_the_conversation_is_open_to_who_hears_the_case(self, fair: Fair) -> None:
        order = there(fair)
        fair.supplier.post(f"{order.path}/messages", {"body": "We used other cells."}).ok()
        order.disputed()
        early = fair.mediator.get(f"{order.path}/messages")
        assert early.code == "unknown_order"
        order.heard()
        (said,) = order.read("/messages", "mediator")["messages"]
        assert (said["role"], said["body"]) == ("supplier", "We used other cells.")


class TestR42:
    @pytest.mark.parametrize("edition", EDITIONS)
    def test_r42_neither_words_nor_answers_nor_silence_settle_anything(
        self, fair: Fair, edition: str
    ) -> None:
        order = there(fair, edition).disputed()
        for speaker in (fair.supplier, fair.buyer):
            speaker.post(f"{order.path}/messages", {"body": THANKS}).ok()
        order.by("supplier", "AnswerDispute", decline=False, reason_hash="")
        order.by("buyer", "SubmitEvidence", **MAIL).by("buyer", "ConfirmReceipt")
        assert is_open(order)
        order.past("negotiation")
        assert is_open(order)
        assert order.totals()["held_minor"] == (PRICE if edition == ESCROW else 0)

    def test_r42_nobody_closes_it_but_who_is_entitled_to(self, fair: Fair) -> None:
        order = there(fair).disputed().heard()
        claims = order.order()["dispute"]["claims"]
        closing = {"claims": claims, "statement_hash": HASH}
        for role in ("supplier", "mediator", "operator", "supervisor"):
            assert order.ask(role, "WithdrawClaim", **closing).code == "not_permitted"
        unsaid = order.ask("buyer", "WithdrawClaim", claims=[], statement_hash=HASH)
        assert unsaid.code == "restatement_missing"
        assert is_open(order)
        order.by("buyer", "WithdrawClaim", **closing)
        assert order.dispute_status() == "withdrawn"

    @pytest.mark.parametrize(
        ("end", "told_by"),
        [
            ("settled", "OfferAccepted"),
            ("withdrawn", "ClaimWithdrawn"),
            ("decided", "DecisionFinal"),
        ],
    )
    def test_r42_both_sides_read_the_same_end_with_its_reason_in_their_own_language(
        self, fair: Fair, end: str, told_by: str
    ) -> None:
        order = there(fair).disputed()
        if end == "settled":
            offer = {"id": "o1", "kind": "refund", "amount_minor": 5_000}
            order.by("supplier", "MakeOffer", offer=offer)
            order.by("buyer", "AcceptOffer", offer_id="o1")
        elif end == "withdrawn":
            claims = order.order()["dispute"]["claims"]
            order.by("buyer", "WithdrawClaim", claims=claims, statement_hash=HASH)
        else:
            order.heard().decided(100_000)

        def told(role: str, headers: dict[str, str]) -> tuple[Any, str]:
            events = order.speakers[role].get(f"{order.path}/events", headers=headers).ok()
            one = next(one for one in events["events"] if one["event"]["type"] == told_by)
            return one["event"], one["told"]

        english, chinese = told("buyer", {"Accept-Language": "en"}), told("supplier", CHINESE)
        assert english[0] == chinese[0]
        assert english[1]
        assert chinese[1]
        assert english[1] != chinese[1]
        assert told("supplier", {"Accept-Language": "en"}) == english


class TestR43:
    def test_r43_it_is_one_case_to_which_further_claims_come(self, fair: Fair) -> None:
        order = there(fair).disputed()
        assert order.claim("short_quantity").code == "dispute_already_open"
        more = {"ground": "short_quantity", "lines": []}
        order.by("buyer", "AddClaim", claim=more)
        grounds = [claim["ground"] for claim in order.order()["dispute"]["claims"]]
        assert grounds == ["quality", "short_quantity"]

    def test_r43_evidence_given_stays_given_to_the_end(self, fair: Fair) -> None:
        order = there(fair).disputed()
        order.by("buyer", "SubmitEvidence", term_id="capacity", **MAIL)
        again = order.ask("buyer", "SubmitEvidence", term_id="capacity", **MAIL)
        assert again.code == "reference_reused"
        order.heard().past("evidence_round").ruled(100_000)
        order.by("buyer", "Appeal", ground="rule_misapplied", reason_hash=HASH)
        staff(Role.MEDIATOR, person_id="per_second")
        order.by("operator", "NameMediator", mediator_id="per_second")
        for role in ("buyer", "supplier", "mediator"):
            (kept,) = order.order(role)["dispute"]["evidence"]
            assert (kept["item_hash"], kept["by"]) == (HASH, "buyer")

    def test_r43_nobody_hears_a_case_of_its_own_whatever_the_operator_says(
        self, fair: Fair
    ) -> None:
        order = there(fair).disputed()
        order.by("supplier", "Escalate").by("buyer", "Escalate")

        def named(person_id: str) -> str:
            asked = order.ask("operator", "NameMediator", mediator_id=person_id, conflicts=[])
            return asked.code

        assert named("per_nobody") == "unknown_reference"
        assert named(f"per_{fair.buyer_id}") == "unknown_reference", "a member is no mediator"
        member(fair.supplier_id, person_id="per_both")
        staff(Role.MEDIATOR, person_id="per_both")
        assert named("per_both") == "mediator_is_party"
        command = {"type": "NameMediator", "mediator_id": "per_both"}
        item = {"order_id": order.id, "key": f"name-{order.id[-8:]}", "command": command}
        (outcome,) = fair.operator.post("/commands", {"commands": [item]}).ok()["outcomes"]
        assert outcome["code"] == "mediator_is_party"
        order.by("operator", "NameMediator", mediator_id="per_mediator")

    def test_r43_nobody_rules_on_a_case_of_its_own(self, fair: Fair) -> None:
        order = there(fair).disputed().heard().past("evidence_round")
        partial = staff(Role.SUPERVISOR, person_id="per_partial")
        member(fair.buyer_id, person_id="per_partial")
        ruling = {"outcome": "full_refund", "amount_minor": PRICE, "reason_hash": HASH}
        assert partial.command(order.id, "Decide", **ruling).code == "mediator_is_party"
        order.by("supervisor", "Decide", **ruling)

    def test_r43_the_same_mediator_keeps_the_case(self, fair: Fair) -> None:
        order = there(fair).disputed().heard()
        other = staff(Role.MEDIATOR, person_id="per_second")
        named = order.ask("operator", "NameMediator", mediator_id="per_second")
        assert named.code == "mediator_already_named"
        order.past("evidence_round")
        ruling = {"outcome": "for_supplier", "amount_minor": 0, "reason_hash": HASH}
        assert other.command(order.id, "Decide", **ruling).code == "unknown_order"
        order.ruled(0)

    @pytest.mark.parametrize("edition", EDITIONS)
    def test_r43_the_platforms_own_days_are_public_and_bind_it(
        self, fair: Fair, edition: str
    ) -> None:
        order = there(fair, edition).disputed()
        order.by("supplier", "Escalate").by("buyer", "Escalate")
        for kind in ("mediator_named", "decision", "decision_by_rule"):
            for role in ("buyer", "supplier"):
                clocks = {one["kind"]: one for one in order.deadlines(role)}
                assert clocks[kind]["waits_for"] == "platform"
                assert clocks[kind]["lapse"]
            order.past(kind)
            if kind == "mediator_named":
                assert order.last("MediatorNamed")["supervisor"] is True
                order.past("evidence_round")
        assert order.last("DecisionMade")["decision"]["by_rule"] is True
        for role in ("buyer", "supplier"):
            missed = [one for one in order.events(role) if one["type"] == "PlatformBreached"]
            assert [one["clock"] for one in missed] == ["mediator_named", "decision"]


class TestR44:
    def returning(self, fair: Fair, edition: str = ESCROW) -> ApiOrder:
        """Return an order whose goods go back for the whole price, or are kept for 1,800.00."""
        order = there(fair, edition).disputed()
        order.inspected("d1", "dispute", mandatory_failed=["capacity"]).heard()
        return order.decided(PRICE, condition="return", otherwise_minor=KEPT)

    def sent_and_there(self, order: ApiOrder, chosen_by: str = "buyer") -> ApiOrder:
        sent = {"mode": "air", "proof_hash": HASH, "carrier_chosen_by": chosen_by}
        order.by("buyer", "RecordReturnSent", **sent)
        return order.by("operator", "RecordReturnArrived", proof_hash=HASH)

    def condition(self, *, before: bool, same: bool) -> dict[str, Any]:
        return {"before": before, "same": same, "report_hash": HASH}

    @pytest.mark.parametrize("edition", EDITIONS)
    def test_r44_the_suppliers_word_alone_keeps_no_refund_back(
        self, fair: Fair, edition: str
    ) -> None:
        order = self.returning(fair, edition)
        order.by("inspector", "RecordCondition", **self.condition(before=True, same=True))
        self.sent_and_there(order)
        worn = self.condition(before=False, same=False)
        assert order.ask("supplier", "RecordCondition", **worn).code == "not_permitted"
        assert order.ask("supplier", "ContestReturn", reason_hash=HASH).code == "nothing_to_contest"
        body = {"body": "Not in the same condition!"}
        fair.supplier.post(f"{order.path}/messages", body).ok()
        order.past("return_judged").funded()
        assert order.back_minor() == PRICE + FEE

    @pytest.mark.parametrize(
        ("left_same", "came_same", "chosen_by", "refund_minor"),
        [
            (True, True, "buyer", PRICE),
            (False, False, "buyer", KEPT),
            (True, False, "buyer", KEPT),
            (True, False, "supplier", PRICE),
        ],
        ids=["the same", "left worn", "broken by the buyer's carrier", "by the supplier's"],
    )
    def test_r44_the_two_reports_judge(
        self, fair: Fair, left_same: bool, came_same: bool, chosen_by: str, refund_minor: int
    ) -> None:
        order = self.returning(fair)
        order.by("inspector", "RecordCondition", **self.condition(before=True, same=left_same))
        self.sent_and_there(order, chosen_by)
        order.by("inspector", "RecordCondition", **self.condition(before=False, same=came_same))
        order.past("return_judged").funded()
        assert order.back_minor() == refund_minor + FEE

    def test_r44_the_first_report_comes_before_the_goods_leave(self, fair: Fair) -> None:
        order = self.returning(fair)
        early = order.ask("inspector", "RecordCondition", **self.condition(before=False, same=True))
        assert early.code == "return_not_arrived"
        self.sent_and_there(order)
        late = order.ask("inspector", "RecordCondition", **self.condition(before=True, same=True))
        assert late.code == "return_already_sent"
