"""Seeds of second factors as the tables of accounts keep them: found by how they are sealed, replaced one by one."""

from __future__ import annotations

import msgspec
import psycopg

# Under which name each kind of factor keeps its seed. Passkeys keep public keys alone.
SEEDS = {"totp": "secret", "recovery_codes": "seed"}


class KeptSeed(msgspec.Struct, frozen=True, kw_only=True):
    """The seed of one factor, as it is kept."""

    factor_id: int
    name: str
    kept: str


def seeds_not_beginning_with(connection: psycopg.Connection, beginning: str) -> list[KeptSeed]:
    """Return the seeds whose kept form begins otherwise."""
    return [
        KeptSeed(factor_id=factor_id, name=name, kept=kept)
        for kind, name in SEEDS.items()
        for factor_id, kept in connection.execute(
            "SELECT id, data ->> %(name)s FROM mfa_authenticator WHERE type = %(kind)s"
            " AND NOT starts_with(data ->> %(name)s, %(beginning)s) ORDER BY id",
            {"name": name, "kind": kind, "beginning": beginning},
        ).fetchall()
    ]


def put_seed(connection: psycopg.Connection, seed: KeptSeed, kept: str) -> None:
    """Keep a seed in another form, unless it was changed since it was read; what stands beside it stays."""
    connection.execute(
        "UPDATE mfa_authenticator SET data = jsonb_set(data, ARRAY[%(name)s], to_jsonb(%(kept)s::text))"
        " WHERE id = %(id)s AND data ->> %(name)s = %(before)s",
        {"id": seed.factor_id, "name": seed.name, "kept": kept, "before": seed.kept},
    )
