"""Reading `datapackage.json` against the contract's tables; every fault is noted with line and column."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from itertools import islice
from typing import Any, cast

from claimcheck.model import MeasureType
from claimcheck.reference.cells import TYPES, number_fault, parse_period, period_fault
from claimcheck.reference.json import JsonPath, Located
from claimcheck.reference.problems import Problems
from claimcheck.reference.schema import (
    CONSTRAINTS,
    DATES,
    DESCRIPTOR,
    ENTITIES,
    FIELD_TYPES,
    KINDS,
    MEASURE_ROLES,
    MEASURE_TYPES,
    MOST_MEASURES,
    MOST_PARTS,
    MOST_TEXT,
    NUMBERS,
    REQUIRED,
    ROLES,
    SLOTS,
    Binding,
    Complete,
    Descriptor,
    Field,
    Kind,
    Learned,
    Measure,
    Resource,
    Roles,
    Shape,
)
from claimcheck.reference.written import FORMAT_HINT, day_pattern

# ----------------------------------------------------------------------------------------------------
# The vocabulary of a descriptor: what is measured, and how texts tell it.

Fault = Callable[[JsonPath, object | None, str], None]
_FORM = '{"says": ["{n} patients were evacuated from {place}"], "type": "flow"}'
KEYS = ("words", "says", "type", "part_of", "counts", "revised", "vague", "learned", "ratio_of")
_SLOT = re.compile(r"[{]([^{}]*)[}]")
_NAMED = 20  # measures that a message names
TOO_LONG = f"a text of the vocabulary has at most {MOST_TEXT:,} characters: write what one sentence says"


def measures_of(table: Any, fault: Fault) -> Iterator[Measure]:
    """The measures of a vocabulary; `fault` is called with all that is wrong with it.

    A measure with a fault is a measure all the same, so that no row is said to lack it.
    """
    if not isinstance(table, dict):
        fault(("vocabulary",), table, f'write {{"name of a measure": {_FORM}}}')
        return
    if len(table) > MOST_MEASURES:
        stated = f"a vocabulary has at most {MOST_MEASURES:,} measures: split the package"
        fault(("vocabulary",), f"{len(table):,} measures", stated)
        return
    for name, entry in table.items():
        path = ("vocabulary", name)
        if not isinstance(entry, dict):
            fault(path, entry, f"write {_FORM}")
            yield Measure(name, (), "flow")
        else:
            yield _Entry(path, entry, fault).measure(name, table)
    _circles(table, fault)


class _Entry:
    """One measure of the vocabulary."""

    def __init__(self, path: JsonPath, entry: Mapping[str, Any], fault: Fault) -> None:
        self._path, self._entry, self._fault = path, entry, fault

    def measure(self, name: str, vocabulary: Mapping[str, Any]) -> Measure:
        """The measure, with every fault of it noted."""
        for key in self._entry:
            if key not in KEYS:
                self._fault(
                    (*self._path, key), key, f"unknown key; {near(key, KEYS)}known here: {listed(KEYS)}"
                )
        words, says = self._texts("words"), self._texts("says")
        if not {"words", "says"} & self._entry.keys():
            self._fault(self._path, None, f'a measure needs "words" or "says": {_FORM}')
        for at, sentence in enumerate(says):
            self._check_sentence((*self._path, "says", at), sentence)
        kind = self._entry.get("type")
        if not isinstance(kind, str) or kind not in MEASURE_TYPES:
            stated = f"{near(kind, MEASURE_TYPES)}type is one of {', '.join(MEASURE_TYPES)}"
            self._fault((*self._path, "type"), kind, stated)
            kind = "flow"
        revised = self._entry.get("revised", False)
        if not isinstance(revised, bool):
            self._fault((*self._path, "revised"), revised, "revised is true or false")
        return Measure(
            name, words, cast("MeasureType", kind), says, self._part_of(name, vocabulary),
            self._texts("counts"), revised is True, tuple(self._vague()), tuple(self._learned()),
            self._ratio_of(name, vocabulary),
        )  # fmt: skip

    def _texts(self, key: str) -> tuple[str, ...]:
        if key not in self._entry:
            return ()
        given, path = self._entry[key], (*self._path, key)
        if not (isinstance(given, list) and given and all(isinstance(t, str) and t.strip() for t in given)):
            self._fault(path, given, f"{key} are a list of one or more texts")
            return ()
        if len(given) > MOST_PARTS:
            self._fault(path, f"{len(given):,} texts", f"{key} are at most {MOST_PARTS:,} texts")
            return ()
        for at, text in enumerate(given):
            if len(text) > MOST_TEXT:
                self._fault((*path, at), text, TOO_LONG)
        return tuple(dict.fromkeys(text for text in given if len(text) <= MOST_TEXT))

    def _check_sentence(self, path: JsonPath, sentence: str) -> None:
        """A sentence leaves the number open once, and no other slot twice."""
        slots, rest = _SLOT.findall(sentence), _SLOT.sub("", sentence)
        known = ", ".join(f"{{{slot}}}" for slot in SLOTS)
        if unknown := [slot for slot in slots if slot not in SLOTS]:
            self._fault(path, sentence, f"{{{unknown[0]}}} is no slot; the slots are {known}")
        elif slots.count("n") != 1:
            self._fault(path, sentence, "a sentence holds {n} once, where texts have the number")
        elif len(slots) != len(set(slots)):
            self._fault(path, sentence, "a sentence holds each slot once")
        elif "{" in rest or "}" in rest:
            self._fault(path, sentence, f"a brace without its other; the slots are {known}")
        elif not re.search(r"[^\W\d_]{2}", rest):
            self._fault(path, sentence, "a sentence needs words beside its slots")

    def _part_of(self, name: str, vocabulary: Mapping[str, Any]) -> str | None:
        whole = self._entry.get("part_of")
        if whole is None:
            return None
        if isinstance(whole, str) and whole in vocabulary and whole != name:
            return whole
        stated = f"part_of names another measure of the vocabulary ({_others(name, vocabulary)})"
        self._fault((*self._path, "part_of"), whole, stated)
        return None

    def _ratio_of(self, name: str, vocabulary: Mapping[str, Any]) -> tuple[str, str] | None:
        given = self._entry.get("ratio_of")
        if given is None:
            return None
        path, form = (*self._path, "ratio_of"), '{"of": "votes cast", "to": "registered voters"}'
        if not isinstance(given, dict) or given.keys() != {"of", "to"}:
            self._fault(path, given, f"write {form}: so many of the first for each hundred of the second")
            return None
        known = [isinstance(given[end], str) and given[end] in vocabulary for end in ("of", "to")]
        wrong = [
            e for e, is_known in zip(("of", "to"), known, strict=True) if not is_known or given[e] == name
        ]
        for end in wrong:
            stated = f"{end} names another measure of the vocabulary ({_others(name, vocabulary)})"
            self._fault((*path, end), given[end], stated)
        if wrong:
            return None
        for end in ("of", "to"):
            entry = vocabulary[given[end]]
            if isinstance(entry, dict) and entry.get("ratio_of") is not None:
                self._fault((*path, end), given[end], "this is a ratio itself: name measures that rows state")
        if given["of"] == given["to"]:
            self._fault((*path, "to"), given["to"], "a ratio is of two measures")
        return given["of"], given["to"]

    def _vague(self) -> Iterator[tuple[str, Decimal, Decimal]]:
        table = self._entry.get("vague", {})
        if not isinstance(table, dict):
            self._fault((*self._path, "vague"), table, 'write {"dozens": [24, 99]}')
            return
        for word, ends in table.items():
            here = (*self._path, "vague", word)
            whole = isinstance(ends, list) and len(ends) == 2 and all(type(end) is int for end in ends)
            if not word.strip() or not whole or not 0 <= ends[0] <= ends[1]:
                self._fault(here, ends, 'a vague word has its lowest and highest number: "dozens": [24, 99]')
            else:
                yield word.strip().lower(), Decimal(ends[0]), Decimal(ends[1])

    def _learned(self) -> Iterator[Learned]:
        given = self._entry.get("learned", [])
        if not isinstance(given, list):
            self._fault((*self._path, "learned"), given, "learned is a list that the program writes")
            return
        for at, line in enumerate(given):
            here = (*self._path, "learned", at)
            learned = _learned_of(line)
            if isinstance(learned, str):
                stated = f"{learned}; the program writes these lines: take this one out"
                self._fault(here, line, stated)
                continue
            if learned.is_sentence:
                self._check_sentence((*here, "says"), learned.text)
            yield learned


def _others(name: str, vocabulary: Mapping[str, Any]) -> str:
    """The other measures of the vocabulary, the first of many."""
    others = list(islice((other for other in vocabulary if other != name), _NAMED + 1))
    return ", ".join([*others[:_NAMED], *(["…"] if len(others) > _NAMED else [])]) or "there is none"


def _learned_of(line: Any) -> Learned | str:
    """A line of `learned`, or what is wrong with it."""
    if not isinstance(line, dict):
        return 'a line is {"word": …, "from": …, "on": …, "by": …}'
    kinds = [key for key in ("word", "says") if key in line]
    if len(kinds) != 1 or set(line) != {kinds[0], "from", "on", "by"}:
        return 'a line has "word" or "says", and "from", "on" and "by"'
    if not all(isinstance(value, str) and value.strip() for value in line.values()):
        return "each value is a text that is not empty"
    if len(line[kinds[0]]) > MOST_TEXT:
        return TOO_LONG
    try:
        day = date.fromisoformat(line["on"])
    except ValueError:
        return f'"on" is a day like 2018-02-10, not {line["on"]}'
    return Learned(line[kinds[0]], kinds[0] == "says", line["from"], day, line["by"])


def _circles(vocabulary: Mapping[str, Any], fault: Fault) -> None:
    """Note measures that are a part of themselves, once for each circle."""
    above = {name: entry.get("part_of") for name, entry in vocabulary.items() if isinstance(entry, dict)}
    done: set[str] = set()
    for name in above:
        path: dict[str, None] = {}
        here: Any = name
        while isinstance(here, str) and here in above and here not in done and here not in path:
            path[here] = None
            here = above[here]
        if isinstance(here, str) and here in path and above[here] != here:
            circle = [*list(path)[list(path).index(here) :], here]
            stated = f"a measure is part of itself: {' of '.join(circle)}"
            fault(("vocabulary", here, "part_of"), above[here], stated)
        done |= path.keys()


# ----------------------------------------------------------------------------------------------------
# Reading `datapackage.json` against the contract's tables; every fault is noted with line and column.



class DescriptorReader:
    """Reads the descriptor and notes every fault; the result counts only when there was none."""

    def __init__(self, located: Located, problems: Problems) -> None:
        self._json = located
        self._problems = problems
        self._measured: set[str] = set()
        self._numbers: frozenset[str] = frozenset()

    def read(self) -> Descriptor | None:
        """The descriptor, or None where it is no object; faults are in `problems`."""
        top = self._json.value
        if not isinstance(top, dict):
            self._fault((), top, "a descriptor is an object with name, vocabulary and resources")
            return None
        for position, line in enumerate(self._list((), top, "confirm", required=False)):
            self._fault(("confirm", position), line,
                        'guessed, and not confirmed: check it, then take it out of "confirm"')  # fmt: skip
        name = self._text((), top, "name") or ""
        vocabulary = tuple(measures_of(top.get("vocabulary", {}), self._fault))
        self._measured = {measure.name for measure in vocabulary}
        placed: list[tuple[int, Resource]] = []
        for position, entry in enumerate(self._list((), top, "resources")):
            resource = self._resource(("resources", position), entry)
            if resource is None:
                continue
            if resource.name in {other.name for _, other in placed}:
                self._fault(("resources", position, "name"), resource.name, "two resources have this name")
            placed.append((position, resource))
        self._pointing(placed)
        resources = tuple(resource for _, resource in placed)
        title = top.get("title")
        return Descriptor(name, title if isinstance(title, str) else None, vocabulary, resources)

    def _resource(self, path: JsonPath, entry: Any) -> Resource | None:
        if not isinstance(entry, dict):
            self._fault(path, entry, "a resource is an object with name, path, schema and claimcheck")
            return None
        name, file = self._text(path, entry, "name"), self._text(path, entry, "path")
        delimiter, missing = self._layout(path, entry)
        fields = tuple(self._fields((*path, "schema"), self._table(path, entry, "schema")))
        self._primary_key((*path, "schema"), entry.get("schema"), fields)
        block, here = self._table(path, entry, "claimcheck"), (*path, "claimcheck")
        named = isinstance(entry.get("claimcheck"), dict)
        stated = self._choice((*here, "kind"), "kind", block.get("kind"), KINDS) if named else None
        kind = cast("Kind | None", stated)
        if kind is None:
            return None
        columns = frozenset(field.name for field in fields)
        self._numbers = frozenset(field.name for field in fields if field.type in ("integer", "number"))
        roles = self._block(here, block, {"kind": None, **ROLES[kind]}, columns)
        self._required(here, block, kind)
        measures = tuple(self._measures(here, block, columns)) if kind == "incidents" else ()
        if name is None or file is None:
            return None
        entity = None
        if kind == "gazetteer" and "entity" in block:
            entity = self._choice((*here, "entity"), "entity", block["entity"], ENTITIES)
        complete = self._complete((*here, "complete"), block.get("complete"), kind)
        everywhere, same = (self._pointer((*here, role), block) for role in ("everywhere", "same_as"))
        return Resource(
            name, file, kind, fields, roles, measures, complete, missing, delimiter, entity, everywhere,
            same, block.get("by_headers") is True,
        )  # fmt: skip

    def _complete(self, path: JsonPath, value: Any, kind: Kind) -> tuple[Complete, ...]:
        """Of what no row is missing: true of everything, or of each measure that is named, since its day."""
        if value is None or isinstance(value, bool):
            return (Complete(),) if value else ()
        stated = value if isinstance(value, list) else [value]
        out: list[Complete] = []
        for number, one in enumerate(stated):
            here = (*path, number) if isinstance(value, list) else path
            if not isinstance(one, dict) or not one:
                self._fault(here, one, 'complete is true, false, or {"measure": …, "since": …}')
                continue
            self._unknown_keys(here, one, {"measure", "since"})
            measure = one.get("measure")
            if measure is not None and measure not in self._measured:
                self._fault((*here, "measure"), measure, lacks_measure(str(measure)))
            day = self._since((*here, "since"), one.get("since"), kind)
            out.append(Complete(measure, day))
        return tuple(out)

    def _since(self, path: JsonPath, value: Any, kind: Kind) -> date | None:
        """The day from which on no row is missing."""
        if value is None:
            return None
        period = parse_period(value) if isinstance(value, str) and period_fault(value) is None else None
        if period is None or period.start is None:
            self._fault(path, value, 'since is a day, a month or a year: "2009", "2009-07", "2009-07-01"')
            return None
        if kind != "figures":
            self._fault(path, value, "since is for figures; a count over other tables needs them whole")
        return period.start

    def _pointer(self, path: JsonPath, block: Mapping[str, Any]) -> str | None:
        """The row or resource that a key of the block names; whether it is there, is seen later."""
        value = block.get(str(path[-1]))
        if value is None or (isinstance(value, str) and value.strip()):
            return value
        self._fault(path, value, f"{path[-1]} is a text that is not empty")
        return None

    def _pointing(self, placed: Sequence[tuple[int, Resource]]) -> None:
        """Note what points to resources that are not there, or are of another kind."""
        kinds = {resource.name: resource.kind for _, resource in placed}
        for position, resource in placed:
            here: JsonPath = ("resources", position, "claimcheck")
            same = resource.same_as
            if same is not None and (kinds.get(same) != "incidents" or same == resource.name):
                self._fault((*here, "same_as"), same, "same_as names another resource of incidents")
            if "event" in resource.roles and "events" not in kinds.values():
                stated = "event holds keys of a resource of events, and the package has none"
                self._fault((*here, "event"), None, stated)

    def _layout(self, path: JsonPath, entry: Mapping[str, Any]) -> tuple[str, frozenset[str]]:
        """The delimiter, and the texts that stand for an empty cell."""
        encoding = entry.get("encoding", "utf-8")
        if str(encoding).lower() not in ("utf-8", "utf8", "utf_8"):
            self._fault((*path, "encoding"), encoding, "save the table as UTF-8")
        dialect, schema = entry.get("dialect", {}), entry.get("schema")
        delimiter = dialect.get("delimiter", ",") if isinstance(dialect, dict) else dialect
        if not isinstance(delimiter, str) or len(delimiter) != 1 or delimiter in '"\r\n':
            self._fault((*path, "dialect"), delimiter, 'write {"delimiter": ";"}, one character')
            delimiter = ","
        missing = schema.get("missingValues", []) if isinstance(schema, dict) else []
        if not isinstance(missing, list) or not all(isinstance(value, str) for value in missing):
            self._fault((*path, "schema", "missingValues"), missing, "missingValues is a list of texts")
            missing = []
        return delimiter, frozenset({"", *missing})

    def _primary_key(self, path: JsonPath, schema: Any, fields: tuple[Field, ...]) -> None:
        """What is given as primary key must be columns; which of them is the key, the block says."""
        if not isinstance(schema, dict) or "primaryKey" not in schema:
            return
        given = schema["primaryKey"]
        for one in given if isinstance(given, list) else [given]:
            if one not in [field.name for field in fields]:
                self._fault((*path, "primaryKey"), one, "the primary key names columns of the schema")

    def _required(self, path: JsonPath, block: Mapping[str, Any], kind: Kind) -> None:
        for role in REQUIRED[kind]:
            if role not in block:
                self._fault(path, None, f'a table of {kind} needs "{role}" in its block')
        if kind == "figures" and not NUMBERS & block.keys():
            self._fault(path, None, 'a table of figures needs "low", "best" or "high" in its block')

    def _fields(self, path: JsonPath, schema: Mapping[str, Any]) -> Iterator[Field]:
        seen: set[str] = set()
        for position, entry in enumerate(self._list(path, schema, "fields")):
            here = (*path, "fields", position)
            if not isinstance(entry, dict):
                self._fault(here, entry, 'a field is {"name": …, "type": …}')
                continue
            name, kind = self._text(here, entry, "name"), entry.get("type", "any")
            if name is None:
                continue
            if name in seen:
                self._fault((*here, "name"), name, "two fields have this name")
            kind = self._choice((*here, "type"), "type", kind, FIELD_TYPES) or "any"
            seen.add(name)
            rules = entry.get("constraints", {})
            for rule, wanted in CONSTRAINTS.items():
                if not isinstance(rules, dict) or not isinstance(rules.get(rule, wanted()), wanted):
                    self._fault((*here, "constraints"), rules, f"{rule} is {wanted.__name__}")
                    rules = {}
            enum = frozenset(map(str, rules["enum"])) if "enum" in rules else None
            required, unique = rules.get("required", False), rules.get("unique", False)
            yield replace(
                self._written(here, entry, kind), name=name, required=required, unique=unique, enum=enum
            )

    def _written(self, path: JsonPath, entry: Mapping[str, Any], kind: str) -> Field:
        """How the cells of a column are written: its dates, the points and commas of its numbers."""
        day = entry.get("format") if kind == "date" else None
        if day in ("default", "any"):
            day = None
        if day is not None and not (isinstance(day, str) and day_pattern(day)):
            self._fault((*path, "format"), day, FORMAT_HINT)
            day = None
        marks = {"decimalChar": ".", "groupChar": ""}
        for key, usual in marks.items() if kind in ("number", "integer") else ():
            mark = entry.get(key, usual)
            if mark != usual and not (isinstance(mark, str) and len(mark) == 1 and not mark.isalnum()):
                self._fault((*path, key), mark, f'{key} is one character, like ","')
            else:
                marks[key] = mark
        if marks["decimalChar"] == marks["groupChar"]:
            self._fault(path, marks["groupChar"], "decimalChar and groupChar are two different characters")
        bare = entry.get("bareNumber", True)
        if not isinstance(bare, bool):
            self._fault((*path, "bareNumber"), bare, "bareNumber is true or false")
            bare = True
        return Field("", kind, day=day, decimal=marks["decimalChar"], group=marks["groupChar"], bare=bare)

    def _block(
        self, path: JsonPath, block: Mapping[str, Any],
        shapes: Mapping[str, Shape | None], columns: frozenset[str],
    ) -> dict[str, tuple[Binding, ...]]:  # fmt: skip
        self._unknown_keys(path, block, set(shapes))
        roles: dict[str, tuple[Binding, ...]] = {}
        for role, shape in shapes.items():
            if role not in block or shape in (None, "entity", "measures", "table", "row", "complete"):
                continue
            value, here = block[role], (*path, role)
            if shape == "flag":
                if not isinstance(value, bool):
                    self._fault(here, value, f"{role} is true or false")
                continue
            many = value if isinstance(value, list) and shape in ("values", "columns") else [value]
            if not many:
                self._fault(here, value, f"{role} names at least one column")
            bindings = [
                self._binding((*here, i) if isinstance(value, list) else here, role, one, shape, columns)
                for i, one in enumerate(many)
            ]
            roles[role] = tuple(binding for binding in bindings if binding is not None)
        return roles

    def _binding(
        self, path: JsonPath, role: str, value: Any, shape: Shape, columns: frozenset[str]
    ) -> Binding | None:
        only_columns = shape in ("column", "columns")
        if isinstance(value, dict) and set(value) == {"constant"} and not only_columns:
            return self._constant((*path, "constant"), role, value["constant"])
        if not isinstance(value, str):
            constant_too = "" if only_columns else ' or {"constant": "…"}'
            self._fault(path, value, f"{role} is the name of a column{constant_too}")
            return None
        # the vocabulary's own word, or a word for what is counted, beside a column of numbers of that name
        known = value in self._numbers or (role == "measure" and value in self._measured)
        if value in columns and not (shape == "word" and known):
            return Binding(column=value)
        if shape == "word" and value.strip():
            return self._constant(path, role, value)
        hint = "" if only_columns else f'; for a fixed value write {{"constant": "{value}"}}'
        meant = near(value, columns)
        self._fault(path, value, f"{meant}{role} names a column that the schema does not have{hint}")
        return None

    def _constant(self, path: JsonPath, role: str, value: Any) -> Binding | None:
        number = isinstance(value, int | float) and not isinstance(value, bool) and role in NUMBERS
        if not number and not (isinstance(value, str) and value.strip()):
            self._fault(path, value, f"a constant {role} is a text that is not empty")
            return None
        text = str(value)
        fault = (
            number_fault(text) if role in NUMBERS
            else period_fault(text) if role in DATES
            else TYPES["integer"](text) if role == "number"
            else lacks_measure(text) if role == "measure" and text not in self._measured
            else None
        )  # fmt: skip
        if fault is not None:
            self._fault(path, value, fault)
        return Binding(constant=text)

    def _measures(self, path: JsonPath, block: Mapping[str, Any], columns: frozenset[str]) -> Iterator[Roles]:
        for position, entry in enumerate(self._list(path, block, "measures", required=False)):
            here = (*path, "measures", position)
            if not isinstance(entry, dict):
                self._fault(here, entry, 'a measure is {"measure": …, "low": …, "best": …, "high": …}')
                continue
            if "measure" not in entry or not NUMBERS & entry.keys():
                self._fault(here, None, 'name the "measure" and at least one of "low", "best", "high"')
            yield self._block(here, entry, MEASURE_ROLES, columns)

    def _table(self, path: JsonPath, table: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        value = table.get(key)
        if isinstance(value, dict):
            return value
        place = (*path, key) if key in table else path
        self._fault(place, value, f'a resource needs "{key}", an object')
        return {}

    def _list(
        self, path: JsonPath, table: Mapping[str, Any], key: str, *, required: bool = True
    ) -> list[Any]:
        value = table.get(key)
        if isinstance(value, list) and len(value) > MOST_PARTS:
            self._fault(
                (*path, key), f"{len(value):,} parts", f'"{key}" has at most {MOST_PARTS:,}: split it'
            )
            return []
        if isinstance(value, list):
            return value
        if value is not None or required:
            self._fault((*path, key) if key in table else path, value, f'"{key}" is a list')
        return []

    def _text(self, path: JsonPath, table: Mapping[str, Any], key: str) -> str | None:
        value = table.get(key)
        if isinstance(value, str) and value.strip():
            return value
        self._fault((*path, key) if key in table else path, value, f'"{key}" is a text that is not empty')
        return None

    def _choice(self, path: JsonPath, key: str, value: Any, choices: Collection[str]) -> str | None:
        if isinstance(value, str) and value in choices:
            return value
        self._fault(path, value, f"{near(value, choices)}{key} is one of {', '.join(choices)}")
        return None

    def _unknown_keys(self, path: JsonPath, table: Mapping[str, Any], known: set[str]) -> None:
        for key in table:
            if key not in known:
                stated = f"unknown key; {near(key, known)}known here: {listed(known)}"
                self._fault((*path, key), key, stated)

    def _fault(self, path: JsonPath, value: object | None, message: str) -> None:
        line, column = self._json.place(*path)
        self._problems.add(DESCRIPTOR, line, column, value, message)


def near(given: object, known: Iterable[str]) -> str:
    """ "did you mean “start”? ", where one of the known words is spelled nearly so; else nothing."""
    if not isinstance(given, str):
        return ""
    spelled = {_plainly(word): word for word in known}
    plain = _plainly(given)
    begun = [word for word in spelled if len(plain) > 2 and word.startswith(plain)]
    alike = begun or get_close_matches(plain, spelled, n=1, cutoff=0.7)
    return f"did you mean “{spelled[alike[0]]}”? " if alike else ""


def _plainly(word: str) -> str:
    return word.casefold().replace("-", "_").replace(" ", "_")


def listed(known: Iterable[str]) -> str:
    """The known words, for a message."""
    return ", ".join(sorted(known))


def lacks_measure(measure: str) -> str:
    """What to say of a measure that the vocabulary does not have."""
    return f'the vocabulary lacks this measure; add "{measure}": {{"words": ["…"], "type": "flow"}}'
