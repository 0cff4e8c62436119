"""The harm that a clause tells of: what befell whom, by its verb ("were killed", "burned to death", "lost his
life") or by a noun ("the bodies of two men", "the death of a nurse and the injury of her driver").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from claimcheck.claims.clauses import SUBJECTS, Clause, Token
from claimcheck.claims.members import beside, is_group, is_person, object_of
from claimcheck.claims.words import text_of
from claimcheck.lexicon import by_letter, load

_VERBAL = frozenset({"VERB", "AUX"})
_EACH = frozenset({"all", "most", "both", "some", "many", "half"})
_SAYS_WHO = frozenset({"det", "poss"})
_OF_WHOM = frozenset({"among", "amongst", "to", "of", "for"})
_NO_PERSON = frozenset(
    {"who", "which", "that", "what", "it", "they", "he", "she", "them", "we", "i", "you", "him", "her"}
)


@dataclass(frozen=True, slots=True)
class Harm:
    """A verb of harm with the head of the phrase that names whom it befell, and the clause of both."""

    verb: Token
    people: Token
    clause: Clause
    told: str | None = None  # what befell them, where the verb does not say it

    @property
    def word(self) -> str:
        """What befell them, in the text's words where they say it."""
        return self.told or str(self.verb.text)


def harm(clause: Clause) -> Harm | None:
    """The harm that a clause tells of, None where it tells of none, or of one of two ("killed or hurt").

    "was reported killed", "were found dead": the verb of harm is the complement of one of saying.
    """
    verb = clause.head
    role = _verbs().get(verb.lemma_.lower())
    if role == "either":
        role = "object" if clause.passive or _object(verb) is not None else "subject"
        if role == "subject" and any(c.dep_ == "conj" and c.pos_ not in _VERBAL for c in verb.children):
            return None  # "to starve, maim and gas civilians" read as nouns: who does it to whom stays open
    deadly = _to_death(verb)
    if role is None and deadly:
        role = "object" if clause.passive or _object(verb) is not None else "subject"
    if role is None and clause.passive:
        complements = (c for c in verb.children if c.dep_ in {"oprd", "xcomp", "ccomp", "acomp"})
        verb = next((c for c in complements if c.tag_ == "VBN" and c.lemma_.lower() in _verbs()), verb)
        role = "subject" if verb.i != clause.head.i else None
    if role is None:
        return _of_lives(clause) or _nominal(clause) or _found_dead(clause)
    if verb.pos_ not in {"VERB", "AUX"} or _is_other(verb):
        return None
    done_to = role == "object" and (not clause.passive or any(c.dep_ == "dobj" for c in verb.children))
    people = _object(verb) if done_to else _subject(verb, clause)
    if people is None or people.lower_ in _NO_PERSON or _is_of_number_before(verb, people):
        return None
    return Harm(verb, people, clause, told=f"{verb.text} to death" if deadly else None)


def harms(clause: Clause) -> list[Harm]:
    """Every harm that a clause tells of: by its verb, and by nouns ("reported the death of a woman and the
    injury of her husband")."""
    told = harm(clause)
    return [h for h in (told, *_of_somebody(clause), *_of_nobody(clause)) if h is not None]


def _of_somebody(clause: Clause) -> Iterator[Harm]:
    """Whose death or injury a clause tells of: "confirmed the death of Omar Aziz", "of a nurse"."""
    if clause.head.lemma_ not in words_of_harm("tells"):
        return
    for token in clause.tokens:
        fate = next((f for f in ("dead", "injured") if token.lemma_ in words_of_harm(f"of the {f}")), None)
        people = object_of(token) if fate is not None else None
        if people is None or not is_person(people) or people.pos_ not in ("NOUN", "PROPN"):
            continue
        one = people.tag_ == "NN" and any(c.dep_ in _SAYS_WHO for c in people.children)
        if one or people.tag_ == "NNP":
            yield Harm(token, people, clause, told=fate)


def _of_nobody(clause: Clause) -> Iterator[Harm]:
    """ "There were no deaths or injuries", "causing no casualties"; not "no further deaths" nor "no injuries
    among the guards", which leave others, nor what was only not reported."""
    if clause.passive and clause.head.lemma_ in words_of_harm("reports"):
        return
    for token in clause.tokens:
        fates = _none().get(token.lemma_)
        if fates is None or token.tag_ != "NNS" or not _has_none(token):
            continue
        narrowed = any(
            c.dep_ in {"amod", "compound", "relcl", "acl"}
            or (c.dep_ == "prep" and (c.lower_ in _OF_WHOM or object_of_prep(c) == "side"))
            for c in token.children
        )
        if not narrowed:
            yield from (Harm(token, token, clause, told=told) for told in fates)


def _has_none(token: Token) -> bool:
    """Whether a noun stands with "no", its own or that of the one before it ("no deaths or injuries")."""
    own = {c.lower_ for c in token.children if c.dep_ == "det"}
    if token.dep_ == "conj" and not own:
        return _has_none(token.head)
    return "no" in own


def object_of_prep(prep: Token) -> str | None:
    """The lemma of what a preposition governs."""
    return next((str(c.lemma_) for c in prep.children if c.dep_ == "pobj"), None)


@cache
def _none() -> dict[str, tuple[str, ...]]:
    """Nouns of harm -> what befell those whom they count."""
    rows = {"of the dead": ("killed",), "of the injured": ("injured",), "of both": ("killed", "injured")}
    return {noun: told for role, told in rows.items() for noun in words_of_harm(role)}


def _to_death(verb: Token) -> bool:
    """ "beaten to death", "burned to death"."""
    behind = (p for c in verb.children if c.lower_ == "to" and c.dep_ == "prep" for p in c.children)
    return any(p.lemma_ in words_of_harm("to death") for p in behind)


def _is_of_number_before(verb: Token, people: Token) -> bool:
    """ "Its teams had treated more than 1,300 wounded": the wounded are those, and no teams."""
    before = verb.nbor(-1) if verb.i else None
    bare = verb.tag_ == "VBN" and not any(c.dep_ in {"aux", "auxpass"} for c in verb.children)
    return bool(bare and before is not None and before.like_num and before.i != people.i)


def _of_lives(clause: Clause) -> Harm | None:
    """Whose life is lost or taken: "a shepherd lost his life", "the fire took the life of a nurse"."""
    verb = clause.head
    life = next((c for c in verb.children if c.dep_ == "dobj" and c.lemma_ == "life"), None)
    if life is None or verb.lemma_ not in words_of_harm("lives"):
        return None
    people = _subject(verb, clause) if verb.lemma_ == "lose" else object_of(life)
    if people is None or people.lower_ in _NO_PERSON:
        return None
    return Harm(verb, people, clause, told="killed")


def _found_dead(clause: Clause) -> Harm | None:
    """ "A mother and her daughter were found dead"."""
    dead = (c for c in clause.head.children if c.dep_ in {"oprd", "acomp"} and c.lower_ == "dead")
    if not clause.passive or next(dead, None) is None:
        return None
    people = _subject(clause.head, clause)
    named = people is not None and people.lower_ not in _NO_PERSON
    return Harm(clause.head, people, clause, told="dead") if named else None


def _nominal(clause: Clause) -> Harm | None:
    """Harm told by a noun: "the crash caused a number of injuries", "the bodies of two men were found"."""
    for token in clause.tokens:
        if token.lemma_ in words_of_harm("bodies") and token.head.i == clause.head.i:
            people = object_of(token)
            if people is not None and (is_person(people) or is_group(people)) and people.pos_ != "PROPN":
                return Harm(clause.head, people, clause, told="dead")
        if token.lower_ == "number" and any(c.lower_ in {"a", "an"} for c in token.children):
            within = object_of(token)
            if within is not None and within.lemma_ in words_of_harm("noun"):
                return Harm(within, token, clause)
    return None


def _object(verb: Token) -> Token | None:
    """The object; "wounding up to 54 guards" may be parsed as "up" and "to 54 guards"."""
    direct = next((c for c in verb.children if c.dep_ == "dobj"), None) or _object_behind(verb)
    if direct is None and any(c.lower_ == "up" for c in verb.children):
        preps = (c for c in verb.children if c.lower_ == "to" and c.dep_ == "prep")
        direct = next((p for c in preps for p in c.children if p.dep_ == "pobj"), None)
    return direct


def _object_behind(verb: Token) -> Token | None:
    """The object that verbs share and the last of them has: "to starve, maim and gas civilians"."""
    here = verb
    while (following := next((c for c in here.children if c.dep_ == "conj"), None)) is not None:
        if following.pos_ != "VERB" or _has_subject(following) or following.tag_ != verb.tag_:
            return None
        here = following
        direct = next((c for c in here.children if c.dep_ == "dobj"), None)
        if direct is not None:
            return direct if not any(c.dep_ == "prep" for c in verb.children) else None
    return None


def _subject(verb: Token, clause: Clause) -> Token | None:
    """The subject: the last where the parse gives two, and one that it gave to an enumeration before."""
    own = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"} and c.i < verb.i]
    if len(own) > 1:
        return (beside(own[0]) or own[-1:])[0]
    found = clause.subject()
    if found is not None and (renamed := _renamed(found)) is not None:
        return renamed
    return missed_subject(verb) if found is None and clause.passive else found


def _renamed(subject: Token) -> Token | None:
    """Whom an apposition tells of that the parse takes for the subject: "four men, all of them porters,"."""
    edge = subject.left_edge.i
    if edge < 2 or subject.doc[edge].lower_ not in _EACH or subject.doc[edge - 1].text != ",":
        return None
    taken_up = text_of(subject.doc[edge + 1 : edge + 3]).lower() in ("of them", "of whom")
    before = subject.doc[edge - 2]
    return before if taken_up and before.pos_ == "NOUN" else None


def missed_subject(verb: Token) -> Token | None:
    """The subject that the parse gave to an enumeration before it.

    "Nine died, including a nurse and two boys, and several others were hurt": the others are no part of
    the nine. It is the last of the enumeration, with an "and" before it and a verb of its own behind it.
    """
    if verb.dep_ != "conj" or _has_subject(verb):
        return None
    if not any(c.dep_ in {"auxpass", "aux"} for c in verb.children):
        return None
    for token in reversed(verb.doc[verb.head.i + 1 : verb.i]):
        edge = token.left_edge.i
        joined = (
            token.dep_ == "conj" and token.doc[edge - 1].lower_ == "and" and token.doc[edge - 2].text == ","
        )
        if joined and token.pos_ in {"NOUN", "PROPN"}:
            return token
    return None


def _is_other(verb: Token) -> bool:
    """Whether a verb tells no harm of its own: drones are shot down, and "killed or hurt" says not which."""
    if any(c.dep_ == "prt" and c.lower_ == "down" for c in verb.children):
        return True
    return sum(t.lemma_.lower() in _verbs() for t in alternatives(verb)) > 1


def alternatives(verb: Token) -> list[Token]:
    """The verbs that "or" joins with this one, itself among them, in text order: "damaged or destroyed"."""
    first = verb
    while first.dep_ == "conj" and first.head.pos_ == "VERB" and not _has_subject(first):
        first = first.head
    joined = [first]
    for token in joined:
        more = (c for c in token.children if c.dep_ == "conj" and c.pos_ == "VERB" and not _has_subject(c))
        joined += more
    either = any(c.dep_ == "cc" and c.lower_ == "or" for t in joined for c in t.children)
    return sorted(joined, key=lambda t: t.i) if either else [verb]


def _has_subject(verb: Token) -> bool:
    return any(c.dep_ in SUBJECTS for c in verb.children)


def may_tell(text: str) -> bool:
    """Whether a sentence may tell of harm, by the beginnings of its words alone."""
    return _stems().search(text) is not None


@cache
def _stems() -> re.Pattern[str]:
    stems = by_letter(stem for row in load("harm") for stem in row["stems"])
    return re.compile(rf"\b(?:{stems})", re.IGNORECASE)


@cache
def _verbs() -> dict[str, str]:
    told = (row for row in load("harm") if row["role"] in {"object", "subject", "either"})
    return {lemma: row["role"] for row in told for lemma in row["lemmas"]}


@cache
def words_of_harm(role: str) -> frozenset[str]:
    """The words of the rows of data/harm.toml with a role."""
    return frozenset(word for row in load("harm") if row["role"] == role for word in row["lemmas"])
