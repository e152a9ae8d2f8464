"""Faults of form inside one term: its words, its lines, and the numbers of its requirement."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fairlot.domain.contract.document import Measure, Reference, Requirement, Term
from fairlot.domain.contract.faults import ContractError, decimal_fault, fault, sha256_fault

DECIMAL = re.compile(r"-?\d{1,12}(\.\d{1,9})?\Z", re.ASCII)
DIMENSIONS = re.compile(r"\d{1,12}(\.\d{1,9})?( x \d{1,12}(\.\d{1,9})?){1,5}\Z", re.ASCII)
SHA256 = re.compile(r"[0-9a-f]{64}\Z")


def term_faults(term: Term, key: str, numbers: set[int]) -> Iterator[ContractError]:
    if not term.text.strip() and term.requirement is None:
        yield fault(f"{key}.text", "empty", "A term says something.", "条款须有内容。")
    for number in term.lines:
        if number not in numbers:
            yield fault(
                f"{key}.lines", "line", f"There is no line {number}.", f"没有第 {number} 行。"
            )
    if term.requirement is not None:
        yield from requirement_faults(term.requirement, f"{key}.requirement")


def requirement_faults(requirement: Requirement, key: str) -> Iterator[ContractError]:
    """Check the numbers and names inside one requirement."""
    match requirement:
        case Measure():
            yield from _measure_faults(requirement, key)
        case Reference():
            if not requirement.value.strip():
                yield fault(f"{key}.value", "empty", "The reference is named.", "须写明依据。")
            if requirement.file_sha256 is not None and not SHA256.match(requirement.file_sha256):
                yield sha256_fault(f"{key}.file_sha256")
            if requirement.delta_e is not None and not DECIMAL.match(requirement.delta_e):
                yield decimal_fault(f"{key}.delta_e")
            if requirement.kind == "lab" and not _is_lab(requirement.value):
                yield fault(
                    f"{key}.value",
                    "lab",
                    'A Lab color is three decimals, such as "52.1 -3.0 24.5".',
                    "Lab 颜色为三个小数,如“52.1 -3.0 24.5”。",
                )
        case _:
            if not requirement.thing.strip():
                yield fault(f"{key}.thing", "empty", "The thing is named.", "须写明事物。")


def _is_lab(value: str) -> bool:
    parts = value.split()
    return len(parts) == 3 and all(DECIMAL.match(part) for part in parts)


def _measure_faults(measure: Measure, key: str) -> Iterator[ContractError]:
    dimensions = measure.operator in ("=", "<=") and DIMENSIONS.match(measure.value)
    if not dimensions and not DECIMAL.match(measure.value):
        yield decimal_fault(f"{key}.value")
    if (measure.operator == "range") != (measure.upper is not None):
        yield fault(
            f"{key}.upper",
            "range",
            "A range, and only a range, has an upper end.",
            "范围须有上限,其他运算符不得有。",
        )
    elif measure.upper is not None and not DECIMAL.match(measure.upper):
        yield decimal_fault(f"{key}.upper")
    if measure.tolerance is not None:
        for field in ("plus", "minus"):
            text = getattr(measure.tolerance, field)
            if not DECIMAL.match(text) or text.startswith("-"):
                yield decimal_fault(f"{key}.tolerance.{field}")
