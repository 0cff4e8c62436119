"""Whether a sentence asserts what it mentions, and why not: questions, conditions, demands, forecasts.

The pass of its own that medSpaCy's context is for clinical notes: cues are rows of `data/assertion.toml`,
every result names its row. Judged later as `not_asserted`: what is only asked or demanded is no claim.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from claimcheck.claims.clauses import Clause, Token, above, is_clause_head
from claimcheck.lexicon import load

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_ARGUMENTS = _SUBJECTS | {"attr", "dobj"}
_SHARING = frozenset({"conj", "xcomp", "ccomp"})
_BESIDE_NOTHING = frozenset({"det", "neg", "nummod", "conj"})
_DETERMINERS = frozenset({"no", "neither", "not"})
_COMPARED = frozenset({"fewer", "less", "more"})
_COMPLEMENT = frozenset({"xcomp", "ccomp", "csubj", "csubjpass"})


@dataclass(frozen=True, slots=True)
class Assertion:
    """Whether a clause is asserted; `hedge` and `rule` say why it is not."""

    asserted: bool
    hedge: str | None = None
    rule: str | None = None


ASSERTED = Assertion(True)


def assess(token: Token, clause: Clause, question: bool) -> Assertion:
    """Whether the clause of `token` is asserted, `question` being whether its sentence asks."""
    if question and (_inverted(clause.head) or not _taken_for_granted(clause.head)):
        return Assertion(False, "question", "question.mark")
    if (none := _quantifier(token)) is not None:
        return none
    here, below = token, None
    while True:
        if here.pos_ in {"VERB", "AUX"} or is_clause_head(here):
            found = _cue(here) or _of_none(here, token, below)
            if found:
                return found
            below = here
        hung_on = above(here)
        if hung_on is None or _presupposes(here):
            of_none = here.dep_ in {"acl", "relcl"} and hung_on is not None
            return (_none(hung_on) if of_none else None) or ASSERTED
        if _completes(here):  # "the mayor rejected reports that 15 had died"
            return _tale(here.head) or ASSERTED
        infinitive = here.dep_ == "acl" and here.tag_ == "VB"  # "a demand to release 70 detainees"
        if (here.dep_ in _COMPLEMENT or infinitive) and (found := _governed(hung_on)):
            return found
        led = (here.dep_ == "prep" and here.lower_ == "for") or (here.dep_ == "advcl" and here.tag_ == "VB")
        if led and (found := _led(here.head)):  # "call for the release of 70", "call on them to free 70"
            return found
        if _aims(here):
            return Assertion(False, "plan", "plan.purpose")  # "gave money to support 3,000 refugees"
        here = hung_on


def _aims(verb: Token) -> bool:
    """Whether an infinitive says what something is done for, and not what came of it ("rose to reach")."""
    if verb.dep_ != "advcl" or verb.tag_ != "VB" or verb.lemma_ in _rows("results"):
        return False
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def _taken_for_granted(head: Token) -> bool:
    """ "When will the 70 held in Adra be freed?" asks, and takes for granted that 70 are held."""
    return head.dep_ in {"acl", "relcl"} and head.tag_ in {"VBN", "VBD", "VBZ", "VBP"}


def _inverted(head: Token) -> bool:
    """ "Were 40 people killed?": the participle is asked, though it is parsed as telling of the people."""
    noun, asking = head.head, head.head.head
    asked = head.dep_ == "acl" and head.tag_ == "VBN"
    return bool(asked and asking.dep_ == "ROOT" and asking.lemma_ == "be" and asking.i < noun.left_edge.i)


def _presupposes(head: Token) -> bool:
    """A past participle or a finite relative clause that modifies a noun is taken for granted, and so is a
    reason that is told in the past ("as the bridge was closed, 40 boats may have turned back")."""
    if head.dep_ == "advcl":
        helped = any(c.dep_ in {"aux", "auxpass"} and c.tag_ == "VBD" for c in head.children)
        told = head.tag_ == "VBD" or helped
        return told and any(c.dep_ == "mark" and c.lower_ in _rows("reason") for c in head.children)
    if head.dep_ == "acl":
        return bool(head.tag_ == "VBN") and not _completes(head)
    return bool(head.dep_ == "relcl" and head.tag_ in {"VBD", "VBN", "VBZ", "VBP"})


def _completes(verb: Token) -> bool:
    """Whether a clause says what a noun is about: "reports that 15 had died", "fears that 30 will die"."""
    return verb.dep_ == "acl" and any(c.dep_ == "mark" and c.lower_ == "that" for c in verb.children)


def _tale(noun: Token) -> Assertion | None:
    """Why what a noun tells is not asserted: it is only feared or planned, or a verb above denies it."""
    if (row := _rows("noun").get(noun.lemma_.lower())) is not None:
        return row
    if noun.lemma_.lower() in _rows("proof"):
        return next((_rows("lacks")[c.lower_] for c in noun.children if c.lower_ in _rows("lacks")), None)
    told = noun.lemma_.lower() in _rows("tale") and noun.dep_ in {"dobj", "pobj", "nsubjpass"}
    above = _governed(noun.head) if told else None
    return above if above is not None and above.hedge == "negation" else None


def _quantifier(token: Token) -> Assertion | None:
    """ "Neither of the two pilots survived": what is told, is told of nobody."""
    here = token
    while here.dep_ in {"nummod", "pobj", "prep"} and here.head.i != here.i:
        if here.dep_ == "prep" and here.lower_ != "of":
            return None
        here = here.head
    return _rows("quantifier").get(here.lower_) if here.i < token.i else None


def _of_none(verb: Token, token: Token, below: Token | None) -> Assertion | None:
    """Why what a verb says of `token` is said of nothing: "no party won 40 seats", "there was no strike".

    `below`, the verb under it that the token belongs to, must share its subject or be what it says. A number
    that is itself the "no" asserts that there were none; what is joined to the nothing is no part of it.
    """
    arguments = _ARGUMENTS
    if below is not None:
        own_subject = any(c.dep_ in _SUBJECTS for c in below.children)
        if below.dep_ not in _SHARING or (own_subject and below.dep_ == "conj"):
            return None
        arguments = _SUBJECTS
    for child in verb.children:
        if child.dep_ in arguments and (row := _none(child)) is not None:
            path = [token]
            while path[-1].i != verb.i and path[-1].i != child.i:
                path.append(path[-1].head)
            own = path[-1].i == child.i and (len(path) == 1 or path[-2].dep_ in _BESIDE_NOTHING)
            return None if own else row
    return None


def _none(noun: Token) -> Assertion | None:
    """The row by which a noun stands for nothing: "no convoy", "not one of them", "nobody"; not "no fewer
    than 20 convoys", nor the number of something ("No 10")."""
    rows = _rows("none")
    word = noun.lower_
    if noun.pos_ in {"PRON", "NOUN"} and word in rows and word not in _DETERMINERS:
        return rows[word]
    if noun.like_num and word != "one":
        return None
    for child in noun.children:
        if child.dep_ in {"det", "neg"} and child.lower_ in _DETERMINERS and child.i < noun.i:
            compared = any(w.i == child.i + 1 and w.lower_ in _COMPARED for w in noun.subtree)
            return None if compared else rows.get(child.lower_)
    return None


def _cue(verb: Token) -> Assertion | None:
    children = list(verb.children)
    for child in children:
        if child.dep_ == "neg" and (row := _rows("negation").get(child.lower_)):
            return row
        if child.dep_ == "mark" and (row := _rows("mark").get(child.lower_)):
            return row
        if child.dep_ == "aux" and (row := _rows("aux").get(child.lower_)):
            return row
        if child.dep_ == "aux" and child.lower_ == "to" and verb.dep_ == "xcomp" and verb.head.lemma_ == "be":
            return Assertion(False, "plan", "plan.be_to")  # "was to be held in May"
    if verb.dep_ == "xcomp" and (row := _governed(verb.head)):
        return row
    raised = any(c.dep_ == "auxpass" for c in children) and any(c.dep_ == "xcomp" for c in children)
    if raised and (row := _governed(verb)):  # "some 400 delegates are expected to attend"
        return row
    if any(c.dep_ in {"auxpass", "dobj", "nsubj"} for c in children) and (
        row := _rows("foretold").get(verb.lemma_)
    ):
        return row
    if _imperative(verb, children):
        return Assertion(False, "demand", "demand.imperative")
    return None


def _governed(governor: Token) -> Assertion | None:
    return _led(governor) or _rows("governor").get(governor.lemma_.lower())


def _led(governor: Token) -> Assertion | None:
    """A governor of two words: "call on", "call for"."""
    behind = next((c.lower_ for c in governor.children if c.dep_ == "prep" and c.i > governor.i), None)
    return None if behind is None else _rows("governor").get(f"{governor.lemma_.lower()} {behind}")


def _imperative(verb: Token, children: list[Token]) -> bool:
    """ "Release 70 detainees": a bare verb without subject and auxiliary at the root."""
    if verb.dep_ != "ROOT" or verb.tag_ != "VB":
        return False
    return not any(c.dep_ in {"nsubj", "nsubjpass", "aux", "auxpass", "expl"} for c in children)


@cache
def _rows(form: str) -> dict[str, Assertion]:
    return {
        cue: Assertion(False, row["hedge"], f"assertion.{row.id}")
        for row in load("assertion")
        if row["form"] == form
        for cue in row["lemmas"]
    }
