"""The site of docs/ as a reader sees it: built, and its pages looked at as they are rendered."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
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


LINK = re.compile(r"""<a\b(?![^>]*headerlink)[^>]*\bhref=["']?([^"' >]+)""")


def article(page: Path) -> str:
    """The article of a page, without its code."""
    [inside] = re.findall(r"<article\b.*?</article>", page.read_text(encoding="utf-8"), re.DOTALL)
    return re.sub(r"<(code|pre)\b.*?</\1>", "", inside, flags=re.DOTALL)


@pytest.mark.parametrize("document", DOCS, ids=lambda path: path.stem)
def test_a_page_is_rendered_and_loads_nothing_from_elsewhere(site: Path, document: Path) -> None:
    page = page_of(site, document)
    prose = re.sub(r"<[^>]+>", "", article(page))
    assert not re.search(r"```|^#{1,4} |\*\*\S", prose, re.MULTILINE)
    html = page.read_text(encoding="utf-8")
    loaded = re.findall(r"<(?:script|link|img|iframe)\b[^>]*?(?:src|href)=[\"']?(https?://[^\"'>\s]+)", html)
    assert loaded == [], "nothing comes from another host"


def page_of(site: Path, document: Path) -> Path:
    inside = document.relative_to(ROOT / "docs").with_suffix("")
    return site / (inside.parent if inside.name == "index" else inside) / "index.html"


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
        links = LINK.findall(article(file))
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
