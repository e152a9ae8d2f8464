"""Which documents are generated, and by what."""

from __future__ import annotations

from collections.abc import Callable

from tests.generated.books import chart_of_accounts, worked_examples
from tests.generated.lifecycle import lifecycle
from tests.generated.requirements import requirements
from tests.support.order_matrix import matrix

DOCUMENTS: dict[str, Callable[[], str]] = {
    "docs/lifecycle.md": lifecycle,
    "docs/chart-of-accounts.md": chart_of_accounts,
    "docs/worked-examples.md": worked_examples,
    "docs/requirements.md": requirements,
    "tests/golden/order_matrix.txt": matrix,
}
