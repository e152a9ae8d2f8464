"""Commands of whoever keeps an installation: check, upgrade, rotate-key; and what `serve` and `worker` check before they start."""

from __future__ import annotations

import click
from psycopg import OperationalError

from fairlot import config
from fairlot.application.safety import (
    Finding,
    UnsafeSettingsError,
    database_findings,
    refuse_unsafe,
    settings_findings,
)
from fairlot.interfaces.cli.house import REFUSED, as_json, house, say, unavailable
from fairlot.store.connection import connect
from fairlot.store.keeping import upgrade as upgrades
from fairlot.store.keeping.upgrade import Plan, UpgradeError
from fairlot.store.secret_keys import RotationError, rotate
from fairlot.store.server import embedded


def refuse_unsafe_start(settings: config.Settings) -> None:
    """Print every warning, or end with every error and its mend. Takes the process's lease on the database."""
    lease = embedded.process_lease(settings)
    try:
        warnings = refuse_unsafe(settings, lease)
    except UnsafeSettingsError as error:
        raise click.UsageError(str(error)) from error
    for one in warnings if not settings.demo else ():
        click.echo(f"Warning: {one.what} (mend: {one.mend}).", err=True)


@click.command()
@as_json
def check(*, as_json: bool) -> None:
    """List what is not safe in settings, files and database, each with its mend; exit code 1 when anything must be mended."""
    settings = _settings()
    found = settings_findings(settings)
    try:
        lease = embedded.process_lease(settings)
        lease.ensure_running()
    except embedded.EmbeddedError as error:
        found.append(_unreachable(str(error)))
    else:
        found += database_findings(settings, lease)
    errors = sum(one.is_error for one in found)
    lines = [
        f"{'error' if one.is_error else 'warning'} {one.name}: {one.what}\n    mend: {one.mend}"
        for one in found
    ]
    lines.append(f"{errors} errors, {len(found) - errors} warnings.")
    say({"errors": errors, "findings": found}, as_json=as_json, text="\n".join(lines))
    if errors:
        raise SystemExit(REFUSED)


@click.command()
@click.option("--plan", "is_plan", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--stopped", is_flag=True, help="Promise that `serve` and `worker` are stopped.")
@as_json
def upgrade(*, is_plan: bool, stopped: bool, as_json: bool) -> None:
    """Bring the tables to this version; safe to run again, refused where there is no way back."""
    settings = _settings()
    lease = embedded.process_lease(settings)
    try:
        lease.ensure_running()
        if is_plan:
            with connect(lease.owner_dsn) as owner:
                done = upgrades.plan(owner)
        else:
            done = upgrades.upgrade(lease.owner_dsn, are_stopped=stopped)
    except UpgradeError as error:
        raise click.ClickException(str(error)) from error
    except (OperationalError, embedded.EmbeddedError) as error:
        raise unavailable(error) from error
    say(done, as_json=as_json, text="\n".join(_plan_lines(done, is_plan=is_plan)))


@click.command("rotate-key")
@click.option("--forget", is_flag=True, help="Make no new key: forget those of before.")
@as_json
def rotate_key(*, forget: bool, as_json: bool) -> None:
    """Sign with a new key from the next start on, while what the old one signed is still believed.

    Before a key is forgotten, all that it sealed is sealed anew.
    """
    settings = _settings()
    if forget:
        # Imported here: no other of these commands needs what sends mails and webhooks.
        from fairlot.post_room import seal_anew  # noqa: PLC0415

        with house(None) as opened:
            seal_anew(settings, opened.desk.connect)
    try:
        keys = rotate(settings, forget=forget)
    except RotationError as error:
        raise click.UsageError(str(error)) from error
    said = (
        "Only the newest key is believed from the next start on."
        if forget
        else "A new key signs from the next start on; those of before are believed until "
        "`fairlot rotate-key --forget`."
    )
    say(
        {"keys_believed": len(keys)},
        as_json=as_json,
        text=f"{said} Restart `fairlot serve` and `fairlot worker`.",
    )


def _settings() -> config.Settings:
    try:
        return config.settings()
    except config.ConfigError as error:
        raise click.UsageError(str(error)) from error


def _unreachable(reason: str) -> Finding:
    return Finding(
        name="database-unreachable", is_error=True, what=reason, mend="mend it, and check again"
    )


def _plan_lines(found: Plan, *, is_plan: bool) -> list[str]:
    lines = [f"{found.applied} migrations were applied before."]
    verb = "waits" if is_plan else "applied"
    for step in found.pending:
        taken = f" (takes away: {', '.join(step.contracts)})" if step.contracts else ""
        lines.append(f"{verb}: {step.name}{taken}")
    lines += [f"of a newer version: {name}" for name in found.unknown]
    if not found.pending and not found.unknown:
        lines.append("Tables and code are of the same version.")
    elif is_plan and found.contracts:
        lines.append("Stop `serve` and `worker` first, then run it with --stopped.")
    elif is_plan and not found.unknown:
        lines.append("Safe while the processes of the version before go on.")
    return lines
