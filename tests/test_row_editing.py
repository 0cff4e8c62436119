"""A row added to a table, or mended: the bytes that change, and the faults that are named."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from claimcheck.reference.editing import EditError, Sheet, Splice, table_of, tried, write
from claimcheck.reference.loading import read_descriptor
from claimcheck.reference.problems import PackageError
from claimcheck.review.row_edits import RowEdits
from tests.ratchet import PACKAGES
from tests.review_case import REFERENCE

PACKAGE = {
    "name": "small",
    "resources": [
        {
            "name": "figures",
            "path": "figures.csv",
            "schema": {"fields": [{"name": n, "type": "string"} for n in ("id", "place", "best", "note")]},
            "claimcheck": {"kind": "figures", "key": "id", "measure": {"constant": "boats"}, "best": "best"},
        }
    ],
    "vocabulary": {"boats": {"words": ["boat"], "type": "flow"}},
}


def small(folder: Path, table: bytes, delimiter: str = ",") -> Sheet:
    stated = json.loads(json.dumps(PACKAGE))
    stated["resources"][0]["dialect"] = {"delimiter": delimiter}
    (folder / "datapackage.json").write_text(json.dumps(stated))
    (folder / "figures.csv").write_bytes(table)
    return Sheet.of(folder, table_of(folder, "figures"))


ROW = {"id": "B3", "place": 'The "Hook"', "best": "7", "note": ""}


@pytest.mark.parametrize(
    ("table", "delimiter", "written"),
    [
        (b"id,place,best,note\nB1,Hook,5,x\n", ",", b'B3,"The ""Hook""",7,\n'),
        (b"id;place;best;note\r\nB1;Hook;5;x\r\n", ";", b'B3;"The ""Hook""";7;\r\n'),
        (b'id,place,best,note\nB1,"a, b",5,x', ",", b'\nB3,"The ""Hook""",7,\n'),
        (b'id,place,best,note\n"B1","Hook","5","x"\n', ",", b'"B3","The ""Hook""","7",""\n'),
        (b"\xef\xbb\xbfnote,best,place,id\nx,5,Hook,B1\n", ",", b',7,"The ""Hook""",B3\n'),
        (b"id,place,best,note\n", ",", b'B3,"The ""Hook""",7,\n'),
    ],
    ids=["plain", "semicolons", "no newline at the end", "all quoted", "mark and order", "no row yet"],
)
def test_a_row_is_added_as_the_file_writes_its_own(
    tmp_path: Path, table: bytes, delimiter: str, written: bytes
) -> None:
    splice = small(tmp_path, table, delimiter).added(ROW)
    write(tmp_path, [splice])
    file = tmp_path / "figures.csv"
    assert file.read_bytes() == table + written
    assert table_of(tmp_path, "figures").path == file.name
    write(tmp_path, [splice.turned()])
    assert file.read_bytes() == table


def test_a_cell_is_mended_and_every_other_byte_stays(tmp_path: Path) -> None:
    table = b'id,place,best,note\r\nB1,"Hook",5,"two\nlines"\r\nB2,Quay,"6",\r\n'
    sheet = small(tmp_path, table)
    assert sheet.row("B1") == {"id": "B1", "place": "Hook", "best": "5", "note": "two\nlines"}
    splices = [sheet.mended("B2", {"best": "8"}), sheet.mended("B1", {"note": "one"})]
    write(tmp_path, splices)
    assert (tmp_path / "figures.csv").read_bytes() == table.replace(b'"6"', b'"8"').replace(
        b'"two\nlines"', b'"one"'
    )
    with pytest.raises(EditError, match="no row has the key 'B9'"):
        sheet.mended("B9", {})


@pytest.mark.parametrize("folder", PACKAGES, ids=lambda folder: folder.name)
def test_of_every_table_each_row_is_found_and_nothing_changes_unasked(folder: Path) -> None:
    for resource in read_descriptor(folder).resources:
        sheet = Sheet.of(folder, resource)
        for _, key in sheet.rows[:40]:
            assert key is not None
            splice = sheet.mended(key, sheet.row(key)) if resource.roles.get("key") else None
            assert splice is None or splice.old == splice.new


def test_what_the_loader_refuses_is_not_written(tmp_path: Path) -> None:
    package = tmp_path / "package"
    shutil.copytree(REFERENCE, package)
    sheet = Sheet.of(package, table_of(package, "figures"))
    before = (package / "figures.csv").read_bytes()
    assert sheet.next_key() == "F107"
    assert replace(sheet, rows=((2, "F" + "9" * 5_000),)).next_key().startswith("F999")
    splice = sheet.added({"figure_id": "F001", "measure": "goats", "best": "many", "source_id": "S072"})
    with pytest.raises(PackageError) as refused, tried(package, [splice]):
        pass
    line = before.count(b"\n") + 1
    stated = str(refused.value)
    assert f"""figures.csv:{line}, column "best": 'many': """ in stated
    assert f"figures.csv:{line}, column \"figure_id\": 'F001': duplicate key; line 2 has it too" in stated
    assert str(package) in stated
    with pytest.raises(PackageError):
        write(package, [splice])
    assert (package / "figures.csv").read_bytes() == before


@pytest.mark.parametrize(
    ("meanwhile", "left"),
    [
        (b"AB1,Hook,6\n", None),
        (b"B0,Hook,9\r\nB1,Hook,6", b"B0,Hook,9\r\nB1,Hook,5"),
        (b"B1,Hook,6\nB1,Hook,6\n", b"B1,Hook,5\nB1,Hook,6\n"),
    ],
    ids=["it began before", "the last one", "twice"],
)
def test_what_is_taken_back_is_a_whole_row(meanwhile: bytes, left: bytes | None) -> None:
    head = b"id,place,best\n"
    splice = Splice("t.csv", len(head), "B1,Hook,5", "B1,Hook,6", 2).turned()
    if left is None:
        with pytest.raises(EditError, match="line 2: the file was changed there since"):
            splice.put(head + meanwhile)
    else:
        assert splice.put(head + meanwhile) == head + left


def test_a_row_that_cannot_be_noted_is_not_written(tmp_path: Path) -> None:
    table = b"id,place,best,note\nB1,Hook,5,x\n"
    package = tmp_path / "package"
    package.mkdir()
    splice = small(package, table).added(ROW)
    edits = RowEdits(tmp_path / "row_edits.jsonl")
    edits.file.mkdir()
    with pytest.raises(EditError, match=r"row_edits\.jsonl: "):
        edits.make("Amal", package, "added a row", [splice])
    assert sorted(file.name for file in package.iterdir()) == ["datapackage.json", "figures.csv"]
    assert (package / "figures.csv").read_bytes() == table


def test_lines_that_note_no_edit_are_passed_over(tmp_path: Path) -> None:
    edits = RowEdits(tmp_path / "row_edits.jsonl")
    small(tmp_path, b"id,place,best,note\n")
    made = edits.make("Amal", tmp_path, "added a row", [Splice("figures.csv", 19, "", "B1,,1,\n", 2)])
    line = edits.file.read_text()
    odd = ["[" * 100_000, "[]", "null", line.replace('"Amal"', "5"), line.replace("19", '"19"')]
    edits.file.write_text("\n".join([*odd, line]))
    assert edits.all() == [made]


def test_no_file_outside_of_the_package_is_read_or_written(tmp_path: Path) -> None:
    (tmp_path / "figures.csv").write_text("id,place,best,note\n")
    folder = tmp_path / "package"
    folder.mkdir()
    small(folder, b"id,place,best,note\n")
    stated = (folder / "datapackage.json").read_text()
    (folder / "datapackage.json").write_text(stated.replace('"figures.csv"', '"../figures.csv"'))
    for act in (
        lambda: Sheet.of(folder, table_of(folder, "figures")),
        lambda: write(folder, [Splice("../figures.csv", 19, "", "B1,,1,\n", 2)]),
    ):
        with pytest.raises(EditError, match="no such file in the package's folder"):
            act()
    assert (tmp_path / "figures.csv").read_text() == "id,place,best,note\n"


def test_what_others_changed_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    sheet = small(tmp_path, b"id,place,best,note\nB1,Hook,5,x\nB2,Quay,6,y\n")
    mended = sheet.mended("B2", {"best": "9"})
    file = tmp_path / "figures.csv"
    file.write_bytes(file.read_bytes().replace(b"B1,Hook", b"B1,Long Hook"))  # rows before it grew
    write(tmp_path, [mended])
    assert file.read_bytes().endswith(b"B1,Long Hook,5,x\nB2,Quay,9,y\n")
    with pytest.raises(EditError, match=r"figures\.csv, line 3: the file was changed there since"):
        write(tmp_path, [mended])
    with pytest.raises(EditError, match="changed there since"):
        Splice("figures.csv", 3, "", "B4,,1,\n", 4).put(file.read_bytes())
