"""The receiving account under a key of its company's: named once for ever, and never back in the place of a later one."""

from __future__ import annotations

from typing import Any

import msgspec
from pytest_django import Settings

from tests.support.api_trades import Fair
from tests.support.market import DETAILS

ASKED: dict[str, Any] = msgspec.to_builtins(DETAILS)


def other() -> dict[str, Any]:
    return {**ASKED, "holder": {**ASKED["holder"], "name": "Another Holder Ltd"}}


class TestKeyOfAnAccount:
    def test_same_key_is_the_same_account_after_the_secret_key_is_changed(
        self, fair: Fair, settings: Settings
    ) -> None:
        path = f"/suppliers/{fair.supplier_id}/account"
        first = fair.supplier.post(path, ASKED, key="mine").ok()
        settings.SECRET_KEY = "another key of many letters, made after the first one"
        settings.SECRET_KEY_FALLBACKS = []
        assert fair.supplier.post(path, ASKED, key="mine").ok() == first

    def test_another_key_names_the_same_details_under_another_hash(self, fair: Fair) -> None:
        path = f"/suppliers/{fair.supplier_id}/account"
        first = fair.supplier.post(path, ASKED, key="one").ok()
        assert fair.supplier.post(path, ASKED, key="two").ok() != first

    def test_late_repetition_does_not_take_the_place_of_what_was_named_since(
        self, fair: Fair
    ) -> None:
        path = f"/suppliers/{fair.supplier_id}/account"
        first = fair.supplier.post(path, ASKED, key="one").ok()
        second = fair.supplier.post(path, other(), key="two").ok()
        fair.operator.post(f"{path}/judgement", {**second, "verified": True}).ok()
        assert fair.supplier.post(path, ASKED, key="one").ok() == first
        # Still the one in use, and still believed.
        fair.operator.post(f"{path}/judgement", {**second, "verified": True}).ok()
        stale = fair.operator.post(f"{path}/judgement", {**first, "verified": True})
        assert stale.code == "unknown_reference"


class TestPayable:
    def test_an_account_that_no_bank_could_pay_is_refused_when_it_is_named(
        self, fair: Fair
    ) -> None:
        path = f"/suppliers/{fair.supplier_id}/account"
        first = fair.supplier.post(path, ASKED, key="one").ok()
        unfit = {**ASKED, "holder": {**ASKED["holder"], "name": "Oak & Pine"}}
        refused = fair.supplier.post(path, unfit, key="two")
        assert refused.code == "body_invalid"
        assert "holder.name: The character & at position 5" in refused.json["detail"]
        assert fair.supplier.post(path, ASKED, key="one").ok() == first
