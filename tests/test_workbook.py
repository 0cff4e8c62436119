"""Workbooks: each visible sheet as a CSV file that a package can hold, or a sentence that says what to do."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from claimcheck.reference import workbook
from claimcheck.reference.tidy import TableError
from tests.commands import run
from tests.test_faults import within

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
        for row in rows:
            sheet.append(row)
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
