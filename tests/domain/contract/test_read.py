"""Reading pasted papers: nothing without text behind it, the last word in a chat, context from captions and clauses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlot.domain.contract.papers.read import read
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


def kinds_and_texts(text: str) -> set[tuple[str, str]]:
    return {(term.kind, term.text) for term in read(text).terms}


def test_one_sentence_of_a_mail_yields_all_its_terms() -> None:
    mail = "we would need 5,000 pcs of the 500 ml bottle in navy, shipping by 15 March 2027"
    assert kinds_and_texts(mail) == {
        ("quantity", "we would need 5,000 pcs"),
        ("capacity", "of the 500 ml bottle"),
        ("colour", "in navy"),
        ("shipment_date", "shipping by 15 March 2027"),
    }


def test_counts_sizes_and_colours_written_together_come_apart() -> None:
    assert kinds_and_texts("我们要5000个500ml黑色保温杯") == {
        ("quantity", "我们要5000个"),
        ("capacity", "500ml"),
        ("colour", "黑色保温杯"),
    }


ORDER = (
    "Pos  Article    Description             Qty (pcs)   Price/pc USD   Amount USD\n"
    "--------------------------------------------------------------------------------\n"
    "10   BP-25-A    School backpack         1,800       8.15           14,670.00\n"
    "20   BP-25-B    Backpack, 600D fabric   1,200       8.15            9,780.00\n"
    "     Total                              3,000                      24,450.00"
)


def test_units_over_columns_hold_for_the_numbers_under_them() -> None:
    found = read(ORDER).terms
    quantity, price = (
        [term for term in found if term.kind == kind and term.line == 3]
        for kind in ("quantity", "price")
    )
    assert [(term.text, term.parsed.unit) for term in quantity if term.parsed] == [("1,800", "pcs")]
    assert [(term.text, term.parsed.unit) for term in price if term.parsed] == [("8.15", "USD")]
    assert not any("BP-25" in term.text or "14,670" in term.text for term in found)


def test_the_order_of_units_in_a_chinese_head_is_read_too() -> None:
    found = kinds_and_texts("名称 | 规格(cm) | 含税单价(元/条)\n面巾 | 34×74 | 6.80\n")
    assert found == {("size", "34×74"), ("price", "6.80")}


@pytest.mark.parametrize(
    "table",
    [
        "Measurements in cm:\n\nPoint          92      98      104     tol.\n1/2 chest      30      31.5    33      ±1",
        "| Point of measure (cm) | S | M | L | Tol. |\n|---|---|---|---|---|\n| Chest width | 50 | 53 | 56 | ±1 |",
    ],
)
def test_a_row_of_a_size_table_is_one_term_with_its_tolerance(table: str) -> None:
    (found,) = read(table).terms
    assert (found.kind, found.label) == ("size", "claimable")
    assert found.parsed is not None
    assert found.parsed.tolerance is not None


REPORT = (
    "PRE-SHIPMENT INSPECTION REPORT\n"
    "Report no.: IR-270318-2       Inspection date: 18 March 2027\n"
    "   Ordered: 20,000 pcs          Presented: 19,800 pcs, all packed\n\n"
    "   Point           Required                 Found\n"
    "   Length          108 mm ±2 mm             107.4-108.9 mm\n"
    "   Colour temp.    2700 K ±150 K            2688 K\n\n"
    "C. DEFECTS\n"
    "   critical 0, major 3, minor 6\n"
)


def test_a_report_states_what_is_required_and_not_what_was_found() -> None:
    texts = [term.text for term in read(REPORT).terms]
    assert len(texts) == 3
    assert texts[0] == "Ordered: 20,000 pcs"
    assert texts[1].endswith("108 mm ±2 mm")
    assert texts[2].endswith("2700 K ±150 K")


def test_what_the_maker_and_others_say_of_him_is_no_term() -> None:
    page = (
        "Weight               540 g ±15 g\n\nABOUT US\n"
        "Founded in 2011, 8 assembly lines, response time ≤ 2 h.\n\nREVIEWS  4.9 / 5 (212 reviews)\n"
        '"Very nice seller, the battery holds 10 hours."\n'
    )
    assert [term.kind for term in read(page).terms] == ["weight"]


@pytest.mark.parametrize(
    "said",
    [
        "Please confirm within 2 working days.",
        "Claims must be made within 15 days after receipt.",
        "We are an importer with 140 shops.",
        "Our general terms of purchase apply.",
        "Account no. 123456789012  SWIFT ABCDCNBJ",
        "One more question for autumn: can you make a teapot, maybe 800 pcs?",
        "Last season 4 % of the sets were too short.",
        "LOT 2 - SALAD BOWL",
        "REQUEST FOR QUOTATION   No. RFQ-0227-08",
        "报价30天内有效",
        "异议应在收货后15天内提出",
        "请于两个工作日内签字盖章回传",
        "本单未尽事宜按双方2025年框架协议执行",
        "打样:5-7天",
        "品质第一,客户至上!24小时内必回",
        "工厂配合良好",
    ],
)
def test_what_the_parties_say_of_their_dealings_is_no_term(said: str) -> None:
    assert read(said).terms == ()


def chat(*turns: str) -> str:
    return "\n".join(
        f"[18 Jan 14:{index:02}] {'Buyer M' if turn[0] == 'b' else 'Supplier N'}: {turn[2:]}"
        for index, turn in enumerate(turns)
    )


def test_a_refused_colour_falls_with_its_refusal() -> None:
    talk = chat("b:colour black", "s:ok", "b:sorry, my boss says no black. Pantone 2379 C")
    assert [term.text for term in read(talk).terms] == ["Pantone 2379 C"]


def test_a_declined_price_falls_and_the_agreed_one_needs_no_currency() -> None:
    talk = chat("s:price USD 1.05", "b:too expensive, 0.95", "s:impossible dear. best 0.99", "b:ok")
    assert kinds_and_texts(talk) == {("price", "0.99")}


def test_of_several_offered_the_one_taken_counts() -> None:
    talk = chat("b:which capacities?", "s:5000, 10000 and 20000 mAh", "b:10000 mAh min. then")
    assert [term.line for term in read(talk).terms] == [3]


def test_a_question_tells_what_its_answer_is_about() -> None:
    talk = chat("s:how many in total?", "b:2,400", "s:which sizes?", "b:98, 110 and 122")
    assert kinds_and_texts(talk) == {("quantity", "2,400"), ("size", "98, 110 and 122")}


@pytest.mark.parametrize(
    "stamp",
    [
        "[18 Jan 14:02] Anna: {}",
        "14/01/2027, 09:12 - Anna: {}",
        "Anna (14:02): {}",
        "[2027-01-18 14:02:05] Anna: {}",
        "王经理 2027/3/1 14:02:05\n{}",
        "1月18日 下午2:02 王经理: {}",
    ],
)
def test_stamps_and_names_of_a_chat_are_no_part_of_a_term(stamp: str) -> None:
    talk = "\n".join(
        stamp.format(said) for said in ("3000 pcs", "weight 210 g ±5 g", "colour RAL 7016")
    )
    assert [term.text for term in read(talk).terms] == [
        "3000 pcs",
        "weight 210 g ±5 g",
        "colour RAL 7016",
    ]


def test_names_that_take_turns_are_speakers() -> None:
    talk = "Anna: 2400 pcs\nMr Chen: ok\nAnna: RAL 7016\nMr Chen: no problem\nAnna: 2600 pcs"
    assert [term.text for term in read(talk).terms] == ["RAL 7016", "2600 pcs"]


def test_an_older_mail_is_known_by_its_head() -> None:
    thread = (
        "From: Jane\nTo: Kevin\n\nWe take 4,000 pieces at USD 3.45 each.\n\n"
        "From: Kevin\nSent: Friday, February 26, 2027 5:40 PM\n\nOur price is USD 3.60 for 3,000 pieces.\n"
    )
    texts = " ".join(term.text for term in read(thread).terms)
    assert "4,000" in texts
    assert "3.45" in texts
    assert "3.60" not in texts
    assert "3,000" not in texts


def test_a_sentence_behind_a_number_is_a_sentence_of_its_own() -> None:
    mail = "Load per drawer at least 15 kg, tested acc. to EN 14749. Handles from zinc alloy."
    assert kinds_and_texts(mail) == {
        ("function", "Load per drawer at least 15 kg, tested acc. to EN 14749."),
        ("material", "Handles from zinc alloy."),
    }


def test_a_day_and_the_count_due_on_it_are_two_terms() -> None:
    assert kinds_and_texts("数量:首批3000套,2027年3月25日前先交1000套") == {
        ("quantity", "数量:首批3000套"),
        ("shipment_date", "2027年3月25日前先交"),
        ("quantity", "1000套"),
    }


@pytest.mark.parametrize(
    "heading",
    [
        "B.3 Materials",
        "1 ELECTRICAL",
        "数量与抽样:",
        "SUPPLY AGREEMENT - ANNEX B: QUALITY SPECIFICATION",
    ],
)
def test_headings_are_no_terms(heading: str) -> None:
    assert read(f"{heading}\n").terms == ()


def test_how_long_a_price_stands_is_no_part_of_it() -> None:
    assert kinds_and_texts("Price:       USD 3.95 FOB Ningbo, valid 30 days") == {
        ("price", "Price:       USD 3.95 FOB Ningbo")
    }


def test_a_caption_with_a_gap_behind_its_colon_belongs_to_its_value() -> None:
    (found,) = read("CRI:               >80").terms
    assert (found.kind, found.label, found.text) == (
        "function",
        "claimable",
        "CRI:               >80",
    )


def test_a_question_in_a_quoted_mail_states_nothing() -> None:
    thread = "RAL 9005 please.\n> 2. Colour of the legs?\n> 3. Legs: steel tube 25 mm ±0.5 mm"
    assert {term.line for term in read(thread).terms} == {1, 3}
