"""Incidents counted and added up: what they come to is weighed as a row, and decides nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from claimcheck.documents.files import make
from claimcheck.linking.rows import FEW, Portrait
from claimcheck.linking.totals import rows_of
from claimcheck.pipeline import Checker
from claimcheck.reference.loading import load as load_package
from claimcheck.store import open_store

PACKAGE = Path(__file__).parent / "ordinary" / "firebrigade" / "package"
FIVE = "I11, I12, I13, I14, I15"


@pytest.fixture(scope="module")
def checker() -> Iterator[Checker]:
    with Checker([PACKAGE]) as opened:
        yield opened


def totals(checker: Checker, text: str) -> list[tuple[Portrait, str]]:
    """What incidents come to, with what it says to the only number of a text."""
    [reading] = checker.spread.read([make("d", text, meta={"date": date(2024, 3, 1)})], None)
    [claim] = [c for c in reading.claims if c.quantity is not None]
    levels = checker.linker.linking.levels_of(reading, claim, ())
    assert levels is not None
    return [(row, levels.value(row)) for row in rows_of(levels, of_number=True).rows if row.parts]


@pytest.mark.parametrize(
    ("text", "measure", "parts", "value"),
    [
        ("The register lists five fires in 2023.", "fire (count)", FIVE, "equal 1"),
        ("The register lists three fires in 2023.", "fire (count)", FIVE, "alike"),
        ("The register lists nine fires in 2023.", "fire (count)", FIVE, "overlaps"),  # others may be missing
        ("Fires killed six people in 2023.", "people killed", "I11, I13, I14, I15", "equal 1"),
        ("Fires hurt 37 people in 2023.", "people injured", FIVE, "equal 2"),
        ("In 2022 fires hurt 12 people in Kellerick Forest.", "people injured", None, ""),  # one is a row
    ],
)
def test_a_text_says_which_incidents_are_added_up(
    checker: Checker, text: str, measure: str, parts: str | None, value: str
) -> None:
    found = {row.row.row_id: level for row, level in totals(checker, text) if row.row.measure == measure}
    assert parts is None or found[parts] == value
    assert parts is not None or "I09" not in found


def test_what_incidents_come_to_is_likely_and_never_decided(checker: Checker) -> None:
    text = "The register lists five fires in 2023.\n\nFires hurt 37 people in 2023."
    [one] = checker.check([make("d", text, meta={"date": date(2024, 3, 1)})])
    found = {c.quantity.text: one.verdicts[c.claim_id] for c in one.reading.claims if c.quantity}
    for verdict, stated in ((found["five"], f"at least 5 counted: incidents {FIVE}"), (found["37"], FIVE)):
        assert verdict.verdict == "not_enough_evidence"
        assert verdict.likely is not None
        assert verdict.likely.verdict == "supported"
        assert stated in verdict.likely.explanation
        assert verdict.likely.rows[0].row.row_id in FIVE


def test_the_select_of_compared_counts_gives_them_again(checker: Checker) -> None:
    text = "The register lists three more fires in 2023 than in 2021."
    [reading] = checker.spread.read([make("d", text, meta={"date": date(2024, 3, 1)})], None)
    [claim] = [c for c in reading.claims if c.comparison is not None]
    checker.linker.opened([reading])
    tried = checker.linker.comparing.tried(*checker.linker.comparing.asked[claim.claim_id])
    of_counts = [t for t in tried if all(s.meant is not None and s.meant.is_count for s in t.sides)]
    assert of_counts
    assert of_counts[0].verdict.verdict == "supported"
    computed = of_counts[0].verdict.evidence[0]
    with open_store(None) as store:
        store.publish_packages([load_package(PACKAGE)])
        assert computed.sql is not None
        assert store.rows(computed.sql) == [{"low": 3, "high": 3}]


def raids(folder: Path, rows: Sequence[str]) -> Path:
    """A package of raids."""
    (folder / "raids.csv").write_text("\n".join(["id,month,town,dead", *rows]), "utf-8")
    columns = {"key": "id", "place": "town", "start": "month", "end": "month", "counted_as": "raid"}
    deaths = [{"measure": "people killed", "unit": "people", "best": "dead"}]
    block = {"kind": "incidents", **columns, "source": {"constant": "LOG"}, "measures": deaths}
    table = {"name": "raids", "path": "raids.csv", "claimcheck": block}
    table["schema"] = {"fields": [{"name": n, "type": "string"} for n in ("id", "month", "town", "dead")]}
    words = {"people killed": {"words": ["kill"], "type": "flow"}}
    whole = {"name": "raids", "licenses": [{"name": "CC0"}], "vocabulary": words, "resources": [table]}
    (folder / "datapackage.json").write_text(json.dumps(whole), "utf-8")
    return folder


def test_incidents_of_a_large_table_are_added_up(tmp_path: Path) -> None:
    rows = [f"R{n},2018-{n % 12 + 1:02},{'Arvel' if n % 7 else 'Bolm'},{n % 3}" for n in range(FEW + 100)]
    many = sum(n % 12 == 2 and n % 7 == 0 for n in range(FEW + 100))
    with Checker([raids(tmp_path, rows)]) as large:
        [(count, value)] = [
            one for one in totals(large, f"In March 2018 there were {many} raids in Bolm.")
            if one[0].row.measure == "raid (count)" and len(one[0].parts) == many
        ]  # fmt: skip
    assert (count.number, value) == (many, "equal 2")


def test_keys_of_a_page_each_are_not_held_a_second_time(tmp_path: Path) -> None:
    rows = [f"{n}{'x' * 1_500},2018-03,Bolm,1" for n in range(5)]
    with Checker([raids(tmp_path, rows)]) as long:
        [(count, value), *_] = totals(long, "In March 2018 there were five raids in Bolm.")
    assert (value, len(count.parts)) == ("equal 1", 5)
    assert count.row.row_id.endswith("x … (5 in all)")


def test_what_is_too_large_to_count_with_is_not_added_up(tmp_path: Path) -> None:
    rows = [f"R{n},2018-03,Bolm,{'9' * 28}" for n in range(5)]
    with Checker([raids(tmp_path, rows)]) as large:
        found = totals(large, "In March 2018 raids in Bolm killed 900 people.")
    assert [row.row.measure for row, _ in found] == ["raid (count)"]
