"""Model values as rows of the database, and back, exactly as they were."""

from __future__ import annotations

import hashlib
import json
import marshal
import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from claimcheck.model import (
    Claim,
    Comparison,
    Document,
    Evidence,
    Finding,
    Interval,
    Likely,
    Link,
    Mention,
    Operand,
    Part,
    Period,
    Proposition,
    Reading,
    ReferenceRow,
    ReportedIncident,
    RunInfo,
    Span,
    Suggestion,
    Verdict,
    WaterfallStep,
)
from claimcheck.store.codec import ENCODE, NOTHING, Record, Row, Table, cells, of_cells
from claimcheck.store.codec import whole_number as whole_number  # candidates asks for it here

# ----------------------------------------------------------------------------------------------------
# The columns of each table, without the key that owns them. Their order is part of the fingerprints that
# databases hold: what is new stands last.

DOCUMENT = Table(
    Document,
    "doc_id=id sha256 title author publisher address date date_origin about path encoding media_type locale "
    "text zones items pages incidents=",
    empty=NOTHING,
)
MENTION = Table(
    Mention,
    "position= listed= start_offset=start end_offset=end text kind value low high comparator unit noun timex "
    "date_start date_end inferred status reason rule qualifier_start=qualifier.start "
    "qualifier_end=qualifier.end mod edtf anchor cumulative beyond=",
)
CLAIM = Table(
    Claim,
    "position= claim_id kind start_offset=start end_offset=end text measure mention_position= "
    "quantity_start= quantity_end= value= low= high= comparator= unit= noun= "
    "time_start=time.start time_end=time.end timex=time.timex date_start=time.date_start "
    "date_end=time.date_end inferred=time.inferred anchor=time.anchor time_relation=time.relation "
    "time_basis=time.basis place_text=place.text place_id=place.id actor_text=actor.text actor_id=actor.id "
    "subject_text=subject.text subject_id=subject.id asserted hedge speaker_text=speaker.text "
    "speaker_id=speaker.id predicate terms context_start=context.start context_end=context.end part_of rule "
    "role slots unread said_on comparison=",
)
FINDING = Table(Finding, "position= kind start_offset=start end_offset=end text status explanation")
VERDICT = Table(
    Verdict,
    "verdict reason explanation rule stage attribution unexplained suggestions= probability likely= "
    "waterfall",
)
EVIDENCE = Table(
    Evidence,
    "position= resource=table row_id source_id relation low best high date_start date_end as_of sql note own "
    "name source url confidence beyond= waterfall quote reported_by unit",
)
REFERENCE = Table(
    ReferenceRow,
    "package resource=table row_id kind name names measure measure_type unit low best high places actor "
    "first_start=first.start first_end=first.end last_start=last.start last_end=last.end "
    "as_of_start=as_of.start as_of_end=as_of.end number series complete source_id source url confidence "
    "label quote origins destinations event reported_by revised",
)
RUN = Table(RunInfo, "run_id started finished version model lexicon documents new_documents")

NO_QUANTITY: Row = (None,) * 9
SURROGATE = re.compile("[\ud800-\udfff]")
SURROGATE_BYTES = re.compile(rb"\xed[\xa0-\xbf]")
MARSHALLED = 2

# ----------------------------------------------------------------------------------------------------
# Values as rows.


def document_row(document: Document, incidents: Sequence[ReportedIncident] = ()) -> Row:
    """The row of a document and the incidents that it reports."""
    return DOCUMENT.row(document, ENCODE([incident_values(stated) for stated in incidents]))


def incident_values(stated: ReportedIncident) -> dict[str, Any]:
    """An incident as the column `incidents` holds it; the view `told_incidents` reads these names."""
    ends = {
        f"{fate}_{end}": None if over is None else cells(getattr(over, end))
        for fate, over in (("killed", stated.killed), ("injured", stated.injured))
        for end in ("low", "high")
    }
    said = {"sources": list(stated.sources), "claims": list(stated.claims)}
    return {"day": cells(stated.day), "place": stated.place, **ends, **said}


def reading_rows(reading: Reading) -> tuple[list[Row], list[Row], list[Row]]:
    """The rows of the mentions, the claims and the findings.

    A claim's quantity is one of the mentions; where the claim carries a mention that the reading does not
    list (narrowed by a rule, say), that mention is a row of its own with `listed` false.
    """
    mentions = [MENTION.row(mention, position, True) for position, mention in enumerate(reading.mentions)]
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
                mentions.append(MENTION.row(quantity, place, False))
        row = None if place is None else mentions[place]
        counted = NO_QUANTITY if row is None else (place, *row[2:4], *row[6:12])
        claims.append(CLAIM.row(claim, position, *counted, comparison_json(claim.comparison)))
    findings = [FINDING.row(finding, position) for position, finding in enumerate(reading.findings)]
    return mentions, claims, findings


def verdict_rows(verdict: Verdict) -> tuple[str, Row, list[Row]]:
    """The fingerprint of a verdict, its row, and the rows of its evidence."""
    near = _suggestion_rows(verdict.suggestions)
    likely = None if verdict.likely is None else ENCODE(_likely_cells(verdict.likely))
    row = VERDICT.row(verdict, ENCODE(near) if near else None, likely)
    met = [EVIDENCE.row(e, position) for position, e in enumerate(verdict.evidence)]
    fingerprint, (own, evidence) = sealed([row], met)
    return fingerprint, own[0], evidence


def _suggestion_rows(suggestions: Sequence[Suggestion]) -> list[Any]:
    return [[*EVIDENCE.row(s.row, n), list(s.missing), s.probability] for n, s in enumerate(suggestions)]


def _likely_cells(likely: Likely) -> dict[str, Any]:
    return {
        "verdict": likely.verdict, "probability": likely.probability, "rows": _suggestion_rows(likely.rows),
        "waterfall": cells(likely.waterfall), "told": likely.explanation,
    }  # fmt: skip


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


# ----------------------------------------------------------------------------------------------------
# Rows back to model values, exactly as they were stored.


def incidents_of(r: Record) -> tuple[ReportedIncident, ...]:
    """The incidents over their sources from a document's row; none in databases of before."""
    return tuple(
        ReportedIncident(
            day=None if stated["day"] is None else date.fromisoformat(stated["day"]),
            place=stated["place"],
            killed=_limits(stated, "killed"),
            injured=_limits(stated, "injured"),
            sources=tuple(stated["sources"]),
            claims=tuple(stated["claims"]),
        )
        for stated in json.loads(r["incidents"] or "[]")
    )


def _limits(stated: Record, fate: str) -> Interval | None:
    ends = stated[f"{fate}_low"], stated[f"{fate}_high"]
    return None if ends == (None, None) else of_cells(Interval)(ends)


def claim_of(r: Record, mentions: Sequence[Mention]) -> Claim:
    """A claim from its row and the document's stored mentions, the unlisted ones too."""
    place = r["mention_position"]
    quantity = None if place is None else mentions[place]
    return CLAIM.value(r, quantity=quantity, comparison=comparison_of(r["comparison"]))


def verdict_of(r: Record, evidence: Sequence[Evidence]) -> Verdict:
    """A verdict from its row and its evidence."""
    near = json.loads(r["suggestions"]) if r["suggestions"] else ()
    return VERDICT.value(
        r,
        stage=r["stage"] or "",  # stored before there were stages: it follows from the reason
        evidence=tuple(evidence),
        suggestions=tuple(_suggestion(row) for row in near),
        likely=_likely(r["likely"]),
    )


def _likely(text: str | None) -> Likely | None:
    if text is None:
        return None
    r = json.loads(text)
    return Likely(
        verdict=r["verdict"],
        probability=r["probability"],
        rows=tuple(_suggestion(row) for row in r["rows"]),
        waterfall=of_cells(tuple[WaterfallStep, ...])(r["waterfall"]),
        explanation=r["told"],
    )


def _suggestion(given: Sequence[Any]) -> Suggestion:
    """A suggestion from the row of its evidence, the missing words and the probability, as JSON holds them;
    those stored before there were probabilities have neither a unit nor one."""
    if len(given) <= len(EVIDENCE.columns):
        given = [*given[:-1], None, given[-1], None]
    *columns, missing, share = given
    r = dict(zip(EVIDENCE.columns, columns, strict=True))
    for names, read in ((("low", "best", "high"), Decimal), (("date_start", "date_end"), date.fromisoformat)):
        r |= {name: None if r[name] is None else read(r[name]) for name in names}
    return Suggestion(row=evidence_of(r), missing=tuple(missing), probability=share)


def evidence_of(r: Record) -> Evidence:
    """One row of evidence, with the days on which its source was published where the record has them."""
    return EVIDENCE.value(r, published=_period(r.get("published_start"), r.get("published_end")))


@lru_cache(maxsize=1 << 12)
def _period(start: date | None, end: date | None) -> Period | None:
    return None if start is None and end is None else Period(start, end)


def reference_row_of(r: Record) -> ReferenceRow:
    """A row of a reference table from its columns, with its `names` and `places` as lists."""
    raw = json.loads(r["raw"]) if r["kind"] in ("event", "incident") else {}
    return REFERENCE.value(r, measure=r["measure"] or None, raw=raw)


def run_of(r: Record) -> RunInfo:
    """A run from the table `run`, its documents as the store counted them."""
    return RUN.value(r, packages=json.loads(r["packages"]))


# ----------------------------------------------------------------------------------------------------
# As JSON: propositions, kept with what the text of a claim alone says; comparisons, as they were read and
# what each operand was linked to.


def proposition_cells(proposition: Proposition | None) -> list[Any] | None:
    """A proposition as cells that JSON can hold, None where there is none."""
    if proposition is None:
        return None
    parts, *rest = cells(proposition)
    return [*rest, parts]


def proposition_of(given: list[Any] | None) -> Proposition | None:
    """The proposition that `proposition_cells` gave."""
    if given is None:
        return None
    role, passive, share, prep, parts = given
    made = of_cells(tuple[Part, ...])(parts)
    return Proposition(parts=made, role=role, passive=bool(passive), share=share, prep=prep)


ENDS = ("low", "high", "outer_low", "outer_high")


def comparison_json(comparison: Comparison | None) -> str | None:
    """A comparison as JSON, None where there is none."""
    if comparison is None:
        return None
    stated = {
        "relation": comparison.relation, "way": comparison.way,
        "ends": [cells(getattr(comparison, end)) for end in ENDS], "rank": comparison.rank,
        "scope": cells(comparison.scope), "unread": comparison.unread,
        "operands": [_operand(o) for o in comparison.operands],
    }  # fmt: skip
    return ENCODE(stated)


def comparison_of(text: str | None) -> Comparison | None:
    """The comparison that `comparison_json` gave; its operands are not read anew."""
    if text is None:
        return None
    stated: dict[str, Any] = json.loads(text)
    ends = stated.pop("ends")
    stated |= {end: None if x is None else Decimal(x) for end, x in zip(ENDS, ends, strict=True)}
    stated |= {"scope": Span(*stated["scope"]), "operands": tuple(_operand_of(o) for o in stated["operands"])}
    return Comparison(**stated)


def _operand(o: Operand) -> dict[str, Any]:
    stated = {name: cells(getattr(o, name)) for name in ("role", "number", "since", "rows")}
    linked = {name: cells(getattr(o.claim, name, None)) for name in ("measure", "place", "actor", "text")}
    return stated | {"sentences": [o.text]} | linked


def _operand_of(stated: dict[str, Any]) -> Operand:
    text, measure = stated["text"], stated["measure"]
    place, actor = (None if stated[name] is None else Link(*stated[name]) for name in ("place", "actor"))
    claim = None
    if text is not None:
        claim = Claim(
            claim_id="", kind="quantity", start=0, end=len(text), text=text, measure=measure, place=place,
            actor=actor,
        )  # fmt: skip
    return Operand(
        role=stated["role"],
        text=next(iter(stated["sentences"]), ""),
        number=None if stated["number"] is None else Span(*stated["number"]),
        since=None if stated["since"] is None else date.fromisoformat(stated["since"]),
        claim=claim,
        rows=tuple(stated["rows"]),
    )
