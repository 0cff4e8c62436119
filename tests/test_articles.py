"""Articles in an agency's style, checked as a reviewer would: the planted falsehoods stand first."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from claimcheck.documents.files import make
from claimcheck.model import CheckedDocument, Document
from claimcheck.pipeline import documents
from claimcheck.report.render import render_html, render_markdown, write_reports
from claimcheck.report.view import document_view
from tests.browser import accessibility_errors
from tests.reader import checker_of, said
from tests.sample_report import RUN

HERE = Path(__file__).parent
REFERENCE, ORDINARY = HERE.parent / "reference_data", HERE / "ordinary"
FALSE = {
    "wire_2018-01-28.txt": [
        "21 civil defence volunteers were killed",  # 12
        "injured 70 people in Douma",  # 7
        "Russian forces killed 182 civilians",  # 142
    ],
    "wire_2018-02-01.txt": [
        "was held in Geneva in October 2017",  # from 28 November to 14 December
        "Resolution 2118 was adopted on 27 September 2014",  # 2013
        "474 civilians were killed in Syria",  # 774
        "took place on 4 April 2016",  # 2017
    ],
}
TRUE = {
    "wire_2018-01-28.txt": ["641 patients in Eastern Ghouta needed", "216 civilians were killed"],
    "wire_2018-02-01.txt": ["from 29 to 30 January 2018", "on 25 and 26 January 2018", "133 groups signed"],
}
CONTESTED = "In 2017, 1,402 missiles were fired at Eastern Ghouta."


@pytest.fixture(scope="module")
def checked() -> dict[str, CheckedDocument]:
    contested = make("contested", CONTESTED, meta={"date": date(2018, 1, 20)})
    read = checker_of(REFERENCE).check([*documents([HERE / "articles"], []), contested])
    return {one.document.id: one for one in read}


OPEN = (
    "Resolution 2118 was adopted on 27 September 2014", "injured 70 people in Douma",
    "was held in Geneva in October 2017",
)  # fmt: skip
"""Falsehoods of which no likely verdict is earned: their row stands beside them."""


@pytest.mark.parametrize("name", FALSE)
def test_the_falsehoods_are_what_a_reader_is_to_look_at_first(
    checked: dict[str, CheckedDocument], name: str
) -> None:
    view = document_view(checked[name], "d1")
    first = [entry.quote.text for entry in view.first if entry.standing.key == "refuted"]
    likely = [e.quote.text for e in view.likely if e.verdict and e.verdict.likely.verdict == "refuted"]
    stated = [words for words in FALSE[name] if any(words in text for text in (*first, *likely))]
    assert len(first) == len([words for words in FALSE[name] if any(words in text for text in first)])
    assert {*stated, *OPEN} >= {*FALSE[name]}
    supported = [e.quote.text for e in view.entries if e.verdict and said(e.verdict) == "supported"]
    assert all(any(words in text for text in supported) for words in TRUE[name])


@pytest.mark.parametrize("name", FALSE)
def test_the_falsehoods_stand_on_the_first_screen(
    chromium: Browser, checked: dict[str, CheckedDocument], name: str, tmp_path: Path
) -> None:
    [page_file] = write_reports(tmp_path, RUN, [checked[name]], ["html"])
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    page.goto(page_file.as_uri())
    assert page.evaluate(TALL) <= 4_000
    assert accessibility_errors(page) == []
    for words in [w for w in FALSE[name] if w not in OPEN]:
        link = page.locator(".first").get_by_role("link", name=words)
        box = link.first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 900, words
    page.close()


def article(field: str) -> Document:
    """450 words of a field: its longest text, and as much of the next."""
    lines = (ORDINARY / field / "cases.jsonl").read_text("utf-8").splitlines()
    one, other, *_ = sorted(map(json.loads, filter(str.strip, lines)), key=lambda c: -len(c["text"].split()))
    text = one["text"].rstrip() + "\n\n"
    for sentence in re.split(r"(?<=[.!?])(?=\s)", other["text"]):
        text += sentence if len(text.split()) < 450 else ""
    return make(field, text, meta={"date": date.fromisoformat(one["date"])})


def test_an_article_is_four_screens_high_and_nothing_in_it_is_out_of_reach(
    chromium: Browser, tmp_path: Path
) -> None:
    [one] = checker_of(ORDINARY / "fisheries" / "package").check([article("fisheries")])
    [page_file] = write_reports(tmp_path, RUN, [one], ["html"])
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    page.goto(page_file.as_uri())
    assert page.evaluate(TALL) <= 4_000
    first = page.locator(".first li")
    assert first.count() > 0
    assert all((box := li.bounding_box()) and box["y"] + box["height"] <= 900 for li in first.all())
    marks = page.locator(".txt a.m").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    for link in dict.fromkeys(marks):  # what leads to a claim opens all that it is folded into
        page.evaluate("link => { location.hash = link; }", link)
        page.locator(link).wait_for(state="visible")
    page.evaluate("() => document.querySelectorAll('details').forEach(found => { found.open = true; })")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert accessibility_errors(page) == []
    page.close()


TALL = """() => {
    document.querySelectorAll(".card").forEach(card => card.style.contentVisibility = "visible");
    return document.documentElement.scrollHeight;
}"""


Plain = Callable[[str], Page]


@pytest.fixture
def plain(chromium: Browser, checked: dict[str, CheckedDocument], tmp_path: Path) -> Iterator[Plain]:
    """An article's report in a browser that runs no script."""
    context = chromium.new_context(java_script_enabled=False)

    def opened(name: str) -> Page:
        [page_file] = write_reports(tmp_path, RUN, [checked[name]], ["html"])
        page = context.new_page()
        page.goto(page_file.as_uri())
        return page

    yield opened
    context.close()


def test_what_stays_open_in_a_sentence_is_one_line_that_the_keyboard_opens(plain: Plain) -> None:
    page = plain("wire_2018-01-28.txt")
    line = page.locator(".g-undecided .hush .line").first
    assert page.locator(".stmt:has(.line ~ .line)").count() == 0
    assert line.locator("summary").first.locator(".one").count() == line.locator(".opened").count() > 0
    assert not line.is_visible()
    page.locator(".g-undecided > .all-of > summary").press("Enter")
    assert not line.get_by_text("How it was read").first.is_visible()
    line.locator("summary").first.press("Enter")
    assert line.get_by_text("How it was read").first.is_visible()
    page.reload()
    anchor = line.locator(".opened").last.get_attribute("id")
    page.goto(f"{page.url}#{anchor}")  # what leads to a claim opens its line
    assert line.locator(".opened").last.is_visible()


def test_what_is_not_wanted_goes_away_without_a_script(plain: Plain) -> None:
    page = plain("wire_2018-01-28.txt")
    refuted, line = page.locator("article.is-refuted"), page.locator("details.is-not_linked").first
    assert 0 < refuted.count() <= len(FALSE["wire_2018-01-28.txt"])
    page.get_by_role("navigation", name="Show only").get_by_role("link", name="Refuted").click()
    assert refuted.first.is_visible()
    assert not line.is_visible()
    assert not page.locator(".g-supported").is_visible()
    page.get_by_role("navigation", name="Show only").get_by_role("link", name="Not linked").click()
    assert line.is_visible()
    assert not page.locator(".stmt:has(.is-supported):not(:has(.is-not_linked))").first.is_visible()
    line.locator("summary").first.click()
    assert line.get_by_text("How it was read").first.is_visible()
    page.locator(".pick .all").click()
    assert page.locator(".g-supported").is_visible()


UNICEF = "UNICEF said on 10 December 2017 that 137 children in Eastern Ghouta needed medical evacuation."


def test_a_figure_is_its_giver_s_own_whoever_published_it() -> None:
    text = "The SNHR said that Russian forces killed {} civilians in Syria in January 2018."
    checker = checker_of(REFERENCE)
    one, other = checker.check(Document(id=n, text=text.format(n)) for n in ("142", "197"))
    [unicef] = checker.check([Document(id="u", text=UNICEF)])
    [stated], [otherwise] = one.verdicts.values(), other.verdicts.values()
    assert (stated.verdict, stated.attribution) == ("supported", "confirmed")
    assert (otherwise.verdict, otherwise.attribution) == ("refuted", "contradicted")
    assert document_view(other, "d1").entries[0].attribution == "SNHR’s own row says otherwise"
    row = next(row for v in unicef.verdicts.values() for row in v.evidence if row.row_id == "F005")
    assert row.reported_by == "UNICEF"
    assert "UNICEF</bdi>, by <bdi" in render_html(RUN, unicef)
    assert "| UNICEF, by [" in render_markdown(RUN, unicef)
