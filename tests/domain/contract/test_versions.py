"""Differences in words and templates that forget nothing."""

from __future__ import annotations

import msgspec
import pytest

from fairlot.domain.contract.assess import assess
from fairlot.domain.contract.difference import difference
from fairlot.domain.contract.template import TEMPLATES, new_contract
from fairlot.domain.contract.vocabulary import Language


@pytest.mark.parametrize("name", TEMPLATES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_term_of_a_template_is_claimable(name: str, language: Language) -> None:
    found = assess(new_contract(name, language=language))
    assert [(f.text, f.rules) for f in found.findings if f.label != "claimable"] == []
    assert found.contradictions == ()
    assert found.missing_topics == ()


def test_an_unknown_template_is_refused() -> None:
    with pytest.raises(KeyError):
        new_contract("spaceships")


def test_equal_contracts_do_not_differ() -> None:
    contract = new_contract("toys")
    assert difference(contract, contract, language="en") == ()


def test_changes_are_told_once_each_in_both_languages() -> None:
    old = new_contract("toys")
    shipment = msgspec.structs.replace(old.shipment, lead_time_days=60)
    new_term = msgspec.structs.replace(old.terms[0], id="added")
    new = msgspec.structs.replace(old, shipment=shipment, terms=(*old.terms[1:], new_term))
    changes = difference(old, new, language="en")
    assert [change.key for change in changes] == [
        "shipment.lead_time_days", "terms[contents].id", "terms[added].id",
    ]  # fmt: skip
    assert "45" in changes[0].sentence
    assert "60" in changes[0].sentence
    chinese = difference(old, new, language="zh")
    assert chinese[0].sentence.startswith("装运")
    assert len(chinese) == len(changes)


def test_a_row_put_in_front_leaves_the_others_unchanged() -> None:
    old = new_contract("toys")
    first = msgspec.structs.replace(old.terms[0], id="very-first")
    new = msgspec.structs.replace(old, terms=(first, *old.terms))
    assert [change.key for change in difference(old, new, language="en")] == [
        "terms[very-first].id"
    ]
