"""Numbers whose verb is left out: "Poland took in 2 million refugees, Czechia some 375,000".

Behind the first number each name is followed by its own; the verb and what is counted are said once. Such a
number is told of its own name, and counts what the first one counts. So do the numbers of several times:
"14 murders in 2016, 9 in 2017 and 12 in 2018". What is given to several in turn is told of each of them: "the
vote gave Labour 51 seats and the Greens 26".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from claimcheck.claims.clauses import Clause, Token
from claimcheck.claims.governing import right_behind
from claimcheck.claims.measures import counted
from claimcheck.claims.time import TimeInSentence
from claimcheck.lexicon import pattern
from claimcheck.model import Mention

_LINKS = frozenset({",", ";", "and"})
_SERIES = _LINKS | {"to", "but", "or", "then"}
_OWN_CLAUSE = frozenset({"VERB", "AUX", "NOUN", "PROPN", "PRON"})
_BETWEEN = 5  # tokens: "some", "more than", "an estimated"
_OF_NUMBER = frozenset({"quantmod", "advmod", "det", "amod", "nummod", "compound", "prep"})
_LONGEST_NAME = 4  # tokens
_JOINT = pattern("claim_times", "joint of a gap")
_GIVING = frozenset({"give", "hand", "award", "earn", "bring", "leave", "grant"})


@dataclass(frozen=True, slots=True)
class Gap:
    """A number with the name that it is told of, and the noun that the first number of its clause counts."""

    name: Token
    first: Token  # where the name starts
    noun: Token


def gaps(placed: Sequence[Token], found: Mapping[int, Clause]) -> dict[int, Gap]:
    """The gapped numbers among the tokens of a sentence's numbers, by their index."""
    out = _in_turn(placed, found)
    received: Token | None = None
    for token in sorted(placed, key=lambda t: t.i):
        clause = next((c for c in found.values() if token.i in {t.i for t in c.tokens}), None)
        if clause is None:
            continue
        given = clause.head.lemma_.lower() in _GIVING
        name = _name_before(token, clause.head if given else None)
        subject = clause.subject()
        if name is None or subject is None or subject.i >= clause.head.i:
            continue
        if name[0].i - 1 <= clause.head.i + 1 and given and token.nbor().pos_ == "NOUN":  # the first receiver
            received = token.nbor()
            out[token.i] = Gap(name[-1], name[0], received)
            continue
        if subject.pos_ != "PROPN" and not given:
            continue
        noun = _counted_by(clause, name[0]) or (received if given else None)
        if noun is not None and token.i > noun.i and not _counts(token):
            out[token.i] = Gap(name[-1], name[0], noun)
    return out


def _in_turn(placed: Sequence[Token], found: Mapping[int, Clause]) -> dict[int, Gap]:
    """The numbers that a clause gives to its subjects in turn: "A and B won 51 and 26 seats respectively"."""
    out: dict[int, Gap] = {}
    for clause in found.values():
        subject = clause.subject()
        if subject is None or not any(t.lower_ == "respectively" for t in clause.tokens):
            continue
        names = [subject, *(t for t in subject.conjuncts if t.i > subject.i)]
        mine = {t.i: t for t in placed if t.i in {c.i for c in clause.tokens}}
        for first in mine.values():
            numbers = [first, *(t for t in first.conjuncts if t.i > first.i)]
            noun = first.head
            if first.dep_ != "nummod" or len(numbers) != len(names) or any(t.i not in mine for t in numbers):
                continue
            if noun.pos_ == "NOUN" and all(t.pos_ == "PROPN" for t in names):
                pairs = zip(numbers, names, strict=True)
                out |= {number.i: Gap(name, name.left_edge, noun) for number, name in pairs}
    return out


def times_in_turn(
    text: str, numbers: Sequence[tuple[Mention, Token]], times: Sequence[TimeInSentence]
) -> dict[int, TimeInSentence]:
    """The numbers that stand side by side where as many times do, each with its own, by their index: "131
    and 158 deaths in 2022 and 2023"."""
    told = sorted(numbers, key=lambda one: one[0].start)
    rows = _side_by_side(text, [(m.wide_start, m.end) for m, _ in told])
    days = sorted(times, key=lambda one: one.mention.start)
    others = _side_by_side(text, [(t.mention.start, t.mention.end) for t in days])
    if len(rows) != 1 or len(others) != 1 or len(rows[0]) != len(others[0]):
        return {}
    first = days[others[0][0]]
    own = [(told[n][1], days[at]) for n, at in zip(rows[0], others[0], strict=True)]
    if any(day.clause is not first.clause for _, day in own):
        return {}
    return {t.i: day for t, day in own}


def _side_by_side(text: str, spans: Sequence[tuple[int, int]]) -> list[list[int]]:
    """The rows of stretches of which an "and" joins the last two, by their numbers."""
    rows: list[list[int]] = []
    for at, (start, _) in enumerate(spans):
        joined = None if at == 0 else _JOINT.fullmatch(text, spans[at - 1][1], start)
        if joined is None:
            rows.append([])
        rows[-1].append(at)
    return [
        row for row in rows if len(row) > 1 and "and" in text[spans[row[-2]][1] : spans[row[-1]][0]].split()
    ]


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


def _name_before(number: Token, verb: Token | None = None) -> list[Token] | None:
    """The name right before a number, with only words of the number between, behind a comma or "and" (or the
    verb that gives)."""
    doc, at = number.doc, number.i - 1
    while at > number.i - _BETWEEN and at > 0 and doc[at].pos_ != "PROPN" and doc[at].dep_ in _OF_NUMBER:
        at -= 1
    name: list[Token] = []
    while at > 0 and (doc[at].pos_ == "PROPN" or doc[at].tag_ == "POS") and len(name) < _LONGEST_NAME:
        name.insert(0, doc[at])
        at -= 1
    if doc[at].lower_ == "the" and at > 0:
        at -= 1
    behind = doc[at].lower_ in _LINKS or (verb is not None and at == verb.i)
    return name if name and behind else None


def _counted_by(clause: Clause, before: Token) -> Token | None:
    """What the number before the gap counts: the object of the verb."""
    objects = (c for c in clause.head.children if c.dep_ == "dobj" and c.i < before.i)
    return next((c for c in objects if any(d.dep_ == "nummod" for d in c.children)), None)


def _counts(number: Token) -> bool:
    """Whether a number counts a noun of its own."""
    return number.dep_ in {"nummod", "compound"} and number.head.pos_ == "NOUN" and number.head.i > number.i
