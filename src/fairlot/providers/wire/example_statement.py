"""A day of a trust account for examples and demonstrations: one buyer pays by reference, and a bank books what else it books."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from fairlot.providers.wire.sample_statement import SampleEntry, SampleStatement
from fairlot.providers.wire.statement import Direction

_PAID_AT = time(9, 41, 7, tzinfo=UTC)


def example_statement(
    reference: str,
    *,
    amount_minor: int,
    booked_date: date,
    payer_name: str = "Harbor Goods LLC",
    paid_at: time = _PAID_AT,
) -> SampleStatement:
    """Return a statement in which `payer_name` pays the order of that reference.

    Of the other entries one names no order, two come as a batch, one is pending, one is a payout, one the bank's fee.
    """
    day = f"{booked_date:%Y%m%d}"
    booked_at = datetime.combine(booked_date, paid_at)
    paid = SampleEntry(
        amount_minor=amount_minor,
        booked_date=booked_date,
        booked_at=booked_at,
        bank_reference=f"{day}0001",
        end_to_end_id="HG-PO-2214",
        uetr="5f1c2f0e-93b7-4a53-8f2e-6b0f6c1d7a42",
        counterparty_name=payer_name,
        counterparty_account="4417829055",
        counterparty_bic="HARBUS33",
        remittance_text="PB-10 power banks, purchase order 2214",
        creditor_reference=reference,
    )
    return SampleStatement(
        account_iban="DE89370400440532013000",
        currency="USD",
        created_at=booked_at + timedelta(hours=12),
        opening_date=booked_date - timedelta(days=1),
        closing_date=booked_date,
        opening_minor=4_182_500,
        entries=(paid, *_others_money(booked_date, day), *_our_own(booked_date, day)),
        statement_id=f"STMT-{booked_date:%Y}-{booked_date:%j}",
        message_id=f"CAMT053-{day}-1",
        sequence_number=int(f"{booked_date:%j}"),
    )


def _others_money(booked_date: date, day: str) -> tuple[SampleEntry, ...]:
    unnamed = SampleEntry(
        amount_minor=1_240_000,
        booked_date=booked_date,
        bank_reference=f"{day}0002",
        counterparty_name="Signal Way Trading Ltd",
        counterparty_account="GB82WEST12345698765432",
        counterparty_bic="WESTGB2L",
        remittance_text="Second shipment, thank you",
    )
    parts = tuple(
        SampleEntry(
            amount_minor=part_minor,
            booked_date=booked_date,
            end_to_end_id=f"INV-{number}",
            counterparty_name="Rive Gauche SARL",
            counterparty_account="FR1420041010050500013M02606",
            remittance_text=f"Invoice {number}",
        )
        for number, part_minor in ((881, 245_000), (882, 310_050))
    )
    pending = SampleEntry(
        amount_minor=99_900,
        booked_date=booked_date,
        status="PDNG",
        counterparty_name="Tomorrow GmbH",
    )
    batch = SampleEntry(booked_date=booked_date, bank_reference=f"{day}0003", parts=parts)
    return unnamed, batch, pending


def _our_own(booked_date: date, day: str) -> tuple[SampleEntry, ...]:
    payout = SampleEntry(
        amount_minor=821_000,
        booked_date=booked_date,
        direction=Direction.DEBIT,
        bank_reference=f"{day}0004",
        end_to_end_id="pay-01jcz8m2k4q6r9t1v3x5y7b0cd",
        counterparty_name="Ningbo Harbor Lighting Co., Ltd.",
        counterparty_account="NL91ABNA0417164300",
        bank_transaction_code=("PMNT", "ICDT", "XBCT"),
    )
    fee = SampleEntry(
        amount_minor=1_250,
        booked_date=booked_date,
        direction=Direction.DEBIT,
        bank_reference=f"{day}0005",
        remittance_text="Charges for incoming transfers",
        bank_transaction_code=("PMNT", "MCOP", "CHRG"),
    )
    return payout, fee
