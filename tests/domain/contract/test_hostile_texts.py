"""Texts that nobody writes but to do harm: too long, without an end, of odd signs; each is read, and soon."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlot.domain.contract.assess_text import TEXT_CHARACTERS_MAX, assess_text
from fairlot.domain.contract.papers.read import read
from fairlot.domain.contract.wording.passages import PASSAGE_CHARACTERS_MAX, passages, short_lines

PAPER_CHARACTERS = 40_000
# Each of these once took the square, the cube or more of the time: a process would have stood still for minutes or years.
AGAIN_AND_AGAIN = (
    "不低于1", "≥1 ", "carton of 1 ", "1~", "max 1 mm ", "1 h 1 min ", "1,", "pack of 1 ", "1", "a", "一", " ", "\t", "-", "(",
)  # fmt: skip


@pytest.mark.parametrize("sign", AGAIN_AND_AGAIN)
def test_a_term_of_one_sign_again_and_again_is_judged(sign: str) -> None:
    term = sign * (TEXT_CHARACTERS_MAX // len(sign))
    if term.strip():
        assert assess_text(term).judgement.end == len(" ".join(term.split()))


@pytest.mark.parametrize("sign", AGAIN_AND_AGAIN)
def test_a_paper_of_one_line_without_end_is_read(sign: str) -> None:
    paper = sign * (PAPER_CHARACTERS // len(sign))
    for term in read(paper).terms:
        assert (term.line, term.text) == (1, paper[term.start : term.end])


@pytest.mark.parametrize(
    "text",
    [
        "单价8块²",
        "8块½每个",
        "5² mm",
        "\x00",
        "\u202e5 mm",
        "\ud800 5 mm",
        "İ 5 mm",
        "٣ pcs",
        "①②5mm",
    ],
)
def test_odd_signs_are_signs_like_others(text: str) -> None:
    assess_text(text)
    for term in read(text).terms:
        assert term.text == text[term.start : term.end]


@pytest.mark.parametrize(
    "line",
    [
        "Anna: 5 mm ±1 mm\nLi: 6 mm\n",
        "Anna: red strap\nLi: blue\n",
        "> 5 mm\n6 mm\n",
        "a | b | 5 mm\n",
    ],
)
def test_a_paper_that_haggles_without_end_is_read(line: str) -> None:
    paper = line * (PAPER_CHARACTERS // 4 // len(line))
    for term in read(paper).terms:
        assert term.text == paper[term.start : term.end]


@pytest.mark.parametrize(
    "row", ["1   2", "1  Strap   30 mm", "1.  2.  3.", "- 1   2", "1)  a   b", "一、 5   6"]
)
def test_what_looks_like_the_number_of_a_line_may_be_the_first_cell_of_a_row(row: str) -> None:
    paper = f"size   qty   price\n{row}"
    for term in read(paper).terms:
        assert term.text == paper[term.start : term.end]


def test_requirements_of_all_passages_of_a_long_term_are_judged() -> None:
    filling = "The strap is 30 mm ± 1 mm wide. " * 40
    found = assess_text(f"{filling}Premium quality. {filling}")
    assert found.judgement.label == "not_claimable"
    (praise,) = (part for part in found.parts if part.label == "not_claimable")
    written = " ".join(f"{filling}Premium quality. {filling}".split())
    assert "Premium" in written[praise.start : praise.end]


def test_terms_behind_the_beginning_of_a_long_line_stand_on_it() -> None:
    filling = "The strap is 30 mm ± 1 mm wide. " * 40
    paper = f"Quantity: 500 pcs\n{filling}The lid weighs 12 g ± 1 g.\nColor: Pantone 186 C"
    found = read(paper).terms
    (weight,) = (term for term in found if term.kind == "weight")
    assert (weight.line, paper[weight.start : weight.end]) == (2, weight.text)
    assert [term.line for term in found if term.kind == "colour"] == [3]


@given(st.text(alphabet="a1 ,.;。，\n", max_size=4_000))
def test_passages_cover_a_text_without_gap_and_are_short(text: str) -> None:
    spans = list(passages(text))
    assert (spans[0][0], spans[-1][1]) == (0, len(text))
    assert all(before[1] == after[0] for before, after in itertools.pairwise(spans))
    assert all(end - start <= PASSAGE_CHARACTERS_MAX for start, end in spans)


@given(st.text(alphabet="a1 ,.;。，\n", max_size=4_000))
def test_short_lines_change_nothing_but_the_signs_where_they_end(text: str) -> None:
    broken = short_lines(text)
    assert len(broken) == len(text)
    assert all(new in (old, "\n") for old, new in zip(text, broken, strict=True))
    assert max(map(len, broken.split("\n"))) <= PASSAGE_CHARACTERS_MAX


def test_a_passage_ends_behind_a_sentence_where_there_is_one() -> None:
    sentence = "The strap is 30 mm wide. "
    cut = [(sentence * 100)[start:end] for start, end in passages(sentence * 100)]
    assert all(passage.strip().endswith("wide.") for passage in cut)
