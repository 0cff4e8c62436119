"""The HTML report: well formed, safe, in the order in which a reviewer should look."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from itertools import pairwise

import pytest

from claimcheck.model import (
    CheckedDocument,
    Claim,
    Document,
    Link,
    Reading,
    Span,
    Suggestion,
    WaterfallStep,
)
from claimcheck.report.render import render_html, render_markdown
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


def test_claims_of_one_sentence_stand_together_and_the_undecided_are_lines() -> None:
    text = "News. In May 3 ships sank and 40 sailors drowned. Then 7 boats left."
    b = Builder(Document(id="d", text=text))
    ships = b.number("3", value="3", low="3", high="3", noun="ship", kind="number")
    sailors = b.number("40", value="40", low="40", high="40", noun="sailor", kind="number")
    boats = b.number("7", value="7", low="7", high="7", noun="boat", kind="number")
    found = verdict("refuted", "overstated", "30", figure("F1", "refutes", "S", "", best="30"))
    lost = verdict("not_enough_evidence", "no_measure", "No reference table measures this.")
    b.claim("40 sailors drowned", quantity=sailors, verdict=found)
    b.claim("3 ships sank", quantity=ships, verdict=lost)
    b.claim("7 boats left", quantity=boats, verdict=lost)
    view = document_view(b.checked(), "d1")
    refuted, undecided = view.groups
    [told], [silent] = refuted.statements, undecided.statements
    assert [e.quote.text for e in told.loud] == ["40 sailors drowned"]
    assert [e.quote.text for e in told.quiet] == ["3 ships sank"]
    assert told.words == "In May 3 ships sank and 40 sailors drowned."
    assert [e.open_because for e in silent.quiet] == ["not linked: no measure"]
    assert [(p.key, p.number) for p in view.picks] == [("refuted", 1), ("undecided", 2), ("not_linked", 2)]


def test_a_claim_that_is_only_suggested_shows_its_row_and_the_word_that_is_missing() -> None:
    b = Builder(Document(id="d", text="29 patients were bused out."))
    number = b.number("29", value="29", low="29", high="29", noun="patient", kind="number")
    row = replace(
        figure("F9", "supports", "Red Crescent", "", best="29"),
        waterfall=(WaterfallStep("place", "same", 3, ("Eastern Ghouta",)),),
    )
    open_one = replace(
        verdict("not_enough_evidence", "unexplained", "Nothing explains this."),
        stage="unexplained",
        unexplained=("bused out",),
        suggestions=(Suggestion(row=row, missing=("bused out",)),),
    )
    b.claim("29 patients were bused out", quantity=number, verdict=open_one)
    words = Page(render_html(RUN, [b.checked()])).words
    assert "unknown word: “bused out”" in words
    assert "Perhaps 29" in words
    assert "– if bused out means what it says" in words
    assert "unknown word: “bused out”; perhaps figures:F9" in render_markdown(RUN, [b.checked()])


def test_a_speaker_who_is_contradicted_by_his_own_row_stands_beside_the_verdict() -> None:
    b = Builder(Document(id="d", text="SNHR said 974 were killed."))
    number = b.number("974", value="974", low="974", high="974", noun="person", kind="number")
    row = replace(figure("F1", "refutes", "SNHR", "774", best="774"), quote="774 civilians were killed")
    told = replace(verdict("refuted", "overstated", "774", row), attribution="contradicted")
    b.claim("974 were killed", quantity=number, verdict=told, speaker=Link("SNHR"))
    words = Page(render_html(RUN, [b.checked()])).words
    assert "SNHR’s own row says otherwise" in words
    assert "774 civilians were killed" in words


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
        "163 expressions: 12 in claims, 150 in none, 1 unresolved",
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
    assert "0 expressions: 0 in claims, 0 in none, 0 unresolved" in page.words
    assert "0 documents checked" in Page(render_html(RUN, [])).words


def test_a_document_that_was_only_read_is_not_called_undecided(sample: CheckedDocument) -> None:
    view = document_view(replace(sample, verdicts={}), "d1")
    assert {group.key for group in view.groups} == {"finding", "undecided"}
    assert {
        entry.open_because.split(":")[0] for g in view.groups[1:] for s in g.statements for entry in s.quiet
    } == {
        "not checked",
        "not asserted",
    }


@pytest.mark.parametrize(
    ("neutral", "refuting", "supporting", "seen", "folded"),
    [
        (9, 1, 0, ["R0"], "9 decide nothing"),
        (2, 4, 3, ["S0", "R0", "R1"], "2 fit, 2 contradict it, 2 decide nothing"),
        (5, 0, 0, ["N0", "N1", "N2"], "2 decide nothing"),
        (0, 2, 1, ["S0", "R0", "R1"], ""),
    ],
)
def test_rows_of_each_side_are_in_sight_and_the_others_a_line_away(
    neutral: int, refuting: int, supporting: int, seen: list[str], folded: str
) -> None:
    b = Builder(Document(id="d", text="765 patients waited."))
    number = b.number("765", value="765", low="765", high="765", noun="patient", kind="number")
    sides = (("S", "supports", supporting), ("R", "refutes", refuting), ("N", "neutral", neutral))
    rows = [figure(f"{k}{n}", side, "S", "", best="1") for k, side, many in sides for n in range(many)]
    name = "refuted" if refuting or supporting else "not_enough_evidence"
    b.claim("765 patients waited", quantity=number, verdict=verdict(name, "", "", *rows))
    [entry] = document_view(b.checked(), "d1").entries
    assert sorted(row.row_id for _, row in entry.rows_in_sight) == sorted(seen)
    assert entry.folded_words == folded
    html = render_html(RUN, [b.checked()])
    assert (f": {folded}</summary>" in html) is bool(folded)
    assert all(f"figures:{row.row_id}<" in html for row in rows)
    assert len(set(re.findall(r'id="(d1-c1-r\d+)"', html))) == len(rows)


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
