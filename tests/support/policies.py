"""The text of the shipped policy files, for tests that change a line of it."""

from __future__ import annotations

from importlib import resources


def text_of(edition: str) -> str:
    """Return a shipped edition as it stands in its file."""
    folder = resources.files("fairlot.domain.policy") / "editions"
    return (folder / f"{edition}.toml").read_text(encoding="utf-8")
