"""Figures that check each other: "30 of 60, or 50 %", and the same measure told twice with two values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from claimcheck.model import Claim, Finding, Span, plain
from claimcheck.selfcheck.base import noted
from claimcheck.selfcheck.sums import is_plain_count

_NUMBER = r"\d{1,3}(?:,\d{3}){1,4}|\d{1,9}"
_QUALIFIER = (
    r"about|around|some|nearly|almost|roughly|approximately|(?:just )?under|(?:just )?over|(?:less|more) than"
)
_OF = rf"({_NUMBER}) (?:out )?of (?:the |its |their |all |a total of )?({_NUMBER})(?![\d,.]\d|%)"
_PERCENT = r"(\d{1,3}(?:\.\d{1,3})?) ?(?:%|per ?cent\b)"
_JOINT = r"(?:,? or|,? i\.e\.,?|,? that is,?| ?[(=]| –) ?"
_SHARE = re.compile(
    rf"(?<![\w.,%-]){_OF}(?: [\w'’-]{{1,20}}){{0,4}}?{_JOINT}(?:({_QUALIFIER}) )?{_PERCENT}(?=[).,;:\n]|$)",
    re.IGNORECASE,
)
_SHARE_BEHIND = re.compile(
    rf"(?:\b({_QUALIFIER}) )?(?<![\w.,-]){_PERCENT}(?: [\w'’-]{{1,20}}){{0,4}}? \({_OF}\)", re.IGNORECASE
)
_OPEN_ENDED = {"less than", "under", "just under", "over", "more than", "just over"}


def share_findings(text: str) -> Iterator[Finding]:
    """Percentages that stand beside their part and their base; the whole must be the same in both.

    "45 % of capacity", "45 % in 2016" may have another base and are passed over.
    """
    for match in _SHARE.finditer(text):
        part, whole, qualifier, percent = match.groups()
        yield from _share(text, Span(match.start(), match.end()), (part, whole), percent, qualifier)
    for match in _SHARE_BEHIND.finditer(text):
        qualifier, percent, part, whole = match.groups()
        yield from _share(text, Span(match.start(), match.end()), (part, whole), percent, qualifier)


def _share(
    text: str, span: Span, base: tuple[str, str], percent: str, qualifier: str | None
) -> Iterator[Finding]:
    part, whole = (Decimal(number.replace(",", "")) for number in base)
    stated = Decimal(percent)
    if whole == 0 or part > whole:
        return
    actual = 100 * part / whole
    # One unit of the last digit, not half: some writers cut digits off instead of rounding.
    slack = Decimal(1).scaleb(int(stated.as_tuple().exponent))
    if qualifier is not None:
        slack = max(slack, stated / (5 if qualifier.lower() in _OPEN_ENDED else 10))
    told = f"{plain(part)} of {plain(whole)} is {plain(round(actual, 2))} %"
    if abs(actual - stated) <= slack:
        yield noted(text, "percentage", span, f"{told}, as stated.")
    else:
        yield noted(text, "percentage", span, f"{told}, not {percent} %.", problem=True)


def repeat_findings(text: str, claims: Sequence[Claim]) -> Iterator[Finding]:
    """The same measure of the same thing, place and days, stated twice without a speaker."""
    seen: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        key = _figure_key(claim)
        if key is None or claim.quantity is None:
            continue
        earlier = seen.setdefault(key, claim)
        if earlier is claim or earlier.quantity is None or not _same_words(earlier, claim):
            continue
        span = claim.quantity.span
        if earlier.quantity.value == claim.quantity.value:
            yield noted(text, "told_twice", span, f"The figure is told twice and agrees: {span.of(text)}.")
        else:
            told = f"The same figure is {earlier.quantity.text} at character {earlier.quantity.start}"
            yield noted(text, "told_twice", span, f"{told} and {span.of(text)} here.", problem=True)


def _figure_key(claim: Claim) -> tuple[object, ...] | None:
    """What must be equal in both places; None where the claim leaves measure, place or days open."""
    quantity, time = claim.quantity, claim.time
    if claim.kind != "quantity" or not claim.asserted or quantity is None or not is_plain_count(quantity):
        return None
    if claim.measure is None or claim.place is None or claim.speaker is not None or claim.part_of is not None:
        return None
    if time is None or time.date_start is None or time.date_end is None:
        return None
    if time.basis not in ("clause", "sentence") or time.relation not in ("in", "on"):
        return None
    place = claim.place.id or claim.place.text
    actor = None if claim.actor is None else claim.actor.id or claim.actor.text
    days = (time.date_start, time.date_end)
    return claim.measure, quantity.noun, quantity.unit, claim.predicate, place, actor, days


def _same_words(first: Claim, second: Claim) -> bool:
    """Whether two clauses share three of five content words or more: else they tell of two things."""
    one, other = set(first.terms), set(second.terms)
    return bool(one and other) and len(one & other) * 5 >= len(one | other) * 3
