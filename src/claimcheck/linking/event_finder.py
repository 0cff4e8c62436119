"""Finds the happenings of the tables that a text names: a place in such a name is not where something else
was, and a number told of one is of its place and days.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from claimcheck.dates.event_words import is_ordinal
from claimcheck.dates.events import EventIndex, EventMention
from claimcheck.linking.pairing import is_denied
from claimcheck.linking.tableplaces import key_of
from claimcheck.model import Claim, Document, ReferenceRow, Span
from claimcheck.numbers.tokens import number_words

_FIRST_WORD = re.compile(r"\w+")
_OWNER = re.compile(r"(?<![\w-])[^\W\d_][\w-]{1,30}(?:['’]s|s['’])\s+(?:[a-z-]{1,20}\s+){0,2}\Z")
_OWNER_WITHIN = 80
_AT = re.compile(r"\bat\s+(?:the\s+)?\Z")


def _only_says_when(claim: Claim, document: Document, mention: EventMention) -> bool:
    if not _fixes_the_time(claim, mention):
        return False
    return _AT.search(document.text, max(claim.start, mention.start - 8), mention.start) is None


class EventFinder:
    """The dated rows of events and gazetteers, to be recognised in claims."""

    def __init__(self, rows: Sequence[ReferenceRow], index: EventIndex) -> None:
        self._index = index if any(r.kind == "event" for r in rows) else None
        self._found: dict[tuple[int, int, int], list[EventMention]] = {}

    def spans(self, document: Document, within: Span) -> list[Span]:
        """Where happenings are named in a stretch of text. A place in such a name is not where something
        else happened ("Geneva IX"), but for one behind a preposition ("the siege of Aleppo"); the owner of a
        happening belongs to it ("Russia's planned Sochi conference")."""
        named = (m for m in self._find(document, within) if _names_it(m))
        return [Span(_owner_start(document.text, within.start, m.start), m.end) for m in named]

    def forget(self) -> None:
        """Drop what was found in the documents of the last batch."""
        self._found.clear()

    def _find(self, document: Document, span: Span) -> list[EventMention]:
        if self._index is None:
            return []
        key = (id(document), span.start, span.end)
        if key not in self._found:
            self._found[key] = self._index.find(document.text, span)
        return self._found[key]

    def _within(self, claim: Claim, document: Document) -> list[EventMention]:
        """What the claim's sentence names within its clause."""
        found = self._find(document, claim.context)
        here = [m for m in found if claim.start <= m.start < claim.end]
        return [m for m in here if not is_denied(document.text, m.start)]

    def named_in(self, claim: Claim, document: Document) -> list[ReferenceRow]:
        """The happenings whose name stands in the clause, whatever is said about them, but for those that
        only say when; "at the Tarn congress" says where too."""
        found = self._within(claim, document)
        named = [m for m in found if _names_it(m) and not _only_says_when(claim, document, m)]
        return list({key_of(row.package, row.key): row for m in named for row in m.candidates}.values())

    def is_named_by(self, text: str, row: ReferenceRow) -> bool:
        """Whether a text names the row itself: "Geneva IX" began, and did nothing to Geneva IX."""
        found = [] if self._index is None else self._index.find(text, Span(0, len(text)))
        named = {key_of(r.package, r.key) for m in found for r in m.candidates}
        return key_of(row.package, row.key) in named


def _owner_start(text: str, start: int, at: int) -> int:
    owner = _OWNER.search(text, max(start, at - _OWNER_WITHIN), at)
    return at if owner is None else owner.start()


def _names_it(mention: EventMention) -> bool:
    """Whether a mention names a happening: by name, or by series and number ("the sixth round", not "six
    rounds")."""
    first = _FIRST_WORD.match(mention.text)
    word = "" if first is None else first[0].lower()
    counts = word.isdigit() or (word in number_words() and not is_ordinal(word))
    return mention.how == "name" or (mention.how == "number" and not counts)


def _fixes_the_time(claim: Claim, mention: EventMention) -> bool:
    time = claim.time
    if time is None or time.anchor is None or time.start is None or time.end is None:
        return False
    return time.start <= mention.start < time.end
