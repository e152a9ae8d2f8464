"""Orders and keys for the API's benchmark, made through the API itself; prints them as one JSON object."""

from __future__ import annotations

import json
import os
from typing import Any

ORDERS = 40
KEYS = 60
LIMIT_MINOR = 10**10


def _widen_limit(fair: Any) -> None:
    from fairlot.application.supplier import suppliers  # noqa: PLC0415
    from fairlot.writing_room import writing_room  # noqa: PLC0415

    suppliers.set_limit(
        fair.supplier_id,
        limit_minor=LIMIT_MINOR,
        currency="USD",
        computation_hash="",
        command_id="widened",
        desk=writing_room().desk,
    )


def main() -> None:
    """Make them on the database that the environment names."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "fairlot.settings"
    import django  # noqa: PLC0415

    django.setup()
    from django.test.utils import setup_test_environment  # noqa: PLC0415

    setup_test_environment()
    from fairlot.interfaces.api import limits  # noqa: PLC0415
    from tests.support.api import member  # noqa: PLC0415
    from tests.support.api_trades import Fair  # noqa: PLC0415

    limits.rates = limits.Rates(burst=10**9, per_second=1)
    fair = Fair().enrolled()
    _widen_limit(fair)
    orders = [fair.paid() for _ in range(ORDERS)]
    keys = [member(fair.buyer_id).secret for _ in range(KEYS)]
    print(json.dumps({"orders": orders, "keys": keys}))


if __name__ == "__main__":
    main()
