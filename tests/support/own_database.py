"""A migrated database on an embedded server of its own, for proofs and benchmarks that run outside pytest."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fairlot.store.keeping.migrate import migrate
from fairlot.store.server import embedded
from tests.support.postgres import Database, embedded_settings


@contextmanager
def own_database() -> Iterator[Database]:
    """Start a server in a directory of its own, migrate it, and take both away at the end."""
    directory = Path(tempfile.mkdtemp(prefix="fairlot-proof-"))
    directory.chmod(0o711)
    os.environ["FAIRLOT_DATA_DIR"] = str(directory / "server")
    os.environ["FAIRLOT_DEMO"] = "1"
    try:
        with embedded.server(embedded_settings(directory / "server")) as server:
            migrate(server.owner_dsn)
            yield Database(name="fairlot", owner_dsn=server.owner_dsn, app_dsn=server.app_dsn)
    finally:
        shutil.rmtree(directory, ignore_errors=True)
