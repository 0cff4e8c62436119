"""What the words around a name make of it: "General Assembly resolution 2401" is another resolution, "Western
Ghouta chemical attack" another attack, and what befell "Hadieh's brother" did not befall her.

Each rule only takes a link away: where the words around a name do not belong to the row, it is not meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import pairwise

from claimcheck.linking.peoples import states_of
from claimcheck.linking.places import WORD, NameIndex
from claimcheck.linking.placewords import direction_words
from claimcheck.linking.words import is_calendar, nouns, stem, words_of
from claimcheck.model import ReferenceRow, Span
from claimcheck.reference.names import folded

_ORDINAL = re.compile(
    r"first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d{1,3}(?:st|nd|rd|th)", re.IGNORECASE
)
_LEAD = re.compile(r"(?:[^\W\d_][\w’'-]{0,30}[ -]){1,4}\Z")
_LEAD_WITHIN = 90
_OF_OTHERS = re.compile(
    r"\s+of\s+(?:the\s+)?(?:[\d+]{1,5}\s+)?(?:(?:[a-z]{3,20}\s+){1,2}(?:in|on|over|between|with)\s+(?:the\s+)?)?"
    r"(?:int(?:ra|er)-)?((?:[A-Z][\w’']{1,30}(?![\w-])\s?){1,4})"
)
_LONGER = re.compile(r" ([A-Z][a-z][\w’'-]{1,30})")
_ON = re.compile(
    r"(?:\s+in\s+[A-Z]\w+)?\s+(?:(?:on|about|concerning|regarding|between|from|for)"
    r"|(?:to|aimed\s+at)\s+[a-z]{2,12}\s(?:[a-z-]{1,12}\s){0,4}?in)\s+(?:the\s+)?(?=[A-Z])"
)
_IN = re.compile(r"\s+in\s+(?=[A-Z])")
_OWNS = re.compile(r"(?:['’]s?)?\s+([\w-]{1,30})")


def is_another(
    text: str, found: Span, sentence: Span, row: ReferenceRow, kinds: frozenset[str], places: NameIndex
) -> bool:
    """Whether the words around a name of a row make it the name of something else. `kinds`: the stems of the
    words for the row's kind."""
    own = own_words(row)
    return (
        _lead_is_foreign(text, found, sentence, own, kinds)
        or _goes_on(text, found, own)
        or holds_foreign_words(found.of(text), own | _own_places(text, found, row, places), kinds)
        or _belongs_to_others(text, found, own)
        or _is_on_another(text, found, row, own, places)
        or is_owner(text, found, kinds)
    )


def own_words(row: ReferenceRow) -> frozenset[str]:
    """The words of all names of a row, and of whose happening it is, short names written out ("UN")."""
    return _written_out((*row.names, row.name or "", row.actor or "", row.series or ""))


@lru_cache(maxsize=1 << 12)
def _written_out(names: tuple[str, ...]) -> frozenset[str]:
    own = _words(names)
    return own.union(*(long for short, long in written_out() if short in own))


def _own_places(text: str, found: Span, row: ReferenceRow, places: NameIndex) -> frozenset[str]:
    """The words of the places within a name that are the row's: the Syria of "round of Syria talks"."""
    keys = {f"{row.package}|{place}" for place in row.places}
    return _words(n.text for n in places.find(text, found.start, found.end) if n.keys & keys)


@cache
def written_out() -> tuple[tuple[str, frozenset[str]], ...]:
    """Short names, each with the words of its long form: "un" of "united", "nation"."""
    pairs = (phrase.split(" ", 1) for phrase in words_of("written_out"))
    return tuple((folded(short), _words([long])) for short, long in pairs)


def is_owner(text: str, found: Span, kinds: frozenset[str]) -> bool:
    """Whether a name only owns what the clause is about ("Hadieh's brother"), unless it owns its own
    happening ("Hadieh's death", "Geneva II's opening")."""
    inside = text[found.start : found.end].endswith(("'s", "’s", "s'", "s’"))
    owned = _OWNS.match(text, found.end)
    if owned is None or not (inside or text[found.end] in "'’s"):
        return False
    return stem(owned[1]) not in kinds | nouns("stretches")


def _lead_is_foreign(
    text: str, found: Span, sentence: Span, own: frozenset[str], kinds: frozenset[str]
) -> bool:
    """Whether a direction, or names that are none of the row's, stand right before: before a name that begins
    with a common noun ("resolution 2401") names of others say whose it is."""
    lead = _LEAD.search(text, max(sentence.start, found.start - _LEAD_WITHIN), found.start)
    if lead is None:
        return False
    words = list(WORD.finditer(text, lead.start(), found.start))
    last = words[-1].group()
    if last.lower() in _unreal() or (_ORDINAL.fullmatch(last) and folded(last) not in own):
        return True
    if last.lower() in direction_words() and folded(last) not in own:
        return True
    first = WORD.search(text, found.start, found.end)
    if first is None or not (first.group().islower() or stem(first.group()) in kinds | nouns("numbered")):
        return False
    for word in reversed(words):
        if not word.group()[0].isupper() or word.group() == "The" or is_calendar(word.group()):
            return False
        owns = word.group().endswith(("'s", "’s"))
        if (word.start() > sentence.start or owns) and not _words([word.group()]) <= own:
            return True
    return False


def _goes_on(text: str, found: Span, own: frozenset[str]) -> bool:
    """Whether the name is the beginning of a longer one ("Geneva II Convention")."""
    behind = _LONGER.match(text, found.end)
    if behind is None or is_calendar(behind[1]):
        return False
    return not _words([behind[1]]) <= own


def holds_foreign_words(name: str, own: frozenset[str], kinds: frozenset[str]) -> bool:
    """Whether a word stands between the others that is none of the row's: "round of nuclear talks", "of Yemen
    talks", where "peace", "new" or "UN-led" would say nothing else."""
    words = list(WORD.finditer(name))
    for word, behind in pairwise(words):
        one = word.group()
        if name[word.end() : behind.start()] != " " or stem(behind.group()) not in nouns("numbered"):
            continue
        joined = one[0].islower() and "-" in name[max(0, word.start() - 1) : word.start()]  # "UN-led"
        harmless = kinds | nouns("neutral", "numbered", "follows")
        known = word.start() == 0 or _words([one]) <= own or stem(one) in harmless
        if not known and not joined and len(one) > 2 and not one.lower().endswith(("ed", "ing")):
            return True
    return False


def _belongs_to_others(text: str, found: Span, own: frozenset[str]) -> bool:
    """Whether others are named behind it ("resolution 2401 of the General Assembly", "the ninth round of Lima
    talks", "of talks in Lima")."""
    others = _OF_OTHERS.match(text, found.end)
    if others is None or is_calendar(others[1].split()[0]):
        return False
    return not _words([others[1]]) & own


def _is_on_another(text: str, found: Span, row: ReferenceRow, own: frozenset[str], places: NameIndex) -> bool:
    """Whether it is said to be about something that the row is not about ("resolution 2118 on Yemen",
    "talks to end the war in Yemen"), one
    that is only numbered is of a series held elsewhere ("the ninth round of talks in Lima"), or it is from
    elsewhere ("the evacuation of 29 patients from Tarn")."""
    about = _ON.match(text, found.end)
    said = found.of(text)
    if about is None and _ORDINAL.match(said) is not None and said[1:].islower():
        about = _IN.match(text, found.end)
    word = None if about is None else WORD.match(text, about.end())
    if word is None or is_calendar(word.group()) or _words([word.group()]) <= own:
        return False
    keys = {f"{row.package}|{place}" for place in row.places}
    if any(places.lookup(state) & keys for state in states_of(word.group())):
        return False  # "talks between the Syrian government and rebels"
    named = places.find(text, word.start(), min(len(text), word.start() + 60))
    return not any(n.start == word.start() and n.keys & keys for n in named)


def is_with_others(text: str, row: ReferenceRow, places: NameIndex) -> bool:
    """Whether a text names people of a state that is none of the row's ("held with Libyan delegates")."""
    own, keys = own_words(row), {f"{row.package}|{place}" for place in row.places}
    for word in WORD.findall(text):
        states = states_of(word) if word[0].isupper() and not _words([word]) <= own else frozenset()
        if states and not any(places.lookup(state) & keys for state in states):
            return True
    return False


@lru_cache(maxsize=1 << 12)
def is_unreal(text: str, kind: frozenset[str]) -> bool:
    """Whether a word before what is called by its kind says that it did not happen ("a foiled attack"), or
    which of several it is, which a row that is none of a series does not know ("the third gas attack")."""
    return _is_led(text, kind, _unreal(), _ORDINAL)


def _is_led(
    text: str, kind: frozenset[str], by: frozenset[str], pattern: re.Pattern[str] | None = None
) -> bool:
    for word in WORD.finditer(text):
        if stem(word.group()) not in kind:
            continue
        lead = _LEAD.search(text, max(0, word.start() - _LEAD_WITHIN), word.start())
        if lead is not None:
            before = WORD.findall(lead.group())
            if any(one.lower() in by or (pattern and pattern.fullmatch(one)) for one in before[-3:]):
                return True
    return False


@cache
def _unreal() -> frozenset[str]:
    """As they are written: the stem of "planned" is that of "plane"."""
    return frozenset(words_of("unreal"))


def _words(names: Iterable[str]) -> frozenset[str]:
    return frozenset(w.removesuffix("s") for name in names for w in folded(name.replace("’s", "")).split())
