"""Readers of weekdays: Friday in the tense of its verb, next Monday, Fridays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from claimcheck.dates import timex as timex
from claimcheck.dates import words as words
from claimcheck.dates.context import NO_DAY, Place, relative, unresolved
from claimcheck.dates.readers import Groups, reader
from claimcheck.dates.timex import When
from claimcheck.lexicon import pattern

_LEADING_THE = pattern("day_names", "the weekday")
_ANCHORED = pattern("day_names", "anchored")
_SUN_OF_A_DAY = pattern("day_names", "sun of a day")
BACK = frozenset(["last", "past", "previous", "prior", "preceding", "recent"])
ON = frozenset(["next", "coming", "upcoming", "following"])
_NAMES_WEEKDAY = pattern("day_names", "name behind a weekday")
_NAMED_WEEKDAY = pattern("day_names", "name before a weekday")


def _bare(rel: str) -> str:
    return _LEADING_THE.sub("", rel.lower())


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
    anchored = _ANCHORED.match(m.get("rel", "").lower()) is not None
    if at.revised and not anchored:
        return with_part(unresolved(f"XXXX-WXX-{number}", NO_DAY), m.get("part"))
    if at.own is None and not (at.narrative and at.reference):
        return with_part(unresolved(f"XXXX-WXX-{number}"), m.get("part"))
    return with_part(relative(timex.day(_weekday(number, m, at))), m.get("part"))


def _is_weekday(name: str, m: Groups, at: Place) -> bool:
    if m.get("part", "x")[0].isupper() and at.word_before() not in (
        "on",
        "by",
        "until",
        "since",
        "of",
        "and",
    ):
        return False  # "Tuesday Morning Corp."
    if (_NAMES_WEEKDAY.match(at.after(20)) and "rel" not in m) or _NAMED_WEEKDAY.search(at.before(12)):
        return False
    short = name.lower().rstrip(".") in {
        w for row in words.table("weekday").values() for w in row.get("care", ())
    }
    if short and name[0].islower() and "week" not in m:
        return False
    if short and not ("rel" in m or "week" in m or (at.word_before() == "on" and name[0].isupper())):
        return name[0].isupper() and bool(_SUN_OF_A_DAY.match(at.after(9)))
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
    if "weekoff" in m:  # "Friday week": a week after the coming Friday
        return timex.add(own, ((number - own.isoweekday()) % 7 or 7) + 7)
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
    if rel in ("the following", "following", "the next", "the previous", "the same", "that") and at.now:
        return _weekday_from(at.now, number, rel)
    if rel == "this":
        return timex.add(monday, number - 1) if at.tense() != "past" else last
    if last == own:
        return own  # "will meet on Thursday", in a report of Thursday
    return following if not rel and at.tense() == "future" else last


def _weekday_from(base: date, number: int, rel: str) -> date:
    if rel == "the previous":
        return timex.add(base, -((base.isoweekday() - number) % 7 or 7))
    if rel in ("the same", "that"):
        return timex.add(base, 1 - base.isoweekday() + number - 1)
    return timex.add(base, (number - base.isoweekday()) % 7 or 7)


@reader
def weekdays_off(m: Groups, at: Place) -> When | None:
    """two Sundays ago, three Fridays from now: counted from the document's date."""
    count, number = words.number(m["num"]), words.weekday(m["weekday"])
    back = m["way"].lower() in ("ago", "earlier")
    base = at.own if m["way"].lower() in ("ago", "from now", "hence") else at.now
    if base is None or count is None or count != int(count) or not 1 <= count <= 200:
        return unresolved(f"XXXX-WXX-{number}") if base is None else None
    if back:
        nearest = timex.add(base, -((base.isoweekday() - number) % 7 or 7))
    else:
        nearest = timex.add(base, (number - base.isoweekday()) % 7 or 7)
    return relative(timex.day(timex.add(nearest, 7 * (int(count) - 1) * (-1 if back else 1))))


@reader
def weekdays(m: Groups, at: Place) -> When | None:
    """Fridays: again and again."""
    if not m["weekday"][0].isupper() and at.word_before() not in ("on",):
        return None
    return When(kind="set", timex=f"XXXX-WXX-{words.weekday(m['weekday'])}")
