"""Readers of expressions that point: Friday, today, last month, two weeks ago, a year later."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from claimcheck.dates import timex as timex
from claimcheck.dates import words as words
from claimcheck.dates.context import NO_DATE, NO_DAY, Place, relative, unresolved
from claimcheck.dates.readers import Groups, reader
from claimcheck.dates.timex import When
from claimcheck.lexicon import pattern

# ----------------------------------------------------------------------------------------------------
# Readers of weekdays: Friday in the tense of its verb, next Monday, Fridays.

BACK = frozenset(["last", "past", "previous", "prior", "preceding", "recent"])
ON = frozenset(["next", "coming", "upcoming", "following"])
_NAMES_WEEKDAY = pattern("day_names", "name behind a weekday")
_NAMED_WEEKDAY = pattern("day_names", "name before a weekday")


def _bare(rel: str) -> str:
    return pattern("day_names", "the weekday").sub("", rel.lower())


def with_part(made: When, part: str | None) -> When:
    """A day with its morning, afternoon, evening or night."""
    if part is None:
        return made
    return replace(made, kind="time", timex=f"{made.timex}T{words.value('part', part)}")


@reader
def weekday(m: Groups, at: Place) -> When | None:
    """Friday: the last one, the next one behind a verb that looks forward; "next Friday" is next week's."""
    name = m["weekday"]
    if not _is_weekday(name, m, at):
        return None
    number = words.weekday(name)
    anchored = pattern("day_names", "anchored").match(m.get("rel", "").lower()) is not None
    if at.revised and not anchored:
        return with_part(unresolved(f"XXXX-WXX-{number}", NO_DAY), m.get("part"))
    if at.own is None and not (at.narrative and at.reference):
        return with_part(unresolved(f"XXXX-WXX-{number}"), m.get("part"))
    return with_part(relative(timex.day(_weekday(number, m, at))), m.get("part"))


def _is_weekday(name: str, m: Groups, at: Place) -> bool:
    if (_NAMES_WEEKDAY.match(at.after(20)) and "rel" not in m) or _NAMED_WEEKDAY.search(at.before(12)):
        return False
    short = name.lower().rstrip(".") in {
        w for row in words.table("weekday").values() for w in row.get("care", ())
    }
    if short and name[0].islower() and "week" not in m:
        return False
    if short and not ("rel" in m or "week" in m or (at.word_before() == "on" and name[0].isupper())):
        return name[0].isupper() and bool(pattern("day_names", "sun of a day").match(at.after(9)))
    return (
        name[0].isupper()
        or "rel" in m
        or "week" in m
        or at.word_before() in ("on", "by", "until", "since", "or")
        or at.own is not None
    )


def _weekday(number: int, m: Groups, at: Place) -> date:
    own = at.own if at.own is not None else at.now
    assert own is not None
    rel, week = m.get("rel", "").lower(), m.get("week", "").lower()
    monday = timex.add(own, 1 - own.isoweekday())
    if week:
        step = -7 if _bare(week) in BACK else 7 if _bare(week) in ON else 0
        return timex.add(monday, step + number - 1)
    last = timex.add(own, -((own.isoweekday() - number) % 7))
    following = timex.add(own, (number - own.isoweekday()) % 7 or 7)
    if rel in ("next",):
        return timex.add(monday, 7 + number - 1)
    if rel in ("previous", "last") and (own - last).days < 3:
        return timex.add(last, -7)  # "last Tuesday" on a Wednesday is not yesterday
    if rel in ("this coming", "this upcoming", "coming", "upcoming", "the coming"):
        return following
    if rel in ("the following", "following", "the next") and at.now:
        return timex.add(at.now, (number - at.now.isoweekday()) % 7 or 7)
    if rel == "this":
        return timex.add(monday, number - 1) if at.tense() != "past" else last
    if last == own:
        return own  # "will meet on Thursday", in a report of Thursday
    return following if not rel and at.tense() == "future" else last


# ----------------------------------------------------------------------------------------------------
# Readers of expressions that point: today, last month, two weeks ago, the following day.

_LEADING_THE = pattern("relative_times", "the day")
_BACK = pattern("relative_times", "back")
_OF_WHAT = pattern("relative_times", "of what")
_TITLE = pattern("relative_times", "title")
_AT_THE_END = pattern("relative_times", "at the end")
_NO_QUARTER = pattern("relative_times", "no quarter")
_FIGURATIVE = pattern("relative_times", "figurative")  # "change does not come overnight"
_COARSE = frozenset(["month", "quarter", "half", "season", "year", "decade", "century"])
_SHORT = frozenset((
    "hour", "day", "week", "weekend", "fortnight", "month", "year",
    "spring", "summer", "autumn", "fall", "winter",
))  # fmt: skip
_IDIOM = pattern("relative_times", "idiom")
NO_START = "the text names no day from which to count"


@reader
def today(m: Groups, at: Place) -> When | None:
    """today, yesterday morning, the day after tomorrow; a capital inside a sentence makes it a name."""
    word = m["word"].lower()
    if m["word"][0].isupper() and (
        " " in word or _mid_name(at) or (m["word"].isupper() and len(word) > 3 and at.word_before())
    ):
        return None
    if word in ("today", "tomorrow") and _is_age(word, at):
        return None if word == "tomorrow" else present(at)
    if at.revised and word != "today":
        return unresolved("XXXX-XX-XX", NO_DAY)
    if at.own is None:
        return unresolved({"today": "PRESENT_REF"}.get(word, "XXXX-XX-XX"))
    step = {"yesterday": -1, "tomorrow": 1, "before yesterday": -2, "after tomorrow": 2}.get(
        re.sub(r"\s+", " ", word), 0
    )
    made = relative(timex.day(timex.add(own_day(at), step)))
    part = m.get("part") or ("night" if word.startswith("ton") else None)
    return with_part(made, part)


def _is_age(word: str, at: Place) -> bool:
    """Whether "today" is these times and "tomorrow" the future: "today's open world", "a better tomorrow"."""
    thing = pattern("relative_times", "thing").match(at.after(48))
    if thing is not None and any(w.lower() in words.company("things_of_tomorrow") for w in thing[1].split()):
        return True
    return word == "tomorrow" and at.word_before() in words.company("makes_a_future")


def present(at: Place) -> When:
    """The present as a reference, with the document's day where it has one."""
    made = When(timex="PRESENT_REF", unit="reference")
    return (
        made
        if at.own is None
        else replace(made, first=at.own, last=at.own, inferred=("year", "month", "day"))
    )


@reader
def overnight(m: Groups, at: Place) -> When | None:
    """overnight: the night to the document's day, or from it where the sentence looks forward."""
    if pattern("relative_times", "day behind").match(at.after(4)) or _FIGURATIVE.search(at.before(80)):
        return None
    in_story = at.narrative and at.reference is not None and at.reference.unit == "day"
    if in_story and at.now is not None:  # in a story, the night to or from the day that it is at
        night = timex.days(timex.add(at.now, -1), timex.add(at.now, 1), f"{at.now}TNI")
        return relative(replace(night, kind="time"))
    if at.own is None or at.narrative:
        return unresolved("XXXX-XX-XXTNI", NO_DATE if at.own is None else NO_START)
    first = at.own if at.tense() == "future" else timex.add(at.own, -1)
    night = timex.days(first, timex.add(first, 1), f"{first}TNI")
    return relative(replace(night, kind="time"))


def own_day(at: Place) -> date:
    """The document's date, where the caller knows that there is one."""
    assert at.own is not None
    return at.own


def _mid_name(at: Place) -> bool:
    first = at.start == at.sentence.start or re.search(r"[\"“‘:(.]\s?$|\s[-–—]\s$", at.before(3)) is not None
    if not first:
        return True
    return bool(pattern("relative_times", "name behind today").match(at.after(16)))


@reader
def this_part(m: Groups, at: Place) -> When | None:
    """this morning, last night, the same evening."""
    rel = m["rel"].lower()
    anchored = rel in (
        "that", "the same", "that same", "this same", "the next", "the following", "the previous",
    )  # fmt: skip
    base = at.now if anchored else at.own
    if at.revised and not anchored:
        return unresolved(f"XXXX-XX-XXT{words.value('part', m['part'])}", NO_DAY)
    if base is None:
        return unresolved(f"XXXX-XX-XXT{words.value('part', m['part'])}")
    step = {"last": -1, "next": 1, "the next": 1, "the following": 1, "the previous": -1}.get(rel, 0)
    return with_part(relative(timex.day(timex.add(base, step))), m["part"])


@reader
def this_unit(m: Groups, at: Place) -> When | None:
    """last month, this year, the past decade, the following week, earlier this month."""
    rel, unit, kind = re.sub(r"\s+", " ", m["rel"].lower()), m["unit"].lower(), m.get("kind", "").lower()
    bare = _LEADING_THE.sub("", rel)
    anchored = rel.startswith(
        ("the following", "the same", "that", "the very", "this same", "the preceding")
    ) or rel in ("following", "the previous", "the prior", "prior", "the next")
    anchored = anchored or (rel == "next" and unit == "day")
    if unit == "quarter" and _NO_QUARTER.match(at.after(8)):
        return None
    if unit == "day" and rel in ("the last", "last", "the past") and at.word_after() == "of":
        return None  # "the last day of the siege" counts inside something else
    base = at.now if anchored else at.own
    if unit == "season":
        return None if base is None else playing_season(base, -1 if bare in BACK else 1 if bare in ON else 0)
    if rel == "the next" and at.tense() == "future" and at.own is not None:
        base = at.own
    if (anchored and unit == "day" and _is_coarse(at)) or (not anchored and unit in _SHORT and at.revised):
        return unresolved(_vague_timex(unit), NO_DAY)
    if base is None:
        return unresolved(_vague_timex(unit))
    step = -1 if bare in BACK else 1 if bare in ON else 0
    if kind in ("fiscal", "financial", "school", "academic"):
        return relative(replace(timex.year(base.year + step), timex=f"FY{base.year + step}"))
    if unit == "weekend" and rel in ("this", "this very") and base.isoweekday() < 4 and at.tense() == "past":
        step = -1  # "shops were looted this weekend", said on a Monday
    made = _unit_at(base, unit, step, kind or ("working" if "work" in m else ""))
    if rel == "this" and made.first is not None and made.first > base and at.tense() == "past":
        made = _unit_at(base, unit, -1, kind)  # "only six days of snow this winter", said in May
    if rel in ("the past", "the last", "this past", "the coming", "past") and unit in (
        "day",
        "week",
        "fortnight",
        "month",
        "year",
        "decade",
        "century",
    ):
        made = rolling(base, unit, step)
    return _early_or_late(relative(made), m.get("mod", "").lower(), base)


@reader
def season_before(m: Groups, at: Place) -> When | None:
    """the season before, the summer before last, the winter after."""
    base, unit, step = at.own if m.get("last") else at.now, m["unit"].lower(), 1 if "after" in m else -1
    if base is None:
        return None
    if unit == "season":
        return playing_season(base, -2 if m.get("last") or base == at.own else step)
    code = str(words.value("season", unit))
    made = _season_at(base, code, step)
    twice = m.get("last") and made.first is not None
    return relative(_season_at(made.first or base, code, -1) if twice else made)


@reader
def stated_then(m: Groups, at: Place) -> When | None:
    """by then, since then: the time that the text mentioned last."""
    stated = at.reference
    return None if stated is None or stated.first is None else replace(relative(stated), mod=None)


@reader
def first_months(m: Groups, at: Place) -> When | None:
    """the first six months: of the last year in which they are over, or of the year mentioned before."""
    count, mentioned = int(words.number(m["num"]) or 0), at.reference
    if at.own is None or not count:
        return None
    year = at.own.year - (at.own.month <= count)
    if mentioned is not None and mentioned.unit == "year" and mentioned.first is not None:
        year = mentioned.first.year
    first = 1 if m["nth"].lower() in ("first", "opening") else 13 - count
    begin = date(year, first, 1)
    return relative(timex.days(begin, timex.add(timex.shift(begin, count, "months"), -1)))


def playing_season(base: date, step: int) -> When:
    """The season so many after the one that a day is in: a year from July on, as teams have it."""
    first = base.year + step - (base.month < _JULY)
    return relative(timex.days(date(first, _JULY, 1), date(first + 1, _JULY - 1, 30)))


_JULY = 7


def _is_coarse(at: Place) -> bool:
    """Whether the text last named a month or more: it does not say of which day "the day after" is one."""
    return at.reference is not None and at.reference.unit in _COARSE


def _vague_timex(unit: str) -> str:
    return {"day": "XXXX-XX-XX", "week": "XXXX-WXX", "month": "XXXX-XX", "weekend": "XXXX-WXX-WE"}.get(
        unit, "XXXX"
    )


def _unit_at(base: date, unit: str, step: int, kind: str = "") -> When:
    if unit in ("spring", "summer", "autumn", "fall", "winter"):
        return _season_at(base, str(words.value("season", unit)), step)
    many, times = ("weeks", 1) if unit == "weekend" else words.unit(unit)
    if unit == "fortnight":
        first = timex.add(base, 1 if step > 0 else 0 if step == 0 else -14)
        return timex.days(first, timex.add(first, 13), "P2W")
    anchor = base if many in ("days", "weeks") else base.replace(day=1)
    made = timex.period_of(timex.shift(anchor, step * times, many), unit)
    if kind in ("working", "business") and unit == "week" and made.first is not None:
        return replace(made, last=timex.add(made.first, 4))
    return made


def _season_at(base: date, code: str, step: int) -> When:
    options = [timex.season(base.year + shift, code) for shift in (-2, -1, 0, 1, 2)]
    if step == 0:
        inside = [w for w in options if w.first and w.last and w.first <= base <= w.last]
        return inside[0] if inside else options[2]
    if step < 0:
        return [w for w in options if w.last is not None and w.last < base][-1]
    return next(w for w in options if w.first is not None and w.first > base)


def rolling(base: date, unit: str, step: int, count: int = 1) -> When:
    """The `count` units before or after a day, that day left out: the past decade is P10Y."""
    many, times = words.unit(unit)
    amount = timex.duration(words.number(str(count)), many, times).timex
    if step < 0:
        return timex.days(timex.shift(base, -count * times, many), timex.add(base, -1), amount)
    return timex.days(timex.add(base, 1), timex.shift(base, count * times, many), amount)


def _early_or_late(made: When, mod: str, base: date) -> When:
    """ "earlier this year" ends the day before, "later this year" begins today."""
    if not mod or made.first is None or made.last is None:
        return made
    if mod == "earlier" and made.first < base <= made.last:
        return replace(made, last=timex.add(base, -1), mod="START")
    if mod == "later" and made.first <= base <= made.last:
        return replace(made, first=base, mod="END")
    return timex.part(made, {"early": "START", "earlier": "START", "mid": "MID"}.get(mod, "END"))


@reader
def unit_off(m: Groups, at: Place) -> When | None:
    """the year-earlier total, the week after next, the year before last; the year under review: of a report,
    the year before it was written."""
    unit, way = m.get("unit", "year").lower(), m.get("way", "").lower()
    if at.own is None:
        return unresolved(_vague_timex(unit))
    return relative(_unit_at(at.own, unit, {"after next": 2, "before last": -2}.get(way, -1)))


@reader
def the_weekend(m: Groups, at: Place) -> When | None:
    """over the weekend: the last one, the next one where the sentence looks forward."""
    if at.own is None:
        return unresolved("XXXX-WXX-WE")
    over = at.own.isoweekday() >= 6 or at.tense() == "future"
    return relative(timex.weekend(at.own if over else timex.add(at.own, -7)))


@reader
def rest_of_unit(m: Groups, at: Place) -> When | None:
    """the rest of the week: from the document's day (or the day that the text is at) to the week's end."""
    unit, rel = m["unit"].lower(), m["rel"].lower()
    stated = rel in ("the", "that") and not (unit in ("day", "week", "weekend") and _is_coarse(at))
    base = at.now if stated else at.own
    if base is None or (not stated and at.revised):
        return unresolved(_vague_timex(unit))
    made = _unit_at(base, unit, {"last": -1, "next": 1}.get(rel, 0))
    reference = at.reference if stated else None
    if made.first is None or made.last is None:
        return made
    after = base if reference is None or reference.last is None else timex.add(reference.last, 1)
    first = max(made.first, after) if after <= made.last else made.first
    return relative(replace(made, first=first, edtf=f"{first}/{made.last}", mod="END"))


@reader
def the_unit(m: Groups, at: Place) -> When | None:
    """the year: nothing alone, the base of "the end of the year"."""
    unit = (m.get("unit") or m.get("unit2") or m["unit3"]).lower()
    if unit == "day" and "unit2" not in m and at.tense() != "past" and _IDIOM.search(at.before(24)):
        return None  # "at the end of the day, it matters"
    if "unit3" in m and at.own is not None:
        made = timex.period_of(at.own, unit)
        return relative(replace(made, last=max(made.first or at.own, timex.add(at.own, -1))))
    base = at.now if at.reference is not None and at.reference.unit != "year" else at.own
    if base is None or (unit == "day" and at.revised and (at.reference is None or _is_coarse(at))):
        return replace(unresolved(_vague_timex(unit)), keep="unit3" in m)
    ended = unit == "year" and base == at.own and at.tense() == "past"
    if ended and _AT_THE_END.search(at.before(24)):  # "at the end of the year there were 400", said in April
        return relative(timex.period_of(timex.shift(base, -1, "years"), unit))
    return replace(relative(timex.period_of(base, unit)), keep=False)


@reader
def units_back_or_on(m: Groups, at: Place) -> When | None:
    """the last two years, the next six months, the 13 last minutes."""
    rel = (m.get("rel") or m["rel2"]).lower()
    count = words.number(m.get("num") or m["num2"])
    many, times = words.unit(m.get("unit") or m["unit2"])
    plain = timex.duration(count, many, times)
    if count is None and (m.get("num") or "").lower().startswith("couple"):
        return When(timex=plain.timex, unit="reference") if rel in ON or rel in BACK else None
    if rel == "first":
        return plain
    if rel in ("following", "preceding") and not at.text[at.start : at.end].lower().startswith(
        ("the", "these")
    ):
        return None  # "following five years of war" is a preposition
    if _OF_WHAT.match(at.after(4)) and rel == "last":
        return plain  # counted inside something: "the last two years of the war"
    stated = (  # "the past 24 hours" of a story
        at.narrative and at.reference is not None and (at.revised or many in ("hours", "days"))
    )
    base = at.now if stated or rel in ("following", "preceding") else at.own
    if base is None or count is None or count != int(count):
        return replace(
            plain, kind="date" if base is None else plain.kind, reason=NO_DATE if base is None else None
        )
    if many in ("hours", "minutes", "seconds"):
        return replace(relative(timex.day(base)), timex=plain.timex)
    if m.get("unit") == "quarters" or m.get("unit2") == "quarters":
        base = timex.period_of(base, "quarter").first or base
        if rel not in BACK:
            base = timex.add(timex.shift(base, 3, "months"), -1)
    step = int(count) * times
    if many == "days" and m.get("kind", "").strip().lower() in ("business", "working", "week"):
        way = -1 if rel in BACK else 1
        low, high = sorted((_working(base, way), _working(base, step * way)))
        return relative(replace(timex.days(low, high, plain.timex), unit="range"))
    if rel in BACK:
        made = timex.days(timex.shift(base, -step, many), timex.add(base, -1), plain.timex)
    else:
        made = timex.days(timex.add(base, 1), timex.shift(timex.add(base, 1), step, many), plain.timex)
        made = replace(made, last=timex.add(timex.shift(timex.add(base, 1), step, many), -1))
        if at.word_before() == "within":  # from now on, as "within two weeks" is
            made = replace(made, first=base, last=timex.add(timex.shift(base, step, many), -1))
    return relative(replace(made, unit="range"))


def _working(base: date, count: int) -> date:
    """The `count`th working day (Monday to Friday) after a day, before it where `count` is negative."""
    step, left, day = (1 if count > 0 else -1), min(abs(count), 999), base
    while left:
        day = timex.add(day, step)
        left -= day.isoweekday() <= 5
    return day


@reader
def recent_units(m: Groups, at: Place) -> When | None:
    """recent months, the coming weeks: the past and the future, without days."""
    rel = m["rel"].lower()
    if rel in ("past", "last", "next") and " few " not in f" {m['keep'].lower()} ":
        return None
    return When(timex="FUTURE_REF" if rel in ON else "PAST_REF", unit="reference")


@reader
def following_day(m: Groups, at: Place) -> When | None:
    """the following day, that day, a day later, the day before."""
    unit = (m.get("unit") or m["unit2"]).lower()
    rel = re.sub(r"\s+", " ", (m.get("rel") or m["way"]).lower())
    if at.text[at.start : at.end][:1].isupper() and _TITLE.search(at.text[at.start : at.end]):
        return None
    base = at.now
    if base is None:
        return unresolved(_vague_timex(unit))
    step = 1 if pattern("relative_times", "forth").search(rel) else -1 if _BACK.search(rel) else 0
    if step > 0 and at.reference is None and at.tense() == "past":
        return unresolved(_vague_timex(unit), NO_START)
    many, times = words.unit(unit)
    return relative(timex.period_of(timex.shift(base, step * times, many), unit))


# ----------------------------------------------------------------------------------------------------
# Readers of what is counted from a day: two weeks ago, a year later, Monday two weeks from now.

_FEW = 31  # days that a range may last from whose end "a week later" is counted
NO_CALENDAR = "it lies before the common era, where no days are counted"


@reader
def ago(m: Groups, at: Place) -> When | None:
    """two weeks ago, three days later, a year earlier: a period as coarse as the smallest unit named."""
    way = re.sub(r"\s+", " ", m["way"].lower())
    way = "later" if way == "on" else way  # "ten years on"
    back = way in (
        "ago", "earlier", "beforehand", "before now", "before", "previously", "back", "before that",
    ) or way.startswith("before")  # fmt: skip
    if way in ("later", "earlier") and at.word_after() == "than":
        return None  # "three days later than planned" is a length
    pairs = [(m[f"num{i}"], m[f"unit{i}"]) for i in ("", "2", "3") if f"unit{i}" in m and f"num{i}" in m]
    if not pairs or any(words.number(n) is None for n, _ in pairs):
        if back or way in ("from now", "hence"):
            return When(timex="PAST_REF" if back else "FUTURE_REF", unit="reference")
        return When(
            timex=timex.duration(None, *words.unit(m["unit"])).timex, unit="reference"
        )  # "years later"
    base = _origin(way, at)
    if base is None:
        return unresolved(
            "PAST_REF" if way == "ago" else "XXXX-XX-XX", NO_DATE if at.own is None else NO_START
        )
    moment, finest = base, "years"
    order = ("years", "months", "weeks", "days", "hours", "minutes", "seconds")
    for written, name in pairs:
        many, times = words.unit(name)
        count = ((words.number(written) or 0) + (words.number("half") or 0) * ("half" in m)) * times
        if count != int(count) and many in ("years", "weeks"):
            many, count = ("months", count * 12) if many == "years" else ("days", count * 7)
        if many == "months" and not count % 12 and base is at.now and _is_finer(many, at):
            many, count = "years", count // 12  # "in 2023 …, twelve months earlier"
        finest = max(finest, many, key=order.index)
        if back and many == "years" and count >= moment.year:
            return unresolved(f"BC{int(count - moment.year) + 1:04d}", NO_CALENDAR, unit="year")
        if many not in ("hours", "minutes", "seconds"):
            moment = timex.shift(moment, int(count) * (-1 if back else 1), many)
    if base is at.now and _is_finer(finest, at):
        return _about(int((moment - base).days), at)  # "In June 2011 …. Two days later …"
    if finest in ("hours", "minutes", "seconds"):
        return replace(relative(timex.day(moment)), kind="time") if way != "later" else None
    if at.word_before() == "for" and way.startswith("from t") and not back:
        amount = timex.duration(words.number(m["num"]), *words.unit(m["unit"])).timex
        return relative(timex.days(base, timex.add(moment, -1), amount)) if moment > base else None
    if (len(pairs) > 1 and finest != "months") or pattern("relative_times", "from a day").search(way):
        finest = "days"
    made = relative(timex.period_of(moment, finest.removesuffix("s")))
    if not back and way.startswith(("later", "after")) and _is_yet_to_come(made, base, at):
        return unresolved("XXXX-XX-XX", NO_START)  # "today, 150 years later, the law is broken"
    return _bounded(made, re.sub(r"\s+", " ", m.get("bound", "").lower()), base, back)


def _is_yet_to_come(made: When, base: date, at: Place) -> bool:
    """Whether what is stated as having come about would lie ahead of the text: it counts from another day."""
    if at.reference is None or at.own is None or made.first is None or at.tense() == "future":
        return False
    return base <= at.own < made.first


def _is_finer(unit: str, at: Place) -> bool:
    """Whether the text last named a period that is too coarse to count such units from."""
    stated = None if at.reference is None else at.reference.unit
    if stated in ("year", "decade", "century"):
        return unit != "years"
    return stated in ("month", "quarter", "half", "season") and unit not in ("years", "months")


def _about(days: int, at: Place) -> When:
    """So many days behind (before) a period within which no day is named: that period, moved by them."""
    stated = at.reference
    if (
        stated is None
        or stated.first is None
        or stated.last is None
        or (stated.last - stated.first).days > _SEASON
    ):
        return unresolved("XXXX-XX-XX", NO_START)
    first, last = timex.add(stated.first, days), timex.add(stated.last, days)
    return relative(
        When(timex="XXXX-XX-XX", first=first, last=last, edtf=f"{first}/{last}", unit=stated.unit)
    )


_SEASON = 100  # days


def _bounded(made: When, bound: str, base: date, back: bool) -> When:
    """ "more than two years ago" leaves the far end open, "less than a week ago" reaches up to the base."""
    first, last = made.first, made.last
    if first is None or last is None or bound in ("", "just", "only", "exactly"):
        return made
    if bound in ("more than", "over", "well over", "at least"):
        if back:
            return replace(made, first=None, mod="BEFORE", edtf=f"../{last}")
        return replace(made, last=None, mod="AFTER", edtf=f"{first}/..")
    if bound in ("less than", "under"):
        short = 1 if first == last else 0  # "less than three days after today" is not the third day
        low, high = (
            (min(timex.add(first, short), base), base) if back else (base, max(timex.add(last, -short), base))
        )
        return replace(made, first=low, last=high, mod="AFTER" if back else "BEFORE", edtf=f"{low}/{high}")
    return replace(made, mod="APPROX")


def _origin(way: str, at: Place) -> date | None:
    if way in ("ago", "before now", "from now", "hence", "back"):
        return at.own
    for name, step in (("today", 0), ("tomorrow", 1), ("yesterday", -1)):
        if name in way:
            return None if at.own is None else timex.add(at.own, step)
    if at.reference is None and way.startswith(("later", "after")) and at.tense() == "past":
        return None
    days = at.reference
    ahead = way.startswith(("later", "after")) and days is not None and days.unit == "range"
    if ahead and days is not None and days.first and days.last and (days.last - days.first).days < _FEW:
        return days.last  # "held from 23 to 27 September and annexed a week later"
    return at.now


@reader
def in_units(m: Groups, at: Place) -> When | None:
    """in three days, where the sentence looks forward; else "built in three days" is a length of time."""
    count = words.number(m["num"])
    many, times = words.unit(m["unit"])
    if m["num"].lower() in ("a", "an") and (
        many == "seconds" or at.word_after() in ("that", "when", "which")
    ):
        return None  # "in a second conference", "in a year that marks …"
    tense = at.tense()
    alone = tense == "none" and at.text[at.sentence.start : at.start].strip().lower() in ("in", "within")
    forward = "time" in m or tense == "future" or (alone and not at.word_after())
    if at.own is None or count is None or count != int(count) or not forward:
        return timex.duration(count, many, times)
    if many in ("hours", "minutes", "seconds"):
        return replace(relative(timex.day(at.own)), timex=timex.duration(count, many).timex, kind="time")
    if m["lead"].lower() == "within":
        last = timex.add(timex.shift(at.own, int(count) * times, many), -1)
        return relative(timex.days(at.own, max(at.own, last), timex.duration(count, many, times).timex))
    return relative(timex.period_of(timex.shift(at.own, int(count) * times, many), many.removesuffix("s")))
