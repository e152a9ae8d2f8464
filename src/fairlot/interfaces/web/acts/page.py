"""One act on an order as a page: what it means, what it needs, and sent once; why not, where it cannot be done now."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from msgspec.structs import fields, replace

from fairlot.application.asking import WEIGHTY, capacity_for
from fairlot.application.conversation.attachments import Attachment
from fairlot.application.queries.actions import Action, action_for, heard_forms
from fairlot.application.queries.order_view import terms_shown
from fairlot.application.queries.orders import find_contract
from fairlot.domain.order import commands as c
from fairlot.domain.order.asked import Asked
from fairlot.domain.order.refusal_words import tell_refusal
from fairlot.domain.order.refusals import Code
from fairlot.domain.words.commands import COMMANDS
from fairlot.domain.words.language import Language
from fairlot.domain.words.nothing_held import meaning_of
from fairlot.domain.words.standing import said
from fairlot.interfaces.web.account.standing_place import identity_of
from fairlot.interfaces.web.account.stepping_up import step_up
from fairlot.interfaces.web.acts.advice import advice_for
from fairlot.interfaces.web.acts.fields import Field, Kind, Sight, Typed
from fairlot.interfaces.web.acts.forms import FORMS, Form
from fairlot.interfaces.web.acts.sending import NotSentError, Sending, send
from fairlot.interfaces.web.acts.words import form_words
from fairlot.interfaces.web.chosen_files import NotTakenError, chosen_files
from fairlot.interfaces.web.contract_panel import title_of
from fairlot.interfaces.web.form_token import new_token
from fairlot.interfaces.web.sight import seen_order
from fairlot.interfaces.web.viewer import language_of_page, role_asked_for
from fairlot.reading_room import reading_room

UNPROCESSABLE = 422
VERSION_DIGITS_MAX = 9
PAPERS = frozenset({Kind.PAPER, Kind.PAPERS})
# How a browser asks for what is typed; all else is plain text.
INPUT_TYPES = {
    Kind.PAPER: "file",
    Kind.PAPERS: "file",
    Kind.DAY: "date",
    Kind.DAY_END: "date",
    Kind.MOMENT: "datetime-local",
}
INPUT_MODES = {Kind.AMOUNT: "decimal", Kind.WHOLE: "numeric"}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def act(request: HttpRequest, order_id: str, name: str) -> HttpResponse:
    """Show the form of an act to whoever may do it, and do it; what weighs much asks once more who it is."""
    if name not in FORMS:
        raise Http404
    kind, form = FORMS[name]
    answer = step_up(_act) if kind in WEIGHTY else _act
    return answer(request, order_id, kind, form)


def _act(request: HttpRequest, order_id: str, kind: type[c.Command], form: Form) -> HttpResponse:
    identity = identity_of(request)
    seen = seen_order(identity, order_id)
    actor = capacity_for(identity, seen, kind, role=role_asked_for(request))
    if isinstance(actor, Code):
        raise Http404
    now, standing = seen.at(reading_room().clock())
    asked = Asked(actor, now, seen.policy)
    language = language_of_page()
    terms = terms_shown(standing.order)
    sight = Sight(
        seen=seen,
        order=standing.order,
        now=now,
        actor=actor,
        contract=find_contract(reading_room().files, "" if terms is None else terms.version_hash),
        language=language,
        heard=heard_forms(standing.order, kind, asked),
    )
    if request.method != "POST":
        return _shown(request, sight, kind, form, action=action_for(standing.order, kind, asked))
    words = form_words(language)
    token = request.POST.get("token", "")
    typed: Typed | None = None
    try:
        typed = Typed(
            texts={field.name: request.POST.getlist(field.name) for field in form.fields},
            papers={},
        )
        typed = replace(typed, papers=_papers(request, form, language))
        sent = send(
            Sending(kind=kind, form=form, typed=typed, token=token, version=_version(request)),
            sight,
        )
    except NotTakenError as error:
        return _shown(request, sight, kind, form, typed=typed, fault=str(error))
    except NotSentError as error:
        fault, at = str(error), error.field
        return _shown(request, sight, kind, form, typed=typed, fault=fault, fault_at=at)
    if sent.refusal:
        messages.warning(request, f"{sent.refusal} {sent.told}".strip())
    else:
        messages.success(request, f"{words['done']} {sent.told}")
    return HttpResponseRedirect(f"{reverse('order', args=[order_id])}?as={actor.role.value}")


def _papers(request: HttpRequest, form: Form, language: Language) -> dict[str, list[Attachment]]:
    """Return the files that came with the form. Raises NotTakenError for one that is none of ours."""
    return {
        field.name: chosen_files(request, field.name, language)
        for field in form.fields
        if field.kind in PAPERS
    }


def _version(request: HttpRequest) -> int | None:
    """Return the order's version that the form was drawn from; what is none asks for no certain one."""
    text = request.POST.get("version", "")
    is_one = text.isascii() and text.isdecimal() and len(text) <= VERSION_DIGITS_MAX
    return int(text) if is_one else None


def _shown(
    request: HttpRequest,
    sight: Sight,
    kind: type[c.Command],
    form: Form,
    *,
    typed: Typed | None = None,
    action: Action | None = None,
    fault: str = "",
    fault_at: Field | None = None,
) -> HttpResponse:
    language = sight.language
    nothing_held = sight.order.funds.held_minor == 0
    why = ""
    if action is not None and action.code is not None:
        why = tell_refusal(action.code, dict(action.facts), sight.speech)
    order_id = sight.seen.order_id
    advice = advice_for(kind, sight)
    if typed is None and advice is not None:
        typed = advice.adopted
    context = {
        "advice": advice,
        "f": form_words(language),
        "order_id": order_id,
        "title": title_of(sight.contract) or order_id,
        "name": kind.__name__,
        "label": COMMANDS[kind].label.say(language),
        "meaning": meaning_of(kind, nothing_held=nothing_held).say(language),
        "role": sight.actor.role.value,
        "acts_as": form_words(language)["as"].format(role=said(sight.actor.role, language)),
        "why": why,
        "is_open": bool(sight.heard) or bool(fault),
        "fields": [_row(field, kind, sight, typed, fault_at) for field in form.fields],
        "has_files": any(field.kind in PAPERS for field in form.fields),
        "token": new_token(),
        "version": sight.seen.version,
        "fault": fault,
    }
    return render(request, "order/act.html", context, status=UNPROCESSABLE if fault else 200)


def _default(field: Field, kind: type[c.Command]) -> str:
    """Return what a command takes where nothing is chosen, if that is one of a closed list."""
    found = (each.default for each in fields(kind) if each.name == field.name)
    default = next(found, None)
    return default.value if isinstance(default, StrEnum) else ""


def _row(
    field: Field,
    kind: type[c.Command],
    sight: Sight,
    typed: Typed | None,
    fault_at: Field | None,
) -> dict[str, Any]:
    """Return a field as the template draws it, with what was typed before."""
    options = () if field.options is None else field.options(sight)
    chosen = {_default(field, kind)} if typed is None else set(typed.texts.get(field.name, ()))
    if field.required and len(options) == 1:
        chosen |= {options[0][0]}
    words = field.words
    return {
        "name": field.name,
        "id": field.name.replace(".", "-"),
        "kind": field.kind.value,
        "label": words.label.say(sight.language),
        "note": words.note.say(sight.language),
        "unit": {Kind.AMOUNT: sight.currency, Kind.MOMENT: sight.zone}.get(field.kind, ""),
        "input_type": INPUT_TYPES.get(field.kind, "text"),
        "input_mode": INPUT_MODES.get(field.kind, ""),
        "required": field.required,
        "options": [(value, text, value in chosen) for value, text in options],
        "typed": "" if typed is None else typed.one(field),
        "is_faulty": fault_at is not None and field.name == fault_at.name,
    }
