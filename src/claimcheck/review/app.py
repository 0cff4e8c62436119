"""The desk's addresses: what each shows and what each takes. Pages by GET change nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from claimcheck.decisions import DecisionError
from claimcheck.report.render import environment, style_sheet
from claimcheck.review import forms, pages
from claimcheck.review.desk import Desk
from claimcheck.review.queue import Filters
from claimcheck.review.security import Guard
from claimcheck.store import StoreError

REVIEWER_COOKIE = "claimcheck_reviewer"
YEAR = 365 * 24 * 3600
Page = Callable[[Desk, Request], tuple[str, Mapping[str, Any]]]


def make_app(desk: Desk, hosts: Sequence[str], token: str | None = None) -> Starlette:
    """The application over a desk. `hosts` are the values of the Host header that it answers to."""
    routes = [
        Route("/", _shown(desk, pages.queue)),
        Route("/claim/{claim_id}", _shown(desk, pages.claim)),
        Route("/claim/{claim_id}/decide", _taken(desk), methods=["POST"]),
        Route("/document", _shown(desk, pages.document)),
        Route("/gaps", _shown(desk, pages.gaps)),
        Route("/history", _shown(desk, pages.history)),
        Route("/static/{name}", _static),
    ]
    return Starlette(
        routes=routes,
        middleware=[Middleware(Guard, hosts=hosts, token=token)],
        exception_handlers={HTTPException: _refused, StoreError: _unavailable, OSError: _unwritten},  # type: ignore[dict-item]
    )


def _shown(desk: Desk, page: Page) -> Callable[[Request], Response]:
    """A page by GET; its work is done on a thread."""

    def show(request: Request) -> Response:
        with desk.open() as opened:
            template, shown = page(opened, request)
            return _page(request, template, shown, pages.frame(opened))

    return show


def _taken(desk: Desk) -> Callable[[Request], Awaitable[Response]]:
    """A decision: recorded, then on to the next claim; with a message where it is none."""

    async def take(request: Request) -> Response:
        try:
            form = await forms.fields_of(request)
        except forms.TooLarge:
            raise HTTPException(413, "The form is too large.") from None
        return await run_in_threadpool(_recorded, desk, request, form)

    return take


def _recorded(desk: Desk, request: Request, form: Mapping[str, str]) -> Response:
    filters = Filters.of(request.query_params)
    with desk.open() as opened:
        found = pages.found_claim(opened, request)
        seen = forms.Seen(
            found.claim, found.checked.document.id, found.verdict, opened.review(found.claim.claim_id)
        )
        try:
            decision = pages.decided(opened, found, seen, form)
        except DecisionError as error:
            template, shown = pages.claim(opened, request, form=form, message=str(error))
            return _page(request, template, shown, pages.frame(opened), status=422)
        opened.journal.append(decision)
    with desk.open() as opened:
        onward = None
        if decision.kind not in ("correct", "undo"):
            _, onward = opened.neighbours(found.claim.claim_id, filters)
        target = found.claim.claim_id if decision.kind in ("correct", "undo") else onward
        join = "&" if filters.address() else "?"
        notice = f"{join}was={found.claim.claim_id}&done={decision.id}"
        place = f"/claim/{target}" if target else "/"
    answer = RedirectResponse(f"{place}{filters.address()}{notice}", 303)
    answer.set_cookie(
        REVIEWER_COOKIE, quote(decision.reviewer), max_age=YEAR, httponly=True, samesite="strict", path="/"
    )
    return answer


def _page(
    request: Request, template: str, shown: Mapping[str, Any], frame: Mapping[str, Any], status: int = 200
) -> HTMLResponse:
    html = _environment().get_template(template).render({**frame, "path": request.url.path, **shown})
    return HTMLResponse(html.encode("utf-8", "replace"), status)


@cache
def _environment() -> Any:
    env = environment("html", "claimcheck.review")
    env.filters.update(pages.FILTERS)
    return env


def _refused(request: Request, error: HTTPException) -> Response:
    words = error.detail if error.status_code != 404 else "There is no such page."
    return _problem(error.status_code, words)


def _unavailable(request: Request, error: StoreError) -> Response:
    return _problem(503, str(error))


def _unwritten(request: Request, error: OSError) -> Response:
    return _problem(
        503, f"The file of decisions cannot be used, and nothing was recorded: {error.strerror or error}"
    )


def _problem(status: int, words: str) -> Response:
    html = (
        _environment()
        .get_template("problem.html.j2")
        .render(words=words, path="", snapshot="", problems=(), lost=0, progress=None)
    )
    return HTMLResponse(html.encode("utf-8", "replace"), status)


def _static(request: Request) -> Response:
    found = _files().get(request.path_params["name"])
    if found is None:
        raise HTTPException(404)
    kind, text = found
    return Response(text, media_type=kind, headers={"cache-control": "no-cache"})


@cache
def _files() -> Mapping[str, tuple[str, str]]:
    """The three files that pages load, by name: nothing else of this machine can be asked for."""
    own = resources.files("claimcheck.review").joinpath("static")
    return {
        "report.css": ("text/css", style_sheet()),
        "review.css": ("text/css", own.joinpath("review.css").read_text(encoding="utf-8")),
        "keys.js": ("text/javascript", own.joinpath("keys.js").read_text(encoding="utf-8")),
    }
