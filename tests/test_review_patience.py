"""The desk over real sockets: who sends half a request does not hold a connection for ever."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from claimcheck.review import patience
from tests.review_case import build, running

SHORT = 0.6  # seconds of patience here
LONG = 20.0  # seconds after which a test gives up


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One that nothing here writes into."""
    return build(tmp_path_factory.mktemp("desk"))


@pytest.fixture
def address(database: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, int]]:
    """Host and port of a running desk that is impatient."""
    monkeypatch.setattr(patience, "PATIENCE", SHORT)
    with running(database) as url:
        host, port = url.removeprefix("http://").rstrip("/").split(":")
        yield host, int(port)


def until_closed(connection: socket.socket, drip: bytes = b"") -> bytes:
    """What the desk says until it closes the connection, while one byte after another is sent to it."""
    connection.settimeout(0.05)
    heard, end = b"", time.monotonic() + LONG
    while time.monotonic() < end:
        try:
            if drip:
                connection.send(drip)
            said = connection.recv(65536)
        except TimeoutError:
            continue
        except OSError:
            return heard
        if not said:
            return heard
        heard += said
    raise AssertionError("the connection is still open")


def whole(address: tuple[str, int], extra: str = "") -> bytes:
    """A request for the queue that is complete."""
    return f"GET / HTTP/1.1\r\nHost: {address[0]}:{address[1]}\r\n{extra}\r\n".encode()


@pytest.mark.parametrize(
    ("sent", "drip"),
    [
        (b"", b""),
        (b"GET / HTTP/1.1\r\nHost: 127", b""),
        (b"GET / HTTP/1.1\r\nX-Slow: ", b"a"),
        (b"POST /filters HTTP/1.1\r\n", b""),
    ],
    ids=["nothing", "half the headers", "a byte at a time", "a form's first line"],
)
def test_headers_have_a_deadline(address: tuple[str, int], sent: bytes, drip: bytes) -> None:
    with socket.create_connection(address) as connection:
        start = time.monotonic()
        connection.sendall(sent)
        assert until_closed(connection, drip) == b""
        assert time.monotonic() - start >= SHORT * 0.9


def test_so_has_the_second_request_of_a_connection(address: tuple[str, int]) -> None:
    with socket.create_connection(address) as connection:
        connection.sendall(whole(address))
        first = connection.recv(65536)
        connection.sendall(b"GET / HTTP/1.1\r\nX-Slow: ")
        rest = until_closed(connection, b"G")
    assert first.startswith(b"HTTP/1.1 200")
    assert (first + rest).count(b"HTTP/1.1") == 1


def test_a_body_that_nobody_waits_for_has_one_too(address: tuple[str, int]) -> None:
    with socket.create_connection(address) as connection:
        connection.sendall(whole(address, "Content-Length: 1000000\r\n"))
        assert until_closed(connection, b"x").startswith(b"HTTP/1.1 200")


def test_others_are_answered_meanwhile_and_a_slow_reader_is_let_be(address: tuple[str, int]) -> None:
    half = [socket.create_connection(address) for _ in range(50)]
    for connection in half:
        connection.sendall(b"GET / HTTP/1.1\r\n")
    with socket.create_connection(address) as slow:
        slow.sendall(whole(address, "Connection: close\r\n"))
        time.sleep(SHORT * 1.5)  # longer than headers may take
        read = until_closed(slow)
    assert read.startswith(b"HTTP/1.1 200")
    assert b"</html>" in read
    for connection in half:
        until_closed(connection)
        connection.close()


# --- what leaves no traceback ----------------------------------------------------------------------------


@pytest.fixture
def said(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> Callable[[], str]:
    """What the desk logged and printed so far."""
    return lambda: caplog.text + "".join(capfd.readouterr())


def test_who_asks_for_another_protocol_gets_the_page(
    address: tuple[str, int], said: Callable[[], str]
) -> None:
    upgrade = (
        "Connection: Upgrade\r\nUpgrade: WebSocket, other\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    )
    with socket.create_connection(address) as connection:
        connection.sendall(whole(address, upgrade))
        assert until_closed(connection).startswith(b"HTTP/1.1 200")
    assert said() == ""


def test_who_leaves_in_the_middle_of_a_form_leaves_no_traceback(
    address: tuple[str, int], said: Callable[[], str]
) -> None:
    host = f"{address[0]}:{address[1]}"
    for path in ("/filters", "/claim/abc/decide"):
        for sent in (b"", b"kind=confirm&rev"):
            head = f"POST {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n"
            head += "Content-Length: 900\r\n\r\n"
            with socket.create_connection(address) as connection:
                connection.sendall(head.encode() + sent)
                time.sleep(0.05)
    with socket.create_connection(address) as connection:
        connection.sendall(whole(address))
        assert until_closed(connection).startswith(b"HTTP/1.1 200")
    assert said() == ""


def test_who_opens_connections_without_end_keeps_nobody_out(
    address: tuple[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "PATIENCE", LONG)
    monkeypatch.setattr(patience, "MOST", 8)
    with ExitStack() as stack:
        opened = [stack.enter_context(socket.create_connection(address)) for _ in range(40)]
        for idle in opened[:32]:
            assert until_closed(idle) == b""
        assert_somebody_is_answered(address)


def assert_somebody_is_answered(address: tuple[str, int]) -> None:
    with socket.create_connection(address) as somebody:
        somebody.sendall(whole(address, "Connection: close\r\n"))
        assert until_closed(somebody).startswith(b"HTTP/1.1 200 ")


def test_who_reads_no_answer_gives_way_to_who_comes(
    address: tuple[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "MOST", 4)
    with ExitStack() as stack:
        for _ in range(4):
            deaf = stack.enter_context(socket.socket())
            deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
            deaf.connect(address)
            deaf.sendall(whole(address) * 200)
        assert_somebody_is_answered(address)
