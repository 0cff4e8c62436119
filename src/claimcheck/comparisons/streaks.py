"""The same move time after time: "fell for the third year in a row", "rose for four consecutive quarters"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from claimcheck.claims.placed import Sentence
from claimcheck.comparisons.changes import row_of_change, said_time, subject_at
from claimcheck.comparisons.found import NUMBER, Found, Token
from claimcheck.comparisons.phrases import Clause, mention_at, span_of
from claimcheck.comparisons.words import rows
from claimcheck.model import Mention, Span
from claimcheck.numbers.numerals import find_numerals

_MOST = 60
"""Times in a row that are looked up at most."""
_WORDS_IN_A_ROW = 3


def streaks(sentence: Sentence) -> Iterator[Found]:
    """The moves that a sentence tells to have come one after the other."""
    for token in sentence.parsed.doc:
        row = rows("span").get(token.lower_)
        if row is None or token.i == 0:
            continue
        counted = _counted(token)
        if counted is None:
            continue
        first, last = counted
        number = _number(sentence, first)
        if number is None:
            continue
        count, quantity = number
        yield _read(sentence, token, (first, last), count, quantity, int(row["times"]))


def _counted(span: Token) -> tuple[Token, Token] | None:
    """The word that counts a span of time and the last one of its phrase, where they say that nothing lies
    between: "third year in a row", "three consecutive years". None of any other year."""
    doc = span.doc
    straight = doc[span.i - 1].lower_ in rows("straight")
    last = span
    behind = doc[span.i + 1 : span.i + 1 + _WORDS_IN_A_ROW]
    for length in range(_WORDS_IN_A_ROW, 0, -1):
        if " ".join(t.lower_ for t in behind[:length]) in rows("in a row"):
            last = behind[min(length, len(behind)) - 1]
            break
    if last is span and not straight:
        return None
    at = span.i - (2 if straight else 1)
    return (doc[at], last) if at >= 0 else None


def _number(sentence: Sentence, token: Token) -> tuple[int, Mention | None] | None:
    """How many: an ordinal or a number that stands right before."""
    mention = mention_at(sentence, token, time=False) or mention_at(sentence, token, time=True)
    if mention is not None and mention.value is not None:
        return int(mention.value), mention
    values = [n.value for n in find_numerals(token.text)]
    return (int(values[0]), mention) if len(values) == 1 else None


def _read(
    sentence: Sentence,
    span: Token,
    ends: tuple[Token, Token],
    count: int,
    quantity: Mention | None,
    months: int,
) -> Found:
    """The streak with what moved, as it stood at its last time; unread where the sentence does not say so."""
    clause = Clause(sentence, span)
    verb = _verb(clause.head)
    row = None if verb is None else row_of_change(verb)
    words = span_of(sentence, ends)
    if verb is not None:
        clause = Clause(sentence, verb)
        start = span_of(sentence, [verb]).start
        words = Span(start, words.end) if start < words.start else words
    found = Found(
        pattern="streak",
        relation="streak",
        way="greater" if row is None else row["way"],
        anchor=span,
        span=words,
        scope=clause.span,
        quantity=quantity,
        rank=count,
        months=months,
        unread="set",
    )
    time = _time(sentence, ends)
    known = row is not None and bool(clause.subject) and 0 < count <= _MOST and months > 0
    if not known or time is None:
        return found
    return replace(found, unread=None, operands=(subject_at("item", clause, time, NUMBER, None),))


def _verb(head: Token) -> Token | None:
    """The verb that moves: the clause's own, or the one that "running" hangs on."""
    for token in (head, *head.ancestors):
        if token.pos_ == "VERB" and token.lower_ not in rows("in a row"):
            return token
    return None


def _time(sentence: Sentence, ends: Sequence[Token]) -> str | None:
    """The one time that the sentence names, as an adverbial: the last of those in a row."""
    inside = {t.i for t in ends[0].doc[ends[0].i : ends[-1].i + 1]}
    times = dict.fromkeys(
        m
        for t in sentence.parsed.doc
        if t.i not in inside
        and (m := mention_at(sentence, t, time=True)) is not None
        and m.kind == "date"
        and m.period is not None
    )
    if len(times) != 1:
        return None
    return said_time(sentence, next(iter(times))) or None
