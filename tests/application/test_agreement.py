"""Accepting a version: cover reserved, agreed, confirmed; never the same dollar twice, whatever breaks off wherever."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable

import pytest

from fairlot.application import agreement
from fairlot.application.agreement import accept_version, conclude
from fairlot.application.desk import Desk, limit_id_for
from fairlot.application.outcome import Outcome
from fairlot.application.supplier import suppliers
from fairlot.domain.cover.grants import commands as limit
from fairlot.domain.order import commands as c
from fairlot.domain.order.refusals import Code
from fairlot.domain.order.state import Claim, Status
from fairlot.domain.order.terms import Proof
from fairlot.domain.party import PROVIDER, Actor, Role
from fairlot.domain.policy.model import Ground
from fairlot.store import acceptances
from tests.support.killer import STEPS_OF_A_COMMAND, KilledError, Killer
from tests.support.market import DETAILS, SUPPLIER_ID, MakeMarket, Market, suspended, whole_terms
from tests.support.trades import BUYER, SUPPLIER

COVERED = 600_000
SECOND = dt.timedelta(seconds=1)
TERMS = whole_terms(1_000_000, COVERED)


class TestAcceptance:
    def test_takes_the_cover_it_names_of_the_limit(self, market: Market) -> None:
        market.agreed("ord_1", TERMS)
        order = market.order("ord_1")
        assert (order.status, order.cover_minor, order.enrolled) == (Status.AGREED, COVERED, True)
        (grant,) = market.limit().grants
        assert (grant.order_id, grant.taken_minor) == ("ord_1", COVERED)
        assert market.limit().reservations == ()

    def test_asked_again_gives_the_first_answer_though_facts_changed(self, market: Market) -> None:
        market.proposed("ord_1", TERMS)
        first = market.accept("ord_1")
        suspended(market)
        market.set_limit(0)
        again = market.accept("ord_1")
        assert again.is_replay
        assert again.events == first.events
        assert market.limit().taken_minor == COVERED

    def test_r4_less_cover_than_the_version_names_is_refused_with_the_figure(
        self, market: Market
    ) -> None:
        market.set_limit(400_000)
        market.proposed("ord_1", TERMS)
        outcome = market.accept("ord_1")
        assert outcome.code is Code.COVER_CHANGED
        assert outcome.facts["cover_minor"] == 400_000
        assert market.limit().taken_minor == 0
        signed_again = whole_terms(1_000_000, 400_000, version="b")
        market.ask("ord_1", BUYER, c.ProposeVersion(terms=signed_again)).unwrap()
        market.accept("ord_1", command_id="again", version="b").unwrap()
        assert market.limit().free_minor == 0

    def test_r1_without_enrolment_nothing_is_covered_nor_taken(
        self, make_market: MakeMarket
    ) -> None:
        market = make_market()
        suppliers.name_account(
            SUPPLIER_ID, DETAILS, salt=bytes(16), command_id="n", desk=market.desk
        )
        known = market.desk.suppliers.find(SUPPLIER_ID)
        assert known is not None
        suppliers.verify_account(SUPPLIER_ID, known.account_hash, command_id="v", desk=market.desk)
        market.agreed("ord_1", TERMS)
        assert market.order("ord_1").cover_minor == 0
        assert market.rows("SELECT count(*) FROM limit_event") == [(0,)]

    def test_r7_without_a_verified_account_nothing_is_agreed(self, make_market: MakeMarket) -> None:
        market = make_market().enrolled(verified=False)
        market.proposed("ord_1", TERMS)
        assert market.accept("ord_1").code is Code.ACCOUNT_NOT_VERIFIED
        assert market.limit().taken_minor == 0

    @pytest.mark.parametrize(
        "actor",
        [
            Actor(role=Role.SUPPLIER, company_id="com_other"),
            Actor(role=Role.AGENT, company_id="com_agent"),
            Actor(role=Role.OPERATOR, company_id="com_platform"),
        ],
    )
    def test_a_stranger_ties_up_nothing(self, market: Market, actor: Actor) -> None:
        market.proposed("ord_1", TERMS)
        outcome = accept_version("ord_1", "a" * 64, actor=actor, command_id="x", desk=market.desk)
        assert outcome.code is Code.NOT_PERMITTED
        assert market.rows("SELECT count(*) FROM order_acceptance") == [(0,)]
        assert len(market.rows("SELECT 1 FROM limit_event")) == 1

    @pytest.mark.parametrize(
        ("actor", "version", "code"),
        [(BUYER, "a", Code.OWN_PROPOSAL), (SUPPLIER, "z", Code.VERSION_SUPERSEDED)],
    )
    def test_what_cannot_be_accepted_reserves_nothing(
        self, market: Market, actor: Actor, version: str, code: Code
    ) -> None:
        market.proposed("ord_1", TERMS)
        outcome = accept_version(
            "ord_1", version * 64, actor=actor, command_id="x", desk=market.desk
        )
        assert outcome.code is code
        assert len(market.rows("SELECT 1 FROM limit_event")) == 1

    def test_an_id_means_one_acceptance(self, market: Market) -> None:
        market.agreed("ord_1", TERMS)
        other = accept_version(
            "ord_1", "b" * 64, actor=SUPPLIER, command_id="accept", desk=market.desk
        )
        assert other.code is Code.COMMAND_ID_REUSED

    def test_the_same_id_on_another_order_is_another_acceptance(self, market: Market) -> None:
        market.agreed("ord_1", TERMS)
        market.agreed("ord_2", TERMS)
        assert market.limit().taken_minor == 2 * COVERED


class TestChanges:
    """A11: an increase gets its own grant, a decrease frees the difference."""

    def test_an_increase_takes_more(self, market: Market) -> None:
        market.agreed("ord_1", TERMS)
        more = whole_terms(1_500_000, 900_000, version="b")
        market.ask("ord_1", BUYER, c.ProposeVersion(terms=more)).unwrap()
        market.accept("ord_1", command_id="change", version="b").unwrap()
        market.work()
        assert market.order("ord_1").cover_minor == 900_000
        assert market.limit().taken_minor == 900_000

    def test_an_increase_that_is_not_free_is_refused(self, market: Market) -> None:
        market.agreed("ord_1", TERMS)
        market.set_limit(700_000)
        more = whole_terms(1_500_000, 900_000, version="b")
        market.ask("ord_1", BUYER, c.ProposeVersion(terms=more)).unwrap()
        outcome = market.accept("ord_1", command_id="change", version="b")
        assert (outcome.code, outcome.facts["cover_minor"]) == (Code.COVER_CHANGED, 100_000)
        assert market.order("ord_1").cover_minor == COVERED
        assert market.limit().taken_minor == COVERED

    def test_a_decrease_frees_the_difference(self, market: Market) -> None:
        market.agreed("ord_1", TERMS)
        less = whole_terms(500_000, 500_000, version="b")
        market.ask("ord_1", BUYER, c.ProposeVersion(terms=less)).unwrap()
        market.accept("ord_1", command_id="change", version="b").unwrap()
        market.work()
        assert market.order("ord_1").cover_minor == 500_000
        assert market.limit().taken_minor == 500_000


class TestFreedom:
    """A23: an order takes its cover until no claim can arise from it."""

    def test_an_unpaid_order_frees_its_cover_and_takes_it_again_when_it_comes_back(
        self, market: Market
    ) -> None:
        market.agreed("ord_1", TERMS)
        booked_at = market.clock()
        market.clock.move(days=61)
        market.work()
        assert market.order("ord_1").status is Status.CANCELLED
        assert market.limit().grants == ()
        payment = c.RecordPayment(
            payment_id="p1",
            rail="wire",
            amount_minor=1_000_000,
            currency="USD",
            booked_at=booked_at,
        )
        market.ask("ord_1", PROVIDER, payment).unwrap()
        market.work()
        assert market.order("ord_1").status is Status.IN_PRODUCTION
        assert market.limit().taken_minor == COVERED

    def test_a23_a_completed_order_keeps_its_cover_until_its_window_is_over(
        self, market: Market
    ) -> None:
        market.confirmed("ord_1", TERMS)
        until = market.clock() + dt.timedelta(days=30)
        market.work()
        assert market.order("ord_1").status is Status.COMPLETED
        (grant,) = market.limit().grants
        assert (grant.taken_minor, grant.until) == (COVERED, until)
        market.clock.now = until
        market.work()
        assert market.limit().taken_minor == COVERED
        market.clock.now = until + SECOND
        market.work()
        assert market.order("ord_1").status is Status.COMPLETED
        assert market.limit().taken_minor == 0

    def test_a23_an_order_that_nobody_confirms_is_free_when_its_window_ends(
        self, market: Market
    ) -> None:
        market.confirmed("ord_0", TERMS)
        market.paid("ord_1", TERMS)
        shipment = c.RecordShipment(
            shipment_id="s1", proof=Proof.BILL_OF_LADING, document_hash="b" * 64
        )
        market.ask("ord_1", SUPPLIER, shipment).unwrap()
        delivery = c.RecordDelivery(shipment_id="s1", document_hash="c" * 64)
        market.ask("ord_1", PROVIDER, delivery).unwrap()
        market.pass_time(days=29)
        assert market.limit().taken_minor == 2 * COVERED
        market.pass_time(days=2)
        assert market.order("ord_1").status is Status.COMPLETED
        assert market.limit().taken_minor == 0
        market.assert_sound()

    def test_a23_goods_that_only_count_as_delivered_keep_it_for_what_fraud_may_show(
        self, market: Market
    ) -> None:
        market.paid("ord_1", TERMS)
        shipment = c.RecordShipment(
            shipment_id="s1", proof=Proof.BILL_OF_LADING, document_hash="b" * 64
        )
        market.ask("ord_1", SUPPLIER, shipment).unwrap()
        market.pass_time(days=179)
        assert market.order("ord_1").status is Status.COMPLETED
        assert market.limit().taken_minor == COVERED
        market.pass_time(days=2)
        assert market.limit().taken_minor == 0

    def test_a23_a_claim_in_time_keeps_it_though_the_window_ends(self, market: Market) -> None:
        market.confirmed("ord_1", TERMS)
        market.pass_time(days=30)
        claim = c.OpenDispute(claims=(Claim(ground=Ground.WRONG_GOODS, lines=()),))
        market.ask("ord_1", BUYER, claim).unwrap()
        market.clock.move(days=3)
        market.work()
        (grant,) = market.limit().grants
        assert (grant.taken_minor, grant.until) == (COVERED, None)

    def test_a23_fraud_learned_of_later_takes_it_again(self, market: Market) -> None:
        market.confirmed("ord_1", TERMS)
        market.pass_time(days=60)
        assert market.limit().taken_minor == 0
        claim = c.OpenDispute(
            claims=(Claim(ground=Ground.COUNTERFEIT, lines=()),), known_at=market.clock()
        )
        market.ask("ord_1", BUYER, claim).unwrap()
        market.work()
        assert market.limit().taken_minor == COVERED

    def test_a23_nobody_is_refused_for_want_of_a_worker(self, market: Market) -> None:
        market.set_limit(COVERED)
        market.confirmed("ord_1", TERMS)
        market.work()
        market.clock.move(days=31)
        market.proposed("ord_2", TERMS)
        market.accept("ord_2", command_id="second").unwrap()
        assert market.limit().taken_minor == COVERED

    def test_a23_a_claim_in_time_is_found_without_a_worker(self, market: Market) -> None:
        """Planted: a limit that freed by the clock alone would share the claimant's dollars."""
        market.set_limit(COVERED)
        market.confirmed("ord_1", TERMS)
        market.work()
        claim = c.OpenDispute(claims=(Claim(ground=Ground.WRONG_GOODS, lines=()),))
        market.ask("ord_1", BUYER, claim).unwrap()
        market.clock.move(days=31)
        market.proposed("ord_2", TERMS)
        refused = market.accept("ord_2", command_id="second")
        assert (refused.code, refused.facts["cover_minor"]) == (Code.COVER_CHANGED, 0)

    def test_a_refund_on_its_way_keeps_it(self, market: Market) -> None:
        market.paid("ord_1", TERMS)
        market.clock.move(days=120)
        market.settle()
        assert market.order("ord_1").status is Status.CANCELLED
        refunds = [place for place in market.waiting() if place.family == "order"]
        topics = dict(
            market.rows("SELECT topic, seq FROM order_outbox WHERE topic = 'send_refund'")
        )
        for place in refunds:
            if place.seq != topics["send_refund"]:
                market.perform(place)
        assert market.limit().taken_minor == COVERED
        market.work()
        assert market.limit().taken_minor == 0


def taken_beyond_the_limit(market: Market) -> int:
    """Return by how much the orders' promised cover exceeds the limit."""
    ids = [key for (key,) in market.rows("SELECT order_id FROM order_head")]
    promised = sum(market.order(key).cover_minor for key in ids)
    return max(0, promised - market.limit().limit_minor)


def at_once(tasks: list[Callable[[], object]]) -> None:
    """Run tasks in threads that leave a barrier together; raise what any of them raises."""
    barrier = threading.Barrier(len(tasks))
    failures: list[BaseException] = []

    def run(task: Callable[[], object]) -> None:
        barrier.wait()
        try:
            task()
        except BaseException as error:
            failures.append(error)
            raise

    threads = [threading.Thread(target=run, args=[task]) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


class TestRace:
    """Two orders agreed in the same instant never share limit."""

    ROUNDS = 12

    def test_one_of_two_acceptances_gets_the_last_of_the_limit(self, market: Market) -> None:
        for number in range(self.ROUNDS):
            market.set_limit(COVERED * (number + 1))
            orders = [f"ord_{number}a", f"ord_{number}b"]
            for order_id in orders:
                market.proposed(order_id, TERMS)
            at_once([lambda order_id=order_id: market.accept(order_id) for order_id in orders])  # type: ignore[misc]
            statuses = sorted(market.order(order_id).status.value for order_id in orders)
            assert statuses == ["agreed", "proposed"]
            assert taken_beyond_the_limit(market) == 0
            assert market.limit().free_minor == 0

    def test_an_acceptance_that_only_looks_at_what_is_free_is_caught(self, market: Market) -> None:
        """Planted: free cover is read without a reservation, and granted by what was read."""
        market.set_limit(COVERED)
        for order_id in ("ord_a", "ord_b"):
            market.proposed(order_id, TERMS)
        both_have_looked = threading.Barrier(2)

        def careless(order_id: str) -> Outcome:
            free_minor = market.limit().free_minor
            both_have_looked.wait()
            grant = c.Grant(
                enrolled=True, account_verified=True, cover_minor=min(free_minor, COVERED)
            )
            command = c.AcceptVersion(version_hash="a" * 64, grant=grant)
            outcome = market.ask(order_id, SUPPLIER, command)
            hold = limit.HoldCover(
                order_id=order_id, cover_minor=COVERED, rate_numerator=1, rate_denominator=1
            )
            market.desk.ask_limit(limit_id_for(SUPPLIER_ID), hold, command_id=f"hold {order_id}")
            return outcome

        at_once([lambda: careless("ord_a"), lambda: careless("ord_b")])
        assert taken_beyond_the_limit(market) == COVERED

    def test_a_double_click_agrees_once(self, market: Market) -> None:
        market.proposed("ord_1", TERMS)
        at_once([lambda: market.accept("ord_1")] * 4)
        assert market.order("ord_1").status is Status.AGREED
        assert market.limit().taken_minor == COVERED
        assert market.rows("SELECT count(*) FROM order_event WHERE type = 'OrderAgreed'") == [(1,)]


@pytest.fixture
def killer() -> Killer:
    return Killer()


@pytest.fixture
def mortal(make_market: MakeMarket, killer: Killer) -> Market:
    """A market whose process can be ended at any step."""
    return make_market(tracer=killer).enrolled(limit_minor=10**12)


def steps_of_an_acceptance(market: Market, killer: Killer) -> int:
    market.proposed("ord_count", TERMS)
    before = killer.steps
    market.accept("ord_count").unwrap()
    return killer.steps - before


def killed_after(market: Market, killer: Killer, order_id: str, steps: int) -> None:
    """Begin an acceptance that is ended after so many steps."""
    market.proposed(order_id, TERMS)
    killer.steps_left = steps
    with pytest.raises(KilledError):
        market.accept(order_id)


class TestCrash:
    """C2: whatever step an acceptance ends at, one retry, or the clocks alone, bring it to the end of one that did not."""

    def test_asked_again_it_ends_as_if_nothing_had_happened(
        self, mortal: Market, killer: Killer
    ) -> None:
        count = steps_of_an_acceptance(mortal, killer)
        assert count >= 15
        for steps in range(count):
            order_id = f"ord_{steps}"
            killed_after(mortal, killer, order_id, steps)
            mortal.accept(order_id).unwrap()
            assert mortal.order(order_id).cover_minor == COVERED
        assert mortal.limit().reservations == ()
        assert mortal.limit().taken_minor == COVERED * (count + 1)

    def test_never_asked_again_the_clocks_settle_it(self, mortal: Market, killer: Killer) -> None:
        count = steps_of_an_acceptance(mortal, killer)
        for steps in range(count):
            killed_after(mortal, killer, f"ord_{steps}", steps)
        mortal.clock.move(hours=2)
        mortal.work()
        agreed = sum(mortal.order(f"ord_{steps}").status is Status.AGREED for steps in range(count))
        assert 0 < agreed < count
        assert mortal.limit().reservations == ()
        assert mortal.limit().taken_minor == COVERED * (agreed + 1)
        mortal.assert_sound()

    def test_without_a_worker_the_next_acceptance_settles_what_was_left(
        self, mortal: Market, killer: Killer
    ) -> None:
        """Killed between the reservation and the order: the dollars lie idle, and are not lost to who comes later."""
        mortal.set_limit(COVERED)
        mortal.proposed("ord_1", TERMS)
        killer.steps_left = STEPS_OF_A_COMMAND
        with pytest.raises(KilledError):
            mortal.accept("ord_1")
        assert mortal.limit().free_minor == 0
        mortal.proposed("ord_2", TERMS)
        assert mortal.accept("ord_2", command_id="too early").code is Code.COVER_CHANGED
        mortal.clock.move(hours=2)
        mortal.accept("ord_2", command_id="later").unwrap()
        assert taken_beyond_the_limit(mortal) == 0

    def test_who_slept_through_the_clock_cannot_agree_on_what_is_free_again(
        self, mortal: Market, killer: Killer
    ) -> None:
        self.test_without_a_worker_the_next_acceptance_settles_what_was_left(mortal, killer)
        assert mortal.accept("ord_1").code is Code.COMMAND_ID_REUSED
        assert mortal.order("ord_1").status is Status.PROPOSED
        assert taken_beyond_the_limit(mortal) == 0

    def test_releasing_without_using_up_the_id_is_caught(
        self, mortal: Market, killer: Killer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Planted: a lapsed reservation is released because the order does not look agreed."""

        def hasty(order_id: str, acceptance_id: str, *, limit_id: str, desk: Desk) -> None:
            conclude(order_id, acceptance_id, is_agreed=False, limit_id=limit_id, desk=desk)

        monkeypatch.setattr(agreement, "resolve", hasty)
        self.test_without_a_worker_the_next_acceptance_settles_what_was_left(mortal, killer)
        mortal.accept("ord_1").unwrap()
        assert taken_beyond_the_limit(mortal) == COVERED

    def test_a_try_that_does_not_know_the_one_before_is_caught(
        self, mortal: Market, killer: Killer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Planted: facts are found out anew at every try, so the second asks something else under the first one's id."""
        monkeypatch.setattr(acceptances, "find_acceptance", lambda *_: None)
        monkeypatch.setattr(acceptances, "keep_acceptance", lambda *given, **_: given[3])
        killed_after(mortal, killer, "ord_1", 2 * STEPS_OF_A_COMMAND)
        suspended(mortal)
        assert mortal.accept("ord_1").code is Code.COMMAND_ID_REUSED
        assert mortal.order("ord_1").status is Status.AGREED
