"""`reference init` on tables as strangers save them: nothing is misread, and what is doubtful is asked."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from claimcheck.model import ReferenceRow
from claimcheck.reference import workbook
from claimcheck.reference.cells import parse_period
from claimcheck.reference.headers import split_header
from claimcheck.reference.init import Start, start
from claimcheck.reference.loading import load
from claimcheck.reference.package import Package
from claimcheck.reference.schema import UNCHECKED
from claimcheck.reference.tidy import TableError, header_period, open_sheet
from tests.commands import run
from tests.reader import ROOT, of_all
from tests.reference_case import row
from tests.test_faults import within


def begun(folder: Path, table: str | bytes, name: str = "t.csv") -> Start:
    """What is made of a table when nobody answers and the guesses are accepted, written to the folder."""
    (folder / name).write_bytes(table if isinstance(table, bytes) else table.encode("utf-8"))
    made = start([folder / name], accept=True)
    for layout in made.copies:
        layout.write()
    (folder / "datapackage.json").write_text(json.dumps(made.descriptor), encoding="utf-8")
    return made


def rows(folder: Path, table: str | bytes, name: str = "t.csv") -> list[ReferenceRow]:
    begun(folder, table, name)
    return list(load(folder).rows)


NUMBERS = [
    # cells of one column, those of another that shows how the file is written, the number of the first
    ("923.600;12.300", "1,5;2", "923600"), ("923.600;940", "1.5;2", "923.600"),
    ("923.600;12.300", "7;8", None), ("923.600;1.200.300", "7;8", "923600"),
    ("923,600;12,300", "7;8", None), ("923,600;12,300", "1.5;2", "923600"),
    ("923,600;940", "7;8", "923600"), ("0.923;1.234", "7;8", "0.923"), ("923 600,5;12", "7;8", "923600.5"),
    ("1\u00a0234;12", "7;8", "1234"), ("1'234'567;12", "7;8", "1234567"), ("923.6;12", "1,5;2", "923.6"),
    ("1.234,56;12", "7;8", "1234.56"), ("12.500;..", "1,5;2", "12500"),
]


@pytest.mark.parametrize(("cells", "others", "first"), NUMBERS)
def test_a_number_is_read_as_it_is_meant_or_not_at_all(
    tmp_path: Path, cells: str, others: str, first: str | None
) -> None:
    pairs = zip(cells.split(";"), others.split(";"), strict=True)
    table = "town;goats;sheep\n" + "".join(f"T{i};{one};{two}\n" for i, (one, two) in enumerate(pairs))
    found = [row.best for row in rows(tmp_path, table) if row.measure == "goats"]
    assert found[:1] == ([] if first is None else [Decimal(first)])


def test_what_is_doubtful_says_how_to_settle_it(tmp_path: Path) -> None:
    made = begun(tmp_path, "town;goats;day\nA;923.600;03/02/2021\nB;12.300;04/02/2021\n")
    stated = "\n".join(made.descriptor["guesses"])
    assert '"goats": 923.600 may be 923,600 or 923.600, and is not used' in stated
    assert '"groupChar": ".", "decimalChar": ","' in stated
    assert '"day": 03/02/2021 may be day and month or month and day' in stated


ENCODINGS = ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_encoding_is_recognised(tmp_path: Path, encoding: str) -> None:
    table = "city;year;inhabitants\nMünchen;2019;1484226\nKöln;2019;1087863\nDüsseldorf;2019;621877\n"
    found = rows(tmp_path, table.encode(encoding))
    assert [row.places for row in found] == [("München",), ("Köln",), ("Düsseldorf",)]
    assert (tmp_path / "t.csv").read_bytes() == table.encode(encoding)


def test_a_guessed_encoding_is_named_with_its_letters(tmp_path: Path) -> None:
    made = begun(tmp_path, "city;goats\nMünchen;3\nKöln;4\n".encode("cp1252"))
    assert any("read as cp1252" in line and "ü" in line for line in made.descriptor["guesses"])


SEPARATORS = [
    ("a,b\n1,2\n", ",", 1), ("a;b\n1,5;2\n3,5;4\n", ";", 1), ("a\tb\n1\t2\n", "\t", 1),
    ("name, in full;b;c\nx;1,5;3\ny;2,5;4\n", ";", 1), ("sep=|\na|b\n1|2\n", "|", 2),
    ('"Source","A bank",\n\n"Name","Code","2019",\n"x","y","1",\n"z","w","2",\n', ",", 2),
]  # fmt: skip


@pytest.mark.parametrize(("text", "delimiter", "above"), SEPARATORS)
def test_separators_and_headers(tmp_path: Path, text: str, delimiter: str, above: int) -> None:
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    sheet = open_sheet(tmp_path / "t.csv")
    assert (sheet.delimiter, sheet.above) == (delimiter, above)


DATED = [
    ("2018", "2018"), ("2018 [YR2018]", "2018"), ("2018-01", "2018-01"), ("2018M01", "2018-01"),
    ("01/2018", "2018-01"), ("Jan 2018", "2018-01"), ("September 2018", "2018-09"), ("Sept-2018", "2018-09"),
    ("2018Q2", "2018-04/2018-06"), ("Q4 2018", "2018-10/2018-12"), ("2018-01-31", "2018-01-31"),
    ("FY2018", None), ("Jan-18", None), ("1/22/20", None), ("population 2018", None), ("2918", None),
    ("Foo 2018", None),
]  # fmt: skip


@of_all(DATED)
def test_columns_that_are_dates(name: str, period: str | None) -> None:
    assert header_period(name) == period


WIDE = [
    ("Country,2012,2013\nLebanon,\"1,001\",..\nJordan,650,655\n",
     [("Lebanon", "2012", 1001), ("Lebanon", "2013", None), ("Jordan", "2012", 650),
      ("Jordan", "2013", 655)]),
    ("Country,Jan 2018,Feb 2018\nLebanon,5,6\n", [("Lebanon", "2018-01", 5), ("Lebanon", "2018-02", 6)]),
    ("Year,Town,Jan,Feb\n2018,Quay,5,6\n2019,Quay,7,\n",
     [("Quay", "2018-01", 5), ("Quay", "2018-02", 6), ("Quay", "2019-01", 7)]),
]  # fmt: skip


@pytest.mark.parametrize(("table", "wanted"), WIDE)
def test_months_and_years_as_columns_become_rows(
    tmp_path: Path, table: str, wanted: list[tuple[str, str, int | None]]
) -> None:
    found = rows(tmp_path, table, "refugees.csv")
    assert [(row.places[0], row.first, row.best) for row in found] == [
        (place, parse_period(when), number) for place, when, number in wanted
    ]
    assert {row.measure for row in found} == {"refugees"}


def test_months_without_a_year_are_asked(tmp_path: Path) -> None:
    (tmp_path / "rain.csv").write_text("Town,Jan,Feb\nQuay,5,6\n", encoding="utf-8")
    silent = start([tmp_path / "rain.csv"])
    assert any("may be dates, and are not used: Jan, Feb" in line for line in silent.descriptor["confirm"])
    assert silent.descriptor["vocabulary"] == {}
    stated = start([tmp_path / "rain.csv"], Answers({"the year of Jan to Feb": "2018"}))
    assert stated.readings[:2] == (
        "Quay-2018-01: rain 5; Quay; 2018-01",
        "Quay-2018-02: rain 6; Quay; 2018-02",
    )


def test_a_sentence_is_proposed_for_each_measure(tmp_path: Path) -> None:
    made = begun(tmp_path, "town,year,goats,turnout %\nA,2018,5,61\nB,2018,7,58\n")
    assert {name: entry["says"] for name, entry in made.descriptor["vocabulary"].items()} == {
        "goats": ["{n} goats in {place}"],
        "turnout": ["turnout of {n} percent in {place}"],
    }


def test_accepted_guesses_are_marked_in_every_row(tmp_path: Path) -> None:
    (tmp_path / "goals.csv").write_text("player,goals\nPelé,77\nAli Daei,108\n", encoding="utf-8")
    done = run("reference", "init", "goals.csv", "--accept-guesses", "--title", "Top scorers", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Pelé: goals 77" in done.stdout
    package = load(tmp_path)
    assert package.title == "Top scorers"
    assert {row.confidence for row in package.rows} == {UNCHECKED}


class Answers:
    """A curator who answers by the first words of a question; others stay open."""

    def __init__(self, answers: Mapping[str, str]) -> None:
        self.answers = answers

    def choose(self, question: str, choices: Mapping[str, str], guess: str | None) -> str | None:
        return next((a for words, a in self.answers.items() if question.startswith(words)), None)

    def write(self, question: str, guess: str) -> str | None:
        return self.choose(question, {}, guess)


def asked(folder: Path, answers: str) -> subprocess.CompletedProcess[str]:
    """`reference init --ask` with lines typed at its questions."""
    table = "town;goats;day\nA;923.600;03/02/2021\nB;12.300;04/02/2021\n"
    (folder / "t.csv").write_text(table, encoding="utf-8")
    command = [sys.executable, "-m", "claimcheck.cli", "reference", "init", "t.csv", "--ask"]
    return subprocess.run(command, cwd=folder, input=answers, capture_output=True, text=True)


def test_a_dialogue_settles_everything(tmp_path: Path) -> None:
    done = asked(tmp_path, "thousands\nday\n" + "\n" * 20)
    assert done.returncode == 0, done.stderr
    assert "what is 923.600" in done.stderr
    assert "A: goats 923,600; A; 2021-02-03" in done.stdout
    assert "nothing is left to confirm" in done.stdout
    assert load(tmp_path).rows[0].best == 923600


def test_answers_that_end_leave_nothing_behind(tmp_path: Path) -> None:
    done = asked(tmp_path, "thousands\n")
    assert done.returncode == 2
    assert "nothing was written" in done.stderr
    assert not (tmp_path / "datapackage.json").exists()


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("Country,2012,2013\nA,1,2\n", encoding="utf-8")
    (tmp_path / "t.tidy.csv").write_text("mine", encoding="utf-8")
    done = run("reference", "init", "t.csv", cwd=tmp_path)
    assert done.returncode == 2
    assert "t.tidy.csv is there already" in done.stderr
    assert (tmp_path / "t.tidy.csv").read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "datapackage.json").exists()


def test_a_row_that_does_not_fit_its_header_is_named(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("Country,2012,2013\nA,1,2\nof a bank\nB,3,4\n", encoding="utf-8")
    done = run("reference", "init", "t.csv", cwd=tmp_path)
    assert done.returncode == 2
    assert "t.csv:3: 1 cells; the header has 3 columns" in done.stderr
    assert not (tmp_path / "datapackage.json").exists()


@pytest.mark.parametrize("table", [b"a,b\n1,\x002\n", b"\xff\xfea\x00\n", b"id,name\n1,x\n2,\x00\n"])
def test_text_that_is_none_is_refused(tmp_path: Path, table: bytes) -> None:
    (tmp_path / "t.csv").write_bytes(table)
    with pytest.raises(TableError, match=r"t\.csv.*save the table as UTF-8"):
        start([tmp_path / "t.csv"])


UNDER = (
    "country,2019,2020\nFrance,10,11\nSpain,3,4\nZambia,,\nTotal,13,15\n\nSource: made up\n* provisional\n"
)


def test_what_stands_under_a_table_is_left_out_and_named(tmp_path: Path) -> None:
    made = begun(tmp_path, UNDER)
    assert {row.places for row in load(tmp_path).rows} == {("France",), ("Spain",)}
    stated = "what stands under the table is left out: “Total”, “Source: made up”, “* provisional”"
    assert stated in made.descriptor["guesses"]
    assert open_sheet(tmp_path / "t.csv").below == ("Total", "Source: made up", "* provisional")


HEADERS = [
    ("Spending (EUR million)", "spending", "EUR million", "2300", "In 2020, Arvia spent 2.3 billion euros."),
    ("GDP growth (%)", "gdp growth", "%", "-2.1", "GDP growth in Arvia was -2.1 per cent in 2020."),
    (
        "revenue_eur_million", "revenue", "EUR million", "70",
        "In 2020 the revenue of Arvia was 70 million euros.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("header", "measure", "unit", "cell", "text"), HEADERS)
def test_a_unit_in_a_header_is_the_unit(
    tmp_path: Path, header: str, measure: str, unit: str, cell: str, text: str
) -> None:
    made = begun(tmp_path, f'Country,Year,"{header}",Deaths\nArvia,2020,{cell},4\nBelland,2020,1,5\n')
    stated = {(row.measure, row.unit) for row in load(tmp_path).rows}
    assert (measure, unit) in stated
    assert any(f'the unit of "{header}": {unit}' in line for line in made.descriptor["guesses"])
    assert any(f"{cell_shown(cell)} {unit}" in reading for reading in made.readings)
    done = run("reference", "try", str(tmp_path), text, "--date", "2021-09-15")
    assert "likely supported" in done.stdout or "✓ supported" in done.stdout, done.stdout


def cell_shown(cell: str) -> str:
    return f"{Decimal(cell):,f}"


@pytest.mark.parametrize(
    "header",
    ["Deaths (estimate)", "Fatalities (min)", "Total (2020)", "Score (1-10)", "cases_min", "Cases in Tarn",
     "Deaths per 100,000", "km2", "Killed (civilians)"],
)  # fmt: skip
def test_what_is_no_unit_stays_in_the_name(header: str) -> None:
    assert split_header(header) == (header, None)


def test_a_table_that_is_none_is_neither_waited_for_nor_read_to_its_end(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(OSError, match="this is no file of data but a pipe"):
        open_sheet(tmp_path / "pipe.csv")
    for size, stated in ((20_000_000_000, "20,000,000,000 bytes, more than"), (1_000_000_000, "holds NUL")):
        (tmp_path / "large.csv").touch()
        os.truncate(tmp_path / "large.csv", size)
        with pytest.raises(TableError, match=stated):
            open_sheet(tmp_path / "large.csv")


# --- Exports that need no guess: HXL hashtags, ACLED, UCDP GED, charts of Our World in Data ---


EXPORTS = ROOT / "tests" / "gold" / "exports"


def made(folder: Path, table: str) -> Package:
    """The package that `reference init` makes of an export, with nothing confirmed by hand."""
    shutil.copy(EXPORTS / f"{table}.csv", folder / "export.csv")
    done = run("reference", "init", "export.csv", "--accept-guesses", cwd=folder)
    assert done.returncode == 0, done.stderr
    return load(folder)


def left_to_confirm(folder: Path) -> list[str]:
    """What the header of the export does not say."""
    return list(start([folder / "export.csv"]).descriptor.get("confirm", []))


def test_acled(tmp_path: Path) -> None:
    package = made(tmp_path, "acled")
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
    package = made(tmp_path, "ged")
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
    package = made(tmp_path, "chart")
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
    package = made(tmp_path, "tagged")
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


def test_a_text_that_many_cells_share_fills_no_disk(tmp_path: Path) -> None:
    made = book(tmp_path / "a.xlsx", hit=[["a" * 32_000] * 100] * 100)  # 2 kB packed, 320 MB as CSV
    with pytest.raises(TableError, match="unpacked it is larger"):
        workbook.as_csv([made])


def test_on_a_full_disk_no_half_of_a_sheet_is_left(tmp_path: Path) -> None:
    made = book(tmp_path / "a.xlsx", hit=[ROWS[0][:4], *([ROWS[1]] * 5_000)])

    def work() -> None:
        done = run("reference", "init", str(made))
        assert done.returncode == 2, done.stderr
        assert "would be larger" in done.stderr

    within(20_000, work)
    assert [file.name for file in tmp_path.iterdir()] == ["a.xlsx"]
