"""What a header says beside the name of its column: the unit and the scale of its numbers."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from claimcheck import lexicon
from claimcheck.judging.relations import Unit, unit_named

_BRACKETED = re.compile(r"(?P<name>.*\S)\s*(?:\((?P<a>[^()]+)\)|\[(?P<b>[^\[\]]+)\])\s*")
_BETWEEN = (", ", "; ", " - ", " – ", " in ")  # a name and its unit without brackets
_YEAR = re.compile(r"\d{4}")
_JOINED = re.compile(r"[_\s]+")
_SIZED = frozenset({"money", "measure", "percent"})
_LONGEST = 4  # words of a unit
_ENDS = frozenset({"min", "max"})  # of a range, and no minutes


@lru_cache(maxsize=1 << 10)
def split_header(header: str) -> tuple[str, str | None]:
    """The name of a column without its unit, and the unit as the header writes it, None where it has none.

    >>> split_header("Spending (EUR million)")
    ('Spending', 'EUR million')
    >>> split_header("Area, km2")
    ('Area', 'km2')
    >>> split_header("Deaths (estimate)")
    ('Deaths (estimate)', None)
    """
    if (found := _BRACKETED.fullmatch(header)) is not None:
        unit = (found["a"] or found["b"]).strip()
        stated = unit.removeprefix("in ").strip()
        return (found["name"], stated) if _is_unit(stated) else (header, None)
    for mark in _BETWEEN:
        name, _, stated = header.strip().rpartition(mark)
        if name and _is_unit(stated, bare=True):
            return name, stated
    words = _JOINED.split(header.strip())
    if len(words) > 2:  # "spending_eur_million", "spending_million_eur"
        stated = " ".join(word.upper() if len(word) == 3 else word for word in words[-2:])
        named = unit_named(stated)
        if named is not None and named.kind == "money" and named.many != 1:
            return " ".join(words[:-2]), stated
    return header, None


def _is_unit(stated: str, bare: bool = False) -> bool:
    """Whether words are a unit, or a scale: "EUR million", "thousands". `bare`: without brackets around them
    a scale alone is none."""
    if len(stated.split()) > _LONGEST or _YEAR.search(stated) or stated.lower() in _ENDS:
        return False
    if not bare and stated.lower() in _spans():
        return True
    named: Unit | None = unit_named(stated)
    if named is None or (named.kind == "percent" and named.many != 1):
        return False  # "Votes (share)" may hold 33.6 as well as 0.336
    return named.kind in _SIZED or (not bare and named.many != 1)


@cache
def _spans() -> frozenset[str]:
    """The words for lengths of time: "years"."""
    return frozenset(
        word for row in lexicon.load("units") if row["dimension"] == "time" for word in row["words"]
    )
