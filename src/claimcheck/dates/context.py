"""Where a time expression stands: its sentence, the document's date, the running reference, the tense.

Years that the text leaves out are inferred here: from the running reference in a narrative, else from the
document's date and the tense of the nearest verb. The document's date is the only "now" there is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

from claimcheck.dates.timex import When, add, day, month, safe_date
from claimcheck.lexicon import load, pattern
from claimcheck.model import Span, replace

Tense = Literal["past", "future", "open", "none"]

_WINDOW = 120  # characters on either side in which a verb's tense counts
_LATELY = 10  # days before the document's date: a report's own news
_NEAR, _FAR = 45, 180  # days from the document's date: a wrong weekday, a right one of another year
_SHORTLY = 15  # days before one just stated in which a story looks back
_SOON, _LONG = 21, 330  # days: so near on one side and so far on the other, a distant verb is not heeded
_BESIDE = 25  # characters within which a verb stands beside its date
_CLAUSE = 30  # how much further a comma makes a verb
_BREAK = re.compile(r"[,;:—]")
_ASSUMED = ("year", "month", "day")

NO_DATE = "the document has no date to read it against"
NO_DAY = "the text tells of other years and does not say from which day"


@dataclass(frozen=True, slots=True)
class Place:
    """An expression's surroundings. `own` is the document's date, `reference` the last period that the text
    named, `timeline` the last one whose year the text itself gives, `narrative` whether partial dates follow
    the text's own years rather than the document's date, `stated_close` whether the timeline was set a
    sentence or two before, `revised` whether `own` is only the day on which a story of other years was last
    revised, `along` the year that an undated day of a story lies in (`storyline`), `order` the order of day
    and month in the document's numeric dates, None where unknown."""

    text: str
    start: int
    end: int
    sentence: Span
    own: date | None
    order: Literal["mdy", "dmy"] | None = None
    reference: When | None = None
    timeline: When | None = None
    narrative: bool = False
    stated_close: bool = False
    revised: bool = False
    along: int | None = None

    def before(self, count: int = 40) -> str:
        """The characters in front, inside the sentence."""
        return self.text[max(self.sentence.start, self.start - count) : self.start]

    def after(self, count: int = 40) -> str:
        """The characters behind, inside the sentence."""
        return self.text[self.end : min(self.sentence.end, self.end + count)]

    def word_before(self) -> str:
        """The word in front, lower case, "" at the start of the sentence or behind punctuation."""
        found = re.search(r"([\w'’]+)[\s\"“(]*$", self.before())
        return found.group(1).lower() if found else ""

    def word_after(self) -> str:
        """The word behind as written, "" where punctuation comes first."""
        found = re.match(r"\s*([\w'’]+)", self.after())
        return found.group(1) if found else ""

    def tense(self) -> Tense:
        """The tense of the nearest sign of a verb in the sentence."""
        return tense_at(self.text, self.start, self.end, self.sentence)

    @property
    def now(self) -> date | None:
        """The day that "later" and "the following day" start from: the running reference, else `own`."""
        if self.reference is not None and self.reference.first is not None:
            return self.reference.first
        return self.own


@cache
def _cues() -> tuple[tuple[Tense, re.Pattern[str]], ...]:
    kinds: dict[Tense, list[str]] = {}
    for row in load("tense_cues"):
        kinds.setdefault(row["tense"], []).append(row["pattern"].replace(" ", r"\s{1,3}"))
    order: tuple[Tense, ...] = ("future", "open", "past")
    return tuple(
        (tense, re.compile(rf"(?:\b|(?=['’]))(?:{'|'.join(kinds[tense])})\b", re.IGNORECASE))
        for tense in order
    )


def tense_at(text: str, start: int, end: int, sentence: Span) -> Tense:
    """The tense of the nearest cue to `start`..`end`; a cue inside one of an earlier kind does not count."""
    return _nearest_cue(text, start, end, sentence)[1]


def _nearest_cue(text: str, start: int, end: int, sentence: Span) -> tuple[int, Tense]:
    """The tense of the nearest cue, and how far it stands, commas counted in."""
    low, high = max(sentence.start, start - _WINDOW), min(sentence.end, end + _WINDOW)
    best: tuple[int, Tense] = (_WINDOW * 2, "none")
    used: list[tuple[int, int]] = []
    for tense, cue in _cues():
        hits = [m.span() for m in cue.finditer(text, low, high)]
        for s, e in hits:
            if (s < end and start < e) or any(s < b and a < e for a, b in used):
                continue
            distance = start - e if e <= start else s - end
            distance += _CLAUSE * len(_BREAK.findall(text, *((e, start) if e <= start else (end, s))))
            if distance < best[0]:
                # they agreed on 4 May, or to meet then; "on 4 May they agreed" is only the first
                stated = tense == "open" and s >= end and text[s:e].endswith("ed")
                best = (distance, "past" if stated else tense)
        used += hits
    return best


def assumed(when: When, *parts: str) -> When:
    """The same period with parts that the text does not state."""
    return replace(when, inferred=parts or _ASSUMED, explicit=False)


def relative(when: When) -> When:
    """A period read against another date: every part down to its unit is inferred."""
    depth = {"year": 1, "decade": 1, "century": 1, "month": 2, "quarter": 1, "half": 1, "season": 1}
    return assumed(when, *_ASSUMED[: depth.get(when.unit, 3)])


def unresolved(timex: str, reason: str = NO_DATE, unit: str = "day") -> When:
    """An expression that denotes no known days, with the reason."""
    return When(timex=timex, reason=reason, unit=unit)


def place_month(m: int, at: Place) -> When:
    """A month without its year."""
    year = _year(at, lambda y: month(y, m))
    if year is None:
        return replace(unresolved(f"XXXX-{m:02d}", unit="month"), stated=(None, m, None), inferred=("year",))
    return replace(assumed(month(year, m), "year"), stated=(None, m, None), explicit=_stated(at, year))


def place_day(m: int, d: int, at: Place, weekday: int | None = None) -> When:
    """A day and month without the year; a weekday beside them picks the year that fits it."""
    timex = f"XXXX-{m:02d}-{d:02d}"
    if safe_date(2000, m, d) is None:
        return unresolved(timex, f"there is no day {d} in month {m}")

    def make(y: int) -> When | None:
        found = safe_date(y, m, d)
        if found is None or (weekday is not None and found.isoweekday() != weekday):
            return None
        if weekday is not None and at.own is not None and abs(y - at.own.year) > 1:
            return None
        return day(found)

    year = _year(at, make)
    if weekday is not None and (
        year is None or (at.own and _is_slip(at.own, make(year), place_day(m, d, at)))
    ):
        return place_day(m, d, at)
    if year is None or (made := make(year)) is None:
        return replace(unresolved(timex), stated=(None, m, d), inferred=("year",))
    return replace(assumed(made, "year"), stated=(None, m, d), explicit=_stated(at, year))


def _is_slip(own: date, fits: When | None, plain: When) -> bool:
    """Whether a weekday is more likely wrong than meant for another year: "Tuesday, 7 March" said a week
    after a Wednesday, 7 March. The day then stays, and the calendar says that its weekday does not."""
    if fits is None or fits.first is None or plain.first is None:
        return False
    return abs((plain.first - own).days) <= _NEAR and abs((fits.first - own).days) > _FAR


def _year(at: Place, make: Callable[[int], When | None]) -> int | None:
    """The year in which a recurring period lies: by the text's own time line or by tense."""
    line = at.timeline
    # a year as none is read: the month before it is of no year then, and not of the document's
    if pattern("month_words", "year unread").match(at.after(24)):
        return None
    if at.along is not None and make(at.along) is not None and not _may_be_ahead(at, at.along, make):
        return at.along
    goes_on = at.own is None or (at.narrative and not _is_just_past(at, make))
    if line is not None and line.first is not None and goes_on:
        return _next_in_story(line.first, make, at)
    if at.own is None:
        return None
    years = range(max(1, at.own.year - 8), min(9999, at.own.year + 9))
    options = [w for w in (make(y) for y in years) if w is not None]
    past = next((w for w in reversed(options) if w.first is not None and w.first <= at.own), None)
    future = next((w for w in options if w.last is not None and w.last >= at.own), None)
    chosen = _choose(past, future, at) if past is not None and future is not None else past or future
    if chosen is not None and (stated := _stated_next(at, make, chosen)) is not None:
        return stated
    return chosen.first.year if chosen is not None and chosen.first is not None else None


def _is_just_past(at: Place, make: Callable[[int], When | None]) -> bool:
    """Whether a day lies right before the text's own, in a report: "sentenced in May 2019, he was freed on 3
    November", written on 10 November 2020."""
    if at.own is None or at.revised:
        return False
    near = make(at.own.year)
    return (
        near is not None
        and near.unit == "day"
        and near.first is not None
        and timedelta(0) <= at.own - near.first <= timedelta(_LATELY)
    )


def _may_be_ahead(at: Place, along: int, make: Callable[[int], When | None]) -> bool:
    """Whether a story near its own day speaks of what is to come: "it will be held on 13 November"."""
    if at.own is None or along < at.own.year - 1:
        return False
    last = None if (ahead := make(at.own.year)) is None else ahead.last
    return last is not None and last > at.own and at.tense() == "future"


def _stated_next(at: Place, make: Callable[[int], When | None], chosen: When) -> int | None:
    """ "On 7 May 2013 …. On 9 May …", "in late May 2013 …. On 24 May …": the days around one just stated, or
    of the very month, where the document's are far off."""
    line = at.timeline
    if not at.stated_close or line is None or line.first is None or at.own is None:
        return None
    stated = make(line.first.year)
    if stated is None or stated.first is None or chosen.first is None:
        return None
    if line.unit == "season" and line.last is not None and line.last < at.own:
        return line.first.year if line.first <= stated.first <= line.last else None
    if line.unit == "month":
        near = (stated.first.year, stated.first.month) == (line.first.year, line.first.month)
    else:
        near = line.unit == "day" and -_SHORTLY <= (stated.first - line.first).days <= _NEAR
    return line.first.year if near and abs((chosen.first - at.own).days) > _NEAR else None


def _choose(past: When, future: When, at: Place) -> When:
    if past == future or at.own is None or past.last is None or future.first is None:
        return past
    distance, tense = _nearest_cue(at.text, at.start, at.end, at.sentence)
    if tense == "none" and at.word_before() == "by":
        tense = "future"
    heeded = distance <= _BESIDE
    back, on = (at.own - past.last).days, (future.first - at.own).days
    if tense == "past":  # nearly a year back a date would have its year: its verb is another
        return future if not heeded and on <= _SOON and back > _LONG else past
    if tense == "future":
        return past if not heeded and back <= _SOON and on > _LONG else future
    return future if on * 3 < back else past


def _stated(at: Place, year: int | None) -> bool:
    """Whether the year was carried on from one that the text states."""
    line = None if at.timeline is None else at.timeline.first
    close = line is not None and at.own is not None and at.stated_close and at.own.year > line.year == year
    return close or (line is not None and (at.own is None or at.narrative))


def _is_yet_to_come(when: When, at: Place) -> bool:
    """Whether a text would tell in the past tense what lies behind its own day."""
    ahead = at.own is not None and when.first is not None and when.first > at.own
    return ahead and at.tense() == "past"


def _next_in_story(reference: date, make: Callable[[int], When | None], at: Place) -> int | None:
    """A story moves on: a month long before the last one named belongs to the next year, unless that is yet
    to come when the text is written and its verb does not speak of the future."""
    same, following = make(reference.year), make(min(reference.year + 1, 9999))
    if same is None or same.last is None:
        return None if following is None else reference.year + 1
    if following is None or same.last >= add(reference, -200):
        return reference.year - _is_yet_to_come(same, at)
    begins = following.first
    unborn = at.own is not None and begins is not None and begins > at.own and at.tense() != "future"
    return reference.year if unborn else reference.year + 1
