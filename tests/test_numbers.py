"""Quantities: interval, unit, noun and qualifier, and the numbers that are no quantity."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.claims.reading import prepare
from claimcheck.documents.files import make
from claimcheck.judging.relations import comparable, in_unit, unit_named
from claimcheck.lexicon import Row, load
from claimcheck.model import Claim, Mention, Span
from claimcheck.numbers.ages import find_ages
from claimcheck.numbers.numerals import find_numerals, key_of, parse_numeral, scan
from claimcheck.numbers.quantities import find_quantities
from claimcheck.pipeline import Checker
from claimcheck.reference.cases import read_cases
from tests.perturb.must_stay import in_words
from tests.reader import DAY, gold, of_all, said


def only(text: str) -> Mention:
    """The one quantity of a text."""
    found = find_quantities(text)
    assert len(found) == 1, found
    return found[0]


def bound(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


GOLD = gold("numbers")


def cases(name: str) -> list[tuple[Any, ...]]:
    """The rows of a table of `gold/numbers.toml`; an empty cell is none."""
    return [tuple(cell or None for cell in row) for row in GOLD[name]]


@of_all(cases("intervals"))
def test_a_quantity_is_an_interval(
    text: str, span: str, low: str | None, high: str | None, comparator: str, noun: str | None
) -> None:
    found = only(text)
    assert found.text == span
    assert (found.low, found.high) == (bound(low), bound(high))
    assert (found.comparator, found.noun, found.status) == (comparator, noun, "unresolved")


@of_all(cases("not_claims"))
def test_what_only_looks_like_a_quantity_keeps_its_reason(text: str, span: str, reason: str) -> None:
    found = find_quantities(text)[0]
    assert (found.status, found.reason) == ("not_claim", reason)
    assert found.text in (span, span.rstrip("."))


@pytest.mark.parametrize(
    "text",
    ["no one came", "one could say so", "which one is it", "as one approaches it",
     "the flag is at the other", "someone often waits", "an attentive tenant"],
)  # fmt: skip
def test_no_mention_at_all(text: str) -> None:
    assert find_quantities(text) == []


@of_all(cases("ages"))
def test_ages(text: str, span: str, low: str | None, high: str | None, unit: str) -> None:
    (found,) = find_ages(text)
    assert (found.text, found.kind, found.unit) == (span, "age", unit)
    assert (found.low, found.high) == (bound(low), bound(high))


def test_taken_characters_become_no_quantity() -> None:
    text = "On 3 May 2012, 40 people left"
    assert [m.text for m in find_quantities(text, [Span(3, 13)])] == ["40"]


def topic_rows(topic: str) -> list[tuple[str, Row]]:
    return [(phrase, row) for row in load(topic) for phrase in row.examples]


def counter_rows(topic: str) -> list[tuple[str, Row]]:
    return [(phrase, row) for row in load(topic) for phrase in row.counter_examples]


@of_all(topic_rows("number_words"))
def test_number_words_by_example(phrase: str, row: Row) -> None:
    assert [m.value for m in find_quantities(phrase)] == [Decimal(row["value"])]


@of_all(counter_rows("number_words"))
def test_number_words_by_counter_example(phrase: str, row: Row) -> None:
    assert [m for m in find_quantities(phrase) if m.status != "not_claim"] == []


@pytest.mark.parametrize("topic", ["units", "currencies"])
def test_units_by_example(topic: str) -> None:
    for phrase, row in topic_rows(topic):
        assert [m.unit for m in find_quantities(phrase)] == [row.id], phrase
    for phrase, row in counter_rows(topic):
        assert row.id not in [m.unit for m in find_quantities(phrase)], phrase


def qualified_by(phrase: str) -> list[str | None]:
    found = find_quantities(phrase)
    return [None if m.qualifier is None else m.qualifier.of(phrase).lower() for m in found]


def test_qualifiers_by_example() -> None:
    for phrase, row in topic_rows("qualifiers"):
        words = {*row["before"], *row["after"]}
        assert qualified_by(phrase)[0] in words, phrase
        assert find_quantities(phrase)[0].comparator == row["comparator"], phrase
    for phrase, row in counter_rows("qualifiers"):
        assert not {*row["before"], *row["after"]} & set(qualified_by(phrase)), phrase


def test_vague_words_by_example() -> None:
    for phrase, row in topic_rows("vague_quantities"):
        assert [(m.low, m.high) for m in find_quantities(phrase)] == [(row["low"], row["high"])], phrase
    for phrase, row in counter_rows("vague_quantities"):
        assert f"vague.{row.id}" not in [m.rule for m in find_quantities(phrase)], phrase


def test_running_totals_by_example() -> None:
    for phrase, row in topic_rows("running_totals"):
        found = [m for m in find_quantities(phrase) if m.kind == "ordinal"]
        assert [m.cumulative for m in found] == [True], (row.id, phrase)
    for phrase, row in counter_rows("running_totals"):
        assert not [m for m in find_quantities(phrase) if m.cumulative], (row.id, phrase)


@pytest.mark.parametrize("topic", ["number_labels", "not_quantities"])
def test_labels_by_example(topic: str) -> None:
    for phrase, row in topic_rows(topic):
        assert [(m.status, m.reason) for m in find_quantities(phrase)] == [("not_claim", row["reason"])], (
            phrase
        )
    for phrase, _ in counter_rows(topic):
        assert [m for m in find_quantities(phrase) if m.rule == "label.before"] == [], phrase


@given(
    st.text(
        alphabet="0123456789.,-–/ $€%aeo one two hundred and more than between\n½٣\u200b\x00()'\"",
        max_size=300,
    )
)
def test_any_text_keeps_exact_offsets(text: str) -> None:
    found = find_quantities(text)
    assert all(text[m.start : m.end] == m.text for m in [*found, *find_ages(text)])
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(m.low is None or m.high is None or m.low <= m.high for m in found)


# ----------------------------------------------------------------------------------------------------
# What stands around a number says what it is: names, pages, documents, changes; tables of cases.


EXAMPLES = [e for row in load("number_context") for e in (*row.examples, *row.counter_examples)]


@of_all(EXAMPLES, parsed=True)
def test_a_word_list_has_its_part_in_a_reading(example: str) -> None:
    marked, _, expected = example.partition(" -> ")
    before, _, rest = marked.partition("[")
    mentions = prepare(make("text", before + rest.replace("]", ""), meta={"date": DAY})).mentions
    found = next(m for m in mentions if m.start <= len(before) < m.end)
    stated = [found.kind, found.noun, "" if found.comparator == "eq" else found.comparator]
    read = f"no claim: {found.reason}" if found.status == "not_claim" else " ".join(filter(None, stated))
    assert read == expected


# ----------------------------------------------------------------------------------------------------
# The cheap pass over a text loses nothing: what is read at its places is what is read everywhere.


WORDS = [
    *("a", "an", "the", "two", "Three", "FIFTY", "hundred", "thousand", "million", "dozen", "half", "third"),
    *("quarters", "point", "and", "zero", "one", "twentieth", "twofold", "several", "of", "in", "people"),
    *("1,300", ".25", "7", "1½", "½", "3/4", "2.5m", "21st", "€10", "-5", "٤٢", "2014", "6 . 2 %", "2*10^3"),
]
texts = st.lists(
    st.tuples(st.sampled_from(WORDS), st.sampled_from([" ", "-", ", ", "", "\n", "  "])), max_size=14
).map(lambda parts: "".join(word + gap for word, gap in parts))


@given(texts)
def test_numerals_at_the_places_are_all_numerals(text: str) -> None:
    assert find_numerals(text, places=scan(text).numbers) == find_numerals(text)


def test_every_set_phrase_has_a_key_that_the_pass_finds() -> None:
    for row in load("not_quantities"):
        for phrase in row["phrases"]:
            key, start = key_of(phrase)
            assert (start, key.lower()) in scan(phrase).phrases, phrase


# ----------------------------------------------------------------------------------------------------
# Units, coins and shares put together by rule: what an article counts, what two numbers share.


@pytest.mark.parametrize("text", ["$3 a gallon", "40 miles a gallon", "20 cents a litre"])
def test_a_rate_is_one_quantity(text: str) -> None:
    assert len(find_quantities(text)) == 1


@of_all(cases("units"))
def test_numbers_and_their_units(text: str, expected: list[list[str]]) -> None:
    wanted = [(words, bound(value or None), unit or None) for words, value, unit in expected]
    assert [(m.text, m.value, m.unit) for m in find_quantities(text)] == wanted


CONVERTED = [
    ("more than 30 miles (48 km) away", ["gt", "gt"]),
    ("up to 30 miles (exactly 48 km)", ["le", "eq"]),
    ("over 5 miles (3 people)", ["gt", "eq"]),
    ("30 miles (48 km)", ["eq", "eq"]),
]  # fmt: skip


@of_all(CONVERTED)
def test_the_same_in_another_unit_is_bounded_alike(text: str, comparators: list[str]) -> None:
    found = find_quantities(text)
    assert [m.comparator for m in found] == comparators
    assert sum(m.qualifier is not None for m in found) == len({c for c in comparators if c != "eq"}) + (
        "exactly" in text
    )


# --- Numerals: every spelling of a number, its exact value, and what is no number ---


@of_all(cases("values"))
def test_a_numeral_has_its_exact_value(text: str, value: str) -> None:
    assert parse_numeral(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", "often", "someone", "tense", "weighty", "1/0", "1,2,3", "9" * 60, "point", "second-hand car"]
)
def test_what_is_not_one_numeral_has_no_value(text: str) -> None:
    assert parse_numeral(text) is None


def test_ordinals_are_marked_and_leave_their_article() -> None:
    text = "a third attack"
    (numeral,) = find_numerals(text)
    assert numeral.ordinal
    assert text[numeral.start : numeral.end] == "third"


def test_a_share_is_a_fraction() -> None:
    (numeral,) = find_numerals("it fell by a third.")
    assert numeral.fraction
    assert not numeral.ordinal


@given(st.integers(min_value=0, max_value=10**15))
def test_digits_and_their_thousands_read_back(value: int) -> None:
    assert parse_numeral(str(value)) == value
    assert parse_numeral(f"{value:,}") == value
    assert parse_numeral(f"{value:,}".replace(",", "\u202f")) == value


@given(st.integers(min_value=1, max_value=10**9 - 1))
def test_words_read_back(value: int) -> None:
    assert parse_numeral(in_words(value)) == value


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_any_text_is_read_without_a_crash_and_in_order(text: str) -> None:
    found = find_numerals(text)
    assert all(0 <= n.start < n.end <= len(text) for n in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


# --- Units: what can be compared, and what a claim's number is in the table's unit ---


def claim(text: str) -> Claim:
    [quantity] = find_quantities(text, [])
    return Claim(
        claim_id="c", kind="quantity", start=0, end=len(text), text=text, measure=None, quantity=quantity,
        context=Span(0, len(text)),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "unit", "fits"),
    [
        ("$835bn", "KES", False),
        ("KSh 835bn", "KES", True),
        ("3 percent", "% of GDP", True),
        ("40 degrees Celsius", "°F", True),
        ("40 hectares", "km", False),
        ("40 hectares", "square miles", True),
    ],
)
def test_what_can_be_compared(text: str, unit: str, fits: bool) -> None:
    [quantity] = find_quantities(text, [])
    assert comparable(quantity, unit) is fits


@of_all([e for row in load("conversions") for e in row.examples])
def test_the_examples_of_the_conversions(example: str) -> None:
    text, unit, value = example.split(" | ")
    quantity = in_unit(claim(text), [unit]).quantity
    assert quantity is not None
    assert quantity.value is not None
    assert round(quantity.value, 12) == Decimal(value)
    assert quantity.unit == unit_named(unit).name  # type: ignore[union-attr]


def test_tables_in_millions_thousands_and_shares_meet_what_texts_write() -> None:
    """Six tables, each in a unit of its own: every sentence but two right, decided or likely, and none that
    is true refuted; a bare number is refuted by no table in millions, another currency never converted."""
    folder = Path(__file__).parent / "scales"
    wrong = []
    with Checker([folder / "package"]) as checker:
        cases = read_cases(folder / "cases.jsonl")
        texts = (make(case.id, case.text, meta={"date": case.date}) for case in cases)
        for case, checked in zip(cases, checker.check(texts), strict=True):
            [expected] = case.expect
            span = Span(expected.start, expected.end)
            own = (c for c in checked.reading.claims if c.quantity and c.quantity.wide.overlaps(span))
            verdicts = [checked.verdicts[c.claim_id] for c in own]
            stated = {*map(said, verdicts)}
            if expected.why.startswith("bare") and any(v.verdict == "refuted" for v in verdicts):
                stated = {"decided"}
            if not stated or not stated <= expected.verdicts:
                wrong.append((case.id, stated))
    assert [case for case, said_there in wrong if said_there != {"not_enough_evidence"}] == []
    assert len(wrong) <= 2, wrong
