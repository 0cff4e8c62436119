"""The sample report and its page, read as a browser would, for the tests of reports."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from claimcheck.model import CheckedDocument
from claimcheck.report.render import render_html
from tests.sample_report import RUN, letter

VOID = {"meta", "link", "br", "img", "input", "hr"}


class Page(HTMLParser):
    """A page taken apart: tags, ids, links, headings, and whether every element is closed in its order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.text.append(data)

    def values(self, name: str) -> list[str]:
        """Every value of an attribute."""
        return [value for _, key, value in self.attributes if key == name]

    @property
    def words(self) -> str:
        """The page's text in one line."""
        return " ".join("".join(self.text).split())


@pytest.fixture(scope="module")
def sample() -> CheckedDocument:
    return letter()


@pytest.fixture(scope="module")
def html(sample: CheckedDocument) -> str:
    return render_html(RUN, sample)
