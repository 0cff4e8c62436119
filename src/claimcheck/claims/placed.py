"""A parsed sentence with the tokens and the clauses on which its mentions hang."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from claimcheck.claims.clauses import Clause, Token, clause_of
from claimcheck.claims.discourse import Discourse, time_of
from claimcheck.claims.gapping import Gap, gaps, series, times_in_turn
from claimcheck.claims.governing import is_aside
from claimcheck.claims.measures import counted
from claimcheck.claims.parsing import Parsed
from claimcheck.claims.speaking import is_saying
from claimcheck.claims.time import TimeInSentence, claim_time, compares_from, is_unread, usable
from claimcheck.claims.words import top_of
from claimcheck.lexicon import pattern
from claimcheck.model import ClaimTime, Document, Mention, Span

COUNTING = frozenset({"number", "money", "measure", "percent"})
"""Kinds of numbers that count something."""


def _hangs_on_noun(token: Token, noun: Token) -> bool:
    """Whether a time stands in a noun's own phrase: "an attack *on 13 January*"."""
    here = token
    for _ in range(6):
        if here.i == noun.i:
            return True
        if here.dep_ not in ("pobj", "prep", "npadvmod", "nmod", "amod", "compound", "nummod"):
            return False
        here = here.head
    return False


_SPREAD = pattern("claim_times", "in which it came to")
_MONTH = 31  # days


def _is_spread(mention: Mention, text: str) -> bool:
    """Whether a length of months or years says in which time something came to what it was: "in a decade"."""
    if mention.kind != "duration" or (mention.timex or "")[-1:] not in ("Y", "M"):
        return False
    return _SPREAD.search(text, max(0, mention.start - 20), mention.start) is not None


@dataclass(frozen=True)
class Sentence:
    """A parsed sentence with its mentions and what they hang on."""

    document: Document
    parsed: Parsed
    clauses: dict[int, Clause]
    mentions: tuple[Mention, ...]
    question: bool
    times: tuple[TimeInSentence, ...] = ()
    gaps: Mapping[int, Gap] = field(default_factory=dict)  # numbers whose verb is left out
    series: Mapping[int, Token] = field(
        default_factory=dict
    )  # bare numbers -> what the first of a row counts
    before: Sentence | None = None  # the one before it, where nothing stands between
    turns: Mapping[int, TimeInSentence] = field(default_factory=dict)  # numbers -> each its own time
    unread: frozenset[int] = frozenset()  # heads of the clauses with a date that says no day
    spread: frozenset[int] = frozenset()  # … with a length of months or years in which it came to something
    asked: dict[object, Any] = field(default_factory=dict, compare=False, repr=False)
    """What several patterns ask of it, kept by whoever answers."""

    def token(self, mention: Mention) -> Token | None:
        """The token that a mention hangs on, None where the parse has no such characters."""
        span = self.parsed.doc.at(*self.parsed.view.shown_at(mention.start, mention.end))
        if not span:
            return None
        root = top_of(span)
        if mention.is_time or root.pos_ in {"NUM", "NOUN", "SYM"}:
            return root
        # "between 13 and 15 members": the number nearest to what is counted hangs on it
        last = span[-1] if root.pos_ == "DET" else root  # "a few"
        return next((t for t in reversed(span) if t.like_num or t.pos_ == "NUM"), last)

    def with_times(self, placed: Sequence[tuple[Mention, Token]]) -> Sentence:
        """The sentence with its dates, each with the clause that it hangs on."""
        dated = [TimeInSentence(m, t, self.dated_by(m, t)) for m, t in placed if m.is_time]
        unread = frozenset(t.clause.head.i for t in dated if is_unread(t.mention))
        numbers = [t for m, t in placed if m.kind == "number" and not m.reason]
        found = gaps(numbers, self.clauses) if len(numbers) > 1 else {}
        times = tuple(t for t in dated if usable(t.mention))
        row = series(numbers, times) if len(numbers) > 1 and len(times) > 1 else {}
        counts = [(m, t) for m, t in placed if m.kind in COUNTING and not m.reason]
        several = len(counts) > 1 and len(times) > 1
        turns = times_in_turn(self.document.text, counts, times) if several else {}
        shared = counted(counts[-1][1]) if turns else None
        if shared is not None:
            row = row | dict.fromkeys((t.i for _, t in counts if t.i in turns and t.i < shared.i), shared)
        lengths = [(m, t) for m, t in placed if _is_spread(m, self.document.text)]
        spread = frozenset(clause_of(t, self.clauses).head.i for _, t in lengths)
        return replace(self, times=times, unread=unread, spread=spread, gaps=found, series=row, turns=turns)

    def dated_by(self, mention: Mention, token: Token) -> Clause:
        """The clause that a time says the time of: "three days after the talks ended" is the time of what the
        rest of the sentence tells, and not of the talks' end."""
        clause = clause_of(token, self.clauses)
        start, end = self.parsed.view.shown_at(mention.start, mention.end)
        marked = any(c.dep_ == "mark" and start < c.idx < end for c in clause.head.children)
        if marked and clause.head.dep_ == "advcl" and clause.parent is not None:
            return clause.parent
        said = (c for c in self.clauses.values() if c is not clause and is_saying(clause.head, c))
        return next((c for c in said if is_aside(clause.head, token, c)), clause)

    def time(self, token: Token, clause: Clause, discourse: Discourse) -> ClaimTime | None:
        """When the claim of a token holds; the time of what it is compared with is another's."""
        if token.i in self.turns:
            return claim_time(self.turns[token.i].mention, self.document.text, self.document.date)
        at = self.span_of(token).start
        begins = ((t, compares_from(t.mention, self.document.text)) for t in self.times)
        times = [t for t, start in begins if start is None or start <= at < t.mention.end]
        if self._tells_of_unread(clause):
            return None  # "weeks after *a former flood* that drowned 12"
        if clause.head.dep_ in ("relcl", "acl"):  # "an earlier attack on 13 January that hurt seven"
            own = [t for t in times if _hangs_on_noun(t.token, clause.head.head)]
            if len(own) == 1 and not any(t.clause.head.i == clause.head.i for t in times):
                return claim_time(own[0].mention, self.document.text, self.document.date)
        time = time_of(token, clause, times, self.unread, discourse, self.document)
        if time is None or time.basis != "discourse" or clause.head.i not in self.spread:
            return time
        days = None if time.period is None else time.period.days
        return (
            time if days is None or days > _MONTH else None
        )  # "It rained on 3 May. In ten years, 310 drowned"

    def _tells_of_unread(self, clause: Clause) -> bool:
        """Whether a clause with "that" or "which" stands right behind a time that nobody can tell."""
        first = clause.head.left_edge
        if first.i == 0 or first.lower_ not in ("that", "which", "who"):
            return False
        before = first.nbor(-1)
        at = self.absolute(before.idx, before.idx + 1).start
        return any(m.is_time and m.start <= at < m.end and m.period is None for m in self.mentions)

    def noun(self, mention: Mention, token: Token) -> Token | None:
        """What a number counts: neither its own word ("dozens were hurt") nor a word of a time that stands
        behind it ("up from 134 two weeks earlier")."""
        found = counted(token)
        if found is None:
            return None
        at = self.span_of(found).start
        taken = any(m.start <= at < m.end for m in self.mentions if m is mention or m.is_time)
        return None if taken else found

    def absolute(self, start: int, end: int) -> Span:
        """Characters of the parsed view as characters of the document."""
        return self.parsed.view.in_document(start, end)

    def span_of(self, token: Token) -> Span:
        """A word's characters in the document."""
        at: int = token.i
        return self.parsed.spans[at]

    @cached_property
    def covering(self) -> dict[bool, list[Mention | None]]:
        """For each word the time that covers it (True), or the number (False); what recurs is neither."""
        starts = [span.start for span in self.parsed.spans]
        found: dict[bool, list[Mention | None]] = {kind: [None] * len(starts) for kind in (True, False)}
        for m in reversed([m for m in self.mentions if m.kind != "set"]):  # of two the first counts
            for at in range(bisect_left(starts, m.start), bisect_left(starts, m.end)):
                found[m.is_time][at] = m
        return found
