"""Zones and numbered lists: the lexicon's own examples, documents with their zones marked, laws."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.documents.zones import find_items, find_lists, find_zones, role
from claimcheck.lexicon import load
from tests.pace import grows_in_line

ROWS = [pytest.param(row, id=row.id) for row in load("zones")]


@pytest.mark.parametrize("row", ROWS)
def test_a_row_knows_its_examples_and_leaves_the_others(row) -> None:
    assert row.examples
    assert row.counter_examples
    assert {role(line) for line in row.examples} == {row["role"]}
    assert all(role(line) is None for line in row.counter_examples)


# Each line of a document carries the zone it belongs to; the marks are no part of the text.
LETTER = """\
letterhead|Harbour Watch
letterhead|Monday, 4 May 2020
|
body|Harbour Watch, founded in 1998, is an independent group that records accidents in ports and on ships.
|
letterhead|Ms. Ana Bell
letterhead|Minister of Transport
|
letterhead|Dear Minister,
|
body|We wrote to you in March about the fire. Nothing was done.
|
body|We ask you to act.
|
signature|Yours faithfully,
|
list|1. Dockers' Union
list|2. Friends of the Old Port
|
list|- 3.Pilots' Guild
list|- 4.Rescue League
|
contacts|@harbourwatch
contacts|desk@example.org"""
REPORT = """\
letterhead|The Market After the Fire
letterhead|12 May 2020
|
body|The market was closed for three days after the fire, and 40 traders lost their stock.
|
heading|What was burnt
|
list|1. Cloth
list|a) wool
list|b) linen
list|2. Paper
|
body|The loss was large.
|
table|| Goods | Loss |
table|| Cloth | 300 |
|
heading|# Next steps
|
list|* rebuild the hall
list|* pay the traders
|
signature|Kind regards,
signature|Rosa Diaz
signature|Warden"""
NEWS = """\
letterhead|Bridge Opens Again
letterhead|May 4, 2020
body|The old bridge opened to traffic today. It had been closed for a year.
body|Two ferries will stop."""
NUMBERED = """\
heading|1. Background
body|The dispute began long ago, when the two towns shared a well.
heading|2. Outcome
body|The two towns agreed to share it again."""
MINUTES = """\
letterhead|Minutes of the Guild
letterhead|Tarn, 5 February 2018
|
list|1. Nine people have drowned since Monday. The well is lost.
list|2. The Guild counted 40 families in tents."""
PARAGRAPHS = """\
heading|# Report No. 7
letterhead|Tarn, 5 February 2018
|
heading|## The valley
|
body|1. Nine people have drowned since Monday. The well is lost.
|
body|2. The Guild counted 40 families in tents.
|
heading|## The coast
|
body|3. Two ferries sank."""

SOURCED = """\
letterhead|The siege
body|The siege ended in 2014. Two hundred people had died.
|
references|Bibliography
references|Sources
references|* also published by Arvia Press as "The Siege, August 1914 to May 1918"
references|* reviewed in the Tarn Herald, 3 May 1920
|
heading|Legacy
body|The town is a museum. It opened in 1999."""

MARKED = {
    "sourced": SOURCED,
    "letter": LETTER,
    "report": REPORT,
    "news": NEWS,
    "numbered": NUMBERED,
    "paragraphs": PARAGRAPHS,
    "minutes": MINUTES,
}


@pytest.mark.parametrize("marked", MARKED.values(), ids=MARKED)
def test_each_line_is_in_its_zone(marked: str) -> None:
    rows = [line.split("|", 1) for line in marked.split("\n")]
    text = "\n".join(line for _, line in rows)
    zones = find_zones(text)
    at = 0
    found = []
    for _, line in rows:
        if line:
            found.append((next((zone.kind for zone in zones if zone.start <= at < zone.end), None), line))
        at += len(line) + 1
    assert found == [(kind, line) for kind, line in rows if line]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        pytest.param("1. A\n2. B\n3. C", [[1, 2, 3]], id="dots"),
        pytest.param("1) A\n2) B", [[1, 2]], id="brackets"),
        pytest.param("(1) A\n(2) B", [[1, 2]], id="both brackets"),
        pytest.param("- 1.A\n- 2.B", [[1, 2]], id="bullet and number"),
        pytest.param("7. A\n\n\n- 8.B\n- 9.C", [[7, 8, 9]], id="form changes, page break"),
        pytest.param("1. A\n2. B\nPage 1 of 2\n3. C\n4. D", [[1, 2, 3, 4]], id="page number inside"),
        pytest.param("1. A\n2. B\n1. C\n2. D", [[1, 2], [1, 2]], id="two lists"),
        pytest.param("1. A\n2. B\n4. C", [[1, 2, 4]], id="gap"),
        pytest.param("1. A\n2. B\n2. C\n3. D", [[1, 2, 2, 3]], id="repeat"),
        pytest.param("1. A\n2. B\n3, C\n4. D\n5. E", [[1, 2, 4, 5]], id="damaged number"),
        pytest.param("a) A\nb) B\nc) C", [[1, 2, 3]], id="letters"),
        pytest.param("We need (1) food, (2) water and (3) tents.", [[1, 2, 3]], id="inside a sentence"),
        pytest.param("1. A", [], id="one item is no list"),
        pytest.param("4. A\n5. B", [], id="two items that begin at four"),
        pytest.param("3.5 per cent\n4.5 per cent", [], id="decimals"),
        pytest.param("8.30 start\n9.30 break", [], id="times"),
        pytest.param("1990. A year\n1991. Another", [], id="years"),
        pytest.param("see (3) and (7)", [], id="references"),
        pytest.param("a.m. is morning\nb.c. is long ago", [], id="abbreviations"),
    ],
)
def test_lists(text: str, numbers: list[list[int]]) -> None:
    assert [[item.number for item in found.items] for found in find_lists(text)] == numbers
    for item in find_items(text):
        label = text[item.number_start : item.number_end]
        assert label == str(item.number) or ord(label) - ord("a") + 1 == item.number
        assert text[item.start : item.end] == item.text


TEXTS = st.lists(
    st.sampled_from(
        ["1. A", "2. B", "- 3.C", "a) d", "Kind regards,", "", "Dear X,", "It is so. It was.", "| a | b |",
         "* x", "@y", "# z", "Page 2", "\x00", "\u200f(1) f (2) g", "1", "…"]
    ),
    max_size=12,
).map("\n".join)  # fmt: skip


@given(TEXTS | st.text(max_size=60))
def test_zones_and_items_are_in_order_and_exact(text: str) -> None:
    zones = find_zones(text)
    edges = [0, *(edge for zone in zones for edge in (zone.start, zone.end)), len(text)]
    assert edges == sorted(edges)
    items = find_items(text)
    assert all(text[item.start : item.end] == item.text for item in items)
    assert [item.number_start for item in items] == sorted({item.number_start for item in items})


@pytest.mark.parametrize("unit", ["1. a\n", "- - ", "ab\n", "(1) (2) ", "| ", "* a\n", "1.", "\n", "Dear \n"])
def test_half_a_megabyte_takes_linear_time(unit: str) -> None:
    assert grows_in_line(find_zones, unit, 20_000, 200_000)
