"""Words around a place's name that take the place away from a claim: "outside Tarn" is not in Tarn.

Each rule only takes a link away; what is left of the claim is undecided.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache

from claimcheck import lexicon
from claimcheck.lexicon import pattern
from claimcheck.linking.peoples import states_of
from claimcheck.linking.places import Named, NameIndex
from claimcheck.linking.words import any_of, is_calendar, nouns, stem, words_of
from claimcheck.model import Claim

_JOINED = pattern("place_surroundings", "joined")
_NAME = r"([A-Z][a-zà-ž][\w’'-]{0,30}(?: [A-Z][\w’'-]{1,30}){0,2})"
_AND_NAME = pattern("place_surroundings", "and a name")
_NAME_AND = pattern("place_surroundings", "a name and")
_ANDS = frozenset({"and", "or"})
_OWNER_OF = pattern("place_surroundings", "owner of")
_TOWARDS = pattern("place_surroundings", "towards")
_IN_NAME = pattern("place_surroundings", "in a name")
_ON_NAME_IN = pattern("place_surroundings", "on a name in")
_APPOSED = r"(?:,\s+(?:an?|the)\s+(?:[a-z-]{3,20}\s+){1,3}?|,\s+|\s+)"
_IN = pattern("place_surroundings", "in")
_WENT = pattern("place_surroundings", "went")
_KIND_OF = pattern("place_surroundings", "kind of")
_CUTS = ("in", "at", "near")
_CUT = pattern("place_surroundings", "cut")
_ABOUT = pattern("place_surroundings", "about")
_FIRED_AT = pattern("place_surroundings", "fired at")
_LEAD = 60


def at_the_target(claim: Claim, text: str, found: list[Named]) -> list[Named]:
    """The places at which something was fired, where the clause names any; else all that it names: "rebels in
    Tarn fired 40 rockets at Arvia" tells of Arvia."""
    if claim.predicate is None or stem(claim.predicate) not in nouns("fires"):
        return found
    return [n for n in found if _FIRED_AT.search(text, max(0, n.start - 16), n.start)] or found


_ENDS_NAME = pattern("place_surroundings", "ends a name")


def at_the_host(claim: Claim, text: str, found: list[Named]) -> list[Named]:
    """The places that are said to have hosted what is told, where the clause says so; else all that it names,
    but for those that what an unknown host hosted was about: "Tarn hosted three rounds of talks on Arvia"."""
    subject = claim.subject
    if subject is None or claim.predicate is None or stem(claim.predicate) not in nouns("hosts", "sees"):
        return found
    hosts = [n for n in found if claim.start <= n.start < claim.end and n.text in subject.text]
    if any(_JOINED.match(text, n.end) for n in hosts):
        return found  # "Poland and Czechia together hosted …"
    return hosts or [n for n in found if not _ABOUT.search(text, max(0, n.start - 16), n.start)]


class PlaceSurroundings:
    """What the words around a name say, with the names that the tables know."""

    def __init__(self, index: NameIndex, within: Callable[[Iterable[str], frozenset[str]], bool]) -> None:
        """`within`: whether one of the places lies within one of others, by their keys."""
        self._index = index
        self._within = within

    def take_away(self, claim: Claim, text: str, chosen: Named) -> bool:
        """Whether a claim that names a place is not about it, or not about it alone."""
        inside = chosen.start >= claim.context.start
        lead = text[max(claim.context.start, chosen.start - _LEAD) : chosen.start] if inside else ""
        words = lead.lower().split()
        if not _openers_of_besides().isdisjoint(words[-5:]) and _besides().search(lead):
            return True
        last = words[-3:]
        if claim.predicate is not None and stem(claim.predicate) in nouns("moves") and _TOWARDS.search(lead):
            return True
        went = _WENT.search(lead) if "to" in last else None
        if went is not None and stem(went[1]) in goes_to() and stem(went[1]) != stem(claim.predicate or ""):
            return True  # "five are dead, and some have returned to Tarn"
        within = _ON_NAME_IN.search(lead) if "in" in last else None
        if within is not None and self._is_unknown(within[1]):
            return True  # "an attack on Ozerov in Tarn" is on a part of it
        part = _part_in().search(lead) if "in" in last else None
        if part is not None and self._is_unknown(part[1]):
            return True  # "hit Ozerov, a town in Tarn"
        tail = (chosen.end, claim.context.end) if inside else (0, 0)
        town = _town_of().search(lead) if lead.endswith(", ") and _ENDS_NAME.match(text, tail[0]) else None
        if town is not None and self._is_unknown(town[1]):
            return True  # "in Ozerov, Arvia, prices rose by 40 percent"
        if chosen.text.endswith(("'s", "’s")) and _OWNER_OF.match(text, *tail):
            return True  # "Syria's neighbour Lebanon"
        beside = _AND_NAME.match(text, *tail)
        if beside is None and not _ANDS.isdisjoint(last):
            beside = _NAME_AND.search(lead)
        if beside is not None and self._is_unknown(beside[beside.lastindex or 1]):
            return True
        return self._is_elsewhere(claim, text, chosen, lead)

    def _is_elsewhere(self, claim: Claim, text: str, chosen: Named, lead: str) -> bool:
        """Whether the clause tells of something in a place that no table knows, and names the chosen one only
        besides ("people from Tarn were killed in Ozerov")."""
        at = claim.end if claim.quantity is None else claim.quantity.end
        cut = claim.text.endswith(_CUTS) and _CUT.search(claim.text)
        end = claim.end if not cut else min(claim.context.end, claim.end + _LEAD)
        for found in _IN_NAME.finditer(text, claim.start, end):
            start = found.start(1)
            if start <= chosen.start < found.end(1) or not self._is_unknown(found[1]):
                continue
            if _KIND_OF.fullmatch(text, found.end(1), chosen.start) and self._is_of_state(found[1], chosen):
                continue  # "in the Syrian town of Saraqeb"
            if not _IN.search(lead) or abs(start - at) < abs(chosen.start - at):
                return True
        return False

    def _is_of_state(self, adjective: str, chosen: Named) -> bool:
        """Whether a place lies in the state whose adjective stands before it."""
        states = (self._index.lookup(state) for state in states_of(adjective))
        return any(self._within(chosen.keys, keys) for keys in states if keys)

    def _is_unknown(self, name: str) -> bool:
        """Whether a name is one that no table knows, and no month or day."""
        if is_calendar(name.split()[0]):
            return False
        return not any(n.start == 0 for n in self._index.find(name, 0, len(name)))


@cache
def _town_of() -> re.Pattern[str]:
    return re.compile(rf"\b(?i:{any_of('falls on')})\s+(?:the\s+)?([A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?),\s\Z")


@cache
def _part_in() -> re.Pattern[str]:
    """A town that lies in the place behind it: "hit *Ozerov*, a town in", "in *Ozerov* in"."""
    return re.compile(rf"\b(?i:{any_of('falls on')})\s+{_NAME}{_APPOSED}in\s+(?:the\s+)?$")


_WHOSE = re.compile(r"(?:['’]s)? ([a-z]{4,20})\b")
_NEXT = re.compile(r" ([a-z]{4,20})\b")
_FROM = re.compile(r"([\w-]{3,20}) (?:who (?:came|fled) )?from (?:the )?$")
_OF_STATE = re.compile(r"([\w-]{3,20}) of (?:the )?$")
_DISPUTES = re.compile(r" (?:has |had )?(?:claim|acknowledg|admit|den(?:y|ie)|accuse|alleg|blame)[a-z]*\b")
_OWN_LOSSES = re.compile(
    r" (?:has |had |have )?(?:lost|suffered) [\w,.]{1,12} (?:killed|wounded|dead|soldiers|troops)\b"
)


def is_no_whereabouts(text: str, named: Named) -> bool:
    """Whether the words around a name say that nothing was there: "against Tarn", "refugees from Tarn", "the
    Arvia military", "citizens of Tarn"; or a party to it ("Tarn denies", "Tarn lost 40 killed")."""
    lead = text[max(0, named.start - 40) : named.start]
    words = lead.lower().split()
    if not _denying().isdisjoint(words[-6:]) and _not_there().search(lead):
        return True
    before = words[-2:-1] if words and words[-1] == "the" else words[-1:]
    if not nouns("not_where").isdisjoint(before):
        return True
    last = words[-2:]
    origin = _FROM.search(lead) if "from" in last else None
    if origin is not None and stem(origin[1]) in nouns("sent_from"):
        return True
    of_state = _OF_STATE.search(lead) if "of" in last else None
    if of_state is not None and stem(of_state[1]) in nouns("bodies", "citizens"):
        return True
    if _DISPUTES.match(text, named.end) or _OWN_LOSSES.match(text, named.end):
        return True
    behind = _WHOSE.match(text, named.end)
    if behind is None or stem(behind[1]) not in nouns("bodies"):
        return False
    measured = _NEXT.match(text, behind.end())  # "Tarn's court budget" is Tarn's
    return measured is None or stem(measured[1]) not in _money()


@cache
def _money() -> frozenset[str]:
    """The stems of the words for sums of money."""
    rows = (row["words"] for row in lexicon.load("measure_kinds") if row["kind"] == "money")
    return frozenset(stem(word) for words in rows for word in words)


_BEFORE_NAME = re.compile(r"(?:^|[^\w-])([A-Z][\w’'-]{1,20})(?: of(?: the)?)? $")
_BEHIND_NAME = re.compile(r" ([A-Z][\w’'-]{1,20})")
_ARTICLE = re.compile(r"(?<![^\W_])(?:[ae][a-z]{1,2}|la|le|los|las)-\Z", re.IGNORECASE)
_HYPHENED = re.compile(r"[-–][A-Z]")


def is_in_longer_name(text: str, named: Named) -> bool:
    """Whether a name is a piece of another one: "Lake Chad", "Chad Basin", "Air India", "Austria-Hungary".
    The article of Arabic or Spanish names makes no other one ("al-Tarn")."""
    lead = text[max(0, named.start - 6) : named.start]
    if _HYPHENED.match(text, named.end) or (lead.endswith("-") and _ARTICLE.search(lead) is None):
        return True
    before = _BEFORE_NAME.search(text[max(0, named.start - 30) : named.start])
    if before is not None and stem(before[1]) in nouns("names_before"):
        return True
    behind = _BEHIND_NAME.match(text, named.end)
    return behind is not None and stem(behind[1]) in nouns("names_behind")


@cache
def goes_to() -> frozenset[str]:
    """The stems of the verbs that lead somewhere."""
    return next(frozenset(map(stem, row["words"])) for row in lexicon.load("placing") if row.id == "goes_to")


@cache
def _besides() -> re.Pattern[str]:
    """Words that take a place away ("outside", "except"), right before its name."""
    words = words_of("besides")
    listed = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.compile(rf"(?<!\band )\b(?:{listed})\s+(?:in\s+)?(?:the\s+)?$", re.IGNORECASE)


@cache
def _denying() -> frozenset[str]:
    return frozenset(phrase.split()[0] for phrase in words_of("denies"))


@cache
def _not_there() -> re.Pattern[str]:
    """Words that deny a place, right before its name: "in Arvia, not in Tarn"."""
    return re.compile(rf"\b(?:{any_of('denies')})\s+(?:in|at|on|near|from)?\s*(?:the\s+)?$", re.IGNORECASE)


@cache
def _openers_of_besides() -> frozenset[str]:
    return frozenset(phrase.split()[0] for phrase in words_of("besides"))


@cache
def direction_words() -> frozenset[str]:
    """The words of direction, as they are written."""
    return frozenset(words_of("directions"))


def holds_another(text: str, end: int) -> bool:
    """Whether a place's name only says in what a part of it lies that has a name of its own: "the Arvia
    district of Tarn". `end`: behind the name."""
    return _part_of_it().match(text, end) is not None


@cache
def _part_of_it() -> re.Pattern[str]:
    return re.compile(rf"(?:['’]s)?\s(?:{any_of('parts of places')})\sof\s(?:the\s)?[A-Z]")


def is_joined(text: str, end: int) -> bool:
    """Whether another name is joined to the one that ends here ("Czechia and Poland host")."""
    return _JOINED.match(text, end) is not None
