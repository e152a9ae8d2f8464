"""Reading pasted papers: nothing without text behind it, the last word in a chat, context from captions and clauses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlot.domain.contract.read import read
from tests.support.contract_scores import documents

PAPERS = [(paper["id"], text) for paper, text in documents()]


@pytest.mark.parametrize(("name", "text"), PAPERS)
def test_every_proposal_has_its_text_and_its_line(name: str, text: str) -> None:
    for term in read(text).terms:
        assert term.text == text[term.start : term.end], name
        assert term.line == text.count("\n", 0, term.start) + 1
        assert term.text.strip()


@given(st.text(max_size=300))
def test_no_paper_breaks_the_reader(text: str) -> None:
    for term in read(text).terms:
        assert text[term.start : term.end].strip()


def test_full_width_papers_are_read_like_half_width_ones() -> None:
    narrow = "颜色:潘通186C\n重量:250g±10g\n包装:24件/箱,毛重≤16kg"
    wide = narrow.replace(":", "\uff1a").replace(",", "\uff0c")
    assert [t.kind for t in read(narrow).terms] == [t.kind for t in read(wide).terms]


def test_a_general_clause_gives_unit_and_tolerance() -> None:
    alone = read("Thickness: 25").terms
    under = read(
        "All dimensions in mm, tolerance ±2 mm unless noted otherwise.\nThickness: 25"
    ).terms
    assert [t.label for t in alone] == ["weak"]
    assert under[-1].label == "claimable"


def test_history_and_courtesy_are_no_terms() -> None:
    assert (
        read("Dear Sir,\nOur factory was established in 2004 with 260 workers.\nBest regards").terms
        == ()
    )


def test_the_last_word_in_a_chat_counts() -> None:
    chat = (
        "[1月12日 10:02] 采购:先来2000条\n[1月12日 10:03] 供应商:好的\n"
        "[1月12日 10:05] 采购:数量改3000条\n[1月12日 10:06] 供应商:ok"
    )
    assert [t.text for t in read(chat).terms if t.kind == "quantity"] == ["数量改3000条"]


def test_missing_topics_are_named() -> None:
    assert set(read("Quantity: 300 pcs").missing_topics) == {
        "shipment_date", "size", "material", "colour", "packaging", "branding",
    }  # fmt: skip
