"""What is checked in is what the code says today; `make docs` writes it anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.generated.documents import DOCUMENTS

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("path", DOCUMENTS)
def test_the_document_is_what_the_code_says(path: str) -> None:
    assert (ROOT / path).read_text(encoding="utf-8") == DOCUMENTS[path]()
