"""Whom a pronoun of a clause stands for: the party that was named before.

"Russian forces bombed Tarn. They killed 40." tells of their deed. Only what is named alone counts; else
nothing is carried over, and a deed of theirs is one of nobody whom the tables know.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from claimcheck.linking.items import changed
from claimcheck.linking.places import WORD, NameIndex
from claimcheck.linking.words import nouns, stem
from claimcheck.model import Claim, Document, Link, Span

_LED = r"(?:in|on|at|by|during|after|since|throughout|between|that|this|over)\b[^,.;:]"
_LATER = r"(?:[\w-]{1,12}\s){1,3}later,\s*"
_FRONTED = rf"(?:{_LED}{{0,60}},\s*|{_LATER})?"
_AHEAD = rf"(?:{_LED}{{0,60}}?(?:,\s*|\s+)|{_LATER})?"  # "After nine days it closed"
_PRONOUN = re.compile(rf"\W*{_AHEAD}(they|it|he|she)\b", re.IGNORECASE)
_SUBJECT = re.compile(rf"\W*{_FRONTED}(?:the\s+)?", re.IGNORECASE)
_ENDS = re.compile(r"[.!?][\"'”’)]*\s+(?=[\"'“‘(]?[A-Z])")
_NOT_ALONE = re.compile(r"\s*(?:,?\s+(?:and|or)\b|['’]s?\b|,)")
_NEAR = 30
"""Characters behind a name among which its verb stands."""
_BACK = 500
"""Characters: a sentence named before that is further back is not looked for."""


def before(document: Document, start: int) -> Span:
    """The sentence before a sentence that starts here, within its paragraph; empty where there is none."""
    text, low = document.text, max(0, start - _BACK)
    low = max(low, text.rfind("\n\n", low, start) + 1)
    ends = [found.end() for found in _ENDS.finditer(text, low, start)]
    ends = [end for end in ends if end < start and text[end:start].strip()]
    return Span(ends[-1] if ends else low, start)


class Parties:
    """The parties of the tables, to be found as what "they" stands for. `names`: with the keys of who bears
    them."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        self._index = NameIndex((name, key, "organisation") for name, key in names)

    def carried(self, claim: Claim, document: Document) -> Claim:
        """The claim with the party that its pronoun stands for as its actor; with the pronoun itself where
        nobody can tell and a deed is told, so that it is nobody's whom the tables know."""
        if claim.actor is not None or claim.subject is not None or claim.role != "object":
            return claim
        if (named := self._right_before_verb(claim, document)) is not None:
            return changed(claim, actor=Link(named), subject=Link(named))
        found = _PRONOUN.match(document.text, claim.context.start, claim.context.end)
        if found is None or found.end() > (claim.end if claim.quantity is None else claim.quantity.start):
            return claim
        party = self._party(document, before(document, claim.context.start))
        if party is not None:
            return changed(claim, actor=Link(party), subject=Link(party))
        harms = claim.predicate is not None and stem(claim.predicate) in nouns("harms")
        return changed(claim, actor=Link(found[1])) if harms and found[1].lower() != "it" else claim

    def _right_before_verb(self, claim: Claim, document: Document) -> str | None:
        """The party that the clause begins with, right before its verb, where the parse saw no subject."""
        lead = _SUBJECT.match(claim.text)
        named = [] if lead is None else self._index.find(claim.text, lead.end(), len(claim.text))[:1]
        if lead is None or not named or named[0].start != lead.end() or claim.predicate is None:
            return None
        behind = WORD.findall(claim.text[named[0].end : named[0].end + _NEAR])[:2]
        return named[0].text if stem(claim.predicate) in map(stem, behind) else None

    def _party(self, document: Document, sentence: Span) -> str | None:
        """The party that a sentence is about, if it names no other."""
        text = document.text
        lead = _SUBJECT.match(text, sentence.start, sentence.end)
        named = self._index.find(text, sentence.start, sentence.end)
        if lead is None or len({n.keys for n in named}) != 1 or named[0].start != lead.end():
            return None
        if _NOT_ALONE.match(text, named[0].end):
            return None
        others = {stem(w) for w in WORD.findall(text[named[0].end : sentence.end])} & nouns("perpetrators")
        return None if others else named[0].text


def is_pronoun(text: str) -> bool:
    """Whether who did it is only a pronoun that stands for somebody unknown."""
    return text.lower() in ("they", "he", "she")
