"""Of the project's own sentences, a `cases.jsonl` in each package, no more are decided falsely than is known.

`known_misses.tsv` lists those of today; `python -m tests.ratchet` writes it anew and says what
changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from claimcheck.claims.reading import read
from claimcheck.documents.files import make
from claimcheck.evaluation import scored
from claimcheck.model import CheckedDocument, Reading
from claimcheck.pipeline import Checker, batches
from claimcheck.reference.cases import CASES, Case, read_cases
from tests.ratchet import PACKAGES, Miss, changes, known, misses
from tests.unseen import texts_unseen


@dataclass(frozen=True)
class Checked:
    """A package, a checker with it, its cases and what came of each."""

    folder: Path
    checker: Checker
    cases: list[Case]
    readings: list[Reading]
    documents: list[CheckedDocument]


@pytest.fixture(scope="module")
def checked(request: pytest.FixtureRequest) -> Iterator[Checked]:
    """A package's cases, checked once for all that is asked of them."""
    folder = request.param
    cases = read_cases(folder / CASES)
    documents = [make(c.id, c.text, meta={"date": c.date, "about": c.about}) for c in cases]
    with Checker([folder]) as checker:
        readings = list(read(documents, checker.events))
        with texts_unseen():
            found = linked(checker, readings)
        yield Checked(folder, checker, cases, readings, found)


def linked(checker: Checker, readings: list[Reading]) -> list[CheckedDocument]:
    return [document for batch in batches(readings) for document in checker.linker.check(batch)]


def of(packages: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("checked", packages, ids=lambda f: f.name, indirect=True)


@of(PACKAGES)
def test_no_statement_is_decided_falsely_that_is_not_known(checked: Checked) -> None:
    done = scored(checked.folder, checked.cases, checked.documents)
    listed = [miss for miss in known() if miss.package == checked.folder.name]
    stated = "\n".join(changes(listed, misses(done)))
    assert not stated, f"{stated}\nwhere that is meant, `python -m tests.ratchet` writes the list anew"
    assert done.figures.errors == 0


def test_few_statements_are_decided_falsely() -> None:
    statements = sum(len(c.expect) for folder in PACKAGES for c in read_cases(folder / CASES))
    assert statements >= 3500
    assert len(known()) <= 0.015 * statements


def test_every_listed_miss_is_of_a_statement() -> None:
    statements = {folder.name: set[str]() for folder in PACKAGES}
    for folder in PACKAGES:
        for case in read_cases(folder / CASES):
            several = len(case.expect) > 1
            statements[folder.name] |= {f"{case.id} @ {e.at}" if several else case.id for e in case.expect}
    assert [m for m in known() if m.statement not in statements.get(m.package, ())] == []


def test_changes_are_shown() -> None:
    before = [Miss("p", "a", "silent"), Miss("p", "b", "silent"), Miss("p", "c", "silent", "no row")]
    now = [Miss("p", "b", "supported_falsely"), Miss("p", "c", "silent", "vetoed"), Miss("p", "d", "wrong")]
    assert list(changes(before, now)) == [
        "- mended: p · a · silent",
        "~ was silent: p · b · supported_falsely",
        "+ new miss: p · d · wrong",
    ]
