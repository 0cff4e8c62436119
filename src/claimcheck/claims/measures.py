"""What a number measures: the counted noun, its role to the verb, and the text's own words for it."""

from __future__ import annotations

from typing import Literal

from claimcheck.claims.clauses import Clause, Token

_NUMERIC = frozenset({"nummod", "quantmod", "compound", "amod", "nmod", "det", "predet", "advmod"})
_PREMODIFIER = frozenset({"compound", "amod", "nmod"})
# Prepositions through which a number still belongs to the verb: "access to 765 patients", "the death of 5".
_MEASURING = frozenset({"of", "to", "for", "among", "including"})
_RANGING = frozenset({"between", "from", "to", "at", "up", "about", "around", "over", "under", "than"})
_RANGE = 6  # tokens: the longest range before its last number
_RESULTING = frozenset(
    {"result", "lead", "end", "culminate", "rise", "increase", "climb", "grow", "fall", "stand"}
)
# "Two people sustained injuries": what the subject suffers is what is counted.
_SUFFERING = frozenset({"suffer", "sustain", "receive", "incur"})
_LIGHT = frozenset({"be", "have", "become", "do", "get", "make", "say"})


def counted(token: Token) -> Token | None:
    """The noun that a number counts: "765 desperate patients", "dozens of civilians", "the 21st civilian"."""
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            return next((t for t in child.children if t.dep_ == "pobj"), None)
    here = token
    while here.dep_ in _NUMERIC and here.head.i != here.i:
        here = here.head
        if here.pos_ in {"NOUN", "PROPN"}:
            return here
    return here if here.pos_ == "NOUN" and here.i == token.i else None


def role_of(token: Token, clause: Clause) -> Literal["subject", "object", "attribute", "other"]:
    """What a counted noun is to the verb of its clause, looking through "of" and coordination."""
    here = token
    while here.dep_ in {"pobj", "prep", "conj", "nummod", "appos"} and here.head.i != here.i:
        if here.dep_ == "prep" and here.lower_ != "of":
            return "other"
        if here.dep_ == "conj" and here.head.pos_ in {"VERB", "AUX"}:
            break
        here = here.head
    if here.dep_ == "nsubjpass" or here.dep_ in {"dobj", "obj", "dative"}:
        return "object"
    if here.dep_ in {"nsubj", "agent"}:
        return "object" if clause.passive else "subject"
    if here.dep_ in {"attr", "oprd", "acomp"}:
        return "attribute"
    return "other"


def measure_words(token: Token, noun: Token | None, clause: Clause) -> str:
    """The text's own words for what is measured: the noun with its modifiers, nouns above it, the verbs.

    "refusing to allow access to 765 desperate patients" measures "desperate patients access refusing
    allow". A subject with an object of its own leaves its verb out: the strikes that killed five
    measure strikes, not people killed.
    """
    words: list[str] = []
    start = noun if noun is not None else token
    if noun is not None:
        words += [
            t.text
            for t in noun.children
            if t.dep_ in _PREMODIFIER and t.i < noun.i and t.pos_ != "NUM" and t.i != token.i
        ]
        words.append(noun.text)
    elif (subject := clause.subject()) is not None and subject.pos_ in {"NOUN", "PROPN"}:
        # "the death toll rose to 133": what rose is what the number measures
        words += [t.text for t in subject.children if t.dep_ in _PREMODIFIER and t.i < subject.i]
        if role_of(token, clause) != "object":
            words.append(subject.text)
        else:
            words.clear()
    here = start
    while here.i != clause.head.i and here.head.i != here.i:
        here = here.head
        if here.pos_ in {"NOUN", "PROPN"} and here.i != clause.head.i:
            words.append(here.text)
    return " ".join([*words, *_verbs(start, token, clause)])


def _adjunct(start: Token, token: Token, clause: Clause) -> bool:
    """Whether a phrase only says where, when or by what ("hurt in a strike on a five-storey house").

    The prepositions of a range belong to the number ("between 13 and 15").
    """
    here = start
    while here.i != clause.head.i and here.head.i != here.i:
        of_number = token.i - _RANGE <= here.i < token.i and here.lower_ in _RANGING
        if here.dep_ in {"prep", "agent"} and here.lower_ not in _MEASURING and not of_number:
            return clause.head.lemma_ not in _RESULTING
        here = here.head
    return False


def _verbs(start: Token, token: Token, clause: Clause) -> list[str]:
    if _adjunct(start, token, clause):
        return []
    objects = [c for c in clause.head.children if c.dep_ == "dobj"]
    if role_of(start, clause) == "subject" and objects:
        return [objects[0].text] if clause.head.lemma_ in _SUFFERING else []
    out = []
    for t in clause.tokens:
        governs = (
            t.i == clause.head.i
            or t.dep_ in {"xcomp", "acomp", "oprd"}
            or (t.dep_ == "acl" and t.head.i == start.i)
        )
        if governs and t.pos_ in {"VERB", "ADJ", "NOUN", "AUX"} and t.lemma_ not in _LIGHT:
            out.append(t.text)
    for (
        t
    ) in start.children:  # "45 people injured", "the 21st civilian to die": a modifier says what befell them
        if t.dep_ in {"acl", "relcl"} and t.lemma_ not in _LIGHT and t.text not in out:
            out.append(t.text)
    return out
