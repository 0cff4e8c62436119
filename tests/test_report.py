"""The HTML report: well formed, safe, in the order in which a reviewer should look."""

from __future__ import annotations

import base64
import hashlib
import re
from itertools import pairwise

import pytest

from claimcheck.model import (
    CheckedDocument,
    Claim,
    Document,
    Reading,
    Span,
)
from claimcheck.report.render import render_html
from claimcheck.report.view import document_view
from tests import report_case
from tests.report_case import Page
from tests.sample_builder import Builder, figure, verdict
from tests.sample_hostile import hostile
from tests.sample_report import RUN, letter

sample = report_case.sample
html = report_case.html


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
        "supported",
        "undecided",
    ]
    assert [entry.standing.key for entry in view.first] == ["refuted", *["conflicting"] * 3, "finding"]
    shown = [e for group in view.groups for s in group.statements for e in s.entries]
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
    page = Page(render_html(RUN, [empty]))
    assert "No claim was found." in page.words
    assert "0 expressions: 0 in claims, 0 in none, 0 unresolved" in page.words
    assert "0 documents checked" in Page(render_html(RUN, [])).words


def many(claims: int) -> CheckedDocument:
    """Claims that all lie in each other, in one sentence without an end."""
    text = "765 patients waited in Douma " * claims
    b = Builder(Document(id="many", text=text))
    number = b.number("765", value="765", low="765", high="765", noun="patient", kind="number")
    for n in range(claims):
        claim = Claim(
            claim_id=f"{n:016x}", kind="quantity", start=n, end=len(text) - n, text=text[n : len(text) - n],
            measure=None, quantity=number, context=Span(0, len(text)),
        )  # fmt: skip
        b.claims.append(claim)
        b.verdicts[claim.claim_id] = verdict(
            "refuted", "exact", "766", figure("F1", "refutes", "S", "", best="766")
        )
    return b.checked()


