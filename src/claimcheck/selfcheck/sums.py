"""Parts against their total: "12 killed: 7 men and 5 women", "29 patients and 57 relatives, 86 in all".

Only plain counts are compared (no "about", no ranges). Parts that cannot overlap (`data/parts.toml`) are
never more than their whole; that they are less is a problem only where the text says that they are all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import pairwise

from claimcheck.lexicon import load, pattern
from claimcheck.model import Finding, Interval, Mention, Span, plain
from claimcheck.selfcheck.base import any_of, noted
from claimcheck.selfcheck.parts import MOST, are_joined, count, division, is_plain_count, parts_from

__all__ = ["division", "is_plain_count", "total_findings"]

_HUNDRED = Decimal(100)
_REACH = 120  # characters between a total and its first part
_SPLIT = pattern("sums", "split")
_A_TOTAL_OF = pattern("sums", "a total of")
_AND_LAST = pattern("sums", "and last")
_ROUNDED = Decimal("0.5")  # of each share: 33.4 % and 33.3 % are written 33 %
_OPENS = pattern("sums", "opens")
_NOT_ALL = re.compile(rf"\b(?:{any_of('not all')})\b", re.IGNORECASE)
_STOP = re.compile(r"[.!?)\n]")
_SENTENCE_END = re.compile(r"[.!?\n]")
_CLOSES_PARTS = pattern("sums", "closes the parts")
_TOTAL_BEHIND = pattern("sums", "total behind")
_TOTAL_WORDS = pattern("sums", "total words")
_JOIN_TOTAL = pattern("sums", "join the total")
_INCLUDING = pattern("sums", "including")
_APPOSED = re.compile(r"\s(?:[\w'’-]{1,20}\s){0,14}[\w'’-]{1,20},\s")
_PART_ONLY = pattern("sums", "part only")
_OUT_OF = pattern("sums", "out of")
_THE_REST = pattern("sums", "the rest")
_THE_OTHER = pattern("sums", "the other")
_TO_NEXT = pattern("sums", "to the next")
_OF_THE = pattern("sums", "of the")
_AMONG = pattern("sums", "among")
_THEN_PARTS = re.compile(r"(?:\s[\w'’-]{1,20}){1,4}, ")
_OF_THEM = pattern("sums", "of them")
_OF_A_WHOLE = pattern("sums", "of a whole")
_NOT_A_PART = pattern("sums", "not a part")
_PEOPLE = re.compile(rf"\s(?:[\w-]{{1,20}}\s){{0,2}}(?:{any_of('people of a total')})\b", re.IGNORECASE)


def total_findings(text: str, mentions: Sequence[Mention]) -> Iterator[Finding]:
    """Totals against their parts: an agreement is a finding too."""
    counts = [mention for mention in mentions if is_plain_count(mention)]
    amounts = [mention for mention in mentions if _is_amount(mention)]
    used = -1
    for at in range(len(counts)):
        if at > used:
            finding, used = _at(text, counts, at)
            first = counts[at].start  # "40 tonnes in May, 50 in June, 90 in all": the first term has the unit
            if finding is not None and not any(are_joined(text, m.end, first) for m in amounts):
                yield finding
    yield from _split(text, [m for m in mentions if _is_amount(m) or is_plain_count(m)])
    yield from _more_than_all(text, [m for m in mentions if m.kind == "percent" and m.comparator == "eq"])


def _is_amount(mention: Mention) -> bool:
    """Whether a mention is an unqualified sum of money or a measure."""
    stated = mention.status != "not_claim" and mention.comparator == "eq"
    return mention.kind in ("money", "measure") and stated and bool(mention.value)


def _split(text: str, amounts: Sequence[Mention]) -> Iterator[Finding]:
    """ "The 4.5 million euros were split into 3 million for roads and 1.5 million for water"."""
    for at, total in enumerate(amounts[:-2]):
        parts = parts_from(text, amounts, at + 1)
        units = {(mention.kind, mention.unit) for mention in (total, *parts)}
        opened = _SPLIT.fullmatch(text, total.end, max(total.end, parts[0].start)) is not None
        if opened and len(parts) > 1 and len(units) == 1 and _is_whole(text, total, parts):
            finding = _compared(text, total, parts, sure=True)
            if finding is not None:
                yield finding


def _more_than_all(text: str, percents: Sequence[Mention]) -> Iterator[Finding]:
    """Shares of one whole that exclude each other and are more than all of it: "45 % voted yes, 45 % voted no
    and 20 % abstained"."""
    used = -1
    for at in range(len(percents)):
        parts = parts_from(text, percents, at) if at > used else []
        if len(parts) < 2:
            continue
        used = at + len(parts) - 1
        low = sum(((part.low or Decimal(0)) - _ROUNDED for part in parts), Decimal(0))
        if low <= _HUNDRED or division(text, parts) in (None, "place"):
            continue
        terms = " + ".join(plain(count(part)) for part in parts)
        span = Span(parts[0].start, parts[-1].end)
        told = f"{terms} = {plain(sum(map(count, parts), Decimal(0)))}, more than 100 %."
        yield noted(text, "total", span, told, problem=True)


def _at(text: str, counts: Sequence[Mention], at: int) -> tuple[Finding | None, int]:
    """What the text says of a total that begins at a count, and the last count that is its part."""
    total = counts[at]
    rest = _rest_from(text, counts, at)
    if rest is not None:
        return _compared(text, total, counts[at + 1 : rest + 1], sure=True), rest
    parts = parts_from(text, counts, at + 1)
    if len(parts) > 1 and _announced(text, total, parts):
        return _compared(text, total, parts, sure=_is_spelled_out(text, total, parts)), at + len(parts)
    run = parts_from(text, counts, at)
    behind = _total_behind(text, counts, at, run) if len(run) > 1 else None
    return behind or _too_many(text, counts, at), at


def _announced(text: str, total: Mention, parts: Sequence[Mention]) -> bool:
    """Whether the parts stand behind the total as all there is."""
    first = parts[0].start
    if first < total.end or not _is_whole(text, total, parts):
        return False
    if _AMONG.search(text[max(0, total.start - 30) : total.start]) is not None:
        return False  # "86 were freed, of whom 50 were men, 30 women and six children": the first part
    if _OPENS.fullmatch(text, total.end, first) is not None:
        return True
    more = sum(map(count, parts)) > count(total)  # of 40 guests, 12 men and 20 women, the rest are children
    of_people = _PEOPLE.match(text, total.end) is not None or (more and _is_of_people(total))
    called_total = _A_TOTAL_OF.search(text[max(0, total.start - 12) : total.start]) is not None
    if _APPOSED.fullmatch(text, total.end, first) is None or not (of_people or called_total):
        return False
    if _OF_THE.search(text[max(0, total.start - 20) : total.start]) is not None:
        return False
    if any(_OF_THEM.match(text, part.end) is not None for part in parts):
        return False
    kind = division(text, parts)
    same = division(text, [total, *parts])  # fighters may be rebels and soldiers
    if same not in (None, "combat") and count(total) != sum(map(count, parts)):
        return False  # "17 children, 6 women and 6 men", "30 in Vigo, 20 in Porto": one part more
    alone = all(_PART_ONLY.match(text, part.end) is not None for part in parts)
    return kind == "place" or (alone and kind in ("sex_and_age", "family", "combat"))


def _is_of_people(total: Mention) -> bool:
    return total.noun is not None and total.noun in _person_nouns()


@cache
def _person_nouns() -> frozenset[str]:
    return frozenset(noun for row in load("person_nouns") if row.id == "person" for noun in row["nouns"])


def _is_spelled_out(text: str, total: Mention, parts: Sequence[Mention]) -> bool:
    """Whether a colon announces parts by name that "and" closes: "60 seats: 26 for Red and 14 for Blue"."""
    opened = ":" in text[total.end : parts[0].start]
    closed = _AND_LAST.search(text[max(0, parts[-1].start - 5) : parts[-1].start]) is not None
    return opened and closed and division(text, parts) == "place"


def _is_whole(text: str, total: Mention, parts: Sequence[Mention]) -> bool:
    """Whether the parts are all there is: the text stops behind them and leaves none out."""
    if _CLOSES_PARTS.match(text, parts[-1].end) is None:
        return False
    reach = parts[-1].end + _REACH
    stop = _STOP.search(text, parts[-1].end, reach)
    return _NOT_ALL.search(text, total.end, reach if stop is None else stop.start()) is None


def _compared(text: str, total: Mention, parts: Sequence[Mention], *, sure: bool = False) -> Finding | None:
    """A finding on a total and its parts; a difference counts only where the parts divide people, or where
    the text calls their sum a total (`sure`). By place, less than the total may be told."""
    added = sum((count(part) for part in parts), Decimal(0))
    terms = " + ".join(plain(count(part)) for part in parts)
    span = Span(min(total.start, parts[0].start), max(total.end, parts[-1].end))
    if added == count(total):
        return noted(text, "total", span, f"{terms} = {plain(added)}, as stated.")
    if _admitted(parts).meets(total.interval):  # 325,000 and 390,000 make 715,000 to the thousand
        return None
    kind = division(text, parts)
    if not sure and (kind is None or (kind == "place" and added < count(total))):
        return None
    told = f"{terms} = {plain(added)}, not {plain(count(total))}."
    return noted(text, "total", span, told, problem=True)


def _admitted(parts: Sequence[Mention]) -> Interval:
    """What the sum may be, by the precision of its terms' digits."""
    low = sum((part.low or count(part) for part in parts), Decimal(0))
    return Interval(low, sum((part.high or count(part) for part in parts), Decimal(0)))


def _rest_from(text: str, counts: Sequence[Mention], at: int) -> int | None:
    """ "Out of 33 sailors, 10 were lost and the other 23 saved", "… leaving 23": the place of the rest of the
    whole at `at`, which makes the parts all there is; None where no rest is told."""
    if _OUT_OF.search(text[max(0, counts[at].start - 20) : counts[at].start]) is None:
        return None
    for here, (before, after) in enumerate(pairwise(counts[at : at + MOST]), at + 1):
        if _TO_NEXT.fullmatch(text, before.end, max(before.end, after.start)) is None:
            return None
        if _THE_REST.search(text[max(0, after.start - 20) : after.start]) is not None:
            between = text[counts[at].end : after.start]
            return here if here > at + 1 and _NOT_ALL.search(_THE_OTHER.sub("", between)) is None else None
    return None


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
    alone = at == 0 or _SENTENCE_END.search(text, counts[at - 1].end, terms[0].start) is not None
    if not alone and sum(map(count, terms)) != count(total):
        return None  # an earlier number may be a term too
    nouns = {mention.noun for mention in (*terms, total) if mention.noun is not None}
    return _compared(text, total, terms, sure=len(nouns) <= 1)


def _too_many(text: str, counts: Sequence[Mention], at: int) -> Finding | None:
    """Parts of people that are more than their whole: "12 killed, including 15 children", "of the 30 dead, 22
    were women and 10 were children", "nine of the 20 pupils were girls and 12 were boys"."""
    if at + 1 >= len(counts):
        return None
    whole, parts, told_by = _whole_and_parts(text, counts, at)
    added = sum((count(part) for part in parts), Decimal(0))
    if not parts or added < count(whole) or _NOT_A_PART.search(text, whole.end, parts[-1].start):
        return None
    if division(text, told_by) in (None, "place"):
        return None
    span = Span(min(whole.start, parts[0].start), max(whole.end, parts[-1].end))
    terms = " + ".join(plain(count(part)) for part in parts)
    if added == count(whole):
        terms = " + ".join(plain(count(part)) for part in parts)
        return (
            noted(text, "total", span, f"{terms} = {plain(added)}, all of the whole.")
            if len(parts) > 1
            else None
        )
    if _admitted(parts).meets(whole.interval):
        return None
    if len(parts) == 1:
        told = f"A part, {plain(added)}, is more than its whole, {plain(count(whole))}."
    else:
        terms = " + ".join(plain(count(part)) for part in parts)
        told = f"{terms} = {plain(added)}, more than the whole, {plain(count(whole))}."
    return noted(text, "total", span, told, problem=True)


def _whole_and_parts(
    text: str, counts: Sequence[Mention], at: int
) -> tuple[Mention, list[Mention], list[Mention]]:
    """The whole at `at` or behind it, its parts, and the mentions behind which stands what these are."""
    whole, part = counts[at], counts[at + 1]
    gap = whole.end, max(whole.end, part.start)
    parts = parts_from(text, counts, at + 1)
    included = _INCLUDING.fullmatch(text, *gap) is not None and _PEOPLE.match(text, whole.end) is not None
    of_them = _THEN_PARTS.fullmatch(text, *gap) is not None and (
        _OF_THE.search(text[max(0, whole.start - 20) : whole.start]) is not None
        or _OF_THEM.match(text, part.end) is not None
    )
    if included or of_them:
        return whole, parts, parts
    if _OF_A_WHOLE.fullmatch(text, *gap) is not None and len(parts) > 1:
        return part, [whole, *parts[1:]], parts
    return whole, [], []
