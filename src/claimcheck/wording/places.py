"""The places and bodies that a document names, each with the bearing that is part of its name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from claimcheck.model import Document, Span
from claimcheck.propositions.stems import stem
from claimcheck.reference.name_index import Named, NameIndex
from claimcheck.wording.peoples import peoples
from claimcheck.wording.words import word_set

_LEADS = ("in the", "across the", "throughout the")
_OF_IT = " of the country"
_SAME_STORY = 1500  # characters before a claim in which its country is told
_BEARING = 40  # characters in front of a name in which its bearing stands


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
            self._named[key] = sorted([*within, *bearings], key=lambda n: n.start)
        return self._named[key]

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
