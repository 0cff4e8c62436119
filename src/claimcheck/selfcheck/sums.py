"""Parts against their total: "12 killed: 7 men and 5 women", "29 patients and 57 relatives, 86 in all".

Only plain counts are compared (no "about", no ranges), and a problem is reported only where the parts
cannot overlap (`data/parts.toml`) and nothing says that some are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import pairwise

from claimcheck.lexicon import load
from claimcheck.model import Finding, Mention, Span, plain
from claimcheck.selfcheck.base import noted

_MOST_PARTS = 8
_REACH = 120  # characters between a total and its first part
_BETWEEN_PARTS = re.compile(r"(?:\s[\w'’-]{1,20}){1,5}(?:,|,? and|,? plus|;| &)\s")
_OPENS = re.compile(r"[^.!?:;(–\n]{0,80}(?::\s|\s\((?!including)|\s[–—-]\s)(?:all\s)?")
_NOT_ALL = re.compile(
    r"\b(?:includ\w*|among|most\w*|at least|some|others?|such as|e\.g\.|mainly|many|several|more than|part"
    r"|further|additional|another|unidentified|unknown|rest|remain\w*)\b",
    re.IGNORECASE,
)
_CLOSES_PARTS = re.compile(r"(?:\s[\w'’-]{1,20}){1,4}\s?(?:[.!?);–—\n]|$)")
_TOTAL_BEHIND = re.compile(
    r"(?:\s[\w'’-]{1,20}){1,8}[,;]?\s?(?:[(–—:]\s?)?(?:for |making |or )?a total of (?:all )?",
    re.IGNORECASE,
)
_TOTAL_WORDS = re.compile(
    r"(?:\s[\w'’-]{1,20}){0,2}\s(?:in total|in all|altogether|overall)\b", re.IGNORECASE
)
_JOIN_TOTAL = re.compile(r"(?:\s[\w'’-]{1,20}){1,8}\s?[,;(–—:]\s?(?:or )?")
_INCLUDING = re.compile(r"(?:\s[\w'’-]{1,20}){0,8},? (?:including|among them|of whom) ", re.IGNORECASE)
_PEOPLE = re.compile(
    r"\s(?:[\w-]{1,20}\s){0,2}(?:people|persons?|civilians|victims|deaths|dead|killed|wounded|injured|casualties"
    r"|bodies|patients|evacuees|residents|detainees|prisoners)\b",
    re.IGNORECASE,
)


def total_findings(text: str, mentions: Sequence[Mention]) -> Iterator[Finding]:
    """Totals against their parts: an agreement is a finding too."""
    counts = [mention for mention in mentions if is_plain_count(mention)]
    used = -1
    for at, mention in enumerate(counts):
        if at <= used:
            continue
        parts = _parts_from(text, counts, at + 1)
        opens = at + 1 < len(counts) and _OPENS.fullmatch(text, mention.end, counts[at + 1].start) is not None
        if opens and len(parts) > 1 and _is_whole(text, mention, parts):
            finding = _compared(text, mention, parts)
            used = at + len(parts)
        elif len(parts := _parts_from(text, counts, at)) > 1:
            finding = _total_behind(text, counts, at, parts)
        else:
            finding = _part_above(text, counts, at)
        if finding is not None:
            yield finding


def is_plain_count(mention: Mention) -> bool:
    """Whether a mention is a whole number above zero that is neither qualified nor a range."""
    return (
        mention.kind == "number"
        and mention.comparator == "eq"
        and mention.status != "not_claim"
        and mention.value is not None
        and mention.value == mention.value.to_integral_value()
        and mention.value > 0
    )


def _value(mention: Mention) -> Decimal:
    return mention.value if mention.value is not None else Decimal(0)


@cache
def _divisions() -> dict[str, str]:
    return {word: row.id for row in load("parts") for word in row["words"]}


def division(text: str, parts: Sequence[Mention]) -> str | None:
    """The question that divides people into these parts ("sex_and_age"), None where they may overlap.

    The noun of a part is the first of the next four words that the lexicon has.
    """
    kinds = set()
    for part in parts:
        words = re.findall(r"\w+|[.,;:()]", text[part.end : part.end + 60])[:4]
        known = (_divisions().get(word.lower()) for word in words)
        kinds.add(next((kind for kind in known if kind is not None), None))
    return kinds.pop() if len(kinds) == 1 else None


def _parts_from(text: str, counts: Sequence[Mention], at: int) -> list[Mention]:
    """The run of counts from `at` that commas and "and" join: "7 men, 5 women and 2 children"."""
    parts = list(counts[at : at + 1])
    for before, after in pairwise(counts[at : at + _MOST_PARTS]):
        if _BETWEEN_PARTS.fullmatch(text, before.end, max(before.end, after.start)) is None:
            break
        parts.append(after)
    return parts


def _is_whole(text: str, total: Mention, parts: Sequence[Mention]) -> bool:
    """Whether the parts are all there is: the text stops behind them and leaves none out."""
    if _CLOSES_PARTS.match(text, parts[-1].end) is None:
        return False
    stop = re.compile(r"[.!?)\n]").search(text, parts[-1].end)
    end = len(text) if stop is None else stop.start()
    return _NOT_ALL.search(text, total.end, min(end, parts[-1].end + _REACH)) is None


def _compared(text: str, total: Mention, parts: Sequence[Mention]) -> Finding | None:
    """A finding on a total and its parts; a difference counts only where the parts divide people."""
    added = sum((_value(part) for part in parts), Decimal(0))
    terms = " + ".join(plain(_value(part)) for part in parts)
    span = Span(min(total.start, parts[0].start), max(total.end, parts[-1].end))
    if added == _value(total):
        return noted(text, "total", span, f"{terms} = {plain(added)}, as stated.")
    if division(text, parts) is None:
        return None
    told = f"{terms} = {plain(added)}, not {plain(_value(total))}."
    return noted(text, "total", span, told, problem=True)


def _total_behind(text: str, counts: Sequence[Mention], at: int, parts: list[Mention]) -> Finding | None:
    """ "29 patients and 57 relatives, a total of 86" or "…, 86 people in all"."""
    *terms, last = parts
    if len(terms) > 1 and _TOTAL_WORDS.match(text, last.end) is not None:
        total = last  # a comma joins the total to its parts
    elif at + len(parts) < len(counts):
        terms, total = parts, counts[at + len(parts)]
        announced = _TOTAL_BEHIND.fullmatch(text, last.end, max(last.end, total.start)) is not None
        joined = _JOIN_TOTAL.fullmatch(text, last.end, max(last.end, total.start)) is not None
        if not announced and not (joined and _TOTAL_WORDS.match(text, total.end) is not None):
            return None
    else:
        return None
    if _NOT_ALL.search(text, terms[0].start, total.start) is not None:
        return None
    return _compared(text, total, terms)


def _part_above(text: str, counts: Sequence[Mention], at: int) -> Finding | None:
    """ "12 people were killed, including 15 children": a part of people that exceeds its whole."""
    if at + 1 >= len(counts):
        return None
    whole, part = counts[at], counts[at + 1]
    if _value(part) <= _value(whole) or _PEOPLE.match(text, whole.end) is None:
        return None
    if _INCLUDING.fullmatch(text, whole.end, max(whole.end, part.start)) is None:
        return None
    if division(text, [part]) is None:
        return None
    told = f"A part, {plain(_value(part))}, is more than its whole, {plain(_value(whole))}."
    return noted(text, "total", Span(whole.start, part.end), told, problem=True)
