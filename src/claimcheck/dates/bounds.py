"""Open ends: "since August", "after 2014", "until Friday", "before 3 May" leave one end of a date open.

The words are data (`data/date_bounds.toml`). They stay outside the mention and become its qualifier: the
mention's days are those of its own words ("2014"), its `edtf` and the time of a claim carry what stands in
front ("after 2014" is 2015 and on).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from claimcheck.dates import timex as timex
from claimcheck.dates.timex import When
from claimcheck.lexicon import alternatives, load, pattern
from claimcheck.model import Span

_LOOK_BACK = 28
_COUNTED = pattern("bound_company", "counted")
# Behind the date the clause ends or goes on with a word of grammar; any other may be what the date is of.
_FREE = pattern("bound_company", "free")


@dataclass(frozen=True, slots=True)
class Bound:
    """Words that open an end of a date: their characters, and the days that are left, as EDTF."""

    span: Span
    edtf: str


def gives_of(words: str) -> str | None:
    """What the words of a qualifier make of a date (`onwards`, `beyond`, `up_to`, `short_of`), else None."""
    return _leads()[1].get(re.sub(r"\s+", " ", words.lower()))


@cache
def _leads() -> tuple[re.Pattern[str], dict[str, str]]:
    gives = {word: row["gives"] for row in load("date_bounds") for word in row["words"]}
    words = alternatives(gives, r"\s{1,3}")
    return re.compile(rf"(?<![\w'’-])(?P<lead>{words})\s{{1,3}}(?P<the>the\s{{1,3}})?$", re.IGNORECASE), gives


@cache
def _last_words() -> frozenset[str]:
    """What stands directly in front of a date that words bound: a quick look before the pattern's."""
    return frozenset({"the"} | {word.rpartition(" ")[2] for word in _leads()[1]})


def bound_of(text: str, start: int, end: int, when: When) -> Bound | None:
    """What the words in front of `start` make of a date; None without them or where it is not alone."""
    if when.kind != "date" or when.first is None or when.last is None or when.reason is not None:
        return None
    if when.unit in ("range", "reference") and "/" in (when.timex or "/"):
        return None
    said = text[max(0, start - 16) : start].lower().split()
    if not said or said[-1] not in _last_words():
        return None
    found = _leads()[0].search(text, max(0, start - _LOOK_BACK), start)
    if found is None or (found["the"] and when.unit in ("year", "month", "day")):
        return None
    if not is_alone(text, end):
        return None
    lead = gives_of(found["lead"])
    if lead in ("beyond", "short_of") and _COUNTED.search(text, max(0, found.start() - 12), found.start()):
        return None  # "the days before 3 March"
    first, last = opened(lead or "", when.first, when.last)
    return Bound(Span(found.start("lead"), found.end("lead")), f"{first or '..'}/{last or '..'}")


def is_alone(text: str, end: int) -> bool:
    """Whether a date that ends at a character is none of what stands behind it: "after 2014, they", not
    "after the 2014 *floods*"."""
    return _FREE.match(text, end) is not None


def opened(gives: str, first: date | None, last: date | None) -> tuple[date | None, date | None]:
    """The days that words leave of a period: `beyond` a year is from the day after it."""
    if gives in ("onwards", "beyond"):
        return (first if gives == "onwards" or last is None else timex.add(last, 1)), None
    return None, (last if gives == "up_to" or first is None else timex.add(first, -1))
