"""Propositions: a clause's words in their slots, made once from the parse. Every content word is in one."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache, partial
from itertools import pairwise
from typing import Any

from claimcheck import lexicon
from claimcheck.lexicon import pattern, words_of
from claimcheck.model import (
    Claim,
    ClaimTime,
    Document,
    Mention,
    NumberRole,
    Part,
    PartRole,
    Proposition,
    Span,
)
from claimcheck.names import folded
from claimcheck.numbers.units import lemma as singular_of
from claimcheck.numbers.units import words_of as words_of_numbers

# ----------------------------------------------------------------------------------------------------
# Words that the climb itself must know: determiners, and prepositions that only lend context.

word_set = partial(lexicon.entries, "proposition_words", "id", "words")
"""The words of a row of data/proposition_words.toml."""


DETERMINING = word_set("determining")


# ----------------------------------------------------------------------------------------------------
# One stem for all forms of a word, so that those of texts and tables compare.

_VOWEL = re.compile(r"[aeiouy]")
_ENDINGS = (
    ("ies", "y"), ("sses", "ss"), ("ied", "y"), ("ings", ""), ("ing", ""), ("ed", ""), ("s", ""),
)  # fmt: skip


@lru_cache(maxsize=1 << 14)
def stem(word: str) -> str:
    """A word without its inflection, roughly: "injured", "injuring", "injures" and "injure" are one."""
    word = _stem_pairs("irregular plurals").get(plain := folded(word), plain)
    if len(word) <= 3:
        return word
    if len(word) == 4 and word.endswith(("ied", "ies")):  # died, dies, tied
        return word[:3]
    if word.endswith("eed") and word in _whole_words():
        return word
    for ending, put in _ENDINGS:
        if word.endswith(ending) and _VOWEL.search(word[: -len(ending)]):
            if ending == "s" and word.endswith(("ss", "us", "is")):
                break
            word = word[: -len(ending)] + put
            break
    if word.endswith(("xe", "che", "she", "sse")):
        word = word[:-1]
    if len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word.endswith(("e", "y")) else word


def verb_of(word: str) -> str:
    """The verb of a participle that does not end like others, and any other word as it is.

    Example:
        >>> verb_of("won"), verb_of("seats")
        ('win', 'seats')
    """
    return _stem_pairs("participles").get(word, word)


@lru_cache(maxsize=1 << 14)
def root(word: str) -> str:
    """The stem of a word, of a participle that of its verb: "built" of "build"."""
    return stem(verb_of(word.lower()))


@cache
def _stem_pairs(row: str) -> dict[str, str]:
    """The base of each form of a row of data/stems.toml."""
    return dict(pair.split() for pair in words_of("stems", row))


@cache
def _whole_words() -> frozenset[str]:
    """Words whose ending only looks like that of a past tense."""
    return frozenset(words_of("stems", "whole words"))


# ----------------------------------------------------------------------------------------------------
# What a list item takes from the line above its list: "Executions in 2014" governs "- Iran: 289".

_BULLET = re.compile(r"[ \t]*(?:[-*•·‣▪–—]|\(?\d{1,2}[.)])\s+")
_ENTRY = re.compile(
    r"[ \t]*[A-ZÀ-ÖØ-Þ][^\n:.;!?\d]{1,60}"
    r"(?:(?::|\s[–—-])\s+(?=[^\n]*\d)[^\n]{1,100}|\s[$€£]?\d[\d,.]*[ \t]?(?:%|[a-z]{2,9})?)[ \t\r]*"
)
"""A line that names something and gives its number, without a bullet: "Germany: 3.6%", "Germany 3.6%"."""
_DATED = pattern("list_lines", "dated")
"""A line that gives the number of a day, a month or a year: "12 November: 240", "2021: 3.6 %"."""
_MARKS = re.compile(r"[ \t]*(#{1,6})\s")
_WORD = re.compile(r"[^\W\d_]\w*(?:['’-][^\W\d_]+)*")
_LONGEST = 160
_MOST_LINES = 60
_MOST_LEVELS = 3
_WRAPPED, _MOST_WRAPPED = 40, 12  # characters at least of a line that goes on below, and lines of an item
_SENTENCES = re.compile(r"(?:[a-z]{2}|\d{4}|\))[.!?][\"”’)\]\d]{0,3}\s+[A-Z]")
_COUNTING = frozenset({"number", "ordinal"})
_SAID_IN_FULL = frozenset({"subject", "agent", "object"})
"""Roles of which a clause has some: an item that is one needs no more than the line above its list."""
_JOINING = frozenset({"and", "&", ",", ", and"})
_SMALL = word_set("small words of headings")


def lead_in(document: Document, start: int) -> Span | None:
    """The line that governs the list in which a sentence stands, None where it stands in none."""
    return next(iter(headings(document.text, start)), None)


@lru_cache(maxsize=1 << 10)
def headings(text: str, start: int) -> tuple[Span, ...]:
    """The lines that govern the list in which a sentence stands, the nearest first: "2021" and, above it,
    "Unemployment rate". Headings of lists between belong to those alone; prose ends them."""
    line = _item_of(text, text.rfind("\n", 0, start) + 1)
    if not _is_item(text, line):
        return ()
    out: list[Span] = []
    below_item = True
    end = line - 1
    for _ in range(_MOST_LINES):
        if end <= 0 or len(out) == _MOST_LEVELS:
            break
        begin = _item_of(text, text.rfind("\n", 0, end) + 1)
        written = text[begin:end].strip()
        if written and _is_item(text, begin):
            below_item = True
        elif written:
            short = len(written) <= _LONGEST and written[-1] not in ".!?" and " | " not in written
            if not (short or (written.endswith(":") and not out)):
                break
            if not out or (not below_item and not written.endswith(":") and _is_above(text, begin, out[-1])):
                out.append(Span(begin, end))
                if written.endswith(":"):
                    break
            below_item = False
        end = begin - 1
    return tuple(out)


def _is_above(text: str, begin: int, lower: Span) -> bool:
    """Whether a heading may stand above another: by its marks, "#" above "##", where both have some."""
    one, other = _MARKS.match(text, begin), _MARKS.match(text, lower.start)
    return other is None or (one is not None and len(one[1]) < len(other[1]))


def _is_item(text: str, begin: int) -> bool:
    """Whether a line is an item of a list: by its bullet, or by a name and a number as a line beside it."""
    if _BULLET.match(text, begin) is not None:
        return True
    end = _end(text, begin)
    if not _is_entry(text, begin, end):
        return False
    before = text.rfind("\n", 0, max(0, begin - 1)) + 1
    beside = [(before, begin - 1)] if begin else []
    beside += [(end + 1, _end(text, end + 1))] if end < len(text) else []
    return any(_is_entry(text, *line) for line in beside)


def _item_of(text: str, begin: int) -> int:
    """Where the item begins that goes on in a line, as wrapped ones do; the line's own start if in none."""
    line = begin
    for _ in range(_MOST_WRAPPED):
        before = text.rfind("\n", 0, max(0, line - 1)) + 1
        written = text[before : max(0, line - 1)].strip()
        if _BULLET.match(text, line) or len(written) < _WRAPPED or written[-1] in ".!?:;|":
            break
        line = before
    return line if _BULLET.match(text, line) else begin


def _is_entry(text: str, begin: int, end: int) -> bool:
    return any(line.fullmatch(text, begin, end) is not None for line in (_ENTRY, _DATED))


def _end(text: str, begin: int) -> int:
    found = text.find("\n", begin)
    return len(text) if found < 0 else found


def with_lead_in(document: Document, claim: Claim, mentions: Sequence[Mention]) -> Claim:
    """A claim of a list item with the words, and where it has none the time, of the line above its list."""
    if claim.proposition is None or claim.kind in ("calendar", "count"):
        return claim
    own = claim.proposition.parts
    if claim.kind == "event" and own and all(p.pos == "NUM" for p in own):
        return claim  # "30 November: 500" tells of no happening
    above = headings(document.text, claim.context.start)
    counted = claim.proposition.role in ("subject", "patient", "object")
    if counted or any(p.role in _SAID_IN_FULL for p in own):
        above = above[:1]
    starts = [m.start for m in mentions]
    parts: list[Part] = []
    time = claim.time
    dated = thing = False  # whether a heading gave the time, and words besides names and times
    for span in above:
        here = mentions[bisect_right(starts, span.start - 1) : bisect_right(starts, span.end - 1)]
        times = [m for m in here if m.is_time and m.date_start is not None]
        said = [] if thing else _parts(document.text, span, here)
        if _counts_something(claim):
            said = _with_topics(document.text, said)
        if len(times) == 1 and not dated:
            time = _time(claim.time, times[0])
        parts = [*said, *parts]
        dated = dated or bool(times)
        thing = thing or any(document.text[p.start].islower() for p in said)
        if dated and thing:
            break
    if above and _is_prose(document.text, claim.context.start):
        parts = [replace(p, context=True) for p in parts]
    proposition = replace(claim.proposition, parts=(*parts, *claim.proposition.parts))
    return replace(claim, proposition=proposition, time=time) if above else claim


_LOOKED_AT = 600  # characters of a paragraph within which a second sentence begins, if it has one


def _is_prose(text: str, start: int) -> bool:
    """Whether an item is a paragraph of sentences, which say themselves what they are about."""
    begin = _item_of(text, text.rfind("\n", 0, start) + 1)
    end = text.find("\n\n", begin, begin + _LOOKED_AT)
    written = _BULLET.sub("", text[begin : begin + _LOOKED_AT if end < 0 else end], count=1)
    return _SENTENCES.search(written.split("\n- ")[0]) is not None


def _parts(text: str, span: Span, mentions: Sequence[Mention]) -> list[Part]:
    """The words of a heading, but for its numbers and times."""
    taken = [m.span for m in mentions if m.is_time or (m.kind in _COUNTING and m.reason != "name")]
    return [
        Part(
            start=w.start(), end=w.end(), lemma=verb_of(w.group().lower()),
            role="heading", level=5, unit=9999,
            pos="PROPN" if w.group()[0].isupper() and w.start() > span.start + 2 else "NOUN",
        )
        for w in _WORD.finditer(text, span.start, span.end)
        if not {w.group().lower(), text[w.start() : w.end() + 1].lower()} & _SMALL  # "No. 7"
        if not any(t.start <= w.start() < t.end for t in taken)
    ]  # fmt: skip


def _counts_something(claim: Claim) -> bool:
    """Whether an item says itself what its number counts: "502 *patients*", not "3.6 million tonnes"."""
    own = claim.quantity
    return (
        own is not None
        and claim.proposition is not None
        and any(
            p.role == "head" and p.is_head and p.pos == "NOUN" and p.start >= own.end
            for p in claim.proposition.parts
        )
    )


def _with_topics(text: str, parts: Sequence[Part]) -> list[Part]:
    """The words of a heading, of which those that only list what its items are about narrow none of them:
    under "Tarn: *siege and health*" each item is of one or the other, and not of both."""
    topics: set[int] = set()
    for at, (one, other) in enumerate(pairwise(parts)):
        joined = text[one.end : other.start].strip() in _JOINING
        if joined and not any(p.pos == "PROPN" or names_somebody(p.lemma) for p in (one, other)):
            topics |= {at, at + 1}
    return [replace(p, context=True) if at in topics else p for at, p in enumerate(parts)]


@cache
def _somebody() -> frozenset[str]:
    return frozenset(noun for row in lexicon.load("person_nouns") for noun in row["nouns"])


def names_somebody(word: str) -> bool:
    """Whether a noun is one of a person, in whatever number.

    Example:
        >>> names_somebody("prisoners"), names_somebody("evictions")
        (True, False)
    """
    return singular_of(word) in _somebody()


def _time(own: ClaimTime | None, above: Mention) -> ClaimTime | None:
    """The time of a list item: its own, in the year of the line above where it leaves the year out."""
    if own is None or own.basis in ("document", "discourse") or own.start is None:
        return ClaimTime(
            start=above.start, end=above.end, timex=above.timex, date_start=above.date_start,
            date_end=above.date_end, inferred=above.inferred, anchor=above.anchor, basis="sentence",
        )  # fmt: skip
    year = above.date_start.year if above.date_start is not None else None
    if (
        "year" not in own.inferred
        or "year" in above.inferred
        or year is None
        or own.date_start is None
        or own.date_end is None
    ):
        return own
    moved = year - own.date_start.year
    if not moved:
        return own
    try:
        first = own.date_start.replace(year=own.date_start.year + moved)
        last = own.date_end.replace(year=own.date_end.year + moved)
    except ValueError:
        return own
    timex = own.timex
    if timex is not None:
        timex = timex.replace(str(own.date_start.year), str(year))
    return replace(own, date_start=first, date_end=last, timex=timex)


# ----------------------------------------------------------------------------------------------------
# From the parse to a proposition: one climb from a number or a date to the root of its sentence.
#
# The heads on the way are the spine: the noun phrase, the predicate, what governs it. What hangs on the
# spine becomes units with a role, and each content word of a unit becomes a part. Clauses beside the spine
# are context: they may help to read the number, and never narrow it.

Token = Any  # a word of the parse

_LONGEST_CLIMB = 14
_WITHIN_PHRASE = frozenset({"nummod", "quantmod", "amod", "compound", "nmod", "det", "predet", "advmod"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "X"})
_VERBAL = frozenset({"VERB", "AUX"})
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV", "AUX", "X", "INTJ"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
_SILENT = frozenset({"punct", "det", "aux", "auxpass", "cc", "mark", "case", "neg", "expl", "preconj", "dep"})
_ROLES: dict[str, PartRole] = {
    "nsubj": "subject", "nsubjpass": "subject", "csubj": "subject", "csubjpass": "subject",
    "dobj": "object", "obj": "object", "dative": "object", "agent": "agent", "prep": "oblique",
    "advmod": "adverb", "npadvmod": "adverb", "prt": "particle", "xcomp": "complement", "attr": "attribute",
    "acomp": "attribute", "oprd": "attribute", "amod": "modifier", "compound": "modifier", "nmod": "modifier",
    "poss": "modifier", "nummod": "modifier", "quantmod": "modifier", "appos": "apposition",
    "relcl": "relative", "acl": "relative", "pcomp": "complement",
}  # fmt: skip
_OF_ANOTHER = frozenset({"oblique", "of", "object", "adverb", "clause", "apposition"})
_LEANING = frozenset({"oblique", "of", "adverb", "apposition"})
_SPANS = frozenset({"second", "minute", "hour", "day", "week", "month", "year", "night", "quarter", "head"})
_ADDED = frozenset({"more", "another", "further", "additional", "others"})
_COMPARING = frozenset({"fewer", "less"})  # "176 fewer people" are a difference, "a few people" are some
_BREAKS = frozenset({";", ":"})
_ASIDE = frozenset({"advcl", "conj", "parataxis", "ccomp", "appos", "dep", "intj", "meta"})
_ABOVE_IS_CONTEXT = frozenset({"advcl", "relcl", "acl", "parataxis", "pcomp", "appos"})


@dataclass(frozen=True)
class Times:
    """Which words of a sentence are times: `of` whether a word stands for one that the rules have read,
    `beside` the characters of one that tells more than the claim's own, which stands at `own`. Characters are
    those of the document's `text`."""

    of: Callable[[Token], bool]
    beside: Callable[[Token], Span | None]
    own: Span | None
    text: str


@dataclass
class _Climb:
    """A climb in progress: the parts so far, and how far up it is."""

    span_of: Callable[[Token], Span]
    times: Times
    own: Callable[[Token], bool]
    numbers: tuple[int, ...] = ()  # where the other numbers of the sentence stand
    number: int = -1  # where the proposition's own number stands
    parts: list[Part] = field(default_factory=list)
    unit: int = 0
    seen: set[int] = field(default_factory=set)
    kept: set[int] = field(default_factory=set)  # where the times begin that are parts
    predicates: list[int] = field(default_factory=list)  # where those stand that are no context

    def __post_init__(self) -> None:
        self._in_order = sorted(self.numbers)

    def add(
        self, token: Token, role: PartRole, level: int, prep: str | None, is_head: bool, context: bool
    ) -> None:
        """Keep a token as a part, where it is a content word that is no number and no time."""
        if token.i in self.seen or not _says_something(token) or self.own(token):
            return
        self.seen.add(token.i)
        restricts = token.lower_ in DETERMINING
        if token.lower_ == "only" and token.i + 1 < len(token.doc) and token.nbor(1).like_num:
            role = "adverb"  # "*only* 40 per cent of the boats": of no others it says nothing
        if token.lower_ in _ADDED and self.numbers and min(self.numbers) < self.number:
            context = True  # "12 died, and five more were hurt"
        counts = token.pos_ == "NUM" or token.like_num
        content = (
            token.pos_ in _CONTENT or token.dep_ == "prt" or role == "particle"
        )  # the "out" of "carried out"
        if (time := self.times.beside(token)) is not None:
            self._keep_time(time, role, level, prep, context)
        if self.times.of(token) or not (restricts or counts or content or _is_somebody(token)):
            return
        span = self.span_of(token)
        if self._is_of_another(span.start, role):
            context, level = True, 9
        lemma = token.lower_ if token.lower_ in _COMPARING else (token.lemma_ or token.text).lower()
        if (
            token.dep_ == "npadvmod"
            and lemma in _SPANS
            and any(c.lower_ in ("a", "an") for c in token.children)
        ):
            lemma = f"a {lemma}"  # "71 billion a month" is a rate
        pos = token.pos_
        if pos == "PROPN" and token.text.islower() and any(c.dep_ == "det" for c in token.children):
            pos = "NOUN"  # "in the *congress*"
        self._take(Part(span.start, span.end, lemma, pos, role, level, self.unit, prep, is_head, context))

    def _take(self, part: Part) -> None:
        self.parts.append(part)
        if part.role == "predicate" and not part.context:
            self.predicates.append(part.start)

    def _keep(
        self, token: Token, lemma: str, role: PartRole, level: int, prep: str | None, context: bool
    ) -> None:
        """Keep a word that is no content word and yet changes what is counted: "outside", "per"."""
        span = self.span_of(token)
        if self._is_of_another(span.start, role):
            context, level = True, 9
        self._take(Part(span.start, span.end, lemma, "ADP", role, level, self.unit, prep, False, context))

    def _keep_time(self, time: Span, role: PartRole, level: int, prep: str | None, context: bool) -> None:
        """Keep a time beside that of the claim, once: "in 2023, 12 drowned *overnight*"."""
        if time.start in self.kept or (self.times.own == time and (role != "relative" or level > 0)):
            return
        self.kept.add(time.start)
        if self._is_of_another(time.start, role):
            context, level = True, 9
        said = self.times.text[time.start : time.end].lower()
        self._take(Part(time.start, time.end, said, "TIME", role, level, self.unit, prep, True, context))

    def phrase(self, token: Token, role: PartRole, level: int, prep: str | None, context: bool) -> None:
        """A unit: a token with all that hangs on it; what is "among them" is told besides."""
        self.unit += 1
        self._within(token, role, level, prep, context, True)

    def _is_of_another(self, at: int, role: PartRole) -> bool:
        """Whether a word belongs to another number before it: "9.3 % *in Brazil*, 6.7 % in India"."""
        if not self.numbers or role not in _OF_ANOTHER:
            return False
        place = bisect_left(self._in_order, at)
        before = self._in_order[place - 1] if place else -1
        if before < 0 or before <= self.number < at:
            return False
        if any(before < predicate < at for predicate in self.predicates):
            return False  # "85 people, among them 30 children, had been killed *in Tarn*"
        return before > self.number or role in _LEANING

    def _within(
        self, top: Token, role: PartRole, level: int, prep: str | None, context: bool, is_head: bool
    ) -> None:
        waiting: list[tuple[Token, PartRole, str | None, bool, bool]] = [(top, role, prep, context, is_head)]
        tells_how_many = level == 1 and role == "subject" and top.lemma_ in word_set("counting nouns")
        while waiting:  # no recursion: a sentence may nest as deep as it is long
            token, role, prep, context, is_head = waiting.pop()
            if token.i in self.seen:
                continue
            if token.dep_ == "prep" or (token.pos_ == "ADP" and token.dep_ != "prt"):
                prep = token.lower_
                if prep in word_set("excluding prepositions") and not self.own(token):
                    self._keep(token, prep, role, level, prep, context)
                elif prep == "out" and any(c.dep_ == "prep" for c in token.children):
                    self._keep(token, prep, "particle", level, None, context)  # "taken out of the town"
                elif prep == "of" and token.head.lower_ == "out":
                    prep = "from"
                self.seen.add(token.i)
            else:
                self.add(token, role, level, prep, is_head, context)
                is_head = False
            for child in token.children:
                if child.dep_ in {"punct", "det", "cc", "mark", "aux", "auxpass", "case"} and (
                    child.lower_ not in DETERMINING
                ):
                    continue
                by_somebody = child.tag_ == "VBN" and any(c.dep_ == "agent" for c in child.children)
                behind_comma = child.dep_ in {"relcl", "acl", "appos", "advcl"} and _has_comma(child)
                behind_comma = behind_comma and not (by_somebody and child.dep_ == "acl")
                aside = context or behind_comma or child.dep_ in ("parataxis", "advcl", "ccomp")
                tells_which = tells_how_many and child.dep_ == "relcl"
                aside = aside or (child.dep_ in ("pcomp", "relcl") and _is_clause(child) and not tells_which)
                inner: PartRole = "relative" if child.dep_ in ("relcl", "acl") else role
                if child.dep_ == "appos":
                    inner = "apposition"
                waiting.append((child, inner, prep, aside, is_head and child.dep_ in ("pobj", "conj")))


def read_proposition(
    anchor: Token,
    number: Token | None,
    span_of: Callable[[Token], Span],
    times: Times,
    own: Callable[[Token], bool],
    numbers: tuple[int, ...] = (),
    at: int = -1,
) -> Proposition:
    """The proposition around a number (or around the token of a date, `number` None).

    `anchor` is the noun that the number counts, else the number itself; `span_of` gives a token's characters
    in the document; `times` which tokens stand for times, `own` whether one is of the number's own words ("at
    least", "no more than"). The other numbers of the sentence stand at `numbers`, this one at `at`.
    """
    climb = _Climb(span_of, times, own, numbers, at)
    here = _top_of_phrase(number if number is not None else anchor)
    share, level = "all", 0
    if number is not None:
        share = _head(climb, here, anchor, number)
    else:
        _units(climb, anchor, set(), 0, False)
    role: NumberRole = "bare"
    through = str(here.head.lower_) if number is not None and here.dep_ == "pobj" else None
    context, prep, found, shared, takes_gerund, passive = False, None, False, False, False, False
    path = {here.i}
    for _ in range(_LONGEST_CLIMB):
        if here.dep_ == "ROOT" or here.head.i == here.i:
            break
        below, here = here, here.head
        path.add(here.i)
        if below.dep_ in ("appos", "conj") and _is_number(below) and _is_number(here):
            climb.seen |= {c.i for c in here.subtree if c.i < below.i} | {here.i}
            continue  # "9.3 % in Brazil, 6.7 % in India": both are what inflation reached
        context = context or below.dep_ in _ABOVE_IS_CONTEXT or _is_broken_off(below, here)
        told_of = below.dep_ in ("relcl", "acl", "appos") and not _is_broken_off(below, here)
        kept_from = takes_gerund and below.lower_ in word_set("prepositions of what may not be")
        takes_gerund = below.dep_ == "pcomp" and not _is_clause(below)
        if here.pos_ == "ADP" or here.dep_ in ("prep", "agent"):
            prep = here.lower_
            _past_preposition(climb, here, level, context)
            if prep == "of" and level == 0:
                shared = shared or _is_share(here.head)  # the half are told of
                context = context or shared
            continue
        if below.dep_ == "conj":
            if here.pos_ in _VERBAL and below.pos_ in _VERBAL:
                context = not _shares_all(below, here)
            elif here.pos_ not in _VERBAL:  # "20 civilians and 5 soldiers": those are counted apart
                _units(climb, here, path, level, True)
                climb.seen.add(here.i)
                continue
        level += 1
        if not _says_something(here):
            _units(climb, here, path, level, context)
            continue
        verbal = here.pos_ in _VERBAL or (here.tag_ or "").startswith("VB")
        joined = below.dep_ == "conj" and not context
        name: PartRole = ("governor" if found and not joined else "predicate") if verbal else "noun"
        _keep_other(climb, here, level)
        climb.unit += 1
        beside = shared or (context and found and not told_of and not (kept_from and verbal))
        climb.add(here, name, level, prep if name == "noun" else None, True, beside)
        if verbal and not found:
            found, passive = True, _is_passive(here)
            role = _role(below, prep, passive)
        _units(climb, here, path, level, context)
        if not any(c.dep_ in _SUBJECTS or c.dep_ == "expl" for c in here.children) and verbal:
            _shared_subject(climb, here, level, path)
        prep = None
    if level == 0:
        _units(climb, here, path, 0, False)
    _rest(climb, here, anchor, number)
    return Proposition(tuple(sorted(climb.parts, key=lambda p: p.start)), role, passive, share, through)  # type: ignore[arg-type]


def _past_preposition(climb: _Climb, here: Token, level: int, context: bool) -> None:
    """Climb past a preposition, which is kept where it excludes: "outside Tarn"."""
    prep = here.lower_
    if (_is_rather(here) or prep in word_set("excluding prepositions")) and not climb.own(here):
        climb.unit += 1
        climb._keep(here, prep, "oblique", level, prep, context)
    climb.seen.add(here.i)


def _head(climb: _Climb, top: Token, anchor: Token, number: Token) -> str:
    """The phrase of a number: what it counts with its modifiers. Returns its share."""
    share = "all"
    counted = anchor if anchor.i != number.i and anchor.pos_ != "PRON" else None
    if counted is not None and counted.dep_ == "compound" and counted.head.i == top.i:
        counted = top  # "12 *mumps* infections"
    if counted is not None and counted.i != top.i and top.pos_ in _NOMINAL:
        # "dozens of civilians", "12 of the dead"
        if _is_definite(counted) and counted.lemma_ not in word_set("counting nouns"):
            share = "part"
        climb.unit += 1
        climb.add(counted, "head", 0, None, True, False)
        climb.seen.add(top.i)
        _units(climb, counted, {top.i, number.i}, 0, False)
        for child in top.children:
            if child.dep_ == "prep" and any(t.i == counted.i for t in child.subtree):
                climb.seen.add(child.i)
    elif counted is not None:
        climb.unit += 1
        climb.add(counted, "head", 0, None, True, False)
    elif top.i != number.i or (number.pos_ in ("NOUN", "PROPN") and not number.like_num):
        climb.unit += 1
        climb.add(top, "head", 0, None, True, False)
    if share == "all" and any(
        c.dep_ == "prep"
        and c.lower_ == "of"
        and any(p.lower_ in word_set("partitive pronouns") for p in c.children)
        for c in (*number.children, *top.children)
    ):
        share = "them"
    _units(climb, top, {number.i}, 0, False)
    if top.i != number.i:
        _units(climb, number, set(), 0, False)
    return share


def _keep_other(climb: _Climb, here: Token, level: int) -> None:
    """Keep the "than" before a head that is told of another: "sarin rather than chlorine that was used"."""
    than = here.left_edge
    if than.i > 1 and not _is_rather(than):
        than = than.nbor(-1)
    if _is_rather(than):
        climb._keep(than, "than", "oblique", level, "than", False)


def _is_rather(token: Token) -> bool:
    """Whether what follows is set aside: "sarin rather *than* chlorine"."""
    return token.lower_ == "than" and token.i > 0 and token.nbor(-1).lower_ in ("rather", "other")


def _is_share(token: Token) -> bool:
    """Whether what stands before "of" is some of what stands behind: a number, a fraction, per cent."""
    return token.like_num or token.pos_ == "NUM" or token.lower_ in word_set("shares")


def _units(climb: _Climb, head: Token, path: set[int], level: int, context: bool) -> None:
    """The phrases that hang on a head of the spine, each with its role."""
    for child in head.children:
        if child.i in path or child.i in climb.seen:
            continue
        if child.dep_ in _SILENT and child.lower_ not in DETERMINING:
            continue
        if child.dep_ == "quantmod":
            if (
                child.lower_ == "over"
                and child.i
                and child.nbor(-1).lower_ in words_of_numbers("words with over")
            ):
                climb.add(child, "particle", 1, None, False, context)  # "*handed over* 16 camps"
            climb.seen.add(child.i)
            continue
        role = _ROLES.get(child.dep_, "clause")
        together = child.dep_ == "conj" and _is_together(child, head)
        aside = context or (child.dep_ in _ASIDE and not together) or _is_broken_off(child, head)
        if together:
            role = "predicate" if child.pos_ in _VERBAL else "head" if level == 0 else "noun"
        if role == "adverb" and child.i > head.i and _has_comma(child):
            aside = True  # "…, more than from any other country"
        by_somebody = any(c.dep_ == "agent" for c in child.children)
        if child.dep_ in ("relcl", "acl"):
            aside = aside or (_has_comma(child) and not (by_somebody and child.tag_ == "VBN"))
        if child.dep_ == "advcl" and by_somebody and child.tag_ == "VBN" and not context:
            aside, role = False, "relative"  # "convened by Russia, the round opened": whose it was
        prep: str | None = None
        while_ = child.tag_ == "VBG" and any(c.dep_ == "mark" and c.lower_ == "while" for c in child.children)
        if role == "clause" and while_ and not context:
            role, aside = "complement", _has_comma(child)  # "12 were hurt *while watching football*"
        if role == "oblique":
            prep = child.lower_
            aside = aside or prep in word_set("prepositions of context")
            if level == 0 or head.pos_ in _NOMINAL:
                role = "of" if prep == "of" else "oblique"
        climb.phrase(child, role, level, prep, aside)


def _shared_subject(climb: _Climb, verb: Token, level: int, path: set[int]) -> None:
    """The subject of a verb that has none of its own: that of the verb it is joined to or leans on."""
    above = verb
    for _ in range(_LONGEST_CLIMB):
        if above.dep_ not in ("conj", "xcomp", "advcl", "pcomp", "ccomp") or above.head.i == above.i:
            return
        above = above.head
        found = next((c for c in above.children if c.dep_ in _SUBJECTS and c.i not in path), None)
        if found is not None:
            climb.phrase(found, "subject", level, None, False)
            return


def _rest(climb: _Climb, root: Token, anchor: Token, number: Token | None) -> None:
    """All other content words of the sentence, as context: nothing is lost."""
    climb.unit += 1
    for token in root.doc:
        if token.i not in climb.seen and token.pos_ in _CONTENT and token.pos_ != "AUX":
            climb.add(token, "clause", 9, None, False, True)
    _break_off(climb, anchor if number is None else number)


def _top_of_phrase(token: Token) -> Token:
    here = token
    while (
        here.dep_ in _WITHIN_PHRASE and here.head.i != here.i and here.head.pos_ in _NOMINAL | {"ADJ", "ADV"}
    ):
        here = here.head
    return here


def _is_definite(noun: Token) -> bool:
    return any(
        (c.dep_ == "det" and c.lower_ in ("the", "these", "those", "this")) or c.dep_ == "poss"
        for c in noun.children
    )


def _is_together(second: Token, first: Token) -> bool:
    """Whether two joined words say one thing of the same number: "killed *or wounded*"."""
    if any(t.like_num or t.pos_ == "NUM" for t in second.subtree):
        return False
    if second.pos_ in _VERBAL:
        own = _SUBJECTS | {"dobj", "obj", "aux", "auxpass", "ccomp", "xcomp", "prt"}
        behind = [c for c in second.children if c.dep_ in own]
        return (
            first.pos_ in _VERBAL
            and second.i - first.i <= 3
            and _are_forms_alike(second, first)
            and not behind
        )
    return second.pos_ == first.pos_ and not any(c.dep_ in ("det", "poss") for c in second.children)


_MISREAD = frozenset("ÃÂÌâïÐÑ€™œ¢»¿¬¦©")
"""What UTF-8 that is read as Latin-1 leaves of a dash or a quotation mark, and no word consists of."""


def _says_something(token: Token) -> bool:
    """Whether a token is a word or a number, and no bullet, nor what a wrong encoding made of one."""
    text = token.text
    plain = text.isalnum() and text.isascii()  # as most are
    return plain or (any(c.isalnum() for c in text) and not set(text) <= _MISREAD)


def _shares_all(second: Token, first: Token) -> bool:
    """Whether a verb shares all that the next one has: "*damaged* or destroyed 12 homes"."""
    own = [
        c
        for c in first.children
        if c.dep_ in ("dobj", "obj", "prep", "attr", "acomp", "xcomp", "ccomp", "agent")
    ]
    return (
        second.i - first.i <= 3
        and not own
        and _are_forms_alike(second, first)
        and not any(c.dep_ in _SUBJECTS or c.dep_ in ("aux", "auxpass") for c in second.children)
    )


def _are_forms_alike(second: Token, first: Token) -> bool:
    """Whether two verbs have one form, or the two that look alike and that the tagger mixes up: "*killed* or
    *injured* 12"."""
    return second.tag_ == first.tag_ or {second.tag_, first.tag_} == {"VBD", "VBN"}


def _is_somebody(token: Token) -> bool:
    """Whether a pronoun stands for those who did something: "*they* killed 142"."""
    is_doer = token.lower_ in word_set("pronouns of doers")
    return bool(is_doer and token.pos_ == "PRON" and token.dep_ == "nsubj")


def _is_number(token: Token) -> bool:
    """Whether a phrase is a number with its unit and nothing that it counts."""
    if token.pos_ == "NUM" or token.like_num:
        return True
    return token.lower_ in ("percent", "%", "cent") or any(
        c.dep_ == "nummod" and token.lower_ in word_set("units that count nothing") for c in token.children
    )


def _is_clause(token: Token) -> bool:
    return token.pos_ in _VERBAL and any(c.dep_ in _SUBJECTS for c in token.children)


def _is_broken_off(below: Token, here: Token) -> bool:
    """Whether a semicolon or colon stands between a clause and what the parse hangs it on."""
    if below.dep_ in (
        "nsubj",
        "nsubjpass",
        "dobj",
        "pobj",
        "prep",
        "punct",
        "advmod",
        "nummod",
        "amod",
        "compound",
    ):
        return False
    low, high = sorted((below.i, here.i))
    breaks = [t.text for t in below.doc[low:high] if t.text in _BREAKS]
    heads_line = breaks == [":"] and below.i < here.i and below.left_edge is below.sent[0]
    return bool(breaks) and not heads_line  # "Tarn, 3 January: rebels killed two"


def _break_off(climb: _Climb, own: Token) -> None:
    """Set apart what a sentence tells behind a semicolon, once it has told of a number: "29 left; *their
    relatives stayed in Oren*"."""
    semicolon = next((t for t in own.sent if t.i > own.i and t.text == ";"), None)
    if semicolon is None:
        return
    end = climb.span_of(semicolon).start
    if not any(p.role == "predicate" and not p.context and p.start < end for p in climb.parts):
        return
    climb.parts = [replace(p, context=True, level=9) if p.start > end else p for p in climb.parts]


def _is_passive(verb: Token) -> bool:
    told = {c.dep_ for c in verb.children}
    if told & {"nsubjpass", "auxpass"}:
        return True
    objects = [c for c in verb.children if c.dep_ == "dobj"]
    if told >= {"nsubj", "dobj"} and not all(_has_comma(c) for c in objects):
        return False  # "the army killed eight people", its verb taken for a participle
    if verb.tag_ == "VBN" and verb.dep_ in ("acl", "advcl", "amod", "ROOT", "conj"):
        return not any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)
    return False


def _role(below: Token, prep: str | None, passive: bool) -> NumberRole:
    """What the phrase below is to its verb."""
    if below.pos_ == "ADP" or below.dep_ in ("prep", "agent"):
        return "oblique" if below.dep_ != "agent" else "subject"
    if below.dep_ == "nsubjpass" or (below.dep_ == "nsubj" and passive):
        return "patient"
    if below.dep_ == "nsubj":
        return "subject"
    if below.dep_ in ("dobj", "obj", "dative"):
        return "object"
    if below.dep_ in ("attr", "acomp", "oprd", "ccomp", "xcomp"):
        return "attribute"
    return "oblique" if prep else "bare"


def _has_comma(token: Token) -> bool:
    """Whether a comma, dash or bracket stands right before what a token heads."""
    left = min((t.i for t in token.subtree), default=token.i)
    return left > 0 and token.doc[left - 1].text in (",", "(", "–", "—", "-", ";", ":")
