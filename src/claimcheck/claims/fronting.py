"""Sentences that bring a time forward: "It was on 28 November that the talks opened", "Only in July did the
siege end", "Not until 3 May was the text adopted".

They assert what the plain sentence does. The parser reads that better, so the words that only bring forward
are hidden from it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from claimcheck.lexicon import alternatives, load, pattern, written
from claimcheck.model import Mention, Span

_THE = written("fronted_times", "the")
_PREPOSITION = written("fronted_times", "preposition")
_BEHIND = pattern("fronted_times", "behind a cleft")
_VERB = pattern("fronted_times", "verb before its subject")
_DENIED_UNTIL = pattern("fronted_times", "denied until")
"""A verb that is denied up to a time, from which it holds: "did not end until 22 December"."""
_DENIED_WITHIN = 110
_PLAIN = re.compile(r"\d{4}(?:-\d\d){0,2}")
_LAST = re.compile(r"(?<=[\w’'] )[a-z]{3,20}(?=\W*\Z)")
_OPENING = 40
_DATE = r"(?:,\s(?:[A-Z][a-z]{2,8}\.?\s\d{1,2}|\d{1,2}\s[A-Z][a-z]{2,8})(?:,?\s\d{4})?)?"
_TOWN = r"[A-Z][A-Z.'’-]{2,20}(?:[ /-][A-Z.'’-]{2,20}){0,2}(?:,\s[A-Z][\w.]{1,15}(?:\s[A-Z][\w.]{1,15})?)?"
_DATELINE = re.compile(
    rf"((?:{_TOWN}{_DATE}(?:\s\([^()\n]{{2,40}}\))?|[A-Z][\w.'’-]{{2,20}}\s\([A-Z][^()\n]{{1,30}}\))\s[-–—]{{1,2}})\s+(?=\S)"
)


def hidden(text: str, span: Span, mentions: Sequence[Mention]) -> list[tuple[Span, str]]:
    """The stretches of a sentence that only bring its first time forward, and what a plain one has there."""
    times = [m for m in mentions if m.start >= span.start and m.is_time]
    for time in times:
        if (
            denied := _denied_until(text, max(span.start, time.wide_start - _DENIED_WITHIN), time)
        ) is not None:
            return [(denied, "")]
    first = next(iter(times), None)
    if first is None or first.start - span.start > _OPENING:
        return []
    lead = text[span.start : first.start]
    for opening, behind, plain in ((_cleft(), _BEHIND, ","), (_limits(), _VERB, "")):
        found = opening.match(lead)
        rest = behind.match(text, first.end, span.end) if found is not None else None
        if found is not None and rest is not None:
            before = Span(span.start + found.start(1), span.start + found.end(1))
            moved = [(before, "" if found[2] else "In "), (Span(*rest.span(1)), plain)]
            last = _LAST.search(text, rest.end(), span.end) if "did" in rest[1] else None
            if last is not None and last[0] in _past():  # "did the siege of Tarn end": an end, to the parser
                moved.append((Span(*last.span()), _past()[last[0]]))
            return moved
    return []


def dateline(text: str, span: Span) -> Span | None:
    """Where a sentence only says from where it is reported: "GENEVA (Reuters) - More than 240 people"."""
    found = _DATELINE.match(text, span.start, span.end)
    return None if found is None else Span(span.start, found.end(1))


def is_not_until(text: str, mention: Mention) -> bool:
    """Whether a time is told as the first day of something: "not until 3 May", "not before 3 May", "did not
    end until 3 May"."""
    start = mention.wide_start
    if _denied_until(text, max(0, start - _DENIED_WITHIN), mention) is not None:
        return True
    return _not_until().search(text, max(0, start - _OPENING), mention.start) is not None


def _denied_until(text: str, start: int, time: Mention) -> Span | None:
    """Where a verb is denied that holds from a day, month or year on, None for one that goes on until then
    ("did not last until May") or was only to be ("was not expected until May")."""
    if time.mod is not None or _PLAIN.fullmatch(time.timex or "") is None:
        return None  # "until late 2016", "until the spring"
    found = _DENIED_UNTIL.search(text, start, time.start)
    if found is None or re.fullmatch(_words("goes_on"), found[2]):
        return None
    return Span(*found.span(1))


@cache
def _past() -> dict[str, str]:
    """The past of each verb that is a noun too."""
    return dict(w.split(": ") for row in load("fronting") if row["use"] == "noun_too" for w in row["words"])


@cache
def _words(use: str) -> str:
    return alternatives((w for row in load("fronting") if row["use"] == use for w in row["words"]), r"\s+")


@cache
def _cleft() -> re.Pattern[str]:
    limits = f"(?:(?:{_words('limit')})\\s+)?"
    return re.compile(rf"\W*((?:{_words('cleft')})\s+{limits}){_PREPOSITION}\Z", re.IGNORECASE)


@cache
def _limits() -> re.Pattern[str]:
    return re.compile(rf"\W*((?:{_words('limit')})\s+){_PREPOSITION}\Z", re.IGNORECASE)


@cache
def _not_until() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_words('not_until')}){_THE}\Z", re.IGNORECASE)
