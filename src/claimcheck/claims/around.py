"""What the words around a clause take back: "which turned out to be untrue", "in his novel, …".

By the words of the sentence alone, as such additions hang loosely in a parse. The words are forms of
`data/assertion.toml`.
"""

from __future__ import annotations

import re
from functools import cache

from claimcheck.claims.cues import Assertion, rows
from claimcheck.claims.denial import date_put_right, put_right
from claimcheck.lexicon import alternatives, pattern, written
from claimcheck.model import Mention, Span

_LEAD = 45
_AS = pattern("taken_back", "as")
_ENDS = written("taken_back", "ends")
_WHICH_IS = written("taken_back", "which is")
_PLANNED_DAY = written("taken_back", "planned day")
_IN_A = written("taken_back", "in a")
_IF_IT_IS = written("taken_back", "if it is")
_TALE = written("taken_back", "tale")
_THAT_WAS = written("taken_back", "that was")
_SUCH_A = written("taken_back", "such a")
_WHICH = written("taken_back", "which")
_THAT = written("taken_back", "that")
_NOBODY_BELIEVES = written("taken_back", "nobody believes")


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
    """Why a sentence does not assert what stands at `at`: what follows calls it untrue ("which never
    happened"), or it is told of an invented world ("in his novel, …"). None where it does."""
    opened = _fiction().match(text, sentence.start, sentence.end)
    if opened is not None and opened.end() <= at:
        return rows("fiction")[opened[1].lower()]
    if (doubted := _if_so().search(text, sentence.start, sentence.end)) is not None:
        return rows("if_so")[" ".join(doubted[1].lower().split())]
    found = _behind().search(text, at, sentence.end)
    if found is None or text.find(";", at, found.start()) >= 0:
        return None
    return next(iter(rows("withdrawn").values()))


def _any(form: str) -> str:
    return alternatives(rows(form), r"\s+")


@cache
def _planned() -> re.Pattern[str]:
    return re.compile(rf"\b({_any('for_day')}){_PLANNED_DAY}\Z", re.IGNORECASE)


@cache
def _fiction() -> re.Pattern[str]:
    return re.compile(rf"{_IN_A}({_any('fiction')})\b[^,.;:]{{0,40}},", re.IGNORECASE)


@cache
def _if_so() -> re.Pattern[str]:
    return re.compile(rf"{_IF_IT_IS}({_any('if_so')}){_ENDS}", re.IGNORECASE)


@cache
def _behind() -> re.Pattern[str]:
    false, tale = _any("false"), _any("tale")
    withdrawn, phrases = _any("withdrawn"), _any("taken_back")
    return re.compile(
        rf",\s+(?:{_WHICH_IS}(?:{false}){_ENDS}"
        rf"|{_TALE}(?:{tale}){_THAT_WAS}"
        rf"(?:{withdrawn}){_ENDS}"
        rf"|(?:{_WHICH}|{_SUCH_A}(?:{tale})\s+{_THAT}){_NOBODY_BELIEVES}"
        rf"|(?:{phrases}){_ENDS})",
        re.IGNORECASE,
    )
