"""Readings in plain words: a table a line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from markupsafe import escape

from claimcheck.lexicon import load
from claimcheck.model import Claim, ClaimTime, Evidence, Link, Mention, Period, Verdict
from claimcheck.report.citing import cited, without_keys
from claimcheck.report.comparing import why
from claimcheck.report.readings import claim_parts, claim_words
from claimcheck.report.view import standing_of
from claimcheck.report.words import (
    as_of_words,
    day_range,
    days_opened,
    evidence_numbers,
    large_number,
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
         "1.3 million (1.25 million to 1.35 million) people"),
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
        (("14", "18", "22"), "14 to 22, best 18"),
        (("14", None, "22"), "14 to 22"),
        (("14", "14", "22"), "14 to 22"),
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
        ("2018-01/2018-03", "January to March 2018"),
        ("2017-12/2018-03", "December 2017 to March 2018"),
        ("2018/2018-03", "2018 to March 2018"),
        ("2018-13", "2018-13"),
        ("early 2018", "early 2018"),
    ],
)
def test_as_of_in_words(as_of: str | None, words: str) -> None:
    assert as_of_words(as_of) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("in Douma, 2018-01-11/2018-01-24; so", "in Douma, 11 to 24 January 2018; so"),
        ("2018-01-01/2018-03-31", "1 January to 31 March 2018"),
        ("2018-01-11/2018-13-24", "2018-01-11/2018-13-24"),  # no days
        ("figures F-2018-01-11/2018-01-24", "figures F-2018-01-11/2018-01-24"),  # a key of a row
        ("https://a.org/2018-01-11/2018-01-24/x", "https://a.org/2018-01-11/2018-01-24/x"),
    ],
)
def test_ranges_of_days_are_opened(text: str, words: str) -> None:
    assert days_opened(text) == words


@pytest.mark.parametrize(
    ("noun", "many"),
    [
        ("person", "people"), ("health worker", "health workers"), ("city", "cities"), ("day", "days"),
        ("church", "churches"), ("boss", "bosses"), ("people", "people"), ("", ""), (None, ""),
    ],
)  # fmt: skip
def test_plurals(noun: str | None, many: str) -> None:
    assert plural(noun) == many


def test_a_measure_that_no_table_has_is_no_name() -> None:
    claim = replace(
        COUNTED,
        quantity=mention(value=300, low=300, high=300, noun="supplier"),
        measure="suppliers promising",
    )
    unknown = Verdict(verdict="not_enough_evidence", reason="no_measure", explanation="x")
    assert claim_words(claim, unknown) == "300 suppliers"
    assert claim_words(claim, replace(unknown, reason="no_time")) == "300 suppliers promising"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("40000000000", "40 billion"),
        ("1250000", "1.25 million"),
        ("1234567", "1,234,567"),
        ("999999", "999,999"),
        ("-2000000", "-2 million"),
    ],
)
def test_large_numbers(number: str, words: str) -> None:
    assert large_number(Decimal(number)) == words


def test_a_claim_without_any_reading_is_still_named() -> None:
    claim = Claim(claim_id="0" * 16, kind="event", start=0, end=1, text="x", measure=None)
    assert claim_words(claim) == "a dated event"
    assert claim_words(replace(claim, subject=Link("talks"))) == "a dated event: talks"
    same = replace(claim, subject=Link("Russia"), actor=Link("Russia"))
    assert claim_words(same) == "a dated event: Russia"
    assert claim_words(replace(same, predicate="veto")) == "a dated event: Russia, “veto”"
    assert claim_words(replace(claim, subject=Link("talks"), actor=Link("regime"))) == (
        "a dated event: talks, by the regime"
    )
    assert [part.label for part in claim_parts(same)] == ["Who"]
    assert claim_words(replace(claim, asserted=False, hedge="plan")) == "a dated event, not asserted: a plan"
    assert claim_words(replace(claim, speaker=Link("SAMS"), place=Link("Douma"))) == (
        "a dated event in Douma, according to SAMS"
    )
    assert standing_of(claim, None).key == "unjudged"
    assert day_range(None, None) == ""


COUNTED = Claim(claim_id="0" * 16, kind="quantity", start=0, end=1, text="x", measure="people killed")


@pytest.mark.parametrize(
    ("fields", "noun", "words"),
    [
        ({}, "person", "142 people killed"),
        ({}, "civilian", "142 civilians (“people killed”)"),
        ({"measure": "patients needing evacuation"}, "patient", "142 patients needing evacuation"),
        ({"measure": "patients’ beds"}, "patient", "142 patients (“patients’ beds”)"),
        ({"measure": None}, "strike", "142 strikes"),
        ({"actor": Link("patients")}, "patient", "142 patients (“people killed”)"),
        ({"actor": Link("the army")}, "person", "142 people killed, by the army"),
        ({"place": Link("Idlib", "places:P003")}, "person", "142 people killed in Idlib"),
    ],
)
def test_a_counted_claim_is_a_sentence(fields: dict[str, object], noun: str, words: str) -> None:
    number = mention(value=142, low=142, high=142, noun=noun)
    claim = replace(COUNTED, quantity=number, **fields)  # type: ignore[arg-type]
    assert claim_words(claim) == words


def test_a_running_total_and_a_weekday_are_sentences() -> None:
    number = mention(value=21, low=21, high=21, kind="ordinal", noun="civilian", cumulative=True)
    ranked = replace(COUNTED, kind="rank", quantity=number)
    assert claim_words(ranked) == "number 21 in the running total “people killed”"
    day = date(2018, 1, 31)
    time = ClaimTime(start=0, end=1, timex=None, date_start=day, date_end=day)
    weekday = replace(COUNTED, kind="calendar", measure="weekday", time=time)
    assert claim_words(weekday) == "the weekday that the text gives for 31 January 2018"


def test_a_link_keeps_its_key_apart_and_an_unknown_name_says_so() -> None:
    claim = replace(COUNTED, place=Link("Idlib", "places:P003"), actor=Link("regime"))
    parts = {part.label: part for part in claim_parts(claim)}
    assert (parts["Where"].words, parts["Where"].key) == ("Idlib", "places:P003")
    assert (parts["By whom"].words, parts["By whom"].key) == ("regime (not a listed name)", "")
    found = replace(COUNTED, place=Link("Cape County"))
    assert {p.label: p.words for p in claim_parts(found)}["Where"] == "Cape County", "nobody looked it up"


ROW = Evidence(table="figures", row_id="F1", source_id="S1", relation="refutes")


@pytest.mark.parametrize(
    ("claimed", "row", "words"),
    [
        (("765", "765"), {"best": 572}, "572 is less than claimed (765)"),
        (("131", None), {"best": 12}, "12 is less than claimed (at least 131)"),
        ((None, "9"), {"low": 12, "high": 14}, "12 to 14 is more than claimed (at most 9)"),
        (("24", "99"), {"best": 28, "relation": "supports"}, "28 fits the claim (24 to 99)"),
        (("765", "765"), {"low": 651, "relation": "neutral"}, "at least 651 leaves open whether it was 765"),
        (
            ("765", "765"),
            {"best": 400, "relation": "neutral", "note": "A says 400 (figures F1; more than 31 days away)"},
            "more than 31 days away",
        ),
        (("7", "7"), {"note": "names another place"}, "names another place"),
        (
            ("7", "7"),
            {"best": 9, "sql": "SELECT 9", "note": "incidents add up to 9"},
            "9 is more than claimed (7). Incidents add up to 9",
        ),
    ],
)
def test_a_row_says_why(claimed: tuple[str | None, str | None], row: dict[str, object], words: str) -> None:
    low, high = claimed
    claim = replace(COUNTED, quantity=mention(low=low, high=high))
    numbers = {k: Decimal(str(v)) for k, v in row.items() if k in ("low", "best", "high")}
    assert why(claim, replace(ROW, **{**row, **numbers})) == words  # type: ignore[arg-type]


def test_a_dated_row_says_why() -> None:
    day = date(2018, 1, 25)
    claim = replace(
        COUNTED,
        kind="event",
        time=ClaimTime(start=0, end=1, timex=None, date_start=date(2018, 1, 1), date_end=date(2018, 1, 31)),
    )
    row = replace(ROW, relation="supports", date_start=day, date_end=day)
    assert why(claim, row) == "It happened on 25 January 2018, which fits the claim (in January 2018)"
    later = replace(ROW, date_start=date(2018, 3, 1), date_end=date(2018, 3, 1))
    assert why(claim, later) == "It happened on 1 March 2018, not in January 2018"


def test_an_explanation_links_to_the_rows_that_it_names() -> None:
    rows = [ROW, replace(ROW, row_id="F12")]
    text = "7 claimed; A & Co says 8 (figures F12; own source), B says 9 (figures F99)."
    page = cited(text, rows, "c", lambda part: str(escape(part)))
    assert page == (
        '7 claimed; A &amp; Co says 8 (<a class="cite" href="#c-r2">F12</a>; own source), '
        "B says 9 (figures F99)."
    )
    assert without_keys(text, rows) == "7 claimed; A & Co says 8 (own source), B says 9 (figures F99)."
    assert without_keys(text, []) == text


@pytest.mark.parametrize(
    "said", [e for row in load("plurals") for e in (*row.examples, *row.counter_examples)]
)
def test_plurals_without_an_s(said: str) -> None:
    singular, several = said.split(" -> ")
    assert plural(singular) == several
