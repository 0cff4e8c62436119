"""Sentences read whole: which number measures what, when, where, by whom, and whether it is asserted.

`gold/reading.toml` was written before any result was seen; a case that is still read otherwise says why
(`known`).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.claims.reading import prepare, read
from claimcheck.documents.files import make
from claimcheck.lexicon import load
from claimcheck.model import Claim, Reading, Span
from claimcheck.syntax.view import view
from tests.reader import gold, judged, of_all

CASES: list[dict[str, Any]] = gold("reading")["case"]
WANTED = [(n, w) for n, case in enumerate(CASES) for w in case["claims"]]


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    days = [c.get("date", date(2019, 6, 12)) for c in CASES]
    documents = [
        make(f"case {i}", c["text"], meta={"date": d})
        for i, (c, d) in enumerate(zip(CASES, days, strict=True))
    ]
    return list(read(documents))


def claim_at(reading: Reading, wanted: dict[str, Any]) -> Claim | None:
    """The claim whose number (for an event: whose date) is written so."""
    kind, text = wanted.get("kind", "quantity"), reading.document.text
    for claim in (*reading.claims, *reading.latent):
        time = claim.time
        if claim.kind != kind:
            continue
        if kind == "event" and time is not None and time.start is not None:
            if text[time.start : time.end] == wanted["at"]:
                return claim
        elif claim.quantity is not None and claim.quantity.text == wanted["at"]:
            return claim
    return None


def faults(reading: Reading, wanted: dict[str, Any]) -> list[str]:
    """What of a claim is not as it is wanted."""
    claim = claim_at(reading, wanted)
    if claim is None:
        return ["no such claim"]
    out = []
    bounds = [None if end not in wanted else Decimal(str(wanted[end])) for end in ("low", "high")]
    own, time = claim.quantity, claim.time
    if own is not None and any(bounds) and [own.low, own.high] != bounds:
        out.append(f"interval {own.interval}")
    unit = (own.unit if own is not None else None) or ""
    days = [] if time is None else [str(time.date_start or ""), str(time.date_end or "")]
    stated = {"unit": unit, "time": days}
    out += [f"{name} {is_so}" for name, is_so in stated.items() if wanted.get(name, is_so) != is_so]
    for name in ("place", "actor", "speaker"):
        link = getattr(claim, name)
        if name in wanted and wanted[name] not in ("" if link is None else link.text):
            out.append(f"{name} {link}")
    whole = next((c for c in reading.claims if c.claim_id == claim.part_of), None)
    number = None if whole is None or whole.quantity is None else whole.quantity.text
    if "part_of" in wanted and number != wanted["part_of"]:
        out.append(f"part of {number}")
    return out if claim.hedge == wanted.get("hedge") else [*out, f"hedge {claim.hedge}"]


@pytest.mark.parametrize(("number", "wanted"), WANTED, ids=[f"{n} {w['at']}" for n, w in WANTED])
def test_claim(readings: list[Reading], number: int, wanted: dict[str, Any]) -> None:
    found = faults(readings[number], wanted)
    if "known" in wanted:
        assert found, f"reached now: take out `known` ({wanted['known']})"
    else:
        assert not found, found


MEASURED = [(row, e) for row in load("measuring") for e in row.examples]
NOT_MEASURED = [(row, e) for row in load("measuring") for e in row.counter_examples]


def first_measure(sentence: str) -> str:
    claim = next(c for c in judged(sentence) if c.quantity is not None)
    return claim.measure or ""


@of_all(MEASURED, parsed=True)
def test_examples_measure_what_they_say(row: Any, example: str) -> None:
    sentence, word = example.split(" | ")
    assert word in first_measure(sentence)


@of_all(NOT_MEASURED, parsed=True)
def test_counter_examples_measure_something_else(row: Any, example: str) -> None:
    sentence, word = example.split(" | ")
    assert word not in first_measure(sentence)


@of_all([e for row in load("speech") for e in row.examples], parsed=True)
def test_examples_of_speech_have_a_speaker(text: str) -> None:
    assert all(c.speaker is not None for c in judged(text))


@of_all([e for row in load("speech") for e in row.counter_examples], parsed=True)
def test_counter_examples_of_speech_have_none(text: str) -> None:
    claims = judged(text)
    assert claims
    assert not [c for c in claims if c.speaker is not None]


@of_all([e for row in load("placing") for e in row.examples], parsed=True)
def test_examples_of_places_are_found(text: str) -> None:
    name = text[text.index("[") + 1 : text.index("]")]
    claims = judged(text.replace("[", "").replace("]", ""))
    assert [c.place.text for c in claims if c.place is not None] == [name]


@of_all([e for row in load("placing") for e in row.counter_examples], parsed=True)
def test_counter_examples_of_places_have_none(text: str) -> None:
    claims = judged(text)
    assert claims
    assert not [c.place for c in claims if c.place is not None]


AUXILIARIES = [row for row in load("auxiliaries") if row["tense"] not in ("state", "alike")]
ALIKE = [row for row in load("auxiliaries") if row["tense"] == "alike"]
STATES = [row for row in load("auxiliaries") if row["tense"] == "state"]


@of_all([e for row in AUXILIARIES for e in row.examples], parsed=True)
def test_examples_of_auxiliaries_hold_at_no_day(text: str) -> None:
    assert [c.time for c in judged(text)] == [None]


@of_all([e for row in AUXILIARIES for e in row.counter_examples], parsed=True)
def test_counter_examples_of_auxiliaries_hold_now(text: str) -> None:
    assert [c.time and c.time.anchor for c in judged(text)] == ["document"]


@of_all([e for row in ALIKE for e in row.examples], parsed=True)
def test_examples_of_verbs_alike_go_on_with_the_story(text: str) -> None:
    assert [c.time and c.time.timex for c in judged(text, "quantity")] == ["2016-05"]


@of_all([e for row in ALIKE for e in row.counter_examples], parsed=True)
def test_counter_examples_of_verbs_alike_hold_now(text: str) -> None:
    assert [c.time and c.time.anchor for c in judged(text, "quantity")] == ["document"]


@of_all([e for row in STATES for e in row.examples], parsed=True)
def test_examples_of_states_hold_when_they_were_said(text: str) -> None:
    assert [c.time and c.time.timex for c in judged(text, "quantity")] == ["2018-05"]


@of_all([e for row in STATES for e in row.counter_examples], parsed=True)
def test_counter_examples_of_states_hold_at_no_day(text: str) -> None:
    assert [c.time for c in judged(text, "quantity")] == [None]


CLAUSE_TIMES = [e for row in load("clause_times") for e in (*row.examples, *row.counter_examples)]


@of_all(CLAUSE_TIMES, parsed=True)
def test_a_clause_below_dates_the_one_above_in_its_own_way(example: str) -> None:
    text, days = example.split(" -> ")
    time = next(c.time for c in judged(text, "quantity") if c.quantity and c.quantity.value == 226)
    assert time is not None
    assert f"{time.date_start or '..'}/{time.date_end or '..'}" == days


# ----------------------------------------------------------------------------------------------------
# The view that is parsed, and its map back to the document's characters.


PIECES = [
    "3 May 2019", "between 5 and 9", "a 40-year old", " ", "\n ", "\u200b", "boats", ",", "sank ", "on ",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_every_character_finds_its_way_back(text: str) -> None:
    prepared = prepare(make("x", text, meta={"date": date(2019, 6, 12)}))
    seen = view(text, Span(0, len(text)), prepared.mentions)
    assert "".join(seen.meant[i].of(text) for i in range(len(seen.meant))) == text
    for begin, meant, whole in zip(seen.shown, seen.meant, seen.whole, strict=True):
        if not whole:  # kept as it is: every character goes back to itself
            for i in range(len(meant)):
                there = meant.start + i
                assert seen.in_document(begin + i, begin + i + 1) == Span(there, there + 1)
        else:
            assert seen.in_document(begin, begin + 1) == meant
    for mention in prepared.mentions:
        start, end = seen.shown_at(mention.start, mention.end)
        assert 0 <= start < end <= len(seen.text)
        assert seen.in_document(start, end).overlaps(mention.span)
