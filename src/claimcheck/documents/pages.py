"""The pages of a PDF as their text goes on: without running heads, words that lines broke made whole.

A head or foot of every page stands between two halves of a sentence and says nothing new: it stays where it
comes first and goes elsewhere. Page numbers go everywhere, since the text keeps its pages by itself.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import NamedTuple

from claimcheck.documents.sheet import GOES_ON
from claimcheck.lexicon import pattern

_EDGE = 3  # lines at either end of a page among which heads and feet are looked for
_LONGEST = 160  # characters of one
_DIGITS = re.compile(r"\d+")
_PAGE_WORDS = pattern("datelines", "page")  # nothing is tried a second way
_LETTERS = 12  # beside a number at the line's end: "City Report 2016 | 12", and not "Incident 12"
_BROKEN = re.compile(
    r"([^\W\d_]{2,40})([-\u2010\u00ad])(\x1f?\n)([^\W\d_]{2,40})([^\s]*)[ \t]?(?=\S|\x1f?\n|\Z)"
)
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")


class _Line(NamedTuple):
    page: int
    at: int  # its place among the page's lines
    numbers: tuple[int, ...]


def flowing(pages: Sequence[str]) -> list[str]:
    """The texts of the pages, in order, each without what only the sheet of paper needed."""
    texts = _without_heads([page.split("\n") for page in pages])
    words = Counter(word.lower() for text in texts for word in _WORD.findall(_BROKEN.sub(" ", text)))
    whole = (_BROKEN.sub(lambda broken: _whole(broken, words), text) for text in texts)
    return [text.replace(f"{GOES_ON}\n", " ").replace(GOES_ON, "") for text in whole]


def _whole(broken: re.Match[str], words: Mapping[str, int]) -> str:
    """A word in two lines as one, with its hyphen where the document writes it so, or its halves as words."""
    first, hyphen, end, second, rest = broken.groups()
    if not second[0].islower() or not first[-1].islower():
        return broken[0]
    one, two = f"{first}{second}", f"{first}-{second}"
    halves = words.get(first.lower(), 0) > 0 and words.get(second.lower(), 0) > 0
    kept = hyphen != "\u00ad" and (words.get(two.lower(), 0) > 0 or (halves and not words.get(one.lower())))
    return f"{two if kept else one}{rest}{end}"


def _without_heads(pages: Sequence[list[str]]) -> list[str]:
    groups: dict[str, list[_Line]] = defaultdict(list)
    for page, lines in enumerate(pages):
        for at in _edges(lines):
            line = lines[at].strip()
            numbers = tuple(int(number[:9]) for number in _DIGITS.findall(line))
            groups[_DIGITS.sub("#", line)].append(_Line(page, at, numbers))
    heads = [head for key, group in groups.items() for head in _running(key, group, len(pages))]
    repeated: dict[int, set[int]] = defaultdict(set)
    for page, at, _ in (line for head in heads for line in head):
        repeated[page].add(at)
    left_out = {page: _at_the_edge(lines, repeated[page]) for page, lines in enumerate(pages)}
    moved: dict[int, list[str]] = defaultdict(list)
    for head in heads:
        first = min(head)
        if first.numbers == max(head).numbers and first.at in left_out[first.page]:
            moved[first.page].append(pages[first.page][first.at])  # no page number: it says something, once
    return [
        "\n".join([*moved[page], *(line for at, line in enumerate(lines) if at not in left_out[page])])
        for page, lines in enumerate(pages)
    ]


def _at_the_edge(lines: Sequence[str], repeated: set[int]) -> set[int]:
    """Of the repeated lines those with nothing but such lines between them and the page's edge."""
    held = [at for at, line in enumerate(lines) if line.strip()]
    return {*takewhile(repeated.__contains__, held), *takewhile(repeated.__contains__, reversed(held))}


def _edges(lines: Sequence[str]) -> list[int]:
    """Places of the lines at a page's head and foot that are short enough for running ones."""
    held = [at for at, line in enumerate(lines) if line.strip()]
    ends = held if len(held) <= 2 * _EDGE else [*held[:_EDGE], *held[-_EDGE:]]
    return [at for at in ends if len(lines[at]) <= _LONGEST]


def _running(key: str, group: Sequence[_Line], pages: int) -> list[list[_Line]]:
    """The lines of a group that are one running head: alike, or counting up with the pages."""
    alike: dict[tuple[int, ...], list[_Line]] = defaultdict(list)
    for line in group:
        alike[line.numbers].append(line)
    found = [lines for lines in alike.values() if _is_often(lines, pages)]
    if found or not _may_number(key):
        return found
    counting: dict[tuple[int, ...], list[_Line]] = defaultdict(list)
    for line in group:
        for position, number in enumerate(line.numbers):
            others = line.numbers[:position] + line.numbers[position + 1 :]
            counting[(position, number - line.page, *others)].append(line)
    least = 2 if _PAGE_WORDS.fullmatch(key) else 3
    return [lines for lines in counting.values() if _is_often(lines, pages, least)][:1]


def _is_often(lines: Sequence[_Line], pages: int, least: int = 3) -> bool:
    """Whether lines stand on so many pages that it is no chance: `least`, and half of all (the left ones)."""
    return len({line.page for line in lines}) >= max(least, pages // 2)


def _may_number(key: str) -> bool:
    """Whether a line with its digits as "#" may hold a page number: alone, named, or beside a long head."""
    if _PAGE_WORDS.fullmatch(key):
        return True
    letters = sum(letter.isalpha() for letter in key)
    return letters >= _LETTERS and (key[0] == "#" or key[-1] == "#")
