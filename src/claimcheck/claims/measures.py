"""What a number measures: the counted noun and its role to the verb, also where they stand apart.

And of which other number it is a part, or takes its unit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby
from typing import Literal

from claimcheck.claims.clauses import Clause, Token, clause_of, clauses, stand_ins
from claimcheck.claims.people import (
    alternatives,
    before_included,
    behind_included,
    missed_subject,
    words_of_harm,
)
from claimcheck.lexicon import entries
from claimcheck.model import Claim

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
    measure strikes, not people killed.
    """
    start = noun if noun is not None else token
    clause = own_clause(token, noun, clause)
    if noun is None and (fate := _fate(token)) is not None:
        return f"people {fate.text}"
    named = noun if noun is not None else _told_of(token, clause)
    says = named is not None and named.pos_ in {"NOUN", "PROPN"}
    words = [*_before(named), named.text] if named is not None and (says or named is noun) else []
    within = [p for c in named.children if c.lower_ == "of" for p in c.children] if named and not noun else []
    for counted_of in (p for p in within if p.dep_ == "pobj"):
        words += [*_before(counted_of), counted_of.text]
        words += [c.text for c in counted_of.children if c.dep_ == "acl"]  # "the number of those *killed*"
    words += [t.text for t in _above(start, clause)] or _hurt_to(start)
    masked = stand_ins(token.doc)
    unsaid = _words("of_number") | {t.lower_ for t in token.doc if t.idx in masked or t.i == token.i}
    kept = [w for w in [*words, *_verbs(start, token, clause)] if w.lower() not in unsaid]
    return " ".join(word for word, _ in groupby(kept))  # of "9 people killed" the people head the sentence


def _fate(token: Token) -> Token | None:
    """What befell those whom a bare number counts: "three dead and 11 injured", "two more wounded"."""
    words = token.doc[token.i + 1 : token.i + 3]
    behind = next((t for t in words if t.lower_ not in {"more", "others", "other"}), None)
    nominal = behind is not None and behind.lower_ in words_of_harm("fate") and behind.tag_ != "VBD"
    return behind if nominal else None


def _told_of(number: Token, clause: Clause) -> Token | None:
    """What a bare number is told of: the dykes of "raise the dykes by 80 centimetres", the toll of "the death
    toll rose to 133"."""
    verb = number.head.head if number.dep_ == "pobj" else number
    moved = next((c for c in verb.children if c.dep_ == "dobj" and c.i < number.i), None)
    if moved is not None:
        return moved
    is_count = number.like_num or number.lower_ in _words("of_number")
    is_count = is_count and role_of(number, clause) == "object"
    return None if is_count else clause.subject()  # "a kilo of maize cost 64 shillings"


def _before(noun: Token) -> list[str]:
    return [t.text for t in noun.children if t.dep_ in _PREMODIFIER and t.i < noun.i and t.pos_ != "NUM"]


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


def _verbs(start: Token, token: Token, clause: Clause) -> list[str]:
    head = clause.head
    if _lives(clause) is not None:
        return ["killed"]
    if _adjunct(start, token, clause):
        return []
    objects = [c for c in head.children if c.dep_ == "dobj"]
    if role_of(start, clause) == "subject" and objects:  # "12 people sustained *injuries*"
        return [c.text for c in objects if c.lemma_ in words_of_harm("of the injured")]
    governing = [t for t in clause.tokens if t.i == head.i or t.dep_ in {"xcomp", "acomp", "oprd"}]
    told = [t for t in start.children if t.dep_ in {"acl", "relcl"}]  # "45 people *injured*"
    governing += [*told, *(c for t in told for c in t.children if c.dep_ == "dobj" and t.tag_ == "VBG")]
    said = (t for t in governing if t.pos_ in {"VERB", "ADJ", "NOUN", "AUX"} and t.lemma_ not in _LIGHT)
    either = alternatives(head)  # "four were killed or hurt": one of the two befell each
    told_apart = (c.i for t in either[1:] for c in t.children if c.dep_ == "dobj")
    both = len(either) > 1 and all(i in (start.i, token.i) for i in told_apart)
    words = dict.fromkeys(t.text for t in said if not both or t.i != head.i)
    one_of = [" or ".join(t.text for t in either)] if both else []
    return [*words, *_treated_for(clause), *_to_death(clause), *one_of]

_words = partial(entries, "measuring", "use", "lemmas")


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
