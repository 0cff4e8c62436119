"""The HTML report: well formed, safe, in the order in which a reviewer should look."""

from __future__ import annotations

import base64
import csv
import hashlib
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from claimcheck import publishing
from claimcheck.lexicon import load
from claimcheck.model import CheckedDocument, Claim, Document, Evidence, Link, Mention, Reading, Zone
from claimcheck.pipeline import Checker
from claimcheck.report.explain import explain_text
from claimcheck.report.ledger import ledger, ledger_words
from claimcheck.report.marks import Mark, blocks
from claimcheck.report.render import render_html
from claimcheck.report.view import document_view
from claimcheck.report.words.claims import claim_parts, whereabouts
from claimcheck.report.words.rows import cited, why, without_keys
from claimcheck.report.words.values import evidence_numbers, plural
from claimcheck.safe import safe_url, spreadsheet_cell, visible
from tests.document_case import pdf_bytes
from tests.killing import run_inbox
from tests.reader import ROOT
from tests.report_case import Page
from tests.sample_hostile import hostile
from tests.sample_report import RUN, letter


def test_a_page_is_well_formed_and_every_link_inside_it_leads_somewhere(html: str) -> None:
    page = Page(html)
    ids = page.values("id")
    assert not page.open
    assert len(ids) == len(set(ids))
    local = [value[1:] for value in page.values("href") if value.startswith("#")]
    assert set(local) <= set(ids)
    assert len(local) > 40
    assert {word for value in page.values("aria-labelledby") for word in value.split()} <= set(ids)


def test_the_policy_admits_the_one_style_sheet_and_nothing_else(html: str) -> None:
    css = re.search(r"<style>(.*?)</style>", html, re.S)
    assert css is not None
    digest = base64.b64encode(hashlib.sha256(css.group(1).encode()).digest()).decode()
    policy = next(v for v in Page(html).values("content") if v.startswith("default-src"))
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    )
    assert html.count("<style") == 1
    assert "url(" not in css.group(1)
    assert "@import" not in css.group(1)


@pytest.mark.parametrize("make", [letter, hostile], ids=["letter", "hostile"])
def test_a_page_loads_and_runs_nothing(make: object) -> None:
    page = Page(render_html(RUN, make()))  # type: ignore[operator]
    assert not page.open
    known = (
        "html head meta title style body a header div p h1 h2 h3 h4 h5 bdi time span svg rect"
        " ul li b nav main section ol q sup mark article blockquote dl dt dd desc g text line circle"
        " path table caption thead tbody tr th td code details summary pre footer abbr"
    )
    assert set(page.tags) <= set(known.split())
    assert not {"style", "src", "srcdoc", "srcset", "action"} & {name for _, name, _ in page.attributes}
    assert not [name for _, name, _ in page.attributes if name.startswith("on")]
    assert all(value.startswith(("#", "https://example.org/")) for value in page.values("href"))
    outside = [tag for tag, name, value in page.attributes if name == "href" and value.startswith("https")]
    assert outside
    assert page.values("rel") == ["noopener noreferrer"] * len(outside)


def test_hidden_characters_are_shown_instead_of_obeyed() -> None:
    html = render_html(RUN, hostile())
    assert not re.search("[\u202e\u200b\x00\ud800]", html)
    assert '<span class="cp" title="right-to-left override">U+202E</span>' in html
    assert "{{ 7*7 }}" in html
    html.encode()  # a lone surrogate would raise


def test_the_order_is_what_a_reviewer_should_look_at_first(html: str, sample: CheckedDocument) -> None:
    view = document_view(sample, "d1")
    assert [group["key"] for group in view.groups] == [
        "refuted",
        "conflicting",
        "finding",
        "supported",
        "undecided",
    ]
    assert [entry.standing.key for entry in view.first] == ["refuted", *["conflicting"] * 2, "finding"]
    shown = [e for group in view.groups for s in group["statements"] for e in s.entries]
    assert len(shown) == len({e.anchor for e in shown}) == len(sample.reading.claims) + 1
    titles = ["Look at these first", "The text, annotated", "Claims and findings", "Timeline", "Ledger"]
    places = [html.index(f">{title}</h2>") for title in titles]
    assert places == sorted(places)


def test_every_claim_has_a_card_a_place_in_the_text_and_its_rows(html: str, sample: CheckedDocument) -> None:
    ids = set(Page(html).values("id"))
    for number, claim in enumerate(sample.reading.claims, 1):
        assert {f"d1-c{number}", f"d1-t{number}"} <= ids
        assert claim.claim_id in html
    for found in sample.verdicts.values():
        for row in found.evidence:
            assert f"{row.table}:{row.row_id}".replace("&", "&amp;").replace(">", "&gt;") in html


def test_a_document_without_claims_has_a_report() -> None:
    empty = CheckedDocument(reading=Reading(document=Document(id="empty.txt", text="")))
    page = Page(render_html(RUN, empty))
    assert "No claim was found." in page.words
    assert "0 expressions: 0 in claims, 0 in none, 0 unresolved" in page.words


# ----------------------------------------------------------------------------------------------------
# What escaping leaves: hidden characters, addresses, cells, file names.


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "  =", "\u200b="]
)
def test_no_cell_begins_like_a_formula(start: str) -> None:
    cell = spreadsheet_cell(f"{start}cmd|' /C calc'!A0")
    assert cell.startswith(("'", "[U+200B]"))


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""), (True, "yes"), (False, "no"), (-5, "-5"), (Decimal("-1.50"), "-1.50"),
        (Decimal("1E+3"), "1000"),
        (date(2018, 1, 3), "2018-01-03"), ("plain = text", "plain = text"), ("-5", "'-5"), ("", ""),
        ("a\x00b", "a[U+0000]b"),
    ],
)  # fmt: skip
def test_other_cells(value: object, cell: str) -> None:
    assert spreadsheet_cell(value) == cell


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("می\u200cخواهم", "می\u200cخواهم"),  # a joiner that Persian needs
        ("👩\u200d🚒", "👩\u200d🚒"),
        ("pay\u200dpal", "pay[U+200D]pal"),
        ("\u202eevil\u2066", "[U+202E]evil[U+2066]"),
        ("a\x1b[31m", "a[U+001B][31m"),
        ("a\r\nb\tc", "a\nb\tc"),
        ("\ufeffa\u3164\U000e0041", "[U+FEFF]a[U+3164][U+E0041]"),
    ],
)
def test_hidden_characters(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text(st.characters(categories=("Cc", "Cf", "Cs", "Lu", "Zl", "Zp"))))
def test_what_is_shown_holds_no_control_character(text: str) -> None:
    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", visible(text))


@pytest.mark.parametrize(
    "url",
    [
        None, "", "javascript:alert(1)", "JaVaScRiPt:alert(1)", " https://example.org", "data:text/html,x",
        "https://", "//example.org", "ftp://example.org", "https://example.org/a b", "https://user@evil.org",
        "https://example.org/\u202e", "https://[", "java\nscript:alert(1)", 'https://example.org/"onclick',
        "https://example.org/\\evil", "file:///etc/passwd",
    ],
)  # fmt: skip
def test_other_addresses_get_no_link(url: str | None) -> None:
    assert safe_url(url) is None


# ----------------------------------------------------------------------------------------------------
# Where a claim stands: the page of a PDF, else the paragraph, in everything that a person reads.


PAGES = ("The council met.", "On 3 May 2016 at least 21 people were killed in Idlib.", "Five boats sank.")


@pytest.mark.parametrize(
    ("text", "pages", "word", "expected"),
    [
        ("a\fb\fc", (0, 2, 4), "c", "page 3 of 3"),
        (
            "A title\n\nFirst of all, in lines of a letter\nthat are wrapped by hand.\n\nThen more.",
            (),
            "wrapped",
            "paragraph 2",
        ),
        ("One sentence alone.", (), "alone", ""),
        ("", (), "", ""),
    ],
)
def test_an_offset_has_its_page_or_its_paragraph(
    text: str, pages: tuple[int, ...], word: str, expected: str
) -> None:
    assert whereabouts(Document(id="a", text=text, pages=pages))(text.index(word)) == expected


def test_a_report_on_a_pdf_names_the_page_of_a_claim(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.pdf").write_bytes(pdf_bytes(list(PAGES)))
    with Checker([ROOT / "reference_data"], tmp_path / "claims.duckdb") as checker:
        outcome = run_inbox(checker, [tmp_path / "in"])
        publishing.write(checker.store, outcome.run, tmp_path / "reports")
        (checked,) = checker.store.load_run(outcome.run.run_id)[1]
        rows = checker.store.rows("SELECT claim_id, text, page FROM claims")
    killed = next(c for c in checked.reading.claims if "21 people" in c.text)
    assert {row["page"] for row in rows if "21 people" in row["text"]} == {2}
    assert {row["page"] for row in rows if "boats" in row["text"]} == {3}
    assert "a.pdf, page 2 of 3, characters" in explain_text(checked, killed)
    assert "<dd>page 2 of 3</dd>" in (tmp_path / "reports" / "a.html").read_text(encoding="utf-8")
    assert f"page 2 of 3, claim id {killed.claim_id}" in (tmp_path / "reports" / "a.md").read_text(
        encoding="utf-8"
    )
    with (tmp_path / "reports" / "claims.csv").open(encoding="utf-8-sig", newline="") as file:
        stated = {line["claim_id"]: line["where"] for line in csv.DictReader(file)}
    assert stated[killed.claim_id] == "page 2 of 3"


# --- The text of a report: marks that nest and overlap, blocks, and the ledger of expressions ---


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
        (("765", "765", "765"), "765"),
        (("766", None, None), "at least 766"),
        (("700", "766", None), "at least 700, best 766"),
        (("14", "18", "22"), "14 to 22, best 18"),
        (("14", None, "22"), "14 to 22"),
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
        (("24", "99"), {"best": 28, "relation": "supports"}, "28 fits the claim (24 to 99)"),
        (("765", "765"), {"low": 651, "relation": "neutral"}, "at least 651 leaves open whether it was 765"),
        (
            ("765", "765"),
            {"best": 400, "relation": "neutral", "note": "A says 400 (figures F1; more than 31 days away)"},
            "more than 31 days away",
        ),
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
