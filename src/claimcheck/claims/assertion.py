"""Whether a sentence asserts what it mentions, and why not: questions, conditions, demands, forecasts.

The pass of its own that medSpaCy's context is for clinical notes: cues are rows of `data/assertion.toml`,
every result names its row. Judged later as `not_asserted`: what is only asked or demanded is no claim.
"""

from __future__ import annotations

from functools import cache

from claimcheck.claims.clauses import Clause, Token, above, is_clause_head
from claimcheck.claims.cues import ASSERTED, Assertion, rows
from claimcheck.claims.denial import (
    at_no_time,
    denied,
    discredited,
    disputed,
    is_corrected,
    of_nothing,
    told_untrue,
    untrue,
)
from claimcheck.lexicon import load

_REFUSES = frozenset({"refuse"})
_COMPLEMENT = frozenset({"xcomp", "ccomp", "csubj", "csubjpass"})


def assess(token: Token, clause: Clause, question: bool, of_deed: bool = False) -> Assertion:
    """Whether the clause of `token` is asserted, `question` being whether its sentence asks.

    `of_deed`: what is told is the deed itself and nobody whom it counts: "refused to resign", not "to let in
    400 people".
    """
    if of_deed and (row := _declined(clause.head)):
        return row
    if question and (_inverted(clause.head) or not _taken_for_granted(clause.head)):
        return Assertion(False, "question", "question.mark")
    if none := _quantifier(token) or told_untrue(token) or disputed(token) or at_no_time(token):
        return none
    here, below = token, None
    beside = False  # the verb is joined to one with a subject of its own: what hedges it, it hedges alone
    while True:
        if here.pos_ in {"VERB", "AUX"} or is_clause_head(here):
            if found := _opened(here) if beside else _cue(here) or denied(here, token, below):
                return found
            below = here
        if here.lemma_ in rows("scheduled") and _only_scheduled(here):
            return rows("scheduled")[here.lemma_]
        hung_on = above(here)
        if hung_on is None or _presupposes(here):
            of_none = here.dep_ in {"acl", "relcl"} and hung_on is not None
            return (of_nothing(hung_on) if of_none else None) or ASSERTED
        if here.lower_ in rows("behind") and here.dep_ == "prep" and _was_resolved(hung_on):
            return ASSERTED
        if _completes(here):  # "the mayor rejected reports that 15 had died"
            return _tale(here.head) or ASSERTED
        infinitive = here.dep_ == "acl" and here.tag_ == "VB"  # "a demand to release 70 detainees"
        if (here.dep_ in _COMPLEMENT or infinitive) and (found := _governed(hung_on, here)):
            return found
        led = (here.dep_ == "prep" and here.lower_ == "for") or (here.dep_ == "advcl" and here.tag_ == "VB")
        if led and (found := _led(here.head)):  # "call for the release of 70", "call on them to free 70"
            return found
        if _aims(here):
            return Assertion(False, "plan", "plan.purpose")  # "gave money to support 3,000 refugees"
        beside = _stands_beside(here)
        here = hung_on


def _was_resolved(verb: Token) -> bool:
    """Whether an infinitive is what somebody once resolved on: "decided to leave after 40 days of talks"."""
    return bool(verb.dep_ == "xcomp" and verb.tag_ == "VB" and verb.head.tag_ == "VBD")


def _opened(verb: Token) -> Assertion | None:
    """Why the word that opens a clause keeps all that are joined in it from being asserted: "if it rains"."""
    if row := _without_if(verb):
        return row
    marks = (c.lower_ for c in verb.children if c.dep_ == "mark")
    return next((rows("mark")[word] for word in marks if word in rows("mark")), None)


def _stands_beside(verb: Token) -> bool:
    """Whether a finite verb is joined to another and has its own subject: "it may close, but *40 came*"."""
    if verb.dep_ != "conj" or not any(c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children):
        return False
    finite = [verb, *(c for c in verb.children if c.dep_ in {"aux", "auxpass"})]
    return any(t.tag_ in {"VBD", "VBZ", "VBP"} for t in finite)


def _only_scheduled(verb: Token) -> bool:
    """ "The round scheduled for 3 May", "scheduled for 3 May, it opened late", "was scheduled for 3 May":
    it was only foreseen. "Opened as scheduled on 3 May" tells that it did."""
    if verb.tag_ != "VBN" or any(c.dep_ == "mark" or c.lower_ == "as" for c in verb.children):
        return False
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    return passive or verb.dep_ in {"acl", "advcl", "amod"} or is_clause_head(verb)


def _aims(verb: Token) -> bool:
    """Whether an infinitive says what something is done for, and not what came of it ("rose to reach")."""
    if verb.dep_ != "advcl" or verb.tag_ != "VB" or verb.lemma_ in rows("results"):
        return False
    if verb.head.lemma_ in rows("means") and verb.head.tag_ in {"VBD", "VBZ", "VBP"}:
        return False  # "burned coal to generate 40 TWh"
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def _taken_for_granted(head: Token) -> bool:
    """ "When will the 70 held in Adra be freed?" asks, and takes for granted that 70 are held."""
    return head.dep_ in {"acl", "relcl"} and head.tag_ in {"VBN", "VBD", "VBZ", "VBP"}


def _inverted(head: Token) -> bool:
    """ "Were 40 people killed?", "40 people killed?": the participle is asked, though it is parsed as telling
    of the people; and so is what "it" singles out: "was it 40 people who were killed?"."""
    noun, asking = head.head, head.head.head
    if head.dep_ == "relcl":
        return any(c.dep_ == "nsubj" and c.lower_ == "it" for c in asking.children) and asking.lemma_ == "be"
    if head.dep_ != "acl" or head.tag_ != "VBN":
        return False
    inverted = asking.dep_ == "ROOT" and asking.lemma_ == "be" and asking.i < noun.left_edge.i
    return bool(inverted or noun.dep_ == "ROOT")


def _presupposes(head: Token) -> bool:
    """A past participle or a finite relative clause that modifies a noun is taken for granted, and so are a
    reason that is told in the past ("as the bridge was closed, 40 boats may have turned back") and what is
    only asked of its circumstances ("nobody knows why 40 died")."""
    if head.dep_ == "advcl":
        helped = any(c.dep_ in {"aux", "auxpass"} and c.tag_ == "VBD" for c in head.children)
        told = head.tag_ == "VBD" or helped
        return told and any(c.dep_ == "mark" and c.lower_ in rows("reason") for c in head.children)
    if head.dep_ == "ccomp" and head.tag_ in {"VBD", "VBZ", "VBP"}:  # "nobody knows why 40 died"
        return any(c.dep_ == "advmod" and c.lower_ in rows("circumstance") for c in head.children)
    if head.dep_ == "acl":
        return bool(head.tag_ == "VBN") and not _completes(head)
    finite = head.tag_ in {"VBD", "VBN", "VBZ", "VBP"}
    return bool(head.dep_ == "relcl" and finite) and not _completes(head)


def _without_if(verb: Token) -> Assertion | None:
    """A condition that begins with its auxiliary: "*had* the dam burst, 40 people would have drowned"."""
    opening = next((t for t in verb.doc if t.is_alpha), None)
    if opening is None or opening.lower_ not in rows("inverted"):
        return None
    follows = any(t.tag_ == "MD" and t.lower_ in rows("inverted_follows") for t in verb.doc[verb.i + 1 :])
    return rows("inverted")[opening.lower_] if follows else None


def _completes(verb: Token) -> bool:
    """Whether a clause says what a noun is about: "reports that 15 had died", "fears that 30 will die"."""
    return verb.dep_ in {"acl", "relcl"} and any(
        c.dep_ == "mark" and c.lower_ == "that" for c in verb.children
    )


def _tale(noun: Token) -> Assertion | None:
    """Why what a noun tells is not asserted: it is only feared or planned, or a verb above denies it."""
    if (row := rows("noun").get(noun.lemma_.lower())) is not None:
        return row
    if noun.lemma_.lower() in rows("proof"):
        return next((rows("lacks")[c.lower_] for c in noun.children if c.lower_ in rows("lacks")), None)
    if (row := _contrary(noun) or discredited(noun)) is not None:
        return row
    told = noun.lemma_.lower() in rows("tale") and noun.dep_ in {"dobj", "pobj", "nsubjpass"}
    above = _governed(noun.head) if told else untrue(noun)
    denies = above is not None and above.hedge == "negation"
    subjects = (c for c in noun.head.children if told and c.dep_ in {"nsubj", "nsubjpass"} and c.i != noun.i)
    nobody = next((row for c in subjects if (row := of_nothing(c)) is not None), None)
    return nobody if not denies else None if nobody is not None else above


def _contrary(noun: Token) -> Assertion | None:
    """ "Contrary to reports that 15 had died", "despite claims that"."""
    if noun.dep_ != "pobj" or noun.lemma_.lower() not in rows("tale"):
        return None
    before = (noun.head.lower_, noun.head.head.lower_)
    return next((rows("contrary")[w] for w in before if w in rows("contrary")), None)


def _quantifier(token: Token) -> Assertion | None:
    """ "Neither of the two pilots survived": what is told, is told of nobody."""
    if is_corrected(token):  # "not 765 but 500"
        return rows("negation")["not"]
    here = token
    while here.dep_ in {"nummod", "pobj", "prep"} and here.head.i != here.i:
        if here.dep_ == "prep" and here.lower_ != "of":
            return None
        here = here.head
    return rows("quantifier").get(here.lower_) if here.i < token.i else None


def _cue(verb: Token) -> Assertion | None:
    children = list(verb.children)
    if row := _without_if(verb):
        return row
    for child in children:
        if child.dep_ == "neg" and (row := rows("negation").get(child.lower_)):
            return row
        if child.dep_ == "mark" and (row := rows("mark").get(child.lower_)):
            return row
        if child.dep_ == "aux" and (row := rows("aux").get(child.lower_)):
            return row
        told = child.dep_ == "advmod" and any(c.dep_ in _COMPLEMENT for c in children)
        if told and (row := rows("wrongly").get(child.lower_)):
            return row
        if child.dep_ == "prep" and verb.lemma_ not in rows("depicts") and (row := _invented(child)):
            return row
        to_be = child.dep_ == "aux" and child.lower_ == "to" and verb.dep_ == "xcomp"
        if to_be and verb.head.lemma_ == "be" and not _is_ranked(verb.head, child):
            return Assertion(False, "plan", "plan.be_to")  # "was to be held in May"
    if verb.dep_ == "xcomp" and (row := _governed(verb.head) or _raised(verb.head)):
        return row
    to_do = (c for c in children if c.dep_ == "xcomp" and c.tag_ == "VB") if verb.lemma_ == "be" else ()
    tos = [c for x in to_do for c in x.children if c.dep_ == "aux" and c.lower_ == "to"]
    if any(not _is_ranked(verb, to) for to in tos):
        return Assertion(False, "plan", "plan.be_to")  # "the seventh round is to open in May"
    raised = any(c.dep_ == "auxpass" for c in children) and any(c.dep_ in {"xcomp", "oprd"} for c in children)
    # "some 400 delegates are expected to attend", "were meant to attend", not "were set free"
    freed = all(c.tag_ == "JJ" for c in children if c.dep_ in {"xcomp", "oprd"})
    if raised and (row := _governed(verb) or rows("raised").get(verb.lemma_)):
        return None if freed and row.hedge == "plan" else row
    if any(c.dep_ in {"auxpass", "dobj", "nsubj"} for c in children) and (
        row := rows("foretold").get(verb.lemma_)
    ):
        return row
    if _imperative(verb, children):
        return Assertion(False, "demand", "demand.imperative")
    return None


def _invented(prep: Token) -> Assertion | None:
    """The world of a tale in which something is told to have been: "40 drowned *in a film about whales*"."""
    if prep.lower_ != "in":
        return None
    for noun in (c for c in prep.children if c.dep_ == "pobj"):
        before = [c.lower_ for c in noun.children if c.dep_ in {"compound", "amod"} and c.i < noun.i]
        names = [noun.lemma_.lower(), *(f"{word} {noun.lemma_.lower()}" for word in before[-1:])]
        some = any(
            c.dep_ in {"det", "poss"} and c.lower_ not in {"the", "this", "that"} for c in noun.children
        )
        if some and (row := next((rows("fiction")[n] for n in names if n in rows("fiction")), None)):
            return row
    return None


def _is_ranked(be: Token, to: Token) -> bool:
    """Whether an infinitive behind "be" says of whom somebody was the first or the last: "was the third man
    to die" foretells nothing."""
    said = (c for c in be.children if c.dep_ == "attr" and c.i < to.i)
    return any(
        one.tag_ == "JJS" or one.lower_ in _ordinals() or one.lower_[:1].isdigit()
        for noun in said
        for one in noun.children
        if one.dep_ == "amod" and one.i < noun.i
    )


@cache
def _ordinals() -> frozenset[str]:
    return frozenset(word for row in load("number_words") for word in row.get("ordinal", ()))


def _raised(governor: Token) -> Assertion | None:
    """ "Were supposed to come", "is tipped to win": only in the passive a verb of what is to be."""
    passive = any(c.dep_ == "auxpass" for c in governor.children)
    return rows("raised").get(governor.lemma_) if passive else None


def _says_of_the_past(governor: Token, clause: Token) -> bool:
    """ "Suggested that 40 had died" says so; "suggested that 40 be freed" asks for it."""
    finite = [clause, *(c for c in clause.children if c.dep_ in {"aux", "auxpass"})]
    return governor.lemma_ in rows("says_too") and any(t.tag_ == "VBD" for t in finite)


def _tells_behind_colon(governor: Token, clause: Token) -> bool:
    """Whether a clause tells behind a colon how it went, whatever the parse hangs it on: "the envoy tried
    again: *the third round began in May*". What somebody says is no such clause, nor what is to be done."""
    row = rows("governor").get(governor.lemma_.lower())
    colon = any(t.text == ":" for t in governor.doc[governor.i : clause.left_edge.i])
    finite = [clause, *(c for c in clause.children if c.dep_ in {"aux", "auxpass"})]
    return colon and row is not None and row.hedge == "plan" and any(t.tag_ == "VBD" for t in finite)


def _governed(governor: Token, clause: Token | None = None) -> Assertion | None:
    if clause is not None and (_says_of_the_past(governor, clause) or _tells_behind_colon(governor, clause)):
        return None
    row = _led(governor) or rows("governor").get(governor.lemma_.lower())
    told_by = [c for c in governor.children if c.dep_ == "nsubj"]
    rumour = (rows("noun").get(c.lemma_.lower()) or discredited(c) for c in told_by)
    is_told = governor.lemma_ == "be"  # "the plan was that", not "the proposal notes that"
    told = next((r for r in rumour if r is not None and (is_told or r.hedge != "plan")), None)
    return row or told or _refused(governor)  # "rumour has it that"


def _refused(governor: Token) -> Assertion | None:
    """ "Refused to accept that 40 had died"."""
    by = governor.head if governor.dep_ == "xcomp" else governor
    return rows("accepts").get(governor.lemma_) if by.lemma_ in _REFUSES else None


def _declined(verb: Token) -> Assertion | None:
    """ "The mayor *refused to resign*"."""
    to_do = any(c.dep_ == "xcomp" and c.tag_ == "VB" for c in verb.children)
    return rows("refuses").get(verb.lemma_) if to_do else None


def _led(governor: Token) -> Assertion | None:
    """A governor of two words: "call on", "call for", "rule out"."""
    behind = next(
        (c.lower_ for c in governor.children if c.dep_ in {"prep", "prt"} and c.i > governor.i), None
    )
    return None if behind is None else rows("governor").get(f"{governor.lemma_.lower()} {behind}")


def _imperative(verb: Token, children: list[Token]) -> bool:
    """ "Release 70 detainees": a bare verb at the root, without auxiliary and without what the parse may have
    missed as its subject ("SAMS put the list at 641")."""
    if verb.dep_ != "ROOT" or verb.tag_ != "VB":
        return False
    taken = any(c.i < verb.i and c.pos_ in {"NOUN", "PROPN"} and c.dep_ != "npadvmod" for c in children)
    return not taken and not any(c.dep_ in {"nsubj", "nsubjpass", "aux", "auxpass", "expl"} for c in children)
