"""How a claim came by its place and its time, in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claimcheck.model import Claim, Document, Link, Slot, Span, Zone
from claimcheck.report.slot_origin import place_found, time_found
from tests.judging_case import when

TEXT = (
    "DAMASCUS, Jan 28 - Snow fell.\n\nThe enclave of Eastern Ghouta waits, as it did on 25 January.\n\n"
    "In Douma a market burned. Of 40 traders there 12 died."
)
DOCUMENT = Document(id="d", text=TEXT, zones=(Zone(0, 18, "dateline"), Zone(18, len(TEXT), "body")))


def told(clause: str, place: str | None = None, **given: object) -> Claim:
    start = TEXT.index(clause)
    first = TEXT.rfind(". ", 0, start) + 2
    context = Span(max(first, TEXT.rfind("\n", 0, start) + 1), TEXT.find(".", start) + 1)
    link = None if place is None else Link(place)
    made = Claim(
        claim_id="1", kind="quantity", start=start, end=start + len(clause), text=clause, measure=None,
        place=link, context=context,
    )  # fmt: skip
    return replace(made, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("clause", "place", "words"),
    [
        ("In Douma a market burned", "Douma", "stated"),
        ("a market burned", "Douma", "from its sentence"),
        ("12 died", "Douma", "carried over from “In Douma a market burned. Of 40…”"),
        (
            "12 died",
            "Eastern Ghouta",
            "carried over from “The enclave of Eastern Ghouta waits, as it did on 25…”",
        ),
        ("12 died", "DAMASCUS", "from the dateline"),
        ("12 died", "Idlib", ""),
        ("12 died", None, ""),
    ],
)
def test_how_a_place_was_found(clause: str, place: str | None, words: str) -> None:
    assert place_found(told(clause, place), DOCUMENT) == words


def test_a_place_that_only_the_document_is_about() -> None:
    about = replace(DOCUMENT, about="places:P1")
    assert place_found(told("12 died", "Idlib"), about) == "from what the document is about"


@pytest.mark.parametrize(
    ("basis", "words"), [("clause", "stated"), ("sentence", "from its sentence"), ("document", "")]
)
def test_how_a_time_was_found(basis: str, words: str) -> None:
    assert time_found(told("12 died", time=when("2018-01-25", basis=basis)), DOCUMENT) == words


def test_a_time_that_is_carried_over_is_quoted() -> None:
    at = TEXT.index("25 January")
    time = replace(when("2018-01-25", basis="discourse"), start=at, end=at + 10)  # type: ignore[type-var]
    found = time_found(told("12 died", time=time), DOCUMENT)
    assert found == "carried over from “…Ghouta waits, as it did on 25 January.”"


def test_what_the_matcher_says_of_a_slot_goes_before() -> None:
    slot = Slot("place", "there", TEXT.index("there"), TEXT.index("there") + 5, "places:P1", "carried")
    assert place_found(told("12 died", "Douma", slots=(slot,)), DOCUMENT) == "carried over by “there”"
    heading = Slot("time", "In January", 0, 8, "2018-01", "heading")
    assert time_found(told("12 died", slots=(heading,)), DOCUMENT) == "from a heading by “In January”"
