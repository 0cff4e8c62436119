"""Reference packages that load: rows, several packages together, and the project's own tables."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from claimcheck.model import Period
from claimcheck.reference.loading import load, load_all
from claimcheck.reference.problems import PackageError
from tests.reference_case import row, write

ROOT = Path(__file__).resolve().parent.parent


def test_a_good_package_becomes_rows(tmp_path: Path) -> None:
    package = load(write(tmp_path))
    assert package.name == "river"
    assert Counter(r.kind for r in package.rows) == {
        "gazetteer": 6, "event": 2, "figure": 3, "incident": 6,
    }  # fmt: skip
    assert [m.type for m in package.vocabulary] == ["stock", "flow", "flow", "flow"]

    flood = row(package, "happenings:E1")
    assert flood.name == "Spring Flood"
    assert flood.names == ("Spring Flood", "the flood", "High Water")
    assert flood.first == Period.day(date(2015, 3, 2))
    assert flood.last == Period.day(date(2015, 3, 5))
    assert flood.places == ("places:P1", "places:P2", "places:P3")
    assert (flood.source_id, flood.source) == ("S1", "River survey · Water Board")
    assert (flood.url, flood.raw["counted_as"]) == ("https://example.org/1", "flood")

    meeting = row(package, "happenings:E2")
    assert (meeting.number, meeting.series) == (2, "Quay meetings")
    assert meeting.first == Period(date(2016, 4, 1), date(2016, 4, 30))
    assert meeting.last is None, "a blank end is not known"
    assert meeting.places[0] == "places:P1", "found by an alias with other accents and capitals"


def test_figures_keep_their_numbers_and_times(tmp_path: Path) -> None:
    package = load(write(tmp_path))
    first, second, third = (row(package, f"figures:F{n}") for n in (1, 2, 3))
    assert (first.low, first.best, first.high) == (Decimal(1200), None, None)
    assert first.as_of == Period(date(2015, 3, 1), date(2015, 5, 31))
    assert (first.measure, first.measure_type, first.unit) == ("people housed", "stock", "people")
    assert first.raw["note"] == "=1+1", "a formula is text"
    assert second.best == Decimal("1250.5")
    assert second.raw["note"] == "two\nlines, one cell"
    assert third.period == Period(date(2015, 3, 2), date(2015, 3, 5))


def test_an_incident_is_a_happening_and_its_measures(tmp_path: Path) -> None:
    package = load(write(tmp_path))
    event = row(package, "raids:R1")
    assert (event.measure, event.label, event.actor) == (None, "raid", "North Band")
    assert event.raw["counted_as"] == "raid"
    assert event.places == ("places:P1", "places:P2", "places:P3")
    killed = row(package, "raids:R1", "people killed")
    assert (killed.low, killed.best, killed.high) == (Decimal(1), None, Decimal(3))
    assert killed.first == killed.last == Period.day(date(2015, 6, 1))
    assert row(package, "raids:R1", "people hurt").best is None, "an empty cell is not zero"
    assert row(package, "raids:R2", "people killed").low == Decimal(0)


def test_the_digest_changes_with_any_byte(tmp_path: Path) -> None:
    first = load(write(tmp_path / "a"))
    again = load(write(tmp_path / "b"))
    cell = load(write(tmp_path / "c", {"sources.csv": [("Census", "Census!")]}))
    word = load(write(tmp_path / "d", {"datapackage.json": [('"shelter"', '"shelters"')]}))
    assert first.digest == again.digest
    assert len({first.digest, cell.digest, word.digest}) == 3
    assert len(first.digest) == 12


def test_other_delimiters_marks_and_line_ends_are_read(tmp_path: Path) -> None:
    edits = {
        "datapackage.json": [
            ('"path": "sources.csv"', '"path": "sources.csv", "dialect": {"delimiter": ";"}'),
            ('"primaryKey": "id"', '"missingValues": ["n/a"]'),
        ]
    }
    write(tmp_path, edits)
    table = "\ufeffid;title;publisher;url\r\n\r\nS1;n/a;Board;\r\nS2;;;\r\n"
    (tmp_path / "sources.csv").write_bytes(table.encode("utf-8"))
    assert [str(source) for source in load(tmp_path).sources] == ["Board", "S2"]


# --- several packages --------------------------------------------------------------------------------


def test_two_packages_may_have_tables_of_one_name(tmp_path: Path) -> None:
    first = write(tmp_path / "a")
    second = write(
        tmp_path / "b",
        {
            "datapackage.json": [('"name": "river"', '"name": "lake"')],
            "happenings.csv": [("E1", "L1"), ("E2", "L2")],
        },
    )
    river, lake = load_all([first, second])
    keys = [r.key for p in (river, lake) for r in p.rows if r.kind != "incident"]
    assert len(keys) == len(set(keys)), "a key names one row"
    assert row(river, "happenings:E1").places[0] == "river/places:P1", "shared ids: told apart in both"
    assert row(lake, "happenings:L1").places[0] == "lake/places:P1"
    assert row(lake, "lake/figures:F1").package == "lake"


def test_packages_without_shared_ids_keep_their_tables(tmp_path: Path) -> None:
    [alone] = load_all([write(tmp_path / "a")])
    assert {r.table for r in alone.rows} == {"places", "groups", "happenings", "figures", "raids"}


def test_the_faults_of_all_packages_come_together(tmp_path: Path) -> None:
    folders = [
        write(tmp_path / "a", {"groups.csv": [("1998-05", "1998-15")]}),
        write(tmp_path / "b", {"figures.csv": [("1200", "x")]}),
    ]
    with pytest.raises(PackageError) as caught:
        load_all(folders)
    assert [p.file for p in caught.value.problems] == [
        str(tmp_path / "a" / "groups.csv"), str(tmp_path / "b" / "figures.csv"),
    ]  # fmt: skip


# --- the project's own tables ------------------------------------------------------------------------
