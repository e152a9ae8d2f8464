"""Addresses that nothing may ever be sent to, in every spelling known to have fooled somebody."""

from __future__ import annotations

from collections.abc import Iterator

PUBLIC_4, PUBLIC_6 = "93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"

FORBIDDEN_4 = (
    *("0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200"),
    *("100.127.255.254", "127.0.0.1", "127.0.0.53", "127.1.2.3", "127.255.255.254"),
    *("168.63.129.16", "169.254.0.1", "169.254.169.254", "169.254.170.2", "172.16.0.1"),
    *("172.20.10.1", "172.31.255.255", "192.0.0.1", "192.0.0.170", "192.0.0.192", "192.0.2.1"),
    *("192.31.196.1", "192.52.193.1", "192.88.99.1", "192.168.0.1", "192.168.255.254"),
    *("192.175.48.1", "198.18.0.1", "198.19.255.254", "198.51.100.7", "203.0.113.9"),
    *("224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255"),
)
FORBIDDEN_6 = (
    *("::", "::1", "::2", "64:ff9b:1::a00:1", "100::1", "100:0:0:1::1"),
    *("2001::1", "2001:0:53aa:64c:0:0:f5ff:fffe", "2001:2::1", "2001:3::1", "2001:4:112::1"),
    *("2001:10::1", "2001:20::1", "2001:30::1", "2001:db8::1", "2620:4f:8000::1", "3ffe::1"),
    *("3fff::1", "3fff:fff::1", "4000::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fd12:3456::1"),
    *("fdff:ffff::1", "fe80::1", "fe80::a9fe:a9fe", "febf::1", "fec0::1", "ff01::1", "ff02::1"),
    *("ff02::fb", "ff05::2", "ff0e::1"),
)


def wrapped(address: str) -> Iterator[str]:
    """Yield the IPv6 addresses that carry an IPv4 one."""
    parts = [int(part) for part in address.split(".")]
    high, low = parts[0] * 256 + parts[1], parts[2] * 256 + parts[3]
    tail = f"{high:x}:{low:x}"
    yield f"::ffff:{address}"
    yield f"::ffff:{tail}"
    yield f"::{address}"
    yield f"::ffff:0:{tail}"
    yield f"64:ff9b::{address}"
    yield f"64:ff9b:1::{tail}"
    yield f"2002:{tail}::1"
    yield f"2001:0:{tail}::1"


def spelled(address: str) -> Iterator[str]:
    """Yield the ways in which parsers read an IPv4 address beside the usual one."""
    a, b, c, d = (int(part) for part in address.split("."))
    number = ((a * 256 + b) * 256 + c) * 256 + d
    yield str(number)
    yield f"0x{number:x}"
    yield f"0X{number:08X}"
    yield f"0{number:o}"
    yield f"{a}.{(b * 256 + c) * 256 + d}"
    yield f"{a}.{b}.{c * 256 + d}"
    yield f"0x{a:x}.0x{b:x}.0x{c:x}.0x{d:x}"
    yield f"0{a:o}.0{b:o}.0{c:o}.0{d:o}"
    yield f"{a:03}.{b:03}.{c:03}.{d:03}"
    yield f"{a}.{b}.{c}.0x{d:x}"
    yield f"{address}."


def hosts() -> Iterator[str]:
    """Yield every forbidden host as an address writes it."""
    yield from FORBIDDEN_4
    for address in ("127.0.0.1", "169.254.169.254", "10.0.0.1", "192.168.0.1"):
        yield from spelled(address)
        yield from (f"[{six}]" for six in wrapped(address))
    yield from (f"[{address}]" for address in FORBIDDEN_6)
    yield from ("localhost", "LOCALHOST", "localhost.", "localhost.localdomain", "ip6-localhost")
    # Names as anybody can register them.
    yield from NAMES
    yield from (
        "[::1%lo]",
        "[fe80::1%25eth0]",
        "[v1.fe80]",
        "[127.0.0.1]",
        "①②⑦.⓪.⓪.①",
        "１２７.0.0.1",
    )
    yield from ("127。0。0。1", "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ", "-a.example", "a..example", "")


NAMES: dict[str, tuple[str, ...]] = {
    "loopback.example": ("127.0.0.1",),
    "six.example": ("::1",),
    "private.example": ("10.1.2.3",),
    "metadata.example": ("169.254.169.254",),
    "metadata.internal": ("fd00:ec2::254",),
    "mapped.example": ("::ffff:127.0.0.1",),
    "first-public.example": (PUBLIC_4, "127.0.0.1"),
    "last-private.example": (PUBLIC_4, PUBLIC_6, "192.168.1.1"),
    "public-and-six.example": (PUBLIC_4, "::1"),
    "scoped.example": ("fe80::1%2",),
    "nothing.example": (),
    "nonsense.example": ("not an address",),
}


def urls(port: int) -> list[str]:
    """Return the corpus for a port of this machine."""
    found = [f"https://{host}:{port}/hook" for host in hosts()]
    found += [f"http://{host}:{port}/hook" for host in ("127.0.0.1", "[::1]", "localhost")]
    found += [f"http://{PUBLIC_4}:{port}/", f"http://public.example:{port}/"]
    found += [
        f"https://public.example:{port}@127.0.0.1:{port}/",
        f"https://public.example@127.0.0.1:{port}/",
        f"https://127.0.0.1:{port}#@public.example/",
        f"https://127.0.0.1:{port}\\@public.example/",
        f"https://public.example\\@127.0.0.1:{port}/",
        f"https://127.0.0.1:{port}?@public.example/",
        f"https://127.0.0.1:{port}/%2e%2e",
        f"https:/\\127.0.0.1:{port}/",
        f"https:127.0.0.1:{port}/",
        f"//127.0.0.1:{port}/",
        f"127.0.0.1:{port}",
        f" https://127.0.0.1:{port}/",
        f"https://127.0.0.1 .example:{port}/",
        f"https://127.0.0.1\t:{port}/",
        f"https://127.0.0.1\n:{port}/",
        f"https://127.0.0.1%00.example:{port}/",
        f"https://127.0.0.1%2e:{port}/",
        f"https://%31%32%37.0.0.1:{port}/",
        f"https://[::1]]:{port}/",
        f"https://[::1:{port}/",
        f"ftp://127.0.0.1:{port}/",
        f"gopher://127.0.0.1:{port}/_POST",
        f"dict://127.0.0.1:{port}/",
        "file:///etc/passwd",
        "unix:///run/docker.sock",
        "javascript:alert(1)",
        "data:text/plain,hello",
        "https://public.example:22/",
        "https://public.example:25/",
        "https://public.example:80/",
        "https://public.example:0/",
        "https://public.example:99999/",
        "https://public.example:-1/",
        "https://public.example:44a/",
        "https://public.example/" + "a" * 2_000,
        f"https://{'a' * 64}.example/",
    ]
    return found
