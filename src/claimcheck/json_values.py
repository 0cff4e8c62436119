"""Frozen values as JSON and back, by the types of their fields: what files beside a database hold."""

from __future__ import annotations

from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints


def as_json(value: Any) -> Any:
    """A value as JSON holds it, from which `value_of` makes it again: what is None or an empty text is left
    out where it may be, and no half of a surrogate pair stands in it, which no UTF-8 file can hold."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, date):
        return value.isoformat()
    if hints := _hints(value.__class__):
        parts = {name: getattr(value, name) for name in hints}
        needed = _needed(value.__class__)
        return {name: as_json(one) for name, one in parts.items() if one not in (None, "") or name in needed}
    return [as_json(one) for one in value] if isinstance(value, tuple) else value


def value_of(hint: Any, found: Any, name: str = "it") -> Any:
    """The value of a type from its JSON. Raises ValueError, saying what is wrong."""
    kind, arguments = of_type(hint)
    if isinstance(found, str) and kind is date:
        try:
            return date.fromisoformat(found)
        except ValueError:
            raise ValueError(f"{found!r} is no day: write YYYY-MM-DD") from None
    if isinstance(found, list) and kind is tuple:
        return tuple(value_of(arguments[0], one, name) for one in found)
    if isinstance(found, dict) and (hints := _hints(kind)):
        if unknown := found.keys() - hints:
            raise ValueError(f"{name!r} has no field {min(unknown)!r}")
        try:
            return kind(**{field: value_of(hints[field], part, field) for field, part in found.items()})
        except TypeError as error:
            raise ValueError(str(error).rpartition("() ")[2]) from None
    if type(found) is not (str if kind is Literal else kind):
        raise ValueError(f"{name!r} cannot be {found!r}")
    return as_json(found)


def of_type(hint: Any) -> tuple[Any, tuple[Any, ...]]:
    """A type without "or None", as it is at run time, and its arguments: `tuple` and `str`."""
    if get_origin(hint) in (Union, UnionType):
        hint = next(one for one in get_args(hint) if one is not NoneType)
    return get_origin(hint) or hint, get_args(hint)


@cache
def _hints(kind: Any) -> dict[str, Any]:
    """The types of the fields that a dataclass or a named tuple has."""
    return get_type_hints(kind) if is_dataclass(kind) or hasattr(kind, "_fields") else {}


@cache
def _needed(kind: Any) -> frozenset[str]:
    """The fields of it that nothing stands for."""
    if not is_dataclass(kind):
        return frozenset(name for name in kind._fields if name not in kind._field_defaults)
    return frozenset(f.name for f in fields(kind) if f.default is f.default_factory is MISSING)
