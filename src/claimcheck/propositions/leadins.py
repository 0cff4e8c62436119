"""What a list item takes from the line above its list: "Executions in 2014" governs "- Iran: 289"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import pairwise

from claimcheck import lexicon
from claimcheck.lexicon import pattern
from claimcheck.model import Claim, ClaimTime, Document, Mention, Part, Span
from claimcheck.numbers.counted import lemma as singular_of
from claimcheck.propositions.stems import verb_of
from claimcheck.propositions.words import word_set

_BULLET = re.compile(r"[ \t]*(?:[-*•·‣▪–—]|\(?\d{1,2}[.)])\s+")
_ENTRY = re.compile(
    r"[ \t]*[A-ZÀ-ÖØ-Þ][^\n:.;!?\d]{1,60}"
    r"(?:(?::|\s[–—-])\s+(?=[^\n]*\d)[^\n]{1,100}|\s[$€£]?\d[\d,.]*[ \t]?(?:%|[a-z]{2,9})?)[ \t\r]*"
)
"""A line that names something and gives its number, without a bullet: "Germany: 3.6%", "Germany 3.6%"."""
_DATED = pattern("list_lines", "dated")
"""A line that gives the number of a day, a month or a year: "12 November: 240", "2021: 3.6 %"."""
_MARKS = re.compile(r"[ \t]*(#{1,6})\s")
_WORD = re.compile(r"[^\W\d_]\w*(?:['’-][^\W\d_]+)*")
_LONGEST = 160
_MOST_LINES = 60
_MOST_LEVELS = 3
_WRAPPED, _MOST_WRAPPED = 40, 12  # characters at least of a line that goes on below, and lines of an item
_SENTENCES = re.compile(r"(?:[a-z]{2}|\d{4}|\))[.!?][\"”’)\]\d]{0,3}\s+[A-Z]")
_COUNTING = frozenset({"number", "ordinal"})
_SAID_IN_FULL = frozenset({"subject", "agent", "object"})
"""Roles of which a clause has some: an item that is one needs no more than the line above its list."""
_JOINING = frozenset({"and", "&", ",", ", and"})
_SMALL = word_set("small words of headings")


def lead_in(document: Document, start: int) -> Span | None:
    """The line that governs the list in which a sentence stands, None where it stands in none."""
    return next(iter(headings(document.text, start)), None)


@lru_cache(maxsize=1 << 10)
def headings(text: str, start: int) -> tuple[Span, ...]:
    """The lines that govern the list in which a sentence stands, the nearest first: "2021" and, above it,
    "Unemployment rate". Headings of lists between belong to those alone; prose ends them."""
    line = _item_of(text, text.rfind("\n", 0, start) + 1)
    if not _is_item(text, line):
        return ()
    out: list[Span] = []
    below_item = True
    end = line - 1
    for _ in range(_MOST_LINES):
        if end <= 0 or len(out) == _MOST_LEVELS:
            break
        begin = _item_of(text, text.rfind("\n", 0, end) + 1)
        written = text[begin:end].strip()
        if written and _is_item(text, begin):
            below_item = True
        elif written:
            short = len(written) <= _LONGEST and written[-1] not in ".!?" and " | " not in written
            if not (short or (written.endswith(":") and not out)):
                break
            if not out or (not below_item and not written.endswith(":") and _is_above(text, begin, out[-1])):
                out.append(Span(begin, end))
                if written.endswith(":"):
                    break
            below_item = False
        end = begin - 1
    return tuple(out)


def _is_above(text: str, begin: int, lower: Span) -> bool:
    """Whether a heading may stand above another: by its marks, "#" above "##", where both have some."""
    one, other = _MARKS.match(text, begin), _MARKS.match(text, lower.start)
    return other is None or (one is not None and len(one[1]) < len(other[1]))


def _is_item(text: str, begin: int) -> bool:
    """Whether a line is an item of a list: by its bullet, or by a name and a number as a line beside it."""
    if _BULLET.match(text, begin) is not None:
        return True
    end = _end(text, begin)
    if not _is_entry(text, begin, end):
        return False
    before = text.rfind("\n", 0, max(0, begin - 1)) + 1
    beside = [(before, begin - 1)] if begin else []
    beside += [(end + 1, _end(text, end + 1))] if end < len(text) else []
    return any(_is_entry(text, *line) for line in beside)


def _item_of(text: str, begin: int) -> int:
    """Where the item begins that goes on in a line, as wrapped ones do; the line's own start if in none."""
    line = begin
    for _ in range(_MOST_WRAPPED):
        before = text.rfind("\n", 0, max(0, line - 1)) + 1
        written = text[before : max(0, line - 1)].strip()
        if _BULLET.match(text, line) or len(written) < _WRAPPED or written[-1] in ".!?:;|":
            break
        line = before
    return line if _BULLET.match(text, line) else begin


def _is_entry(text: str, begin: int, end: int) -> bool:
    return any(line.fullmatch(text, begin, end) is not None for line in (_ENTRY, _DATED))


def _end(text: str, begin: int) -> int:
    found = text.find("\n", begin)
    return len(text) if found < 0 else found


def with_lead_in(document: Document, claim: Claim, mentions: Sequence[Mention]) -> Claim:
    """A claim of a list item with the words, and where it has none the time, of the line above its list."""
    if claim.proposition is None or claim.kind in ("calendar", "count"):
        return claim
    own = claim.proposition.parts
    if claim.kind == "event" and own and all(p.pos == "NUM" for p in own):
        return claim  # "30 November: 500" tells of no happening
    above = headings(document.text, claim.context.start)
    counted = claim.proposition.role in ("subject", "patient", "object")
    if counted or any(p.role in _SAID_IN_FULL for p in own):
        above = above[:1]
    starts = [m.start for m in mentions]
    parts: list[Part] = []
    time = claim.time
    dated = thing = False  # whether a heading gave the time, and words besides names and times
    for span in above:
        here = mentions[bisect_right(starts, span.start - 1) : bisect_right(starts, span.end - 1)]
        times = [m for m in here if m.is_time and m.date_start is not None]
        said = [] if thing else _parts(document.text, span, here)
        if _counts_something(claim):
            said = _with_topics(document.text, said)
        if len(times) == 1 and not dated:
            time = _time(claim.time, times[0])
        parts = [*said, *parts]
        dated = dated or bool(times)
        thing = thing or any(document.text[p.start].islower() for p in said)
        if dated and thing:
            break
    if above and _is_prose(document.text, claim.context.start):
        parts = [replace(p, context=True) for p in parts]
    proposition = replace(claim.proposition, parts=(*parts, *claim.proposition.parts))
    return replace(claim, proposition=proposition, time=time) if above else claim


_LOOKED_AT = 600  # characters of a paragraph within which a second sentence begins, if it has one


def _is_prose(text: str, start: int) -> bool:
    """Whether an item is a paragraph of sentences, which say themselves what they are about."""
    begin = _item_of(text, text.rfind("\n", 0, start) + 1)
    end = text.find("\n\n", begin, begin + _LOOKED_AT)
    written = _BULLET.sub("", text[begin : begin + _LOOKED_AT if end < 0 else end], count=1)
    return _SENTENCES.search(written.split("\n- ")[0]) is not None


def _parts(text: str, span: Span, mentions: Sequence[Mention]) -> list[Part]:
    """The words of a heading, but for its numbers and times."""
    taken = [m.span for m in mentions if m.is_time or (m.kind in _COUNTING and m.reason != "name")]
    return [
        Part(
            start=w.start(), end=w.end(), lemma=verb_of(w.group().lower()),
            role="heading", level=5, unit=9999,
            pos="PROPN" if w.group()[0].isupper() and w.start() > span.start + 2 else "NOUN",
        )
        for w in _WORD.finditer(text, span.start, span.end)
        if not {w.group().lower(), text[w.start() : w.end() + 1].lower()} & _SMALL  # "No. 7"
        if not any(t.start <= w.start() < t.end for t in taken)
    ]  # fmt: skip


def _counts_something(claim: Claim) -> bool:
    """Whether an item says itself what its number counts: "502 *patients*", not "3.6 million tonnes"."""
    own = claim.quantity
    return (
        own is not None
        and claim.proposition is not None
        and any(
            p.role == "head" and p.is_head and p.pos == "NOUN" and p.start >= own.end
            for p in claim.proposition.parts
        )
    )


def _with_topics(text: str, parts: Sequence[Part]) -> list[Part]:
    """The words of a heading, of which those that only list what its items are about narrow none of them:
    under "Tarn: *siege and health*" each item is of one or the other, and not of both."""
    topics: set[int] = set()
    for at, (one, other) in enumerate(pairwise(parts)):
        joined = text[one.end : other.start].strip() in _JOINING
        if joined and not any(p.pos == "PROPN" or _is_somebody(p.lemma) for p in (one, other)):
            topics |= {at, at + 1}
    return [replace(p, context=True) if at in topics else p for at, p in enumerate(parts)]


@cache
def _somebody() -> frozenset[str]:
    return frozenset(noun for row in lexicon.load("person_nouns") for noun in row["nouns"])


def _is_somebody(word: str) -> bool:
    return singular_of(word) in _somebody()


def _time(own: ClaimTime | None, above: Mention) -> ClaimTime | None:
    """The time of a list item: its own, in the year of the line above where it leaves the year out."""
    if own is None or own.basis in ("document", "discourse") or own.start is None:
        return ClaimTime(
            start=above.start, end=above.end, timex=above.timex, date_start=above.date_start,
            date_end=above.date_end, inferred=above.inferred, anchor=above.anchor, basis="sentence",
        )  # fmt: skip
    year = above.date_start.year if above.date_start is not None else None
    if (
        "year" not in own.inferred
        or "year" in above.inferred
        or year is None
        or own.date_start is None
        or own.date_end is None
    ):
        return own
    moved = year - own.date_start.year
    if not moved:
        return own
    try:
        first = own.date_start.replace(year=own.date_start.year + moved)
        last = own.date_end.replace(year=own.date_end.year + moved)
    except ValueError:
        return own
    timex = own.timex
    if timex is not None:
        timex = timex.replace(str(own.date_start.year), str(year))
    return replace(own, date_start=first, date_end=last, timex=timex)
