"""Zones and numbered lists: the lexicon's own examples, documents with their zones marked, laws."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

from claimcheck.documents.zones import role, zones_and_items
from claimcheck.lexicon import load
from tests.reader import of_all


@of_all(load("zones"))
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
    "sourced": SOURCED, "letter": LETTER, "report": REPORT, "news": NEWS, "numbered": NUMBERED,
    "paragraphs": PARAGRAPHS, "minutes": MINUTES,
}  # fmt: skip


@pytest.mark.parametrize("marked", MARKED.values(), ids=MARKED)
def test_each_line_is_in_its_zone(marked: str) -> None:
    rows = [line.split("|", 1) for line in marked.split("\n")]
    text = "\n".join(line for _, line in rows)
    zones, _ = zones_and_items(text)
    at = 0
    found = []
    for _, line in rows:
        if line:
            found.append((next((zone.kind for zone in zones if zone.start <= at < zone.end), None), line))
        at += len(line) + 1
    assert found == [(kind, line) for kind, line in rows if line]


TEXTS = st.lists(
    st.sampled_from(
        ["1. A", "2. B", "- 3.C", "a) d", "Kind regards,", "", "Dear X,", "It is so. It was.", "| a | b |",
         "* x", "@y", "# z", "Page 2", "\x00", "\u200f(1) f (2) g", "1", "…"]
    ),
    max_size=12,
).map("\n".join)  # fmt: skip


