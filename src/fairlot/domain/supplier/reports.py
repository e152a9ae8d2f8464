"""What a buyer can report of a supplier with one click, and which offense it is once an operator has found it true (R6)."""

from __future__ import annotations

from enum import StrEnum

from fairlot.domain.policy.model import Offense


class ReportKind(StrEnum):
    """What the supplier is said to have done."""

    ASKED_TO_PAY_OUTSIDE = "asked_to_pay_outside"
    REFUSED_PLATFORM_PAYMENT = "refused_platform_payment"
    REFUSED_ASSURED_ORDER = "refused_assured_order"


class ReportStatus(StrEnum):
    """Where a report stands; judged, it stays so."""

    OPEN = "open"
    UPHELD = "upheld"
    DISMISSED = "dismissed"


OFFENSE_OF_REPORT = dict.fromkeys(ReportKind, Offense.PAYMENT_OUTSIDE)
"""All three keep a buyer from protected payment, which is one offense of the programme (section 5, R6)."""
