"""Suppliers for pages: one that carries the badge with goods and an audit, one that lost it, one that never joined."""

from __future__ import annotations

import datetime as dt

from fairlot.application.desk import Desk
from fairlot.application.supplier import enrolment
from tests.support.supplier_room import (
    OPERATOR,
    joined,
    product,
    profile,
)

ASSURED, LAPSED, PLAIN = "com_assured", "com_lapsed", "com_plain"


def open_fair(desk: Desk) -> None:
    """Let all three show what they have."""
    joined(ASSURED, desk=desk)
    enrolment.save_product(product(ASSURED), desk=desk)
    enrolment.save_product(
        product(
            ASSURED,
            "lamp-3",
            name_en="Folding desk lamp <b>LED</b>",
            name_zh="",
            about_en="Touch dimmer, three colors of light.",
            about_zh="",
            category="lighting",
            price_high_minor=580,
            hs_code="",
        ),
        desk=desk,
    )
    audit = enrolment.AuditFound(
        auditor="TÜV Rheinland",
        audited_date=dt.date(2026, 5, 4),
        result="passed_with_remarks",
        document_hash="a" * 64,
    )
    enrolment.record_audit(ASSURED, audit, person_id=OPERATOR, desk=desk)
    joined(LAPSED, desk=desk, tier="documents verified")
    enrolment.save_profile(
        profile(LAPSED, name_en="Hanoi Textile Works", name_zh="", country="VN"), desk=desk
    )
    enrolment.end_enrolment(LAPSED, reason="asked to leave", person_id=OPERATOR, desk=desk)
    enrolment.save_profile(
        profile(
            PLAIN,
            name_en="",
            name_zh="义乌小商品厂",
            about_en="",
            about_zh="主营玩具与礼品。",
            categories=("toys",),
        ),
        desk=desk,
    )
