"""Reading the times of a sentence, for the tests of dates."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from claimcheck.dates.times import find_times
from claimcheck.documents.sentences import split
from claimcheck.model import Document, Mention, Span

OWN = date(2018, 1, 31)


def read(
    text: str, own: date | None = OWN, locale: str = "unknown", taken: tuple[Span, ...] = ()
) -> list[Mention]:
    document = Document(id="d", text=text, date=own, locale=locale)  # type: ignore[arg-type]
    found = find_times(document, split(text), taken)
    assert all(text[m.start : m.end] == m.text for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    return found


def only(text: str, own: date | None = OWN, locale: str = "unknown") -> Mention:
    found = read(text, own, locale)
    assert len(found) == 1, [m.text for m in found]
    return found[0]


def days(m: Mention) -> str:
    return f"{m.date_start or ''}..{m.date_end or ''}"
