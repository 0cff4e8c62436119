"""The text of a report: marks that nest and overlap, blocks, and the ledger of expressions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.model import (
    Document,
    Mention,
    Reading,
    Zone,
)
from claimcheck.report.ledger import ledger
from claimcheck.report.marks import Mark, blocks


def painted(text: str, *spans: tuple[int, int, int]) -> list[tuple[str, int | None, tuple[int, ...]]]:
    """The runs of a one-block text under marks of (start, end, gravity)."""
    marks = [Mark(start, end, n, gravity) for n, (start, end, gravity) in enumerate(spans)]
    [block] = blocks(Document(id="d", text=text), marks, [])
    return [("".join(piece for piece, _ in run.pieces), run.index, run.ending) for run in block.runs]


@pytest.mark.parametrize(
    ("spans", "runs"),
    [
        ((), [("abcdefgh", None, ())]),
        (((2, 4, 0),), [("ab", None, ()), ("cd", 0, (0,)), ("efgh", None, ())]),
        # the inner of two claims shows, the outer goes on behind it
        (((0, 8, 0), (2, 4, 3)), [("ab", 0, ()), ("cd", 1, (1,)), ("efgh", 0, (0,))]),
        # overlapping: the shorter one has the common characters
        (((0, 5, 0), (3, 6, 0)), [("abc", 0, ()), ("de", 1, (0,)), ("f", 1, (1,)), ("gh", None, ())]),
        # the same characters: the graver one shows, both numbers stand behind
        (((2, 4, 3), (2, 4, 0)), [("ab", None, ()), ("cd", 1, (0, 1)), ("efgh", None, ())]),
    ],
)
def test_claims_that_nest_and_overlap(
    spans: tuple[tuple[int, int, int], ...], runs: list[tuple[str, int | None, tuple[int, ...]]]
) -> None:
    assert painted("abcdefgh", *spans) == runs


@pytest.mark.parametrize(
    ("text", "zones", "kinds"),
    [
        ("a\nb\n\n \nc", (), [("body", "a\nb"), ("body", "c")]),
        ("a\n1. x\n2. y", (Zone(0, 2, "body"), Zone(2, 11, "list")), [("body", "a"), ("list", "1. x\n2. y")]),
        ("x" * 200 + "\ny", (), [("body", "x" * 200), ("body", "y")]),
        ("\n\n", (), []),
        ("", (), []),
    ],
)
def test_blocks_are_paragraphs_and_lists(
    text: str, zones: tuple[Zone, ...], kinds: list[tuple[str, str]]
) -> None:
    found = blocks(Document(id="d", text=text, zones=zones), [], [])
    assert [(b.kind, "".join(p for r in b.runs for p, _ in r.pieces)) for b in found] == kinds


@st.composite
def marked_text(draw: st.DrawFn) -> tuple[str, list[Mark], list[tuple[int, int]]]:
    text = draw(st.text("ab \n\u202e", min_size=1, max_size=60))
    span = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    spans = draw(st.lists(span, max_size=12))
    marks = [Mark(a, b, n, n % 4, point=n % 5 == 0) for n, (a, b) in enumerate(spans)]
    return text, marks, [(a, b) for a, b in draw(st.lists(span, max_size=5))]


@given(marked_text())
def test_no_character_is_lost_or_doubled_and_every_mark_ends_once(
    case: tuple[str, list[Mark], list[tuple[int, int]]],
) -> None:
    text, marks, strong = case
    found = blocks(Document(id="d", text=text), marks, strong)
    shown = "".join(piece for block in found for run in block.runs for piece, _ in run.pieces)
    assert "".join(shown.split()) == "".join(text.split())
    ended = sorted(index for block in found for run in block.runs for index in run.ending)
    assert ended == sorted(index for block in found for index in block.notes)
    if found:
        assert ended == [mark.index for mark in marks]


def test_list_numbers_share_a_line_and_are_counted_each() -> None:
    def numbered(n: int, **fields: object) -> Mention:
        base = {"status": "not_claim", "reason": "list numbering", "kind": "number", **fields}
        return Mention(start=n, end=n + 1, text=str(n), **base)  # type: ignore[arg-type]

    listed = [numbered(n) for n in range(1, 6)]
    phone = numbered(7, reason="phone number")
    loose = [numbered(8), numbered(9)]
    found = ledger(Reading(document=Document(id="d", text=" " * 20), mentions=(*listed, phone, *loose)))
    assert [row.text for row in found.rows] == ["1 … 5", "7", "8", "9"]
    assert found.sentence == "8 expressions: 0 in claims, 8 in none, 0 unresolved"
