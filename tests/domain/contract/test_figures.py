"""The figures asked of the assessor on labelled terms and papers; a judge that flatters or despairs is caught."""

from __future__ import annotations

import pytest

from tests.support.contract_scores import (
    accuracy,
    confusion,
    costly_error,
    document_scores,
    is_held_out,
    macro_f1,
    terms,
)

MACRO_F1_MIN = 0.90
COSTLY_ERROR_MAX = 0.03
PAPERS_MIN = 0.95


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", ["terms.jsonl", "more_terms.jsonl", "unseen_terms.jsonl"])
def test_labelled_terms_are_judged_as_labelled(name: str, language: str) -> None:
    table = confusion(row for row in terms(name) if row["lang"] == language)
    assert macro_f1(table) >= MACRO_F1_MIN
    assert costly_error(table) <= COSTLY_ERROR_MAX


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_third_set_aside_meets_the_figures_too(language: str) -> None:
    table = confusion(
        row for row in terms("terms.jsonl") if row["lang"] == language and is_held_out(row)
    )
    assert macro_f1(table) >= MACRO_F1_MIN
    assert costly_error(table) <= COSTLY_ERROR_MAX


def test_a_judge_that_calls_everything_claimable_is_caught() -> None:
    table = confusion(terms("terms.jsonl"), lambda _text, _kind: "claimable")
    assert costly_error(table) > COSTLY_ERROR_MAX
    assert macro_f1(table) < MACRO_F1_MIN


def test_a_judge_that_memorizes_the_given_terms_fails_on_later_ones() -> None:
    known = {row["text"]: row["label"] for row in terms("terms.jsonl")}
    table = confusion(terms("more_terms.jsonl"), lambda text, _kind: known.get(text, "weak"))
    assert accuracy(table) < MACRO_F1_MIN


@pytest.mark.parametrize("language", ["en", "zh"])
def test_papers_give_the_annotated_terms_and_hardly_others(language: str) -> None:
    counts = document_scores(language)
    assert counts["found"] >= PAPERS_MIN * counts["needed"]
    assert counts["right"] >= PAPERS_MIN * counts["proposed"]
