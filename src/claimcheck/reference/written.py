"""Cells as spreadsheets write them, put as the loader reads them: 25/01/2018, 1.234,5, 61 %.

How a column is written its Table Schema says: `format` of a date, `decimalChar`, `groupChar` and `bareNumber`
of a number. A cell that is not written so stays as it is, and its type check then reports it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from claimcheck import calendar_names
from claimcheck.reference.schema import Field

Convert = Callable[[str], str]
FORMAT_HINT = (
    "format is made of %d, %m (%B or %b where the month is written as a word) and %Y, each once "
    '("%d/%m/%Y", "%B %d, %Y", "%B %Y")'
)
MONTHS = {name.lower(): number for name, number in calendar_names.MONTHS.items()}
_NAMED = rf"(?P<b>(?i:{'|'.join(MONTHS)}))\.?"
_PARTS = {
    "%d": r"(?P<d>[0-9]{1,2})", "%m": r"(?P<m>[0-9]{1,2})", "%Y": r"(?P<Y>[0-9]{4})",
    "%B": _NAMED, "%b": _NAMED,
}  # fmt: skip
_FORMAT = re.compile(r"(?:%[dmYBb](?:[./ -]|, |$)){2,3}")
_DIRECTIVE = re.compile(r"%[dmYBb]")
_NAMED_FORMATS = ("%d %B %Y", "%d-%b-%Y", "%B %d, %Y", "%B %d %Y", "%B %Y", "%b-%Y")
_DAY = re.compile(r"([0-9]{1,2})([./-])([0-9]{1,2})\2[0-9]{4}")
_SHORT_YEAR = re.compile(r"[0-9]{1,2}([./-])[0-9]{1,2}\1[0-9]{2}")
_YEAR_FIRST = re.compile(r"[0-9]{4}([./])[0-9]{1,2}\1[0-9]{1,2}")
_AROUND = re.compile(r"\A[^0-9+\-.,]+|[^0-9.,]+\Z")  # a currency or a sign of per cent
_SIGNS = re.compile(r"\A[$€£¥\s]+|[$€£¥%\s]+\Z")  # of them those that are guessed: "S1" is a key
_READ = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_SPACED = " \u00a0\u202f'\u2019"  # what separates thousands and never decimals
_DIGITS = re.compile(rf"[+-]?[0-9.,](?:[0-9.,{_SPACED}]*[0-9.,])?")
_THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}")  # 923.600: thousands, or three decimals
_NUMBERS = frozenset({"number", "integer"})


def day_pattern(written: str) -> re.Pattern[str] | None:
    """The pattern of a date's `format`, None where it is none that tables may have."""
    parts = _DIRECTIVE.findall(written)
    months = [part for part in parts if part in ("%m", "%B", "%b")]
    if not _FORMAT.fullmatch(written) or len(months) != 1 or parts.count("%Y") != 1 or parts.count("%d") > 1:
        return None
    between = _DIRECTIVE.split(written)[1:-1]
    stated = zip(parts, [*map(re.escape, between), ""], strict=True)
    return re.compile("".join(_PARTS[part] + gap for part, gap in stated))


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
    if found is None:
        return cell
    given = found.groupdict()
    month = MONTHS[given["b"].lower()] if given.get("b") else int(given["m"])
    return f"{given['Y']}-{month:02}" + (f"-{int(given['d']):02}" if given.get("d") else "")


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


@dataclass(frozen=True, slots=True)
class Habits:
    """What the whole file shows of how it is written, for columns that do not show it themselves.

    `decimal`: the mark before decimals; `day_first`: whether 03/02/2021 is in February; `delimiter`: what
    stands between its cells. None where nothing shows it.
    """

    decimal: str | None = None
    day_first: bool | None = None
    delimiter: str = ","


class Doubt(ValueError):
    """A column that may be read in two ways. `about` is "day", "century" or "number"; `cell` one of its
    cells."""

    def __init__(self, about: str, cell: str) -> None:
        super().__init__(cell)
        self.about, self.cell = about, cell


def habits_of(columns: Iterable[Sequence[str]], delimiter: str) -> Habits:
    """What the columns of a file show; nothing where one column speaks against another."""
    marks: set[str] = set()
    orders: set[bool] = set()
    for cells in columns:
        bare = [_SIGNS.sub("", cell) for cell in cells]
        if bare and all(map(_DIGITS.fullmatch, bare)) and (mark := _decimal_shown(bare)) is not None:
            marks.add(mark)
        if (order := _order_shown(cells)) is not None:
            orders.add(order)
    return Habits(
        marks.pop() if len(marks) == 1 else None, orders.pop() if len(orders) == 1 else None, delimiter
    )


def guessed(cells: Sequence[str], habits: Habits) -> Guess | None:
    """The type of a column whose cells are days or numbers as spreadsheets write them, and what its Table
    Schema must say of it; None where they are neither. Raises Doubt where they may be read in two ways
    (03/02/2021, 923.600, 03/02/21) and the file does not show which is meant."""
    if not cells:
        return None
    if (day := _day_format(cells, habits)) is not None:
        return "date", {"format": day}
    bare = [_SIGNS.sub("", cell) for cell in cells]
    if not all(map(_DIGITS.fullmatch, bare)):
        return None
    said = _marks(bare, habits)
    if said is None:
        return None
    if bare != list(cells):
        said = {**said, "bareNumber": False}
    field = Field(
        "", "number", decimal=said.get("decimalChar", "."), group=said.get("groupChar", ""),
        bare=said.get("bareNumber", True),
    )  # fmt: skip
    put = converter(field)
    read = cells if put is None else [put(cell) for cell in cells]
    return ("number", said) if all(map(_READ.fullmatch, read)) else None


def _marks(bare: Sequence[str], habits: Habits) -> dict[str, Any] | None:
    """Which marks stand before decimals and between thousands; None where the cells do not agree."""
    groups = {mark for mark in _SPACED if any(mark in cell for cell in bare)}
    points = {mark for mark in ".," if any(mark in cell for cell in bare)}
    if len(groups) + len(points) > 2 or len(groups) > 1:
        return None
    if groups:  # 1 234,5
        return _said(groups.pop(), points.pop() if points else ".")
    if not points:
        return {}
    decimal = _decimal_shown(bare)
    if len(points) == 2:
        return None if decimal is None else _said("." if decimal == "," else ",", decimal)
    mark = points.pop()
    decimal = decimal or habits.decimal
    if decimal is None:
        whole = any(mark not in cell for cell in bare)
        if mark == "." or not (habits.delimiter == "," or whole):
            raise Doubt("number", next(cell for cell in bare if mark in cell))
        decimal = "."  # "12,300" beside 940, or in quotes between commas
    return _said("", mark) if decimal == mark else _said(mark, decimal)


def _said(group: str, decimal: str) -> dict[str, Any]:
    said = {"groupChar": group} if group else {}
    return said if decimal == "." else {**said, "decimalChar": decimal}


def _decimal_shown(bare: Iterable[str]) -> str | None:
    """The mark before decimals as the cells of a column show it by themselves ("12,5", "1.234.567",
    "1,234.5"); None where they do not, or contradict each other."""
    found: set[str] = set()
    for cell in bare:
        marks = [sign for sign in cell if sign in ".,"]
        if len(set(marks)) == 2:
            found.add(marks[-1])
        elif len(marks) > 1:
            found.add("," if marks[0] == "." else ".")
        elif marks and not _THOUSANDS.fullmatch(cell):
            found.add(marks[0])
    return found.pop() if len(found) == 1 else None


def _order_shown(cells: Sequence[str]) -> bool | None:
    """Whether the day stands before the month, as a part above 12 tells; None where none does."""
    days = [_DAY.fullmatch(cell) for cell in cells]
    found = [day for day in days if day is not None]
    if not found or len(found) < len(days) or len({day[2] for day in found}) > 1:
        return None
    first, second = (max(int(day[at]) for day in found) for at in (1, 3))
    if first > 12 >= second or (found[0][2] == "." and second <= 12):  # dots: the day is always first
        return True
    return False if second > 12 >= first else None


def _day_format(cells: Sequence[str], habits: Habits) -> str | None:
    """The `format` that all cells have. Raises Doubt where month and day cannot be told apart."""
    years = [_YEAR_FIRST.fullmatch(cell) for cell in cells]
    if all(years) and years[0] is not None:
        return "%Y{0}%m{0}%d".format(years[0][1])
    if cells[0][:1].isalnum() and any(sign.isalpha() for sign in cells[0]):
        patterns = ((form, day_pattern(form)) for form in _NAMED_FORMATS)
        fit = (form for form, one in patterns if one is not None and all(map(one.fullmatch, cells)))
        return next(fit, None)
    if all(map(_SHORT_YEAR.fullmatch, cells)):
        raise Doubt("century", cells[0])
    days = [_DAY.fullmatch(cell) for cell in cells]
    if not all(days) or len({day[2] for day in days if day is not None}) > 1 or days[0] is None:
        return None
    order = _order_shown(cells)
    high = max(max(int(day[1]), int(day[3])) for day in days if day is not None)
    if order is None and high <= 12:
        order = habits.day_first
        if order is None:
            raise Doubt("day", cells[0])
    if order is None:  # 31/12/2021 beside 12/31/2021
        return None
    return ("%d{0}%m{0}%Y" if order else "%m{0}%d{0}%Y").format(days[0][2])
