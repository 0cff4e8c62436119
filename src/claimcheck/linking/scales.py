"""Whether a number can be a value of a measure at all: a share of it, a change in it, so much a head, or a
number on another scale is none.

A table that leaves out its units says on which scale a row is by its size alone: no percentage is in the
millions.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal
from functools import cache

from claimcheck.judging.falls import can_be_turned, is_a_fall
from claimcheck.judging.relations import is_dated
from claimcheck.judging.units import unit_named
from claimcheck.linking.cues import cue, cues_of
from claimcheck.linking.other_words import tells_of_loss
from claimcheck.linking.places import WORD
from claimcheck.linking.words import any_of, nouns, stem, words_of
from claimcheck.model import Claim, Document, Mention, ReferenceRow

_BY = re.compile(r"\bby\s+(?:(?!to\b)[\w-]{1,12}\s+){0,3}$", re.IGNORECASE)  # not "by 3 percent to"
_CHANGES_CUE = cue("changes", lambda: words_of("changes"))
_FOLD = re.compile(r"fold\b", re.IGNORECASE)
_SHARES_BELOW = Decimal(1000)
"""No percentage that texts tell of is larger."""
_PER_HEAD = re.compile(r"\s+(?:per|a)\s+(?:capita|head|person)\b", re.IGNORECASE)


def can_be_a_value(claim: Claim, document: Document, row: ReferenceRow, said: Collection[str]) -> bool:
    """Whether the claim's number may be a value of the row's measure. `said`: the stems of the vocabulary
    that linked the two."""
    quantity = claim.quantity
    if quantity is None:
        return True
    return not (
        (quantity.value == 0 and row.period is None and row.as_of is None)  # "zero hunger" is a goal
        or is_part_of_a_whole(quantity, row)
        or _is_change(claim, quantity, document.text, said, row)
        or _is_added(claim, row)
        or _is_per_head(quantity, document.text, row, said)
        or (quantity.kind == "money" and not set(said).isdisjoint(nouns("people", "populations")))
        or _is_a_part_that_acts(claim, row, said)
    )


def is_part_of_a_whole(quantity: Mention, row: ReferenceRow) -> bool:
    """Whether a number is a percentage or a fraction against a row that is no such thing: "more than half of
    the prisoners" are no 14,870 people."""
    own = (quantity.value, quantity.low)
    part = quantity.kind == "number" and any(n is not None and 0 < n < 1 for n in own)
    if quantity.kind != "percent" and not part:
        return False
    numbers = [n for n in (row.low, row.best, row.high) if n is not None]
    if row.unit is None:
        return any(abs(n) > _SHARES_BELOW for n in numbers)
    words = row.unit.split()
    counts = unit_named(row.unit) is None and "per" not in words and stem(words[-1]) not in nouns("scales")
    return part and counts and all(n == n.to_integral_value() for n in numbers)


def _is_change(claim: Claim, quantity: Mention, text: str, said: Collection[str], row: ReferenceRow) -> bool:
    """ "Rose by 184", "lost 28 seats", "a 27 per cent growth in", "tenfold": how much it changed, unless the
    measure is itself a change."""
    if _FOLD.search(quantity.text):
        return True
    verb = "" if claim.predicate is None else stem(claim.predicate)
    before = text[max(claim.context.start, quantity.wide_start - 50) : quantity.wide_start]
    if is_a_fall(claim, text):
        return not can_be_turned(claim, row)  # "the economy shrank 0.3 percent" is growth of -0.3
    if verb in nouns("alters") and verb not in said and claim.role == "object" and not tells_of_loss(claim):
        return quantity.noun is None or stem(quantity.noun.split()[-1]) not in nouns("people")
    if (
        _CHANGES_CUE in cues_of(claim, text)
        and _change_of().search(before)
        and nouns("changes").isdisjoint(said)
    ):
        return True  # "a total increase of 31,525 refugees"
    fraction = quantity.value is not None and 0 < quantity.value < 1  # "reducing poverty by half"
    if quantity.kind != "percent" and not fraction:
        return verb in nouns("changes") and _BY.search(before) is not None and verb not in said
    by = _BY.search(text, max(0, quantity.wide_start - 50), quantity.wide_start)
    behind = _change_behind().match(text, quantity.end)
    return (by is not None or behind is not None) and nouns("changes").isdisjoint(said)


def _is_added(claim: Claim, row: ReferenceRow) -> bool:
    """What came in a period against what there is at a moment."""
    if row.measure_type != "stock" or claim.predicate is None or claim.time is None or not is_dated(claim):
        return False
    if stem(claim.predicate) not in nouns("adds") or claim.time.relation not in ("in", "during", "from_to"):
        return False
    return claim.time.period is not None and claim.time.period.days != 1


def _is_per_head(quantity: Mention, text: str, row: ReferenceRow, said: Collection[str]) -> bool:
    if not _PER_HEAD.match(text, quantity.end):
        return False
    words = {stem(w) for w in WORD.findall(f"{row.measure or ''} {row.unit or ''}".replace("_", " "))}
    return not (words | set(said)) & {"capita", "head", "person"}


def _is_a_part_that_acts(claim: Claim, row: ReferenceRow, said: Collection[str]) -> bool:
    """ "8,000 troops are taking part in missions" is not how many there are: against a row of no time, what
    is counted must only be there; against a stock, it must not do what only some do ("900 were working")."""
    quantity = claim.quantity
    if quantity is None or quantity.kind not in ("number", "measure"):
        return False
    if row.measure_type == "stock" and claim.predicate is not None:
        there = claim.role in ("attribute", "other") or stem(claim.predicate) in nouns("holds") | nouns(
            "shelters"
        )
        return not there and stem(claim.predicate) not in said
    if quantity.kind != "number":
        return False
    if row.first is not None or row.as_of is not None:
        return False
    if claim.predicate is None or quantity.noun is None:  # a bare number counts nobody who could act
        return False
    verb = stem(claim.predicate)
    return verb not in nouns("holds") and verb not in said


@cache
def _change_of() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of('changes')})\s+of\s+(?:[\w-]{{1,12}}\s+){{0,2}}$", re.IGNORECASE)


@cache
def _change_behind() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{any_of('changes')})\s+(?:in|of)\b", re.IGNORECASE)
