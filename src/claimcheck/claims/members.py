"""Who a phrase names: the members of "a mother, her two sons and a guard", and the fewest people each is.

Members are found by coordination, by appositions that add somebody ("Karim Aziz, his brother and his son
were killed") and by "along with". An apposition that renames ("Karim Aziz, a farmer, was killed") adds
nobody: it agrees with a verb in the singular, or stands behind a plural that counts the names already.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from claimcheck.claims.clauses import Clause, Token
from claimcheck.claims.words import text_of
from claimcheck.lexicon import load

_PERSONAL = frozenset({"PROPN", "NOUN", "PRON", "ADJ", "NUM"})
_PLURAL_TAGS = frozenset({"NNS", "NNPS"})
_SUFFIX_LENGTH = 6  # a noun shorter than this is listed, not guessed from its ending ("order", "tier")
_SINGULAR, _PLURAL = frozenset({"was", "is", "has"}), frozenset({"were", "are", "have"})
_OPEN = frozenset({"any", "what", "which", "whatever", "whichever", "every", "each", "such", "fewer"})
_NOBODY = frozenset({"nobody", "none"})
_AMOUNTS = frozenset({"several", "many", "multiple", "numerous", "various", "few", "countless", "other"})
_DASHES = frozenset({"-", "–", "—"})
_PLACED = frozenset({"in", "from", "at", "near", "of"})
_TAKING_UP = frozenset({"those", "that"})
_TAKEN_UP = ("of them", "of whom")
_INCLUDING = ("including", "among them", "among whom", *_TAKEN_UP)
_DEFINITE = frozenset({"the", "this", "that"})
_ONE_MORE = frozenset({"second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"})
_GROUP = 2  # the fewest people that a noun for a group stands for


def members(people: Token, verb: Token, clause: Clause) -> list[Token]:
    """The tokens that head the members of the phrase `people`, in text order, whom `verb` befell."""
    found = [people]
    seen = {people.i}
    number = _agreement(verb, clause)
    beside = [] if _is_relative(clause) else _alongside(verb, clause.passive)
    for token in found:
        joined = [*_coordinated(token), *_apposed(token, number), *_alongside(token, False)]
        for child in joined if token is not people else [*joined, *beside]:
            if child.pos_ in _PERSONAL and child.i not in seen:
                seen.add(child.i)
                found.append(child)
    return _own_clause(_before_naming(sorted(found, key=lambda t: t.i)))


def _before_naming(found: list[Token]) -> list[Token]:
    """Who stands behind a dash only names those before: "a family of five – a couple and two boys – died"."""
    first = found[0]
    for i, token in enumerate(found[1:], 1):
        between = first.doc[first.i + 1 : token.left_edge.i]
        if any(t.text in _DASHES and t.nbor(-1).whitespace_ and t.whitespace_ for t in between):
            return found[:i]
    return found


def _is_relative(clause: Clause) -> bool:
    return clause.head.dep_ in {"acl", "relcl"}


def _agreement(verb: Token, clause: Clause) -> str | None:
    """ "singular" or "plural" where an auxiliary shows the number of the subject."""
    words = {c.lower_ for t in (verb, clause.head) for c in t.children if c.dep_ in {"aux", "auxpass"}}
    return "plural" if words & _PLURAL else "singular" if words & _SINGULAR else None


def _coordinated(token: Token) -> Iterator[Token]:
    """What "and" joins. Names behind a plural and a comma rename it: "two sons, Ali and Omar, were hurt".

    "The body of a man and those of his two sons" are three.
    """
    joints = [c.i for c in token.children if c.dep_ == "cc"]
    for child in token.children:
        if child.dep_ != "conj":
            continue
        renames = _is_plural(token) and child.pos_ == "PROPN" and not any(i < child.i for i in joints)
        if not renames and not _is_told_of_another(child):
            yield child
    yield from (t for t in beside(token) if t.i > token.i)
    above = token.head.head if token.dep_ == "pobj" and token.head.lower_ == "of" else token
    for child in above.children if above.i != token.i else ():
        taken_up = object_of(child) if child.dep_ == "conj" and child.lower_ in _TAKING_UP else None
        if taken_up is not None:
            yield taken_up


def _is_told_of_another(token: Token) -> bool:
    """Whether a name stands before a joined number, whose verb is said once: "the army killed 12 civilians
    and the rebels 3 children" are two deeds."""
    number = next((c.i for c in token.children if c.dep_ == "nummod"), None)
    before = (
        c for c in token.children if c.dep_ in {"compound", "nmod", "nsubj"} and c.pos_ in {"NOUN", "PROPN"}
    )
    return number is not None and any(c.i < number for c in before)


def beside(token: Token) -> list[Token]:
    """The subjects that "and" joins where the parse gives a verb several: "a man, Ali Aziz, and his two
    nephews were killed"."""
    if token.dep_ not in {"nsubj", "nsubjpass"}:
        return []
    own = [c for c in token.head.children if c.dep_ == token.dep_ and c.i < token.head.i]
    joined = (c.left_edge.i and c.doc[c.left_edge.i - 1].lower_ == "and" for c in own[1:])
    return own if len(own) > 1 and all(joined) else []


def _apposed(token: Token, number: str | None) -> Iterator[Token]:
    """Whom an apposition adds: "Karim Aziz, his brother …", "the farmer Karim Aziz and his niece"."""
    if number == "singular" or _is_plural(token):
        return
    owner = object_of(
        token
    )  # "the son of Karim Aziz, his wife and two boys": the parse gives them to Karim Aziz
    heads = [token]
    if owner is not None:
        heads += [owner, *(c for c in owner.children if c.dep_ == "appos" and c.pos_ == "PROPN")]
    joint = next((c.i for c in token.children if c.dep_ == "cc"), len(token.doc))
    for named in (c for t in heads for c in t.children if c.dep_ == "appos"):
        if _in_brackets(named) or named.i > joint or not (named.head.i == token.i or _owned(named)):
            continue
        listed = number == "plural" or any(c.dep_ == "conj" for c in named.children)
        if listed and number == "plural" and _indefinite(token) and _indefinite(named):
            yield named  # "a journalist, a cameraman and their driver"
        both_names = named.pos_ == token.pos_ == "PROPN" and number == "plural"
        if listed and (both_names or _owned(named)):
            yield named
            continue
        for other in named.subtree:
            nested = other.dep_ == "appos" and other.head.i == named.i and _owned(other)
            if (nested and number == "plural") or (
                other.dep_ == "conj"
                and _within(other, named)
                and (other.pos_ == "PROPN" or _owned(other) or (number == "plural" and _determined(other)))
            ):  # "Iman Safi, her baby and two other women"
                yield other


def _indefinite(token: Token) -> bool:
    """Whether a common noun is named for the first time: "a cameraman"."""
    return bool(token.pos_ == "NOUN" and any(c.lower_ in {"a", "an"} for c in token.children))


def _in_brackets(token: Token) -> bool:
    """ "Karim Aziz (Abu Omar)": another name of the same man."""
    edge = token.left_edge.i
    return bool(edge and token.doc[edge - 1].text in {"(", "["})


def _within(conjunct: Token, first: Token) -> bool:
    """Whether a conjunct belongs to the coordination that `first` opens, and to no phrase inside it."""
    while conjunct.dep_ in {"conj", "appos"} and conjunct.i != first.i:
        conjunct = conjunct.head
    return bool(conjunct.i == first.i)


def _alongside(token: Token, plain: bool) -> list[Token]:
    """Who is named with the others: "along with three aides"; `plain`: "with" alone names persons too."""
    found: list[Token] = []
    led = any(c.lower_ in {"along", "together"} for c in token.children)
    for prep in token.children:
        if prep.dep_ not in {"prep", "advmod", "prt"}:
            continue
        word, phrase = prep.lower_, prep
        if word in {"along", "together"}:
            within = next((c for c in prep.children if c.lower_ == "with"), None)
            if within is None:
                continue
            phrase = within
        elif word != "alongside" and not (word == "with" and (led or plain)):
            continue
        for named in (p for p in phrase.children if p.dep_ == "pobj"):
            apart = any(c.dep_ in {"acl", "relcl"} for c in named.children)  # a fate of their own
            person = _persons().get(_lemma(_noun_of(named))) == 1 and not apart
            if word != "with" or led or person:
                found.append(named)
    return found


def _own_clause(found: list[Token]) -> list[Token]:
    """Behind "including" or "among them" only the last of the coordinated is the verb's own.

    "Nine died, among them a nurse and two boys, and several others were hurt": the parse gives the nurse
    and the boys to "hurt". In front of "among them" only the first is: the others are of the first.
    """
    if len(found) > 1 and before_included(found[-1]):
        return found[:1]
    return found[-1:] if len(found) > 1 and behind_included(found[0]) else found


def behind_included(first: Token) -> bool:
    """Whether "including" or "among them" stands before a phrase, or "of them" in it ("19 of them women")."""
    edge = first.left_edge.i
    if text_of(first.doc[edge : edge + 2]).lower() in _INCLUDING:
        return True  # where the parse gives "among them" to the phrase itself
    before = text_of(first.doc[max(0, edge - 2) : edge]).lower()
    within = text_of(first.doc[edge : first.i]).lower()
    return bool(before.endswith(_INCLUDING) or within.endswith(_INCLUDING))


def before_included(last: Token) -> bool:
    """Whether "among them" stands behind a noun: "nine people, a nurse and two boys among them"."""
    return text_of(last.doc[last.i + 1 : last.i + 3]).lower() == "among them"


def is_one_more(token: Token) -> bool:
    """Whether an ordinal, or the noun that it goes with, is one more person: "a fourth man", "a third"."""
    return any(c.lower_ in {"a", "an"} for c in token.children)


def fewest(token: Token) -> int | None:
    """The fewest people that a phrase without a number stands for; None where it names no people.

    "a number of villagers" is read through to what it is a number of; "no villagers" are 0.
    """
    if token.lower_ in _NOBODY:
        return 0
    determiners = _determiners(token)
    if token.dep_ == "conj" and not determiners:  # "no guards or drivers"
        determiners = _determiners(token.head) & {"no"}
    if determiners & _OPEN or _asked(token) or _is_compared(token):
        return None
    if token.lower_ == "one":
        within = object_of(token)
        if within is not None and within.lower_ in {"them", "whom"}:
            return 1  # "one of whom later died"
        return 0 if "no" in determiners else None
    if token.lower_ in _ONE_MORE and is_one_more(token):
        return 1  # "killed two and wounded a third"
    if token.pos_ == "PROPN":
        placed = token.dep_ == "pobj" and token.head.lower_ in _PLACED
        placed = placed and token.head.head.lemma_ not in _counts_none()  # "the death of Omar Aziz"
        return None if placed else 2 if _is_plural(token) else 1
    least = _least(token)
    nobody = "no" in determiners and (least is not None or token.lemma_ in _counts_none())
    return 0 if nobody else least


def _determiners(token: Token) -> set[str]:
    return {c.lower_ for c in token.children if c.dep_ in {"det", "amod", "advmod"}}


def _least(token: Token) -> int | None:
    lemma = _lemma(token)
    within = object_of(token)
    if _persons().get(lemma) == _GROUP and within is not None and within.pos_ == "NOUN":
        return 2 if _least(within) or within.lemma_ in _harm_nouns() else None
    if lemma == "number" and _determiners(token) & _DEFINITE:
        return None  # "the true number is higher": of whom it does not say
    least = _persons().get(lemma) or (1 if _agent(lemma) else None)
    if least is None:
        return None
    if token.tag_ in _PLURAL_TAGS:
        return 2
    paired = any(c.dep_ == "conj" for c in token.children) or token.dep_ == "conj"  # "mother and daughter"
    return least if least == _GROUP or paired or _determined(token, "amod", "compound") else None


def is_person(token: Token) -> bool:
    """Whether a phrase that a number counts counts people: "six guards", "six of the guards", "six"."""
    noun = _noun_of(token)
    if noun.pos_ in {"NUM", "PROPN", "ADJ", "PRON"}:
        return True
    return _lemma(noun) in _persons() or _agent(_lemma(noun))


def is_group(token: Token) -> bool:
    """Whether a noun stands for a group whose size may follow: "a family of five"."""
    return _persons().get(_lemma(token)) == _GROUP


def shares_number(token: Token) -> bool:
    """Whether one number counts what is joined too, so that no sum can be told: "13 guards and drivers"."""
    return any(
        c.dep_ == "conj"
        and c.tag_ in _PLURAL_TAGS
        and c.lower_ != "others"
        and not _determined(c, "quantmod")
        and not any(d.lower_ in _AMOUNTS for d in c.children)
        for c in token.children
    )


def _noun_of(token: Token) -> Token:
    """What is counted: the noun behind "of" where a number heads the phrase ("dozens of guards")."""
    if token.pos_ == "NUM" or _lemma(token) not in _persons():
        return object_of(token) or token
    return token


def object_of(token: Token) -> Token | None:
    """What stands behind "of": the guards in "a number of guards"."""
    return next((p for c in token.children if c.lower_ == "of" for p in c.children if p.dep_ == "pobj"), None)


def _lemma(token: Token) -> str:
    return token.lower_ if token.lower_ in _persons() else str(token.lemma_).lower()


def _asked(token: Token) -> bool:
    """ "how many villagers": their number is what is asked for."""
    return any(
        c.lower_ in {"many", "few"} and any(d.lower_ == "how" for d in c.children) for c in token.children
    )


def _is_compared(token: Token) -> bool:
    """ "more villagers than last year": how many they were is not said."""
    return token.i > 0 and token.nbor(-1).lower_ == "more" and any(c.lower_ == "than" for c in token.rights)


def _is_plural(token: Token) -> bool:
    return bool(token.tag_ in _PLURAL_TAGS)


def _owned(token: Token) -> bool:
    return any(c.dep_ == "poss" and c.tag_ == "PRP$" for c in token.children)


def _determined(token: Token, *more: str) -> bool:
    return any(c.dep_ in {"det", "poss", "nummod", *more} for c in token.children)


def _agent(lemma: str) -> bool:
    return len(lemma) >= _SUFFIX_LENGTH and lemma.endswith(_suffixes())


@cache
def _harm_nouns() -> frozenset[str]:
    return frozenset(word for row in load("harm") if row["role"] == "noun" for word in row["lemmas"])


@cache
def _counts_none() -> frozenset[str]:
    roles = {"of the dead", "of the injured", "of both"}
    return frozenset(word for row in load("harm") if row["role"] in roles for word in row["lemmas"])


@cache
def _persons() -> dict[str, int]:
    return {noun: row["least"] for row in load("person_nouns") for noun in row["nouns"]}


@cache
def _suffixes() -> tuple[str, ...]:
    return tuple(suffix for row in load("person_nouns") for suffix in row.get("suffixes", ()))
