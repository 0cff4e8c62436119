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
            return _author(found) or found
    return None if counted is None else _reporter(clause, counted) or _tallier(clause)


def says(verb: Token) -> bool:
    """Whether a verb is one of saying: "as the ministry *stated*"."""
    return verb.lemma_ in _words("clause")


def is_deed(verb: Token) -> bool:
    """Whether to say something so is a deed of its own: "the ministry *announced* that it would not come"."""
    return verb.lemma_ in _words("deed")


def is_saying(verb: Token, said: Clause) -> bool:
    """Whether a verb only says what a clause tells: "… were killed, police *said* on Monday"."""
    if not says(verb):
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
    if clause.head.dep_ == "ccomp" and hung_on is not None:
        if (quoted := _quoted(hung_on)) is not None:
            return quoted
        if hung_on.lemma_ in _words("clause"):
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


def _quoted(verb: Token) -> Token | None:
    """Whom somebody quotes: the mayor of "quoted the mayor as saying"."""
    quotes = verb.head.head if verb.dep_ == "pcomp" else verb
    if quotes.lemma_ not in _words("quotes"):
        return None
    return next((c for c in quotes.children if c.dep_ == "dobj"), None)


def _author(paper: Token) -> Token | None:
    """Whose paper speaks: the union of "a report by the union", "the union's report", "police figures"."""
    if paper.lemma_ not in _words("paper"):
        return None
    for prep in (c for c in paper.children if c.dep_ == "prep" and c.lower_ in {"by", "from"}):
        return next((p for p in prep.children if p.dep_ == "pobj"), None)
    for child in paper.children:
        named = child.pos_ == "PROPN" or child.lower_ in _behind("paper")
        if child.pos_ != "PRON" and (child.dep_ == "poss" or (child.dep_ == "compound" and named)):
            return child
    return None


def _tallier(clause: Clause) -> Token | None:
    """Whose count a number is: "by the ministry's count, 40 died", "the union's tally stands at 60"."""
    for token in clause.tokens:
        counts = token.dep_ == "nsubj" or (token.dep_ == "pobj" and token.head.lower_ in {"by", "in"})
        if counts and token.lemma_ in _words("paper") and (author := _author(token)) is not None:
            return author
    return None


def _source(clause: Clause) -> Token | None:
    """Who is named behind "according to": somebody, no measure ("according to height")."""
    for token in clause.tokens:
        if token.lower_ in _words("source"):
            for prep in (c for c in token.children if c.lower_ in _behind("source")):
                named = next((p for p in prep.children if p.dep_ == "pobj"), None)
                if named is not None and (named.pos_ == "PROPN" or named.lefts or _is_many(named)):
                    return named
    return None


def _reporter(clause: Clause, counted: Token) -> Token | None:
    """Whose number it is: "officials reported 19 deaths", "the clinic put the number of wounded at 67", "the
    toll was put at 31 by the ministry"."""
    verb = clause.head
    if not any(c.dep_ in SUBJECTS for c in verb.children):
        return None
    by = _agent(verb) if clause.passive else _subject(verb)
    told = {"nsubjpass"} if clause.passive else {"dobj"}
    if verb.lemma_ in _words("number") and _hangs_on(counted, verb, told):
        return by
    for form in ("of", "at"):
        behind = [c for c in verb.children if c.lower_ in _behind(form) and verb.lemma_ in _words(form)]
        if any(_hangs_on(counted, c, {"pobj"}) for c in behind):
            return by
    return None


def _agent(verb: Token) -> Token | None:
    """Who is named with "by" behind a passive verb."""
    by = (p for c in verb.children if c.dep_ == "agent" for p in c.children if p.dep_ == "pobj")
    return next(by, None)


def _hangs_on(token: Token, verb: Token, ways: set[str]) -> bool:
    here = token
    while here.i != verb.i and here.head.i != here.i:
        of_noun = here.dep_ == "pobj" and here.head.lower_ == "of" and here.head.head.pos_ == "NOUN"
        if of_noun:  # "documented the killing of 40"
            here = here.head.head
            continue
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
