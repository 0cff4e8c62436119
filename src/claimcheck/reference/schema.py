"""What a descriptor may declare: the contract as tables, and the values that hold a descriptor once read.

The tables `ROLES` and `REQUIRED` are the contract: which keys a `claimcheck` block may have for each kind
of table, and what a key holds. The Data Package standard has a library of its own (frictionless); it
brings some forty dependencies and would still know nothing of the block, so the part of Table Schema
that matters is read here: `fields` with `name`, `type` and the constraints `required`, `unique`, `enum`;
`format` of dates ("%d/%m/%Y"), `decimalChar`, `groupChar` and `bareNumber` of numbers; `missingValues`;
`dialect.delimiter`. Other properties of the standard are allowed and not used.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from claimcheck.model import MeasureType

DESCRIPTOR = "datapackage.json"
Kind = Literal["sources", "gazetteer", "events", "figures", "incidents"]
Shape = Literal["column", "value", "values", "word", "flag", "entity", "measures"]

# column: the name of a column. value: a column's name or {"constant": …}. values: one, or a list of them.
# word: a column's name if there is such a column, else the word itself. flag: true or false.
# `source` and `confidence` of a gazetteer, `label`, `confidence` and `quote` of events and figures,
# `counted_as` and `complete` of events are additions to the contract; all are optional.
_NOTE: Mapping[str, Shape] = {"source": "value", "confidence": "value", "label": "values", "quote": "value"}
_WHEN: Mapping[str, Shape] = {"start": "value", "end": "value", "place": "values", "actor": "values"}
_SIZE: Mapping[str, Shape] = {"low": "value", "best": "value", "high": "value"}
_COUNT: Mapping[str, Shape] = {"complete": "flag", "counted_as": "word"}
ROLES: Mapping[Kind, Mapping[str, Shape]] = {
    "sources": {"key": "column", "title": "value", "publisher": "value", "url": "value", "date": "value"},
    "gazetteer": {
        "key": "column", "names": "values", "entity": "entity", "founded": "value", "within": "column",
        "source": "value", "confidence": "value",
    },
    "events": {"key": "column", "names": "values", "number": "value", "series": "value",
               **_WHEN, **_NOTE, **_COUNT},
    "figures": {"key": "column", "measure": "value", "unit": "value", "as_of": "value",
                **_SIZE, **_WHEN, **_NOTE},
    "incidents": {"key": "column", "measures": "measures", **_WHEN, **_NOTE, **_COUNT},
}  # fmt: skip
MEASURE_ROLES: Mapping[str, Shape] = {"measure": "word", "unit": "word", **_SIZE}
REQUIRED: Mapping[Kind, tuple[str, ...]] = {
    "sources": ("key",),
    "gazetteer": ("key", "names", "entity"),
    "events": ("key", "names", "start"),
    "figures": ("key", "measure"),
    "incidents": ("key",),
}
DATES = frozenset({"date", "founded", "start", "end", "as_of"})
NUMBERS = frozenset({"low", "best", "high"})
FIELD_TYPES: Mapping[str, str] = {
    name: name
    for name in ("string", "integer", "number", "date", "datetime", "year", "yearmonth", "boolean", "any")
}
MEASURE_TYPES: Mapping[str, MeasureType] = {name: name for name in get_args(MeasureType)}
KINDS: Mapping[str, Kind] = {name: name for name in get_args(Kind)}
ENTITIES: Mapping[str, str] = {"place": "place", "organisation": "organisation"}
CONSTRAINTS = {"required": bool, "unique": bool, "enum": list}


@dataclass(frozen=True, slots=True)
class Measure:
    """What a package measures: the words that texts use for it, and how it behaves in time."""

    name: str
    words: tuple[str, ...]
    type: MeasureType


@dataclass(frozen=True, slots=True)
class Field:
    """A column as its Table Schema declares it. `day`: the `format` of a date that is not ISO; `decimal`,
    `group` and `bare`: how a number is written (`decimalChar`, `groupChar`, `bareNumber`)."""

    name: str
    type: str
    required: bool = False
    unique: bool = False
    enum: frozenset[str] | None = None
    day: str | None = None
    decimal: str = "."
    group: str = ""
    bare: bool = True


@dataclass(frozen=True, slots=True)
class Binding:
    """Where a value comes from: a column, or a constant of the block."""

    column: str | None = None
    constant: str | None = None


Roles = Mapping[str, tuple[Binding, ...]]


@dataclass(frozen=True, slots=True)
class Resource:
    """A table of the package. `roles` says which columns hold what, `measures` the same for incidents;
    `entity` is `place` or `organisation` for a gazetteer, else None."""

    name: str
    path: str
    kind: Kind
    fields: tuple[Field, ...]
    roles: Roles
    measures: tuple[Roles, ...] = ()
    complete: bool = False
    missing: frozenset[str] = frozenset({""})
    delimiter: str = ","
    entity: str | None = None


@dataclass(frozen=True, slots=True)
class Descriptor:
    """A whole `datapackage.json`."""

    name: str
    title: str | None
    vocabulary: tuple[Measure, ...]
    resources: tuple[Resource, ...]
