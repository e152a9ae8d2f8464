"""Set-up finds a Python that works, says in one line what is missing, and never trusts an environment it did not finish."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import set_up, system_packages

TOOLS = Path(__file__).resolve().parents[2] / "tools"


def make_command(folder: Path, name: str, script: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def find_python(repository: Path, *, path: str) -> subprocess.CompletedProcess[str]:
    (repository / "tools").mkdir(exist_ok=True)
    script = shutil.copy(TOOLS / "find_python.sh", repository / "tools")
    return subprocess.run(
        ["/bin/sh", script],
        env={"PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_name_without_a_working_python_behind_it_is_passed_over(tmp_path: Path) -> None:
    commands = tmp_path / "commands"
    make_command(commands, "python3.14", "echo 'python3.14: command not found' >&2; exit 127")
    make_command(commands, "python3.13", f'exec {sys.executable} "$@"')

    found = find_python(tmp_path, path=f"{commands}:{os.defpath}")

    assert found.stdout.strip() == "python3.13"


def test_the_environments_own_python_is_kept(tmp_path: Path) -> None:
    (tmp_path / ".venv").mkdir()
    make_command(tmp_path / ".venv" / "bin", "python", f'exec {sys.executable} "$@"')

    assert find_python(tmp_path, path=os.defpath).stdout.strip() == ".venv/bin/python"


def test_a_broken_environment_is_not_trusted(tmp_path: Path) -> None:
    (tmp_path / ".venv").mkdir()
    make_command(tmp_path / ".venv" / "bin", "python", "exit 1")
    commands = tmp_path / "commands"
    make_command(commands, "python3.14", f'exec {sys.executable} "$@"')

    found = find_python(tmp_path, path=f"{commands}:{os.defpath}")

    assert found.stdout.strip() == "python3.14"


def absent(package: str) -> system_packages.Need:
    return system_packages.Need(
        what=f"the thing {package}",
        why="for a reason",
        debian_package=package,
        is_present=lambda: False,
    )


def test_debian_gets_one_line_to_copy() -> None:
    advice = system_packages.advice([absent("chromium"), absent("poppler-utils")], debian=True)

    lines = [line for line in advice.splitlines() if "apt-get install" in line]
    assert len(lines) == 1
    assert (
        "apt-get update && apt-get install -y --no-install-recommends chromium poppler-utils"
        in lines[0]
    )


def test_other_systems_are_told_what_is_missing_and_why() -> None:
    advice = system_packages.advice([absent("chromium")], debian=False)

    assert "the thing chromium: for a reason" in advice
    assert "apt-get" not in advice


def test_whoever_is_not_root_gets_the_advice_and_nothing_is_tried(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(system_packages.NEEDS, "demo", (absent("a-package-that-nobody-makes"),))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    with pytest.raises(system_packages.SystemIncompleteError, match="a-package-that-nobody-makes"):
        system_packages.ensure("demo")


def test_a_chromium_can_be_named_and_must_then_exist(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = make_command(tmp_path, "my-chromium", "exit 0")
    monkeypatch.setenv("FAIRLOT_CHROMIUM", str(named))
    assert system_packages.find_chromium() == str(named)

    monkeypatch.setenv("FAIRLOT_CHROMIUM", str(tmp_path / "nowhere"))
    assert system_packages.find_chromium() is None


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An environment's folder as set-up sees it, with a Python whose pip says that it lives there."""
    folder = tmp_path / ".venv"
    folder.mkdir()
    python = make_command(folder / "bin", "python", f"echo 'pip 1.0 from {folder}/lib'")
    monkeypatch.setattr(set_up, "ENVIRONMENT", folder)
    monkeypatch.setattr(set_up, "PYTHON", python)
    monkeypatch.setattr(set_up, "STAMP", folder / "fairlot-set-up")
    return folder


def test_a_finished_environment_is_brought_up_to_date(environment: Path) -> None:
    (environment / "fairlot-set-up").write_text("an older fingerprint", encoding="utf-8")

    assert set_up.is_usable()


def test_an_interrupted_environment_is_made_anew(environment: Path) -> None:
    (environment / "fairlot-set-up").write_text(set_up.UNFINISHED, encoding="utf-8")

    assert not set_up.is_usable()


def test_an_environment_that_was_moved_is_made_anew(environment: Path) -> None:
    make_command(environment / "bin", "python", "echo 'pip 1.0 from /elsewhere/.venv/lib'")

    assert not set_up.is_usable()


def test_the_fingerprint_follows_the_lock_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = tmp_path / "lock.txt"
    monkeypatch.setattr(set_up, "INPUTS", (lock,))
    lock.write_text("click==1", encoding="utf-8")
    before = set_up.fingerprint()
    lock.write_text("click==2", encoding="utf-8")

    assert set_up.fingerprint() != before


def test_the_lock_file_names_what_the_environment_holds() -> None:
    assert {"django", "msgspec", "pytest", "hatchling"} <= set_up.locked_names()
