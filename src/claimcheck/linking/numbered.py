"""EventFinder of a series that a clause only numbers: "the third Tarn round was in May, the fourth in June".

Behind the first, the name of the series and often the verb are left out; a date behind such a number is that
of the happening of this number, and never of the one that was named.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache

from claimcheck.dates.event_words import is_ordinal, keys_of
from claimcheck.dates.events import EventMention
from claimcheck.judging.relations import How
from claimcheck.linking.mentioned_event import MentionedEvent
from claimcheck.linking.naming import names_it
from claimcheck.linking.words import any_of, nouns, stem
from claimcheck.model import Claim, Document, ReferenceRow, Span

_PAIR = ("first", "second")
_REACH = 90
"""Characters before a date in which its bare number stands."""


class Numbered:
    """The rows of the series, by number."""

    def __init__(self, rows: Iterable[ReferenceRow]) -> None:
        self._rows: dict[tuple[str, str, int], list[ReferenceRow]] = defaultdict(list)
        for row in rows:
            if row.series and row.number is not None:
                self._rows[row.package, row.series, row.number].append(row)

    def of(
        self,
        claim: Claim,
        document: Document,
        named: Sequence[EventMention],
        find_before: Callable[[], Sequence[EventMention]],
    ) -> list[MentionedEvent] | None:
        """The happenings of the bare number that stands before a claim's date, or of "the former", none where
        nobody can tell which they are; None where no such number stands there. `named`: what the sentence
        names; `find_before`: what the one before it does."""
        time, text = claim.time, document.text
        if claim.kind != "event" or time is None or time.start is None:
            return None
        start = max(claim.context.start, time.start - _REACH)
        found = _bare_number().search(text, start, time.start)
        if found is None or not _is_number(found[1]):
            return None
        before = [m for m in named if m.end <= found.start(1)]
        if (place := _of_two(found[1], document, claim)) is not None:
            two = _two_named(before or list(find_before()))
            if two:
                return _one_of(two[place], claim, Span(found.start(1), found.end(1)))
        if before and text[before[-1].end : found.start()].strip() == ",":
            return []  # "the fifth Tarn round, the second in that summer": the second of some
        longer = (m for m in named if m.start <= found.start(1) and found.end(1) < m.end)
        if not before or any(longer):
            return None
        span = Span(found.start(1), found.end(1))
        rows = [
            row
            for series in {(r.package, r.series) for r in before[-1].candidates if r.series}
            for row in self._rows.get((series[0], str(series[1]), _value(found[1])), ())
        ]
        return [MentionedEvent(row, "number", span, alone=True) for row in rows]


def _of_two(word: str, document: Document, claim: Claim) -> int | None:
    """Which of two that were named a word stands for: "the former" and "the latter" always do, "the first"
    where its sentence has "the second" too."""
    key = word.lower()
    if key in ("former", "latter"):
        return ("former", "latter").index(key)
    if key not in _PAIR:
        return None
    sentence = claim.context.of(document.text).lower()
    return _PAIR.index(key) if all(f"the {one}" in sentence for one in _PAIR) else None


def _two_named(before: Sequence[EventMention]) -> list[EventMention]:
    """The two happenings that were named before, none where these are not two."""
    named = {tuple(sorted(row.key for row in m.candidates)): m for m in before if names_it(m)}
    return list(named.values()) if len(named) == 2 else []


def _one_of(mention: EventMention, claim: Claim, span: Span) -> list[MentionedEvent]:
    """One of two happenings, unless the clause says that something else befell it."""
    verb = None if claim.predicate is None else stem(claim.predicate)
    if verb is not None and verb not in nouns("happens"):
        return []
    how: How = "name" if mention.how == "name" else "number"
    return [MentionedEvent(row, how, span, alone=True) for row in mention.candidates]


@cache
def _bare_number() -> re.Pattern[str]:
    """ "the fourth", up to a date, with nothing between but that it was held."""
    held = rf"(?:(?:{any_of('held')})\s+){{0,5}}"
    when = r"(?:(?:on|in|from|at|during|between|by|the|,)\s*){0,3}"
    return re.compile(rf"\b[Tt]he\s+([a-z]{{3,14}}|\d{{1,3}}(?:st|nd|rd|th))\s*,?\s+{held}{when}\Z")


def _is_number(word: str) -> bool:
    return is_ordinal(word) or stem(word) in nouns("one of two")


def _value(word: str) -> int:
    """The number that an ordinal says, 0 where it says none ("the latter")."""
    key = next(iter(keys_of(word)), "")
    return int(key[1:]) if key.startswith("#") and key[1:].isdigit() else 0
