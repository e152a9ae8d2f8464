"""A supplier's way into the programme on a real database: the badge, the limit with its sum, the record, reports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import psycopg
import pytest

from fairlot.application.supplier import enrolment, supplier_standing
from fairlot.domain.order.refusals import Code, Refused
from fairlot.domain.party import Actor
from fairlot.domain.supplier.enrolment import BadgeFault, DocumentKind
from fairlot.domain.supplier.limit_sum import redone
from fairlot.domain.supplier.reports import ReportKind
from fairlot.store.conversation import add_message
from fairlot.store.reach import reading
from fairlot.store.supplier import supplier_room
from fairlot.store.supplier.supplier_listing import find_figures
from fairlot.store.supplier.supplier_room import Document
from fairlot.store.supplier.suppliers import Supplier, save_supplier
from tests.support.interruption import Interruption
from tests.support.killer import KilledError, Killer
from tests.support.market import SUPPLIER_ID, MakeMarket, Market, suspended, whole_terms
from tests.support.supplier_room import (
    OPERATOR,
    PERSON,
    RULES,
    accepted,
    account_named,
    documented,
    joined,
    profile,
)
from tests.support.trades import BUYER, SUPPLIER

TERMS = whole_terms(1_000_000, 600_000)


@pytest.fixture
def room(make_market: MakeMarket) -> Market:
    """A market whose supplier has done nothing yet."""
    return make_market()


def decide(room: Market, tier: str = "audited") -> supplier_standing.Known:
    return enrolment.decide_tier(
        SUPPLIER_ID, tier, reason="seen", person_id=OPERATOR, rules=RULES, desk=room.desk
    )


def report(room: Market, order_id: str = "ord_1", **changes: object) -> supplier_room.Report:
    made = enrolment.ReportMade(order_id=order_id, kind=ReportKind.ASKED_TO_PAY_OUTSIDE, **changes)  # type: ignore[arg-type]
    return enrolment.report_supplier(
        made, reporter_company_id="com_buyer", person_id="per_buyer", desk=room.desk
    )


def say(room: Market, author: Actor, body: str) -> None:
    with room.pool.connection() as connection:
        add_message(connection, order_id="ord_1", author=author, sent_at=room.clock(), body=body)


def judge(room: Market, report_id: str, *, upheld: bool, made_good: bool = False) -> None:
    enrolment.judge_report(
        SUPPLIER_ID,
        report_id,
        upheld=upheld,
        made_good=made_good,
        reason="The message says so.",
        person_id=OPERATOR,
        rules=RULES,
        desk=room.desk,
    )


def badge_story(room: Market) -> list[tuple[bool, tuple[str, ...]]]:
    with room.pool.connection() as connection:
        changes = supplier_room.badge_changes(connection, SUPPLIER_ID)
    return [(change.shown, change.faults) for change in changes]


def decisions(room: Market) -> Sequence[supplier_room.Decision]:
    with room.pool.connection() as connection:
        return supplier_room.decisions(connection, SUPPLIER_ID)


class TestJoining:
    def test_r1_nobody_joins_without_accepting_the_conditions(self, room: Market) -> None:
        documented(SUPPLIER_ID, "audited", desk=room.desk)
        with pytest.raises(Refused) as refused:
            decide(room)
        assert refused.value.code is Code.CONDITIONS_NOT_ACCEPTED

    def test_r1_other_conditions_than_todays_are_not_accepted(self, room: Market) -> None:
        with pytest.raises(Refused):
            enrolment.accept_conditions(SUPPLIER_ID, "0" * 64, person_id=PERSON, desk=room.desk)

    def test_r1_an_acceptance_keeps_who_and_when_first(self, room: Market) -> None:
        accepted(SUPPLIER_ID, desk=room.desk)
        room.clock.now += dt.timedelta(days=1)
        accepted(SUPPLIER_ID, desk=room.desk)
        ((by, at),) = room.rows("SELECT accepted_by, accepted_at FROM supplier_acceptance")
        assert by == PERSON
        assert at == room.clock() - dt.timedelta(days=1)

    def test_r1_a_tier_needs_its_documents_and_names_what_is_missing(self, room: Market) -> None:
        accepted(SUPPLIER_ID, desk=room.desk)
        documented(SUPPLIER_ID, "visited on site", desk=room.desk)
        with pytest.raises(Refused) as refused:
            decide(room, "audited")
        assert refused.value.facts == {"documents": DocumentKind.FACTORY_AUDIT_REPORT.value}
        decide(room, "visited on site")

    def test_r1_a_document_given_in_again_is_answered_as_it_was_kept(self, room: Market) -> None:
        """Another date of the same paper is not believed, and nobody is told that it was."""

        def given(expires_date: dt.date) -> Document:
            return enrolment.give_document(
                SUPPLIER_ID,
                DocumentKind.BUSINESS_LICENSE,
                "d" * 64,
                expires_date=expires_date,
                person_id=PERSON,
                desk=room.desk,
            )

        first = given(dt.date(2027, 1, 1))
        assert given(dt.date(2037, 1, 1)) == first
        assert first.expires_date == dt.date(2027, 1, 1)

    def test_r9_an_audit_recorded_again_is_answered_as_it_was_recorded(self, room: Market) -> None:
        def recorded(result: str) -> str:
            found = enrolment.AuditFound(
                auditor="SGS",
                audited_date=dt.date(2026, 10, 1),
                result=result,
                document_hash="a" * 64,
            )
            return enrolment.record_audit(
                SUPPLIER_ID, found, person_id=OPERATOR, desk=room.desk
            ).result

        assert recorded("failed") == "failed"
        assert recorded("passed") == "failed"

    def test_r1_an_unknown_tier_is_refused(self, room: Market) -> None:
        with pytest.raises(Refused) as refused:
            decide(room, "golden")
        assert refused.value.code is Code.UNKNOWN_REFERENCE

    def test_r1_who_has_done_all_carries_the_badge(self, room: Market) -> None:
        assert joined(SUPPLIER_ID, desk=room.desk).badge.shown
        with room.pool.connection() as connection:
            figures = find_figures(connection, SUPPLIER_ID)
        assert figures is not None
        assert figures.badge
        assert (figures.limit_minor, figures.free_minor) == (5_000_000, 5_000_000)


class TestBadge:
    def test_r7_without_a_designated_account_it_is_lost_until_there_is_one(
        self, room: Market
    ) -> None:
        accepted(SUPPLIER_ID, desk=room.desk)
        documented(SUPPLIER_ID, "audited", desk=room.desk)
        assert decide(room).badge.faults == (BadgeFault.NO_ACCOUNT,)
        hashed = account_named(SUPPLIER_ID, desk=room.desk)
        named = supplier_standing.refresh(SUPPLIER_ID, desk=room.desk)
        assert named.badge.faults == (BadgeFault.ACCOUNT_NOT_VERIFIED,)
        for step, verified in enumerate((True, False, True)):
            known = enrolment.judge_account(
                SUPPLIER_ID,
                hashed,
                verified=verified,
                command_id=f"judge:{step}",
                desk=room.desk,
            )
            assert known.badge.shown is verified
        assert badge_story(room) == [
            (True, ()),
            (False, (BadgeFault.ACCOUNT_NOT_VERIFIED,)),
            (True, ()),
        ]

    def test_r7_an_account_that_was_replaced_is_not_verified_any_more(self, room: Market) -> None:
        joined(SUPPLIER_ID, desk=room.desk)
        with pytest.raises(Refused):
            enrolment.judge_account(
                SUPPLIER_ID, "e" * 64, verified=True, command_id="j", desk=room.desk
            )

    def test_r1_leaving_loses_it_and_the_decision_is_kept(self, room: Market) -> None:
        joined(SUPPLIER_ID, desk=room.desk)
        left = enrolment.end_enrolment(
            SUPPLIER_ID, reason="asked to leave", person_id=OPERATOR, desk=room.desk
        )
        assert left.badge.faults == (BadgeFault.NOT_ENROLLED,)
        decided = decisions(room)
        assert [(each.number, each.enrolled) for each in decided] == [(1, True), (2, False)]
        with pytest.raises(Refused):
            enrolment.end_enrolment(SUPPLIER_ID, reason="x", person_id=OPERATOR, desk=room.desk)

    def test_r1_whoever_is_suspended_is_listed_without_it_at_once(self, room: Market) -> None:
        joined(SUPPLIER_ID, desk=room.desk)
        suspended(room)
        with room.pool.connection() as connection:
            figures = find_figures(connection, SUPPLIER_ID)
        assert figures is not None
        assert not figures.badge


class TestLimitAndRecord:
    def test_r3_the_limit_names_the_sum_that_anybody_can_redo(self, room: Market) -> None:
        joined(SUPPLIER_ID, desk=room.desk)
        ((payload,),) = room.rows(
            "SELECT convert_from(payload, 'UTF8')::jsonb ->> 'computation_hash' FROM limit_event WHERE type = 'LimitSet'"
        )
        ((document,),) = room.rows(
            "SELECT document FROM supplier_computation WHERE computation_hash = %s", payload
        )
        assert redone(bytes(document)).limit_minor == room.limit().limit_minor == 5_000_000

    def test_r3_an_enrolment_that_broke_off_before_its_limit_gets_it_from_the_worker(
        self, room: Market
    ) -> None:
        with room.pool.connection() as connection:
            save_supplier(
                connection, Supplier(company_id=SUPPLIER_ID, enrolled=True, tier="audited")
            )
            supplier_room.add_decision(
                connection,
                SUPPLIER_ID,
                enrolled=True,
                tier="audited",
                reason="seen",
                decided_at=room.clock(),
                decided_by=OPERATOR,
            )
        assert supplier_standing.recompute_due(rules=RULES, desk=room.desk) == 1
        assert room.limit().limit_minor == 5_000_000
        assert supplier_standing.recompute_due(rules=RULES, desk=room.desk) == 0

    def test_r3_a_sum_that_was_kept_and_not_set_is_set_by_the_worker(
        self, room: Market, make_market: MakeMarket
    ) -> None:
        joined(SUPPLIER_ID, desk=room.desk)
        room.confirmed("ord_1", TERMS)
        room.pass_time(days=7)
        killer = Killer()
        dying = make_market(tracer=killer)
        dying.clock.now = room.clock()
        killer.steps_left = 0
        with pytest.raises(KilledError):
            supplier_standing.recompute_limit(SUPPLIER_ID, rules=RULES, desk=dying.desk)
        assert room.limit().limit_minor == 5_000_000
        supplier_standing.keep_limit(SUPPLIER_ID, rules=RULES, desk=room.desk)
        assert room.limit().limit_minor == 5_500_000

    def test_r3_completed_orders_raise_the_limit_on_the_tenth(self, room: Market) -> None:
        joined(SUPPLIER_ID, desk=room.desk)
        room.confirmed("ord_1", TERMS)
        room.work()
        supplier_standing.catch_up(rules=RULES, desk=room.desk)
        assert room.limit().limit_minor == 5_000_000
        room.pass_time(days=7)
        assert supplier_standing.recompute_due(rules=RULES, desk=room.desk) == 1
        assert room.limit().limit_minor == 5_500_000
        assert supplier_standing.recompute_due(rules=RULES, desk=room.desk) == 0

    def test_r5_the_record_follows_the_orders_events(self, room: Market) -> None:
        joined(SUPPLIER_ID, desk=room.desk)
        room.agreed("ord_1", TERMS)
        before = supplier_standing.refresh(SUPPLIER_ID, desk=room.desk).record
        assert before.assured_orders == 0
        room.pay("ord_1", TERMS.total_minor)
        room.received("ord_1")
        after = supplier_standing.refresh(SUPPLIER_ID, desk=room.desk).record
        assert (after.assured_orders, after.completed_orders) == (1, 1)
        assert after.counted_since is not None
        assert supplier_standing.rebuild(SUPPLIER_ID, desk=room.desk).record == after

    def test_r5_orders_of_a_supplier_that_is_not_enrolled_never_appear(self, room: Market) -> None:
        hashed = account_named(SUPPLIER_ID, desk=room.desk)
        enrolment.judge_account(SUPPLIER_ID, hashed, verified=True, command_id="v", desk=room.desk)
        room.confirmed("ord_1", whole_terms(1_000_000, 0))
        assert supplier_standing.refresh(SUPPLIER_ID, desk=room.desk).record.assured_orders == 0

    def test_r5_catching_up_finds_what_moved_and_then_nothing(self, room: Market) -> None:
        joined(SUPPLIER_ID, desk=room.desk)
        room.paid("ord_1", TERMS)
        assert supplier_standing.catch_up(rules=RULES, desk=room.desk) == 1
        assert supplier_standing.catch_up(rules=RULES, desk=room.desk) == 0
        with room.pool.connection() as connection:
            figures = find_figures(connection, SUPPLIER_ID)
        assert figures is not None
        assert (figures.assured_orders, figures.free_minor) == (1, 5_000_000 - 600_000)

    def test_r5_a_row_that_was_tampered_with_is_put_right_by_a_rebuild(self, room: Market) -> None:
        joined(SUPPLIER_ID, desk=room.desk)
        room.paid("ord_1", TERMS)
        sound = supplier_standing.refresh(SUPPLIER_ID, desk=room.desk).record
        with room.database.as_owner() as owner:
            owner.execute("UPDATE supplier_order SET entry = NULL")
        assert supplier_standing.refresh(SUPPLIER_ID, desk=room.desk).record != sound
        assert supplier_standing.rebuild(SUPPLIER_ID, desk=room.desk).record == sound


class TestReports:
    def test_r6_one_click_is_one_report_however_often(self, room: Market) -> None:
        joined(SUPPLIER_ID, desk=room.desk)
        room.proposed("ord_1", TERMS)
        for body in ("Please pay my cousin.", "He is waiting."):
            say(room, SUPPLIER, body)
        first = report(room, message_no=1)
        room.clock.now += dt.timedelta(hours=1)
        assert report(room, message_no=1) == first
        assert report(room, message_no=2) != first
        assert first.company_id == SUPPLIER_ID

    def test_r6_a_report_names_what_the_supplier_said_and_nothing_else(self, room: Market) -> None:
        joined(SUPPLIER_ID, desk=room.desk)
        room.proposed("ord_1", TERMS)
        say(room, BUYER, "Shall I pay your cousin?")
        for absent in (1, 2):
            with pytest.raises(Refused) as refused:
                report(room, message_no=absent)
            assert refused.value.code is Code.UNKNOWN_REFERENCE

    def test_r6_an_upheld_report_gives_points_and_cuts_the_limit_at_once(
        self, room: Market
    ) -> None:
        joined(SUPPLIER_ID, desk=room.desk)
        room.proposed("ord_1", TERMS)
        room.proposed("ord_2", TERMS)
        for order_id in ("ord_1", "ord_2"):
            judge(room, report(room, order_id).report_id, upheld=True, made_good=True)
        assert room.limit().limit_minor == 3_700_000
        assert supplier_standing.refresh(SUPPLIER_ID, desk=room.desk).enrolled

    def test_r6_a_cut_stays_cut_whoever_computed_the_limit_at_that_moment(
        self, room: Market, make_market: MakeMarket
    ) -> None:
        """A sum of before the points is kept first, and is set last."""
        joined(SUPPLIER_ID, desk=room.desk)
        for order_id in ("ord_1", "ord_2"):
            room.proposed(order_id, TERMS)
        judge(room, report(room, "ord_1").report_id, upheld=True, made_good=True)
        second = report(room, "ord_2").report_id
        other = Interruption(
            room.database, lambda: judge(room, second, upheld=True, made_good=True)
        )
        slow = make_market(tracer=other)
        slow.clock.now = room.clock()
        supplier_standing.recompute_limit(SUPPLIER_ID, rules=RULES, desk=slow.desk)
        other.end()
        assert room.limit().limit_minor == 3_700_000

    def test_r6_what_was_not_made_good_ends_the_enrolment(self, room: Market) -> None:
        joined(SUPPLIER_ID, desk=room.desk)
        room.proposed("ord_1", TERMS)
        judge(room, report(room).report_id, upheld=True)
        known = supplier_standing.refresh(SUPPLIER_ID, desk=room.desk)
        assert known.badge.faults == (BadgeFault.NOT_ENROLLED,)
        assert room.limit().limit_minor == 0
        assert decisions(room)[-1].decided_by == "limit"

    def test_r6_an_end_that_broke_off_is_made_by_the_worker(self, room: Market) -> None:
        """The sum was kept and set, and the process died before the enrolment ended."""
        joined(SUPPLIER_ID, desk=room.desk)
        room.proposed("ord_1", TERMS)
        judge(room, report(room).report_id, upheld=True)
        with room.pool.connection() as connection:
            save_supplier(
                connection, Supplier(company_id=SUPPLIER_ID, enrolled=True, tier="audited")
            )
        supplier_standing.keep_limit(SUPPLIER_ID, rules=RULES, desk=room.desk)
        assert not supplier_standing.refresh(SUPPLIER_ID, desk=room.desk).enrolled

    def test_r6_a_dismissed_report_changes_nothing_and_stays_judged(self, room: Market) -> None:
        joined(SUPPLIER_ID, desk=room.desk)
        room.proposed("ord_1", TERMS)
        made = report(room)
        judge(room, made.report_id, upheld=False)
        assert room.limit().limit_minor == 5_000_000
        with pytest.raises(Refused) as refused:
            judge(room, made.report_id, upheld=True)
        assert refused.value.code is Code.REPORT_JUDGED

    def test_r6_an_order_that_is_not_there_cannot_be_reported(self, room: Market) -> None:
        with pytest.raises(Refused):
            report(room, "ord_none")


class TestWalls:
    """What is a company's own business: row security alone keeps it, whatever the application forgets."""

    def seen(self, room: Market, company_id: str, table: str) -> int:
        with room.pool.connection() as connection, reading(connection, company_id):
            row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        assert row is not None
        count: int = row[0]
        return count

    def test_documents_are_seen_by_their_company_alone(self, room: Market) -> None:
        documented(SUPPLIER_ID, "audited", desk=room.desk)
        assert self.seen(room, SUPPLIER_ID, "supplier_document") == 6
        assert self.seen(room, "com_buyer", "supplier_document") == 0

    def test_r6_an_open_report_is_its_reporters_and_a_judged_one_both_sides(
        self, room: Market
    ) -> None:
        joined(SUPPLIER_ID, desk=room.desk)
        room.proposed("ord_1", TERMS)
        made = report(room)
        assert self.seen(room, "com_buyer", "supplier_report") == 1
        assert self.seen(room, SUPPLIER_ID, "supplier_report") == 0
        judge(room, made.report_id, upheld=False)
        assert self.seen(room, SUPPLIER_ID, "supplier_report") == 1
        assert self.seen(room, "com_other", "supplier_report") == 0

    def test_without_its_policy_a_stranger_would_see_the_documents(self, room: Market) -> None:
        documented(SUPPLIER_ID, "audited", desk=room.desk)
        with room.database.as_owner() as owner:
            owner.execute("ALTER TABLE supplier_document DISABLE ROW LEVEL SECURITY")
        assert self.seen(room, "com_buyer", "supplier_document") == 6

    def test_the_reader_sees_no_other_supplier_table(self, room: Market) -> None:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            self.seen(room, "com_buyer", "supplier_decision")


def test_a_profile_is_written_before_goods_are_offered(room: Market) -> None:
    enrolment.save_profile(profile(SUPPLIER_ID), desk=room.desk)
    with room.pool.connection() as connection:
        assert find_figures(connection, SUPPLIER_ID) is not None


class TestErrand:
    def test_a_supplier_whose_sum_was_tampered_with_holds_up_no_other(self, room: Market) -> None:
        for company_id in ("com_a", SUPPLIER_ID):
            joined(company_id, desk=room.desk)
        with room.database.as_owner() as owner:
            owner.execute(
                "UPDATE supplier_computation SET document = altered, computation_hash = encode(sha256(altered), 'hex')"
                " FROM (SELECT convert_to(replace(convert_from(document, 'UTF8'), '\"limit_minor\":5', '\"limit_minor\":6'), 'UTF8') AS altered"
                " FROM supplier_computation WHERE company_id = 'com_a') AS tampered WHERE company_id = 'com_a'"
            )
        room.confirmed("ord_1", TERMS)
        room.pass_time(days=7)
        assert supplier_standing.recompute_due(rules=RULES, desk=room.desk) == 1
        assert room.limit().limit_minor == 5_500_000

    def test_r3_a_worker_computes_limits_on_their_day_by_itself(self, room: Market) -> None:
        joined(SUPPLIER_ID, desk=room.desk)
        room.confirmed("ord_1", TERMS)
        errand = supplier_standing.SupplierErrand(RULES, room.desk)
        assert errand() == 1
        room.pass_time(days=7)
        passed = [errand() for _ in range(supplier_standing.CALLS_BETWEEN_LOOKS)]
        assert sum(1 for each in passed if each) == 1
        assert room.limit().limit_minor == 5_500_000
