"""Ordinals: running totals ("the 21st civilian to die"), places in an order, names ("the 21st century")."""

from __future__ import annotations

import re

from claimcheck.model import Mention
from claimcheck.numbers.counted import counted_noun, phrase_behind
from claimcheck.numbers.numerals import Numeral
from claimcheck.numbers.word_lists import words_of

_NOTHING_COUNTED = frozenset(["first", "second", "last"])
_SINCE = re.compile(
    r"[^.;!?,\n]{0,20}?\bto\s{1,3}(?:be )?(?!(?:the|a|an|its|his|this)\b)[a-z]{2,14}"
    r"|[^.;!?\n]{0,60}?\b"
    r"(?:so far|since|this (?:week|month|year|season)|in (?:as many|the past|the last|a row)|within)\b"
)


def read_ordinal(text: str, numeral: Numeral) -> Mention:
    """The mention of an ordinal. `cumulative` where it counts something that is still being counted."""
    written = text[numeral.start : numeral.end]
    noun = counted_noun(text, numeral.end, singular=True)
    reason = _reason(text, numeral, noun)
    counts = reason is None and _SINCE.match(text, _phrase_end(text, numeral.end)) is not None
    if reason is None and not counts and written.lower() in _NOTHING_COUNTED:
        reason = "order, nothing is counted"
    return Mention(
        start=numeral.start,
        end=numeral.end,
        text=written,
        kind="ordinal",
        value=numeral.value,
        low=numeral.value,
        high=numeral.value,
        noun=noun,
        status="unresolved" if reason is None else "not_claim",
        reason=reason,
        rule="ordinal.running" if counts else "ordinal",
        cumulative=counts,
    )


def _phrase_end(text: str, end: int) -> int:
    words = phrase_behind(text, end)
    return words[-1][1] if words else end


def _reason(text: str, numeral: Numeral, noun: str | None) -> str | None:
    if noun is None:
        return "order, nothing is counted"
    words = phrase_behind(text, numeral.end)
    first = words[0][0]
    if text[numeral.start].isupper() and first[0].isupper():
        return "name"
    if first.lower().removesuffix("'s").removesuffix("’s") in words_of("names with an ordinal") or (
        first[0].isupper() and noun[0].isupper()
    ):
        return "name"
    if text[numeral.end : numeral.end + 1] == "-":
        return "order, nothing is counted"
    return None
