"""Whose a measured thing is where nobody does anything: "Norvex's sales rose to 4.65 billion euros", "Norvex
reported revenue of …", "a headcount of 16,900 at Norvex"; and whose deeds a source counts that names nobody:
"Belgian customs seized 116 tonnes", by the figures of Belgian Customs.

The verbs are the row `owns` of data/linking.toml. What befalls people is nobody's in this way: "the army's
dead" are not those whom it killed.
"""

from __future__ import annotations

import re

from claimcheck.judging.explaining import publisher
from claimcheck.judging.relations import ActorMatch
from claimcheck.linking.actors import actor_match, as_deed_of, doer, organisations, proper, reports
from claimcheck.linking.peoples import states_of
from claimcheck.linking.places import WORD, NameIndex
from claimcheck.linking.words import nouns, stem
from claimcheck.model import Claim, ReferenceRow

_NAME = r"(?:[A-Z][\w&.-]{0,30}\s?){1,5}"
_POSSESSIVE = re.compile(rf"\b({_NAME})['’]s?\s+((?:[\w-]+\s+){{0,3}}[\w-]+)")
_OF = re.compile(rf"\b([a-z][\w-]+)\s+(?:of|at|for)\s+(?:the\s+)?({_NAME})")
_NATIONAL = re.compile(r"\b([A-Z][a-z]+)\s+([a-z][\w-]+)")
_WITH_OTHERS = re.compile(r"\s*(?:,\s*)?(?:and|or|as well as|together with|along with)\s+(?:the\s+)?[A-Z]")
_NOT_ITS_WORD = re.compile(
    r"(?:\b(?:than|[Uu]nlike|[Cc]ontrary to|[Dd]espite|[Ww]hatever|what|against)"
    r"|[A-Z][\w’'-]*,?\s(?:and|or|nor))\s+(?:what\s+)?(?:the\s+)?\Z"
)
_HARMS = ("deeds", "fate_killed", "fate_injured", "fate_missing", "fate_displaced")
_FATES = (*_HARMS, "fate_held", "fate_sick", "fate_saved")


def owner_match(
    claim: Claim, row: ReferenceRow, said: frozenset[str], known: frozenset[str], index: NameIndex
) -> ActorMatch:
    """Whose the measured thing is by the claim, against whose it is by the row; "row_only" where the claim
    does not say. `said`: the stems of the vocabulary that linked the two."""
    measured = said | frozenset(map(stem, WORD.findall(row.measure or "")))
    if any(not measured.isdisjoint(nouns(fate)) for fate in _FATES):
        return "row_only"
    owner = _owner(claim, measured)
    if owner is None:
        return "row_only"
    if not proper(owner) <= known and not index.lookup(owner):
        return "doubtful"  # "Norvex's supplier Talia"
    return actor_match(as_deed_of(claim, owner), row.actor, known, index)


def is_the_source(claim: Claim, row: ReferenceRow, said: frozenset[str], index: NameIndex) -> bool:
    """Whether who a claim says did it is who published the row: an office that counts what it does itself.
    Never for harm that is done to people, of which others tell than who did it."""
    told, by = doer(claim), publisher(row)
    measured = said | frozenset(map(stem, WORD.findall(row.measure or "")))
    if told is None or by is None or any(not measured.isdisjoint(nouns(harm)) for harm in _HARMS):
        return False
    if organisations(by, index) & organisations(told, index):
        return True
    words = frozenset(map(stem, WORD.findall(told))) - nouns("staff")
    return bool(words) and words <= frozenset(map(stem, WORD.findall(by)))


def is_of_the_speaker(claim: Claim, row: ReferenceRow, index: NameIndex, text: str) -> bool:
    """Whether who the text says to have said or counted it gives the row's number, or published the row:
    "according to the union, 16,500 …", "the union put it at 16,500"; nobody who says it with others, or of
    whom the text only says that it is more "than the union said". `text`: the document's."""
    told = claim.speaker or (claim.actor if reports(claim) else None)
    by = None if told is None else row.reported_by or publisher(row)
    if told is None or by is None:
        return False
    at = text.find(told.text, claim.context.start, claim.context.end)
    if at >= 0 and (
        _WITH_OTHERS.match(text, at + len(told.text))
        or _NOT_ITS_WORD.search(text, max(claim.context.start, at - 40), at)
    ):
        return False
    if told.text.islower() or row.reported_by:  # "the ministry"; UNICEF, which no gazetteer need know
        same = frozenset(map(stem, WORD.findall(told.text))) <= frozenset(map(stem, WORD.findall(by)))
        if same or told.text.islower():
            return same
    said = organisations(told.text, index)
    return bool(said) and not said.isdisjoint(organisations(by, index))


def _owner(claim: Claim, measured: frozenset[str]) -> str | None:
    """Who is said to have it."""
    for name, behind in _POSSESSIVE.findall(claim.text):
        words = list(map(stem, WORD.findall(behind)))
        at = next((i for i, word in enumerate(words) if word in measured), None)
        if at is not None:  # "Norvex's German revenue" is not all of it
            return str(name).strip() if set(words[:at]) <= nouns("of all") else None
    for thing, name in _OF.findall(claim.text):
        if stem(thing) in measured:
            return str(name).strip()
    if any(stem(thing) in measured and states_of(word) for word, thing in _NATIONAL.findall(claim.text)):
        return None  # "Norvex reported German revenue of 2 billion"
    subject = "" if claim.subject is None else claim.subject.text
    has = claim.predicate is not None and stem(claim.predicate) in nouns("owns")
    words = WORD.findall(subject)
    return subject if has and words and words[-1][0].isupper() else None
