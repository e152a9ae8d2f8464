"""The small building blocks of camt.053 that statements and entries share: amounts, directions, days, parties, charges."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from fairlot.providers.wire.amounts import minor_units
from fairlot.providers.wire.refusals import BankFileRefused
from fairlot.providers.wire.statement import BankCharge, BankParty, Direction
from fairlot.providers.wire.xml_document import Element

_DIRECTIONS = {"CRDT": Direction.CREDIT, "DBIT": Direction.DEBIT}
_INDICATORS = {"true": True, "1": True, "false": False, "0": False}


def read_amount(amount: Element) -> tuple[int, str]:
    """Return minor units and currency of an amount element."""
    currency = amount.attribute("Ccy")
    try:
        return minor_units(amount.text, currency), currency
    except BankFileRefused as refusal:
        # The place is looked up only now: finding it takes a walk through the document.
        raise amount.refused(refusal.code, **refusal.facts) from None


def find_direction(element: Element) -> Direction | None:
    """Return the direction that an element states as `CdtDbtInd`, if any."""
    indicator = element.find("CdtDbtInd")
    if indicator is None:
        return None
    direction = _DIRECTIONS.get(indicator.text)
    if direction is None:
        raise indicator.refused("field_unreadable", field="CdtDbtInd", text=indicator.text)
    return direction


def get_direction(element: Element) -> Direction:
    """Return the direction that an element must state."""
    direction = find_direction(element)
    if direction is None:
        raise element.refused("field_missing", field="CdtDbtInd")
    return direction


def signed(amount_minor: int, direction: Direction) -> int:
    """Return the amount as a change of the account's balance."""
    return amount_minor if direction is Direction.CREDIT else -amount_minor


def find_indicator(element: Element, name: str) -> bool | None:
    """Read a true or false of XML Schema, or None where it is not given."""
    indicator = element.find(name)
    if indicator is None:
        return None
    if indicator.text not in _INDICATORS:
        raise indicator.refused("field_unreadable", field=name, text=indicator.text)
    return _INDICATORS[indicator.text]


def read_day(choice: Element, bank_zone: tzinfo | None) -> tuple[date, datetime | None]:
    """Read the choice of `Dt` or `DtTm`: the day as written, and the instant if one was given with a known zone."""
    moment = choice.find("DtTm")
    if moment is not None:
        return moment.as_instant(bank_zone)
    return choice.get("Dt").as_date(), None


def find_day(element: Element, name: str, bank_zone: tzinfo | None) -> date | None:
    """Read the day of an optional choice of `Dt` or `DtTm`."""
    choice = element.find(name)
    return None if choice is None else read_day(choice, bank_zone)[0]


def account_number(account: Element | None) -> str | None:
    """Return IBAN or other number of an account in one spelling: no blanks, capital letters."""
    if account is None:
        return None
    text = account.find_text("Id/IBAN", "Id/Othr/Id", "Prxy/Id")
    return None if text is None else text.replace(" ", "").upper()


def bank_name(institution: Element | None) -> str | None:
    """Name a bank by its BIC, else its clearing number, else its name."""
    if institution is None:
        return None
    return institution.find_text("BICFI", "BIC", "ClrSysMmbId/MmbId", "Nm", "Othr/Id")


def read_party(details: Element, role: str) -> BankParty:
    """Read debtor (`Dbtr`) or creditor (`Cdtr`): since version .08 the party sits one step deeper, in `Pty` or `Agt`."""
    parties = f"RltdPties/{role}"
    ultimate = f"RltdPties/Ultmt{role}"
    return BankParty(
        name=details.find_text(
            f"{parties}/Pty/Nm",
            f"{parties}/Nm",
            f"{parties}/Agt/FinInstnId/Nm",
            f"{ultimate}/Pty/Nm",
            f"{ultimate}/Nm",
        ),
        account=account_number(details.find(f"RltdPties/{role}Acct")),
        bank=bank_name(details.find(f"RltdAgts/{role}Agt/FinInstnId")),
    )


def read_charges(element: Element) -> tuple[BankCharge, ...]:
    """Read charges: records inside `Chrgs` since version .04, repeated `Chrgs` before."""
    records = [*element.all("Chrgs/Rcrd")] or [c for c in element.all("Chrgs") if c.find("Amt")]
    return tuple(_read_charge(record) for record in records)


def _read_charge(record: Element) -> BankCharge:
    amount_minor, currency = read_amount(record.get("Amt"))
    return BankCharge(
        amount_minor=amount_minor,
        currency=currency,
        direction=find_direction(record) or Direction.DEBIT,
        bearer=record.find_text("Br"),
        is_included=find_indicator(record, "ChrgInclInd"),
    )
