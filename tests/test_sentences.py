"""Sentences: the lexicons' own examples, tables of cases, and the laws that hold for any text."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.documents.sentences import split
from claimcheck.documents.zones import role, zones_and_items
from claimcheck.lexicon import load
from claimcheck.model import Span, Zone
from tests.pace import grows_in_line
from tests.reader import of_all


def parts(text: str, zones: tuple[Zone, ...] = ()) -> list[str]:
    return [span.of(text) for span in split(text, zones)]


EXAMPLES = [
    phrase
    for topic in ("abbreviations", "sentence_openers")
    for row in load(topic)
    for phrase in (*row.examples, *row.counter_examples)
]


@of_all(EXAMPLES)
def test_lexicon_rows_split_where_their_examples_say(phrase: str) -> None:
    expected = phrase.split(" | ")
    assert parts(" ".join(expected)) == expected


@pytest.mark.parametrize("topic", ["abbreviations", "sentence_openers"])
def test_every_row_has_both_kinds_of_example(topic: str) -> None:
    assert all(row.examples and row.counter_examples for row in load(topic))


# "¦" marks where one sentence ends and the next begins; it is no part of the text.
STOPS = {
    "plain": "He left. ¦She stayed.", "decimal": "It rose 3.5 per cent. ¦It fell.",
    "year before the stop": "In 2016. ¦The war went on.",
    "digit after the stop": "They were killed. ¦15 people fled.",
    "quote behind the stop": 'He said, "Go." ¦She went.', "quote opens the next": 'He said. ¦"We go."',
    "question inside speech": "“Why?” he asked. ¦“No!”",
    "bracket behind the stop": "(He left.) ¦They came.", "footnote marks": "He left.[3][12] ¦They came.",
    "ellipsis goes on": "He waited … and left.", "ellipsis ends": "He waited... ¦Then he left.",
    "spaced ellipsis": "He waited . . . and left.", "initials": "J. R. Haddad spoke.",
    "lower-case brand": "It sold. ¦iPhone sales rose.", "address": "See example.org. ¦It is old.",
    "two marks": "Really?! ¦Yes.", "stops without spaces": "他来了。¦她走了。",
    "Arabic": "وصل اليوم. ¦ماذا؟ ¦نعم.",
    "symbol opens": "It cost a lot. ¦€5 a loaf.", "no stop": "no stop at all",
}  # fmt: skip
LAYOUT = {
    "blank line": "One\n\n¦Two",
    "wrapped": "The council met again and \nagreed to open the road that leads \n"
    "from the port to the old town. ¦It\ndid so in May.",
    "wrapped before a capital": "They left the region of Northern\nHighlands behind and walked on to the\n"
    "sea, which they reached in the first\nwarm and dry days of\nApril.",
    "address lines": "Ms. Ana Bell\n¦Director\n¦Harbour Office",
    "items": "1. Red Club\n¦2. Blue Club\n\n¦- 3.Green Club",
    "table rows": "| a | b |\n¦| 1 | 2 |",
    "page break inside a sentence": "The talks went on until the very last\n\f\nday of the month of June.",
}


@pytest.mark.parametrize("marked", [*STOPS.values(), *LAYOUT.values()], ids=[*STOPS, *LAYOUT])
def test_sentences_end_where_marked(marked: str) -> None:
    assert parts(marked.replace("¦", "")) == [part.strip() for part in marked.split("¦")]


def test_zones_keep_their_borders_and_lines() -> None:
    text = "of the Harbour Office\nfrom this very day onwards it goes on"
    assert parts(text) == [text]
    assert parts(text, (Zone(0, len(text), "letterhead"),)) == text.split("\n")
    assert parts("one two three", (Zone(0, 3, "heading"), Zone(4, 13, "body"))) == ["one", "two three"]


ANY_TEXTS = st.text(
    alphabet=st.sampled_from("aBé٣。.!?\"'”()[]0123 \n\r\t\f\x00\u200b\u200f\u2028-–•*|#@1…"), max_size=120
) | st.text(max_size=80)


@given(ANY_TEXTS)
def test_spans_are_trimmed_in_order_and_cover_all(text: str) -> None:
    spans = split(text)
    assert all(span.of(text) and span.of(text) == span.of(text).strip() for span in spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))
    edges = [Span(0, 0), *spans, Span(len(text), len(text))]
    assert all(not text[before.end : after.start].strip() for before, after in pairwise(edges))


@given(ANY_TEXTS, st.integers(0, 80), st.integers(0, 80))
def test_no_sentence_crosses_a_zone(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    for span in split(text, (Zone(start, end, "body"),)):
        inside = start <= span.start and span.end <= end
        assert start == end or inside or span.end <= start or span.start >= end


@pytest.mark.long
@pytest.mark.parametrize(
    "unit", [".", ". ", "A. ", '."', ". - ", "- 1.", "x\n", " ", "\n", "12.", ".[1]", "。", "(", "Mr. "]
)
def test_a_megabyte_takes_linear_time(unit: str) -> None:
    assert grows_in_line(split, unit, 50_000, 500_000)


# --- Zones and numbered lists ---


@of_all(load("zones"))
def test_a_row_knows_its_examples_and_leaves_the_others(row) -> None:
    assert row.examples
    assert row.counter_examples
    assert {role(line) for line in row.examples} == {row["role"]}
    assert all(role(line) is None for line in row.counter_examples)


# Each line of a document carries the zone it belongs to; the marks are no part of the text.
MARKED = sorted((Path(__file__).parent / "gold" / "zones").glob("*.txt"))


@pytest.mark.parametrize("marked", MARKED, ids=lambda file: file.stem)
def test_each_line_is_in_its_zone(marked: Path) -> None:
    rows = [line.split("|", 1) for line in marked.read_text(encoding="utf-8").splitlines()]
    text = "\n".join(line for _, line in rows)
    zones, _ = zones_and_items(text)
    at = 0
    found = []
    for _, line in rows:
        if line:
            found.append((next((zone.kind for zone in zones if zone.start <= at < zone.end), None), line))
        at += len(line) + 1
    assert found == [(kind, line) for kind, line in rows if line]
