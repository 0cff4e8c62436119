"""Packages that do not load: every fault with its file, line, column and value."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.reference.loading import load
from claimcheck.reference.problems import PackageError
from claimcheck.reference.tidy import TableError, open_sheet
from tests.reader import gold
from tests.reference_case import FILES, TABLES, faults, row, write

# --- what does not: the tables -----------------------------------------------------------------------

GOLD = gold("package_faults")
TOO_LONG = {
    "file": "figures.csv", "old": "P2,S1,", "new": "P2,S1," + "a" * 20_000_001, "line": 5,
    "words": "more than 20,000,000 bytes",
}  # fmt: skip
each_of = partial(pytest.mark.parametrize, "fault", ids=lambda f: f"{f['words']}-{f.get('value')}")


@each_of([*GOLD["cell"], TOO_LONG])
def test_a_fault_in_a_table_is_named_with_its_place(tmp_path: Path, fault: dict[str, Any]) -> None:
    found = faults(write(tmp_path, {fault["file"]: [(fault["old"], fault["new"])]}))
    here = [(p.file, p.line, p.column, p.value) for p in found]
    assert tuple(map(fault.get, ("file", "line", "column", "value"))) in here, found
    there = [p for p in found if (p.line, p.column) == (fault.get("line"), fault.get("column"))]
    assert any(fault["words"] in p.message for p in there)


def test_every_fault_is_in_one_report(tmp_path: Path) -> None:
    edits = {
        "sources.csv": [("S2,Census", "S1,Census")],
        "places.csv": [(",Carland,S1", ",Atlantis,S1")],
        "figures.csv": [("1200", "many"), ("10,12,20", "30,12,20"), ("P2,S1", "P9,S9")],
        "raids.csv": [("2015-06-01", "2015-13-01")],
        "datapackage.json": [('"kind": "figures",', '"kind": "figures", "colour": "red",')],
    }
    found = faults(write(tmp_path, edits))
    assert {(p.file, p.line if p.file.endswith("csv") else 0, p.value) for p in found} >= {
        ("sources.csv", 3, "S1"), ("places.csv", 3, "Atlantis"), ("figures.csv", 2, "many"),
        ("figures.csv", 5, "30 > 20"), ("figures.csv", 5, "P9"), ("figures.csv", 5, "S9"),
        ("raids.csv", 2, "2015-13-01"), ("datapackage.json", 0, "colour"),
    }  # fmt: skip
    assert found[0].file == "datapackage.json", "the descriptor's faults come first"


def test_a_missing_measure_is_named_once_however_many_rows_have_it(tmp_path: Path) -> None:
    edits = {"datapackage.json": [('"people housed"', '"people sheltered"')]}
    found = faults(write(tmp_path, edits))
    assert [(p.file, p.line, p.column, p.value) for p in found] == [
        ("figures.csv", 2, "what", "people housed")
    ]


def test_a_measure_with_a_fault_is_not_said_to_be_missing(tmp_path: Path) -> None:
    edits = {"datapackage.json": [('"type": "stock"', '"type": "weekly"')]}
    found = faults(write(tmp_path, edits))
    assert [(p.file, p.value) for p in found] == [("datapackage.json", "weekly")]


@pytest.mark.parametrize("upwards", [True, False])
def test_a_chain_of_places_that_is_too_long_is_named_once(tmp_path: Path, upwards: bool) -> None:
    chain = [f"L{i},Level {i},,{f'L{i - 1}' if i else 'P3'},\n" for i in range(120)]
    added = "".join(chain if upwards else reversed(chain))
    found = faults(write(tmp_path, {"places.csv": [("P4,Upper Mill", added + "P4,Upper Mill")]}))
    assert [p.file for p in found] == ["places.csv"]
    assert "levels deep; 50 are the most" in found[0].message


def test_text_that_is_not_utf8_is_named_by_its_byte(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "groups.csv").write_bytes(b"id,name,founded\nO1,Caf\xe9 Circle,1998\n")
    [fault] = faults(tmp_path)
    assert (fault.file, fault.line, fault.value) == ("groups.csv", 2, "0xe9")
    assert "byte 7 is not UTF-8" in fault.message


@pytest.mark.parametrize(("size", "loads"), [(999_999, True), (1_000_001, False)])
def test_a_cell_may_hold_a_million_characters(tmp_path: Path, size: int, loads: bool) -> None:
    write(tmp_path, {"figures.csv": [("=1+1", "x" * size)]})
    if loads:
        assert len(row(load(tmp_path), "figures:F1").raw["note"]) == size
    else:
        [fault] = faults(tmp_path)
        assert (fault.file, fault.line) == ("figures.csv", 2)
        assert "1,000,000 characters" in fault.message


def test_an_empty_file_and_a_missing_one(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "groups.csv").write_text("")
    (tmp_path / "raids.csv").unlink()
    found = {(p.file, p.line, p.value): p.message for p in faults(tmp_path)}
    assert "starts with its header" in found["groups.csv", 1, None]
    assert "no such file" in found["raids.csv", None, "raids.csv"]


@pytest.mark.parametrize(
    "path", ["../outside.csv", "/etc/hostname", "https://example.org/t.csv", "link.csv", ".", "a" * 300]
)
def test_no_file_outside_the_folder_is_read(tmp_path: Path, path: str) -> None:
    (tmp_path / "outside.csv").write_text(TABLES["groups.csv"])
    folder = write(tmp_path / "package", {"datapackage.json": [("groups.csv", path)]})
    (folder / "link.csv").symlink_to(tmp_path / "outside.csv")
    [fault] = faults(folder)
    assert (fault.file, fault.line) == (path, None)


# --- what does not: the descriptor -------------------------------------------------------------------

@each_of(GOLD["descriptor"])
def test_a_fault_in_the_descriptor_is_named_with_its_place(tmp_path: Path, fault: dict[str, Any]) -> None:
    old, new, at = (fault[name] for name in ("old", "new", "at"))
    text = (write(tmp_path, {"datapackage.json": [(old, new)]}) / "datapackage.json").read_text("utf-8")
    offset = FILES["datapackage.json"].index(old) + new.index(at) if at in new else text.index(at)
    line, column = text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
    found = [p for p in faults(tmp_path) if p.file == "datapackage.json"]
    assert (line, column, fault.get("value")) in [(p.line, p.column, p.value) for p in found], found
    assert any(fault["words"] in p.message for p in found)


@pytest.mark.parametrize(
    ("old", "new", "meant"),
    [
        ('"best": "best"', '"best": "bset"', "did you mean “best”?"),
        ('"type": "stock"', '"type": "Stocks"', "did you mean “stock”?"),
        ('"type": "stock"', '"type": "stock", "partof": "goats"', "did you mean “part_of”?"),
    ],
)
def test_what_is_spelled_nearly_so_is_meant(tmp_path: Path, old: str, new: str, meant: str) -> None:
    write(tmp_path, {"datapackage.json": [(old, new)]})
    assert any(meant in fault.message for fault in faults(tmp_path))


def test_what_is_far_from_all_keys_means_none(tmp_path: Path) -> None:
    write(tmp_path, {"datapackage.json": [('"kind": "events"', '"kind": "events", "colour": "red"')]})
    assert not any("did you mean" in fault.message for fault in faults(tmp_path))


def test_a_fault_in_a_file_of_two_resources_is_named_once(tmp_path: Path) -> None:
    text = FILES["datapackage.json"]
    package = json.loads(text)
    [twice] = [r for r in package["resources"] if r["name"] == "figures"]
    package["resources"].append({**twice, "name": "again"})
    write(tmp_path, {"figures.csv": [("1250.5", "NaN")]})
    (tmp_path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    found = [fault for fault in faults(tmp_path) if fault.value == "NaN"]
    assert len(found) == 1


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ('{\n "name": "x",\n "resources": [,]\n}', 3, 16, "not JSON"),
        ('{\n "name": "x",\n "name": "y"\n}', 3, 2, "stands twice"),
        ("[]", 1, 1, "a descriptor is an object"),
        ("[" * 100_000, 1, 1, "nested too deeply"),
        ('{"name": NaN}', 1, 1, "NaN is no JSON number"),
        ('{\n "name": "\\uD83D\\uDE00 \\ud800"}', 2, 1, "half of a surrogate pair"),
    ],
)
def test_json_that_cannot_be_read(tmp_path: Path, text: str, line: int, column: int, words: str) -> None:
    (tmp_path / "datapackage.json").write_text(text, encoding="utf-8")
    first = faults(tmp_path)[0]
    assert (first.file, first.line, first.column) == ("datapackage.json", line, column)
    assert words in first.message


def paths(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path of every part of a JSON value."""
    yield path
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield from paths(part, (*path, key))


ODD: list[Any] = [None, 5, -1.5, True, [], {}, "x", "", "id", [1], ["x", None], {"a": 1}, {"constant": {}}]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(list(paths(json.loads(FILES["datapackage.json"])))[1:]), st.sampled_from(ODD))
def test_no_value_in_a_descriptor_breaks_the_loader(path: tuple[str | int, ...], value: object) -> None:
    descriptor = json.loads(FILES["datapackage.json"])
    part: Any = descriptor
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = value
    with TemporaryDirectory() as name:
        folder = write(Path(name))
        (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
        loads_or_tells(folder)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(TABLES)), st.text(max_size=60), st.integers(0, 200))
def test_no_text_in_a_table_breaks_the_loader(file: str, text: str, at: int) -> None:
    with TemporaryDirectory() as name:
        folder = write(Path(name))
        table = TABLES[file][:at] + text + TABLES[file][at:]
        (folder / file).write_bytes(table.encode("utf-8", "surrogatepass"))
        loads_or_tells(folder)


def loads_or_tells(folder: Path) -> None:
    """A package loads, or every fault says something."""
    try:
        name, mute = load(folder).name, []
    except PackageError as error:
        name, mute = str(error), [problem for problem in error.problems if not problem.message]
    assert name
    assert not mute


def test_no_folder_and_no_descriptor(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        [fault] = faults(folder)
        assert fault.file == "datapackage.json"
        assert "cannot be read" in fault.message


def test_a_message_says_where_and_what(tmp_path: Path) -> None:
    folder = write(tmp_path, {"figures.csv": [("P2,S1", "P9,S1")]})
    with pytest.raises(PackageError) as caught:
        load(folder)
    assert str(caught.value) == (
        f"{folder}: 1 problem\n"
        "  figures.csv:5, column \"town\": 'P9': no row of the gazetteer of places has this key or name"
    )


# --- what is too much of everything --------------------------------------------------------------------


def many_resources(descriptor: dict[str, Any]) -> str:
    descriptor["resources"] += [{**descriptor["resources"][0], "name": f"s{n}"} for n in range(20_000)]
    return "'20,006 parts': \"resources\" has at most 2,000"


def a_long_sentence(descriptor: dict[str, Any]) -> str:
    descriptor["vocabulary"]["people killed"]["says"] = ["{n} people were killed " + "and again " * 18_000]
    return "(180023 characters)': a text of the vocabulary has at most 1,000 characters"


def many_sentences(descriptor: dict[str, Any]) -> str:
    descriptor["vocabulary"]["people killed"]["says"] = ["{n} people were killed"] * 3_000
    return "'3,000 texts': says are at most 2,000 texts"


def many_measures(descriptor: dict[str, Any]) -> str:
    descriptor["vocabulary"] |= {f"m{n}": {"words": ["mend"]} for n in range(10_000)}
    return "'10,004 measures': a vocabulary has at most 10,000"


@pytest.mark.parametrize("widen", [many_resources, a_long_sentence, many_sentences, many_measures])
def test_a_descriptor_has_a_limit(tmp_path: Path, widen: Callable[[dict[str, Any]], str]) -> None:
    folder = write(tmp_path)
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    stated = widen(descriptor)
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    with pytest.raises(PackageError) as caught:
        load(folder)
    assert stated in str(caught.value)
    assert str(caught.value).splitlines()[1].startswith("  datapackage.json:1:")


def test_a_table_has_a_limit_of_columns(tmp_path: Path) -> None:
    folder = write(tmp_path)
    table = folder / "figures.csv"
    first, rest = table.read_text(encoding="utf-8").split("\n", 1)
    table.write_text(f"{first},{','.join(f'c{n}' for n in range(60_000))}\n{rest}", encoding="utf-8")
    [fault] = faults(folder)
    assert (fault.line, fault.column, fault.value) == (1, "c1989", "60,011 columns")
    with pytest.raises(TableError, match="60,011 columns; a table has at most 2,000"):
        open_sheet(folder / "figures.csv")
