"""Which event a text speaks of: by name, by series and number, by kind and place, or as "the talks"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from claimcheck.dates.words import table
from claimcheck.lexicon import load, pattern, words_of
from claimcheck.model import ReferenceRow, Span

# ----------------------------------------------------------------------------------------------------
# The words of events: tokens in a normal form, kinds ("talks", "siege"), and which event is meant.
#
# A number in any writing is one token: "IX", "9", "9th" and "ninth" are "#9".

NEAR_DAYS = 183  # "the talks", never named before: unique so near the document's date
_CLEARLY = 4  # the nearest event must be so many times nearer than the next to be meant

_TOKEN = re.compile(r"[^\W_]+(?:[-'’/.](?=[^\W_])[^\W_]+){0,4}")
_POSSESSIVE = re.compile(r"['’]s?$")
_ARTICLES = frozenset(words_of("event_words", "article"))
_ROMAN = {
    "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10, "XI": 11,
    "XII": 12, "XIII": 13, "XIV": 14, "XV": 15, "XVI": 16, "XVII": 17, "XVIII": 18, "XIX": 19, "XX": 20,
}  # fmt: skip
_CARDINALS = {word: number for number, word in enumerate(words_of("event_words", "cardinal"), 1)}
_IS = frozenset(words_of("event_words", "is"))
_VERBS = _IS | frozenset(words_of("event_words", "held"))
_DIGITS = pattern("event_words", "ordinal number")
_ORDINAL = pattern("event_words", "ordinal ending")


class Token(NamedTuple):
    """A word of the text with its normal form; a number in any writing is "#9"."""

    start: int
    end: int
    key: str


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The words of a stretch of text, articles left out, possessives cut, numbers normalised."""
    found = []
    for m in _TOKEN.finditer(text, start, len(text) if end is None else end):
        key = _normal(m.group())
        if key not in _ARTICLES:
            found.append(Token(m.start(), m.end(), key))
    return found


@lru_cache(maxsize=1 << 14)
def _normal(word: str) -> str:
    bare = _POSSESSIVE.sub("", word)
    if bare in _ROMAN:
        return f"#{_ROMAN[bare]}"
    low = bare.casefold()
    digits = _DIGITS.match(low)
    if digits:
        return f"#{int(digits.group(1))}"
    if low in _CARDINALS:
        return f"#{_CARDINALS[low]}"
    ordinal = table("ordinal").get(low)
    return f"#{ordinal['value']}" if ordinal is not None else low


def counts(written: str, word: Token) -> bool:
    """Whether a word says how many, and begins no name: "one Tarn round" is not the first."""
    return word.key.startswith("#") and written.isalpha() and written.islower() and not is_ordinal(written)


def stem(key: str) -> str:
    """A word without the s of its plural: "talks" is "talk", "congress" stays."""
    return key[:-1] if len(key) > 3 and key.endswith("s") and not key.endswith("ss") else key


@cache
def kinds() -> dict[tuple[str, ...], tuple[str, bool]]:
    """Every kind phrase, stemmed -> its kind and whether it may stand bare."""
    out: dict[tuple[str, ...], tuple[str, bool]] = {}
    for row in load("event_kinds"):
        bare = set(row.get("bare", ()))
        for phrase in row["words"]:
            out[tuple(stem(t.key) for t in tokens(phrase))] = (row.id, phrase in bare)
    return out


@cache
def _kind_openers() -> frozenset[str]:
    return frozenset(phrase[0] for phrase in kinds())


_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"
_FIRST_YEAR = re.compile(rf"{_YEAR} (?P<rest>[^\W\d_].*)")


@lru_cache(maxsize=1 << 14)
def keys_of(name: str) -> tuple[str, ...]:
    """The words of a name in their normal form: "the Geneva IX talks" is geneva, #9, talks."""
    return tuple(t.key for t in tokens(name))


def with_year(name: str) -> Iterator[str]:
    """A name in all the ways in which it may be written with its year: "general election 2024", "2024 general
    election", "general election of 2024"."""
    yield name
    year = pattern("event_words", "last year").fullmatch(name) or _FIRST_YEAR.fullmatch(name)
    if year is not None:
        rest = year["rest"]
        [of] = words_of("event_words", "last year")
        yield from (f"{rest} {year['year']}", f"{year['year']} {rest}", f"{rest} {of} {year['year']}")


@cache
def heads() -> frozenset[str]:
    return frozenset(word for row in load("event_kinds") for word in row["words"] if " " not in word)


@cache
def stemmed_heads() -> frozenset[str]:
    """The stems of the words that are a kind by themselves."""
    return frozenset(map(stem, heads()))


@lru_cache(maxsize=1 << 12)
def kinds_in_label(label: str) -> frozenset[str]:
    words = [Token(0, 0, t.key) for t in tokens(label)]
    return frozenset(k for i in range(len(words)) if (k := kind_at(words, i)[0]) is not None)


def opens_a_kind(key: str) -> bool:
    """Whether a kind phrase begins with a word."""
    return stem(key) in _kind_openers()


def kind_at(words: Sequence[Token], i: int) -> tuple[str | None, int]:
    """The longest kind phrase that begins at a token, and its length."""
    if not 0 <= i < len(words) or not opens_a_kind(words[i].key):
        return None, 0
    for count in (3, 2, 1):
        keys = tuple(stem(t.key) for t in words[i : i + count])
        if len(keys) == count and keys in kinds():
            return kinds()[keys][0], count
    return None, 0


def matches(words: Sequence[Token], i: int, keys: tuple[str, ...]) -> bool:
    return len(words) - i >= len(keys) and all(words[i + n].key == key for n, key in enumerate(keys))


def fits(row: ReferenceRow, phrase: set[str]) -> bool:
    """A qualified kind ("chlorine attack") needs its qualifier in the row's label or names."""
    said = phrase - stemmed_heads() - {*words_of("event_words", "last year")}
    texts = (row.label or "", row.name or "", *row.names)
    return said <= {stem(k) for text in texts for k in keys_of(text)} if said else True


def same_clause(text: str, start: int, end: int) -> bool:
    return end - start < 60 and not re.search(r"[.,;:!?()]", text[start:end])


def is_ordinal(word: str) -> bool:
    """Whether a number is written as a rank: "ninth", "9th"."""
    return _ORDINAL.search(word) is not None or word.casefold() in table("ordinal")


def elsewhere(text: str, end: int) -> bool:
    """Whether a definite kind is followed by a name that says which one ("the talks in Lima")."""
    found = pattern("event_words", "named behind").match(text, end)
    return found is not None and found.group(1).casefold() not in table("month")


def interrupted(text: str, words: Sequence[Token]) -> bool:
    """Whether a bracket or full stop stands between the words of a name."""
    return any(re.search(r"[.;:!?()\[\]\"“”]", text[a.end : b.start]) for a, b in pairwise(words))


def broken(words: Sequence[Token], start: int, end: int) -> bool:
    """Whether words do not go on without a break, or hold a verb: "round | was held in Geneva"."""
    apart = any(words[n + 1].start - words[n].end > 3 for n in range(start, end))
    return apart or any(words[n].key in _VERBS for n in range(start, end))


def wholes(rows: Sequence[ReferenceRow]) -> list[ReferenceRow]:
    """The rows without those that are part of another of them (the plenary of a congress)."""
    out = []
    for row in rows:
        period = row.period
        inside = any(
            o is not row
            and o.period is not None
            and period is not None
            and o.period != period
            and o.period.covers(period)
            and (o.period.days or 0) < 60
            for o in rows
        )
        if not inside:
            out.append(row)
    return out


def distance(row: ReferenceRow, day: date) -> int | None:
    """Days between a day and an event, 0 inside it, None where its days are not known."""
    first = row.first.start if row.first is not None else None
    last = row.last.end if row.last is not None else (row.first.end if row.first is not None else None)
    if first is None or last is None:
        return None
    if first <= day <= last:
        return 0
    return (first - day).days if day < first else (day - last).days


def clearly_nearest(rows: Sequence[ReferenceRow], day: date | None) -> tuple[ReferenceRow, ...]:
    """The one row that is near the document's date and several times nearer than the next; else all rows."""
    known = sorted(
        ((d, r.key, r) for r in rows if day and (d := distance(r, day)) is not None), key=lambda t: t[:2]
    )
    if len(rows) < 2 or len(known) < len(rows):
        return tuple(rows)
    if known[0][0] <= NEAR_DAYS and known[1][0] > _CLEARLY * max(known[0][0], 7):
        return (known[0][2],)
    return tuple(r for _, _, r in known)


# ----------------------------------------------------------------------------------------------------
# Events of a series that share one word for it: "resolutions 2139 (2014), 2165 and 2191", "the third
# and fourth rounds", "the third round was held in March, the fourth in May".

_NEXT = pattern("event_series", "next")
_DAY = 2  # digits
_IS_DATE = pattern("event_series", "is a date")
_JOINED = pattern("event_series", "joined")
_OPENS = pattern("event_series", "opens")
_ALONE_BEHIND = pattern("event_series", "alone behind")


_YEAR_BEHIND = re.compile(r"(?<=\d)\s\((?:19|20)\d\d\)")


def with_its_year(text: str, end: int) -> int:
    """Where a number ends that has its year behind it in brackets: "resolution 2401 (2018)"."""
    year = _YEAR_BEHIND.match(text, end)
    return end if year is None else year.end()


def numbers_behind(text: str, words: Sequence[Token], i: int) -> Iterator[int]:
    """The tokens from `i` on that go on a list of numbers, whose last is the token before `i`."""
    last = i - 1
    for j in range(i, len(words)):
        if not text[words[j].start : words[j].end].isdigit():
            continue
        if _NEXT.fullmatch(text, words[last].end, words[j].start) is None:
            continue
        if words[j].end - words[j].start <= _DAY and _IS_DATE.match(text, words[j].end) is not None:
            continue
        last = j
        yield j


def ordinals_within(text: str, words: Sequence[Token], i: int, end: int) -> list[int]:
    """The ordinals right behind the one at `i` that share its noun, up to a character: "third and fourth
    rounds"."""
    out: list[int] = []
    for j in range(i + 1, len(words)):
        if words[j].start >= end:
            break
        if not is_ordinal(text[words[j].start : words[j].end]):
            continue  # "and"
        last = out[-1] if out else i
        if _JOINED.fullmatch(text, words[last].end, words[j].start) is None:
            break
        out.append(j)
    return out


def stands_alone(text: str, word: Token) -> bool:
    """Whether an ordinal stands for one more of what was named before: "and the second in May", "; the second
    on 3 May", "The second opened on", and not "the eighth round, the fourth in 2017"."""
    if not is_ordinal(text[word.start : word.end]):
        return False
    before = pattern("event_series", "alone before").search(text, max(0, word.start - 12), word.start)
    behind = _ALONE_BEHIND.match(text, word.end)
    if behind is None:
        return False
    if before is None:
        return behind[1] is None and _OPENS.search(text, max(0, word.start - 12), word.start) is not None
    return behind[1] is None or before[1] is not None


# ----------------------------------------------------------------------------------------------------
# An event that a text speaks of, and every row that it may be.

How = Literal["name", "number", "kind_place", "place", "definite", "nearest"]


@dataclass(frozen=True, slots=True)
class EventMention:
    """An event in the text and every row that it may be, most likely first.

    `how`: "name" (name or alias), "number" (series with number), "kind_place" (a kind with its place),
    "place" (the place alone, standing for what happened there), "definite" ("the talks": the event of that
    kind named last in the document), "nearest" ("the talks", never named: the only one within `NEAR_DAYS`
    of the document's date).
    """

    start: int
    end: int
    text: str
    candidates: tuple[ReferenceRow, ...]
    how: How

    @property
    def row(self) -> ReferenceRow | None:
        """The row where only one fits."""
        return self.candidates[0] if len(self.candidates) == 1 else None


def mention_at(text: str, start: int, end: int, rows: Iterable[ReferenceRow], how: How) -> EventMention:
    """What a text speaks of between two characters, the year of its series in brackets taken in."""
    end = with_its_year(text, end)
    return EventMention(start, end, text[start:end], tuple(rows), how)


def standing_for(text: str, word: Token, said: str, rows: Iterable[ReferenceRow]) -> EventMention:
    """A number alone that stands for words that the text says once."""
    return EventMention(word.start, with_its_year(text, word.end), said, tuple(rows), "number")


# ----------------------------------------------------------------------------------------------------
# Which event a text speaks of: by name, by series and number, by kind with its place, or as "the
# talks".
#
# A token index over the rows of events and incidents: the text is walked once, token by token, and only
# tokens that begin a name, a series or a kind are looked at. Ambiguity is an answer: a mention carries
# every row that fits, and `how` says by which rule.


_REACH = 9  # tokens within which a kind's place is looked for ("talks were underway in Vienna")
_GOES_ON = 250  # characters behind an event in which an ordinal alone is of its series
_ORDINALS = 40  # characters in which ordinals stand that share a word behind the last
_SMALL = frozenset(["the", "a", "of", "in", "on", "at", "to", "by", "for", "from", "and", "with"])
_REMEMBERED = 4096  # stretches of text whose events are kept: several ask for them one after the other
_PLACED = frozenset(["in", "at", "on", "of", "from", "near", "outside", "around", "against"])


class EventIndex:
    """The events of the loaded packages, to be found in texts.

    `rows` may be all rows of all packages: events and incidents are indexed, gazetteer rows give the names of
    places. Building is linear in the rows, finding linear in the text.
    """

    def __init__(self, rows: Sequence[ReferenceRow]) -> None:
        self._place_names: dict[str, set[str]] = defaultdict(set)
        self._phrases: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        self._named: dict[tuple[str, ...], list[ReferenceRow]] = defaultdict(list)
        self._numbered: dict[tuple[str, int], list[ReferenceRow]] = defaultdict(list)
        self._of_kind: dict[str, list[ReferenceRow]] = defaultdict(list)
        self._at: dict[tuple[str, ...], list[ReferenceRow]] = defaultdict(list)
        self._places_by_first: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        self._kinds_of: dict[str, frozenset[str]] = {}
        self._near: dict[tuple[str, date], list[ReferenceRow]] = {}
        self._series_words: set[str] = set()
        self._remembered: dict[tuple[str, Span, date | None], list[EventMention]] = {}
        gazetteer = [r for r in rows if r.kind == "gazetteer"]
        for place in gazetteer:
            self._place_names[place.key].update(n for n in (place.name, *place.names) if n)
        taken = {keys_of(n) for names in self._place_names.values() for n in names}
        for row in rows:
            if row.kind in ("event", "incident"):
                self._add(row, taken)

    def _add(self, row: ReferenceRow, taken: set[tuple[str, ...]]) -> None:
        places = {keys_of(name) for place in row.places for name in self._place_names.get(place, {place})} - {
            ()
        }
        for name in dict.fromkeys(w for n in (row.name, *row.names) if n for w in with_year(n)):
            keys = keys_of(name)
            if not keys or keys in taken or keys in places or (len(keys) == 1 and keys[0] in heads()):
                continue  # no name by itself
            if not any(r.key == row.key for r in self._named[keys]):
                self._named[keys].append(row)
                self._phrases[keys[0]].add(keys)
        if row.kind == "incident":
            return  # one among many: a kind and a place never single it out
        for place in places:
            self._at[place].append(row)
            self._places_by_first[place[0]].add(place)
        self._kinds_of[row.key] = kinds_in_label(
            f"{row.label}, {row.series or ''}" if row.label else row.name or ""
        )
        for kind in self._kinds_of[row.key]:
            self._of_kind[kind].append(row)
        if row.number is not None and row.series:
            for word in {stem(k) for k in keys_of(row.series)} - _SMALL:
                self._numbered[word, row.number].append(row)
                self._series_words.add(word)

    def _is(self, row: ReferenceRow, kind: str) -> bool:
        return kind in self._kinds_of.get(row.key, ())

    # --- finding ---------------------------------------------------------------------------------------

    def find(
        self,
        text: str,
        span: Span,
        document_date: date | None = None,
        history: Sequence[EventMention] = (),
    ) -> list[EventMention]:
        """The events named inside `span`, in order, without overlap.

        `document_date` decides between several events of one kind and place where one is clearly nearer;
        `history` are the mentions found before in the same document, for "the talks".
        """
        if not (self._named or self._kinds_of):
            return []
        if history:
            return self._find(text, span, document_date, history)
        key = (text, span, document_date)
        if key not in self._remembered:
            if len(self._remembered) >= _REMEMBERED:
                self._remembered.clear()
            self._remembered[key] = self._find(text, span, document_date, ())
        return list(self._remembered[key])

    def _find(
        self, text: str, span: Span, document_date: date | None, history: Sequence[EventMention]
    ) -> list[EventMention]:
        words = tokens(text, span.start, span.end)
        found: list[EventMention] = []
        before = list(history[-20:])
        i = 0
        while i < len(words):
            if not self._may_begin(words, i):
                i += 1
                continue
            hit = self._at_token(text, words, i, document_date, before)
            hit = hit or self._one_more(text, words[i], before[-1:])
            if hit is None and (ahead := self._ahead(text, words, i, document_date, before)):
                found += ahead
                i = next((j for j in range(i, len(words)) if words[j].start >= found[-1].end), len(words))
                continue
            if hit is None:
                i += 1
                continue
            found += self._sharing(text, words, i, hit)
            before = [*history[-20:], *found[-20:]]
            while i < len(words) and words[i].start < found[-1].end:
                i += 1
        return found

    def _may_begin(self, words: list[Token], i: int) -> bool:
        """Whether a name, a series, a number or a kind may begin at a token."""
        key = words[i].key
        numbered = i + 1 < len(words) and words[i + 1].key.startswith("#")
        return (
            key in self._phrases
            or key in self._places_by_first
            or key.startswith("#")
            or (numbered and stem(key) in self._series_words)
            or opens_a_kind(key)
        )

    def _sharing(self, text: str, words: list[Token], i: int, hit: EventMention) -> list[EventMention]:
        """An event of a series with those that share its word: "resolutions 2139, 2165 and 2191"."""
        behind = next((j for j in range(i, len(words)) if words[j].start >= hit.end), len(words))
        if hit.how == "name" or not hit.candidates:
            return [hit]
        if stem(words[i].key) in heads() and words[i].key.endswith("s"):
            word, listed = stem(words[i].key), numbers_behind(text, words, behind)
            rows = ((words[j], self._numbered.get((word, int(words[j].key[1:])), [])) for j in listed)
            return [hit, *(standing_for(text, w, f"{word} {w.key[1:]}", r) for w, r in rows if r)]
        shared = ordinals_within(text, words, i, hit.end)
        if not shared or not words[i].key.startswith("#"):
            return [hit]
        tail = text[words[shared[-1]].end : hit.end]
        found = [self._of_series(text, words[j], hit, tail) for j in (i, *shared)]
        return list(filter(None, found)) or [hit]

    def _ahead(
        self, text: str, words: list[Token], i: int, own: date | None, before: Sequence[EventMention]
    ) -> list[EventMention]:
        """Events of a series whose word stands behind the last of them alone: "the fourth and fifth Tarn
        rounds"."""
        if not words[i].key.startswith("#") or not is_ordinal(text[words[i].start : words[i].end]):
            return []
        joined = ordinals_within(text, words, i, words[i].end + _ORDINALS)
        hit = self._by_number(text, words, joined[-1], own, before) if joined else None
        if hit is None or not hit.candidates:
            return []
        tail = text[words[joined[-1]].end : hit.end]
        first = [self._of_series(text, words[j], hit, tail) for j in (i, *joined[:-1])]
        return [*filter(None, first), hit]

    def _one_more(self, text: str, word: Token, before: Sequence[EventMention]) -> EventMention | None:
        """ "The third round was held in March, *the fourth* on 3 May", and next "The fifth"."""
        if not before or not stands_alone(text, word) or word.start - before[-1].end > _GOES_ON:
            return None
        first, _, rest = before[-1].text.partition(" ")
        return self._of_series(text, word, before[-1], f" {rest}" if rest and is_ordinal(first) else "")

    def _of_series(self, text: str, word: Token, like: EventMention, tail: str) -> EventMention | None:
        """The event of this number in the series of another; its text has the words that it shares."""
        series = {r.series for r in like.candidates if r.series}
        number = int(word.key[1:])
        keys = {(stem(k), number) for one in series for k in keys_of(one)}
        rows = {r.key: r for key in keys for r in self._numbered.get(key, ()) if r.series in series}
        if not rows:
            return None
        said = text[word.start : word.end] + tail
        return standing_for(text, word, said, rows.values())

    def at_place(self, text: str, span: Span, document_date: date | None) -> EventMention | None:
        """A place that stands for what happened there ("the run-up to Sochi"), at the start of `span`."""
        words = tokens(text, span.start, span.end)
        place, count = self._place_at(words, 0)
        if place is None or re.match(r"\s(?:[A-Z]|\d)", text[words[count - 1].end : span.end]):
            return None  # no name, or the beginning of a longer one
        rows = [
            r
            for r in self._at[place]
            if r.kind == "event" and any(place == keys_of(n)[: len(place)] for n in r.names)
        ]
        near = clearly_nearest(wholes(rows), document_date)
        return mention_at(text, words[0].start, words[count - 1].end, near, "place") if near else None

    def _at_token(
        self, text: str, words: list[Token], i: int, own: date | None, before: Sequence[EventMention]
    ) -> EventMention | None:
        return (
            self._by_name(text, words, i, own)
            or self._by_number(text, words, i, own, before)
            or self._by_kind(text, words, i, own, before)
        )

    def _by_name(self, text: str, words: list[Token], i: int, own: date | None) -> EventMention | None:
        options = self._phrases.get(words[i].key)
        if not options or counts(text[words[i].start : words[i].end], words[i]):
            return None
        fitting = (
            k for k in options if matches(words, i, k) and not interrupted(text, words[i : i + len(k)])
        )
        best = max(fitting, key=len, default=None)
        if best is None:
            return None
        last = words[i + len(best) - 1]
        if len(best) == 1 and not text[words[i].start].isupper():
            return None
        if (
            last.key == "#1"
            and text[last.start : last.end] == "I"
            and pattern("event_times", "name goes on").match(text[last.end : last.end + 9])
        ):
            return None  # "in Geneva I met": the pronoun
        rows = clearly_nearest(wholes(self._named[best]), own)
        return mention_at(text, words[i].start, last.end, rows, "name")

    def _by_number(
        self, text: str, words: list[Token], i: int, own: date | None, before: Sequence[EventMention]
    ) -> EventMention | None:
        """ "Geneva VIII", "resolution 2401", "the ninth round of the talks in Vienna"."""
        following = words[i + 1] if i + 1 < len(words) else None
        if following is not None and following.key.startswith("#"):
            rows = self._numbered.get((stem(words[i].key), int(following.key[1:])), [])
            if rows and not (words[i].key in heads() and words[i].key.endswith("s") and len(rows) > 1):
                return mention_at(text, words[i].start, following.end, clearly_nearest(rows, own), "number")
        often = following is not None and stem(following.key) == "time"  # "for the first time in talks"
        if often or not (words[i].key.startswith("#") and is_ordinal(text[words[i].start : words[i].end])):
            return None  # "nine rounds" are counted
        number = int(words[i].key[1:])
        for step in (1, 2, 3):
            kind, count = kind_at(words, i + step)
            if kind is None:
                continue
            end = i + step + count
            behind = [w for w in words[end : end + _REACH] if same_clause(text, words[end - 1].end, w.start)]
            near = [*words[max(0, i - 1) : i], *words[i + 1 : end], *behind]  # "Astana's eighth round"
            rows = [r for r in self._of_kind.get(kind, ()) if r.number == number]
            named = [r for r in rows if self._mentioned(r, near)]
            if named:
                end = self._reach(named[0], words, end)
            else:  # "the talks in *Astana*, of which *the eighth round* was held in May"
                stated = [r for r in rows if self._mentioned(r, words[:i])]
                named = stated if len(stated) == 1 else []
            return self._numbered_rows(
                text, words[i].start, words[end - 1].end, named or rows, bool(named), own, before
            )
        return None

    def _numbered_rows(
        self,
        text: str,
        start: int,
        end: int,
        rows: list[ReferenceRow],
        named: bool,
        own: date | None,
        before: Sequence[EventMention],
    ) -> EventMention | None:
        if not rows:
            return None
        if not named:
            series = next((m.candidates[0].series for m in reversed(before) if m.candidates[0].series), None)
            rows = [r for r in rows if r.series == series] or rows
        return mention_at(text, start, end, clearly_nearest(rows, own), "number")

    def _mentioned(self, row: ReferenceRow, near: Sequence[Token]) -> bool:
        keys = {stem(t.key) for t in near}
        series = {stem(k) for k in keys_of(row.series or "")} - stemmed_heads()
        if series and series <= keys:
            return True
        return any(
            set(keys_of(name)) <= {t.key for t in near}
            for place in row.places
            for name in self._place_names.get(place, {place})
            if name
        )

    def _reach(self, row: ReferenceRow, words: list[Token], end: int) -> int:
        """The token behind the series or place word that goes with a numbered kind."""
        wanted = {stem(k) for k in keys_of(row.series or "")}
        wanted |= {stem(k) for p in row.places for n in self._place_names.get(p, {p}) for k in keys_of(n)}
        for j in range(min(len(words), end + _REACH) - 1, end - 1, -1):
            if stem(words[j].key) in wanted and not broken(words, end, j):
                return j + 1
        return end

    def _by_kind(
        self, text: str, words: list[Token], i: int, own: date | None, before: Sequence[EventMention]
    ) -> EventMention | None:
        placed = self._place_then_kind(text, words, i, own)
        if placed is not None:
            return placed
        kind, count = kind_at(words, i)
        if kind is None:
            return None
        phrase = {stem(t.key) for t in words[i : i + count]}
        last = words[i + count - 1]
        for j in range(i + count, min(len(words), i + count + _REACH)):
            if kind_at(words, j)[0] is not None or not same_clause(text, last.end, words[j].start):
                break
            if words[j].key in _PLACED:
                place, length = self._place_at(words, j + 1)
                here = [r for r in self._at.get(place or (), ()) if self._is(r, kind) and fits(r, phrase)]
                if here:
                    end = words[j + length].end
                    return mention_at(
                        text, words[i].start, end, clearly_nearest(wholes(here), own), "kind_place"
                    )
                if place is not None:
                    return None  # at a place where no such event is known
        return self._definite(text, words, i, count, kind, own, before)

    def _place_then_kind(
        self, text: str, words: list[Token], i: int, own: date | None
    ) -> EventMention | None:
        """ "the Vienna talks", "Idlib's offensive"."""
        place, length = self._place_at(words, i)
        if place is None:
            return None
        for skip in (0, 1):
            kind, count = kind_at(words, i + length + skip)
            inner = range(i + length, i + length + skip + 1) if kind is not None else ()
            named = (self._by_name(text, words, n, own) for n in inner)
            if any(m is not None for m in named):
                return None  # "Sochi hosted the Congress of the Syrian National Dialogue"
            if kind is not None:
                rows = [r for r in self._at[place] if self._is(r, kind)]
                end = words[i + length + skip + count - 1].end
                return (
                    mention_at(text, words[i].start, end, clearly_nearest(wholes(rows), own), "kind_place")
                    if rows
                    else None
                )
        return None

    def _definite(
        self,
        text: str,
        words: list[Token],
        i: int,
        count: int,
        kind: str,
        own: date | None,
        before: Sequence[EventMention],
    ) -> EventMention | None:
        start, end = words[i].start, words[i + count - 1].end
        article = pattern("event_times", "pointed at").search(text[max(0, start - 8) : start])
        keys = tuple(stem(t.key) for t in words[i : i + count])
        if article is None or not kinds()[keys][1]:
            return None
        if i + count < len(words) and words[i + count].key == "of" and words[i + count].start - end < 3:
            return None  # "the siege of somewhere else"
        if elsewhere(text, end):
            return None
        for mention in reversed(before):
            if self._is(mention.candidates[0], kind):
                return mention_at(text, start, end, mention.candidates, "definite")
        if own is None:
            return None
        near = self._near_days(kind, own)
        return mention_at(text, start, end, near, "nearest") if len(near) == 1 else None

    def _near_days(self, kind: str, own: date) -> list[ReferenceRow]:
        """The events of a kind within `NEAR_DAYS` of a day, kept for the next time."""
        if (kind, own) not in self._near:
            rows = self._of_kind.get(kind, ())
            close = [r for r in rows if (d := distance(r, own)) is not None and d <= NEAR_DAYS]
            self._near[kind, own] = wholes(close[:50])
        return self._near[kind, own]

    def _place_at(self, words: list[Token], i: int) -> tuple[tuple[str, ...] | None, int]:
        if not 0 <= i < len(words):
            return None, 0
        options = [p for p in self._places_by_first.get(words[i].key, ()) if matches(words, i, p)]
        best = max(options, key=len, default=None)
        return best, len(best or ())


def iterate(
    index: EventIndex, text: str, sentences: Sequence[Span], own: date | None
) -> Iterator[tuple[int, EventMention]]:
    """Every event of a document with the index of its sentence, the history running along."""
    history: list[EventMention] = []
    for i, sentence in enumerate(sentences):
        for mention in index.find(text, sentence, own, history):
            history.append(mention)
            yield i, mention
