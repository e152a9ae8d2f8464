"""Findings as people and programs read them."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from tests.cases.run import Finding, Verdict


def totals(findings: Sequence[Finding]) -> dict[str, int]:
    """Count findings by verdict; every verdict is named."""
    return {
        verdict.value: sum(1 for finding in findings if finding.verdict is verdict)
        for verdict in Verdict
    }


def as_text(findings: Sequence[Finding]) -> str:
    """Write one line per question, both answers where they differ, and the totals."""
    lines: list[str] = []
    for finding in findings:
        reason = f": {finding.reason}" if finding.reason else ""
        lines.append(f"{finding.question} {finding.ask}: {finding.verdict}{reason}")
        if finding.verdict is Verdict.DIFFERS:
            lines += [
                f"    expected {_json(_parts(finding.expected, finding))}",
                f"    answered {_json(_parts(finding.answer or {}, finding))}",
            ]
            lines += [f"    refused  {note}" for note in finding.notes]
    counted = ", ".join(f"{count} {name}" for name, count in totals(findings).items())
    return "\n".join([*lines, f"{len(findings)} questions: {counted}"])


def _parts(answer: Mapping[str, Any], finding: Finding) -> dict[str, Any]:
    """Return the parts of an answer that differ, and why something was refused."""
    named = {*finding.differs_in, "refused as", "facts"} if finding.differs_in else set(answer)
    return {name: value for name, value in answer.items() if name in named}


def as_json(findings: Sequence[Finding]) -> str:
    """Write everything as one JSON object."""
    told = {
        "questions": [dataclasses.asdict(finding) for finding in findings],
        "totals": totals(findings),
    }
    return _json(told, indent=1)


def _json(value: Any, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, default=_plain, indent=indent)


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.isoformat()
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    return str(value)
