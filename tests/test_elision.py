"""Lists that say their verb once are read as if they said it each time: the examples of the lexicon."""

from __future__ import annotations

import pytest

from claimcheck.claims.parsing import filled_in, view
from claimcheck.lexicon import load
from claimcheck.model import Span
from tests.reader import judged, read_text


def _shown(text: str) -> str:
    mentions = sorted(read_text(text).mentions, key=lambda m: m.start)
    return view(text, Span(0, len(text)), mentions).text.replace(", and ", ", ").replace(" and ", ", ")


@pytest.mark.parametrize("example", [e for row in load("elision") for e in row.examples])
def test_what_is_left_out_is_shown_to_the_parser(example: str) -> None:
    text, shown = example.split(" | ")
    assert _shown(text) == shown.replace(" and ", ", ")


@pytest.mark.parametrize("text", [e for row in load("elision") for e in row.counter_examples])
def test_nothing_is_filled_in(text: str) -> None:
    mentions = sorted(read_text(text).mentions, key=lambda m: m.start)
    assert filled_in(text, Span(0, len(text)), mentions) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The Blues won 206 seats, the Greens 152 and the Reds 29.", ["Blues", "Greens", "Reds"]),
        ("Arvia spent 3bn euros in 2018, Sylvia 2bn euros.", ["Arvia", "Sylvia"]),
        ("Arvia exported 12 tonnes of tin and Carland 14 tonnes.", ["Arvia", "Carland"]),
    ],
)
def test_each_number_is_told_of_its_own_name(text: str, told: list[str]) -> None:
    claims = judged(text, "quantity")
    assert [c.subject and c.subject.text.removeprefix("the ").removeprefix("The ") for c in claims] == told
    assert all(text[c.start : c.end] == c.text for c in claims)
    assert len({c.predicate for c in claims}) == 1


def test_names_with_numbers_stay_names() -> None:
    text = "He flew 12 sorties in a Boeing 707, a Boeing 737 and an Airbus 320."
    assert [c.quantity and c.quantity.text for c in judged(text, "quantity")] == ["12"]
