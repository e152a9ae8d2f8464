"""Who a key acts for, the bank's statements, a sandbox's clock, contracts and plans looked up."""

from __future__ import annotations

import datetime as dt

import pytest

from fairlot import config
from fairlot.providers.wire import reference_for
from tests.support.api import NOBODY
from tests.support.api_trades import Fair, document


class TestMe:
    def test_key_says_whom_it_acts_for(self, fair: Fair) -> None:
        me = fair.buyer.get("/me").ok()
        assert [one["company_id"] for one in me["companies"]] == [fair.buyer_id]
        assert fair.operator.get("/me").ok()["staff_roles"] == ["operator"]

    def test_nobody_is_told_how_to_ask(self) -> None:
        answer = NOBODY.get("/me")
        assert (answer.status, answer.code) == (401, "unauthenticated")
        assert answer.headers["WWW-Authenticate"] == "Bearer"


class TestSandbox:
    def test_clock_moves_forward_for_everybody(self, fair: Fair) -> None:
        order_id = fair.begin()
        before = dt.datetime.fromisoformat(fair.buyer.get("/me").ok()["now"])
        fair.buyer.post("/sandbox/clock", {"seconds": 40 * 24 * 3600}).ok()
        after = dt.datetime.fromisoformat(fair.supplier.get("/me").ok()["now"])
        assert after - before >= dt.timedelta(days=40)
        assert fair.supplier.get(f"/orders/{order_id}").ok()["status"] == "expired"

    @pytest.mark.parametrize("seconds", [0, -1, 10**9])
    def test_clock_never_moves_back_or_far(self, fair: Fair, seconds: int) -> None:
        assert fair.buyer.post("/sandbox/clock", {"seconds": seconds}).code == "body_invalid"

    def test_clock_stands_fast_where_money_may_be_real(
        self, fair: Fair, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("FAIRLOT_DEMO")
        config.settings.cache_clear()
        assert fair.buyer.post("/sandbox/clock", {"seconds": 60}).code == "no_sandbox"


class TestBank:
    def test_statement_books_a_payment_once(self, fair: Fair) -> None:
        order_id = fair.agreed()
        statement = _mt940(reference_for(order_id, 1))
        for is_new in (True, False):
            done = fair.operator.post("/bank/statements", statement, content_type="text/plain").ok()
            assert [(one["order_id"], one["is_new"]) for one in done["booked"]] == [
                (order_id, is_new)
            ]

    def test_statement_is_the_operators(self, fair: Fair) -> None:
        refused = fair.buyer.post("/bank/statements", b"x", content_type="text/plain")
        assert refused.code == "not_permitted"

    def test_file_that_is_no_statement_is_refused(self, fair: Fair) -> None:
        refused = fair.operator.post("/bank/statements", b"<x/>", content_type="application/xml")
        assert refused.code == "statement_refused"


def _mt940(reference: str) -> bytes:
    return (
        ":20:START\r\n:25:DE89370400440532013000\r\n:28C:1/1\r\n:60F:C260301USD0,00\r\n"
        ":61:2603020302C1000,00NTRFNONREF//B1\r\n"
        f":86:PAYMENT {reference}\r\n:62F:C260302USD1000,00\r\n-\r\n"
    ).encode()


class TestContracts:
    def test_r11_contract_is_assessed_before_anybody_signs(self, fair: Fair) -> None:
        contract = document(terms=())
        contract["terms"] = [{"id": "battery", "topic": "capacity", "text": "long-lasting battery"}]
        found = fair.buyer.post("/contracts/assess", {"contract": contract}).ok()["findings"]
        assert found[0]["label"] == "not_claimable"
        assert "3000 mAh" in found[0]["mend"].replace(",", "")

    def test_text_is_read_into_terms(self, fair: Fair) -> None:
        text = "Battery capacity at least 3,000 mAh."
        terms = fair.buyer.post("/contracts/read", {"text": text}).ok()["terms"]
        assert terms[0]["label"] == "claimable"

    def test_versions_are_compared_in_words(self, fair: Fair) -> None:
        body = {"old": document(), "new": document(title="Another title")}
        changes = fair.buyer.post("/contracts/diff", body).ok()["changes"]
        assert [one["key"] for one in changes] == ["title"]

    def test_measurement_is_judged(self, fair: Fair) -> None:
        term = {
            "id": "battery",
            "topic": "capacity",
            "text": "",
            "requirement": {"form": "measure", "operator": ">=", "value": "3000", "unit": "mAh"},
        }
        body = {"term": term, "measurements": [{"value": "2000", "unit": "mAh"}]}
        found = fair.buyer.post("/contracts/conforms", body).ok()
        assert (found["verdict"], found["margin"]) == ("no", "-1000")

    def test_templates_can_be_begun_from(self, fair: Fair) -> None:
        for name in fair.buyer.get("/contracts/templates").ok()["templates"]:
            assert fair.buyer.get(f"/contracts/templates/{name}?language=zh").ok()["terms"]

    def test_faulty_contract_says_where(self, fair: Fair) -> None:
        contract = document()
        contract["total_minor"] += 1
        refused = fair.buyer.post("/contracts/assess", {"contract": contract})
        assert refused.code == "contract_invalid"
        assert refused.json["facts"]["key"]


class TestSampling:
    def test_plan_is_looked_up(self, fair: Fair) -> None:
        found = fair.buyer.get("/sampling/plan?lot_size=3000&aql=2.5").ok()
        assert (found["code_letter"], found["stages"][0]["sample_size"]) == ("K", 125)

    def test_unknown_aql_is_refused(self, fair: Fair) -> None:
        assert fair.buyer.get("/sampling/plan?lot_size=3000&aql=2.6").code == "query_invalid"
