"""Readings in plain words: a table a line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from claimcheck.model import Claim, ClaimTime, Evidence, Link, Mention, Period
from claimcheck.report.view import standing_of
from claimcheck.report.words import (
    as_of_words,
    claim_parts,
    claim_words,
    day_range,
    evidence_numbers,
    mention_words,
    period_words,
    plural,
    quantity_words,
    time_words,
)


def mention(**fields: object) -> Mention:
    numbers = {
        k: Decimal(str(v)) for k, v in fields.items() if k in ("value", "low", "high") and v is not None
    }
    given_kind = {"kind": "number", **fields, **numbers}
    return Mention(start=0, end=1, text="x", **given_kind)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"value": 130, "low": 131, "comparator": "gt", "noun": "group"}, "at least 131 groups"),
        ({"value": 1.5, "low": 1.5, "comparator": "gt", "unit": "percent", "kind": "percent"},
         "more than 1.5 per cent"),
        ({"value": 3, "high": 2, "comparator": "lt", "noun": "child"}, "at most 2 children"),
        ({"value": 2.5, "high": 2.5, "comparator": "lt", "unit": "kilometre", "kind": "measure"},
         "less than 2.5 kilometres"),
        ({"value": 765, "low": 765, "high": 765, "noun": "patient"}, "765 patients"),
        ({"value": 1, "low": 1, "high": 1, "noun": "city"}, "1 city"),
        ({"value": 0, "low": 0, "high": 0, "noun": "city"}, "0 cities"),
        ({"low": 24, "high": 99, "comparator": "vague", "noun": "civilian"}, "24 to 99 civilians"),
        ({"value": 1300000, "low": 1250000, "high": 1350000, "noun": "person"},
         "1,250,000 to 1,350,000 people"),
        ({"value": 4, "low": 4, "high": 4, "unit": "USD", "kind": "money"}, "USD 4"),
        ({"low": 4, "unit": "USD", "kind": "money", "comparator": "ge"}, "at least USD 4"),
        ({"value": 21, "low": 21, "high": 21, "kind": "ordinal", "noun": "civilian", "cumulative": True},
         "number 21 of a running total of civilians"),
        ({"value": 9, "low": 9, "high": 9, "kind": "ordinal", "noun": "round"}, "number 9 round"),
        ({"value": 50, "low": 50, "high": 50, "kind": "age", "unit": "year"}, "aged 50"),
        ({"value": -3, "low": -3, "high": -3, "unit": "percent", "kind": "percent"}, "-3 per cent"),
    ],
)  # fmt: skip
def test_quantities_in_words(fields: dict[str, object], words: str) -> None:
    assert quantity_words(mention(**fields)) == words


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2018-01-03", "2018-01-03", "on 3 January 2018"),
        ("2018-01-01", "2018-01-31", "in January 2018"),
        ("2016-02-01", "2016-02-29", "in February 2016"),
        ("2018-02-01", "2018-02-27", "from 1 to 27 February 2018"),
        ("2015-01-01", "2015-12-31", "in 2015"),
        ("2012-01-01", "2017-12-31", "from 2012 to 2017"),
        ("2018-01-11", "2018-01-24", "from 11 to 24 January 2018"),
        ("2018-01-25", "2018-02-02", "from 25 January to 2 February 2018"),
        ("2017-12-15", "2018-01-09", "from 15 December 2017 to 9 January 2018"),
        ("2018-01-11", None, "from 11 January 2018 on"),
        (None, "2018-01-11", "until 11 January 2018"),
        ("9999-12-01", "9999-12-31", "in December 9999"),
    ],
)
def test_periods_in_words(start: str | None, end: str | None, words: str) -> None:
    day = date.fromisoformat
    assert period_words(Period(day(start) if start else None, day(end) if end else None)) == words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "on 25 January 2018"),
        ({"inferred": ("year",)}, "on 25 January 2018 (year not stated, read from the document)"),
        ({"anchor": "Geneva IX", "inferred": ("year", "day")}, "on 25 January 2018 (fixed by Geneva IX)"),
        ({"start": None, "end": None}, "on 25 January 2018 (the document’s own date)"),
        ({"basis": "discourse"}, "on 25 January 2018 (from the text before it)"),
        ({"date_start": None, "date_end": None}, "at no stated time"),
    ],
)
def test_times_in_words(fields: dict[str, object], words: str) -> None:
    base: dict[str, object] = {"start": 0, "end": 1, "timex": None}
    days = {"date_start": date(2018, 1, 25), "date_end": date(2018, 1, 25)}
    assert time_words(ClaimTime(**{**base, **days, **fields})) == words  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (
            {"kind": "date", "date_start": date(2018, 1, 25), "date_end": date(2018, 1, 25)},
            "on 25 January 2018",
        ),
        ({"kind": "set", "timex": "XXXX-WXX-5"}, "XXXX-WXX-5"),
        ({"kind": "time"}, "no day that a calendar could show"),
        ({"kind": "duration", "value": 3, "low": 3, "high": 3, "unit": "day", "timex": "P3D"}, "3 days"),
        ({"kind": "number"}, "not read as a value"),
    ],
)
def test_mentions_in_words(fields: dict[str, object], words: str) -> None:
    assert mention_words(mention(**fields)) == words


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ((None, None, None), ""),
        ((None, "765", None), "765"),
        (("765", "765", "765"), "765"),
        (("766", None, None), "at least 766"),
        (("766", "766", None), "at least 766"),
        (("700", "766", None), "at least 700, best 766"),
        ((None, None, "0"), "at most 0"),
        (("14", "18", "22"), "14 – 18 – 22"),
        (("14", None, "22"), "14 – 22"),
        (("14", "14", "22"), "14 – 22"),
    ],
)
def test_rows_in_figures(numbers: tuple[str | None, str | None, str | None], words: str) -> None:
    low, best, high = (None if n is None else Decimal(n) for n in numbers)
    row = Evidence(table="t", row_id="r", source_id=None, relation="neutral", low=low, best=best, high=high)
    assert evidence_numbers(row) == words


@pytest.mark.parametrize(
    ("as_of", "words"),
    [
        (None, ""),
        ("2018", "2018"),
        ("2018-01", "January 2018"),
        ("2018-01-25", "25 January 2018"),
        ("2018-01/2018-03", "January 2018 to March 2018"),
        ("2018-13", "2018-13"),
        ("early 2018", "early 2018"),
    ],
)
def test_as_of_in_words(as_of: str | None, words: str) -> None:
    assert as_of_words(as_of) == words


@pytest.mark.parametrize(
    ("noun", "many"),
    [
        ("person", "people"), ("health worker", "health workers"), ("city", "cities"), ("day", "days"),
        ("church", "churches"), ("boss", "bosses"), ("people", "people"), ("", ""), (None, ""),
    ],
)  # fmt: skip
def test_plurals(noun: str | None, many: str) -> None:
    assert plural(noun) == many


def test_a_claim_without_any_reading_is_still_named() -> None:
    claim = Claim(claim_id="0" * 16, kind="event", start=0, end=1, text="x", measure=None)
    assert claim_words(claim) == "an event"
    assert claim_words(replace(claim, subject=Link("talks"))) == "an event (talks)"
    same = replace(claim, subject=Link("Russia"), actor=Link("Russia"))
    assert claim_words(same) == "an event, by Russia"
    assert [part.label for part in claim_parts(same)] == ["By whom"]
    assert claim_words(replace(claim, asserted=False, hedge="plan")) == "an event, not asserted: a plan"
    assert claim_words(replace(claim, speaker=Link("SAMS"), place=Link("Douma"))) == (
        "an event, in Douma, according to SAMS"
    )
    assert standing_of(claim, None).key == "unjudged"
    assert day_range(None, None) == ""
