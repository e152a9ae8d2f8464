"""Creditor references: right by the standard, always the same, found however they are written."""

from __future__ import annotations

import random
import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlot.providers.wire import is_reference, printed, reference_for
from fairlot.providers.wire.references import (
    INSTALMENT_MAX,
    REFERENCE_CHARACTERS,
    compact,
    find_references,
    remainder_97,
    same_order,
)

ORDER_IDS = st.text("0123456789abcdefghjkmnpqrstvwxyz", min_size=26, max_size=26).map(
    "ord_{}".format
)
INSTALMENTS = st.integers(0, INSTALMENT_MAX)
ORDERS_DRAWN = 20_000


class TestReferenceFor:
    @given(ORDER_IDS, INSTALMENTS)
    def test_it_is_a_valid_reference_of_25_signs(self, order_id: str, instalment: int) -> None:
        reference = reference_for(order_id, instalment)
        assert len(reference) == REFERENCE_CHARACTERS == 25
        assert re.fullmatch(r"RF[0-9]{2}[0-9AC-HJKNP-TVWYZ]{21}", reference)
        assert is_reference(reference)
        assert 2 <= int(reference[2:4]) <= 98

    def test_it_never_changes(self) -> None:
        assert reference_for("ord_01jd4m8q7vx2c9k5t3w6y1z0ab", 1) == "RF8843KNZW96D5WZFJ4TEF801"
        assert reference_for("ord_01jd4m8q7vx2c9k5t3w6y1z0ab", 2) == "RF6143KNZW96D5WZFJ4TEF802"

    @given(ORDER_IDS, INSTALMENTS, INSTALMENTS)
    def test_instalments_share_the_stem_and_nothing_else(
        self, order_id: str, one: int, other: int
    ) -> None:
        first, second = reference_for(order_id, one), reference_for(order_id, other)
        assert (first == second) == (one == other)
        assert same_order(first, second)

    def test_orders_drawn_one_after_the_other_do_not_collide(self) -> None:
        """Ids of one millisecond differ in their last signs only."""
        rng = random.Random(11)
        stems = {
            reference_for(f"ord_01jd4m8q7v{rng.getrandbits(64):016x}", 1)[4:]
            for _ in range(ORDERS_DRAWN)
        }
        assert len(stems) == ORDERS_DRAWN

    @pytest.mark.parametrize("instalment", [-1, INSTALMENT_MAX + 1])
    def test_an_instalment_that_does_not_fit_is_a_mistake_of_ours(self, instalment: int) -> None:
        with pytest.raises(AssertionError):
            reference_for("ord_1", instalment)


class TestStandard:
    @pytest.mark.parametrize(
        "reference",
        # Examples of ISO 11649 in public documentation: the standard's own, and those of banks and of validators.
        ["RF18539007547034", "RF18000000000539007547034", "RF45G72UUR", "RF6518K5"],
    )
    def test_known_references_are_valid(self, reference: str) -> None:
        assert is_reference(reference)

    @pytest.mark.parametrize(
        "text", ["", "RF", "RF18", "RF19539007547034", "XX18539007547034", "RF18 5390 0754 7034"]
    )
    def test_other_texts_are_not(self, text: str) -> None:
        assert not is_reference(text)

    @given(ORDER_IDS, st.integers(4, 24), st.data())
    def test_a_digit_for_a_digit_or_a_letter_for_a_letter_is_noticed(
        self, order_id: str, position: int, data: st.DataObject
    ) -> None:
        """A letter for a digit makes the number longer; that is noticed ninety-six times in ninety-seven."""
        reference = reference_for(order_id, 1)
        alike = string.digits if reference[position].isdigit() else string.ascii_uppercase
        sign = data.draw(st.sampled_from(alike))
        changed = reference[:position] + sign + reference[position + 1 :]
        assert is_reference(changed) == (changed == reference)

    @given(ORDER_IDS, st.integers(4, 23))
    def test_two_signs_changed_about_are_noticed(self, order_id: str, position: int) -> None:
        reference = reference_for(order_id, 1)
        one, other = reference[position], reference[position + 1]
        changed = reference[:position] + other + one + reference[position + 2 :]
        assert is_reference(changed) == (changed == reference)

    @given(st.text("0123456789", min_size=1, max_size=60))
    def test_the_remainder_is_that_of_the_number(self, digits: str) -> None:
        assert remainder_97(digits) == int(digits) % 97


class TestFinding:
    @given(
        ORDER_IDS,
        st.text(max_size=20),
        st.text(max_size=20),
        st.sampled_from(["", " ", "-", ".", "\n"]),
    )
    def test_it_is_found_in_any_text_with_anything_between(
        self, order_id: str, before: str, after: str, between: str
    ) -> None:
        reference = reference_for(order_id, 3)
        written = between.join(printed(reference).split()).lower()
        assert reference in set(find_references(f"{before} {written} {after}"))

    @given(st.text(max_size=200))
    def test_nothing_is_found_that_is_not_valid(self, text: str) -> None:
        assert all(is_reference(found) for found in find_references(text))

    def test_two_in_one_text_are_both_found(self) -> None:
        both = [reference_for("ord_1", 1), reference_for("ord_1", 2)]
        assert list(find_references(f"deposit {both[0]} and balance {both[1]}")) == both

    def test_printed_and_compact_are_each_others_reverse(self) -> None:
        reference = reference_for("ord_1", 1)
        assert printed(reference).count(" ") == 6
        assert compact(printed(reference)) == reference
