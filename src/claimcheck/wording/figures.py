"""What the words before a number say of it: that it was reached, that it is of the time named before."""

from __future__ import annotations

from claimcheck.lexicon import pattern
from claimcheck.model import Document, Mention, Span

_TO = pattern("judged_times", "to")
_OF_THE_TIME_BEFORE = pattern("judged_times", "of the time before")
_SAYS_TO = 50  # characters before a number in which "to" makes it what was reached
_OPENS = 30  # characters before a number in which the opener of its clause stands


def lead(document: Document, sentence: Span, number: Mention, most: int) -> str:
    """The characters of a sentence before a number and its qualifier, so many at most."""
    return document.text[max(sentence.start, number.wide_start - most) : number.wide_start]


def is_reached(document: Document, sentence: Span, number: Mention) -> bool:
    """Whether a number is one that something rose or fell to, and not by: "fell *to* 3 percent"."""
    return _TO.search(lead(document, sentence, number, _SAYS_TO)) is not None


def is_of_the_time_before(document: Document, sentence: Span, number: Mention) -> bool:
    """Whether a number is of the time that is named before it: "the deadliest since 1939, *when* 33,000
    died"."""
    return _OF_THE_TIME_BEFORE.search(lead(document, sentence, number, _OPENS)) is not None
