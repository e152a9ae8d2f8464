"""The forms of acts against the commands they fill: nothing that a person can ask is without a form unless it is named here."""

from __future__ import annotations

import msgspec
import pytest

from fairlot.domain.order import commands as c
from fairlot.domain.words.language import LANGUAGES
from fairlot.interfaces.api.asked import askable
from fairlot.interfaces.web.acts.forms import FORMS, Form
from fairlot.interfaces.web.acts.words import FIELDS

# A contract has a page of its own, and what banks, processors and inspectors' laboratories report comes by file or by program.
BY_PROGRAM: frozenset[type[c.Command]] = frozenset(
    {
        c.ProposeVersion,
        c.PresentDocuments,
        c.RecordCondition,
        c.RecordPayment,
        c.RecordPaymentReversed,
        c.RecordCreditAdvised,
        c.RecordCreditHonoured,
        c.RecordDocumentsRefused,
        c.RecordRefundConfirmed,
        c.RecordSetOff,
        c.RecordSupplierRepaid,
        c.RecordRecovery,
        c.RecordDebtPaid,
        c.RecordInspectorPaid,
        c.RecordChargebackOpened,
        c.RecordChargebackMessage,
        c.RecordChargebackEnded,
    }
)
# Filled by the page and not by who acts.
ITS_OWN: dict[type[c.Command], set[str]] = {c.AcceptVersion: {"grant"}}


def test_every_act_has_a_form_or_is_named_as_a_programs() -> None:
    with_form = {kind for kind, _ in FORMS.values()}
    assert with_form | BY_PROGRAM == set(askable())
    assert not with_form & BY_PROGRAM


@pytest.mark.parametrize("name", FORMS)
def test_a_form_fills_what_its_command_needs_and_nothing_else(name: str) -> None:
    kind, form = FORMS[name]
    filled = _filled(form) | ITS_OWN.get(kind, set())
    known = {field.name: field for field in msgspec.structs.fields(kind)}
    assert filled <= set(known)
    needed = {field.name for field in known.values() if field.required}
    assert needed <= filled


@pytest.mark.parametrize("name", FORMS)
def test_every_field_says_in_both_languages_what_it_asks_for(name: str) -> None:
    _, form = FORMS[name]
    for field in form.fields:
        assert all(field.words.label.say(language) for language in LANGUAGES)
        assert bool(field.words.note.en) is bool(field.words.note.zh)


def test_no_words_are_left_over() -> None:
    used = {
        field.words_name or field.name.rpartition(".")[2]
        for _, form in FORMS.values()
        for field in form.fields
    }
    assert used == set(FIELDS)


def _filled(form: Form) -> set[str]:
    names = [*(field.name for field in form.fields), *([form.new_id] if form.new_id else [])]
    return {name.partition(".")[0] for name in names}
