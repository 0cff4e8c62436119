"""Model values as rows of the database, and back, exactly as they were."""

from __future__ import annotations

import hashlib
import json
import marshal
import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from claimcheck.model import (
    WIDE,
    Claim,
    ClaimTime,
    Comparison,
    Document,
    Evidence,
    Finding,
    Interval,
    Likely,
    Link,
    ListItem,
    Mention,
    Operand,
    Part,
    Period,
    Proposition,
    Reading,
    ReferenceRow,
    RunInfo,
    Slot,
    Span,
    Suggestion,
    ToldIncident,
    Verdict,
    WaterfallStep,
    Zone,
)

# ----------------------------------------------------------------------------------------------------
# Decimals in and out of DECIMAL(38,9), without a lost digit.
#
# A number that the column cannot hold exactly is rounded to nine places, or NULL beyond 10^29, and its text
# goes into the row's `beyond` column under the column's name. `loaded_number` prefers that text.

PLACES = Decimal("1E-9")
BOUND = Decimal("1E29")
ZERO = "0.000000000"  # one zero, so that a fingerprint does not depend on its sign


def stored_numbers(
    names: Sequence[str], values: Sequence[Decimal | None]
) -> tuple[tuple[str | None, ...], str | None]:
    """What the columns of these names take for the values, as text, and what the row's `beyond` takes: NULL
    where every number fits, else JSON of the texts of those that do not."""
    texts: list[str | None] = []
    beyond: dict[str, str] = {}
    for name, value in zip(names, values, strict=True):
        if value is None:
            texts.append(None)
            continue
        try:
            text, exact = _column(value)
        except TypeError:  # a signalling NaN has no hash
            text, exact = None, False
        texts.append(text)
        if not exact:
            beyond[name] = str(value)
    return tuple(texts), json.dumps(beyond, sort_keys=True) if beyond else None


@lru_cache(maxsize=1 << 12)
def _column(value: Decimal) -> tuple[str | None, bool]:
    """What a column takes for a number, with all nine places, and whether that is the number itself."""
    try:
        rounded = value.quantize(PLACES, context=WIDE)
    except InvalidOperation:  # infinite, or too many digits
        return None, False
    if not (rounded.is_finite() and -BOUND < rounded < BOUND):
        return None, False
    return f"{rounded:f}" if rounded else ZERO, rounded == value


@lru_cache(maxsize=1 << 12)
def whole_number(value: Decimal) -> Decimal:
    """A stored number without the zeros that its column adds, without an exponent where it is whole."""
    integral = value.to_integral_value(context=WIDE)
    return integral if integral == value else value.normalize(WIDE)


def loaded_number(column: str, value: Decimal | None, beyond: str | None) -> Decimal | None:
    """The number that was stored: without trailing zeros, without an exponent where it is whole."""
    if beyond is not None:
        text = json.loads(beyond).get(column)
        if text is not None:
            return Decimal(text)
    return None if value is None else whole_number(value)


# ----------------------------------------------------------------------------------------------------
# Propositions as JSON, kept with what the text of a claim alone says: lists of cells, a part each.


def proposition_cells(proposition: Proposition | None) -> list[Any] | None:
    """A proposition as cells that JSON can hold, None where there is none."""
    if proposition is None:
        return None
    parts = [
        [p.start, p.end, p.lemma, p.pos, p.role, p.level, p.unit, p.prep, int(p.is_head), int(p.context)]
        for p in proposition.parts
    ]
    return [proposition.role, int(proposition.passive), proposition.share, proposition.prep, parts]


def proposition_of(cells: list[Any] | None) -> Proposition | None:
    """The proposition that `proposition_cells` gave."""
    if cells is None:
        return None
    role, passive, share, prep, parts = cells
    return Proposition(
        parts=tuple(
            Part(start, end, lemma, pos, of, level, unit, behind, bool(head), bool(context))
            for start, end, lemma, pos, of, level, unit, behind, head, context in parts
        ),
        role=role,
        passive=bool(passive),
        share=share,
        prep=prep,
    )


# ----------------------------------------------------------------------------------------------------
# Comparisons as JSON: what was read, and of each operand what it was linked to.


def comparison_json(comparison: Comparison | None) -> str | None:
    """A comparison as JSON, None where there is none."""
    if comparison is None:
        return None
    ends = (comparison.low, comparison.high, comparison.outer_low, comparison.outer_high)
    cells = {
        "relation": comparison.relation,
        "way": comparison.way,
        "ends": [None if x is None else str(x) for x in ends],
        "rank": comparison.rank,
        "scope": [comparison.scope.start, comparison.scope.end],
        "unread": comparison.unread,
        "operands": [_operand(o) for o in comparison.operands],
    }
    return json.dumps(cells, ensure_ascii=False, separators=(",", ":"))


def comparison_of(text: str | None) -> Comparison | None:
    """The comparison that `comparison_json` gave; its operands are not read anew."""
    if text is None:
        return None
    cells: dict[str, Any] = json.loads(text)
    low, high, outer_low, outer_high = (None if x is None else Decimal(x) for x in cells["ends"])
    return Comparison(
        relation=cells["relation"],
        way=cells["way"],
        low=low,
        high=high,
        outer_low=outer_low,
        outer_high=outer_high,
        rank=cells["rank"],
        scope=Span(*cells["scope"]),
        unread=cells["unread"],
        operands=tuple(_operand_of(o) for o in cells["operands"]),
    )


def _operand(o: Operand) -> dict[str, Any]:
    claim = o.claim
    place, actor = (None, None) if claim is None else (claim.place, claim.actor)
    return {
        "role": o.role,
        "sentences": list(o.sentences),
        "number": None if o.number is None else [o.number.start, o.number.end],
        "since": None if o.since is None else o.since.isoformat(),
        "rows": list(o.rows),
        "measure": None if claim is None else claim.measure,
        "place": None if place is None else [place.text, place.id],
        "actor": None if actor is None else [actor.text, actor.id],
        "text": None if claim is None else claim.text,
    }


def _operand_of(cells: dict[str, Any]) -> Operand:
    claim = None
    if cells["text"] is not None:
        claim = Claim(
            claim_id="",
            kind="quantity",
            start=0,
            end=len(cells["text"]),
            text=cells["text"],
            measure=cells["measure"],
            place=None if cells["place"] is None else Link(*cells["place"]),
            actor=None if cells["actor"] is None else Link(*cells["actor"]),
        )
    return Operand(
        role=cells["role"],
        sentences=tuple(cells["sentences"]),
        number=None if cells["number"] is None else Span(*cells["number"]),
        since=None if cells["since"] is None else date.fromisoformat(cells["since"]),
        claim=claim,
        rows=tuple(cells["rows"]),
    )


# ----------------------------------------------------------------------------------------------------
# Model values as rows: the columns of each table in their order, without the key that owns them.
#
# Each `*_row` answers the columns of the tables that its `*_COLUMNS` names. A row holds texts, integers and
# truths alone: days are ISO 8601, numbers all their nine places, lists JSON. So its fingerprint is soon
# made, and a bulk load soon has it in a table.

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
    "probability", "likely",
)  # fmt: skip
EVIDENCE_COLUMNS = (
    "position", "resource", "row_id", "source_id", "relation", "low", "best", "high", "date_start",
    "date_end", "as_of", "sql", "note", "own", "name", "source", "url", "confidence", "beyond",
    "waterfall", "quote", "reported_by", "unit",
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
        **_limit_cells("killed", told.killed),
        **_limit_cells("injured", told.injured),
        "sources": list(told.sources),
        "claims": list(told.claims),
    }


def _limit_cells(fate: str, over: Interval | None) -> dict[str, str | None]:
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
    (value, low, high), beyond = stored_numbers(MENTION_NUMBERS, (m.value, m.low, m.high))
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
        comparison_json(c.comparison),
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
        _some(_suggestion_rows(verdict.suggestions)),
        verdict.probability,
        None if verdict.likely is None else ENCODE(_likely_cells(verdict.likely)),
    )
    met = [evidence_row(position, e) for position, e in enumerate(verdict.evidence)]
    fingerprint, (own, evidence) = sealed([row], met)
    return fingerprint, own[0], evidence


def _suggestion_rows(suggestions: Sequence[Suggestion]) -> list[Any]:
    return [[*evidence_row(n, s.row), list(s.missing), s.probability] for n, s in enumerate(suggestions)]


def _likely_cells(likely: Likely) -> dict[str, Any]:
    return {
        "verdict": likely.verdict,
        "probability": likely.probability,
        "rows": _suggestion_rows(likely.rows),
        "waterfall": [[s.slot, s.level, s.points, list(s.words)] for s in likely.waterfall],
        "told": likely.told,
    }


def evidence_row(position: int, e: Evidence) -> Row:
    """`EVIDENCE_COLUMNS` of one row of evidence."""
    (low, best, high), beyond = stored_numbers(EVIDENCE_NUMBERS, (e.low, e.best, e.high))
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
        e.unit,
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


# ----------------------------------------------------------------------------------------------------
# Rows back to model values, exactly as they were stored.

Record = Mapping[str, Any]


def document_of(r: Record) -> Document:
    """A document from its `DOCUMENT_COLUMNS`."""
    return Document(
        id=r["doc_id"],
        text=r["text"],
        date=r["date"],
        date_origin=r["date_origin"],
        about=r["about"],
        title=r["title"],
        author=r["author"],
        publisher=r["publisher"],
        address=r["address"],
        path=r["path"],
        encoding=r["encoding"],
        media_type=r["media_type"],
        locale=r["locale"],
        zones=tuple(Zone(*zone) for zone in json.loads(r["zones"])),
        items=tuple(ListItem(*item) for item in json.loads(r["items"])),
        pages=tuple(json.loads(r["pages"])),
    )


def incidents_of(r: Record) -> tuple[ToldIncident, ...]:
    """The incidents over their sources from a document's `DOCUMENT_COLUMNS`; none in databases of before."""
    return tuple(
        ToldIncident(
            day=None if told["day"] is None else date.fromisoformat(told["day"]),
            place=told["place"],
            killed=_limits(told, "killed"),
            injured=_limits(told, "injured"),
            sources=tuple(told["sources"]),
            claims=tuple(told["claims"]),
        )
        for told in json.loads(r["incidents"] or "[]")
    )


def _limits(told: Record, fate: str) -> Interval | None:
    low, high = told[f"{fate}_low"], told[f"{fate}_high"]
    if low is None and high is None:
        return None
    return Interval(None if low is None else Decimal(low), None if high is None else Decimal(high))


def mention_of(r: Record) -> Mention:
    """A mention from its `MENTION_COLUMNS`."""
    beyond = r["beyond"]
    start, end = r["qualifier_start"], r["qualifier_end"]
    return Mention(
        start=r["start_offset"],
        end=r["end_offset"],
        text=r["text"],
        kind=r["kind"],
        value=loaded_number("value", r["value"], beyond),
        low=loaded_number("low", r["low"], beyond),
        high=loaded_number("high", r["high"], beyond),
        comparator=r["comparator"],
        unit=r["unit"],
        noun=r["noun"],
        timex=r["timex"],
        date_start=r["date_start"],
        date_end=r["date_end"],
        inferred=tuple(r["inferred"]),
        status=r["status"],
        reason=r["reason"],
        rule=r["rule"],
        qualifier=None if start is None else Span(start, end),
        mod=r["mod"],
        edtf=r["edtf"],
        anchor=r["anchor"],
        cumulative=r["cumulative"],
    )


def claim_of(r: Record, mentions: Sequence[Mention]) -> Claim:
    """A claim from its `CLAIM_COLUMNS` and the document's stored mentions, the unlisted ones too."""
    place = r["mention_position"]
    return Claim(
        claim_id=r["claim_id"],
        kind=r["kind"],
        start=r["start_offset"],
        end=r["end_offset"],
        text=r["text"],
        measure=r["measure"],
        quantity=None if place is None else mentions[place],
        time=_time(r),
        place=_link(r, "place"),
        actor=_link(r, "actor"),
        subject=_link(r, "subject"),
        asserted=r["asserted"],
        hedge=r["hedge"],
        speaker=_link(r, "speaker"),
        predicate=r["predicate"],
        terms=tuple(r["terms"]),
        context=Span(r["context_start"], r["context_end"]),
        part_of=r["part_of"],
        rule=r["rule"],
        role=r["role"],
        slots=tuple(Slot(*slot) for slot in _listed(r["slots"])),
        unread=tuple(Span(*span) for span in _listed(r["unread"])),
        said_on=r["said_on"],
        comparison=comparison_of(r["comparison"]),
    )


def _time(r: Record) -> ClaimTime | None:
    if r["time_relation"] is None:
        return None
    return ClaimTime(
        start=r["time_start"],
        end=r["time_end"],
        timex=r["timex"],
        date_start=r["date_start"],
        date_end=r["date_end"],
        inferred=tuple(r["inferred"]),
        anchor=r["anchor"],
        relation=r["time_relation"],
        basis=r["time_basis"],
    )


def _link(r: Record, name: str) -> Link | None:
    text = r[f"{name}_text"]
    return None if text is None else Link(text, r[f"{name}_id"])


def finding_of(r: Record) -> Finding:
    """A finding from its `FINDING_COLUMNS`."""
    return Finding(
        kind=r["kind"],
        start=r["start_offset"],
        end=r["end_offset"],
        text=r["text"],
        status=r["status"],
        explanation=r["explanation"],
    )


def verdict_of(r: Record, evidence: Sequence[Evidence]) -> Verdict:
    """A verdict from its `VERDICT_COLUMNS` and its evidence."""
    stage: Any = r["stage"] or ""  # stored before there were stages: it follows from the reason
    return Verdict(
        verdict=r["verdict"],
        reason=r["reason"],
        explanation=r["explanation"],
        evidence=tuple(evidence),
        rule=r["rule"],
        stage=stage,
        suggestions=tuple(_suggestion(row) for row in _listed(r["suggestions"])),
        attribution=r["attribution"],
        unexplained=tuple(r["unexplained"] or ()),
        probability=r["probability"],
        likely=_likely(r["likely"]),
    )


def _likely(cells: str | None) -> Likely | None:
    if cells is None:
        return None
    r = json.loads(cells)
    return Likely(
        verdict=r["verdict"],
        probability=r["probability"],
        rows=tuple(_suggestion(row) for row in r["rows"]),
        waterfall=tuple(WaterfallStep(s, level, points, tuple(w)) for s, level, points, w in r["waterfall"]),
        told=r["told"],
    )


def _suggestion(cells: Sequence[Any]) -> Suggestion:
    """A suggestion from its `EVIDENCE_COLUMNS`, the missing words and the probability, as JSON holds them;
    those stored before there were probabilities have neither a unit nor one."""
    if len(cells) <= len(EVIDENCE_COLUMNS):
        cells = [*cells[:-1], None, cells[-1], None]
    *columns, missing, share = cells
    r = dict(zip(EVIDENCE_COLUMNS, columns, strict=True), published_start=None, published_end=None)
    for name in ("low", "best", "high"):
        r[name] = None if r[name] is None else Decimal(r[name])
    for name in ("date_start", "date_end"):
        r[name] = None if r[name] is None else date.fromisoformat(r[name])
    return Suggestion(row=evidence_of(r), missing=tuple(missing), probability=share)


def evidence_of(r: Record) -> Evidence:
    """One row of evidence from its `EVIDENCE_COLUMNS`."""
    beyond = r["beyond"]
    return Evidence(
        table=r["resource"],
        row_id=r["row_id"],
        source_id=r["source_id"],
        relation=r["relation"],
        low=loaded_number("low", r["low"], beyond),
        best=loaded_number("best", r["best"], beyond),
        high=loaded_number("high", r["high"], beyond),
        date_start=r["date_start"],
        date_end=r["date_end"],
        as_of=r["as_of"],
        sql=r["sql"],
        note=r["note"],
        own=r["own"],
        name=r["name"],
        source=r["source"],
        url=r["url"],
        confidence=r["confidence"],
        waterfall=tuple(
            WaterfallStep(slot, level, points, tuple(words))
            for slot, level, points, words in _listed(r["waterfall"])
        ),
        quote=r["quote"],
        reported_by=r["reported_by"],
        unit=r["unit"],
        published=_period(r["published_start"], r["published_end"]),
    )


def reference_row_of(r: Record) -> ReferenceRow:
    """A row of a reference table from its columns, with its `names` and `places` as lists."""
    beyond = r["beyond"]
    return ReferenceRow(
        package=r["package"],
        table=r["resource"],
        row_id=r["row_id"],
        kind=r["kind"],
        name=r["name"],
        names=tuple(r["names"] or ()),
        measure=r["measure"] or None,
        measure_type=r["measure_type"],
        unit=r["unit"],
        low=loaded_number("low", r["low"], beyond),
        best=loaded_number("best", r["best"], beyond),
        high=loaded_number("high", r["high"], beyond),
        places=tuple(r["places"] or ()),
        actor=r["actor"],
        first=_period(r["first_start"], r["first_end"]),
        last=_period(r["last_start"], r["last_end"]),
        as_of=_period(r["as_of_start"], r["as_of_end"]),
        number=r["number"],
        series=r["series"],
        complete=r["complete"],
        source_id=r["source_id"],
        source=r["source"],
        url=r["url"],
        confidence=r["confidence"],
        label=r["label"],
        quote=r["quote"],
        origins=tuple(r.get("origins") or ()),
        destinations=tuple(r.get("destinations") or ()),
        event=r.get("event"),
        reported_by=r.get("reported_by"),
        revised=bool(r.get("revised")),
        raw=json.loads(r["raw"]) if r["kind"] in ("event", "incident") else {},
    )


def _listed(text: str | None) -> list[Any]:
    """What a column of JSON lists, nothing where it is NULL."""
    found: list[Any] = json.loads(text) if text else []
    return found


@lru_cache(maxsize=1 << 12)
def _period(start: date | None, end: date | None) -> Period | None:
    return None if start is None and end is None else Period(start, end)


def run_of(r: Record) -> RunInfo:
    """A run from the table `run`, its documents as the store counted them."""
    return RunInfo(
        run_id=r["run_id"],
        started=r["started"],
        finished=r["finished"],
        version=r["version"],
        model=r["model"],
        lexicon=r["lexicon"],
        packages=json.loads(r["packages"]),
        documents=r["documents"],
        new_documents=r["new_documents"],
    )
