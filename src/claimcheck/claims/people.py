"""People in a sentence: whom a phrase names, what befell them, and how many they are at least."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, partial

from claimcheck.claims.clauses import SUBJECTS, Clause, Token, text_of
from claimcheck.lexicon import by_letter, entries, load
from claimcheck.model import Comparator, Interval, Mention

# ----------------------------------------------------------------------------------------------------
# Who a phrase names: the members of "a mother, her two sons and a guard", and the fewest people each is.
#
# Members are found by coordination, by appositions that add somebody ("Karim Aziz, his brother and his son
# were killed") and by "along with". An apposition that renames ("Karim Aziz, a farmer, was killed") adds
# nobody: it agrees with a verb in the singular, or stands behind a plural that counts the names already.

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
    beside = [] if clause.head.dep_ in {"acl", "relcl"} else _alongside(verb, clause.passive)
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
        edge = named.left_edge.i  # "Karim Aziz (Abu Omar)": another name of the same man
        bracketed = edge and named.doc[edge - 1].text in {"(", "["}
        if bracketed or named.i > joint or not (named.head.i == token.i or _owned(named)):
            continue
        siblings = (c for c in token.children if c.dep_ == "conj" and _owned(c))  # "Ali, his wife, *her* …"
        listed = number == "plural" or any(siblings) or any(c.dep_ == "conj" for c in named.children)
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
        return 2 if _least(within) or within.lemma_ in words_of_harm("noun") else None
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
def _counts_none() -> frozenset[str]:
    roles = {"of the dead", "of the injured", "of both"}
    return frozenset(word for row in load("harm") if row["role"] in roles for word in row["lemmas"])


@cache
def _persons() -> dict[str, int]:
    return {noun: row["least"] for row in load("person_nouns") for noun in row["nouns"]}


@cache
def _suffixes() -> tuple[str, ...]:
    return tuple(suffix for row in load("person_nouns") for suffix in row.get("suffixes", ()))


# ----------------------------------------------------------------------------------------------------
# The harm that a clause tells of: what befell whom, by its verb ("were killed", "burned to death", "lost
# his life") or by a noun ("the bodies of two men", "the death of a nurse and the injury of her driver").

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
            or (c.dep_ == "prep" and (c.lower_ in _OF_WHOM or any(p.lemma_ == "side" for p in c.children)))
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

words_of_harm = partial(entries, "harm", "role", "lemmas")
"""The words of the rows of data/harm.toml with a role."""


# ----------------------------------------------------------------------------------------------------
# How many people a sentence counts without always writing a number.
#
# "At least one woman and her three children were killed" counts at least 4, "a mother and her two sons" at
# least 3, "others were wounded" at least 2, "no guards were hurt" 0. A total that the text itself states
# ("12 killed") is left to the number; what is counted here is a lower bound, because nobody said that there
# were no more. "Up to 20 people, including at least 14 children" lies between 14 and 20.

_ANYONE = frozenset({"person", "people", "civilian", "individual", "victim", "human"})
"""Lemmas of nouns for people of whatever kind, of whom others may be the parts."""
_ONE_OF_A_KIND = frozenset({"man", "woman", "child", "boy", "girl", "baby"})
"""Those of nouns of which the others are no parts."""


@dataclass(frozen=True, slots=True)
class Count:
    """The people that a phrase counts: lower bound (and upper, where it is written), its characters in the
    sentence, the mentions that it adds up."""

    interval: Interval
    start: int
    end: int
    parts: tuple[Mention, ...]
    rule: str

    @property
    def comparator(self) -> Comparator:
        """How the count bounds the number: exact, from below, from both sides, or as vaguely as its parts."""
        if any(part.comparator == "vague" for part in self.parts):
            return "vague"
        low, high = self.interval.low, self.interval.high
        return "eq" if low == high else "ge" if high is None else "range"


def count_people(found: Harm, numbers: Mapping[int, Mention], stated: bool) -> Count | None:
    """The people that a clause counts by enumeration.

    `numbers` are the counting mentions by the index of the noun (or the number) that they count, `stated`
    whether the clause holds a number of its own. None where one number alone says it, or nobody is named.
    """
    named = [
        t for t in members(found.people, found.verb, found.clause) if not _fares_otherwise(t, found.verb)
    ]
    generic = found.clause.head.dep_ == "relcl" and found.verb.tag_ in {"VBZ", "VBP"}  # "who kills people"
    if not named or generic:
        return None
    counts = [_number(token, numbers) for token in named]
    if len(named) == 1 and (counts[0] is not None or not stated):
        bounded = _with_included(found, named[0], counts[0], numbers)
        if bounded is not None:
            return bounded
    if _is_divided(named, counts):
        return None
    numbered = [m for m in counts if m is not None]
    if stated and (not numbered or (len(numbered) == len(named) == 1 and named[0].i in numbers)):
        return None  # the number alone says it
    limits, kept = _added_up(named, counts)
    if limits.low is None or (stated and len(kept) == 1 and kept[0].i in numbers):
        return None
    rule = "casualties.sum" if numbered else "casualties.none" if limits.high == 0 else "casualties.named"
    return Count(limits, kept[0].left_edge.idx, _end(kept), tuple(numbered), rule)


def _is_divided(named: Sequence[Token], counts: Sequence[Mention | None]) -> bool:
    """Whether a first number is the whole of the others behind its comma: "six people, five women and a
    child". Those of a kind ("six men, five women and a child") are so only where the others make as many."""
    first, whole = named[0], counts[0]
    behind = first.nbor(1).lower_ if first.i + 1 < len(first.doc) else ""
    if whole is None or whole.value is None or len(named) < 2 or behind not in {",", "(", ":", "–", "—"}:
        return False
    others, _ = _added_up(named[1:], counts[1:])
    if others.low is None:
        return False
    lemma = first.lemma_.lower()
    exact = others.low == whole.value and lemma not in _ONE_OF_A_KIND
    return exact or (lemma in _ANYONE and others.low <= whole.value)


def _added_up(named: Sequence[Token], counts: Sequence[Mention | None]) -> tuple[Interval, list[Token]]:
    """The people that the members make, and the members that are people; what else is named adds nobody."""
    low, kept = Decimal(0), []
    high: Decimal | None = Decimal(0)
    for token, number in zip(named, counts, strict=True):
        if number is None:
            least = fewest(token)
            if least is None:
                continue
            few, many = Decimal(least), Decimal(0) if least == 0 else None
        elif is_person(token) or is_group(token):
            if shares_number(token):
                return Interval(None, None), []
            few, many = number.interval.low or Decimal(0), number.interval.high
        else:
            continue
        kept.append(token)
        low += few
        high = None if high is None or many is None else high + many
    closed = high is not None and len(kept) == len(named)
    if not kept or low != int(low) or (low == 0 and not closed):
        return Interval(None, None), []
    return Interval(low if low or not high else None, high if closed else None), kept


def _fares_otherwise(token: Token, verb: Token) -> bool:
    """Whether a member met another fate: "about 20 soldiers killed and 80 wounded"."""
    behind = token.nbor(1) if token.i + 1 < len(token.doc) else None
    if behind is None or behind.tag_ == "VBD" or behind.lower_ not in words_of_harm("fate"):
        return False
    of_verb = behind.head.i == verb.i and behind.dep_ in {"oprd", "acomp", "advcl"}  # "shot 7 boys dead"
    return behind.lemma_ != verb.lemma_ and token.dep_ == "conj" and not of_verb


def _number(token: Token, numbers: Mapping[int, Mention]) -> Mention | None:
    """The number that counts a member: "two sons", "a family of five"."""
    if token.i in numbers or not is_group(token):
        return numbers.get(token.i)
    sizes = (p for c in token.children if c.lower_ == "of" for p in c.children if p.dep_ == "pobj")
    return next((numbers[p.i] for p in sizes if p.i in numbers), None)


def _with_included(
    found: Harm, token: Token, number: Mention | None, numbers: Mapping[int, Mention]
) -> Count | None:
    """What the included members add to a number that leaves its lower end open, or to a group without one."""
    least = number.interval.low if number is not None else fewest(token)
    if number is not None and (
        number.interval.high is None or number.comparator not in {"le", "lt", "vague"}
    ):
        return None
    if number is None and not least:
        return None
    included = list(_included(found))
    floor = _at_least(included, numbers)
    if floor is None or (least is not None and floor <= least):
        return None
    high = None if number is None else number.interval.high
    if high is not None and floor > high:
        return None
    parts = [m for m in (number, *(numbers.get(t.i) for t in included)) if m is not None]
    start = token.left_edge.idx
    return Count(Interval(floor, high), start, _end([token, *included]), tuple(parts), "casualties.including")


def _included(found: Harm) -> Iterator[Token]:
    """The members that "including" or "among them" names of the people harmed."""
    for token in (found.people, found.verb):
        for prep in token.children:
            if prep.dep_ != "prep" or prep.lower_ not in {"including", "among"}:
                continue
            named = [p for p in prep.children if p.dep_ in {"pobj", "appos"}]
            if prep.lower_ == "among":
                if not named or named[0].lower_ not in {"them", "whom"}:
                    continue
                named = named[1:]
            for first in named:
                yield first
                yield from (t for t in first.subtree if t.dep_ == "conj" and t.head.dep_ in {"pobj", "conj"})


def _at_least(named: Sequence[Token], numbers: Mapping[int, Mention]) -> Decimal | None:
    """The fewest people that the parts make: their sum where they cannot overlap, else the largest.

    Parts of one row of data/parts.toml do not overlap, nor do single persons; "nine civilians and four
    women" may.
    """
    singles, several = Decimal(0), []
    for token in named:
        number = numbers.get(token.i)
        low = number.interval.low if number is not None else fewest(token)
        if low is None:
            continue
        if low == 1 and number is None:
            singles += 1
        several.append((token.lower_, Decimal(low)))
    if not several or any(low != int(low) for _, low in several):
        return None
    apart = any(all(word in row for word, _ in several) for row in _parts())
    return sum((low for _, low in several), Decimal(0)) if apart else max(singles, max(n for _, n in several))


def _end(named: Sequence[Token]) -> int:
    return int(max(max(t.idx + len(t) for t in _near(token)) for token in named))


def _near(token: Token) -> Iterator[Token]:
    yield token
    for child in token.children:
        if child.dep_ in {"compound", "amod", "flat", "nummod", "det", "poss"}:
            yield child
        if child.lower_ == "of" and is_group(token):  # "a family of five"
            yield from (p for p in child.children if p.pos_ == "NUM")
        if child.lower_ == "of" and token.pos_ == "NUM":  # "two of his sons"
            yield from (p for p in child.children if p.dep_ == "pobj")


@cache
def _parts() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(row["words"]) for row in load("parts"))
