"""Linking: measures, places, sums and counts, the row that a document is about, who says it."""

from __future__ import annotations

from typing import Any

import pytest

from claimcheck.linking.linker import Linker
from claimcheck.model import (
    Claim,
    Document,
    Link,
    ListItem,
    Reading,
    Zone,
)
from claimcheck.store import Store
from tests import linking_case
from tests.linking_case import (
    check,
    claim,
    decided,
    number,
    time,
)

store, linker = linking_case.store, linking_case.linker


KILLED = "774 people were killed in {} in January 2018."


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("Arvia", ("supported", "exact")),
        ("Lowmark", ("refuted", "overstated")),
        ("Tarn", ("not_enough_evidence", "no_reference")),
        ("Elsewhere", ("not_enough_evidence", "no_place")),
        ("southern Arvia", ("not_enough_evidence", "no_place")),
        ("Arvia and Port Selim", ("not_enough_evidence", "no_place")),
    ],
)
def test_a_figure_answers_for_its_own_place(linker: Linker, place: str, expected: tuple[str, str]) -> None:
    text = KILLED.format(place)
    said = claim(
        text,
        quantity=number(text, "774", 774, noun="people"),
        time=time(text, "January 2018", "2018-01"),
        measure="people killed",
        predicate="kill",
    )
    verdict = check(linker, text, said)
    assert (verdict.verdict, verdict.reason) == expected


def test_what_some_did_is_no_answer_about_all(linker: Linker) -> None:
    text = "142 people were killed in Arvia in January 2018."
    quantity, when = number(text, "142", 142, noun="people"), time(text, "January 2018", "2018-01")
    said = claim(text, quantity=quantity, time=when, measure="people killed", predicate="kill")
    assert decided(check(linker, text, said)) == {"F3": "refutes"}
    theirs = claim(
        text,
        quantity=quantity,
        time=when,
        measure="people killed",
        predicate="kill",
        actor=Link("Vostokian forces"),
    )
    assert decided(check(linker, text, theirs))["F4"] == "supports"


@pytest.mark.parametrize(
    ("text", "actor", "predicate", "expected"),
    [
        ("The Boreal Guard killed {} people in Arvia in January 2018.", "Boreal Guard", "kill", "unknown"),
        ("Air strikes killed {} people in Arvia in January 2018.", "Air strikes", "kill", "all"),
        ("The Office of Records documented {} people killed in Arvia in January 2018.", "Office of Records",
         "document", "all"),
        ("The Office of Records documented {} people killed by Vostokian forces in Arvia in January 2018.",
         "Office of Records", "document", "theirs"),
    ],
)  # fmt: skip
def test_whose_deeds_are_told(linker: Linker, text: str, actor: str, predicate: str, expected: str) -> None:
    def verdict(value: int) -> str:
        said = text.format(value)
        asserted = claim(
            said,
            quantity=number(said, str(value), value, noun="people"),
            time=time(said, "January 2018", "2018-01"),
            measure="people killed",
            predicate=predicate,
            actor=Link(actor),
            terms=("kill",),
        )
        return check(linker, said, asserted).verdict

    wanted = {
        "unknown": ("not_enough_evidence", "not_enough_evidence"),
        "all": ("supported", "refuted"),
        "theirs": ("refuted", "supported"),
    }
    assert (verdict(774), verdict(142)) == wanted[expected]


@pytest.mark.parametrize(
    ("noun", "measure", "verdict"),
    [
        ("patient", "patients", "supported"),
        ("truck", "trucks with patients", "not_enough_evidence"),
        ("child", "children among the patients", "not_enough_evidence"),
    ],
)
def test_the_counted_noun_must_fit(linker: Linker, noun: str, measure: str, verdict: str) -> None:
    text = f"In Northland, 502 {measure} were waiting."
    said = claim(text, quantity=number(text, "502", 502, noun=noun), measure=measure, predicate="wait")
    found = check(linker, text, said)
    if verdict == "supported":
        assert decided(found)["F1"] == "supports"
    else:
        assert found.verdict == verdict


def test_the_entry_of_most_words_wins(linker: Linker) -> None:
    text = "The population growth of Arvia was 1.4 percent."
    said = claim(
        text,
        quantity=number(text, "1.4 percent", "1.4", kind="percent"),
        measure="",
        subject=Link("population growth"),
        role="attribute",
    )
    assert decided(check(linker, text, said)) == {"F12": "supports"}


STATISTICS = [
    ("Inflation in Arvia was 6.8 percent.", "6.8 percent", "6.8", {"F9"}),
    ("Arvia: inflation rate (annual) 6.8", "6.8", "6.8", {"F9"}),
    ("Inflation reached 6.8 percent in Arvia and 4.1 percent in Lowmark.", "4.1 percent", "4.1", {"F10"}),
    ("Inflation in Arvia (6.8) was above that in Lowmark (4.1).", "4.1", "4.1", {"F10"}),
    ("Arvia and Lowmark had a respective inflation of 6.8 and 4.1.", "4.1", "4.1", set()),
    ("Inflation in Arvia: urban 6.8, rural 7.0.", "6.8", "6.8", set()),
    ("The budget of Arvia was 6.8 billion.", "6.8 billion", "6800000000", set()),
]


@pytest.mark.parametrize(("text", "words", "value", "rows"), STATISTICS)
def test_a_bare_number_goes_with_the_nearest_words(
    linker: Linker, text: str, words: str, value: str, rows: set[str]
) -> None:
    said = claim(text, quantity=number(text, words, value), measure="")
    verdict = check(linker, text, said)
    assert {row for row, relation in decided(verdict).items() if relation == "supports"} == rows


PLACES = [
    ("in Tarn", "places:P1"),
    ("in Tarne", "places:P1"),
    ("in Тарн", "places:P1"),
    ("in Tarn, Northland", "places:P1"),
    ("at Khan Ruheyn", "places:P2"),
    ("near Khan Ruheyn", None),
    ("in Port Selim", "places:P6"),
    ("in tarn", None),
    ("in Port Said", None),
    ("in Tarn and Lowmark", None),
    ("with the Tarn Relief Network", None),
]


@pytest.mark.parametrize(("words", "expected"), PLACES)
def test_places(linker: Linker, words: str, expected: str | None) -> None:
    text = f"Five people were killed {words} that day."
    said = claim(
        text, quantity=number(text, "Five", 5, noun="people"), measure="people killed", predicate="kill"
    )
    read = Reading(document=Document(id="d", text=text), claims=(said,))
    place = linker.check([read])[0].reading.claims[0].place
    assert (place.id if place else None) == expected


def test_a_sum_over_incidents_carries_sql_that_gives_it_again(linker: Linker, store: Store) -> None:
    text = "In January 2018 dozens of people were injured in Tarn."
    said = claim(
        text,
        quantity=number(text, "dozens", 24, 99, comparator="vague", noun="people"),
        time=time(text, "January 2018", "2018-01"),
        measure="people injured",
        predicate="injure",
    )
    verdict = check(linker, text, said)
    assert (verdict.verdict, verdict.reason) == ("supported", "aggregate")
    (evidence,) = verdict.evidence
    assert evidence.sql is not None
    again = store.rows(evidence.sql)[0]
    assert (again["best"], again["low"], again["high"], again["rows"]) == (27, 27, 157, 2)
    assert (evidence.best, evidence.low, evidence.high) == (27, 27, 157)


COUNTS = [
    ("Two gas attacks struck Tarn in January 2018.", "Two", 2, 2, "supported", 2),
    ("Only one gas attack struck Tarn in January 2018.", "one", 1, 1, "refuted", 2),
    ("One gas attack struck Tarn in January 2018.", "One", 1, 1, "not_enough_evidence", None),
    ("Three gas attacks struck Tarn in January 2018.", "Three", 3, 3, "not_enough_evidence", 2),
    ("Two gas attacks struck Northland in January 2018.", "Two", 2, 2, "supported", 2),
    ("At least two gas attacks were counted in January 2018.", "two", 2, None, "supported", 2),
    ("Two gas attacks struck Lowmark in January 2018.", "Two", 2, 2, "not_enough_evidence", None),
    ("Two attacks struck Tarn in January 2018.", "Two", 2, 2, "not_enough_evidence", None),
    ("Two gas attacks struck Nowhere in January 2018.", "Two", 2, 2, "not_enough_evidence", None),
]


@pytest.mark.parametrize(("text", "words", "low", "high", "verdict", "count"), COUNTS)
def test_counts(
    linker: Linker,
    store: Store,
    text: str,
    words: str,
    low: int,
    high: int | None,
    verdict: str,
    count: int | None,
) -> None:
    said = claim(
        text,
        quantity=number(text, words, low, high, noun="attack"),
        time=time(text, "January 2018", "2018-01"),
        measure="gas attacks" if "gas" in text else "attacks",
        place=Link("Nowhere") if "Nowhere" in text else None,
        predicate="strike",
    )
    found = check(linker, text, said)
    assert found.verdict == verdict, found.explanation
    rows = [store.rows(e.sql)[0]["best"] for e in found.evidence if e.sql is not None]
    assert rows == ([] if count is None else [count])


@pytest.mark.parametrize(("low", "high", "verdict"), [(5, 5, "refuted"), (400, 400, "not_enough_evidence")])
def test_an_incomplete_table_never_refutes_from_absence(
    linker: Linker, low: int, high: int, verdict: str
) -> None:
    text = f"In January 2018, {low} people were injured in Northland."
    said = claim(
        text,
        quantity=number(text, str(low), low, high, noun="people"),
        time=time(text, "January 2018", "2018-01"),
        measure="people injured",
        predicate="injure",
    )
    assert check(linker, text, said).verdict == verdict


@pytest.mark.parametrize(
    ("actor", "killed", "verdict"),
    [
        ("Vostokian forces", 7, "supported"),  # 2 to 3 and 5: at least 7, and s3 is nobody's
        ("Vostokian forces", 4, "refuted"),
        (None, 4, "refuted"),
        ("Ruritanian rebels", 4, "not_enough_evidence"),
        ("The Tarn Relief Network", 4, "not_enough_evidence"),
    ],
)
def test_a_sum_is_over_the_deeds_of_the_one_who_is_named(
    linker: Linker, store: Store, actor: str | None, killed: int, verdict: str
) -> None:
    lead = f"{actor} killed at least" if actor else "At least"
    text = f"{lead} {killed} people{'' if actor else ' were killed'} on the Sound Coast in May 2020."
    high = None if verdict == "supported" else killed
    said = claim(
        text,
        quantity=number(text, str(killed), killed, high, noun="people"),
        time=time(text, "May 2020", "2020-05"),
        measure="people killed",
        predicate="kill",
        actor=Link(actor) if actor else None,
    )
    found = check(linker, text, said)
    assert found.verdict == verdict, found.explanation
    for evidence in found.evidence:
        assert evidence.sql is not None
        assert store.rows(evidence.sql)[0]["low"] == evidence.low
        assert evidence.low == (7 if actor == "Vostokian forces" else 8)


NARRATIVE = "On May 1st 2020, {} people were killed when a strike hit the Fish Market on the Sound Coast."


def narrative(killed: int) -> tuple[str, Claim]:
    text = NARRATIVE.format(killed)
    return text, claim(
        text,
        f"{killed} people were killed",
        quantity=number(text, str(killed), killed, noun="people"),
        time=time(text, "May 1st 2020", "2020-05-01", "on", "sentence"),
        measure="people killed",
        predicate="kill",
    )


@pytest.mark.parametrize(
    ("about", "killed", "expected"),
    [
        ("strikes:s2", 5, {"s2": "supports"}),
        ("strikes:s2", 6, {"s2": "refutes"}),
        ("strikes:s1", 5, {"s1": "refutes"}),
        ("strikes:s3", 1, {"s3": "refutes"}),  # another day
        ("strikes:none", 5, {"s2": "supports"}),
        (None, 5, {"s2": "supports"}),
    ],
)
def test_about(linker: Linker, about: str | None, killed: int, expected: dict[str, str]) -> None:
    text, said = narrative(killed)
    assert decided(check(linker, text, said, about=about, date=None)) == expected


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
    said = claim(
        text,
        quantity=number(text, "90", 90, noun="people"),
        time=time(text, "January 2018", "2018-01"),
        measure="people killed",
        predicate="kill",
    )
    assert check(linker, text, said).verdict == "supported"
    verdict = check(linker, text, said, **document)
    assert (verdict.verdict, verdict.reason) == ("not_enough_evidence", "own_source")


def test_an_author_is_named_by_no_sentence_of_a_numbered_list(linker: Linker) -> None:
    text = "TRN. In January 2018, 90 people were killed in Lowmark."
    said = claim(
        text,
        quantity=number(text, "90", 90, noun="people"),
        time=time(text, "January 2018", "2018-01"),
        measure="people killed",
        predicate="kill",
    )
    items = (ListItem(1, 0, 1, 2, 5, "The Tarn Relief Network counted the dead."),)
    assert check(linker, text, said, items=items).verdict == "supported"


def test_claims_without_a_place_meet_rows_without_one(linker: Linker) -> None:
    text = "More than 130 groups wrote to the council about Arvia's congress."
    said = claim(
        text,
        quantity=number(text, "130", 131, None, comparator="gt", noun="group"),
        measure="groups wrote",
        predicate="write",
        terms=("group", "write", "council"),
    )
    assert decided(check(linker, text, said)) == {"F5": "supports"}


def test_measures_no_table_has_are_named(linker: Linker) -> None:
    text = "Arvia bought 12 ships in January 2018."
    said = claim(text, quantity=number(text, "12", 12, noun="ship"), measure="ships bought", predicate="buy")
    verdict = check(linker, text, said)
    assert (verdict.verdict, verdict.reason) == ("not_enough_evidence", "no_measure")
