"""Reference packages that load: rows, several packages together, and the project's own tables."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.model import Period
from claimcheck.names import folded
from claimcheck.reference.cells import parse_period
from claimcheck.reference.init import start
from claimcheck.reference.loading import load, load_all
from claimcheck.reference.problems import PackageError
from tests.reference_case import faults, row, write


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


def test_an_incident_is_an_event_and_its_measures(tmp_path: Path) -> None:
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


# --- Dates, names, `reference show` and `reference init` ---


# --- dates and names ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2018-01-25", "2018-01-25", "2018-01-25"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2018-01/2018-03", "2018-01-01", "2018-03-31"),
        ("2018-01/..", "2018-01-01", None),
        ("../2018-01", None, "2018-01-31"),
    ],
)
def test_dates_are_periods(text: str, start: str | None, end: str | None) -> None:
    days = [None if day is None else date.fromisoformat(day) for day in (start, end)]
    assert parse_period(text) == Period(*days)


@pytest.mark.parametrize(
    "text",
    ["", "18", "2018-1-3", "20180103", "2018-00", "2018-13", "2018-02-30", "0000", "2018/", "/2018", "../..",
     "2018-03/2018-01", "2018-01/2018-02/2018-03", "2018-01~", "٢٠١٨", "2018-01-25T10:00", " 2018", "2018\n"],
)  # fmt: skip
def test_anything_else_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_period(text)


@given(st.dates(), st.dates())
def test_a_written_day_and_interval_come_back(one: date, other: date) -> None:
    first, last = sorted((one, other))
    assert parse_period(first.isoformat()) == Period.day(first)
    assert parse_period(f"{first}/{last}") == Period(first, last)
    month = parse_period(first.isoformat()[:7])
    assert month.covers(Period.day(first))
    assert parse_period(first.isoformat()[:4]).covers(month)


@given(st.text(max_size=30))
def test_no_text_is_more_than_refused(text: str) -> None:
    try:
        period = parse_period(text)
    except ValueError:
        return
    assert period.start is not None or text.startswith("..")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Al-Ḩirāk", "hirak", True), ("‘Irbīn", "Irbin", True), ("The Day After", "day after", True),
        ("O’Hara", "O'Hara", True), ("Khan–Town", "khan town", True), ("U.N.", "UN", True),
        ("دُومَا", "دوما", True), ("دوـــما", "دوما", True), ("STRASSE", "straße", True),
        ("Łódź", "Lodz", True), ("Al", "al", True), ("Alder", "der", False),
        ("Theodosia", "odosia", False), ("Khan al-Assal", "Khan Assal", False),
        ("Upper Mill", "Lower Mill", False),
    ],
)
def test_two_spellings_of_a_name(one: str, other: str, same: bool) -> None:
    assert (folded(one) == folded(other)) is same


# --- show and init -----------------------------------------------------------------------------------


STARTS: list[tuple[str, str, dict[str, object]]] = [
    # a table, the kind that is guessed, roles of its block
    ("id,date,killed_low,killed_high,injured,town\n1,2015-01-02,1,2,3,Quay\n2,2015-01-02,0,0,,Quay\n",
     "incidents", {"key": "id", "start": "date", "place": "town"}),
    ("id,date,killed,town,province,country\n1,2015-01-02,1,Quay,Brook,Carland\n2,2015-01-03,2,Mill,Brook,Carland\n",
     "incidents", {"place": ["town", "province", "country"], "counted_as": "incident"}),
    ("id,country,date,cases,deaths\n1,A,2015-01-02,10,1\n2,A,2015-01-03,12,1\n3,A,2015-01-04,15,2\n"
     "4,B,2015-01-02,3,0\n5,B,2015-01-03,3,1\n6,B,2015-01-04,4,1\n",
     "figures", {"measure": {"constant": "cases"}, "best": "cases", "as_of": "date", "place": "country"}),
    ("id,population,country,as_of,people\n1,refugees,Carland,2015-01-02,1000\n"
     "2,displaced,Carland,2015-01-02,20\n",
     "figures", {"measure": "population", "best": "people", "as_of": "as_of", "place": "country"}),
    ("id,name,aliases,within\n1,Carland,,\n2,Quay,Kaye|Quai,1\n", "gazetteer",
     {"names": ["name", "aliases"], "within": "within"}),
    ("code,name,start_date,end_date\nx,Flood,2015-01,2015-02\ny,Fire,2016-01,2016-02\n", "events",
     {"key": "code", "names": "name", "start": "start_date", "end": "end_date"}),
    ("id,title,url\n1,Survey,https://example.org\n", "sources",
     {"key": "id", "title": "title", "url": "url"}),
]  # fmt: skip


@pytest.mark.parametrize(("table", "kind", "roles"), STARTS)
def test_a_first_descriptor_loads_once_a_person_has_confirmed_it(
    tmp_path: Path, table: str, kind: str, roles: dict[str, object]
) -> None:
    (tmp_path / "my table.csv").write_text(table, encoding="utf-8")
    descriptor = start([tmp_path / "my table.csv"]).descriptor
    block = descriptor["resources"][0]["claimcheck"]
    assert block["kind"] == kind
    assert roles.items() <= block.items()
    file = tmp_path / "datapackage.json"
    file.write_text(json.dumps(descriptor), encoding="utf-8")
    found = faults(tmp_path)
    assert len(found) == len(descriptor["confirm"])
    assert all("not confirmed" in p.message for p in found)
    del descriptor["confirm"]
    file.write_text(json.dumps(descriptor), encoding="utf-8")
    package = load(tmp_path)
    assert package.name == "my-table"
    assert package.rows or kind == "sources"


def test_what_is_not_written_as_its_column_says_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("id,day,n\n1,13/02/2021,5 %\n2,31/02/2021,five\n", encoding="utf-8")
    fields = [
        {"name": "id"},
        {"name": "day", "type": "date", "format": "%d/%m/%Y"},
        {"name": "n", "type": "number", "bareNumber": False},
    ]
    block = {"kind": "gazetteer", "key": "id", "names": "id", "entity": "place"}
    package = {
        "name": "p",
        "resources": [{"name": "t", "path": "t.csv", "schema": {"fields": fields}, "claimcheck": block}],
    }
    (tmp_path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    assert [(p.line, p.column) for p in faults(tmp_path)] == [(3, "day"), (3, "n")]
    fields[2]["groupChar"] = ","
    (tmp_path / "t.csv").write_text('id,day,n\n1,13/02/2021,"1,20"\n2,1/2/2021,"1,200"\n', encoding="utf-8")
    (tmp_path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    assert [(p.line, p.column, p.value) for p in faults(tmp_path)] == [(2, "n", "1,20")]
    fields[1]["format"], fields[2]["decimalChar"] = "%d %B", "abc"
    (tmp_path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    stated = [p.message for p in faults(tmp_path) if p.file == "datapackage.json"]
    assert any("format is made of" in message for message in stated)
    assert any("decimalChar is one character" in message for message in stated)


@pytest.mark.parametrize("content", [b"", b"\n", b"caf\xe9,b\n"])
def test_no_descriptor_is_guessed_from_what_is_no_table(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "t.csv").write_bytes(content)
    with pytest.raises(ValueError, match=r"t\.csv"):
        start([tmp_path / "t.csv"])
