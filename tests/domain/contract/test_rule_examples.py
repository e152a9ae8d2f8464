"""Every rule's examples are its tests, in both languages: bad ones bring it, good ones are claimable."""

from __future__ import annotations

import pytest

from fairlot.domain.contract.assess_text import assess_text
from fairlot.domain.contract.judging.judgement import NOT_CLAIMABLE_RULES
from fairlot.domain.contract.lexicon import LANGUAGES, properties, shadow
from fairlot.domain.contract.lexicon.spotting import spot
from fairlot.domain.contract.rules import mend_for, rule_book
from fairlot.domain.contract.vocabulary import Language

BOOKS: dict[Language, object] = {"en": rule_book("en"), "zh": rule_book("zh")}
BAD = [
    (lang, rule.code, text) for lang in BOOKS for rule in rule_book(lang).rule for text in rule.bad
]
GOOD = [
    (lang, rule.code, text) for lang in BOOKS for rule in rule_book(lang).rule for text in rule.good
]


@pytest.mark.parametrize(("language", "code", "text"), BAD)
def test_a_bad_example_brings_its_rule_and_a_mend(language: Language, code: str, text: str) -> None:
    judged = assess_text(text).judgement
    assert code in judged.rules
    assert judged.label == ("not_claimable" if judged.rules[0] in NOT_CLAIMABLE_RULES else "weak")
    assert mend_for(judged, language)


@pytest.mark.parametrize(("language", "code", "text"), GOOD)
def test_a_good_example_is_claimable(language: Language, code: str, text: str) -> None:
    assert assess_text(text).judgement.label == "claimable"


def test_both_languages_have_the_same_rules_with_words_and_examples() -> None:
    english, chinese = rule_book("en"), rule_book("zh")
    assert {rule.code for rule in english.rule} == {rule.code for rule in chinese.rule}
    assert english.example.keys() == chinese.example.keys()
    assert english.contradiction.keys() == chinese.contradiction.keys()
    for book in (english, chinese):
        for rule in book.rule:
            assert rule.sentence
            assert rule.explanation
            assert rule.code == "ok" or rule.bad


def test_examples_of_mends_speak_of_known_properties_or_topics() -> None:
    for language in LANGUAGES:
        named = rule_book(language).example
        topics = {"shipment date", "shipment_date", "size", "weight", "material", "colour", "capacity", "packaging",
                  "branding", "finish", "stitching", "certification", "quantity", "function", "appearance", "price", "other"}  # fmt: skip
        assert set(named) <= topics | properties().keys()


def test_a_word_taken_from_the_lexicon_is_no_longer_spotted() -> None:
    found = spot(shadow("premium long-lasting battery"))
    assert "vague" in found
    assert "vague" not in spot(shadow("xyzzy plugh"))
