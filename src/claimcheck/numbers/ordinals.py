"""Ordinals: running totals ("the 21st civilian to die"), places in an order, names ("the 21st century")."""

from __future__ import annotations

import re
from functools import cache

from claimcheck.lexicon import alternatives, load, pattern, written
from claimcheck.model import Mention
from claimcheck.numbers.counted import counted_noun, phrase_behind
from claimcheck.numbers.numerals import Numeral
from claimcheck.numbers.word_lists import words_of

RANKS = "ordinal.rank"
"""The rule of an ordinal that says which of a series somebody or something is."""
_NOTHING_COUNTED = frozenset(["first", "second", "last"])
_ENUMERATED = 4  # "the third man": one of those whom a story tells apart
_THE_NTH = written("ordinals", "the nth")
_LED = pattern("ordinals", "led")
_OWNED = pattern("ordinals", "owned")
_SINCE = pattern("ordinals", "since")


def read_ordinal(text: str, numeral: Numeral) -> Mention:
    """The mention of an ordinal. `cumulative` where it counts something that is still being counted."""
    written = text[numeral.start : numeral.end]
    noun = counted_noun(text, numeral.end, singular=True)
    reason = _reason(text, numeral, noun)
    counts = reason is None and _counts(text, numeral, noun)
    ranks = not counts and reason in (None, "name") and _ranks(text, numeral)
    if ranks:
        reason = None
    if reason is None and not counts and not ranks and written.lower() in _NOTHING_COUNTED:
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
        rule="ordinal.running" if counts else RANKS if ranks else "ordinal",
        cumulative=counts,
    )


def _counts(text: str, numeral: Numeral, noun: str | None) -> bool:
    """Whether an ordinal is a running total: by the words behind, or as the nth victim of something."""
    if numeral.value == 1 and _LED.search(text, max(0, numeral.start - 8), numeral.start) is None:
        return False  # "it first flew in May", "First allow me to …"
    end = _phrase_end(text, numeral.end)
    if _SINCE.match(text, end) is not None:
        return True
    befalls, becomes = _words()
    if numeral.value >= _ENUMERATED and befalls.match(text, end) is not None:
        return _OWNED.search(text, max(0, numeral.start - 8), numeral.start) is None
    if noun not in _victims():
        return False
    return becomes.search(text, max(0, numeral.start - 16), numeral.start) is not None


def _ranks(text: str, numeral: Numeral) -> bool:
    """Whether an ordinal says which of a series somebody or something is: "was the ninth round", "the talks
    in Tarn, the second session"."""
    if numeral.value < 2 or text[numeral.start].isupper():
        return False
    before, series = _ranked()
    if before.search(text, max(0, numeral.start - 16), numeral.start) is None:
        return False
    return any(word.lower() in series for word, _ in phrase_behind(text, numeral.end)[:3])


@cache
def _ranked() -> tuple[re.Pattern[str], frozenset[str]]:
    said = {use: [w for row in load("running_totals") if row["use"] == use for w in row["words"]]
            for use in ("ranked", "series")}  # fmt: skip
    return re.compile(rf"(?:{'|'.join(said['ranked'])})[ ]\Z"), frozenset(said["series"])


@cache
def _victims() -> frozenset[str]:
    return frozenset(
        word for row in load("running_totals") if row["use"] == "victims" for word in row["words"]
    )


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What befalls the nth of those counted, and what one becomes as the nth victim."""
    befalls, becomes = (
        alternatives(
            (word for row in load("running_totals") if row["use"] == use for word in row["words"]), "[ ]"
        )
        for use in ("befalls", "becomes")
    )
    return re.compile(rf"[ ](?:{befalls})\b"), re.compile(rf"\b(?:{becomes}){_THE_NTH}\Z")


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
