"""Whether a contract is well formed; whether its terms are worth anything is `assess`'s question, not this one's."""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Iterator

from fairlot.domain.contract.document import (
    Contract,
    lines_total_minor,
)
from fairlot.domain.contract.faults import ContractError, fault, sha256_fault
from fairlot.domain.contract.term_validation import DECIMAL, SHA256, term_faults
from fairlot.domain.contract.text_validation import text_faults
from fairlot.domain.money import CURRENCIES

LINES_MAX = 500
TERMS_MAX = 500
AMOUNT_MINOR_MAX = 10**15
QUANTITY_MAX = 10**9
LEAD_TIME_DAYS_MAX = 1_000
BASIS_POINTS_MAX = 10_000

IDENTIFIER = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}\Z")


def validate(contract: Contract) -> tuple[ContractError, ...]:
    """Collect every fault of form, in the order of the document; an empty tuple means well formed."""
    return (
        *_parties(contract),
        *_lines(contract),
        *_money(contract),
        *_payments(contract),
        *_shipment(contract),
        *_inspection(contract),
        *_terms(contract),
        *_files(contract),
        *text_faults(contract),
    )


def _parties(contract: Contract) -> Iterator[ContractError]:
    for role, party in (("buyer", contract.buyer), ("supplier", contract.supplier)):
        if not party.company_id.strip():
            yield fault(
                f"{role}.company_id", "empty", "The company id is missing.", "缺少公司编号。"
            )
        if not party.name.strip():
            yield fault(f"{role}.name", "empty", "The company's name is missing.", "缺少公司名称。")
    if contract.buyer.company_id == contract.supplier.company_id:
        yield fault(
            "supplier.company_id",
            "same_party",
            "Buyer and supplier are the same company.",
            "买方与卖方是同一公司。",
        )


def _lines(contract: Contract) -> Iterator[ContractError]:
    if not contract.lines:
        yield fault("lines", "empty", "The contract has no lines.", "合同没有货物行。")
    if len(contract.lines) > LINES_MAX:
        yield fault(
            "lines", "too_many", f"At most {LINES_MAX} lines.", f"最多 {LINES_MAX} 行货物。"
        )
    seen: set[int] = set()
    for index, line in enumerate(contract.lines):
        key = f"lines[{index}]"
        if line.number < 1 or line.number in seen:
            yield fault(
                f"{key}.number",
                "number",
                "Line numbers are positive and differ.",
                "行号须为正数且不重复。",
            )
        seen.add(line.number)
        if not line.article.strip() or not line.unit.strip():
            yield fault(
                key, "empty", "A line names its article and unit.", "每行须写明品名和单位。"
            )
        if not 1 <= line.quantity <= QUANTITY_MAX:
            yield fault(
                f"{key}.quantity",
                "range",
                f"The quantity is from 1 to {QUANTITY_MAX}.",
                f"数量须为 1 至 {QUANTITY_MAX}。",
            )
        if not 0 <= line.unit_price_minor <= AMOUNT_MINOR_MAX:
            yield fault(
                f"{key}.unit_price_minor",
                "range",
                "The unit price is not negative and not absurd.",
                "单价不得为负,也不得大得离谱。",
            )


def _money(contract: Contract) -> Iterator[ContractError]:
    if contract.currency not in CURRENCIES:
        yield fault(
            "currency",
            "currency",
            'The currency is a code of ISO 4217 in capital letters, such as "USD".',
            "币种须为 ISO 4217 的大写字母代码,如“USD”。",
        )
    if not 1 <= contract.total_minor <= AMOUNT_MINOR_MAX:
        yield fault(
            "total_minor", "range", "The total is positive and not absurd.", "总价须为正数且合理。"
        )
    if not 0 <= contract.covered_minor <= contract.total_minor:
        yield fault(
            "covered_minor",
            "cover_above_total",
            "The covered amount is from zero to the total.",
            "保障金额须在零与总价之间。",
        )
    for index, fee in enumerate(contract.extra_fees):
        if not 1 <= fee.amount_minor <= AMOUNT_MINOR_MAX:
            yield fault(
                f"extra_fees[{index}].amount_minor",
                "range",
                "A fee is a positive amount.",
                "费用须为正数。",
            )
    remedy = contract.late_remedy
    if remedy is not None and not (
        0 < remedy.per_day_basis_points <= remedy.cap_basis_points <= BASIS_POINTS_MAX
    ):
        yield fault(
            "late_remedy",
            "range",
            "Per day is above zero and not above the cap; the cap is at most 10000 basis points.",
            "每日违约金须大于零且不超过上限;上限不超过 10000 基点。",
        )


def _payments(contract: Contract) -> Iterator[ContractError]:
    if not contract.payments:
        yield fault("payments", "empty", "There is no payment schedule.", "没有付款安排。")
        return
    for index, instalment in enumerate(contract.payments):
        if not 1 <= instalment.amount_minor <= AMOUNT_MINOR_MAX:
            yield fault(
                f"payments[{index}].amount_minor",
                "range",
                "An instalment is a positive amount.",
                "每期付款须为正数。",
            )
    if contract.payments[0].due != "agreement":
        yield fault(
            "payments[0].due",
            "first_instalment",
            "The first instalment is due at agreement.",
            "首期款须在签约时到期。",
        )
    paid_minor = sum(instalment.amount_minor for instalment in contract.payments)
    if paid_minor != contract.total_minor:
        yield fault(
            "payments",
            "sum",
            f"The instalments add up to {paid_minor}, the total is {contract.total_minor} (minor units).",
            f"各期合计 {paid_minor},而总价为 {contract.total_minor}(最小货币单位)。",
        )


def _shipment(contract: Contract) -> Iterator[ContractError]:
    shipment = contract.shipment
    if not is_zone(shipment.zone):
        yield fault(
            "shipment.zone",
            "zone",
            'The zone is an IANA name such as "Asia/Shanghai".',
            "时区须为 IANA 名称,如“Asia/Shanghai”。",
        )
    if shipment.date is not None and shipment.lead_time_days is not None:
        yield fault(
            "shipment",
            "two_dates",
            "Give a shipment date or a lead time, not both.",
            "交期只写日期或天数之一。",
        )
    if (
        shipment.lead_time_days is not None
        and not 1 <= shipment.lead_time_days <= LEAD_TIME_DAYS_MAX
    ):
        yield fault(
            "shipment.lead_time_days",
            "range",
            f"The lead time is from 1 to {LEAD_TIME_DAYS_MAX} days.",
            f"交货天数须为 1 至 {LEAD_TIME_DAYS_MAX}。",
        )
    if not shipment.place.strip() or not shipment.destination.strip():
        yield fault(
            "shipment.place",
            "empty",
            "The Incoterm's place and the destination are named.",
            "须写明贸易术语的地点和目的地。",
        )
    if shipment.forwarder is not None and shipment.carrier_chosen_by != "buyer":
        yield fault(
            "shipment.forwarder",
            "forwarder",
            "A forwarder of the buyer's own means that the buyer chooses the carrier.",
            "买方自有货代即由买方选择承运人。",
        )
    if shipment.proof == "forwarder receipt" and shipment.forwarder is None:
        yield fault(
            "shipment.proof",
            "forwarder",
            "A forwarder's receipt proves shipment only where the forwarder is named.",
            "以货代收据为凭须写明货代。",
        )


def is_zone(name: str) -> bool:
    """Say whether `name` is a time zone that this system's zone data knows."""
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _inspection(contract: Contract) -> Iterator[ContractError]:
    plan = contract.inspection
    if plan is None:
        return
    for field in ("aql_critical", "aql_major", "aql_minor"):
        value = getattr(plan, field)
        if not DECIMAL.match(value) or value.startswith("-"):
            yield fault(
                f"inspection.{field}",
                "decimal",
                'An AQL is a decimal in quotes, such as "2.5".',
                "AQL 须为带引号的小数,如“2.5”。",
            )


def _terms(contract: Contract) -> Iterator[ContractError]:
    if len(contract.terms) > TERMS_MAX:
        yield fault(
            "terms", "too_many", f"At most {TERMS_MAX} terms.", f"最多 {TERMS_MAX} 条条款。"
        )
    numbers = {line.number for line in contract.lines}
    seen: set[str] = set()
    for index, term in enumerate(contract.terms):
        key = f"terms[{index}]"
        if not IDENTIFIER.match(term.id) or term.id in seen:
            yield fault(
                f"{key}.id",
                "id",
                "A term's id is small letters, digits, - and _, and is used once.",
                "条款编号由小写字母、数字、- 和 _ 组成,且不重复。",
            )
        seen.add(term.id)
        yield from term_faults(term, key, numbers)


def _files(contract: Contract) -> Iterator[ContractError]:
    for index, file in enumerate(contract.files):
        if not SHA256.match(file.sha256):
            yield sha256_fault(f"files[{index}].sha256")


def total_matches_lines(contract: Contract) -> bool:
    """Say whether the total is the lines' price plus the declared extra fees."""
    fees_minor = sum(fee.amount_minor for fee in contract.extra_fees)
    return contract.total_minor == lines_total_minor(contract) + fees_minor
