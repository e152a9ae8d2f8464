"""What went wrong, as problem details (RFC 9457): a code, its facts, and one sentence in the reader's language.

Refusals of the domain keep their own code and words; what only this door can refuse has its rows here.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from enum import StrEnum
from http import HTTPStatus
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.translation.trans_real import parse_accept_lang_header

from fairlot.application.people.people_refusals import SENTENCES, PeopleCode
from fairlot.application.storage import FULL
from fairlot.domain.order.refusal_words import tell_refusal
from fairlot.domain.order.refusals import Code
from fairlot.domain.words.language import Language, Words
from fairlot.domain.words.speech import Speech

logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
# Seconds after which it is worth asking again.
RETRY_AFTER_SECONDS = 1


class Trouble(StrEnum):
    """What this door refuses before any rule of trade is asked."""

    UNAUTHENTICATED = "unauthenticated"
    CSRF_FAILED = "csrf_failed"
    REAUTHENTICATION_REQUIRED = "reauthentication_required"
    NOT_FOUND = "not_found"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    BODY_INVALID = "body_invalid"
    BODY_TOO_LARGE = "body_too_large"
    MEDIA_TYPE_UNSUPPORTED = "media_type_unsupported"
    QUERY_INVALID = "query_invalid"
    HEADER_INVALID = "header_invalid"
    IDEMPOTENCY_KEY_MISSING = "idempotency_key_missing"
    CONTRACT_INVALID = "contract_invalid"
    FILE_REFUSED = "file_refused"
    STORAGE_FULL = "storage_full"
    STATEMENT_REFUSED = "statement_refused"
    ORDER_CHANGED = "order_changed"
    NO_SANDBOX = "no_sandbox"
    TOO_MANY_REQUESTS = "too_many_requests"
    TOO_BUSY = "too_busy"
    UNAVAILABLE = "unavailable"
    FAILED = "failed"


class Row(msgspec.Struct, frozen=True):
    """The status of a trouble and its sentence."""

    status: HTTPStatus
    words: Words


TROUBLES: dict[Trouble, Row] = {
    Trouble.UNAUTHENTICATED: Row(
        HTTPStatus.UNAUTHORIZED,
        Words(
            "Sign in, or send a valid API key as “Authorization: Bearer KEY”.",
            "请登录，或以“Authorization: Bearer KEY”发送有效的 API 密钥。",
        ),
    ),
    Trouble.CSRF_FAILED: Row(
        HTTPStatus.FORBIDDEN,
        Words(
            "A browser's session needs the CSRF token with every change. Reload the page and try again.",
            "浏览器会话的每次更改都需要 CSRF 令牌，请刷新页面后重试。",
        ),
    ),
    Trouble.REAUTHENTICATION_REQUIRED: Row(
        HTTPStatus.FORBIDDEN,
        Words(
            "Confirm at /account/reauthenticate/ who you are, then ask again: this moves money or rights.",
            "此操作涉及资金或权限，请先在 /account/reauthenticate/ 再次验证身份，然后重试。",
        ),
    ),
    Trouble.NOT_FOUND: Row(
        HTTPStatus.NOT_FOUND,
        Words(
            "There is nothing here, or it is not yours to see. Check the address.",
            "此处没有内容，或您无权查看，请核对地址。",
        ),
    ),
    Trouble.METHOD_NOT_ALLOWED: Row(
        HTTPStatus.METHOD_NOT_ALLOWED,
        Words(
            "This address takes only: {allowed}. Use one of them.",
            "该地址仅接受：{allowed}，请改用。",
        ),
    ),
    Trouble.BODY_INVALID: Row(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        Words(
            "The body is not what is asked for here: {reason}. See the reference.",
            "请求内容不符合要求：{reason}。请查阅参考文档。",
        ),
    ),
    Trouble.BODY_TOO_LARGE: Row(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        Words(
            "The body is larger than {most} bytes. Send less at once.",
            "请求内容超过 {most} 字节，请减少一次发送的内容。",
        ),
    ),
    Trouble.MEDIA_TYPE_UNSUPPORTED: Row(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        Words("Send the body as {expected}.", "请以 {expected} 格式发送内容。"),
    ),
    Trouble.QUERY_INVALID: Row(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        Words(
            "The address is not what is asked for here: {reason}. See the reference.",
            "请求参数不符合要求：{reason}。请查阅参考文档。",
        ),
    ),
    Trouble.HEADER_INVALID: Row(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        Words(
            "The header {header} is not usable: {reason}. See the reference.",
            "请求头 {header} 无效：{reason}。请查阅参考文档。",
        ),
    ),
    Trouble.IDEMPOTENCY_KEY_MISSING: Row(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        Words(
            "Every change needs an “Idempotency-Key” header: an id of your own, the same when you ask again.",
            "每次更改都需要“Idempotency-Key”请求头：由您自定，重试时保持不变。",
        ),
    ),
    Trouble.CONTRACT_INVALID: Row(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        Words(
            "This is no contract yet. {key}: {reason}",
            "这还不是完整的合同。{key}：{reason}",
        ),
    ),
    Trouble.FILE_REFUSED: Row(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        Words("The file is not taken: {reason}.", "文件未被接受：{reason}。"),
    ),
    Trouble.STORAGE_FULL: Row(HTTPStatus.CONFLICT, FULL),
    Trouble.STATEMENT_REFUSED: Row(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        Words("The bank statement is not taken: {reason}", "银行对账单未被接受：{reason}"),
    ),
    Trouble.ORDER_CHANGED: Row(
        HTTPStatus.CONFLICT,
        Words(
            "The order is at version {version} now. Read what changed and decide anew.",
            "订单现为第 {version} 版，请查看变更后重新决定。",
        ),
    ),
    Trouble.NO_SANDBOX: Row(
        HTTPStatus.FORBIDDEN,
        Words(
            "The clock moves by hand in a sandbox only; this installation is none.",
            "只有沙盒环境可以手动拨动时钟，本系统不是沙盒。",
        ),
    ),
    Trouble.TOO_MANY_REQUESTS: Row(
        HTTPStatus.TOO_MANY_REQUESTS,
        Words(
            "This key asks more often than it may. Wait {seconds} s and ask again.",
            "该密钥请求过于频繁，请等待 {seconds} 秒后重试。",
        ),
    ),
    Trouble.TOO_BUSY: Row(
        HTTPStatus.SERVICE_UNAVAILABLE,
        Words(
            "There is more to do than can be done now. Wait {seconds} s and ask again.",
            "系统繁忙，请等待 {seconds} 秒后重试。",
        ),
    ),
    Trouble.UNAVAILABLE: Row(
        HTTPStatus.SERVICE_UNAVAILABLE,
        Words(
            "The database could not be asked now. Ask again with the same Idempotency-Key.",
            "暂时无法访问数据库，请用相同的 Idempotency-Key 重试。",
        ),
    ),
    Trouble.FAILED: Row(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        Words(
            "We failed; it has been noted. Ask again with the same Idempotency-Key.",
            "系统出错，已记录。请用相同的 Idempotency-Key 重试。",
        ),
    ),
}

ABSENT = frozenset({Code.UNKNOWN_ORDER})
DENIED = frozenset({Code.NOT_PERMITTED, Code.NOT_MANDATED})
# Malformed against the order or the programme, whatever its state; everything else is about how things stand.
MALFORMED = frozenset(
    {
        Code.AMOUNT_NOT_POSITIVE,
        Code.AMOUNT_TOO_LARGE,
        Code.UNKNOWN_LINE,
        Code.UNKNOWN_TERM,
        Code.UNKNOWN_REFERENCE,
        Code.INSTANT_IN_THE_FUTURE,
        Code.SAME_COMPANY,
        Code.LINES_MISSING,
        Code.TOTAL_NOT_SUM_OF_LINES,
        Code.INSTALMENTS_NOT_WHOLE,
        Code.COVER_ABOVE_TOTAL,
        Code.COVER_KIND_NOT_OFFERED,
        Code.SPLIT_NOT_ALLOWED,
        Code.SHIPMENT_DATE_MISSING,
        Code.SHIPMENT_DATE_PAST,
        Code.OFFER_INCOMPLETE,
        Code.OUTCOME_NOT_WHOLE,
        Code.REASON_MISSING,
        Code.APPEAL_GROUND_MISSING,
        Code.RESTATEMENT_MISSING,
        Code.NO_TERM_NAMED,
        Code.NOT_SIGNED,
    }
)


# Of people and companies: what is malformed whatever there is.
MALFORMED_CHANGES = frozenset(
    {
        PeopleCode.NAME_MISSING,
        PeopleCode.COUNTRY_UNKNOWN,
        PeopleCode.COMPANY_ID_MALFORMED,
        PeopleCode.ADDRESS_MALFORMED,
    }
)

ProblemCode = Trouble | Code | PeopleCode


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What went wrong. `detail` is a sentence that a person can act on; programs go by `code` and `facts`.

    `changes` tells, where an order has another version than was expected, the events since that one.
    """

    type: str
    title: str
    status: int
    detail: str
    code: str
    facts: Mapping[str, str | int] = {}
    changes: tuple[Mapping[str, Any], ...] = ()


class Declined(Exception):  # noqa: N818  (a refusal is an answer, not an error)
    """A request is answered by a problem: one of this door's, or a refusal of the domain."""

    def __init__(
        self,
        code: ProblemCode,
        known: Mapping[str, str | int] | None = None,
        *,
        changes: tuple[Mapping[str, Any], ...] = (),
        speech: Speech | None = None,
        **facts: str | int,
    ) -> None:
        super().__init__(code.value, known, facts)
        self.code = code
        self.facts: Mapping[str, str | int] = {**(known or {}), **facts}
        self.changes = changes
        self.speech = speech


def status_of(code: ProblemCode) -> HTTPStatus:
    """Return the status with which a code is answered."""
    if isinstance(code, Trouble):
        return TROUBLES[code].status
    if isinstance(code, PeopleCode):
        is_malformed = code in MALFORMED_CHANGES
        return HTTPStatus.UNPROCESSABLE_ENTITY if is_malformed else HTTPStatus.CONFLICT
    if code in ABSENT:
        return HTTPStatus.NOT_FOUND
    if code in DENIED:
        return HTTPStatus.FORBIDDEN
    return HTTPStatus.UNPROCESSABLE_ENTITY if code in MALFORMED else HTTPStatus.CONFLICT


def sentence_of(code: ProblemCode, facts: Mapping[str, str | int], *, speech: Speech) -> str:
    """Return the sentence of a code in the language of `speech`."""
    if isinstance(code, Trouble):
        return speech.words(TROUBLES[code].words, facts)
    if isinstance(code, PeopleCode):
        return speech.words(SENTENCES[code], facts)
    return tell_refusal(code, facts, speech)


def language_of(request: HttpRequest) -> Language:
    """Return the language that the request would rather read."""
    return words_for(request.headers.get("Accept-Language", ""))


def words_for(accepted: str) -> Language:
    """Return the language of an `Accept-Language` header: English unless Chinese comes first."""
    for tag, _ in parse_accept_lang_header(accepted.lower()):
        if tag.startswith("zh"):
            return "zh"
        if tag == "*" or tag.startswith("en"):
            return "en"
    return "en"


def problem_of(trouble: Trouble, facts: Mapping[str, str | int], *, language: Language) -> bytes:
    """Return the body of a problem of this door's."""
    return _body(Declined(trouble, facts), Speech(language=language))


def _body(declined: Declined, speech: Speech) -> bytes:
    code = declined.code
    return msgspec.json.encode(
        Problem(
            type=f"urn:fairlot:problem:{code.value}",
            title=code.value.replace("_", " "),
            status=status_of(code).value,
            detail=sentence_of(code, declined.facts, speech=speech),
            code=code.value,
            facts=declined.facts,
            changes=declined.changes,
        )
    )


def problem_response(request: HttpRequest, declined: Declined) -> HttpResponse:
    """Answer a request with a problem."""
    language = language_of(request)
    speech = msgspec.structs.replace(
        declined.speech or Speech(language=language), language=language
    )
    code = declined.code
    status = status_of(code)
    response = HttpResponse(_body(declined, speech), status=status.value, content_type=MEDIA_TYPE)
    response.headers["Content-Language"] = "zh-Hans" if language == "zh" else "en"
    response.headers["Vary"] = "Accept-Language"
    if status is HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    if status in {HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS}:
        response.headers["Retry-After"] = str(declined.facts.get("seconds", RETRY_AFTER_SECONDS))
    if code is Trouble.METHOD_NOT_ALLOWED:
        response.headers["Allow"] = str(declined.facts["allowed"])
    return response
