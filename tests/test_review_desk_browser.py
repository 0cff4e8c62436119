"""Rows, people, exports and learning in a browser: by keys alone, on a desk and a phone, light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from claimcheck.review import people
from claimcheck.review.people import People
from tests.browser import accessibility_errors
from tests.review_case import REFERENCE, running
from tests.test_review_browser import window
from tests.test_review_row_form import folder

__all__ = ["folder"]


@pytest.fixture(scope="module")
def tokens(folder: Path) -> dict[str, str]:
    return {role: people.add(folder / "people.csv", role.title(), role) for role in people.ROLES}


@pytest.fixture(scope="module")
def address(folder: Path, tokens: dict[str, str]) -> Iterator[str]:
    with running(folder / "claims.duckdb", People(folder / "people.csv")) as address:
        yield address


def opened(chromium: Browser, address: str, token: str, seen: list[str]) -> Page:
    page = window(chromium, address, seen).new_page()
    page.set_default_timeout(30_000)
    page.goto(f"/?token={token}")
    return page


def test_a_row_is_added_and_taken_back_by_keys_alone(
    chromium: Browser, address: str, tokens: dict[str, str], folder: Path
) -> None:
    seen: list[str] = []
    page = opened(chromium, address, tokens["curator"], seen)
    keys, table = page.keyboard, folder / "package" / "figures.csv"

    def fill(column: str, words: str) -> None:
        for _ in range(40):
            if page.evaluate("document.activeElement.name") == f"cell.{column}":
                break
            keys.press("Tab")
        keys.press("ControlOrMeta+a")
        keys.type(words)

    page.goto("/?state=all&text=377+patients")
    keys.press("j")
    keys.press("j")  # the number's claim, behind that of its date
    with page.expect_navigation():
        keys.press("Enter")
    with page.expect_navigation():
        keys.press("r")
    for column, words in (
        ("measure", "patients needing medical evacuation"), ("as_of", "2013-03-03"), ("best", "377"),
        ("unit", "people"), ("source_id", "S072"), ("confidence", "seen"),
    ):  # fmt: skip
        fill(column, words)
    keys.press("Enter")  # in a field it decides nothing
    while page.evaluate("document.activeElement.value") != "preview":
        keys.press("Tab")
    with page.expect_navigation():
        keys.press("Enter")
    assert page.locator(".would-be").get_by_text("supported", exact=True).is_visible()
    assert accessibility_errors(page) == []
    assert table.read_bytes() == (REFERENCE / "figures.csv").read_bytes()
    with page.expect_navigation():
        keys.press("Enter")  # the button that writes has the focus
    assert page.locator(".notice").inner_text().startswith("Written: Curator added a row of figures")
    assert table.read_bytes() != (REFERENCE / "figures.csv").read_bytes()
    assert accessibility_errors(page) == []
    while page.evaluate(
        "document.activeElement.closest('.notice') === null || !document.activeElement.matches('button')"
    ):
        keys.press("Tab")
    with page.expect_navigation():
        keys.press("Enter")
    assert table.read_bytes() == (REFERENCE / "figures.csv").read_bytes()
    assert seen == []


OTHERS = [("curator", 1280, "light"), ("reader", 390, "light")]


@pytest.mark.parametrize(
    ("role", "width", "scheme"),
    [("curator", 390, "dark"), *(pytest.param(*other, marks=pytest.mark.long) for other in OTHERS)],
)
def test_every_page_is_accessible_and_fits(
    chromium: Browser, address: str, tokens: dict[str, str], role: str, width: int, scheme: str
) -> None:
    seen: list[str] = []
    page = opened(chromium, address, tokens[role], seen)
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto("/?state=all")
    claim = page.locator(".item").first.get_attribute("href")
    for path in ("/?state=all", claim, "/gaps", "/agreement", "/learned", "/log", "/likely", "/row"):
        answer = page.goto(str(path))
        assert answer is not None
        assert answer.status == (403 if path == "/row" and role != "curator" else 200)
        assert accessibility_errors(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    seen = [one for one in seen if "403" not in one]
    assert seen == []
