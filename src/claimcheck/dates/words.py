"""The vocabulary of dates from `data/date_words.toml`, as tables and as pieces of regular expressions.

A rule of `data/time_expressions.toml` writes `<MONTH>`, `<DAY>`, `<NUM>` ...; `expand` puts in the piece,
each with a named group, so that the pattern of a rule stays readable and no rule repeats the vocabulary.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from claimcheck.lexicon import Row, load, pattern, written
from claimcheck.numbers.numerals import parse_numeral

GAP = r"(?:[^\S\n]{1,4}|[^\S\n]{0,3}\n[^\S\n]{0,8})"  # what a space in a pattern stands for
DASH = r"(?:\s?[-–—‒−~]\s?)"

_PLURALS = {"centuries": "century", "millennia": "millennium"}
_AND = pattern("year_words", "and in a year")
_CLASS = re.compile(r"\[\^?\]?[^\]]*\]")  # in a class, a space is one white space

_JOINT = r"(?:-\s{0,2}|\s)"  # twenty-first, twenty first, and "twenty- first" where a line once ended
SMALL = written("date_pieces", "small")
"""A number in words up to ninety-nine, as a pattern."""
VAGUE = written("date_pieces", "vague")


@cache
def table(kind: str) -> dict[str, Row]:
    """Every word of a kind -> its row: `table("month")["may"]["value"]` is 5."""
    return {word: row for row in load("date_words") if row["kind"] == kind for word in row["words"]}


def value(kind: str, word: str) -> int | str:
    """What a word stands for, plural "s", full stop and case ignored. Raises KeyError on an unknown word."""
    rows = table(kind)
    key = re.sub(r"\s+", " ", word.lower().rstrip(". "))
    found = rows.get(key) or rows[key.removesuffix("s") if kind != "unit" else singular(key)]
    answer: int | str = found["value"]
    return answer


@cache
def company(name: str) -> frozenset[str]:
    """The words of a row of `data/date_company.toml`: what stands beside a time word."""
    return next(frozenset(row["words"]) for row in load("date_company") if row.id == name)


def singular(unit: str) -> str:
    """A time unit without its plural ending: "centuries" is "century", "yrs" is "yr"."""
    word = unit.lower().rstrip(".")
    return _PLURALS.get(word) or word.removesuffix("s")


def month(word: str) -> int:
    """The number of a month's name or abbreviation, 1-12."""
    return int(value("month", word))


def weekday(word: str) -> int:
    """The ISO number of a weekday, Monday is 1. A plural ("Fridays") counts too."""
    return int(value("weekday", word))


def unit(word: str) -> tuple[str, int]:
    """What a unit of time is made of: "decade" is ("years", 10)."""
    row = table("unit")[singular(word)]
    return row["value"], int(row.get("times", 1))


def ordinal(word: str) -> int:
    """A day of the month or a rank, in digits or words: "3rd", "third" and "3" are 3."""
    digits = re.match(r"\d+", word)
    return int(digits.group()) if digits else int(value("ordinal", re.sub(r"-\s*|\s+", " ", word)))


def number(text: str) -> Decimal | None:
    """A count of time units: "two and a half" is 2.5, "half a" 0.5, "a" 1; None for vague words."""
    plain = re.sub(r"\s+", " ", text.strip().lower())
    if re.fullmatch(VAGUE, plain):
        return None
    if plain in ("a", "an"):
        return Decimal(1)
    if plain in ("half", "half a", "half an"):
        return Decimal("0.5")
    if "quarter" in plain.split():
        return Decimal("0.25")
    if plain.endswith(" and a half"):
        whole = number(plain.removesuffix(" and a half"))
        return None if whole is None else whole + Decimal("0.5")
    return parse_numeral(plain)


def year(text: str) -> int | None:
    """A year as written: "2014", "'87" (1987), "nineteen ninety-six"; None where it is none."""
    plain = re.sub(r"[\s-]+", " ", text.strip().lower())
    if re.fullmatch(r"\d{4}", plain):
        return int(plain)
    if re.fullmatch(r"['’‘]?\d\d", plain):
        return short_year(int(plain[-2:]))
    words = _AND.sub("", plain).split()
    head, rest = _year_head(words)
    if head is None:
        return None
    tail = number(" ".join(rest)) if rest else Decimal(0)
    return None if tail is None else head + int(tail)


def _year_head(words: list[str]) -> tuple[int | None, list[str]]:
    if words[:2] == ["two", "thousand"]:
        return 2000, words[2:]
    first = number(words[0]) if words else None
    if first is None or not 10 <= first <= 20:
        return None, []
    return int(first) * 100, words[2:] if words[1:2] == ["hundred"] else words[1:]


def short_year(two: int) -> int:
    """The year that two digits stand for: 00-39 are 2000-2039, 40-99 are 1940-1999."""
    return two + (2000 if two < 40 else 1900)


def _any(kind: str, full: bool = False) -> str:
    words = sorted(table(kind), key=len, reverse=True)
    if full:
        words = [
            w for w in words if len(w) > 3 and w != "sept" and w not in ("tues", "weds", "thur", "thurs")
        ]
        words += ["may"] if kind == "month" else []
    return "|".join(w.replace(" ", r"[\s-]") for w in words)


_LED = {"MONTH": "month", "WEEKDAY": "weekday", "UNIT": "unit", "UNITS": "unit", "SEASON": "season",
        "PART": "part", "DWORD": "decade"}  # fmt: skip
"""Pieces -> the kind of words with whose first letters each of them begins."""


def _begins(kind: str) -> str:
    """A look at the first letter, which is cheaper at every place of a text than to try each word there."""
    return f"(?=[{''.join(sorted({word[0] for word in table(kind)}))}])"


def pieces() -> dict[str, str]:
    """The pieces of patterns by name."""
    return {name: (_begins(_LED[name]) if name in _LED else "") + piece for name, piece in _pieces().items()}


def _pieces() -> dict[str, str]:
    units = "|".join(
        sorted({w for w in table("unit") if w not in ("sec", "min", "hr", "yr")}, key=len, reverse=True)
    )
    plural = units.replace("century", "centur(?:y|ies)").replace("millennium", "millenni(?:um|a)")
    ordinals = "|".join(w.replace(" ", _JOINT) for w in sorted(table("ordinal"), key=len, reverse=True))
    return {
        "MONTH": (rf"(?:{_any('month', full=True)}" rf"|{written('date_pieces', 'short month')})"),
        "WEEKDAY": rf"(?:{_any('weekday', full=True)}|{written('date_pieces', 'short weekday')})",
        "WEEKDAYS": rf"(?:{'|'.join(w + 's' for w in table('weekday') if w.endswith('day'))})",
        "DAY": written("date_pieces", "day"),
        "DAYORD": rf"(?:{written('date_pieces', 'nth in digits')}|(?:{ordinals})\b)",
        "DAYWORD": rf"(?:(?:{ordinals})\b|{SMALL}\b)",
        "YEAR": rf"(?:[12]\d{{3}}(?!\d)|{written('date_pieces', 'year in words')}\b)",
        "YEAR2": r"(?:[12]\d{3}(?!\d))",
        "SHORTYEAR": r"(?:['’‘]\d\d(?!\d))",
        "LATEYEAR": r"(?:(?:3[2-9]|[4-9]\d)(?![\d%]))",  # two digits that are no day of a month
        "NUM": rf"(?=[\d½¼¾a-z])(?:{written('date_pieces', 'number')}|{VAGUE})",
        "UNIT": rf"(?:(?:{plural})s?\b|{written('date_pieces', 'short unit')})",
        "UNITS": written("date_pieces", "units"),
        "SEASON": rf"(?:{_any('season')})\b",
        "PART": written("date_pieces", "part of a day"),
        "NTH": (
            rf"(?:{written('date_pieces', 'rank in digits')}|(?:{ordinals})\b"
            rf"|{written('date_pieces', 'rank without a number')})"
        ),
        "DWORD": rf"(?:{_any('decade')})\b",
        "CLOCK": r"(?:(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?)",
        "MERIDIEM": r"(?:[ap]\.?\s?m\b\.?)",
        "ZONE": written("date_pieces", "zone"),
        "DASH": DASH,
    }


def expand(pattern: str) -> str:
    """A rule's pattern with its pieces put in. `<DAY>` becomes a group `day`, `<DAY:day2>` one named `day2`,
    `<DASH:>` no group; a space stands for any gap between words, in a class for one white space only, but in
    "[- ]" for any gap too."""
    known = pieces()

    def piece(found: re.Match[str]) -> str:
        name, colon, group = found.group(1), found.group(2), found.group(3)
        body = known[name]
        if colon and not group:
            return body
        return f"(?P<{group or name.lower()}>{body})"

    spaced = pattern.replace("[- ]", "(?:-| )")
    whole = re.sub(r"<([A-Z]+2?)(:?)([a-z0-9]*)>", piece, spaced)
    return _CLASS.sub(lambda m: m.group().replace(" ", r"\s"), whole).replace(" ", GAP)
