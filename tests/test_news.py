"""What changed between two runs, in words: which tables, which rows of them, and whose fingerprints."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from claimcheck.pipeline import Checker
from claimcheck.store.overview import New, news
from tests.reference_case import write
from tests.review_case import echo
from tests.sample_report import RUN

Edits = dict[str, list[tuple[str, str]]]


def told(folder: Path, *versions: Edits | None, **changed: str) -> list[New]:
    """What the last of these runs had otherwise than the one before: a run for each version of the package
    (None: without any); `changed` are parts of the last run's own."""
    database = folder / "claims.duckdb"
    for number, edits in enumerate(versions, 1):
        packages = [] if edits is None else [write(folder / f"v{number}", edits)]
        with Checker(packages, database) as checker:
            own = {p.name: p.digest for p in checker.packages}
            last = changed if number == len(versions) else {}
            checker.save(replace(RUN, run_id=f"run-{number}", packages=own, **last), [echo()])  # type: ignore[arg-type]
            runs = checker.store.rows("SELECT * FROM run ORDER BY run_number DESC LIMIT 2")
            found = news(checker.store, runs[-1], runs[0])
    return list(found)


FIGURE: Edits = {"figures.csv": [("F1,", "F9,")]}


@pytest.mark.parametrize(
    ("versions", "words"),
    [
        (({}, {}), []),
        (({}, FIGURE), ["the reference tables of {name}: 2 figures new, gone or changed (F1, F9)"]),
        (({}, FIGURE, {}), ["the reference tables of {name}: 2 figures new, gone or changed (F1, F9)"]),
        (({}, FIGURE, FIGURE), []),
        (
            ({}, FIGURE, {}, FIGURE),
            ["the reference tables of {name}: 2 figures new, gone or changed (F1, F9)"],
        ),
        ((None, {}), ["the reference tables of {name}, not there before"]),
        (({}, None), ["the reference tables of {name}, taken away"]),
    ],
)
def test_tables_say_which_rows(tmp_path: Path, versions: tuple[Edits | None, ...], words: list[str]) -> None:
    found = told(tmp_path, *versions)
    names = {one.name.removeprefix("package ") for one in found} or {""}
    assert [one.words for one in found] == [line.format(name=names.pop()) for line in words]
    assert all(one.before not in one.words and one.after not in one.words for one in found if words)


def test_program_parser_and_rules(tmp_path: Path) -> None:
    found = told(tmp_path, {}, {}, version="9.9", model="parser 2", lexicon="abcdef123456")
    assert [one.words for one in found] == [
        f"the program ({RUN.version} before, 9.9 now)",
        f"the grammar parser ({RUN.model} before, parser 2 now)",
        "the rules by which texts are read",
    ]
    assert str(found[2]) == f"lexicon {RUN.lexicon} → abcdef123456"
