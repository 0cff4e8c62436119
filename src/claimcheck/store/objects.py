"""Rows back to model values, exactly as they were stored."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from claimcheck.model import (
    Claim,
    ClaimTime,
    Document,
    Evidence,
    Finding,
    Interval,
    Link,
    ListItem,
    Mention,
    Period,
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
from claimcheck.store import comparisons
from claimcheck.store.numbers import loaded
from claimcheck.store.rows import EVIDENCE_COLUMNS

Record = Mapping[str, Any]


def document(r: Record) -> Document:
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


def incidents(r: Record) -> tuple[ToldIncident, ...]:
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


def mention(r: Record) -> Mention:
    """A mention from its `MENTION_COLUMNS`."""
    beyond = r["beyond"]
    start, end = r["qualifier_start"], r["qualifier_end"]
    return Mention(
        start=r["start_offset"],
        end=r["end_offset"],
        text=r["text"],
        kind=r["kind"],
        value=loaded("value", r["value"], beyond),
        low=loaded("low", r["low"], beyond),
        high=loaded("high", r["high"], beyond),
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


def claim(r: Record, mentions: Sequence[Mention]) -> Claim:
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
        comparison=comparisons.read(r["comparison"]),
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


def finding(r: Record) -> Finding:
    """A finding from its `FINDING_COLUMNS`."""
    return Finding(
        kind=r["kind"],
        start=r["start_offset"],
        end=r["end_offset"],
        text=r["text"],
        status=r["status"],
        explanation=r["explanation"],
    )


def verdict(r: Record, evidence: Sequence[Evidence]) -> Verdict:
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
    )


def _suggestion(cells: Sequence[Any]) -> Suggestion:
    """A suggestion from its `EVIDENCE_COLUMNS` and the missing words, as JSON holds them: all texts."""
    r = dict(zip(EVIDENCE_COLUMNS, cells[:-1], strict=True), published_start=None, published_end=None)
    for name in ("low", "best", "high"):
        r[name] = None if r[name] is None else Decimal(r[name])
    for name in ("date_start", "date_end"):
        r[name] = None if r[name] is None else date.fromisoformat(r[name])
    return Suggestion(row=evidence(r), missing=tuple(cells[-1]))


def evidence(r: Record) -> Evidence:
    """One row of evidence from its `EVIDENCE_COLUMNS`."""
    beyond = r["beyond"]
    return Evidence(
        table=r["resource"],
        row_id=r["row_id"],
        source_id=r["source_id"],
        relation=r["relation"],
        low=loaded("low", r["low"], beyond),
        best=loaded("best", r["best"], beyond),
        high=loaded("high", r["high"], beyond),
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
        published=_period(r["published_start"], r["published_end"]),
    )


def reference_row(r: Record) -> ReferenceRow:
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
        low=loaded("low", r["low"], beyond),
        best=loaded("best", r["best"], beyond),
        high=loaded("high", r["high"], beyond),
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


def run(r: Record) -> RunInfo:
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
