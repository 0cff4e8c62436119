"""Documents, claims and verdicts for the tests of the store: a small real one, and any at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import strategies as st

from claimcheck.model import (
    Attribution,
    Basis,
    CheckedDocument,
    Claim,
    ClaimKind,
    ClaimTime,
    Comparator,
    Document,
    Evidence,
    Finding,
    Link,
    ListItem,
    Mention,
    MentionKind,
    MentionStatus,
    Reading,
    Relation,
    RunInfo,
    Slot,
    Span,
    Stage,
    Suggestion,
    TimeRelation,
    Verdict,
    VerdictName,
    WaterfallStep,
    Zone,
    claim_key,
)
from claimcheck.store import Store, open_store

SOURCE = Path(__file__).parent.parent / "src"
RUN = RunInfo(
    run_id="2018-02-01T10", started="2018-02-01T10:00:00+00:00", finished="2018-02-01T10:00:05+00:00",
    version="0.1.0", model="none", lexicon="abc", packages={"harbours": "0123456789ab"},
)  # fmt: skip


def harbour(doc_id: str = "harbour", ships: int = 12, reason: str | None = "exact") -> CheckedDocument:
    """A document with one claim about ships, and its verdict (none where `reason` is None)."""
    text = f"The harbour held {ships} ships on 3 May 2017. Call 555."
    document = Document(
        id=doc_id, text=text, date=date(2017, 5, 4), date_origin="given", title="Harbour news"
    )
    place = text.index(str(ships))
    ship = Mention(
        start=place, end=place + len(str(ships)), text=str(ships), kind="number", value=Decimal(ships),
        low=Decimal(ships), high=Decimal(ships), noun="ship", status="claim", rule="numbers.digits",
    )  # fmt: skip
    at = text.index("3 May 2017")
    day = Mention(
        start=at, end=at + 10, text="3 May 2017", kind="date", timex="2017-05-03",
        date_start=date(2017, 5, 3), date_end=date(2017, 5, 3), status="claim", rule="dates.day",
    )  # fmt: skip
    call = Mention(
        start=len(text) - 4, end=len(text) - 1, text="555", kind="number", value=Decimal(555),
        status="not_claim", reason="phone number", rule="numbers.phone",
    )  # fmt: skip
    end = text.index(".")
    claim = Claim(
        claim_id=claim_key(document, "quantity", 0, end, ships),
        kind="quantity",
        start=0,
        end=end,
        text=text[:end],
        measure="ships in port",
        quantity=ship,
        place=Link("harbour", "places:P1"),
        predicate="hold",
        time=ClaimTime(
            start=at,
            end=at + 10,
            timex="2017-05-03",
            date_start=date(2017, 5, 3),
            date_end=date(2017, 5, 3),
            relation="on",
        ),
        terms=("harbour", "hold", "ship"),
        context=Span(0, end + 1),
        rule="claims.clause",
    )
    finding = Finding(
        kind="dates", start=at, end=at + 10, text="3 May 2017", status="ok", explanation="One date."
    )
    verdicts = {} if reason is None else {claim.claim_id: _verdict(ships, reason)}
    reading = Reading(document=document, mentions=(ship, day, call), claims=(claim,), findings=(finding,))
    return CheckedDocument(reading=reading, verdicts=verdicts)


def _verdict(ships: int, reason: str) -> Verdict:
    if reason.startswith("no_"):
        return Verdict(
            verdict="not_enough_evidence", reason=reason, explanation="No row.", rule="judging.none"
        )
    evidence = Evidence(
        table="figures", row_id="F1", source_id="S1", relation="supports", low=Decimal(12),
        best=Decimal(12), high=Decimal(12), as_of="2017-05-03", note=f"{ships} is 12", name="ships in port",
        source="Harbour log",
    )  # fmt: skip
    return Verdict(
        verdict="supported", reason=reason, explanation="12 is 12.", evidence=(evidence,),
        rule="judging.stock",
    )  # fmt: skip


# --- any document at all -------------------------------------------------------------------------

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
words = st.none() | texts
numbers = st.none() | st.decimals(allow_nan=False, allow_infinity=False)
days = st.none() | st.dates()
offsets = st.integers(0, 10_000)
spans = st.tuples(offsets, offsets).map(lambda pair: Span(min(pair), max(pair)))
links = st.none() | st.builds(Link, texts, words)
lists = st.lists(texts, max_size=3).map(tuple)

mentions = st.builds(
    lambda span, **fields: Mention(start=span.start, end=span.end, **fields), spans, text=texts,
    kind=st.sampled_from(get_args(MentionKind)), value=numbers, low=numbers, high=numbers,
    comparator=st.sampled_from(get_args(Comparator)), unit=words, noun=words, timex=words, date_start=days,
    date_end=days, inferred=lists, status=st.sampled_from(get_args(MentionStatus)), reason=words,
    rule=texts, qualifier=st.none() | spans, mod=words, edtf=words, anchor=words, cumulative=st.booleans(),
)  # fmt: skip
times = st.builds(
    ClaimTime, start=st.none() | offsets, end=st.none() | offsets, timex=words, date_start=days,
    date_end=days, inferred=lists, anchor=words, relation=st.sampled_from(get_args(TimeRelation)),
    basis=st.sampled_from(["clause", "sentence", "discourse", "document"]),
)  # fmt: skip
slots = st.builds(
    Slot, slot=texts, text=texts, start=st.none() | offsets, end=st.none() | offsets, value=words,
    basis=st.sampled_from(get_args(Basis)),
)  # fmt: skip


@st.composite
def claims(draw: st.DrawFn, number: int, read: tuple[Mention, ...]) -> Claim:
    """A claim whose quantity is one of the mentions, an equal one, another one or none."""
    span = draw(spans)
    quantities = st.none() | mentions
    return Claim(
        claim_id=f"{number:016x}", kind=draw(st.sampled_from(get_args(ClaimKind))), start=span.start,
        end=span.end, text=draw(texts), measure=draw(words),
        quantity=draw(st.sampled_from(read) | quantities if read else quantities),
        time=draw(st.none() | times), place=draw(links), actor=draw(links), subject=draw(links),
        asserted=draw(st.booleans()), hedge=draw(words), speaker=draw(links), predicate=draw(words),
        terms=draw(lists), context=draw(spans), part_of=draw(words), rule=draw(texts),
        slots=draw(st.lists(slots, max_size=2).map(tuple)),
        unread=draw(st.lists(spans, max_size=2).map(tuple)), said_on=draw(days),
    )  # fmt: skip


evidence_rows = st.builds(
    Evidence,
    table=texts,
    row_id=texts,
    source_id=words,
    relation=st.sampled_from(get_args(Relation)),
    low=numbers,
    best=numbers,
    high=numbers,
    date_start=days,
    date_end=days,
    as_of=words,
    sql=words,
    note=texts,
    own=st.booleans(),
    name=words,
    source=words,
    url=words,
    confidence=words,
    waterfall=st.lists(
        st.builds(WaterfallStep, slot=texts, level=texts, points=st.integers(-99, 99), words=lists),
        max_size=2,
    ).map(tuple),
    quote=words,
)
verdicts = st.builds(
    Verdict, verdict=st.sampled_from(get_args(VerdictName)), reason=texts, explanation=texts,
    evidence=st.lists(evidence_rows, min_size=1, max_size=2).map(tuple), rule=texts,
    stage=st.sampled_from(get_args(Stage)),
    suggestions=st.lists(st.builds(Suggestion, row=evidence_rows, missing=lists), max_size=2).map(tuple),
    attribution=st.none() | st.sampled_from(get_args(Attribution)), unexplained=lists,
)  # fmt: skip


@st.composite
def checked_documents(draw: st.DrawFn, number: int = 0) -> CheckedDocument:
    """Any checked document whose claim ids begin at `number`."""
    document = Document(
        id=f"{number}{draw(texts)}", text=draw(texts), date=draw(days), date_origin=draw(words),
        about=draw(words), title=draw(words), author=draw(words), publisher=draw(words),
        address=draw(words), path=draw(words), encoding=draw(words), media_type=draw(texts),
        locale=draw(st.sampled_from(["mdy", "dmy", "unknown"])),
        zones=draw(st.lists(st.builds(Zone, offsets, offsets, st.just("body")), max_size=2).map(tuple)),
        items=draw(st.lists(st.builds(ListItem, *[offsets] * 5, texts), max_size=2).map(tuple)),
        pages=draw(st.lists(offsets, max_size=2).map(tuple)),
    )  # fmt: skip
    read = tuple(draw(st.lists(mentions, max_size=3)))
    made = tuple(draw(claims(number + n, read)) for n in range(draw(st.integers(0, 2))))
    finding = st.builds(
        Finding, kind=texts, start=offsets, end=offsets, text=texts,
        status=st.sampled_from(["ok", "problem"]), explanation=texts,
    )  # fmt: skip
    return CheckedDocument(
        reading=Reading(
            document=document,
            mentions=read,
            claims=made,
            findings=tuple(draw(st.lists(finding, max_size=1))),
        ),
        verdicts={c.claim_id: draw(verdicts) for c in made if draw(st.booleans())},
    )


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store() as opened:
        yield opened


def numbered(run: int) -> RunInfo:
    return replace(RUN, run_id=f"run-{run}")
