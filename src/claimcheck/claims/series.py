"""Numbers of a row of times, whose noun is said once: "14 murders in 2016, 9 in 2017 and 12 in 2018"."""

from __future__ import annotations

from collections.abc import Sequence

from claimcheck.claims.clauses import Token
from claimcheck.claims.governing import right_behind
from claimcheck.claims.measures import counted
from claimcheck.claims.time import TimeInSentence

_SERIES = frozenset({",", ";", "and", "to", "but", "or", "then"})
_OWN_CLAUSE = frozenset({"VERB", "AUX", "NOUN", "PROPN", "PRON"})
_BETWEEN = 5  # tokens: "some", "more than", "an estimated"


def series(placed: Sequence[Token], times: Sequence[TimeInSentence]) -> dict[int, Token]:
    """What the bare numbers of a row of times count, by their index: the noun of the first, said once."""
    out: dict[int, Token] = {}
    last: tuple[TimeInSentence, Token] | None = None
    for token in sorted(placed, key=lambda t: t.i):
        time, noun = right_behind(token, times), counted(token)
        if time is None:
            last = None
            continue
        between = [] if last is None else list(token.doc[last[0].token.i + 1 : token.i])
        goes_on = 0 < len(between) <= _BETWEEN and between[0].lower_ in _SERIES
        goes_on = goes_on and not any(t.pos_ in _OWN_CLAUSE for t in between)
        if noun is None and last is not None and goes_on:
            noun = out[token.i] = last[1]
        last = None if noun is None else (time, noun)
    return out
