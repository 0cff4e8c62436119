"""A happening that a text speaks of, and every row that it may be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from claimcheck.dates.event_lists import with_its_year
from claimcheck.dates.event_words import Token
from claimcheck.model import ReferenceRow

How = Literal["name", "number", "kind_place", "place", "definite", "nearest"]


@dataclass(frozen=True, slots=True)
class EventMention:
    """A happening in the text and every row that it may be, most likely first.

    `how`: "name" (name or alias), "number" (series with number), "kind_place" (a kind with its place),
    "place" (the place alone, standing for what happened there), "definite" ("the talks": the event of that
    kind named last in the document), "nearest" ("the talks", never named: the only one within `NEAR_DAYS`
    of the document's date).
    """

    start: int
    end: int
    text: str
    candidates: tuple[ReferenceRow, ...]
    how: How

    @property
    def row(self) -> ReferenceRow | None:
        """The row where only one fits."""
        return self.candidates[0] if len(self.candidates) == 1 else None


def mention_at(text: str, start: int, end: int, rows: Iterable[ReferenceRow], how: How) -> EventMention:
    """What a text speaks of between two characters, the year of its series in brackets taken in."""
    end = with_its_year(text, end)
    return EventMention(start, end, text[start:end], tuple(rows), how)


def standing_for(text: str, word: Token, said: str, rows: Iterable[ReferenceRow]) -> EventMention:
    """A number alone that stands for words that the text says once."""
    return EventMention(word.start, with_its_year(text, word.end), said, tuple(rows), "number")
