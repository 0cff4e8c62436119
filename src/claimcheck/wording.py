"""How a text words it: what stands before, behind and between. Each question is asked here, once.

`linking` and `judging` decide upon the answers (is a time worded by its two ends, which weekday is beside it)
and see no characters of a document themselves.
"""

from __future__ import annotations

import calendar

from claimcheck.lexicon import pattern
from claimcheck.model import Claim, Document, ListItem
from claimcheck.names import NameIndex

# ----------------------------------------------------------------------------------------------------
# How a text words a time: as the end of a period, as two days, from a moment before it, by its weekday.

_STRETCH = pattern("judged_times", "stretch")
_WEEKDAYS = tuple(calendar.day_name)
_SHORTEST = 3  # letters of a weekday: "Mon"


def stated_weekday(claim: Claim) -> str | None:
    """The weekday that a claim names first, None where it names none."""
    words = "".join(c if c.isalnum() or c == "_" else " " for c in claim.text.lower()).split()
    long = (word for word in words if len(word) >= _SHORTEST)
    return next((name for word in long for name in _WEEKDAYS if name.lower().startswith(word)), None)


def gives_both_ends(claim: Claim) -> bool:
    """Whether a claim's time is worded by its first and its last day: "25 to 26 January", "25–26 January",
    not "between 3 and 31 January", "5 or 6 May"."""
    time = claim.time
    if time is None or time.start is None or time.end is None:
        return False
    written = claim.text[max(0, time.start - claim.start) :]
    between = written[: len("between")].lower() == "between"
    return not between and _STRETCH.search(written[: time.end - time.start]) is not None


# ----------------------------------------------------------------------------------------------------
# Who stands behind a document, and which rows of the tables have no other source than them.

_LONGEST_NAME = 100  # characters of a name in a list
SIGNED = frozenset({"letterhead", "signature", "contacts"})
"""Zones that name who a document comes from."""


class Signatories:
    """The authors and signatories of documents, matched through the gazetteers' names and aliases."""

    def __init__(self, index: NameIndex) -> None:
        self._index = index
        self._own: dict[int, frozenset[str]] = {}
        self._sources: dict[str, frozenset[str]] = {}

    def forget(self) -> None:
        """Drop what was found in the documents of the last batch."""
        self._own.clear()

    def of(self, document: Document) -> frozenset[str]:
        """The organisations that a document comes from: its author, letterhead, signatures, list of
        signatories."""
        if id(document) not in self._own:
            texts = [
                document.author or "",
                document.publisher or "",
                *(i.text for i in document.items if _is_name(i)),
            ]
            texts += [document.text[z.start : z.end] for z in document.zones if z.kind in SIGNED]
            found = (organisations(text, self._index) for text in texts)
            self._own[id(document)] = frozenset(key for keys in found for key in keys)
        return self._own[id(document)]

    def are_alone_behind(self, source: str | None, document: Document) -> bool:
        """Whether a source ("title · publisher") was published by the document's signatories and no one
        else."""
        if source is None or not (own := self.of(document)):
            return False
        if source not in self._sources:
            self._sources[source] = organisations(source.rsplit(" · ", 1)[-1], self._index)
        keys = self._sources[source]
        return bool(keys) and keys <= own


def organisations(text: str, index: NameIndex) -> frozenset[str]:
    """The keys of the organisations that a text names."""
    found = index.find(text, 0, len(text))
    return frozenset(k for n in found if n.entity == "organisation" for k in n.keys)


def _is_name(item: ListItem) -> bool:
    """Whether an item of a numbered list may be a name, and is no sentence ("2. The Guild counted 85.")."""
    return len(item.text) <= _LONGEST_NAME and not item.text.endswith((".", "!", "?", ";", ":"))
