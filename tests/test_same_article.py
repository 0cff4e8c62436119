"""The same article as plain text, Markdown, web page, Word, PDF and mail gives the same verdicts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from claimcheck.documents.layout import paragraphs
from claimcheck.model import CheckedDocument
from claimcheck.pipeline import Checker, documents
from tests.formats import WRITERS, Block, write

REFERENCE = Path(__file__).parent.parent / "reference_data"
ARTICLE = [
    Block("title", "Children among the wounded as siege drags on, doctors warn"),
    Block(
        "paragraph",
        "AMMAN, Jordan, 31 January 2018 (Agency) - Doctors in Eastern Ghouta said on Wednesday that hundreds "
        "of patients had waited for months to leave the besieged enclave.",
    ),
    Block(
        "paragraph",
        "Between 26 and 29 December 2017, 29 patients were evacuated from Eastern Ghouta by the Syrian Arab "
        "Red Crescent and the International Committee of the Red Cross.",
    ),
    Block(
        "paragraph",
        "The siege of Eastern Ghouta began in April 2013. In August 2013, the Syrian army attacked Eastern "
        "Ghouta with sarin. The Security Council adopted resolution 2118 on 27 September 2013.",
    ),
    Block("heading", "What the tables say"),
    Block(
        "list",
        items=[
            "The congress in Sochi was held on 30 January 2018.",
            "The ninth round of the intra-Syrian talks was held in Vienna on 25 and 26 January 2018.",
            "On 22 January 2018 there was a chlorine attack on Douma.",
        ],
    ),
    Block(
        "table",
        rows=[
            ["Month", "Killed", "Injured"],
            ["December 2017", "112", "340"],
            ["January 2018", "216", "512"],
        ],
    ),
    Block(
        "paragraph",
        "In January 2018, 474 civilians were killed in Syria, while the Syrian Network for Human Rights "
        "counted 774 civilians killed in the country.",
    ),
    Block(
        "paragraph",
        "In April 2017 a sarin attack on Khan Sheikhoun killed dozens of people. The Joint Investigative "
        "Mechanism of the Organisation for the Prohibition of Chemical Weapons found the army responsible.",
    ),
]


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, CheckedDocument]:
    folder = tmp_path_factory.mktemp("article")
    for suffix in WRITERS:
        write(ARTICLE, folder, suffix)
    with Checker([REFERENCE]) as checker:
        return {Path(one.document.id).suffix: one for one in checker.check(documents([folder], []))}


def verdicts(checked: CheckedDocument) -> list[tuple[str, str, str]]:
    """Each claim with its verdict. Why one is open may differ: a PDF has no blank lines, over which a
    place is carried in another way."""
    claims = checked.reading.claims
    return [(c.kind, re.sub(r"\s+", " ", c.text), checked.verdicts[c.claim_id].verdict) for c in claims]


def test_the_article_has_verdicts_to_compare(checked: dict[str, CheckedDocument]) -> None:
    found = [verdict for _, _, verdict in verdicts(checked[".txt"])]
    assert found.count("supported") >= 8
    assert "refuted" in found


@pytest.mark.parametrize("suffix", [s for s in WRITERS if s != ".txt"])
def test_every_kind_of_file_gives_the_same(checked: dict[str, CheckedDocument], suffix: str) -> None:
    assert checked[suffix].document.date == checked[".txt"].document.date
    assert verdicts(checked[suffix]) == verdicts(checked[".txt"])


WRAPPED = """The council of the valley met twice in the old town hall of Upper
Tarn, where it heard that the bridges had been closed again, that
nobody knew when they would open, and that the ferry to the islands
was full on most days of the week.

Two hundred people came to the first of these meetings from Lower
Arvia on foot.

Lina Aziz, mayor
Omar Nouri, engineer
"""


def test_a_name_over_two_lines_of_a_short_paragraph_is_one() -> None:
    found = [" ".join(p.of(WRAPPED).split()) for p in paragraphs(WRAPPED)]
    assert found[1] == "Two hundred people came to the first of these meetings from Lower Arvia on foot."
    assert found[2:] == ["Lina Aziz, mayor", "Omar Nouri, engineer"]


def test_lines_of_a_text_that_is_not_wrapped_stay_apart() -> None:
    text = (
        "Council of the Valley of Upper Tarn and of the Islands\nUnion of Teachers of Arvia and the Coast\n"
    )
    assert len(list(paragraphs(text))) == 2
