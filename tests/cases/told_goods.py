"""Retellings of the goods: what left, moved, arrived, was received or stayed, when and by whose proof."""

from __future__ import annotations

from tests.cases.telling import patterns

GOODS = patterns()
