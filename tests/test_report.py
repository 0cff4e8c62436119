"""The HTML report: well formed, safe, in the order in which a reviewer should look."""

from __future__ import annotations

import base64
import csv
import hashlib
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck import publishing
from claimcheck.inbox import run_inbox
from claimcheck.model import CheckedDocument, Document, Reading
from claimcheck.pipeline import Checker
from claimcheck.report.explain import explain_text
from claimcheck.report.render import render_html
from claimcheck.report.view import document_view
from claimcheck.report.words.claims import whereabouts
from claimcheck.safe import safe_url, spreadsheet_cell, visible
from tests import report_case
from tests.document_case import pdf_bytes
from tests.reader import ROOT
from tests.report_case import Page
from tests.sample_hostile import hostile
from tests.sample_report import RUN, letter

sample = report_case.sample
html = report_case.html


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
    assert [entry.standing.key for entry in view.first] == ["refuted", *["conflicting"] * 3, "finding"]
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


def test_an_address_that_is_no_web_address_is_text(html: str) -> None:
    assert "javascript:alert(1)" in Page(html).words
    assert not [v for v in Page(html).values("href") if "javascript" in v]


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
        ("plain text, naïve – “quoted”", "plain text, naïve – “quoted”"),
        ("الشبكة السورية", "الشبكة السورية"),
        ("می\u200cخواهم", "می\u200cخواهم"),  # a joiner that Persian needs
        ("👩\u200d🚒", "👩\u200d🚒"),
        ("pay\u200dpal", "pay[U+200D]pal"),
        ("\u202eevil\u2066", "[U+202E]evil[U+2066]"),
        ("a\x1b[31m", "a[U+001B][31m"),
        ("a\r\nb\tc", "a\nb\tc"),
        ("a\rb", "a[U+000D]b"),
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
        ("One page.", (0,), "One", "page 1 of 1"),
        ("a\fb\fc", (0, 2, 4), "a", "page 1 of 3"),
        ("a\fb\fc", (0, 2, 4), "b", "page 2 of 3"),
        ("a\fb\fc", (0, 2, 4), "c", "page 3 of 3"),
        ("A title\n\nFirst of all.\n\nThen more.", (), "more", "paragraph 3"),
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
