"""`fairlot demo`: sets up a database of its own, plays example orders by real commands, and serves the pages."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import click

import fairlot
from fairlot import config, measures
from fairlot.application.handlers import handlers_for
from fairlot.bootstrap import House, open_house
from fairlot.clock import system_clock
from fairlot.domain.contract.document import Contract
from fairlot.domain.contract.file_format import from_text
from fairlot.interfaces.cli.house import as_json, say
from fairlot.interfaces.cli.listening import held_port
from fairlot.interfaces.cli.serving import serve_pages
from fairlot.simulate.plays import BEGINNING, PLAYS
from fairlot.simulate.stage import MovedClock, Stage
from fairlot.simulate.world.companies import COMPANIES
from fairlot.simulate.world.deals import deals
from fairlot.simulate.world.playing import WORLD_DAYS, play_world, settle_suppliers_in
from fairlot.store.keeping.migrate import migrate
from fairlot.store.server import embedded

# Says a line to whoever watches.
Tell = Callable[[str], None]
DEMO_HOST = "127.0.0.1"
DEMO_PORT = 8080
PORTS_TRIED_MAX = 20
DEMO_FOLDER = "demo"
EXAMPLE = "power-banks.en.toml"


@click.command()
@click.option(
    "--port",
    type=click.IntRange(1, config.PORT_MAX),
    default=DEMO_PORT,
    envvar="FAIRLOT_PORT",
    show_default=True,
    help="Port of the pages; the next free one is taken.",
)
@click.option("--play-only", is_flag=True, help="Play the orders and end, without serving.")
@click.option(
    "--market/--no-market",
    default=True,
    help="Play the market of some sixty further orders too.",
)
@click.option(
    "--only",
    type=click.Choice([name for name, _ in PLAYS]),
    default=None,
    help="Play one order alone.",
)
@as_json
def demo(*, port: int, play_only: bool, market: bool, only: str | None, as_json: bool) -> None:
    """Play example orders and show them. Nothing here is real money."""
    # Whoever reads the answer as JSON finds what is told meanwhile beside it.
    tell = partial(click.echo, err=as_json)
    # Held from here on: playing takes a while, and somebody else may start a demonstration meanwhile.
    with held_port(
        DEMO_HOST, range(port, min(port + PORTS_TRIED_MAX, config.PORT_MAX + 1))
    ) as chosen:
        settings = _demo_settings(port=chosen)
        if play_only:
            _play(settings, market=market, only=only, tell=tell)
            if as_json:
                say(_answer(settings, only), as_json=True, text="")
            return
        # What is played is counted with what the pages count later.
        measures.share(settings.data_dir, kind="serve")
        _play(settings, market=market, only=only, tell=tell)
        keys, address = _keep_keys(settings), f"http://{DEMO_HOST}:{chosen}/"
        text = (
            f"\nKeys for programs, such as examples/marketplace.py: {keys}"
            f"\n\nOpen {address} and stop with Ctrl-C."
        )
        answer = {**_answer(settings, only), "keys": str(keys), "address": address}
        say(answer, as_json=as_json, text=text)
        with _worker_beside():
            serve_pages(DEMO_HOST, host=DEMO_HOST, port=chosen)


def _answer(settings: config.Settings, only: str | None) -> dict[str, Any]:
    played = [order_id for order_id, _ in PLAYS if only in {None, order_id}]
    return {"data_dir": str(settings.data_dir), "orders": played}


def _play(settings: config.Settings, *, market: bool, only: str | None, tell: Tell) -> None:
    lease = embedded.process_lease(settings)
    lease.ensure_running()
    tell(f"A database of its own stands in {settings.data_dir}.")
    migrate(lease.owner_dsn)
    play_orders(settings, only=only, tell=tell)
    if market and only is None:
        play_market(settings, tell=tell)


@contextmanager
def _worker_beside() -> Iterator[None]:
    """Run a worker in a process of its own, so that what falls due happens while somebody looks."""
    command = [sys.executable, "-m", "fairlot.interfaces.cli.main", "worker"]
    with subprocess.Popen(command) as process:
        try:
            yield
        finally:
            process.terminate()


def _demo_settings(*, port: int) -> config.Settings:
    """Let this process and those it starts use the demonstration's own directory, and name its pages in their mails."""
    os.environ["FAIRLOT_DEMO"] = "1"
    os.environ["FAIRLOT_PORT"] = str(port)
    if not os.environ.get("FAIRLOT_DATA_DIR") and not os.environ.get("DATABASE_URL"):
        os.environ["FAIRLOT_DATA_DIR"] = str(Path.cwd() / "var" / DEMO_FOLDER)
    config.settings.cache_clear()
    return config.settings()


def play_orders(settings: config.Settings, *, only: str | None, tell: Tell) -> None:
    """Play the example orders; what was played before is found done and left as it is."""
    clock = MovedClock(BEGINNING)
    contract = example_contract()
    with open_house(settings, clock=clock) as house, _worker(house) as work:
        for order_id, play in PLAYS:
            if only not in {None, order_id}:
                continue
            tell(f"\n{order_id}: {contract.title}")
            # Never the present while a play may be half done: its clocks would run out.
            clock.at = BEGINNING
            stage = Stage(
                order_id,
                desk=house.desk,
                files=house.files,
                policies=house.policies,
                clock=clock,
                today=system_clock(),
                work=work,
                say=lambda sentence: tell(f"  {sentence}"),
            )
            play(stage, contract, settings.data_dir / "bank")


def play_market(settings: config.Settings, *, tell: Tell) -> None:
    """Play the invented market up to the present, a month at a time; once it is there, it is left as it is."""
    today = system_clock()
    clock = MovedClock(today - dt.timedelta(days=WORLD_DAYS))
    tell("\nA market of invented companies, played from month to month:")
    with open_house(settings, clock=clock) as house, _worker(house) as work:
        _found_companies()
        settle_suppliers_in(house.desk, house.policies)

        def make_stage(order_id: str) -> Stage:
            return Stage(
                order_id,
                desk=house.desk,
                files=house.files,
                policies=house.policies,
                clock=clock,
                today=today,
                work=work,
                say=tell,
            )

        steps = play_world(
            deals(), make_stage=make_stage, today=today, tell=lambda month: tell(f"  {month}")
        )
        clock.at = today
        work()
    tell(f"  {steps} acts on {len(deals())} orders." if steps else "  It stands already.")


def _keep_keys(settings: config.Settings) -> Path:
    _set_django_up()
    from django.db import connections  # noqa: PLC0415

    from fairlot.application.people.demo_keys import keep_demo_keys  # noqa: PLC0415

    path = keep_demo_keys(settings.data_dir, now=system_clock())
    connections.close_all()
    return path


def _set_django_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fairlot.settings")
    # Imported here: accounts want Django to be set up before them, and no other step needs either.
    import django  # noqa: PLC0415

    django.setup()


def _found_companies() -> None:
    _set_django_up()
    from django.db import connections  # noqa: PLC0415

    from fairlot.application.people.demo_people import CompanyKind, found_company  # noqa: PLC0415

    for company in COMPANIES:
        kind = CompanyKind.TRADE
        if company.is_sourcing_agent:
            kind = CompanyKind.SOURCING_AGENT
        elif company.is_inspection_company:
            kind = CompanyKind.INSPECTION
        found_company(company.company_id, company.name, company.country, kind)
    # The pages' processes open their own.
    connections.close_all()


@contextmanager
def _worker(house: House) -> Iterator[Callable[[], None]]:
    # Imported here: the queue's library is slow to load.
    from fairlot.interfaces.worker.loop import worker  # noqa: PLC0415

    with worker(
        house.app_dsn,
        aggregates=house.aggregates,
        handlers=handlers_for(house.desk),
        using=house.desk.path,
    ) as working:
        yield working.run_once


def example_contract() -> Contract:
    """Return the example contract: from the package where it is installed, else from the repository."""
    package = Path(fairlot.__file__).parent
    for folder in (package / "examples", package.parents[1] / "examples"):
        if (folder / EXAMPLE).exists():
            return from_text((folder / EXAMPLE).read_text(encoding="utf-8"))
    raise click.ClickException(f"The example contract {EXAMPLE} is not installed.")
