"""The site of docs/ as a reader sees it: built, and its pages looked at as they are rendered."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pytest

from tests.reader import ROOT

DOCS = sorted((ROOT / "docs").glob("**/*.md"))
ROLES = ("You check texts", "You analyse results", "You bring tables", "You run it", "You change it")


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
    return [
        re.sub(r"[`*]", "", stated).strip() for stated in re.findall(r"^#{1,4} (.+)$", text, re.MULTILINE)
    ]


@pytest.mark.parametrize("document", DOCS, ids=lambda path: path.stem)
def test_a_page_is_rendered_as_it_is_written(site: Path, document: Path) -> None:
    html = page_of(site, document).read_text(encoding="utf-8")
    page = Rendered(html)
    assert [stated.replace("¶", "").strip() for stated in page.headings] == written_headings(document)
    assert not [stated for stated in page.prose if "```" in stated or re.search(r"^#{1,4} |\*\*\S", stated)]
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


def test_a_link_that_leads_nowhere_ends_the_build(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    shutil.copy(ROOT / "zensical.toml", tmp_path)
    (tmp_path / "docs" / "index.md").write_text("# Home\n\n[gone](missing.md)\n", encoding="utf-8")
    assert build(tmp_path).returncode != 0
