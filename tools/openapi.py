"""Write the OpenAPI document beside the code: `python -m tools.openapi docs/api/openapi.json`."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main(target: str) -> None:
    """Write the document to a file."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fairlot.settings")
    import django  # noqa: PLC0415  (its settings are named first)

    django.setup()
    from fairlot.interfaces.api.reference import openapi_bytes  # noqa: PLC0415  (needs Django's settings)

    Path(target).write_bytes(openapi_bytes())


if __name__ == "__main__":
    main(sys.argv[1])
