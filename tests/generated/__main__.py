"""Write every generated document: `make docs`."""

from __future__ import annotations

from pathlib import Path

from tests.generated.documents import DOCUMENTS


def main() -> None:
    """Write each document where it belongs."""
    for path, write in DOCUMENTS.items():
        Path(path).write_text(write(), encoding="utf-8")
        print(path)


if __name__ == "__main__":
    main()
