"""Whether a number is of what goes from one to another: aid that one gives and another receives, exports to
Lowmark, refugees from Lowmark.

Each rule only takes a row away; what is left of the claim is undecided.
"""

from __future__ import annotations

import re
from functools import cache

from claimcheck import lexicon
from claimcheck.linking.cues import cue
from claimcheck.linking.narrowing_words import phrases_of, stems_of
from claimcheck.linking.places import WORD
from claimcheck.linking.vocabulary import head_stems
from claimcheck.linking.words import is_calendar, is_plain_plural, nouns, stem
from claimcheck.model import Claim, Mention
from claimcheck.reference.names import folded

_AHEAD = 60
"""Characters behind a number within which the other side stands."""
_NAME = r"(?:the\s+)?(?:(?:town|city|village|port|district|province|state)\s+of\s+)?([A-Z][\w’'-]{1,30})"
_BETWEEN = re.compile(rf"\b(?:from|to)\s+{_NAME}")
_LEADS_CUE = cue("leads from or to", "from to")
_FROM = re.compile(r"\s+(?:[\w-]{1,20}\s+){0,3}?from\b")
_LEADS = re.compile(r"([\w’'-]{3,20})\s+(to|from)\s+(?:the\s+)?\Z")


def is_given_by_another(
    claim: Claim,
    around: str,
    words: frozenset[str],
    place: tuple[str | None, int],
    text: str,
    row_actor: str | None = None,
) -> bool:
    """What one gives is not what another receives: a measure says by its words which of the two it counts,
    and one that does not say counts nothing that only one of them gave or got. Whose gift a row is of
    (`row_actor`) is asked elsewhere."""
    if words.isdisjoint(stems_of("transfer")) or claim.predicate is None:
        return False
    given, received = bool(words & stems_of("gives")), bool(words & stems_of("receives"))
    name, at = place
    source = name is not None and at >= 0 and re.search(r"\bfrom\s+(?:the\s+)?$", text[max(0, at - 12) : at])
    if stem(claim.predicate) in stems_of("gives") or source:
        by_others = row_actor is None and claim.subject is not None and _is_named(claim.subject.text, name)
        return not given or by_others
    return stem(claim.predicate) in stems_of("receives") and not received and given


def _is_named(subject: str, place: str | None) -> bool:
    """Whether a subject names somebody, and not the place."""
    bare = (place or "").removesuffix("'s").removesuffix("’s")
    names = [] if is_plain_plural(subject) else [w for w in WORD.findall(subject) if w[0].isupper()]
    return bool(bare) and bare not in subject and bool(names)


def is_between(
    claim: Claim,
    quantity: Mention,
    text: str,
    words: frozenset[str],
    where: tuple[str | None, int],
    cues: frozenset[str],
) -> bool:
    """ "Exports to Lowmark", "refugees from Lowmark": of all exports and all refugees they are a part, and
    none of Lowmark's."""
    place, at = where
    lead = text[max(0, at - 40) : max(0, at)].split()[-2:]
    leads = _LEADS.search(text, max(0, at - 40), at) if "to" in lead or "from" in lead else None
    if leads is not None and stem(leads[1]) in words & stems_of("trade") and leads[2] not in words:
        return True
    counted = stem((quantity.noun or "").split(" ")[-1])
    from_there = leads is not None and leads[2] == "from" and stem(leads[1]) == counted
    if from_there and stem(claim.predicate or "") not in words:
        done = head_stems(claim, bare=False) - {counted}
        if done.isdisjoint(words):
            return True  # "1,480 judges from Norvia signed the appeal"
    came = counted in _come_from() and "from" not in words
    if came and _FROM.match(text, quantity.end, min(claim.context.end, quantity.end + _AHEAD)):
        return True
    if _LEADS_CUE not in cues:
        return False
    for found in _BETWEEN.finditer(text, claim.start, max(claim.end, quantity.end)):
        name = folded(found[1]).removesuffix("s")
        if is_calendar(found[1]) or (place is not None and name in folded(place)) or stem(found[1]) in words:
            continue
        lead = [
            w.lower()
            for w in WORD.findall(text[max(claim.context.start, found.start() - 60) : found.start()])
        ]
        if lead and lead[-1] in phrases_of("source"):
            continue
        if any(stem(w) in nouns("addressed") & words for w in lead):
            continue  # whom a letter is to is asked elsewhere
        near = 0 <= found.start() - quantity.end <= _AHEAD
        if near or any(stem(w) in words for w in lead[-4:]):
            return True
    return False


@cache
def _come_from() -> frozenset[str]:
    return next(
        frozenset(map(stem, row["words"])) for row in lexicon.load("placing") if row.id == "come_from"
    )
