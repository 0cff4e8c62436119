"""How self-checks look: a text with its mentions replaced by marks, findings at their characters."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from claimcheck.lexicon import Row, alternatives, load, written
from claimcheck.model import Finding, Mention, Period, Span

# ----------------------------------------------------------------------------------------------------
# How every self-check reports: a finding at characters of the text.


@cache
def any_of(row: str) -> str:
    """The words of a row of data/finding_words.toml as alternatives of a pattern, longest first."""
    words = next(r["words"] for r in load("finding_words") if r.id == row)
    return alternatives(words, "[ ]").replace(r"\*", r"\w*")


def noted(text: str, kind: str, span: Span, stated: str, *, problem: bool = False) -> Finding:
    """A finding at `span`; its text is always the characters that the span covers."""
    return Finding(
        kind=kind, start=span.start, end=span.end, text=span.of(text),
        status="problem" if problem else "ok", explanation=stated,
    )  # fmt: skip


def spoken_day(day: date) -> str:
    """A day as people write it: "25 January 2018"."""
    return f"{day.day} {day:%B} {day.year}"


def ends_of(mention: Mention) -> tuple[Period, Period] | None:
    """The first and the last day (month, year) of a time that gives both: "1880–1948" is two years."""
    first, _, last = (mention.timex or "").partition("/")
    start, end = mention.date_start, mention.date_end
    if start is None or end is None or not {len(first), len(last)} <= {4, 7, 10}:
        return None
    whole = {
        4: date(start.year, 12, 31),
        7: start.replace(day=monthrange(start.year, start.month)[1]),
        10: start,
    }
    begun = {4: date(end.year, 1, 1), 7: end.replace(day=1), 10: end}
    return Period(start, whole[len(first)]), Period(begun[len(last)], end)


# ----------------------------------------------------------------------------------------------------
# A text with its mentions replaced by marks, and patterns over it: "{part} of {the}{whole}, or {percent}".
#
# Numbers and dates were read before; a pattern only says how they stand together. The patterns are rows of
# `data/consistency.toml`. White space is one space in the marked text, so that a line broken by its file is
# no hindrance, and no pattern reaches over a sentence.

_OPEN, _CLOSE = "\ue000", "\ue001"
_SENTENCE_END = re.compile(r"(?<=[.!?]) |\n")
_TAIL = 200  # characters behind the last mention that a pattern may ask for
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_SPACE = re.compile(r"[\s\ue000\ue001]+")

SLOTS: Mapping[str, str] = {
    "part": "n", "whole": "n", "other": "n", "fraction": "f", "percent": "p", "otherpercent": "p",
}  # fmt: skip
"""The kinds of mention that each slot of a pattern takes, by the letters of `_letter`."""

WORD = r"[^\W\d_][\w'’-]{0,24}"
WORDS: Mapping[str, str] = {
    "words": rf"(?: {WORD}){{0,4}}?", "few": rf"(?: {WORD}){{0,2}}?", "the": written("own_checks", "the"),
    "or": written("own_checks", "or"), "stop": r"(?=[),.;:!?\n]|$)",
}  # fmt: skip
"""What the other names of a pattern stand for."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where a pattern holds: its row, and its mentions by slot."""

    row: Row
    slots: Mapping[str, Mention]

    def __getitem__(self, slot: str) -> Mention:
        return self.slots[slot]

    @property
    def span(self) -> Span:
        """From the first of its mentions to the last, in the text as read."""
        wide = [mention.wide for mention in self.slots.values()]
        return Span(min(span.start for span in wide), max(span.end for span in wide))


@dataclass(frozen=True, slots=True)
class Marked:
    """The sentences of a text that hold two mentions or more, each mention a mark: its kind's letter and its
    place in `mentions`."""

    sentences: tuple[str, ...]
    mentions: tuple[Mention, ...]

    def holding(self) -> Iterator[Found]:
        """Where the patterns hold, row by row, in text order."""
        held = [s for s in self.sentences if _OPEN + "p" in s or _OPEN + "f" in s]
        for row, pattern in _patterns() if held else ():
            for match in (match for sentence in held for match in pattern.finditer(sentence)):
                filled = {name: int(at) for name, at in match.groupdict().items() if at is not None}
                yield Found(row, {name: self.mentions[at] for name, at in filled.items()})


def marked(text: str, mentions: Sequence[Mention]) -> Marked:
    """The text with marks; of mentions that overlap the first stays."""
    pieces: list[str] = []
    kept: list[Mention] = []
    last = 0
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        letter = _letter(mention)
        start = mention.wide_start if mention.wide_start >= last else mention.start
        if letter is None or start < last:
            continue
        pieces += [_even(text[last:start]), f"{_OPEN}{letter}{len(kept)}{_CLOSE}"]
        kept.append(mention)
        last = max(mention.wide.end, mention.end)
    pieces.append(_even(text[last : last + _TAIL]))
    sentences = (s for s in _SENTENCE_END.split("".join(pieces)) if s.count(_OPEN) > 1)
    return Marked(tuple(sentences), tuple(kept))


def _letter(mention: Mention) -> str | None:
    """n a count, f a fraction, p per cent, x what no pattern asks for; None for what states nothing of its
    own."""
    if mention.status == "not_claim" or (mention.is_time and mention.period is None):
        return None
    if mention.kind not in ("number", "percent") or mention.comparator == "range":
        return "x"
    if mention.kind == "percent" or mention.value is None:
        return None if mention.value is None else "p"
    return "f" if 0 < mention.value < 1 else "n"


def _even(text: str) -> str:
    """The text with a space for each run of white space, a line's end where that holds a blank line."""
    return _SPACE.sub(lambda run: "\n" if _BLANK_LINE.search(run[0]) else " ", text)


@cache
def _patterns() -> tuple[tuple[Row, re.Pattern[str]], ...]:
    return tuple((row, re.compile(_regex(row["pattern"]), re.IGNORECASE)) for row in load("consistency"))


def _regex(pattern: str) -> str:
    def piece(name: re.Match[str]) -> str:
        if name[1] in WORDS:
            return WORDS[name[1]]
        return f"{_OPEN}[{SLOTS[name[1]]}](?P<{name[1]}>\\d{{1,7}}){_CLOSE}"

    return re.sub(r"\{([a-z]+)\}", piece, pattern)
