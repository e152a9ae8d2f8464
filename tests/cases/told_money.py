"""Retellings of money: payments, chargebacks, letters of credit, payouts, and what the supplier is owed or pays in."""

from __future__ import annotations

from tests.cases.telling import patterns

MONEY = patterns()
