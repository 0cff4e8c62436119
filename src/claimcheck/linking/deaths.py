"""Whose deaths, and of what: "718 deaths among children", "deaths in custody", "combat deaths" are some of
all that there were. Each rule only takes a row away that does not name them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from claimcheck.linking.narrowing_words import words_of_row
from claimcheck.linking.places import WORD
from claimcheck.linking.words import any_of, is_calendar, nouns, stem, words_of
from claimcheck.model import Claim, ReferenceRow

_WORDS = 3
"""Words between a number and the noun for deaths."""
_TOLD_WITHIN = 1500
"""Characters before a claim within which the text may have told of a cause."""
_STATED = re.compile(r"\b(?:killed|injured|wounded|died|dead)\s+(?:by|of|from)\s+[a-z]")
_LETTER = re.compile(r"[a-z][\w-]*\Z")


def are_some_deaths(claim: Claim, text: str, words: frozenset[str], kinds: Iterable[frozenset[str]]) -> bool:
    """Whether a number is of those deaths (injuries) of which the text says more than a row knows: among
    whom, of what, or in what. `words`: the stems of what the row measures, and of the vocabulary that linked
    the two; `kinds`: those of the kinds of happening that its table counts."""
    quantity = claim.quantity
    if quantity is None or quantity.noun is None:
        return False
    noun = stem(quantity.noun.split()[-1])
    if noun not in nouns("deaths"):
        return False
    known = words.union(nouns("all people"), *kinds)
    plain = known | nouns("of all deaths")
    before: list[str] = []
    for word in WORD.finditer(text, quantity.end, claim.context.end):
        if stem(word.group()) == noun:
            modified = any(_LETTER.match(w) and stem(w) not in plain for w in before)
            return modified or _says_which(text, word.end(), claim.context.end, known)
        before.append(word.group())
        if len(before) > _WORDS:
            return False
    return False


def _says_which(text: str, start: int, end: int, known: frozenset[str]) -> bool:
    found = _which().match(text, start, end)
    if found is None:
        return False
    told = [stem(word) for word in WORD.findall(found[1]) if _LETTER.match(word)]
    return bool(told) and told[0] not in nouns("no kind of death") and known.isdisjoint(told)


@cache
def _which() -> re.Pattern[str]:
    """What stands behind the noun: "among children", "caused by drowning", "in custody"."""
    spot = rf"(?:in|at|on|inside)\s+(?:the\s+)?(?:{any_of('where some die')})\b"
    which = rf"(?:{any_of('says which deaths')})\s+(?:(?:the|its|their|his|her|all)\s+)?"
    return re.compile(rf"\s+(?:{which}|(?={spot})\w+\s+)([a-z][\w-]*(?:\s[a-z][\w-]*)?)")


def is_of_a_cause(claim: Claim, text: str, row: ReferenceRow, said: frozenset[str]) -> bool:
    """Whether a row counts those of one cause alone ("people killed in rail accidents") of which the sentence
    of a claim says nothing, or says another; where it says none, the text before may have told of it. `said`:
    the stems of the vocabulary that linked the two; a cause among them is told by the clause."""
    measured, causes = words_of_row(row.measure, None), nouns("other_causes", "deeds")
    if measured.isdisjoint(nouns("fate_killed", "fate_injured")):
        return False
    if measured.isdisjoint(causes) or said & causes:
        return False
    known = measured - nouns("people") - nouns("fate_killed") - nouns("fate_injured") - {"in", "by", "of"}
    if not known or not known.isdisjoint(map(stem, WORD.findall(claim.context.of(text)))):
        return False  # "people drowned" names the fate by the cause
    stated = _STATED.search(text, claim.start, claim.context.end) is not None
    return stated or known.isdisjoint(
        map(stem, WORD.findall(text[max(0, claim.start - _TOLD_WITHIN) : claim.start]))
    )


def is_of_one_cause(claim: Claim, text: str, row: ReferenceRow) -> bool:
    """Whether a claim's number is of those whom one party or thing killed or hurt ("killed by landmines",
    "died under torture"), where a row counts all and names nobody who did it. A kind of deeds ("killed by
    shelling") may be all that there was; `is_some_of_them` weighs it."""
    quantity = claim.quantity
    if quantity is None or row.actor is not None or row.kind != "figure":
        return False
    measured = words_of_row(row.measure, None)
    if measured.isdisjoint(nouns("fate_killed", "fate_injured")) or " by " in (row.measure or ""):
        return False
    found = _killed_through().match(text, quantity.end, claim.context.end)
    if found is None:
        return False
    told = [w for w in WORD.findall(found[1]) if len(w) > 1]
    if not told or is_calendar(told[0]) or told[0].lower() in words_of("up to when"):
        return False
    if told[0].lower() in words_of("others"):
        return True
    return measured.union(nouns("all that kills", "deeds")).isdisjoint(map(stem, told))


@cache
def _killed_through() -> re.Pattern[str]:
    fates = r"(?:killed|wounded|injured|died|slain|perished|executed|murdered|shot\s+dead)"
    within = r"(?:(?!\b(?:were|was|are|is|have|has|had|who|which|that)\b)[^.;:,()\d])"
    return re.compile(
        rf"(?:(?!\b{fates}\b)[^.;:,()\d]){{0,60}}?\b{fates}\b(?:\s+(?:in|at|near|across|throughout)\s{within}{{1,40}}?)?"
        rf"\s+(?:{any_of('killed through')})\s+(?:the\s+|an?\s+)?((?:[^\W\d][\w’'-]*\s?){{1,5}})"
    )
