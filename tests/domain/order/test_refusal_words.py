"""Every refusal has a sentence in two languages, and each place in it is filled by the code that refuses."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

import pytest

import fairlot
from fairlot.domain.order.refusal_words import REFUSALS, refusal_sentence
from fairlot.domain.order.refusals import Code
from fairlot.domain.words.language import LANGUAGES, Language, Words, places_of

SOURCE = Path(fairlot.__file__).parent
# What refuses with a code and facts, by name.
REFUSES = frozenset({"refuse_if", "Refused", "NotAdmitted"})
# Codes that come from elsewhere (the write path, the table of transitions) or are not used yet.
CODES_UNSEEN_MAX = 8
# A page gives the beginning instant to claims that only come too early.
ADDED_BY_ADMISSION = {Code.CLAIM_TOO_EARLY: "opens_at"}


def codes_named_in(call: ast.Call) -> set[str]:
    named = {
        node.attr
        for argument in call.args
        for node in ast.walk(argument)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "Code"
    }
    return named & set(Code.__members__)


def facts_by_code() -> dict[Code, list[set[str]]]:
    """Return, for every place in the source that refuses with a code, the facts that it gives."""
    found: dict[Code, list[set[str]]] = defaultdict(list)
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id in REFUSES:
                given = {word.arg for word in node.keywords if word.arg not in {None, "record"}}
                for name in codes_named_in(node):
                    found[Code[name]].append({str(fact) for fact in given})
    return found


def faults_of(code: Code, words: Words, facts: list[set[str]]) -> list[str]:
    faults = []
    everywhere = set.intersection(*facts) if facts else set()
    anywhere = set().union(*facts) | {ADDED_BY_ADMISSION.get(code, "")}
    for language in LANGUAGES:
        needed, optional = places_of(words.say(language))
        faults += [
            f"{code} {language}: {{{name}}} is not always given" for name in needed - everywhere
        ]
        faults += [f"{code} {language}: {{{name}}} is never given" for name in optional - anywhere]
    if places_of(words.en) != places_of(words.zh):
        faults.append(f"{code}: the languages show different facts")
    return faults


class TestTable:
    def test_every_code_has_its_sentence(self) -> None:
        assert set(REFUSALS) == set(Code)

    def test_both_languages_say_something(self) -> None:
        for code, words in REFUSALS.items():
            assert len(words.en.split()) >= 4, code
            assert words.en.rstrip("]")[-1] == "." or words.en.endswith("."), code
            assert any("一" <= character <= "鿿" for character in words.zh), code
            assert words.zh.endswith("。"), code

    def test_no_two_codes_say_the_same(self) -> None:
        assert len({words.en for words in REFUSALS.values()}) == len(Code)
        assert len({words.zh for words in REFUSALS.values()}) == len(Code)

    def test_places_are_filled_by_the_code_that_refuses(self) -> None:
        facts = facts_by_code()
        faults = [
            fault
            for code, words in REFUSALS.items()
            for fault in faults_of(code, words, facts[code])
        ]
        assert not faults

    def test_nearly_every_code_is_seen_to_refuse(self) -> None:
        # A way to refuse that this test does not know of would show here.
        assert len(set(Code) - set(facts_by_code())) <= CODES_UNSEEN_MAX

    def test_a_place_that_nobody_fills_is_caught(self) -> None:
        planted = Words(
            "No offer {offer} by {nobody}[ at {never}].", "没有 {offer} {nobody}[ {never}]。"
        )
        faults = faults_of(Code.OFFER_NOT_STANDING, planted, [{"offer"}])
        assert len(faults) == 4


class TestSentence:
    def test_amounts_carry_the_currency(self) -> None:
        facts = {"total_minor": 1_980_000, "sum_minor": 1_980_050}
        said = refusal_sentence(Code.TOTAL_NOT_SUM_OF_LINES, facts, "en", currency="USD")
        assert said == (
            "The total is USD 19,800.00, but the lines add up to USD 19,800.50. Make them equal."
        )

    def test_amounts_without_currency_stay_minor_units(self) -> None:
        facts = {"total_minor": 1_980_000, "sum_minor": 5}
        assert "1,980,000" in refusal_sentence(Code.TOTAL_NOT_SUM_OF_LINES, facts, "en")

    def test_instants_are_told_in_the_zone(self) -> None:
        facts = {"until": "2027-03-15T15:59:59+00:00"}
        english = refusal_sentence(Code.CLAIM_TOO_LATE, facts, "en", zone="Asia/Shanghai")
        assert english == "The window for this claim ended at 15 Mar 2027 23:59:59 (Asia/Shanghai)."
        chinese = refusal_sentence(Code.CLAIM_TOO_LATE, facts, "zh", zone="Asia/Shanghai")
        assert chinese == "此项索赔期已于 2027年3月15日 23:59:59 (Asia/Shanghai) 结束。"

    def test_optional_facts_appear_when_given(self) -> None:
        facts: dict[str, str | int] = {"until": "2027-03-15T15:59:59+00:00", "line": 2}
        assert refusal_sentence(Code.CLAIM_TOO_LATE, facts, "en").endswith(", for line 2.")

    @pytest.mark.parametrize(
        ("language", "word"), [("en", "In production"), ("zh", "生产中")], ids=["en", "zh"]
    )
    def test_lists_are_told_by_their_words(self, language: Language, word: str) -> None:
        assert word in refusal_sentence(Code.WRONG_STATUS, {"status": "in_production"}, language)

    def test_kinds_of_cover_and_of_offers_are_told_apart(self) -> None:
        cover = refusal_sentence(Code.SPLIT_NOT_ALLOWED, {"kind": "pre-shipment"}, "zh")
        offer = refusal_sentence(Code.OFFER_INCOMPLETE, {"kind": "rework"}, "zh")
        assert "发货前保障" in cover
        assert "返工" in offer

    def test_a_needed_fact_that_is_missing_is_an_error(self) -> None:
        with pytest.raises(KeyError):
            refusal_sentence(Code.UNKNOWN_LINE, {}, "en")
