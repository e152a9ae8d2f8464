"""What is handed out to run Fairlot: every variable, command and file that it names is there, and nothing runs with more rights than it needs."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client.registry import REGISTRY

from fairlot.config import VARIABLES, load
from fairlot.interfaces.cli.main import COMMANDS
from fairlot.interfaces.operating.probes import FIGURES
from fairlot.measures import measures

ROOT = Path(__file__).parents[2]
COMPOSE = (ROOT / "compose.yaml").read_text(encoding="utf-8")
UNITS = sorted((ROOT / "deploy" / "systemd").glob("*.service"))
OURS = ("upgrade", "application", "worker")
SERVICE_KEYS = {
    "build", "cap_drop", "command", "depends_on", "environment", "healthcheck", "image",
    "networks", "ports", "read_only", "restart", "secrets", "security_opt", "shm_size",
    "stop_grace_period", "tmpfs", "user", "volumes",
}  # fmt: skip
# Filled in by the operator, not read by the product.
COMPOSE_VARIABLES = {"FAIRLOT_DOMAIN"}
HARDENING = {
    "NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes", "PrivateTmp=yes",
    "CapabilityBoundingSet=", "SystemCallFilter=@system-service", "UMask=0077", "User=fairlot",
}  # fmt: skip


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(COMPOSE)
    return loaded


class TestCompose:
    def test_its_keys_are_compose_keys(self, compose: dict[str, Any]) -> None:
        extensions = {name for name in compose if name.startswith("x-")}
        assert set(compose) - extensions == {"name", "services", "networks", "volumes", "secrets"}
        for name, service in compose["services"].items():
            assert set(service) <= SERVICE_KEYS, name

    def test_what_services_name_is_declared(self, compose: dict[str, Any]) -> None:
        for name, service in compose["services"].items():
            assert set(service["networks"]) <= set(compose["networks"]), name
            assert set(service["secrets"]) <= set(compose["secrets"]), name
            assert set(service.get("depends_on", ())) <= set(compose["services"]), name
            for volume in service["volumes"]:
                place = volume.split(":")[0]
                assert place in compose["volumes"] or (ROOT / place).is_file(), volume
            for path in re.findall(r"/run/secrets/(\w+)", str(service["environment"])):
                assert path in service["secrets"], (name, path)

    def test_every_variable_is_one_that_fairlot_reads(self, compose: dict[str, Any]) -> None:
        for name in OURS:
            assert set(compose["services"][name]["environment"]) <= set(VARIABLES), name
        filled_in = set(re.findall(r"\$\{(\w+)", COMPOSE))
        assert filled_in <= set(VARIABLES) | COMPOSE_VARIABLES

    def test_its_settings_can_be_read(self, compose: dict[str, Any], tmp_path: Path) -> None:
        for name in ("secret_keys", "metrics_token"):
            (tmp_path / name).write_text("k" * 60)
        words = {
            "FAIRLOT_DOMAIN": "trade.example",
            "FAIRLOT_SMTP_URL": "smtp://mail.example:587?tls=starttls",
            "FAIRLOT_MAIL_FROM": "Fairlot <trade@trade.example>",
        }
        for name in OURS:
            environment = {
                variable: re.sub(r"\$\{(\w+)[^}]*\}", lambda found: words[found[1]], value).replace(
                    "/run/secrets", str(tmp_path)
                )
                for variable, value in compose["services"][name]["environment"].items()
            }
            settings = load(environment, working_dir=tmp_path)
            assert settings.base_url == "https://trade.example"
            assert not settings.is_embedded

    def test_every_command_is_one_of_ours(self, compose: dict[str, Any]) -> None:
        for name in OURS:
            assert compose["services"][name]["command"][0] in COMMANDS

    def test_nothing_of_ours_runs_with_more_than_it_needs(self, compose: dict[str, Any]) -> None:
        for name in OURS:
            service = compose["services"][name]
            assert service["read_only"] is True
            assert service["user"] not in {"", "0", "root", "0:0"}
            assert service["cap_drop"] == ["ALL"]
            assert "no-new-privileges:true" in service["security_opt"]
        assert all(
            port.startswith("127.0.0.1:")
            for service in compose["services"].values()
            for port in service.get("ports", ())
        )
        # Only what upgrades may act as the owner of the tables.
        holders = [
            name for name in OURS if "owner_passfile" in compose["services"][name]["secrets"]
        ]
        assert holders == ["upgrade"]

    def test_versions_are_named(self, compose: dict[str, Any]) -> None:
        images = [service["image"] for service in compose["services"].values()]
        images += re.findall(r"^FROM (\S+)", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
        assert all(re.search(r":\d+\.\d+", image) for image in images), images

    def test_secrets_are_drawn_by_the_script_and_are_private(
        self, compose: dict[str, Any], tmp_path: Path
    ) -> None:
        script = ROOT / "deploy" / "make_secrets.sh"
        for _ in range(2):
            subprocess.run(["sh", script], check=True, cwd=tmp_path)
        made = {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()}
        assert {f"./secrets/{name}" for name in made} == {
            secret["file"] for secret in compose["secrets"].values()
        }
        assert made["app_password"] in made["app_passfile"]
        assert len(set(made.values())) == len(made)
        for path in (tmp_path / "secrets").iterdir():
            assert path.stat().st_mode & 0o077 == 0


class TestImage:
    def test_it_installs_by_hash_and_runs_as_nobody_special(self) -> None:
        text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
        assert "--require-hashes" in text
        assert re.search(r"^USER 10001:10001$", text, re.MULTILINE)
        for source in re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE):
            for name in source.split():
                assert (ROOT / name).exists(), name
        for name in re.findall(r"^ +FAIRLOT_\w+(?==)", text, re.MULTILINE):
            assert name.strip() in VARIABLES


class TestUnits:
    @pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.stem)
    def test_it_names_what_is_there_and_holds_back(self, unit: Path) -> None:
        lines = unit.read_text(encoding="utf-8").splitlines()
        assert set(lines) >= HARDENING
        for line in lines:
            if line.startswith(("ExecStart=", "ExecStartPre=")):
                assert line.split("/fairlot ")[1].split()[0] in COMMANDS
            if line.startswith("Environment=FAIRLOT_"):
                assert line.removeprefix("Environment=").split("=")[0] in VARIABLES

    def test_the_example_of_settings_can_be_read(self, tmp_path: Path) -> None:
        text = (ROOT / "deploy" / "systemd" / "environment.example").read_text(encoding="utf-8")
        pairs = [line.split("=", 1) for line in text.splitlines() if line and line[0] != "#"]
        # systemd takes one pair of quotes around a value away.
        given = {name: value.removeprefix('"').removesuffix('"') for name, value in pairs}
        settings = load(given, working_dir=tmp_path)
        assert settings.allowed_hosts == ("trade.example",)

    def test_roots_shell_reads_the_same_settings_and_the_owners(self, tmp_path: Path) -> None:
        for name in ("environment", "owner-environment"):
            text = (ROOT / "deploy" / "systemd" / f"{name}.example").read_text(encoding="utf-8")
            (tmp_path / name).write_text(text.replace("/etc/fairlot", str(tmp_path)))
        for name in ("secret-keys", "metrics-token"):
            (tmp_path / name).write_text("k" * 60)
        said = subprocess.run(
            ["/bin/sh", "-ec", f". {tmp_path}/owner-environment; env"],
            env={"PATH": "/usr/bin:/bin"},
            check=True,
            capture_output=True,
            text=True,
        )
        given = dict(line.split("=", 1) for line in said.stdout.splitlines())
        assert given["PATH"].startswith("/opt/fairlot/bin:")
        settings = load(given, working_dir=tmp_path)
        assert settings.mail_server is not None
        assert settings.mail_server.host == "mail.example"
        assert given["FAIRLOT_MAIL_FROM"] == "Fairlot <trade@trade.example>"
        assert settings.data_dir == Path("/var/lib/fairlot")
        assert not settings.is_embedded
        assert "passfile" in given["DATABASE_URL"]
        assert "fairlot_owner" in given["FAIRLOT_OWNER_DATABASE_URL"]

    def test_systemd_takes_the_units(self, tmp_path: Path) -> None:
        """Where systemd is at hand it judges; elsewhere the tests above stand alone, as docs/operate/systemd.md says."""
        judge = shutil.which("systemd-analyze")
        for unit in UNITS if judge else ():
            text = unit.read_text(encoding="utf-8").replace("/opt/fairlot/bin/fairlot", "/bin/true")
            copy = tmp_path / unit.name
            copy.write_text(text, encoding="utf-8")
            judged = subprocess.run(
                [str(judge), "verify", copy], check=False, capture_output=True, text=True
            )
            said = [line for line in judged.stderr.splitlines() if unit.name in line]
            assert said == []


class TestPages:
    def test_every_command_and_variable_on_them_is_there(self) -> None:
        for page in sorted((ROOT / "docs" / "operate").glob("*.md")):
            text = page.read_text(encoding="utf-8")
            for name in re.findall(r"(?:^|`|&& |/bin/)fairlot ([a-z][a-z-]+)", text, re.MULTILINE):
                assert name in COMMANDS, (page.name, name)
            for name in re.findall(r"\bFAIRLOT_[A-Z_]+\b", text):
                assert name in set(VARIABLES) | COMPOSE_VARIABLES, (page.name, name)

    def test_every_figure_to_watch_is_measured(self) -> None:
        text = (ROOT / "docs" / "operate" / "monitoring.md").read_text(encoding="utf-8")
        asked = {f"fairlot_{name}" for name in FIGURES} | {
            "fairlot_database_up",
            "fairlot_database_seconds",
        }
        measures()
        counted = {metric.name for metric in REGISTRY.collect()}
        watched = set(re.findall(r"`(fairlot_[a-z_]+)`", text))
        assert watched
        assert {name.removesuffix("_total") for name in watched} <= asked | counted
