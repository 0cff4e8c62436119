"""The text of a report: marks that nest and overlap, blocks, and the ledger of expressions."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from claimcheck.lexicon import load
from claimcheck.model import (
    Claim,
    Document,
    Evidence,
    Link,
    Mention,
    Reading,
    Zone,
)
from claimcheck.report.ledger import ledger, ledger_words
from claimcheck.report.marks import Mark, blocks
from claimcheck.report.words.claims import claim_parts
from claimcheck.report.words.rows import cited, why, without_keys
from claimcheck.report.words.values import (
    evidence_numbers,
    plural,
)


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
    mentions = (*listed, phone, *loose)
    found = ledger(Reading(document=Document(id="d", text=" " * 20), mentions=mentions))
    assert [row["text"] for row in found] == ["1 … 5", "7", "8", "9"]
    assert ledger_words(mentions) == "8 expressions: 0 in claims, 8 in none, 0 unresolved"


# --- Readings in plain words: a table a line ---


def mention(**fields: object) -> Mention:
    numbers = {
        k: Decimal(str(v)) for k, v in fields.items() if k in ("value", "low", "high") and v is not None
    }
    given_kind = {"kind": "number", **fields, **numbers}
    return Mention(start=0, end=1, text="x", **given_kind)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ((None, None, None), ""),
        ((None, "765", None), "765"),
        (("765", "765", "765"), "765"),
        (("766", None, None), "at least 766"),
        (("766", "766", None), "at least 766"),
        (("700", "766", None), "at least 700, best 766"),
        ((None, None, "0"), "at most 0"),
        (("14", "18", "22"), "14 to 22, best 18"),
        (("14", None, "22"), "14 to 22"),
        (("14", "14", "22"), "14 to 22"),
    ],
)
def test_rows_in_figures(numbers: tuple[str | None, str | None, str | None], words: str) -> None:
    low, best, high = (None if n is None else Decimal(n) for n in numbers)
    row = Evidence(table="t", row_id="r", source_id=None, relation="neutral", low=low, best=best, high=high)
    assert evidence_numbers(row) == words


COUNTED = Claim(claim_id="0" * 16, kind="quantity", start=0, end=1, text="x", measure="people killed")


def test_a_link_keeps_its_key_apart_and_an_unknown_name_says_so() -> None:
    claim = replace(COUNTED, place=Link("Idlib", "places:P003"), actor=Link("regime"))
    parts = {part.label: part for part in claim_parts(claim)}
    assert (parts["Where"].words, parts["Where"].key) == ("Idlib", "places:P003")
    assert (parts["By whom"].words, parts["By whom"].key) == ("regime (not a listed name)", "")
    found = replace(COUNTED, place=Link("Cape County"))
    assert {p.label: p.words for p in claim_parts(found)}["Where"] == "Cape County", "nobody looked it up"


ROW = Evidence(table="figures", row_id="F1", source_id="S1", relation="refutes")


@pytest.mark.parametrize(
    ("claimed", "row", "words"),
    [
        (("765", "765"), {"best": 572}, "572 is less than claimed (765)"),
        (("131", None), {"best": 12}, "12 is less than claimed (at least 131)"),
        ((None, "9"), {"low": 12, "high": 14}, "12 to 14 is more than claimed (at most 9)"),
        (("24", "99"), {"best": 28, "relation": "supports"}, "28 fits the claim (24 to 99)"),
        (("765", "765"), {"low": 651, "relation": "neutral"}, "at least 651 leaves open whether it was 765"),
        (
            ("765", "765"),
            {"best": 400, "relation": "neutral", "note": "A says 400 (figures F1; more than 31 days away)"},
            "more than 31 days away",
        ),
        (("7", "7"), {"note": "names another place"}, "names another place"),
        (
            ("7", "7"),
            {"best": 9, "sql": "SELECT 9", "note": "incidents add up to 9"},
            "9 is more than claimed (7). Incidents add up to 9",
        ),
    ],
)
def test_a_row_says_why(claimed: tuple[str | None, str | None], row: dict[str, object], words: str) -> None:
    low, high = claimed
    claim = replace(COUNTED, quantity=mention(low=low, high=high))
    numbers = {k: Decimal(str(v)) for k, v in row.items() if k in ("low", "best", "high")}
    assert why(claim, replace(ROW, **{**row, **numbers})) == words  # type: ignore[arg-type]


def test_an_explanation_links_to_the_rows_that_it_names() -> None:
    rows = [ROW, replace(ROW, row_id="F12")]
    text = "7 claimed; A & Co says 8 (figures F12; own source), B says 9 (figures F99)."
    page = cited(text, rows, "c", lambda part: str(escape(part)))
    assert page == (
        '7 claimed; A &amp; Co says 8 (<a class="cite" href="#c-r2">F12</a>; own source), '
        "B says 9 (figures F99)."
    )
    assert without_keys(text, rows) == "7 claimed; A & Co says 8 (own source), B says 9 (figures F99)."
    assert without_keys(text, []) == text


@pytest.mark.parametrize(
    "said", [e for row in load("plurals") for e in (*row.examples, *row.counter_examples)]
)
def test_plurals_without_an_s(said: str) -> None:
    singular, several = said.split(" -> ")
    assert plural(singular) == several
