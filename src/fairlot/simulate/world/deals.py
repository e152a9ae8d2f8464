"""The deals of the invented market: every status of both editions, every turn a case can take; the list decides nothing else."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from fairlot.domain.order import commands as c
from fairlot.domain.order.state import Condition, InspectionStage, Right
from fairlot.domain.party import PROVIDER
from fairlot.domain.policy.model import Ground
from fairlot.simulate.world.deal import (
    DESTINATION_FEE_MINOR,
    OPERATOR,
    SECOND_MEDIATOR,
    Deal,
    inspecting,
)

GUARANTEE = "guarantee-2017"
Tell = Callable[[Deal], Deal]


class Entry(msgspec.Struct, frozen=True):
    """A deal in short: its name, how long ago it began, who with whom, and its story."""

    name: str
    begun_days_ago: int
    buyer: str
    supplier: str
    tell: Tell
    edition: str = "escrow-2026"
    chinese: bool = False
    split: bool = False
    covered_percent: int = 100


def _sample(deal: Deal) -> Deal:
    deal.begun().on(0.5, deal.buyer, "ask", c.RequestSample(sample_id="sample-1"))
    sent = c.RecordSampleSent(sample_id="sample-1", seal_hash=deal.paper("seal"))
    return deal.on(4, deal.supplier, "send", sent)


def _card(deal: Deal) -> Deal:
    return deal.agreed().paid(4, rail="card").told(20, 40)


def _change(deal: Deal) -> Deal:
    return deal.in_production().on(
        18, deal.buyer, "ask-update", c.RequestProductionUpdate()
    ).told(19, 45)  # fmt: skip


def _failed_inspection(deal: Deal) -> Deal:
    return deal.in_production().told(28, 90).inspected(major=9, inspector="Bureau Veritas")


def _rework(deal: Deal) -> Deal:
    return _failed_inspection(deal).on(37, deal.buyer, "rework", c.RequestRework())


def _rejected(deal: Deal) -> Deal:
    return _failed_inspection(deal).on(37, deal.buyer, "reject", c.RejectLot())


def _closed(deal: Deal) -> Deal:
    return deal.until_delivered().confirmed().settled_by_time(125)


def _quality(deal: Deal) -> Deal:
    return deal.until_delivered().disputed(83, Ground.QUALITY)


def _offer(deal: Deal) -> Deal:
    return _quality(deal).offered(84, 8)


def _settled(deal: Deal) -> Deal:
    return (
        _offer(deal).on(85, deal.buyer, "take", c.AcceptOffer(offer_id="o1")).settled_by_time(100)
    )


def _mediator_wanted(deal: Deal) -> Deal:
    return _quality(deal).escalated(84)


def _heard(deal: Deal) -> Deal:
    return _quality(deal).heard(84)


def _inspected_in_case(deal: Deal) -> Deal:
    booking = c.BookInspection(
        inspection_id="i2",
        company="TÜV Rheinland",
        stage=InspectionStage.DISPUTE,
        fee_minor=DESTINATION_FEE_MINOR,
    )
    _heard(deal).on(86, deal.buyer, "book-there", booking)
    found = deal.report("i2", major=12, minor=4)
    return deal.on(90, inspecting("TÜV Rheinland"), "report-there", found)


def _decided(percent: int) -> Tell:
    return lambda deal: _inspected_in_case(deal).decided(92.5, percent)


def _final(percent: int) -> Tell:
    return lambda deal: _inspected_in_case(deal).decided(92.5, percent).settled_by_time(110)


def _appealed(deal: Deal) -> Deal:
    appeal = c.Appeal(ground="new_evidence", reason_hash=deal.paper("appeal"))
    _inspected_in_case(deal).decided(92.5, 20).on(93, deal.supplier, "appeal", appeal)
    naming = c.NameMediator(mediator_id=SECOND_MEDIATOR.person_id)
    return deal.on(94, OPERATOR, "name-second", naming)


def _returning(deal: Deal) -> Deal:
    _inspected_in_case(deal).decided(92.5, 100, condition=Condition.RETURN)
    return deal.settled_by_time(100).sent_back(101)


def _late(deal: Deal) -> Deal:
    return deal.in_production().told(40, 60).settled_by_time(46).disputed(47, Ground.LATE)


def _never_shipped(deal: Deal) -> Deal:
    return deal.in_production().settled_by_time(85)


def _not_covered(deal: Deal) -> Deal:
    return deal.until_delivered().refused(82, Ground.CUSTOMS_DELAY)


def _chargeback(deal: Deal) -> Deal:
    opened = c.RecordChargebackOpened(chargeback_id="cb1", amount_minor=100_000)
    return _card(deal).on(24, PROVIDER, "chargeback", opened)


def _overpaid(deal: Deal) -> Deal:
    return deal.agreed().paid(5, more=42_500)


def _wrong_currency(deal: Deal) -> Deal:
    money = c.RecordPayment(payment_id="p1", rail="wire", amount_minor=900_000, currency="EUR")
    return deal.agreed().on(6, PROVIDER, "pay-euro", money)


def _price_raised(deal: Deal) -> Deal:
    demand = c.RecordPriceDemand(message_hash=deal.paper("demand"), amount_minor=150_000)
    return deal.in_production().on(20, deal.buyer, "demand", demand)


def _by_agent(deal: Deal) -> Deal:
    return deal.begun().mandated(0.5, Right.DRAFT, Right.FOLLOW, Right.CLAIM)


def _expired(deal: Deal) -> Deal:
    return deal.proposed().settled_by_time(40)


def _unpaid(deal: Deal) -> Deal:
    return deal.agreed().settled_by_time(75)


def _sought(deal: Deal) -> Deal:
    return _final(40)(deal)


US, NO, DE = "com_harborgoods", "com_nordlys", "com_kleinwarenhaus"
MX, NG, JP = "com_casaluz", "com_lagoshome", "com_sakuratoys"
CELL, YARN, OAK = "com_brightcell", "com_yarnriver", "com_oakandpine"
BOX, TOY, STEEL = "com_boxwell", "com_littlewheel", "com_steelspoon"

ENTRIES = (
    Entry("draft", 2, US, YARN, Deal.begun),
    Entry("draft-sample", 9, NO, CELL, _sample),
    Entry("draft-agent", 3, NG, STEEL, _by_agent),
    Entry("proposed", 6, DE, OAK, Deal.proposed),
    Entry("proposed-zh", 4, JP, TOY, Deal.proposed, chinese=True),
    Entry("agreed", 8, MX, STEEL, Deal.agreed),
    Entry("agreed-partly", 6, MX, OAK, Deal.agreed, covered_percent=60),
    Entry("agreed-overpaid", 8, US, BOX, _overpaid, split=True),
    Entry("agreed-euro", 9, DE, BOX, _wrong_currency),
    Entry("production", 26, US, CELL, Deal.in_production, split=True),
    Entry("production-card", 22, NG, STEEL, _card),
    Entry("production-asked", 21, JP, TOY, _change, chinese=True),
    Entry("production-failed", 36, NO, YARN, _failed_inspection, split=True),
    Entry("production-rework", 39, DE, YARN, _rework, split=True),
    Entry("production-dearer", 23, MX, OAK, _price_raised),
    Entry("production-late", 52, NG, OAK, _late),
    Entry("production-chargeback", 26, US, TOY, _chargeback),
    Entry("shipped", 60, US, YARN, lambda d: d.in_production().shipped()),
    Entry("shipped-split", 64, NO, CELL, lambda d: d.in_production().inspected().paid(38, number=2).shipped(), split=True),
    Entry("shipped-zh", 58, JP, TOY, lambda d: d.in_production().shipped(), chinese=True),
    Entry("delivered", 83, DE, STEEL, Deal.until_delivered),
    Entry("delivered-window-ends", 107, MX, BOX, Deal.until_delivered),
    Entry("delivered-refused", 86, NG, YARN, _not_covered),
    Entry("dispute-new", 85, US, OAK, _quality),
    Entry("dispute-offer", 86, NO, TOY, _offer),
    Entry("dispute-mediator", 85, DE, CELL, _mediator_wanted),
    Entry("dispute-evidence", 87, JP, STEEL, _heard, chinese=True),
    Entry("dispute-report", 92, MX, YARN, _inspected_in_case),
    Entry("dispute-decided", 94, US, STEEL, _decided(25)),
    Entry("dispute-appeal", 96, NG, TOY, _appealed),
    Entry("dispute-return", 106, DE, OAK, _returning),
    Entry("completed", 95, US, CELL, lambda d: d.until_delivered().confirmed(), split=True),
    Entry("completed-zh", 92, JP, YARN, lambda d: d.until_delivered().confirmed(), chinese=True),
    Entry("closed", 245, NO, YARN, _closed, split=True),
    Entry("closed-kitchen", 260, US, STEEL, _closed),
    Entry("closed-toys", 290, JP, TOY, _closed, chinese=True),
    Entry("closed-boxes", 250, DE, BOX, _closed),
    Entry("refunded", 140, MX, OAK, _final(100)),
    Entry("settled", 130, NG, CELL, _settled),
    Entry("settled-decision", 145, US, YARN, _final(15)),
    Entry("for-supplier", 135, DE, TOY, _final(0)),
    Entry("cancelled", 110, NO, OAK, _never_shipped),
    Entry("cancelled-rejected", 88, MX, CELL, _rejected, split=True),
    Entry("cancelled-unpaid", 90, NG, BOX, _unpaid),
    Entry("expired", 60, JP, STEEL, _expired),
    Entry("old-draft", 3, US, BOX, Deal.begun, GUARANTEE),
    Entry("old-proposed", 5, NG, TOY, Deal.proposed, GUARANTEE),
    Entry("old-agreed", 7, DE, YARN, Deal.agreed, GUARANTEE),
    Entry("old-production", 25, MX, STEEL, Deal.in_production, GUARANTEE),
    Entry("old-shipped", 62, NO, BOX, lambda d: d.in_production().shipped(), GUARANTEE),
    Entry("old-delivered", 84, US, TOY, Deal.until_delivered, GUARANTEE),
    Entry("old-dispute", 87, JP, OAK, _heard, GUARANTEE, chinese=True),
    Entry("old-completed", 96, NO, STEEL, lambda d: d.until_delivered().confirmed(), GUARANTEE),
    Entry("old-closed", 255, DE, CELL, _closed, GUARANTEE),
    Entry("old-refunded", 150, NG, OAK, _final(100), GUARANTEE),
    Entry("old-settled", 148, MX, TOY, _sought, GUARANTEE),
    Entry("old-cancelled", 112, US, OAK, _never_shipped, GUARANTEE),
    Entry("old-expired", 58, JP, BOX, _expired, GUARANTEE),
)  # fmt: skip


def deals() -> tuple[Deal, ...]:
    """Return every deal of the market with its story."""
    return tuple(entry.tell(_deal(entry)) for entry in ENTRIES)


def _deal(entry: Entry) -> Deal:
    return Deal(
        f"ord_world_{entry.name.replace('-', '_')}",
        begun_days_ago=entry.begun_days_ago,
        buyer=entry.buyer,
        supplier=entry.supplier,
        edition=entry.edition,
        language="zh" if entry.chinese else "en",
        covered_percent=entry.covered_percent,
        split=entry.split,
    )
