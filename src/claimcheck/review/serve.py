"""The desk as a running server, on this machine unless told otherwise."""

from __future__ import annotations

import socket
from ipaddress import IPv6Address, ip_address
from pathlib import Path

import uvicorn

from claimcheck.decisions import Journal, journal_file
from claimcheck.review.app import compile_pages, make_app
from claimcheck.review.desk import Desk
from claimcheck.review.pages import warm
from claimcheck.review.patience import BACKLOG, PatientProtocol
from claimcheck.review.people import People
from claimcheck.review.preloading import Ahead

LOCAL = "127.0.0.1"


class EveryAddress(ValueError):
    """The address means each of this machine's, in one of its spellings (`0`, `::ffff:0.0.0.0`)."""


def bound(host: str, port: int) -> socket.socket:
    """A listening socket: its port is known, and who comes before the server waits. Raises OSError, and
    EveryAddress before it listens."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((host, port))
        if _is_every_address(found.getsockname()[0]):
            raise EveryAddress(host)
        found.listen()
    except (OSError, EveryAddress):
        found.close()
        raise
    return found


def _is_every_address(address: str) -> bool:
    """Whether the system understood a host as all of its addresses, however it was written."""
    read = ip_address(address.partition("%")[0])
    inner = read.ipv4_mapped if isinstance(read, IPv6Address) else None
    return read.is_unspecified or (inner is not None and inner.is_unspecified)


def host_names(host: str, port: int) -> list[str]:
    """The values of the Host header that a desk bound to `host` answers to."""
    names = [f"[{host}]" if ":" in host else host]
    if host in (LOCAL, "::1"):
        names.append("localhost")
    return [f"{name}:{port}" for name in names] + (names if port == 80 else [])


class Server(uvicorn.Server):
    """A server that has newer snapshots brought to its desk while it runs."""

    def __init__(self, config: uvicorn.Config, desk: Desk) -> None:
        super().__init__(config)
        self._ahead = Ahead(desk, warm)

    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        self._ahead.start()
        try:
            await super().serve(sockets)
        finally:
            self._ahead.stop()


def server(
    database: Path,
    opened: socket.socket,
    host: str = LOCAL,
    token: str | None = None,
    people: People | None = None,
) -> Server:
    """A server over the database's latest snapshot, to be run on the socket. Raises StoreError where there is
    nothing to show."""
    desk = Desk(database, Journal(journal_file(database)))
    with desk.open() as ready:  # an error that the user can mend comes now, not with the first page
        warm(ready)
    compile_pages()
    app = make_app(desk, host_names(host, opened.getsockname()[1]), token, people)
    config = uvicorn.Config(
        app,
        http=PatientProtocol,
        log_level="warning",
        access_log=False,
        server_header=False,
        lifespan="off",
        proxy_headers=False,
        backlog=BACKLOG,
        timeout_graceful_shutdown=2,
    )
    return Server(config, desk)
