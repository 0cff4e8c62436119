"""Families of text: one unit repeated, made from what the lexicons say and from punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache

from claimcheck.documents.limits import Overrun
from claimcheck.lexicon import load, topics
from tests.pace import seconds
from tests.reader import read_text

SENTENCE = "Some 7 people were killed in Aleppo on 5 May 2018"
ENDS = {
    "LF": "\n", "CR": "\r", "CRLF": "\r\n", "FF": "\f", "VT": "\v", "NEL": "\x85", "LS": "\u2028",
    "PS": "\u2029", "blank": "\n\n", "tab": "\t", "no-break": "\xa0", "wide": "\u3000", "NUL": "\0",
    "zero width": "\u200b", "turn": "\u202e", "soft": "\xad", "BOM": "\ufeff",
}  # fmt: skip
MARKS = [
    *",;:.!?-–—/|&%$€#*_~^'\"’“”()[]{}<>", "…", ". . ", "...", "--", "- ", "* ", "• ", "1. ", "a) ",
    "(a) ", "(1) ", "[1]", "½", "½ ", "²", "¹ ", "№ ", "§ ", "°C ", "±5 ", "5/", "5-", "5–", "5,", "5.",
    "5:", "5'", "5 x ", "1e5 ", "1st 2nd ", "5th, ", "A.", "U.S. ", "Mr. ", "Dr. A. ", "e.g. ", "http://",
    "a@b.c ", "Ab", "ABC ", "S-200 ", "Á", "e\u0301", "中", "٣", "𝟗", "😀", "\ue000", "\ue001", "&amp;",
    "&#49;", "<b>", "| ", "|5|", "a\t5\n", "5\n\n", "# 5\n", "> 5\n", "5 and ", "5, 6 and ",
    "between 5 and ", "from May to ", "in 2018 in 2017 ", "5 killed; ", "the first the second ",
    "three score and ", "half a dozen and a ", "not ", "if ", "that he said that ", "of the ",
    "of whom 5 ", "including 5 ", "a total of 5: ", "(5 (6 ", "“5 ", "'5 ", "today ", "Monday, ",
    "5 May ", "May 5, ", "5 May 2018, ", "2018-05-05 ", "5/5/2018 ", "10:30 ", "aged 5 ", "5-year-old ",
]  # fmt: skip
_MARKUP = re.compile(r"[\[\]]| -> .*| \| .*")
FREE = 0.1  # seconds that a text of any length may take before its growth is looked at
MOST = 2.2  # for each doubling


@cache
def families() -> Mapping[str, str]:
    """The units, by a name: each lexicon's first example and its words, sentences with each kind of line end
    and space, and marks."""
    found = {f"end {name}": SENTENCE + ". " + end for name, end in ENDS.items()}
    found |= {f"space {name}": end for name, end in ENDS.items()}
    found |= {f"led by {name}": end * 20 + "5 boats" for name, end in ENDS.items()}
    found |= {f"mark {mark!r}": mark for mark in MARKS}
    for topic in topics():
        said = [phrase for row in load(topic) for phrase in row.examples]
        for number, phrase in enumerate(said[:: max(1, len(said) // 4)][:4]):
            found[f"said {topic} {number}"] = _MARKUP.sub("", phrase) + " "
        if words := " ".join(list(_words(topic))[:60]):
            found[f"words {topic}"] = words + " "
    return found


def _words(topic: str) -> Iterator[str]:
    for row in load(topic):
        for value in row.fields.values():
            if isinstance(value, str) and value.replace(" ", "").isalpha():
                yield value
            elif isinstance(value, list | tuple):
                yield from (v for v in value[:3] if isinstance(v, str) and v.replace(" ", "").isalpha())


def taken(unit: str, size: int) -> float:
    """Processor seconds for reading the unit repeated to so many characters; a refusal ends it as well."""
    text = (unit * (size // len(unit) + 1))[:size]

    def work() -> None:
        with suppress(Overrun):
            read_text(text)

    return seconds(work)


def too_steep(unit: str, first: int, doublings: int, tries: int = 3) -> str | None:
    """What is wrong with how the time grows over so many doublings; None where it grows in line.

    The least of some tries, so that a busy machine accuses nobody. The short text is only read where the long
    one takes longer than any short one may.
    """
    stated = None
    for _ in range(tries):
        long, most = taken(unit, first << doublings), MOST**doublings
        if long <= FREE * most or long <= (short := taken(unit, first)) * most:
            return None
        stated = f"{first:,} characters {short:.2f} s, {first << doublings:,} characters {long:.2f} s"
    return stated
