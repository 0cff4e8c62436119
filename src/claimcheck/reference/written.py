"""Cells as spreadsheets write them, put as the loader reads them: 25/01/2018, 1.234,5, 61 %.

How a column is written its Table Schema says: `format` of a date, `decimalChar`, `groupChar` and `bareNumber`
of a number. A cell that is not written so stays as it is, and its type check then reports it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from claimcheck.reference.schema import Field

Convert = Callable[[str], str]
FORMAT_HINT = 'format is made of %d, %m and %Y, each once ("%d/%m/%Y")'
_PARTS = {"%d": r"(?P<d>[0-9]{1,2})", "%m": r"(?P<m>[0-9]{1,2})", "%Y": r"(?P<Y>[0-9]{4})"}
_FORMAT = re.compile(r"(%[dmY])([./ -])(%[dmY])\2(%[dmY])")
_DAY = re.compile(r"([0-9]{1,2})([./-])([0-9]{1,2})\2[0-9]{4}")
_YEAR_FIRST = re.compile(r"[0-9]{4}([./])[0-9]{1,2}\1[0-9]{1,2}")
_AROUND = re.compile(r"\A[^0-9+\-.,]+|[^0-9.,]+\Z")  # a currency or a sign of per cent
_SIGNS = re.compile(r"\A[$€£¥\s]+|[$€£¥%\s]+\Z")  # of them those that are guessed: "S1" is a key
_GROUPED = {
    ",": re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?"),
    ".": re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+"),
}
_PLAIN = {",": re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?"), ".": re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]+)?")}
_READ = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_COMMA = re.compile(r"[+-]?[0-9]+,(?:[0-9]{1,2}|[0-9]{4,})")
_COMMA_OR_NONE = re.compile(r"[+-]?[0-9]+(?:,[0-9]+)?")
_NUMBERS = frozenset({"number", "integer"})


def day_pattern(written: str) -> re.Pattern[str] | None:
    """The pattern of a date's `format`, None where it is none that tables may have."""
    found = _FORMAT.fullmatch(written)
    if found is None or {found[1], found[3], found[4]} != set(_PARTS):
        return None
    between = re.escape(found[2])
    return re.compile(between.join(_PARTS[found[at]] for at in (1, 3, 4)))


def converter(field: Field) -> Convert | None:
    """What puts a column's cells as the loader reads them; None where they stand so."""
    if field.type == "date" and field.day is not None:
        pattern = day_pattern(field.day)
        return None if pattern is None else lambda cell: _iso(cell, pattern)
    if field.type in _NUMBERS and (field.decimal != "." or field.group or not field.bare):
        return lambda cell: _number(cell, field)
    return None


def _iso(cell: str, pattern: re.Pattern[str]) -> str:
    found = pattern.fullmatch(cell.strip())
    return cell if found is None else f"{found['Y']}-{int(found['m']):02}-{int(found['d']):02}"


def _number(cell: str, field: Field) -> str:
    text = cell.strip()
    if not field.bare:
        text = _AROUND.sub("", text)
    if field.group and field.group in text:
        whole = text.split(field.decimal, 1)[0]
        if not _groups(field.group).fullmatch(whole):  # "1,20" beside "12,000" is a slip, and no 120
            return cell
        text = text.replace(field.group, "")
    if field.decimal != ".":
        text = text.replace(field.decimal, ".")
    return text if _READ.fullmatch(text) else cell


@cache
def _groups(mark: str) -> re.Pattern[str]:
    one = re.escape(mark)
    return re.compile(rf"[+-]?[0-9]{{1,3}}(?:{one}[0-9]{{2,3}})*{one}[0-9]{{3}}")


Guess = tuple[str, Mapping[str, Any]]


def guessed(cells: Sequence[str]) -> Guess | None:
    """The type of a column whose cells are days or numbers as spreadsheets write them, and what its Table
    Schema must say of it; None where they are neither, or may be read in two ways."""
    if not cells:
        return None
    if (day := _day_format(cells)) is not None:
        return "date", {"format": day}
    bare = [_SIGNS.sub("", cell) for cell in cells]
    around: dict[str, Any] = {} if bare == list(cells) else {"bareNumber": False}
    for group, decimal in ((",", "."), (".", ",")):
        grouped = [cell for cell in bare if _GROUPED[group].fullmatch(cell)]
        rest = (cell for cell in bare if not _GROUPED[group].fullmatch(cell))
        if grouped and all(_PLAIN[group].fullmatch(cell) for cell in rest):
            said = {"groupChar": group} if decimal == "." else {"groupChar": group, "decimalChar": decimal}
            return "number", {**said, **around}
    if any(_COMMA.fullmatch(cell) for cell in bare) and all(_COMMA_OR_NONE.fullmatch(cell) for cell in bare):
        return "number", {"decimalChar": ",", **around}
    if around and all(_PLAIN[","].fullmatch(cell) for cell in bare):
        return "number", around
    return None


def is_ambiguous_day(cells: Sequence[str]) -> bool:
    """Whether the cells are days of which month and day cannot be told apart (03/02/2021)."""
    return bool(cells) and all(map(_DAY.fullmatch, cells)) and _day_format(cells) is None


def _day_format(cells: Sequence[str]) -> str | None:
    """The `format` that all cells have; a part above 12 tells the day from the month."""
    years = [_YEAR_FIRST.fullmatch(cell) for cell in cells]
    if all(years) and years[0] is not None:
        return "%Y{0}%m{0}%d".format(years[0][1])
    days = [_DAY.fullmatch(cell) for cell in cells]
    found = [day for day in days if day is not None]
    if len(found) < len(cells) or len({day[2] for day in found}) > 1:
        return None
    first, second = (max(int(day[at]) for day in found) for at in (1, 3))
    if first > 12 >= second or (found[0][2] == "." and second <= 12):  # dots: the day is always first
        return "%d{0}%m{0}%Y".format(found[0][2])
    return "%m{0}%d{0}%Y".format(found[0][2]) if second > 12 >= first else None
