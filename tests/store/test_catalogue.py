"""The catalogue forbids what a distributed database could not keep, and what would open a way around the walls."""

from __future__ import annotations

import pytest

from tests.support.catalogue import faults, rights_of
from tests.support.postgres import Database

HEAD_UPDATES = "head_seq, head_hash, recorded_at, next_deadline_at, status"
OWN_UPDATES = {
    "order": "policy_id, buyer_company_id, supplier_company_id, participant_company_ids, currency, total_minor",
    "payout": "company_id, currency",
    "limit": "company_id, currency",
    "suspense": "currency, amount_minor, assigned_order_id",
}

PLANTED = {
    "key without the id": (
        "CREATE UNIQUE INDEX planted ON order_event (command_id)",
        "key planted does not begin with order_id",
    ),
    "table of no family": (
        "CREATE TABLE planted (n integer PRIMARY KEY)",
        "table planted belongs to no family",
    ),
    "table without a key": ("CREATE TABLE planted (n integer)", "table planted has no primary key"),
    "reference to another aggregate": (
        "ALTER TABLE order_head ADD COLUMN replaced_by text CONSTRAINT planted REFERENCES order_head",
        "foreign key planted leaves its aggregate",
    ),
    "reference to another family": (
        "ALTER TABLE payout_posting ADD CONSTRAINT planted FOREIGN KEY (payout_id) REFERENCES order_head",
        "foreign key planted leaves its aggregate",
    ),
    "deferred reference": (
        (
            "ALTER TABLE order_event ADD CONSTRAINT planted FOREIGN KEY (order_id)"
            " REFERENCES order_head DEFERRABLE INITIALLY DEFERRED"
        ),
        "foreign key planted is deferrable; a distributed commit would hide its error",
    ),
    "identity": (
        "ALTER TABLE order_event ADD COLUMN place bigint GENERATED ALWAYS AS IDENTITY",
        "sequence order_event_place_seq numbers what must be numbered per aggregate",
    ),
    "trigger that names a table": (
        (
            "CREATE FUNCTION planted() RETURNS trigger LANGUAGE plpgsql AS"
            " 'BEGIN PERFORM 1 FROM order_event WHERE seq = 1; RETURN NULL; END';"
            "CREATE TRIGGER planted AFTER INSERT ON order_event EXECUTE FUNCTION planted()"
        ),
        "trigger function planted names the table order_event",
    ),
    "row security switched off": (
        "ALTER TABLE order_posting DISABLE ROW LEVEL SECURITY",
        "table order_posting is not under forced row security",
    ),
    "row security not forced": (
        "ALTER TABLE order_message NO FORCE ROW LEVEL SECURITY",
        "table order_message is not under forced row security",
    ),
    "view of the owner": (
        "CREATE VIEW planted AS SELECT * FROM order_head",
        "view planted reads with its owner's rights",
    ),
    "materialized view": (
        "CREATE MATERIALIZED VIEW planted AS SELECT * FROM order_head",
        "view planted reads with its owner's rights",
    ),
    "function of the owner": (
        (
            "CREATE FUNCTION planted() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS"
            " 'SELECT count(*) FROM order_head'"
        ),
        "function planted runs with its owner's rights",
    ),
}


def test_schema_has_no_faults(shared_database: Database) -> None:
    with shared_database.as_owner() as owner:
        assert faults(owner) == []


@pytest.mark.parametrize("name", sorted(PLANTED))
def test_planted_fault_is_named(shared_database: Database, name: str) -> None:
    statement, complaint = PLANTED[name]
    with shared_database.as_owner() as owner, owner.transaction(force_rollback=True):
        owner.execute(statement)
        assert complaint in faults(owner)


def test_application_may_add_and_never_take_away(shared_database: Database) -> None:
    with shared_database.as_owner() as owner:
        rights = rights_of(owner, "fairlot_app")
    expected = {
        "account_balance": "select insert update(balance_minor, postings)",
        "checkpoint": "select insert",
        "supplier": "select insert update(enrolled, tier, account_hash, account_verified)",
        "supplier_acceptance": "select insert",
        "supplier_decision": "select insert",
        "supplier_document": "select insert",
        "company_storage": "select insert update(stored_bytes)",
        "supplier_audit": "select insert",
        "supplier_computation": "select insert",
        "supplier_badge": "select insert",
        "supplier_profile": (
            "select insert update(name_en, name_zh, about_en, about_zh, country, categories, badge, merit,"
            " limit_currency, limit_minor, free_minor, limit_seq, assured_orders, completed_orders,"
            " disputes_filed, on_time_basis_points, dispute_basis_points, latin, own_marks, standing_marks)"
        ),
        "supplier_product": (
            "select insert update(name_en, name_zh, about_en, about_zh, category, unit, currency,"
            " price_low_minor, price_high_minor, hs_code, is_offered, merit, latin, own_marks, standing_marks)"
        ),
        "supplier_order": "select insert update(seq, entry)",
        "supplier_report": "select insert update(status, made_good, reason, judged_at, judged_by)",
        "receiving_account": "select insert update(details, salt, erased_at)",
        "transfer_batch": "select insert",
        "transfer_batch_item": "select insert",
        "sent_transfer": "select insert",
        "bank_movement": "select insert update(goes_to, order_id)",
        "suspense_entry": "select insert update(entry, erased_at)",
        "notification": "select insert update(read_at, mail_id)",
        "notification_wish": "select insert update(wants_digest, wants_news)",
        "mail": "select insert update(due_at, attempts, sent_at, given_up_at, last_error)",
        "webhook_endpoint": (
            "select insert update(url, event_types, secret, earlier_secret, earlier_until,"
            " disabled_at, disabled_why, removed_at, events_since)"
        ),
        "webhook_delivery": "select insert update(state, due_at, tries, attempts, round_began_at)",
        "webhook_attempt": "select insert",
        "webhook_rotation": "select insert update(secret)",
        "order_acceptance": "select insert",
        "order_message": "select insert update(body, salt, erased_at)",
        "order_file": "select insert",
        "order_strand": "select insert update(last_no, last_hash)",
        "order_lift": "select insert",
        "order_told": "select insert update(seq)",
        "sandbox_clock": "select insert update(ahead_seconds)",
    }
    for family, own in OWN_UPDATES.items():
        expected |= {
            f"{family}_head": f"select insert update({HEAD_UPDATES}, {own})",
            f"{family}_event": "select insert",
            f"{family}_posting": "select insert",
            f"{family}_command": "select insert",
            f"{family}_outbox": "select insert update(handed_over_at, done_at)",
            f"{family}_rollup": "select insert update(seq)",
        }
    assert rights == expected


def test_reader_may_only_read_what_row_security_binds(shared_database: Database) -> None:
    with shared_database.as_owner() as owner:
        rights = rights_of(owner, "fairlot_reader")
    readable = {
        f"{family}_{kind}"
        for family in OWN_UPDATES
        for kind in ("head", "event", "posting")
        # Money that named no order is nobody's to read of but the platform's.
        if family != "suspense"
    }
    readable |= {"order_message", "order_file", "order_lift"}
    readable |= {"webhook_delivery", "webhook_attempt"}
    readable |= {"supplier_document", "supplier_report"}
    assert rights == dict.fromkeys(readable, "select")
