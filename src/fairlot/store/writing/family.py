"""The families of tables, one per aggregate; equal in shape, different in the columns of their heads."""

from __future__ import annotations

import msgspec


class Column(msgspec.Struct, frozen=True):
    """A column and the PostgreSQL type under which it travels; `stored_as` turns that into the column's own."""

    name: str
    wire_type: str
    stored_as: str = "{}"


class Family(msgspec.Struct, frozen=True, kw_only=True):
    """The tables of one kind of aggregate: `<name>_head`, `<name>_event` and so on, keyed by `<name>_id` first.

    `head_columns` are the projection's own, beside those that every head has.
    """

    name: str
    head_columns: tuple[Column, ...]
    # The condition under which a reader sees a head.
    own_company: str

    @property
    def id_column(self) -> str:
        """Return the name of the key's first column."""
        return f"{self.name}_id"


HEAD_COLUMNS = (
    Column("head_seq", "int4"),
    Column("head_hash", "bytea"),
    Column("recorded_at", "timestamptz"),
    Column("next_deadline_at", "timestamptz"),
    Column("status", "text"),
)

# Set for one transaction by whoever reads for a company; without it a reader sees nothing.
COMPANY_SETTING = "fairlot.company_id"
_COMPANY = f"NULLIF(current_setting('{COMPANY_SETTING}', true), '')"

ORDER = Family(
    name="order",
    head_columns=(
        Column("policy_id", "text"),
        Column("buyer_company_id", "text"),
        Column("supplier_company_id", "text"),
        Column("participant_company_ids", "text", "string_to_array({}, ' ')"),
        Column("currency", "text"),
        Column("total_minor", "int8"),
    ),
    own_company=f"{_COMPANY} IN (buyer_company_id, supplier_company_id)"
    f" OR {_COMPANY} = ANY (participant_company_ids)",
)
PAYOUT = Family(
    name="payout",
    head_columns=(Column("company_id", "text"), Column("currency", "text")),
    own_company=f"company_id = {_COMPANY}",
)
LIMIT = Family(
    name="limit",
    head_columns=(Column("company_id", "text"), Column("currency", "text")),
    own_company=f"company_id = {_COMPANY}",
)

# Of such a family no company reads anything.
NOBODYS = "false"
# Bank money that named no order is the platform's own affair.
SUSPENSE = Family(
    name="suspense",
    head_columns=(
        Column("currency", "text"),
        Column("amount_minor", "int8"),
        Column("assigned_order_id", "text"),
    ),
    own_company=NOBODYS,
)

FAMILIES: dict[str, Family] = {family.name: family for family in (ORDER, PAYOUT, LIMIT, SUSPENSE)}
