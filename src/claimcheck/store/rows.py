"""Model values as rows: the columns of each table in their order, without the key that owns them.

Each `*_row` answers the columns of the tables that its `*_COLUMNS` names. A row holds texts, integers and
truths alone: days are ISO 8601, numbers all their nine places, lists JSON. So its fingerprint is soon made,
and `bulk` soon has it in a table. `objects` is the way back.
"""

from __future__ import annotations

import hashlib
import json
import marshal
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from claimcheck.model import (
    Claim,
    Document,
    Evidence,
    Finding,
    Interval,
    Mention,
    Reading,
    ToldIncident,
    Verdict,
)
from claimcheck.store import comparisons
from claimcheck.store.numbers import stored

Row = tuple[Any, ...]

DOCUMENT_COLUMNS = (
    "doc_id", "sha256", "title", "author", "publisher", "address", "date", "date_origin", "about", "path",
    "encoding", "media_type", "locale", "text", "zones", "items", "pages", "incidents",
)  # fmt: skip
MENTION_COLUMNS = (
    "position", "listed", "start_offset", "end_offset", "text", "kind", "value", "low", "high", "comparator",
    "unit", "noun", "timex", "date_start", "date_end", "inferred", "status", "reason", "rule",
    "qualifier_start", "qualifier_end", "mod", "edtf", "anchor", "cumulative", "beyond",
)  # fmt: skip
CLAIM_COLUMNS = (
    "position", "claim_id", "kind", "start_offset", "end_offset", "text", "measure", "mention_position",
    "quantity_start", "quantity_end", "value", "low", "high", "comparator", "unit", "noun",
    "time_start", "time_end", "timex", "date_start", "date_end", "inferred", "anchor", "time_relation",
    "time_basis", "place_text", "place_id", "actor_text", "actor_id", "subject_text", "subject_id",
    "asserted", "hedge", "speaker_text", "speaker_id", "predicate", "terms", "context_start", "context_end",
    "part_of", "rule", "role", "slots", "unread", "said_on",
    "comparison",
)  # fmt: skip
FINDING_COLUMNS = ("position", "kind", "start_offset", "end_offset", "text", "status", "explanation")
VERDICT_COLUMNS = (
    "verdict", "reason", "explanation", "rule", "stage", "attribution", "unexplained", "suggestions",
)  # fmt: skip
EVIDENCE_COLUMNS = (
    "position", "resource", "row_id", "source_id", "relation", "low", "best", "high", "date_start",
    "date_end", "as_of", "sql", "note", "own", "name", "source", "url", "confidence", "beyond",
    "waterfall", "quote", "reported_by",
)  # fmt: skip

MENTION_NUMBERS = ("value", "low", "high")
EVIDENCE_NUMBERS = ("low", "best", "high")
NO_QUANTITY: Row = (None,) * 9
NO_TIME: Row = (None,) * 9
SURROGATE = re.compile("[\ud800-\udfff]")
SURROGATE_BYTES = re.compile(rb"\xed[\xa0-\xbf]")
MARSHALLED = 2
ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
NOTHING = "[]"


def day(value: date | None) -> str | None:
    """A day as a row holds it."""
    return None if value is None else value.isoformat()


def listed_texts(values: Sequence[str]) -> str:
    """A list as a row holds it."""
    return _json(list(values)) if values else NOTHING


def document_row(document: Document, incidents: Sequence[ToldIncident] = ()) -> Row:
    """`DOCUMENT_COLUMNS` of a document and the incidents that it tells of."""
    return (
        document.id,
        document.sha256,
        document.title,
        document.author,
        document.publisher,
        document.address,
        day(document.date),
        document.date_origin,
        document.about,
        document.path,
        document.encoding,
        document.media_type,
        document.locale,
        document.text,
        _json([[z.start, z.end, z.kind] for z in document.zones]),
        _json([[i.number, i.number_start, i.number_end, i.start, i.end, i.text] for i in document.items]),
        _json(list(document.pages)),
        _json([incident_values(told) for told in incidents]),
    )


def incident_values(told: ToldIncident) -> dict[str, Any]:
    """An incident as the column `incidents` holds it; the view `told_incidents` reads these names."""
    return {
        "day": day(told.day),
        "place": told.place,
        **_limits("killed", told.killed),
        **_limits("injured", told.injured),
        "sources": list(told.sources),
        "claims": list(told.claims),
    }


def _limits(fate: str, over: Interval | None) -> dict[str, str | None]:
    low, high = (None, None) if over is None else (over.low, over.high)
    return {
        f"{fate}_low": None if low is None else str(low),
        f"{fate}_high": None if high is None else str(high),
    }


def reading_rows(reading: Reading) -> tuple[list[Row], list[Row], list[Row]]:
    """The rows of the mentions, the claims and the findings.

    A claim's quantity is one of the mentions; where the claim carries a mention that the reading does not
    list (narrowed by a rule, say), that mention is a row of its own with `listed` false.
    """
    mentions = [mention_row(position, True, mention) for position, mention in enumerate(reading.mentions)]
    same = {id(mention): position for position, mention in enumerate(reading.mentions)}
    equal: dict[Mention, int] = {}  # hashing a mention is dear, and most quantities are the very object
    claims: list[Row] = []
    for position, claim in enumerate(reading.claims):
        quantity = claim.quantity
        place = None if quantity is None else same.get(id(quantity))
        if quantity is not None and place is None:
            equal = equal or {m: p for p, m in enumerate(reading.mentions)}
            place = equal.setdefault(quantity, len(mentions))
            if place == len(mentions):
                mentions.append(mention_row(place, False, quantity))
        claims.append(claim_row(position, claim, None if place is None else mentions[place]))
    findings = [finding_row(position, finding) for position, finding in enumerate(reading.findings)]
    return mentions, claims, findings


def mention_row(position: int, listed: bool, m: Mention) -> Row:
    """`MENTION_COLUMNS` of a mention."""
    (value, low, high), beyond = stored(MENTION_NUMBERS, (m.value, m.low, m.high))
    qualifier = m.qualifier
    return (
        position,
        listed,
        m.start,
        m.end,
        m.text,
        m.kind,
        value,
        low,
        high,
        m.comparator,
        m.unit,
        m.noun,
        m.timex,
        None if m.date_start is None else m.date_start.isoformat(),
        None if m.date_end is None else m.date_end.isoformat(),
        listed_texts(m.inferred),
        m.status,
        m.reason,
        m.rule,
        None if qualifier is None else qualifier.start,
        None if qualifier is None else qualifier.end,
        m.mod,
        m.edtf,
        m.anchor,
        m.cumulative,
        beyond,
    )


def claim_row(position: int, c: Claim, quantity: Row | None) -> Row:
    """`CLAIM_COLUMNS` of a claim whose quantity is the mention of row `quantity`."""
    time = c.time
    return (
        position,
        c.claim_id,
        c.kind,
        c.start,
        c.end,
        c.text,
        c.measure,
        *(NO_QUANTITY if quantity is None else (quantity[0], *quantity[2:4], *quantity[6:12])),
        *(
            NO_TIME
            if time is None
            else (
                time.start,
                time.end,
                time.timex,
                day(time.date_start),
                day(time.date_end),
                listed_texts(time.inferred),
                time.anchor,
                time.relation,
                time.basis,
            )
        ),
        None if c.place is None else c.place.text,
        None if c.place is None else c.place.id,
        None if c.actor is None else c.actor.text,
        None if c.actor is None else c.actor.id,
        None if c.subject is None else c.subject.text,
        None if c.subject is None else c.subject.id,
        c.asserted,
        c.hedge,
        None if c.speaker is None else c.speaker.text,
        None if c.speaker is None else c.speaker.id,
        c.predicate,
        listed_texts(c.terms),
        c.context.start,
        c.context.end,
        c.part_of,
        c.rule,
        c.role,
        _some([[s.slot, s.text, s.start, s.end, s.value, s.basis] for s in c.slots]),
        _some([[s.start, s.end] for s in c.unread]),
        day(c.said_on),
        comparisons.written(c.comparison),
    )


def finding_row(position: int, f: Finding) -> Row:
    """`FINDING_COLUMNS` of a finding."""
    return (position, f.kind, f.start, f.end, f.text, f.status, f.explanation)


def verdict_rows(verdict: Verdict) -> tuple[str, Row, list[Row]]:
    """The fingerprint of a verdict, its `VERDICT_COLUMNS`, and the `EVIDENCE_COLUMNS` of its evidence."""
    row = (
        verdict.verdict,
        verdict.reason,
        verdict.explanation,
        verdict.rule,
        verdict.stage,
        verdict.attribution,
        listed_texts(verdict.unexplained),
        _some([[*evidence_row(n, s.row), list(s.missing)] for n, s in enumerate(verdict.suggestions)]),
    )
    met = [evidence_row(position, e) for position, e in enumerate(verdict.evidence)]
    fingerprint, (own, evidence) = sealed([row], met)
    return fingerprint, own[0], evidence


def evidence_row(position: int, e: Evidence) -> Row:
    """`EVIDENCE_COLUMNS` of one row of evidence."""
    (low, best, high), beyond = stored(EVIDENCE_NUMBERS, (e.low, e.best, e.high))
    return (
        position,
        e.table,
        e.row_id,
        e.source_id,
        e.relation,
        low,
        best,
        high,
        day(e.date_start),
        day(e.date_end),
        e.as_of,
        e.sql,
        e.note,
        e.own,
        e.name,
        e.source,
        e.url,
        e.confidence,
        beyond,
        _some([[step.slot, step.level, step.points, list(step.words)] for step in e.waterfall]),
        e.quote,
        e.reported_by,
    )


def sealed(*tables: list[Row]) -> tuple[str, list[list[Row]]]:
    """The fingerprint of the rows, hexadecimal, and the rows as the database can hold them.

    The same values give the same fingerprint in every run: marshal's format 2 depends on values alone. A lone
    surrogate, which no database text can hold, becomes U+FFFD; offsets stay.
    """
    data = marshal.dumps(tables, MARSHALLED)
    if SURROGATE_BYTES.search(data):
        tables = tuple([_storable(row) for row in table] for table in tables)
    return hashlib.blake2b(data, digest_size=16).hexdigest(), list(tables)


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return SURROGATE.sub("\ufffd", value)
    if isinstance(value, list | tuple):
        return type(value)(_storable(item) for item in value)
    return value


def _some(values: list[Any]) -> str | None:
    """The values as JSON, NULL where there are none, as in most rows."""
    return ENCODE(values) if values else None


def _json(values: list[Any]) -> str:
    return ENCODE(values) if values else NOTHING
