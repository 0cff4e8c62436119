"""How a text words it: what stands before, behind and between. Each question is asked here, once.

`matching` and `judging` decide upon the answers ("the article before it", "is it in a quotation?") and see
no characters of a document themselves.
"""

from __future__ import annotations

import calendar
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import pairwise
from typing import Literal

from claimcheck import lexicon
from claimcheck.documents.datelines import reported_from
from claimcheck.documents.sentences import split
from claimcheck.lexicon import pattern
from claimcheck.model import Claim, Document, ListItem, Mention, Span
from claimcheck.names import WORD, Named, NameIndex, folded
from claimcheck.propositions import stem

# ----------------------------------------------------------------------------------------------------
# The word lists of `data/matching_words.toml`.


@cache
def word_set(row_id: str) -> frozenset[str]:
    """The words of a row of data/matching_words.toml, as they are written: "against" of "compared with"."""
    return next(frozenset(row["words"]) for row in lexicon.load("matching_words") if row.id == row_id)


@cache
def stem_set(row_id: str) -> frozenset[str]:
    """The stems of the words of a row of data/matching_words.toml."""
    return frozenset(map(stem, word_set(row_id)))


# ----------------------------------------------------------------------------------------------------
# What stands before, behind and between characters of a document, in words and marks.

_ARTICLE = 8  # characters before a phrase in which its article stands
_ENDS_A_CLAUSE = frozenset(";:.(")


def words_between(document: Document, start: int, end: int) -> list[str]:
    """The words between two characters in small letters, as blanks part them: ["of", "them", "in"]."""
    return document.text[max(0, start) : end].lower().split()


def article_before(document: Document, start: int) -> str:
    """The article of a phrase that begins at a character, or what short word stands there: "the"."""
    return "".join(words_between(document, start - _ARTICLE, start)[-1:])


def is_hyphenated(document: Document, start: int, end: int) -> bool:
    """Whether a word is one of a compound: "*rebel*-held"."""
    return "-" in document.text[start - 1 : end + 1]


def is_parted_by_comma(document: Document, start: int, end: int) -> bool:
    """Whether a comma stands between two characters, and not within a number of thousands."""
    return "," in document.text[start:end].replace(",000", "")


def is_joined_by_and(document: Document, start: int, end: int, most: int) -> bool:
    """Whether one "and" joins what stands on both sides, with so many words behind it at most, and no mark
    ends the clause: "two died *and 40 were hurt*"."""
    between = document.text[start:end]
    _, _, behind = between.partition(" and ")
    joined = f"{between} ".count(" and ") == 1 and len(behind.split()) <= most
    return joined and _ENDS_A_CLAUSE.isdisjoint(between)


# ----------------------------------------------------------------------------------------------------
# Whose people or things a word names: "French inflation" was in France.


@cache
def peoples() -> dict[str, tuple[str, ...]]:
    """The names of the places of each word for a people, by its stem."""
    rows = (entry.partition(": ") for row in lexicon.load("peoples") for entry in row["words"])
    return {stem(word): tuple(name.strip() for name in names.split(",")) for word, _, names in rows}


@lru_cache(maxsize=1 << 12)
def states_of(word: str) -> frozenset[str]:
    """The folded names of the places of a people's word: "Syrian" is of Syria."""
    return frozenset(map(folded, peoples().get(stem(word), ())))


# ----------------------------------------------------------------------------------------------------
# The places and bodies that a document names, each with the bearing that is part of its name.

_LEADS = ("in the", "across the", "throughout the")
_OF_IT = " of the country"
_SAME_STORY = 1500  # characters before a claim in which its country is told
_BEARING = 40  # characters in front of a name in which its bearing stands


_IN_WHICH = pattern("directions", "in which it lies")
_LEAD = 24  # characters before a name in which its preposition stands


class PlaceNames:
    """Finds the names of gazetteers and tables in documents; each stretch is looked through once."""

    def __init__(self, index: NameIndex) -> None:
        self._index = index
        self._named: dict[tuple[int, Span], list[Named]] = {}
        self._told: dict[int, tuple[Span, list[Named]]] = {}  # up to the last sentence of each document

    def forget(self) -> None:
        """Drop what was found in the documents of the last batch."""
        self._named.clear()
        self._told.clear()

    def before(self, document: Document, sentence: Span) -> list[Named]:
        """What the same story names before a sentence; each stretch is looked through once."""
        start = max(0, sentence.start - _SAME_STORY)
        last, told = self._told.get(id(document), (Span(start, start), []))
        if last.end > sentence.start:
            return self.names(document, Span(start, sentence.start))
        between = Span(max(start, last.end), sentence.start)
        told = [*told, *self.names(document, last), *self.names(document, between)]
        told = [n for n in told if n.start >= start]
        self._told[id(document)] = sentence, told
        return told

    def reported_from(self, document: Document, sentence: Span) -> list[Named]:
        """The places from which a sentence is reported: "*OREN, Arvia* – At least 26 workers died"."""
        line = reported_from(document.text, sentence)
        return [] if line is None else self.names(document, line)

    def names(self, document: Document, span: Span) -> list[Named]:
        """The places and organisations that a stretch names, and whose people an adjective says."""
        if not span.of(document.text).strip():
            return []
        key = (id(document), span)
        if key not in self._named:
            found = self._index.named_in(document, span.start, span.end)
            within = [n for n in found if not (n.entity == "place" and lies_beside(document, n.start))]
            within = [self._with_bearing(document.text, n, span.start) for n in within]
            bearings = self._bearings(document.text, span, within)
            told = sorted([*within, *bearings], key=lambda n: n.start)
            self._named[key] = [
                *told[:1],
                *(self._as_whole(document.text, one, two) for one, two in pairwise(told)),
            ]
        return self._named[key]

    def _as_whole(self, text: str, inner: Named, named: Named) -> Named:
        """A place of which a text says that another lies in it, with the keys of that one: "at the Old Mill
        school *in Tarn*". Of a part that is told by its bearing so is the whole ("Old Mill, *central
        Arvia*"): no gazetteer need say in which part of it each village is."""
        if {inner.entity, named.entity} != {"place"}:
            return named
        if _IN_WHICH.fullmatch(text, inner.end, named.start) is None:
            return named
        first, _, rest = named.text.partition(" ")
        if first.lower() in word_set("parts by bearing"):
            named = replace(named, keys=named.keys | self._index.lookup(rest.removeprefix("of ")))
        before = text[max(0, inner.start - _LEAD) : inner.start].lower().split()
        while before and before[-1] in ("the", "al-"):
            before.pop()
        is_there = bool(before) and before[-1] in word_set("where") and before[-1] != "from"
        return replace(named, keys=named.keys | inner.keys) if is_there else named

    def _bearings(self, text: str, span: Span, found: Sequence[Named]) -> Iterable[Named]:
        """The parts of a country told before of which a stretch only gives the bearing: "in *the
        north-west*", where a gazetteer knows "north-west Arvia"."""
        written = span.of(text).lower()
        for phrase, bearing in _only_bearings() if any(lead in written for lead in _LEADS) else ():
            at = written.find(phrase)
            if at < 0:
                continue
            start, end = span.start + at + len(phrase) - len(bearing), span.start + at + len(phrase)
            behind = text[end : end + len(_OF_IT)]
            end += len(_OF_IT) if behind == _OF_IT else 0
            goes_on = behind[:1].isalnum() or behind[:1] == "-" or (behind[:4] == " of " and behind != _OF_IT)
            if goes_on or any(n.start <= start < n.end for n in found):
                continue
            first = max(0, start - _SAME_STORY)
            told = [n.text for n in reversed(self._index.find(text, first, start)) if n.entity == "place"]
            names = (*told, *_countries_of_peoples(text[first:start]))
            keys = next((k for name in names if (k := self._index.lookup(f"{bearing} {name}"))), None)
            if keys:
                yield Named(start, end, text[start:end], keys, "place")

    def _with_bearing(self, text: str, named: Named, start: int) -> Named:
        """A place, or the part of it that a bearing before it says, where a gazetteer knows that one by its
        name: "the *north-west of Tarn*" is north-west Tarn."""
        if named.entity != "place":
            return named
        before = text[max(start, named.start - _BEARING) : named.start].lower()
        *_, last, of = ["", "", *before.split()]
        if of != "of" or last not in word_set("bearings"):
            return named
        keys = self._index.lookup(f"{last} {text[named.start : named.end]}")
        begin = named.start - len(before) + before.rindex(last)
        return replace(named, start=begin, text=text[begin : named.end], keys=keys) if keys else named


def lies_beside(document: Document, start: int) -> bool:
    """Whether a name that begins at a character only tells where another place lies: "a town 40 km east of
    *Tarn*"; "in the east of Tarn" is in it."""
    *rest, last, of = ["", "", *document.text[max(0, start - _BEARING) : start].lower().split()]
    if of not in word_set("from a place"):
        return False
    is_inside = rest[-1:] in (["the"], ["in"])
    is_area = rest[-1:] in (["square"], ["cubic"])  # "12 square kilometres of Tarn" are in it
    return (last in word_set("distances") and not is_area) or (last in word_set("bearings") and not is_inside)


@cache
def _only_bearings() -> tuple[tuple[str, str], ...]:
    """The phrases that say in which part of a country something was, each with its bearing."""
    return tuple((f"{lead} {bearing}", bearing) for lead in _LEADS for bearing in word_set("bearings"))


def _countries_of_peoples(text: str) -> Iterable[str]:
    """The countries whose people a stretch tells of, the last first: "*Arvian* doctors" are of Arvia."""
    words = (w.strip("\"'“”‘’(),.;:-").lower() for w in reversed(text.split()))
    return dict.fromkeys(name for w in words for name in peoples().get(stem(w), ()))


# ----------------------------------------------------------------------------------------------------
# How a name, a number and a date are joined to what stands beside them.

Joint = Literal["comma", "bracket", "of", "bare"]

_LONGEST = 13  # characters
_RIGHT_BEHIND = 8


def joint(claim: Claim, start: int, end: int) -> Joint | None:
    """By what a date that begins at `end` is joined to what ends at `start`: "the Tarn congress *of* 3 May",
    "resolution 12 *(*3 May)", "the sixth round*, on* 3 May". None where other words stand between."""
    between = claim.text[max(0, start - claim.start) : max(0, end - claim.start)].strip()
    words = between.strip("(,. ").split()
    if len(between) > _LONGEST or not word_set("before its date") >= set(words):
        return None
    if between.startswith(","):
        return "comma"
    if between.startswith("("):
        return "bracket"
    return "of" if words[:1] == ["of"] else "bare"


def is_right_behind(document: Document, end: int, start: int) -> bool:
    """Whether nothing but whose it is of stands between a number and a name: "718 in *Tarn*", "124 of them in
    *Oren*"."""
    if not 0 < start - end <= 2 * _RIGHT_BEHIND:
        return False
    between = set(words_between(document, end, start))
    return start - end <= _RIGHT_BEHIND or between <= word_set("of them there")


# ----------------------------------------------------------------------------------------------------
# The sentences and paragraphs of a document around what is read in it.

_A_SENTENCE = 300  # characters around a date that are of its sentence at most


def paragraphs(document: Document) -> list[int]:
    """Where the paragraphs of a document begin; the first begins with it."""
    out, at = [0], 0
    while (at := document.text.find("\n\n", at)) >= 0:
        at += 2
        out.append(at)
    return out


def sentence_before(document: Document, start: int, end: int) -> list[str]:
    """The words of the last sentence between two characters."""
    near = document.text[start:end].rstrip().rpartition("\n\n")[2]
    sentences = split(near)
    return WORD.findall(sentences[-1].of(near)) if sentences else []


def sentence_around(document: Document, at: int) -> list[str]:
    """The words of the sentence in which a character stands."""
    text, low = document.text, max(0, at - _A_SENTENCE)
    start = max(low, *(text.rfind(stop, low, at) for stop in (". ", "\n")))
    end = text.find(".", at, at + _A_SENTENCE)
    return WORD.findall(text[start : end if end > 0 else at])


def named_before(document: Document, sentence: Span) -> tuple[str, ...]:
    """The words of the name with which the sentence before opens, where a sentence has a pronoun: "*The Tarn
    dam* had held for decades. On 15 March *it* collapsed"; none in another paragraph."""
    text = document.text
    if not _PRONOUN.match(text, sentence.start, sentence.end):
        return ()
    told = text[max(0, sentence.start - _LONGEST_BEFORE) : sentence.start]
    before = told.rstrip()
    if "\n\n" in told[len(before) :] or not before.endswith("."):
        return ()
    begin = max((before.rfind(stop, 0, len(before) - 1) for stop in (". ", ".\n", "\n\n")), default=-1)
    opened = _NAME_OPENING.match(before, begin + 1)
    return tuple(opened["name"].split()) if opened else ()


_PRONOUN = pattern("judged_times", "a pronoun")
_NAME_OPENING = pattern("judged_times", "a name that opens")
_LONGEST_BEFORE = 400  # characters


def opens_with(document: Document, sentence: Span, word: str) -> bool:
    """Whether a sentence opens with a word, written like this: "It"."""
    return sentence.of(document.text).split()[:1] == [word]


# ----------------------------------------------------------------------------------------------------
# What the words of a claim's own clause say, beside those that have a slot.

Edge = Literal["begins", "ends"]

_EDGES: tuple[Edge, ...] = ("begins", "ends")
_ONE_OF_A_KIND = pattern("judged_times", "one of a kind")
_THOSE_MEANT = pattern("judged_times", "those meant")
_BETWEEN = 3  # words between an article and its noun
_MARKS = '.,;:!?()[]"”“'


def words_of(claim: Claim) -> frozenset[str]:
    """The words of a claim in small letters, as blanks part them."""
    return frozenset(claim.text.lower().split())


def edge_told(claim: Claim) -> Edge | None:
    """Which end of a happening a phrase of the clause tells of: "lifted off", "was over by May"."""
    return _edge_told(claim.text.lower())


@lru_cache(maxsize=1 << 12)
def _edge_told(text: str) -> Edge | None:
    return next((e for e in _EDGES if any(_says(text, phrase) for phrase in _phrases_of(e))), None)


@cache
def _phrases_of(edge: Edge) -> tuple[str, ...]:
    """The phrases of `data/judging.toml` that speak of the first (last) day of a happening."""
    return tuple(phrase.lower() for phrase in lexicon.words_of("judging", f"{edge}_by_phrase"))


def _says(text: str, phrase: str) -> bool:
    """Whether a text holds a phrase in whole words, and no number behind it: "was over by May", and not "was
    over 40"."""
    at = text.find(phrase)
    while at >= 0:
        before, behind = text[at - 1 : at] if at else "", text[at + len(phrase) :]
        number = behind[:1].isspace() and behind.lstrip()[:1].isdecimal()
        if not (_is_of_a_word(before) or _is_of_a_word(behind[:1]) or number):
            return True
        at = text.find(phrase, at + 1)
    return False


def _is_of_a_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _words(text: str) -> list[str]:
    return "".join(c if _is_of_a_word(c) else " " for c in text).split()


def brings_up_one(claim: Claim, kinds: Collection[str]) -> bool:
    """Whether a clause brings up something of one of the kinds as one, or some, of several: "*a round* of
    talks was held", "*strikes* hit the town"; not "the round". `kinds`: nouns in small letters."""
    told = [found[1].lower() for found in _ONE_OF_A_KIND.finditer(claim.text)]
    if any(kind.rstrip("s") in words for words in told for kind in kinds):
        return True
    return any(_is_without_article(kind, claim.text.lower()) for kind in kinds)


def _is_without_article(kind: str, text: str) -> bool:
    """Whether a text says a kind as something there was some of ("strikes hit the town", "fighting broke
    out"), not as the one that is known ("the fighting"). A headline's single "Summit opens" is that one, and
    so are "talks", which the row itself calls so."""
    forms = (kind,) if kind.endswith("ing") else (f"{kind}s", f"{kind}es")
    meant = any(_is_meant(text[found.start() :], forms) for found in _THOSE_MEANT.finditer(text))
    return any(word in forms for word in _words(text)) and not meant


def _is_meant(text: str, forms: tuple[str, ...]) -> bool:
    """Whether the word that a text begins with tells which ones a form means: "*the* last two rounds"."""
    for word in text.split()[1 : 2 + _BETWEEN]:
        said = word.strip(_MARKS)
        if said in forms:
            return True
        if said != word:
            break
    return False


def words_before(claim: Claim, at: int) -> list[str]:
    """The words of a claim before a character in small letters, as blanks part them."""
    return claim.text[: max(0, at - claim.start)].lower().split()


# ----------------------------------------------------------------------------------------------------
# What the words before a number say of it: that it was reached, that it is of the time named before.

_TO = pattern("judged_times", "to")
_SAYS_TO = 50  # characters before a number in which "to" makes it what was reached


def lead_of_number(document: Document, sentence: Span, number: Mention, most: int) -> str:
    """The characters of a sentence before a number and its qualifier, so many at most."""
    return document.text[max(sentence.start, number.wide_start - most) : number.wide_start]


def is_reached(document: Document, sentence: Span, number: Mention) -> bool:
    """Whether a number is one that something rose or fell to, and not by: "fell *to* 3 percent"."""
    return _TO.search(lead_of_number(document, sentence, number, _SAYS_TO)) is not None


# ----------------------------------------------------------------------------------------------------
# Which way a text says that a number was reached.

_REACHED = pattern("directions", "reached")
_FROM_BEFORE = pattern("directions", "from before")
_APART = pattern("directions", "apart")
_LOOKED_BACK = 90
_LOOKED_AHEAD = 50


def way_reached(
    document: Document, sentence: Span, number: Mention, others: Iterable[int]
) -> Literal["up", "down"] | None:
    """Which way a sentence says that its number was reached: "rose to 3", "3, down from 4". `others`: where
    its other numbers begin."""
    end = number.wide.end
    behind = _FROM_BEFORE.match(document.text, end, min(sentence.end, end + _LOOKED_AHEAD))
    if behind is not None and not any(end <= start < behind.end() for start in others):
        return "up" if behind[1] == "up" else "down"
    before = lead_of_number(document, sentence, number, _LOOKED_BACK)
    if _REACHED.search(before) is None:
        return None
    for word in reversed(WORD.findall(_APART.split(before)[-1])):
        if stem(word) in _verbs("rises"):
            return "up"
        if stem(word) in _verbs("falls"):
            return "down"
    return None


@cache
def _verbs(way: str) -> frozenset[str]:
    return frozenset(map(stem, lexicon.words_of("judging", way)))


# ----------------------------------------------------------------------------------------------------
# How a text words a time: as the end of a period, as two days, from a moment before it, by its weekday.

_END_OF = pattern("judged_times", "end of")
_YEARS_OFF = pattern("judged_times", "years off")
_MOMENT = pattern("judged_times", "moment named")
_STRETCH = pattern("judged_times", "stretch")
_AND = pattern("judged_times", "and")
_MONTHS = calendar.month_name[1:]
_WEEKDAYS = tuple(calendar.day_name)
_SHORTEST = 3  # letters of a weekday: "Mon"


def stated_weekday(claim: Claim) -> str | None:
    """The weekday that a claim names first, None where it names none."""
    words = "".join(c if c.isalnum() or c == "_" else " " for c in claim.text.lower()).split()
    long = (word for word in words if len(word) >= _SHORTEST)
    return next((name for word in long for name in _WEEKDAYS if name.lower().startswith(word)), None)


def is_an_end(document: Document, time: Span) -> bool:
    """Whether a time is worded as the end of its period: "at *the end of 2023*"."""
    return _END_OF.match(document.text, time.start, time.end) is not None


def moment_told_before(document: Document, sentence: Span, time: Span) -> tuple[int | None, int] | None:
    """Day (None: the last) and month of the moment from which a time counts years that its sentence names
    before: "3,045 on *3 May* 2023, down from 3,180 *a year earlier*". None where it counts none."""
    if _YEARS_OFF.fullmatch(document.text, time.start, time.end) is None:
        return None
    named = list(_MOMENT.finditer(document.text, sentence.start, time.start))
    if not named:
        return None
    first, month, behind = named[-1].groups()
    day = first or behind
    return int(day) if day else None, _MONTHS.index(month) + 1 if month else len(_MONTHS)


def gives_both_ends(claim: Claim) -> bool:
    """Whether a claim's time is worded by its first and its last day: "25 to 26 January", "25–26 January",
    not "between 3 and 31 January", "5 or 6 May"."""
    time = claim.time
    if time is None or time.start is None or time.end is None:
        return False
    written = claim.text[max(0, time.start - claim.start) :]
    between = written[: len("between")].lower() == "between"
    return not between and _STRETCH.search(written[: time.end - time.start]) is not None


def names_two(claim: Claim) -> bool:
    """Whether a claim's time is worded as two: "on 14 *and* 21 April"."""
    time = claim.time
    if time is None or time.start is None or time.end is None:
        return False
    start, end = (max(0, at - claim.start) for at in (time.start, time.end))
    return _AND.search(claim.text[start:end]) is not None


# ----------------------------------------------------------------------------------------------------
# Who stands behind a document, and which rows of the tables have no other source than them.

_LONGEST_NAME = 100  # characters of a name in a list
SIGNED = frozenset({"letterhead", "signature", "contacts"})
"""Zones that name who a document comes from."""


class Signatories:
    """The authors and signatories of documents, matched through the gazetteers' names and aliases."""

    def __init__(self, index: NameIndex) -> None:
        self._index = index
        self._own: dict[int, frozenset[str]] = {}
        self._sources: dict[str, frozenset[str]] = {}

    def forget(self) -> None:
        """Drop what was found in the documents of the last batch."""
        self._own.clear()

    def of(self, document: Document) -> frozenset[str]:
        """The organisations that a document comes from: its author, letterhead, signatures, list of
        signatories."""
        if id(document) not in self._own:
            texts = [
                document.author or "",
                document.publisher or "",
                *(i.text for i in document.items if _is_name(i)),
            ]
            texts += [document.text[z.start : z.end] for z in document.zones if z.kind in SIGNED]
            found = (organisations(text, self._index) for text in texts)
            self._own[id(document)] = frozenset(key for keys in found for key in keys)
        return self._own[id(document)]

    def are_alone_behind(self, source: str | None, document: Document) -> bool:
        """Whether a source ("title · publisher") was published by the document's signatories and no one
        else."""
        if source is None or not (own := self.of(document)):
            return False
        if source not in self._sources:
            self._sources[source] = organisations(source.rsplit(" · ", 1)[-1], self._index)
        keys = self._sources[source]
        return bool(keys) and keys <= own


def organisations(text: str, index: NameIndex) -> frozenset[str]:
    """The keys of the organisations that a text names."""
    found = index.find(text, 0, len(text))
    return frozenset(k for n in found if n.entity == "organisation" for k in n.keys)


def _is_name(item: ListItem) -> bool:
    """Whether an item of a numbered list may be a name, and is no sentence ("2. The Guild counted 85.")."""
    return len(item.text) <= _LONGEST_NAME and not item.text.endswith((".", "!", "?", ";", ":"))


def is_possessive(document: Document, end: int) -> bool:
    """Whether what ends at a character owns what stands behind it: "Tarn*'s* camps"."""
    return document.text[end : end + 2] in ("'s", "’s")


_NEAR = 40
_ITS_ARTICLE = len("the ")


def is_about(document: Document, sentence: int, start: int) -> bool:
    """Whether a name is only what a paper is about: "the *amendment to* resolution 12". `sentence`: where its
    sentence begins."""
    lead = words_between(document, max(sentence, start - _NEAR), start)
    if lead[-1:] == ["the"]:
        lead.pop()
    return (
        len(lead) > 1 and lead[-1] in word_set("what papers are on") and stem(lead[-2]) in stem_set("papers")
    )


def is_of_what_follows(document: Document, start: int, end: int) -> bool:
    """Whether a date with its article is that of something named behind it, beside what the clause tells:
    "following the 3 May *ceasefire*, the talks were held"."""
    lead = words_between(document, start - _NEAR, start + _ITS_ARTICLE)
    beside = len(lead) > 1 and lead[-1] == "the" and lead[-2] in word_set("beside what happened")
    return beside and goes_on_small(document, end)


def goes_on_small(document: Document, end: int) -> bool:
    """Whether a word in small letters stands right behind: "the 3 May *ceasefire*"."""
    return document.text[end : end + 2].strip().islower()


def words_behind(document: Document, end: int, most: int) -> list[str]:
    """The words in the characters behind one, so many at most, without a comma before them."""
    return document.text[end : end + most].lstrip(", ").lower().split()


def says_any(claim: Claim, phrases: Iterable[str]) -> bool:
    """Whether the words of a claim hold one of some phrases, be it within other words."""
    said = claim.text.lower()
    return any(phrase in said for phrase in phrases)


def states_named(document: Document) -> list[frozenset[str]]:
    """The folded names of each state that a text names, or whose people it does: "Libyan" is of Libya."""
    out = []
    for word in WORD.findall(document.text):
        if word[0].isupper():
            bare = word.removesuffix("'s").removesuffix("’s")
            out.append(states_of(bare) or (frozenset({folded(bare)}) if _is_state(bare) else frozenset()))
    return [homes for homes in out if homes]


@cache
def _states() -> frozenset[str]:
    return frozenset(folded(name) for names in peoples().values() for name in names)


def _is_state(place: str | None) -> bool:
    """Whether a place, as a text names it, is a state whose people has a word of its own."""
    return folded((place or "").strip().removesuffix("'s").removesuffix("’s")) in _states()


def is_listed_before(document: Document, start: int, end: int, date: int) -> bool:
    """Whether a name is one of a list and stands right before a date: "the fifth opened in March, *the sixth*
    in June"."""
    lead = words_between(document, start - _NEAR, start)
    if lead[-1:] == ["the"]:
        lead.pop()
    listed = lead[-1:] == ["and"] or "".join(lead[-1:]).endswith((",", ";", ":"))
    return listed and word_set("before its date") >= set(words_between(document, end, date))


def is_in_quotation(document: Document, at: int) -> bool:
    """Whether a character stands inside of quotation marks."""
    start = max(document.text.rfind("\n\n", 0, at) + 1, 0)
    before = document.text[start:at]
    return before.rfind("“") > before.rfind("”") or before.count('"') % 2 == 1


def is_in_one_paragraph(document: Document, start: int, end: int) -> bool:
    """Whether no blank line stands between two characters."""
    return "\n\n" not in document.text[start:end]
