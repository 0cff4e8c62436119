"""The same figure told at two places of a document with two values that exclude each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from claimcheck.lexicon import pattern
from claimcheck.model import Claim, Finding, Mention
from claimcheck.selfcheck.base import any_of, noted
from claimcheck.selfcheck.sums import is_plain_count

_ALIKE = 3, 5  # two clauses tell of one thing where they share three of five content words
_LONGEST = 31  # days; within a longer time a thing may happen twice
_PEOPLE = {"people": "person", "persons": "person"}
_HOLDS = {"have", "be", "number", "total", "comprise", "count"}
_ANOTHER = pattern("own_checks", "another")
_SOME_OF = pattern("own_checks", "some of")
_FORMERLY = re.compile(rf"\b(?:{any_of('formerly')})\b", re.IGNORECASE)


def repeat_findings(text: str, claims: Sequence[Claim]) -> Iterator[Finding]:
    """The same measure of the same thing, place and days, stated in two sentences that name no speaker.

    What a number admits is compared, so that "at least 12" and 15 agree. What was said at first, estimated or
    reported by somebody may differ rightly.
    """
    seen: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        key, quantity = _figure_key(text, claim), claim.quantity
        if key is None or quantity is None:
            continue
        earlier = seen.setdefault(key, claim)
        first = earlier.quantity
        if first is None or earlier.context == claim.context or not _same_words(earlier, claim):
            continue
        if first.value == quantity.value and first.comparator == quantity.comparator:
            told = f"The figure is told twice and agrees: {quantity.interval}."
            yield noted(text, "told_twice", quantity.span, told)
        elif not first.interval.meets(quantity.interval):
            told = f'The same figure is "{first.wide.of(text)}" at character {first.start}'
            told += f' and "{quantity.wide.of(text)}" here: {first.interval} against {quantity.interval}.'
            yield noted(text, "told_twice", quantity.span, told, problem=True)


def _figure_key(text: str, claim: Claim) -> tuple[object, ...] | None:
    """What must be equal in both places; None where the claim leaves thing, place or days open."""
    quantity, time = claim.quantity, claim.time
    if claim.kind != "quantity" or not claim.asserted or quantity is None or not _is_count(quantity):
        return None
    if claim.measure is None or claim.place is None or claim.speaker is not None or claim.part_of is not None:
        return None
    if time is None or time.date_start is None or time.date_end is None:
        return None
    if time.basis not in ("clause", "sentence") or time.relation not in ("in", "on"):
        return None
    days = (time.date_end - time.date_start).days + 1
    if days > _LONGEST and claim.predicate not in _HOLDS:
        return None
    if _is_qualified(text, claim, quantity):
        return None
    place = claim.place.id or claim.place.text
    actor = None if claim.actor is None else claim.actor.id or claim.actor.text
    when = (time.date_start, time.date_end)
    noun = _PEOPLE.get(quantity.noun or "", quantity.noun)
    return claim.measure, noun, quantity.unit, claim.predicate, place, actor, when


def _is_count(quantity: Mention) -> bool:
    """Whether it counts something that it names: "resolutions 853 and 874" count nothing."""
    counted = quantity.comparator in ("eq", "gt", "ge", "lt", "le")
    return counted and is_plain_count(quantity, qualified=True) and quantity.noun is not None


def _is_qualified(text: str, claim: Claim, quantity: Mention) -> bool:
    """Whether the text says that it is another such number, a part, or what was known at the time."""
    wide = quantity.wide
    if _ANOTHER.search(text[max(0, wide.start - 40) : wide.start]) is not None:
        return True
    if _SOME_OF.match(text, quantity.end) is not None:
        return True
    return _FORMERLY.search(text, claim.context.start, claim.context.end) is not None


def _same_words(first: Claim, second: Claim) -> bool:
    """Whether two clauses share three of five content words or more: else they tell of two things."""
    one, other = set(first.terms), set(second.terms)
    share, of = _ALIKE
    return bool(one and other) and len(one & other) * of >= len(one | other) * share
