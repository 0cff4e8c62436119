"""The report in a real browser: accessibility, every width, links, print, and what it must not do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from claimcheck.report.render import write_reports
from tests.browser import accessibility_errors
from tests.overview_case import build, publish
from tests.sample_hostile import hostile
from tests.sample_report import RUN, letter


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A report of one document, an index over two, the report of the hostile one, a run's overview."""
    one, two = tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("two")
    [report] = write_reports(one, RUN, [letter()], ["html"])
    index, _, evil = write_reports(two, RUN, [letter(), hostile()], ["html"])
    place = tmp_path_factory.mktemp("overview")
    overview = publish(build(place), place / "reports")[0]
    return {"report": report, "index": index, "hostile": evil, "overview": overview}


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page without a network that fails on any message, request or dialog that it did not ask for."""
    context = chromium.new_context(offline=True)
    page = context.new_page()
    seen: list[str] = []
    page.on("console", lambda message: seen.append(message.text))
    page.on("pageerror", lambda error: seen.append(str(error)))
    page.on("dialog", lambda dialog: (seen.append("dialog"), dialog.dismiss()))
    page.on("request", lambda request: None if request.url.startswith("file:") else seen.append(request.url))
    yield page
    context.close()
    assert seen == []


def shown(page: Page, file: Path, width: int = 1400, scheme: str = "light") -> None:
    """Open the file in a window, with the cards drawn that a browser leaves out until they are near."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(file.as_uri())
    page.evaluate(
        "() => document.querySelectorAll('.card').forEach(card => card.style.contentVisibility = 'visible')"
    )


@pytest.mark.parametrize(
    ("name", "width", "scheme"),
    [
        ("report", 380, "dark"), ("index", 380, "light"), ("hostile", 1400, "dark"),
        ("overview", 1400, "dark"),
    ],  # test_accessible has the others
)  # fmt: skip
def test_axe_finds_nothing_wrong(
    page: Page, files: dict[str, Path], name: str, width: int, scheme: str
) -> None:
    shown(page, files[name], width, scheme)
    assert accessibility_errors(page) == []


@pytest.mark.parametrize("name", ["report", "index", "hostile", "overview"])
def test_nothing_is_wider_than_the_window(page: Page, files: dict[str, Path], name: str) -> None:
    shown(page, files[name])
    for width in (320, 380, 720, 955, 970, 1400, 2200):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width


def test_the_axe_check_would_find_an_error(page: Page, files: dict[str, Path]) -> None:
    shown(page, files["report"])
    page.evaluate("document.querySelector('h1').textContent = ''")
    assert [error for error in accessibility_errors(page) if error.startswith("empty-heading")]


def test_a_claim_in_the_text_leads_to_its_card_and_back(page: Page, files: dict[str, Path]) -> None:
    shown(page, files["report"])
    page.get_by_role("link", name="talks held in Vienna in March").last.click()
    card = page.locator("article:target")
    assert "34 days before March 2018" in card.inner_text()
    assert card.is_visible()
    assert 0 <= page.evaluate("document.querySelector(':target').getBoundingClientRect().top") < 300
    card.get_by_role("link", name="in the text").click()
    assert page.locator(":target").inner_text().startswith("talks held in Vienna in March")


def test_the_keyboard_reaches_the_report_past_the_links(page: Page, files: dict[str, Path]) -> None:
    shown(page, files["report"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the report"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_the_policy_stops_what_a_hole_in_the_escaping_would_let_in(
    chromium: Browser, files: dict[str, Path]
) -> None:
    context = chromium.new_context(offline=True)
    page = context.new_page()
    blocked: list[str] = []
    page.on("console", lambda message: blocked.append(message.text))
    page.goto(files["report"].as_uri())
    page.evaluate(
        "() => { const div = document.createElement('div');"
        'div.innerHTML = \'<img src="https://example.org/x.png" onerror="document.title=1">'
        '<p style="color:red">x</p>\'; document.body.append(div);'
        "const s = document.createElement('script'); s.textContent = 'document.title = 2';"
        "document.body.append(s); }"
    )
    page.wait_for_timeout(200)
    assert page.title().startswith("Joint Letter")
    assert len([text for text in blocked if "Content Security Policy" in text]) >= 3
    context.close()


@pytest.mark.parametrize("width", [360, 620, 1000, 1400])
def test_marks_of_a_series_stand_clear_of_each_other(page: Page, files: dict[str, Path], width: int) -> None:
    shown(page, files["overview"], width)
    overlaps = page.evaluate(OVERLAPS)
    assert overlaps == []
    drawn = page.evaluate(
        "[...document.querySelectorAll('.px-mark')].filter(e => e.getClientRects().length).length"
    )
    assert drawn > 30


OVERLAPS = """() => {
    const found = [];
    for (const picture of document.querySelectorAll('svg.px-series')) {
        const edge = picture.getBoundingClientRect();
        const boxes = [...picture.querySelectorAll('.px-mark, circle')]
            .filter(e => e.getClientRects().length)
            .map(e => [e.textContent, e.getBoundingClientRect()]);
        for (const [n, [word, a]] of boxes.entries()) {
            const inside = a.left >= edge.left - 1 && a.right <= edge.right + 1;
            if (word && !inside) found.push(word + ' is cut off');
            for (const [other, b] of boxes.slice(n + 1)) {
                const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
                const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
                const clear = width <= 2.5 || height <= 4;
                if ((word || other) && !clear) found.push(word + ' over ' + (other || 'a dot'));
            }
        }
    }
    return found;
}"""


def test_the_overview_says_its_pictures_in_words(page: Page, files: dict[str, Path]) -> None:
    shown(page, files["overview"])
    picture = page.get_by_role("img", name="Verdicts over time, run by run")
    assert picture.is_visible()
    page.get_by_text("The same as a table").click()
    table = page.get_by_role("table", name="Claims by standing after each run")
    assert table.get_by_role("row").count() == 3
    name = "Patients needing medical evacuation, Eastern Ghouta"
    assert page.get_by_role("img", name=f"{name}: figures over time").is_visible()
    row = page.get_by_role("table", name=name).get_by_role("row").filter(has_text="765").last
    assert "Refuted" in row.inner_text()
    row.get_by_role("link").click()
    assert page.locator("article:target h4, article:target h3").first.is_visible()


def test_printing_gives_pages_with_the_sources_addresses(page: Page, files: dict[str, Path]) -> None:
    import pypdfium2

    shown(page, files["report"], scheme="dark")
    pdf = pypdfium2.PdfDocument(page.pdf(format="A4"))
    text = "".join(pdf[n].get_textpage().get_text_range() for n in range(len(pdf)))
    assert 5 <= len(pdf) <= 16
    assert "https://example.org/reports/f012" in text
    assert "SELECT sum(low), sum(best), sum(high)" in text
    assert "Skip to the report" not in text
