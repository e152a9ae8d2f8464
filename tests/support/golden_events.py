"""One golden event per type: the canonical bytes as they are stored, taken from situations that real commands made.

Files are added, never edited: `make docs` writes those that are missing. An event of an old shape must decode for ever.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import msgspec

from fairlot.domain.audit.canonical import canonical_bytes
from fairlot.domain.order import commands as c
from fairlot.domain.order.clocks import ClockKind
from fairlot.domain.order.events import Event, OrderEvent
from fairlot.domain.order.evolve import evolve
from fairlot.domain.order.state import EMPTY, Discrepancy, Order
from fairlot.domain.order.terms import Instalment, Line, Mode, Party
from tests.support.fees import with_another_card_fee
from tests.support.given import (
    BANK,
    BUYER,
    GUARANTEE,
    HALVES,
    INSPECTOR,
    OPERATOR,
    PRICE,
    SUPERVISOR,
    SUPPLIER,
    Given,
    booking,
    days,
    given,
    payment,
    refund_offer,
    report,
)
from tests.support.order_scripts import made_concrete, play, random_script
from tests.support.situations import STAGES, STATUSES

FOLDER = Path(__file__).resolve().parents[1] / "golden" / "events"
ALL_EVENTS: tuple[type[Event], ...] = get_args(OrderEvent)
# Scripts that are looked through for the types that no situation shows.
SCRIPTS_MAX = 1_000


def path_of(event_type: type[Event]) -> Path:
    """Return where the golden event of a type is kept."""
    return FOLDER / f"{event_type.__name__}.json"


def _withdrawn() -> Given:
    here = given().proposed()
    return here.by(BUYER, c.WithdrawVersion(version_hash=here.terms.version_hash))


def _samples() -> Given:
    here = (
        given().drafted().by(BUYER, c.RequestSample(sample_id="a"), c.RequestSample(sample_id="b"))
    )
    for sample_id in ("a", "b"):
        seal = c.RecordSampleSent(sample_id=sample_id, seal_hash="9" * 64)
        here = here.by(SUPPLIER, seal)
    here = here.by(BUYER, c.ApproveSample(sample_id="a"), c.RejectSample(sample_id="b"))
    return here.by(
        BUYER,
        c.GrantMandate(agent_id="com_agent", rights=()),
        c.RevokeMandate(agent_id="com_agent"),
    )


def _undone() -> Given:
    cancelled = given().agreed().quiet()
    assert cancelled.order.payment_until is not None
    booked = payment(cancelled.terms.total_minor, booked_at=cancelled.order.payment_until)
    return cancelled.when(BANK, booked).granted()


def _rejected() -> Given:
    return STAGES["inspection failed"]().by(BUYER, c.RejectLot())


def _talked_longer() -> Given:
    here = given().disputed().by(BUYER, c.ExtendNegotiation())
    return here.by(SUPPLIER, c.ExtendNegotiation())


def _fulfilled() -> Given:
    return STAGES["settled on condition"]().by(BUYER, c.ConfirmFulfilled())


def _paid_after_all() -> Given:
    """A balance that is paid while the platform's own case about it runs."""
    here = given(instalments=HALVES).paid(500_000).by(BUYER, booking()).by(INSPECTOR, report())
    late = here.at(here.due_at(ClockKind.BALANCE) + days(1))
    return late.by(BANK, payment(500_000, "p2"))


def _sent_at_a_cost() -> Given:
    sent = c.RecordReturnSent(mode=Mode.SEA, proof_hash="p", freight_minor=9_000)
    return STAGES["return opened"]().by(BUYER, sent)


def _decided_return() -> Given:
    ruled = c.DecideReturn(refunds=True, reason_hash="r")
    return STAGES["return contested"]().by(SUPERVISOR, ruled)


def _bounced_before_it_counted() -> Given:
    bounced = c.RecordPaymentReversed(payment_id="p1", code="R01")
    return STAGES["payment awaited"]().by(BANK, bounced)


def _declined() -> Given:
    offered = given().disputed().by(SUPPLIER, refund_offer(150_000))
    return offered.by(BUYER, c.DeclineOffer(offer_id="o1"))


def _settled_and_not_repaid() -> Given:
    offered = given(GUARANTEE).disputed().by(SUPPLIER, refund_offer(150_000))
    return offered.by(BUYER, c.AcceptOffer(offer_id="o1"))


def _repaid_in_part() -> Given:
    part = c.RecordSupplierRepaid(refund_id="r1", amount_minor=50_000)
    return _settled_and_not_repaid().by(BANK, part)


def _honoured() -> Given:
    """The bank refuses the documents, the buyer waives, the bank pays."""
    here = STAGES["documents presented"]()
    refused = c.RecordDocumentsRefused(discrepancies=(Discrepancy.FOUND_BY_BANK,))
    here = here.by(BANK, refused).by(BUYER, c.WaiveDiscrepancies(signature_hash="w"))
    return here.by(BANK, c.RecordCreditHonoured(payment_id="c1", amount_minor=900_000))


def _moved() -> Given:
    here = STAGES["number without movement"]()
    return here.by(BANK, c.RecordMovement(shipment_id="s1", moved_at=here.now))


def _dearer() -> Given:
    """A change that both agree to costs a tenth more."""
    here = given().paid()
    terms = msgspec.structs.replace(
        here.terms,
        version_hash="2" * 64,
        total_minor=1_100_000,
        lines=(Line(number=1, quantity=1_100, unit_price_minor=1_000),),
        instalments=(Instalment(name="full", amount_minor=1_100_000),),
    )
    grant = c.Grant(enrolled=True, account_verified=True, cover_minor=0)
    accepted = c.AcceptVersion(version_hash="2" * 64, grant=grant)
    return here.by(SUPPLIER, c.ProposeVersion(terms=terms)).by(BUYER, accepted)


def _given_up() -> Given:
    """Paid by card, and cancelled for a fault of the platform."""
    paid = given().agreed().by(BANK, payment(1_028_000, rail="card"))
    return paid.by(OPERATOR, c.CancelByPlatform(reason_hash="g"))


def _fee_of_supplier() -> Given:
    """The contract lays the card's fee on the supplier: a release takes it."""
    laid = given(fee_borne_by=Party.SUPPLIER)
    return laid.delivered(amount_minor=PRICE, rail="card").by(BUYER, c.ConfirmReceipt())


def _fee_lifted() -> Given:
    here = given(fee_borne_by=Party.SUPPLIER).paid(PRICE, rail="e-checking")
    return here.by(BANK, c.RecordPaymentReversed(payment_id="p1", code="R01"))


def _fee_of_nothing() -> Given:
    """Nothing was shipped, so all goes back; the supplier owes the card's fee, and pays it."""
    here = given(fee_borne_by=Party.SUPPLIER).paid(PRICE, rail="card").quiet()
    return here.by(BANK, c.RecordRecovery(recovery_id="v1", amount_minor=28_000))


def _consented() -> Given:
    """Paying by card has come to cost more since the agreement."""
    return with_another_card_fee(given().agreed(), 320).by(BUYER, c.ConsentToFee(rail="card"))


def _bank_at_work() -> Given:
    paid = given().agreed().by(BANK, payment(1_028_000, rail="card"))
    opened = c.RecordChargebackOpened(chargeback_id="cb1", amount_minor=1_028_000)
    return paid.by(BANK, opened, c.RecordChargebackMessage(chargeback_id="cb1"))


def _cost_paid_back() -> Given:
    """A lost chargeback beside an upheld claim; the supplier pays back what it cost."""
    here = given().disputed(amount_minor=1_028_000, rail="card")
    opened = c.RecordChargebackOpened(chargeback_id="cb1", amount_minor=300_000)
    lost = c.RecordChargebackEnded(chargeback_id="cb1", won=False, network_fee_minor=1_500)
    upheld = here.by(BANK, opened, lost).decided(100_000).final()
    return upheld.by(BANK, c.RecordRecovery(recovery_id="v1", amount_minor=1_500))


def _paid_back() -> Given:
    """The buyer pays part of what it got twice, and the platform gives up the rest."""
    here = STAGES["paid twice"]().by(BANK, c.RecordDebtPaid(amount_minor=400_000))
    return here.by(OPERATOR, c.WriteOffDebt(reason_hash="w"))


def _blocked() -> Given:
    here = given().agreed()
    return here.by(BANK, c.RecordCardBlock(since=here.now), c.RecordCardBlock(since=None))


def _answered_late() -> Given:
    """Nobody asked the supplier's other payables for two days."""
    here = STAGES["refund sought"]().after(days(2))
    return here.by(BANK, c.RecordSetOff(refund_id="r1", taken_minor=70_000))


def _inspector_paid() -> Given:
    here = given().paid().by(BUYER, booking()).by(INSPECTOR, report())
    return here.by(BANK, c.RecordInspectorPaid(inspection_id="i1"))


def _extended() -> Given:
    return given().shipped().by(BUYER, c.ExtendArrival(shipment_id="s1"))


EXTRA = (
    _paid_back,
    _blocked,
    _answered_late,
    _cost_paid_back,
    _dearer,
    _consented,
    _fee_of_supplier,
    _fee_lifted,
    _fee_of_nothing,
    _bank_at_work,
    _given_up,
    _inspector_paid,
    _extended,
    _repaid_in_part,
    _declined,
    _honoured,
    _sent_at_a_cost,
    _decided_return,
    _bounced_before_it_counted,
    _settled_and_not_repaid,
    _moved,
    _withdrawn,
    _samples,
    _undone,
    _rejected,
    _talked_longer,
    _fulfilled,
    _paid_after_all,
)


def records() -> Iterator[tuple[OrderEvent, ...]]:
    """Yield whole records of orders, from the plainest to the strangest."""
    for make in (*STATUSES.values(), *STAGES.values(), *EXTRA):
        here = make()
        yield here.events
        yield here.quiet().events
    for seed in range(SCRIPTS_MAX):
        policy, acts = made_concrete(random_script(random.Random(seed)))
        yield tuple(play(policy, acts, None).events)


def first_of_each() -> dict[type[Event], tuple[Order, OrderEvent]]:
    """Return, for every type, the first event of it and the order that it happened to."""
    found: dict[type[Event], tuple[Order, OrderEvent]] = {}
    for record in records():
        order = EMPTY
        for event in record:
            found.setdefault(type(event), (order, event))
            order = evolve(order, event)
        if len(found) == len(ALL_EVENTS):
            return found
    missing = sorted(kind.__name__ for kind in set(ALL_EVENTS) - set(found))
    raise AssertionError(f"nothing shows {', '.join(missing)}")


def write_missing() -> list[Path]:
    """Write the golden events that are not there yet, and return their paths."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    written = []
    for event_type, (_, event) in first_of_each().items():
        path = path_of(event_type)
        if not path.exists():
            path.write_bytes(canonical_bytes(event) + b"\n")
            written.append(path)
    return written


def write_hashes() -> None:
    """Add the hashes of golden events that have none; those that have one keep it."""
    sums = FOLDER / "SHA256SUMS"
    known = {line.split("  ")[1] for line in sums.read_text(encoding="utf-8").splitlines()}
    with sums.open("a", encoding="utf-8") as file:
        for path in sorted(FOLDER.glob("*.json")):
            if path.name not in known:
                file.write(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n")
