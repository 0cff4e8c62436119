"""Times in text: the examples of the lexicons, intervals, durations, and what is no time."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from claimcheck.dates.times import years_along
from claimcheck.lexicon import load
from claimcheck.model import Span
from tests.date_case import only, read
from tests.pace import keeps_pace
from tests.reader import of_all

LEXICONS = (
    "date_company", "time_expressions", "date_words", "holidays", "time_references", "tense_cues",
    "not_years",
)  # fmt: skip


def check(case: str) -> None:
    marked, _, values = case.partition(" -> ")
    spans = re.findall(r"\[([^\]]*)\]", marked)
    found = read(re.sub(r"[\[\]]", "", marked))
    if values == "none":
        assert not [m for m in found if m.text in spans or any(s in m.text or m.text in s for s in spans)]
        return
    by_text = {m.text: m for m in found}
    assert spans, case
    for span, value in zip(spans, values.split(" | "), strict=False):
        assert span in by_text, (span, list(by_text))
        if value == "?":
            assert by_text[span].reason
        elif value:
            assert by_text[span].timex == value


@of_all([e for topic in LEXICONS for row in load(topic) for e in row.examples])
def test_examples_of_the_lexicons(case: str) -> None:
    check(case)


@pytest.mark.parametrize(
    "text",
    [
        (topic, row.id, example)
        for topic in LEXICONS
        if topic not in ("tense_cues", "not_years")
        for row in load(topic)
        for example in row.counter_examples
    ],
)
def test_counter_examples_of_the_lexicons_hold_no_time(text: tuple[str, str, str]) -> None:
    assert [m.text for m in read(text[2]) if m.status != "not_claim"] == []


def test_a_group_named_after_a_day_is_a_name_and_its_day_stays_a_day() -> None:
    text = "The 14 March alliance won. Then 14 March leaders met. On 14 March, they left."
    found = read(text)
    assert [(m.text, m.reason, m.kind) for m in found] == [
        ("The 14 March", "name", "ordinal"),
        ("14 March", "name", "ordinal"),
        ("14 March", None, "date"),
    ]
    assert [m.reason for m in read("They met on 14 March. The alliance won.")] == [None]


@of_all([e for row in load("tense_cues") for e in row.counter_examples])
def test_counter_examples_of_tenses_read_the_other_way(case: str) -> None:
    check(case)


NAMES = [
    "A 50-year old baker, 47 years old, aged 12.", "He became the 21st civilian to die.",
    "Signed: Syrian Concourse of Tomorrow; The Day After; Women Now for Development.",
    "You may go, and they may march again.", "The second man took the second road.",
    "The Sunday Herald and the Daily Courier and the Morning Post reported it.",
    "They counted 2000 people and 1987 prisoners.", "Some 1500 men held out; another 2011 fled.",
    "Under resolution 2042 and Article 1999, it is void.", "Call +44 20 7946 0018 or 555-2017.",
    "The ratio was 3:16 and the screen 16:9.", "Section 1.2.18, page 2011, room 1984.",
    "Two thousand homes and nineteen trucks burned.", "A spring feeds the well; prices fall.",
    "Temperatures were in the 30s.", "The film Black Friday and the poem Bloody Sunday.",
]  # fmt: skip


@of_all(NAMES)
def test_what_is_no_time(text: str) -> None:
    ages = (Span(2, 17), Span(24, 36), Span(38, 45)) if text.startswith("A 50") else ()
    assert [m.text for m in read(text, taken=ages)] == []


@pytest.mark.parametrize(
    ("text", "value", "unit", "timex"),
    [
        ("It lasted two weeks.", "2", "week", "P2W"),
        ("It lasted a decade.", "10", "year", "P10Y"),
        ("It lasted two and a half years.", "2.5", "year", "P2.5Y"),
        ("It lasted several years.", None, "year", "PXY"),
        ("It lasted 2 years and 3 months.", "2.25", "year", "P2Y3M"),
        ("It lasted 2 hours and 15 minutes.", "2.25", "hour", "PT2H15M"),
        ("It lasted 4 days and 6 hours.", "4.25", "day", "P4DT6H"),
    ],
)
def test_durations_are_quantities_too(text: str, value: str | None, unit: str, timex: str) -> None:
    m = only(text)
    assert (m.kind, m.unit, m.timex) == ("duration", unit, timex)
    assert m.value == (Decimal(value) if value else None)
    assert m.period is None
    if value:
        assert m.low == m.high == m.value
    else:
        assert m.comparator == "vague"


# ----------------------------------------------------------------------------------------------------
# In which year the undated days of a story lie: asides, openings and headings do not lead it astray.


def test_a_long_story_is_read_in_linear_time() -> None:
    def work(count: int) -> Callable[[], object]:
        text = "".join(
            f"On {1 + i % 28} {'March' if i % 2 else 'June'} 20{i % 20:02d}, it fell. On 4 May it rose. "
            for i in range(count)
        )
        return lambda: years_along(text, date(2023, 5, 1))

    assert keeps_pace(work(2000), work(250), 24)
