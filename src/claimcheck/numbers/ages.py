"""Ages: "a 50-year-old", "aged 47", "three months old", "Hadi Saleh, 37,", "children under the age of five".

An age never becomes a duration or a date. Its unit is the year unless the text says months, weeks or days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice, pairwise

from claimcheck.lexicon import pattern
from claimcheck.model import Comparator, Interval, Mention, Span
from claimcheck.numbers.numerals import Numeral, Scan, find_numerals, flattened, occurrences
from claimcheck.numbers.units import (
    Qualifier,
    admitted,
    counted_noun,
    pairs_of,
    qualifier_before,
    qualifier_behind,
    words_of,
)

_BEHIND = pattern("ages", "behind")
_BEHIND_WORDS = ("old", "Old", "OLD", "of age")
_SHORT = re.compile(r"\d([ -]{0,2}(?:[yY]\.?[oO]\.?|[yY]/[oO])(?![^\W_]))")
_CUE = pattern("ages", "cue")
_BIRTHDAY = pattern("ages", "birthday")
_NAME_BEFORE = {  # what stands between a name and an age, and what must follow
    ", ": (
        re.compile(r"(?<![^\W\d_])[A-Z][^\W\d_]{1,24}(?:['’-][^\W\d_]{1,24}){0,2},[ ]\Z"),
        re.compile(r"\d{1,3}(?=,(?![ ]?\d)|[ ]\(|\)|;)"),
    ),
    " (": (
        re.compile(
            r"(?<![^\W\d_])[A-Z][^\W\d_]{1,24}[ ](?:[A-Za-z]{2,3}[-’' ]){0,2}[A-Z][a-z’'-]{1,24}[ ]\(\Z"
        ),  # "Karim al-Hadi ("
        re.compile(r"\d{1,2}(?=\))"),
    ),
}
_ARTICLE = pattern("number_names", "the")
_PERSON_BEFORE_BRACKET = pattern("ages", "person before a bracket")
_AGE_IN_BRACKETS = re.compile(r"\d{1,3}(?=\))")
_AGE_IN_COMMAS = re.compile(r"\d{1,2}(?=,[ ][a-z])")
_BOUNDED = pattern("ages", "bound")
_AGE_END = pattern("ages", "age end")
_BEFORE_AGE = (
    *("under ", "over ", "above ", "below ", "than ", " to "),
    *(" of ", "just ", "only ", "about ", "nder-"),
)
_PARTS_OF_DECADE = {None: (0, 9), "early": (0, 3), "mid": (4, 6), "late": (7, 9)}
_RANGE = pattern("ages", "range")
_BETWEEN = pattern("ages", "between")
_OLDEST = 125


def find_ages(text: str) -> list[Mention]:
    """Every age in the text, in order, without overlaps."""
    flat = flattened(text)
    found = _found(flat.text, flat.scanned(text))
    return found if flat.text is text else [flat.outside(m, text) for m in found]


def _found(text: str, places: Scan) -> list[Mention]:
    found: list[Mention] = []
    taken = -1
    for mention in sorted(_candidates(text, places), key=lambda m: (m.start, -m.end)):
        if mention.start >= taken:
            found.append(mention)
            taken = mention.end
    return found


def _candidates(text: str, places: Scan) -> Iterator[Mention]:
    yield from _in_decade_of_life(text)
    if not places.numbers:
        return
    last = 0
    for place in occurrences(text, _BEHIND_WORDS):
        cue = _BEHIND.search(text, max(last, place - 12), place + 6)
        if cue is not None:
            last = cue.end()
            yield from _before_cue(text, cue.start(), cue.end(), cue["unit"])
    for short in _SHORT.finditer(text) if places.digits else ():
        yield from _before_cue(text, short.start(1), short.end(), "year")
    for place in occurrences(text, ("age", "Age")):
        cue = _CUE.match(text, place)
        if cue is not None:
            yield from _behind_cue(text, cue.end(), "age.aged")
    for place in places.numbers:
        if text[place - 1 : place] == " " and _BIRTHDAY.search(text, max(0, place - 30), place):
            yield from _at_birthday(text, place)
    for place in places.numbers:
        if text.endswith(_BEFORE_AGE, 0, place):
            yield from _of_person(text, place)
    for place in places.digits:
        yield from _behind_name(text, place)


def _at_birthday(text: str, place: int) -> Iterator[Mention]:
    """ "She turned 40 in May"."""
    for mention in _behind_cue(text, place, "age.birthday"):
        fits = mention.value is not None and 1 <= mention.value < _OLDEST
        if fits and pattern("ages", "birthday end").match(text, mention.end):
            yield mention


def _of_person(text: str, place: int) -> Iterator[Mention]:
    """ "children under five", "a man of 60": no noun may follow that the number counts."""
    bounded = _BOUNDED.search(text, max(0, place - 60), place)
    bounded = bounded or pattern("ages", "under").search(text, max(0, place - 7), place)
    if bounded is None and pattern("ages", "person of").search(text, max(0, place - 36), place) is None:
        return
    rule = "age.of" if bounded is None else "age.bounded"
    for mention in islice(_behind_cue(text, place, rule), 1):
        at_least = 1 if bounded is not None else 10
        fits = mention.value is not None and at_least <= mention.value < _OLDEST
        if fits and _AGE_END.match(text, mention.end) and counted_noun(text, mention.end) is None:
            yield mention


def _in_decade_of_life(text: str) -> Iterator[Mention]:
    """ "in her early thirties": the years of a decade."""
    for place in occurrences(text, ("in his ", "in her ", "in their ", "in my ", "in our ", "in your ")):
        found = pattern("ages", "decade of life").match(text, place)
        if found is None:
            continue
        word = found["decade"].lower()
        low = Decimal(word[:2]) if word[0].isdigit() else Decimal(pairs_of("years of a decade")[word])
        first, last = _PARTS_OF_DECADE[found["part"] and found["part"].lower()]
        start = found.start("part") if found["part"] else found.start("decade")
        low, high = low + first, low + last
        yield _mention(text, start, found.end(), None, low, high, "range", "year", "age.decade", None)


def _behind_name(text: str, place: int) -> Iterator[Mention]:
    """ "Hadi Saleh, 37,", "Hadi Saleh (37)", "the boy, 9, survived", "a woman (62)"."""
    patterns = _NAME_BEFORE.get(text[max(0, place - 2) : place])
    if patterns is None:
        return
    alone = _AGE_IN_COMMAS.match(text, place)
    if alone is not None and pattern("ages", "person before").search(text, max(0, place - 24), place):
        value = Decimal(alone[0])
        yield _mention(text, place, alone.end(), value, value, value, "eq", "year", "age.person", None)
        return
    alone = _AGE_IN_BRACKETS.match(text, place)
    if alone is not None and _PERSON_BEFORE_BRACKET.search(text, max(0, place - 24), place):
        value = Decimal(alone[0])
        if 0 < value < _OLDEST:
            yield _mention(text, place, alone.end(), value, value, value, "eq", "year", "age.person", None)
        return
    number = patterns[1].match(text, place)
    name = None if number is None else patterns[0].search(text, max(0, place - 80), place)
    if number is None or name is None:
        return
    value = Decimal(number[0])
    names = set(re.split(r"[ ,(]+", name[0]))
    body = _ARTICLE.search(text, max(0, name.start() - 6), name.start())  # "the Social Democrats (46)"
    if 0 < value < _OLDEST and not body and not words_of("no names before an age") & names:
        yield _mention(
            text, place, number.end(), value, value, value, "eq", "year", "age.named", None
        )  # fmt: skip


def _before_cue(text: str, start: int, end: int, unit: str) -> Iterator[Mention]:
    """The number, or the range, that ends where "-year-old" starts."""
    numerals = [n for n in find_numerals(text, _word_start(text, max(0, start - 48)), start) if not n.ordinal]
    if not numerals or numerals[-1].end != start:
        return
    last = numerals[-1]
    unit = unit.lower().replace("yr", "year")
    if (
        len(numerals) > 1
        and _RANGE.fullmatch(text, numerals[-2].end, last.start)
        and numerals[-2].value < last.value
    ):
        yield _range(text, numerals[-2], last, end, unit)
        return
    for before, after in pairwise(numerals):
        if pattern("ages", "suspended").fullmatch(text, before.end, after.start):
            yield _single(text, before, before.start, before.end, unit, "age.old")
    yield _single(text, last, last.start, end, unit, "age.old")


def _word_start(text: str, at: int) -> int:
    """The next place at or behind `at` that is not inside a word or number."""
    while 0 < at < len(text) and (text[at - 1].isalnum() or text[at - 1] in ",."):
        at += 1
    return at


def _behind_cue(text: str, start: int, rule: str) -> Iterator[Mention]:
    """The number, or the range, that starts right behind "aged"."""
    numerals = [n for n in find_numerals(text, start, min(len(text), start + 40)) if not n.ordinal]
    if not numerals or numerals[0].start != start or not 0 <= numerals[0].value < _OLDEST:
        return
    first = numerals[0]
    second = numerals[1] if len(numerals) > 1 else first
    if first.value < second.value < _OLDEST and _RANGE.fullmatch(text, first.end, second.start):
        joined = text[first.end : second.start].strip()
        if joined != "and" or pattern("ages", "between ages").search(text, max(0, start - 24), start):
            yield _range(text, first, second, second.end, "year")
            return
    yield _single(text, first, first.start, first.end, "year", rule)
    for before, more in pairwise(numerals):
        if (
            not pattern("ages", "and age").fullmatch(text, before.end, more.start)
            or more.value >= _OLDEST
            or counted_noun(text, more.end)
        ):
            return
        yield _single(text, more, more.start, more.end, "year", rule)


def _range(text: str, first: Numeral, last: Numeral, end: int, unit: str) -> Mention:
    between = _BETWEEN.search(text, max(0, first.start - 9), first.start)
    start = first.start if between is None else between.start()
    return _mention(text, start, end, None, first.value, last.value, "range", unit, "age.range", None)


def _single(text: str, numeral: Numeral, start: int, end: int, unit: str, rule: str) -> Mention:
    value = numeral.value
    qualifier = qualifier_before(text, start) or qualifier_behind(text, end)
    if qualifier is None:
        return _mention(text, start, end, value, value, value, "eq", unit, rule, None)
    limits = admitted(value, qualifier.row["low"], qualifier.row["high"], value == value.to_integral_value())
    return _mention(
        text, start, end, value, limits.low, limits.high, qualifier.comparator, unit, rule, qualifier
    )


def _mention(
    text: str,
    start: int,
    end: int,
    value: Decimal | None,
    low: Decimal | None,
    high: Decimal | None,
    comparator: Comparator,
    unit: str,
    rule: str,
    qualifier: Qualifier | None,
) -> Mention:
    limits = Interval(low, high)
    return Mention(
        start=start, end=end, text=text[start:end], kind="age", value=value, low=limits.low,
        high=limits.high, comparator=comparator, unit=unit, rule=rule,
        qualifier=None if qualifier is None else _outside(qualifier.span, start, end),
    )  # fmt: skip


def _outside(span: Span, start: int, end: int) -> Span | None:
    return None if span.start >= start and span.end <= end else span
