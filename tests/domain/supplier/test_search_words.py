"""Words of search: Chinese by pairs, Latin as it stands, and filters that never exclude what they should find."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fairlot.domain.supplier.search_words import (
    cover_mark_wanted,
    cover_marks,
    split_for_index,
    split_query,
)


def test_r2_chinese_is_indexed_by_characters_and_pairs() -> None:
    found = split_for_index(["移动电源 20000mAh", "Power bank"])
    assert found.latin == "20000mAh Power bank"
    assert set(found.chinese) == {"移", "动", "电", "源", "移动", "动电", "电源"}


def test_r2_a_query_asks_for_pairs_and_a_lone_character_for_itself() -> None:
    assert split_query("移动电源").chinese == ("移动", "动电", "电源")
    assert split_query("灯 led").chinese == ("灯",)
    assert split_query("灯 led").latin == "led"


def test_full_width_letters_are_the_same_letters() -> None:
    assert split_query("ＬＥＤ灯").latin == "LED"


chinese = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x4E20), min_size=1, max_size=8)


@given(chinese, chinese, chinese)
def test_r2_whatever_stands_in_a_text_is_found_by_it(before: str, part: str, after: str) -> None:
    indexed = set(split_for_index([before + part + after]).chinese)
    assert set(split_query(part).chinese) <= indexed


@given(st.integers(0, 10**10), st.integers(0, 10**10))
def test_r2_a_limit_that_covers_an_amount_is_never_left_out(free: int, amount: int) -> None:
    wanted = cover_mark_wanted(amount)
    if free >= amount and wanted is not None:
        assert wanted in cover_marks(free)
