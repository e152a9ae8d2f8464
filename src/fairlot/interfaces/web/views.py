"""The first pages: a list of orders, and one order with its steps, money, clocks, cover, story and what can be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from django.contrib.auth.decorators import login_required
from django.db import connections
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from fairlot import config
from fairlot.application.access import PLATFORM, READERS, Identity, Read, has_right
from fairlot.application.queries.order_view import OrderView, order_view
from fairlot.application.queries.orders import OrderRow, find_contract, policy_of
from fairlot.application.queries.own_orders import OwnOrders, find_own_order, find_own_orders
from fairlot.application.queries.spoken import SpokenOrder, spoken_order
from fairlot.application.queries.spoken_parts import COMMANDS_BY_NAME
from fairlot.application.queries.spoken_row import spoken_row
from fairlot.application.queries.wall import contract_behind_wall
from fairlot.domain.order.commands import ProposeVersion
from fairlot.domain.party import Actor, Role
from fairlot.domain.words.language import Language
from fairlot.domain.words.standing import said
from fairlot.interfaces.web.account.standing_place import identity_of, named_places, place_of
from fairlot.interfaces.web.account.words import account_words
from fairlot.interfaces.web.acts.forms import FORMS
from fairlot.interfaces.web.agreement_panel import if_agreed_panel
from fairlot.interfaces.web.company_names import names_of
from fairlot.interfaces.web.contract_panel import contract_panel, title_of
from fairlot.interfaces.web.proposing.beginner import buyer_beginning
from fairlot.interfaces.web.supplier_panel import supplier_panel
from fairlot.interfaces.web.viewer import (
    SEEN_AS,
    html_language,
    language_of_page,
    role_asked_for,
    viewer_of,
)
from fairlot.interfaces.web.words import page_words
from fairlot.reading_room import reading_room
from fairlot.store.files import FileStore

ROWS_PER_PAGE = 25
PAGE_MAX = 10_000


def home(_: HttpRequest) -> HttpResponse:
    """The list of orders is the first page."""
    return HttpResponseRedirect(reverse("orders"))


def health(_: HttpRequest) -> HttpResponse:
    """Say that the process answers; it asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_required
def orders(request: HttpRequest) -> HttpResponse:
    """Show a page of the orders at the place where the viewer stands, those that wait for the viewer first."""
    room = reading_room()
    language = language_of_page()
    page = _page_number(request)
    part = request.GET.get("q", "").strip()
    identity = identity_of(request)
    place = place_of(request, identity)
    found = OwnOrders(waiting=(), rows=(), has_older=False)
    if place is not None:
        found = find_own_orders(
            _database(),
            policies=room.policies,
            now=room.clock(),
            identity=identity,
            place=place,
            limit=ROWS_PER_PAGE,
            offset=page * ROWS_PER_PAGE,
            order_id_like=part,
        )
    names = _names_of_drafts((*found.waiting, *found.rows))
    waiting = [_row(row, room.files, names, language) for row in found.waiting]
    rows = [_row(row, room.files, names, language) for row in found.rows]
    context = {
        "waiting": waiting,
        "rows": rows,
        "has_older": found.has_older,
        "has_newer": page > 0,
        "q": part,
        "page": page,
        "newer": page - 1,
        "older": page + 1,
        "place": place,
        "places": named_places(identity, account_words(language)),
        "may_begin": buyer_beginning(request, identity) is not None,
    }
    return _show(request, "orders.html", context)


@login_required
def order(request: HttpRequest, order_id: str) -> HttpResponse:
    """Show one order as one of the viewer's roles sees it; what is not theirs looks like what is not there."""
    room = reading_room()
    language = language_of_page()
    asked = role_asked_for(request)
    identity = identity_of(request)
    found = find_own_order(
        _database(),
        order_id,
        policies=room.policies,
        now=room.clock(),
        identity=identity,
        asked_role=asked,
    )
    if found is None:
        raise Http404
    view, actors = found
    roles: tuple[Role, ...] = tuple(dict.fromkeys(actor.role for actor in actors))
    if config.settings().demo and view.viewer.role in PLATFORM:
        roles = SEEN_AS
        view = _seen_by(view, asked if asked in SEEN_AS else view.viewer.role)
    contract = find_contract(room.files, view.version_hash)
    if contract is not None:
        contract = contract_behind_wall(contract, view.viewer.role)
    told = spoken_order(view, language)
    acts = _acts(identity, view, actors)
    context = {
        "order": told,
        "title": title_of(contract)
        or (order_id if contract else page_words(language)["no_contract"]),
        "contract": contract_panel(contract, view, language),
        "seller": supplier_panel(view, actors, language),
        "if_agreed": if_agreed_panel(view),
        "names": _names_of(view),
        "totals": _totals(told, language),
        "may_converse": any(actor.role in READERS[Read.CONVERSATION] for actor in actors),
        "role": view.viewer.role.value,
        # The parts that this role may read; the same table as for programs.
        "reads": {read.value for read in Read if view.viewer.role in READERS[read]},
        "roles": [(each.value, said(each, language)) for each in roles] if len(roles) > 1 else [],
        "covered": [cover for cover in told.covers if cover.state != "none"],
        "uncovered": [cover for cover in told.covers if cover.state == "none"],
        "one_reason": _one_reason(told),
        # Those that have a page and are the viewer's own to do; whoever only looks as somebody else does nothing for them.
        "acts": acts,
        "first_acts": [
            action for action in told.actions if action.is_awaited and action.command in acts
        ],
        "awaited": [action for action in told.actions if action.allowed and action.is_awaited],
        "possible": [action for action in told.actions if action.allowed and not action.is_awaited],
        "commands": [action.command for action in told.actions if action.allowed],
        # Whoever looks at a demonstration sits at its machine; elsewhere there is no command line for the parties.
        "demo_folder": str(config.settings().data_dir) if config.settings().demo else "",
        "refused": [action for action in told.actions if not action.allowed],
        "actor": f"{view.viewer.role.value}:{view.viewer.company_id}".rstrip(":"),
    }
    return _show(request, "order.html", context)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is nothing here."""
    del exception
    return _show(request, "not_found.html", {}, status=404)


def forms_only(request: HttpRequest, allowed: str) -> HttpResponse:
    """Say that this address takes forms, to who came without one: after signing in anew, or by a kept address."""
    answer = _show(request, "forms_only.html", {}, status=405)
    answer.headers["Allow"] = allowed
    return answer


def failed(request: HttpRequest) -> HttpResponse:
    """Say that we failed; without asking anything that may have failed."""
    # Nobody, for to know who asks is to ask the database.
    return _show(request, "failed.html", {"me": None, "messages": ()}, status=500)


def _names_of_drafts(rows: Sequence[OrderRow]) -> dict[str, str]:
    """Return the names of the companies of those orders whose contract does not say them yet."""
    drafts = [row for row in rows if not row.version_hash]
    return names_of(
        {company_id for row in drafts for company_id in (row.buyer_id, row.supplier_id)}
    )


def _names_of(view: OrderView) -> dict[str, str]:
    """Return the names of the parties as accounts know them, for where no contract says them."""
    names = names_of({view.buyer_id, view.supplier_id})
    return {"buyer": names[view.buyer_id], "supplier": names[view.supplier_id]}


def _row(
    row: OrderRow, files: FileStore, names: Mapping[str, str], language: Language
) -> dict[str, Any]:
    contract = find_contract(files, row.version_hash)
    if contract is None:
        return {
            "told": spoken_row(row, language),
            "title": page_words(language)["no_contract"],
            "buyer": names[row.buyer_id],
            "supplier": names[row.supplier_id],
            "language": html_language(language),
        }
    return {
        "told": spoken_row(row, language),
        "title": title_of(contract) or row.order_id,
        "buyer": contract.buyer.name,
        "supplier": contract.supplier.name,
        "language": html_language(contract.language),
    }


def _seen_by(view: OrderView, role: Role) -> OrderView:
    if role is view.viewer.role:
        return view
    room = reading_room()
    story = tuple(recorded for recorded in view.story if recorded.seq)
    policy = policy_of(story, room.policies)
    viewer = viewer_of(role, view)
    return order_view(view.order_id, story, policy=policy, now=view.at, viewer=viewer)


def _acts(identity: Identity, view: OrderView, actors: Sequence[Actor]) -> set[str]:
    if view.viewer not in actors:
        return set()
    return {
        action.command
        for action in view.actions
        if (action.allowed or action.can_be_appealed)
        and (action.command in FORMS or action.command == ProposeVersion.__name__)
        and has_right(identity, view.viewer, COMMANDS_BY_NAME[action.command])
    }


def _one_reason(told: SpokenOrder) -> str:
    """Return why nothing at all is covered, where it is one and the same reason for everything."""
    reasons = {cover.why for cover in told.covers}
    return reasons.pop() if len(reasons) == 1 else ""


def _totals(told: SpokenOrder, language: Language) -> list[list[tuple[str, str, str]]]:
    words = page_words(language)
    return [[(name, words[name], amount) for name, amount in rows.items()] for rows in told.totals]


def _database() -> psycopg.Connection:
    wrapper = connections["default"]
    wrapper.ensure_connection()
    assert isinstance(wrapper.connection, psycopg.Connection)
    return wrapper.connection


def _page_number(request: HttpRequest) -> int:
    text = request.GET.get("page", "0")
    return min(int(text), PAGE_MAX) if text.isascii() and text.isdigit() else 0


def _show(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    language = language_of_page()
    shared = {"t": page_words(language), "html_lang": html_language(language)}
    return render(request, template, {**shared, **context}, status=status)
