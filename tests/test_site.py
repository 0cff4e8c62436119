"""The site of docs/ as a reader sees it: built, and its pages looked at as they are rendered."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urldefrag, urljoin

import pytest
from playwright.sync_api import Browser

from tests.browser import chromium
from tests.reader import ROOT

__all__ = ["chromium"]

DOCS = sorted((ROOT / "docs").glob("**/*.md"))
ROLES = ("You check texts", "You analyse results", "You bring tables", "You run it", "You change it")
WIDTHS = (1280, 390)


def build(folder: Path) -> subprocess.CompletedProcess[str]:
    called = [sys.executable, "-m", "zensical", "build", "--strict"]
    return subprocess.run(called, cwd=folder, capture_output=True, text=True)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(ROOT / "docs", folder / "docs")
    shutil.copy(ROOT / "zensical.toml", folder)
    done = build(folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Where the site is shown: its pages load their scripts from there alone."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


class Rendered(HTMLParser):
    """What stands in the article of a page: its headings, its text outside of code, its links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.headings: list[str] = []
        self.prose: list[str] = []
        self.links: list[str] = []
        self._inside: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if tag in ("article", "code", "pre", "h1", "h2", "h3", "h4"):
            self._inside.append(tag)
            if tag in ("h1", "h2", "h3", "h4"):
                self.headings.append("")
        if tag == "a" and given.get("href") and "headerlink" not in (given.get("class") or ""):
            self.links.append(given["href"] or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._inside:
            del self._inside[len(self._inside) - 1 - self._inside[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if "article" not in self._inside:
            return
        if self._inside[-1] in ("h1", "h2", "h3", "h4") or (
            len(self._inside) > 1 and self._inside[-2] in ("h1", "h2", "h3", "h4")
        ):
            self.headings[-1] += data
        if not {"code", "pre"} & set(self._inside):
            self.prose.append(data)


def page_of(site: Path, document: Path) -> Path:
    inside = document.relative_to(ROOT / "docs").with_suffix("")
    return site / (inside.parent if inside.name == "index" else inside) / "index.html"


def written_headings(document: Path) -> list[str]:
    """The headings of a document as they are written, without marks; those in code are none."""
    text = re.sub(r"^```.*?^```", "", document.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    return [re.sub(r"[`*]", "", told).strip() for told in re.findall(r"^#{1,4} (.+)$", text, re.MULTILINE)]


@pytest.mark.parametrize("document", DOCS, ids=lambda path: path.stem)
def test_a_page_is_rendered_as_it_is_written(site: Path, document: Path) -> None:
    html = page_of(site, document).read_text(encoding="utf-8")
    page = Rendered(html)
    assert [told.replace("¶", "").strip() for told in page.headings] == written_headings(document)
    assert not [told for told in page.prose if "```" in told or re.search(r"^#{1,4} |\*\*\S", told)]
    fences = len(re.findall(r"^ *```\w", document.read_text(encoding="utf-8"), re.MULTILINE))
    assert html.count("<pre") >= fences
    loaded = re.findall(r"<(?:script|link|img|iframe)\b[^>]*?(?:src|href)=[\"']?(https?://[^\"'>\s]+)", html)
    assert loaded == [], "nothing comes from another host"


def test_every_page_is_reached_from_the_index(site: Path) -> None:
    home = "http://site/"
    seen: set[str] = set()
    waiting = [home]
    while waiting:
        here = waiting.pop()
        file = site / here.removeprefix(home) / "index.html"
        if here in seen or not here.startswith(home) or not file.is_file():
            continue
        seen.add(here)
        links = Rendered(file.read_text(encoding="utf-8")).links
        waiting += [urldefrag(urljoin(here, link))[0] for link in links]
    reached = {site / here.removeprefix(home) / "index.html" for here in seen}
    assert {page_of(site, document) for document in DOCS} <= reached


def test_the_index_has_the_install_line_and_a_path_for_each_reader(site: Path) -> None:
    html = (site / "index.html").read_text(encoding="utf-8")
    assert [role for role in ROLES if role not in html] == []
    assert "claimcheck demo" in re.sub(r"<[^>]+>", "", html)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["", "packages", "accuracy", "queries", "running", "lexicons/qualifiers"])
def test_no_page_is_wider_than_its_window_and_its_tables_scroll(
    chromium: Browser, address: str, name: str, width: int
) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 900})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}{name}/" if name else address)
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    cut = page.evaluate(
        """() => [...document.querySelectorAll('article table, article pre code')].filter(it => {
            const scrolls = e => /auto|scroll/.test(getComputedStyle(e).overflowX);
            let at = it;
            while (at && at.tagName !== 'ARTICLE' && !scrolls(at)) at = at.parentElement;
            const edge = document.querySelector('article').getBoundingClientRect().right + 20;
            return it.getBoundingClientRect().right > edge && (!at || at.tagName === 'ARTICLE');
        }).length"""
    )
    assert cut == 0, "what is too wide scrolls inside its own frame"
    assert [url for url in asked if not url.startswith(address)] == []
    page.close()


def test_a_link_that_leads_nowhere_ends_the_build(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    shutil.copy(ROOT / "zensical.toml", tmp_path)
    (tmp_path / "docs" / "index.md").write_text("# Home\n\n[gone](missing.md)\n", encoding="utf-8")
    assert build(tmp_path).returncode != 0
