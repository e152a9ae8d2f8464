"""R10 to R17, and the contract assessor's own promises, on whole contracts."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import msgspec
import pytest

from fairlot.domain.contract import Contract, Measure, Reference, Term, contract_hash, validate
from fairlot.domain.contract.acceptance import Acceptance, accept, is_agreed
from fairlot.domain.contract.assess import assess, assess_term
from fairlot.domain.contract.document import AttachedFile, proof_of_shipment
from fairlot.domain.contract.file_format import from_toml
from fairlot.domain.contract.validation import TERMS_MAX
from fairlot.domain.contract.vocabulary import Language, Topic

EXAMPLES = Path(__file__).parents[3] / "examples"
NOW = dt.datetime(2026, 12, 20, 9, 0, tzinfo=dt.UTC)


def example(language: str = "en") -> Contract:
    return from_toml((EXAMPLES / f"power-banks.{language}.toml").read_text(encoding="utf-8"))


def words(text: str, topic: Topic) -> Term:
    return Term(id="t", topic=topic, text=text)


def replace(contract: Contract, **changes: object) -> Contract:
    return msgspec.structs.replace(contract, **changes)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_r10_the_example_holds_every_matter_and_all_of_it_is_claimable(language: str) -> None:
    contract = example(language)
    assert validate(contract) == ()
    found = assess(contract)
    assert [f.term_id for f in found.findings if f.label != "claimable"] == []
    assert found.missing_topics == ()
    assert found.contradictions == ()


@pytest.mark.parametrize(
    ("language", "text", "topic", "label", "mend"),
    [
        ("en", "long-lasting battery", "capacity", "not_claimable", "state a minimum, e.g. ≥ 3000 mAh"),
        ("zh", "超长续航电池", "capacity", "not_claimable", "写明下限,例如 ≥3000mAh"),
        ("en", "battery ≥ 3,000 mAh, tested by discharge at 0.2C to 3.0 V, sample per General II", "capacity", "claimable", ""),
        ("zh", "电池≥3000mAh,0.2C放电至3.0V测试,按一般检验水平II抽样", "capacity", "claimable", ""),
        ("en", "Pantone 19-4052 TCX, ΔE2000 ≤ 2 under D65", "colour", "claimable", ""),
        ("zh", "潘通19-4052TCX,ΔE2000≤2(D65光源)", "colour", "claimable", ""),
    ],
)  # fmt: skip
def test_r11_words_of_the_sources_are_worth_what_they_say(
    language: Language, text: str, topic: Topic, label: str, mend: str
) -> None:
    found = assess_term(words(text, topic), language=language)
    assert (found.label, found.mend) == (label, mend)


@pytest.mark.parametrize(("language", "text"), [("en", "blue T-shirt"), ("zh", "蓝色T恤")])
def test_r11_a_color_name_is_told_what_it_lacks(language: Language, text: str) -> None:
    found = assess_term(words(text, "colour"), language=language)
    assert found.label == "weak"
    assert found.rules == ("colour_without_system",)
    assert "Pantone 19-4052 TCX" in found.mend


def test_r11_full_width_signs_are_read_like_half_width_ones() -> None:
    narrow = assess_term(words("尺寸30×20cm±1cm,颜色黑色", "size"), language="zh")
    wide = assess_term(words("尺寸30×20cm±1cm\uff0c颜色黑色", "size"), language="zh")
    assert (
        (narrow.label, narrow.rules)
        == (wide.label, wide.rules)
        == ("weak", ("colour_without_system",))
    )


def test_r11_no_shipment_date_no_claim_for_lateness() -> None:
    contract = example()
    silent = replace(contract, shipment=msgspec.structs.replace(contract.shipment, date=None))
    found = assess(silent)
    assert "shipment_date" in found.missing_topics
    assert found.summary[-1].startswith("There is no shipment date")


def test_r12_each_of_the_seven_topics_is_missed_when_its_terms_are_struck() -> None:
    contract = example()
    for topic in ("size", "material", "colour", "packaging", "branding"):
        left = tuple(term for term in contract.terms if term.topic != topic and term.id != "sample")
        assert topic in assess(replace(contract, terms=left)).missing_topics, topic


def test_r13_exact_terms_are_claimable() -> None:
    exact: tuple[tuple[str, Topic], ...] = (
        ("Pantone 19-4052 TCX, ΔE2000 ≤ 2 under D65", "colour"),
        ("Fabric weight 180 gsm ±5%", "weight"),
        ("9-11 stitches per inch", "stitching"),
        ("24 pcs/ctn, 5-ply carton", "packaging"),
    )
    for text, topic in exact:
        assert assess_term(words(text, topic), language="en").label == "claimable", text


def test_r14_pictures_are_bound_by_hash() -> None:
    contract = example()
    picture = AttachedFile(name="IMG_1.png", sha256="ab" * 32, media_type="image/png")
    other = replace(contract, files=(*contract.files, picture))
    assert contract_hash(other) != contract_hash(contract)
    wrong = replace(contract, files=(msgspec.structs.replace(picture, sha256="ab"),))
    assert [fault.key for fault in validate(wrong)] == ["files[0].sha256"]


def test_r15_the_approved_sample_is_a_reference_that_only_one_thing_fits() -> None:
    marked = Term(id="s", topic="appearance", text="as per sample",
                  requirement=Reference(kind="approved sample", value="sealed sample no. 2"))  # fmt: skip
    unmarked = msgspec.structs.replace(
        marked, requirement=Reference(kind="approved sample", value="the sample")
    )
    assert assess_term(marked, language="en").label == "claimable"
    assert assess_term(unmarked, language="en").label == "weak"


def test_r16_nothing_counts_until_both_accepted_the_very_same_version() -> None:
    contract = example()
    changed = replace(contract, title="other")

    def signed(version: Contract, role: str) -> Acceptance:
        party = version.buyer if role == "buyer" else version.supplier
        return accept(version, role=role, company_id=party.company_id, member_id="mem_1",  # type: ignore[arg-type]
                      named_sha256=contract_hash(version), accepted_at=NOW)  # fmt: skip

    buyer, supplier = signed(contract, "buyer"), signed(changed, "supplier")
    assert not is_agreed(contract, (buyer, supplier))
    assert is_agreed(contract, (buyer, signed(contract, "supplier")))
    assert not is_agreed(contract, (buyer, buyer))
    with pytest.raises(ValueError, match="names version"):
        accept(changed, role="buyer", company_id=contract.buyer.company_id, member_id="mem_1",
               named_sha256=contract_hash(contract), accepted_at=NOW)  # fmt: skip


def test_r17_the_buyers_own_forwarder_proves_shipment_whatever_the_incoterm() -> None:
    shipment = example().shipment
    assert proof_of_shipment(shipment) == "on-board bill of lading"
    own = msgspec.structs.replace(shipment, proof=None, forwarder="Blue Freight")
    assert proof_of_shipment(own) == "forwarder receipt"


def test_contradictions_are_each_named() -> None:
    contract = example()
    ship, plan = contract.shipment, contract.inspection
    assert plan is not None
    bad = replace(
        contract,
        total_minor=contract.total_minor + 100,
        cover_kind="pre-shipment",
        inspection=msgspec.structs.replace(plan, place="at destination"),
        shipment=msgspec.structs.replace(ship, arrival_date=dt.date(2027, 1, 1)),
        terms=(
            *contract.terms,
            Term(id="capacity-two", topic="capacity", lines=(1,), text="Battery at most 2,000 mAh",
                 requirement=Measure(operator="<=", value="2000", unit="mAh")),
            Term(id="color-two", topic="colour", lines=(1,), text="Case color Pantone 186 C",
                 requirement=Reference(kind="pantone", value="186 C")),
            Term(id="odd", topic="weight", lines=(1,), text="Lid weight 12 g ±1 g",
                 requirement=Measure(operator="=", value="15", unit="g")),
            Term(id="many", topic="quantity", text="Quantity: 2,000 pcs",
                 requirement=Measure(operator="=", value="2000", unit="pcs")),
        ),
    )  # fmt: skip
    found = assess(
        bad, free_limit_minor=100, split_payment_allowed=False, first_payment_on=dt.date(2027, 6, 1)
    )
    assert {row.code for row in found.contradictions} == {
        "total", "cover_above_limit", "split_forbidden", "inspection_after_shipment",
        "arrival_before_shipment", "shipment_before_agreement", "terms", "text_and_requirement", "quantity",
    }  # fmt: skip
    pairs = {row.keys for row in found.contradictions if row.code == "terms"}
    assert ("capacity", "capacity-two") in pairs
    assert ("color", "color-two") in pairs
    unplanned = replace(contract, inspection=None)
    assert [row.code for row in assess(unplanned).contradictions] == ["no_inspection_plan"]


def test_of_many_terms_that_all_clash_each_is_named_once_with_the_first() -> None:
    contract = example()
    terms = tuple(
        Term(id=f"t{number}", topic="size", text="Strap length",
             requirement=Measure(operator="=", value=str(number), unit="mm"))
        for number in range(1, TERMS_MAX + 1)
    )  # fmt: skip
    pairs = [
        row.keys
        for row in assess(replace(contract, terms=terms)).contradictions
        if row.code == "terms"
    ]
    assert pairs == [("t1", f"t{number}") for number in range(2, TERMS_MAX + 1)]


def test_sentences_come_in_the_language_asked_for() -> None:
    found = assess(replace(example(), terms=(words("good quality", "other"),)), language="zh")
    assert re.search("[一-鿿]", found.findings[0].sentence)
    assert re.search("[一-鿿]", found.summary[0])
