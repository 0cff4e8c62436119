"""A measure that is the ratio of two others: its rows, its faults, and the verdicts that show both."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from claimcheck.model import Document, Verdict
from claimcheck.pipeline import Checker
from claimcheck.reference.loading import load
from claimcheck.reference.problems import PackageError
from tests.reference_case import INVENTED


def write(folder: Path, **changes: object) -> Path:
    """The package, keys of its turnout changed."""
    shutil.copytree(INVENTED / "ballots", folder, dirs_exist_ok=True)
    stated = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    stated["vocabulary"]["turnout"] |= changes
    (folder / "datapackage.json").write_text(json.dumps(stated, indent=1), encoding="utf-8")
    return folder


def test_each_two_rows_of_a_place_and_a_time_are_a_ratio(tmp_path: Path) -> None:
    found = {f"{r.table} {r.row_id}": r for r in load(write(tmp_path)).rows if "/" in r.row_id}
    assert found.keys() == {  # none of nobody, none where a row says it, and none of two sources
        "turnout c1/r1", "turnout c2/r2", "turnout c4/r4", "turnout c5/r5", "turnout c6/r6", "fatality d1/d2",
    }  # fmt: skip
    exact, ranged, open_end = (found[f"turnout {key}"] for key in ("c1/r1", "c2/r2", "c4/r4"))
    assert (exact.low, exact.best, exact.high) == (None, Decimal("70.1730"), None)
    assert (ranged.low, ranged.best, ranged.high) == (Decimal("56.1162"), None, Decimal("67.8495"))
    assert (open_end.low, open_end.high) == (None, Decimal("74.8130"))
    assert (exact.places, exact.source, exact.unit) == (("Arvia",), "Board", "percent")


@pytest.mark.parametrize(
    ("given", "at", "value", "words"),
    [
        ("votes cast", "ratio_of", "votes cast", "so many of the first for each hundred"),
        ({"of": "ballots", "to": "registered voters"}, "ballots", "ballots", "of names another measure"),
        ({"of": "votes cast", "to": "turnout"}, '"to"', "turnout", "to names another measure"),
        ({"of": "votes cast", "to": "fatality"}, '"to"', "fatality", "this is a ratio itself"),
    ],
)
def test_what_is_no_ratio_is_a_fault(
    tmp_path: Path, given: object, at: str, value: object, words: str
) -> None:
    with pytest.raises(PackageError) as error:
        load(write(tmp_path, ratio_of=given))
    [problem] = error.value.problems
    lines = (tmp_path / "datapackage.json").read_text(encoding="utf-8").splitlines()
    assert problem.file == "datapackage.json"
    assert problem.line is not None
    assert at in lines[problem.line - 1]
    assert words in problem.message
    assert problem.value == str(value)


@pytest.fixture(scope="module")
def ballots(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checker]:
    with Checker([write(tmp_path_factory.mktemp("ballots"))]) as checker:
        yield checker


def verdict(checker: Checker, text: str, at: str) -> Verdict:
    """What is said of the number or the comparison that stands at some words of a text."""
    [checked] = checker.check([Document(id="x", text=text, date=date(2020, 2, 1))])
    start = text.index(at)
    claims = [c for c in checked.reading.claims if c.kind != "event"]
    [own] = [
        c for c in claims if start == (c.quantity.start if c.kind == "quantity" and c.quantity else c.start)
    ]
    return checked.verdicts[own.claim_id]


def test_a_ratio_shows_its_two_rows_and_the_sql_that_divides_them(ballots: Checker) -> None:
    found = verdict(ballots, "On 26 May 2019 turnout in Arvia was 70 per cent.", "70")
    assert [f"{e.table} {e.row_id}" for e in found.evidence] == ["turnout c1/r1", "figures c1", "figures r1"]
    assert found.explanation.endswith("Turnout c1/r1 is votes cast 70,314 ÷ registered voters 100,201.")
    ratio = found.evidence[0]
    assert ratio.sql is not None
    [value] = ballots.store.rows(ratio.sql)
    assert round(Decimal(value["low"]), 4) == round(Decimal(value["high"]), 4) == ratio.best
