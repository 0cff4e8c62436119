"""Chromium for the browser tests.

Chromium is Debian's (`apt-get install chromium`), set CHROMIUM for another; nothing here is skipped when it
is missing, since a page that nobody looked at is not tested.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def executable() -> str | None:
    """The browser to test in: the one that CHROMIUM names, the system's, else None for Playwright's own."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next((path for name in names if (path := shutil.which(name))), None)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A headless Chromium, one a module: while it runs, no test of the same thread can call asyncio.run."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=ARGUMENTS)
        yield browser
        browser.close()


def accessibility_errors(page: Page) -> list[str]:
    """What axe-core finds wrong: rule, impact, first node. Empty for a page without errors.

    A page that a form has just led to may still lack its style sheet, and then has the browser's colours.
    """
    page.wait_for_load_state()
    page.evaluate(AXE + ";undefined")
    found: dict[str, Any] = page.evaluate("axe.run({resultTypes: ['violations']})")
    return [
        f"{v['id']} ({v['impact']}): {v['nodes'][0]['html'][:160]} {v['nodes'][0]['failureSummary'][:200]}"
        for v in found["violations"]
    ]


if __name__ == "__main__":  # whether there is a browser to test in: the Makefile asks
    with sync_playwright() as started:
        started.chromium.launch(executable_path=executable(), args=ARGUMENTS).close()
