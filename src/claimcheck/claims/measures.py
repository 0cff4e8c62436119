"""What a number measures: the counted noun and its role to the verb, also where they stand apart.

And of which other number it is a part, or takes its unit.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import groupby
from typing import Literal

from claimcheck.claims.clauses import SUBJECTS, Clause, Token, clause_of, clauses, stand_ins
from claimcheck.claims.people import (
    alternatives,
    before_included,
    behind_included,
    is_person,
    missed_subject,
    words_of_harm,
)
from claimcheck.lexicon import load, pattern
from claimcheck.model import Claim, Mention, Reading, Span
from claimcheck.names import WORD
from claimcheck.numbers.numerals import number_words

# ----------------------------------------------------------------------------------------------------
# What a number measures: the counted noun, its role to the verb, and the text's own words for it.

_NUMERIC = frozenset({"nummod", "quantmod", "compound", "amod", "nmod", "det", "predet", "advmod"})
_PREMODIFIER = frozenset({"compound", "amod", "nmod"})
# Prepositions through which a number still belongs to the verb: "access to 765 patients", "the death of 5".
_MEASURING = frozenset({"of", "to", "for", "among", "including"})
_RANGING = frozenset({"between", "from", "to", "at", "up", "about", "around", "over", "under", "than"})
_RANGE = 6  # tokens: the longest range before its last number
_RESULTING = frozenset(
    {"result", "lead", "end", "culminate", "rise", "increase", "climb", "grow", "fall", "stand"}
)
_JOINED = 4  # tokens: between two nouns that one number counts
_LIGHT = frozenset({"be", "have", "become", "do", "get", "make", "say"})


def counted(token: Token) -> Token | None:
    """The noun that a number counts: "765 desperate patients", "dozens of civilians", "the 21st civilian"."""
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            behind = next((t for t in child.children if t.dep_ == "pobj"), None)
            if behind is not None and (behind.pos_ != "PROPN" or token.pos_ != "NOUN"):
                return behind  # "15 kilometres of Manbij" counts kilometres
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
    measure strikes, not people killed. "claimed 14 lives" measures people killed.
    """
    words: list[str] = []
    start = noun if noun is not None else token
    clause = own_clause(token, noun, clause)
    lives = _lives(clause)
    if (brought := _brought_to(token, noun, clause)) is not None:
        return " ".join(brought)
    if noun is not None:
        for t in noun.children:
            if t.dep_ in _PREMODIFIER and t.i < noun.i and t.pos_ != "NUM" and t.i != token.i:
                words += [t.text, *(_joined(t) if t.dep_ == "amod" else ())]
        words += [noun.text, *_joined(noun)]
        if token.i > noun.i and token.dep_ == "appos":  # "civilians killed in May: 15"
            words += _befallen(noun)
    elif (moved := _moved_by(token)) is not None:
        words += [*_before(moved), moved.text]
    elif (is_what := _is_what(token, clause)) is not None:
        words += is_what
    elif (own := _own_verb(token)) is not None:
        return str(own.text)
    elif (fate := _fate(token)) is not None:
        return " ".join(["people", fate.text, *_together(fate)])
    elif (subject := clause.subject()) is not None and subject.pos_ in {"NOUN", "PROPN"}:
        # "the death toll rose to 133": what rose is what the number measures
        words += _before(subject)
        if role_of(token, clause) != "object" or clause.head.lemma_ in _words("amounts"):
            words += [subject.text, *_of_what(subject)]
        else:
            words.clear()
    words += [t.text for t in _above(start, clause)] or _hurt_to(start)
    if lives is not None:
        whose = [w for w in words if w != lives.text]
        return " ".join([*(whose or ["people"]), "killed"])
    masked = stand_ins(token.doc)
    unsaid = _words("of_number") | {t.lower_ for t in token.doc if t.idx in masked}
    kept = [w for w in [*words, *_verbs(start, token, clause)] if w.lower() not in unsaid]
    return " ".join(word for word, _ in groupby(kept))  # of "9 people killed" the people head the sentence


def _brought_to(token: Token, noun: Token | None, clause: Clause) -> list[str] | None:
    """What is brought, raised or put to a number: the toll of "bringing the death toll to 133"."""
    if clause.head.lemma_ not in _words("brings_to"):
        return None
    behind = noun if noun is not None else token
    if behind.dep_ != "pobj" or behind.head.lower_ not in {"to", "at", "from"} or noun is not None:
        return None
    moved = next((c for c in clause.head.children if c.dep_ == "dobj"), None)
    if moved is None or behind.head.head.i != clause.head.i:
        return None
    return [*_before(moved), moved.text, *_of_what(moved)]


def _moved_by(token: Token) -> Token | None:
    """What is changed by so much: the dykes of "wants to raise the dykes by 80 centimetres"."""
    by = token.head
    if token.dep_ != "pobj" or by.lower_ != "by":
        return None
    return next((c for c in by.head.children if c.dep_ == "dobj"), None)


def _joined(first: Token) -> list[str]:
    """What else the same number counts: the schools of "40 homes and schools", the Iraqi of "Syrian and
    Iraqi families". What has a number or an article of its own is counted apart."""
    more = next((c for c in first.children if c.dep_ == "conj" and c.pos_ == first.pos_), None)
    if more is None or more.i > first.i + _JOINED or first.pos_ not in {"NOUN", "ADJ"}:
        return []
    own = any(c.dep_ in SUBJECTS | {"det", "poss"} or c.lower_ in _words("part") for c in more.children)
    own = (
        own or more.lower_ in _words("part") or more.lemma_ in words_of_harm("of the injured")
    )  # "one civilian and injuries to two others"
    behind = _joined(more)
    joiner = next((c.lower_ for c in first.children if c.lower_ in {"and", "or"}), None)
    if own or any(t.like_num for t in more.subtree) or (joiner is None and not behind):
        return []
    return [joiner or "and", *_before(more), more.text, *behind]


def _before(noun: Token) -> list[str]:
    return [t.text for t in noun.children if t.dep_ in _PREMODIFIER and t.i < noun.i]


def compounds(number: Token, noun: Token | None, clause: Clause) -> tuple[str, ...]:
    """The nouns right before what a number counts, and before the nouns behind it, each with its own: the
    ("dairy farm",) of "84 dairy farms"; where it counts nothing itself, before all nouns of its clause. They
    say which are counted, as adjectives need not ("desperate patients")."""
    found = {t.i: t for t in clause.tokens if noun is None or t.i > number.i}
    found |= {} if noun is None else {t.i: t for t in noun.children}
    before = (t for i, t in sorted(found.items()) if t.dep_ in _PREMODIFIER and i + 1 == t.head.i)
    pairs = (t for t in before if t.pos_ == t.head.pos_ == "NOUN" and t.is_alpha)
    return tuple(f"{t.lemma_.lower()} {t.head.lemma_.lower()}" for t in pairs)


def _of_what(noun: Token) -> list[str]:
    """What a number, a toll or a share is of: the displaced people of "the number of displaced people"."""
    within = [p for c in noun.children if c.lower_ == "of" for p in c.children if p.dep_ == "pobj"]
    return [word for p in within for word in (*_before(p), p.text, *_together(p), *_befallen(p))]


def _befallen(noun: Token) -> list[str]:
    """What befell or occupies those whom a number is said to be of: the killed of "the number of civilians
    killed", the awaiting evacuation of "the number of children awaiting evacuation"."""
    out = []
    for verb in (c for c in noun.children if c.dep_ == "acl" and c.tag_ in {"VBN", "VBG"}):
        objects = [c for c in verb.children if c.dep_ == "dobj"] if verb.tag_ == "VBG" else []
        out += [verb.text, *(word for o in objects for word in (*_before(o), o.text))]
    return out


def _together(first: Token) -> list[str]:
    """The injured of "the number of dead and injured", the wounded of "were dead or wounded": by the order of
    the words, since the parse joins now the two, now what stands above one of them."""
    if first.lower_ not in words_of_harm("fate") or first.i + 2 >= len(first.doc):
        return []
    joiner, more = first.nbor(1), first.nbor(2)
    together = joiner.lower_ in {"and", "or"} and more.lower_ in words_of_harm("fate")
    own = more.i + 1 < len(more.doc) and more.nbor(1).like_num
    return [joiner.lower_, more.text] if together and not own else []


def _is_what(token: Token, clause: Clause) -> list[str] | None:
    """What a bare number is said to be: the women of "31 were women"."""
    verb = clause.head
    if token.dep_ not in {"nsubj", "nsubjpass"} or token.head.i != verb.i or verb.lemma_ != "be":
        return None
    found = next((c for c in verb.children if c.dep_ == "attr"), None)
    if found is None:
        return None
    return [*_before(found), found.text]


def _own_verb(token: Token) -> Token | None:
    """The verb of a bare number that the parse joins to the verb before ("and another 90,000 fled")."""
    if token.dep_ != "conj" or token.head.pos_ not in {"VERB", "AUX"}:
        return None
    return next((c for c in token.children if c.dep_ in {"acl", "relcl"}), None)


def is_base(token: Token, noun: Token | None) -> bool:
    """Whether what a number counts is only what a part is taken of: the five dams in "three of the five
    dams", the samples in "of 1,345 samples, 212 were positive". The verb tells of the part."""
    if noun is None or noun.dep_ != "pobj" or noun.head.lower_ != "of" or noun.head.head.i == token.i:
        return False
    of = noun.head
    return of.i == 0 or of.head.pos_ == "NUM" or of.head.lower_ in _words("part")


def base_verb(noun: Token) -> Token | None:
    """What such a base is said to have done or suffered itself: "of the 87 inmates freed"."""
    return next((c for c in noun.children if c.dep_ in {"acl", "relcl"} and c.lemma_ not in _LIGHT), None)


def own_clause(token: Token, noun: Token | None, clause: Clause) -> Clause:
    """The clause whose people a number takes up again, where the parse gives it to a later one.

    "30 died, 19 of them women, and 7 were hurt": the 19 are of those who died. So are the boys in "nine
    died, among them two boys, and others were hurt".
    """
    if noun is None:
        return clause
    head = clause.head
    for verb in head.children:  # "…, and several others were hurt"
        missed = missed_subject(verb) if verb.dep_ == "conj" and verb.i > noun.i else None
        if missed is not None and missed.i == noun.i:
            return clause_of(verb, clauses(token.doc))
    if not (_takes_up(token, noun) or _is_included(noun)) or _does_itself(noun, head):
        return clause
    former = [c for c in head.children if c.dep_ == "ccomp" and c.i < token.i and c.pos_ in {"VERB", "AUX"}]
    if head.dep_ in {"conj", "ccomp"} and head.head.i < token.i < head.i:
        former.append(head.head)
    return clause_of(former[-1], clauses(token.doc)) if former else clause


def _is_included(noun: Token) -> bool:
    """Whether a noun is one of several behind "including" or "among them", not the last of them."""
    first = noun
    while first.dep_ == "conj" and first.head.i < first.i:
        first = first.head
    joined = [first]
    for token in joined:
        joined += [c for c in token.children if c.dep_ == "conj"]
    return noun.i < max(t.i for t in joined) and behind_included(first)


def _does_itself(noun: Token, verb: Token) -> bool:
    """Whether a verb stands right behind a noun: "and 19 of them were later hurt"."""
    between = verb.doc[noun.i + 1 : verb.i]
    return noun.i < verb.i and all(t.pos_ in {"AUX", "ADV", "PART"} for t in between)


def _takes_up(token: Token, noun: Token) -> bool:
    return bool(noun.pos_ == "PRON" and noun.i > token.i)


def _lives(clause: Clause) -> Token | None:
    """The lives that the verb of the clause takes: "claimed 14 lives", "lost their lives"."""
    if clause.head.lemma_ not in words_of_harm("lives"):
        return None
    return next((c for c in clause.head.children if c.dep_ == "dobj" and c.lemma_ == "life"), None)


def _fate(token: Token) -> Token | None:
    """What befell those whom a bare number counts: "three dead and 11 injured", "two more wounded"."""
    words = token.doc[token.i + 1 : token.i + 3]
    behind = next((t for t in words if t.lower_ not in {"more", "others", "other"}), None)
    nominal = behind is not None and behind.lower_ in words_of_harm("fate") and behind.tag_ != "VBD"
    return behind if nominal else None


def _above(start: Token, clause: Clause) -> Iterator[Token]:
    """The nouns above a counted noun, up to the verb; what "and" joins with it is counted apart."""
    here, joined = start, False
    while here.i != clause.head.i and here.head.i != here.i:
        joined = here.dep_ in {"conj", "appos"}
        here = here.head
        timed = here.lemma_ in _words("time_unit")  # "from 30 two weeks earlier"
        if here.pos_ in {"NOUN", "PROPN"} and here.i != clause.head.i and not joined and not timed:
            yield here


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
    if is_base(token, start):
        own = base_verb(start)
        return [] if own is None else [own.text]
    if _adjunct(start, token, clause):
        return []
    objects = [c for c in clause.head.children if c.dep_ == "dobj" and not behind_included(c)]
    if role_of(start, clause) == "subject" and objects:
        if clause.head.lemma_ in _words("moves"):
            return [clause.head.text]
        return [objects[0].text, clause.head.text] if clause.head.lemma_ in _words("suffers") else []
    out = []
    for t in clause.tokens:
        governs = (
            t.i == clause.head.i
            or t.dep_ in {"xcomp", "acomp", "oprd"}
            or (t.dep_ == "acl" and t.head.i == start.i)
        )
        if governs and t.pos_ in {"VERB", "ADJ", "NOUN", "AUX"} and t.lemma_ not in _LIGHT:
            out += [t.text, *(_together(t) if t.dep_ in {"acomp", "oprd"} else ())]
            out += _befallen(t) if t.pos_ == "NOUN" and token.dep_ == "appos" else ()
    if clause.head.text in out:  # "four were killed or hurt": one of the two befell each
        others = alternatives(clause.head)
        apart = (c.i for t in others[1:] for c in t.children if c.dep_ == "dobj")
        if len(others) > 1 and all(i in (start.i, token.i) for i in apart):
            out.remove(clause.head.text)
            out.append(" or ".join(t.text for t in others))
    out += [*_treated_for(clause), *_to_death(clause)]
    for t in start.children:  # "45 people injured", "the 21st civilian to die": what befell them
        if t.dep_ in {"acl", "relcl"} and t.lemma_ not in _LIGHT and t.text not in out and not _of_them(t):
            out.append(t.text)
    return out


def _of_them(verb: Token) -> bool:
    """Whether a relative clause tells only of some: "45 casualties, of whom 20 died"."""
    return any(
        t.lower_ in {"whom", "which"} and t.head.lower_ in {"of", "among"} and t.head.head.i == verb.i
        for t in verb.subtree
    )


def _to_death(clause: Clause) -> list[str]:
    """The death of "four were burned to death"."""
    behind = (p for c in clause.head.children if c.lower_ == "to" and c.dep_ == "prep" for p in c.children)
    return [p.text for p in behind if p.lemma_ in words_of_harm("to death")]


def _hurt_to(start: Token) -> list[str]:
    """The injuries of "the death of a man and injuries to two others"."""
    to = start.head
    if start.dep_ != "pobj" or to.lower_ != "to" or not to.i:
        return []
    before = to.nbor(-1)
    return [before.text] if before.lemma_ in words_of_harm("of the injured") else []


def _treated_for(clause: Clause) -> list[str]:
    """The wounds of "40 were treated for shrapnel wounds": who is treated for them is hurt."""
    if clause.head.lemma_ not in _words("treats"):
        return []
    placed = (
        p for c in clause.head.children if c.lower_ == "to" for p in c.children
    )  # "taken to hospital with"
    over = (c for t in (clause.head, *placed) for c in t.children if c.lower_ in {"for", "with"})
    return [p.text for c in over for p in c.children if p.lemma_ in words_of_harm("hurt")]


@cache
def _words(use: str) -> frozenset[str]:
    return frozenset(w for row in load("measuring") if row["use"] == use for w in row["lemmas"])


def tells_how_long(token: Token, clause: Clause) -> bool:
    """Whether a length of time is what is told: "lasted 12 days", "jailed for 14 years", "a six-year
    sentence", "20 years in prison"."""
    if clause.head.lemma_ in _words("lasts"):
        return True
    if token.head.lemma_.lower() in _words("term") and token.dep_ in ("compound", "nmod", "poss", "amod"):
        return True
    behind = (c for prep in token.children if prep.dep_ == "prep" for c in prep.children)
    if any(c.dep_ == "pobj" and c.lemma_.lower() in _words("term") for c in behind):
        return True
    hung_on = token.head.head if token.dep_ == "pobj" and token.head.lower_ in ("to", "for") else token.head
    return hung_on.i == clause.head.i and clause.head.lemma_ in _words("jails")


# ----------------------------------------------------------------------------------------------------
# Which number another one is part of: "23 people, including nine children", "12 of them women", "of the 87
# inmates freed, 31 were women".
#
# A part never says more than its whole: a number that is larger than the one before it is no part of that.

SUMMED = ("casualties.sum", "casualties.including")  # rules whose claims hold other claims' people
_TAKEN_UP = frozenset({"them", "whom", "which", "those", "these"})
_COUNTS = frozenset({"quantity", "rank"})


def with_wholes(claims: Sequence[Claim], tokens: Mapping[int, Token]) -> list[Claim]:
    """The claims of a sentence, each part with the claim that it is part of.

    `tokens`: what each quantity hangs on, by where it starts.
    """
    sums = [c for c in claims if c.quantity and c.rule in SUMMED]
    out = []
    for claim in claims:
        whole = _sum_around(claim, sums) or _whole(claim, claims, tokens)
        out.append(claim if whole is None else replace(claim, part_of=whole.claim_id))
    return out


def _sum_around(claim: Claim, sums: Sequence[Claim]) -> Claim | None:
    if claim.quantity is None:
        return None
    span = claim.quantity.span
    return next((s for s in sums if s is not claim and s.quantity and s.quantity.span.contains(span)), None)


def went_past(mention: Mention, number: Token, noun: Token | None, verb: Token) -> bool:
    """Whether what is counted went past a number: "cases passed 30,000", "crossed the 30,000 mark"."""
    if (
        mention.kind != "number"
        or mention.comparator not in ("eq", "gt")
        or verb.lemma_ not in _words("passes")
    ):
        return False
    if noun is not None:
        return bool(noun.lemma_ in _words("marks"))
    return bool(number.dep_ == "dobj" and number.head.i == verb.i)


def beyond(mention: Mention) -> Mention:
    """A number as what is more than it."""
    if mention.comparator == "gt":
        return replace(mention, noun=None)
    low = mention.value if mention.value is None else mention.value + 1
    return replace(mention, comparator="gt", low=low, high=None, noun=None)


def _whole(claim: Claim, claims: Sequence[Claim], tokens: Mapping[int, Token]) -> Claim | None:
    """The number that a sentence takes this one from: the base of "three of the five", else the nearest
    before "including", "among them" or "of whom" that counts and is not smaller."""
    token = None if claim.quantity is None else tokens.get(claim.quantity.start)
    if token is None or claim.kind not in _COUNTS:
        return None
    noun = counted(token)
    base = _base_of(token, noun)
    if base is not None:
        ahead = [c for c in claims if c is not claim and _counts(c, base, tokens)]
        if ahead or not _stands_included(token):
            return ahead[0] if ahead and _may_hold(ahead[0], claim) else None
    elif not _is_of_them(token) and not _stands_included(token if noun is None else noun):
        return None
    before = [c for c in claims if _is_before(c, claim, tokens) and _may_hold(c, claim)]
    return before[-1] if before else None


def _base_of(token: Token, noun: Token | None) -> Token | None:
    """The noun of which the number is a part: in "three of the dams", in "of the 87 inmates, 31 left"."""
    if noun is not None and noun.dep_ == "pobj" and noun.head.head.i == token.i:
        return None if noun.pos_ == "PRON" or noun.lower_ in _TAKEN_UP else noun
    subject = token if noun is None else noun
    if subject.dep_ not in {"nsubj", "nsubjpass", "dobj"}:
        return None
    first = subject.head.doc[0]
    if first.lower_ != "of" or first.dep_ != "prep" or first.head.i != subject.head.i:
        return None
    return next((p for p in first.children if p.dep_ == "pobj"), None)


def _counts(claim: Claim, noun: Token, tokens: Mapping[int, Token]) -> bool:
    token = None if claim.quantity is None else tokens.get(claim.quantity.start)
    return token is not None and any(c.i == token.i for c in noun.children)


def _is_of_them(token: Token) -> bool:
    """Whether "of them" or "of whom" stands behind the number."""
    behind = (p for c in token.children if c.lower_ == "of" for p in c.children)
    return any(p.lower_ in _TAKEN_UP for p in behind)


def _stands_included(noun: Token) -> bool:
    first = last = noun
    while first.dep_ == "conj" and first.head.i < first.i:
        first = first.head
    while (joined := next((c for c in last.children if c.dep_ == "conj"), None)) is not None:
        last = joined
    if before_included(last):
        return bool(
            noun.i != first.i
        )  # "nine people, a nurse and two boys among them": the first is the whole
    return behind_included(first)


def _is_before(other: Claim, claim: Claim, tokens: Mapping[int, Token]) -> bool:
    """Whether another number stands before this one and is no such part itself."""
    if other.quantity is None or claim.quantity is None or other.quantity.start >= claim.quantity.start:
        return False
    token = tokens.get(other.quantity.start)
    if token is None or other.kind not in _COUNTS or other.quantity.kind != "number":
        return False
    noun = counted(token)
    return not _is_of_them(token) and not _stands_included(token if noun is None else noun)


def _may_hold(whole: Claim, part: Claim) -> bool:
    """Whether the whole can be as large as the part."""
    if whole.quantity is None or part.quantity is None or part.quantity.kind != whole.quantity.kind:
        return False
    high, low = whole.quantity.high, part.quantity.low
    return high is None or low is None or low <= high


# ----------------------------------------------------------------------------------------------------
# Numbers that stand apart from what they count and are said to be its number: "520 is the number of people
# who died", "3,000: that is how many delegates came", "Civilians killed in May: 774".

_ROW = frozenset({"ADP", "PROPN", "PUNCT", "CCONJ", "DET", "NUM", "ADV", "ADJ", "SYM"})
_BESIDE = frozenset({"nsubj", "dep", "meta", "npadvmod", "dislocated", "parataxis", "ccomp", "nummod"})


@dataclass(frozen=True, slots=True)
class Equated:
    """The noun that such a number counts, and the verb that says of it what is counted, where one does."""

    noun: Token
    verb: Token | None = None


def equated(number: Token) -> Equated | None:
    """What a bare number is said to be the number of, None where it is said of none."""
    if number.dep_ == "appos":
        return _labelled(number)
    if number.dep_ == "pobj" and number.head.lower_ == "to":
        return _number_brought_to(number)
    verb = number.head
    if number.dep_ not in _BESIDE or verb.lemma_ != "be" or (verb.i < number.i and number.dep_ == "nsubj"):
        return None
    for child in verb.children:
        if child.dep_ == "attr" and child.lemma_ in _numbers():
            noun = _of(child)
            return None if noun is None else Equated(noun, _said_of(noun))
        if child.dep_ == "ccomp" and (asked := _how_many(child)) is not None:
            return Equated(asked, child)
    return None


def counts_there(number: Token, clause: Clause) -> Token | None:
    """What a bare number counts that has no noun of its own: the states of "the number of states rose to 40",
    the seats of "the old bus holds 20 seats; the new one holds 30"."""
    subject = clause.subject()
    noun = None if subject is None or subject.lemma_ not in _numbers() else _of(subject)
    noun = noun or _of_the_same_verb(number)
    return noun if noun is not None and noun.pos_ == "NOUN" else None


def _of_the_same_verb(number: Token) -> Token | None:
    """What the object counts that the same verb had before: "holds 20 seats; the other holds *30*"."""
    verb = number.head
    if number.dep_ != "dobj" or number.pos_ != "NUM" or verb.pos_ != "VERB":
        return None
    former = (t for t in verb.doc[: verb.i] if t.lemma_ == verb.lemma_ and t.pos_ == "VERB")
    objects = (c for v in former for c in v.children if c.dep_ == "dobj" and c.i < verb.i)
    return next((o for o in objects if any(c.dep_ == "nummod" for c in o.children)), None)


def verbs_of(number: Token, noun: Token | None) -> list[Token]:
    """The verbs that tell of those whom a bare number counts elsewhere in its sentence: what befell them has
    no number of its own. `noun`: what it counts itself."""
    same = equated(number) if noun is None else None
    if same is None:
        return []
    label = [c for c in number.head.children if c.dep_ == "acl"] if number.dep_ == "appos" else []
    return [*label[:1], *([] if same.verb is None else [same.verb])]


def _number_brought_to(number: Token) -> Equated | None:
    """Of what a number is brought to so many, where the parse hangs the "to" on those who are counted: "took
    the number of patients who died in Tarn to seven"."""
    here = number.head
    while here.head.i != here.i:
        here = here.head
        if here.lemma_ in _numbers() and here.dep_ == "dobj" and here.i < number.i:
            noun = _of(here)
            brings = here.head.lemma_ in _words("brings_to")
            return Equated(noun, here.head) if brings and noun is not None else None
    return None


def _labelled(number: Token) -> Equated | None:
    noun = number.head
    colon = any(c.text == ":" and noun.i < c.i < number.i for c in noun.children)
    if not colon or noun.dep_ != "ROOT" or noun.tag_ not in {"NNS", "NN"}:
        return None
    return Equated(noun) if is_person(noun) else None


def _of(noun: Token) -> Token | None:
    return next((p for c in noun.children if c.lower_ == "of" for p in c.children if p.dep_ == "pobj"), None)


def _said_of(noun: Token) -> Token | None:
    """The clause or participle that says what befell those who are counted."""
    told = (c for c in noun.children if c.dep_ == "relcl" or (c.dep_ == "acl" and c.tag_ == "VBN"))
    return next(told, None)


def _how_many(verb: Token) -> Token | None:
    """The people of "how many people died"."""
    subjects = (c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"})
    return next((s for s in subjects if any(c.lower_ == "many" for c in s.children)), None)


def _numbers() -> frozenset[str]:
    return _words("equates")


# ----------------------------------------------------------------------------------------------------
# A bare number that a sentence compares with one before it is of the same unit and scale: "15.6 million
# tonnes, up from 14.2" tells of 14.2 million tonnes, "57 square kilometres, against 41.5" of no 41.5 mines.

_COMPARED = pattern("whose_time", "compared")
_BARE = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?")
_LEAD = 40
"""Characters before a number in which the words of a comparison stand."""
_LIKELY = 20
"""A number so many times as great or as small as the one it is compared with is of another scale."""
_UNITS = frozenset({"percent", "money", "measure"})


def with_scales(reading: Reading) -> Reading:
    """A reading whose bare numbers have the unit and the scale of what they are compared with."""
    beside: dict[Span, list[Claim]] = defaultdict(list)
    for claim in reading.claims:
        if claim.quantity is not None:
            beside[claim.context].append(claim)
    if all(len(claims) < 2 for claims in beside.values()):
        return reading
    text = reading.document.text
    return replace(reading, claims=tuple(as_compared(c, beside[c.context], text) for c in reading.claims))


def as_compared(claim: Claim, beside: Sequence[Claim], text: str) -> Claim:
    """The claim with the unit and the scale of the number that its own is compared with. `beside`: the claims
    with a number of the sentence."""
    quantity = claim.quantity
    if quantity is None or quantity.kind != "number" or quantity.noun is not None:
        return claim
    if _BARE.fullmatch(quantity.text) is None or quantity.value is None:
        return claim
    start = max(claim.context.start, quantity.wide_start - _LEAD)
    if _COMPARED.search(text, start, quantity.wide_start) is None:
        return claim
    before = [c.quantity for c in beside if c.quantity is not None and c.quantity.end <= quantity.start]
    other = max(before, key=lambda q: q.end, default=None)
    if other is None:
        return claim
    scaled = _scaled(quantity, other)
    if other.kind in _UNITS:
        scaled = replace(scaled, kind=other.kind, unit=other.unit)
    return claim if scaled is quantity else replace(claim, quantity=scaled)


def _scaled(quantity: Mention, other: Mention) -> Mention:
    """The number times the scale word of another, where both are then of one magnitude."""
    words = (number_words().get(word.lower()) for word in WORD.findall(other.text))
    scale = next((word[1] for word in words if word is not None and word[0] == "scale"), Decimal(1))
    value = Decimal(0) if quantity.value is None else quantity.value * scale
    if scale == 1 or not value or not other.value or not 1 / _LIKELY < value / other.value < _LIKELY:
        return quantity
    if quantity.low is None or quantity.low != quantity.high:
        return quantity if quantity.low is None else _times(quantity, scale, Decimal(0))
    half = Decimal(1).scaleb(min(0, int(quantity.value.as_tuple().exponent))) / 2 if quantity.value else 0
    return _times(quantity, scale, Decimal(half))


def _times(quantity: Mention, scale: Decimal, half: Decimal) -> Mention:
    """A number at a scale, with half a unit of its last digit on either side."""
    low = None if quantity.low is None else (quantity.low - half) * scale
    high = None if quantity.high is None else (quantity.high + half) * scale
    value = None if quantity.value is None else quantity.value * scale
    return replace(quantity, value=value, low=low, high=high)
