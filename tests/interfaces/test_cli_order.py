"""`fairlot order`, `bank` and `clock`: the main job from a contract file, with answers, refusals and exit codes."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from fairlot.domain.contract.file_format import from_toml, to_toml
from fairlot.providers.wire import reference_for
from fairlot.providers.wire.example_statement import example_statement
from fairlot.providers.wire.sample_statement import write_statement
from fairlot.simulate.stage import settle_in
from tests.support.command_line import CommandLine, point_at
from tests.support.market import Market
from tests.support.postgres import Database
from tests.support.stored_trades import example_contract

EXAMPLES = Path(__file__).parents[2] / "examples"
BUYER = "buyer:com_harborgoods:per_anna"
SUPPLIER = "supplier:com_brightcell:per_li"
# The order that the example statement pays.
ORDER_ID = "ord_01jd4m8q7vx2c9k5t3w6y1z0ab"
AGREED_AT = "2026-12-18T09:00:00+08:00"
PAID_AT = "2026-12-22T09:00:00+08:00"


@pytest.fixture
def contract_file(tmp_path: Path) -> Path:
    """The example contract, without the sample that has to be approved first."""
    path = tmp_path / "contract.toml"
    path.write_text(to_toml(example_contract()), encoding="utf-8")
    return path


@pytest.fixture
def fairlot(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """The command on a database of its own where the example supplier is enrolled."""
    market = Market(database)
    settle_in("com_brightcell", desk=market.desk)
    market.close()
    point_at(database, tmp_path / "data", monkeypatch, demo=True)
    return CommandLine()


def begun(fairlot: CommandLine, contract_file: Path) -> str:
    """Begin the order and return the hash of its version."""
    fairlot.done(
        "order", "create", str(contract_file), "--as", BUYER, "--id", ORDER_ID, "--at", AGREED_AT
    )
    view = fairlot.answer("order", "show", ORDER_ID, "--at", AGREED_AT)
    version_hash: str = view["version_hash"]
    return version_hash


def agreed(fairlot: CommandLine, contract_file: Path) -> None:
    version = json.dumps({"version_hash": begun(fairlot, contract_file)})
    fairlot.done(
        *("order", "act", ORDER_ID, "AcceptVersion", "--data", version),
        *("--as", SUPPLIER, "--command-id", "accept", "--at", AGREED_AT),
    )


class TestOrder:
    def test_from_the_contract_file_to_money_matched_from_a_statement(
        self, fairlot: CommandLine, contract_file: Path
    ) -> None:
        agreed(fairlot, contract_file)
        statement = str(EXAMPLES / "statement.camt053.xml")
        first = fairlot.answer("bank", "import", statement, "--at", PAID_AT)
        assert [(row["order_id"], row["is_new"]) for row in first["booked"]] == [(ORDER_ID, True)]
        assert len(first["left_over"]) == 3
        view = fairlot.answer("order", "show", ORDER_ID, "--as", BUYER, "--at", PAID_AT)
        assert view["status"] == "in_production"
        again = fairlot.answer("bank", "import", statement, "--at", PAID_AT)
        assert [row["is_new"] for row in again["booked"]] == [False]
        (totals,) = fairlot.answer("order", "statement", ORDER_ID, "--at", PAID_AT)["totals"]
        assert totals["held_minor"] == 594_000

    def test_the_same_command_id_takes_effect_once(
        self, fairlot: CommandLine, contract_file: Path
    ) -> None:
        agreed(fairlot, contract_file)
        asking = ("order", "act", ORDER_ID, "RequestProductionUpdate", "--as", BUYER)
        at = ("--command-id", "update", "--at", PAID_AT)
        assert fairlot.answer(*asking, *at)["again"] is False
        second = fairlot.answer(*asking, *at)
        assert second["again"] is True
        assert second["told"] == ["The buyer asked how production stands."]
        told = fairlot.answer("order", "timeline", ORDER_ID, "--at", PAID_AT)
        assert [event["type"] for event in told["story"]].count("ProductionUpdateRequested") == 1

    def test_another_content_under_a_used_id_is_refused(
        self, fairlot: CommandLine, contract_file: Path
    ) -> None:
        agreed(fairlot, contract_file)
        words = ("--as", BUYER, "--command-id", "accept", "--at", PAID_AT)
        refusal = fairlot.refused("order", "act", ORDER_ID, "RequestProductionUpdate", *words)
        assert refusal["refused"] == "command_id_reused"

    def test_refusals_name_their_code_facts_and_one_sentence(
        self, fairlot: CommandLine, contract_file: Path
    ) -> None:
        agreed(fairlot, contract_file)
        claim = json.dumps({"claims": [{"ground": "late", "lines": []}]})
        asking = ("order", "act", ORDER_ID, "OpenDispute", "--data", claim)
        assert fairlot.refused(*asking, "--as", BUYER, "--at", PAID_AT)["refused"] == "not_paid"
        fairlot.done("bank", "import", str(EXAMPLES / "statement.camt053.xml"), "--at", PAID_AT)
        refusal = fairlot.refused(*asking, "--as", BUYER, "--lang", "zh", "--at", PAID_AT)
        assert refusal["refused"] == "claim_too_early"
        assert refusal["facts"]["opens_at"] == "2027-03-15T15:59:59+00:00"
        assert (
            refusal["sentence"]
            == "尚不能就此索赔，2027年3月15日 23:59:59 (Asia/Shanghai) 之后可以。"
        )

    def test_a_refusal_is_told_in_words_without_json(
        self, fairlot: CommandLine, contract_file: Path
    ) -> None:
        begun(fairlot, contract_file)
        done = fairlot.run("order", "act", ORDER_ID, "ConfirmReceipt", "--as", BUYER)
        assert done.exit_code == 1
        assert "Refused (wrong_status): This can not be done" in done.output

    def test_lists_and_pages_tell_whose_turn_it_is(
        self, fairlot: CommandLine, contract_file: Path
    ) -> None:
        begun(fairlot, contract_file)
        assert "Supplier: Accept or decline the proposed version." in fairlot.done("order", "list")
        shown = fairlot.done("order", "show", ORDER_ID, "--as", SUPPLIER, "--lang", "zh")
        assert "轮到您" in shown
        assert "AcceptVersion: 接受合同版本" in shown
        mine = fairlot.answer("order", "list", "--as", "supplier:com_brightcell")
        assert [row["is_mine"] for row in mine] == [True]
        assert fairlot.answer("order", "list", "--as", "buyer:com_other") == []
        version_hash = fairlot.answer("order", "show", ORDER_ID)["version_hash"]
        decline = json.dumps({"version_hash": version_hash})
        fairlot.done(
            "order", "act", ORDER_ID, "DeclineVersion", "--data", decline, "--as", SUPPLIER
        )
        assert fairlot.done("order", "list").strip().endswith("Buyer: Propose a contract.")
        (row,) = fairlot.answer("order", "list", "--as", BUYER)
        assert (row["is_mine"], row["until"]) == (True, "")

    def test_r15_a_contract_with_a_sample_waits_for_its_approval(
        self, fairlot: CommandLine
    ) -> None:
        create = ("order", "create", str(EXAMPLES / "power-banks.zh.toml"), "--as", BUYER)
        refusal = fairlot.refused(*create, "--id", "ord_sample")
        assert refusal["refused"] == "sample_not_approved"
        assert fairlot.answer("order", "show", "ord_sample")["status"] == "draft"

    def test_what_was_begun_before_a_refusal_is_named(self, fairlot: CommandLine) -> None:
        file = str(EXAMPLES / "power-banks.en.toml")
        create = ("order", "create", file, "--as", BUYER, "--at", AGREED_AT)
        assert "ord_left stands as a draft" in fairlot.run(*create, "--id", "ord_left").output
        assert "Draft" in fairlot.done("order", "show", "ord_left", "--at", AGREED_AT)
        refusal = fairlot.refused(*create)
        assert refusal["refused"] == "sample_not_approved"
        begun_id = refusal["facts"]["order_id"]
        assert fairlot.answer("order", "show", begun_id, "--at", AGREED_AT)["status"] == "draft"
        foreign = ("order", "create", file, "--as", "auditor", "--at", AGREED_AT)
        assert "as a draft" not in fairlot.run(*foreign, "--id", "ord_none").output

    @pytest.mark.parametrize(
        ("lang", "said"),
        [
            (
                "en",
                (
                    "Money:",
                    "What is protected now:",
                    "What can be done now:",
                    "Times are those of Asia/Shanghai.",
                ),
            ),
            ("zh", ("款项：", "现在受到的保障：", "现在可以做：", "时间所属时区：Asia/Shanghai。")),
        ],
    )
    def test_an_order_shown_says_what_its_parts_and_times_are(
        self, fairlot: CommandLine, contract_file: Path, lang: str, said: tuple[str, ...]
    ) -> None:
        agreed(fairlot, contract_file)
        statement = contract_file.with_name("statement.xml")
        statement.write_bytes((EXAMPLES / "statement.camt053.xml").read_bytes())
        fairlot.done("bank", "import", str(statement), "--at", PAID_AT)
        shown = fairlot.done("order", "show", ORDER_ID, "--lang", lang, "--at", PAID_AT)
        assert [each for each in said if each not in shown] == []
        assert "[" not in shown

    @pytest.mark.parametrize(
        "who", ["buyer:com_other", "supplier:com_other", "supplier:com_harborgoods", "operator"]
    )
    def test_only_a_side_of_the_contract_begins_an_order(
        self, fairlot: CommandLine, contract_file: Path, who: str
    ) -> None:
        create = ("order", "create", str(contract_file), "--as", who, "--at", AGREED_AT)
        refusal = fairlot.refused(*create)
        assert refusal["refused"] == "not_permitted"
        assert refusal["facts"] == {"buyer": "com_harborgoods", "supplier": "com_brightcell"}
        assert fairlot.answer("order", "list") == []

    @pytest.mark.parametrize("reading", ["show", "timeline", "statement", "payouts"])
    def test_an_order_that_does_not_exist_is_named(
        self, fairlot: CommandLine, reading: str
    ) -> None:
        refusal = fairlot.refused("order", reading, "ord_none")
        assert refusal["refused"] == "unknown_order"
        assert refusal["facts"] == {"order_id": "ord_none"}
        said = fairlot.run("order", reading, "ord_none")
        assert (said.exit_code, said.stdout) == (1, "")
        assert said.stderr.startswith("Refused (unknown_order): There is no order with this id")

    def test_nothing_is_asked_of_an_order_that_does_not_exist(self, fairlot: CommandLine) -> None:
        act = ("order", "act", "ord_none", "ConfirmReceipt", "--as", BUYER)
        assert fairlot.refused(*act)["refused"] == "unknown_order"
        in_chinese = fairlot.run(*act, "--lang", "zh")
        assert in_chinese.stderr.startswith("Refused (unknown_order): 没有该编号的订单")
        shown = fairlot.run("order", "show", "ord_none", "--lang", "zh")
        assert shown.stderr == in_chinese.stderr

    def test_an_order_that_is_not_yours_is_not_there(
        self, fairlot: CommandLine, contract_file: Path
    ) -> None:
        begun(fairlot, contract_file)
        refusal = fairlot.refused("order", "show", ORDER_ID, "--as", "buyer:com_other")
        assert refusal["refused"] == "unknown_order"


class TestMisuse:
    def test_commands_and_fields_that_do_not_exist_are_named(self, fairlot: CommandLine) -> None:
        act = ("order", "act", ORDER_ID)
        said = fairlot.misused(*act, "ConfirmReciept", "--as", BUYER)
        assert "did you mean ConfirmReceipt?" in said
        said = fairlot.misused(*act, "OpenDispute", "--data", '{"claim": []}', "--as", BUYER)
        assert "OpenDispute has no field 'claim'" in said
        said = fairlot.misused(*act, "ConfirmReceipt", "--data", "{", "--as", BUYER)
        assert "--data is no JSON" in said
        said = fairlot.misused(
            *act, "RecordMovement", "--data", '{"shipment_id": 1}', "--as", BUYER
        )
        assert "RecordMovement" in said
        assert "begins with a role" in fairlot.misused(*act, "ConfirmReceipt", "--as", "king:x")

    def test_a_file_that_is_no_contract_is_named_with_its_faults(
        self, fairlot: CommandLine, tmp_path: Path
    ) -> None:
        broken = tmp_path / "broken.toml"
        broken.write_text("format = ", encoding="utf-8")
        create = ("order", "create", str(broken), "--as", BUYER)
        assert "broken.toml" in fairlot.misused(*create)
        text = to_toml(example_contract()).replace('zone = "Asia/Shanghai"', 'zone = "Mars"')
        assert from_toml(text).shipment.zone == "Mars"
        broken.write_text(text, encoding="utf-8")
        assert "shipment.zone" in fairlot.misused(*create)
        assert fairlot.answer("order", "list") == []

    @pytest.mark.parametrize("order_id", ["", "a b/../c", "ord/1", ".hidden", "订单", "a" * 65])
    def test_an_id_that_no_address_could_hold_begins_nothing(
        self, fairlot: CommandLine, contract_file: Path, order_id: str
    ) -> None:
        create = ("order", "create", str(contract_file), "--as", BUYER, "--at", AGREED_AT)
        said = fairlot.misused(*create, "--id", order_id)
        assert "an order's id has 1 to 64 letters" in said
        assert fairlot.answer("order", "list") == []

    @pytest.mark.parametrize("country", ["ZZZ", "us", "U1"])
    def test_a_country_has_two_letters(
        self, fairlot: CommandLine, contract_file: Path, country: str
    ) -> None:
        create = ("order", "create", str(contract_file), "--as", BUYER, "--at", AGREED_AT)
        assert "two capital letters" in fairlot.misused(*create, "--buyer-country", country)

    @pytest.mark.parametrize("command_id", ["", "a b", "编号", "a" * 65])
    def test_a_command_id_is_one_that_can_be_kept(
        self, fairlot: CommandLine, command_id: str
    ) -> None:
        act = ("order", "act", ORDER_ID, "ConfirmReceipt", "--as", BUYER)
        assert "1 to 64 visible characters" in fairlot.misused(*act, "--command-id", command_id)

    def test_a_number_that_cannot_be_recorded_is_named(self, fairlot: CommandLine) -> None:
        paid = {"payment_id": "p", "rail": "wire", "amount_minor": 10**23, "currency": "USD"}
        act = ("order", "act", ORDER_ID, "RecordPayment", "--as", "operator")
        assert "too large" in fairlot.misused(*act, "--data", json.dumps(paid))

    def test_words_that_are_not_text_are_named(self, fairlot: CommandLine) -> None:
        assert "is not UTF-8 text" in fairlot.misused("order", "show", "ord_\udcff")

    def test_an_edition_that_does_not_exist_is_named(
        self, fairlot: CommandLine, contract_file: Path
    ) -> None:
        said = fairlot.misused(
            "order", "create", str(contract_file), "--as", BUYER, "--policy", "gratis-1999"
        )
        assert "gratis-1999" in said

    def test_a_file_of_bytes_is_no_contract(self, fairlot: CommandLine, tmp_path: Path) -> None:
        path = tmp_path / "photo.toml"
        path.write_bytes(b"\xff\xfe")
        create = ("order", "create", str(path), "--as", BUYER)
        assert fairlot.misused(*create).startswith(f"{path}: not UTF-8 text")
        told = json.loads(fairlot.misused(*create, "--lang", "zh", "--json"))
        assert (told["error"], told["file"]) == ("misused", str(path))
        assert told["sentence"] == f"{path}：不是 UTF-8 文本"

    def test_each_fault_of_a_contract_is_told_with_its_line(
        self, fairlot: CommandLine, contract_file: Path
    ) -> None:
        text = contract_file.read_text(encoding="utf-8")
        contract_file.write_text(text.replace("quantity = 3000", "quantity = -3"), encoding="utf-8")
        create = ("order", "create", str(contract_file), "--as", BUYER, "--json")
        (fault,) = json.loads(fairlot.misused(*create))["faults"]
        assert fault["key"] == "lines[0].quantity"
        line = contract_file.read_text(encoding="utf-8").splitlines()[fault["line"] - 1]
        assert line == "quantity = -3"

    @pytest.mark.parametrize("role", ["buyer", "supplier", "agent", "inspector"])
    def test_who_acts_for_a_company_names_it(self, fairlot: CommandLine, role: str) -> None:
        said = fairlot.misused("order", "list", "--as", role)
        assert f"--as {role} names a company too" in said

    @pytest.mark.parametrize(
        "at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "9000-01-01T00:00:00Z"]
    )
    def test_an_instant_is_one_that_every_zone_has(self, fairlot: CommandLine, at: str) -> None:
        for reading in (("order", "list"), ("clock", "--days", "3650")):
            assert "the years 1970 to 8999" in fairlot.misused(*reading, "--at", at)

    @pytest.mark.parametrize("at", ["1970-01-01T00:00:00+14:00", "8999-12-31T23:59:59-12:00"])
    def test_the_first_and_the_last_instant_can_be_asked(
        self, fairlot: CommandLine, contract_file: Path, at: str
    ) -> None:
        agreed(fairlot, contract_file)
        assert fairlot.answer("order", "timeline", ORDER_ID, "--at", at)["story"]
        assert fairlot.answer("order", "show", ORDER_ID, "--at", at)["order_id"] == ORDER_ID
        fairlot.answer("clock", "--days", "3650", "--at", at)

    @pytest.mark.parametrize("at", ["yesterday", "2027-01-01T00:00:00"])
    def test_an_instant_needs_its_zone(self, fairlot: CommandLine, at: str) -> None:
        assert "--at" in fairlot.misused("order", "list", "--at", at)

    def test_only_a_demonstration_moves_the_clock(
        self, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        point_at(database, tmp_path / "data", monkeypatch, demo=False)
        said = CommandLine().misused("order", "list", "--at", PAID_AT)
        assert "in a demonstration only" in said

    def test_roles_that_read_nothing_are_told_so(self, fairlot: CommandLine) -> None:
        assert "reads no orders" in fairlot.misused("order", "list", "--as", "inspector:SGS")


class TestBank:
    def test_a_file_of_something_else_is_refused_whole(
        self, fairlot: CommandLine, tmp_path: Path
    ) -> None:
        path = tmp_path / "photo.xml"
        path.write_bytes(b"\x89PNG")
        assert fairlot.refused("bank", "import", str(path))["refused"] == "format_unknown"

    def test_there_is_no_reference_for_an_order_that_is_not_there(
        self, fairlot: CommandLine
    ) -> None:
        assert fairlot.refused("bank", "reference", "ord_typed_wrong")["refused"] == "unknown_order"
        fairlot.misused("bank", "reference", ORDER_ID, "0")

    def test_there_is_no_reference_for_an_instalment_that_the_contract_does_not_name(
        self, fairlot: CommandLine, contract_file: Path
    ) -> None:
        begun(fairlot, contract_file)
        fairlot.done("bank", "reference", ORDER_ID, "2")
        for number in ("3", "1000000"):
            refusal = fairlot.refused("bank", "reference", ORDER_ID, number)
            assert (refusal["refused"], refusal["facts"]) == ("not_found", {"instalments": 2})

    @pytest.mark.parametrize("words", [("match", "sus_none", "ord_none"), ("return", "sus_none")])
    def test_money_that_never_waited_is_not_found(
        self, fairlot: CommandLine, words: tuple[str, ...]
    ) -> None:
        refusal = fairlot.refused("bank", *words)
        assert (refusal["refused"], refusal["facts"]) == ("not_found", {"suspense_id": "sus_none"})

    def test_a_paying_account_and_a_date_that_are_none_are_named(
        self, fairlot: CommandLine, tmp_path: Path
    ) -> None:
        account = tmp_path / "account.json"
        account.write_text("{}", encoding="utf-8")
        words = ("bank", "payouts", "b1", str(tmp_path / "out.xml"), "--currency", "USD")
        paying = ("--paying", str(account), "--date", "2027-05-03")
        assert f"Error: {account}: Object missing" in fairlot.misused(*words, *paying)
        account.write_bytes(b"\xff")
        assert f"Error: {account}: " in fairlot.misused(*words, *paying)

    def test_the_reference_to_quote_is_the_one_that_is_matched(
        self, fairlot: CommandLine, contract_file: Path
    ) -> None:
        begun(fairlot, contract_file)
        answer = fairlot.answer("bank", "reference", ORDER_ID, "1")
        assert answer["reference"] == reference_for(ORDER_ID, 1)
        assert answer["printed"].replace(" ", "") == answer["reference"]

    def test_a_wrong_amount_says_how_much_is_missing(
        self, fairlot: CommandLine, contract_file: Path, tmp_path: Path
    ) -> None:
        agreed(fairlot, contract_file)
        booked = example_statement(
            reference_for(ORDER_ID, 1),
            amount_minor=500_000,
            booked_date=dt.date(2026, 12, 21),
        )
        path = tmp_path / "less.xml"
        path.write_bytes(write_statement(booked))
        fairlot.done("bank", "import", str(path), "--at", PAID_AT)
        view = fairlot.answer("order", "show", ORDER_ID, "--at", PAID_AT)
        assert (view["status"], view["missing_minor"]) == ("agreed", 94_000)

    def test_money_that_names_no_order_is_placed_or_goes_back(
        self, fairlot: CommandLine, contract_file: Path
    ) -> None:
        agreed(fairlot, contract_file)
        at = ("--at", PAID_AT)
        statement = str(EXAMPLES / "statement.camt053.xml")
        waiting = fairlot.answer("bank", "import", statement, *at)["left_over"]
        queue = fairlot.answer("bank", "unmatched")
        assert {row["suspense_id"] for row in queue} == {row["suspense_id"] for row in waiting}
        assert all(row["sender"] for row in queue)
        first, second, third = sorted(row["suspense_id"] for row in queue)
        for _ in range(2):
            fairlot.done("bank", "match", first, ORDER_ID, *at)
            fairlot.done("bank", "return", second, *at)
        assert fairlot.refused("bank", "match", second, ORDER_ID, *at)["refused"] == "wrong_status"
        unknown = fairlot.refused("bank", "match", third, "ord_none", *at)
        assert unknown["refused"] == "unknown_order"
        assert [row["suspense_id"] for row in fairlot.answer("bank", "unmatched")] == [third]
        again = fairlot.answer("bank", "import", statement, *at)["left_over"]
        assert [row["suspense_id"] for row in again] == [third]
        assert fairlot.answer("order", "payouts", ORDER_ID) == []


class TestClock:
    def test_nobody_looks_further_than_ten_years(self, fairlot: CommandLine) -> None:
        assert fairlot.answer("clock", "--days", "3650") == []
        assert "0<=x<=3650" in fairlot.misused("clock", "--days", "99999999999")

    def test_what_is_due_within_days_is_listed(
        self, fairlot: CommandLine, contract_file: Path
    ) -> None:
        begun(fairlot, contract_file)
        assert fairlot.answer("clock", "--days", "7", "--at", AGREED_AT) == []
        (due,) = fairlot.answer("clock", "--days", "31", "--at", AGREED_AT)
        assert due == {"order_id": ORDER_ID, "due_at": "2027-01-17T01:00:00Z"}
