"""Names of happenings that are sentences: "OHCHR suspends death-toll analyses", "António Guterres is UN
Secretary-General".

A clause says the same where its predicate is a word of the name, its subject holds the words before that
word, and the words after it follow its own verb in their order, with nothing but small words between.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from claimcheck.linking.mentioned_event import MentionedEvent
from claimcheck.linking.places import WORD, NameIndex
from claimcheck.linking.surroundings import written_out
from claimcheck.linking.words import nouns, stem
from claimcheck.model import Claim, ReferenceRow, Span

_TAIL = re.compile(
    r"\W*(?:(?:already|officially|formally)\s+)?(?:(?:in|on|at|since|from|until|during|after|before|last|this|as|by|"
    r"yesterday|today|earlier|late|early)\b.*)?",
    re.IGNORECASE | re.DOTALL,
)
_ABOUT = re.compile(r"\s+(?:for|in|on|about)\s+(?:the\s+)?")
Stems = tuple[str, ...]

_BE = frozenset({"is", "was", "are", "were", "been", "be"})


class SentenceNames:
    """The names of events that hold a verb, by the stem of each word that may be it."""

    def __init__(self, rows: Iterable[ReferenceRow], places: NameIndex) -> None:
        self._places = places
        self._by_verb: dict[str, list[tuple[Stems, Stems, ReferenceRow]]] = defaultdict(list)
        for row in rows:
            for name in (row.name or "", *row.names):
                self._add(name, row)

    def _add(self, name: str, row: ReferenceRow) -> None:
        words = WORD.findall(name)
        for i, word in enumerate(words[1:-1], start=1):
            noun = stem(word) in nouns("follows") - nouns("happens") and word not in _BE
            if word.islower() and not noun:
                before, after = _content(words[:i]), _content(words[i + 1 :])
                if before and after:
                    self._by_verb[_verb(word)].append((before, after, row))

    def of(self, claim: Claim) -> list[MentionedEvent]:
        """The happenings whose name the clause says as a sentence. That somebody holds an office says when
        the term began only where the clause does ("since 2017")."""
        if claim.predicate is None or claim.subject is None or claim.time is None:
            return []
        verb = stem(claim.predicate)
        if verb == "be" and claim.time.relation != "since":
            return []
        found: dict[str, MentionedEvent] = {}
        rows = self._by_verb.get(verb, ())
        at = _verb_at(claim) if rows else None
        if at is None:
            return []
        subject = set(_content(WORD.findall(f"{claim.subject.text} {claim.text[: at.start()]}")))
        subject.update(short for short, long in written_out() if long <= subject)
        for before, after, row in rows:
            end = _end_of(claim.text, at, after) if subject >= set(before) else None
            if end is not None and _TAIL.fullmatch(claim.text, self._behind_its_place(claim.text, end, row)):
                span = Span(claim.start, claim.end)
                found[row.key] = MentionedEvent(row, "name", span, phase="begin")
        return list(found.values())

    def _behind_its_place(self, text: str, at: int, row: ReferenceRow) -> int:
        """Where the words go on behind the place that a happening is about ("its analyses for Arvia")."""
        about = _ABOUT.match(text, at)
        if about is None:
            return at
        named = self._places.find(text, about.end(), min(len(text), about.end() + 60))
        own = {f"{row.package}|{place}" for place in row.places}
        return named[0].end if named and named[0].start == about.end() and named[0].keys & own else at


def _verb(word: str) -> str:
    return "be" if word in _BE else stem(word)


def _content(words: Sequence[str]) -> tuple[str, ...]:
    """The stems of the words that say something."""
    stems = (stem(w) for w in words if w.lower() not in _SMALL)
    return tuple(one for one in stems if one not in nouns("follows"))


_SMALL = frozenset({"the", "a", "an", "its", "their", "his", "her", "all", "of", "to"})


def _verb_at(claim: Claim) -> re.Match[str] | None:
    """Where the verb of a clause stands: the word of its stem, else ("took office") the one right behind its
    subject."""
    verb, words = stem(claim.predicate or ""), list(WORD.finditer(claim.text))
    for word in words:
        if _verb(word.group().lower()) == verb:
            return word
    subject = "" if claim.subject is None else claim.subject.text
    end = claim.text.find(subject) + len(subject) if subject and subject in claim.text else len(claim.text)
    return next((w for w in words if w.start() >= end and w.group().lower() not in _SMALL | _BE), None)


def _end_of(text: str, verb: re.Match[str], after: Sequence[str]) -> int | None:
    """Where words end that stand right behind the verb of a clause, None where they do not."""
    left = list(after)
    for behind in WORD.finditer(text, verb.end()):
        one = stem(behind.group())
        if left and one == left[0]:
            left.pop(0)
            if not left:
                return behind.end()
        elif behind.group().lower() not in _SMALL | _BE and one not in nouns("follows"):
            break
    return None
