"""Time that an event fixes: "on the eve of Geneva IX", "during the talks", "three days into the siege"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from claimcheck.dates import timex as timex
from claimcheck.dates import words as words
from claimcheck.dates.events import EventIndex, EventMention, heads, iterate
from claimcheck.dates.words import GAP, SMALL
from claimcheck.lexicon import Row, load, pattern, words_of, written
from claimcheck.model import Document, Mention, Span
from claimcheck.numbers.numerals import occurrences

# ----------------------------------------------------------------------------------------------------
# The days that a cue makes of an event's days: its eve, the week before it, three days into it.

Days = tuple[date | None, date | None]

_UP_TO = frozenset(["less than", "within", "barely", "under", "no more than"])
_BEYOND = frozenset(["more than", "over", "at least", "well over"])


def days_of(row: Row, found: re.Match[str], first: date | None, last: date | None) -> Days | None:
    """The first and last day that a cue (its `row` and its match `found`) makes of an event from `first`
    to `last`; None where the days that it needs are not known, or where there is no such day."""
    counted, ends = row.get("counted"), {"first": first, "last": last}
    if counted is not None:
        base = last if counted == "after" else first
        return None if base is None else _counted(counted, found, base, last)
    made: list[date | None] = []
    for which, days in (row.get("opens", ("", 0)), row.get("closes", ("", 0))):
        base = ends.get(which)
        if which and base is None and days:
            return None
        made.append(None if base is None else timex.add(base, days))
    return (made[0], made[1]) if any(made) else None


def _counted(counted: str, found: re.Match[str], base: date, last: date | None) -> Days | None:
    """Three days into, two weeks before, a month after: a day for days, the unit's period else. With an
    article the whole stretch ("the two weeks before"); "less than" reaches up to it, "more than" goes on."""
    if counted == "week":
        week = timex.week(base)
        return week.first, week.last
    groups = found.groupdict()
    number = words.number(groups.get("num") or "one")
    if number is None:
        return None
    unit, times = words.unit(found["unit"])
    count = int(number) * times
    if unit == "hours":
        unit, count = "days", -(-count // 24)
    back = counted == "before"
    if groups.get("the") and not groups.get("num") and found["unit"].lower().endswith("s"):
        return (None, timex.add(base, -1)) if back else (timex.add(base, 1), None)  # "the years since"
    way = -1 if back else 1
    moved = timex.shift(base, count * way, unit)
    bound = re.sub(r"\s+", " ", (groups.get("bound") or "").lower())
    if counted == "into":
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
# Cues are data (`data/event_time_cues.toml`). A cue stands in front of an event (found by `events`) or
# of a date, its period is computed from the event's days, and the result may be the anchor of a further
# cue ("the day before the end of the talks"). A time noun phrase whose event is not known is reported
# with a reason; a mere preposition before something unknown says nothing.

_NESTING = 4  # cues upon cues
_LOOK_BACK = 64
_LINK = pattern("event_times", "link")
_CUE = (36, 28)  # characters that a cue reaches before and behind the start of its head word
_DETERMINER = written("event_times", "determiner")
_CAPITALS = written("event_times", "capitals")
_OPENED = pattern("event_times", "opened")
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
        before = re.compile(rf"(?<![\w-]){body}{GAP}(?:(?:{_ARTICLES}){GAP})?$", re.IGNORECASE)
        made.append(Cue(row.id, before, row))
    return tuple(made)


def find_event_times(
    document: Document,
    sentences: Sequence[Span],
    mentions: Sequence[Mention],
    index: EventIndex | None,
) -> list[Mention]:
    """The expressions whose time an event (or a date behind a cue) fixes, in text order.

    Resolved ones have `anchor` (the row's key), days and TIMEX3 value; ambiguous or unknown ones have status
    "unresolved" and a reason. `mentions` are the document's other mentions: a date among them may be an
    anchor, and none of what they already say is repeated.
    """
    out: list[Mention] = []
    times = _Spans([m for m in mentions if m.is_time])
    if index is not None:
        text = document.text
        for i, found in iterate(index, text, sentences, document.date):
            made = _of_event(text, sentences[i], found, times)
            if made is not None:
                out.append(made)
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
    """The event as an anchor: "after it opened" hangs on its first day, "after it ended" on its last."""
    row = found.candidates[0]
    first = row.first.start if row.first is not None else None
    last = row.last.end if row.last is not None else None
    if _OPENED.match(text, found.end):
        last = first
    elif pattern("event_times", "closed").match(text, found.end):
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
        if outside and (cue.row.get("opens") is None) == (cue.row.get("closes") is None):
            break
        moved = _apply(cue, found, made, text)
        if moved is None:
            break
        names.append(cue.id)
        made = moved
        if outside:
            break
    if not names or (made.first is None and made.last is None):
        return None
    return _mention(text, made, f"{rule}.{'+'.join(names)}")


def _apply(cue: Cue, found: re.Match[str], anchor: Anchor, text: str) -> Anchor | None:
    days = days_of(cue.row, found, anchor.first, anchor.last)
    if days is None:
        return None
    start = anchor.start
    if "keep" in found.re.groupindex:
        start -= len(found.string) - found.start("keep")
    else:  # the article belongs to the mention: "the talks"
        article = pattern("event_times", "article").search(found.group())
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


# --- time noun phrases whose event the index does not find at once ----------------------------------


@cache
def _nouns() -> re.Pattern[str]:
    rows = [row for row in load("event_time_cues") if row.get("noun") or row.get("headed")]
    return re.compile(rf"(?<![\w-])(?:{_unnamed(rows)}){GAP}", re.IGNORECASE)


@cache
def _headed() -> re.Pattern[str]:
    """The cues that need a word for an event behind them: "two days before he died" names none."""
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
    """Whether the words for something unknown are headed by a noun for an event."""
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
    """ "a day after Rome declared war": what follows is a sentence, no event's name."""
    return not _is_headed(name) and pattern("event_times", "verb").match(text, name.end()) is not None


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
