"""The queue: every claim in the order in which a person's minute is worth most, filtered and paged in SQL.

Claims are gathered once a snapshot into a temporary table, already in their order; what reviewers decided
is a second small table that follows the journal. A page is then one short query, whatever the snapshot holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

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
    since: str = ""
    until: str = ""
    text: str = ""
    page: int = 1

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Filters:
        """The filters of an address; what makes no sense there is left out."""
        found: dict[str, Any] = {}
        for name in ("document", "measure", "place", "text"):
            found[name] = query.get(name, "").strip()[:MOST]
        for name in ("since", "until"):
            found[name] = _day(query.get(name, ""))
        state, verdict, page = query.get("state", ""), query.get("verdict", ""), query.get("page", "")
        found["state"] = state if state in STATE_FILTERS else "todo"
        found["verdict"] = verdict if verdict in VERDICT_FILTERS else ""
        found["page"] = int(page) if page.isascii() and page.isdigit() and 0 < len(page) < 7 else 1
        return cls(**{**found, "page": max(1, found["page"])})

    @property
    def narrows(self) -> bool:
        """Whether anything but the state is narrowed."""
        return replace(self, page=1, state="todo") != Filters()

    def address(self, **changes: Any) -> str:
        """The filters as a query string, "" for the plain queue; `changes` are made first."""
        wanted = replace(self, **changes)
        kept = {f.name: getattr(wanted, f.name) for f in fields(self) if getattr(wanted, f.name) != f.default}
        return f"?{urlencode(kept, errors='replace')}" if kept else ""

    def where(self, *, state: bool = True) -> tuple[str, dict[str, Any]]:
        """The SQL condition on `queue` and `decided`, and its parameters."""
        tests, given = ["true"], {}
        if self.verdict == "unasserted":
            tests.append("NOT queue.judged")
        elif self.verdict:
            tests.append("queue.judged AND queue.verdict = $verdict")
            given["verdict"] = self.verdict
        for name, column in (
            ("document", "document_text"),
            ("measure", "measure_text"),
            ("place", "place_text"),
        ):
            if wanted := getattr(self, name):
                tests.append(f"contains(queue.{column}, ${name})")
                given[name] = _stored(wanted)
        if self.text:
            tests.append("contains(queue.search, $text)")
            given["text"] = _stored(self.text)
        if self.since:
            tests.append("queue.date_end >= $since::DATE")
            given["since"] = self.since
        if self.until:
            tests.append("queue.date_start <= $until::DATE")
            given["until"] = self.until
        if state and self.state in _STATE_TESTS:
            tests.append(_STATE_TESTS[self.state])
        elif state and self.state != "all":
            tests.append("decided.state = $state")
            given["state"] = self.state
        return " AND ".join(tests), given


_STATE_TESTS = {
    "todo": "decided.done IS NOT TRUE",
    "done": "decided.done",
    "open": "coalesce(decided.state, 'open') = 'open'",
}


def _stored(text: str) -> str:
    """A text as the table holds it: lower case, no lone surrogates."""
    return text.encode("utf-8", "replace").decode().lower()


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        return ""


GATHER = """
CREATE OR REPLACE TEMP TABLE queue AS
WITH found AS (
    SELECT
        claim.claim_id,
        document.doc_id,
        coalesce(nullif(document.title, ''),
            regexp_extract(substr(document.text, 1, 2000), '\\S[^\\n]{0,158}'), document.doc_id) AS title,
        claim.kind,
        verdict.verdict,
        verdict.explanation,
        claim.measure,
        claim.place_text AS place,
        claim.date_start,
        claim.date_end,
        claim.value,
        claim.start_offset,
        claim.position,
        substr(claim.text, 1, 400) AS text,
        claim.asserted AND verdict.verdict IS NOT NULL
            AND verdict.reason IS DISTINCT FROM 'not_asserted' AS judged,
        met.verdict_key IS NOT NULL AS near,
        substr(document.text, claim.context_start + 1, least(claim.context_end - claim.context_start, 2000))
            AS sentence
    FROM claim
    JOIN current_document AS document USING (document_key)
    LEFT JOIN current_verdict AS verdict USING (claim_id)
    LEFT JOIN (SELECT DISTINCT verdict_key FROM evidence) AS met USING (verdict_key)
)
SELECT
    row_number() OVER (ORDER BY CASE
            WHEN NOT judged THEN 5
            WHEN verdict = 'refuted' THEN 0
            WHEN verdict = 'conflicting_evidence' THEN 1
            WHEN verdict = 'not_enough_evidence' AND near THEN 2
            WHEN verdict = 'not_enough_evidence' THEN 3
            ELSE 4
        END, doc_id, position) AS place_in_queue,
    * EXCLUDE (position, sentence),
    lower(doc_id || ' ' || title) AS document_text,
    lower(measure) AS measure_text,
    lower(place) AS place_text,
    lower(concat_ws(' ', sentence, measure, place, claim_id)) AS search
FROM found
ORDER BY place_in_queue
"""
NOBODY = (
    "CREATE OR REPLACE TEMP TABLE decided (claim_id VARCHAR, state VARCHAR, verdict VARCHAR, done BOOLEAN)"
)
DECIDED = """
CREATE OR REPLACE TEMP TABLE decided AS
SELECT unnest($ids::VARCHAR[]) AS claim_id, unnest($states::VARCHAR[]) AS state,
    unnest($verdicts::VARCHAR[]) AS verdict, unnest($done::BOOLEAN[]) AS done
"""
PAGED = """
WITH chosen AS (
    SELECT queue.place_in_queue, coalesce(decided.state IN ('another_look', 'disagree'), false) AS urgent
    FROM queue LEFT JOIN decided USING (claim_id)
    WHERE {where}
    ORDER BY urgent DESC, queue.place_in_queue
    LIMIT $limit OFFSET $offset
)
SELECT queue.* EXCLUDE (search, document_text, measure_text, place_text),
    coalesce(decided.state, 'open') AS state, decided.verdict AS decided_verdict
FROM chosen
JOIN queue USING (place_in_queue)
LEFT JOIN decided USING (claim_id)
ORDER BY chosen.urgent DESC, chosen.place_in_queue
"""
COUNTED = """
SELECT count(*) AS claims, count(*) FILTER (decided.done) AS done
FROM queue LEFT JOIN decided USING (claim_id)
WHERE {where}
"""
MATCHING = "SELECT count(*) AS n FROM queue LEFT JOIN decided USING (claim_id) WHERE {where}"
NEIGHBOURS = """
WITH here AS (SELECT place_in_queue AS place FROM queue WHERE claim_id = $here),
around AS (
    SELECT
        coalesce(max(place_in_queue) FILTER (place_in_queue < place),
            max(place_in_queue) FILTER (place_in_queue > place)) AS before,
        coalesce(min(place_in_queue) FILTER (place_in_queue > place),
            min(place_in_queue) FILTER (place_in_queue < place)) AS after
    FROM (
        SELECT queue.place_in_queue FROM queue LEFT JOIN decided USING (claim_id)
        WHERE {where}
    ), here
)
SELECT
    (SELECT claim_id FROM queue WHERE place_in_queue = around.before) AS before,
    (SELECT claim_id FROM queue WHERE place_in_queue = around.after) AS after
FROM around
"""
HERE = "SELECT doc_id, kind, measure, place, date_start, date_end FROM queue WHERE claim_id = ?"
SIMILAR = """
WITH chosen AS (
    SELECT place_in_queue, coalesce(place = $place, false) AS same_place,
        abs(date_diff('day', date_start, $date_start::DATE)) AS days
    FROM queue
    WHERE doc_id <> $doc_id AND kind = $kind AND {alike}
    ORDER BY same_place DESC, days NULLS LAST, place_in_queue
    LIMIT 8
)
SELECT queue.claim_id, queue.doc_id, queue.title, queue.text, queue.verdict, queue.judged,
    coalesce(decided.state, 'open') AS state
FROM chosen JOIN queue USING (place_in_queue) LEFT JOIN decided USING (claim_id)
ORDER BY same_place DESC, days NULLS LAST, place_in_queue
"""
SAME_MEASURE = "measure = $measure"
SAME_TIME_AND_PLACE = "place = $place AND date_start <= $date_end::DATE AND date_end >= $date_start::DATE"
FACETS = """
SELECT {column} AS name, count(*) AS claims FROM queue WHERE {column} IS NOT NULL
GROUP BY ALL ORDER BY claims DESC, name LIMIT 200
"""
