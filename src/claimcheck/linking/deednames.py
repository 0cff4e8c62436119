"""Names of happenings that are a noun made of a verb: "opening of the Kessel plant", "merger of Norvex and
Talia", "Kessel plant closure".

A clause says the same where its predicate is the verb, and what happened to stands in it as a whole: "the
Kessel plant opened", "Arvia opened the Kessel plant". The nouns are the row `event nouns` of
data/linking.toml; "has been under siege" is such a noun too, and so is what something had: "the Kessel
plant had its opening". What was "first performed" had its premiere.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from claimcheck.linking.mentioned_event import MentionedEvent
from claimcheck.linking.naming import PREPOSITION
from claimcheck.linking.pairing import is_denied
from claimcheck.linking.places import WORD
from claimcheck.linking.words import nouns, stem, words_of
from claimcheck.model import Claim, Document, ReferenceRow, Span

_OF = re.compile(
    r"(?:the\s+)?(?:(?:official|formal|grand|full|final)\s+)?((?:first\s+)?\w+)\s+of\s+(?:the\s+)?(.+)",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"(?:the\s+)?(.+?)(?:['’]s)?\s+(\w+)", re.IGNORECASE)
_UNDER = re.compile(r"\bunder\s+(siege|blockade)\b")
_HAD = re.compile(
    r"\b(?:had|has|have|saw|got|received|given|celebrated|enjoyed)\s+(?:its|their)\s+"
    r"(?:(?:long-awaited|official|formal|grand|world)\s+)?((?:first\s+)?[a-z]+)\b"
)
_FIRST = re.compile(r"\bfirst\s+([a-z]+)\b")
_NEXT = re.compile(r"\s+([a-z][\w-]*)")
_OBJECT = re.compile(
    r"([a-z]+)\s+(?:up\s+)?(?:its|their|his|her|an?|the|new|\d[\d,.]*|two|three|four|five|six|more)\s"
)
_OWNED = re.compile(r"['’]s?\b|-")


class DeedNames:
    """The names of events that are a noun for a deed, by the verb."""

    def __init__(self, events: Iterable[ReferenceRow]) -> None:
        self._by_verb: dict[str, list[tuple[re.Pattern[str], ReferenceRow]]] = defaultdict(list)
        for row in events:
            for name in dict.fromkeys((row.name or "", *row.names)):
                for noun, thing in _parts(name):
                    for verb in _verbs().get(" ".join(noun.lower().split()), ()) if _is_a_name(thing) else ():
                        self._by_verb[verb].append((_whole(thing), row))

    def of(self, claim: Claim, document: Document) -> list[MentionedEvent]:
        """The happenings of which the clause tells by their verb."""
        found: dict[str, MentionedEvent] = {}
        for thing, row in [pair for verb in _told(claim) for pair in self._by_verb.get(verb, ())]:
            at = thing.search(document.text, claim.start, claim.end)
            if at is None or is_denied(document.text, at.start()):
                continue
            span, start = Span(at.start(), at.end()), max(claim.start, at.start() - 40)
            if PREPOSITION.search(document.text, start, at.start()) or _OWNED.match(document.text, at.end()):
                continue  # "talks at the Kessel plant opened", "the Kessel plant's canteen opened"
            if not _is_another_noun(claim, document.text, span) and not _acts(claim, document.text, span):
                found[row.key] = MentionedEvent(row, "name", span)
        return list(found.values())


def tells_the_deed(claim: Claim, row: ReferenceRow) -> bool:
    """Whether a clause tells by its verb of what the words for a row's kind are nouns of: "was first
    performed" of a premiere."""
    kinds = [kind.strip().lower() for kind in (row.label or "").split(",")]
    told = _told(claim)
    return any(not told.isdisjoint(_verbs().get(kind, ())) for kind in kinds)


def _told(claim: Claim) -> frozenset[str]:
    """The stems of the verbs by which a clause tells of a deed: its own, or that of the noun for what
    something was under, or had."""
    noun = _UNDER.search(claim.text) or _HAD.search(claim.text)
    if noun is not None:
        return frozenset(_verbs().get(" ".join(noun[1].split()), [])[:1])
    verb = stem(claim.predicate or "")
    first = {f"first {stem(word)}" for word in _FIRST.findall(claim.text)} & _firsts()
    return frozenset(first or {verb})


@cache
def _firsts() -> frozenset[str]:
    return frozenset(verb for verbs in _verbs().values() for verb in verbs if " " in verb)


def _is_another_noun(claim: Claim, text: str, thing: Span) -> bool:
    """Whether a thing's name only says of what another is: "the Kessel plant extension opened"."""
    behind = _NEXT.match(text, thing.end)
    if behind is None or behind[1].endswith("ly"):
        return False
    return stem(behind[1]) not in nouns("follows") | {stem(claim.predicate or "")}


def _acts(claim: Claim, text: str, thing: Span) -> bool:
    """Whether a thing does to another what its name says was done to it: "the hospital opened a new wing"."""
    behind = _OBJECT.search(text, thing.end, claim.end)
    return behind is not None and stem(behind[1]) == stem(claim.predicate or "")


def _parts(name: str) -> Iterable[tuple[str, str]]:
    """The noun for the deed and what it was done to, as a name may be read."""
    if (of := _OF.fullmatch(name)) is not None:
        yield of[1], of[2]
    elif (behind := _BEHIND.fullmatch(name)) is not None:
        yield behind[2], behind[1]


def _is_a_name(thing: str) -> bool:
    """Whether what happened to something is told by a name: "the Kessel plant", not "a plant"."""
    return any(word[0].isupper() for word in WORD.findall(thing))


def _whole(thing: str) -> re.Pattern[str]:
    words = r"\W{1,3}".join(re.escape(word) for word in WORD.findall(thing))
    words = words.replace("’", "['’]")
    return re.compile(rf"(?<![\w-]){words}(?![\w])", re.IGNORECASE)


@cache
def _verbs() -> dict[str, list[str]]:
    """The stems of the verbs by each noun; of "first-perform", "first" and the stem."""
    found: dict[str, list[str]] = defaultdict(list)
    for noun, verb in map(str.split, words_of("event nouns")):
        *first, last = verb.split("-")
        found[noun.replace("-", " ")].append(" ".join((*first, stem(last))))
    return found
