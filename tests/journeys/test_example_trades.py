"""The example trades from end to end: what they leave, and that killing script and server on the way changes nothing of it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
import pytest
from lxml import etree

from fairlot import config
from fairlot.interfaces.cli.demo import PORTS_TRIED_MAX
from fairlot.simulate.plays import DEFECTIVE_ID, FULFILLED_ID
from fairlot.store.server.embedded import EmbeddedServer
from tests.support.command_line import CommandLine, point_at
from tests.support.embedded_server import running
from tests.support.postgres import Database
from tests.support.server_crash import kill_server

ROOT = Path(__file__).parents[2]
SCRIPTS = {"fulfilled.py": FULFILLED_ID, "defective.py": DEFECTIVE_ID}
# The lines of a script's story after which it is killed, each time in a run of its own.
KILLED_AFTER = (3, 6, 10)
EVENTS = "SELECT {0}_id, seq, type, effective_at, payload FROM {0}_event ORDER BY {0}_id, seq"
PAIN001 = "{urn:iso:std:iso:20022:tech:xsd:pain.001.001.09}"


@pytest.fixture
def fairlot(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """The command on a database and a data directory of its own."""
    point_at(database, tmp_path, monkeypatch, demo=True)
    return CommandLine()


def play(fairlot: CommandLine, order_id: str) -> str:
    return fairlot.done("demo", "--play-only", "--only", order_id)


def story_of(owner_dsn: str) -> list[tuple[Any, ...]]:
    """Return every event of every aggregate, to the byte."""
    with psycopg.connect(owner_dsn, autocommit=True) as owner:
        return [
            row
            for family in ("order", "payout", "limit")
            for row in owner.execute(EVENTS.format(family)).fetchall()
        ]


def totals_of(fairlot: CommandLine, order_id: str) -> dict[str, Any]:
    (totals,) = fairlot.answer("order", "statement", order_id)["totals"]
    assert isinstance(totals, dict)
    return totals


class TestPort:
    def test_mails_lead_to_the_port_that_was_free(self, fairlot: CommandLine) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            fairlot.done("demo", "--play-only", "--only", FULFILLED_ID, "--port", str(port))
        led_to = int(config.settings().base_url.rpartition(":")[2])
        assert port < led_to <= port + PORTS_TRIED_MAX


class TestJson:
    def test_the_answer_is_json_and_the_story_is_told_beside_it(self, fairlot: CommandLine) -> None:
        played = fairlot.run("--json", "demo", "--play-only", "--only", FULFILLED_ID)
        assert played.exit_code == 0
        assert json.loads(played.stdout)["orders"] == [FULFILLED_ID]
        assert f"{FULFILLED_ID}: " in played.stderr


class TestFulfilled:
    def test_from_draft_to_the_payout_file(self, fairlot: CommandLine, tmp_path: Path) -> None:
        play(fairlot, FULFILLED_ID)
        types = [
            event["type"] for event in fairlot.answer("order", "timeline", FULFILLED_ID)["story"]
        ]
        way = [
            "OrderDrafted",
            "SampleApproved",
            "VersionProposed",
            "OrderAgreed",
            "PaymentReceived",
            "InspectionReported",
            "PaymentReceived",
            "ShipmentRecorded",
            "GoodsDelivered",
            "ReceiptConfirmed",
            "FundsReleased",
            "OrderCompleted",
        ]
        passed = iter(types)
        assert all(step in passed for step in way), types
        totals = totals_of(fairlot, FULFILLED_ID)
        assert (totals["received_minor"], totals["held_minor"]) == (1_980_000, 0)
        assert totals["released_minor"] == 1_980_000
        (file,) = (tmp_path / "bank").glob("*.pain001.xml")
        document = etree.parse(file)
        amounts = [amount.text for amount in document.iter(f"{PAIN001}InstdAmt")]
        assert amounts == ["19800.00"]
        assert "Nothing disagrees." in fairlot.done("verify")

    def test_playing_it_again_changes_nothing(
        self, fairlot: CommandLine, database: Database, tmp_path: Path
    ) -> None:
        play(fairlot, FULFILLED_ID)
        story = story_of(database.owner_dsn)
        (file,) = (tmp_path / "bank").glob("*.pain001.xml")
        written = file.read_bytes()
        # Its root is over every story: the suppliers', the payouts' and that of money without an order too.
        verified = fairlot.done("verify")
        play(fairlot, FULFILLED_ID)
        assert story_of(database.owner_dsn) == story
        assert file.read_bytes() == written
        assert fairlot.done("verify") == verified

    def test_one_flipped_byte_is_found_and_its_event_named(
        self, fairlot: CommandLine, database: Database
    ) -> None:
        play(fairlot, FULFILLED_ID)
        with database.as_owner() as owner:
            owner.execute(
                "UPDATE order_event SET payload = set_byte(payload, 9, get_byte(payload, 9) # 1)"
                " WHERE order_id = %s AND seq = 5",
                [FULFILLED_ID],
            )
        found = fairlot.run("verify", "--json")
        assert found.exit_code == 1
        assert f'"aggregate_id": "{FULFILLED_ID}"' in found.output
        assert '"seq": 5' in found.output


class TestDefective:
    def test_r28_r40_below_3000_mah_ends_in_a_partial_refund(self, fairlot: CommandLine) -> None:
        play(fairlot, DEFECTIVE_ID)
        view = fairlot.answer("order", "show", DEFECTIVE_ID)
        assert view["status"] == "settled"
        # A third of the price, for 2,000 instead of 3,000 mAh, and the fee of the inspection that showed it.
        totals = totals_of(fairlot, DEFECTIVE_ID)
        assert totals["refunded_minor"] == 660_000 + 98_000
        assert totals["released_minor"] == 1_980_000 - totals["refunded_minor"]
        assert totals["held_minor"] == 0
        assert "Nothing disagrees." in fairlot.done("verify")


def run_script(name: str, data_dir: Path, *, killed_after: int | None = None) -> int:
    """Run an example script, and SIGKILL it once it has told so many lines; return its exit code."""
    environment = {name: value for name, value in os.environ.items() if "DATABASE_URL" not in name}
    environment |= {"FAIRLOT_DATA_DIR": str(data_dir), "FAIRLOT_DEMO": "1"}
    with subprocess.Popen(
        [sys.executable, "-u", str(ROOT / "examples" / name)],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as script:
        assert script.stdout is not None
        for number, _ in enumerate(script.stdout, start=1):
            if number == killed_after:
                script.send_signal(signal.SIGKILL)
                break
        return script.wait()


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_killed_on_the_way_ends_in_the_same_place(
    name: str, fairlot: CommandLine, database: Database, data_dir: Path
) -> None:
    play(fairlot, SCRIPTS[name])
    expected = story_of(database.owner_dsn)
    for killed_after in KILLED_AFTER:
        assert run_script(name, data_dir, killed_after=killed_after) == -signal.SIGKILL
        _kill_server_of(data_dir)
    assert run_script(name, data_dir) == 0
    with running(data_dir) as server:
        assert story_of(server.owner_dsn) == expected


def _kill_server_of(data_dir: Path) -> None:
    """SIGKILL the server that the dead script has left behind."""
    with running(data_dir) as server:
        assert isinstance(server, EmbeddedServer)
        kill_server(server)
