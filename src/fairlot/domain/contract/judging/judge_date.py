"""What a shipment date is worth: a day with year binds, a lead time without a start, a season or an estimate does not."""

from __future__ import annotations

import datetime as dt
import re

from fairlot.domain.contract.judging.judgement import Judgement, Parsed, make
from fairlot.domain.contract.wording.analysis import Clause
from fairlot.domain.contract.wording.quantities import Quantity

_PART_OF_MONTH = re.compile(
    r"\bin (?:early|mid|late|the)\b|\bend of\b|上旬|中旬|下旬|月初|月底|月中"
)
_MONTH = re.compile(
    r"\b(?:january|february|march|april|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b|(?:[一二三四五六七八九十]|\d)月"
)
_PERIOD_FROM_DATE = re.compile(r"(?:from|after|起|of|within|之日|\()")


def judge_date(clause: Clause, *, hint: str) -> Judgement | None:
    """Judge shipment dates, lead times and seasons."""
    periods = [
        q
        for q in clause.quantities
        if q.unit is not None
        and q.unit.quantity == "time"
        and q.unit.name in ("d", "week", "month")
    ]
    dates = clause.all_codes("date")
    shipping = hint == "shipment_date" or clause.has("date.ship_words", "date.events")
    if not shipping and hint:
        return None
    if hint == "certification" and "有效" in clause.body:  # How long a paper holds is no delivery.
        return None
    if not shipping and not (dates and (_deadline(clause) or _PART_OF_MONTH.search(clause.body))):
        return None
    seasons = clause.words("date.holidays")
    if hint == "shipment_date" and not (dates or periods or seasons) and _MONTH.search(clause.body):
        parsed = Parsed(
            operator="<=", value=clause.raw[clause.start : clause.end].strip(), unit="date"
        )
        return make(clause.start, clause.end, hint, ("date_incomplete",), parsed, "shipment date")
    if not dates and not periods and not seasons:
        return None
    if (
        not dates
        and not hint
        and not periods
        and not re.search(r"before|by|until|prior|前|之前", clause.body)
    ):
        return None
    soft = ["not_binding"] if clause.has("not_binding.words") else []
    if (
        clause.has("grammar.approx_before", "grammar.approx_after")
        and dates
        and re.search(r"around|about|approx|左右|前后|大约|约", clause.body)
    ):
        soft.append("not_binding")
    whole = [date for date in dates if date.identified]
    if (
        periods
        and (not dates or _PERIOD_FROM_DATE.search(clause.body))
        and not (dates and _deadline(clause) and not _counted(clause))
    ):
        return _period(clause, periods[0], whole[0].value if whole else "", soft)
    if dates:
        rules = (
            [*soft, *(date.rule for date in dates if not date.identified)] if not whole else soft
        )
        chosen = (whole or dates)[0]
        return make(
            clause.start,
            clause.end,
            "shipment_date",
            rules,
            Parsed(operator="<=", value=chosen.value, unit="date"),
            "shipment date",
        )
    rules = ["relative_date", "date_incomplete", *soft]
    return make(
        clause.start,
        clause.end,
        "shipment_date",
        rules,
        Parsed(operator="<", value=clause.raw[seasons[0].start : seasons[0].end], unit="date"),
        "shipment date",
    )


def _deadline(clause: Clause) -> bool:
    return bool(
        re.search(
            r"\b(?:by|before|until|till|not later|no later|latest|on or before)\b|前|之前|最迟|最晚|不迟于|以前",
            clause.body,
        )
    )


def _counted(clause: Clause) -> bool:
    return bool(
        re.search(
            r"\d\s*(?:个)?(?:days?|weeks?|months?|天|日|周|个月|工作日).{0,20}(?:from|after|of|起|内)|起\s*\d|起.{0,4}\d+\s*(?:天|日)",
            clause.body,
        )
    )


def _period(clause: Clause, period: Quantity, start: str, soft: list[str]) -> Judgement:
    days = int(
        period.values[-1]
        * {"d": 1, "week": 7, "month": 30}[period.unit.name if period.unit else "d"]
    )
    if start and not soft:
        due = dt.date.fromisoformat(start) + dt.timedelta(days=days) if len(start) == 10 else None
        if due is not None:
            parsed = Parsed(
                operator="<=",
                value=due.isoformat(),
                unit="date",
                reference=f"{days} d from {start}",
            )
            return make(clause.start, clause.end, "shipment_date", (), parsed, "shipment date")
    rules = ["relative_date", *soft]
    if period.approximate:
        rules.append("approx_10_percent")
    parsed = Parsed(operator="<=", value=str(days), unit="d", is_number=True)
    return make(clause.start, clause.end, "shipment_date", rules, parsed, "shipment date")
