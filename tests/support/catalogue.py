"""What the database's own catalogue says against the rules of `docs/decisions` for tables: a list of faults, best empty."""

from __future__ import annotations

from typing import Any

import psycopg

FAMILIES = ("order", "payout", "limit", "suspense")
# Tables of the whole installation, not of one aggregate.
GLOBAL_TABLES = frozenset(
    {"account_balance", "checkpoint", "supplier", "receiving_account"}
    | {"transfer_batch", "transfer_batch_item", "sent_transfer", "bank_movement", "sandbox_clock"}
    | {"supplier_acceptance", "supplier_decision", "supplier_document", "supplier_audit"}
    | {"supplier_profile", "supplier_product", "supplier_order", "supplier_computation"}
    | {"supplier_badge", "supplier_report"}
    | {"company_storage"}
    | {"notification", "notification_wish", "mail"}
    | {"webhook_endpoint", "webhook_delivery", "webhook_attempt", "webhook_rotation"}
)
# Made and kept by Django, by the library of accounts and by procrastinate; of people nothing belongs to an aggregate,
# and `tests/store/people` holds the application's rights to them.
FOREIGN_PREFIXES = (
    *("django_", "auth_", "procrastinate_"),
    *("people_", "account_email", "mfa_", "usersessions_"),
)


def faults(owner: psycopg.Connection) -> list[str]:
    """Return every place where the catalogue breaks a rule."""
    return [
        *_keys_without_the_id(owner),
        *_foreign_keys_across_aggregates(owner),
        *_sequences(owner),
        *_triggers_that_name_tables(owner),
        *_open_row_security(owner),
        *_ways_around_row_security(owner),
    ]


def rights_of(owner: psycopg.Connection, role: str) -> dict[str, str]:
    """Return what a role may do to each of our tables: whole-table rights, then columns it may update."""
    rows = _rows(
        owner,
        """
        SELECT c.relname,
          array_remove(ARRAY[
            CASE WHEN has_table_privilege(%(role)s, c.oid, 'SELECT') THEN 'select' END,
            CASE WHEN has_table_privilege(%(role)s, c.oid, 'INSERT') THEN 'insert' END,
            CASE WHEN has_table_privilege(%(role)s, c.oid, 'UPDATE') THEN 'update' END,
            CASE WHEN has_table_privilege(%(role)s, c.oid, 'DELETE') THEN 'delete' END,
            CASE WHEN has_table_privilege(%(role)s, c.oid, 'TRUNCATE') THEN 'truncate' END,
            CASE WHEN has_table_privilege(%(role)s, c.oid, 'TRIGGER') THEN 'trigger' END
          ], NULL),
          ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0
            AND NOT a.attisdropped AND has_column_privilege(%(role)s, c.oid, a.attnum, 'UPDATE')
            AND NOT has_table_privilege(%(role)s, c.oid, 'UPDATE') ORDER BY a.attnum)
        FROM pg_class c WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
        ORDER BY c.relname
        """,
        role=role,
    )
    rights = {}
    for name, whole, columns in rows:
        if is_ours(name) and (whole or columns):
            rights[name] = " ".join(whole) + (f" update({', '.join(columns)})" if columns else "")
    return rights


def relations(owner: psycopg.Connection) -> dict[str, set[str]]:
    """Return every table and view, whosever it is, with its columns."""
    return _relations(owner, "true")


def readable_relations(owner: psycopg.Connection, role: str) -> dict[str, set[str]]:
    """Return every table and view in which a role may read at least one column, with the columns it may read."""
    return _relations(owner, "has_column_privilege(%(role)s, c.oid, a.attnum, 'SELECT')", role=role)


def _relations(owner: psycopg.Connection, condition: str, **values: Any) -> dict[str, set[str]]:
    rows = _rows(
        owner,
        f"""
        SELECT c.relname, array_agg(a.attname::text) FROM pg_class c
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relnamespace = 'public'::regnamespace
          AND {condition}
        GROUP BY c.relname ORDER BY c.relname
        """,
        **values,
    )
    return {name: set(columns) for name, columns in rows}


def is_ours(table: str) -> bool:
    """Say whether the table is the store's own."""
    return not table.startswith(FOREIGN_PREFIXES)


def _rows(owner: psycopg.Connection, query: str, **values: Any) -> list[tuple[Any, ...]]:
    return owner.execute(query, values).fetchall()


def _id_column(table: str) -> str | None:
    family = table.split("_", maxsplit=1)[0]
    return f"{family}_id" if family in FAMILIES else None


def _keys_without_the_id(owner: psycopg.Connection) -> list[str]:
    rows = _rows(
        owner,
        """
        SELECT t.relname, i.relname,
          (SELECT a.attname FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attnum = x.indkey[0])
        FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
        WHERE (x.indisunique OR x.indisexclusion) AND t.relnamespace = 'public'::regnamespace
        """,
    )
    found = []
    for table, key, first in rows:
        if not is_ours(table) or table in GLOBAL_TABLES:
            continue
        wanted = _id_column(table)
        if wanted is None:
            found.append(f"table {table} belongs to no family")
        elif first != wanted:
            found.append(f"key {key} does not begin with {wanted}")
    keyless = _rows(
        owner,
        """
        SELECT relname FROM pg_class c WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
        AND NOT EXISTS (SELECT FROM pg_index x WHERE x.indrelid = c.oid AND x.indisprimary)
        """,
    )
    return found + [f"table {table} has no primary key" for (table,) in keyless if is_ours(table)]


def _foreign_keys_across_aggregates(owner: psycopg.Connection) -> list[str]:
    rows = _rows(
        owner,
        """
        SELECT k.conname, f.relname, t.relname, k.condeferrable,
          (SELECT a.attname FROM pg_attribute a WHERE a.attrelid = f.oid AND a.attnum = k.conkey[1]),
          (SELECT a.attname FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attnum = k.confkey[1])
        FROM pg_constraint k JOIN pg_class f ON f.oid = k.conrelid JOIN pg_class t ON t.oid = k.confrelid
        WHERE k.contype = 'f' AND f.relnamespace = 'public'::regnamespace
        """,
    )
    found = []
    for name, source, target, is_deferrable, from_column, to_column in rows:
        if not is_ours(source):
            continue
        wanted = _id_column(source)
        if _id_column(target) != wanted or (from_column, to_column) != (wanted, wanted):
            found.append(f"foreign key {name} leaves its aggregate")
        if is_deferrable:
            found.append(
                f"foreign key {name} is deferrable; a distributed commit would hide its error"
            )
    return found


def _sequences(owner: psycopg.Connection) -> list[str]:
    rows = _rows(
        owner,
        """
        SELECT s.relname, coalesce(t.relname, '') FROM pg_class s
        LEFT JOIN pg_depend d ON d.objid = s.oid AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0
        LEFT JOIN pg_class t ON t.oid = d.refobjid
        WHERE s.relkind = 'S' AND s.relnamespace = 'public'::regnamespace
        """,
    )
    return [
        f"sequence {name} numbers what must be numbered per aggregate"
        for name, table in rows
        if is_ours(table or name)
    ]


def _triggers_that_name_tables(owner: psycopg.Connection) -> list[str]:
    tables = [name for (name,) in _rows(owner, "SELECT relname FROM pg_class WHERE relkind = 'r'")]
    rows = _rows(
        owner,
        """
        SELECT DISTINCT c.relname, p.proname, p.prosrc
        FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_class c ON c.oid = t.tgrelid
        WHERE NOT t.tgisinternal AND c.relnamespace = 'public'::regnamespace
        """,
    )
    return [
        f"trigger function {function} names the table {table}"
        for on_table, function, source in rows
        if is_ours(on_table)
        for table in tables
        if is_ours(table) and f"{table} " in f"{source} "
    ]


def _open_row_security(owner: psycopg.Connection) -> list[str]:
    rows = _rows(
        owner,
        """
        SELECT relname FROM pg_class WHERE relkind IN ('r', 'p')
        AND relnamespace = 'public'::regnamespace AND NOT (relrowsecurity AND relforcerowsecurity)
        """,
    )
    return [
        f"table {table} is not under forced row security"
        for (table,) in rows
        if is_ours(table) and table not in GLOBAL_TABLES
    ]


def _ways_around_row_security(owner: psycopg.Connection) -> list[str]:
    views = _rows(
        owner,
        """
        SELECT relname, relkind, coalesce('security_invoker=true' = ANY (reloptions), false)
        FROM pg_class WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace
        """,
    )
    found = [
        f"view {name} reads with its owner's rights"
        for name, kind, invoker in views
        if kind == "m" or not invoker
    ]
    definers = _rows(
        owner,
        "SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace",
    )
    return found + [f"function {name} runs with its owner's rights" for (name,) in definers]
