"""Lists that say their verb and their noun once: "Poland took in 2 million refugees, Czechia 375,000".

No parser reads them well; with the verb and the noun filled in, any does. What is filled in stands for no
characters of the document: it is only shown to the parser.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from claimcheck.lexicon import alternatives, load
from claimcheck.model import Mention, Span

_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w’'.-]*"
_VERB = re.compile(r"(?<![\w’'-])([a-z]{2,15})(?:\s([a-z]{2,4}))?\s\Z")
_LEAD = 80  # characters before the first number in which its verb stands
_COUNTED = frozenset({"number"})
_MEASURED = frozenset({"percent", "money", "measure"})


@dataclass(frozen=True, slots=True)
class _Said:
    """What the first number of a list says for those that follow."""

    verb: str
    noun: str
    kind: str


def filled_in(text: str, span: Span, mentions: Sequence[Mention]) -> list[tuple[Span, str]]:
    """What the parser is shown besides, each where it stands: a verb for the blank before a number, and the
    noun behind it for no characters at all."""
    out: list[tuple[Span, str]] = []
    said: _Said | None = None
    before: Mention | None = None
    opening: tuple[Span, str] | None = None
    for mention in mentions:
        if mention.is_time or mention.kind not in _COUNTED | _MEASURED or mention.reason:
            continue
        link = None if said is None or before is None else _goes_on(text, before, mention, said)
        if said is not None and link is not None:
            out += [] if opening is None else [opening]
            opening = None
            if text[link.start : link.end].strip() in (",", ";"):
                out.append((Span(link.end - 1, link.end - 1), " and"))
            elif text[link.start].isalpha():  # "of tin and Carland": no parser takes that for one phrase then
                out.append((Span(link.start - 1, link.start - 1), ","))
            out.append((Span(mention.wide_start - 1, mention.wide_start), f" {said.verb} "))
            if said.noun and (text[mention.end : mention.end + 1 + len(said.noun)] != f" {said.noun}"):
                out.append((Span(mention.end, mention.end), f" {said.noun}"))
        else:
            said, opening = _said(text, span, mention), None
            if said is not None and _name_before().search(text, span.start, mention.wide_start):
                opening = (Span(mention.wide_start - 1, mention.wide_start), f" {said.verb} ")
        before = mention
    return out


def _said(text: str, span: Span, mention: Mention) -> _Said | None:
    """The verb before a number and the noun behind it, None where it has neither."""
    noun = (_noun() if mention.kind in _COUNTED else _of()).match(text, mention.end, span.end)
    if mention.kind in _COUNTED and noun is None:
        return None
    written = "" if noun is None else noun[1]
    lead = max(span.start, mention.wide_start - _LEAD)
    if any(name.search(text, lead, mention.wide_start) for name in (_name_before(), _given())):
        [has] = _words("has")
        return _Said(has, written, mention.kind)
    found = _VERB.search(text, lead, mention.wide_start)
    if found is None:
        return None
    verb, particle = found[1], found[2]
    if particle is not None and particle not in _words("particle"):
        verb, particle = particle, None
    if verb in _words("no_verb"):
        return None
    return _Said(verb if particle is None else f"{verb} {particle}", written, mention.kind)


def _goes_on(text: str, before: Mention, mention: Mention, said: _Said) -> Span | None:
    """What links a name and a number to the number before (", Czechia some 375,000"), None where nothing
    does."""
    counted = f" {said.noun}" if said.noun else ""
    begins = before.end + (len(counted) if text.startswith(counted, before.end) else 0)
    between = _next().fullmatch(text, begins, mention.wide_start)
    own = _noun().match(text, mention.end) if mention.kind in _COUNTED else None
    if between is None or mention.kind != said.kind or (own is not None and own[1] != said.noun):
        return None
    end = mention.end if own is None else own.end()
    ends = _end().match(text, end) is not None or _phrase().match(text, end) is not None
    return Span(*between.span(1)) if ends else None


@cache
def _words(use: str) -> frozenset[str]:
    return frozenset(w for row in load("elision") if row["use"] == use for w in row["words"])


def _any(use: str) -> str:
    return alternatives(_words(use))


@cache
def _name_before() -> re.Pattern[str]:
    """A name that opens the list, right before its number."""
    return re.compile(rf"(?::\s|\n|\A)(?:{_any('article')}\s)?{_CAPITAL}(?:\s{_CAPITAL}){{0,3}}\s\Z")


@cache
def _given() -> re.Pattern[str]:
    """A verb and the name of who was given the number: "gave Arvia 156 ships"."""
    return re.compile(rf"\b[a-z]{{3,12}}\s(?:{_any('article')}\s)?{_CAPITAL}(?:\s{_CAPITAL}){{0,3}}\s\Z")


@cache
def _of() -> re.Pattern[str]:
    """What a share or an amount is of, behind it."""
    ends = rf"(?=[,;.)\n]|\Z|\s(?:{_any('behind_of')})\b)"
    return re.compile(rf"\s((?:{_any('share_of')})\s[a-z][\w-]*(?:\s[a-z][\w-]*)?){ends}")


@cache
def _end() -> re.Pattern[str]:
    """Where an item of the list ends."""
    return re.compile(rf"\s*(?:[,;.)!?]|\Z|\n)|\s(?:{_any('joins')})\s")


@cache
def _noun() -> re.Pattern[str]:
    """The noun behind a number: up to three words that end a phrase, the first of which may be a people's."""
    stop = rf"(?!(?:{_any('place')}|{_any('no_noun')})\b)"
    ends = rf"(?=[,;.)\n]|\Z|\s(?:{_any('place')}|{_any('behind_noun')})\b)"
    return re.compile(rf"\s((?:{_CAPITAL}\s)?(?:{stop}[a-z][\w-]*\s){{0,2}}{stop}[a-z][\w-]+){ends}")


@cache
def _phrase() -> re.Pattern[str]:
    """Where or when a number was, behind it."""
    return re.compile(rf"\s(?:{_any('place')})\s[^,;:()]{{1,50}}?(?=[,;.)\n]|\Z|\s(?:{_any('joins')})\s)")


@cache
def _next() -> re.Pattern[str]:
    """What stands between two numbers of such a list."""
    name = rf"(?:{_any('article')}\s)?{_CAPITAL}(?:\s(?:(?:{_any('inside')})\s)?{_CAPITAL}){{0,4}}"
    link = rf"\s?((?:{_any('link')})\s)"
    return re.compile(rf"(?:\s(?:{_any('place')})\s[^,;:()]{{1,50}}?)?{link}{name}\s")
