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
from typing import Protocol, TypeVar

from claimcheck.linking.places import Named
from claimcheck.linking.words import any_of
from claimcheck.model import Claim, Span

_BEFORE = 20


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
