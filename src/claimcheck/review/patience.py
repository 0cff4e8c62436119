"""How long a connection may take to say what it wants.

uvicorn waits without end for the rest of half-sent headers, since its own timer stops with the first byte,
and ASGI middleware only sees whole ones: so the protocol itself is given a deadline. And it takes whoever
comes, until the process may open no more files: then it can answer nobody, and asyncio writes a traceback for
each connection that it could not take, thousands a second. So it bounds how many are open.
"""

from __future__ import annotations

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

PATIENCE = 10.0  # seconds from a connection's start, or a request's first byte, to the end of its headers
MOST = 120  # open connections; each is a file, of which a process may open 1,024, on some systems 256
BACKLOG = 32  # connections that are taken at once, before it is counted how many are open


class PatientProtocol(H11Protocol):
    """HTTP/1.1 that closes a connection whose headers are not whole in time; what it sends meanwhile gains
    it nothing. A browser that opened one in advance opens another."""

    _deadline: asyncio.TimerHandle | None = None
    _since = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Where there are too many, the one goes that has waited longest, else the oldest."""
        self._since = self.loop.time()
        super().connection_made(transport)
        self._watch()
        others = [one for one in self.connections if isinstance(one, PatientProtocol) and one is not self]
        others = [one for one in others if not one.transport.is_closing()]
        if len(others) >= MOST:
            min(others, key=lambda one: (one._deadline is None, one._since)).transport.abort()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        self._rest()
        super().connection_lost(exc)

    def _should_upgrade(self) -> bool:
        """Never: the desk speaks HTTP/1.1, and who asks for a WebSocket gets the page."""
        return False

    @property
    def _waits(self) -> bool:
        """Whether something is owed: a request's headers, or a body that is of no use any more."""
        if self.conn.their_state is h11.SEND_BODY:
            return bool(self.cycle.response_complete)
        return self.conn.their_state is h11.IDLE

    def _watch(self) -> None:
        """Have the deadline run while something is owed, and only then."""
        if not self._waits:
            self._rest()
        elif self._deadline is None:
            self._deadline = self.loop.call_later(PATIENCE, self._give_up)

    def _rest(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _give_up(self) -> None:
        self._deadline = None
        if self._waits:
            self.transport.close()
