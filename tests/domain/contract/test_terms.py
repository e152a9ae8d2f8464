"""The contract as facts: what the order core needs, without a name or a sentence of it."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import msgspec
import pytest

from fairlot.domain.contract import vocabulary
from fairlot.domain.contract.assess import assess
from fairlot.domain.contract.document import Contract, Term, contract_hash
from fairlot.domain.contract.file_format import from_toml
from fairlot.domain.contract.terms import (
    DUE,
    PROOFS,
    is_claimable,
    sample_seal_hash,
    terms_of,
)
from fairlot.domain.order.terms import InstalmentDue, Line, Party, Proof, required_proof
from fairlot.domain.policy.model import CoverKind

EXAMPLES = Path(__file__).parents[3] / "examples"


def example(language: str) -> Contract:
    return from_toml((EXAMPLES / f"power-banks.{language}.toml").read_text(encoding="utf-8"))


class TestTermsOf:
    def test_the_example_becomes_facts(self) -> None:
        contract = example("en")
        terms = terms_of(contract, buyer_country="US")
        assert terms.version_hash == contract_hash(contract)
        assert terms.lines == (Line(number=1, quantity=3_000, unit_price_minor=660),)
        assert [i.due for i in terms.instalments] == [
            InstalmentDue.AGREEMENT,
            InstalmentDue.PASSED_INSPECTION,
        ]
        assert terms.cover_kind is CoverKind.POST_DELIVERY
        assert terms.carrier_chosen_by is Party.BUYER
        assert not terms.own_forwarder
        assert terms.buyer_country == "US"
        assert terms.sampling.aql_major == "2.5"
        assert terms.late_remedy is not None
        assert all(term.claimable for term in terms.terms)
        assert {term.id for term in terms.terms if term.mandatory} == {
            "capacity",
            "flame",
            "transport-test",
        }

    def test_both_languages_have_the_same_facts_but_for_their_hash(self) -> None:
        english, chinese = (terms_of(example(language)) for language in ("en", "zh"))
        assert english.version_hash != chinese.version_hash
        as_english = {
            "version_hash": english.version_hash,
            "approved_sample_hash": english.approved_sample_hash,
        }
        assert msgspec.structs.replace(chinese, **as_english) == english

    def test_r17_the_buyers_forwarder_proves_shipment(self) -> None:
        contract = example("en")
        shipment = msgspec.structs.replace(contract.shipment, forwarder="Harbor Lines", proof=None)
        terms = terms_of(msgspec.structs.replace(contract, shipment=shipment))
        assert terms.own_forwarder
        assert required_proof(terms) is Proof.FORWARDER_RECEIPT

    @pytest.mark.parametrize("words", get_args(vocabulary.ShipmentProof))
    def test_r31_the_contracts_own_word_on_the_proof_comes_first(
        self, words: vocabulary.ShipmentProof
    ) -> None:
        contract = example("en")
        shipment = msgspec.structs.replace(contract.shipment, proof=words)
        terms = terms_of(msgspec.structs.replace(contract, shipment=shipment))
        assert required_proof(terms) is PROOFS[words]

    def test_closed_words_are_all_known(self) -> None:
        assert set(DUE) == set(get_args(vocabulary.InstalmentDue))
        assert set(PROOFS) == set(get_args(vocabulary.ShipmentProof))

    def test_no_name_and_no_text_is_carried_over(self) -> None:
        contract = example("en")
        facts = msgspec.json.encode(terms_of(contract)).decode()
        for text in (contract.buyer.name, contract.lines[0].article, contract.terms[0].text):
            assert text not in facts

    def test_r15_an_approved_sample_is_known_by_its_seal(self) -> None:
        contract = example("en")
        sample = contract.approved_sample
        assert sample is not None
        assert terms_of(contract).approved_sample_hash == sample_seal_hash(sample)
        elsewhere = msgspec.structs.replace(sample, order_id="ord_other")
        of_other = msgspec.structs.replace(contract, approved_sample=elsewhere)
        assert terms_of(of_other, order_id="ord_this").approved_sample_hash == ""
        assert terms_of(of_other, order_id="ord_other").approved_sample_hash != ""


class TestIsClaimable:
    @pytest.mark.parametrize(
        ("text", "claimable"),
        [
            ("Battery at least 3,000 mAh", True),
            ("long-lasting battery", False),
            ("电池容量不低于3000mAh", True),
            ("高品质电池", False),
        ],
    )
    def test_r11_words_alone_are_assessed(self, text: str, *, claimable: bool) -> None:
        assert is_claimable(Term(id="t", topic="capacity", text=text)) is claimable

    def test_r11_the_claim_desk_says_what_the_editor_says(self) -> None:
        """Programme, section 4: a claim could stand on a weak term, and may fail; on one not claimable it could not."""
        contract = msgspec.structs.replace(
            example("en"),
            terms=(
                Term(id="strong", topic="capacity", text="Battery capacity at least 3,000 mAh"),
                Term(id="weak", topic="size", text="Length 120 mm"),
                Term(id="none", topic="function", text="long-lasting and of good quality"),
            ),
        )
        labels = {finding.term_id: finding.label for finding in assess(contract).findings}
        assert set(labels.values()) == {"claimable", "weak", "not_claimable"}
        for fact in terms_of(contract).terms:
            assert fact.claimable is (labels[fact.id] != "not_claimable")
