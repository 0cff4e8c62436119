"""The desk's addresses: what each shows and what each takes. Pages by GET change nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from importlib import resources
from typing import Any
from urllib.parse import quote, urlencode

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from claimcheck import faults
from claimcheck.decisions import Decision, DecisionError
from claimcheck.lexicon import LexiconError
from claimcheck.report.claimreview import render_claimreview
from claimcheck.report.render import environment, page_style, style_sheet
from claimcheck.report.settled import render_print, render_settled_csv
from claimcheck.review import bulk_page, forms, learned_page, pages, row_form, rows_page
from claimcheck.review.desk import Desk, Found
from claimcheck.review.people import ANYBODY, People
from claimcheck.review.queue import Filters
from claimcheck.review.security import HEADERS, Guard
from claimcheck.store import StoreError
from claimcheck.store.overview import latest_run

YEAR = 365 * 24 * 3600
PATIENCE = 30  # seconds for a form to arrive
STAYING = ("correct", "accept", "assign", "comment", "undo")
"""Kinds of decisions after which the reviewer stays with the claim."""
Page = Callable[[Desk, Request], tuple[str, Mapping[str, Any]]]


def make_app(
    desk: Desk, hosts: Sequence[str], token: str | None = None, people: People | None = None
) -> Starlette:
    """The application over a desk. `hosts` are the values of the Host header that it answers to, `people` who
    may do what there."""
    routes = [
        Route("/", _shown(desk, pages.queue)),
        Route("/claim/{claim_id}", _shown(desk, pages.claim)),
        Route("/claim/{claim_id}/decide", _posted(desk, _decided), methods=["POST"]),
        Route("/claim/{claim_id}/rows", _part(desk, pages.rows)),
        Route("/decide", _posted(desk, _decided_several), methods=["POST"]),
        Route("/learned", _shown(desk, pages.learned)),
        Route("/learned", _posted(desk, _taught, "curator"), methods=["POST"]),
        Route("/likely", _shown(desk, pages.likely)),
        Route("/likely", _posted(desk, _confirmed_likely), methods=["POST"]),
        Route("/log", _shown(desk, pages.log)),
        Route("/document", _shown(desk, pages.document)),
        Route("/export", _export(desk)),
        Route("/filters", _posted(desk, _saved), methods=["POST"]),
        Route("/gaps", _shown(desk, pages.gaps)),
        Route("/history", _shown(desk, pages.history)),
        Route("/agreement", _shown(desk, pages.agreement)),
        Route("/row", _shown(desk, pages.row, "curator")),
        Route("/row", _posted(desk, _row, "curator"), methods=["POST"]),
        Route("/static/{name}", _static),
    ]
    return Starlette(
        routes=routes,
        middleware=[Middleware(Guard, hosts=hosts, token=token, people=people)],
        exception_handlers=HANDLERS,  # type: ignore[arg-type]
    )


def _shown(desk: Desk, page: Page, role: str = "reader") -> Callable[[Request], Response]:
    """A page by GET, for who has the role; its work is done on a thread."""

    def show(request: Request) -> Response:
        _must_be(request, role)
        with desk.open() as opened:
            template, shown = page(opened, request)
            frame = pages.frame(opened, request)
        return _page(request, template, shown, frame)  # another request may have the desk meanwhile

    return show


def _part(desk: Desk, page: Page) -> Callable[[Request], Response]:
    """A part of a page, which the page's script puts into it."""

    def show(request: Request) -> Response:
        with desk.open() as opened:
            template, shown = page(opened, request)
        may = pages.person_of(request).may
        html = _environment().get_template(template).render({"may": may, **shown})
        return HTMLResponse(html.encode("utf-8", "replace"))

    return show


def _export(desk: Desk) -> Callable[[Request], Response]:
    """What is settled of a document: a page for paper, CSV, or ClaimReview."""

    def export(request: Request) -> Response:
        with desk.open() as opened:
            try:
                checked = opened.document(request.query_params.get("document", ""))
            except StoreError:
                raise HTTPException(404) from None
            run, reviews = latest_run(opened.store), dict(opened.overlay.reviews)
        kind = request.query_params.get("as", "")
        if kind == "print":  # its own policy admits its style
            page = HTMLResponse(render_print(run, [checked], reviews).encode("utf-8", "replace"))
            page.headers["content-security-policy"] = PAPER.format(**page_style("print.css"))
            return page
        if kind not in EXPORTS:
            raise HTTPException(404)
        name, media, render = EXPORTS[kind]
        body = render([checked], reviews).encode("utf-8", "replace")
        return Response(
            body, media_type=media, headers={"content-disposition": f'attachment; filename="{name}"'}
        )

    return export


def _posted(
    desk: Desk, take: Callable[[Desk, Request, Mapping[str, str]], Response], role: str = "reviewer"
) -> Callable[[Request], Awaitable[Response]]:
    """A form of who has the role, read and then handled on a thread; with people it is in the name of who
    sent it."""

    async def posted(request: Request) -> Response:
        _must_be(request, role)
        try:
            async with asyncio.timeout(PATIENCE):
                form = await forms.fields_of(request)
        except forms.TooLarge:
            raise HTTPException(413, "The form is too large.") from None
        except TimeoutError:
            raise HTTPException(408, "The form did not arrive in time.") from None
        except ClientDisconnect:  # nobody is there to answer
            raise HTTPException(400, "The form did not arrive.") from None
        if name := pages.person_of(request).name:
            form["reviewer"] = name
        return await run_in_threadpool(take, desk, request, form)

    return posted


def _must_be(request: Request, role: str) -> None:
    """Raises HTTPException 403 where the person may not do what the role may."""
    if not (person := pages.person_of(request)).may(role):
        raise HTTPException(403, f"That takes the role {role}; {person.name} has the role {person.role}.")


def _decided(desk: Desk, request: Request, form: Mapping[str, str]) -> Response:
    """A decision: recorded, then on to the next claim; with a message where it is none. A preview of a
    correction records nothing."""
    filters = Filters.of(request.query_params)
    with desk.open(newest=True) as opened:
        found = pages.found_claim(opened, request)
        try:
            forms.refuse_outdated(form, rows_page.seen(opened, found))
            if form.get("kind") == "preview":
                made = forms.correction_of(form, found.claim)
                shown = pages.claim(opened, request, form=form, preview=opened.judged(found, made))
                return _page(request, *shown, pages.frame(opened, request))
            sent, last = pages.decided(opened, found, form), opened.overlay.review(found.claim.claim_id)
            same = [one for one in last.decisions[-1:] if replace(sent, id=one.id, time=one.time) == one]
            decision = (same or [sent])[0]
            repeated = pages.repeated(opened, found, form, decision)
        except DecisionError as error:
            shown = pages.claim(opened, request, form=form, message=str(error))
            status = 409 if isinstance(error, forms.Outdated) else 422
            return _page(request, *shown, pages.frame(opened, request), status=status)
        target: str | None = found.claim.claim_id
        if decision.kind not in STAYING:
            _, target = opened.neighbours(found, filters)  # as the page's own "Next" said
        for one in () if same else (decision, *repeated):  # a form that is sent twice counts once
            opened.journal.append(one)
    if form.get("back") == "log":
        return _known(RedirectResponse("/log", 303), decision.reviewer)
    join = "&" if filters.address() else "?"
    notice = f"{join}was={found.claim.claim_id}&done={decision.id}"
    place = f"/claim/{target}" if target else "/"
    return _known(RedirectResponse(f"{place}{filters.address()}{notice}", 303), decision.reviewer)


def _decided_several(desk: Desk, request: Request, form: Mapping[str, str]) -> Response:
    """The same decision on each claim that is selected; one whose verdict changed meanwhile is left alone."""

    def made(opened: Desk, found: Found, shown_verdict: str) -> Decision | None:
        seen = rows_page.seen(opened, found)
        same = (seen.verdict.verdict if seen.verdict else "") == shown_verdict
        return forms.decision_of(form, seen) if same else None

    address = Filters.of(request.query_params).address()
    return _each(desk, request, form, made, pages.queue, f"/{address}{'&' if address else '?'}")


def _confirmed_likely(desk: Desk, request: Request, form: Mapping[str, str]) -> Response:
    """Each claim that was shown as likely supported and ticked; what changed meanwhile is left alone."""

    place = f"/likely?least={bulk_page.least_of(form)}&"
    made = partial(bulk_page.decision, form=form)
    return _each(desk, request, {**form, "kind": "confirm"}, made, pages.likely, place)


def _each(
    desk: Desk, request: Request, form: Mapping[str, str],
    made_of: Callable[[Desk, Found, str], Decision | None],
    page: Callable[..., tuple[str, Mapping[str, Any]]], place: str,
) -> Response:  # fmt: skip
    """A decision on each claim of a form, unless there is none to make; then on to `place`."""
    with desk.open(newest=True) as opened:
        try:
            reviewer = forms.reviewer_of(form)
            tried = [made_of(opened, opened.claim(one), was) for one, was in forms.selected(form).items()]
        except (DecisionError, StoreError) as error:
            shown = page(opened, request, problem=str(error))
            return _page(request, *shown, pages.frame(opened, request), status=422)
        made = [decision for decision in tried if decision is not None]
        for decision in made:
            opened.journal.append(decision)
    left = f"&left={len(tried) - len(made)}" if len(made) < len(tried) else ""
    return _known(RedirectResponse(f"{place}many={len(made)}&what={form['kind']}{left}", 303), reviewer)


def _taught(desk: Desk, request: Request, form: Mapping[str, str]) -> Response:
    """What decisions would teach, or that it holds, or no longer does. Others' pages do not wait for it."""
    lesson, problem, kind = None, "", form.get("kind")
    try:
        if kind == "preview":
            lesson = learned_page.lesson_of(desk)
        elif kind == "learn":
            lesson = learned_page.learn(desk, form)
            if lesson.blocks:
                problem = "A claim would be decided against an earlier decision: nothing was written."
            elif wanted := len(learned_page.left(lesson, form)):
                problem = f"{wanted} decided verdict{'s' * (wanted != 1)} would change that nobody ticked."
        elif kind == "names":
            names = learned_page.adopt(desk, form, forms.reviewer_of(form))
            return RedirectResponse(f"/learned?{urlencode({'names': names})}", 303)
        elif kind == "take_back":
            learned_page.take_back(desk)
    except (DecisionError, LexiconError) as error:
        problem = str(error)
    if not problem and kind != "preview":
        return RedirectResponse("/learned", 303)
    with desk.open() as opened:
        page = pages.learned(opened, request, lesson=lesson, problem=problem, ticked=form)
        return _page(request, *page, pages.frame(opened, request), status=422 if problem else 200)


def _row(desk: Desk, request: Request, form: Mapping[str, str]) -> Response:
    """A row tried, written or taken back. Others' pages do not wait for it."""
    done = row_form.handled(desk, form, " ".join(form.get("reviewer", "").split()))
    if done.edit is not None:
        said = urlencode({"done": done.edit.id, "said": done.notice, "claim": done.edit.claim})
        return _known(RedirectResponse(f"/row?{said}", 303), done.edit.by)
    with desk.open() as opened:
        page = pages.row(opened, request, form=form, outcome=done)
        return _page(request, *page, pages.frame(opened, request), status=422 if done.problem else 200)


def _saved(desk: Desk, request: Request, form: Mapping[str, str]) -> Response:
    """A filter kept under a name, or taken away."""
    filters = Filters.of(request.query_params)
    with desk.open() as opened:
        try:
            reviewer = forms.reviewer_of(form)
            if form.get("kind") == "drop":
                opened.saved.drop(reviewer, form.get("name", ""))
            else:
                opened.saved.save(reviewer, form.get("name", ""), filters)
        except DecisionError as error:
            shown = pages.queue(opened, request, message=str(error))
            return _page(request, *shown, pages.frame(opened, request), status=422)
    answer = RedirectResponse(f"/{filters.address()}", 303)
    return answer if form.get("kind") == "drop" else _known(answer, reviewer)


def _known(answer: Response, reviewer: str) -> Response:
    """The answer, which has the browser remember who sits at it."""
    answer.set_cookie(
        pages.REVIEWER_COOKIE, quote(reviewer), max_age=YEAR, httponly=True, samesite="strict", path="/"
    )
    return answer


EXPORTS: Mapping[str, tuple[str, str, Callable[..., str]]] = {
    "csv": ("settled.csv", "text/csv", render_settled_csv),
    "claimreview": ("claimreview.jsonld", "application/ld+json", render_claimreview),
}
PAPER = "default-src 'none'; style-src 'sha256-{css_hash}'; base-uri 'none'; form-action 'none'"


def _page(
    request: Request, template: str, shown: Mapping[str, Any], frame: Mapping[str, Any], status: int = 200
) -> HTMLResponse:
    html = _environment().get_template(template).render({**frame, "path": request.url.path, **shown})
    answer = HTMLResponse(html.encode("utf-8", "replace"), status)
    if frame["snapshot"] != pages.last_seen(request):
        name = pages.snapshot_cookie(request)
        answer.set_cookie(name, quote(frame["snapshot"]), httponly=True, samesite="strict", path="/")
    return answer


def compile_pages() -> None:
    """Compile the templates now, so that nobody's first page waits for it."""
    for name in resources.files("claimcheck.review").joinpath("templates").iterdir():
        _environment().get_template(name.name)


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
        503, f"The file of decisions cannot be used, and nothing was recorded: {faults.sentence(error)}"
    )


def _stumbled(request: Request, error: Exception) -> Response:
    """A fault of the desk itself; the server prints it. This answer is made outside of the guard."""
    answer = _problem(500, "The desk made a mistake on this page. What was recorded before is safe.")
    answer.headers.update(HEADERS)
    return answer


HANDLERS = {HTTPException: _refused, StoreError: _unavailable, OSError: _unwritten, Exception: _stumbled}


def _problem(status: int, words: str) -> Response:
    html = (
        _environment()
        .get_template("problem.html.j2")
        .render(
            words=words, path="", snapshot="", latest=None, problems=(), lost=0, progress=None, newer=None,
            person=ANYBODY, may=ANYBODY.may,
        )
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
