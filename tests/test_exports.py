"""Exports that need no guess: HXL hashtags, ACLED, UCDP GED, charts of Our World in Data. Invented rows."""

from __future__ import annotations

import sys
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from claimcheck.reference import workbook
from claimcheck.reference.cells import parse_period
from claimcheck.reference.init import start
from claimcheck.reference.loading import load
from claimcheck.reference.package import Package
from claimcheck.reference.tidy import TableError
from tests.commands import run
from tests.reference_case import row
from tests.test_faults import within

ACLED = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,actor2,"
    "region,country,admin1,admin2,admin3,location,latitude,longitude,source,notes,fatalities\n"
    "CAR1,13 March 2021,2021,1,Political violence,Battles,Armed clash,North Band,South Band,"
    'R,Carland,Brook,Quay,,Alder Quay,1.0,2.0,Wire,"On 13 March 2021, the bands clashed. 4 died.",4\n'
    "CAR2,15 April 2021,2021,3,Political violence,Violence against civilians,Attack,North Band,"
    "Civilians (Carland),R,Carland,Brook,Quay,,Upper Mill,1.0,2.0,Wire,A farmer was shot.,1\n"
    "CAR3,2021-05-12,2021,2,Demonstrations,Protests,Peaceful protest,Protesters (Carland),,"
    "R,Carland,Brook,Quay,,Upper Mill,1.0,2.0,Wire,A march.,0\n"
)
GED = (
    "id,year,type_of_violence,conflict_name,side_a,side_b,source_article,source_headline,where_prec,"
    "where_coordinates,adm_1,adm_2,country,date_prec,date_start,date_end,deaths_civilians,best,high,low\n"
    '7,2015,1,Carland: Government,Government of Carland,North Band,"Wire, 3 March 2015",Ten die at the quay,'
    "1,Alder Quay town,Brook,Quay district,Carland,1,2015-03-02 00:00:00.000,2015-03-02 00:00:00.000,"
    "3,10,12,8\n"
    '8,2015,3,,North Band,Civilians,"Wire, 9 June 2015",Killings,5,Brook,Brook,,Carland,4,'
    "2015-06-01 00:00:00.000,2015-06-30 00:00:00.000,5,5,9,4\n"
)
CHART = (
    "Entity,Code,Year,Life expectancy (years),Share of adults who smoke (% of adults)\n"
    "Kenya,KEN,2019,62.9,11\nKenya,KEN,2020,62.7,\nWorld,OWID_WRL,2020,72.0,22.3\n"
)
TAGGED = (
    "Day,Province,Province code,Dead,Women dead,Hurt from,Hurt to,Kind,Told by\n"
    "#date+start,#adm1+name,#adm1+code,#affected+killed,#affected+killed+f,"
    "#affected+injured+min,#affected+injured+max,#event+type,#meta+source\n"
    "2018-01-02,Brook,C01,12,3,20,30,Flood,Wire\n2018-01-03,Quay,C02,4,,,,Fire,Wire\n"
)


def made(folder: Path, table: str) -> Package:
    """The package that `reference init` makes of a table, with nothing confirmed by hand."""
    (folder / "export.csv").write_text(table, encoding="utf-8")
    done = run("reference", "init", "export.csv", "--accept-guesses", cwd=folder)
    assert done.returncode == 0, done.stderr
    return load(folder)


def left_to_confirm(folder: Path) -> list[str]:
    """What the header of the export does not say."""
    return list(start([folder / "export.csv"]).descriptor.get("confirm", []))


def test_acled(tmp_path: Path) -> None:
    package = made(tmp_path, ACLED)
    battle = row(package, "export:CAR1", "people killed")
    assert (battle.best, battle.actor) == (4, "North Band|South Band")
    assert battle.places == ("Alder Quay", "Quay", "Brook", "Carland")
    assert (battle.first, battle.last) == (parse_period("2021-03-13"), parse_period("2021-03-13"))
    assert (battle.source, battle.quote) == ("Wire", "On 13 March 2021, the bands clashed. 4 died.")
    assert battle.label == "Armed clash, Battles"
    attack, march = row(package, "export:CAR2"), row(package, "export:CAR3")
    assert (attack.actor, attack.first) == ("North Band", parse_period("2021-04"))
    assert march.first == parse_period("2021-05-09/2021-05-15")
    assert left_to_confirm(tmp_path) == []


def test_ucdp_ged(tmp_path: Path) -> None:
    package = made(tmp_path, GED)
    battle = row(package, "export:7", "people killed")
    assert (battle.low, battle.best, battle.high) == (8, 10, 12)
    assert battle.places == ("Alder Quay town", "Quay district", "Brook", "Carland")
    assert battle.actor == "Government of Carland|North Band"
    assert (battle.first, battle.source) == (parse_period("2015-03-02"), "Wire, 3 March 2015")
    assert (battle.quote, battle.label) == (
        "Ten die at the quay",
        "state-based conflict, Carland: Government",
    )
    month = row(package, "export:8", "civilians killed")
    assert (month.best, month.actor, month.first) == (5, "North Band", parse_period("2015-06"))
    civilians = next(m for m in package.vocabulary if m.name == "civilians killed")
    assert civilians.part_of == "people killed"
    assert left_to_confirm(tmp_path) == []


def test_our_world_in_data(tmp_path: Path) -> None:
    package = made(tmp_path, CHART)
    life = [r for r in package.rows if r.measure == "Life expectancy"]
    assert [(r.row_id, r.places, r.best, r.unit) for r in life][:2] == [
        ("Kenya-2019", ("Kenya",), Decimal("62.9"), "years"),
        ("Kenya-2020", ("Kenya",), Decimal("62.7"), "years"),
    ]
    assert life[0].first == parse_period("2019")
    smoking = [r for r in package.rows if r.measure == "Share of adults who smoke"]
    assert [(r.best, r.unit) for r in smoking] == [
        (11, "percent"),
        (None, "percent"),
        (Decimal("22.3"), "percent"),
    ]
    assert all("words" in line for line in left_to_confirm(tmp_path))


def test_hashtags(tmp_path: Path) -> None:
    package = made(tmp_path, TAGGED)
    flood = package.rows[1]
    assert (flood.measure, flood.best, flood.places) == ("people killed", 12, ("Brook",))
    assert (flood.first, flood.label, flood.source) == (parse_period("2018-01-02"), "Flood", "Wire")
    hurt = package.rows[2]
    assert (hurt.measure, hurt.low, hurt.high) == ("people injured", 20, 30)
    assert flood.raw["Women dead"] == "3"
    assert "#adm1+name" not in (tmp_path / "export.tidy.csv").read_text(encoding="utf-8")
    assert left_to_confirm(tmp_path) == []


# --- Workbooks ---


ROWS = [
    ["date", "town", "killed", "share", None],
    [date(2021, 6, 3), "Alder Quay", 2.0, 0.5],
    [None, None],
    [datetime(2021, 7, 8, 14, 30), "Zażółć, the Bay", 4, None],
]
AS_CSV = 'date,town,killed,share\n2021-06-03,Alder Quay,2,0.5\n2021-07-08T14:30:00,"Zażółć, the Bay",4,\n'


def book(path: Path, **sheets: list[list[object]]) -> Path:
    """A workbook with these sheets; one whose name begins with "hidden" is."""
    made = Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        sheet.sheet_state = "hidden" if title.startswith("hidden") else "visible"
        for cells in rows:
            sheet.append(cells)
    made.save(path)
    return path


def test_cells_are_written_as_a_package_writes_them(tmp_path: Path) -> None:
    path = book(tmp_path / "Fires 2021.xlsx", fires=ROWS, empty=[], hidden=[["n"], [1]])
    (table,) = workbook.as_csv([path])
    assert table.name == "fires_2021.csv"
    assert table.read_text(encoding="utf-8").replace("\r\n", "\n") == AS_CSV
    with pytest.raises(FileExistsError):
        workbook.as_csv([path])


def test_init_makes_a_package_of_the_sheets(tmp_path: Path) -> None:
    rows = [row[:3] for row in ROWS[:2]]
    path = book(tmp_path / "t.xlsx", fires=rows, floods=rows)
    done = run("reference", "init", str(path))
    assert done.returncode == 0, done.stderr
    assert {file.name for file in tmp_path.iterdir()} == {
        "t.xlsx", "t_fires.csv", "t_floods.csv", "datapackage.json"
    }  # fmt: skip
    again = run("reference", "init", str(path))
    assert (again.returncode, "is there already" in again.stderr) == (2, True)


def test_what_is_no_workbook_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(b"a,b\n1,2\n")
    with pytest.raises(TableError, match=r"t\.xlsx: no workbook that can be read"):
        workbook.as_csv([path])
    with pytest.raises(TableError, match="no visible sheet holds anything"):
        workbook.as_csv([book(path, empty=[])])
    monkeypatch.setattr(workbook, "MOST_BYTES", 100)
    with pytest.raises(TableError, match="unpacked it is larger"):
        workbook.as_csv([path])
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(TableError, match=r"install openpyxl.*, or save each sheet as CSV"):
        workbook.as_csv([path])


def test_on_a_full_disk_no_half_of_a_sheet_is_left(tmp_path: Path) -> None:
    made = book(tmp_path / "a.xlsx", hit=[ROWS[0][:4], *([ROWS[1]] * 5_000)])

    def work() -> None:
        done = run("reference", "init", str(made))
        assert done.returncode == 2, done.stderr
        assert "would be larger" in done.stderr

    within(20_000, work)
    assert [file.name for file in tmp_path.iterdir()] == ["a.xlsx"]
