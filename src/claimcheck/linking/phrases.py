"""Dates that hang on a happening which a clause only names by its kind and place: "condemned the chlorine
attack on Douma of 22 January", "the 22 January attack on Douma must be investigated".

Whatever the clause says, or only asks for, takes for granted that the happening was then. What stands there
is read as a clause of its own: "the chlorine attack on Douma of 22 January" happened.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from claimcheck.judging.relations import Candidate
from claimcheck.linking.claimlinks import PlaceFinder
from claimcheck.linking.deeds import use_of
from claimcheck.linking.event_candidates import EventCandidates
from claimcheck.linking.event_finder import EventFinder
from claimcheck.linking.granted import is_taken_for_granted
from claimcheck.linking.incidents import Incidents
from claimcheck.linking.items import Item, changed
from claimcheck.linking.naming import is_about, own_time
from claimcheck.linking.places import WORD, Named
from claimcheck.linking.words import stem
from claimcheck.model import Claim, Document, Link, ReferenceRow, Span

_WITHIN = 90
"""Characters before a date in which what it hangs on is named."""
_OPENS = re.compile(r"(?:\b(?:the|this|that|these|those|an?)|['’]s)\s+", re.IGNORECASE)
_OF = r"(?:\s+of\s+(?:the\s+)?|\s+\()"
_HANGS = re.compile(_OF)
_HANGS_FIRST = re.compile(rf"{_OF}|\s+(?:on|in)\s+(?:the\s+)?")
_PREPOSITION = re.compile(r"\s+(?:on|in|at|against|near|of|over)\s+")
_PHRASE = re.compile(r"[\w’'. -]*")
_RIGHT_BEHIND = re.compile(r"\s+")
_INDEFINITE = re.compile(r"an?\s", re.IGNORECASE)
_MOST_WORDS = 5


Told = Callable[[Item, ReferenceRow, bool], Candidate]


class Phrases:
    """Finds the happenings that clauses name by kind and place with their date."""

    def __init__(
        self,
        event_finder: EventFinder,
        candidates: EventCandidates,
        incidents: Incidents,
        places: PlaceFinder,
    ) -> None:
        self._event_candidates = candidates
        self._incidents = incidents
        self._places = places
        self._kinds = event_finder.kind_words() | incidents.kind_words()

    def add(self, items: Iterable[Item], told: Told) -> None:
        """Give the dated claims that nothing else answers what they name so; those that were asserted by
        nobody are, as what they name is taken for granted. `told`: an incident as a candidate."""
        pairs = [(item, phrase) for item in items if (phrase := self._phrase(item)) is not None]
        incidents = self._incidents.told([phrase for _, phrase in pairs])
        for number, (item, phrase) in enumerate(pairs):
            found = [told(phrase, *row) for row in incidents.get(number, ())]
            found += self._event_candidates.by_phrase(phrase)
            if not found:
                continue
            if _is_unsure(item, phrase.claim):
                found = [replace(candidate, unique=False) for candidate in found]
            item.claim, item.candidates = changed(item.claim, asserted=True, hedge=None), found

    def _phrase(self, item: Item) -> Item | None:
        claim, document = item.claim, item.document
        if claim.kind != "event" or claim.time is None or any(c.how != "measure" for c in item.candidates):
            return None
        named = self._places.names(document, claim.context.start, claim.context.end)
        told = dated_phrase(claim, document, named, self._kinds) if named else None
        if told is None or not (claim.asserted or is_taken_for_granted(claim, item.document.date, told.text)):
            return None
        return Item(told, document, place=self._places.place_of(told, document, []))


def _is_unsure(item: Item, phrase: Claim) -> bool:
    """Whether the date may be that of something else, or of any one of the kind: "the report on the attack on
    Douma of 3 May", "an attack on Douma of 3 May"."""
    if _INDEFINITE.match(phrase.text) is not None:
        return True
    return is_about(item.document.text, max(item.claim.context.start, phrase.start - _WITHIN), phrase.start)


def dated_phrase(
    claim: Claim, document: Document, places: Sequence[Named], kinds: frozenset[str]
) -> Claim | None:
    """What a dated clause says of a happening that it names by its kind and place with the clause's date, as
    a claim that it happened; None where the date hangs on nothing of that sort. `places`: those of the
    sentence; `kinds`: the stems of the words for kinds of happenings."""
    own, text = own_time(claim), document.text
    if claim.kind != "event" or own.end == 0:
        return None
    low = max(claim.context.start, own.start - _WITHIN)
    opened = list(_OPENS.finditer(text, low, own.start))
    for lead in reversed(opened):
        first = not text[claim.start : lead.start()].strip()
        hangs = _last(_HANGS_FIRST if first else _HANGS, text, lead.end(), own.start)
        near = [n for n in places if hangs is not None and lead.end() <= n.start and n.end <= hangs]
        if hangs is None or not near:
            continue
        kind = _kind(text[lead.end() : hangs], kinds)
        if kind is not None and hangs in (near[-1].end, lead.end() + len(kind)):
            return _event_claim(claim, document, Span(lead.start(), own.end), kind)
    return _behind(claim, document, own, places, kinds)


def _behind(
    claim: Claim, document: Document, own: Span, places: Sequence[Named], kinds: frozenset[str]
) -> Claim | None:
    """The same where the date stands first: "the 22 January 2018 chlorine attack on Douma"."""
    text = document.text
    near = [n for n in places if own.end < n.start <= own.end + _WITHIN]
    opens = _OPENS.match(text, own.start) or _OPENS.search(text, max(0, own.start - 5), own.start)
    if not near or opens is None or _RIGHT_BEHIND.match(text, own.end) is None:
        return None
    kind = _kind(text[own.end : near[0].end].lstrip(), kinds)
    return None if kind is None else _event_claim(claim, document, Span(opens.start(), near[0].end), kind)


def _last(pattern: re.Pattern[str], text: str, start: int, end: int) -> int | None:
    """Where the words begin by which a date that stands at `end` hangs on what stands before."""
    found = next((m for m in pattern.finditer(text, max(start, end - 12), end) if m.end() == end), None)
    return None if found is None else found.start()


def _kind(phrase: str, kinds: frozenset[str]) -> str | None:
    """The words for a kind that a phrase begins with, up to its first preposition."""
    if _PHRASE.fullmatch(phrase) is None:
        return None
    used = use_of(phrase)
    head = _PREPOSITION.split(phrase, maxsplit=1)[0] if used is None else phrase[: used.end()]
    if used is not None:
        return head if len(WORD.findall(phrase[: used.start()])) <= _MOST_WORDS else None
    words = WORD.findall(head)
    return head if words and len(words) <= _MOST_WORDS and stem(words[-1]) in kinds else None


def _event_claim(claim: Claim, document: Document, span: Span, kind: str) -> Claim:
    return changed(
        claim,
        start=span.start,
        end=span.end,
        text=span.of(document.text),
        subject=Link(kind),
        actor=None,
        place=None,
        predicate="happen",
        terms=(),
    )
