"""The queue: every claim in the order in which a person's minute is worth most, filtered and paged in SQL.

Claims are gathered once a snapshot into a temporary table, already in their order; what reviewers decided
is a second small table that follows the journal. A page is then one short query, whatever the snapshot holds.

The order: refuted and contested, likely refuted, likely contested, likely supported, open, supported; within
each by what is at stake, the sum of `report/stakes.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlencode

from claimcheck.report.words.verdicts import STAGE_WORDS
from claimcheck.statements import statements

PAGE = 25
MOST = 200  # characters of a filter that count

STATE_FILTERS: Mapping[str, str] = {
    "todo": "To review",
    "open": "Nobody looked",
    "follow_up": "Needs follow-up",
    "another_look": "Needs another look",
    "disagree": "Reviewers disagree",
    "done": "Reviewed",
    "all": "All",
}
VERDICT_FILTERS: Mapping[str, str] = {
    "": "Any verdict",
    "refuted": "Refuted",
    "conflicting_evidence": "Sources conflict",
    "not_enough_evidence": "Undecided",
    "supported": "Supported",
    "unasserted": "Not asserted",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What the queue is narrowed to; empty fields narrow nothing. Saved in a page's address."""

    state: str = "todo"
    verdict: str = ""
    document: str = ""
    measure: str = ""
    place: str = ""
    reviewer: str = ""
    since: str = ""
    until: str = ""
    text: str = ""
    stage: str = ""
    assignee: str = ""
    page: int = 1

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Filters:
        """The filters of an address; what makes no sense there is left out."""
        found: dict[str, Any] = {}
        for name in ("document", "measure", "place", "reviewer", "assignee", "text"):
            found[name] = query.get(name, "").strip()[:MOST]
        for name in ("since", "until"):
            found[name] = _day(query.get(name, ""))
        state, verdict, stage = query.get("state", ""), query.get("verdict", ""), query.get("stage", "")
        found["state"] = state if state in STATE_FILTERS else "todo"
        found["verdict"] = verdict if verdict in VERDICT_FILTERS else ""
        found["stage"] = stage if stage in STAGE_WORDS else ""
        return cls(**found, page=page_of(query))

    @property
    def narrows(self) -> bool:
        """Whether anything but the state is narrowed."""
        return replace(self, page=1, state="todo") != Filters()

    def address(self, **changes: Any) -> str:
        """The filters as a query string, "" for the plain queue; `changes` are made first."""
        return address_of(replace(self, **changes))

    @property
    def fields(self) -> list[tuple[str, str]]:
        """The fields of a form that leads to a page under these filters."""
        return parse_qsl(self.address().removeprefix("?"))

    def without(self, name: str) -> str:
        """The address without one of the filters."""
        return self.address(**{name: getattr(Filters(), name), "page": 1})

    @property
    def chips(self) -> list[tuple[str, str]]:
        """The filters that hold, each with its name and in words."""
        words = {
            "state": STATE_FILTERS[self.state],
            "verdict": VERDICT_FILTERS[self.verdict],
            "document": f"document: {self.document}",
            "measure": f"measure: {self.measure}",
            "place": f"place: {self.place}",
            "reviewer": f"decided by {self.reviewer}",
            "since": f"from {self.since}",
            "until": f"to {self.until}",
            "text": f"“{self.text}”",
            "stage": STAGE_WORDS.get(self.stage, ""),
            "assignee": f"for {self.assignee}",
        }
        plain = Filters()
        return [(name, said) for name, said in words.items() if getattr(self, name) != getattr(plain, name)]

    @property
    def title(self) -> str:
        """What a bookmark of this page is called."""
        said = [words for name, words in self.chips if name != "state"]
        return ", ".join([STATE_FILTERS[self.state], *said])

    def where(self, suffix: str = "") -> tuple[str, dict[str, Any]]:
        """The SQL condition on `queue`, whatever state the claims are in, and its parameters, whose names end
        in `suffix`."""
        tests, given = ["true"], {}
        if self.verdict == "unasserted":
            tests.append("NOT queue.judged")
        for name, test in _TESTS.items():
            wanted = getattr(self, name)
            if wanted and not (name == "verdict" and wanted == "unasserted"):
                tests.append(test.replace("?", f"${name}{suffix}"))
                given[f"{name}{suffix}"] = _AS_STORED.get(name, str)(wanted)
        return " AND ".join(tests), given

    def in_state(self) -> str:
        """The SQL condition on `decided` for the state that is asked for."""
        return _STATE_TESTS[self.state]


def page_of(query: Mapping[str, str]) -> int:
    """The page that an address asks for: a number, of six digits at most."""
    page = query.get("page", "")
    return max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 7 else 1


def address_of(filters: Any) -> str:
    """What filters narrow, as a query string: the fields that are not as they begin."""
    held = {f.name: (getattr(filters, f.name), f.default) for f in fields(filters)}
    kept = {name: value for name, (value, plain) in held.items() if value != plain}
    return f"?{urlencode(kept, errors='replace')}" if kept else ""


COMMON = (
    ("To review", Filters()),
    ("Refuted", Filters(verdict="refuted")),
    ("Sources conflict", Filters(verdict="conflicting_evidence")),
    ("Another look", Filters(state="another_look")),
    ("Disagreements", Filters(state="disagree")),
    ("Follow-up", Filters(state="follow_up")),
    ("Reviewed", Filters(state="done")),
)
"""Filters that are often wanted, each with its name."""
_TESTS: Mapping[str, str] = {
    "verdict": "queue.judged AND queue.verdict = ?",
    "stage": "queue.stage = ?",
    "document": "contains(queue.document_text, ?)",
    "measure": "contains(queue.measure_text, ?)",
    "place": "contains(queue.place_text, ?)",
    "text": "contains(queue.search, ?)",
    "reviewer": "contains(decided.reviewers, ?)",
    "assignee": "lower(decided.assignee) = ?",
    "since": "queue.date_end >= ?::DATE",
    "until": "queue.date_start <= ?::DATE",
}
"""The SQL condition of each filter, with ? for what is wanted."""
_STATE_TESTS = {
    "todo": "decided.done IS NOT TRUE AND (NOT queue.folded OR decided.state IS NOT NULL)",
    "open": "coalesce(decided.state, 'open') = 'open' AND NOT queue.folded",
    "follow_up": "decided.state = 'follow_up'",
    "another_look": "decided.state = 'another_look'",
    "disagree": "decided.state = 'disagree'",
    "done": "decided.done",
    "all": "true",
}


def _stored(text: str) -> str:
    """A text as the table holds it: lower case, no lone surrogates."""
    return text.encode("utf-8", "replace").decode().lower()


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        return ""


_AS_STORED: Mapping[str, Callable[[str], str]] = {
    **dict.fromkeys(("document", "measure", "place", "text", "assignee"), _stored),
    "reviewer": lambda name: _stored(f"\n{name}\n"),
}
SQL = statements("desk.sql")
GATHER = SQL["GATHER"]
AHEAD = 10**12  # how far claims that need another look, or that reviewers differ on, are put ahead
URGENT = "decided.state IN ('another_look', 'disagree')"
RANK = f"CASE WHEN {URGENT} THEN queue.place_in_queue - {AHEAD} ELSE queue.place_in_queue END"
JOINED = "queue LEFT JOIN decided USING (place_in_queue)"


def _filled(sql: str) -> str:
    """A statement with what several share: the place in the queue, and how decisions are joined."""
    for name, words in (("RANK", RANK), ("JOINED", JOINED), ("URGENT", URGENT), ("NEAR", str(NEAR))):
        sql = sql.replace(f"<{name}>", words)
    return sql


NEAR = 1500  # places on either side of a claim where its neighbours are looked for first
PAGED = _filled(SQL["PAGED"])
COUNTED = _filled(SQL["COUNTED"])
HERE = "SELECT document_key, verdicts, place_in_queue FROM queue WHERE claim_id = ?"
NEIGHBOURS = _filled(SQL["NEIGHBOURS"])
AROUND = _filled(SQL["AROUND"])
NAMED = f"SELECT {RANK} AS rank, queue.claim_id FROM {JOINED} WHERE {RANK} IN ($before, $after)"
DOCUMENT = "SELECT document_key FROM queue WHERE doc_id = ? LIMIT 1"
WITHOUT_CLAIMS = "SELECT document_key FROM current_document WHERE doc_id = ?"
VERDICT_KEYS = "SELECT verdict_key FROM queue WHERE document_key = ? AND verdict_key IS NOT NULL"
REPEATS = SQL["REPEATS"]
SIMILAR = SQL["SIMILAR"]
AT_PLACES = SQL["AT_PLACES"]
SAME_MEASURE = "measure = $measure"
SAME_TIME_AND_PLACE = "place = $place AND date_start <= $date_end::DATE AND date_end >= $date_start::DATE"
MEASURES = "SELECT DISTINCT measure FROM measure_word ORDER BY measure"
FACETS = SQL["FACETS"]
