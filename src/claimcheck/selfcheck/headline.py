"""A headline's number of victims beside the one of the text below: "Bomb kills 12" above "killed 15"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from claimcheck.lexicon import pattern
from claimcheck.model import Claim, Document, Finding, Mention, Span
from claimcheck.selfcheck.base import noted

_KILLED = pattern("own_checks", "killed")
_HURT = pattern("own_checks", "hurt")
_LONGEST = 160  # characters of a headline
_OPENING = 700  # characters below it in which the news is told
_HARM = {
    "killed": _KILLED,
    "hurt": _HURT,
}
_NEAR = 16  # characters between a headline's number and what befell those counted
_RUNNING = pattern("own_checks", "running toll")


def headline_findings(
    document: Document, mentions: Sequence[Mention], claims: Sequence[Claim]
) -> Iterator[Finding]:
    """A problem where the first line and the opening below it each count the dead (or the hurt) once, and
    what the two numbers admit excludes each other. Running tolls, and texts with several such numbers, are
    passed over."""
    text = document.text
    end = text.find("\n", len(text) - len(text.lstrip()))
    line = text[: max(0, end)]
    if not 0 < end <= _LONGEST or line.rstrip().endswith((".", ",", ":")) or _RUNNING.search(line):
        return
    counted = [m for m in mentions if m.end <= end and m.kind == "number" and m.status != "not_claim"]
    for harm, words in _HARM.items():
        here = [m for m in counted if _befell(text, m, words, end)]
        below = _told_below(text, claims, end, words)
        if len(here) != 1 or len(below) != 1 or _RUNNING.search(text, end, below[0].end) is not None:
            continue
        first, second = here[0], below[0]
        if not first.interval.meets(second.interval):
            told = f'The headline says "{first.wide.of(text)}" {harm}, the text "{second.wide.of(text)}" at'
            told += f" character {second.start}: {first.interval} against {second.interval}."
            yield noted(text, "headline", first.span, told, problem=True)


def _befell(text: str, mention: Mention, words: re.Pattern[str], end: int) -> bool:
    """Whether a word for the harm stands beside the number, with a word or two between."""
    wide = mention.wide
    around = text[max(0, wide.start - _NEAR) : min(end, mention.end + _NEAR)]
    return words.search(around) is not None


def _told_below(text: str, claims: Sequence[Claim], start: int, words: re.Pattern[str]) -> list[Mention]:
    """The different numbers of people that the opening says came to this harm."""
    found: dict[Span, Mention] = {}  # a sum and its first part begin together
    for claim in claims:
        quantity = claim.quantity
        if claim.kind != "quantity" or quantity is None or not start < claim.start < start + _OPENING:
            continue
        if claim.measure is not None and words.search(claim.measure) and quantity.kind == "number":
            found.setdefault(quantity.span, quantity)
    values = {m.interval: m for m in found.values()}
    return list(values.values())
