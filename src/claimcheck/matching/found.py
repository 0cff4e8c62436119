"""What is asked of the reference tables for the claims of a batch, and what is found there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple


class Wanted(NamedTuple):
    """A measure at a place in a period that a claim of the batch may speak of; None: not stated."""

    claim: int
    package: str
    measure: str
    place: str | None
    first_day: date | None
    last_day: date | None


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum over incidents as the database gives it."""

    wanted: Wanted
    resource: str
    rows: int
    low: Decimal | None
    best: Decimal | None
    high: Decimal | None
    first_row: int
    complete: bool
    sources: tuple[str | None, ...]
    actors: tuple[str | None, ...]


class Count(NamedTuple):
    """A count of happenings or incidents as the database gives it; `counted_as` is what the table
    counts, `kind` which of these were counted."""

    claim: int
    package: str
    resource: str
    counted_as: str
    kind: str
    place: str | None
    first_day: date
    last_day: date
    rows: int
    first_row: int
    complete: bool
    sources: tuple[str | None, ...]


class WantedKind(NamedTuple):
    """A kind of incident in a place at a time that a claim of the batch may tell of."""

    claim: int
    package: str
    kind: str
    place: str
    first_day: date
    last_day: date
