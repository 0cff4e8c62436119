"""A clause said again, with another number or of another time; and which one a subject that only points goes
back to: "In 2015, 2,000 refugees lived in Arvia. Four years later *the figure* had doubled."
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from claimcheck.claims.placed import Sentence
from claimcheck.comparisons.found import NUMBER, Token
from claimcheck.comparisons.phrases import Clause, mention_at, rendered, segments, span_of
from claimcheck.comparisons.words import rows
from claimcheck.model import Mention

COUNTS = frozenset({"number", "money", "measure", "percent"})
_MOST_WORDS = 3
"""Tokens that a subject has at most which only points: "that number"."""


@dataclass(frozen=True, slots=True)
class Said:
    """A clause and the one number that it tells."""

    clause: Clause
    number: Mention

    @property
    def times(self) -> list[Mention]:
        """The days that it names."""
        found = (mention_at(self.clause.sentence, t, time=True) for t in self.clause.tokens)
        return list(dict.fromkeys(m for m in found if m is not None and m.period is not None))

    def again(self, time: str | None, number: str = NUMBER) -> str | None:
        """The clause with another number, at another time where one is given; None where it names several
        times."""
        instead = saying(self.clause, self.number, number)
        if time is None:
            return rendered(self.clause.sentence, self.clause.tokens, instead)
        return at_time(self.clause, self.clause.tokens, instead, time, or_none=True)


def antecedent(clause: Clause) -> Said | None:
    """The clause with the number to which a clause's subject goes back, in its own sentence or in the one
    before; None where the subject names something itself, or several numbers stand there."""
    return (
        before(clause.sentence, clause.tokens[0].i)
        if points_back(clause) and not names_more(clause)
        else None
    )


def names_more(clause: Clause) -> bool:
    """Whether a clause tells it of another place or doer: "*in Orm* the figure had doubled"."""
    found = segments(clause.sentence, clause.tokens)
    return any(s.kind in ("place", "agent") and any(t.pos_ == "PROPN" for t in s.tokens) for s in found)


def before(sentence: Sentence, stop: int) -> Said | None:
    """The one number that is told before a token, in its own sentence, or else in the one before."""
    found, source = numbers_in(sentence, stop), sentence
    if not found and sentence.before is not None:
        source = sentence.before
        found = numbers_in(source, len(source.parsed.doc))
    if len(found) != 1 or (token := source.token(found[0])) is None:
        return None
    clause = Clause(source, token)
    if source is sentence and any(t.i >= stop for t in clause.tokens):
        return None
    return Said(clause, found[0])


def points_back(clause: Clause) -> bool:
    """Whether a clause's subject only points: "the figure", "it", "that number"."""
    subject = [t for t in clause.subject if mention_at(clause.sentence, t, time=True) is None]
    return (
        0 < len(subject) <= _MOST_WORDS
        and subject[-1].lower_ in rows("points")
        and all(t.dep_ in ("det", "nsubj", "nsubjpass") for t in subject)
    )


def numbers_in(sentence: Sentence, stop: int) -> list[Mention]:
    """The numbers of a sentence up to a token that count something, in order."""
    found: dict[Mention, None] = {}
    for token in sentence.parsed.doc[:stop]:
        mention = mention_at(sentence, token, time=False)
        if mention is not None and mention.kind in COUNTS and mention.reason is None and not is_times(token):
            found[mention] = None
    return list(found)


def is_times(token: Token) -> bool:
    """Whether a number only says how many times as much."""
    return bool(token.i + 1 < len(token.doc) and token.doc[token.i + 1].lower_ == "times")


def saying(clause: Clause, base: Mention, said: str) -> dict[int, str]:
    """The clause's number said otherwise, in its own unit."""
    sentence = clause.sentence
    own = [t for t in clause.tokens if base.wide_start <= span_of(sentence, [t]).start < base.end]
    unit = ""
    if base.kind in ("percent", "money", "measure") and said == NUMBER:  # not "million"
        inside = (t for t in own if span_of(sentence, [t]).start >= base.start and not t.like_num)
        unit = " ".join(t.text for t in inside if not any(c.isdigit() for c in t.text))
    return dict.fromkeys((t.i for t in own), "") | ({own[0].i: f"{said} {unit}".strip()} if own else {})


def at_time(
    clause: Clause, own: Sequence[Token], instead: Mapping[int, str], said: str, or_none: bool = False
) -> str | None:
    """The clause at another time; None where it names none of its own (`or_none`: that is no matter), or
    several."""
    times = [s for s in segments(clause.sentence, own) if s.kind == "time"]
    if not said or len(times) > 1 or (not times and not or_none):
        return None
    gone = {t.i for s in times for t in s.tokens}
    kept = [t for t in own if t.i not in gone]
    while kept and kept[0].is_punct:
        kept.pop(0)
    return rendered(clause.sentence, [*kept, said], instead)
