"""The scheme over successive lots: every way from one state to another, and every lot that does not count."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from fairlot.domain.sampling import Edition, Kind, SamplingError, plan
from fairlot.domain.sampling.switching import (
    LotResult,
    Scheme,
    after_lot,
    after_lots,
    begin,
    resume,
    switching_score,
)

GOOD, BAD = LotResult(accepted=True), LotResult(accepted=False)


def lots(pattern: str) -> list[LotResult]:
    """A row of lots: `+` accepted, `-` not accepted, `r` not accepted when submitted again."""
    meanings = {"+": GOOD, "-": BAD, "r": LotResult(accepted=False, is_original=False)}
    return [meanings[sign] for sign in pattern]


def states(pattern: str, *, edition: Edition = "iso-1999") -> str:
    """The state after each lot by its first letter."""
    scheme, seen = begin(edition), ""
    for lot in lots(pattern):
        scheme = after_lot(scheme, lot)
        seen += scheme.state[0]
    return seen


@pytest.mark.parametrize("edition", ["iso-1999", "z1.4"])
@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("+++++", "nnnnn"),
        ("--", "nt"),
        ("-+++-", "nnnnt"),
        ("-++++-", "nnnnnn"),
        ("-++++-+++-", "nnnnnnnnnt"),
        ("-r+r-", "nnnnt"),
        ("rrrr", "nnnn"),
        ("--+++++", "ntttttn"),
        ("--++++-+++++", "nttttttttttn"),
        ("-------", "ntttttd"),
        ("--+-+-+-+-+-", "nttttttttttd"),
    ],
)
def test_normal_tightened_and_discontinued(edition: Edition, pattern: str, expected: str) -> None:
    assert states(pattern, edition=edition) == expected


def test_a_new_state_begins_with_nothing_counted() -> None:
    back = after_lots(lots("--+++++"))
    assert back == begin()
    assert after_lot(back, BAD).state == "normal"
    assert after_lots(lots("--+++++--")).state == "tightened"


def test_after_corrective_action_inspection_resumes_on_tightened() -> None:
    stopped = after_lots(lots("-------"))
    assert (stopped.state, stopped.severity) == ("discontinued", None)
    with pytest.raises(SamplingError, match="discontinued"):
        after_lot(stopped, GOOD)
    resumed = resume(stopped)
    assert (resumed.state, resumed.severity, resumed.not_accepted_on_tightened) == (
        "tightened",
        "tightened",
        0,
    )
    with pytest.raises(SamplingError, match="nothing to resume"):
        resume(resumed)


def scored(points: Sequence[int | None], *, steady: bool = True, wished: bool = True) -> Scheme:
    return after_lots(
        LotResult(accepted=True, score=score, is_steady=steady, reduced_is_wished=wished)
        for score in points
    )


class TestReducedByScore:
    def test_thirty_points_lead_to_reduced(self) -> None:
        assert scored([3] * 9 + [2]).state == "normal"
        assert scored([3] * 10).state == "reduced"
        assert scored([2] * 15).state == "reduced"

    def test_only_if_steady_and_wished(self) -> None:
        assert scored([3] * 12, steady=False).state == "normal"
        assert scored([3] * 12, wished=False).state == "normal"
        assert scored([3] * 12, wished=False).score == 36

    def test_a_lot_without_points_begins_again(self) -> None:
        assert scored([3] * 9 + [0] + [3]).score == 3
        before = scored([3] * 9)
        assert after_lot(before, LotResult(accepted=False, score=3)).score == 0
        assert after_lot(before, LotResult(accepted=True, score=0)).score == 0

    def test_a_lot_inspected_whole_adds_nothing(self) -> None:
        assert scored([3, None, 3]).score == 6

    @pytest.mark.parametrize(
        ("lot", "state"),
        [
            (GOOD, "reduced"),
            (BAD, "normal"),
            (LotResult(accepted=True, is_steady=False), "normal"),
            (LotResult(accepted=False, is_original=False), "reduced"),
        ],
    )
    def test_back_to_normal(self, lot: LotResult, state: str) -> None:
        assert after_lot(scored([3] * 10), lot).state == state


class TestReducedByLimitNumber:
    def ten(self, *, nonconforming: int, limit: int | None, accepted: int = 10) -> Scheme:
        return after_lots(
            (
                LotResult(
                    accepted=number < accepted,
                    nonconforming=nonconforming,
                    limit_number=limit,
                    reduced_is_wished=True,
                )
                for number in range(10)
            ),
            edition="z1.4",
        )

    def test_ten_accepted_lots_within_the_limit_number(self) -> None:
        assert self.ten(nonconforming=2, limit=20).state == "reduced"
        assert self.ten(nonconforming=2, limit=19).state == "normal"
        assert self.ten(nonconforming=99, limit=None).state == "reduced"
        assert self.ten(nonconforming=0, limit=0, accepted=9).state == "normal"

    def test_nine_lots_are_too_few(self) -> None:
        few = after_lots([LotResult(accepted=True, reduced_is_wished=True)] * 9, edition="z1.4")
        assert few.state == "normal"

    def test_the_score_plays_no_part(self) -> None:
        scheme = after_lots(
            [LotResult(accepted=True, score=30, reduced_is_wished=True)] * 2, edition="z1.4"
        )
        assert scheme.state == "normal"

    def test_a_count_in_the_gap_leads_back_to_normal(self) -> None:
        reduced = self.ten(nonconforming=0, limit=5)
        assert after_lot(reduced, LotResult(accepted=True, in_gap=True)).state == "normal"
        assert after_lot(scored([3] * 10), LotResult(accepted=True, in_gap=True)).state == "reduced"


class TestScoreOfALot:
    @pytest.mark.parametrize(
        ("lot_size", "aql", "kind", "counts", "points"),
        [
            # Ac 0 and Ac 1: 2 points if accepted.
            (20, "2.5", "single", (0,), 2),
            (20, "2.5", "single", (1,), 0),
            (100, "2.5", "single", (1,), 2),
            (100, "2.5", "single", (2,), 0),
            # Ac 7 at AQL 2.5; at 1.5 the same 125 units allow 5.
            (3000, "2.5", "single", (5,), 3),
            (3000, "2.5", "single", (6,), 0),
            (3000, "2.5", "single", (8,), 0),
            # The arrow led from P up to N: 500 units, Ac 21; at AQL 1.5 and letter N 14 are allowed.
            (200_000, "2.5", "single", (14,), 3),
            (200_000, "2.5", "single", (15,), 0),
            # Double: accepted at the first sample. Multiple: by the third.
            (3000, "2.5", "double", (3,), 3),
            (3000, "2.5", "double", (5, 6), 0),
            (3000, "2.5", "double", (5, 9), 0),
            (3000, "2.5", "multiple", (0, 1), 3),
            (3000, "2.5", "multiple", (1, 2, 3), 3),
            (3000, "2.5", "multiple", (1, 2, 4, 5), 0),
        ],
    )
    def test_points(
        self, lot_size: int, aql: str, kind: Kind, counts: tuple[int, ...], points: int
    ) -> None:
        found = plan(lot_size=lot_size, level="II", aql=aql, kind=kind)
        assert switching_score(found, counts_by_stage=counts) == points

    def test_a_lot_inspected_whole_has_no_points(self) -> None:
        assert (
            switching_score(plan(lot_size=3, level="II", aql="2.5"), counts_by_stage=(0,)) is None
        )

    @pytest.mark.parametrize("counts", [(), (0, 0)])
    def test_counts_belong_to_stages(self, counts: tuple[int, ...]) -> None:
        with pytest.raises(SamplingError, match="Counts are needed"):
            switching_score(plan(lot_size=3000, level="II", aql="2.5"), counts_by_stage=counts)


def test_a_supplier_from_the_beginning_to_reduced_and_back() -> None:
    """The score from real counts: 125 units at AQL 2.5, five or fewer found earn 3 points."""
    found = plan(lot_size=3000, level="II", aql="2.5")
    scheme = begin()
    for count in (2, 0, 5, 1, 6, 3, 2, 2, 1, 0, 0, 4, 5, 1, 2):
        scheme = after_lot(
            scheme,
            LotResult(
                accepted=count <= 7,
                nonconforming=count,
                score=switching_score(found, counts_by_stage=(count,)),
                reduced_is_wished=True,
            ),
        )
    assert scheme.state == "reduced"
    assert after_lot(scheme, BAD).state == "normal"


def test_an_unknown_edition_is_refused() -> None:
    with pytest.raises(SamplingError, match="Edition"):
        begin("iso-2026")  # type: ignore[arg-type]
