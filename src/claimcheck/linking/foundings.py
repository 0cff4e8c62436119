"""Which organisation of a gazetteer a clause says was founded, and whether a clause founds something else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from claimcheck.lexicon import load
from claimcheck.linking.mentioned_event import MentionedEvent
from claimcheck.linking.pairing import of_the_time
from claimcheck.linking.places import WORD, Named, NameIndex
from claimcheck.linking.surroundings import is_owner, is_part_of, own_words
from claimcheck.linking.words import any_of, is_calendar, nouns, stem
from claimcheck.model import Claim, Document, ReferenceRow, Span
from claimcheck.reference.names import folded

_OWN_FOUNDING = re.compile(
    r"\b(?:its|their)\s+(?:founding|foundation|establishment|creation|inception|formation)\s+(?:in|on)\s+\Z"
)
_COMMA = re.compile(r",\s+(?:the\s+)?")
_INTRANSITIVE = ("come", "date", "start", "begin")
_NEAR = 120
"""Characters before a date in which the organisation that was founded then may stand."""
_IN_PLACE = re.compile(r"(?:['’]s)?\s+in\s+(?:the\s+)?([A-Z][\w-]+)")
_LONGER = re.compile(r" ([A-Z][a-z]{2,20})\b")
_NAME_BEFORE = re.compile(r"\b([A-Z][\w’'-]+)\s\Z")
_PARTICIPLE = re.compile(r"[,)]\s*(?:founded|established|created|formed|launched|set up)\b")


class Foundings:
    """The organisations whose founding the gazetteers date, found by their names."""

    def __init__(self, rows: Sequence[ReferenceRow]) -> None:
        founded = [r for r in rows if r.kind == "gazetteer" and r.first is not None]
        self._rows = {f"{r.package}|{r.key}": r for r in founded}
        self._index = NameIndex(
            (name, key, "organisation") for key, r in self._rows.items() for name in r.names
        )

    def of(self, claim: Claim, document: Document, times: Sequence[Span]) -> list[MentionedEvent]:
        """An organisation whose founding the claim dates; what it founded itself is another matter. `times`:
        the dates of its sentence, each of the organisation that is named for it."""
        if _anew().search(claim.text) is not None:
            return []
        beside = self._beside(claim, document)
        if beside is not None:
            return self._founded(claim, beside.keys)
        phrase = _founding_phrase().search(claim.text)
        if phrase is None and (claim.predicate is None or stem(claim.predicate) not in nouns("founding")):
            return []
        passive = _PARTICIPLE.search(claim.text) is not None or claim.predicate == "exist"
        passive = passive or (phrase is not None and claim.predicate in _INTRANSITIVE)
        doer = claim.actor.text if claim.actor is not None and not passive else ""
        here = of_the_time(claim, self._named(claim.text, claim.start, doer), times)
        subject = "" if claim.subject is None or claim.subject.text in claim.text else claim.subject.text
        return self._founded(claim, {key for n in [*here, *self._named(subject, 0, doer)] for key in n.keys})

    def _founded(self, claim: Claim, keys: Iterable[str]) -> list[MentionedEvent]:
        span = Span(claim.start, claim.end)
        return [MentionedEvent(self._rows[key], "name", span, phase="found") for key in sorted(keys)]

    def _beside(self, claim: Claim, document: Document) -> Named | None:
        """The organisation right beside its founding: "SAMS (founded 1998)", "SAC, established in 2005,",
        "SAC, a council set up in 2005,", "Set up in Paris in 2005, SAC", "since 2011, when it was founded,
        SNHR". In such an aside no other is founded."""
        time, text = claim.time, document.text
        if time is None or time.start is None or time.end is None:
            return None
        low = max(claim.context.start, time.start - _NEAR)
        aside = _aside().search(text, low, time.start)
        if aside is not None:
            named = self._named(text[low : aside.start()], low, "")
            return named[-1] if named and named[-1].end == aside.start() else None
        own = _OWN_FOUNDING.search(text, low, time.start)
        opens = own is None and _opening().fullmatch(text, claim.context.start, time.start) is not None
        comma = own is not None or opens
        behind = (_COMMA if comma else _when_founded()).match(text, time.end, claim.context.end)
        if behind is None:
            return None
        named = self._named(text[behind.end() : claim.context.end], behind.end(), "")
        if not named or named[0].start != behind.end():
            return None
        after = WORD.match(text, named[0].end + 1)
        return None if opens and after and stem(after.group()) in nouns("branches") else named[0]

    def _named(self, text: str, at: int, doer: str) -> list[Named]:
        """What a text that begins at a character names, where that is no doer, part or owner."""
        found = self._index.find(text, 0, len(text))
        return [
            Named(n.start + at, n.end + at, n.text, n.keys, n.entity)
            for n in found
            if n.text not in doer
            and not self._is_the_end(text, n)
            and not _is_a_branch(text, n.end)
            and not _is_longer(text, n.end)
            and not is_part_of(text, n.start)
            and not is_owner(text, Span(n.start, n.end), nouns("founding"))
        ]

    def _is_the_end(self, text: str, named: Named) -> bool:
        """Whether a name is only the end of another's ("the Lorne Power Board" of a Power Board of Arvia)."""
        before = _NAME_BEFORE.search(text, max(0, named.start - 40), named.start)
        if before is None or before[1].isupper() or before[1] in _openers() or is_calendar(before[1]):
            return False
        if before[1].endswith(("'s", "’s")):
            return False
        return any(folded(before[1]) not in own_words(self._rows[key]) for key in named.keys)


@cache
def _openers() -> frozenset[str]:
    return frozenset(word for row in load("sentence_openers") for word in row["words"])


def _is_longer(text: str, end: int) -> bool:
    """Whether a name is the beginning of a longer one, of something else ("the Guild Vision 2030")."""
    found = _LONGER.match(text, end)
    return found is not None and not is_calendar(found[1])


@cache
def _begun() -> str:
    return rf"(?:{any_of('founded')})(?:\s+(?:back\s+)?(?:in|on))?"


@cache
def _aside() -> re.Pattern[str]:
    beside = rf"(?:that|which)\s+(?:was\s+|were\s+)?(?:{any_of('founding_phrases')})(?:\s+(?:in|on))?"
    sort = rf"(?:an?|the)\s+(?:(?!(?:{any_of('leads on')})\b)[\w’'-]+\s+){{1,5}}?"
    return re.compile(
        rf"(?:\s?\(|,\s+(?:itself\s+|{sort})?|\s+(?:is|was)\s+{sort})(?:{_begun()}|{beside})\s+\Z"
    )


@cache
def _opening() -> re.Pattern[str]:
    """A sentence that begins with when something was founded: "Set up by doctors in May 2005"."""
    return re.compile(rf"\W*{_begun()}(?:\s+[\w’'-]+){{0,6}}\s+", re.IGNORECASE)


@cache
def _when_founded() -> re.Pattern[str]:
    return re.compile(rf",\s+when\s+(?:it|they)\s+(?:was|were)\s+(?:{any_of('founded')}),\s+(?:the\s+)?")


def _is_a_branch(text: str, end: int) -> bool:
    """Whether what stands behind a name makes it a branch: "the Guild in Tarn was founded"."""
    found = _IN_PLACE.match(text, end)
    return found is not None and not is_calendar(found[1])


@cache
def _anew() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of('founded anew')})\b")


@cache
def _founding_phrase() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of('founding_phrases')})\b")


def founds(claim: Claim, name: str | None = None) -> bool:
    """Whether somebody founds something: "the sixth round created a zone" dates the zone, not the round.
    `name`: and whether it is the one of this name who does."""
    if claim.actor is None or claim.predicate is None or _PARTICIPLE.search(claim.text) is not None:
        return False
    if name is not None and name not in claim.actor.text and claim.actor.text not in name:
        return False
    return claim.predicate != "exist" and stem(claim.predicate) in nouns("founding")
