"""The same article as plain text, Markdown, web page, Word, PDF and mail gives the same verdicts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from claimcheck.model import CheckedDocument
from claimcheck.pipeline import documents
from tests.formats import WRITERS, Block, as_html, as_text, write
from tests.reader import checker_of, said

REFERENCE = Path(__file__).parent.parent / "reference_data"
BRIEFING = [
    Block("title", "Medical evacuations from Eastern Ghouta begin, but slowly"),
    Block(
        "paragraph",
        "GENEVA, 29 January 2018 (Valley News) - Aid workers said on Monday that they had counted fewer "
        "patients than they had hoped, and that hundreds were still waiting in the enclave east of Damascus.",
    ),
    Block("heading", "Background"),
    Block(
        "paragraph",
        "1. The siege of Eastern Ghouta began in April 2013. On 21 August 2013, it was attacked with sarin.",
    ),
    Block(
        "paragraph",
        "2. The Security Council reacted on 27 September 2013, when it adopted resolution 2118, and demanded "
        "in resolution 2401, adopted on 24 February 2018, that fighting stop for 30 days.",
    ),
    Block(
        "paragraph",
        "3. Between 26 and 29 December 2017, the Syrian Arab Red Crescent and the International Committee of "
        "the Red Cross evacuated 29 patients from Eastern Ghouta.1 As of 30 November 2017, 641 patients were "
        "waiting for evacuation, according to the Syrian American Medical Society.",
    ),
    Block("heading", "What happened in January"),
    Block("paragraph", "In January 2018:"),
    Block(
        "list",
        items=[
            "the ninth round of the intra-Syrian talks was held in Vienna on 25 and 26 January;",
            "the congress in Sochi was planned for 30 January;",
            "chlorine was used in Douma on 22 January.",
        ],
    ),
    Block("paragraph", "The figures that the monitors gave are these."),
    Block(
        "table",
        rows=[
            ["Month", "Place", "Civilians killed"],
            ["December 2017", "Eastern Ghouta", "112"],
            ["January 2018", "Syria", "774"],
        ],
    ),
    Block("heading", "A year earlier"),
    Block(
        "paragraph",
        "On 4 April 2017 a sarin attack on Khan Sheikhoun killed more than 80 people. Two days later, the "
        "town was struck again, although the Joint Investigative Mechanism of the Organisation for the "
        "Prohibition of Chemical Weapons had asked for a pause. About 400,000 people lived in Eastern Ghouta "
        "at that time.",
    ),
    Block("paragraph", "1 Figures of the Red Crescent, in its report of 30 December 2017."),
]
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
    assert {"refuted", "conflicting_evidence"} & {*map(said, found)}


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != ".txt"])
def test_every_kind_of_file_gives_the_same(checked: dict[str, CheckedDocument], kind: str) -> None:
    plain, made = checked[".txt"], checked[kind if kind.startswith(".") else f".{kind}"]
    assert made.document.date == plain.document.date
    assert verdicts(made) == verdicts(plain)
