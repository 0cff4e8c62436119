"""The same article as plain text, Markdown, web page, Word, PDF and mail gives the same verdicts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from claimcheck.model import CheckedDocument
from claimcheck.pipeline import documents
from tests.formats import WRITERS, Block, as_html, as_text, write
from tests.reader import checker_of, gold, said

REFERENCE = Path(__file__).parent.parent / "reference_data"
BRIEFING = [Block(**block) for block in gold("briefing")["block"]]
PRINTED = {
    "plain": "body { font: 12pt serif }",
    "indented": "body { font: 11pt serif; text-align: justify } p { margin: 0; text-indent: 1.5em } "
    "td, th { border: 1px solid }",
    "columns": "article { columns: 2; font: 10pt serif } td, th { border: 1px solid; padding: 2px }",
}
"""How a browser sets a page that it prints."""
KINDS = [*WRITERS, "wrapped.txt", *(f"{name}.pdf" for name in PRINTED)]


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> dict[str, CheckedDocument]:
    """The article as every kind of file, checked, by the kind."""
    folder = tmp_path_factory.mktemp("article")
    for suffix in WRITERS:
        write(BRIEFING, folder, suffix)
    (folder / "article.wrapped.txt").write_text(as_text(BRIEFING, 60))
    page = chromium.new_page()
    for style, rules in PRINTED.items():
        page.set_content(as_html(BRIEFING).replace("</head>", f"<style>{rules}</style></head>"))
        page.pdf(path=folder / f"article.{style}.pdf", format="A4")
    page.close()
    read_all = checker_of(REFERENCE).check(documents([folder], []))
    return {Path(one.document.id).name.removeprefix("article"): one for one in read_all}


def verdicts(checked: CheckedDocument) -> list[tuple[object, ...]]:
    """Each claim with its verdict and its days; with the reason, where it is decided."""
    found = [(c, checked.verdicts[c.claim_id]) for c in checked.reading.claims]
    return [
        (
            *(c.kind, re.sub(r"\s+", " ", c.text), verdict.verdict),
            c.time and (c.time.date_start, c.time.date_end),
            verdict.verdict != "not_enough_evidence" and verdict.reason,
        )
        for c, verdict in found
    ]


def test_the_article_has_verdicts_to_compare(checked: dict[str, CheckedDocument]) -> None:
    found = checked[".txt"].verdicts.values()
    assert sum(said(verdict) == "supported" for verdict in found) >= 7


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != ".txt"])
def test_every_kind_of_file_gives_the_same(checked: dict[str, CheckedDocument], kind: str) -> None:
    plain, made = checked[".txt"], checked[kind if kind.startswith(".") else f".{kind}"]
    assert made.document.date == plain.document.date
    assert verdicts(made) == verdicts(plain)
