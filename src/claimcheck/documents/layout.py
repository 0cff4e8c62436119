"""The lines of a text, and which of them are one paragraph: what `sentences` and `zones` both need.

Many texts are wrapped by hand, so that a sentence runs over several lines; in others each line is a
paragraph, an item or a name. Which it is shows in the lines themselves (`_wrap_width`), and in the column at
which the whole text is wrapped (`_column`).

Offsets are code points of the text as read. A line ends at any of Unicode's line breaks, "\\r\\n" counting
as one; the form feed that ends a page does too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")

# "1. A Voice", "12) Food", "(3) Water", "- 8.Association", "a) roads"; the character behind the marker
# must not continue a number ("3.5 per cent"), a time ("8.30"), an abbreviation ("a.m.") or initials.
MARKER = re.compile(
    r"(?:[-–—•*·▪◦‣●][ \t\xa0]{0,4})?"
    r"(?P<open>\()?(?P<label>\d{1,3}|[a-z])(?P<close>[.)])(?!\w\.)(?:[ \t\xa0]{1,8}|(?=[^\W\d]|[\"“‘(]))"
    r"(?=\S)"
)
BULLET = re.compile(r"[-–—•*·▪◦‣●][ \t\xa0]{1,8}(?=\S)")

_ENDED = re.compile(r"[.!?…؟।。！？:;][\"'”’»)\]}›]{0,4}$")
_NARROWEST, _WIDEST = 25, 200  # columns between which text is taken to be wrapped


_PLAIN_BREAKS = 2  # lines that plainly go on, from which on a text counts as wrapped
_ROOM = 12  # characters of a word that may stand out behind the column
_UNEVEN = 10  # one line in so many may break sooner
_LONGEST_WORD = 40  # characters looked at


class Line(NamedTuple):
    """A line that holds something: its first and last character but for white space.

    `gap` tells whether a blank line or the end of a page comes before it, or nothing at all.
    """

    start: int
    end: int
    gap: bool

    @property
    def length(self) -> int:
        """How many characters it holds."""
        return self.end - self.start

    def of(self, text: str) -> str:
        """The line's own characters."""
        return text[self.start : self.end]


def lines(text: str, start: int = 0, end: int | None = None) -> Iterator[Line]:
    """The lines of `text[start:end]` that hold more than white space, in order. Linear time."""
    last = start
    first = True
    for match in _LINE.finditer(text, start, len(text) if end is None else end):
        raw = match[0]
        held = raw.strip()
        if not held:
            continue
        begin = match.start() + (len(raw) - len(raw.lstrip()))
        between = text[last : match.start()]
        gap = first or "\f" in between or (len(between) > 1 and len(_BREAK.findall(between)) > 1)
        yield Line(begin, begin + len(held), gap)
        last, first = match.end(), False


def paragraphs(text: str, begin: int = 0, end: int | None = None) -> Iterator[Line]:
    """The paragraphs of `text[begin:end]`: wrapped lines are joined, all others stand alone. Linear time."""
    found = list(lines(text, begin, end))
    if not found:
        return
    head, previous, width = found[0], found[0], None
    at = 0
    for position, line in enumerate(found):
        if line.gap:
            at = position + 1
            while at < len(found) and not found[at].gap:
                at += 1
            width = _wrap_width(text, found[position:at])
        if position == 0:
            continue
        if line.gap:
            joined = _resumes(text, previous, line)
        else:
            joined = _continues(text, previous, line, width) or _is_full(text, previous, line)
        if not joined:
            yield Line(head.start, previous.end, head.gap)
            head = line
        previous = line
    yield Line(head.start, previous.end, head.gap)


def _wrap_width(text: str, block: Sequence[Line]) -> int | None:
    """The column at which the block's lines were wrapped, None where each line is a paragraph or an item.

    In wrapped prose two lines in five or more go on in lower case; titles, names and items do not.
    """
    if len(block) < 2:
        return None
    lengths = sorted(line.length for line in block)
    width = lengths[len(lengths) * 3 // 4]
    if not _NARROWEST <= width <= _WIDEST:
        return None
    lower = sum(1 for line in block[1:] if text[line.start].islower())
    return width if lower * 5 >= (len(block) - 1) * 2 else None


def _continues(text: str, line: Line, following: Line, width: int | None) -> bool:
    """Whether `following` goes on with the sentence of `line` rather than starting something new."""
    if text[following.start] in "|#" or text[line.start] == "#":
        return False  # rows of a table and headings, as Markdown writes them
    if MARKER.match(text, following.start, following.end):
        return False
    ended = _is_ended(text, line)
    bullet = BULLET.match(text, following.start, following.end)
    if bullet is not None and (ended or width is None or not text[bullet.end()].islower()):
        return False
    if width is None:
        return text[following.start].islower() and not ended and line.length >= 30
    if text[following.start].islower() or text[line.end - 1] in ",–—-":
        return True
    return (line.length + 1 + _first_word(text, following)) * 4 >= width * 3


def _is_full(text: str, line: Line, following: Line) -> bool:
    """Whether a line broke off for want of room: in a text that is wrapped at a column, the next word would
    not have fitted. So "New" and "Tarn" are one name over the lines of a paragraph of two."""
    column, reach = _column(text), _reach(text, line)
    if column is None or reach > column + _ROOM or text[following.start] in "|#" or text[line.start] in "|#":
        return False
    if any(mark.match(text, following.start, following.end) for mark in (MARKER, BULLET)):
        return False
    return reach + 1 + _first_word(text, following) > column


def _reach(text: str, line: Line) -> int:
    """The column at which a line ends, what it is indented by counted: "   November" ends at 11."""
    begin = line.start
    while begin and text[begin - 1] in " \t\xa0":
        begin -= 1
    return line.end - begin


def _first_word(text: str, line: Line) -> int:
    """How many characters a line's first word has."""
    return len(text[line.start : min(line.end, line.start + _LONGEST_WORD)].split(None, 1)[0])


@lru_cache(maxsize=4)
def _column(text: str) -> int | None:
    """The column at which a text is wrapped throughout: where its longest line that plainly goes on ends, or
    sooner where letters have widths of their own, so that nearly all such lines would pass it by the next
    word. None where hardly any line goes on, or many are longer."""
    found = list(lines(text))
    broken = [
        (_reach(text, line), _first_word(text, following))
        for line, following in pairwise(found)
        if not following.gap
        and text[following.start].islower()
        and not _is_ended(text, line)
        and _NARROWEST <= line.length <= _WIDEST
        and text[line.start] not in "|#"
    ]
    if len(broken) < _PLAIN_BREAKS:
        return None
    passed = sorted(reach + word for reach, word in broken)
    column = min(max(reach for reach, _ in broken), passed[len(passed) // _UNEVEN])
    longer = sum(line.length > column + _ROOM for line in found)
    return column if longer * 20 <= len(found) else None


def _resumes(text: str, line: Line, following: Line) -> bool:
    """Whether a sentence goes on behind a blank line or a page break: rare, and plain to see."""
    word = text[following.start : following.start + 3]
    return (
        word[0].islower()
        and not any(letter.isupper() for letter in word)
        and line.length >= 30
        and not _is_ended(text, line)
        and text[line.start] not in "|#"
        and MARKER.match(text, following.start, following.end) is None
    )


def _is_ended(text: str, line: Line) -> bool:
    return _ENDED.search(text, max(line.start, line.end - 6), line.end) is not None
