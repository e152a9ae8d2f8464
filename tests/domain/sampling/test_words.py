"""Chances in a buyer's words, and every refusal in both languages."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import fairlot.domain.sampling
from fairlot.domain.sampling import SamplingError, Stage, plan
from fairlot.domain.sampling.errors import SENTENCES
from fairlot.domain.sampling.words import chance_in_words, passing_in_words, shown_hundredths

SINGLE = plan(lot_size=3000, level="II", aql="2.5").stages
PACKAGE = Path(fairlot.domain.sampling.__file__).parent
INTERFACES = Path(fairlot.domain.sampling.__file__).parents[2] / "interfaces" / "cli"


@pytest.mark.parametrize(
    ("chance", "english"),
    [
        (1.0, "practically always"),
        (0.9996, "practically always"),
        (0.999, "999 times in 1,000"),
        (0.99, "99 times in 100"),
        (0.9503, "19 times in 20"),
        (0.9, "9 times in 10"),
        (2 / 3, "2 times in 3"),
        (0.522, "1 time in 2"),
        (0.34, "1 time in 3"),
        (0.1, "1 time in 10"),
        (0.095, "1 time in 10"),
        (0.051, "1 time in 20"),
        (0.029, "1 time in 30"),
        (0.0101, "1 time in 100"),
        (0.0005, "1 time in 2,000"),
        (0.0004, "practically never"),
        (0.0, "practically never"),
    ],
)
def test_a_chance_is_said_as_times_in_times(chance: float, english: str) -> None:
    assert chance_in_words(chance).en == english


def test_what_is_said_is_never_half_as_far_from_certainty_as_the_truth() -> None:
    for step in range(2, 1999):
        chance = step / 2000
        said = re.fullmatch(r"([\d,]+) times? in ([\d,]+)", chance_in_words(chance).en)
        assert said is not None
        times, of = (int(number.replace(",", "")) for number in said.groups())
        assert abs(times / of - chance) <= 0.5 * min(chance, 1 - chance)
        assert chance_in_words(chance).zh == f"每 {of} 次中有 {times} 次"


def test_a_buyer_reads_how_often_a_bad_lot_passes() -> None:
    said = passing_in_words(SINGLE, value=0.08)
    assert said.en == "A lot with 8 % defective passes this plan 1 time in 5."
    assert said.zh == "不合格品率为 8% 的批每 5 次中有 1 次会通过本方案。"
    assert passing_in_words(SINGLE, value=0.5).zh == "不合格品率为 50% 的批几乎从不通过本方案。"


def test_six_percent_one_time_in_three() -> None:
    """The sentence that the room was asked for, from the plan that makes it true."""
    stages = (Stage(sample_size=50, acceptance_number=2, rejection_number=3),)
    assert (
        passing_in_words(stages, value=0.06).en
        == "A lot with 6 % defective passes this plan 2 times in 5."
    )
    stages = (Stage(sample_size=20, acceptance_number=0, rejection_number=1),)
    assert (
        passing_in_words(stages, value=0.06).en
        == "A lot with 6 % defective passes this plan 3 times in 10."
    )
    stages = (Stage(sample_size=18, acceptance_number=0, rejection_number=1),)
    assert (
        passing_in_words(stages, value=0.06).en
        == "A lot with 6 % defective passes this plan 1 time in 3."
    )


def test_nonconformities_are_counted_per_hundred_units() -> None:
    said = passing_in_words(SINGLE, value=0.06, distribution="poisson")
    assert said.en == "A lot with 6 defects per 100 units passes this plan 1 time in 2."
    assert said.zh.startswith("每百件有 6 个缺陷的批")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.0, "0"),
        (0.025, "2.5"),
        (0.0615, "6.15"),
        (0.09237, "9.24"),
        (1.0, "100"),
        (0.0001, "0.01"),
        (14.1, "1410"),
    ],
)
def test_shares_are_shown_with_three_digits(value: float, shown: str) -> None:
    assert shown_hundredths(value) == shown


# Refusals.


def raised_codes() -> dict[str, set[str]]:
    """Every code that the sources raise, with the facts given beside it. A code from a variable is not seen here."""
    found: dict[str, set[str]] = {}
    for path in (*PACKAGE.glob("*.py"), *INTERFACES.glob("sampling*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                not isinstance(node, ast.Call)
                or not node.args
                or not isinstance(node.args[0], ast.Constant)
            ):
                continue
            code = str(node.args[0].value)
            name = node.func.id if isinstance(node.func, ast.Name) else ""
            if name == "SamplingError":
                facts = {keyword.arg or "" for keyword in node.keywords}
                assert found.setdefault(code, facts) == facts
            elif name == "check_known":
                found[code] = {"got", "known"}
    return found


def test_every_refusal_can_be_said_in_both_languages() -> None:
    raised = raised_codes()
    assert set(raised) == set(SENTENCES)
    for code, facts in raised.items():
        for sentence in SENTENCES[code]:
            assert set(re.findall(r"{(\w+)}", sentence)) <= facts
        english, chinese = SENTENCES[code]
        assert english.endswith(".")
        assert "\n" not in english
        assert re.search(r"[\u4e00-\u9fff]", chinese)


def test_a_refusal_is_one_sentence_however_long_what_was_typed() -> None:
    refused = SamplingError("lot_size_not_whole", got="9" * 5000)
    assert str(refused) == refused.sentence_en
    assert len(refused.sentence_en) < 250
    assert len(refused.sentence_zh) < 250
