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


TABLE = (
    "Category | Item | Requirement | Remarks\n"
    "Structure | Base diameter | 180 mm ±1 mm | \n"
    "Electric | Standby power | max. 0.5 W | \n"
    "Marking | Rating plate | as drawing MP-09 rev A | "
)


def test_the_name_of_an_item_is_no_term_and_gives_its_requirement_a_topic() -> None:
    found = read(TABLE).terms
    assert [(term.kind, term.label) for term in found] == [
        ("size", "claimable"),
        ("function", "claimable"),
        ("branding", "claimable"),
    ]
    assert found[0].text == "Base diameter | 180 mm ±1 mm"


def test_the_words_over_columns_give_topics() -> None:
    found = read("品名 | 货号 | 规格 | 数量\n面巾 | MJ-35 | 34×75cm±1cm | 20,000条").terms
    assert {(term.kind, term.text) for term in found} >= {
        ("size", "34×75cm±1cm"),
        ("quantity", "20,000条"),
    }
    assert all("MJ-35" not in term.text for term in found)


def test_a_wide_gap_parts_a_name_from_its_value() -> None:
    (found,) = read("Wall thickness      min. 1.7 mm").terms
    assert (found.kind, found.label) == ("size", "claimable")


def test_a_mail_thread_keeps_the_last_word_on_each_matter() -> None:
    thread = (
        "We accept EUR 11.40 per piece.\nShoulder strap width 45 mm ±2 mm\n"
        "> for 1,500 pcs our price is EUR 12.10\n"
        ">> Strap width 40 mm\n>> Bottle holder width 90 mm ±3 mm"
    )
    texts = [term.text for term in read(thread).terms]
    assert any("11.40" in text for text in texts)
    assert any("90 mm" in text for text in texts)
    assert not any("12.10" in text or "40 mm" in text for text in texts)


def test_a_party_inside_a_sentence_does_not_hide_it() -> None:
    (found,) = read("产品上不得出现乙方名称").terms
    assert (found.kind, found.label) == ("branding", "claimable")
