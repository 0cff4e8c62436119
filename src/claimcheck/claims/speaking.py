"""Who said it: the subject of a verb of saying above, behind or around the clause of a number or date."""

from __future__ import annotations

from functools import cache

from claimcheck.claims.clauses import SUBJECTS, Clause, Token, above
from claimcheck.lexicon import load

_ASIDE = frozenset({"parataxis", "ccomp"})


def speaker(clause: Clause, counted: Token | None = None) -> Token | None:
    """Who said the clause, None where nobody is named; `counted` is what a number in it counts.

    "The ministry said that 12 died", "12 died, the ministry said", "according to the ministry", and, for a
    number, "officials reported 19 deaths" and "doctors spoke of 32".
    """
    for level in clause.chain():
        found = _sayer(level) or _source(level)
        if found is not None:
            return found
    return None if counted is None else _reporter(clause, counted)


def is_saying(verb: Token, said: Clause) -> bool:
    """Whether a verb only says what a clause tells: "… were killed, police *said* on Monday"."""
    if verb.lemma_ not in _words("clause"):
        return False
    for level in said.chain():
        hung_on = above(level.head)
        if level.head.dep_ == "ccomp" and hung_on is not None and hung_on.i == verb.i:
            return True
        if verb.dep_ in _ASIDE and verb.head.i == level.head.i:
            return True
    return False


def _sayer(clause: Clause) -> Token | None:
    hung_on = above(clause.head)
    if clause.head.dep_ == "ccomp" and hung_on is not None and hung_on.lemma_ in _words("clause"):
        return _subject(hung_on)
    told = clause.head if hung_on is None else hung_on
    for child in told.children:  # "…, the ministry said", parsed as a parenthesis
        if child.dep_ in _ASIDE and child.lemma_ in _words("clause") and child.i > told.i:
            return _subject(child)
    return None


def _subject(verb: Token) -> Token | None:
    """The subject; of two the nearer one ("…, most of them boys, the ministry says")."""
    own = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}]
    before = verb.nbor(-1) if verb.i else None
    if not own or before is None or before.pos_ not in {"PROPN", "NOUN"}:
        return own[-1] if own else None
    return before if any(t.text == "," for t in verb.doc[own[-1].i : verb.i]) else own[-1]


def _source(clause: Clause) -> Token | None:
    """Who is named behind "according to": somebody, no measure ("according to height")."""
    for token in clause.tokens:
        if token.lower_ in _words("source"):
            for prep in (c for c in token.children if c.lower_ in _behind("source")):
                named = next((p for p in prep.children if p.dep_ == "pobj"), None)
                if named is not None and (named.pos_ == "PROPN" or named.n_lefts or _is_many(named)):
                    return named
    return None


def _reporter(clause: Clause, counted: Token) -> Token | None:
    """Whose number it is: "officials reported 19 deaths", "the clinic put the number of wounded at 67"."""
    verb = clause.head
    if clause.passive or not any(c.dep_ in SUBJECTS for c in verb.children):
        return None
    if verb.lemma_ in _words("number") and _hangs_on(counted, verb, {"dobj"}):
        return _subject(verb)
    for form in ("of", "at"):
        behind = [c for c in verb.children if c.lower_ in _behind(form) and verb.lemma_ in _words(form)]
        if any(_hangs_on(counted, c, {"pobj"}) for c in behind):
            return _subject(verb)
    return None


def _hangs_on(token: Token, verb: Token, ways: set[str]) -> bool:
    here = token
    while here.i != verb.i and here.head.i != here.i:
        if here.dep_ not in ways | {"nummod", "conj", "compound", "amod"}:
            return False
        here = here.head
    return bool(here.i == verb.i)


def _is_many(token: Token) -> bool:
    return bool(token.tag_ in {"NNS", "NNPS"})


@cache
def _words(form: str) -> frozenset[str]:
    return frozenset(w for row in load("speech") if row["form"] == form for w in row["lemmas"])


@cache
def _behind(form: str) -> frozenset[str]:
    return frozenset(w for row in load("speech") if row["form"] == form for w in row.get("behind", ()))
