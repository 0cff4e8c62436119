"""Numbers of the deed that a table has for a place and day, and of another: those injured by "a sarin attack"
where its incident was one with chlorine.

A figure of the same place and days is of the same incident, whatever it leaves unsaid: it does not answer a
number of another deed, and answers the number of the party whose deed the table says it was.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from claimcheck.judging.relations import Candidate
from claimcheck.linking.candidates import CandidateFinder
from claimcheck.linking.denied import without_denied
from claimcheck.linking.items import Item
from claimcheck.linking.othervalues import OtherValues
from claimcheck.linking.places import WORD
from claimcheck.linking.wholes import is_of_a_happening, kinds_told
from claimcheck.linking.words import head_words, nouns, stem
from claimcheck.model import Claim

_CAUSE = re.compile(r"\b(?:by|with|to|from)\s+(?:(?:an?|the)\s+)?([^\W\d_]{3,20})\b")


class OtherKinds:
    """The kinds of the incident tables, and the names in their other columns."""

    def __init__(self, finder: CandidateFinder) -> None:
        self._values = OtherValues(finder)
        self._words: dict[str, set[str]] = defaultdict(set)
        for package, kind in finder.incident_kinds:
            if is_of_a_happening(kind):
                self._words[package].update(map(stem, WORD.findall(kind)))

    def set_aside(self, items: Iterable[Item]) -> None:
        """Let no incident, nor a figure of its place and days, answer a number of another kind of deed."""
        for item in items:
            self._values.set_aside(item)
            incidents = [c for c in item.candidates if c.row.kind == "incident"]
            if item.claim.quantity is None or not incidents:
                continue
            if all(self._is_of_another(item, c) for c in incidents):
                item.candidates = [_apart(c, incidents) for c in item.candidates]
            elif all(c.actor == "same" for c in incidents):
                item.candidates = [_theirs(c, incidents) for c in item.candidates]

    def _is_of_another(self, item: Item, candidate: Candidate) -> bool:
        """Whether the clause says that it was of a kind which the tables know and the row is not of."""
        row = candidate.row
        known = self._words[row.package]
        own = frozenset(one for kind in kinds_told(row) for one in kind)
        theirs = candidate.actor == "claim_only" and not own & nouns("deeds")
        if theirs and _is_by_perpetrators(item.claim):
            return True  # "guards killed seven" is no riot
        text = _told(item.claim)
        words = list(WORD.finditer(text))
        said = {stem(w.group()) for w in words}
        weapons = nouns("weapon_kinds") if own & nouns("weapon_kinds") else frozenset[str]()
        foreign = (said & known | said & weapons) - own - nouns("loose_kinds")
        if not foreign:
            return False
        for one, behind in pairwise(words):
            joined = text[one.end() : behind.start()] in (" ", "-")
            if joined and stem(one.group()) in own - nouns("loose_kinds"):
                foreign -= {stem(behind.group())}  # "chlorine rockets" bring chlorine
        for one, behind in pairwise(words):
            joined = text[one.end() : behind.start()] in (" ", "-")
            is_kind = stem(behind.group()) in own | nouns("deeds")
            if joined and stem(one.group()) in foreign and is_kind:
                return True  # "a sarin attack"
        joined_words = {one for kind in kinds_told(row) if len(kind) > 1 for one in kind}
        if said & (own - joined_words):
            return False  # "by shells and bombs"
        return not foreign.isdisjoint(_causes(item.claim, text))


def _is_by_perpetrators(claim: Claim) -> bool:
    """Whether the clause tells of the deed of those who do deeds, whoever they were."""
    words = head_words(claim.actor)
    return bool(words) and stem(words[-1]) in nouns("perpetrators")


def _told(claim: Claim) -> str:
    """The clause with its subject, without what it denies."""
    subject = "" if claim.subject is None or claim.subject.text in claim.text else f"{claim.subject.text}; "
    return without_denied(f"{subject}{claim.text}")


def _causes(claim: Claim, text: str) -> frozenset[str]:
    """The stems of what the clause says did it: the last word of its subject or actor, what stands behind
    "by"."""
    found = {stem(match[1]) for match in _CAUSE.finditer(text)}
    for link in (claim.subject, claim.actor):
        words = [] if link is None else head_words(without_denied(link.text))
        found |= {stem(word) for word in words[-1:]}
    return frozenset(found)


def _apart(candidate: Candidate, incidents: Sequence[Candidate]) -> Candidate:
    """A candidate, as one of another deed where it is of the days of an incident that the claim is not of."""
    return replace(candidate, other_deed=True) if _is_of_its_days(candidate, incidents) else candidate


def _theirs(candidate: Candidate, incidents: Sequence[Candidate]) -> Candidate:
    """A candidate about everybody's deeds, as one about those of the party whose incident it was."""
    whose = candidate.actor == "claim_only" and _is_of_its_days(candidate, incidents)
    return replace(candidate, actor="none") if whose else candidate


def _is_of_its_days(candidate: Candidate, incidents: Sequence[Candidate]) -> bool:
    row = candidate.row
    return any(row.period == c.row.period and row.package == c.row.package for c in incidents)
