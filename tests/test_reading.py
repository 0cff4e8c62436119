"""Sentences read whole: which number measures what, when, where, by whom, and whether it is asserted.

`gold/reading.toml` was written before any result was seen; a case that is still read otherwise says why
(`known`).
"""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from claimcheck.claims.reading import read
from claimcheck.documents.files import make
from claimcheck.lexicon import load
from claimcheck.model import Claim, Reading
from tests.reader import ROOT, judged, read_text

CASES: list[dict[str, Any]] = tomllib.loads(
    (ROOT / "tests" / "gold" / "reading.toml").read_text(encoding="utf-8")
)["case"]
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
    measure = (claim.measure or "").lower()
    out = [f"measure {measure!r} lacks {w}" for w in wanted.get("says", ()) if w.lower() not in measure]
    out += [f"measure {measure!r} has {w}" for w in wanted.get("never", ()) if w.lower() in measure]
    bounds = [None if end not in wanted else Decimal(str(wanted[end])) for end in ("low", "high")]
    if claim.quantity is not None and any(bounds):
        is_so = [claim.quantity.low, claim.quantity.high] == bounds
        out += [] if is_so else [f"interval {claim.quantity.interval}"]
    if "time" in wanted:
        time = claim.time
        days = [] if time is None else [str(time.date_start or ""), str(time.date_end or "")]
        out += [] if days == wanted["time"] else [f"time {days}"]
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


@pytest.mark.parametrize(("row", "example"), MEASURED, ids=lambda x: getattr(x, "id", x))
def test_examples_measure_what_they_say(row: Any, example: str) -> None:
    sentence, word = example.split(" | ")
    assert word in first_measure(sentence)


@pytest.mark.parametrize(("row", "example"), NOT_MEASURED, ids=lambda x: getattr(x, "id", x))
def test_counter_examples_measure_something_else(row: Any, example: str) -> None:
    sentence, word = example.split(" | ")
    assert word not in first_measure(sentence)


@pytest.mark.parametrize("text", [e for row in load("speech") for e in row.examples])
def test_examples_of_speech_have_a_speaker(text: str) -> None:
    assert all(c.speaker is not None for c in judged(text))


@pytest.mark.parametrize("text", [e for row in load("speech") for e in row.counter_examples])
def test_counter_examples_of_speech_have_none(text: str) -> None:
    claims = judged(text)
    assert claims
    assert not [c for c in claims if c.speaker is not None]


@pytest.mark.parametrize("text", [e for row in load("placing") for e in row.examples])
def test_examples_of_places_are_found(text: str) -> None:
    name = text[text.index("[") + 1 : text.index("]")]
    claims = judged(text.replace("[", "").replace("]", ""))
    assert [c.place.text for c in claims if c.place is not None] == [name]


@pytest.mark.parametrize("text", [e for row in load("placing") for e in row.counter_examples])
def test_counter_examples_of_places_have_none(text: str) -> None:
    claims = judged(text)
    assert claims
    assert not [c.place for c in claims if c.place is not None]


@pytest.mark.parametrize("text", [e for row in load("doers") for e in row.examples])
def test_examples_of_doers_have_none(text: str) -> None:
    assert [c.actor for c in judged(text)] == [None]


@pytest.mark.parametrize("text", [e for row in load("doers") for e in row.counter_examples])
def test_counter_examples_of_doers_have_one(text: str) -> None:
    assert all(c.actor is not None for c in judged(text))


GAPPED = "Fiji sent 1,200 nurses in May, Nepal some 40,000 and Peru 300,000."


def test_a_number_whose_verb_is_left_out_goes_with_its_own_name() -> None:
    claims = [c for c in judged(GAPPED) if c.quantity is not None]
    assert [c.measure for c in claims] == ["nurses sent"] * 3
    assert [c.subject and c.subject.text for c in claims] == ["Fiji", "Nepal", "Peru"]
    assert all(c.time and c.time.timex == "2019-05" for c in claims)


def test_a_number_with_a_verb_or_noun_of_its_own_is_not_gapped() -> None:
    others = ("Fiji sent 1,200 nurses, Nepal sent 40,000 doctors.", "Fiji sent 1,200 nurses, 40,000 tents.")
    for text in others:
        assert not [c for c in judged(text) if c.rule == "claims.gapped"]


AUXILIARIES = [row for row in load("auxiliaries") if row["tense"] not in ("state", "alike")]
ALIKE = [row for row in load("auxiliaries") if row["tense"] == "alike"]
STATES = [row for row in load("auxiliaries") if row["tense"] == "state"]


@pytest.mark.parametrize("text", [e for row in AUXILIARIES for e in row.examples])
def test_examples_of_auxiliaries_hold_at_no_day(text: str) -> None:
    assert [c.time for c in judged(text)] == [None]


@pytest.mark.parametrize("text", [e for row in AUXILIARIES for e in row.counter_examples])
def test_counter_examples_of_auxiliaries_hold_now(text: str) -> None:
    assert [c.time and c.time.anchor for c in judged(text)] == ["document"]


@pytest.mark.parametrize("text", [e for row in ALIKE for e in row.examples])
def test_examples_of_verbs_alike_go_on_with_the_story(text: str) -> None:
    assert [c.time and c.time.timex for c in judged(text, "quantity")] == ["2016-05"]


@pytest.mark.parametrize("text", [e for row in ALIKE for e in row.counter_examples])
def test_counter_examples_of_verbs_alike_hold_now(text: str) -> None:
    assert [c.time and c.time.anchor for c in judged(text, "quantity")] == ["document"]


@pytest.mark.parametrize("text", [e for row in STATES for e in row.examples])
def test_examples_of_states_hold_when_they_were_said(text: str) -> None:
    assert [c.time and c.time.timex for c in judged(text, "quantity")] == ["2018-05"]


@pytest.mark.parametrize("text", [e for row in STATES for e in row.counter_examples])
def test_counter_examples_of_states_hold_at_no_day(text: str) -> None:
    assert [c.time for c in judged(text, "quantity")] == [None]


CLAUSE_TIMES = [e for row in load("clause_times") for e in (*row.examples, *row.counter_examples)]


@pytest.mark.parametrize("example", CLAUSE_TIMES)
def test_a_clause_below_dates_the_one_above_in_its_own_way(example: str) -> None:
    text, days = example.split(" -> ")
    time = next(c.time for c in judged(text, "quantity") if c.quantity and c.quantity.value == 226)
    assert time is not None
    assert f"{time.date_start or '..'}/{time.date_end or '..'}" == days


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("More than 100 people drowned, police said on Monday.", None),
        ("Police said on Monday that more than 100 people drowned.", None),
        ("On Monday, police said that more than 100 people drowned.", None),
        ("More than 100 people drowned on Monday, police said.", "2019-06-10"),
        ("More than 100 people drowned between 9 and 10 June, the coast guard said.", "2019-06-10"),
        ("On Monday, police counted more than 100 people.", "2019-06-10"),
    ],
)
def test_the_day_of_saying_is_not_the_day_of_what_is_said(text: str, day: str | None) -> None:
    time = next(c.time for c in judged(text, "quantity"))
    assert (None if time is None else str(time.date_end)) == day


# text, number, time's basis: what holds where the sentence has no date of its own
UNDATED = [
    ("On 3 March 2018 the mayor spoke. He said that 310 boats are at sea.", "310", "discourse"),
    ("On 3 March 2018 the mayor spoke. He says that 310 boats are at sea.", "310", "document"),
    ("In March 2018 the mayor spoke. He said that 310 boats are at sea.", "310", "document"),
    ("On 3 March 2018 a dam broke.\n\nSome 90 houses were lost.", "90", "discourse"),
    ("On 3 March 2018 a dam broke.\n\nIt rained.\n\nSome 90 houses were lost.", "90", "discourse"),
    ("On 3 March 2018 a dam broke.\n\n## Arvia\n\nSome 90 houses were lost.", "90", None),
    ("On 3 March 2018 a dam broke. It rained. It was cold.\n\nSome 90 houses were lost.", "90", None),
    ("On 3 March 2018 a dam broke. Some 310 people drowned in a decade.", "310", None),
    ("In 2018 a dam broke. Some 310 people drowned in three months.", "310", "discourse"),
    ("On 3 March 2018 a dam broke. Some 310 people drowned in three days.", "310", "discourse"),
    (
        "In March and April 2018 it rained. It was cold. It snowed.\n\nHe walked. The owner lost 310 sheep.",
        "310",
        None,
    ),
    (
        "In 2018 it rained. It was cold. It snowed.\n\nHe walked. The owner lost 310 sheep.",
        "310",
        "discourse",
    ),
    ("In May 2016, an inquiry concluded that 310 people had drowned.", "310", None),
    ("The port had asked for 310 ships, but in 2003 the deal was called off.", "310", None),
    ("Some 310 guards have been hurt; on 3 March 2018, the mayor spoke of them.", "310", "document"),
    ("The port had lost 310 ships and had bought nine by the end of May 2016.", "310", "sentence"),
    ("The port asked for 310 ships, but in 2003 the deal was called off.", "310", "sentence"),
    ("On 3 March 2018 a dam broke. Some 90 houses were lost.", "90", "discourse"),
    ("On 3 March 2018 a dam broke. Since then, the camp has taken in 900 people.", "900", "document"),
    ("On 3 March 2018 a dam broke. The lake can hold 900 boats.", "900", "document"),
    ("On 3 March 2018 a dam broke. The state will build 900 houses.", "900", None),
    (
        "On 3 March 2018 a dam broke. In the last financial year it broke again. Some 90 houses were lost.",
        "90",
        None,
    ),
    (
        "On 3 March 2018 a dam broke. Some 90 houses were lost, leaving 400 people without shelter.",
        "400",
        "discourse",
    ),
]


@pytest.mark.parametrize(("text", "number", "basis"), UNDATED)
def test_the_time_of_a_sentence_without_a_date(text: str, number: str, basis: str | None) -> None:
    claim = next(c for c in judged(text) if c.quantity is not None and c.quantity.text == number)
    assert (None if claim.time is None else claim.time.basis) == basis


@pytest.mark.parametrize("text", [e for row in load("dated_names") for e in row.examples])
def test_a_year_in_a_name_dates_nothing(text: str) -> None:
    claims = judged(text)
    assert claims
    assert not [c.time for c in claims if c.time is not None and c.time.start is not None]


@pytest.mark.parametrize("text", [e for row in load("dated_names") for e in row.counter_examples])
def test_other_years_date_what_happened(text: str) -> None:
    assert all(c.time is not None and c.time.start is not None for c in judged(text))


def test_the_year_of_a_resolution_dates_nothing() -> None:
    reading = read_text("We welcome resolution 1325 (2000) and its 14 demands.")
    year = next(m for m in reading.mentions if m.text == "2000")
    assert (year.status, year.reason) == ("not_claim", "part of a name")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Officers recorded 14 murders in 2016, 9 in 2017 and nearly 12 in 2018.",
            [
                ("14", "murders recorded", 2016),
                ("9", "murders recorded", 2017),
                ("12", "murders recorded", 2018),
            ],
        ),
        (
            "The number of raids fell from 14 in 2016 to 9 in 2017.",
            [("14", "raids", 2016), ("9", "raids", 2017)],
        ),
        (
            "The band freed 12 hostages in 2016 and 15 in 2017, and shot two in 2018.",
            [("12", "hostages freed", 2016), ("15", "hostages freed", 2017), ("two", "", 2018)],
        ),
    ],
)
def test_each_number_of_a_row_of_times_has_its_own(text: str, wanted: list[tuple[str, str, int]]) -> None:
    read_ = [c for c in judged(text, "quantity") if c.quantity is not None and c.time is not None]
    assert [c.quantity.text for c in read_ if c.quantity] == [number for number, _, _ in wanted]
    for claim, (_, measure, year) in zip(read_, wanted, strict=True):
        assert claim.time is not None
        assert (claim.time.date_start, claim.time.date_end) == (date(year, 1, 1), date(year, 12, 31))
        assert (measure in (claim.measure or "")) if measure else ("hostages" not in (claim.measure or ""))


def test_what_comes_after_a_raid_may_be_of_its_day() -> None:
    time = judged("Three people were hurt after an air raid on 8 May.", "quantity")[0].time
    assert time is not None
    assert time.date_start == date(2019, 5, 8)
