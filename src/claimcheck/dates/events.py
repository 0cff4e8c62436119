"""Which happening a text speaks of: by name, by series and number, by kind with its place, or as "the talks".

A token index over the rows of events and incidents: the text is walked once, token by token, and only
tokens that begin a name, a series or a kind are looked at. Ambiguity is an answer: a mention carries every
row that fits, and `how` says by which rule.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from claimcheck.dates.event_lists import numbers_behind, ordinals_within, stands_alone
from claimcheck.dates.event_mentions import EventMention, mention_at, standing_for
from claimcheck.dates.event_words import (
    NEAR_DAYS,
    Token,
    broken,
    clearly_nearest,
    counts,
    distance,
    elsewhere,
    fits,
    heads,
    interrupted,
    is_ordinal,
    keys_of,
    kind_at,
    kinds,
    kinds_in_label,
    matches,
    opens_a_kind,
    same_clause,
    stem,
    stemmed_heads,
    tokens,
    wholes,
    with_year,
)
from claimcheck.lexicon import pattern
from claimcheck.model import Document, ReferenceRow, Span

_POINTED_AT = pattern("event_times", "pointed at")
_NAME_GOES_ON = pattern("event_times", "name goes on")
__all__ = ["EventIndex", "EventMention", "iterate"]

_REACH = 9  # tokens within which a kind's place is looked for ("talks were underway in Vienna")
_GOES_ON = 250  # characters behind a happening in which an ordinal alone is of its series
_ORDINALS = 40  # characters in which ordinals stand that share a word behind the last
_SMALL = frozenset(["the", "a", "of", "in", "on", "at", "to", "by", "for", "from", "and", "with"])
_REMEMBERED = 4096  # stretches of text whose happenings are kept: several ask for them one after the other
_PLACED = frozenset(["in", "at", "on", "of", "from", "near", "outside", "around", "against"])


class EventIndex:
    """The happenings of the loaded packages, to be found in texts.

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
        """The happenings named inside `span`, in order, without overlap.

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

    def told_in(
        self, document: Document, span: Span, history: Sequence[EventMention] = ()
    ) -> list[EventMention]:
        """The happenings that a stretch of a document names, read on the document's own date."""
        return self.find(document.text, span, document.date, history)

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
        """A happening of a series with those that share its word: "resolutions 2139, 2165 and 2191"."""
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
        """Happenings of a series whose word stands behind the last of them alone: "the fourth and fifth Tarn
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
        """The happening of this number in the series of another; its text has the words that it shares."""
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
            and _NAME_GOES_ON.match(text[last.end : last.end + 9])
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
                told = [r for r in rows if self._mentioned(r, words[:i])]
                named = told if len(told) == 1 else []
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
        article = _POINTED_AT.search(text[max(0, start - 8) : start])
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
    """Every happening of a document with the index of its sentence, the history running along."""
    history: list[EventMention] = []
    for i, sentence in enumerate(sentences):
        for mention in index.find(text, sentence, own, history):
            history.append(mention)
            yield i, mention
