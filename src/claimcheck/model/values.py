"""Spans of characters, intervals of values and periods of days: what every other value is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Code points `start` to `end` (exclusive) of a document's text as read."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span needs 0 <= start <= end, not {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """The characters that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Interval:
    """A closed interval of values; an end that is None is open ("more than 130 groups" is 131..)."""

    low: Decimal | None
    high: Decimal | None

    def __post_init__(self) -> None:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"an interval needs low <= high, not {self.low}..{self.high}")

    def contains(self, value: Decimal) -> bool:
        """Whether `value` lies inside, ends included."""
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)

    def covers(self, other: Interval) -> bool:
        """Whether `other` lies wholly inside; an open end lies only inside an open end."""
        low = self.low is None or (other.low is not None and self.low <= other.low)
        high = self.high is None or (other.high is not None and other.high <= self.high)
        return low and high

    def meets(self, other: Interval) -> bool:
        """Whether the two share at least one value."""
        return not self.below(other) and not other.below(self)

    def below(self, other: Interval) -> bool:
        """Whether every value here is smaller than every value of `other`."""
        return self.high is not None and other.low is not None and self.high < other.low

    def __str__(self) -> str:
        if self.low == self.high and self.low is not None:
            return plain(self.low)
        low = "" if self.low is None else plain(self.low)
        high = "" if self.high is None else plain(self.high)
        return f"[{low or '–'}, {high or '–'}]"


@dataclass(frozen=True, slots=True)
class Period:
    """A closed interval of days; an end that is None is open."""

    start: date | None
    end: date | None

    def __post_init__(self) -> None:
        if self.start is not None and self.end is not None and self.start > self.end:
            raise ValueError(f"a period needs start <= end, not {self.start}..{self.end}")

    @classmethod
    def day(cls, day: date) -> Period:
        """The period of one day."""
        return cls(day, day)

    def covers(self, other: Period) -> bool:
        """Whether `other` lies wholly inside."""
        start = self.start is None or (other.start is not None and self.start <= other.start)
        end = self.end is None or (other.end is not None and other.end <= self.end)
        return start and end

    def meets(self, other: Period) -> bool:
        """Whether the two share at least one day."""
        return not self.before(other) and not other.before(self)

    def before(self, other: Period) -> bool:
        """Whether every day here is earlier than every day of `other`."""
        return self.end is not None and other.start is not None and self.end < other.start

    def widened(self, days: int) -> Period:
        """The period with `days` more on either side; open ends and the calendar's ends stay."""
        return Period(
            None if self.start is None else _shifted(self.start, -days),
            None if self.end is None else _shifted(self.end, days),
        )

    @property
    def days(self) -> int | None:
        """How many days it holds, None where an end is open."""
        if self.start is None or self.end is None:
            return None
        return (self.end - self.start).days + 1

    def __str__(self) -> str:
        if self.start == self.end and self.start is not None:
            return self.start.isoformat()
        return f"{self.start or '..'}/{self.end or '..'}"


def _shifted(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def plain(value: Decimal) -> str:
    """A decimal as people write it: no exponent, no trailing zeros, thousands separated."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
