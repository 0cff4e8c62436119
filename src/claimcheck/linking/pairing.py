"""Which of several happenings, or places, in a clause its several dates are of, and which name a clause only
denies.

"Resolution 2393 was adopted on 19 December and resolution 2401 on 24 February" dates each by the date behind
it, and so does "in Arvia on 3 May and in Tarn on 4 May"; "resolution 2393, not resolution 2401" is about the
first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Protocol, TypeVar

from claimcheck.linking.places import WORD, Named
from claimcheck.linking.words import any_of, stem
from claimcheck.model import Claim, Span

_BEFORE = 20
_RIGHT_BEFORE = re.compile(r"\s+(?:on|of|in)\s+(?:the\s+)?|\s\((?:on\s|of\s|in\s)?")
_AND = re.compile(r"\s*(?:,\s*(?:and\s+)?|\s(?:and|as\s+well\s+as)\s+)(?:the\s+)?")


def is_denied(text: str, start: int) -> bool:
    """Whether what is named from here on is only denied: "resolution 2393, not resolution 2401"."""
    return _denied().search(text, max(0, start - _BEFORE), start) is not None


@cache
def _denied() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of('denies')}|unlike)\s+(?:the\s+)?$", re.IGNORECASE)


def without_denied(text: str) -> str:
    """A text without what it only denies: "sarin, not chlorine"."""
    if "not" not in text and "than" not in text and "nstead" not in text and "opposed" not in text:
        return text
    return _denied_words().sub(lambda found: " " * len(found[0]), text)


def denied_stems(text: str) -> frozenset[str]:
    """The stems of the words that a text only denies."""
    rest = without_denied(text)
    if rest is text:
        return frozenset()
    return frozenset(map(stem, WORD.findall(text))) - frozenset(map(stem, WORD.findall(rest)))


@cache
def _denied_words() -> re.Pattern[str]:
    """Words that deny, with what they deny: up to four words, to the next comma, verb or preposition."""
    small = r"(?:(?:in|on|at|by|with|of|to|from|a|an|the)\s+)*"
    ends = r"(?:was|were|is|are|has|have|had|that|which|who|in|on|at|by|during|and|but)\b"
    only = r"(?!(?:only|just|merely|until|long|far|yet|all)\b)"
    word = r"[^\W\d_][\w’'-]*"
    return re.compile(
        rf"\b(?:{any_of('denies')})\s+{only}{small}{word}(?:\s+(?!{ends}){word}){{0,3}}", re.IGNORECASE
    )


class Placed(Protocol):
    """What stands somewhere in a text."""

    @property
    def start(self) -> int:
        """Its first character."""

    @property
    def end(self) -> int:
        """Behind its last character."""


Found = TypeVar("Found", bound=Placed)


def of_the_time(claim: Claim, named: Sequence[Found], times: Sequence[Span]) -> list[Found]:
    """The happenings of a clause that the claim's own date is of. `times`: the dates of its sentence.

    The one right before it ("2328 on 19 December"); names between the date before and this one; where all
    stand before the dates, the one of the same rank, if there are as many of each; where none stands
    before the dates, those up to the next date.
    """
    own = claim.time
    if own is None or own.start is None or own.end is None or len({m.start for m in named}) < 2:
        return list(named)
    beside = [m for m in named if _RIGHT_BEFORE.fullmatch(_between(claim, m.end, own.start))]
    if beside:
        return beside
    dates = [t for t in times if claim.start <= t.start < claim.end]
    dates = [t for t in dates if not any(m.start <= t.start < m.end for m in named)]  # "the 2013 attack"
    rank = next((i for i, t in enumerate(dates) if t.start == own.start), None)
    if rank is None or len(dates) < 2:
        return list(named)
    ahead = [m for m in named if m.start < dates[0].start]
    if not ahead:
        end = dates[rank + 1].start if rank + 1 < len(dates) else claim.end
        return [m for m in named if own.end <= m.start < end]
    if rank and (between := [m for m in named if dates[rank - 1].end <= m.start < own.start]):
        return between
    if len(ahead) == len(dates) == len(named):
        return [ahead[rank]]
    return ahead if rank == 0 else list(named)


def _between(claim: Claim, start: int, end: int) -> str:
    return claim.text[max(0, start - claim.start) : max(0, end - claim.start)]


def are_together(text: str, named: Sequence[Found]) -> bool:
    """Whether all that is named stands in one row: "Geneva VIII and Astana 8", "resolutions 2042, 2043 and
    2059"."""
    row = sorted({(m.start, m.end) for m in named})
    return len(row) > 1 and all(_AND.fullmatch(text, a[1], b[0]) for a, b in pairwise(row))


def of_other_times(claim: Claim, named: Sequence[Named], times: Sequence[Span]) -> list[Span]:
    """The places of a clause that other dates of it are of. `times`: the dates of its sentence.

    Each date has the places before it, up to the date before, or where the first has none, those behind it;
    a date without any shares its neighbour's. All are taken away where nobody can tell.
    """
    own = claim.time
    if own is None or own.start is None or len({n.keys for n in named}) < 2:
        return []
    dates = [t for t in times if claim.start <= t.start < claim.end]
    rank = next((i for i, t in enumerate(dates) if t.start == own.start), None)
    if rank is None or len(dates) < 2:
        return []
    starts, ends = [claim.start, *(t.end for t in dates)], [*(t.start for t in dates), claim.end]
    gaps = [
        [n for n in named if start <= n.start < end] for start, end in zip(starts, ends, strict=True)
    ]  # before the first date, between two of them, behind the last
    if gaps[0]:
        mine = next(gap for gap in gaps[rank::-1] if gap)
        unsure = bool(gaps[-1]) and not all(gaps[:-1])
    else:
        mine = next((gap for gap in gaps[rank + 1 :] if gap), [])
        unsure = not mine
    return [Span(n.start, n.end) for n in named if unsure or n not in mine]
