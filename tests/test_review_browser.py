"""The desk in a real browser: from the queue to a decision by mouse, by keys, without a script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from tests.review_case import build, journal, running
from tests.sample_report import letter

LETTER = letter()
PATIENTS = next(c for c in LETTER.reading.claims if c.quantity and c.quantity.text == "765")
CLAIM = f"/claim/{PATIENTS.claim_id}"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="module")
def address(database: Path) -> Iterator[str]:
    with running(database) as address:
        yield address


@pytest.fixture
def desk(database: Path, address: str) -> Iterator[str]:
    """The desk's address, with no decision made."""
    yield address
    journal(database).file.unlink(missing_ok=True)


def window(chromium: Browser, address: str, seen: list[str], *, script: bool = True) -> BrowserContext:
    """A window that notes every message, error, dialog, and request to anywhere else."""
    context = chromium.new_context(base_url=address, java_script_enabled=script)
    context.set_default_timeout(5000)

    def watched(page: Page) -> None:
        page.on("console", lambda message: seen.append(message.text))
        page.on("pageerror", lambda error: seen.append(str(error)))
        page.on("dialog", lambda dialog: (seen.append("dialog"), dialog.dismiss()))
        page.on("request", lambda r: None if r.url.startswith((address, "data:")) else seen.append(r.url))

    context.on("page", watched)
    return context


@pytest.fixture
def page(chromium: Browser, desk: str) -> Iterator[Page]:
    seen: list[str] = []
    context = window(chromium, desk, seen)
    yield context.new_page()
    context.close()
    assert seen == []


def made(database: Path) -> list[tuple[str, str, str | None]]:
    return [(d.reviewer, d.kind, d.verdict) for d in journal(database).read()[0]]


def in_the_form(page: Page, kind: str) -> Locator:
    """The button of the form itself: before the style sheet has come, the phone's bar shows beside it."""
    return page.locator(f"#decision button[value={kind}]")


def test_the_whole_path_by_keyboard_alone(page: Page, database: Path) -> None:
    keys = page.keyboard
    page.goto("/")
    keys.press("j")
    first = page.evaluate("document.activeElement.href")
    keys.press("j")
    assert page.evaluate("document.activeElement.href") != first
    keys.press("k")
    with page.expect_navigation():
        keys.press("Enter")
    assert page.url == first
    keys.press("c")  # no name yet: the browser asks for it
    assert page.evaluate("document.activeElement.id") == "reviewer"
    keys.type("Basma c o d")
    assert made(database) == []
    keys.press("Enter")  # in a name, Enter decides nothing
    assert made(database) == []
    keys.press("Escape")
    with page.expect_navigation():
        keys.press("c")
    with page.expect_navigation():
        keys.press("f")
    keys.press("o")
    keys.press("ArrowDown")
    with page.expect_navigation():
        keys.press("Enter")
    keys.press("d")
    keys.press("ArrowDown")
    with page.expect_navigation():
        keys.press("Enter")
    kinds = [kind for _, kind, _ in made(database)]
    assert kinds == ["confirm", "follow_up", "override", "dismiss"]
    assert {name for name, _, _ in made(database)} == {"Basma c o d"}
    with page.expect_navigation():
        keys.press("u")
    assert made(database)[-1][1] == "undo"
    here = page.url
    with page.expect_navigation():
        keys.press("j")
    assert page.url != here
    with page.expect_navigation():
        keys.press("q")
    assert page.locator("h1").inner_text().startswith("To review")
    keys.press("j")
    here = page.evaluate("document.activeElement.href")
    keys.press("?")
    assert page.get_by_role("dialog", name="Keys").is_visible()
    keys.press("c")  # decides nothing while the keys are shown
    keys.press("Escape")
    assert not page.locator("#keys-over").is_visible()
    assert page.evaluate("document.activeElement.href") == here, "it keeps the place"
    keys.press("/")
    assert page.evaluate("document.activeElement.id") == "f-text"


def test_the_whole_path_without_a_script(chromium: Browser, desk: str, database: Path) -> None:
    context = window(chromium, desk, [], script=False)
    page = context.new_page()
    page.goto("/?text=765&verdict=conflicting_evidence")
    page.locator("a.item").first.click()
    page.wait_for_load_state()  # the style sheet hides the second "Confirm"
    in_the_form(page, "confirm").click()
    page.get_by_label("Your name").fill("Amal")
    in_the_form(page, "confirm").click()
    assert made(database) == [("Amal", "confirm", "conflicting_evidence")]
    page.goto(CLAIM)
    page.locator("#correct summary").click()
    page.get_by_label("Number").fill("502")
    page.get_by_role("button", name="Judge this reading").click()
    assert "would be judged" in page.locator("aside").inner_text()
    assert len(made(database)) == 1
    page.get_by_role("button", name="Keep this correction").click()
    assert "As corrected by Amal" in page.locator("main").inner_text()
    assert [kind for _, kind, _ in made(database)] == ["confirm", "correct"]
    page.goto("/?verdict=refuted")
    page.locator(".save summary").click()
    page.get_by_label("Name", exact=True).fill("refuted ones")
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto("/")
    page.get_by_role("link", name="refuted ones").click()
    assert page.url.endswith("/?verdict=refuted")
    page.get_by_role("button", name="Forget the saved filter refuted ones").click()
    assert page.get_by_role("link", name="refuted ones").count() == 0
    page.get_by_role("link", name="take this filter away").click()
    assert page.url == f"{desk}/"
    context.close()


def test_several_by_keys_by_mouse_and_without_a_script(
    chromium: Browser, page: Page, desk: str, database: Path
) -> None:
    keys = page.keyboard
    page.goto("/?state=all")
    assert not page.locator(".bulk").is_visible()
    keys.press("j")
    keys.press("f")  # nothing is ticked: nothing is decided
    assert made(database) == []
    keys.press("x")
    keys.press("j")
    keys.press("x")
    assert page.locator(".tick:checked").count() == 2
    page.locator(".bulk").get_by_label("Your name").fill("Amal")
    keys.press("Escape")
    keys.press("a")
    keys.type("Basma")
    with page.expect_navigation():
        keys.press("Enter")
    assert "2 claims assigned" in page.get_by_role("status").inner_text()
    assert page.locator(".queue").get_by_text("For Basma").count() == 2
    page.locator(".tick").nth(2).check()
    page.locator(".bulk").get_by_role("button", name="Dismiss").click()
    assert [kind for _, kind, _ in made(database)] == ["assign", "assign", "dismiss"]
    page.get_by_role("link", name="The log").click()
    page.get_by_role("button", name="Undo").first.click()
    assert "took back a decision of their own: dismissed the claim" in page.locator("main").inner_text()
    context = window(chromium, desk, [], script=False)
    plain = context.new_page()
    plain.goto("/?state=all")
    plain.locator(".tick").first.check()
    plain.locator(".bulk").get_by_label("Your name").fill("Hanna")
    plain.locator(".bulk").get_by_role("button", name="Follow up").click()
    assert made(database)[-1][:2] == ("Hanna", "follow_up")
    context.close()


def test_the_decision_stays_in_sight_on_a_small_screen(page: Page, database: Path) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(CLAIM)
    bar = page.get_by_role("group", name="Decide", exact=True)
    for down in (0, 600, 100_000):
        page.evaluate(f"window.scrollTo(0, {down})")
        box = bar.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 844.5
    page.get_by_label("Your name").fill("Amal")
    page.evaluate("window.scrollTo(0, 0)")
    bar.get_by_role("button", name="Confirm").click()
    page.get_by_role("status").wait_for()
    assert made(database) == [("Amal", "confirm", "conflicting_evidence")]


def test_printed_pages_have_no_forms(page: Page) -> None:
    page.emulate_media(media="print")
    for path, kept in (("/", ".queue"), (CLAIM, ".rows.met"), ("/history", ".runs"), ("/gaps", ".gaps")):
        page.goto(path)
        assert page.locator(kept).first.is_visible()
        assert not [one for one in page.locator("button, input, select, .top").all() if one.is_visible()]
