"""Retellings of what was agreed: other terms of the contract, who accepted what, rates and fees that an operator set."""

from __future__ import annotations

from tests.cases.telling import patterns

CONTRACTS = patterns()
