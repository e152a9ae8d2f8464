"""A message of the conversation lifted into a change proposal: the terms read out of it, chosen, proposed as a version."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from fairlot.application.access import may
from fairlot.application.conversation.lifting import propose_lifted, with_terms
from fairlot.application.keys import keyed_id
from fairlot.application.outcome import Outcome
from fairlot.application.queries.order_view import terms_shown
from fairlot.application.queries.orders import find_contract
from fairlot.domain.contract.document import Contract
from fairlot.domain.contract.papers.read import read
from fairlot.domain.contract.papers.reading import ProposedTerm
from fairlot.domain.contract.validation import validate
from fairlot.domain.order.commands import ProposeVersion
from fairlot.domain.order.refusal_words import refusal_sentence
from fairlot.domain.order.terms import Terms
from fairlot.domain.words.language import Language, Words
from fairlot.interfaces.web.account.standing_place import identity_of
from fairlot.interfaces.web.contract_panel import title_of
from fairlot.interfaces.web.conversation import NUMBER_MAX, UNPROCESSABLE, Seat, seat_at
from fairlot.interfaces.web.form_token import is_token, new_token
from fairlot.interfaces.web.viewer import language_of_page
from fairlot.reading_room import reading_room
from fairlot.store.conversation import messages_of
from fairlot.store.reach import reading
from fairlot.writing_room import lent_connection, writing_room

CHOSEN = re.compile(r"[0-9]{1,4}")

LIFTING: dict[str, Words] = {
    "title": Words("Make it part of the contract", "写入合同"),
    "intro": Words(
        "What the message says becomes terms of a version that you propose. It counts once the other side accepts it.",
        "将消息内容作为条款写入您提议的新版本，对方接受后生效。",
    ),
    "said": Words("Message", "消息"),
    "terms": Words("Terms read out of it", "从中读出的条款"),
    "none": Words(
        "Nothing in it reads as a term. Ask for something that can be measured or seen, with a value.",
        "其中没有可作为条款的内容。请写明可测量或可观察的要求及数值。",
    ),
    "claimable": Words("A claim can stand on it", "可据以索赔"),
    "weak": Words("A claim can stand on it and may fail", "可据以索赔，但可能不成立"),
    "not_claimable": Words("No claim can stand on it", "不能据以索赔"),
    "propose": Words("Propose this version", "提议此版本"),
    "back": Words("Back to the conversation", "返回沟通记录"),
    "choose": Words("Choose at least one term.", "请至少选择一条。"),
    "form_used": Words("The form was stale; try again.", "表单已失效，请重试。"),
    "done": Words(
        "The version is proposed. It stands at the message, and the other side is told.",
        "已提议新版本，已在该消息处注明，并通知对方。",
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def lift(request: HttpRequest, order_id: str, number: int) -> HttpResponse:
    """Show the terms of a message to who may propose, and propose those chosen."""
    seat = seat_at(request, order_id)
    if may(identity_of(request), seat.actor, ProposeVersion, seat.seen.order) is not None:
        raise Http404
    body = _body_of(seat, number)
    terms = terms_shown(seat.seen.order)
    contract = find_contract(reading_room().files, "" if terms is None else terms.version_hash)
    if body is None or terms is None or contract is None:
        raise Http404
    found = read(body).terms
    fault = ""
    if request.method == "POST":
        fault = _proposed(request, seat, number, (terms, contract), found)
        if not fault:
            messages.success(request, LIFTING["done"].say(language_of_page()))
            address = reverse("conversation", args=[order_id])
            return HttpResponseRedirect(f"{address}?as={seat.actor.role.value}#m{number}")
    language = language_of_page()
    context = {
        "l": {name: words.say(language) for name, words in LIFTING.items()},
        "order_id": order_id,
        "number": number,
        "title": title_of(contract),
        "role": seat.actor.role.value,
        "body": body,
        "terms": [_row(place, term, language) for place, term in enumerate(found)],
        "token": new_token(),
        "fault": fault,
    }
    return render(request, "order/lifting.html", context, status=UNPROCESSABLE if fault else 200)


def _body_of(seat: Seat, number: int) -> str | None:
    """Return what a message says; nothing for one that is not there or was erased."""
    if not 0 < number <= NUMBER_MAX:
        return None
    with lent_connection() as connection, reading(connection, seat.actor.company_id or None):
        found = messages_of(connection, order_id=seat.seen.order_id, after=number - 1, limit=1)
    return found[0].body if found and found[0].number == number else None


def _proposed(
    request: HttpRequest,
    seat: Seat,
    number: int,
    standing: tuple[Terms, Contract],
    found: tuple[ProposedTerm, ...],
) -> str:
    """Propose the chosen terms beside those that stand; return why not, or nothing where it is done."""
    language = language_of_page()
    token = request.POST.get("token", "")
    if not is_token(token):
        return LIFTING["form_used"].say(language)
    places = {int(text) for text in request.POST.getlist("terms") if CHOSEN.fullmatch(text)}
    chosen = [term for place, term in enumerate(found) if place in places]
    if not chosen:
        return LIFTING["choose"].say(language)
    terms, contract = standing
    changed = with_terms(contract, chosen)
    faults = validate(changed)
    if faults:
        return faults[0].zh if language == "zh" else faults[0].en
    room = writing_room()
    outcome = propose_lifted(
        seat.seen.order_id,
        changed,
        message=number,
        buyer_country=terms.buyer_country,
        actor=seat.actor,
        command_id=keyed_id(seat.actor.company_id or seat.actor.person_id, token),
        desk=room.desk,
        files=room.reading.files,
    )
    return _why_not(outcome, terms, language)


def _why_not(outcome: Outcome, terms: Terms, language: Language) -> str:
    if outcome.code is None:
        return ""
    return refusal_sentence(
        outcome.code, outcome.facts, language, currency=terms.currency, zone=terms.zone
    )


def _row(place: int, term: ProposedTerm, language: Language) -> dict[str, Any]:
    return {
        "place": place,
        "text": term.text,
        "label": LIFTING[term.label].say(language),
        "is_good": term.label != "not_claimable",
    }
