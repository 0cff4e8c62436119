"""The parts of reference packages: dates, names, `reference show` and `reference init`."""

from __future__ import annotations

import json
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.model import Period
from claimcheck.names import folded
from claimcheck.reference.cells import parse_period
from claimcheck.reference.init import init_descriptor
from claimcheck.reference.loading import load
from claimcheck.reference.show import describe
from tests.reference_case import faults, write

# --- dates and names ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2018-01-25", "2018-01-25", "2018-01-25"),
        ("2018-02", "2018-02-01", "2018-02-28"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2018", "2018-01-01", "2018-12-31"),
        ("2018-01/2018-03", "2018-01-01", "2018-03-31"),
        ("2017-12-15/2018-01", "2017-12-15", "2018-01-31"),
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
        ("Al-Ḩirāk", "hirak", True),
        ("‘Irbīn", "Irbin", True),
        ("The Day After", "day after", True),
        ("O’Hara", "O'Hara", True),
        ("Khan–Town", "khan town", True),
        ("U.N.", "UN", True),
        ("دُومَا", "دوما", True),
        ("دوـــما", "دوما", True),
        ("STRASSE", "straße", True),
        ("Łódź", "Lodz", True),
        ("Al", "al", True),
        ("Alder", "der", False),
        ("Theodosia", "odosia", False),
        ("Khan al-Assal", "Khan Assal", False),
        ("Upper Mill", "Lower Mill", False),
    ],
)
def test_two_spellings_of_a_name(one: str, other: str, same: bool) -> None:
    assert (folded(one) == folded(other)) is same


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(name: str) -> None:
    once = folded(name)
    assert folded(once) == once
    assert not any(unicodedata.category(c) == "Mn" for c in once)
    assert once == " ".join(once.split())


@given(st.text(alphabet=st.characters(codec="ascii"), max_size=20))
def test_case_and_hyphens_do_not_tell_names_apart(name: str) -> None:
    assert folded(name.upper()) == folded(name.lower()) == folded(name.replace(" ", "-"))


# --- show and init -----------------------------------------------------------------------------------


def test_describing_counts_rows_measures_and_sources(tmp_path: Path) -> None:
    parts = describe(load(write(tmp_path)))
    [package] = parts["package"]
    assert (package["name"], package["rows"]) == ("river", 2 + 6 + 2 + 3 + 2)
    assert {line["name"]: line["rows"] for line in parts["resources"]} == {
        "places": 5, "groups": 1, "happenings": 2, "figures": 3, "raids": 2,
    }  # fmt: skip
    measures = {line["name"]: line for line in parts["measures"]}
    assert measures["people housed"]["period"] == "2015-03-01/2015-05-31"
    assert (measures["people killed"]["rows"], measures["people hurt"]["rows"]) == (2, 1)
    assert {line["id"]: line["rows"] for line in parts["sources"]} == {"S1": 3 + 2 - 1 + 2, "S2": 2}


STARTS: list[tuple[str, str, dict[str, object]]] = [
    # a table, the kind that is guessed, roles of its block
    ("id,date,killed_low,killed_high,injured,town\n1,2015-01-02,1,2,3,Quay\n2,2015-01-02,0,0,,Quay\n",
     "incidents", {"key": "id", "start": "date", "place": "town"}),
    ("id,date,killed,town,province,country\n1,2015-01-02,1,Quay,Brook,Carland\n2,2015-01-03,2,Mill,Brook,Carland\n",
     "incidents", {"place": ["town", "province", "country"], "counted_as": "incident"}),
    ("id,country,report_date,cumulative_cases\n1,Carland,2015-01-02,10\n2,Carland,2015-01-09,12\n", "figures",
     {"measure": {"constant": "cases"}, "best": "cumulative_cases", "as_of": "report_date"}),
    ("id,country,date,cases,deaths\n1,A,2015-01-02,10,1\n2,A,2015-01-03,12,1\n3,A,2015-01-04,15,2\n"
     "4,B,2015-01-02,3,0\n5,B,2015-01-03,3,1\n6,B,2015-01-04,4,1\n",
     "figures", {"measure": {"constant": "cases"}, "best": "cases", "as_of": "date", "place": "country"}),
    ("id,place,country,date,max_temperature_c,rainfall_mm\n1,Quay,Carland,2015-01-02,40.5,\n"
     "2,Mill,Carland,2015-01-02,,12\n",
     "figures", {"measure": {"constant": "max temperature c"}, "best": "max_temperature_c",
                 "place": ["place", "country"]}),
    ("id,population,country,as_of,people\n1,refugees,Carland,2015-01-02,1000\n"
     "2,displaced,Carland,2015-01-02,20\n",
     "figures", {"measure": "population", "best": "people", "as_of": "as_of", "place": "country"}),
    ("id,name,aliases,within\n1,Carland,,\n2,Quay,Kaye|Quai,1\n", "gazetteer",
     {"names": ["name", "aliases"], "within": "within"}),
    ("country,indicator,value\nCarland,rain,5.5\nBorland,snow,6\n", "figures",
     {"key": "country", "measure": "indicator", "best": "value"}),
    ("code,name,start_date,end_date\nx,Flood,2015-01,2015-02\ny,Fire,2016-01,2016-02\n", "events",
     {"key": "code", "names": "name", "start": "start_date", "end": "end_date"}),
    ("id;name;lat\n1;Quay;5.5\n2;Mill;6.5\n", "gazetteer", {"key": "id", "names": "name"}),
    ("id,title,url\n1,Survey,https://example.org\n", "sources",
     {"key": "id", "title": "title", "url": "url"}),
]  # fmt: skip


@pytest.mark.parametrize(("table", "kind", "roles"), STARTS)
def test_a_first_descriptor_loads_once_a_person_has_confirmed_it(
    tmp_path: Path, table: str, kind: str, roles: dict[str, object]
) -> None:
    (tmp_path / "my table.csv").write_text(table, encoding="utf-8")
    descriptor = init_descriptor(tmp_path / "my table.csv")
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


def test_columns_of_numbers_are_measures_each(tmp_path: Path) -> None:
    table = "id,day,country,party,votes,vote_share,seats_low,seats_high\n1,2015-01-02,A,P,10,60.5,3,4\n"
    (tmp_path / "results.csv").write_text(table, encoding="utf-8")
    descriptor = init_descriptor(tmp_path / "results.csv")
    blocks = {r["name"]: r["claimcheck"] for r in descriptor["resources"]}
    assert list(blocks) == ["results_votes", "results_vote_share", "results_seats"]
    assert blocks["results_vote_share"]["unit"] == {"constant": "percent"}
    assert (blocks["results_seats"]["low"], blocks["results_seats"]["high"]) == ("seats_low", "seats_high")
    assert {block["actor"] for block in blocks.values()} == {"party"}


SPREADSHEETS = [
    # cells of a column, its type, what its Table Schema says, its first cell as the loader reads it
    (["13/02/2021", "03/03/2021"], "date", {"format": "%d/%m/%Y"}, "2021-02-13"),
    (["02/13/2021", "3/1/2021"], "date", {"format": "%m/%d/%Y"}, "2021-02-13"),
    (["03.02.2021", "4.3.2021"], "date", {"format": "%d.%m.%Y"}, "2021-02-03"),
    (["2021/02/03"], "date", {"format": "%Y/%m/%d"}, "2021-02-03"),
    (["61.5%", "58 %"], "number", {"bareNumber": False}, "61.5"),
    (["$1,200.50", "$900"], "number", {"groupChar": ",", "bareNumber": False}, "1200.50"),
    (["1.200,5", "30"], "number", {"groupChar": ".", "decimalChar": ","}, "1200.5"),
    (["12,5", "30"], "number", {"decimalChar": ","}, "12.5"),
    (["12,300", "940"], "number", {"groupChar": ","}, "12300"),
    (["03/02/2021", "04/03/2021"], "string", {}, "03/02/2021"),
    (["S1", "S2"], "string", {}, "S1"),
    (["1,2,3", "4"], "string", {}, "1,2,3"),
    (["2021-02-13"], "date", {}, "2021-02-13"),
]


@pytest.mark.parametrize(("cells", "kind", "said", "first"), SPREADSHEETS)
def test_cells_as_spreadsheets_write_them(
    tmp_path: Path, cells: list[str], kind: str, said: dict[str, object], first: str
) -> None:
    rows = "".join(f'{i};"{cell}"\n' for i, cell in enumerate(cells))
    (tmp_path / "t.csv").write_text("id;x\n" + rows, encoding="utf-8")
    descriptor = init_descriptor(tmp_path / "t.csv")
    field = descriptor["resources"][0]["schema"]["fields"][1]
    assert field == {"name": "x", "type": kind, **said}
    assert any('"x"' in line and "written" in line for line in descriptor["confirm"]) == bool(said)
    descriptor["resources"][0]["claimcheck"] = {
        "kind": "gazetteer",
        "key": "id",
        "names": "x",
        "entity": "place",
    }
    del descriptor["confirm"]
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    assert load(tmp_path).rows[0].name == first


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
    told = [p.message for p in faults(tmp_path) if p.file == "datapackage.json"]
    assert any("format is made of" in message for message in told)
    assert any("decimalChar is one character" in message for message in told)


def test_a_header_names_each_column_once(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("id,day,day,\n1,2,3,4\n", encoding="utf-8")
    with pytest.raises(ValueError, match="column 4: has no name") as told:
        init_descriptor(tmp_path / "t.csv")
    assert "column 3: 'day': column 2 has this name too" in str(told.value)


def test_signs_in_cells_are_units(tmp_path: Path) -> None:
    table = "id,date,town,revenue,turnout\n1,2021-02-13,Vigo,€1200.5,61.5%\n2,2021-03-01,Tarn,€900,58%\n"
    (tmp_path / "t.csv").write_text(table, encoding="utf-8")
    blocks = [r["claimcheck"] for r in init_descriptor(tmp_path / "t.csv")["resources"]]
    assert [block["unit"]["constant"] for block in blocks] == ["EUR", "percent"]


def test_several_tables_are_one_package(tmp_path: Path) -> None:
    (tmp_path / "places.csv").write_text("id,name,within\n1,Carland,\n2,Quay,1\n", encoding="utf-8")
    (tmp_path / "strikes.csv").write_text("id,date,killed,town\n1,2015-01-02,3,Quay\n", encoding="utf-8")
    descriptor = init_descriptor(tmp_path / "places.csv", tmp_path / "strikes.csv")
    assert [r["claimcheck"]["kind"] for r in descriptor["resources"]] == ["gazetteer", "incidents"]
    assert descriptor["resources"][1]["claimcheck"]["counted_as"] == "strike"
    assert any(line.startswith("strikes.csv: ") for line in descriptor["confirm"])
    del descriptor["confirm"]
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    assert len(load(tmp_path).rows) == 4


def test_a_measure_may_be_called_as_its_column(tmp_path: Path) -> None:
    table = "id,date,town,survivors,people\n1,2015-01-02,Quay,3,4\n"
    (tmp_path / "crashes.csv").write_text(table, encoding="utf-8")
    numbers = {"survivors", "people"}
    package = {
        "name": "crashes",
        "vocabulary": {"survivors": {"words": ["survive"], "type": "flow"}},
        "resources": [
            {
                "name": "crashes",
                "path": "crashes.csv",
                "schema": {
                    "fields": [
                        {"name": n, "type": "integer" if n in numbers else "string"}
                        for n in table.splitlines()[0].split(",")
                    ]
                },
                "claimcheck": {
                    "kind": "incidents", "key": "id", "start": "date", "place": "town",
                    "measures": [{"measure": "survivors", "unit": "people", "best": "survivors"}],
                },
            }
        ],
    }  # fmt: skip
    (tmp_path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    [found] = [r for r in load(tmp_path).rows if r.measure is not None]
    assert (found.measure, found.unit, found.best) == ("survivors", "people", 3)


@pytest.mark.parametrize("content", [b"", b"\n", b"caf\xe9,b\n"])
def test_no_descriptor_is_guessed_from_what_is_no_table(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "t.csv").write_bytes(content)
    with pytest.raises(ValueError, match=r"t\.csv"):
        init_descriptor(tmp_path / "t.csv")
