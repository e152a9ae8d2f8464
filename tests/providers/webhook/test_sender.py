"""A9: nothing that a company names leads to this machine or its neighbours, whatever names, redirects and time do."""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import httpcore
import pytest

from fairlot.providers.webhook.sender import (
    BODY_BYTES_READ_MAX,
    EXCERPT_LENGTH_MAX,
    WHOLE_SECONDS,
    Outcome,
    Posted,
    Sender,
)
from fairlot.providers.webhook.target import (
    Fault,
    Resolve,
    Target,
    TargetError,
    checked_target,
    read_url,
    system_resolver,
)
from tests.providers.webhook.forbidden import NAMES, PUBLIC_4, PUBLIC_6, urls
from tests.support.listener import (
    Heard,
    Listener,
    MappedNetwork,
    Reply,
    listening,
    make_certificate,
)

HOST = "hooks.example"
URL = f"https://{HOST}/in?a=1"


def resolve(host: str, port: int) -> Sequence[str]:
    """Look names of the tests up in their table, and numbers as the system does; ask no name server."""
    table = {**NAMES, HOST: (PUBLIC_4,), "public.example": (PUBLIC_4,)}
    if host in table:
        return table[host]
    if host.startswith(("localhost", "ip6-")):
        return ("127.0.0.1", "::1")
    found = socket.getaddrinfo(host, port, flags=socket.AI_NUMERICHOST, type=socket.SOCK_STREAM)
    return [str(place[0]) for *_, place in found]


def post(sender: Sender, url: str) -> Posted:
    return sender.post(url, headers={"webhook-id": "msg_1"}, body=b"{}")


def knock(host: str, port: int) -> None:
    """Ask a server of this machine something and wait for its answer."""
    connection = http.client.HTTPConnection(host, port)
    with contextlib.closing(connection):
        connection.request("GET", "/")
        connection.getresponse().read()


def reached(send: Callable[[str], object], listeners: Sequence[Listener]) -> list[str]:
    """Return the addresses of the corpus by which a way of sending reached a server of this machine."""
    found = []
    for listener in listeners:
        for url in urls(listener.port):
            before = [each.connections for each in listeners]
            with contextlib.suppress(Exception):
                send(url)
            if [each.connections for each in listeners] != before:
                found.append(url)
    return found


@pytest.fixture
def machine() -> Iterator[tuple[Listener, Listener]]:
    """This machine as an attacker wants to reach it, on both of its families."""
    with listening() as four, listening(host="::1") as six:
        yield four, six


class TestCorpus:
    def test_a9_none_of_it_is_reached(self, machine: tuple[Listener, Listener]) -> None:
        network = MappedNetwork({})
        sender = Sender(loopback_http=False, resolve=resolve, network=network)
        outcomes: list[Outcome] = []
        found = reached(lambda url: outcomes.append(post(sender, url).outcome), machine)
        assert found == []
        assert network.dialled == []
        for listener in machine:
            # Connections are taken in turn: what came before would have been counted by now.
            knock(listener.host, listener.port)
            assert listener.connections == 1
        assert set(outcomes) == {Outcome.FORBIDDEN}
        assert len(set(urls(1))) >= 200

    def test_a_check_of_names_alone_is_caught(self, machine: tuple[Listener, Listener]) -> None:
        """Planted: what does not look like this machine is taken for somebody else's."""

        def send(url: str) -> None:
            named = read_url(url, loopback_http=False)
            if named.host.startswith(("127.", "10.", "192.168.", "localhost", "::1")):
                return
            for address in resolve(named.host, named.port):
                if ipaddress.ip_address(address).is_loopback:
                    knock(address, named.port)

        found = reached(send, machine)
        assert any("loopback.example" in url for url in found)
        assert any("first-public.example" in url for url in found)
        assert any("six.example" in url for url in found)

    def test_in_a_demo_plain_http_reaches_this_machine_alone(self) -> None:
        with listening() as here:
            network = MappedNetwork({})
            sender = Sender(loopback_http=True, resolve=resolve, network=network)
            assert post(sender, f"{here.url}/in").outcome is Outcome.DELIVERED
            for host in ("10.0.0.1", "169.254.169.254", PUBLIC_4, "public.example", "[fd00::1]"):
                assert post(sender, f"http://{host}/").outcome is Outcome.FORBIDDEN, host
            # https is as strict as ever.
            assert post(sender, f"https://127.0.0.1:{here.port}/").outcome is Outcome.FORBIDDEN
            assert here.connections == 1

    def test_in_a_demo_a_name_for_this_machine_may_not_lead_elsewhere(self) -> None:
        def elsewhere(_host: str, _port: int) -> Sequence[str]:
            return ("127.0.0.1", "10.0.0.1")

        with pytest.raises(TargetError):
            checked_target("http://localhost/", resolve=elsewhere, loopback_http=True)

    @pytest.mark.parametrize("address", [PUBLIC_4, PUBLIC_6, "1.1.1.1", "2a00:1450:4001:81b::200e"])
    def test_public_addresses_are_taken(self, address: str) -> None:
        host = f"[{address}]" if ":" in address else address
        target = checked_target(
            f"https://{host}:8443/in", resolve=system_resolver, loopback_http=False
        )
        assert target.address == address
        assert target.named.authority == f"{host}:8443"

    def test_a_look_up_that_fails_is_said_so(self) -> None:
        def nowhere(_host: str, _port: int) -> Sequence[str]:
            raise socket.gaierror("no such name")

        with pytest.raises(TargetError) as caught:
            checked_target(URL, resolve=nowhere, loopback_http=False)
        assert caught.value.fault is Fault.UNRESOLVED


class Rebinding:
    """A name server of the attacker: public for the first question, this machine from then on."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, _host: str, _port: int) -> Sequence[str]:
        self.asked += 1
        return (PUBLIC_4,) if self.asked == 1 else ("127.0.0.1",)


class LooksUpAgain(MappedNetwork):
    """Planted: connects by the name, which is looked up a second time."""

    def __init__(self, places: dict[str, Listener], resolve: Resolve) -> None:
        super().__init__(places)
        self._resolve_again = resolve

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        del host
        return super().connect_tcp(
            self._resolve_again(HOST, port)[0], port, timeout, local_address, socket_options
        )


class TestRebinding:
    def test_a9_the_connection_goes_to_the_address_that_was_checked(
        self, certified: Certified
    ) -> None:
        with listening(certificate=certified.path) as public, listening() as here:
            names = Rebinding()
            network = MappedNetwork({PUBLIC_4: public, "127.0.0.1": here})
            sender = Sender(
                loopback_http=False, resolve=names, network=network, trust=certified.trust
            )
            assert post(sender, URL).outcome is Outcome.DELIVERED
            assert (names.asked, network.dialled) == (1, [PUBLIC_4])
            assert (public.connections, here.connections) == (1, 0)
            # The next request asks anew and is refused before it is sent.
            assert post(sender, URL).outcome is Outcome.FORBIDDEN
            assert (public.connections, here.connections) == (1, 0)

    def test_a_second_look_up_is_caught(self, certified: Certified) -> None:
        with listening(certificate=certified.path) as public, listening() as here:
            names = Rebinding()
            network = LooksUpAgain({PUBLIC_4: public, "127.0.0.1": here}, names)
            sender = Sender(
                loopback_http=False, resolve=names, network=network, trust=certified.trust
            )
            post(sender, URL)
            assert here.connections > 0


class TestRedirects:
    @pytest.mark.parametrize("status", [300, 301, 302, 303, 307, 308])
    def test_a9_none_is_followed(self, certified: Certified, status: int) -> None:
        with listening(certificate=certified.path) as public, listening() as here:
            public.reply = lambda _: Reply(
                status=status, headers=(("location", f"{here.url}/secret"),)
            )
            network = MappedNetwork({PUBLIC_4: public})
            sender = Sender(
                loopback_http=False, resolve=resolve, network=network, trust=certified.trust
            )
            posted = post(sender, URL)
            assert (posted.outcome, posted.status) == (Outcome.REDIRECTED, status)
            assert (network.dialled, here.connections) == ([PUBLIC_4], 0)

    def test_following_is_caught(self, certified: Certified) -> None:
        """Planted: a client that goes where it is told."""
        with listening(certificate=certified.path) as public, listening() as here:
            public.reply = lambda _: Reply(status=302, headers=(("location", here.url),))
            network = MappedNetwork({PUBLIC_4: public})
            with httpcore.ConnectionPool(
                ssl_context=certified.trust, network_backend=network
            ) as pool:
                url = f"https://{PUBLIC_4}/"
                answer = pool.request(
                    "POST", url, headers={"host": HOST}, extensions={"sni_hostname": HOST}
                )
                location = dict(answer.headers)[b"location"]
                pool.request("GET", location)
            assert here.connections == 1

    def test_proxies_of_the_environment_are_not_used(
        self, certified: Certified, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with listening(certificate=certified.path) as public, listening() as proxy:
            for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "HTTP_PROXY"):
                monkeypatch.setenv(name, proxy.url)
            network = MappedNetwork({PUBLIC_4: public})
            sender = Sender(
                loopback_http=False, resolve=resolve, network=network, trust=certified.trust
            )
            assert post(sender, URL).outcome is Outcome.DELIVERED
            assert proxy.connections == 0


class Certified:
    """A server's certificate, and a client's trust in it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.trust = ssl.create_default_context(cafile=str(path))


@pytest.fixture(scope="module")
def certified(tmp_path_factory: pytest.TempPathFactory) -> Certified:
    folder = tmp_path_factory.mktemp("certificate")
    return Certified(make_certificate(folder / "hooks.pem", name=HOST))


class TestRequest:
    def test_name_path_and_body_arrive_as_they_are(self, certified: Certified) -> None:
        with listening(certificate=certified.path) as public:
            network = MappedNetwork({PUBLIC_4: public})
            sender = Sender(
                loopback_http=False, resolve=resolve, network=network, trust=certified.trust
            )
            posted = sender.post(
                f"https://{HOST}:8443/in?a=1", headers={"webhook-id": "msg_1"}, body=b'{"a":1}'
            )
            assert (posted.outcome, posted.status) == (Outcome.DELIVERED, 204)
            (heard,) = public.heard
            assert (heard.path, heard.body) == ("/in?a=1", b'{"a":1}')
            assert heard.headers["host"] == f"{HOST}:8443"
            assert heard.headers["webhook-id"] == "msg_1"

    def test_another_servers_certificate_is_not_believed(self, certified: Certified) -> None:
        with listening(certificate=certified.path) as public:
            network = MappedNetwork({PUBLIC_4: public})
            sender = Sender(
                loopback_http=False, resolve=resolve, network=network, trust=certified.trust
            )
            assert post(sender, "https://public.example/").outcome is Outcome.UNREACHABLE
            assert public.heard == []
            unknown = Sender(loopback_http=False, resolve=resolve, network=network)
            assert post(unknown, URL).outcome is Outcome.UNREACHABLE

    @pytest.mark.parametrize(
        ("status", "outcome"),
        [
            (200, Outcome.DELIVERED),
            (299, Outcome.DELIVERED),
            (400, Outcome.ANSWERED_NO),
            (410, Outcome.GONE),
            (429, Outcome.ANSWERED_NO),
            (500, Outcome.ANSWERED_NO),
            (0, Outcome.UNREACHABLE),
        ],
    )
    def test_what_is_answered(self, status: int, outcome: Outcome) -> None:
        with listening() as here:
            here.reply = lambda _: Reply(status=status)
            posted = post(Sender(loopback_http=True), here.url)
            assert (posted.outcome, posted.status) == (outcome, status)

    def test_nobody_there(self) -> None:
        with listening() as here:
            url = here.url
        assert post(Sender(loopback_http=True), url).outcome is Outcome.UNREACHABLE


class Dripping(MappedNetwork):
    """A server that drips: every byte of its answer takes a second on the clock beside it."""

    seconds = 0.0

    def ticks(self) -> float:
        return self.seconds

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        stream = super().connect_tcp(host, port, timeout, local_address, socket_options)
        return DrippingStream(stream, self)


class DrippingStream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream, network: Dripping) -> None:
        self._stream = stream
        self._network = network

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        del max_bytes
        self._network.seconds += 1
        return self._stream.read(1, timeout=None)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, timeout)

    def close(self) -> None:
        self._stream.close()

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


class TestLimits:
    def test_a_server_that_drips_is_left_when_the_time_is_over(self) -> None:
        network = Dripping({})
        with listening() as here:
            here.reply = lambda _: Reply(status=200, chunks=(b"x" * 1_000,))
            sender = Sender(loopback_http=True, network=network, ticks=network.ticks)
            posted = post(sender, here.url)
        assert posted.outcome is Outcome.TIMED_OUT
        assert posted.duration_ms == WHOLE_SECONDS * 1_000

    def test_headers_that_never_end_are_not_waited_for(self) -> None:
        never = socket.socket()
        never.bind(("127.0.0.1", 0))
        # Connections are taken by the system, and nobody answers.
        never.listen()
        with never:
            url = f"http://127.0.0.1:{never.getsockname()[1]}/"
            posted = post(Sender(loopback_http=True, ticks=Impatient().ticks), url)
        assert posted.outcome is Outcome.TIMED_OUT

    def test_only_the_beginning_of_an_answer_is_read(self) -> None:
        sent = []

        def endless(_: Heard) -> Reply:
            def chunks() -> Iterator[bytes]:
                while True:
                    sent.append(1)
                    yield b"x" * 65_536

            return Reply(status=200, chunks=chunks())

        with listening() as here:
            here.reply = endless
            posted = post(Sender(loopback_http=True), here.url)
        assert posted.outcome is Outcome.DELIVERED
        assert posted.excerpt == "x" * EXCERPT_LENGTH_MAX
        assert len(sent) * 65_536 < BODY_BYTES_READ_MAX * 10_000

    def test_an_answer_cannot_write_control_characters_into_the_log(self) -> None:
        with listening() as here:
            here.reply = lambda _: Reply(status=500, chunks=(b"\x1b[2J\r\nFAKE line\x00\xff",))
            posted = post(Sender(loopback_http=True), here.url)
        assert posted.excerpt.isprintable()
        assert "FAKE line" in posted.excerpt


class Impatient:
    """A clock on which the whole time is as good as over once the request is sent."""

    def __init__(self) -> None:
        self._looks = 0

    def ticks(self) -> float:
        self._looks += 1
        return 0.0 if self._looks == 1 else WHOLE_SECONDS - 0.05


def test_a_target_keeps_name_and_address() -> None:
    target = checked_target(URL, resolve=resolve, loopback_http=False)
    assert isinstance(target, Target)
    assert (target.address, target.named.host, target.named.path) == (PUBLIC_4, HOST, "/in?a=1")
