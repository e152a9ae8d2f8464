"""Retellings of a dispute: when it opens and for what, who answers, is named, decides or appeals, and what a report finds."""

from __future__ import annotations

from tests.cases.telling import patterns

DISPUTES = patterns()
