"""`fairlot serve`: the pages, loaded once and shared by the server's processes, while the database starts beside them."""

from __future__ import annotations

import gc
import importlib
import os
from concurrent.futures import ThreadPoolExecutor

import click
import msgspec

from fairlot import config, measures
from fairlot.interfaces.cli.listening import held_address
from fairlot.logs import write_logs

WEB_WORKERS = 2
# Twice as many as the API decides requests at a time: the others answer pages, and tell who comes too many at once.
BLOCKING_THREADS = 8
# The pages as the server names them.
PAGES = "fairlot.interfaces.wsgi"

# The server's own lines go where all others go.
SERVER_LOGS = {"handlers": {}, "loggers": {"_granian": {"handlers": [], "propagate": True}}}


@click.command()
@click.option("--host", default=None, help="Address to listen on; else FAIRLOT_HOST.")
@click.option(
    "--port",
    type=click.IntRange(1, config.PORT_MAX),
    default=None,
    help="Port to listen on; else FAIRLOT_PORT.",
)
def serve(*, host: str | None, port: int | None) -> None:
    """Serve the pages until stopped."""
    try:
        settings = config.settings()
    except config.ConfigError as error:
        raise click.UsageError(str(error)) from error
    wanted_host, wanted_port = host or settings.host, port or settings.port
    with held_address(wanted_host, wanted_port) as address:
        serve_pages(address, host=wanted_host, port=wanted_port)


def serve_pages(address: str, *, host: str, port: int) -> None:
    """Serve the pages with two processes of eight threads, at an address that the caller holds; returns when asked to stop."""
    database = ThreadPoolExecutor(max_workers=1).submit(_hold_database)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fairlot.settings")
    # Imported here: no other command needs the server, and its processes share what is loaded before they part.
    from granian import Granian  # noqa: PLC0415
    from granian.constants import Interfaces  # noqa: PLC0415

    from fairlot.interfaces.cli.keeping import refuse_unsafe_start  # noqa: PLC0415

    importlib.import_module(PAGES)
    database.result()
    # Not beside the loading: it loads Django's parts too.
    refuse_unsafe_start(msgspec.structs.replace(config.settings(), host=host))
    # Nothing has been counted yet, and the processes inherit both.
    write_logs()
    measures.share(config.settings().data_dir, kind="serve")
    # The collector leaves alone what is loaded by now: its marks would give each process a copy of its own.
    gc.freeze()
    Granian(
        f"{PAGES}:application",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=WEB_WORKERS,
        blocking_threads=BLOCKING_THREADS,
        respawn_failed_workers=True,
        log_access=False,
        log_dictconfig=SERVER_LOGS,
    ).serve()


def _hold_database() -> None:
    """Take the lease that keeps an embedded server running while the pages are served."""
    from fairlot.store.server import embedded  # noqa: PLC0415  (loaded beside the pages, not before them)

    embedded.process_lease(config.settings()).ensure_running()
