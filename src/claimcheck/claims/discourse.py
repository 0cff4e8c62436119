"""The time of a claim whose sentence states none: the discourse's, the document's, or nobody's.

A past tense goes on with the last date that a main clause of the paragraph had. A present tense, a present
perfect ("has displaced") and what can or must be hold as of the day on which its sentence says that somebody
said it, else of the document's own date. A forecast holds at no day that is told, and neither does a clause
with a time that could not be read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from claimcheck.claims.clauses import Clause, Token, above
from claimcheck.claims.governing import governed, when_said
from claimcheck.claims.speaking import is_saying
from claimcheck.claims.time import TimeInSentence, claim_time, tells_of_later
from claimcheck.lexicon import load
from claimcheck.model import Claim, ClaimTime, Document, Link, Mention, TimeRelation

Tense = Literal["past", "present", "future"]

SAYERS = frozenset({"he", "she", "it", "they"})
"""Pronouns for who spoke before: a claim's speaker until `Discourse.with_speakers` knows who it is."""
_SOON = 14  # days
_A_YEAR = range(330, 400)  # days of a year, or of what counts as one
_NOW = frozenset({"VBZ", "VBP"})


@dataclass
class Discourse:
    """The running reference time of a paragraph, the last date that governed a main clause; and who spoke in
    which sentence, over paragraphs too ("…, the mayor said." "He said …")."""

    time: Mention | None = None
    speaker: Link | None = None
    spoken_until: int = 0

    @property
    def of_a_day(self) -> Mention | None:
        """The reference time where it is a day."""
        return self.time if self.time is not None and self.time.date_start == self.time.date_end else None

    def new_paragraph(self, goes_on: bool = False) -> None:
        """A new paragraph starts without a day of its own; the year of the story goes on, and the day too
        where the story `goes_on` sentence by sentence, each a paragraph of its own."""
        days = None if self.time is None or self.time.period is None else self.time.period.days
        self.time = self.time if goes_on or (days is not None and days in _A_YEAR) else None

    def advance(self, times: Sequence[TimeInSentence], moved: bool = False) -> None:
        """Take over the date of a sentence's main clause, of another clause where that has none. `moved`: to
        a day that nobody can tell ("on Friday"), with which none of those told before goes on."""
        main = [t for t in times if t.clause.head.dep_ == "ROOT"] or list(times)
        if main or moved:
            self.time = main[0].mention if main else None

    def with_speakers(self, claims: Sequence[Claim], document: Document) -> list[Claim]:
        """The claims of a sentence, each that a pronoun says with who spoke in the sentence before."""
        out = []
        for claim in claims:
            if claim.speaker is not None and claim.speaker.text.lower() in SAYERS:
                between = document.text[self.spoken_until : claim.context.start]
                claim = replace(claim, speaker=None if between.strip() else self.speaker)
            out.append(claim)
        named = [c for c in out if c.speaker is not None]
        if named:
            self.speaker, self.spoken_until = named[-1].speaker, named[-1].context.end
        return out


def time_of(
    token: Token,
    clause: Clause,
    times: Sequence[TimeInSentence],
    unread: frozenset[int],
    discourse: Discourse,
    document: Document,
) -> ClaimTime | None:
    """When the claim of a token holds. `unread`: heads of the clauses with a time that says no day."""
    found = governed(token, clause, times, document.text, document.date)
    if found is not None:
        return found
    if clause.head.i in unread:
        return None
    tense = tense_of(clause)
    lasts = tense == "present" or (tense == "past" and _is_state(clause))
    said = when_said(clause, times)
    told = said if lasts else None
    if tense == "past" and discourse.time is not None and told is None:
        if said is not None and _is_long_past(discourse.time, said.mention):
            return None
        bound: TimeRelation | None = "since" if tells_of_later(clause) else None
        return claim_time(discourse.time, document.text, document.date, "discourse", bound)
    if told is not None:
        return claim_time(told.mention, document.text, document.date, "discourse")
    if tense == "present" and _was_said(clause) and discourse.of_a_day is not None:
        return claim_time(discourse.of_a_day, document.text, document.date, "discourse")
    if tense == "present" and document.date is not None:
        return _today(document)
    return None


def _was_said(clause: Clause) -> bool:
    """Whether somebody said a clause's words in the past: "he *stated* that 400 boats are at sea"."""
    verbs = (above(level.head) for level in clause.chain())
    return any(verb is not None and verb.tag_ == "VBD" and is_saying(verb, clause) for verb in verbs)


def _is_long_past(told: Mention, said: Mention) -> bool:
    """Whether a day was told of so long before somebody said something that this need not be of that day:
    "On 22 July it rained. On 17 August, the mayor said that 20 had drowned"."""
    last, first = told.date_end, said.date_start
    return last is not None and first is not None and (first - last).days > _SOON


def _is_state(clause: Clause) -> bool:
    """Whether a clause tells of what lasts, so that in reported speech it holds when it was said: "said in
    November that 400 patients needed care"."""
    return clause.head.lemma_ in _auxiliaries("state")


def tense_of(clause: Clause) -> Tense:
    """The tense of the nearest finite verb at or above a clause."""
    for level in clause.chain():
        auxiliaries = [c for c in level.head.children if c.dep_ in {"aux", "auxpass"}]
        for verb in auxiliaries:
            if verb.lower_ in _auxiliaries("future"):
                return "future"
            if verb.tag_ == "MD":
                return "past" if verb.lower_ in _auxiliaries("open") else "present"
        if level.head.tag_ == "VBP" and not auxiliaries and level.head.lower_ in _auxiliaries("alike"):
            return "past"
        if level.head.tag_ in _NOW or any(c.tag_ in _NOW for c in auxiliaries):
            return "present"
        if level.head.tag_ == "VBD" or any(c.tag_ == "VBD" for c in auxiliaries):
            return "past"
    return "past"


@cache
def _auxiliaries(tense: str) -> frozenset[str]:
    return frozenset(w for row in load("auxiliaries") if row["tense"] == tense for w in row["words"])


def _today(document: Document) -> ClaimTime:
    own = document.date
    return ClaimTime(
        start=None,
        end=None,
        timex=None if own is None else own.isoformat(),
        date_start=own,
        date_end=own,
        anchor="document",
        basis="document",
    )
