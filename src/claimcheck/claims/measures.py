"""What a number measures: the counted noun and its role to the verb, also where they stand apart.

And of which other number it is a part, or takes its unit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby, takewhile
from typing import Literal

from claimcheck.claims.clauses import Clause, Token
from claimcheck.claims.people import alternatives, behind_included, object_of, words_of_harm
from claimcheck.lexicon import entries
from claimcheck.model import Claim, Mention

# ----------------------------------------------------------------------------------------------------
# What a number measures: the counted noun, its role to the verb, and the text's own words for it.

_NUMERIC = frozenset({"nummod", "quantmod", "compound", "amod", "nmod", "det", "predet", "advmod"})
_PREMODIFIER = frozenset({"compound", "amod", "nmod"})
_NOUNS = frozenset({"NOUN", "PROPN"})
# Prepositions through which a number still belongs to the verb: "access to 765 patients", "the death of 5".
_MEASURING = frozenset({"of", "to", "for", "among", "including"})
_OTHERS = frozenset({"more", "others", "other"})
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
    behind = [t for t in token.doc[token.i + 1 : token.i + 3] if t.lower_ not in _OTHERS][:1]
    if noun is None and any(t.lower_ in words_of_harm("fate") and t.tag_ != "VBD" for t in behind):
        return f"people {behind[0].text}"  # "three dead and 11 injured"
    start = noun or token
    named = noun or _stated_of(token, clause)
    words: list[str] = []
    if named is not None and (named is noun or named.pos_ in _NOUNS):
        before = (t for t in named.lefts if t.dep_ in _PREMODIFIER and t.pos_ != "NUM")
        words = [t.text for t in (*before, named)]
    higher = takewhile(lambda t: t.i != clause.head.i, start.ancestors)
    nearest = start.head.nbor(-1) if start.dep_ == "pobj" and start.head.i else None
    if nearest is not None and nearest.lemma_ in words_of_harm("of the injured"):
        return f"{named} {nearest}"  # "the death of a man and *injuries* to two others"
    words += [t.text for t in higher if t.pos_ in _NOUNS]
    within = None if named is None or noun is not None else object_of(named)
    words += [] if within is None else [within.text]  # "the number of *wounded* is put at 50"
    joined = sorted([start, *start.conjuncts], key=lambda t: t.i)
    parted = start.i < joined[-1].i < clause.head.i and behind_included(joined[0])
    words += [] if parted else _verbs(start, clause)  # "among them two boys, and others were hurt"
    unsaid = {t.lower_ for t in token.doc if t.idx in token.doc.masked} | _words("of_number")
    kept = [w for w in words if w.lower() not in unsaid | {token.lower_}]
    return " ".join(word for word, _ in groupby(kept))  # of "9 people killed" the people head the sentence


def _stated_of(number: Token, clause: Clause) -> Token | None:
    """What a bare number is told of: the dykes of "raise the dykes by 80 centimetres", the toll of "the death
    toll rose to 133"."""
    verb = number.head.head if number.dep_ == "pobj" else number
    moved = next((c for c in verb.children if c.dep_ == "dobj" and c.i < number.i), None)
    is_count = number.like_num and role_of(number, clause) == "object"
    return moved or (None if is_count else clause.subject())  # "a kilo of maize cost 64 shillings"


def _verbs(start: Token, clause: Clause) -> Iterator[str]:
    head, role = clause.head, role_of(start, clause)
    objects = [c for c in head.children if c.dep_ == "dobj"]
    if head.lemma_ in words_of_harm("lives") and any(c.lemma_ == "life" for c in objects):
        yield "killed"  # "claimed 14 lives"
        return
    if head.lemma_ in _words("treats"):  # "40 were treated for shrapnel *wounds*"
        hurt = (t for t in clause.tokens if t.lemma_ in words_of_harm("hurt"))
        yield from (t.text for t in hurt if start not in t.ancestors)
    if role == "subject" and objects:  # "12 people sustained *injuries*"
        yield from (c.text for c in objects if c.lemma_ in words_of_harm("of the injured"))
        return
    measured = role != "other" or any(c.lower_ in _MEASURING for c in (start.head, *start.ancestors))
    inner = (t for t in clause.tokens if t.i == head.i or t.dep_ in ("xcomp", "acomp", "oprd"))
    stated = (t for t in start.children if t.dep_ in ("acl", "relcl"))  # "45 people *injured*"
    for verb in (*(inner if measured else ()), *stated):
        if verb.pos_ in ("VERB", "ADJ", "NOUN", "AUX") and verb.lemma_ not in _LIGHT:
            yield " or ".join(t.text for t in alternatives(verb))
    yield from (p.text for c in head.children if c.lower_ == "to" for p in c.children if p.lemma_ == "death")


_words = partial(entries, "measuring", "use", "lemmas")


# ----------------------------------------------------------------------------------------------------
# Which number another one is part of: "23 people, including nine children", "12 of them women", "of the 87
# inmates freed, 31 were women".
#
# A part never says more than its whole: a number that is larger than the one before it is no part of that.

SUMMED = ("casualties.sum",)  # rules whose claims hold other claims' people
_TAKEN_UP = frozenset({"them", "whom", "which", "those", "these"})
_COUNTS = frozenset({"quantity", "rank"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "dobj"})


def with_wholes(claims: Sequence[Claim], tokens: Mapping[int, Token]) -> list[Claim]:
    """The claims of a sentence, each part with the claim that it is part of.

    `tokens`: what each quantity hangs on, by where it starts.
    """
    sums = [c for c in claims if c.quantity and c.rule in SUMMED]
    out = []
    for claim in claims:
        own, others = claim.quantity, (s for s in sums if s is not claim)
        around = (s for s in others if own and s.quantity and s.quantity.span.contains(own.span))
        whole = next(around, None) or _whole(claim, claims, tokens)
        out.append(claim if whole is None else replace(claim, part_of=whole.claim_id))
    return [_with_least(claim, out) for claim in out]


def _with_least(claim: Claim, claims: Sequence[Claim]) -> Claim:
    """ "Up to 20 people, including at least 14 children" lies between 14 and 20."""
    own = claim.quantity
    if own is None or own.low is not None or own.high is None:
        return claim
    least = [c.quantity.low for c in claims if c.part_of == claim.claim_id and c.quantity and c.quantity.low]
    return replace(claim, quantity=replace(own, low=max(least), comparator="range")) if least else claim


def _whole(claim: Claim, claims: Sequence[Claim], tokens: Mapping[int, Token]) -> Claim | None:
    """The number that a sentence takes this one from: the base of "three of the five", else the nearest
    before "including", "among them" or "of whom" that counts and is not smaller."""
    token = None if claim.quantity is None else tokens.get(claim.quantity.start)
    if claim.quantity is None or token is None or claim.kind not in _COUNTS:
        return None
    base, at = _base_of(token), claim.quantity.start
    stated = [
        (c, tokens[c.quantity.start]) for c in claims if c.quantity and c.quantity.start in tokens
        if c.kind in _COUNTS and _may_hold(c.quantity, claim.quantity)
    ]  # fmt: skip
    if base is not None:
        inside = [c for c, t in stated if c is not claim and any(child.i == t.i for child in base.children)]
        return inside[0] if inside else None
    before = [c for c, t in stated if c.quantity and c.quantity.start < at and not _is_included(t)]
    return before[-1] if before and _is_included(token) else None


def _base_of(token: Token) -> Token | None:
    """The noun of which the number is a part: in "three of the dams", in "of the 87 inmates, 31 left"."""
    within = object_of(token)
    if within is not None:
        return None if within.pos_ == "PRON" or within.lower_ in _TAKEN_UP else within
    subject, first = counted(token) or token, token.doc[0]
    fronted = first.lower_ == "of" and first.head.i == subject.head.i and subject.dep_ in _SUBJECTS
    return next((p for p in first.children if fronted and p.dep_ == "pobj"), None)


def _is_included(token: Token) -> bool:
    """Whether a number is of people told before: "23 people, *including* nine children", "12 *of them*"."""
    noun = counted(token) or token
    within = object_of(token)
    first = min([noun, *noun.conjuncts], key=lambda t: t.i)
    return (within is not None and within.lower_ in _TAKEN_UP) or behind_included(first)


def _may_hold(whole: Mention, part: Mention) -> bool:
    """Whether the whole can be as large as the part."""
    return part.kind == whole.kind and (whole.high is None or part.low is None or part.low <= whole.high)
