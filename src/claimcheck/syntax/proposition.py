"""Propositions: a clause's words in their slots, made once from the parse. Every content word is in one.

From the parse to a proposition: the spine goes from a number or a date to the root of its sentence.

The heads on the way are the spine: the noun phrase, the predicate, what governs it. What hangs on the
spine are phrases with a role, and each content word of a phrase becomes a part. Clauses beside the spine
are context: they may help to read the number, and never narrow it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from claimcheck.model import NumberRole, Part, PartRole, Proposition, Span
from claimcheck.syntax.stems import word_set
from claimcheck.syntax.tree import VERBAL, Token

DETERMINING = word_set("determining")
_WITHIN_PHRASE = frozenset({"nummod", "quantmod", "amod", "compound", "nmod", "det", "predet", "advmod"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "X"})
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV", "AUX", "X", "INTJ", "NUM"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
_SILENT = frozenset({
    "punct", "det", "aux", "auxpass", "cc", "mark", "case", "neg", "expl", "preconj", "quantmod",
})  # fmt: skip
_ROLES: dict[str, PartRole] = {
    "nsubj": "subject", "nsubjpass": "subject", "csubj": "subject", "csubjpass": "subject",
    "dobj": "object", "dative": "object", "agent": "agent", "prep": "oblique", "advmod": "adverb",
    "npadvmod": "adverb", "prt": "particle", "xcomp": "complement", "attr": "attribute", "acomp": "attribute",
    "oprd": "attribute", "amod": "modifier", "compound": "modifier", "nmod": "modifier", "poss": "modifier",
    "nummod": "modifier", "appos": "apposition", "relcl": "relative", "acl": "relative",
    "pcomp": "complement",
}  # fmt: skip
_NUMBER_ROLES: dict[str, NumberRole] = {
    "nsubj": "subject", "agent": "subject", "nsubjpass": "patient", "dobj": "object", "dative": "object",
    "attr": "attribute", "acomp": "attribute", "oprd": "attribute", "ccomp": "attribute",
    "xcomp": "attribute", "prep": "oblique",
}  # fmt: skip
_OF_ANOTHER = frozenset({"oblique", "of", "object", "adverb", "clause", "apposition"})
_LEANING = _OF_ANOTHER - {"object", "clause"}
_ADDED = frozenset({"more", "another", "further", "additional", "others"})
_COMPARING = frozenset({"fewer", "less"})  # "176 fewer people" are a difference, "a few people" are some
_DEFINITE = ("the", "these", "those", "this")
_COMMAS = frozenset({",", "(", "–", "—", "-", ";", ":"})
_CLAUSES = frozenset({"relcl", "acl", "advcl", "appos"})
_BESIDE = frozenset({"advcl", "parataxis", "ccomp", "dep", "intj", "meta"})
_ABOVE_IS_CONTEXT = frozenset({"advcl", "relcl", "acl", "parataxis", "pcomp", "appos"})
_SHARING = frozenset({"conj", "xcomp", "advcl", "pcomp", "ccomp"})
_OBJECTS = frozenset({"dobj", "attr", "acomp", "xcomp", "ccomp", "agent", "prt"})
_SPANS = frozenset({"second", "minute", "hour", "day", "week", "month", "year", "night", "quarter", "head"})
_WITHOUT_BREAK = frozenset({
    "nsubj", "nsubjpass", "dobj", "pobj", "prep", "punct", "advmod", "nummod", "amod", "compound",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Slot:
    """Where a word stands: the role of its phrase, how many heads above the number, the preposition before
    it, whether it is context, which phrase it is of; `aside`: whether all that hangs on it is context."""

    role: PartRole
    level: int
    prep: str | None = None
    context: bool = False
    unit: int = 0
    aside: bool = False


def read_proposition(
    anchor: Token, number: Token | None, spans: Sequence[Span],
    shown: Mapping[int, tuple[Span, str] | None], numbers: Sequence[int] = (), at: int = -1,
) -> Proposition:  # fmt: skip
    """The proposition around a number (or around the token of a date, `number` None).

    `anchor` is the noun that the number counts, else the number itself. `spans` are the characters of the
    words, `shown` what stands in a word's stead: nothing for the number's own ("at least"), a time with its
    characters for each of its words. The other numbers of the sentence stand at `numbers`, this one at `at`.
    """
    low = anchor if number is None else number
    slots, verb, below = _spine(anchor, low, number is None)
    spine = list(slots)
    subject = None if verb is None else _shared_subject(verb)
    if verb is not None and subject is not None and subject.head.i != verb.i:
        slots.setdefault(subject.i, _Slot("subject", slots[verb.i].level, None, False, subject.i))
    waiting = [low.doc[i] for i in slots]
    for token in waiting:  # no recursion: a sentence may nest as deep as it is long
        for child in (c for c in token.children if c.i not in slots):
            slots[child.i] = _hung(child, token, slots[token.i], token.i in spine)
            waiting.append(child)
    parts: dict[int, Part] = {}
    for token in low.doc:
        slot = slots.get(token.i) or _Slot("clause", 9, None, True, len(low.doc))
        instead = shown.get(token.i)
        if instead is not None or (token.i not in shown and _is_content(token)):
            pos = "TIME" if instead is not None else "ADP" if token.dep_ == "prep" else token.pos_
            span, lemma = instead or (spans[token.i], _lemma(token))
            parts.setdefault(span.start, Part(
                span.start, span.end, lemma, pos, slot.role, slot.level, slot.unit, slot.prep,
                token.i == spine[0], slot.context,
            ))  # fmt: skip
    stated = [p.start for p in parts.values() if p.role == "predicate" and not p.context]
    end = next((spans[t.i].start for t in low.doc[low.i :] if t.text == ";"), None)
    found = [_beside_another(p, stated, sorted(numbers), at, end) for p in parts.values()]
    passive = verb is not None and _is_passive(verb)
    role: NumberRole = "bare" if verb is None else _NUMBER_ROLES.get(below.dep_, "bare")
    role = "patient" if passive and below.dep_ == "nsubj" else role
    top = _top_of_phrase(low)
    prep = str(top.head.lower_) if number is not None and top.dep_ == "pobj" else None
    share = "all" if number is None else _share(anchor, number, top)
    return Proposition(tuple(sorted(found, key=lambda p: p.start)), role, passive, share, prep)


def _spine(anchor: Token, low: Token, dated: bool) -> tuple[dict[int, _Slot], Token | None, Token]:
    """The slots of the words from a number (`dated`: a date) up to the root of its sentence, that of the
    counted noun first; the first verb among them, and the last word before it."""
    here = _top_of_phrase(low)
    within = anchor.dep_ == "compound" and anchor.head.i == here.i  # "12 *mumps* infections"
    counted = here if within or anchor.pos_ == "PRON" else anchor
    slots = {counted.i: _Slot("head", 0, None, False, counted.i)}
    for token in (counted, low):  # the "dozens of" of "dozens of guards"
        while token.i != here.i and token.head.i != token.i:
            slots.setdefault(token.i, _Slot("modifier", 0, None, False, counted.i))
            token = token.head
    slots.setdefault(here.i, _Slot("modifier", 0, None, dated, counted.i, dated))
    level, prep, context, shared, verb, last = 0, None, False, False, None, here
    takes_gerund, kept = False, word_set("prepositions of what may not be")
    while here.head.i != here.i:
        below, here = here, here.head
        verbal = here.pos_ in VERBAL or (here.tag_ or "").startswith("VB")
        of_another = _is_number(below) and _is_number(here)  # "9.3 % in Brazil, 6.7 % in India"
        if not verbal and (below.dep_ == "conj" or (below.dep_ == "appos" and of_another)):
            slots[here.i] = _Slot("noun", level, None, True, here.i, True)
            continue
        joined = verbal and below.dep_ == "conj" and below.pos_ in VERBAL
        broken, kept_from = _is_broken_off(below, here), takes_gerund and below.lower_ in kept
        context = context or below.dep_ in _ABOVE_IS_CONTEXT or broken
        context = not _are_one(below, here, here) if joined else context
        takes_gerund = below.dep_ == "pcomp" and not _is_clause(below)
        if here.pos_ == "ADP" or here.dep_ in ("prep", "agent"):
            prep = here.lower_
            some = here.head.like_num or here.head.pos_ == "NUM" or here.head.lower_ in word_set("shares")
            shared = shared or (prep == "of" and level == 0 and some)  # a number, a fraction, per cent
            slots[here.i] = _Slot("oblique", level, prep, context or shared, here.i)
            continue
        level += 1
        stated_of = (below.dep_ in ("relcl", "acl", "appos") and not broken) or (kept_from and verbal)
        first = verb is None or (joined and not context)
        role: PartRole = "noun" if not verbal else "predicate" if first else "governor"
        beside = shared or (context and verb is not None and not stated_of)
        slots[here.i] = _Slot(role, level, None if verbal else prep, beside, here.i, context or shared)
        if verbal and verb is None:
            verb, last = here, below
        prep = None
    return slots, verb, last


def _shared_subject(verb: Token) -> Token | None:
    """The subject of a verb that has none of its own: that of the verb it is joined to or leans on."""
    while not (own := [c for c in verb.children if c.dep_ in _SUBJECTS or c.dep_ == "expl"]):
        if verb.dep_ not in _SHARING or verb.head.i == verb.i:
            return None
        verb = verb.head
    return own[0]


def _hung(child: Token, head: Token, above: _Slot, on_spine: bool) -> _Slot:
    """The slot of a word that hangs on one of the spine, or on one of a phrase."""
    dep = child.dep_
    by_somebody = child.tag_ == "VBN" and any(c.dep_ == "agent" for c in child.children)
    beside = (dep in _BESIDE and not (by_somebody and dep == "advcl")) or (
        dep in _CLAUSES and not by_somebody and _has_comma(child)
    )
    context = (above.aside if on_spine else above.context) or beside
    if child.lower_ == "than" and child.i and child.nbor(-1).lower_ in ("rather", "other"):
        return _Slot("oblique", above.level, "than", False, child.i)  # "sarin rather *than* chlorine"
    prep = child.lower_ if child.pos_ == "ADP" or dep == "prep" else above.prep
    if not on_spine:
        context = context or (dep in ("pcomp", "relcl") and _is_clause(child))
        inner: PartRole = _ROLES[dep] if dep in ("relcl", "acl", "appos") else above.role
        return replace(above, role=inner, prep=prep, context=context, aside=False)
    role = _ROLES.get(dep, "relative" if by_somebody else "clause")
    behind = role == "adverb" and child.i > head.i and _has_comma(child)  # "…, more than from any other"
    if dep == "conj" and _are_one(child, head, child):
        role = above.role
    elif dep in ("conj", "appos") or behind or _is_broken_off(child, head):
        context = True
    elif child.tag_ == "VBG" and any(c.lower_ == "while" for c in child.children):
        role, context = "complement", above.aside or _has_comma(child)  # "hurt *while watching football*"
    if role == "oblique":
        context = context or prep in word_set("prepositions of context")
        role = "of" if prep == "of" and (above.level == 0 or head.pos_ in _NOMINAL) else role
    return _Slot(role, above.level, prep if role in ("oblique", "of") else None, context, child.i)


def _is_content(token: Token) -> bool:
    """Whether a word is kept: one that says something, or a small one that narrows what is counted."""
    if token.lower_ in DETERMINING:
        return True
    if token.dep_ == "prep":
        return token.lower_ in word_set("excluding prepositions")
    if token.dep_ in _SILENT or not any(c.isalnum() for c in token.text) or set(token.text) & _MISREAD:
        return False
    agent = token.dep_ == "nsubj" and token.lower_ in word_set("pronouns of agents")
    return token.pos_ in _CONTENT or token.dep_ == "prt" or token.like_num or agent


def _lemma(token: Token) -> str:
    if token.lower_ in _COMPARING:
        return str(token.lower_)
    lemma = (token.lemma_ or token.text).lower()
    rate = lemma in _SPANS and token.dep_ == "npadvmod" and token.i and token.nbor(-1).lower_ in ("a", "an")
    return f"a {lemma}" if rate else lemma  # "71 billion a month"


def _beside_another(
    part: Part, predicates: Sequence[int], numbers: Sequence[int], at: int, end: int | None
) -> Part:
    """A part as context where it belongs to another number, or stands behind a semicolon: "9.3 % *in Brazil*,
    6.7 % in India", "29 left; *their relatives stayed in Oren*"."""
    if part.lemma in _ADDED and numbers and numbers[0] < at:
        return replace(part, context=True)  # "12 died, and five *more* were hurt"
    if end is not None and part.start > end and any(p < end for p in predicates):
        return replace(part, context=True, level=9)
    before = numbers[place - 1] if (place := bisect_left(numbers, part.start)) else -1
    if before < 0 or before <= at < part.start or part.role not in _OF_ANOTHER:
        return part
    if any(before < predicate < part.start for predicate in predicates):
        return part  # "85 people, among them 30 children, had been killed *in Tarn*"
    return replace(part, context=True, level=9) if before > at or part.role in _LEANING else part


def _share(anchor: Token, number: Token, top: Token) -> Literal["all", "part", "them"]:
    """Whether a number counts some of those whom its phrase names: "12 of the dead", "12 of them"."""
    within = anchor.i not in (number.i, top.i) and anchor.pos_ != "PRON" and top.pos_ in _NOMINAL
    definite = any(c.dep_ == "poss" or c.lower_ in _DEFINITE for c in anchor.children)
    if within and definite and anchor.lemma_ not in word_set("counting nouns"):
        return "part"
    of = (p for t in (number, top) for c in t.children if c.lower_ == "of" for p in c.children)
    return "them" if any(p.lower_ in word_set("partitive pronouns") for p in of) else "all"


def _top_of_phrase(token: Token) -> Token:
    here = token
    while (
        here.dep_ in _WITHIN_PHRASE and here.head.i != here.i and here.head.pos_ in _NOMINAL | {"ADJ", "ADV"}
    ):
        here = here.head
    return here




def _are_one(second: Token, first: Token, beside: Token) -> bool:
    """Whether two joined words, of which one is beside the number, say one thing of it: "killed *or wounded*
    12"."""
    if second.pos_ not in VERBAL or first.pos_ not in VERBAL:
        numbered = any(t.like_num or t.pos_ == "NUM" for t in second.subtree)
        alike = second.pos_ == first.pos_ and second.pos_ not in VERBAL
        return alike and not numbered and not any(c.dep_ in ("det", "poss") for c in second.children)
    alike = second.tag_ == first.tag_ or {second.tag_, first.tag_} == {"VBD", "VBN"}  # as they look
    own = [c for c in second.children if c.dep_ in _SUBJECTS or c.dep_ in ("aux", "auxpass")]
    objects = (c for c in beside.children if c.dep_ in _OBJECTS)
    return second.i - first.i <= 3 and alike and not own and next(objects, None) is None


_MISREAD = frozenset("ÃÂÌâïÐÑ€™œ¢»¿¬¦©")
"""What UTF-8 that is read as Latin-1 leaves of a dash or a quotation mark, and no word consists of."""


def _is_number(token: Token) -> bool:
    """Whether a phrase is a number with its unit and nothing that it counts."""
    units = word_set("units that count nothing")
    counted = token.lower_ in units and any(c.dep_ == "nummod" for c in token.children)
    return token.pos_ == "NUM" or token.like_num or counted or token.lower_ in ("percent", "%", "cent")


def _is_clause(token: Token) -> bool:
    return token.pos_ in VERBAL and any(c.dep_ in _SUBJECTS for c in token.children)


def _is_broken_off(below: Token, here: Token) -> bool:
    """Whether a semicolon or colon stands between a clause and what the parse hangs it on."""
    if below.dep_ in _WITHOUT_BREAK:
        return False
    low, high = sorted((below.i, here.i))
    breaks = [t.text for t in below.doc[low:high] if t.text in (";", ":")]
    heads_line = breaks == [":"] and below.i < here.i and below.left_edge.i == 0
    return bool(breaks) and not heads_line  # "Tarn, 3 January: rebels killed two"


def _is_passive(verb: Token) -> bool:
    stated = {c.dep_ for c in verb.children}
    participle = verb.tag_ == "VBN" and verb.dep_ in ("acl", "advcl", "amod", "ROOT", "conj")
    helped = any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)
    return bool(stated & {"nsubjpass", "auxpass"}) or (participle and not helped and "dobj" not in stated)


def _has_comma(token: Token) -> bool:
    """Whether a comma, dash or bracket stands right before what a token heads."""
    left = token.left_edge.i
    return left > 0 and token.doc[left - 1].text in _COMMAS
