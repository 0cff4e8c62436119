"""Invented packages for tests: `packages/river`, with every kind of table, is written whole, or with texts
replaced."""

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

INVENTED = Path(__file__).parent / "packages"
FILES = {file.name: file.read_text("utf-8") for file in sorted((INVENTED / "river").iterdir())}
TABLES = {name: text for name, text in FILES.items() if name.endswith(".csv")}


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


def write(folder: Path, edits: dict[str, list[tuple[str, str]]] | None = None) -> Path:
    """The good package in a folder, with texts replaced; a text that is not there is the test's mistake."""
    folder.mkdir(parents=True, exist_ok=True)
    files = dict(FILES)
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
