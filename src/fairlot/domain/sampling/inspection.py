"""inspection_plan(): one inspection for the three defect classes, each with the sample and the numbers it is judged by.

`separate` reads every class's own plan from the tables. `largest_n` inspects the largest of these samples for all
classes and keeps each class's own numbers, which is stricter than the tables. `largest_letter` reads every class again
at the letter of the largest sample, until no arrow leads to a larger one.
"""

from __future__ import annotations

from typing import Final, Literal

import msgspec

from fairlot.domain.sampling.aql import NONE_ALLOWED, AqlInput, read_aql_or_none_allowed
from fairlot.domain.sampling.exact import Share
from fairlot.domain.sampling.facts import (
    EDITIONS,
    LETTERS,
    LEVELS,
    SEVERITIES,
    Edition,
    Level,
    Severity,
    standard_facts,
)
from fairlot.domain.sampling.lookup import check_known, check_lot_size, code_letter, plan_at_letter
from fairlot.domain.sampling.rule import TablePlan, single_size
from fairlot.domain.sampling.zero_acceptance import (
    CONSUMER_RISK_DEFAULT,
    LIMITING_QUALITY_DEFAULT,
    zero_acceptance_size,
)

DefectClass = Literal["critical", "major", "minor"]
Policy = Literal["separate", "largest_n", "largest_letter"]
ZeroRule = Literal["same_sample", "own_size"]
Source = Literal["table", "none_allowed_on_same_sample", "none_allowed_on_own_size", "one_unit"]

DEFECT_CLASSES: Final[tuple[DefectClass, ...]] = ("critical", "major", "minor")
CLASS_NAMES_ZH: Final[dict[DefectClass, str]] = {
    "critical": "致命",
    "major": "严重",
    "minor": "轻微",
}
POLICIES: Final[tuple[Policy, ...]] = ("separate", "largest_n", "largest_letter")
ZERO_RULES: Final[tuple[ZeroRule, ...]] = ("same_sample", "own_size")


class ClassPlan(msgspec.Struct, frozen=True, kw_only=True):
    """How one class is judged: units to inspect for it, and its numbers of defective units."""

    defect_class: DefectClass
    aql: str  # A label of the series, or "0": none allowed.
    source: Source
    plan_letter: str  # Row of the tables; empty where the plan comes from no row.
    table_size: int  # Sample size of the plan that the numbers belong to.
    sample_size: int  # Units to inspect, never more than the lot.
    acceptance_number: int
    rejection_number: int


class InspectionPlan(msgspec.Struct, frozen=True, kw_only=True):
    """The plan of an inspection: draw `sample_size` units; judge each class by its own entry."""

    lot_size: int
    level: Level
    severity: Severity
    edition: Edition
    policy: Policy
    code_letter: str
    classes: tuple[ClassPlan, ...]  # Critical, major, minor.

    @property
    def sample_size(self) -> int:
        """Units to draw: the largest of the classes' samples."""
        return max(entry.sample_size for entry in self.classes)

    @property
    def is_full_inspection(self) -> bool:
        """Whether the whole lot is inspected: 100 % inspection."""
        return self.sample_size == self.lot_size

    def of(self, defect_class: DefectClass) -> ClassPlan:
        return next(entry for entry in self.classes if entry.defect_class == defect_class)


def inspection_plan(
    *,
    lot_size: int,
    level: Level = "II",
    aql_critical: AqlInput = NONE_ALLOWED,
    aql_major: AqlInput = "2.5",
    aql_minor: AqlInput = "4.0",
    policy: Policy = "separate",
    severity: Severity = "normal",
    edition: Edition = "iso-1999",
    zero_rule: ZeroRule = "same_sample",
    limiting_quality: Share = LIMITING_QUALITY_DEFAULT,
    consumer_risk: Share = CONSUMER_RISK_DEFAULT,
) -> InspectionPlan:
    """The single-sampling plan for critical, major and minor defects of a lot of 1 to 10^9 units.

    AQL "0" means none allowed: acceptance number 0 on the same sample as the other classes (the code letter's own size
    if no class has an AQL), or with `zero_rule="own_size"` on the computed sample that finds a lot of limiting quality
    except for the consumer's risk. Raises SamplingError for what the standard does not know.
    """
    check_lot_size(lot_size)
    check_known("level_unknown", level, LEVELS)
    check_known("policy_unknown", policy, POLICIES)
    check_known("severity_unknown", severity, SEVERITIES)
    check_known("edition_unknown", edition, EDITIONS)
    check_known("zero_rule_unknown", zero_rule, ZERO_RULES)
    aqls = [read_aql_or_none_allowed(aql) for aql in (aql_critical, aql_major, aql_minor)]
    letter = code_letter(lot_size=lot_size, level=level)
    tabled = _tabled(
        letter, [aql for aql in aqls if aql != NONE_ALLOWED], policy, severity, edition
    )
    letter_size = single_size(standard_facts(), severity=severity, letter=letter) if letter else 1
    main_size = max((plan.stages[0].sample_size for plan in tabled.values()), default=letter_size)
    own_size = (
        zero_acceptance_size(
            lot_size=lot_size, limiting_quality=limiting_quality, consumer_risk=consumer_risk
        )
        if zero_rule == "own_size" and NONE_ALLOWED in aqls
        else main_size
    )
    classes = tuple(
        _none_allowed(name, zero_rule, min(own_size, lot_size))
        if aql == NONE_ALLOWED
        else _from_table(name, tabled[aql], lot_size, main_size if policy == "largest_n" else 0)
        for name, aql in zip(DEFECT_CLASSES, aqls, strict=True)
    )
    return InspectionPlan(
        lot_size=lot_size,
        level=level,
        severity=severity,
        edition=edition,
        policy=policy,
        code_letter=letter,
        classes=classes,
    )


def _tabled(
    letter: str, aqls: list[str], policy: Policy, severity: Severity, edition: Edition
) -> dict[str, TablePlan]:
    """The plan of each AQL at the letter; under `largest_letter` at the letter where no larger sample is found."""
    plans = {
        aql: plan_at_letter(letter=letter, aql=aql, severity=severity, edition=edition)
        for aql in aqls
    }
    if policy != "largest_letter" or not letter or not plans:
        return plans
    largest = max((plan.plan_letter for plan in plans.values()), key=LETTERS.index)
    if LETTERS.index(largest) <= LETTERS.index(letter):
        return plans
    return _tabled(largest, aqls, policy, severity, edition)


def _from_table(name: DefectClass, plan: TablePlan, lot_size: int, size_least: int) -> ClassPlan:
    stage = plan.stages[0]
    return ClassPlan(
        defect_class=name,
        aql=plan.aql,
        source="table" if plan.code_letter else "one_unit",
        plan_letter=plan.plan_letter,
        table_size=stage.sample_size,
        sample_size=min(max(stage.sample_size, size_least), lot_size),
        acceptance_number=stage.acceptance_number,
        rejection_number=stage.rejection_number,
    )


def _none_allowed(name: DefectClass, zero_rule: ZeroRule, size: int) -> ClassPlan:
    return ClassPlan(
        defect_class=name,
        aql=NONE_ALLOWED,
        source="none_allowed_on_same_sample"
        if zero_rule == "same_sample"
        else "none_allowed_on_own_size",
        plan_letter="",
        table_size=size,
        sample_size=size,
        acceptance_number=0,
        rejection_number=1,
    )
