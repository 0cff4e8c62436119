"""Texts read by the real reader, for tests: no part is replaced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from claimcheck.claims.reading import read
from claimcheck.dates.events import EventIndex
from claimcheck.documents.files import make
from claimcheck.model import Claim, Reading

ROOT = Path(__file__).resolve().parent.parent
LETTER = ROOT / "documents" / "joint_letter_2018-01-31.txt"


DAY = date(2019, 6, 12)  # a Wednesday


def read_text(text: str, day: date | None = DAY, index: EventIndex | None = None) -> Reading:
    """A text as a document of a Wednesday, 12 June 2019, read whole."""
    return next(iter(read([make("text", text, meta={"date": day})], index)))


def read_texts(texts: Iterable[str]) -> Iterator[Reading]:
    """The same of many texts, in order: parsed together, in half the time."""
    return read(make("text", text, meta={"date": DAY}) for text in texts)


def judged(text: str, kind: str | None = None) -> list[Claim]:
    """The claims of a text, of one kind where it is named."""
    return [c for c in read_text(text).claims if kind is None or c.kind == kind]
