"""The golden matrix is what deciding answers, and every command is granted somewhere and has its rule and handler."""

from __future__ import annotations

import functools

import pytest

from fairlot.domain.order import commands as c
from fairlot.domain.order.decide import HANDLERS, decide
from fairlot.domain.order.refusals import Code, Refused
from fairlot.domain.order.state import Status
from fairlot.domain.order.transitions import RULES, forbidden
from fairlot.domain.party import Actor, Role
from tests.support.given import Given
from tests.support.order_matrix import ACTORS, PATH, actor_of, first_answer, matrix, situations
from tests.support.plausible import ALL_COMMANDS, BUILDERS, plausible
from tests.support.situations import STATUSES

CODES = {code.value for code in Code}


@functools.cache
def everywhere() -> dict[str, Given]:
    return situations()


def test_the_matrix_is_the_golden_one() -> None:
    assert matrix() == PATH.read_text(encoding="utf-8"), "run `make docs` and read what changed"


def test_every_status_has_its_situation() -> None:
    assert set(STATUSES) == {status.value for status in Status}
    for name in STATUSES:
        assert everywhere()[name].order.status.value == name


def test_every_command_has_a_rule_a_handler_and_a_plausible_form() -> None:
    assert set(RULES) == set(ALL_COMMANDS)
    assert set(HANDLERS) == set(ALL_COMMANDS) - {c.SettleDue}
    assert set(BUILDERS) == set(ALL_COMMANDS)


# A draft that exists can not be opened again; SettleDue has something to do only once a deadline is over; no shipped
# edition's fee has ever risen, so that there is nothing to consent to.
NEVER_GRANTED = {c.OpenDraft, c.SettleDue, c.ConsentToFee}


@pytest.mark.parametrize("command_type", sorted(set(ALL_COMMANDS) - NEVER_GRANTED, key=str))
def test_every_command_is_granted_somewhere(command_type: type[c.Command]) -> None:
    answers = {
        first_answer(here, command_type, role)
        for here in everywhere().values()
        for role in RULES[command_type].roles
    }
    assert answers - CODES, answers


def test_the_table_says_first_what_deciding_says() -> None:
    """Who may not ask, or not now, hears it before anything else is looked at; the table alone decides that."""
    for here in everywhere().values():
        for command_type in set(ALL_COMMANDS) - {c.SettleDue}:
            for role in ACTORS:
                answer = first_answer(here, command_type, role)
                code = forbidden(actor_of(role, here.order), command_type, here.order)
                if code is not None:
                    assert answer == code.value
                elif here.order.status not in RULES[command_type].statuses:
                    assert answer == Code.WRONG_STATUS.value
                else:
                    assert answer not in {Code.NOT_PERMITTED.value, Code.WRONG_STATUS.value}


@pytest.mark.parametrize("role", [Role.BUYER, Role.SUPPLIER, Role.AGENT])
def test_a_company_that_is_no_party_is_never_granted_anything(role: Role) -> None:
    stranger = Actor(role=role, company_id="com_stranger", person_id="per_stranger")
    for here in everywhere().values():
        for command_type in set(ALL_COMMANDS) - NEVER_GRANTED:
            command = plausible(here.order, command_type, now=here.now, terms=here.terms)
            with pytest.raises(Refused) as refusal:
                decide(here.order, command, actor=stranger, now=here.now, policy=here.policy)
            assert refusal.value.code in {Code.NOT_PERMITTED, Code.NOT_MANDATED}


def test_an_auditor_changes_nothing() -> None:
    answers = {
        first_answer(here, command_type, Role.AUDITOR)
        for here in everywhere().values()
        for command_type in set(ALL_COMMANDS) - {c.SettleDue}
    }
    assert answers == {Code.NOT_PERMITTED.value}


def test_a_planted_change_of_the_table_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    """The golden matrix catches one status too many in one rule."""
    command_type: type[c.Command] = c.ConfirmReceipt
    rule = RULES[command_type]
    wider = type(rule)(rule.roles, rule.statuses | {Status.AGREED}, rule.right)
    monkeypatch.setitem(RULES, command_type, wider)
    assert matrix() != PATH.read_text(encoding="utf-8")
