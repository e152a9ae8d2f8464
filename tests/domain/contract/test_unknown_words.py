"""What no list knows: invented nouns, bodies and numbers in known sentences must not change the judgement."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fairlot.domain.contract.assess_text import assess_text
from fairlot.domain.contract.judging import judge_shape
from fairlot.domain.contract.lexicon.spotting import spot

INVENTED = ("zorbel", "quintavel", "brimoth")
INVENTED_CHINESE = ("藿枰", "玘璘", "橐龠")

# (topic, sentence with one gap, label that the sentence has for every noun in the gap)
ENGLISH = (
    ("material", "Handle: {}", "weak"),
    ("material", "upper in {}", "weak"),
    ("material", "60% {} 40% cotton", "claimable"),
    ("material", "frame of solid {}", "claimable"),
    ("colour", "Colour: {}", "weak"),
    ("finish", "{} finish", "weak"),
    ("finish", "coating must not {}", "weak"),
    ("appearance", "no {} on the surface", "weak"),
    ("appearance", "no missing {}", "claimable"),
    ("appearance", "small {} allowed", "weak"),
    ("function", "the lid must not {}", "weak"),
    ("certification", "free of {}", "weak"),
    ("certification", "{} certified", "weak"),
    ("branding", "engrave the {} on the lid", "weak"),
    ("branding", "our {} printed on the lid", "weak"),
    ("packaging", "each piece in a {}", "weak"),
    ("packaging", "packed in a nice {}", "weak"),
    ("size", "{} length 45 cm ±1 cm", "claimable"),
    ("size", "{} length 45 cm", "weak"),
    ("size", "dimensions according to the {}", "weak"),
    ("shipment_date", "before {}", "weak"),
    ("quantity", "1,200 {} ±2 %", "claimable"),
    ("function", "withstands any {}", "not_claimable"),
    ("other", "our {} department works day and night", "not_claimable"),
)
CHINESE = (
    ("material", "{}材质", "weak"),
    ("material", "60%{}40%棉", "claimable"),
    ("material", "手柄{}木实木", "claimable"),
    ("colour", "颜色:{}绿", "weak"),
    ("finish", "{}处理", "weak"),
    ("finish", "漆面不{}", "weak"),
    ("appearance", "表面无{}", "weak"),
    ("appearance", "不得缺{}", "claimable"),
    ("certification", "不含{}", "weak"),
    ("branding", "刀身刻{}", "weak"),
    ("size", "{}长45cm±1cm", "claimable"),
    ("size", "{}长45cm", "weak"),
    ("size", "尺寸按{}做", "weak"),
    ("shipment_date", "{}节前到货", "weak"),
    ("quantity", "1200个{}±2%", "claimable"),
)
# What a number, a body or a unit may be exchanged for without a change.
EXCHANGED = (
    ("Peel strength ≥ 10 N/25 mm ({})", "claimable", ("ASTM D3330", "PLATO FL 1", "SASO 2870", "AS 2111", "UNI 10925")),
    ("色牢度≥4级,{}", "claimable", ("GB/T 3920", "ISO 105-X12", "FZ/T 01026", "WS/T 311")),
    ("frame {}", "claimable", ("7001-T6", "SUS304", "X50CrMoV15", "chromoly 4130", "AISI 420")),
    ("Length 120 {}", "weak", ("mm", "cm", "in", "ft")),
    ("{} pieces per carton", "claimable", ("12", "144", "four", "twelve")),
)  # fmt: skip


def label(text: str, kind: str) -> str:
    return assess_text(text, kind=kind).judgement.label


@pytest.mark.parametrize("noun", [*INVENTED, *INVENTED_CHINESE])
def test_the_invented_words_are_in_no_list(noun: str) -> None:
    assert spot(noun) == {}


@pytest.mark.parametrize("noun", INVENTED)
@pytest.mark.parametrize(("kind", "sentence", "expected"), ENGLISH)
def test_an_unknown_noun_is_judged_by_its_sentence(
    kind: str, sentence: str, expected: str, noun: str
) -> None:
    assert label(sentence.format(noun), kind) == expected


@pytest.mark.parametrize("noun", INVENTED_CHINESE)
@pytest.mark.parametrize(("kind", "sentence", "expected"), CHINESE)
def test_an_unknown_chinese_noun_is_judged_by_its_sentence(
    kind: str, sentence: str, expected: str, noun: str
) -> None:
    assert label(sentence.format(noun), kind) == expected


@pytest.mark.parametrize(("sentence", "expected", "exchanged"), EXCHANGED)
def test_what_is_of_one_sort_is_judged_alike(
    sentence: str, expected: str, exchanged: tuple[str, ...]
) -> None:
    kind = "packaging" if "carton" in sentence else "material" if "frame" in sentence else ""
    assert {label(sentence.format(one), kind) for one in exchanged} == {expected}


def test_without_the_shapes_unknown_nouns_would_be_worth_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    nothing: Callable[..., None] = lambda clause, hint: None  # noqa: ARG005, E731  (stands in for a judge)
    for name in ("_denied", "_name", "_referred", "_event", "_mark", "_container"):
        monkeypatch.setattr(judge_shape, name, nothing)
    weak = [row for row in ENGLISH if row[2] == "weak"]
    lost = [row for row in weak if label(row[1].format(INVENTED[0]), row[0]) != "weak"]
    assert len(lost) > len(weak) // 2


@pytest.mark.parametrize(
    ("kind", "text", "expected", "rule"),
    [
        ("size", "Mattress height 20 cm ±1 cm, minimum height 22 cm", "weak", "contradiction"),
        ("size", "Mattress height 20 cm ±1 cm, minimum height 19 cm", "claimable", "ok"),
        ("size", "width 6 mm, minus 0.2 plus 0.5", "claimable", "ok"),
        ("other", "次品率千分之五以下", "weak", "missing_sample_size"),
        ("function", "230V下1升20℃水烧开不超过4分30秒", "claimable", "ok"),
        ("function", "最长可燃45小时", "not_claimable", "up_to_no_floor"),
        ("colour", "fastness to rubbing: dry ≥ 4, wet ≥ 3 (ISO 105-X12)", "claimable", "ok"),
        ("appearance", "missing rivets or wrong size label = reject", "claimable", "ok"),
        ("appearance", "Black dots ≤ 0.4 mm, not more than 2 per side, seen from 30 cm", "claimable", "ok"),
        ("shipment_date", "shipment within 60 days of the order date, 4 January 2027", "claimable", "ok"),
        ("packaging", "48 pcs per carton if possible", "weak", "not_binding"),
        ("packaging", "clamshell with our insert", "weak", "detail_missing"),
    ],
)  # fmt: skip
def test_what_first_contact_taught(kind: str, text: str, expected: str, rule: str) -> None:
    judgement = assess_text(text, kind=kind).judgement
    assert (judgement.label, judgement.rules[0]) == (expected, rule)
