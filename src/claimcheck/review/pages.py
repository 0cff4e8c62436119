"""What each page of the desk shows, worked out before its template runs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import Any
from urllib.parse import quote, unquote

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request

from claimcheck.apart import apart
from claimcheck.decisions import Decision, DecisionError
from claimcheck.learning.teaching import Lesson
from claimcheck.model import CheckedDocument, Claim, Verdict
from claimcheck.report.history import moment_words
from claimcheck.report.reviewed import (
    DISMISS_WORDS,
    STATE_WORDS,
    correction_words,
    decision_words,
    minute_of,
    review_words,
)
from claimcheck.report.view import (
    STANDINGS,
    Entry,
    Standing,
    claim_entry,
    document_view,
    of_verdict,
    title_of,
)
from claimcheck.report.words.claims import whereabouts
from claimcheck.report.words.rows import without_rows_of
from claimcheck.report.words.values import (
    KIND_WORDS,
    VERDICT_WORDS,
    day_range,
    days_opened,
    opened,
    plain_figure,
    reason_words,
)
from claimcheck.report.words.verdicts import STAGE_WORDS
from claimcheck.review import (
    agreement_page,
    bulk_page,
    forms,
    gaps_page,
    history_page,
    learned_page,
    log_page,
    row_form,
    rows_page,
)
from claimcheck.review.desk import Desk, Found, Record
from claimcheck.review.marked import marked_sentence, own_pieces
from claimcheck.review.people import ANYBODY, Person
from claimcheck.review.queue import COMMON, FACETS, MEASURES, PAGE, STATE_FILTERS, VERDICT_FILTERS, Filters
from claimcheck.review.rejudge import QUALIFIERS
from claimcheck.review.rows_page import seen
from claimcheck.review.sentence import siblings
from claimcheck.safe import visible
from claimcheck.store import StoreError

Shown = tuple[str, Mapping[str, Any]]
REVIEWER_COOKIE = "claimcheck_reviewer"
LATEST = "SELECT run_id, started FROM run WHERE status = 'finished' ORDER BY run_number DESC LIMIT 1"
NAMED = """
SELECT resource || ':' || row_id AS key, any_value(name) AS name FROM reference_row
WHERE kind = 'gazetteer' AND resource || ':' || row_id IN (SELECT unnest(?::VARCHAR[])) AND name IS NOT NULL
GROUP BY ALL
"""
TABLES = "SELECT DISTINCT resource FROM reference_row ORDER BY resource"
NO_OUTCOME = row_form.Outcome()
MOST_FOUND = 200  # characters of a search for rows
NEIGHBOUR = 600  # characters of a paragraph beside the claim
_ID = re.compile(r"[0-9a-f]{4,64}")


def person_of(request: Request) -> Person:
    """Who sent a request; without a file of people anybody, who may do all."""
    person: Person = getattr(request.state, "person", ANYBODY)
    return person


def frame(desk: Desk, request: Request) -> Mapping[str, Any]:
    """What every page shows around its own."""
    before, person = last_seen(request), person_of(request)
    latest = next(iter(desk.rows_kept(LATEST)), None)
    return {
        "person": person,
        "may": person.may,
        "snapshot": desk.snapshot,
        "latest": latest,
        "newer": latest if before and before != desk.snapshot else None,
        "problems": desk.overlay.problems,
        "lost": len(desk.overlay.lost),
        "progress": desk.progress(),
    }


def warm(desk: Desk) -> None:
    """Work out what most pages need and what is remembered for as long as the snapshot is open."""
    plain = Filters()
    desk.counts(plain)
    for row in desk.page(plain):
        _row(desk, row)
    for column in ("measure", "place", "title"):
        _suggested(desk, column)
    desk.rows_kept(LATEST)
    desk.kept("all measures", lambda: _options(_measures(desk)))
    rows_page.gather(desk)
    gaps_page.groups(desk)
    history_page.runs(desk)
    assert desk.rejudger


def snapshot_cookie(request: Request) -> str:
    """The cookie that remembers by which snapshot a browser's last page was; a desk a port."""
    return f"claimcheck_snapshot_{request.url.port or 80}"


def last_seen(request: Request) -> str:
    """The snapshot of the last page that this browser was shown; empty where there was none."""
    return unquote(request.cookies.get(snapshot_cookie(request), ""))


def queue(desk: Desk, request: Request, *, message: str = "", problem: str = "") -> Shown:
    """The queue under the filters of the address. `message`: why a filter was not saved, `problem`: why
    nothing was decided."""
    filters = Filters.of(request.query_params)
    counts = desk.counts(filters)
    last = max(1, -(-counts["matching"] // PAGE))
    filters = replace(filters, page=min(filters.page, last))
    reviewer = _reviewer(request, None)
    saved = desk.saved.of(reviewer)
    mine = [("Decided by me", Filters(state="all", reviewer=reviewer))] if reviewer else []
    mine += [("Assigned to me", Filters(assignee=reviewer))] if reviewer else []
    common = (*COMMON, *mine)
    numbers = desk.chip_counts([wanted for _, wanted in common])
    return "queue.html.j2", {
        "filters": filters,
        "rows": [
            apart(row["doc_id"], partial(_row, desk, row), partial(_not_shown, row))
            for row in desk.page(filters)
        ],
        "counts": counts,
        "last": last,
        "first_number": (filters.page - 1) * PAGE,
        "states": STATE_FILTERS,
        "stages": STAGE_WORDS,
        "verdicts": VERDICT_FILTERS,
        "measures": _suggested(desk, "measure"),
        "places": _suggested(desk, "place"),
        "documents": _suggested(desk, "title"),
        "saved": saved,
        "common": [(words, wanted, n) for (words, wanted), n in zip(common, numbers, strict=True)],
        "several": _several(request),
        "dismiss": DISMISS_WORDS,
        "people": _people(desk),
        "is_saved": any(s.address == filters.address(page=1) for s in saved),
        "reviewer": reviewer,
        "notice": _notice(desk, request),
        "message": message,
        "problem": problem,
    }


def likely(desk: Desk, request: Request, *, problem: str = "") -> Shown:
    """What is likely supported, to be confirmed together. `problem`: why nothing was decided."""
    shown = bulk_page.page(desk, request.query_params)
    rows = [
        {
            **row,
            "pieces": own_pieces(row["text"], row["own_start"], row["own_end"]),
            "figure": plain_figure(None, row["best"], None),
            "says": bulk_page.says_of(row["resource"], row["row_id"], row["best"]),
        }
        for row in shown["rows"]
    ]
    return "likely.html.j2", {
        **shown,
        "rows": rows,
        "reviewer": _reviewer(request, None),
        "several": _several(request),
        "problem": problem,
    }


def _row(desk: Desk, row: Record) -> Record:
    """A claim of the queue with what its line says: measures that no table has are left to its sentence."""
    known = desk.kept("known measures", lambda: frozenset(_measures(desk)))
    shown = {
        "explanation": _stated(desk, row),
        "row_says": _row_says(row),
        "pieces": own_pieces(row["text"], row["own_start"], row["own_end"]),
    }
    return {**row, **shown, "measure": row["measure"] if row["measure"] in known else None}


def _row_says(row: Record) -> str:
    """What the row of a likely verdict says: "-21.3 °C, lowest temperature (Weather Extremes)"."""
    if not row["likely_verdict"] or row["likely_explanation"]:
        return row["likely_explanation"] or ""
    figure = " ".join(filter(None, [plain_figure(None, row["likely_best"], None), row["likely_unit"]]))
    words = ", ".join(filter(None, [figure, row["likely_name"]]))
    return f"{words} ({row['likely_source']})" if row["likely_source"] else words


def _not_shown(row: Record, stated: str) -> Record:
    """A claim of the queue of which only that can be said."""
    return {**row, "explanation": stated, "pieces": (row["text"], "", ""), "measure": None}


def _stated(desk: Desk, row: Record) -> str:
    """Why a claim is judged as it is, without the keys of rows: their table is on the claim's page."""
    tables = [found["resource"] for found in desk.rows_kept(TABLES)]
    return days_opened(without_rows_of(row["explanation"] or "", tables))


def _suggested(desk: Desk, column: str) -> Markup:
    """The commonest documents, measures or places of claims, for a field to suggest."""
    sql = FACETS.format(column=column)
    found: Markup = desk.kept(f"suggested {column}", lambda: _options(r["name"] for r in desk.rows_kept(sql)))
    return found


def _measures(desk: Desk) -> Iterator[str]:
    """The measures that the tables know, by name."""
    return (row["measure"] for row in desk.rows_kept(MEASURES))


def _options(names: Iterable[str]) -> Markup:
    """The options of a list, made once a snapshot: a page would spend longer on them than on all else."""
    return Markup().join(Markup('<option value="{}"></option>').format(visible(name)) for name in names)


def found_claim(desk: Desk, request: Request) -> Found:
    """The claim that the address names, as it stands. Raises HTTPException 404."""
    claim_id = request.path_params["claim_id"]
    if not _ID.fullmatch(claim_id):
        raise HTTPException(404)
    try:
        return desk.claim(claim_id)
    except StoreError:
        raise HTTPException(404) from None


def claim(
    desk: Desk,
    request: Request,
    *,
    form: Mapping[str, str] | None = None,
    message: str = "",
    preview: tuple[Claim, Verdict] | None = None,
) -> Shown:
    """A claim's page. `form` and `message`: what was filled in, and why it was no decision. `preview`: the
    claim as it would be corrected, and what it would be judged."""
    found = found_claim(desk, request)
    filters = Filters.of(request.query_params)
    own, checked = found.claim, found.checked
    review = desk.overlay.review(own.claim_id)
    undone = {d.undoes for d in review.decisions if d.kind == "undo"}
    before, after = desk.neighbours(found, filters)
    words = request.query_params.get("find", "").strip()[:MOST_FOUND]
    shown = apart(checked.document.id, lambda: rows_page.choices(desk, found), lambda stated: [])
    looked_up = rows_page.found_rows(desk, found, words) if words else []
    return "claim.html.j2", {
        "choices": shown,
        "sentence": siblings(desk, found) if found.current else [],
        "answerable": found.current and found.verdict is not None and rows_page.answers(own),
        "find": words,
        "found": looked_up,
        "filters": filters,
        "claim": own,
        "current": found.current,
        "document": checked.document,
        "title": title_of(checked.document),
        "entry": claim_entry(1, own, checked, "c", where=whereabouts(checked.document)(own.start)),
        "pieces": marked_sentence(checked.reading, own),
        "names": _names(desk, own, *shown, *looked_up),
        "review": review,
        "review_words": review_words(review),
        "corrected": _corrected(desk, found),
        "preview": None if preview is None else _judged_entry(found.checked, *preview),
        "seen": seen(desk, found).mark,
        "undone": undone,
        "log_words": lambda decision: log_page.log_words(decision, review.decisions),
        "around": around(checked, own),
        "people": _people(desk),
        "verdict": found.verdict,
        "verdict_history": history_page.of_claim(desk, own.claim_id) if found.earlier else (),
        "similar": desk.similar(found),
        "repeats": [(one.claim.claim_id, title_of(one.checked.document)) for one in desk.repeats(found)],
        "before": before,
        "after": after,
        "measures": desk.kept("all measures", lambda: _options(_measures(desk))),
        "places": _suggested(desk, "place"),
        "qualifiers": QUALIFIERS,
        "dismiss": DISMISS_WORDS,
        "verdict_words": VERDICT_WORDS,
        "reviewer": _reviewer(request, form),
        "form": form or {},
        "message": message,
        "notice": _notice(desk, request),
    }


def rows(desk: Desk, request: Request) -> Shown:
    """The rows that a search finds, as the part of a claim's page that shows them."""
    found = found_claim(desk, request)
    words = request.query_params.get("find", "").strip()[:MOST_FOUND]
    shown = rows_page.found_rows(desk, found, words) if words else []
    names = _names(desk, found.claim, *shown)
    return "rows.html.j2", {"claim": found.claim, "find": words, "found": shown, "names": names}


def around(checked: CheckedDocument, claim: Claim) -> list[dict[str, str]]:
    """The claim's paragraph, cut around its clause, with the ones before and behind it, each cut where it
    grows long."""
    text = checked.document.text
    start = text.rfind("\n\n", 0, claim.start) + 2 if "\n\n" in text[: claim.start] else 0
    end = text.find("\n\n", claim.end)
    end = len(text) if end < 0 else end
    before = text[max(0, start - NEIGHBOUR) : max(0, start - 2)].rpartition("\n\n")[2].strip()
    after = text[end : end + NEIGHBOUR].strip().partition("\n\n")[0]
    own = {
        "before": text[max(start, claim.start - NEIGHBOUR) : claim.start].lstrip(),
        "clause": text[claim.start : min(claim.end, claim.start + NEIGHBOUR)],
        "after": text[claim.end : min(end, claim.end + NEIGHBOUR)].rstrip(),
    }
    return [{"before": before}] * bool(before) + [own] + [{"before": after}] * bool(after)


def _people(desk: Desk) -> list[str]:
    """Who decided or was named so far."""
    named = {d.reviewer for d in desk.overlay.decisions} | {d.assignee or "" for d in desk.overlay.decisions}
    return sorted(named - {""}, key=str.casefold)


def _names(desk: Desk, own: Claim, *beside: rows_page.Choice) -> Mapping[str, str]:
    """What the tables call places and actors of a claim and of the rows beside it, by their keys."""
    links = (own.place, own.actor, own.subject, own.speaker)
    keys = {link.id for link in links if link is not None and link.id} | {row.place for row in beside} - {""}
    return {row["key"]: row["name"] for row in desk.store.rows(NAMED, [sorted(keys)])} if keys else {}


def _corrected(desk: Desk, found: Found) -> Entry | None:
    """The claim as a reviewer corrected it, judged by this snapshot's tables."""
    made = desk.overlay.review(found.claim.claim_id).correction
    if made is None:
        return None
    try:
        return _judged_entry(found.checked, *desk.judged(found, made))
    except DecisionError:
        return None  # rules that changed since no longer read it; the decision is listed all the same


def _judged_entry(checked: CheckedDocument, claim: Claim, verdict: Verdict) -> Entry | None:
    """The claim as it would be judged; None where it cannot be shown."""
    judged = replace(checked, verdicts={**checked.verdicts, claim.claim_id: verdict})
    return apart(checked.document.id, lambda: claim_entry(2, claim, judged, "k"), lambda stated: None)


def decided(desk: Desk, found: Found, form: Mapping[str, str]) -> Decision:
    """The decision of a form. Raises DecisionError."""
    if form.get("row"):
        return rows_page.decision(desk, found, form)
    if form.get("kind") == "none":
        return rows_page.none_of_these(desk, found, form)
    if form.get("kind") != "correct":
        made = forms.decision_of(form, seen(desk, found))
        return replace(made, row=rows_page.likely_row(desk, found)) if form.get("kind") == "likely" else made
    corrected = forms.correction_of(form, found.claim)
    _, verdict = desk.judged(found, corrected)
    if form.get("previewed", verdict.verdict) != verdict.verdict:
        words = VERDICT_WORDS[verdict.verdict]
        raise DecisionError(f"As filled in now it would be judged otherwise: {words}. Look at it first.")
    return seen(desk, found).decide("correct", form, verdict=verdict.verdict, correction=corrected)


REPEATED = ("confirm", "override", "row")
"""Kinds of decisions that hold for the same claim in other documents too."""


def repeated(desk: Desk, found: Found, form: Mapping[str, str], made: Decision) -> list[Decision]:
    """The same decision for the same claim in other documents, where the form asks for it: one for each, so
    that each is taken back alone; none where another verdict would follow."""
    if not form.get("also") or made.kind not in REPEATED:
        return []
    plain = {name: value for name, value in form.items() if name not in ("seen", "also")}
    out = []
    for other in desk.repeats(found):
        try:
            same = decided(desk, other, plain)
        except DecisionError:
            continue
        if (same.kind, same.verdict, same.row) == (made.kind, made.verdict, made.row):
            out.append(same)
    return out


def _reviewer(request: Request, form: Mapping[str, str] | None) -> str:
    if name := person_of(request).name:
        return name
    if form is not None:
        return form.get("reviewer", "")
    return unquote(request.cookies.get(REVIEWER_COOKIE, ""))[:80]


def _notice(desk: Desk, request: Request) -> Mapping[str, Any] | None:
    """The decision that was recorded just now, to be said and to be taken back."""
    claim_id, done = request.query_params.get("was", ""), request.query_params.get("done", "")
    decision = next((d for d in desk.overlay.review(claim_id).decisions if d.id == done), None)
    if decision is None:
        return None
    return {"claim_id": claim_id, "decision": decision, "words": decision_words(decision)}


def _several(request: Request) -> Mapping[str, Any] | None:
    """What was recorded on several claims just now."""
    number, kind, left = (request.query_params.get(name, "") for name in ("many", "what", "left"))
    if not (number.isdigit() and kind in SEVERAL_WORDS):
        return None
    claims = f"{int(number[:6])} claim{'' if number == '1' else 's'}"
    return {"words": f"{claims} {SEVERAL_WORDS[kind]}", "left": int(left[:6]) if left.isdigit() else 0}


SEVERAL_WORDS = {
    "dismiss": "dismissed",
    "assign": "assigned",
    "follow_up": "marked for follow-up",
    "confirm": "confirmed",
}


def log(desk: Desk, request: Request) -> Shown:
    """The decisions, the newest first."""
    filters = log_page.LogFilters.of(request.query_params)
    return "log.html.j2", {**log_page.page(desk, filters), "reviewer": _reviewer(request, None)}


def document(desk: Desk, request: Request) -> Shown:
    """A document with its claims marked, its ledger and what it says about itself."""
    try:
        checked = desk.document(request.query_params.get("id", ""))
    except StoreError:
        raise HTTPException(404) from None
    view = document_view(checked, "d1")
    entries = tuple(_linked(desk, entry) for entry in view.entries)
    done = sum(desk.overlay.review(c.claim_id).done for c in checked.reading.claims)
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
    return replace(entry, href=f"/claim/{claim_id}", review=review_words(desk.overlay.review(claim_id)))


def gaps(desk: Desk, request: Request) -> Shown:
    """Which rows the curators should add: claims that met none, by the link that failed."""
    return "gaps.html.j2", {
        "groups": gaps_page.groups(desk),
        "stages": gaps_page.stages(desk),
        "packages": list(gaps_page.folders(desk)),
        "stage_words": STAGE_WORDS,
    }


def row(
    desk: Desk,
    request: Request,
    *,
    form: Mapping[str, str] | None = None,
    outcome: row_form.Outcome = NO_OUTCOME,
) -> Shown:
    """A row of a table, to be added or mended. `form`: what was filled in, `outcome`: what became of it."""
    given = form or request.query_params
    claim_id = given.get("claim", "")
    try:
        found = desk.claim(claim_id) if _ID.fullmatch(claim_id) else None
    except StoreError:
        found = None
    return "row.html.j2", {
        **row_form.shown(desk, request.query_params, form, found),
        "outcome": outcome,
        "reviewer": _reviewer(request, form),
        "done": next((e for e in desk.edits.all() if e.id == request.query_params.get("done")), None),
        "said_of_it": request.query_params.get("said", "")[:200],
    }


def agreement(desk: Desk, request: Request) -> Shown:
    """Claims on which two people decided differently, and how often people agree."""
    return "agreement.html.j2", agreement_page.page(desk)


def learned(
    desk: Desk,
    request: Request,
    *,
    lesson: Lesson | None = None,
    problem: str = "",
    ticked: Mapping[str, str] = MappingProxyType({}),
) -> Shown:
    """What decisions taught; `lesson`: what they would teach now, where somebody asked, `ticked`: what of
    that is ticked."""
    own = {"lesson": lesson, "problem": problem, "ticked": ticked, "reviewer": _reviewer(request, None)}
    names = request.query_params.get("names", "")[:200]
    return "learned.html.j2", {**learned_page.page(desk), **own, "names": names}


def history(desk: Desk, request: Request) -> Shown:
    """Run by run: what changed, and why."""
    return "history.html.j2", {"runs": history_page.runs(desk), "lost_decisions": list(desk.overlay.lost)}


def standing_of_row(row: Record) -> Standing:
    """How a claim of the queue stands by the tables."""
    if not row["judged"]:
        return STANDINGS["unasserted" if row["verdict"] is not None else "unjudged"]
    return of_verdict(row["verdict"])


FILTERS: Mapping[str, Callable[..., Any]] = {
    "standing": standing_of_row,
    "verdict": of_verdict,
    "state": STATE_WORDS.__getitem__,
    "reason": reason_words,
    "kind": lambda kind: opened(KIND_WORDS[kind]),
    "did": decision_words,
    "correction": correction_words,
    "minute": minute_of,
    "moment": moment_words,
    "row_days": lambda row: day_range(row["date_start"], row["date_end"]),
    "level": learned_page.level_words,
    "address": lambda text: quote(text, safe=""),
}
