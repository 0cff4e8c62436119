"""What each page of the desk shows, worked out before its template runs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote, unquote

from starlette.exceptions import HTTPException
from starlette.requests import Request

from claimcheck.decisions import Decision, DecisionError, decide
from claimcheck.model import CheckedDocument, Claim, Verdict
from claimcheck.report.reviewed import (
    DISMISS_WORDS,
    STATE_WORDS,
    correction_words,
    decision_words,
    minute_of,
    review_words,
)
from claimcheck.report.view import STANDINGS, Entry, Standing, claim_entry, document_view, title_of
from claimcheck.report.words import VERDICT_WORDS, day_range, reason_words
from claimcheck.review import forms, history_page
from claimcheck.review.desk import Desk, Found, Record
from claimcheck.review.marked import marked_sentence
from claimcheck.review.queue import PAGE, STATE_FILTERS, VERDICT_FILTERS, Filters
from claimcheck.review.rejudge import QUALIFIERS
from claimcheck.store import StoreError

Shown = tuple[str, Mapping[str, Any]]
GAPS = """
SELECT gaps.* REPLACE (coalesce(named.name, gaps.place) AS place)
FROM (SELECT * FROM gaps LIMIT 200) AS gaps
LEFT JOIN (
    SELECT resource || ':' || row_id AS key, any_value(name) AS name
    FROM reference_row WHERE kind = 'gazetteer' GROUP BY ALL
) AS named ON named.key = gaps.place
ORDER BY gaps.claims DESC, gaps.documents DESC, gaps.reason, gaps.measure, place, gaps.year
"""
_ID = re.compile(r"[0-9a-f]{4,64}")
_OF_VERDICT = {
    "refuted": "refuted",
    "conflicting_evidence": "conflicting",
    "not_enough_evidence": "undecided",
    "supported": "supported",
}


def frame(desk: Desk) -> Mapping[str, Any]:
    """What every page shows around its own."""
    return {
        "snapshot": desk.snapshot,
        "problems": desk.problems,
        "lost": len(desk.lost),
        "progress": desk.progress(Filters()),
    }


def queue(desk: Desk, request: Request) -> Shown:
    """The queue under the filters of the address."""
    filters = Filters.of(request.query_params)
    matching = desk.matching(filters)
    last = max(1, -(-matching // PAGE))
    filters = replace(filters, page=min(filters.page, last))
    return "queue.html.j2", {
        "filters": filters,
        "rows": desk.page(filters),
        "matching": matching,
        "last": last,
        "first_number": (filters.page - 1) * PAGE,
        "done_here": desk.progress(filters),
        "states": STATE_FILTERS,
        "verdicts": VERDICT_FILTERS,
        "measures": desk.names("measure"),
        "places": desk.names("place"),
        "documents": desk.names("title"),
        "notice": _notice(desk, request),
    }


def found_claim(desk: Desk, request: Request) -> Found:
    """The claim that the address names, as it stands. Raises HTTPException 404."""
    claim_id = request.path_params["claim_id"]
    if not _ID.fullmatch(claim_id):
        raise HTTPException(404)
    try:
        return desk.claim(claim_id)
    except StoreError:
        raise HTTPException(404) from None


def claim(desk: Desk, request: Request, *, form: Mapping[str, str] | None = None, message: str = "") -> Shown:
    """A claim's page. `form` and `message`: what was filled in, and why it was no decision."""
    found = found_claim(desk, request)
    filters = Filters.of(request.query_params)
    own, checked = found.claim, found.checked
    review = desk.review(own.claim_id)
    undone = {d.undoes for d in review.decisions if d.kind == "undo"}
    before, after = desk.neighbours(own.claim_id, filters)
    return "claim.html.j2", {
        "filters": filters,
        "claim": own,
        "current": found.current,
        "document": checked.document,
        "title": title_of(checked.document),
        "entry": claim_entry(1, own, checked, "c"),
        "pieces": marked_sentence(checked.reading, own),
        "review": review,
        "review_words": review_words(review),
        "corrected": _corrected(desk, found),
        "undone": undone,
        "verdict": found.verdict,
        "verdict_history": history_page.of_claim(desk, own.claim_id),
        "similar": desk.similar(own.claim_id),
        "before": before,
        "after": after,
        "measures": desk.rejudger().measures,
        "places": desk.names("place"),
        "qualifiers": QUALIFIERS,
        "dismiss": DISMISS_WORDS,
        "verdict_words": VERDICT_WORDS,
        "reviewer": _reviewer(request, form),
        "form": form or {},
        "message": message,
        "notice": _notice(desk, request),
    }


def _corrected(desk: Desk, found: Found) -> Entry | None:
    """The claim as a reviewer corrected it, judged by this snapshot's tables."""
    made = desk.review(found.claim.claim_id).correction
    if made is None:
        return None
    try:
        own, verdict = desk.rejudger().judge(found.checked, found.claim, made)
    except DecisionError:
        return None  # rules that changed since no longer read it; the decision is listed all the same
    return claim_entry(2, own, _with(found.checked, own, verdict), "k")


def _with(checked: CheckedDocument, claim: Claim, verdict: Verdict) -> CheckedDocument:
    return replace(checked, verdicts={**checked.verdicts, claim.claim_id: verdict})


def decided(desk: Desk, found: Found, seen: forms.Seen, form: Mapping[str, str]) -> Decision:
    """The decision of a form. Raises DecisionError."""
    if form.get("kind") != "correct":
        return forms.decision_of(form, seen)
    reviewer = forms.reviewer_of(form)
    made = forms.correction_of(form, found.claim)
    _, verdict = desk.rejudger().judge(found.checked, found.claim, made)
    made_on = None if found.verdict is None else found.verdict.verdict
    return decide(
        found.claim,
        seen.document,
        "correct",
        reviewer,
        note=form.get("note", ""),
        made_on=made_on,
        verdict=verdict.verdict,
        correction=made,
    )


def _reviewer(request: Request, form: Mapping[str, str] | None) -> str:
    if form is not None:
        return form.get("reviewer", "")
    return unquote(request.cookies.get("claimcheck_reviewer", ""))[:80]


def _notice(desk: Desk, request: Request) -> Mapping[str, Any] | None:
    """The decision that was recorded just now, to be said and to be taken back."""
    claim_id, done = request.query_params.get("was", ""), request.query_params.get("done", "")
    decision = next((d for d in desk.review(claim_id).decisions if d.id == done), None)
    if decision is None:
        return None
    return {"claim_id": claim_id, "decision": decision, "words": decision_words(decision)}


def document(desk: Desk, request: Request) -> Shown:
    """A document with its claims marked, its ledger and what it says about itself."""
    try:
        checked = desk.document(request.query_params.get("id", ""))
    except StoreError:
        raise HTTPException(404) from None
    view = document_view(checked, "d1")
    entries = tuple(_linked(desk, entry) for entry in view.entries)
    done = sum(desk.review(c.claim_id).done for c in checked.reading.claims)
    return "text.html.j2", {
        "view": replace(view, entries=entries),
        "problems_found": [entry for entry in entries if entry.finding is not None],
        "claims": [entry for entry in entries if entry.claim is not None],
        "done": done,
    }


def _linked(desk: Desk, entry: Entry) -> Entry:
    if entry.claim is None:
        return entry
    claim_id = entry.claim.claim_id
    return replace(entry, href=f"/claim/{claim_id}", review=review_words(desk.review(claim_id)))


def gaps(desk: Desk, request: Request) -> Shown:
    """Which rows the curators should add: claims that met none, by the link that failed."""
    return "gaps.html.j2", {"rows": desk.kept("gaps", GAPS)}


def history(desk: Desk, request: Request) -> Shown:
    """Run by run: what changed, and why."""
    return "history.html.j2", {"runs": history_page.runs(desk), "lost_decisions": desk.lost}


def standing_of_row(row: Record) -> Standing:
    """How a claim of the queue stands by the tables."""
    if not row["judged"]:
        return STANDINGS["unasserted" if row["verdict"] is not None else "unjudged"]
    return STANDINGS[_OF_VERDICT[row["verdict"]]]


FILTERS: Mapping[str, Callable[..., Any]] = {
    "standing": standing_of_row,
    "verdict": lambda name: STANDINGS[_OF_VERDICT[name]],
    "state": STATE_WORDS.__getitem__,
    "reason": reason_words,
    "did": decision_words,
    "correction": correction_words,
    "minute": minute_of,
    "row_days": lambda row: day_range(row["date_start"], row["date_end"]),
    "address": lambda text: quote(text, safe=""),
}
