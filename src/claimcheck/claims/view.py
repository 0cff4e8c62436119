"""A sentence as the parser reads it best: dates, ranges and ages as single plain words, white space folded.

"On Wednesday, October 18 2023, between six and 12 civilians were killed" parses as if Wednesday had been
killed; "On Monday, 12 civilians were killed" does not. The rules have read the numbers and dates already, so
the parser only needs to see that one stands there. The view keeps a map of characters, so that every result
still refers to the document's own text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from claimcheck.claims.asides import asides
from claimcheck.claims.elision import filled_in
from claimcheck.claims.fronting import dateline, hidden
from claimcheck.documents.layout import BULLET
from claimcheck.lexicon import pattern
from claimcheck.model import Mention, Span

_BLANKS = re.compile(r"[\s\x00-\x1f\x85\u2028\u2029\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
_LEAD = pattern("claim_times", "lead of a list")
_BEFORE_NUMBER = pattern("claim_times", "before a number")
_DIGIT = re.compile(r"\d")
_YEARS_OLD = pattern("claim_times", "years old")
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
        return self.all_in_document([(start, end)])[0]

    def all_in_document(self, stretches: Sequence[tuple[int, int]]) -> list[Span]:
        """Stretches of the view, in order, as characters of the document."""
        shown, meant, whole, out = self.shown, self.meant, self.whole, []
        first = bisect_right(shown, stretches[0][0]) - 1 if stretches else 0
        for start, end in stretches:
            while first + 1 < len(shown) and shown[first + 1] <= start:
                first += 1
            last = first
            while last + 1 < len(shown) and shown[last + 1] < end:
                last += 1
            begin = meant[first].start + (0 if whole[first] else start - shown[first])
            stop = meant[last].end if whole[last] else meant[last].start + end - shown[last]
            out.append(Span(begin, max(begin, stop)))
        return out

    def shown_at(self, start: int, end: int) -> tuple[int, int]:
        """Characters of the document as characters of the view."""
        return self._to_view(start), max(self._to_view(start) + 1, self._to_view(end - 1) + 1)

    def masked(self) -> frozenset[int]:
        """Where the view's stand-ins begin: they are no words of the text."""
        return frozenset(s for s, whole in zip(self.shown, self.whole, strict=True) if whole)

    def _to_view(self, offset: int) -> int:
        piece = bisect_right(self.meant, offset, key=lambda m: m.start) - 1
        if piece < 0:
            return 0
        inside = offset - self.meant[piece].start
        following = self.shown[piece + 1] if piece + 1 < len(self.shown) else len(self.text)
        longest = max(following - self.shown[piece] - 1, 0)
        return self.shown[piece] + min(0 if self.whole[piece] else inside, longest)


def view(text: str, span: Span, mentions: Sequence[Mention]) -> View:
    """The view of a sentence of `text` with its mentions, which are in text order."""
    parts: list[str] = []
    shown: list[int] = []
    meant: list[Span] = []
    whole: list[bool] = []
    at = 0
    for piece, replacement in _pieces(text, span, mentions):
        written = piece.of(text) if replacement is None else replacement
        parts.append(written)
        shown.append(at)
        meant.append(piece)
        whole.append(replacement is not None)
        at += len(written)
    return View("".join(parts), span, tuple(shown), tuple(meant), tuple(whole))


def _pieces(text: str, span: Span, mentions: Sequence[Mention]) -> Iterator[tuple[Span, str | None]]:
    found = [(m.span, stand_in(m)) for m in mentions]
    if (led := _fronted_before_number(text, span, mentions)) is not None:
        found[led] = mentions[led].span, f"{found[led][1] or mentions[led].text},"
    if unseen := hidden(text, span, mentions):
        found = sorted([*found, *unseen], key=lambda piece: piece[0].start)
    if missing := filled_in(text, span, mentions):
        found = sorted([*found, *missing], key=lambda piece: (piece[0].start, piece[0].end))
    if said := asides(text, span, mentions):
        inside = [(a.span, "," if a.comma else "") for a in said]
        found = sorted([*inside, *found], key=lambda piece: (piece[0].start, -piece[0].end))
    if (line := dateline(text, span)) is not None:
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


def _fronted_before_number(text: str, span: Span, mentions: Sequence[Mention]) -> int | None:
    """Which of the mentions is a date that opens the sentence, a number right behind it: of "On 10 October
    two more died" the parser makes "10 October two", unless a comma stands between."""
    for at, (first, second) in enumerate(pairwise(mentions)):
        opens = first.kind in ("date", "time") and second.kind == "number"
        if opens and _LEAD.fullmatch(text, span.start, first.start) is not None:
            return at if _BEFORE_NUMBER.fullmatch(text, first.end, second.wide_start) is not None else None
    return None


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
        return "old" if _YEARS_OLD.search(mention.text) else None
    if mention.kind in ("date", "time"):
        if mention.anchor is not None or not _DIGIT.search(mention.text):
            return None
        return {_MONTH: "May", _YEAR: "2018"}.get(len(mention.timex or ""), "Monday")
    if mention.kind == "number" and mention.comparator != "vague":
        most = mention.high if mention.value is None else mention.value
        return str(most) if most is not None and most == int(most) and most > 1 else None
    return None
