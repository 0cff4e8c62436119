"""Which rows answer a number: measures, places, sums and counts, the row that a document is about, who says
it."""

from __future__ import annotations

from typing import Any

import pytest

from claimcheck.matching.linker import Linker
from claimcheck.model import ListItem, Zone
from claimcheck.store import Store
from tests import matching_case
from tests.matching_case import decided, verdict
from tests.reader import read_text

store, linker = matching_case.store, matching_case.linker
KILLED = "774 people were killed in {} in January 2018."


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("Arvia", ("supported", "exact")),
        ("Lowmark", ("refuted", "overstated")),
        ("Tarn", ("not_enough_evidence", "no_reference")),
        ("Elsewhere", ("not_enough_evidence", "no_place")),
        ("southern Arvia", ("not_enough_evidence", "unexplained")),
        ("Arvia and Port Selim", ("not_enough_evidence", "no_place")),
    ],
)
def test_a_figure_answers_for_its_own_place(linker: Linker, place: str, expected: tuple[str, str]) -> None:
    found = verdict(linker, KILLED.format(place), "774")
    assert (found.verdict, found.reason) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{} people were killed in Arvia in January 2018.", "all"),
        ("The Boreal Guard killed {} people in Arvia in January 2018.", "unknown"),
        ("Air strikes killed {} people in Arvia in January 2018.", "unknown"),
        ("The Office of Records documented {} people killed in Arvia in January 2018.", "all"),
        ("Vostokian forces killed {} people in Arvia in January 2018.", "theirs"),
        (
            "The Office of Records documented {} people killed by Vostokian forces in Arvia in January 2018.",
            "theirs",
        ),
    ],
)
def test_whose_deeds_are_told(linker: Linker, text: str, expected: str) -> None:
    wanted = {
        "unknown": ("not_enough_evidence", "not_enough_evidence"),
        "all": ("supported", "refuted"),
        "theirs": ("refuted", "supported"),
    }
    found = tuple(verdict(linker, text.format(n), str(n)).verdict for n in (774, 142))
    assert found == wanted[expected]


@pytest.mark.parametrize(
    ("counted", "expected"),
    [
        ("patients", {"F1": "supports", "F2": "refutes"}),
        ("trucks with patients", {}),
        ("children among the patients", {}),
    ],
)
def test_the_counted_noun_must_fit(linker: Linker, counted: str, expected: dict[str, str]) -> None:
    found = verdict(linker, f"On 25 January 2018, 502 {counted} were waiting in Northland.", "502")
    assert decided(found) == expected


STATISTICS = [
    ("The population growth of Arvia was 1.4 percent.", "1.4 percent", {"F12"}),
    ("Inflation in Arvia was 6.8 percent.", "6.8 percent", {"F9"}),
    ("Inflation reached 6.8 percent in Arvia and 4.1 percent in Lowmark.", "4.1 percent", {"F10"}),
    ("Inflation in Arvia (6.8) was above that in Lowmark (4.1).", "4.1", {"F10"}),
    ("Inflation in Arvia: urban 6.8, rural 7.0.", "6.8", set()),
    ("The budget of Arvia was 6.8 billion.", "6.8 billion", set()),
]


@pytest.mark.parametrize(("text", "words", "rows"), STATISTICS)
def test_a_bare_number_goes_with_its_words(linker: Linker, text: str, words: str, rows: set[str]) -> None:
    found = verdict(linker, text, words)
    assert {row for row, relation in decided(found).items() if relation == "supports"} == rows


PLACES = [
    ("in Tarn", "places:P1"),
    ("in Tarne", "places:P1"),
    ("in Тарн", "places:P1"),
    ("in Tarn, Northland", "places:P1"),
    ("at Khan Ruheyn", "places:P2"),
    ("in Port Selim", "places:P6"),
    ("in tarn", None),
    ("in Port Said", None),
    ("in Tarn and Lowmark", None),
    ("with the Tarn Relief Network", None),
]


@pytest.mark.parametrize(("words", "expected"), PLACES)
def test_places(linker: Linker, words: str, expected: str | None) -> None:
    [checked] = linker.check([read_text(f"Five people were killed {words} that day.")])
    place = checked.reading.claims[0].place
    assert (place.id if place else None) == expected


def test_a_sum_over_incidents_carries_sql_that_gives_it_again(linker: Linker, store: Store) -> None:
    found = verdict(linker, "In January 2018, dozens of people were injured in Tarn.", "dozens")
    assert (found.verdict, found.reason) == ("supported", "aggregate")
    (evidence,) = found.evidence
    assert evidence.sql is not None
    again = store.rows(evidence.sql)[0]
    assert (again["best"], again["low"], again["high"], again["rows"]) == (27, 27, 157, 2)
    assert (evidence.best, evidence.low, evidence.high) == (27, 27, 157)


COUNTS = [
    ("Two gas attacks struck Tarn in January 2018.", "Two", "supported", 2),
    ("Only one gas attack struck Tarn in January 2018.", "one", "refuted", 2),
    ("One gas attack struck Tarn in January 2018.", "One", "not_enough_evidence", None),
    ("Three gas attacks struck Tarn in January 2018.", "Three", "not_enough_evidence", 2),
    ("Two gas attacks struck Northland in January 2018.", "Two", "supported", 2),
    ("At least two gas attacks struck in January 2018.", "two", "not_enough_evidence", 2),
    ("Two gas attacks struck Lowmark in January 2018.", "Two", "not_enough_evidence", None),
    ("Two attacks struck Tarn in January 2018.", "Two", "not_enough_evidence", None),
    ("Two gas attacks struck Nowhere in January 2018.", "Two", "not_enough_evidence", None),
]


@pytest.mark.parametrize(("text", "words", "expected", "count"), COUNTS)
def test_counts(
    linker: Linker, store: Store, text: str, words: str, expected: str, count: int | None
) -> None:
    found = verdict(linker, text, words)
    assert found.verdict == expected, found.explanation
    rows = [store.rows(e.sql)[0]["best"] for e in found.evidence if e.sql is not None]
    assert rows == ([] if count is None else [count])


def test_an_incomplete_table_never_refutes_from_absence(linker: Linker) -> None:
    text = "In January 2018, 400 people were injured in Northland."
    assert verdict(linker, text, "400").verdict == "not_enough_evidence"


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        ("At least 8 people were killed", "supported"),
        ("Ruritanian rebels killed 4 people", "not_enough_evidence"),
        ("The Tarn Relief Network killed 4 people", "not_enough_evidence"),
    ],
)
def test_what_all_did_is_no_sum_of_one_who_is_named(linker: Linker, lead: str, expected: str) -> None:
    words = next(word for word in lead.split() if word.isdigit())
    found = verdict(linker, f"{lead} on the Sound Coast in May 2020.", words)
    assert found.verdict == expected, found.explanation


@pytest.mark.parametrize(
    ("about", "killed", "expected"),
    [
        ("strikes:s2", 5, {"s2": "supports"}),
        ("strikes:s2", 6, {"s2": "refutes"}),
        ("strikes:s1", 5, {"s1": "refutes"}),
        ("strikes:s3", 12, {"s3": "refutes"}),  # another day
        ("strikes:none", 5, {"s2": "supports"}),
        (None, 5, {"s2": "supports"}),
    ],
)
def test_about(linker: Linker, about: str | None, killed: int, expected: dict[str, str]) -> None:
    text = (
        f"On May 1st 2020, {killed} people were killed when a strike hit the Fish Market on the Sound Coast."
    )
    assert decided(verdict(linker, text, str(killed), about=about, date=None)) == expected


@pytest.mark.parametrize(
    "document",
    [
        {"author": "Tarn Relief Network"},
        {"zones": (Zone(0, 3, "letterhead"),)},
        {"items": (ListItem(1, 0, 1, 2, 5, "The Tarn Relief Network"),)},
    ],
)
def test_rows_of_the_signatories_decide_nothing_alone(linker: Linker, document: dict[str, Any]) -> None:
    text = "TRN. In January 2018, 90 people were killed in Lowmark."
    assert verdict(linker, text, "90").verdict == "supported"
    found = verdict(linker, text, "90", **document)
    assert (found.verdict, found.reason) == ("not_enough_evidence", "own_source")


def test_an_author_is_named_by_no_sentence_of_a_numbered_list(linker: Linker) -> None:
    text = "TRN. In January 2018, 90 people were killed in Lowmark."
    items = (ListItem(1, 0, 1, 2, 5, "The Tarn Relief Network counted the dead."),)
    assert verdict(linker, text, "90", items=items).verdict == "supported"


def test_claims_without_a_place_meet_rows_without_one(linker: Linker) -> None:
    text = "In January 2018, more than 130 groups signed the appeal."
    assert decided(verdict(linker, text, "130")) == {"F5": "supports"}


def test_measures_no_table_has_are_named(linker: Linker) -> None:
    found = verdict(linker, "Arvia bought 12 ships in January 2018.", "12")
    assert (found.verdict, found.reason) == ("not_enough_evidence", "no_measure")
