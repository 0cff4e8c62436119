"""Time that a happening fixes: "on the eve of Geneva IX", "during the talks", "three days into the siege"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise

from claimcheck.dates import timex as timex
from claimcheck.dates import words as words
from claimcheck.dates.events import EventIndex, EventMention, heads, iterate
from claimcheck.dates.words import GAP, SMALL
from claimcheck.lexicon import Row, load, pattern, words_of, written
from claimcheck.model import Document, Mention, Span
from claimcheck.numbers.numerals import occurrences

# ----------------------------------------------------------------------------------------------------
# The days that a cue makes of a happening's days: its eve, the week before it, three days into it.

Days = tuple[date | None, date | None]

_HALF = {"years": (6, "months"), "months": (15, "days"), "weeks": (3, "days"), "days": (0, "days")}
_UP_TO = frozenset(["less than", "within", "barely", "under", "no more than"])
_BEYOND = frozenset(["more than", "over", "at least", "well over"])


def days_of(
    gives: str, count: int, found: re.Match[str], first: date | None, last: date | None
) -> Days | None:
    """The first and last day that a cue (`gives`, `days` of its row; its match `found`) makes of a happening
    from `first` to `last`; None where the days that it needs are not known, or where there is no such day."""
    if gives == "whole":
        return first, last
    if gives == "around":
        if first is None or last is None:
            return None
        return timex.add(first, -count), timex.add(last, count)
    base = last if gives in _FROM_END else first
    if base is None:
        return None
    if gives in ("onwards", "beyond"):
        return (base if gives == "onwards" else timex.add(base, 1)), None
    if gives in ("up_to", "short_of"):
        return None, (base if gives == "up_to" else timex.add(base, -1))
    if gives in ("first_day", "last_day"):
        return base, base
    if gives in ("day_before", "day_after"):
        day = timex.add(base, -1 if gives == "day_before" else 1)
        return day, day
    if gives == "days_before":
        return timex.add(base, -count), timex.add(base, -1)
    if gives == "days_after":
        return timex.add(base, 1), timex.add(base, count)
    if gives in ("hours_before", "hours_after"):
        return (timex.add(base, -1), base) if gives == "hours_before" else (base, timex.add(base, 1))
    if gives == "week_of":
        week = timex.week(base)
        return week.first, week.last
    if gives == "anniversary":
        day = timex.shift(base, words.ordinal(found["nth"]), "years")
        return day, day
    if gives in ("weekday_before", "weekday_after"):
        return _weekday(base, found, back=gives == "weekday_before")
    if gives in ("nth", "first_n", "last_n", "first_days", "last_days", "middle"):
        return _inside(gives, count, found, first, last)
    return _counted(gives, found, base, last)


_FROM_END = frozenset(
    [
        "last_day",
        "beyond",
        "day_after",
        "weekday_after",
        "days_after",
        "after_by",
        "hours_after",
        "last_n",
        "last_days",
    ]
)


def _inside(
    gives: str, count: int, found: re.Match[str], first: date | None, last: date | None
) -> Days | None:
    """A part of the happening itself: its third week, its first two days, its final days, its middle."""
    if gives == "middle":
        if first is None or last is None:
            return None
        third = ((last - first).days + 1) // 3
        return timex.add(first, third), timex.add(last, -third)
    if gives in ("last_n", "last_days"):
        number = _number(found) if gives == "last_n" else count
        if last is None or number is None:
            return None
        begin = timex.add(timex.shift(last, -number, _unit(found)), 1)
        return (begin if first is None else max(begin, first)), last
    assert first is not None
    begin = first
    if gives == "nth":
        written = found["nth"].lower()
        nth = (
            words.ordinal(written) if not written.isalpha() or written in _ordinals() else _cardinal(written)
        )
        if nth is None:
            return None
        begin, number = timex.shift(first, nth - 1, _unit(found)), 1
    else:
        counted = _number(found) if gives == "first_n" else count
        if counted is None:
            return None
        number = counted
    end = timex.add(timex.shift(begin, number, _unit(found)), -1)
    if last is not None and begin > last:
        return None
    return begin, end if last is None else min(end, last)


def _weekday(base: date, found: re.Match[str], back: bool) -> Days:
    """The Friday after it, the second Sunday before it: the day itself does not count."""
    nth = words.ordinal(found["nth"]) if found["nth"] else 1
    day = timex.weekday_beside(base, words.weekday(found["weekday"]), nth, back)
    return day, day


def _ordinals() -> frozenset[str]:
    return frozenset(words.table("ordinal"))


def _cardinal(written: str) -> int | None:
    number = words.number(written)
    return None if number is None else int(number)


def _number(found: re.Match[str]) -> int | None:
    number = words.number(found.groupdict().get("num") or "one")
    return None if number is None or number != int(number) else int(number)


def _unit(found: re.Match[str]) -> str:
    return words.unit(found["unit"])[0] if "unit" in found.re.groupindex and found["unit"] else "days"


def _counted(gives: str, found: re.Match[str], base: date, last: date | None) -> Days | None:
    """Three days into, two weeks before, a month after: a day for days, the unit's period else. With an
    article the whole stretch ("the two weeks before"); "less than" reaches up to it, "more than" goes on."""
    groups = found.groupdict()
    number = words.number(groups.get("num") or "one")
    if number is None:
        return None
    unit, times = words.unit(found["unit"])
    count = int(number) * times
    if unit == "hours":
        unit, count = "days", -(-count // 24)
    back = gives == "before_by"
    if groups.get("the") and not groups.get("num") and found["unit"].lower().endswith("s"):
        return (None, timex.add(base, -1)) if back else (timex.add(base, 1), None)  # "the years since"
    way = -1 if back else 1
    moved = timex.shift(base, count * way, unit)
    if groups.get("half"):  # "a month and a half after"
        more, of = _HALF[unit]
        moved = timex.shift(moved, more * way, of)
    if groups.get("exact"):  # "a year to the day after"
        return moved, moved
    bound = re.sub(r"\s+", " ", (groups.get("bound") or "").lower())
    if gives == "into":
        if last is not None and moved > last:
            return None
        if unit == "days":
            return moved, moved
        end = timex.add(timex.shift(moved, times, unit), -1)
        return moved, end if last is None else min(end, last)
    if groups.get("the") or bound in _UP_TO:
        return (moved, timex.add(base, -1)) if back else (timex.add(base, 1), moved)
    if bound in _BEYOND:
        return (None, moved) if back else (moved, None)
    made = timex.period_of(moved, unit.removesuffix("s"))
    return made.first, made.last


# ----------------------------------------------------------------------------------------------------
# From one happening or day to another: "between Geneva VIII and Geneva IX", "from the siege to 5 May 2018".
#
# "Between" two happenings is the time that lies between them, "from … to …" takes both in. A day as an end
# counts in either way, as it does between two days.

_AND_END = pattern("event_series", "and its end")
_TO_END = pattern("event_series", "to its end")
_LEAD = pattern("event_series", "opens a range")
_END_LINK = {
    "between": _AND_END,
    "from": _TO_END,
}
_REACH = 16  # characters in front in which "between the" stands


@dataclass(frozen=True, slots=True)
class End:
    """One end of a range: its characters and days; `name` of the happening, None for a day."""

    start: int
    end: int
    first: date | None
    last: date | None
    name: str | None


def find_ranges(
    text: str,
    events: Iterable[tuple[int, EventMention]],
    fixed: Iterable[Mention],
    times: Iterable[Mention],
) -> Iterator[Mention]:
    """The ranges of which one end at least is a happening, by name (`events`) or by a cue (`fixed`)."""
    ends: dict[int, End] = {}
    for m in times:
        if m.period is not None and not m.reason and m.kind in ("date", "time"):
            ends[m.start] = End(m.start, m.end, m.date_start, m.date_end, None)
    for _, found in events:
        if found.row is not None:
            row = found.row
            first = row.first.start if row.first is not None else None
            last = row.last.end if row.last is not None else None
            ends[found.start] = End(found.start, found.end, first, last, row.name or found.text)
    for m in fixed:
        if m.period is not None and not m.reason:
            ends[m.start] = End(m.start, m.end, m.date_start, m.date_end, m.anchor or m.text)
    for a, b in pairwise(_outermost(ends.values())):
        if a.name is None and b.name is None:
            continue
        lead = _LEAD.search(text, max(0, a.start - _REACH), a.start)
        if (
            lead is not None
            and a.end < b.start
            and _END_LINK[lead["lead"].lower()].fullmatch(text, a.end, b.start)
        ):
            yield _range(text, lead, a, b)


def _outermost(ends: Iterable[End]) -> list[End]:
    """In text order, without those inside another: "Geneva VIII" in "the start of Geneva VIII"."""
    out: list[End] = []
    for end in sorted(ends, key=lambda e: (e.start, -e.end)):
        if not out or end.start >= out[-1].end:
            out.append(end)
    return out


def _range(text: str, lead: re.Match[str], a: End, b: End) -> Mention:
    start, between = lead.start("lead"), lead["lead"].lower() == "between"
    first = a.first if a.name is None or not between else (timex.add(a.last, 1) if a.last else None)
    last = b.last if b.name is None or not between else (timex.add(b.first, -1) if b.first else None)
    unknown = a if first is None else b if last is None else None
    reason = None
    if unknown is not None:
        reason = f"the days of {unknown.name or text[unknown.start : unknown.end]} are not all known"
    elif first is not None and last is not None and first > last:
        reason = "nothing lies between: the first had not ended when the second began"
    known = reason is None
    return Mention(
        start=start, end=b.end, text=text[start : b.end], kind="date",
        timex=f"{first}/{last}" if known else None, date_start=first if known else None,
        date_end=last if known else None, inferred=("year", "month", "day"), status="unresolved",
        reason=reason, rule="eventtime.range", edtf=f"{first}/{last}" if known else None,
        anchor=a.name or b.name,
    )  # fmt: skip


# ----------------------------------------------------------------------------------------------------
# Cues are data (`data/event_time_cues.toml`). A cue stands in front of a happening (found by `events`) or
# of a date, its period is computed from the happening's days, and the result may be the anchor of a further
# cue ("the day before the end of the talks"). A time noun phrase whose happening is not known is reported
# with a reason; a mere preposition before something unknown says nothing.

_ARTICLE_OF = pattern("event_times", "article")
_OPEN = frozenset(["onwards", "beyond", "up_to", "short_of"])
_NESTING = 4  # cues upon cues
_LOOK_BACK = 64
_LINK = pattern("event_times", "link")
_CUE = (36, 28)  # characters that a cue reaches before and behind the start of its head word
_DETERMINER = written("event_times", "determiner")
_CAPITALS = written("event_times", "capitals")
_OPENED = pattern("event_times", "opened")
_CLOSED = pattern("event_times", "closed")
_VERB = pattern("event_times", "verb")
_STOPS = written("event_times", "stops")
_ARTICLES = "|".join(words_of("event_times", "article"))
_WHERE = written("event_times", "where")
_WHERE_THE = written("event_times", "where the")
_DAY = written("event_times", "day")


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a cue hangs on: its characters, its first and last day as far as known, the row's key."""

    start: int
    end: int
    first: date | None
    last: date | None
    key: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Cue:
    """A row of the lexicon, compiled to match directly before an anchor."""

    id: str
    pattern: re.Pattern[str]
    row: Row


class _Spans:
    """Mentions in text order, to be asked for those that touch a stretch of text."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self._mentions = sorted(mentions, key=lambda m: m.start)
        self._starts = [m.start for m in self._mentions]

    def __iter__(self) -> Iterator[Mention]:
        return iter(self._mentions)

    def touching(self, start: int, end: int) -> list[Mention]:
        """Those that share a character with `start`..`end` or begin at its end; neighbours suffice."""
        low = max(0, bisect_right(self._starts, start) - 3)
        high = bisect_right(self._starts, end)
        return [m for m in self._mentions[low : min(high, low + 12)] if m.end > start]


def _written(row: Row) -> str:
    return str(row["pattern"]).replace("<number>", SMALL).replace(" ", GAP)


@cache
def _cues() -> tuple[Cue, ...]:
    made = []
    for row in load("event_time_cues"):
        body = _written(row)
        made.append(
            Cue(
                row.id,
                re.compile(rf"(?<![\w-]){body}{GAP}(?:(?:{_ARTICLES}){GAP})?$", re.IGNORECASE),
                row,
            )
        )
    return tuple(made)


def find_event_times(
    document: Document,
    sentences: Sequence[Span],
    mentions: Sequence[Mention],
    index: EventIndex | None,
) -> list[Mention]:
    """The expressions whose time a happening (or a date behind a cue) fixes, in text order.

    Resolved ones have `anchor` (the row's key), days and TIMEX3 value; ambiguous or unknown ones have status
    "unresolved" and a reason. `mentions` are the document's other mentions: a date among them may be an
    anchor, and none of what they already say is repeated.
    """
    out: list[Mention] = []
    times = _Spans([m for m in mentions if m.is_time])
    if index is not None:
        text = document.text
        events = list(iterate(index, text, sentences, document.date))
        for i, found in events:
            made = _of_event(text, sentences[i], found, times)
            if made is not None:
                out.append(made)
        out.extend(list(find_ranges(text, events, out, times)))
    out.extend(_noun_phrases(document, sentences, times, index, _Spans(out)))
    return _without_overlap(sorted(out, key=lambda m: (m.start, -m.end)))


def _of_event(text: str, sentence: Span, found: EventMention, times: _Spans) -> Mention | None:
    cue = _cue_before(text, sentence, found.start, found.text + text[found.end : found.end + 40])
    own = Span(found.start, found.end)
    if cue is None or any(m.span.contains(own) for m in times.touching(found.start, found.end)):
        return None
    row = found.row
    if row is None:
        return _several(text, found, cue)
    return _chain(text, sentence, _anchor(found, text), "eventtime")


def _anchor(found: EventMention, text: str) -> Anchor:
    """The happening as an anchor: "after it opened" hangs on its first day, "after it ended" on its last."""
    row = found.candidates[0]
    first = row.first.start if row.first is not None else None
    last = row.last.end if row.last is not None else None
    if _OPENED.match(text, found.end):
        last = first
    elif _CLOSED.match(text, found.end):
        first = last
    return Anchor(found.start, found.end, first, last, row.key, row.name or found.text)


def _cue_before(text: str, sentence: Span, start: int, anchored: str) -> tuple[Cue, re.Match[str]] | None:
    """The cue that stands directly in front, the one that reaches furthest back where several do."""
    window = text[max(sentence.start, start - _LOOK_BACK) : start]
    hits = [
        (cue, found) for cue in _cues() if (found := cue.pattern.search(window)) and _meets(cue, anchored)
    ]
    return min(hits, key=lambda hit: hit[1].start(), default=None)


def _meets(cue: Cue, anchored: str) -> bool:
    needs = cue.row.get("needs")
    return needs is None or re.search(needs, anchored, re.IGNORECASE) is not None


def _chain(text: str, sentence: Span, anchor: Anchor, rule: str) -> Mention | None:
    """Apply the cue in front, then the cue in front of that, as long as there is one."""
    made = anchor
    names: list[str] = []
    for _ in range(_NESTING):
        hit = _cue_before(text, sentence, made.start, text[made.start : made.end + 40])
        if hit is None:
            break
        cue, found = hit
        outside = bool(names) and "keep" not in found.re.groupindex  # a preposition before a cue
        if outside and cue.row["gives"] not in _OPEN:
            break
        moved = _apply(cue, found, made, text)
        if moved is None:
            break
        names.append(cue.id)
        made = moved
        if outside:
            break
    if not names or (made.first is None and made.last is None):
        return _no_days(text, made, sentence)
    return _mention(text, made, f"{rule}.{'+'.join(names)}")


def _no_days(text: str, anchor: Anchor, sentence: Span) -> Mention | None:
    """The table leaves the day blank that the cue needs: said, not guessed."""
    hit = _cue_before(text, sentence, anchor.start, text[anchor.start : anchor.end + 40])
    if hit is None:
        return None
    start = anchor.start - (
        len(hit[1].string) - hit[1].start("keep") if "keep" in hit[1].re.groupindex else 0
    )
    return Mention(
        start=start, end=anchor.end, text=text[start : anchor.end], kind="date", status="unresolved",
        reason=f"the days of {anchor.name} are not all known", rule=f"eventtime.{hit[0].id}",
        anchor=anchor.name,
    )  # fmt: skip


def _apply(cue: Cue, found: re.Match[str], anchor: Anchor, text: str) -> Anchor | None:
    days = days_of(cue.row["gives"], int(cue.row.get("days", 0)), found, anchor.first, anchor.last)
    if days is None:
        return None
    start = anchor.start
    if "keep" in found.re.groupindex:
        start -= len(found.string) - found.start("keep")
    else:  # the article belongs to the mention: "the talks"
        article = _ARTICLE_OF.search(found.group())
        start -= len(article.group()) if article else 0
    return Anchor(start, anchor.end, days[0], days[1], anchor.key, anchor.name)


def _mention(text: str, made: Anchor, rule: str) -> Mention:
    first, last = made.first, made.last
    name = first.isoformat() if first is not None and first == last else f"{first or '..'}/{last or '..'}"
    return Mention(
        start=made.start, end=made.end, text=text[made.start : made.end], kind="date", timex=name,
        date_start=first, date_end=last, inferred=("year", "month", "day"), status="unresolved", rule=rule,
        edtf=name, anchor=made.name,
    )  # fmt: skip


def _several(text: str, found: EventMention, cue: tuple[Cue, re.Match[str]]) -> Mention:
    names = "; ".join((r.name or r.key) for r in found.candidates[:4])
    start = found.start
    if "keep" in cue[1].re.groupindex:
        start -= len(cue[1].string) - cue[1].start("keep")
    return Mention(
        start=start, end=found.end, text=text[start : found.end], kind="date", status="unresolved",
        reason=f"several events fit: {names}", rule=f"eventtime.{cue[0].id}",
    )  # fmt: skip


# --- time noun phrases whose happening the index does not find at once ----------------------------------


@cache
def _nouns() -> re.Pattern[str]:
    rows = [row for row in load("event_time_cues") if row.get("noun") or row.get("headed")]
    return re.compile(rf"(?<![\w-])(?:{_unnamed(rows)}){GAP}", re.IGNORECASE)


@cache
def _headed() -> re.Pattern[str]:
    """The cues that need a word for a happening behind them: "two days before he died" names none."""
    rows = [row for row in load("event_time_cues") if row.get("headed")]
    return re.compile(rf"(?:{_unnamed(rows)})", re.IGNORECASE)


def _unnamed(rows: Sequence[Row]) -> str:
    """Their patterns as alternatives, without the names of groups."""
    return "|".join(re.sub(r"\?P<\w+>", "?:", _written(row)) for row in rows)


@cache
def _heads() -> tuple[str, ...]:
    """The words of which every time noun phrase holds one, their first letter (large or small) left off."""
    heads = {head[1:] for row in load("event_time_cues") for head in row.get("heads", ())}
    return tuple(sorted(h for h in heads if not any(other in h for other in heads - {h})))


def _near_heads(text: str, sentences: Sequence[Span]) -> list[tuple[Span, Span]]:
    """The stretches around head words, each with its sentence; the rest of the text is not read again."""
    starts = [s.start for s in sentences]
    out: list[tuple[Span, Span]] = []
    for at in sorted(occurrences(text, _heads())):
        i = bisect_right(starts, at) - 1
        if i < 0 or at >= sentences[i].end or _LINK.search(text, at, at + _CUE[1]) is None:
            continue
        low, high = max(sentences[i].start, at - _CUE[0]), min(sentences[i].end, at + _CUE[1])
        if out and out[-1][1] is sentences[i] and low <= out[-1][0].end:
            low = out.pop()[0].start
        out.append((Span(low, high), sentences[i]))
    return out


def _noun_phrases(
    document: Document,
    sentences: Sequence[Span],
    times: _Spans,
    index: EventIndex | None,
    done: _Spans,
) -> list[Mention]:
    """ "the days leading up to 5 May" by its date, "the run-up to Sochi" by its place, or a refusal."""
    text, out = document.text, []
    for near, sentence in _near_heads(text, sentences):
        for cue in _nouns().finditer(text, near.start, near.end):
            if any(m.start < cue.end() for m in done.touching(cue.start(), cue.end())):
                continue
            made = _noun_phrase(document, sentence, cue, times, index)
            if made is not None:
                out.append(made)
    return out


def _noun_phrase(
    document: Document,
    sentence: Span,
    cue: re.Match[str],
    times: _Spans,
    index: EventIndex | None,
) -> Mention | None:
    text, end = document.text, cue.end()
    if any(m.start <= cue.start() for m in times.touching(cue.start(), end)):
        return None
    behind_cue = [m for m in times.touching(end, end + 4) if m.start >= end and m.period and not m.reason]
    dated = behind_cue[0] if behind_cue else None
    if dated is not None:
        return _chain(text, sentence, _dated(dated), "eventtime")
    behind = Span(end, min(sentence.end, end + 120))
    placed = index.at_place(text, behind, document.date) if index is not None else None
    if placed is not None and placed.start - end <= 4:
        if placed.row is None:
            hit = _cue_before(text, sentence, placed.start, placed.text)
            return None if hit is None else _several(text, placed, hit)
        return _chain(text, sentence, _anchor(placed, text), "eventtime")
    name = _unknown().match(text, end, min(sentence.end, end + 100))
    if (
        name is None
        or _is_only_a_label(name.group())
        or (_headed().fullmatch(cue.group().rstrip()) and not _is_headed(name))
        or _is_clause(text, name)
        or text[cue.start() : cue.start() + 8].startswith(("The Day", "Eve"))
        or _is_title(text, cue)
    ):
        return None
    return Mention(
        start=cue.start(), end=name.end(), text=text[cue.start() : name.end()], kind="date",
        status="unresolved", reason=f"event not known: {name.group()}", rule="eventtime.unknown",
    )  # fmt: skip


def _dated(m: Mention) -> Anchor:
    """A date as an anchor; its start and its end are a day each: "four days after the *start of 2022*"."""
    first = m.date_end if m.mod == "END" else m.date_start
    last = m.date_start if m.mod == "START" else m.date_end
    return Anchor(m.start, m.end, first, last, m.anchor, m.text)


def _is_headed(name: re.Match[str]) -> bool:
    """Whether the words for something unknown are headed by a noun for a happening."""
    return re.search(rf"\b{_head()}(?:{_WHERE}.+)?$", name.group(), re.IGNORECASE) is not None


@cache
def _head() -> str:
    return rf"(?:{'|'.join(sorted(heads(), key=len, reverse=True))})s?\b"


@cache
def _unknown() -> re.Pattern[str]:
    """What stands behind a cue and no table knows: a name, or a noun phrase."""
    name = rf"(?!{_DAY})(?:{_DETERMINER})?{_CAPITALS}(?:\s{_head()})?"
    words = rf"{_DETERMINER}[a-z][\w'’-]*(?:\s(?!{_STOPS})[a-z][\w'’-]*){{0,2}}"
    return re.compile(rf"{name}|{words}(?:{_WHERE_THE}{_CAPITALS})?")


def _is_only_a_label(name: str) -> bool:
    """Whether a name is but letters behind numbers, which are of things: "the lead-up to *3G and 4G*"."""
    words = [w for w in name.split() if not w.islower()]
    return bool(words) and all(w[0].isdigit() for w in words)


def _is_clause(text: str, name: re.Match[str]) -> bool:
    """ "a day after Rome declared war": what follows is a sentence, no happening's name."""
    return not _is_headed(name) and _VERB.match(text, name.end()) is not None


def _is_title(text: str, cue: re.Match[str]) -> bool:
    """A name in capitals ("The Day After"), not a time."""
    said = re.findall(r"[^\W\d_]+", cue.group())
    return len([w for w in said if w[0].isupper()]) > 1


def _without_overlap(found: Sequence[Mention]) -> list[Mention]:
    out: list[Mention] = []
    for mention in found:
        if not out or mention.start >= out[-1].end:
            out.append(mention)
    return out
