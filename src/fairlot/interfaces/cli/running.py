"""Commands that run and keep the product: worker, migrate, verify, backup, restore."""

from __future__ import annotations

from pathlib import Path

import click
from psycopg import OperationalError

from fairlot import config, measures
from fairlot.application.handlers import handlers_for
from fairlot.application.queries.supplier_search import limit_rules_of
from fairlot.application.supplier.supplier_standing import SupplierErrand
from fairlot.application.verification.verify import verify as verify_everything
from fairlot.application.verification.verify_files import file_faults
from fairlot.bootstrap import PLATFORM_EDITION
from fairlot.clock import system_clock
from fairlot.interfaces.cli.house import (
    REFUSED,
    as_json,
    house,
    say,
    unavailable,
)
from fairlot.interfaces.cli.keeping import refuse_unsafe_start
from fairlot.logs import write_logs
from fairlot.post_room import errands
from fairlot.store.keeping import backup as backups
from fairlot.store.keeping.migrate import migrate as migrate_database
from fairlot.store.server import embedded

FAULTS_SHOWN_MAX = 20
_PLACES = {"order_message": "message", "order_file": "file"}


@click.command()
@as_json
def migrate(*, as_json: bool) -> None:
    """Make the tables, or bring them to the present schema; `fairlot upgrade` looks first and can say what it would do."""
    try:
        lease = embedded.process_lease(config.settings())
        lease.ensure_running()
        migrate_database(lease.owner_dsn)
    except config.ConfigError as error:
        raise click.UsageError(str(error)) from error
    except (embedded.EmbeddedError, OperationalError) as error:
        raise unavailable(error) from error
    say({"migrated": True}, as_json=as_json, text="The database has the present schema.")


@click.command()
@click.option("--once", is_flag=True, help="Do what there is to do by now, then end.")
@as_json
def worker(*, once: bool, as_json: bool) -> None:
    """Settle what is due and perform what waits, until stopped; any number may run."""
    # Imported here: the queue's library is slow to load and no other command needs it.
    from fairlot.interfaces.worker.loop import worker as worker_of  # noqa: PLC0415

    with (
        house(None) as opened,
        worker_of(
            opened.app_dsn,
            aggregates=opened.aggregates,
            handlers=handlers_for(opened.desk),
            using=opened.desk.path,
            errands=(
                *errands(opened.settings, opened.desk.connect),
                SupplierErrand(limit_rules_of(opened.policies, PLATFORM_EDITION), opened.desk),
            ),
        ) as working,
    ):
        refuse_unsafe_start(opened.settings)
        if once:
            working.run_once()
            text = "What was due is settled, and what waited is performed."
            say({"done": True}, as_json=as_json, text=text)
        else:
            write_logs()
            measures.share(opened.settings.data_dir, kind="worker")
            working.run()


@click.command()
@as_json
def verify(*, as_json: bool) -> None:
    """Replay every story and compare chain, ledger, projections and sums; exit code 1 names what disagrees."""
    with house(None) as opened:
        report = verify_everything(opened.owner_dsn, opened.aggregates)
        file_faults_found = file_faults(opened.owner_dsn, opened.files)
    fault_count = report.fault_count + len(file_faults_found)
    faults = [*report.faults, *file_faults_found]
    read = f"{report.aggregates} stories, {report.events} events, {report.postings} postings"
    lines = [f"{read}; root {report.root.hex()}"]
    lines += [
        f"{fault.family} {fault.aggregate_id} {_PLACES.get(fault.kind, 'event')} {fault.seq}:"
        f" {fault.kind} {fault.detail}"
        for fault in faults[:FAULTS_SHOWN_MAX]
    ]
    lines.append(_counted(fault_count))
    answer = {
        "aggregates": report.aggregates,
        "events": report.events,
        "postings": report.postings,
        "root": report.root.hex(),
        "fault_count": fault_count,
        "faults": faults,
    }
    say(answer, as_json=as_json, text="\n".join(lines))
    if fault_count:
        raise SystemExit(REFUSED)


def _counted(fault_count: int) -> str:
    if fault_count == 0:
        return "Nothing disagrees."
    return "1 fault." if fault_count == 1 else f"{fault_count} faults."


@click.command()
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False))
@as_json
def backup(target: Path, *, as_json: bool) -> None:
    """Write database and files into one archive; everybody may go on working meanwhile."""
    with house(None) as opened:
        try:
            manifest = backups.backup(
                target,
                owner_dsn=opened.owner_dsn,
                files_dir=opened.settings.files_dir,
                secrets_dir=opened.settings.secrets_dir,
                made_at=system_clock(),
            )
        except backups.BackupError as error:
            raise click.ClickException(str(error)) from error
    say(manifest, as_json=as_json, text=f"Written to {target}.")


@click.command()
@click.argument("source", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@as_json
def restore(source: Path, *, as_json: bool) -> None:
    """Fill an empty database and the files from an archive, after checking it."""
    try:
        settings = config.settings()
        lease = embedded.process_lease(settings)
        lease.ensure_running()
        manifest = backups.restore(source, owner_dsn=lease.owner_dsn, files_dir=settings.files_dir)
    except config.ConfigError as error:
        raise click.UsageError(str(error)) from error
    except backups.BackupError as error:
        raise click.ClickException(str(error)) from error
    except (embedded.EmbeddedError, OperationalError) as error:
        raise unavailable(error) from error
    lines = [f"Restored from {source}; run `fairlot verify` next."]
    lines += [
        f"The secret {name} is another one here or none: secrets are never in a backup, bring it yourself."
        for name in backups.missing_secrets(backups.read_inventory(source), settings.secrets_dir)
    ]
    say(manifest, as_json=as_json, text="\n".join(lines))
