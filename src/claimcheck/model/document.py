"""A document as read, its zones and the items of its lists."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Literal

ZoneKind = Literal["letterhead", "heading", "body", "list", "signature", "contacts", "table", "references"]


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of a document with one function; zones follow each other and do not overlap."""

    start: int
    end: int
    kind: ZoneKind


@dataclass(frozen=True, slots=True)
class ListItem:
    """A numbered item of a list zone: its printed number and the text behind it."""

    number: int
    number_start: int
    number_end: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document as read. `text` is canonical: every offset in the project refers to it."""

    id: str
    text: str
    date: date | None = None
    date_origin: str | None = None  # "given", "dateline", "metadata"; None where there is no date
    about: str | None = None
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    address: str | None = None  # where it was published, usually of a page on the web
    path: str | None = None
    encoding: str | None = None
    media_type: str = "text/plain"
    locale: Literal["mdy", "dmy", "unknown"] = "unknown"
    zones: tuple[Zone, ...] = ()
    items: tuple[ListItem, ...] = ()
    pages: tuple[int, ...] = ()  # the offset at which each page starts, empty where there are none
    line: int | None = field(default=None, compare=False)  # of the .jsonl file it came from; is not stored

    @property
    def sha256(self) -> str:
        """Hash of the text, hexadecimal."""
        return _sha256(self.text)

    def zone_at(self, offset: int) -> ZoneKind:
        """The kind of the zone in which a character stands, "body" outside all."""
        at = bisect_right(self.zones, offset, key=lambda zone: zone.start) - 1
        return self.zones[at].kind if at >= 0 and offset < self.zones[at].end else "body"


@lru_cache(maxsize=8)
def _sha256(text: str) -> str:
    """Remembered for the documents at hand: every claim's id holds it."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
