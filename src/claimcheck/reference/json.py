"""The descriptor's JSON, read with the position of every value, so that a fault has a line and a column."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from claimcheck.reference.problems import Problems

JsonPath = tuple[str | int, ...]
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+')


class _Repeated(ValueError):
    """An object has one key twice: JSON allows it, and silently keeps the last."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True)
class Located:
    """A JSON value with the place of each of its parts, keyed by path ("resources", 0, "name")."""

    value: Any
    text: str
    offsets: Mapping[JsonPath, int]
    first: int = 1

    def place(self, *path: str | int) -> tuple[int, int]:
        """Line and column, from 1, of the part, or of its nearest part around it that exists."""
        while path and path not in self.offsets:
            path = path[:-1]
        offset = self.offsets.get(path, 0)
        line = bisect_left(self.lines, offset)
        return line + self.first, offset - (self.lines[line - 1] if line else -1)

    @cached_property
    def lines(self) -> Sequence[int]:
        """Where each line ends."""
        return [found.start() for found in re.finditer("\n", self.text)]


def read_json(file: str, text: str, problems: Problems, first: int = 1) -> Located | None:
    """The value with its positions; None, and a problem with line and column, where it is no JSON.

    `first` is the line of the file on which the text begins.
    """
    try:
        value = json.loads(text, object_pairs_hook=_unrepeated, parse_constant=_no_constant)
        json.dumps(value, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        problems.add(file, error.lineno + first - 1, error.colno, None, f"not JSON: {error.msg}")
    except _Repeated as error:
        second = [m.start() for m in re.finditer(re.escape(json.dumps(error.key, ensure_ascii=False)), text)]
        at = second[-1] if second else 0
        line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
        problems.add(
            file, line + first - 1, column, error.key, "this key stands twice in one object: keep one"
        )
    except RecursionError:
        problems.add(file, first, 1, None, "nested too deeply to read")
    except UnicodeEncodeError as error:
        half = f"\\u{ord(error.object[error.start]):04x}"
        line = text.lower().count("\n", 0, text.lower().find(half)) + first
        problems.add(file, line, 1, half, "half of a surrogate pair, which no database can hold")
    except ValueError as error:  # a number of thousands of digits, NaN
        long = "a number of over 4,300 digits" if "digits" in str(error) else error
        problems.add(file, first, 1, None, f"not JSON: {long}")
    else:
        return Located(value, text, _offsets(text), first)
    return None


def _unrepeated(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for key, value in pairs:
        if key in table:
            raise _Repeated(key)
        table[key] = value
    return table


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON number")


def _offsets(text: str) -> dict[JsonPath, int]:
    """Where each value of valid JSON starts: one walk over its tokens, the open path kept on a stack."""
    offsets: dict[JsonPath, int] = {}
    path: list[str | int] = []
    objects: list[bool] = []  # whether each open bracket is an object
    key_next = False
    for token in _TOKEN.finditer(text):
        sign = token[0]
        if sign in "}]":
            objects.pop()
            path.pop()
            key_next = False
        elif sign == ",":
            key_next = objects[-1]
            last = path[-1]
            if isinstance(last, int):
                path[-1] = last + 1
        elif sign == ":":
            key_next = False
        elif key_next:
            path[-1] = json.loads(sign)
        else:
            offsets[tuple(path)] = token.start()
            if sign in "{[":
                objects.append(sign == "{")
                path.append("" if sign == "{" else 0)
                key_next = sign == "{"
    return offsets
