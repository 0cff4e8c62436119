"""Self-checks: each kind of finding with what must and must not raise it, and the letter altered."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.decisions import Correction, DecisionError
from claimcheck.documents.files import make, read
from claimcheck.lexicon import Row, load
from claimcheck.model import Finding, Interval, Mention, Reading, countable
from claimcheck.numbers.quantities import find_quantities
from claimcheck.reference.loading import _per_hundred
from claimcheck.review.rejudge import apply
from claimcheck.selfcheck.findings import calendar_pairs, findings, lists
from claimcheck.selfcheck.numbers import division
from tests.desk_case import PATIENTS
from tests.pace import keeps_pace
from tests.reader import of_all

LETTER = Path(__file__).parents[1] / "documents" / "joint_letter_2018-01-31.txt"
THREE = "\n\n1. Alpha\n2. Beta\n3. Gamma\n"


def check(text: str) -> list[Finding]:
    document = make("x", text)
    return findings(Reading(document=document, mentions=tuple(find_quantities(document.text))))


def found_in(text: str, kind: str) -> list[tuple[str, str]]:
    return [(found.status, found.text) for found in check(text) if found.kind == kind]


@pytest.mark.parametrize("row", load("list_counts"), ids=lambda row: row.id)
def test_counts_of_a_list_by_their_cues(row: Row) -> None:
    for phrase in row.examples:
        assert [status for status, _ in found_in(phrase + THREE, "list_count")] == ["ok"], phrase
        raised = re.sub(r"\b3\b", "7", phrase).replace("three", "seven")
        assert [status for status, _ in found_in(raised + THREE, "list_count")] == ["problem"], raised
    for phrase in row.counter_examples:
        assert found_in(phrase + THREE, "list_count") == [], phrase


@pytest.mark.parametrize("row", load("parts"), ids=lambda row: row.id)
def test_parts_that_can_be_added(row: Row) -> None:
    for phrase in row.examples:
        assert division(phrase, find_quantities(phrase)) == row.id, phrase
    for phrase in row.counter_examples:
        assert division(phrase, find_quantities(phrase)) is None, phrase


@pytest.mark.parametrize(
    ("text", "status"),
    [
        pytest.param("14 people were killed: 7 men and 5 women.", "problem", id="colon, wrong"),
        pytest.param("14 killed (7 men, 5 women and 2 children).", "ok", id="bracket"),
        pytest.param("29 patients and 57 relatives, a total of 86, were moved.", "ok", id="total behind"),
        pytest.param("29 patients and 56 relatives, 86 people in all, left.", "problem", id="in all, wrong"),
        pytest.param("12 people were killed, including 15 children.", "problem", id="part above whole"),
        pytest.param("12 people were killed, including 5 children.", None, id="part below whole"),
        pytest.param("14 people were killed: 7 men, 5 women and others.", None, id="others"),
        pytest.param("14 people were killed, including 7 men and 5 women.", None, id="including"),
        pytest.param("14 people were killed: 7 men and 5 civilians.", None, id="parts that overlap"),
        pytest.param("About 14 people were killed: 7 men and 5 women.", None, id="about"),
        pytest.param("14 points (3 goals and 4 tries) were scored.", None, id="things that are not parts"),
        pytest.param("14 people were killed. 7 men and 5 women were hurt.", None, id="two sentences"),
    ],
)
def test_totals(text: str, status: str | None) -> None:
    assert [found for found, _ in found_in(text, "total")] == ([] if status is None else [status])


@pytest.mark.parametrize(
    ("text", "agrees"),
    [
        ("It fell on Friday, 4 May 2016.", False),
        ("It fell on Wed. 4 May 2016.", True),
        ("It fell on 4 May 2016 (a Friday).", False),
        ("It fell on 4 May 2016, Friday prayers were held.", None),
        ("He died on Sunday, 22 January 1905.", True),
        ("He died on Sunday, 9 January 1905.", None),  # right by the Julian calendar
    ],
)
def test_weekdays(text: str, agrees: bool | None) -> None:
    assert [pair.agrees for pair in calendar_pairs(text)] == ([] if agrees is None else [agrees])
    expected = [] if agrees is None else ["ok" if agrees else "problem"]
    assert [status for status, _ in found_in(text, "weekday")] == expected


def letter_findings(old: str = "", new: str = "") -> dict[tuple[str, str], str]:
    text = LETTER.read_text(encoding="utf-8")
    assert old in text
    return {(found.kind, found.status): found.explanation for found in check(text.replace(old, new, 1))}


def test_the_letter() -> None:
    [document] = read(LETTER)
    [whole] = lists(document)
    assert (whole.count, whole.numbers, whole.contiguous) == (150, (1, 150), True)
    assert [(item.number, name) for item, name in whole.strangers] == [(144, "closing")]
    found = letter_findings()
    assert set(found) == {
        ("weekday", "ok"), ("datelines", "ok"), ("list_numbering", "ok"), ("list_kinds", "ok"),
        ("list_item", "problem"),
    }  # fmt: skip
    assert "54 local councils" in found["list_kinds", "ok"]
    assert "149 of 150 items remain" in found["list_item", "problem"]


@pytest.mark.parametrize(
    ("old", "new", "kind", "says"),
    [
        ("Wednesday, January", "Tuesday, January", "weekday", "was a Wednesday, not a Tuesday"),
        ("\n31 January 2018", "\n30 January 2018", "datelines", "30 January 2018"),
        ("98. Mazaya\n", "", "list_numbering", "missing: 98"),
        ("98. Mazaya\n", "98. Masar Research Center\n", "list_duplicate", "Items 97 and 98"),
        ("Sincerely,", "The undersigned 151 organisations", "list_count", "150 numbered items"),
    ],
)
def test_the_letter_altered(old: str, new: str, kind: str, says: str) -> None:
    assert says in letter_findings(old, new)[kind, "problem"]


PIECES = [
    "12 killed: ", "7 men", " and ", "5 women", ", ", "1. A\n", "2. B\n", "4. C\n", "(", ")", "\x00",
    "\u200f", "30 of 60, or 40 %", "Friday, 4 May 2016", " from 5 May to 3 May", ".\n",
    "50 (30 per cent) of the 200 men", "half of the 80 men, 45, ", "rose by 30, from 90 to 130",
    "Of the 30 dead, ",
    "out of 33 men, 10 died", " and the other 5 ", ", including 5 men",
    "three men: Al Berg, Cy Dorn and Ed Fox",
    "two reasons. First, ", " Second, ", "\ue000n0\ue001", "\n\n", "12 killed\n\n15 were killed",
]  # fmt: skip


@settings(max_examples=60)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_findings_are_exact_and_in_order(text: str) -> None:
    found, seen = check(text), make("x", text).text  # signs that show as nothing stand at the end of a line
    assert all(seen[f.start : f.end] == f.text and f.text for f in found)
    assert [f.start for f in found] == sorted(f.start for f in found)


@pytest.mark.long
@pytest.mark.parametrize("unit", [*PIECES, "4 May 2016\n", "1. Kind regards\n", "We, the undersigned 3 "])
def test_long_documents_take_linear_time(unit: str) -> None:
    three = Decimal(3)

    def reading(size: int) -> Reading:
        text = unit * (size // len(unit))
        document = make("x", text)
        marks = [
            Mention(start=at, end=at + 1, text=text[at], kind="number", value=three, low=three, high=three)
            for at in range(0, len(text), 7)
        ]
        return Reading(document=document, mentions=tuple(marks))

    short, long = reading(10_000), reading(100_000)
    assert keeps_pace(lambda: findings(long), lambda: findings(short), 30)


# ----------------------------------------------------------------------------------------------------
# Numbers beyond exact arithmetic: read as no figure, corrected to none, and no end of a picture's axis.


LARGE = ("5e400 civilians", "10^60 people", "5e-300 metres", "USD 5e300", "9 trillion trillion trillion")


@of_all(LARGE)
def test_a_number_that_nobody_can_count_with_is_no_claim(words: str) -> None:
    [mention] = find_quantities(words)
    assert mention.status == "not_claim"
    assert mention.value is mention.low is mention.high is None
    assert mention.reason == "too large or too small to count with"


def test_it_corrects_nothing() -> None:
    with pytest.raises(DecisionError, match="does not read as one number"):
        apply(PATIENTS, Correction(quantity="5e400"))


@given(st.from_regex(r"[1-9]\d{0,2}(\.\d)?(e-?\d{1,3}|\^\d{1,2}| (trillion ){1,4})?", fullmatch=True))
def test_every_number_that_is_read_can_be_counted_with(words: str) -> None:
    for m in find_quantities(f"about {words} people"):
        assert all(map(countable, (m.value, m.low, m.high)))


def test_a_ratio_beyond_counting_is_no_row() -> None:
    ends = Interval(Decimal("1e27"), Decimal("1e27")), Interval(Decimal("1e-27"), Decimal("1e-27"))
    assert _per_hundred(*ends) is None
