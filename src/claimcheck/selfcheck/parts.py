"""Which counts are parts of which whole: plain counts, the words that divide people, runs of parts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from itertools import pairwise

from claimcheck.lexicon import load, pattern
from claimcheck.model import Mention

MOST = 8
_BETWEEN = pattern("own_checks", "between parts")
_WORD = re.compile(r"\w+|[.;:()]")
_PLACE = pattern("own_checks", "place of a part")


def is_plain_count(mention: Mention, *, qualified: bool = False) -> bool:
    """Whether a mention is a whole number above zero that is no range, and not qualified ("about") either."""
    return (
        mention.kind == "number"
        and (qualified or mention.comparator == "eq")
        and mention.status != "not_claim"
        and mention.value is not None
        and mention.value == mention.value.to_integral_value()
        and mention.value > 0
    )


def count(mention: Mention) -> Decimal:
    """The value of a plain count."""
    return mention.value if mention.value is not None else Decimal(0)


def are_joined(text: str, end: int, start: int) -> bool:
    """Whether what ends here and what starts there stand in one run: "7 men, 5 women", "40 t in May, 50"."""
    return _BETWEEN.fullmatch(text, end, max(end, start)) is not None


def parts_from(text: str, counts: Sequence[Mention], at: int) -> list[Mention]:
    """The run of counts from `at` that commas and "and" join: "7 men, 5 women and 2 children"."""
    parts = list(counts[at : at + 1])
    for before, after in pairwise(counts[at : at + MOST]):
        if not are_joined(text, before.end, after.start):
            break
        parts.append(after)
    return parts


@cache
def _divisions() -> dict[str, frozenset[str]]:
    kinds: dict[str, set[str]] = defaultdict(set)
    for row in load("parts"):
        for word in row["words"]:
            kinds[word].add(row.id)
    return {word: frozenset(held) for word, held in kinds.items()}


def division(text: str, parts: Sequence[Mention]) -> str | None:
    """The question that divides people into these parts ("sex_and_age"), None where they may overlap.

    What a part is, its next four words say, up to the next part.
    """
    common: frozenset[str] | None = None
    used: list[frozenset[str]] = []
    for part, after in zip(parts, [*parts[1:], None], strict=True):
        end = part.end + 60 if after is None else min(part.end + 60, after.start)
        kinds, words = _kinds(text, part.end, end)
        common = kinds if common is None else common & kinds
        used.append(words)
    if not common:
        return "place" if _by_place(text, parts) else None
    if any(one & other for one, other in pairwise(used)):
        return None  # "four men were hurt and two men were killed": not parts, but two groups
    return min(common)


def _kinds(text: str, start: int, end: int) -> tuple[frozenset[str], frozenset[str]]:
    """The questions that the words of a part answer, and the words that answer them."""
    kinds: frozenset[str] = frozenset()
    words: set[str] = set()
    for found in _WORD.findall(text[start:end])[:4]:
        word = found.lower()
        if word in ".;:()":
            break
        if word in _divisions():
            kinds |= _divisions()[word]
            words.add(word)
    return kinds, frozenset(words)


def _by_place(text: str, parts: Sequence[Mention]) -> bool:
    """Whether all parts stand at names of their own behind one preposition: "30 in Vigo, 20 in Porto"."""
    if len(parts) < 2:
        return False
    found = [_PLACE.match(text, part.end) for part in parts]
    names = {match[2] for match in found if match is not None}
    return None not in found and len(names) == len(parts) and len({m[1] for m in found if m is not None}) == 1
