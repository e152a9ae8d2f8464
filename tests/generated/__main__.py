"""Write every generated document, and the golden events that are missing: `make docs`."""

from __future__ import annotations

from pathlib import Path

from tests.generated.documents import DOCUMENTS
from tests.support.golden_events import write_hashes, write_missing


def main() -> None:
    """Write each document where it belongs, and golden events for types that have none."""
    for made in write_missing():
        print(made.name)
    write_hashes()
    for path, write in DOCUMENTS.items():
        Path(path).write_text(write(), encoding="utf-8")
        print(path)


if __name__ == "__main__":
    main()
