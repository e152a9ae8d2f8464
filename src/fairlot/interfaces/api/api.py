"""The API: its routers, and one answer for each kind of thing that can go wrong."""

from __future__ import annotations

import logging
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.operation import Operation

from fairlot.application.outcome import Unavailable
from fairlot.application.storage import StorageFullError
from fairlot.domain.order.refusals import Refused
from fairlot.interfaces.api import (
    acts,
    contracts,
    conversation,
    enrolment,
    house,
    inspection_companies,
    notifications,
    orders,
    payouts,
    sampling,
    suppliers,
    unmatched,
    webhooks,
)
from fairlot.interfaces.api.auth import ApiKey, BrowserSession
from fairlot.interfaces.api.document import complete
from fairlot.interfaces.api.problems import Declined, Trouble, problem_response

logger = logging.getLogger(__name__)

VERSION = "1.0.0"
DESCRIPTION = (
    "Trade assurance: contracts you can measure, money that waits, disputes that end. "
    "Amounts are integers in minor units of their currency; instants are ISO 8601 with an offset."
)


class FairlotApi(NinjaAPI):
    """Ninja's routing with our document and our problems."""

    def get_openapi_schema(self, **options: Any) -> Any:
        """Return the OpenAPI document, completed with what the routes declare."""
        options.setdefault("path_prefix", "/api/v1/")
        document = super().get_openapi_schema(**options)
        return complete(dict(document))

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Return the function's name, which is unique among the routes."""
        return str(operation.view_func.__name__)


api = FairlotApi(
    title="Fairlot API",
    version=VERSION,
    description=DESCRIPTION,
    auth=[ApiKey(), BrowserSession()],
    # Their pages load scripts from elsewhere; ours is drawn from the document (`reference.py`).
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)
api.add_router("", orders.router)
api.add_router("", acts.router)
api.add_router("", contracts.router)
api.add_router("", sampling.router)
api.add_router("", conversation.router)
api.add_router("", house.router)
api.add_router("", inspection_companies.router)
api.add_router("", suppliers.router)
api.add_router("", enrolment.router)
api.add_router("", unmatched.router)
api.add_router("", payouts.router)
api.add_router("", notifications.router)
api.add_router("", webhooks.router)


@api.exception_handler(Declined)
def _declined(request: HttpRequest, declined: Declined) -> HttpResponse:
    return problem_response(request, declined)


@api.exception_handler(Refused)
def _refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    return problem_response(request, Declined(refused.code, refused.facts))


@api.exception_handler(StorageFullError)
def _full(request: HttpRequest, full: StorageFullError) -> HttpResponse:
    return problem_response(request, Declined(Trouble.STORAGE_FULL, full.facts))


@api.exception_handler(Unavailable)
def _unavailable(request: HttpRequest, unavailable: Unavailable) -> HttpResponse:
    logger.warning("the database could not be asked: %s", unavailable)
    return problem_response(request, Declined(Trouble.UNAVAILABLE))


@api.exception_handler(AuthenticationError)
def _unauthenticated(request: HttpRequest, _: AuthenticationError) -> HttpResponse:
    return problem_response(request, Declined(Trouble.UNAUTHENTICATED))


@api.exception_handler(Http404)
def _absent(request: HttpRequest, _: Http404) -> HttpResponse:
    return problem_response(request, Declined(Trouble.NOT_FOUND))


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    first = error.errors[0] if error.errors else {}
    where = ".".join(str(part) for part in first.get("loc", ()))
    reason = f"{where}: {first.get('msg', '')}".strip(": ")
    return problem_response(request, Declined(Trouble.BODY_INVALID, reason=reason))


@api.exception_handler(HttpError)
def _unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem_response(request, Declined(Trouble.BODY_INVALID, reason=str(error)))


@api.exception_handler(Exception)
def _failed(request: HttpRequest, error: Exception) -> HttpResponse:
    logger.error("a request of the API failed", exc_info=error)
    return problem_response(request, Declined(Trouble.FAILED))
