"""Documents, claims and verdicts for the tests of the store: a small real one, and any at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest
from hypothesis import strategies as st

from claimcheck.model import (
    CheckedDocument,
    Claim,
    ClaimTime,
    Document,
    Evidence,
    Finding,
    Link,
    Mention,
    Reading,
    RunInfo,
    Span,
    Verdict,
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
offsets = st.integers(0, 10_000)
ANY: dict[Any, st.SearchStrategy[Any]] = {
    str: texts, int: offsets, bool: st.booleans(), date: st.dates(), float: st.integers(-99, 99).map(float),
    Decimal: st.decimals(allow_nan=False, allow_infinity=False),
}  # fmt: skip


def any_of(hint: Any) -> st.SearchStrategy[Any]:
    """Any value of a type, as the fields of the model are annotated."""
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Literal:
        return st.sampled_from(parts)
    if origin is tuple:
        return st.lists(any_of(parts[0]), max_size=2).map(tuple)
    if parts:  # or None
        return st.none() | any_of(parts[0])
    return ANY[hint] if hint in ANY else built(hint)


def built(kind: type, **given: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Any value of a class of the model, in all fields that tell two values apart."""
    hints, names = get_type_hints(kind), sorted(f.name for f in fields(kind) if f.compare)
    drawn = {name: given[name] if name in given else any_of(hints[name]) for name in names}

    def ordered(**values: Any) -> Any:
        if isinstance(values.get("start"), int) and isinstance(values.get("end"), int):
            values["start"], values["end"] = sorted((values["start"], values["end"]))
        return kind(**values)

    return st.builds(ordered, **drawn)


@st.composite
def checked_documents(draw: st.DrawFn, number: int = 0) -> CheckedDocument:
    """Any checked document whose claim ids begin at `number`; a claim's quantity is one of the mentions, an
    equal one, another one or none."""
    document = draw(built(Document, id=texts.map(f"{number}{{}}".format)))
    read = tuple(draw(st.lists(any_of(Mention), max_size=3)))
    quantities = st.none() | any_of(Mention) | (st.sampled_from(read) if read else st.nothing())
    made = tuple(
        draw(built(Claim, claim_id=st.just(f"{number + n:016x}"), quantity=quantities, comparison=st.none()))
        for n in range(draw(st.integers(0, 2)))
    )
    verdicts = built(Verdict, likely=st.none(), evidence=st.lists(any_of(Evidence), min_size=1).map(tuple))
    findings = tuple(draw(st.lists(any_of(Finding), max_size=1)))
    reading = Reading(document=document, mentions=read, claims=made, findings=findings)
    return CheckedDocument(
        reading=reading, verdicts={c.claim_id: draw(verdicts) for c in made if draw(st.booleans())}
    )


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store() as opened:
        yield opened


def numbered(run: int) -> RunInfo:
    return replace(RUN, run_id=f"run-{run}")
