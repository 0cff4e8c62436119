"""What the text of a claim links to, before any row is looked up: its measures, its place, whose deed it was.

Conservative: a place that the claim does not clearly mean is no link, and a noun that counts something
else blocks one. Ambiguous names keep all their keys.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from claimcheck.judging.relations import own_period
from claimcheck.lexicon import pattern
from claimcheck.linking.partplaces import without_parts
from claimcheck.linking.places import Named, NameIndex
from claimcheck.linking.placewords import (
    PlaceSurroundings,
    at_the_host,
    at_the_target,
    direction_words,
    is_in_longer_name,
    is_joined,
    is_no_whereabouts,
)
from claimcheck.linking.words import nouns, stem
from claimcheck.model import Claim, Document, Span

NEAR = 1500
"""How many characters before a claim its place may have been named, within its paragraph."""

_LOCATIVE = pattern("claim_places", "locative")
_BEHIND = pattern("claim_places", "behind")
_AND_THEN = pattern("claim_places", "and then")
_OURS = pattern("claim_places", "ours")
_BLANK = re.compile(r"\s{1,3}")
_OWNS_NUMBER = pattern("claim_places", "owns the number")
_DIRECTION = pattern("claim_places", "direction")
_TOGETHER = pattern("claim_places", "together")
_IN_IT = pattern("claim_places", "in it")
_AT = pattern("claim_places", "at")
_OF_WHICH = pattern("claim_places", "of which")
_LISTED = re.compile(r"[A-Z][\w’'-]+ \(\d")
_LIST = 3
"""So many names with a number in brackets are a list."""
_NAMED_BEFORE = re.compile(r"((?:[A-Z][\w’'-]*\s)*[A-Z][\w’'-]+)\s\(\Z")
_ANOTHER = pattern("claim_places", "another")
_PARAGRAPH = re.compile(r"\n[ \t\r]{0,20}\n")


@dataclass(frozen=True, slots=True)
class PlaceLink:
    """The place of a claim. `stated`: the text names one that counts for it, whether or not it links."""

    keys: frozenset[str]
    text: str | None
    stated: bool
    ambiguous: bool = False
    at: int = -1  # where in the document its name stands
    unsure: bool = False  # the sentences before name several places


NOWHERE = PlaceLink(frozenset(), None, False)


class PlaceFinder:
    """Which place a claim is about, by the names of the tables."""

    def __init__(self, index: NameIndex, containers: Mapping[str, frozenset[str]]) -> None:
        self._index = index
        self._containers = containers
        self._surroundings = PlaceSurroundings(index, self._within)
        self._found: dict[tuple[int, int], tuple[list[int], list[Named]]] = {}
        self._paragraphs: dict[int, list[int]] = {}

    def forget(self) -> None:
        """Drop what was found in the documents of the last batch."""
        self._found.clear()
        self._paragraphs.clear()

    def names(self, document: Document, start: int, end: int) -> list[Named]:
        """The places named between two characters. Each paragraph is searched once."""
        key = id(document)
        if key not in self._paragraphs:
            self._paragraphs[key] = [0, *(m.end() for m in _PARAGRAPH.finditer(document.text))]
        starts = self._paragraphs[key]
        first = bisect_right(starts, start) - 1
        out: list[Named] = []
        for number in range(max(first, 0), len(starts)):
            if starts[number] >= end:
                break
            at, found = self._in_paragraph(document, number)
            within = found[bisect_left(at, start) : bisect_left(at, end)]
            out += [n for n in within if n.end <= end] if within else within
        return out

    def _in_paragraph(self, document: Document, number: int) -> tuple[list[int], list[Named]]:
        """The places named in a paragraph, and where they begin."""
        key = (id(document), number)
        if key not in self._found:
            starts = self._paragraphs[id(document)]
            end = starts[number + 1] if number + 1 < len(starts) else len(document.text)
            found = self._index.find(document.text, starts[number], end)
            places = (n for n in found if n.entity == "place" and not is_in_longer_name(document.text, n))
            named = [_whole_or_part(document.text, n) for n in places]
            self._found[key] = [n.start for n in named], named
        return self._found[key]

    def place_of(self, claim: Claim, document: Document, beside: Sequence[Claim] = ()) -> PlaceLink:
        """The place of a claim: in its clause, else what the parse hangs it on, else the sentence, else the
        sentence before. `beside`: the claims with a number of the sentence, which may have places of their
        own."""
        sentence = self.names(document, claim.context.start, claim.context.end)
        named = self._not_of_others(claim, document, sentence, beside)
        sentence = without_parts(claim, document.text, named, beside)
        if named and not sentence:
            return _unknown(named[0].text)  # of the whole of whom those are a part, nobody says where
        sentence = [n for n in sentence if not is_no_whereabouts(document.text, n)]
        sentence = at_the_host(claim, document.text, at_the_target(claim, document.text, sentence))
        if (part := _part_of_number(claim, document.text)) is not None:
            sentence = [n for n in sentence if not part.start <= n.start < part.end]
        if (bracketed := _in_brackets(claim, document.text)) is not None:
            own = [n for n in sentence if bracketed.start <= n.start < bracketed.end]
            return self._one(document, own[0], own) if own else _unknown(bracketed.of(document.text))
        if claim.actor is not None:
            sentence = _without_actor(claim, document, sentence)
        own = [n for n in sentence if claim.start <= n.start < claim.end]
        if own:
            return self._nearest(claim, document, _without_those_before(claim, document, own, beside))
        if _OURS.search(claim.text):
            return PlaceLink(frozenset(), None, True, True)
        if claim.place is not None:
            hinted = [n for n in sentence if n.text in claim.place.text or claim.place.text in n.text]
            if not hinted:
                return PlaceLink(frozenset(), claim.place.text, True)
            return self._sure(document, hinted[0], self._one(document, hinted[0], hinted), claim)
        sentence = [n for n in sentence if not _AND_THEN.fullmatch(document.text, claim.end, n.start)]
        if len({n.keys for n in sentence}) == 1:
            return self._sure(document, sentence[0], self._one(document, sentence[0], sentence), claim)
        return self._before(claim, document)

    def _not_of_others(
        self, claim: Claim, document: Document, found: list[Named], beside: Sequence[Claim]
    ) -> list[Named]:
        """The places without those that stand bare before another number, which is theirs: "Poland hosts two
        million refugees, Czechia some 375,000". The one before the claim's own number is its place."""
        if not found:
            return found
        begins = {c.quantity.wide_start: c is claim for c in beside if c.quantity is not None}
        own = [  # whether it stands bare before the claim's own number, before another, None before none
            None if _LOCATIVE.search(_lead(document, n)) else begins.get(_next_word(document, n))
            for n in found
        ]
        mine = [n for n, is_own in zip(found, own, strict=True) if is_own]
        return mine or [n for n, is_own in zip(found, own, strict=True) if is_own is None]

    def _nearest(self, claim: Claim, document: Document, found: Sequence[Named]) -> PlaceLink:
        """The name nearest before the number (or the clause's first), one behind a preposition first."""
        if len(found) == 1:
            return self._sure(document, found[0], self._one(document, found[0], found), claim)
        at = claim.quantity.end if claim.quantity is not None else claim.end
        behind = [n for n in found if n.start > at and _BEHIND.fullmatch(document.text[at : n.start])]
        located = behind or [n for n in found if self._located(document, n)]
        pool = located or list(found)
        before = [n for n in pool if n.end <= at]
        if claim.quantity is not None and claim.quantity.noun is not None:
            chosen = min(pool, key=lambda n: min(abs(n.start - at), abs(at - n.end)))
        else:
            chosen = before[-1] if before else pool[0]
        return self._sure(document, chosen, self._one(document, chosen, found), claim)

    def _located(self, document: Document, named: Named) -> bool:
        return _LOCATIVE.search(_lead(document, named)) is not None or named.text.endswith(
            ("'s", "’s", "s'", "s’")
        )

    def _sure(self, document: Document, chosen: Named, link: PlaceLink, claim: Claim) -> PlaceLink:
        """The link of a chosen name, without rows where the words around it take the place away."""
        if self._surroundings.take_away(claim, document.text, chosen):
            return PlaceLink(frozenset(), link.text, True, True, link.at)
        return link

    def _one(self, document: Document, chosen: Named, found: Sequence[Named]) -> PlaceLink:
        """The chosen name, or one of those found that lies inside it. A neighbour that contains it ("Douma,
        Syria") widens nothing; another place named with it ("Douma and Harasta") makes the claim about
        both, which links to neither."""
        text = document.text
        inner = [n for n in found if n is not chosen and self._within(n.keys, chosen.keys)]
        inner = [n for n in inner if not _ANOTHER.search(text, *sorted((n.end, chosen.start)))]
        if inner:
            return self._one(document, inner[0], [n for n in found if n is not chosen])
        keys = chosen.keys
        for other in found:
            if other is chosen:
                continue
            first, second = sorted((chosen, other), key=lambda n: n.start)
            between = document.text[first.end : second.start]
            known = second.keys and any(self._containers.get(key) for key in first.keys)
            located = known and _IN_IT.fullmatch(between) and _AT.search(_lead(document, first))
            if not located and not _TOGETHER.fullmatch(between):
                continue
            if self._within(chosen.keys, other.keys):
                keys = frozenset(k for k in keys if self._containers.get(k, frozenset()) & other.keys) or keys
            else:
                return PlaceLink(frozenset(), f"{first.text}{between}{second.text}", True, True)
        return PlaceLink(keys, chosen.text, True, at=chosen.start)

    def _within(self, inner: Iterable[str], outer: frozenset[str]) -> bool:
        return any(self._containers.get(key, frozenset()) & outer for key in inner)

    def _before(self, claim: Claim, document: Document) -> PlaceLink:
        """The one place that the paragraph named last before the claim's sentence."""
        start = max(0, claim.context.start - NEAR)
        paragraph = document.text.rfind("\n\n", start, claim.context.start)
        start = start if paragraph < 0 else paragraph
        found = self.names(document, start, claim.context.start)
        if not found:
            return NOWHERE
        last = found[-1]
        unsure = any(self._are_apart(last, n) for n in found)
        link = PlaceLink(last.keys, last.text, True, at=last.start, unsure=unsure)
        return self._sure(document, found[-1], link, claim)

    def _are_apart(self, one: Named, other: Named) -> bool:
        """Whether two names are of two places, none within the other."""
        if not one.keys or not other.keys or one.keys & other.keys:
            return False
        return not (self._within(one.keys, other.keys) or self._within(other.keys, one.keys))

    def contains(self, outer: Iterable[str], inner: str) -> bool:
        """Whether one of the outer places contains the inner one."""
        return bool(self._containers.get(inner, frozenset()) & frozenset(outer))


def _without_those_before(
    claim: Claim, document: Document, own: list[Named], beside: Sequence[Claim]
) -> list[Named]:
    """The places of a clause without those of a number before, where the claim's own number has its own right
    behind it: "124 people in Tarn, 718 in Arvia"."""
    if claim.quantity is None or len(own) < 2:
        return own
    start, end = claim.quantity.wide_start, claim.quantity.end
    if not any(n.start > end and _BEHIND.fullmatch(document.text, end, n.start) for n in own):
        return own
    numbers = [c.quantity.end for c in beside if c.quantity is not None and c.quantity.end <= start]
    return [n for n in own if n.start > end or not any(number <= n.start for number in numbers)]


def _in_brackets(claim: Claim, text: str) -> Span | None:
    """The name of which a number in brackets is, in a list: "Arvia (255), Tarn (189), Ozerov (36)"."""
    if claim.quantity is None or text[claim.quantity.start - 1 : claim.quantity.start] != "(":
        return None
    if len(_LISTED.findall(text, claim.context.start, claim.context.end)) < _LIST:
        return None
    found = _NAMED_BEFORE.search(text, claim.context.start, claim.quantity.start)
    return None if found is None else Span(*found.span(1))


def _unknown(name: str) -> PlaceLink:
    return PlaceLink(frozenset(), name, True)


def _may_part(text: str) -> bool:
    return "of " in text or "among " in text


def _part_of_number(claim: Claim, text: str) -> Span | None:
    """Where a clause tells of a part of its own number: ", of which 5 came from Tarn"."""
    if claim.quantity is None or not _may_part(claim.text):
        return None
    part = _OF_WHICH.search(text, claim.quantity.end, claim.end)
    if part is None or part.start() == claim.quantity.end:  # "97 of them in Tarn"
        return None
    comma = text.find(",", part.end(), claim.end)
    return Span(part.start(), claim.end if comma < 0 else comma)


def _whole_or_part(text: str, named: Named) -> Named:
    """The name, without its rows where a word of direction makes it a part of the place, or one beside it
    ("southern Tarn", "north of Tarn")."""
    near = text[max(0, named.start - 20) : named.start].lower().replace("-", " ").split()
    if direction_words().isdisjoint(near):
        return named
    lead = _DIRECTION.search(text, max(0, named.start - 20), named.start)
    if lead is None or lead[1].split()[-1].lower() not in direction_words():
        return named
    return Named(named.start, named.end, named.text, frozenset(), named.entity, named.keys)


def _lead(document: Document, named: Named) -> str:
    return document.text[max(0, named.start - 16) : named.start]


def _next_word(document: Document, named: Named) -> int:
    """Where the word right behind a name begins, or behind "Britain's at"."""
    owns = named.text.endswith(("'s", "’s"))
    found = (_OWNS_NUMBER if owns else _BLANK).match(document.text, named.end)
    return named.end if found is None else found.end()


def _without_actor(claim: Claim, document: Document, found: list[Named]) -> list[Named]:
    """The places without the one that is only the actor; that is kept where the clause names no other and
    tells of no harm done ("Galdia received 64 million, of which five came from Sarnia")."""
    others = [n for n in found if not _is_actor(claim, n) or is_joined(document.text, n.end)]
    harms = claim.predicate is not None and stem(claim.predicate) in nouns("harms")
    if others and not harms and not any(claim.start <= n.start < claim.end for n in others):
        return [n for n in found if claim.start <= n.start < claim.end] or others
    return others or found


def _is_actor(claim: Claim, named: Named) -> bool:
    return claim.actor is not None and claim.actor.text.strip() == named.text.strip()


def is_of_one_day(claim: Claim) -> bool:
    period = own_period(claim)
    return period is not None and period.days == 1
