"""A small invented package with every kind of table, for tests: written whole, or with texts replaced."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from claimcheck.model import ReferenceRow
from claimcheck.reference.loading import load
from claimcheck.reference.package import Package
from claimcheck.reference.problems import PackageError, Problem

TABLES = {
    "sources.csv": "id,title,publisher,url\nS1,River survey,Water Board,https://example.org/1\nS2,Census,,\n",
    "places.csv": (
        "id,name,aliases,inside,source\n"
        "P1,Alder Quay,Älder Kaye|Quay,P2,S1\n"
        "P2,Brook County,,Carland,S1\n"
        "P3,Carland,Republic of Carland,,S2\n"
        "P4,Upper Mill,Mill,P2,\n"
        "P5,Lower Mill,Mill,P2,\n"
    ),
    "groups.csv": "id,name,founded\nO1,Bridge Watch|BW,1998-05\n",
    "happenings.csv": (
        "id,name,also,start,end,place,nth,series,kind\n"
        "E1,Spring Flood,the flood|High Water,2015-03-02,2015-03-05,P1,,,flood\n"
        'E2,Second Quay Meeting,"QM II",2016-04,,älder kaye,2,Quay meetings,meeting\n'
    ),
    "figures.csv": (
        "id,what,low,best,high,from,to,asof,town,source,note\n"
        "F1,people housed,1200,,,,,2015-03/2015-05,P1,S1,=1+1\n"
        'F2,people housed,,1250.5,,,,2015-04-01,Quay,S2,"two\nlines, one cell"\n'
        "F3,homes lost,10,12,20,2015-03-02,2015-03-05,,P2,S1,\n"
    ),
    "raids.csv": (
        "id,day,dead_low,dead_high,hurt,town,county,who,sort\n"
        "R1,2015-06-01,1,3,,Alder Quay,Brook County,North Band,raid\n"
        "R2,2015-06-02,0,0,4,Upper Mill,,,\n"
    ),
}
DESCRIPTOR: dict[str, Any] = {
    "name": "river",
    "vocabulary": {
        "people housed": {"words": ["house", "shelter"], "type": "stock"},
        "homes lost": {"words": ["home lose"], "type": "flow"},
        "people killed": {"words": ["kill"], "type": "flow"},
        "people hurt": {"words": ["hurt"], "type": "flow"},
    },
    "resources": [
        {
            "name": "sources", "path": "sources.csv",
            "claimcheck": {"kind": "sources", "key": "id", "title": "title", "publisher": "publisher",
                           "url": "url"},
        },
        {
            "name": "places", "path": "places.csv",
            "claimcheck": {"kind": "gazetteer", "key": "id", "names": ["name", "aliases"],
                           "entity": "place", "within": "inside", "source": "source"},
        },
        {
            "name": "groups", "path": "groups.csv",
            "claimcheck": {"kind": "gazetteer", "key": "id", "names": "name", "entity": "organisation",
                           "founded": "founded"},
        },
        {
            "name": "happenings", "path": "happenings.csv",
            "claimcheck": {"kind": "events", "key": "id", "names": ["name", "also"], "start": "start",
                           "end": "end", "place": "place", "number": "nth", "series": "series",
                           "source": {"constant": "S1"}, "counted_as": "kind"},
        },
        {
            "name": "figures", "path": "figures.csv",
            "claimcheck": {"kind": "figures", "key": "id", "measure": "what", "low": "low", "best": "best",
                           "high": "high", "start": "from", "end": "to", "as_of": "asof", "place": "town",
                           "source": "source", "quote": "note", "unit": {"constant": "people"}},
        },
        {
            "name": "raids", "path": "raids.csv",
            "claimcheck": {"kind": "incidents", "key": "id", "label": ["sort"], "place": ["town", "county"],
                           "actor": "who", "start": "day", "end": "day", "counted_as": "raid",
                           "measures": [
                               {"measure": "people killed", "unit": "people", "low": "dead_low",
                                "high": "dead_high"},
                               {"measure": "people hurt", "unit": "people", "best": "hurt"},
                           ]},
        },
    ],
}  # fmt: skip
TYPES = {
    "nth": "integer", "low": "integer", "best": "number", "high": "integer", "dead_low": "integer",
    "dead_high": "integer", "hurt": "integer", "day": "date",
}  # fmt: skip


def packed(
    folder: Path,
    tables: Mapping[str, tuple[str, Mapping[str, Any]]],
    vocabulary: Mapping[str, Any],
    name: str = "p",
    types: Mapping[str, str] | None = None,
) -> Path:
    """A package of tables, each by its name: its text, and what it is. Columns are texts but for `types`."""
    folder.mkdir(parents=True, exist_ok=True)
    resources = []
    for table, (text, block) in tables.items():
        (folder / f"{table}.csv").write_text(text, encoding="utf-8")
        header = text.split("\n", 1)[0].split(",")
        fields = [{"name": column, "type": (types or {}).get(column, "string")} for column in header]
        resource = {"name": table, "path": f"{table}.csv", "schema": {"fields": fields}, "claimcheck": block}
        resources.append(resource)
    package = {"name": name, "vocabulary": vocabulary, "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(package, indent=1), encoding="utf-8")
    return folder


def descriptor_text() -> str:
    """The descriptor as a file, with the schemas that the tables' headers give."""
    descriptor = json.loads(json.dumps(DESCRIPTOR))
    for resource in descriptor["resources"]:
        header = TABLES[resource["path"]].splitlines()[0].split(",")
        fields = [{"name": name, "type": TYPES.get(name, "string")} for name in header]
        resource["schema"] = {"fields": fields, "primaryKey": "id"}
    return json.dumps(descriptor, indent=1, ensure_ascii=False)


def write(folder: Path, edits: dict[str, list[tuple[str, str]]] | None = None) -> Path:
    """The good package in a folder, with texts replaced; a text that is not there is the test's mistake."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {**TABLES, "datapackage.json": descriptor_text()}
    for name, changes in (edits or {}).items():
        for old, new in changes:
            assert old in files[name], f"{old!r} is not in {name}"
            files[name] = files[name].replace(old, new, 1)
    for name, text in files.items():
        (folder / name).write_bytes(text.encode("utf-8"))
    return folder


def faults(folder: Path) -> list[Problem]:
    """The problems with which loading fails."""
    with pytest.raises(PackageError) as caught:
        load(folder)
    return caught.value.problems


def row(package: Package, key: str, measure: str | None = None) -> ReferenceRow:
    """The one row of a key and measure."""
    [found] = [r for r in package.rows if r.key == key and (r.kind != "incident" or r.measure == measure)]
    return found
