"""Frozen values as rows of a table and as cells of JSON, and back: by the fields of their dataclass.

A row holds texts, integers and truths alone: days are ISO 8601, numbers all their nine places, lists JSON. So
its fingerprint is soon made, and a bulk load soon has it in a table.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any, Generic, TypeVar, cast, get_type_hints

from claimcheck.json_values import of_type
from claimcheck.model import WIDE

Row = tuple[Any, ...]
Record = Mapping[str, Any]
Convert = Callable[[Any], Any]
Read = Callable[[Record], Any]
T = TypeVar("T")

ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
NOTHING = "[]"

# ----------------------------------------------------------------------------------------------------
# Decimals in and out of DECIMAL(38,9), without a lost digit.
#
# A number that the column cannot hold exactly is rounded to nine places, or NULL beyond 10^29, and its text
# goes into the row's `beyond` column under the column's name. `loaded_number` prefers that text.

PLACES = Decimal("1E-9")
BOUND = Decimal("1E29")
ZERO = "0.000000000"  # one zero, so that a fingerprint does not depend on its sign


def stored_numbers(
    names: Sequence[str], values: Sequence[Decimal | None]
) -> tuple[tuple[str | None, ...], str | None]:
    """What the columns of these names take for the values, as text, and what the row's `beyond` takes: NULL
    where every number fits, else JSON of the texts of those that do not."""
    texts: list[str | None] = []
    beyond: dict[str, str] = {}
    for name, value in zip(names, values, strict=True):
        if value is None:
            texts.append(None)
            continue
        try:
            text, exact = _column(value)
        except TypeError:  # a signalling NaN has no hash
            text, exact = None, False
        texts.append(text)
        if not exact:
            beyond[name] = str(value)
    return tuple(texts), json.dumps(beyond, sort_keys=True) if beyond else None


@lru_cache(maxsize=1 << 12)
def _column(value: Decimal) -> tuple[str | None, bool]:
    """What a column takes for a number, with all nine places, and whether that is the number itself."""
    try:
        rounded = value.quantize(PLACES, context=WIDE)
    except InvalidOperation:  # infinite, or too many digits
        return None, False
    if not (rounded.is_finite() and -BOUND < rounded < BOUND):
        return None, False
    return f"{rounded:f}" if rounded else ZERO, rounded == value


@lru_cache(maxsize=1 << 12)
def whole_number(value: Decimal) -> Decimal:
    """A stored number without the zeros that its column adds, without an exponent where it is whole."""
    integral = value.to_integral_value(context=WIDE)
    return integral if integral == value else value.normalize(WIDE)


def loaded_number(column: str, value: Decimal | None, beyond: str | None) -> Decimal | None:
    """The number that was stored: without trailing zeros, without an exponent where it is whole."""
    if beyond is not None:
        text = json.loads(beyond).get(column)
        if text is not None:
            return Decimal(text)
    return None if value is None else whole_number(value)


# ----------------------------------------------------------------------------------------------------
# Values as cells that JSON can hold: a frozen value is the list of its fields.


def cells(value: Any) -> Any:
    """A value as JSON holds it: `Span(3, 9)` is [3, 9], a day its ISO text, a decimal its digits."""
    if is_dataclass(value):
        return [cells(getattr(value, f.name)) for f in fields(value)]
    if isinstance(value, tuple | list):
        return [cells(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


@cache
def of_cells(hint: Any) -> Convert:
    """What makes a value of a type from its cells; fields that the cells end before have their defaults."""
    kind, arguments = of_type(hint)
    if is_dataclass(kind):
        named, make = list(typed(cast("type", kind)).items()), cast("Callable[..., Any]", kind)

        def made(given: Any) -> Any:
            stated = zip(named, given, strict=False)
            return make(**{name: _some(of_cells(of), cell) for (name, of), cell in stated})

        return made
    if kind is tuple:
        item = of_cells(arguments[0])
        return lambda given: tuple(_some(item, one) for one in given)
    read: dict[Any, Convert] = {date: date.fromisoformat, Decimal: Decimal, bool: bool}
    return read.get(kind, _same)


def _some(convert: Convert, value: Any) -> Any:
    return None if value is None else convert(value)


def _same(value: Any) -> Any:
    return value


@cache
def typed(kind: Any) -> dict[str, Any]:
    """The types of a dataclass's fields, by their names."""
    hints = get_type_hints(kind)
    return {f.name: hints[f.name] for f in fields(kind)}


# ----------------------------------------------------------------------------------------------------
# Values as rows.


class Table(Generic[T]):
    """The columns of a table that hold a value, in their order.

    `columns` names them: a field that a column is called by, or `column=field` where it is called otherwise;
    `qualifier_start=qualifier.start` is a field of a value inside, which is None where all its columns are;
    `column=` is filled by the caller. Where numbers are among the fields, `beyond=` holds what their columns
    cannot. A list without items is NULL, or `empty`.

        SPAN = Table(Span, "position= start_offset=start end_offset=end")
        SPAN.row(Span(3, 9), 0) == (0, 3, 9)
        SPAN.value({"start_offset": 3, "end_offset": 9}) == Span(3, 9)
    """

    def __init__(self, kind: type[T], columns: str, *, empty: str | None = None) -> None:
        self._kind, self._empty = cast("Any", kind), empty
        stated = [one.partition("=") for one in columns.split()]
        self._paths = [(column, path if sign else column) for column, sign, path in stated]
        self.columns = tuple(column for column, _ in self._paths)
        self._ready = False

    def _prepare(self) -> None:
        """Find out, for the first value, how each column is filled: many programs need few tables."""
        self._ready, paths, empty = True, self._paths, self._empty
        held = [(n, column, path) for n, (column, path) in enumerate(paths) if path]
        self._beyond = self.columns.index("beyond") if "beyond" in self.columns else None
        self._given = [n for n, (_, path) in enumerate(paths) if not path and n != self._beyond]
        plain = [(n, path) for n, _, path in held if "." not in path]
        self._plain_at, self._plain = [n for n, _ in plain], attrgetter(*(path for _, path in plain))
        deep = [(n, path.split(".")) for n, _, path in held if "." in path]
        self._get = [(n, attrgetter(one), attrgetter(other)) for n, (one, other) in deep]
        self._put = [(n, put) for n, _, path in held if (put := self._stored(path, empty))]
        numbers = [(n, column) for n, column, path in held if self._of(path)[0] is Decimal]
        self._numbers_at, self._numbers = [n for n, _ in numbers], [column for _, column in numbers]
        inside: dict[str, list[tuple[str, str, Read]]] = {}
        for _, column, path in held:
            outer, _, inner = path.partition(".")
            if outer not in typed(self._kind):  # a property, which follows from the fields
                continue
            inside.setdefault(outer, []).append((inner, column, self._loaded(column, path)))
        self._fields = [(name, self._of(name)[0] if of[0][0] else None, of) for name, of in inside.items()]

    def _of(self, path: str) -> tuple[Any, tuple[Any, ...]]:
        kind: Any = self._kind
        for name in path.split("."):
            if isinstance(member := getattr(kind, name, None), property):
                return of_type(get_type_hints(member.fget)["return"])
            kind, arguments = of_type(typed(kind)[name])
        return kind, arguments

    def _stored(self, path: str, empty: str | None) -> Convert | None:
        """What turns a field into what its column holds, None where it does as it is."""
        kind, arguments = self._of(path)
        if kind is tuple:
            nothing = NOTHING if arguments[0] is str else empty
            return lambda value: ENCODE(cells(value)) if value else nothing
        return date.isoformat if kind is date else None

    def _loaded(self, column: str, path: str) -> Read:
        """What reads a field from a record."""
        kind, arguments = self._of(path)
        if kind is Decimal:
            return lambda r: loaded_number(column, r[column], r["beyond"])
        if kind is tuple and arguments[0] is str:
            return lambda r: tuple(r.get(column) or ())
        if kind is tuple:
            made = of_cells(arguments[0])
            return lambda r: tuple(made(one) for one in json.loads(r[column])) if r[column] else ()
        if kind is bool:
            return lambda r: bool(r.get(column))
        return lambda r: r.get(column)

    def row(self, value: T, *given: Any) -> Row:
        """The row of a value; `given` are the columns that its caller fills, in their order."""
        if not self._ready:
            self._prepare()
        out: list[Any] = [None] * len(self.columns)
        for n, one in zip(self._plain_at, self._plain(value), strict=True):
            out[n] = one
        for n, outer, inner in self._get:
            if (inside := outer(value)) is not None:
                out[n] = inner(inside)
        for n, put in self._put:
            if out[n] is not None:
                out[n] = put(out[n])
        for n, one in zip(self._given, given, strict=True):
            out[n] = one
        if self._beyond is not None:
            texts, out[self._beyond] = stored_numbers(self._numbers, [out[n] for n in self._numbers_at])
            for n, text in zip(self._numbers_at, texts, strict=True):
                out[n] = text
        return tuple(out)

    def value(self, r: Record, **made: Any) -> T:
        """The value of a record, with the fields that its caller makes."""
        if not self._ready:
            self._prepare()
        for name, kind, parts in self._fields:
            if name in made:
                continue
            if kind is None:
                made[name] = parts[0][2](r)
            elif any(r.get(column) is not None for _, column, _ in parts):
                made[name] = kind(**{inner: read(r) for inner, _, read in parts})
            else:
                made[name] = None
        value: T = self._kind(**made)
        return value
