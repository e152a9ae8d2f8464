"""Pages that begin an order and propose its contract: chosen first, then written, checked as often as one likes, sent once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from fairlot.application.asking import capacity_for
from fairlot.application.queries.orders import find_contract
from fairlot.bootstrap import PLATFORM_EDITION
from fairlot.domain.calendar import whole_second
from fairlot.domain.contract.document import ContractParty
from fairlot.domain.contract.file_format import to_toml
from fairlot.domain.contract.template import TEMPLATES
from fairlot.domain.order.commands import ProposeVersion
from fairlot.domain.order.refusals import Code
from fairlot.domain.party import Actor
from fairlot.domain.words.language import Language
from fairlot.domain.words.standing import said
from fairlot.interfaces.web.account.standing_place import identity_of
from fairlot.interfaces.web.acts.words import form_words
from fairlot.interfaces.web.agreement_panel import if_agreed
from fairlot.interfaces.web.company_names import names_of
from fairlot.interfaces.web.contract_panel import title_of
from fairlot.interfaces.web.form_token import is_token, new_token
from fairlot.interfaces.web.proposing.beginner import buyer_beginning
from fairlot.interfaces.web.proposing.findings import findings_of
from fairlot.interfaces.web.proposing.paper import Paper, Sides, paper_of
from fairlot.interfaces.web.proposing.table import NotProposedError, Table
from fairlot.interfaces.web.proposing.words import PROPOSING, proposing_words
from fairlot.interfaces.web.sight import seen_order
from fairlot.interfaces.web.supplier_words import CATEGORIES
from fairlot.interfaces.web.viewer import language_of_page, role_asked_for
from fairlot.reading_room import reading_room
from fairlot.store.people.models import Company
from fairlot.store.supplier.supplier_listing import Profile, find_profile
from fairlot.writing_room import lent_connection

UNPROCESSABLE = 422
ID_LENGTH_MAX = 64
VERSION_DIGITS_MAX = 9
LANGUAGES: tuple[Language, ...] = ("en", "zh")
OWN_FILE = "own"


@require_safe
@login_required
def begin(request: HttpRequest) -> HttpResponse:
    """Let a buyer's member choose the supplier, the edition and what the contract begins from."""
    buyer = _buyer(request)
    supplier = _supplier(request.GET.get("supplier", ""), buyer)
    return _chooser(request, buyer, supplier)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def write(request: HttpRequest) -> HttpResponse:
    """Show the contract of an order that is not there yet, check it, and begin the order by proposing it."""
    buyer = _buyer(request)
    supplier = _supplier(request.GET.get("supplier", ""), buyer)
    policy_id = request.GET.get("edition", "")
    policy = reading_room().policies.get(policy_id)
    if supplier is None or policy is None:
        if request.method == "POST":
            raise Http404
        return _chooser(request, buyer, supplier, is_sent=True)
    language = language_of_page()
    names = names_of({buyer.company_id, supplier.company_id})
    table = Table(
        actor=buyer,
        sides=Sides(
            buyer=ContractParty(company_id=buyer.company_id, name=names[buyer.company_id]),
            supplier=ContractParty(
                company_id=supplier.company_id, name=_name(supplier, names, language)
            ),
        ),
        policy=policy,
        policy_id=policy_id,
        buyer_country=_country(buyer.company_id),
        now=whole_second(reading_room().clock()),
        language=language,
    )
    chosen = {
        "supplier": supplier.company_id,
        "edition": policy_id,
        "template": _template(request) or OWN_FILE,
        "language": _language(request, language),
    }
    context = {
        "back": f"{reverse('begin-order')}?{urlencode(chosen)}",
        "back_label": PROPOSING["choose_again"].say(language),
        "address": f"{reverse('begin-contract')}?{urlencode(chosen)}",
        "heading": PROPOSING["begin"].say(language),
    }
    text = table.template(_template(request), _language(request, language))
    return _written(request, table, text, context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def propose(request: HttpRequest, order_id: str) -> HttpResponse:
    """Show the contract of an order to who may propose one, check it, and propose it as the order's next version."""
    identity = identity_of(request)
    seen = seen_order(identity, order_id)
    actor = capacity_for(identity, seen, ProposeVersion, role=role_asked_for(request))
    if isinstance(actor, Code):
        raise Http404
    now, standing = seen.at(reading_room().clock())
    order, language = standing.order, language_of_page()
    terms = order.proposal.terms if order.proposal is not None else order.terms
    contract = find_contract(reading_room().files, "" if terms is None else terms.version_hash)
    names = names_of({order.buyer_id, order.supplier_id})
    sides = Sides(
        buyer=ContractParty(company_id=order.buyer_id, name=names[order.buyer_id]),
        supplier=ContractParty(company_id=order.supplier_id, name=names[order.supplier_id]),
    )
    table = Table(
        actor=actor,
        sides=sides,
        policy=seen.policy,
        policy_id=order.policy_id,
        buyer_country=_country(order.buyer_id) if terms is None else terms.buyer_country,
        now=now,
        language=language,
        order_id=order_id,
        order=order,
        version=_version(request, seen.version),
    )
    role = actor.role.value
    context = {
        "back": f"{reverse('order', args=[order_id])}?as={role}",
        "back_label": PROPOSING["back"].say(language),
        "address": f"{reverse('propose', args=[order_id])}?as={role}",
        "heading": PROPOSING["title"].say(language),
        "order_title": title_of(contract),
        "templates": _templates(language, _template(request)),
        "role": role,
    }
    text = "" if contract is None else to_toml(contract)
    named = _template(request)
    if named or contract is None:
        with lent_connection() as connection:
            supplier = find_profile(connection, order.supplier_id)
        text = table.template(named or _suiting(supplier), language)
    return _written(request, table, text, context)


def _written(
    request: HttpRequest, table: Table, text: str, context: dict[str, Any]
) -> HttpResponse:
    """Show the contract's text, or what became of the text that was sent."""
    if request.method != "POST":
        return _shown(request, table, Paper(text=text), context)
    paper = paper_of(request, sides=table.sides, language=table.language)
    if paper.contract is None:
        return _shown(request, table, paper, context)
    if request.POST.get("do") != "propose":
        return _shown(request, table, paper, {**context, **_checked(table, paper)})
    try:
        order_id = table.propose(paper.contract, request.POST.get("token", ""))
    except NotProposedError as error:
        checked = _checked(table, paper)
        return _shown(request, table, paper, {**context, **checked, "refusal": str(error)})
    messages.success(request, PROPOSING["done"].say(table.language))
    return HttpResponseRedirect(f"{reverse('order', args=[order_id])}?as={table.actor.role.value}")


def _checked(table: Table, paper: Paper) -> dict[str, Any]:
    """Return what a check shows: what could be claimed, what would be covered, and why it would be refused."""
    assert paper.contract is not None, "what is checked could be read"
    may_split = table.may_split(paper.contract)
    found = findings_of(paper.contract, may_split=may_split, language=table.language)
    try:
        tried = table.tried(paper.contract)
    except NotProposedError as error:
        return {"checked": found, "refusal": str(error)}
    return {"checked": found, "if_agreed": if_agreed(tried), "reads": {"cover"}}


def _shown(
    request: HttpRequest, table: Table, paper: Paper, context: dict[str, Any]
) -> HttpResponse:
    language = table.language
    # An order that is not there yet is known by its form; another form would begin another order.
    token = request.POST.get("token", "")
    is_kept = table.order is None and is_token(token)
    shown = {
        "p": proposing_words(language),
        "sides": table.sides,
        "edition": f"{table.policy.edition}: {said(table.policy.money.custody, language)}",
        "order_id": table.order_id,
        "acts_as": form_words(language)["as"].format(role=said(table.actor.role, language)),
        "paper": paper,
        "token": token if is_kept else new_token(),
        "version": table.version,
    }
    is_refused = bool(paper.faults) or "refusal" in context
    status = UNPROCESSABLE if is_refused else 200
    return render(request, "order/proposing.html", {**shown, **context}, status=status)


def _chooser(
    request: HttpRequest, buyer: Actor, supplier: Profile | None, *, is_sent: bool = False
) -> HttpResponse:
    language = language_of_page()
    typed = request.GET.get("supplier", "")[:ID_LENGTH_MAX]
    ids = {buyer.company_id} | ({supplier.company_id} if supplier is not None else set())
    names = names_of(ids)
    policies = reading_room().policies
    offered = next(key for key, each in policies.items() if each.edition == PLATFORM_EDITION)
    chosen = request.GET.get("edition", "")
    fault = bool(typed or is_sent) and supplier is None
    context = {
        "p": proposing_words(language),
        "buyer": names[buyer.company_id],
        "supplier": supplier,
        "supplier_name": "" if supplier is None else _name(supplier, names, language),
        "typed": typed,
        "editions": [
            (
                key,
                f"{policy.edition}: {said(policy.money.custody, language)}",
                key == (chosen if chosen in policies else offered),
            )
            for key, policy in policies.items()
        ],
        "starts": _starts(request, supplier, language),
        "languages": [
            (each, PROPOSING[word].say(language), each == _language(request, language))
            for each, word in zip(LANGUAGES, ("english", "chinese"), strict=True)
        ],
        "fault": PROPOSING["no_supplier"].say(language) if fault else "",
    }
    return render(request, "order/begin.html", context, status=UNPROCESSABLE if fault else 200)


def _starts(
    request: HttpRequest, supplier: Profile | None, language: Language
) -> list[tuple[str, str, bool]]:
    """Return what a contract can begin from: the templates, the supplier's own trade chosen, and a file of one's own."""
    asked = request.GET.get("template", "")
    chosen = asked if asked in {*TEMPLATES, OWN_FILE} else _suiting(supplier)
    own = (OWN_FILE, PROPOSING["own_file"].say(language), chosen == OWN_FILE)
    return [*_templates(language, chosen), own]


def _suiting(supplier: Profile | None) -> str:
    """Return the template of a supplier's own trade, or the first where there is none for it."""
    trades = () if supplier is None else supplier.categories
    return next((each for each in trades if each in TEMPLATES), TEMPLATES[0])


def _templates(language: Language, chosen: str) -> list[tuple[str, str, bool]]:
    word = PROPOSING["template"].say(language)
    return [
        (each, word.format(category=CATEGORIES[each].say(language)), each == chosen)
        for each in TEMPLATES
    ]


def _template(request: HttpRequest) -> str:
    named = request.GET.get("template", "")
    return named if named in TEMPLATES else ""


def _language(request: HttpRequest, otherwise: Language) -> Language:
    asked = request.GET.get("language", "")
    return next((each for each in LANGUAGES if each == asked), otherwise)


def _buyer(request: HttpRequest) -> Actor:
    """Return as which buyer somebody begins an order. Raises Http404 where it may not."""
    buyer = buyer_beginning(request)
    if buyer is None:
        raise Http404
    return buyer


def _supplier(company_id: str, buyer: Actor) -> Profile | None:
    """Return a supplier that everybody may see, but never the buyer's own company; None where there is none."""
    is_id = company_id.isprintable() and 0 < len(company_id) <= ID_LENGTH_MAX
    if not is_id or company_id == buyer.company_id:
        return None
    with lent_connection() as connection:
        return find_profile(connection, company_id)


def _name(supplier: Profile, names: dict[str, str], language: Language) -> str:
    known = names[supplier.company_id]
    if known != supplier.company_id:
        return known
    return (supplier.name_zh if language == "zh" else supplier.name_en) or (
        supplier.name_en or supplier.name_zh
    )


def _country(company_id: str) -> str:
    return Company.objects.filter(id=company_id).values_list("country", flat=True).first() or ""


def _version(request: HttpRequest, now: int) -> int:
    """Return the order's version that a form was drawn from; what is none, or no form, is the present one."""
    text = request.POST.get("version", "")
    is_one = text.isascii() and text.isdecimal() and len(text) <= VERSION_DIGITS_MAX
    return int(text) if is_one else now
