"""Numbers, days and readings in plain words: "at least 131 groups, on 3 January 2018".

Pure functions from the model's values to English, shared by the report, the terminal and `explain`.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from claimcheck.lexicon import Row, load
from claimcheck.model import ClaimTime, Evidence, Interval, Mention, Period, ReportedIncident, plain
from claimcheck.reference.cells import parse_period

VERDICT_WORDS = {
    "refuted": "Refuted",
    "conflicting_evidence": "Sources conflict",
    "not_enough_evidence": "Undecided",
    "supported": "Supported",
}
RELATION_WORDS = {"supports": "supports", "refutes": "refutes", "neutral": "decides nothing"}
REASON_WORDS = {
    "exact": "the same figure or day", "within_precision": "within the precision of the digits",
    "understated": "the rows lie above what the claim admits",
    "overstated": "the rows lie below what the claim admits", "same_cell": "the table says the same there",
    "other_cell": "the table says something else there", "date_mismatch": "another date",
    "as_of_bound": "bounded by a total of an earlier or later day",
    "aggregate": "by a count or sum over rows", "computed": "by calculation alone",
    "sources_disagree": "the claim lies between sources that differ",
    "no_reference": "no row in the reference tables",
    "no_measure": "the reference tables do not measure this", "no_place": "no row for this place",
    "no_time": "no row for this time", "not_asserted": "the document does not assert it",
    "own_source": "only the document’s own signatories say so",
    "unit_mismatch": "the rows count something else", "ambiguous": "the text may mean any of several rows",
    "undecided": "rows were met, and none decides", "place_mismatch": "another place",
    "inferred_place": "place only inferred", "inferred_time": "time only inferred",
    "actor_mismatch": "another actor", "part_of_comparison": "what is said with it is not supported",
    "not_read": "what is compared was not read", "not_firm": "not sure enough to be decided",
    "direction_mismatch": "the number moved the other way",
}  # fmt: skip
HEDGE_WORDS = {
    "question": "a question", "condition": "a condition", "demand": "a demand",
    "possibility": "a possibility", "forecast": "a forecast", "negation": "denied by the sentence",
    "plan": "a plan",
}  # fmt: skip
KIND_WORDS = {
    "quantity": "a quantity", "event": "a dated event", "rank": "a rank", "count": "a count of a list",
    "calendar": "a weekday and its date", "comparison": "a comparison",
    "statement": "a statement about a table",
}  # fmt: skip
_MONTHS = calendar.month_name[1:]
_LONG_MONTH = re.compile("|".join(_MONTHS))
_RANGE = re.compile(r"(?<![\w/-])(\d{4}-\d\d-\d\d)/(\d{4}-\d\d-\d\d)(?![\w/-])")
SCALES = ((Decimal(10) ** 12, "trillion"), (Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million"))
_UNITS = {"percent": "per cent", "year": "years"}


def mention_words(m: Mention) -> str:
    """How an expression was read, for the ledger; "not read as a value" where it has none."""
    if m.is_time or (m.kind == "duration" and m.value is None and m.low is None):
        return _time_mention_words(m)
    if m.value is None and m.low is None and m.high is None:
        return "not read as a value"
    return quantity_words(m)


def _time_mention_words(m: Mention) -> str:
    if m.period is not None:
        return period_words(m.period) + _inferred_words(m.inferred)
    return m.timex or "no day that a calendar could show"


def quantity_words(m: Mention) -> str:
    """What a quantity admits, with what it counts."""
    if m.kind == "age":
        return f"aged {_value_range(m)}"
    if m.kind == "ordinal":
        return _ordinal_words(m)
    amount = _amount_words(m)
    return f"{amount} {_counted(m)}".strip() if m.kind != "money" else amount


def _amount_words(m: Mention) -> str:
    low, high = m.low, m.high
    money = f"{m.unit} " if m.kind == "money" and m.unit else ""
    if low is None and high is None:
        return f"{money}{large_number(m.value)}" if m.value is not None else "an unknown number of"
    if high is None and low is not None:
        over = m.comparator == "gt" and m.value == low  # "more than 1.5 %": the end itself is not meant
        return f"{'more than' if over else 'at least'} {money}{large_number(low)}"
    if low is None and high is not None:
        under = m.comparator == "lt" and m.value == high
        return f"{'less than' if under else 'at most'} {money}{large_number(high)}"
    assert low is not None
    assert high is not None
    if low == high:
        return f"{money}{large_number(low)}"
    between = f"{large_number(low)} to {large_number(high)}"
    if m.value is None or m.comparator not in ("eq", "approx"):
        return f"{money}{between}"
    return f"{'about ' if m.comparator == 'approx' else ''}{money}{large_number(m.value)} ({between})"


def large_number(number: Decimal) -> str:
    """A number as newspapers write it: "12.5 million", "40 billion"; whole where that would hide a digit."""
    for size, name in SCALES:
        if abs(number) >= size and (shown := number / size * 1000) == shown.to_integral_value():
            return f"{plain(number / size)} {name}"
    return plain(number)


def _value_range(m: Mention) -> str:
    if m.low is not None and m.low == m.high:
        return plain(m.low)
    return f"{plain(m.low)} to {plain(m.high)}" if m.low is not None and m.high is not None else m.text


def _ordinal_words(m: Mention) -> str:
    at = m.value if m.value is not None else m.low
    if at is None:
        return f"“{m.text}”"
    noun = f" {m.noun}" if m.noun else ""
    if m.cumulative:
        return f"number {plain(at)} of a running total{' of ' + plural(m.noun) if m.noun else ''}"
    return f"number {plain(at)}{noun}"


def _counted(m: Mention) -> str:
    one = m.low == m.high == Decimal(1)
    words = []
    if m.unit and m.kind != "money":
        unit = _UNITS.get(m.unit, m.unit)
        words.append(unit if m.unit == "percent" or one or m.unit in _UNITS else plural(unit))
    if m.noun and m.noun != m.unit:
        noun = ("person" if m.noun == "people" else m.noun) if one else plural(m.noun)
        words.append(f"of {noun}" if words else noun)
    return " ".join(words)


@lru_cache(maxsize=1 << 10)
def plural(noun: str | None) -> str:
    """The plural of an English lemma, its last word changed ("health worker" gives "health workers")."""
    if not noun:
        return ""
    *first, last = noun.split(" ")
    row = next((row for row in load("plurals") if _is_of(last, row)), None)
    if row is not None:
        last = last[: len(last) - row["cut"]] + row["plural"]
    elif last.endswith("y") and last[-2:-1] not in tuple("aeiou"):
        last = last[:-1] + "ies"
    elif last.endswith(("s", "x", "z", "ch", "sh")):
        last = last if last.endswith("s") and not last.endswith("ss") else last + "es"
    else:
        last += "s"
    return " ".join([*first, last])


def _is_of(word: str, row: Row) -> bool:
    """Whether a row of the plurals has the word."""
    if row.get("whole") or word in row.get("but", ()):
        return row.get("whole", False) and word in row["ends"]
    return word.endswith(tuple(row["ends"]))


def time_words(time: ClaimTime) -> str:
    """When a claim holds, and what fixed it."""
    period = time.period
    words = "at no stated time" if period is None else period_words(period)
    if time.anchor and time.anchor != "document":
        return f"{words} (fixed by {time.anchor})"
    if time.start is None or time.anchor == "document" or time.basis == "document":
        words += " (the document’s own date)"
    elif time.basis == "discourse":
        words += " (from the text before it)"
    return words + _inferred_words(time.inferred)


def _inferred_words(inferred: Sequence[str]) -> str:
    return f" ({' and '.join(inferred)} not stated, read from the document)" if inferred else ""


def period_words(period: Period) -> str:
    """A period with its preposition: "on 3 January 2018", "in January 2018", "from 11 to 24 January 2018"."""
    start, end = period.start, period.end
    if start is None or end is None:
        if end is not None:
            return f"until {day_words(end)}"
        return f"from {day_words(start)} on" if start is not None else "at any time"
    if start == end:
        return f"on {day_words(start)}"
    short = span_words(start, end)
    return f"in {short}" if " to " not in short else f"from {short}"


def span_words(start: date, end: date) -> str:
    """Two days as months, years, or "11 to 24 January 2018"."""
    if start == end:
        return day_words(start)
    if start.day == 1 and (end == date.max or (end + timedelta(days=1)).day == 1):
        if (start.year, start.month) == (end.year, end.month):
            return f"{_MONTHS[start.month - 1]} {start.year}"
        if start.month == 1 and end.month == 12:
            return f"{start.year}" if start.year == end.year else f"{start.year} to {end.year}"
        if start.year == end.year:
            return f"{_MONTHS[start.month - 1]} to {_MONTHS[end.month - 1]} {end.year}"
    if start.year == end.year:
        first = f"{start.day}" if start.month == end.month else f"{start.day} {_MONTHS[start.month - 1]}"
        return f"{first} to {day_words(end)}"
    return f"{day_words(start)} to {day_words(end)}"


def day_words(day: date) -> str:
    """A day as British newspapers write it: "3 January 2018"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def day_range(start: date | None, end: date | None) -> str:
    """The days of a row for a table cell; empty where it gives none."""
    if start is None and end is None:
        return ""
    if start is None or end is None:
        return f"until {day_words(end)}" if end else f"from {day_words(start)}" if start else ""
    return span_words(start, end)


def short_range(start: date | None, end: date | None) -> str:
    """The days of a row with months of three letters, for a picture."""
    return _LONG_MONTH.sub(lambda month: month.group()[:3], day_range(start, end))


def interval_words(interval: Interval) -> str:
    """The values that a quantity admits, without what it counts: "at least 131", "24 to 99"."""
    low, high = interval.low, interval.high
    if low is None:
        return "any number" if high is None else f"at most {plain(high)}"
    if high is None:
        return f"at least {plain(low)}"
    return plain(low) if low == high else f"{plain(low)} to {plain(high)}"


def incident_words(stated: ReportedIncident) -> str:
    """An incident over its sources: "3 May 2016, Tarn: 14 to 20 killed; according to the mayor"."""
    when = day_words(stated.day) if stated.day is not None else ""
    head = ", ".join(part for part in (when, stated.place) if part)
    fates = ((stated.killed, "killed"), (stated.injured, "injured"))
    tolls = ", ".join(f"{interval_words(over)} {fate}" for over, fate in fates if over is not None)
    by = f"; according to {', '.join(stated.sources)}" if stated.sources else ""
    return f"{head}: {tolls}{by}" if head else f"{tolls}{by}"


def as_of_words(as_of: str | None) -> str:
    """An `as_of` (a day, month, year or an interval of them, EDTF) in words; what is none stays as it is."""
    try:
        period = parse_period(as_of or "")
    except ValueError:
        return as_of or ""
    return day_range(period.start, period.end)


def row_when(row: Evidence) -> str:
    """When a row holds, for a table cell: its days, the day that it speaks of, or both; empty for neither."""
    days = day_range(row.date_start, row.date_end)
    spoken = as_of_words(row.as_of)
    as_of = f"as of {spoken}" if spoken and spoken != days else ""
    return "; ".join(words for words in (days, as_of) if words)


def reporter(row: Evidence) -> str:
    """Who gives a row's number, where its source does not say so: "UNICEF", of what the AP published."""
    by, source = row.reported_by or "", row.source or ""
    stated = (part.casefold() for part in source.split(" · "))
    return "" if any(part.startswith(by.casefold()) for part in stated) else by


def evidence_numbers(row: Evidence) -> str:
    """What a row says in figures: "765", "at least 766", "14 to 22, best 18"; empty where it says none."""
    return plain_figure(row.low, row.best, row.high)


def plain_figure(low: Decimal | None, best: Decimal | None, high: Decimal | None) -> str:
    """A figure with its ends, where it has any: "765", "at least 766", "14 to 22, best 18"."""
    if low is None and high is None:
        return plain(best) if best is not None else ""
    if low is not None and high is not None:
        words = plain(low) if low == high else f"{plain(low)} to {plain(high)}"
        return words if best in (None, low, high) else f"{words}, best {plain(best)}"
    end = low if low is not None else high
    assert end is not None
    words = f"{'at least' if low is not None else 'at most'} {plain(end)}"
    return words if best in (None, end) else f"{words}, best {plain(best)}"


def days_opened(text: str) -> str:
    """The text with its ranges of ISO days in words: "2018-01-11/2018-01-24" is "11 to 24 January 2018"."""

    def words(match: re.Match[str]) -> str:
        try:
            return span_words(*map(date.fromisoformat, match.groups()))
        except ValueError:
            return match.group()

    return _RANGE.sub(words, text)


def reason_words(reason: str) -> str:
    """A reason code in words; an unknown code with its underscores opened."""
    return REASON_WORDS.get(reason, reason.replace("_", " "))


def opened(words: str) -> str:
    """The words as the beginning of a line: their first letter a capital."""
    return words[:1].upper() + words[1:]
