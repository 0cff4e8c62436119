"""Who may talk to the desk, and what its pages may do in a browser.

Only the host names that it serves are answered (a page elsewhere cannot reach it by a name of its own), a
form counts only when its page came from here, and where the desk is open to other machines a token opens it:
one for all, or one for each person of a file.
"""

from __future__ import annotations

import hmac
import logging
from collections.abc import Sequence
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from claimcheck.review.people import ANYBODY, People, Person
from claimcheck.store import StoreError

LOG = logging.getLogger(__name__)
TOKEN_COOKIE = "claimcheck_token"
LONGEST = 16_000  # bytes of an address; that of every filter at its longest has 15,000
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",  # with no-referrer a browser would send the origin "null"
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


class Guard:
    """ASGI middleware: answers only the given hosts, own forms, and holders of the token or of a token of one
    of the people, who is then in the request's state as `person`."""

    def __init__(
        self, app: ASGIApp, hosts: Sequence[str], token: str | None = None, people: People | None = None
    ) -> None:
        self.app = app
        self.hosts = frozenset(host.lower() for host in hosts)
        self.token = token
        self.people = people

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = self._refusal(scope)
        await (refusal or self.app)(scope, receive, sent)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        host = _only(headers, "host")
        if host not in self.hosts:
            return PlainTextResponse("This desk does not answer to that host name.", 421)
        if len(scope["raw_path"]) + len(scope["query_string"]) > LONGEST:
            return PlainTextResponse("The address is too long.", 414)
        if scope["method"] not in ("GET", "HEAD", "POST"):
            return PlainTextResponse("The desk only shows pages and takes forms.", 405)
        if scope["method"] == "POST" and _only(headers, "origin") != f"http://{host}":
            return PlainTextResponse("The form did not come from a page of this desk.", 403)
        return None if self.token is None and self.people is None else self._without_token(scope, headers)

    def _without_token(self, scope: Scope, headers: Headers) -> Response | None:
        """None for holders of a token; it is taken from the address once and kept in a cookie."""
        cookies = cookie_parser(headers.get("cookie", ""))  # forgives other programs' odd ones
        query = parse_qsl(scope["query_string"].decode("latin-1"))
        given = next((v for k, v in query if k == "token"), "") if scope["method"] == "GET" else ""
        try:
            if given and self._opens(given) is not None:
                rest = urlencode([(k, v) for k, v in query if k != "token"])
                answer = RedirectResponse("/" + (f"?{rest}" if rest else ""), 303)
                answer.set_cookie(TOKEN_COOKIE, given, httponly=True, samesite="strict", path="/")
                return answer
            person = self._opens(cookies.get(TOKEN_COOKIE, ""))
        except (StoreError, OSError) as error:
            LOG.error("nobody is let in: %s", error)  # who asks need not know what stands in the file
            return PlainTextResponse("The file of people cannot be read, and nobody is let in.", 503)
        if person is None:
            whose = "your token" if self.people else "the token that the desk printed when it started"
            return PlainTextResponse(f"Open the address with {whose}.", 401)
        scope.setdefault("state", {})["person"] = person
        return None

    def _opens(self, given: str) -> Person | None:
        """Who a token lets in."""
        if self.people is not None:
            return self.people.of(given)
        return ANYBODY if self.token is not None and _same(given, self.token) else None


def _only(headers: Headers, name: str) -> str:
    """The value of a header that was sent once, in lower case; empty where it was not."""
    found = headers.getlist(name)
    return found[0].lower() if len(found) == 1 else ""


def _same(given: str, token: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), token.encode())
