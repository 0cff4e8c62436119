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
        state, verdict, page = query.get("state", ""), query.get("verdict", ""), query.get("page", "")
        stage = query.get("stage", "")
        found["state"] = state if state in STATE_FILTERS else "todo"
        found["verdict"] = verdict if verdict in VERDICT_FILTERS else ""
        found["stage"] = stage if stage in STAGE_WORDS else ""
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
GATHER = """
CREATE OR REPLACE TEMP TABLE queue AS
WITH held AS (
    SELECT claim_id, max(verdict_key) AS verdict_key, count(*) AS verdicts FROM verdict GROUP BY claim_id
),
found AS (
    SELECT
        claim.claim_id,
        claim.document_key,
        held.verdict_key,
        coalesce(held.verdicts, 0) AS verdicts,
        document.doc_id,
        coalesce(nullif(document.title, ''),
            regexp_extract(substr(document.text, 1, 2000), '\\S[^\\n]{0,158}'), document.doc_id) AS title,
        claim.kind,
        verdict.verdict,
        verdict.explanation,
        json_extract_string(verdict.likely, '$.verdict') AS likely_verdict,
        verdict.probability,
        json_extract_string(verdict.likely, '$.told') AS likely_told,
        json_extract_string(verdict.likely, '$.rows[0][6]')::DECIMAL(38, 9) AS likely_best,
        json_extract_string(verdict.likely, '$.rows[0][22]') AS likely_unit,
        json_extract_string(verdict.likely, '$.rows[0][14]') AS likely_name,
        json_extract_string(verdict.likely, '$.rows[0][15]') AS likely_source,
        coalesce(verdict.stage, CASE
            WHEN verdict.verdict <> 'not_enough_evidence' THEN 'decided'
            WHEN verdict.reason = 'not_asserted' THEN 'not_asserted'
            WHEN verdict.reason IN ('no_measure', 'unit_mismatch') THEN 'not_linked'
            WHEN verdict.verdict IS NOT NULL THEN 'no_row'
        END) AS stage,
        claim.measure,
        claim.place_text AS place,
        claim.date_start,
        claim.date_end,
        claim.value,
        coalesce(claim.quantity_start, claim.time_start) - claim.start_offset AS own_start,
        coalesce(claim.quantity_end, claim.time_end) - claim.start_offset AS own_end,
        claim.position,
        1 - claim.start_offset / greatest(1, length(document.text)) AS prominence,
        ln(count(*) OVER (PARTITION BY claim.kind, claim.measure, claim.place_text, claim.value,
            claim.date_start, claim.date_end)) AS repeated,
        abs(ln(nullif(greatest(claim.value, 0), 0)::DOUBLE) - ln(nullif(greatest(coalesce(
            json_extract_string(verdict.likely, '$.rows[0][6]')::DECIMAL(38, 9), met.best), 0), 0)::DOUBLE))
            AS apart,
        substr(claim.text, 1, 400) AS text,
        claim.asserted AND verdict.verdict IS NOT NULL
            AND verdict.reason IS DISTINCT FROM 'not_asserted' AS judged,
        met.verdict_key IS NOT NULL AS near,
        -- the reading of a date that a number has as its time and that may be right: shown with the number
        claim.kind = 'event' AND claim.quantity_start IS NULL AND number.time_start IS NOT NULL
            AND coalesce(verdict.verdict, '') NOT IN ('refuted', 'conflicting_evidence')
            AND coalesce(json_extract_string(verdict.likely, '$.verdict'), 'supported') = 'supported'
            AS folded,
        substr(document.text, claim.context_start + 1, least(claim.context_end - claim.context_start, 2000))
            AS sentence
    FROM claim
    JOIN current_document AS document USING (document_key)
    LEFT JOIN held USING (claim_id)
    LEFT JOIN verdict USING (verdict_key)
    LEFT JOIN (
        SELECT DISTINCT document_key, time_start FROM claim
        WHERE quantity_start IS NOT NULL AND time_start IS NOT NULL
    ) AS number ON number.document_key = claim.document_key AND number.time_start = claim.time_start
    LEFT JOIN (
        SELECT verdict_key, arg_min(best, position) FILTER (relation = 'refutes') AS best
        FROM evidence GROUP BY verdict_key
    ) AS met USING (verdict_key)
)
SELECT
    row_number() OVER (ORDER BY CASE
            WHEN NOT judged THEN 5
            WHEN verdict = 'refuted' THEN 0
            WHEN verdict = 'conflicting_evidence' THEN 1
            WHEN likely_verdict = 'refuted' THEN 2
            WHEN likely_verdict = 'conflicting_evidence' THEN 2.3
            WHEN likely_verdict = 'supported' THEN 2.6
            WHEN verdict = 'not_enough_evidence' AND near THEN 3
            WHEN verdict = 'not_enough_evidence' THEN 3.5
            ELSE 4
        END,
        coalesce(probability, 1) * (1 + coalesce(least(2, apart, abs(apart - ln(1000)),
            abs(apart - 2 * ln(1000)), abs(apart - 3 * ln(1000))), 0))
            + 0.5 * prominence + 0.5 * repeated DESC,
        doc_id, position)
        AS place_in_queue,
    * EXCLUDE (position, sentence, prominence, apart),
    lower(doc_id || ' ' || title) AS document_text,
    lower(measure) AS measure_text,
    lower(place) AS place_text,
    lower(concat_ws(' ', sentence, measure, place, claim_id)) AS search
FROM found
ORDER BY place_in_queue
"""
AHEAD = 10**12  # how far claims that need another look, or that reviewers differ on, are put ahead
URGENT = "decided.state IN ('another_look', 'disagree')"
RANK = f"CASE WHEN {URGENT} THEN queue.place_in_queue - {AHEAD} ELSE queue.place_in_queue END"
JOINED = "queue LEFT JOIN decided USING (place_in_queue)"
PAGED = f"""
WITH chosen AS (
    SELECT queue.place_in_queue, {RANK} AS rank
    FROM {JOINED}
    WHERE {{where}}
    ORDER BY rank
    LIMIT $limit OFFSET $offset
)
SELECT queue.* EXCLUDE (search, document_text, measure_text, place_text),
    coalesce(decided.state, 'open') AS state, decided.verdict AS decided_verdict, decided.assignee
FROM chosen
JOIN queue USING (place_in_queue)
LEFT JOIN decided USING (place_in_queue)
ORDER BY chosen.rank
"""
COUNTED = f"""
SELECT count(*) FILTER ({{state}}) AS matching, count(*) FILTER (decided.done) AS done,
    count(*) FILTER (NOT queue.folded OR decided.done) AS claims
FROM {JOINED}
WHERE {{where}}
"""
HERE = "SELECT document_key, verdicts, place_in_queue FROM queue WHERE claim_id = ?"
NEAR = 1500  # places on either side of a claim where its neighbours are looked for first
NEIGHBOURS = f"""
SELECT arg_max(claim_id, rank) FILTER (rank < $rank) AS before,
    arg_min(claim_id, rank) FILTER (rank > $rank) AS after
FROM (
    SELECT queue.claim_id, {RANK} AS rank FROM {JOINED}
    WHERE queue.place_in_queue BETWEEN $rank - {NEAR} AND $rank + {NEAR}
        AND ({URGENT}) IS NOT TRUE AND {{where}}
)
"""
AROUND = f"""
SELECT max(rank) FILTER (rank < $rank) AS before, min(rank) FILTER (rank > $rank) AS after,
    min(rank) AS first, max(rank) AS last
FROM (SELECT {RANK} AS rank FROM {JOINED} WHERE {{where}})
"""
NAMED = f"SELECT {RANK} AS rank, queue.claim_id FROM {JOINED} WHERE {RANK} IN ($before, $after)"
DOCUMENT = "SELECT document_key FROM queue WHERE doc_id = ? LIMIT 1"
WITHOUT_CLAIMS = "SELECT document_key FROM current_document WHERE doc_id = ?"
VERDICT_KEYS = "SELECT verdict_key FROM queue WHERE document_key = ? AND verdict_key IS NOT NULL"
REPEATS = """
SELECT other.claim_id FROM queue AS other LEFT JOIN decided USING (place_in_queue)
JOIN queue AS own ON own.claim_id = $claim
WHERE other.document_key <> own.document_key AND other.kind = own.kind AND other.measure = own.measure
    AND other.value = own.value AND other.place IS NOT DISTINCT FROM own.place
    AND other.date_start = own.date_start AND other.date_end = own.date_end
    AND other.verdict IS NOT DISTINCT FROM own.verdict
    AND other.likely_verdict IS NOT DISTINCT FROM own.likely_verdict
    AND coalesce(decided.state, 'open') = 'open'
ORDER BY other.place_in_queue LIMIT 20
"""
SIMILAR = """
SELECT place_in_queue, coalesce(place = $place, false) AS same_place,
    abs(date_diff('day', date_start, $date_start::DATE)) AS days
FROM queue
WHERE document_key <> $document_key AND kind = $kind AND {alike}
ORDER BY same_place DESC, days NULLS LAST, place_in_queue
LIMIT 8
"""
AT_PLACES = """
SELECT place_in_queue, claim_id, title, text, verdict, judged FROM queue
WHERE place_in_queue IN (SELECT unnest(?::BIGINT[]))
"""
SAME_MEASURE = "measure = $measure"
SAME_TIME_AND_PLACE = "place = $place AND date_start <= $date_end::DATE AND date_end >= $date_start::DATE"
MEASURES = "SELECT DISTINCT measure FROM measure_word ORDER BY measure"
FACETS = """
SELECT {column} AS name, count(*) AS claims FROM queue WHERE {column} IS NOT NULL
GROUP BY ALL ORDER BY claims DESC, name LIMIT 200
"""
