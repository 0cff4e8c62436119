"""The pictures: axes, bars, open ends, breaks, and what they say in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.model import Claim, ClaimTime, Evidence, Mention, Verdict
from claimcheck.report.picture import interval_picture
from claimcheck.report.svg import NumberAxis, date_axis
from claimcheck.report.timeline import MOST, Moment, timeline

SVG = "{http://www.w3.org/2000/svg}"


def D(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def claim(low: str | None = "131", high: str | None = None, time: ClaimTime | None = None) -> Claim:
    number = None
    if low is not None or high is not None:
        number = Mention(start=0, end=1, text="x", kind="number", low=D(low), high=D(high), noun="group")
    return Claim(
        claim_id="0" * 16, kind="quantity", start=0, end=1, text="x", measure=None, quantity=number, time=time
    )


def row(relation: str = "supports", **fields: object) -> Evidence:
    numbers = {name: D(str(fields[name])) for name in ("low", "best", "high") if fields.get(name) is not None}
    rest = {"source": "A source", **fields, **numbers}
    return Evidence(table="t", row_id="r", source_id=None, relation=relation, **rest)  # type: ignore[arg-type]


def met(*rows: Evidence) -> Verdict:
    return Verdict(verdict="not_enough_evidence", reason="", explanation="", evidence=rows)


def on(first: str, last: str) -> ClaimTime:
    days = date.fromisoformat(first), date.fromisoformat(last)
    return ClaimTime(start=None, end=None, timex=None, date_start=days[0], date_end=days[1])


def drawn(picture: str | None) -> ElementTree.Element:
    """The picture parsed as XML; every place in it lies within the picture."""
    assert picture is not None
    root = ElementTree.fromstring(picture)
    for element in root.iter():
        assert "style" not in element.attrib
        for name in ("x", "x1", "x2", "cx"):
            place = element.attrib.get(name, "0")
            assert 0 <= float(place.removesuffix("%")) <= 100, (element.tag, name, place)
        if element.tag == f"{SVG}rect":
            left, width = (float(element.attrib[name].removesuffix("%")) for name in ("x", "width"))
            assert width > 0
            assert left + width <= 100.7
    return root


def parts(root: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [e for e in root.iter() if set(name.split()) <= set(e.attrib.get("class", "").split())]


@pytest.mark.parametrize(
    ("low", "high", "rows", "bars", "arrows", "dots"),
    [
        ("131", None, [row(best="133")], 1, 1, 1),  # an open claim against a point
        ("765", "765", [row("refutes", low="766")], 1, 1, 1),  # a point against an open row
        ("24", "99", [row(low="19", best="27", high="41")], 2, 0, 1),
        ("5", "5", [row(best="5"), row(best="5")], 0, 0, 3),  # all the same: still an axis
        ("-3", "-3", [row(best="4")], 0, 0, 2),
    ],
)
def test_an_interval_is_a_bar_a_point_a_dot_and_an_open_end_an_arrow(
    low: str | None, high: str | None, rows: list[Evidence], bars: int, arrows: int, dots: int
) -> None:
    root = drawn(interval_picture(claim(low, high), met(*rows), "p"))
    found = [len(parts(root, name)) for name in ("px-bar", "px-arrow", "px-dot")]
    assert found == [bars, arrows, dots]


@pytest.mark.parametrize(
    ("one", "verdict"),
    [
        (claim(), None),
        (claim(None, None), met(row(best="1"))),
        (claim(None, None), met(row(date_start=date(2018, 1, 1)))),
        (claim(None, None, on("2018-01-01", "2018-01-02")), met(row(best="1"))),
    ],
)
def test_nothing_is_drawn_where_nothing_can_be_compared(one: Claim, verdict: Verdict | None) -> None:
    assert interval_picture(one, verdict, "p") is None


def test_names_are_escaped_and_hidden_characters_shown() -> None:
    evil = "</text><script>\u202e&\x00"
    root = drawn(interval_picture(claim(), met(row(best="1", source=evil)), "p"))
    assert parts(root, "px-label px-long")[1].text == "✓ </text><script>[U+202E]&[U+0000]"


values = st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**30), max_value=10**30)


@given(st.lists(st.tuples(values, values).map(sorted), min_size=2, max_size=5), st.booleans(), st.booleans())
def test_any_intervals_can_be_drawn(pairs: list[list[Decimal]], low: bool, high: bool) -> None:
    first, *others = pairs
    one = claim(str(first[0]) if low else None, str(first[1]) if high or not low else None)
    rows = [row(low=a, high=b) for a, b in others]
    drawn(interval_picture(one, met(*rows), "p"))


@given(st.lists(values, min_size=1, max_size=6))
def test_an_axis_has_one_to_six_ticks_in_order_and_keeps_the_order_of_values(numbers: list[Decimal]) -> None:
    axis = NumberAxis.over(numbers)
    assert axis is not None
    places = [place for place, _ in axis.ticks()]
    assert 1 <= len(places) <= 6
    assert places == sorted(places)
    shown = [axis.at(value) for value in sorted(numbers)]
    assert shown == sorted(shown)
    assert all(0 <= place <= 100 for place in shown)


days = st.dates(date(1, 1, 1), date(9999, 12, 31))


@given(st.lists(days, min_size=1, max_size=4))
def test_a_date_axis_keeps_the_order_of_days(found: list[date]) -> None:
    axis = date_axis(found)
    assert axis is not None
    assert len(axis.ticks()) <= 6
    shown = [axis.at(Decimal(day.toordinal())) for day in sorted(found)]
    assert shown == sorted(shown)


def moment(label: str, first: str | None, last: str | None) -> Moment:
    start, end = (None if d is None else date.fromisoformat(d) for d in (first, last))
    return Moment(label, "✓", "supported", start, end)


def test_the_timeline_is_in_order_and_breaks_at_long_silences() -> None:
    svg = timeline(
        [
            moment("talks", "2018-01-25", "2018-01-26"),
            moment("founded", "2011-06-01", "2011-06-30"),
            moment("letter", "2018-01-31", "2018-01-31"),
            moment("since then", "2011-06-01", "2018-01-31"),
        ],
        "d1-time",
    )
    root = drawn(svg)
    labels = [label.text for label in parts(root, "px-label px-long")]
    assert labels == ["✓ founded", "✓ since then", "✓ talks", "✓ letter"]
    assert len(parts(root, "px-break")) == 1
    assert parts(root, "px-tick")[0].text == "1 Jun 2011"


def test_a_timeline_is_cut() -> None:
    root = drawn(timeline([moment(str(n), "2018-01-25", "2018-01-25") for n in range(99)], "t"))
    assert len(parts(root, "px-label px-long")) == MOST


@given(st.lists(st.tuples(days, days).map(sorted), min_size=2, max_size=8), st.booleans())
def test_any_moments_can_be_drawn(pairs: list[list[date]], open_end: bool) -> None:
    moments = [
        Moment("m", "?", "undecided", a, None if open_end and n else b) for n, (a, b) in enumerate(pairs)
    ]
    root = drawn(timeline(moments, "t"))
    assert parts(root, "px-tick")
