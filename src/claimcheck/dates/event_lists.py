"""Happenings of a series that share one word for it: "resolutions 2139 (2014), 2165 and 2191", "the third and
fourth rounds", "the third round was held in March, the fourth in May".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from claimcheck.dates.event_words import Token, is_ordinal
from claimcheck.lexicon import pattern

_NEXT = pattern("event_series", "next")
_DAY = 2  # digits
_IS_DATE = pattern("event_series", "is a date")
_JOINED = pattern("event_series", "joined")
_ALONE_BEFORE = pattern("event_series", "alone before")
_OPENS = pattern("event_series", "opens")
_ALONE_BEHIND = pattern("event_series", "alone behind")


_YEAR_BEHIND = re.compile(r"(?<=\d)\s\((?:19|20)\d\d\)")


def with_its_year(text: str, end: int) -> int:
    """Where a number ends that has its year behind it in brackets: "resolution 2401 (2018)"."""
    year = _YEAR_BEHIND.match(text, end)
    return end if year is None else year.end()


def numbers_behind(text: str, words: Sequence[Token], i: int) -> Iterator[int]:
    """The tokens from `i` on that go on a list of numbers, whose last is the token before `i`."""
    last = i - 1
    for j in range(i, len(words)):
        if not text[words[j].start : words[j].end].isdigit():
            continue
        if _NEXT.fullmatch(text, words[last].end, words[j].start) is None:
            continue
        if words[j].end - words[j].start <= _DAY and _IS_DATE.match(text, words[j].end) is not None:
            continue
        last = j
        yield j


def ordinals_within(text: str, words: Sequence[Token], i: int, end: int) -> list[int]:
    """The ordinals right behind the one at `i` that share its noun, up to a character: "third and fourth
    rounds"."""
    out: list[int] = []
    for j in range(i + 1, len(words)):
        if words[j].start >= end:
            break
        if not is_ordinal(text[words[j].start : words[j].end]):
            continue  # "and"
        last = out[-1] if out else i
        if _JOINED.fullmatch(text, words[last].end, words[j].start) is None:
            break
        out.append(j)
    return out


def stands_alone(text: str, word: Token) -> bool:
    """Whether an ordinal stands for one more of what was named before: "and the second in May", "; the second
    on 3 May", "The second opened on", and not "the eighth round, the fourth in 2017"."""
    if not is_ordinal(text[word.start : word.end]):
        return False
    before = _ALONE_BEFORE.search(text, max(0, word.start - 12), word.start)
    behind = _ALONE_BEHIND.match(text, word.end)
    if behind is None:
        return False
    if before is None:
        return behind[1] is None and _OPENS.search(text, max(0, word.start - 12), word.start) is not None
    return behind[1] is None or before[1] is not None
