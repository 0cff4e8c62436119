"""Where a claim holds: the best placed name of its sentence, else the place that the text named before.

Which names are places the parse does not say. What stands around a name speaks for a place or against
it ("in", "the siege of", "'s residents"): rows of data/placing.toml, each with a weight, which add up; what
stands nearer to the claim weighs more. Where no name of the sentence weighs enough, the place goes on that
the paragraph or the title names. Which place it is, the gazetteers say.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from claimcheck.lexicon import load, pattern, words_of, written
from claimcheck.model import Document, Link
from claimcheck.syntax.clauses import Clause, clause_of, says
from claimcheck.syntax.tree import Token

_SIDE = 2  # words between two that stand side by side
_FAR = 14  # words, from which on nothing is farther
_LEAST = 1.5  # of a name that says where
_ABOVE, _BESIDE, _SAID = -1.0, -1.0, -5.0
_NUMBER, _OTHER, _WORD, _JOINED, _NEXT = -0.5, -1.0, -0.07, 1.5, 0.5
"""What a name gains: a clause above the claim's, in another, in one that only says it; a number between the
two, where the name stands before it or behind it; each word between; right behind the number ("17,000 in
Turkey and 3,300 in Syria"); side by side with it."""
_BACK, _BEHIND = 4, 3  # words before and behind a name that are looked at


class Name(NamedTuple):
    """A name of a sentence by its first and last words, and how much around it says that it is a place."""

    first: Token
    last: Token
    weight: float


def place_of(
    token: Token, clause: Clause, found: dict[int, Clause], is_time: Callable[[Token], bool], text: str
) -> Name | None:
    """The name that says where a number or a date holds, None where none does. `is_time`: whether a word is
    a date's; `text`: the whole text, which may place a name elsewhere.

    Example: Cauca, of "the 14th nurse to be killed in Cauca".
    """
    chain = {level.head.i: at * _ABOVE for at, level in enumerate(clause.chain())}
    doc = token.doc
    if place_of not in doc.asked:  # by every claim of it
        doc.asked[place_of] = list(_names(doc, is_time, text))
    best: Name | None = None
    weight = _LEAST
    for name in doc.asked[place_of]:
        own = clause_of(name.last, found).head
        first, last = min(token.i, name.last.i) + 1, max(token.i, name.last.i)
        words, between = doc[first:last], max(0, last - first)
        counted = sum(t.pos_ == "NUM" and (t.i == 0 or t.nbor(-1).pos_ != "NUM") for t in words)
        here = name.weight + min(between, _FAR) * _WORD + chain.get(own.i, _BESIDE)
        here += _NEXT if between <= _SIDE else 0
        here += counted * (_NUMBER if name.last.i < token.i else _OTHER)
        here += _SAID if own.i != clause.head.i and says(own) else 0
        if name.last.i > token.i and not counted and not any(t.pos_ in ("VERB", "AUX") for t in words):
            here += _JOINED
        if here >= weight and name.weight > 0:
            best, weight = name, here
    return best


def _names(doc: Sequence[Token], is_time: Callable[[Token], bool], text: str) -> Iterator[Name]:
    first: Token | None = None
    last: Token | None = None
    grounds = words_of("placing_names", "grounds")
    for token in (*doc, None):
        named = token is not None and token.pos_ == "PROPN" and (first or not token.text.islower())
        if token is not None and not is_time(token) and (named or token.lower_ in grounds):
            first, last = first or token, token
        elif last is not None and (token is None or token.text != "-" or token.i > last.i + 1):
            yield Name(first, last, _weight(first, last, text))
            first = last = None


def _weight(first: Token, last: Token, text: str) -> float:
    """What the words around a name say for a place, and against it."""
    doc, at = first.doc, first.i - 1
    while at > 0 and doc[at].pos_ in ("DET", "ADJ"):
        at -= 1
    before = doc[at].lower_ if at >= 0 else ""
    behind = doc[last.i + 1 : last.i + 1 + _BEHIND]
    back = {t.lemma_.lower() for t in doc[max(0, at - _BACK) : max(0, at)]}
    around = {
        "before": {before},
        "name": {t.lower_ for t in (*doc[at + 1 : first.i + 1], last)},
        "form": {last.tag_, "SHORT" if last.text.isupper() and len(last.text) <= _SHORT else ""},
        "written": {last.text},
        "behind": {t.lower_ for t in behind[:1]} | {" ".join(t.lower_ for t in behind[:2])},
        "verb": {doc[at].lemma_ if at >= 0 else "", last.head.lemma_ if last.dep_ == "nsubjpass" else ""},
        "does": {last.head.lemma_ if last.dep_ == "nsubj" else ""},
        "owned": {t.lemma_.lower() for t in behind[1:] if behind[0].tag_ == "POS"},
        f"back of {before}": back,
    }  # fmt: skip
    rows = ((row["weight"], around.get(row["seen"], _NOTHING), row["words"]) for row in load("placing"))
    held: list[float] = [weight for weight, seen, words in rows if not seen.isdisjoint(words)]
    return sum(held) + (_KNOWN if max(held, default=0) <= 0 and last.text in stated_places(text) else 0)


_KNOWN = 2.5  # what the text places elsewhere by a preposition
_NOTHING: set[str] = set()
_SHORT = 6  # capitals: longer words in capitals are headlines


# ----------------------------------------------------------------------------------------------------
# The place that goes on where a sentence names none.


class PlacedNames(NamedTuple):
    """The names that a text places, each at the offset where it does."""

    starts: list[int]
    names: list[str]

    def last(self, start: int, end: int) -> str | None:
        """The last that stands between two offsets."""
        at = bisect_left(self.starts, end) - 1
        return self.names[at] if at >= 0 and self.starts[at] >= start else None


@lru_cache(maxsize=4)
def placed_names(text: str) -> PlacedNames:
    """The names that a text places by their prepositions, in its order."""
    found = [(m.start(), m["name"] or m["on"]) for m in _PLACED.finditer(text)]
    placed = ((at, name) for at, name in found if not _HELD_IN.search(text, max(0, at - 14), at))
    kept = [(at, name.split()) for at, name in placed if _no_place().isdisjoint(name.lower().split())]
    return PlacedNames([at for at, _ in kept], [" ".join(words) for _, words in kept])


@lru_cache(maxsize=4)
def stated_places(text: str) -> frozenset[str]:
    """The last words of these names, and of those that head the items of its lists."""
    labels = (m["name"] for m in _LABEL.finditer(text))
    return frozenset(name.split()[-1] for name in (*placed_names(text).names, *labels))


def carried(document: Document, start: int, end: int, there: bool) -> Link | None:
    """The place that goes on in a sentence: that to which it points back, the paragraph's, else that of the
    whole text. `there`: it says so, which may mean any name.

    Example: Tolmar, of "the colliery" where the text has named "the Tolmar colliery".
    """
    text = document.text
    begin = _paragraph(text, start)
    name = placed_names(text).last(begin, start)
    pointing = list(pattern("placing_names", "pointing").finditer(text, start if name else begin, end))
    if pointing:
        near, ground = pointing[-1].start() >= start, pointing[-1]["ground"].lower()
        name = _pointed_at(text, start, ground) or name or _of_all(text)
        if name is None and near and ground in words_of("placing_names", "near grounds"):
            dated = _DATELINE.match(text)
            name = (dated["name"].title() if dated else placed_names(text).last(0, start)) or ground
    if there and name is None:
        until = max(start, text.find(" there", start, end))
        name = next((m["name"] for m in reversed(list(_ANY.finditer(text, begin, until)))), None)
    name = name or _of_all(text)
    return None if name is None else Link(name)


def _pointed_at(text: str, start: int, ground: str) -> str | None:
    """The last name before a sentence of what a word says: "*Freedom Square*", "*Tolmar* colliery"."""
    found = re.compile(rf"(?P<name>{_NAME})(?:(?<=(?i:\s{ground}))|\s{ground}\b)")
    names = (m["name"].split() for m in found.finditer(text, max(0, start - _BACK_TO), start))
    named = [" ".join(words) for words in names if _no_place().isdisjoint(w.lower() for w in words)]
    opening = words_of("placing_names", "placed")  # "The colliery"
    return next((name for name in reversed(named) if name not in opening), None)


@lru_cache(maxsize=4)
def _of_all(text: str) -> str | None:
    """The place of a whole text: the first name of its title, or of its first line behind where it was
    written, that it places somewhere, or is set before a colon there; a speech is of more than its hall."""
    title = text.strip().partition("\n")[0]
    dated = _DATELINE.match(title)
    if title == text.strip() or _HALL.match(title) or (title.endswith((".", "”")) and dated is None):
        return None
    title = title[dated.end() :] if dated is not None else title
    named = _TITLED.match(title)
    places = placed_names(text)
    inside = {name for start, name in zip(*places, strict=True) if text[start] not in "Aa"}  # "at Shell"
    at = {name: title.find(name) for name in inside if name in title}
    return named["name"] if named else min(at, key=lambda name: at[name], default=None)


def _paragraph(text: str, start: int) -> int:
    """Where the paragraph, or the item of a list, begins in which a sentence stands."""
    far = max(0, start - 20_000)  # a text without blank lines costs no more with its length
    blank, line = (text.rfind(end, far, start) + 1 or far for end in ("\n\n", "\n"))
    return line if _ITEM.match(text, line) else blank


_PLACED = pattern("placing_names", "placed")
_TITLED = pattern("placing_names", "titled")
_LABEL = pattern("placing_names", "label")
_ANY = pattern("placing_names", "any")
_HELD_IN = pattern("placing_names", "held in")
_HALL = pattern("placing_names", "in a hall")
_DATELINE = pattern("placing_names", "dateline")
_NAME = written("placing_names", "name")
_BACK_TO = 3000  # characters before a sentence in which what it points to is named
_ITEM = re.compile(r"[ \t]*(?:[-*•–]|\d{1,2}[.)])\s")


@cache
def _no_place() -> frozenset[str]:
    rows = (row for row in load("placing") if row["seen"] == "name" and row["weight"] < 0)
    return frozenset(w for row in rows for w in row["words"])
