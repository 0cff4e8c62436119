"""Counts beside what they count: "three countries: China, Russia and Cuba", "two reasons. First, …"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from claimcheck.lexicon import load, pattern, words_of, written
from claimcheck.model import Finding, Mention, Span
from claimcheck.selfcheck.base import any_of, noted
from claimcheck.selfcheck.sums import is_plain_count

_MOST = 12  # names that a text lists in one sentence
_NAME = written("own_checks", "name")
_ITEM = re.compile(_NAME)
_JOINT = pattern("own_checks", "joint of names")
_OPENS = pattern("own_checks", "opens a list of names")
_CLOSES = re.compile(r"\s?[.!?)\n–—]| - |$")
_APPOSED = re.compile(r"(?: [\w'’-]{2,20}){0,2} [a-z][\w'’-]{1,20}, ")
_AT_SOME = pattern("own_checks", "at some")
_CLOSES_APPOSED = pattern("own_checks", "closes what is apposed")
_PART_OF = pattern("own_checks", "part of")
_LEFT_OUT = pattern("own_checks", "left out")
_STEPS = words_of("own_checks", "steps")
_STEP = pattern("own_checks", "step")
_ANNOUNCED = re.compile(
    rf"(?:\s[\w'’-]{{1,20}}){{0,3}}\s(?:{any_of('announces')})(?:\s[^.!?:\n]{{0,80}})?[.:]\s{{1,3}}",
    re.IGNORECASE,
)
_REACH = 8000  # characters in which "three reasons" are told one by one


def named_findings(text: str, mentions: Sequence[Mention]) -> Iterator[Finding]:
    """Stated counts against the names that follow them, and against "First, … Second, …"."""
    for mention in mentions:
        if is_plain_count(mention) and mention.value is not None and 1 < mention.value <= _MOST:
            yield from _names(text, mention)
    yield from _enumerated(text, mentions)


def _names(text: str, mention: Mention) -> Iterator[Finding]:
    """ "Three countries voted against: China, Russia and Cuba.": names alone, up to the sentence's end."""
    opens, closes = _OPENS.match(text, mention.end), _CLOSES
    if opens is None:  # "three brothers, Ali, Omar and Sami, were freed"
        if _AT_SOME.search(text[max(0, mention.start - 10) : mention.start]) is not None:
            return  # "in two meetings, Ali, Omar and Sami, …"
        opens, closes = _APPOSED.match(text, mention.end), _CLOSES_APPOSED
    if opens is None or _LEFT_OUT.search(opens.group()) is not None:
        return
    if _PART_OF.search(text[max(0, mention.start - 20) : mention.start]) is not None:
        return
    names, end, joints = _listed(text, opens.end())
    if len(names) < 2 or closes.match(text, end) is None or not joints or " and " not in joints[-1]:
        return
    if any(" and " in joint for joint in joints[:-1]):
        return  # "Health, Education and Culture, and Trade": what is one name is not told by the words alone
    least = len(names) - _joined(names)
    stated = int(mention.value or 0)
    span = Span(mention.start, end)
    told = f"{mention.text} stated; {len(names)} named: {', '.join(names)}."
    if stated == least == len(names):
        yield noted(text, "list_count", span, told)
    elif not least <= stated <= len(names):
        yield noted(text, "list_count", span, told, problem=True)


def _listed(text: str, at: int) -> tuple[list[str], int, list[str]]:
    """The names from `at`, where the last ends, and the words that join them."""
    names: list[str] = []
    joints: list[str] = []
    end = at
    while (item := _ITEM.match(text, at)) is not None and len(names) <= _MOST:
        names.append(item.group())
        end = item.end()
        found = _JOINT.match(text, end)
        if found is None:
            break
        joints.append(found.group())
        at = found.end()
    return names, end, joints[: len(names) - 1]


def _joined(names: Sequence[str]) -> int:
    """How many pairs of these names may be one name ("Trinidad and Tobago")."""
    pairs = [f"{first} and {second}".lower() for first, second in pairwise(names)]
    return sum(pair in _double_names() for pair in pairs[-1:])


@cache
def _double_names() -> frozenset[str]:
    return frozenset(name.lower() for row in load("double_names") for name in row["names"])


def _enumerated(text: str, mentions: Sequence[Mention]) -> Iterator[Finding]:
    """ "There are three reasons. First, … Fourth, …": more than were announced. Fewer may be told rightly."""
    steps = [(match.start(1), _STEPS.index(match[1].lower()) + 1) for match in _STEP.finditer(text)]
    starts = [start for start, _ in steps]
    if not steps:
        return
    for mention in mentions:
        if not is_plain_count(mention) or mention.value is None or not 1 < mention.value < len(_STEPS):
            continue
        opens = _ANNOUNCED.match(text, mention.end)
        if opens is None:
            continue
        at = bisect_left(starts, opens.end())
        if at == len(steps) or steps[at] != (opens.end(), 1):
            continue
        reached, last = 1, steps[at][0]
        for start, number in steps[at + 1 :]:
            if number != reached + 1 or start - last > _REACH:
                break
            reached, last = number, start
        stated = int(mention.value)
        span = Span(mention.start, last + len(_STEPS[reached - 1]))
        told = f'{mention.text} announced; the text counts to "{_STEPS[reached - 1]}".'
        if reached >= stated:
            yield noted(text, "list_count", span, told, problem=reached > stated)
