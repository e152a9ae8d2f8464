"""verdict(): passed, failed or pending from counted defective units, with the class and the numbers that decided.

The sampling result (`accepted`, `rejected`, `open`) and the conclusion of the whole inspection are kept apart: a
mandatory term that fails, or something that could not be checked, changes the conclusion and not the sampling result.
A unit counts once, in the class of its worst defect.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Literal

import msgspec

from fairlot.domain.sampling.aql import counts_nonconformities
from fairlot.domain.sampling.errors import SamplingError
from fairlot.domain.sampling.inspection import (
    CLASS_NAMES_ZH,
    DEFECT_CLASSES,
    ClassPlan,
    DefectClass,
    InspectionPlan,
)
from fairlot.domain.sampling.lookup import check_known

Outcome = Literal["passed", "failed", "pending"]
SamplingResult = Literal["accepted", "rejected", "open"]


class ClassResult(msgspec.Struct, frozen=True, kw_only=True):
    """One class: what was found, what was allowed, and what follows. `found` is None where it was not counted."""

    defect_class: DefectClass
    found: int | None
    sample_size: int
    inspected: int
    acceptance_number: int
    rejection_number: int
    result: SamplingResult


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """Why the outcome is what it is, with the name of the class or term that decided."""

    code: Literal["class_rejected", "mandatory_failed", "not_checked", "class_open", "all_accepted"]
    name: str
    sentence_en: str
    sentence_zh: str


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """The conclusion of an inspection; `reasons` holds everything that decided it and nothing else."""

    outcome: Outcome
    sampling_result: SamplingResult
    classes: tuple[ClassResult, ...]
    reasons: tuple[Reason, ...]


def verdict(
    plan: InspectionPlan,
    *,
    counts: Mapping[DefectClass, int],
    not_checked: Collection[str] = (),
    mandatory_failed: Collection[str] = (),
    inspected: int | None = None,
) -> Verdict:
    """Judges an inspection, complete or still running.

    `counts` are defective units by class; a class left out was not counted. `inspected` are the units done so far,
    all of them by default. Failed: a class has reached its rejection number, or a mandatory term failed. Pending: not
    failed, and something was not checked, not counted or not yet inspected. Raises SamplingError `class_unknown`,
    `count_not_whole`, `count_exceeds`.
    """
    done = (
        plan.sample_size
        if inspected is None
        else _checked_count("units", inspected, plan.sample_size)
    )
    for name in counts:
        check_known("class_unknown", name, DEFECT_CLASSES)
    classes = tuple(
        _class_result(entry, counts.get(entry.defect_class), done) for entry in plan.classes
    )
    failures = (
        *(_said("class_rejected", result) for result in classes if result.result == "rejected"),
        *(_named("mandatory_failed", name) for name in sorted(mandatory_failed)),
    )
    gaps = (
        *(_said("class_open", result) for result in classes if result.result == "open"),
        *(_named("not_checked", name) for name in sorted(not_checked)),
    )
    return Verdict(
        outcome="failed" if failures else "pending" if gaps else "passed",
        sampling_result=_sampling_result(classes),
        classes=classes,
        reasons=failures or gaps or tuple(_said("all_accepted", result) for result in classes),
    )


def can_still_pass(plan: InspectionPlan, *, counts: Mapping[DefectClass, int]) -> bool:
    """Whether a running inspection can still be accepted: no class has reached its rejection number."""
    return all(counts.get(entry.defect_class, 0) < entry.rejection_number for entry in plan.classes)


def can_still_fail(
    plan: InspectionPlan, *, counts: Mapping[DefectClass, int], inspected: int
) -> bool:
    """Whether the units left to inspect, all defective, could still bring a class to its rejection number."""
    return any(
        counts_nonconformities(entry.aql)
        or counts.get(entry.defect_class, 0) + max(0, entry.sample_size - inspected)
        >= entry.rejection_number
        for entry in plan.classes
    )


def _class_result(entry: ClassPlan, found: int | None, inspected: int) -> ClassResult:
    done = min(inspected, entry.sample_size)
    if found is not None:
        # Above AQL 10 nonconformities are counted, and one unit may have several.
        _checked_count(
            entry.defect_class, found, None if counts_nonconformities(entry.aql) else inspected
        )
    return ClassResult(
        defect_class=entry.defect_class,
        found=found,
        sample_size=entry.sample_size,
        inspected=done,
        acceptance_number=entry.acceptance_number,
        rejection_number=entry.rejection_number,
        result=_result(entry, found, done),
    )


def _result(entry: ClassPlan, found: int | None, done: int) -> SamplingResult:
    if found is None:
        return "open"
    if found >= entry.rejection_number:
        return "rejected"
    return "accepted" if done == entry.sample_size else "open"


def _sampling_result(classes: tuple[ClassResult, ...]) -> SamplingResult:
    results = {result.result for result in classes}
    if "rejected" in results:
        return "rejected"
    return "open" if "open" in results else "accepted"


def _checked_count(what: str, count: int, most: int | None) -> int:
    if type(count) is not int or count < 0:
        raise SamplingError("count_not_whole", what=what, got=str(count), least=0)
    if most is not None and count > most:
        raise SamplingError("count_exceeds", what=what, got=count, most=most)
    return count


def _said(
    code: Literal["class_rejected", "class_open", "all_accepted"], result: ClassResult
) -> Reason:
    name, chinese = result.defect_class.capitalize(), CLASS_NAMES_ZH[result.defect_class]
    found, size = result.found, result.sample_size
    allowed, rejected = result.acceptance_number, result.rejection_number
    match code:
        case "class_rejected":
            english = f"{name}: {found} defective in a sample of {size}; {allowed} are allowed, {rejected} reject the lot."
            chinese = f"{chinese}缺陷：样本 {size} 件中有 {found} 件不合格；允许 {allowed} 件，{rejected} 件即拒收。"
        case "class_open" if found is None:
            english = f"{name}: not counted yet; {allowed} are allowed in a sample of {size}."
            chinese = f"{chinese}缺陷：尚未计数；样本 {size} 件中允许 {allowed} 件。"
        case "class_open":
            english = f"{name}: {found} defective after {result.inspected} of {size} units; {allowed} are allowed."
            chinese = f"{chinese}缺陷：已检 {result.inspected}/{size} 件，{found} 件不合格；允许 {allowed} 件。"
        case "all_accepted":
            english = f"{name}: {found} defective in a sample of {size}; {allowed} are allowed."
            chinese = f"{chinese}缺陷：样本 {size} 件中有 {found} 件不合格；允许 {allowed} 件。"
    return Reason(code=code, name=result.defect_class, sentence_en=english, sentence_zh=chinese)


def _named(code: Literal["mandatory_failed", "not_checked"], name: str) -> Reason:
    match code:
        case "mandatory_failed":
            english, chinese = f"The mandatory term {name} failed.", f"强制条款 {name} 不合格。"
        case "not_checked":
            english, chinese = f"{name} could not be checked.", f"{name} 未能检查。"
    return Reason(code=code, name=name, sentence_en=english, sentence_zh=chinese)
