"""One of a unit, counted by its article: "a mile away", "less than a dollar a day", "a gallon and a half".

The units are those with `article` in `data/units.toml` and `data/currencies.toml`. An article behind a
number, a unit or a price is a rate and counts nothing ("$3 a gallon", "the price of a gallon"); one before
a compound neither ("a gallon jug").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache

from claimcheck.lexicon import load, pattern
from claimcheck.model import Interval, Mention
from claimcheck.numbers.money import money_behind
from claimcheck.numbers.qualifiers import admitted, qualifier_before, qualifier_behind
from claimcheck.numbers.tokens import number_words
from claimcheck.numbers.units import Unit, unit_behind

_ARTICLE = pattern("article_numbers", "article")
_BEFORE = re.compile(r"([^\s(\[“\"]{1,24})[ ]\Z")
_RATE = pattern("article_numbers", "rate")
_PLAIN_BEHIND = pattern("article_numbers", "plain behind")
_AND_A_HALF = pattern("article_numbers", "and a half")


def find_articled(text: str, places: Sequence[int]) -> Iterator[Mention]:
    """The quantities that an article counts; `places` are the starts of words for units (`Scan.units`)."""
    for place in places:
        led = _ARTICLE.search(text, max(0, place - 4), place) if text[place - 1 : place] == " " else None
        if led is None or _is_rate(text, led.start()):
            continue
        unit = _unit(text, place - 1)
        if unit is None or unit.kind not in ("measure", "money"):
            continue
        half = _AND_A_HALF.match(text, unit.edge)
        end = unit.edge if half is None else half.end()
        if _PLAIN_BEHIND.match(text, end):
            value = Decimal(1) if half is None else Decimal("1.5")
            yield _mention(text, led.start(), end, value, unit)


def _unit(text: str, end: int) -> Unit | None:
    money = money_behind(text, end, digits=False)
    return unit_behind(text, end, digits=False) if money is None else money[0]


def _is_rate(text: str, start: int) -> bool:
    """Whether what stands before the article makes it "per": a number, a unit, a currency, a price."""
    before = _BEFORE.search(text, max(0, start - 26), start)
    if before is None:
        return False
    word = before[1].lower().rstrip(",")
    if not word:
        return True
    if not word[-1].isalpha() or any(map(str.isdigit, word)):
        return True
    return word in _counted_words() or _RATE.search(text, max(0, start - 12), start) is not None


@cache
def _counted_words() -> frozenset[str]:
    """Words behind which "a" means "per": number words, units, currencies and shares."""
    words = {"times", "percent", "cent", "half", "quarter", "third", "points", "point", *number_words()}
    for topic in ("units", "currencies"):
        words.update(word.split()[-1] for row in load(topic) for word in row["words"])
    return frozenset(words)


def _mention(text: str, start: int, end: int, value: Decimal, unit: Unit) -> Mention:
    found = qualifier_before(text, start) or qualifier_behind(text, end)
    limits = Interval(value, value)
    if found is not None:
        limits = admitted(value, found.row["low"], found.row["high"], whole=False)
    return Mention(
        start=start,
        end=end,
        text=text[start:end],
        kind=unit.kind,
        value=value,
        low=limits.low,
        high=limits.high,
        comparator="eq" if found is None else found.comparator,
        unit=unit.name,
        rule="unit.article",
        qualifier=None if found is None else found.span,
    )
