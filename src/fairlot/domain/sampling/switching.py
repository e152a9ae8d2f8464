"""The scheme's states over a supplier's successive lots: normal, tightened, reduced, discontinued.

Sources: ISO 2859-1:1999 clause 9 (with its switching score) and Z1.4 clause 8, figure "switching rules". Only original
inspections count: a lot submitted again changes nothing. A lot that was inspected whole, because the sample was no
smaller than the lot, counts in every rule but adds nothing to the score: it was no sample.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

import msgspec

from fairlot.domain.sampling.errors import SamplingError
from fairlot.domain.sampling.facts import AQLS, EDITIONS, Edition, Severity
from fairlot.domain.sampling.lookup import Plan, check_known, plan_at_letter

SchemeState = Literal["normal", "tightened", "reduced", "discontinued"]

WINDOW_LOTS: Final = (
    5  # Normal to tightened: two of five or fewer successive lots are not accepted.
)
WINDOW_NOT_ACCEPTED: Final = 2
TIGHTENED_ACCEPTED: Final = 5  # Tightened to normal: five successive lots are accepted.
TIGHTENED_NOT_ACCEPTED: Final = (
    5  # Discontinued: five lots, counted since tightened inspection began.
)
SCORE_FOR_REDUCED: Final = 30  # ISO: normal to reduced.
LOTS_FOR_REDUCED: Final = 10  # Z1.4: normal to reduced.


class LotResult(msgspec.Struct, frozen=True, kw_only=True):
    """What one lot's original inspection gave.

    `score` comes from `switching_score`: points to add, or 0 to begin again; None where the lot was no sample.
    `in_gap` marks a lot that Z1.4 reduced inspection accepted with a count between Ac and Re. `is_steady` is False when
    production was irregular or another condition asks for normal inspection.
    """

    accepted: bool
    nonconforming: int = 0
    score: int | None = None
    in_gap: bool = False
    is_original: bool = True
    is_steady: bool = True
    reduced_is_wished: bool = False
    limit_number: int | None = (
        None  # Z1.4 Table VIII for the last ten lots; None where its use is waived.
    )


class Scheme(msgspec.Struct, frozen=True, kw_only=True):
    """Where a supplier stands. `recent` are the latest lots of the present state, newest last; `score` is ISO's."""

    edition: Edition
    state: SchemeState = "normal"
    recent: tuple[bool, ...] = ()
    recent_nonconforming: tuple[int, ...] = ()
    score: int = 0
    not_accepted_on_tightened: int = 0

    @property
    def severity(self) -> Severity | None:
        """How the next lot is inspected; None while acceptance under the scheme is discontinued."""
        return None if self.state == "discontinued" else self.state


def begin(edition: Edition = "iso-1999") -> Scheme:
    """Every supplier starts on normal inspection."""
    check_known("edition_unknown", edition, EDITIONS)
    return Scheme(edition=edition)


def after_lot(scheme: Scheme, lot: LotResult) -> Scheme:
    """The scheme after one more lot. Raises SamplingError `inspection_discontinued` when none may be submitted."""
    if scheme.state == "discontinued":
        raise SamplingError("inspection_discontinued")
    if not lot.is_original:
        return scheme
    counted = _counted(scheme, lot)
    match scheme.state:
        case "normal":
            return _after_normal(counted, lot)
        case "tightened":
            return _after_tightened(counted)
        case "reduced":
            back = (
                not lot.accepted or not lot.is_steady or (scheme.edition == "z1.4" and lot.in_gap)
            )
            return _entered(counted, "normal") if back else counted


def after_lots(lots: Iterable[LotResult], *, edition: Edition = "iso-1999") -> Scheme:
    """Where a supplier stands after all lots so far, oldest first, from the beginning."""
    scheme = begin(edition)
    for lot in lots:
        scheme = after_lot(scheme, lot)
    return scheme


def resume(scheme: Scheme) -> Scheme:
    """After corrective action inspection resumes on tightened. Raises SamplingError `inspection_not_discontinued`."""
    if scheme.state != "discontinued":
        raise SamplingError("inspection_not_discontinued", got=scheme.state)
    return _entered(scheme, "tightened")


def switching_score(plan: Plan, *, counts_by_stage: tuple[int, ...]) -> int | None:
    """Points that one lot on normal inspection adds to ISO's score; 0 means that the score begins again.

    `counts_by_stage` are the cumulative counts of the stages that were inspected. Single plans (9.3.3.2): with an
    acceptance number of 0 or 1, 2 points if accepted; from 2 up, 3 points if the lot would also have been accepted one
    AQL step tighter, read at the letter of the plan in use, so that the sample size is the same. Double plans: 3
    points if accepted at the first sample. Multiple plans: 3 points if accepted by the third. None for a lot inspected
    whole.
    """
    assert plan.severity == "normal", "the score is kept on normal inspection alone"
    if plan.is_full_inspection:
        return None
    if not counts_by_stage or len(counts_by_stage) > len(plan.stages):
        raise SamplingError("stages_not_counted", got=len(counts_by_stage), most=len(plan.stages))
    stage = plan.stages[len(counts_by_stage) - 1]
    found = counts_by_stage[-1]
    if found > stage.acceptance_number:
        return 0
    match plan.kind:
        case "single" if stage.acceptance_number <= 1:
            return 2
        case "single":
            return 3 if found <= _tighter_acceptance_number(plan) else 0
        case "double":
            return 3 if len(counts_by_stage) == 1 else 0
        case "multiple":
            return 3 if len(counts_by_stage) <= 3 else 0


def _tighter_acceptance_number(plan: Plan) -> int:
    tighter = AQLS[AQLS.index(plan.aql) - 1]
    found = plan_at_letter(
        letter=plan.plan_letter, aql=tighter, severity=plan.severity, edition=plan.edition
    )
    assert found.stages[0].sample_size == plan.stages[0].sample_size
    return found.stages[0].acceptance_number


def _counted(scheme: Scheme, lot: LotResult) -> Scheme:
    starts_again = not lot.accepted or lot.score == 0 or scheme.state != "normal"
    score = 0 if starts_again else scheme.score + (lot.score or 0)
    return msgspec.structs.replace(
        scheme,
        recent=(*scheme.recent, lot.accepted)[-LOTS_FOR_REDUCED:],
        recent_nonconforming=(*scheme.recent_nonconforming, lot.nonconforming)[-LOTS_FOR_REDUCED:],
        score=score,
        not_accepted_on_tightened=scheme.not_accepted_on_tightened
        + (scheme.state == "tightened" and not lot.accepted),
    )


def _after_normal(scheme: Scheme, lot: LotResult) -> Scheme:
    if scheme.recent[-WINDOW_LOTS:].count(False) >= WINDOW_NOT_ACCEPTED:
        return _entered(scheme, "tightened")
    if lot.is_steady and lot.reduced_is_wished and _has_earned_reduced(scheme, lot):
        return _entered(scheme, "reduced")
    return scheme


def _has_earned_reduced(scheme: Scheme, lot: LotResult) -> bool:
    match scheme.edition:
        case "iso-1999":
            return scheme.score >= SCORE_FOR_REDUCED
        case "z1.4":
            few = lot.limit_number is None or sum(scheme.recent_nonconforming) <= lot.limit_number
            return len(scheme.recent) == LOTS_FOR_REDUCED and all(scheme.recent) and few


def _after_tightened(scheme: Scheme) -> Scheme:
    if scheme.not_accepted_on_tightened >= TIGHTENED_NOT_ACCEPTED:
        return _entered(scheme, "discontinued")
    if len(scheme.recent) >= TIGHTENED_ACCEPTED and all(scheme.recent[-TIGHTENED_ACCEPTED:]):
        return _entered(scheme, "normal")
    return scheme


def _entered(scheme: Scheme, state: SchemeState) -> Scheme:
    """A new state begins with nothing counted."""
    return Scheme(edition=scheme.edition, state=state)
