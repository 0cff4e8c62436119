"""What a document says about itself: weekdays, its own dates, lists; all checks.

Every check is conservative: a finding with status `problem` must be right, so what cannot be known from the
text alone is passed over in silence.
"""

from __future__ import annotations

import calendar
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cache, partial
from itertools import pairwise
from typing import Literal

from claimcheck.calendar_names import PIECES, WEEKDAYS
from claimcheck.documents.datelines import full_dates, own_dates
from claimcheck.documents.zones import find_lists, role
from claimcheck.lexicon import entries, load, pattern
from claimcheck.model import (
    Claim,
    Document,
    Finding,
    Interval,
    ListItem,
    Mention,
    Reading,
    ReportedIncident,
    Span,
)
from claimcheck.selfcheck.noting import noted, spoken_day
from claimcheck.selfcheck.numbers import named_findings, total_findings

# ----------------------------------------------------------------------------------------------------
# Dates that check themselves: a weekday beside its date, two own dates, a period whose ends are swapped.

NAMES = tuple(calendar.day_name)
_LAST_JULIAN = 1924  # by then the last European calendars were Gregorian
_WEEKDAY = PIECES["WEEKDAYS"]
_BEHIND = pattern("own_checks", "weekday behind")
_BEFORE = re.compile(rf"\b({_WEEKDAY}) \(\Z", re.IGNORECASE)
_DAY_NUMBER = pattern("own_checks", "number of a day")  # not "the last Sunday of May 2012"
_IN_MENTION = re.compile(rf"\b({_WEEKDAY})\b", re.IGNORECASE)
_UPDATED = pattern("own_checks", "updated")


@dataclass(frozen=True, slots=True)
class CalendarPair:
    """A weekday and a full date that stand together: both their characters, and whether they agree.

    `stated` and `actual` are English names; the calendar is the proleptic Gregorian one.
    """

    span: Span
    stated: str
    day: date
    actual: str

    @property
    def agrees(self) -> bool:
        """Whether the date fell on the weekday."""
        return self.stated == self.actual


def calendar_pairs(text: str, mentions: Sequence[Mention] = ()) -> list[CalendarPair]:
    """Weekdays that stand with a date, in text order: "Wednesday, 31 January 2018", "3 May 2016 (a Tuesday)".

    A date whose year the text leaves out ("Friday 3 May") comes from `mentions`, and only where it agrees:
    another year might be meant. So do days that agree by the Julian calendar, before 1924.
    """
    found: list[CalendarPair] = []
    for stated in full_dates(text):
        span, weekday = stated.span, stated.weekday
        if weekday is None:
            behind, before = _BEHIND.match(text, span.end), _bracketed(text, span)
            if behind is not None:
                span = Span(span.start, behind.end())
                weekday = WEEKDAYS[(behind[1] or behind[2]).title()]
            elif before is not None:
                span = Span(before.start(), span.end + 1)
                weekday = WEEKDAYS[before[1].title()]
            else:
                continue
        if stated.day.weekday() == weekday or _julian_weekday(stated.day) != weekday:
            found.append(_pair(span, weekday, stated.day))
    named = [pair for pair in map(_mention_pair, mentions) if pair is not None]
    pairs: list[CalendarPair] = []
    for pair in sorted([*found, *named], key=lambda pair: pair.span.start):  # stable: full dates first
        if not pairs or pairs[-1].span.end <= pair.span.start:
            pairs.append(pair)
    return pairs


def _bracketed(text: str, day: Span) -> re.Match[str] | None:
    """The weekday before a date in brackets of its own: "on Sunday (1 June 2019)"."""
    before = _BEFORE.search(text, max(0, day.start - 16), day.start)
    return before if before is not None and text[day.end : day.end + 1] == ")" else None


def date_findings(document: Document, mentions: Sequence[Mention]) -> Iterator[Finding]:
    """Weekdays, own dates and periods of a document, against the calendar and each other."""
    text = document.text
    for pair in calendar_pairs(text, mentions):
        given_there = f"{spoken_day(pair.day)} was a {pair.actual}"
        given_there += "." if pair.agrees else f", not a {pair.stated}."
        yield noted(text, "weekday", pair.span, given_there, problem=not pair.agrees)
    yield from _datelines(document)


def _pair(span: Span, weekday: int, day: date) -> CalendarPair:
    return CalendarPair(span, NAMES[weekday], day, NAMES[day.weekday()])


def _mention_pair(mention: Mention) -> CalendarPair | None:
    """A date mention that names its weekday, where the two agree or its year is written."""
    day = mention.date_start
    if mention.kind != "date" or day is None or mention.date_end != day or mention.status == "not_claim":
        return None
    named = _IN_MENTION.search(mention.text)
    if named is None or not _DAY_NUMBER.search(mention.text):
        return None
    pair = _pair(mention.span, WEEKDAYS[named[1].title()], day)
    return pair if pair.agrees or not mention.inferred else None


def _julian_weekday(day: date) -> int | None:
    """The weekday of the same date in the Julian calendar, None once nobody used that."""
    if day.year >= _LAST_JULIAN:
        return None
    return (day + timedelta(days=day.year // 100 - day.year // 400 - 2)).weekday()


def _datelines(document: Document) -> Iterator[Finding]:
    """Two or more dates that the document gives itself; a date of revision may differ from the rest."""
    text = document.text
    own = [
        stated
        for stated in own_dates(text, document.zones)
        if not _UPDATED.search(text, max(0, stated.span.start - 30), stated.span.start)
    ]
    for stated in own[1:]:
        if stated.day == own[0].day:
            given_there = f"The dates of the document agree: {spoken_day(stated.day)}."
            yield noted(text, "datelines", stated.span, given_there)
        else:
            given_there = f"The document dates itself {spoken_day(own[0].day)} and {spoken_day(stated.day)}."
            yield noted(text, "datelines", stated.span, given_there, problem=True)


# ----------------------------------------------------------------------------------------------------
# What a document's numbered lists say about themselves: numbering, strangers, kinds, repeats, counts.

_LEAST = 3  # items of a list that is worth a word
_STRANGERS = 10  # at most one item in so many can be a stranger; more are the list's kind
_KIND_LEAST = 3  # items that begin alike before the phrase names a kind
_KINDS_SHOWN = 3
_NAMES_LEAST = 10  # items of a list in which one single word twice is worth a word
_SHORT = 3  # letters of a word that any list may repeat ("Yes", "Nil")
_LIST_NEAR = 300  # characters between a sentence and the list that it announces
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_AROUND = 200  # characters looked at on either side of a number
_WORD = re.compile(r"\w+")
_ROLE_NAMES = {
    "closing": "the closing of a letter",
    "salutation": "the salutation of a letter",
    "furniture": "page furniture",
    "contact": "a contact detail",
}


@dataclass(frozen=True, slots=True)
class ListCheck:
    """A numbered list and what is odd about it.

    `missing` numbers between the first and the last, `repeated` numbers, `strangers` items that are not of
    the list's kind with what they are. `count` is how many items are printed, strangers included.
    """

    start: int
    end: int
    items: tuple[ListItem, ...]
    missing: tuple[int, ...]
    repeated: tuple[int, ...]
    strangers: tuple[tuple[ListItem, str], ...]

    @property
    def count(self) -> int:
        """How many items are printed."""
        return len(self.items)

    @property
    def numbers(self) -> tuple[int, int]:
        """The first and the last number printed."""
        return self.items[0].number, self.items[-1].number

    @property
    def contiguous(self) -> bool:
        """Whether each number is one more than the one before."""
        return not self.missing and not self.repeated


def lists(document: Document) -> tuple[ListCheck, ...]:
    """The document's lists of items (not numbered paragraphs or numbers inside sentences), in text order."""
    if not document.items:
        return ()
    return tuple(
        _checked(numbered.items)
        for numbered in find_lists(document.text)
        if numbered.adjacent and not numbered.lettered
    )


def list_findings(document: Document, mentions: Sequence[Mention]) -> Iterator[Finding]:
    """Numbering, strangers, duplicates and kinds of each list, then the counts that the text states."""
    checks = [check for check in lists(document) if check.count >= _LEAST]
    for check in checks:
        yield _numbering(document.text, check)
        yield from _strangers(document.text, check)
        yield from _duplicates(document.text, check)
        yield from _kinds(document.text, check)
    yield from _stated_counts(document, mentions, checks)


def _checked(items: tuple[ListItem, ...]) -> ListCheck:
    numbers = [item.number for item in items]
    held = set(numbers)
    missing = tuple(n for n in range(min(numbers), max(numbers)) if n not in held)
    repeated = tuple(sorted(n for n, times in Counter(numbers).items() if times > 1))
    roles = [(item, role(item.text)) for item in items]
    strangers = tuple((item, name) for item, name in roles if name is not None)
    if len(strangers) * _STRANGERS > len(items):
        strangers = ()
    return ListCheck(items[0].number_start, items[-1].end, items, missing, repeated, strangers)


def _numbering(text: str, check: ListCheck) -> Finding:
    """Anchored at the first item, or at the first item whose number is not the next."""
    first, last = check.numbers
    given_there = f"{check.count} numbered items, {first} to {last}"
    if check.contiguous:
        head = check.items[0]
        return noted(text, "list_numbering", Span(head.number_start, head.end), f"{given_there}, contiguous.")
    odd = next(item for before, item in pairwise(check.items) if item.number != before.number + 1)
    parts = []
    if check.missing:
        parts.append(f"missing: {_some(check.missing)}")
    if check.repeated:
        parts.append(f"used more than once: {_some(check.repeated)}")
    given_there = f"{given_there}; {'; '.join(parts) or 'not in order'}."
    return noted(text, "list_numbering", Span(odd.number_start, odd.end), given_there, problem=True)


def _some(numbers: Sequence[int]) -> str:
    shown = ", ".join(str(number) for number in numbers[:10])
    return shown if len(numbers) <= 10 else f"{shown} and {len(numbers) - 10} more"


def _strangers(text: str, check: ListCheck) -> Iterator[Finding]:
    """Items that are a letter's closing, page furniture and the like among items that are not."""
    remain = check.count - len(check.strangers)
    for item, name in check.strangers:
        given_there = f'Item {item.number}, "{item.text}", is {_ROLE_NAMES[name]} and not of the list\'s kind'
        given_there += f"; {remain} of {check.count} items remain."
        yield noted(text, "list_item", Span(item.start, item.end), given_there, problem=True)


def _duplicates(text: str, check: ListCheck) -> Iterator[Finding]:
    """Items that are the same but for case and punctuation.

    Single words ("Yes") may repeat rightly: one is found only where it alone stands twice in a list of names.
    """
    groups: dict[tuple[str, ...], list[ListItem]] = defaultdict(list)
    for item in check.items:
        groups[tuple(word.casefold() for word in _WORD.findall(item.text))].append(item)
    single = [items for words, items in groups.items() if len(words) < 2 and len(items) > 1]
    stated_single = len(single) == 1 and len(single[0]) == 2 and check.count >= _NAMES_LEAST
    for words, same in groups.items():
        if len(same) > 1 and (len(words) > 1 or (stated_single and len("".join(words)) > _SHORT)):
            numbers = " and ".join(str(item.number) for item in same)
            given_there = f'Items {numbers} are the same: "{same[-1].text}".'
            yield noted(text, "list_duplicate", Span(same[-1].start, same[-1].end), given_there, problem=True)


def _kinds(text: str, check: ListCheck) -> Iterator[Finding]:
    """The kinds of item that a list holds most, by the words they begin with ("Local Council of …")."""
    first: dict[str, Span] = {}
    counted: Counter[str] = Counter()
    for item in check.items:
        match = pattern("own_checks", "opening of a name").match(text, item.start, item.end)
        if match is not None:
            first.setdefault(match[1], Span(match.start(1), match.end(1)))
            counted[match[1]] += 1
    for phrase, times in counted.most_common(_KINDS_SHOWN):
        if times < _KIND_LEAST:
            return
        given_there = f'{times} of {check.count} items begin with "{phrase}": {times} {_plural(phrase)}.'
        yield noted(text, "list_kinds", first[phrase], given_there)


def _plural(phrase: str) -> str:
    """ "Local Council of" -> "local councils"; names in capitals keep them."""
    noun = phrase.rsplit(" ", 1)[0]
    held = " ".join(word if word.isupper() else word.lower() for word in noun.split())
    if held.endswith("y") and not held.endswith(("ay", "ey", "oy", "uy")):
        return held[:-1] + "ies"
    return held + ("es" if held.endswith(("s", "x", "ch", "sh")) else "s")


@cache
def _cues() -> tuple[tuple[str, re.Pattern[str] | None, re.Pattern[str] | None], ...]:
    def compiled(pattern: str | None, end: str) -> re.Pattern[str] | None:
        return None if pattern is None else re.compile(f"(?:{pattern}){end}", re.IGNORECASE)

    return tuple(
        (row["list"], compiled(row.get("before"), r"\Z"), compiled(row.get("after"), ""))
        for row in load("list_counts")
    )


def _stated_counts(
    document: Document, mentions: Sequence[Mention], checks: Sequence[ListCheck]
) -> Iterator[Finding]:
    """Numbers that the text states of its own list, against the items of that list."""
    if not checks:
        return
    for mention in mentions:
        if mention.kind != "number" or mention.status == "not_claim":
            continue
        check = _announced(document.text, mention, checks)
        if check is None:
            continue
        counts = {check.count, check.count - len(check.strangers)}
        fits = any(mention.interval.contains(Decimal(count)) for count in counts)
        given_there = (
            f'The text says "{mention.wide.of(document.text)}"; its list has {check.count} numbered items'
        )
        if check.strangers:
            given_there += f", {check.count - len(check.strangers)} without those that are none"
        yield noted(document.text, "list_count", mention.span, given_there + ".", problem=not fits)


def _announced(text: str, mention: Mention, checks: Sequence[ListCheck]) -> ListCheck | None:
    """The list of which the number at `mention` is the stated count, None where it counts something else."""
    if mention.low is None and mention.high is None:
        return None
    span = mention.wide
    before = text[max(0, span.start - _AROUND) : span.start]
    for which, ahead, behind in _cues():
        if ahead is not None and ahead.search(before) is None:
            continue
        if behind is not None and behind.match(text, span.end, span.end + _AROUND) is None:
            continue
        later = [check for check in checks if check.start >= span.end]
        if which == "signers":
            return max(later, key=lambda check: check.count, default=None)
        near = later[0].start if later and later[0].start - span.end <= _LIST_NEAR else None
        if near is not None and len(_BLANK_LINE.findall(text, span.end, near)) <= 1:
            return later[0]  # only the rest of the number's own paragraph stands before the list
    return None


# ----------------------------------------------------------------------------------------------------
# What a document says of one incident over all its sources: the fewest and the most killed and injured.
#
# Incident databases record a range over the sources of a report. A number of people killed or injured is
# of the incident whose day it names, and without a day of its own of the one named before. Parts ("among
# them nine children") and persons who are only named stand aside where a source gives a number of them all.

Fate = Literal["killed", "injured"]

_LETTERS = re.compile(r"[^\W\d_]+")
_LONGEST_INCIDENT = timedelta(days=3)  # a raid through the night; what lasts longer is no single incident
_DAYS_NEAR = timedelta(days=1)  # "died of his wounds the next day"
_TIME_OPENING = 40  # characters in which a sentence says of when it tells
_CEILINGS = frozenset({"le", "lt", "range"})
_WITHIN = frozenset({"in", "on", "during", "from_to", None})


@dataclass(frozen=True, slots=True)
class _Toll:
    """A number of people killed or injured, as one claim gives it."""

    claim: Claim
    fate: Fate
    low: Decimal | None
    high: Decimal | None
    stated: bool  # by a number of its own


@dataclass(slots=True)
class _Incident:
    """The tolls of one incident."""

    day: date | None
    place: str | None
    tolls: list[_Toll] = field(default_factory=list)


def reported_incidents(reading: Reading) -> tuple[ReportedIncident, ...]:
    """The incidents that several sentences of a document report, in text order, or its only one."""
    groups = _groups(reading.claims)
    several = [g for g in groups if len({t.claim.context for t in g.tolls}) > 1]
    return tuple(_summed(g, reading.document.text) for g in (several or (groups if len(groups) == 1 else [])))


def _tolls(claim: Claim) -> Iterator[_Toll]:
    """The tolls that a claim gives: two of "14 were killed or injured", which may be none or all of both."""
    quantity = claim.quantity
    if quantity is None or claim.part_of is not None:
        return
    low, high = quantity.interval.low, quantity.interval.high
    if low != high and quantity.value is not None:  # "at least 14", "more than 14", "some 14"
        bound = quantity.value
        low, high = (None, bound) if quantity.comparator in ("le", "lt") else (bound, bound)
    high = high if high is not None else low
    if high is not None and 0 < high < 1:
        return  # "a third of the dead"
    stated = claim.rule not in ("casualties.named", "casualties.none")
    fates = _fates(claim)
    for fate in fates:
        yield _Toll(claim, fate, Decimal(0) if len(fates) > 1 else low, high, stated)


def _fates(claim: Claim) -> tuple[Fate, ...]:
    """What befell the people whom a claim counts: both for "killed or injured", none for other numbers."""
    if claim.kind != "quantity" or claim.quantity is None or claim.quantity.kind != "number":
        return ()
    words = _in(claim.measure or "")
    fates: tuple[Fate, ...] = ("killed", "injured")
    return tuple(fate for fate in fates if words & _words(fate))


def _groups(claims: Iterable[Claim]) -> list[_Incident]:
    """The tolls by the incident that they are of; a dated clause before them says when and where it was."""
    groups: list[_Incident] = []
    here = _Incident(None, None)
    claims = list(claims)
    telling = {toll.claim.context for claim in claims for toll in _tolls(claim)}
    for claim in claims:
        if here.tolls and claim.context not in telling and not _leads(claim):
            continue  # "he was blamed for the raids of 7 October": mentioned besides
        days = _days(claim) if claim.asserted else None
        if days is None:
            continue
        day, last = days
        where = None if claim.place is None else claim.place.text
        if day is not None and last is not None and (claim.kind == "event" or not _is_near(here, day, last)):
            here = _of_day(groups, here, day, last, where)
        for toll in _tolls(claim):
            if groups and _is_stated_again(toll):
                continue
            here.place = here.place or where
            here.tolls.append(toll)
            if here not in groups:
                groups.append(here)
    return groups


def _is_stated_again(toll: _Toll) -> bool:
    """Whether who was killed or injured has been mentioned before: "*the victim* was killed at noon"."""
    quantity = toll.claim.quantity
    return not toll.stated and quantity is not None and quantity.text.lower().startswith("the ")


def _leads(claim: Claim) -> bool:
    """Whether the day of a claim opens its sentence."""
    at = None if claim.time is None else claim.time.start
    return at is not None and at - claim.context.start <= _TIME_OPENING


def _is_near(incident: _Incident, first: date, last: date) -> bool:
    return incident.day is not None and first - incident.day <= _DAYS_NEAR and incident.day <= last


def _of_day(
    groups: Sequence[_Incident], here: _Incident, first: date, last: date, where: str | None
) -> _Incident:
    """The incident of some days: one mentioned before, the one at hand where nothing dated it, or a new."""
    given_there = next((g for g in groups if _is_near(g, first, last)), None)
    if given_there is not None:
        return given_there
    if here.day is None and here.tolls and len(groups) == 1:
        here.day = first
        return here
    return _Incident(first, where)


def _days(claim: Claim) -> tuple[date | None, date | None] | None:
    """The days of the incident that a claim's own words give, (None, None) where they give none; None where
    they give a stretch that is none of one incident ("since May", "in 2016")."""
    time = claim.time
    if time is None or time.start is None or time.basis in ("document", "discourse"):
        return None, None
    if time.relation not in _WITHIN or time.date_start is None or time.date_end is None:
        return None
    if time.date_end - time.date_start > _LONGEST_INCIDENT:
        return None
    return time.date_start, time.date_end


def _summed(group: _Incident, text: str) -> ReportedIncident:
    named = [t.claim.speaker.text for t in group.tolls if t.claim.speaker is not None]
    return ReportedIncident(
        day=group.day, place=group.place, killed=_range(group.tolls, "killed", text),
        injured=_range(group.tolls, "injured", text), sources=tuple(dict.fromkeys(named)),
        claims=tuple(t.claim.claim_id for t in group.tolls),
    )  # fmt: skip


def _range(tolls: Sequence[_Toll], fate: Fate, text: str) -> Interval | None:
    """The fewest and the most, over the first toll and those that somebody else gives of them all.

    What the document says first in its own name weighs its sources: "at least 16" is not undercut by an
    early report of 7, which may be of a part, and "up to 16" not passed by one of 20.
    """
    mine = [t for t in tolls if t.fate == fate]
    first = next((t for t in mine if t.stated), mine[0] if mine else None)
    if first is None:
        return None
    given_there = [t for t in mine[mine.index(first) + 1 :] if _is_total(t, first, text)]
    lows = [v for t in [first, *given_there] if (v := t.low) is not None]
    highs = [v for t in [first, *given_there] if (v := t.high) is not None]
    if not first.stated and first.high is not None:
        of_others = (t for t in mine if t is not first and not t.stated and t.claim.speaker is not None)
        more = (t for t in of_others if "also" in _in(t.claim.text))  # "his son was *also* killed"
        highs.append(sum((t.low or Decimal(0) for t in more), first.high))
    bound = "eq" if first.claim.quantity is None else first.claim.quantity.comparator
    own = first.claim.speaker is None
    low = first.low if own and first.low is not None else min(lows, default=None)
    high = first.high if own and bound in _CEILINGS else max(highs, default=None)
    return Interval(low, high if low is None or high is None else max(low, high))


def _is_total(toll: _Toll, first: _Toll, text: str) -> bool:
    """Whether a later toll is somebody's number of them all: of a source or called a toll, exact, and not
    of another kind of people than the first ("children", "soldiers")."""
    claim, quantity = toll.claim, toll.claim.quantity
    if quantity is None or not toll.high or quantity.comparator == "vague":
        return False
    if claim.rule.startswith("casualties") and quantity.low != quantity.high:
        return False  # what an enumeration makes
    if _words("remains") & _in(claim.measure or ""):
        return False
    given_there = claim.speaker is not None or _is_quoted(text, quantity.start)
    if not given_there and not _words("tolls") & _in(claim.context.of(text)):
        return False
    same = first.claim.quantity is not None and quantity.noun == first.claim.quantity.noun
    return quantity.noun is None or same or quantity.noun in _words("whole")


def _is_quoted(text: str, at: int) -> bool:
    """Whether somebody's words stand there: in quotation marks that its paragraph opened before it."""
    before = text[text.rfind("\n", 0, at) + 1 : at]
    return before.rfind("“") > before.rfind("”") or before.count('"') % 2 == 1


def _in(text: str) -> set[str]:
    return {word.lower() for word in _LETTERS.findall(text)}

_words = partial(entries, "tolls", "id", "words")


# ----------------------------------------------------------------------------------------------------
# What a document says about itself: lists, dates and sums that hold together, or do not.
#
# Every check is conservative: a finding with status `problem` must be right, so what cannot be known from
# the text alone is passed over in silence. The checks read mentions and claims where there are any.


def findings(reading: Reading) -> list[Finding]:
    """All findings of a document, in text order, problems before the rest at the same place."""
    document, mentions = reading.document, reading.mentions
    text = document.text
    found = [
        *list_findings(document, mentions), *date_findings(document, mentions),
        *total_findings(text, mentions), *named_findings(text, mentions),
    ]  # fmt: skip
    return sorted(found, key=lambda found: (found.start, found.status == "ok", found.end, found.kind))
