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
from datetime import date
from decimal import Decimal
from typing import Literal

from claimcheck.model import MeasureType

DESCRIPTOR = "datapackage.json"
UNCHECKED = "guessed columns that nobody has checked"
MOST_ROWS = 5_000  # of a table that is read by its headers: a larger one is a database
MOST_COLUMNS = 2_000  # of a table
MOST_PARTS = 2_000  # of a list of a descriptor: resources, fields, measures of a table
MOST_MEASURES = 10_000  # of a vocabulary
MOST_TEXT = 1_000  # characters of one of its words or sentences
Kind = Literal["sources", "gazetteer", "events", "figures", "incidents"]
Shape = Literal[
    "column", "columns", "value", "values", "word", "flag", "entity", "measures", "table", "row", "complete"
]

# column: the name of a column. columns: one, or a list of them. value: a column's name or {"constant": …}.
# values: one, or a list of them.
# complete: true or false, or {"measure": …, "since": …} or a list of these.
# word: a column's name if there is such a column, else the word itself. flag: true or false.
# table: the name of another resource. row: the key of a row of this one.
# `source` and `confidence` of a gazetteer, `label`, `confidence`, `quote` and `reported_by` of events and
# figures, `counted_as` and `complete` of events are additions to the contract; all are optional.
_NOTE: Mapping[str, Shape] = {
    "source": "value", "reported_by": "value", "confidence": "value", "label": "values", "quote": "value"
}  # fmt: skip
_WHEN: Mapping[str, Shape] = {"start": "value", "end": "value", "place": "values", "actor": "values"}
# what goes from one place to another, and the event whose place and period are the row's
_WAY: Mapping[str, Shape] = {"origin": "values", "destination": "values", "event": "column"}
_SIZE: Mapping[str, Shape] = {"low": "value", "best": "value", "high": "value"}
_COUNT: Mapping[str, Shape] = {"complete": "complete", "counted_as": "word"}
# statements about the table as a whole are read by its cells and headers (an addition to the contract)
_GRID: Mapping[str, Shape] = {"by_headers": "flag"}
ROLES: Mapping[Kind, Mapping[str, Shape]] = {
    "sources": {"key": "columns", "title": "value", "publisher": "value", "url": "value", "date": "value"},
    "gazetteer": {
        "key": "columns", "names": "values", "entity": "entity", "founded": "value", "within": "column",
        "everywhere": "row", "source": "value", "confidence": "value", **_GRID,
    },
    "events": {"key": "columns", "names": "values", "number": "value", "series": "value",
               **_WHEN, **_NOTE, **_COUNT, **_GRID},
    "figures": {"key": "columns", "measure": "value", "unit": "value", "as_of": "value",
                "complete": "complete", **_SIZE, **_WHEN, **_WAY, **_NOTE, **_GRID},
    "incidents": {"key": "columns", "measures": "measures", "same_as": "table",
                  **_WHEN, **_WAY, **_NOTE, **_COUNT, **_GRID},
}  # fmt: skip
MEASURE_ROLES: Mapping[str, Shape] = {"measure": "word", "unit": "word", **_SIZE}
REQUIRED: Mapping[Kind, tuple[str, ...]] = {
    "sources": (), "gazetteer": ("names", "entity"), "events": ("names", "start"), "figures": ("measure",),
    "incidents": (),
}  # fmt: skip
DATES = frozenset({"date", "founded", "start", "end", "as_of"})
NUMBERS = frozenset({"low", "best", "high"})
FIELD_TYPES = ("string", "integer", "number", "date", "datetime", "year", "yearmonth", "boolean", "any")
MEASURE_TYPES: Mapping[str, str] = {
    "flow": "is counted over a period (people killed in January)",
    "stock": "holds at a moment (patients waiting)",
    "cumulative": "is a running total that later numbers include",
    "constant": "has no time",
}
KINDS: Mapping[str, str] = {
    "sources": "a source (a report, a page)",
    "gazetteer": "a place or organisation with its names, and no numbers",
    "events": "an event with a name and a date (Geneva VIII), to be found by its name",
    "figures": "one number for a measure at a place and time (refugees in Lebanon at the end of 2013)",
    "incidents": "one of many dated incidents without a name (an air strike), to be counted and summed",
}
"""What a row of each kind of table is, and what a measure of each type does."""
ENTITIES = ("place", "organisation", "person", "team", "product", "vehicle")
SLOTS = ("n", "place", "actor", "origin", "destination")  # what a sentence of `says` may leave open
CONSTRAINTS = {"required": bool, "unique": bool, "enum": list}


@dataclass(frozen=True, slots=True)
class Learned:
    """A word or sentence that a curator accepted: from which sentence, on which day, and who."""

    text: str
    is_sentence: bool
    source: str
    day: date
    by: str


@dataclass(frozen=True, slots=True)
class Measure:
    """What a package measures: the words that texts use for it, and how it behaves in time.

    `says`: sentences that tell it, with slots ("{n} patients were evacuated from {place}"); `part_of`: the
    measure whose part it is; `counts`: nouns that count as its unit; `revised`: whether its numbers are
    corrected downwards at times; `vague`: its own coding of vague words, from and to; `learned`: words that a
    curator accepted from suggestions; `ratio_of`: the two measures whose ratio it is, in per cent.
    """

    name: str
    words: tuple[str, ...]
    type: MeasureType
    says: tuple[str, ...] = ()
    part_of: str | None = None
    counts: tuple[str, ...] = ()
    revised: bool = False
    vague: tuple[tuple[str, Decimal, Decimal], ...] = ()
    learned: tuple[Learned, ...] = ()
    ratio_of: tuple[str, str] | None = None

    @property
    def all_words(self) -> tuple[str, ...]:
        """Its words, and those that were accepted from suggestions."""
        return tuple(dict.fromkeys((*self.words, *(o.text for o in self.learned if not o.is_sentence))))

    @property
    def all_says(self) -> tuple[str, ...]:
        """Its sentences, and those that were accepted from suggestions."""
        return tuple(dict.fromkeys((*self.says, *(one.text for one in self.learned if one.is_sentence))))


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
class Complete:
    """Of what no row is missing: of one measure, of all where that is None; from a day on, ever where that
    is None."""

    measure: str | None = None
    since: date | None = None

    def holds(self, measure: str | None, start: date | None) -> bool:
        """Whether a row of a measure that begins on a day is among those of which none is missing."""
        stated = self.measure is None or self.measure == measure
        return stated and (self.since is None or (start is not None and start >= self.since))


@dataclass(frozen=True, slots=True)
class Resource:
    """A table of the package. `roles` says which columns hold what, `measures` the same for incidents;
    `entity` says what a gazetteer names (a place, an organisation …), `everywhere` the key of its row that
    stands for the whole; `complete` says of what no row is missing; `same_as` names a table of incidents
    that holds the same incidents; `by_headers`: whether statements about the table as a whole are read
    by its cells and headers."""

    name: str
    path: str
    kind: Kind
    fields: tuple[Field, ...]
    roles: Roles
    measures: tuple[Roles, ...] = ()
    complete: tuple[Complete, ...] = ()
    missing: frozenset[str] = frozenset({""})
    delimiter: str = ","
    entity: str | None = None
    everywhere: str | None = None
    same_as: str | None = None
    by_headers: bool = False


@dataclass(frozen=True, slots=True)
class Descriptor:
    """A whole `datapackage.json`."""

    name: str
    title: str | None
    vocabulary: tuple[Measure, ...]
    resources: tuple[Resource, ...]
