"""What the words around a clause take back: "which turned out to be untrue", "in his novel, …".

By the words of the sentence alone, as such additions hang loosely in a parse. The words are forms of
`data/assertion.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from claimcheck.claims.cues import Assertion, rows
from claimcheck.claims.denial import date_put_right, put_right
from claimcheck.model import Mention, Span

_LEAD = 45
_AS = re.compile(r"\b(?:as|than)\s+\Z", re.IGNORECASE)
_ENDS = r"(?=\s*(?:[.,;:!?)”\"]|\Z|and\b|but\b|by\b))"
_LATER = r"(?:(?:later|since|long since|soon|eventually|now|simply|quickly)\s+)?"


def by_words(
    text: str, sentence: Span, clause: int, number: Mention | None, day: int | None
) -> Assertion | None:
    """Why the words around a number, or a day that starts at `day`, keep it from being asserted. `clause`:
    where its clause begins."""
    if number is not None:
        return put_right(text, number) or _taken_back(text, sentence, number.start)
    if day is None:
        return _taken_back(text, sentence, clause)
    at = max(clause, day)
    return date_put_right(text, day) or _planned_for(text, day) or _taken_back(text, sentence, at)


def _planned_for(text: str, start: int) -> Assertion | None:
    """Why a date that starts here is only that of a plan: "the round scheduled for 3 May"."""
    found = _planned().search(text, max(0, start - _LEAD), start)
    if found is None or _AS.search(text, max(0, found.start() - len("than ")), found.start()):
        return None
    return rows("for_day")[" ".join(found[1].lower().split())]


def _taken_back(text: str, sentence: Span, at: int) -> Assertion | None:
    """Why what stands at a place of a sentence is no assertion of its: what follows calls it untrue ("which
    never happened"), or it is told of an invented world ("in his novel, …")."""
    opened = _fiction().match(text, sentence.start, sentence.end)
    if opened is not None and opened.end() <= at:
        return rows("fiction")[opened[1].lower()]
    if (doubted := _if_so().search(text, sentence.start, sentence.end)) is not None:
        return rows("if_so")[" ".join(doubted[1].lower().split())]
    found = _behind().search(text, at, sentence.end)
    if found is None or text.find(";", at, found.start()) >= 0:
        return None
    return next(iter(rows("withdrawn").values()))


def _any(words: Sequence[str] | dict[str, Assertion]) -> str:
    longest = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in longest)


@cache
def _planned() -> re.Pattern[str]:
    return re.compile(rf"\b({_any(rows('for_day'))})\s+(?:the\s+|[A-Z][a-z]+day,?\s+)?\Z", re.IGNORECASE)


@cache
def _fiction() -> re.Pattern[str]:
    return re.compile(
        r"\W*in\s+(?:an?|the|this|that|his|her|their|its|one|our|my|(?:the\s+)?[\w-]+['’]s?)\s+(?:[\w-]+\s+){0,2}?"
        rf"({_any(rows('fiction'))})\b[^,.;:]{{0,40}},",
        re.IGNORECASE,
    )


@cache
def _if_so() -> re.Pattern[str]:
    is_so = r"\s(?:is|are|was|were|proves?)\s+"
    return re.compile(rf"\bif\s+[^,.;:]{{2,50}}?{is_so}({_any(rows('if_so'))}){_ENDS}", re.IGNORECASE)


@cache
def _behind() -> re.Pattern[str]:
    false, tale = _any(rows("false")), _any(rows("tale"))
    withdrawn, phrases = _any(rows("withdrawn")), _any(rows("taken_back"))
    is_so = r"(?:turned\s+out\s+(?:to\s+be\s+)?|prove[dsn]\s+(?:to\s+be\s+)?|(?:is|was|are|were)\s+)"
    which = r"(?:which|but\s+(?:this|that|it)|though\s+(?:this|that|it)|although\s+(?:this|that|it))"
    return re.compile(
        rf",\s+(?:{which}\s+{_LATER}{is_so}(?:an?\s+)?(?:[a-z]+ly\s+)?(?:{false}){_ENDS}"
        rf"|(?:an?|the)\s+(?:[\w-]+\s+)?(?:{tale})\s+(?:(?:that|which)\s+(?:was|were|has\s+been|is)\s+)?{_LATER}"
        rf"(?:{withdrawn}){_ENDS}"
        rf"|(?:which|an?\s+(?:{tale})\s+(?:that\s+)?)\s*(?:nobody|no\s+one|hardly\s+anyone|few)\s+(?:believes?|trusts?)\b"
        rf"|(?:{phrases}){_ENDS})",
        re.IGNORECASE,
    )
