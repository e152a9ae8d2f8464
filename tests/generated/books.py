"""docs/chart-of-accounts.md and docs/worked-examples.md: every account, and the deals that an accountant would draw."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from msgspec.structs import replace

from fairlot.domain.ledger.accounts import CHART, Account, Posting, Side
from fairlot.domain.ledger.journal import postings_for
from fairlot.domain.order import commands as c
from fairlot.domain.order.state import (
    Claim,
    Condition,
    CreditDocument,
    InspectionStage,
    OfferKind,
    Outcome,
)
from fairlot.domain.order.terms import Instalment, Line, Mode, Party, Proof
from fairlot.domain.party import PROVIDER
from fairlot.domain.policy.model import Ground
from tests.generated.templates import template_rows
from tests.support.trades import (
    BUYER,
    INSPECTOR,
    MEDIATOR,
    NONE_FOUND,
    OPERATOR,
    SUPPLIER,
    Trade,
    with_terms,
)

GENERATED = "Generated from the code by `make docs`; do not edit."


def chart_of_accounts() -> str:
    """Return the chart with each account's normal side and meaning, and the events that post."""
    rows = [
        f"| `{account.value}` | {CHART[account].side} | {CHART[account].meaning} |"
        for account in Account
    ]
    return "\n".join(
        [
            "# Chart of accounts",
            "",
            GENERATED,
            "",
            "Positive amounts are debits. Every entry balances per currency and is never changed. Accounts of an order are",
            "kept with it; a bank account carries the way to pay as its part.",
            "",
            "| account | normal side | meaning |",
            "|---|---|---|",
            *rows,
            "",
            "## Templates of entries",
            "",
            "What each debits and credits, as far as its amounts are not zero; an account on both sides stands where its amount",
            "may have either sign. With figures they stand in [worked-examples.md](worked-examples.md).",
            "",
            "| books of | event | template | debit | credit |",
            "|---|---|---|---|---|",
            *template_rows(),
            "",
        ]
    )


def _whole() -> Trade:
    terms = with_terms(instalments=(Instalment(name="whole", amount_minor=1_980_000),))
    return Trade(terms=terms)


def _confirmed_refund(trade: Trade) -> Trade:
    refund = trade.order.refunds[0]
    amount = refund.amount_minor - refund.confirmed_minor
    trade.ask(PROVIDER, c.RecordRefundConfirmed(refund_id=refund.id, amount_minor=amount))
    return trade


def _fulfilled() -> Trade:
    trade = Trade().delivered()
    trade.ask(BUYER, c.ConfirmReceipt())
    return trade


def _overpaid() -> Trade:
    trade = _whole().agreed()
    trade.pay("p1", 2_030_000)
    return _confirmed_refund(trade)


def _wrong_currency() -> Trade:
    trade = _whole().agreed()
    euros = c.RecordPayment(payment_id="p1", rail="wire", amount_minor=920_000, currency="EUR")
    trade.ask(PROVIDER, euros)
    trade.wait(days=30)
    trade.settle()
    return _confirmed_refund(trade)


def _settled() -> Trade:
    trade = Trade().disputed()
    offer = c.OfferTerms(id="o1", kind=OfferKind.REFUND, amount_minor=198_000)
    trade.ask(SUPPLIER, c.MakeOffer(offer=offer))
    trade.ask(BUYER, c.AcceptOffer(offer_id="o1"))
    return _confirmed_refund(trade)


def _guaranteed() -> Trade:
    terms = with_terms(instalments=(Instalment(name="whole", amount_minor=1_980_000),))
    trade = Trade(edition="guarantee-2017", terms=terms).agreed()
    trade.pay("p1", 1_980_000)
    trade.wait(days=160)
    trade.settle()
    _confirmed_refund(trade)
    trade.ask(PROVIDER, c.RecordRecovery(recovery_id="v1", amount_minor=500_000))
    return trade


def _charged_back() -> Trade:
    trade = _whole().agreed()
    card = c.RecordPayment(payment_id="p1", rail="card", amount_minor=2_035_440, currency="USD")
    trade.ask(PROVIDER, card)
    trade.ask(PROVIDER, c.RecordChargebackOpened(chargeback_id="cb1", amount_minor=2_035_440))
    trade.ask(PROVIDER, c.RecordChargebackEnded(chargeback_id="cb1", won=False))
    return trade


def _chargeback_won() -> Trade:
    trade = _whole().agreed()
    card = c.RecordPayment(payment_id="p1", rail="card", amount_minor=2_035_440, currency="USD")
    trade.ask(PROVIDER, card)
    trade.ask(PROVIDER, c.RecordChargebackOpened(chargeback_id="cb1", amount_minor=2_035_440))
    won = c.RecordChargebackEnded(chargeback_id="cb1", won=True, network_fee_minor=1_500)
    trade.ask(PROVIDER, won)
    return trade


def _charged_back_and_upheld() -> Trade:
    """The bank takes a part; the claim is upheld, and the supplier pays back the network's charge."""
    trade = _whole().agreed()
    card = c.RecordPayment(payment_id="p1", rail="card", amount_minor=2_035_440, currency="USD")
    trade.ask(PROVIDER, card)
    leave = c.RecordShipment(shipment_id="s1", proof=Proof.BILL_OF_LADING, document_hash="b" * 64)
    trade.ask(SUPPLIER, leave)
    trade.wait(days=30)
    trade.ask(PROVIDER, c.RecordDelivery(shipment_id="s1", document_hash="c" * 64))
    claim = Claim(ground=Ground.QUALITY, lines=(1,), term_ids=("capacity",))
    trade.ask(BUYER, c.OpenDispute(claims=(claim,)))
    trade.ask(PROVIDER, c.RecordChargebackOpened(chargeback_id="cb1", amount_minor=500_000))
    lost = c.RecordChargebackEnded(chargeback_id="cb1", won=False, network_fee_minor=1_500)
    trade.ask(PROVIDER, lost)
    decision = c.Decide(outcome=Outcome.PARTIAL_REFUND, amount_minor=396_000, reason_hash="e" * 64)
    _heard(trade, decision)
    trade.ask(PROVIDER, c.RecordRecovery(recovery_id="v1", amount_minor=1_500))
    return trade


def _heard(trade: Trade, decision: c.Decide) -> Trade:
    """Have the running dispute decided, and let the time to appeal run out."""
    trade.ask(SUPPLIER, c.Escalate())
    trade.ask(BUYER, c.Escalate())
    trade.ask(OPERATOR, c.NameMediator(mediator_id="per_mediator"))
    trade.wait(days=6)
    trade.ask(MEDIATOR, decision)
    trade.wait(days=8)
    trade.settle()
    return trade


def _inspected_in_the_case() -> Trade:
    """The buyer advances the fee of an inspection that finds the capacity below what was agreed."""
    trade = Trade().disputed()
    booking = c.BookInspection(
        inspection_id="d1", company="SGS", stage=InspectionStage.DISPUTE, fee_minor=30_000
    )
    trade.ask(BUYER, booking)
    report = c.RecordInspectionReport(
        inspection_id="d1",
        lot=3_000,
        line=1,
        critical=NONE_FOUND,
        major=NONE_FOUND,
        minor=NONE_FOUND,
        mandatory_failed=("capacity",),
    )
    trade.ask(INSPECTOR, report)
    trade.ask(PROVIDER, c.RecordInspectorPaid(inspection_id="d1"))
    return trade


def _decided_in_part() -> Trade:
    decision = c.Decide(outcome=Outcome.PARTIAL_REFUND, amount_minor=396_000, reason_hash="e" * 64)
    return _confirmed_refund(_heard(Trade().disputed(), decision))


def _fee_back() -> Trade:
    decision = c.Decide(outcome=Outcome.PARTIAL_REFUND, amount_minor=600_000, reason_hash="e" * 64)
    return _confirmed_refund(_heard(_inspected_in_the_case(), decision))


def _returned() -> Trade:
    decision = c.Decide(
        outcome=Outcome.FULL_REFUND,
        amount_minor=1_980_000,
        condition=Condition.RETURN,
        otherwise_minor=396_000,
        reason_hash="e" * 64,
    )
    trade = _heard(Trade().disputed(), decision)
    trade.ask(BUYER, c.RecordReturnSent(mode=Mode.SEA, proof_hash="p" * 64, freight_minor=45_000))
    trade.wait(days=30)
    trade.ask(PROVIDER, c.RecordReturnArrived(proof_hash="p" * 64))
    trade.ask(SUPPLIER, c.JudgeReturn())
    refund_id = trade.order.refunds[0].id
    trade.ask(PROVIDER, c.RecordSetOff(refund_id=refund_id, taken_minor=45_000))
    return _confirmed_refund(trade)


def _by_credit() -> Trade:
    trade = _whole().agreed()
    documents = (CreditDocument.TRANSPORT_DOCUMENT,)
    trade.ask(
        PROVIDER,
        c.RecordCreditAdvised(
            credit_id="lc1",
            issuing_bank_bic="DEUTDEFF",
            amount_minor=1_980_000,
            currency="USD",
            latest_shipment_date=dt.date(2027, 3, 15),
            expiry_date=dt.date(2027, 4, 15),
            documents=documents,
        ),
    )
    bill = c.RecordShipment(shipment_id="s1", proof=Proof.BILL_OF_LADING, document_hash="b" * 64)
    trade.ask(SUPPLIER, bill)
    shown = c.PresentDocuments(amount_minor=1_980_000, documents=documents, document_hash="d" * 64)
    trade.ask(SUPPLIER, shown)
    trade.ask(PROVIDER, c.RecordCreditHonoured(payment_id="c1", amount_minor=1_980_000))
    return trade


def _fee_on_supplier() -> Trade:
    """The contract lays the fee on the supplier: the release is the price less what the processor kept."""
    whole = (Instalment(name="whole", amount_minor=1_980_000),)
    trade = Trade(terms=with_terms(instalments=whole, fee_borne_by=Party.SUPPLIER)).agreed()
    card = c.RecordPayment(payment_id="p1", rail="card", amount_minor=1_980_000, currency="USD")
    trade.ask(PROVIDER, card)
    leave = c.RecordShipment(shipment_id="s1", proof=Proof.BILL_OF_LADING, document_hash="b" * 64)
    trade.ask(SUPPLIER, leave)
    trade.wait(days=30)
    trade.ask(PROVIDER, c.RecordDelivery(shipment_id="s1", document_hash="c" * 64))
    trade.ask(BUYER, c.ConfirmReceipt())
    return trade


def _fee_charged() -> Trade:
    """Nothing is shipped: the buyer has its price back whole, and the supplier owes and pays the fee."""
    whole = (Instalment(name="whole", amount_minor=1_980_000),)
    trade = Trade(terms=with_terms(instalments=whole, fee_borne_by=Party.SUPPLIER)).agreed()
    card = c.RecordPayment(payment_id="p1", rail="card", amount_minor=1_980_000, currency="USD")
    trade.ask(PROVIDER, card)
    trade.wait(days=160)
    trade.settle()
    _confirmed_refund(trade)
    trade.ask(PROVIDER, c.RecordRecovery(recovery_id="v1", amount_minor=55_440))
    return trade


def _bounced() -> Trade:
    trade = _whole().agreed()
    check = c.RecordPayment(
        payment_id="p1", rail="e-checking", amount_minor=1_981_500, currency="USD"
    )
    trade.ask(PROVIDER, check)
    trade.ask(PROVIDER, c.RecordPaymentReversed(payment_id="p1", code="R01"))
    return trade


def _lines_frozen() -> Trade:
    """An edition that freezes disputed lines alone: of two lines one is claimed, and a tenth of its price goes back."""
    lines = (
        Line(number=1, quantity=1_000, unit_price_minor=660),
        Line(number=2, quantity=2_000, unit_price_minor=660),
    )
    trade = Trade(terms=with_terms(lines=lines))
    money = replace(trade.policy.money, freeze_whole_order=False)
    trade.policy = replace(trade.policy, money=money)
    trade.delivered().wait(days=29)
    claim = Claim(ground=Ground.QUALITY, lines=(1,), term_ids=("capacity",))
    trade.ask(BUYER, c.OpenDispute(claims=(claim,)))
    trade.wait(days=2)
    offer = c.OfferTerms(id="o1", kind=OfferKind.REFUND, amount_minor=66_000)
    trade.ask(SUPPLIER, c.MakeOffer(offer=offer))
    trade.ask(BUYER, c.AcceptOffer(offer_id="o1"))
    return _confirmed_refund(trade)


DEALS: tuple[tuple[str, Callable[[], Trade]], ...] = (
    ("Deposit, passed inspection, balance, receipt confirmed", _fulfilled),
    ("Overpaid by 500.00, which goes back", _overpaid),
    ("A transfer in the wrong currency waits and goes back", _wrong_currency),
    ("A dispute settled by a refund of a tenth", _settled),
    ("2017: paid at once, never shipped, refunded by the fund, partly recovered", _guaranteed),
    ("A card payment charged back and lost before shipment", _charged_back),
    (
        "A chargeback lost beside an upheld claim: the supplier bears its cost",
        _charged_back_and_upheld,
    ),
    ("A chargeback won: only the network's charge is lost", _chargeback_won),
    ("A dispute decided by a refund of a fifth", _decided_in_part),
    (
        "Only the disputed line frozen: the other one is released when its window ends",
        _lines_frozen,
    ),
    ("A refund decided on an inspection: its fee comes back with it", _fee_back),
    ("Goods returned: the whole price, and the freight out of other payables", _returned),
    ("A letter of credit honoured: the money never is with us", _by_credit),
    ("An e-check that bounces", _bounced),
    ("The card's fee on the supplier: it comes off the release", _fee_on_supplier),
    ("The card's fee on the supplier, and all goes back: it is the supplier's debt", _fee_charged),
)


def worked_examples() -> str:
    """Return every deal with its postings and the balances that are left."""
    parts = ["# Worked examples", "", GENERATED, "", "Amounts are in minor units.", ""]
    for title, play in DEALS:
        parts += _deal(title, play())
    return "\n".join(parts)


def _deal(title: str, trade: Trade) -> list[str]:
    lines = [
        f"## {title}",
        "",
        "| event | entry | account | debit | credit |",
        "|---|---|---|---:|---:|",
    ]
    balances: dict[tuple[str, str], int] = {}
    for event in trade.events:
        for entry in postings_for(event):
            lines += _rows(type(event).__name__, entry.template, entry.postings)
            for posting in entry.postings:
                key = (_name(posting), posting.currency)
                balances[key] = balances.get(key, 0) + posting.amount_minor
    left = {key: amount for key, amount in balances.items() if amount}
    told = [
        f"{name} {currency} {_side(amount)}" for (name, currency), amount in sorted(left.items())
    ]
    return [*lines, "", "Left: " + ("; ".join(told) or "nothing") + ".", ""]


def _rows(event: str, template: str, postings: Sequence[Posting]) -> list[str]:
    return [
        f"| {event if first == 0 else ''} | {template if first == 0 else ''} | {_name(posting)} |"
        f" {posting.amount_minor if posting.amount_minor > 0 else ''} |"
        f" {-posting.amount_minor if posting.amount_minor < 0 else ''} |"
        for first, posting in enumerate(postings)
    ]


def _name(posting: Posting) -> str:
    return f"{posting.account.value}:{posting.part}" if posting.part else posting.account.value


def _side(amount_minor: int) -> str:
    side = Side.DEBIT if amount_minor > 0 else Side.CREDIT
    return f"{abs(amount_minor)} {side}"
