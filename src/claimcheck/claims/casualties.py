"""How many people a sentence counts without always writing a number.

"At least one woman and her three children were killed" counts at least 4, "a mother and her two sons" at
least 3, "others were wounded" at least 2, "no guards were hurt" 0. A total that the text itself states
("12 killed") is left to the number; what is counted here is a lower bound, because nobody said that there
were no more. "Up to 20 people, including at least 14 children" lies between 14 and 20.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from claimcheck.claims.clauses import Token
from claimcheck.claims.harm import Harm, words_of_harm
from claimcheck.claims.members import fewest, is_group, is_person, members, shares_number
from claimcheck.lexicon import load
from claimcheck.model import Comparator, Interval, Mention

_ANYONE = frozenset({"person", "people", "civilian", "individual", "victim", "human"})
"""Lemmas of nouns for people of whatever kind, of whom others may be the parts."""
_ONE_OF_A_KIND = frozenset({"man", "woman", "child", "boy", "girl", "baby"})
"""Those of nouns of which the others are no parts."""


@dataclass(frozen=True, slots=True)
class Count:
    """The people that a phrase counts: lower bound (and upper, where it is written), its characters in the
    sentence, the mentions that it adds up."""

    interval: Interval
    start: int
    end: int
    parts: tuple[Mention, ...]
    rule: str

    @property
    def comparator(self) -> Comparator:
        """How the count bounds the number: exact, from below, from both sides, or as vaguely as its parts."""
        if any(part.comparator == "vague" for part in self.parts):
            return "vague"
        low, high = self.interval.low, self.interval.high
        return "eq" if low == high else "ge" if high is None else "range"


def count(found: Harm, numbers: Mapping[int, Mention], stated: bool) -> Count | None:
    """The people that a clause counts by enumeration.

    `numbers` are the counting mentions by the index of the noun (or the number) that they count, `stated`
    whether the clause holds a number of its own. None where one number alone says it, or nobody is named.
    """
    named = [
        t for t in members(found.people, found.verb, found.clause) if not _fares_otherwise(t, found.verb)
    ]
    if not named or _is_generic(found):
        return None
    counts = [_number(token, numbers) for token in named]
    if len(named) == 1 and (counts[0] is not None or not stated):
        bounded = _with_included(found, named[0], counts[0], numbers)
        if bounded is not None:
            return bounded
    if _is_divided(named, counts):
        return None
    numbered = [m for m in counts if m is not None]
    if stated and (not numbered or (len(numbered) == len(named) == 1 and named[0].i in numbers)):
        return None  # the number alone says it
    limits, kept = _added_up(named, counts)
    if limits.low is None or (stated and len(kept) == 1 and kept[0].i in numbers):
        return None
    rule = "casualties.sum" if numbered else "casualties.none" if limits.high == 0 else "casualties.named"
    return Count(limits, kept[0].left_edge.idx, _end(kept), tuple(numbered), rule)


def _is_divided(named: Sequence[Token], counts: Sequence[Mention | None]) -> bool:
    """Whether a first number is the whole of the others behind its comma: "six people, five women and a
    child". Those of a kind ("six men, five women and a child") are so only where the others make as many."""
    first, whole = named[0], counts[0]
    behind = first.nbor(1).lower_ if first.i + 1 < len(first.doc) else ""
    if whole is None or whole.value is None or len(named) < 2 or behind not in {",", "(", ":", "–", "—"}:
        return False
    others, _ = _added_up(named[1:], counts[1:])
    if others.low is None:
        return False
    lemma = first.lemma_.lower()
    exact = others.low == whole.value and lemma not in _ONE_OF_A_KIND
    return exact or (lemma in _ANYONE and others.low <= whole.value)


def _added_up(named: Sequence[Token], counts: Sequence[Mention | None]) -> tuple[Interval, list[Token]]:
    """The people that the members make, and the members that are people; what else is named adds nobody."""
    low, kept = Decimal(0), []
    high: Decimal | None = Decimal(0)
    for token, number in zip(named, counts, strict=True):
        if number is None:
            least = fewest(token)
            if least is None:
                continue
            few, many = Decimal(least), Decimal(0) if least == 0 else None
        elif is_person(token) or is_group(token):
            if shares_number(token):
                return Interval(None, None), []
            few, many = number.interval.low or Decimal(0), number.interval.high
        else:
            continue
        kept.append(token)
        low += few
        high = None if high is None or many is None else high + many
    closed = high is not None and len(kept) == len(named)
    if not kept or low != int(low) or (low == 0 and not closed):
        return Interval(None, None), []
    return Interval(low if low or not high else None, high if closed else None), kept


def _fares_otherwise(token: Token, verb: Token) -> bool:
    """Whether a member met another fate: "about 20 soldiers killed and 80 wounded"."""
    behind = token.nbor(1) if token.i + 1 < len(token.doc) else None
    if behind is None or behind.tag_ == "VBD" or behind.lower_ not in words_of_harm("fate"):
        return False
    of_verb = behind.head.i == verb.i and behind.dep_ in {
        "oprd",
        "acomp",
        "advcl",
    }  # "shot a man and 7 boys dead"
    return behind.lemma_ != verb.lemma_ and token.dep_ == "conj" and not of_verb


def _is_generic(found: Harm) -> bool:
    """Whether a relative clause in the present tense says what somebody does: "a ruler who kills people"."""
    return found.clause.head.dep_ == "relcl" and found.verb.tag_ in {"VBZ", "VBP"}


def _number(token: Token, numbers: Mapping[int, Mention]) -> Mention | None:
    """The number that counts a member: "two sons", "a family of five"."""
    if token.i in numbers or not is_group(token):
        return numbers.get(token.i)
    sizes = (p for c in token.children if c.lower_ == "of" for p in c.children if p.dep_ == "pobj")
    return next((numbers[p.i] for p in sizes if p.i in numbers), None)


def _with_included(
    found: Harm, token: Token, number: Mention | None, numbers: Mapping[int, Mention]
) -> Count | None:
    """What the included members add to a number that leaves its lower end open, or to a group without one."""
    least = number.interval.low if number is not None else fewest(token)
    if number is not None and (
        number.interval.high is None or number.comparator not in {"le", "lt", "vague"}
    ):
        return None
    if number is None and not least:
        return None
    included = list(_included(found))
    floor = _at_least(included, numbers)
    if floor is None or (least is not None and floor <= least):
        return None
    high = None if number is None else number.interval.high
    if high is not None and floor > high:
        return None
    parts = [m for m in (number, *(numbers.get(t.i) for t in included)) if m is not None]
    start = token.left_edge.idx
    return Count(Interval(floor, high), start, _end([token, *included]), tuple(parts), "casualties.including")


def _included(found: Harm) -> Iterator[Token]:
    """The members that "including" or "among them" names of the people harmed."""
    for token in (found.people, found.verb):
        for prep in token.children:
            if prep.dep_ != "prep" or prep.lower_ not in {"including", "among"}:
                continue
            named = [p for p in prep.children if p.dep_ in {"pobj", "appos"}]
            if prep.lower_ == "among":
                if not named or named[0].lower_ not in {"them", "whom"}:
                    continue
                named = named[1:]
            for first in named:
                yield first
                yield from (t for t in first.subtree if t.dep_ == "conj" and t.head.dep_ in {"pobj", "conj"})


def _at_least(named: Sequence[Token], numbers: Mapping[int, Mention]) -> Decimal | None:
    """The fewest people that the parts make: their sum where they cannot overlap, else the largest.

    Parts of one row of data/parts.toml do not overlap, nor do single persons; "nine civilians and four
    women" may.
    """
    singles, several = Decimal(0), []
    for token in named:
        number = numbers.get(token.i)
        low = number.interval.low if number is not None else fewest(token)
        if low is None:
            continue
        if low == 1 and number is None:
            singles += 1
        several.append((token.lower_, Decimal(low)))
    if not several or any(low != int(low) for _, low in several):
        return None
    apart = any(all(word in row for word, _ in several) for row in _parts())
    return sum((low for _, low in several), Decimal(0)) if apart else max(singles, max(n for _, n in several))


def _end(named: Sequence[Token]) -> int:
    return int(max(max(t.idx + len(t) for t in _near(token)) for token in named))


def _near(token: Token) -> Iterator[Token]:
    yield token
    for child in token.children:
        if child.dep_ in {"compound", "amod", "flat", "nummod", "det", "poss"}:
            yield child
        if child.lower_ == "of" and is_group(token):  # "a family of five"
            yield from (p for p in child.children if p.pos_ == "NUM")
        if child.lower_ == "of" and token.pos_ == "NUM":  # "two of his sons"
            yield from (p for p in child.children if p.dep_ == "pobj")


@cache
def _parts() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(row["words"]) for row in load("parts"))
