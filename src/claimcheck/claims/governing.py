"""Which date of its sentence governs a claim: its clause's, one above, one that hangs on it, any other.

A clause that hangs on another one dates it in a way of its own: "since fighting broke out on 10 May" opens a
stretch, "before closing on 9 June" closes one. The day on which something was said is not the day on which
it happened.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache

from claimcheck.claims.clauses import SUBJECTS, Clause, Token
from claimcheck.claims.speaking import is_saying
from claimcheck.claims.time import Basis, TimeInSentence, claim_time
from claimcheck.lexicon import load
from claimcheck.model import ClaimTime, Mention, TimeRelation

_BOUNDS: tuple[TimeRelation, ...] = ("since", "until", "before")
_COUNTED_AND_IN = 5  # tokens from a number to its time
_COUNTED_WHERE_AND_IN = 9
_WHERE = frozenset({"in", "at", "near", "across", "throughout"})
_ALL_OF = frozenset({"the", "all", "whole", "of"})
_OF_PHRASE = frozenset({"nummod", "quantmod", "compound", "amod"})


def governed(
    token: Token, clause: Clause, times: Sequence[TimeInSentence], text: str, own: date | None
) -> ClaimTime | None:
    """The time that a sentence gives the claim of a token, None where it gives none.

    Order: the one right behind the token where the sentence has several ("14 in 2016, 9 in 2017"), the
    token's own phrase, its clause, the clauses above it, those that hang on it, any other of the sentence.
    Among several of one clause: an explicit date before one that an event fixes, then the nearest.
    """
    own = known_by(clause, times, own)
    times = [t for t in times if not _is_when_it_was_said(t, clause)]
    own_time = right_behind(token, times) if len(times) > 1 else None
    if own_time is not None:
        return _time(own_time, text, own, "clause")
    within = [t for t in times if _is_within(t, token)]
    if within:
        return _time(_nearest(token, within), text, own, "clause")
    for level, above in enumerate(clause.chain()):
        here = [t for t in times if t.clause.head.i == above.head.i]
        if here:
            time = _narrowed(_nearest(token, here), token, here)
            return _time(time, text, own, "clause" if level == 0 else "sentence")
    times = [t for t in times if not _goes_on_to(clause, t)]
    return _time(_nearest(token, times), text, own, "sentence", clause) if times else None


def _goes_on_to(clause: Clause, time: TimeInSentence) -> bool:
    """Whether a time is only that of what comes behind a clause in the perfect: "it *had asked* for 12 ships,
    but in 2003 the deal was off", "many *have been killed*; on 3 May he spoke of 12"."""
    other = time.clause
    apart = other.head.dep_ in _APART and time.token.i > clause.head.i
    if not apart or not (_is_perfect(clause) or is_before_then(clause)):
        return False
    shared = other.head.tag_ == "VBN" and not any(c.dep_.startswith("aux") for c in other.head.children)
    return not (
        shared or _is_perfect(other) or is_before_then(other)
    )  # "had been killed and 40 *wounded* in May"


_APART = frozenset({"conj", "ROOT", "parataxis"})


def _time(
    time: TimeInSentence, text: str, own: date | None, basis: Basis, of: Clause | None = None
) -> ClaimTime:
    relation = None if of is None else _opening(time.clause, of)
    return claim_time(time.mention, text, own, basis, relation)


def _is_when_it_was_said(time: TimeInSentence, clause: Clause) -> bool:
    """Whether a time only says when the clause was told: it stands with the verb of saying, not between
    what is told and who tells it, where the parse often goes wrong ("… died on 9 May, police said")."""
    verb = time.clause.head
    if verb.i == clause.head.i or not is_saying(verb, clause):
        return False
    sayers = [c.left_edge.i for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}]
    if is_aside(verb, time.token, clause):
        return False
    return bool(verb.i < clause.head.i or time.token.i > min([*sayers, verb.i]))


def is_aside(verb: Token, time: Token, clause: Clause) -> bool:
    """Whether commas set the saying off between a time and what is told of that time: "in May, the ministry
    said, 12 people died", "it closed, the ministry said, on 3 May". Where nobody is named as saying it, what
    opens the sentence is the time of what is told: "on 3 May, it was reported that 12 people died"."""
    if time.i < verb.i and _is_impersonal(verb):
        return True
    said = [verb.i, *(t.i for c in verb.children if c.dep_ in SUBJECTS for t in c.subtree)]
    first, last, doc = min(said), max(said), verb.doc
    if not first or last + 1 >= len(doc) or not (doc[first - 1].text == "," and doc[last + 1].text in ",:"):
        return False
    return bool(
        (time.i < first and last + 1 < clause.head.i) or (clause.head.i < first and last + 1 < time.i)
    )


def _is_impersonal(verb: Token) -> bool:
    """ "It was reported that …"."""
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    return passive and any(c.dep_ in SUBJECTS and c.lower_ == "it" for c in verb.children)


def when_said(clause: Clause, times: Sequence[TimeInSentence]) -> TimeInSentence | None:
    """The one day on which a sentence says that somebody said what a clause tells."""
    said = [t for t in times if _is_when_it_was_said(t, clause) and t.mention.anchor is None]
    return said[0] if len(said) == 1 else None


def known_by(clause: Clause, times: Sequence[TimeInSentence], own: date | None) -> date | None:
    """The day up to which a clause can tell: when it was said, else the document's. "Said on 10 January that
    85 had been killed since 31 December" tells of no later death."""
    told = when_said(clause, times)
    day = None if told is None else told.mention.date_end
    if told is None or day is None or day != told.mention.date_start:
        return own
    return day if own is None or day < own else own


def _opening(below: Clause, clause: Clause) -> TimeRelation | None:
    """How a clause that hangs on `clause` bounds its time, None where it says when."""
    for level in below.chain():
        parent = level.parent
        if parent is None or parent.head.i != clause.head.i:
            continue
        marks = {c.lower_ for c in level.head.children if c.dep_ in {"mark", "advmod"}}
        if level.head.dep_ == "pcomp":
            marks.add(level.head.head.lower_)
        if _began(level, clause):
            return "since"
        return next((bound for bound in _BOUNDS if marks & _words(bound)), None)
    return None


def _began(relative: Clause, clause: Clause) -> bool:
    return relative.head.dep_ == "relcl" and _is_perfect(clause) and relative.head.lemma_ in _words("begins")


def _is_perfect(clause: Clause) -> bool:
    """Whether a clause is in the present perfect: "has killed", "have been driven"."""
    return clause.head.tag_ == "VBN" and any(
        c.dep_ == "aux" and c.lemma_ == "have" and c.tag_ in {"VBZ", "VBP"} for c in clause.head.children
    )


def is_before_then(clause: Clause) -> bool:
    """Whether a clause goes back before its story: "in 2021 it had won 10 seats"."""
    return clause.head.tag_ == "VBN" and any(
        c.dep_ == "aux" and c.lower_ == "had" for c in clause.head.children
    )


def compares(clause: Clause) -> bool:
    """Whether a clause only holds what was told against another time: "that *compares* with 62 in 2023"."""
    return clause.head.lemma_ in _words("compares")


def is_background(clause: Clause, time: Mention) -> bool:
    """Whether a relative clause tells what was so some years ago: "Arvia, *where the war ended in 2002*,
    counted 12 deaths"."""
    days = None if time.period is None else time.period.days
    return clause.head.dep_ == "relcl" and (days is None or days > _MONTH)


_MONTH = 31


def right_behind(token: Token, times: Sequence[TimeInSentence]) -> TimeInSentence | None:
    """The time that follows a number with nothing but what it counts, where, and a preposition between: "14
    in 2016", "nine murders in 2017", "seven in Tarn on 3 May"."""
    for time in times:
        between = list(token.doc[token.i + 1 : time.token.i])
        if time.token.left_edge.i == token.i + 1 and token.like_num:
            return time  # "against 12 *a year earlier*"
        if not 0 < len(between) <= _COUNTED_WHERE_AND_IN or between[-1].lower_ not in _words("at"):
            continue
        *between, _ = between
        if len(between) < _COUNTED_AND_IN and all(t.pos_ in {"NOUN", "NUM", "ADJ"} for t in between):
            return time
        if _says_where(between):
            return time
    return None


def _says_where(between: Sequence[Token]) -> bool:
    """Whether words are what is counted and a named place: "people in Tarn"."""
    at = next((i for i, t in enumerate(between) if t.lower_ in _WHERE), None)
    if at is None or not all(t.pos_ in {"NOUN", "ADJ"} for t in between[:at]):
        return False
    place = [t for t in between[at + 1 :] if t.lower_ not in _ALL_OF]
    return bool(place) and all(t.pos_ in {"PROPN", "NOUN"} for t in place) and place[0].text[0].isupper()


def _is_within(time: TimeInSentence, token: Token) -> bool:
    """Whether a time stands in the phrase of a number that is joined to another one: "six people on Saturday
    and two more on Sunday", "17,000 by March and another 900 in May", "fewer than the 900 it had in May"."""
    phrase = token
    while phrase.dep_ in _OF_PHRASE and phrase.head.i != phrase.i:
        phrase = phrase.head
    if phrase.dep_ == "pobj" and phrase.head.lower_ == "than":
        told = time.clause.head
        return told.dep_ in ("relcl", "acl") and told.head.i in (token.i, phrase.i)
    if phrase.dep_ != "conj":
        return False
    here = time.token
    while here.i != phrase.i and here.head.i != here.i:
        here = here.head
    return bool(here.i == phrase.i and time.token.i > token.i)


def _nearest(token: Token, times: Sequence[TimeInSentence]) -> TimeInSentence:
    return min(times, key=lambda t: (t.mention.anchor is not None, abs(t.token.i - token.i)))


def _narrowed(time: TimeInSentence, token: Token, times: Sequence[TimeInSentence]) -> TimeInSentence:
    """The part of a time that stands behind a number with no other number between: "in 2016 it built 300 huts
    in *the last quarter*"."""
    whole = time.mention.period
    if whole is None or time.mention.anchor is not None:
        return time
    inside = (
        t
        for t in times
        if t.token.i > token.i
        and t.mention.period is not None
        and t.mention.period != whole
        and whole.covers(t.mention.period)
        and not any(n.like_num for n in token.doc[token.i + 1 : t.token.left_edge.i])
    )
    return next(inside, time)


@cache
def _words(form: str) -> frozenset[str]:
    return frozenset(w for row in load("clause_times") if row["form"] == form for w in row["words"])
