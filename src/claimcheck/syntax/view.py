"""A sentence as the parser reads it best: dates, ranges and ages as single plain words, white space folded.

"On Wednesday, October 18 2023, between six and 12 civilians were killed" parses as if Wednesday had been
killed; "On Monday, 12 civilians were killed" does not. The rules have read the numbers and dates already,
so the parser only needs to see that one stands there. The view keeps a map of characters, so that every
result still refers to the document's own text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from claimcheck.documents.datelines import reported_from
from claimcheck.documents.layout import BULLET
from claimcheck.lexicon import pattern
from claimcheck.model import Mention, Span

_BLANKS = re.compile(r"[\s\x00-\x1f\x85\u2028\u2029\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
_DIGIT = re.compile(r"\d")
_APOSTROPHE = re.compile(r"[’‘ʼ´`′＇](?=[^\W\d_]{1,2}\b)")  # "weren’t" is "weren't"
_BEFORE_SHOW = pattern("claim_times", "papers before show")
_PER_A_SOURCE = pattern("claim_times", "per a source")
_LONG_NAME = pattern("claim_times", "long name")
_MONTH, _YEAR = 7, 4  # lengths of the TIMEX3 values of a month and of a year


@dataclass(frozen=True, slots=True)
class View:
    """The text that the parser reads, and the map between its characters and the document's.

    `shown` and `meant` are the starts of the pieces here and there, in order; a piece is either kept as it
    is or, where `whole` says so, stands for all the characters that it means.
    """

    text: str
    span: Span
    shown: tuple[int, ...]
    meant: tuple[Span, ...]
    whole: tuple[bool, ...]

    def in_document(self, start: int, end: int) -> Span:
        """Characters of the view as characters of the document."""
        shown, meant, whole = self.shown, self.meant, self.whole
        first = bisect_right(shown, start) - 1
        last = max(first, bisect_left(shown, end) - 1)
        begin = meant[first].start + (0 if whole[first] else start - shown[first])
        stop = meant[last].end if whole[last] else meant[last].start + end - shown[last]
        return Span(begin, max(begin, stop))

    def shown_at(self, start: int, end: int) -> tuple[int, int]:
        """Characters of the document as characters of the view."""
        return self._to_view(start), max(self._to_view(start) + 1, self._to_view(end - 1) + 1)

    def masked(self) -> frozenset[int]:
        """Where the view's stand-ins begin: they are no words of the text."""
        return frozenset(s for s, whole in zip(self.shown, self.whole, strict=True) if whole)

    def _to_view(self, offset: int) -> int:
        for shown, meant, whole in zip(self.shown, self.meant, self.whole, strict=True):
            if meant.start <= offset < meant.end:
                return shown if whole else shown + offset - meant.start
        return 0 if not self.meant or offset < self.meant[0].start else max(0, len(self.text) - 1)


def view(text: str, span: Span, mentions: Sequence[Mention]) -> View:
    """The view of a sentence of `text` with its mentions, which are in text order."""
    pieces = list(_pieces(text, span, mentions))
    parts = [piece.of(text) if word is None else word for piece, word in pieces]
    shown = tuple(accumulate(map(len, parts), initial=0))[:-1]
    seen, meant = _APOSTROPHE.sub("'", "".join(parts)), tuple(piece for piece, _ in pieces)
    return View(seen, span, shown, meant, tuple(word is not None for _, word in pieces))


def _pieces(text: str, span: Span, mentions: Sequence[Mention]) -> Iterator[tuple[Span, str | None]]:
    found = [(m.span, stand_in(m)) for m in mentions]
    stated = [(Span(m.end(), m.end()), "do ") for m in _BEFORE_SHOW.finditer(text, span.start, span.end)]
    stated += [(Span(*m.span(1)), "according to") for m in _PER_A_SOURCE.finditer(text, span.start, span.end)]
    stated += [(Span(*m.span(1)), " Smith") for m in _LONG_NAME.finditer(text, span.start, span.end)]
    if stated:
        found = sorted([*found, *stated], key=lambda piece: piece[0].start)
    if (line := reported_from(text, span)) is not None:
        found.insert(0, (line, "Here,"))
    if BULLET.match(text, span.start, span.end) is not None:  # "•" may be read as a verb
        found.insert(0, (Span(span.start, span.start + 1), "-"))
    at = span.start
    for piece, word in found:
        if word is None or piece.start < at or piece.end > span.end:
            continue
        yield from _folded(text, at, piece.start)
        # "May saw 12 killed" would be read as what may have been
        yield piece, "June" if word == "May" and piece.start == span.start else word
        at = piece.end
    yield from _folded(text, at, span.end)


def _folded(text: str, start: int, end: int) -> Iterator[tuple[Span, str | None]]:
    """A stretch with every run of white space, controls and invisible marks as one blank."""
    at = start
    for blank in _BLANKS.finditer(text, start, end):
        if blank.group() == " ":
            continue
        if blank.start() > at:
            yield Span(at, blank.start()), None
        yield Span(blank.start(), blank.end()), " "
        at = blank.end()
    if at < end:
        yield Span(at, end), None


def stand_in(mention: Mention) -> str | None:
    """The plain word that stands for a mention, None where it is plain enough as it is."""
    if " " not in mention.text and "-" not in mention.text and "\n" not in mention.text:
        return None
    if mention.kind == "age":
        return "old" if pattern("claim_times", "years old").search(mention.text) else None
    if mention.kind in ("date", "time"):
        if mention.anchor is not None or not _DIGIT.search(mention.text):
            return None
        return {_MONTH: "May", _YEAR: "2018"}.get(len(mention.timex or ""), "Monday")
    if mention.kind == "number" and mention.comparator != "vague":
        most = mention.high if mention.value is None else mention.value
        return str(most) if most is not None and most == int(most) and most > 1 else None
    return None
