"""Too much at once and too often: told at once, with when to come back, and nothing else is held up."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from fairlot.interfaces.api import limits
from fairlot.interfaces.api.admission import admitting
from fairlot.interfaces.api.limits import Rates
from tests.support.api_trades import Fair


class Held:
    """An application that answers once it is let go."""

    def __init__(self) -> None:
        self.entered = threading.Semaphore(0)
        self.let_go = threading.Event()

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        self.entered.release()
        if environ["PATH_INFO"].startswith("/api/v1/"):
            self.let_go.wait()
        start_response("200 OK", [])
        return [b"done"]


def asked(application: Any, path: str, language: str = "en") -> tuple[str, dict[str, str], bytes]:
    """Return what an application answers."""
    told: list[Any] = []
    environ = {"PATH_INFO": path, "HTTP_ACCEPT_LANGUAGE": language}
    body = b"".join(application(environ, lambda status, headers: told.append((status, headers))))
    ((status, headers),) = told
    return status, dict(headers), body


class TestAdmission:
    def test_who_finds_no_place_is_told_at_once_and_pages_go_on(self) -> None:
        held = Held()
        application = admitting(held, places=2)
        threads = [
            threading.Thread(target=asked, args=(application, "/api/v1/me")) for _ in range(2)
        ]
        for thread in threads:
            thread.start()
            held.entered.acquire()
        status, headers, body = asked(application, "/api/v1/me", "zh")
        assert (status, headers["Retry-After"]) == ("503 Service Unavailable", "1")
        assert json.loads(body)["code"] == "too_busy"
        assert "系统繁忙" in json.loads(body)["detail"]
        assert asked(application, "/orders/")[0] == "200 OK"
        held.let_go.set()
        for thread in threads:
            thread.join()
        assert asked(application, "/api/v1/me")[0] == "200 OK"

    def test_place_is_given_back_after_a_failure(self) -> None:
        def failing(*_: Any) -> Iterable[bytes]:
            raise ValueError

        application = admitting(failing, places=1)
        for _ in range(2):
            with pytest.raises(ValueError):
                asked(application, "/api/v1/me")


class TestRates:
    def test_burst_is_granted_then_an_even_rate(self) -> None:
        rates = Rates(burst=3, per_second=2)
        assert [rates.take("a", at_seconds=0) for _ in range(4)] == [0, 0, 0, 1]
        assert rates.take("b", at_seconds=0) == 0
        assert [rates.take("a", at_seconds=1) for _ in range(3)] == [0, 0, 1]

    def test_clock_that_steps_back_grants_nothing_more(self) -> None:
        rates = Rates(burst=1, per_second=1)
        assert [rates.take("a", at_seconds=at) for at in (10, 0, 0)] == [0, 1, 1]

    def test_key_that_asks_too_often_is_told_when_to_come_back(
        self, fair: Fair, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(limits, "rates", Rates(burst=1, per_second=1))
        assert fair.buyer.get("/me").status == 200
        again = fair.buyer.get("/me")
        assert (again.status, again.code) == (429, "too_many_requests")
        assert again.headers["Retry-After"] == "1"
        assert fair.supplier.get("/me").status == 200
