"""Acceptance sampling by attributes after ISO 2859-1 and ANSI/ASQ Z1.4: usable alone, without a database or a clock.

AQLs are written as the standard prints them ("0.10", "2.5", "10"), as text or Decimal, never as int or float; "0"
means none allowed. Whatever cannot be granted raises SamplingError with a code, facts, and a sentence in two languages.
"""

from fairlot.domain.sampling.aql import NONE_ALLOWED, read_aql, read_aql_or_none_allowed
from fairlot.domain.sampling.errors import SamplingError
from fairlot.domain.sampling.estimate import ShareEstimate, share_defective
from fairlot.domain.sampling.facts import (
    ACCEPTANCE_NOT_PERMITTED,
    AQLS,
    EDITIONS,
    KINDS,
    LEVELS,
    LOT_SIZE_MAX,
    SEVERITIES,
    Edition,
    Kind,
    Level,
    Severity,
)
from fairlot.domain.sampling.inspection import (
    DEFECT_CLASSES,
    POLICIES,
    ZERO_RULES,
    ClassPlan,
    DefectClass,
    InspectionPlan,
    Policy,
    ZeroRule,
    inspection_plan,
)
from fairlot.domain.sampling.lookup import Plan, code_letter, plan
from fairlot.domain.sampling.rule import Stage, TablePlan
from fairlot.domain.sampling.verdict import (
    ClassResult,
    Reason,
    Verdict,
    can_still_fail,
    can_still_pass,
    verdict,
)
from fairlot.domain.sampling.zero_acceptance import (
    limiting_defectives_of_zero_acceptance,
    limiting_quality_of_zero_acceptance,
    zero_acceptance_size,
)

__all__ = [
    "ACCEPTANCE_NOT_PERMITTED",
    "AQLS",
    "DEFECT_CLASSES",
    "EDITIONS",
    "KINDS",
    "LEVELS",
    "LOT_SIZE_MAX",
    "NONE_ALLOWED",
    "POLICIES",
    "SEVERITIES",
    "ZERO_RULES",
    "ClassPlan",
    "ClassResult",
    "DefectClass",
    "Edition",
    "InspectionPlan",
    "Kind",
    "Level",
    "Plan",
    "Policy",
    "Reason",
    "SamplingError",
    "Severity",
    "ShareEstimate",
    "Stage",
    "TablePlan",
    "Verdict",
    "ZeroRule",
    "can_still_fail",
    "can_still_pass",
    "code_letter",
    "inspection_plan",
    "limiting_defectives_of_zero_acceptance",
    "limiting_quality_of_zero_acceptance",
    "plan",
    "read_aql",
    "read_aql_or_none_allowed",
    "share_defective",
    "verdict",
    "zero_acceptance_size",
]
