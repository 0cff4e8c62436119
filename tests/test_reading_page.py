"""The page docs/reading.md shows what the program prints."""

from __future__ import annotations

import re
from datetime import date

import pytest
from rich.console import Console

from claimcheck.documents.files import make
from claimcheck.model import CheckedDocument
from claimcheck.report.explain import explain_text
from claimcheck.trees import tree_of
from tests.reader import ROOT, checker_of

PAGE = (ROOT / "docs" / "reading.md").read_text(encoding="utf-8")
BLOCKS = dict(
    re.findall(r'```text title="(?:the |claimcheck )(?:extract --format )?(\w+)"\n(.*?)```', PAGE, re.DOTALL)
)


def _checked(text: str) -> tuple[CheckedDocument, str]:
    """A text checked, and the id of its number."""
    note = make("note", text, meta={"date": date(2018, 1, 31)})
    (checked,) = checker_of(ROOT / "reference_data").check([note])
    return checked, next(c.claim_id for c in checked.reading.claims if c.kind == "quantity")


def test_the_tree_is_what_extract_prints() -> None:
    checked, own = _checked(BLOCKS["sentence"].strip())
    claim = next(c for c in checked.reading.claims if c.claim_id == own)
    console = Console(width=100)
    with console.capture() as printed:
        console.print(tree_of(claim, checked.document.text), highlight=False)
    assert printed.get().strip() == BLOCKS["tree"].strip()


def test_the_waterfall_is_what_explain_prints() -> None:
    checked, own = _checked(BLOCKS["sentence"].strip())
    claim = next(c for c in checked.reading.claims if c.claim_id == own)
    printed = [line.strip() for line in explain_text(checked, claim).splitlines()]
    assert [line for line in BLOCKS["explain"].strip().splitlines() if line not in printed] == []


@pytest.mark.parametrize(
    ("said", "verdict"),
    [("29", "supported"), ("31", "refuted"), ("29 blind", "not_enough_evidence")],
)
def test_the_verdicts_are_those_that_it_tells(said: str, verdict: str) -> None:
    checked, own = _checked(BLOCKS["sentence"].strip().replace("29 patients", f"{said} patients"))
    found = checked.verdicts[own]
    likely = found.likely.verdict if found.likely is not None and not found.unexplained else found.verdict
    assert likely == verdict
