"""The report: what it shows, in which order, and what an untrusted document cannot do to it."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.model import (
    CheckedDocument,
    Claim,
    Document,
    Mention,
    Reading,
    Span,
    Zone,
)
from claimcheck.output import document_dict
from claimcheck.report.ledger import ledger
from claimcheck.report.marks import Mark, blocks
from claimcheck.report.render import markdown_text, render_html, render_markdown, write_reports
from claimcheck.report.tables import CSV_COLUMNS, render_csv, render_json
from claimcheck.report.view import document_view
from tests.sample_builder import Builder, figure, verdict
from tests.sample_hostile import hostile
from tests.sample_report import RUN, letter

VOID = {"meta", "link", "br", "img", "input", "hr"}


class Page(HTMLParser):
    """A page taken apart: tags, ids, links, headings, and whether every element is closed in its order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.text.append(data)

    def values(self, name: str) -> list[str]:
        """Every value of an attribute."""
        return [value for _, key, value in self.attributes if key == name]

    @property
    def words(self) -> str:
        """The page's text in one line."""
        return " ".join("".join(self.text).split())


@pytest.fixture(scope="module")
def sample() -> CheckedDocument:
    return letter()


@pytest.fixture(scope="module")
def html(sample: CheckedDocument) -> str:
    return render_html(RUN, [sample])


# --- the page -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("documents", [1, 3])
def test_a_page_is_well_formed_and_every_link_inside_it_leads_somewhere(
    sample: CheckedDocument, documents: int
) -> None:
    page = Page(render_html(RUN, [sample] * documents))
    ids = page.values("id")
    assert not page.open
    assert len(ids) == len(set(ids))
    local = [value[1:] for value in page.values("href") if value.startswith("#")]
    assert set(local) <= set(ids)
    assert len(local) > 40
    assert {word for value in page.values("aria-labelledby") for word in value.split()} <= set(ids)


@pytest.mark.parametrize("documents", [1, 3])
def test_a_page_has_one_h1_and_its_headings_skip_no_level(sample: CheckedDocument, documents: int) -> None:
    levels = [
        int(t[1]) for t in Page(render_html(RUN, [sample] * documents)).tags if re.fullmatch("h[1-6]", t)
    ]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= here + 1 for here, after in pairwise(levels))


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
    page = Page(render_html(RUN, [make()]))  # type: ignore[operator]
    assert not page.open
    assert set(page.tags) <= {
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "a",
        "header",
        "div",
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "bdi",
        "time",
        "span",
        "svg",
        "rect",
        "ul",
        "li",
        "b",
        "nav",
        "main",
        "section",
        "ol",
        "q",
        "sup",
        "mark",
        "article",
        "blockquote",
        "dl",
        "dt",
        "dd",
        "desc",
        "g",
        "text",
        "line",
        "circle",
        "path",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "code",
        "details",
        "summary",
        "pre",
        "footer",
        "abbr",
    }
    assert not {"style", "src", "srcdoc", "srcset", "action"} & {name for _, name, _ in page.attributes}
    assert not [name for _, name, _ in page.attributes if name.startswith("on")]
    assert all(value.startswith(("#", "https://example.org/")) for value in page.values("href"))
    outside = [tag for tag, name, value in page.attributes if name == "href" and value.startswith("https")]
    assert outside
    assert page.values("rel") == ["noopener noreferrer"] * len(outside)


def test_hidden_characters_are_shown_instead_of_obeyed() -> None:
    html = render_html(RUN, [hostile()])
    assert not re.search("[\u202e\u200b\x00\ud800]", html)
    assert '<span class="cp" title="right-to-left override">U+202E</span>' in html
    assert "{{ 7*7 }}" in html
    html.encode()  # a lone surrogate would raise


def test_the_order_is_what_a_reviewer_should_look_at_first(html: str, sample: CheckedDocument) -> None:
    view = document_view(sample, "d1")
    assert [group.key for group in view.groups] == [
        "refuted",
        "conflicting",
        "finding",
        "near",
        "bare",
        "supported",
        "unasserted",
    ]
    assert [entry.standing.key for entry in view.first] == [
        "refuted",
        "conflicting",
        "conflicting",
        "conflicting",
        "finding",
        "undecided",
        "undecided",
    ]
    assert sum(len(group.entries) for group in view.groups) == len(sample.reading.claims) + 1
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


@pytest.mark.parametrize(
    "words",
    [
        "At least 131 groups (“signatories”), on 3 January 2018, by Syrian civil society groups",
        "20,000 to 99,999 civilians",
        "number 21 of a running total of civilians",
        "from 11 to 24 January 2018 (fixed by Geneva IX)",
        "in March 2018 (year not stated, read from the document)",
        "163 expressions: 12 in claims, 150 not claims, 1 unresolved",
        "150 numbers of a list",
        "own source",
        "recalled",
        "SELECT sum(low), sum(best), sum(high)",
        "sha256:4be1c8a0b6a7d59d13c2",
        "Item 144 is no organisation",
    ],
)
def test_the_page_says(html: str, words: str) -> None:
    assert words in Page(html).words


def test_an_address_that_is_no_web_address_is_text(html: str) -> None:
    assert "javascript:alert(1)" in Page(html).words
    assert not [v for v in Page(html).values("href") if "javascript" in v]


def test_a_document_without_claims_has_a_report() -> None:
    empty = CheckedDocument(reading=Reading(document=Document(id="empty.txt", text="")))
    page = Page(render_html(RUN, [empty]))
    assert "No claim was found." in page.words
    assert "0 expressions: 0 in claims, 0 not claims, 0 unresolved" in page.words
    assert "0 documents checked" in Page(render_html(RUN, [])).words


def test_a_document_that_was_only_read_is_not_called_undecided(sample: CheckedDocument) -> None:
    view = document_view(replace(sample, verdicts={}), "d1")
    assert {group.key for group in view.groups} == {"finding", "unasserted", "unjudged"}


@pytest.mark.parametrize(("neutral", "refuting", "plain"), [(3, 1, 6), (9, 1, 6), (20, 8, 8), (7, 0, 6)])
def test_rows_that_decide_nothing_are_folded_where_they_are_many(
    neutral: int, refuting: int, plain: int
) -> None:
    b = Builder(Document(id="d", text="765 patients waited."))
    number = b.number("765", value="765", low="765", high="765", noun="patient", kind="number")
    rows = [figure(f"N{n}", "neutral", "S", "", best="1") for n in range(neutral)]
    rows += [figure(f"R{n}", "refutes", "S", "", best="1") for n in range(refuting)]
    b.claim("765 patients waited", quantity=number, verdict=verdict("not_enough_evidence", "", "", *rows))
    [entry] = document_view(b.checked(), "d1").entries
    assert entry.plain_rows == plain
    html = render_html(RUN, [b.checked()])
    left = neutral + refuting - plain
    words = "1 more row that decides" if left == 1 else f"{left} more rows that decide"
    assert (f"{words} nothing" in html) is (left > 0)
    seen = html.split("more rows that decide nothing")[0]
    assert all(f"figures:R{n}<" in seen for n in range(refuting))
    assert all(f"figures:N{n}<" in html for n in range(neutral))


@pytest.mark.parametrize(
    ("text", "words", "quote"),
    [
        ("1. A\n2. Regards\n3. B\n4. C", "Regards", ("1. A\n2. ", "Regards", "\n3. B")),
        ("Regards", "Regards", ("", "Regards", "")),
        ("x" * 400 + "Regards" + "y" * 400, "Regards", ("x" * 280, "Regards", "y" * 280)),
        ("z" * 900, "z" * 900, ("", "z" * 560 + "…", "")),
    ],
)
def test_a_finding_is_quoted_with_the_lines_around_it(
    text: str, words: str, quote: tuple[str, str, str]
) -> None:
    b = Builder(Document(id="d", text=text))
    b.finding("list_item", words, "problem", "no item")
    [entry] = document_view(b.checked(), "d1").entries
    assert (entry.quote.before, entry.quote.text, entry.quote.after) == quote


def many(claims: int) -> CheckedDocument:
    """Claims that all lie in each other, in one sentence without an end."""
    text = "765 patients waited in Douma " * claims
    b = Builder(Document(id="many", text=text))
    number = b.number("765", value="765", low="765", high="765", noun="patient", kind="number")
    for n in range(claims):
        claim = Claim(
            claim_id=f"{n:016x}",
            kind="quantity",
            start=n,
            end=len(text) - n,
            text=text[n : len(text) - n],
            measure=None,
            quantity=number,
            context=Span(0, len(text)),
        )
        b.claims.append(claim)
        b.verdicts[claim.claim_id] = verdict(
            "refuted", "exact", "766", figure("F1", "refutes", "S", "", best="766")
        )
    return b.checked()


def test_the_page_grows_with_the_claims_and_not_with_their_square() -> None:
    small, large = (len(render_html(RUN, [many(n)])) for n in (150, 600))
    assert large < 4.4 * small


# --- the text -------------------------------------------------------------------------------------------


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


# --- the ledger -----------------------------------------------------------------------------------------


def test_list_numbers_share_a_line_and_are_counted_each() -> None:
    def numbered(n: int, **fields: object) -> Mention:
        base = {"status": "not_claim", "reason": "list numbering", "kind": "number", **fields}
        return Mention(start=n, end=n + 1, text=str(n), **base)  # type: ignore[arg-type]

    listed = [numbered(n) for n in range(1, 6)]
    phone = numbered(7, reason="phone number")
    loose = [numbered(8), numbered(9)]
    found = ledger(Reading(document=Document(id="d", text=" " * 20), mentions=(*listed, phone, *loose)))
    assert [row.text for row in found.rows] == ["1 … 5", "7", "8", "9"]
    assert found.sentence == "8 expressions: 0 in claims, 8 not claims, 0 unresolved"


# --- other formats --------------------------------------------------------------------------------------


def test_the_csv_has_a_line_a_claim_and_nothing_that_runs(sample: CheckedDocument) -> None:
    rows = list(csv.reader(io.StringIO(render_csv([sample, hostile()]))))
    assert rows[0] == list(CSV_COLUMNS)
    assert len(rows) == 1 + len(sample.reading.claims) + 2
    assert all(len(row) == len(CSV_COLUMNS) for row in rows)
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@", "\t", "\r", "-"))]
    by_name = dict(zip(rows[0], rows[3], strict=True))
    assert by_name["low"] == "131"
    assert by_name["high"] == ""
    assert by_name["verdict"] == "supported"


def test_the_json_wraps_the_contracts_objects(sample: CheckedDocument) -> None:
    whole = json.loads(render_json(RUN, [sample, hostile()]))
    assert whole["documents"][0] == json.loads(json.dumps(document_dict(sample)))
    assert whole["run"]["packages"] == dict(RUN.packages)
    assert whole["run"]["version"] == "0.1.0"
    render_json(RUN, [hostile()]).encode()


def test_markdown_tells_the_same_and_lets_no_markup_through(sample: CheckedDocument) -> None:
    text = render_markdown(RUN, [sample])
    for words in (
        "# Joint Letter",
        "## Refuted (1)",
        "**Refuted** (another date)",
        "✗ 1 Refuted, ≠ 3 Sources conflict, ! 1 Against itself",
        "and **refusing to allow medical access to 765 desperate patients**.",
        "163 expressions",
        "[SARC, per Enab Baladi](<https://example.org/reports/f010>)",
    ):
        assert words in text
    assert text.endswith("+00:00.\n")
    evil = render_markdown(RUN, [hostile()])
    assert "<script" not in re.sub(r"\\<", "", evil)
    assert "\u202e" not in evil
    assert "](<javascript" not in evil


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a *b* _c_ `d`", r"a \*b\* \_c\_ \`d\`"),
        ("[x](http://y) | z", r"\[x\](http://y) \| z"),
        ("<b>&amp;", r"\<b\>&amp;amp;"),
        ("one\n# two", r"one \# two"),
        ("\u202ex", r"\[U+202E\]x"),
        ("5 - 3 + 1.", "5 - 3 + 1."),
    ],
)
def test_markdown_escapes(text: str, shown: str) -> None:
    assert markdown_text(text) == shown


# --- files ----------------------------------------------------------------------------------------------


def test_one_document_gives_a_file_a_format(tmp_path: Path, sample: CheckedDocument) -> None:
    paths = write_reports(tmp_path / "reports", RUN, [sample])
    assert [path.name for path in paths] == [
        "joint-letter-2018-01-31.html",
        "joint-letter-2018-01-31.md",
        "claims.csv",
        "claims.json",
    ]
    assert paths[2].read_bytes().startswith(b"\xef\xbb\xbfdocument,")
    assert b"\r\r\n" not in paths[2].read_bytes()
    assert json.loads(paths[3].read_text(encoding="utf-8"))["run"]["run_id"] == RUN.run_id


def test_several_documents_give_an_index_that_leads_to_each(tmp_path: Path, sample: CheckedDocument) -> None:
    twin = replace(
        sample, reading=replace(sample.reading, document=replace(sample.document, id="a/index.txt"))
    )
    paths = write_reports(tmp_path, RUN, [sample, twin, hostile()], ["html", "markdown"])
    assert paths[0].name == "index.html"
    assert len(paths) == 8
    page = Page(paths[0].read_text(encoding="utf-8"))
    links = [value for value in page.values("href") if not value.startswith("#")]
    assert sorted(links) == sorted(path.name for path in paths if path.suffix == ".html" and path != paths[0])
    assert "index-2.html" in links


def test_an_unknown_format_is_an_error_and_writes_nothing(tmp_path: Path, sample: CheckedDocument) -> None:
    with pytest.raises(
        ValueError, match="unknown report format 'pdf': choose from html, markdown, csv, json"
    ):
        write_reports(tmp_path / "reports", RUN, [sample], ["html", "pdf"])
    assert not (tmp_path / "reports").exists()
