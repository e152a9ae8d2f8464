"""Sanctions and company checks: at enrolment and before each payout, kept with their state, and never skipped in silence.

A match blocks enrolment and payouts until an operator clears it with a reason; the same match found again stays cleared,
another one does not. Where no list is kept, the state says that nothing was checked.
"""

from __future__ import annotations

from enum import StrEnum

from fairlot.application.desk import Desk
from fairlot.application.people.people_refusals import PeopleCode, RefusedChange
from fairlot.application.supplier.suppliers import read_details
from fairlot.domain.order.refusals import Code, Refused
from fairlot.domain.supplier.checks import CheckState
from fairlot.store.supplier import screenings
from fairlot.store.supplier.screenings import Screening

SHOWN_MAX = 500
REASON_LENGTH_MAX = 2000


class Occasion(StrEnum):
    """Why a company is checked."""

    ENROLMENT = "enrolment"
    PAYOUT = "payout"
    ASKED = "asked"


def screen(company_id: str, occasion: Occasion, *, desk: Desk, account_hash: str = "") -> Screening:
    """Check a company now by the name it entered and by the holder of the account that is paid, and keep what came of it.

    Raises ListUnreadableError where a list is named and cannot be read: then nothing is paid either.
    """
    with desk.connect() as connection:
        name, country = screenings.name_and_country(connection, company_id)
    details = read_details(account_hash, desk=desk) if account_hash else None
    holder = "" if details is None else details.holder.name
    names = sorted({each for each in (name, holder) if each})
    answer = desk.checks.check(names, country)
    with desk.connect() as connection:
        before = screenings.find_screening(connection, company_id)
        if answer.state is CheckState.NOT_CHECKED and before is not None and is_blocked(before):
            # Where there is no list any more, what it found stands until somebody clears it.
            return before
        return screenings.keep_screening(
            connection,
            company_id,
            names,
            answer,
            occasion=occasion.value,
            at=desk.path.clock(),
        )


def is_blocked(found: Screening) -> bool:
    """Say whether a match stands that nobody cleared."""
    return found.state is CheckState.MATCH and found.cleared_at is None


def refuse_listed(
    company_id: str, occasion: Occasion, *, desk: Desk, account_hash: str = ""
) -> None:
    """Check a company, and raise Refused where it is listed and not cleared."""
    found = screen(company_id, occasion, desk=desk, account_hash=account_hash)
    if is_blocked(found):
        raise Refused(Code.COMPANY_LISTED, company_id=company_id, list_name=found.list_name)


def clear(company_id: str, *, reason: str, by: str, desk: Desk, number: int | None = None) -> bool:
    """Let a listed company pass, with the reason kept; False where nothing stands against it. Raises RefusedChange.

    With the `number` of the match that was looked at, a match that came since is not cleared unseen.
    """
    if not reason.strip() or len(reason) > REASON_LENGTH_MAX:
        raise RefusedChange(PeopleCode.REASON_MISSING)
    with desk.connect() as connection:
        return screenings.clear_screening(
            connection,
            company_id,
            by=by,
            reason=reason.strip(),
            at=desk.path.clock(),
            number=number,
        )


def standing(*, desk: Desk) -> list[Screening]:
    """Return the companies that an operator has to look at: matched, or never checked."""
    with desk.connect() as connection:
        return screenings.screenings_in(
            connection, (CheckState.MATCH, CheckState.NOT_CHECKED), limit=SHOWN_MAX
        )
