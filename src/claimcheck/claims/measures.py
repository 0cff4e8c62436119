"""What a number measures: the counted noun and its role to the verb, also where they stand apart.

And of which other number it is a part, or takes its unit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from claimcheck.claims.people import behind_included, object_of, words_of_harm
from claimcheck.lexicon import entries
from claimcheck.model import Claim, Proposition, replace
from claimcheck.syntax.clauses import Clause
from claimcheck.syntax.tree import Token

# ----------------------------------------------------------------------------------------------------
# What a number measures: the counted noun, its role to the verb, and the text's own words for it.

_NUMERIC = frozenset({"nummod", "quantmod", "compound", "amod", "nmod", "det", "predet", "advmod"})
_ARGUMENTS = frozenset({
    "nsubj", "nsubjpass", "agent", "dobj", "obj", "dative", "attr", "oprd", "acomp",
})  # fmt: skip
_NAMING, _TELLING = frozenset({"NOUN", "PROPN"}), frozenset({"VERB", "ADJ"})
_COUNTED = frozenset({"head", "modifier", "noun", "of"})
_PREDICATED_OF = {"oblique": frozenset({"subject", "object"}), "attribute": frozenset({"subject"})}
_BEFELL = frozenset({"predicate", "governor", "complement", "relative", "attribute"})
# Prepositions through which a number still belongs to the verb: "access to 765 patients", "the death of 5".
_MEASURING = frozenset({"of", "to", "for", "among", "including"})
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


def is_argument(token: Token, clause: Clause) -> bool:
    """Whether a counted noun is an argument of its clause, looking through "of" and coordination."""
    here = token
    while here.dep_ in {"pobj", "prep", "conj", "nummod", "appos"} and here.head.i != here.i:
        if here.dep_ == "prep" and here.lower_ != "of":
            return False
        if here.dep_ == "conj" and here.head.pos_ in {"VERB", "AUX"}:
            break
        here = here.head
    return here.dep_ in _ARGUMENTS


def measure_words(said: Proposition, text: str, parted: bool) -> str:
    """The text's own words for what is measured: what is counted, or what a bare number is of, the nouns
    above, what befell it. `parted`: it is of others mentioned before, and what follows is not said of it.

    Of "refusing to allow access to 765 desperate patients" these are "refusing allow access desperate
    patients". A subject with an object of its own leaves its verb out: the strikes that killed five
    measure strikes, not people killed.
    """
    top = next((p.level for p in said.parts if p.role == "predicate"), len(said.parts))
    own = [p for p in said.parts if not p.context and p.pos in _NAMING | _TELLING]
    own = [p for p in own if p.role != "noun" or p.level < top]  # "a coalition that made 85"
    beside = (p.start for p in said.parts if (p.role, p.pos) == ("attribute", "NUM") and not p.context)
    another = next(beside, len(text))  # "96 people dead and *240* injured"
    acts = said.role == "subject" and any(p.role == "object" for p in own)
    apart = parted or acts or (said.role == "oblique" and said.prep not in _MEASURING)
    bare = not any(p.role == "head" and p.is_head for p in own)
    named = _COUNTED | (_PREDICATED_OF.get(said.role, frozenset()) if bare else frozenset())
    tells = [p for p in own if p.role in _BEFELL and p.pos in _TELLING and p.start < another]
    tells = [p for p in tells if p.role != "relative" or p.level == 0]
    verbs = {p.lemma for p in tells}
    harms = words_of_harm("to death") | words_of_harm("of the injured" if acts else "to death")
    harms |= frozenset() if verbs.isdisjoint(_words("treats")) else words_of_harm("hurt")
    unsaid = _words("of_number") | _LIGHT
    kept = (p for p in own if p.role in named or p.lemma in harms or (p in tells and not apart))
    words = [text[p.start : p.end] for p in kept if p.lemma not in unsaid]
    took = not verbs.isdisjoint(words_of_harm("lives")) and any(p.lemma == "life" for p in own)
    return " ".join([*words, "killed"] if took else words)


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
    base, at, least = _base_of(token), claim.quantity.start, claim.quantity.low
    stated = [
        (c, tokens[c.quantity.start]) for c in claims if c.quantity and c.quantity.start in tokens
        if c.kind in _COUNTS and c.quantity.kind == claim.quantity.kind
        and (c.quantity.high is None or least is None or least <= c.quantity.high)
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
    """Whether a number is of people named before: "23 people, *including* nine children", "12 *of them*"."""
    noun = counted(token) or token
    within = object_of(token)
    first = min([noun, *noun.conjuncts], key=lambda t: t.i)
    return (within is not None and within.lower_ in _TAKEN_UP) or behind_included(first)
