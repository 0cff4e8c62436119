"""Who says it, inserted into the clause that it says: "Forty miners, the minister told parliament, had died".

The parser hangs the numbers and dates around such an insertion on its verb. The view therefore leaves it out;
it still names the speaker of the sentence's claims, and its words are context of their propositions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from claimcheck.lexicon import alternatives, load
from claimcheck.model import Mention, Span

_LONGEST = 90  # characters between the commas
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Aside:
    """An inserted attribution: `span` from its first comma to its last, `speaker` its subject without a
    determiner, `comma` whether the clause has one in its place without it."""

    span: Span
    speaker: Span
    comma: bool


def asides(text: str, sentence: Span, mentions: Sequence[Mention]) -> list[Aside]:
    """The attributions inserted into a sentence, in order; none that says on which day, for that is read."""
    commas = [m.start() for m in re.finditer(",", text[sentence.start : sentence.end])]
    times = [m.span for m in mentions if m.is_time]
    out: list[Aside] = []
    for opening, closing in pairwise(commas):
        start, end = sentence.start + opening, sentence.start + closing + 1
        if end - start > _LONGEST or not text[end : end + 2].strip():
            continue
        told = _attribution().fullmatch(text, start, end)
        if told is None or _DIGIT.search(text, start, end) or any(start <= t.start < end for t in times):
            continue
        if out and out[-1].span.end > start:
            continue
        begin = told.start("subject")
        determiner = _determiner().match(text, begin, told.end("subject"))
        named = Span(begin if determiner is None else determiner.end(), told.end("subject"))
        fronted = _fronted().match(text, sentence.start, start) is not None
        kept = fronted or _joined().match(text, end) is not None
        out.append(Aside(Span(start, end), named, kept))
    return out


@cache
def _attribution() -> re.Pattern[str]:
    stop, ends = f"(?!(?:{_any('no_subject')})\\b)", f"(?<!{_any('adverb_ends')})"
    subject = rf"(?P<subject>(?:{stop}[\w’'&.-]{{1,25}}\s){{0,6}}{stop}[\w’'&.-]{{1,25}}{ends})"
    behind = rf"(?:\s(?:{_any('through')})\s[^,;:.]{{2,40}})?"
    listener = rf"\s(?!(?:{_any('no_listener')})\b)[^,;:.]{{2,40}}"
    said = f"(?:{_any('says')}|(?:{_any('speaks')}){behind}|(?:{_any('tells')}){listener})"
    return re.compile(rf",\s{subject}\s{said},")


@cache
def _fronted() -> re.Pattern[str]:
    """What stands before the clause: "By Monday"."""
    return re.compile(rf"\W*(?:{_any('fronted')})\s[^,;:]*\Z")


@cache
def _joined() -> re.Pattern[str]:
    return re.compile(rf"\s(?:{_any('joined')})\s")


@cache
def _determiner() -> re.Pattern[str]:
    return re.compile(rf"(?:{_any('determiner')})\s", re.IGNORECASE)


@cache
def _any(use: str) -> str:
    return alternatives((w for row in load("asides") if row["use"] == use for w in row["words"]), "[ ]")
