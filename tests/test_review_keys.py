"""Reviewing a field's articles by keys alone: about a press a claim, nothing lost, nothing that axe minds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from claimcheck.decisions import Decision, Journal, journal_file
from claimcheck.learning.file import beside
from tests.browser import accessibility_errors
from tests.ordinary_case import TEXTS, build_ordinary
from tests.review_case import running


@pytest.fixture
def database(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    return build_ordinary(tmp_path, getattr(request, "param", TEXTS))


@pytest.fixture
def page(chromium: Browser, database: Path) -> Iterator[Page]:
    with running(database) as address:
        context = chromium.new_context(base_url=address)
        context.set_default_timeout(30_000)
        yield context.new_page()
        context.close()


def made(database: Path) -> list[Decision]:
    return list(Journal(journal_file(database)).read()[0])


def named(page: Page) -> None:
    """The first claim of the queue, with the reviewer's name in its form."""
    page.goto("/")
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.get_by_label("Your name").fill("Amal")
    page.keyboard.press("Escape")


def decided_by(page: Page) -> str:
    """The key that decides the claim, pressed: what is likely, else none of these, else as it is."""
    for key in ("l", "0", "c"):
        if page.locator(f'[data-key="{key}"]').count():
            with page.expect_navigation():
                page.keyboard.press(key)
            return key
    raise AssertionError("no key decides")


@pytest.mark.parametrize("database", [7], indirect=True)
def test_a_press_a_claim(page: Page, database: Path) -> None:
    named(page)
    while "/claim/" in page.url:
        decided_by(page)
    assert len({d.claim_id for d in made(database)}) >= 8
    page.goto("/")
    assert "All reviewed" in page.locator("main").inner_text()
    kinds = {d.kind for d in made(database)}
    assert {"override", "row"} <= kinds


def test_a_row_is_chosen_by_its_number_or_found_by_its_words(page: Page, database: Path) -> None:
    named(page)
    assert page.locator('button[data-key="1"]').count() == 1
    with page.expect_navigation():
        page.keyboard.press("1")
    [first] = made(database)
    assert first.row is not None
    assert first.row.answers
    page.keyboard.press("s")
    page.keyboard.type("temperature belvar")
    page.locator("#found .pick").first.wait_for()
    assert accessibility_errors(page) == []
    page.keyboard.press("Enter")
    value = page.evaluate("document.activeElement.value")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    second = made(database)[-1]
    assert second.row is not None
    assert second.row.rows[0].row_id == value.split("\t")[2]
    with page.expect_navigation():
        page.keyboard.press("u")
    assert made(database)[-1].undoes == second.id


def test_what_decisions_teach_is_seen_first_and_taken_back(page: Page, database: Path) -> None:
    named(page)
    for _ in range(8):
        decided_by(page)
    page.goto("/learned")
    assert page.get_by_role("button", name="Let it hold").count() == 0, "not before it was seen"
    page.get_by_role("button", name="See what would change").click()
    page.get_by_role("heading", name="What would change").wait_for(timeout=60_000)
    assert "8 decisions" in page.locator("main").inner_text()
    assert accessibility_errors(page) == []
    for box in page.get_by_role("checkbox").all():  # what was decided and would change is ticked by a person
        box.check()
    page.get_by_role("button", name="Let it hold").click()
    page.get_by_role("button", name="Take it back").wait_for(timeout=60_000)
    assert beside(database).exists()
    page.get_by_role("button", name="Take it back").click()
    page.get_by_text("The weights that came with the program").wait_for()
    assert not beside(database).exists()


def test_a_key_that_is_held_down_decides_nothing(page: Page, database: Path) -> None:
    named(page)
    held = "key => document.body.dispatchEvent(new KeyboardEvent('keydown', {key, repeat: true, bubbles: 1}))"
    for key in "l0c1xf":
        page.evaluate(held, key)
    page.reload()
    assert made(database) == []
