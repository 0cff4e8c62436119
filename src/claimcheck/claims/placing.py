"""Where something happened: the name behind a preposition of place, nearest to what the claim tells.

The parse does not say which names are places; this leaves out what cannot be one: sources ("according to
Amnesty International"), abbreviations of organisations, names that are counted or own something, and what a
deed is done to. Which place it is, the gazetteers say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from claimcheck.claims.clauses import SUBJECTS, Clause, Token
from claimcheck.lexicon import load

_ANY_VERB = frozenset({"VERB", "AUX"})
_INSIDE = frozenset(
    {"in", "at", "near", "outside", "inside", "into", "within", "throughout", "around", "across"}
)
_WITHIN = _INSIDE | {"on", "of"}
_SHORT = 6  # capitals: longer words in capitals are headlines


def place_token(token: Token, clause: Clause, is_time: Callable[[Token], bool]) -> Token | None:
    """The head of the place's name: in the phrase of `token`, its clause, those above, then those that hang
    on what `token` names ("the 14th nurse to be killed in Cauca"). `is_time`: whether a token is a date's."""
    for found in _ways(token, clause):
        if found.pos_ != "PROPN" and found.dep_ != "pobj":
            continue
        if is_time(found) or any(c.dep_ == "compound" and is_time(c) for c in found.children):
            continue  # "in the March 2017 raid"
        if found.pos_ == "PROPN" and _is_done_to(found):
            return found
        if found.dep_ == "dobj" and found.head.lemma_ in _words("done_to_places"):
            part = _named_part(found)
            if part is not None and not is_time(part):
                return part  # "bombed Tobruk city"
        if found.dep_ != "pobj":
            continue
        if found.pos_ == "PROPN" and _is_place(found):
            return found
        part = _named_part(found)
        if part is not None and found.head.lower_ in _WITHIN and not is_time(part):
            return part
    return None


def _named_part(noun: Token) -> Token | None:
    """The name of a part of a place: the Karrada of "in the Karrada district of Baghdad"."""
    if noun.lower_ not in _words("parts_of_places"):
        return None
    names = (c for c in noun.children if c.dep_ in {"compound", "amod", "nmod"} and c.i < noun.i)
    return next((c for c in reversed(list(names)) if c.text[:1].isupper() and c.pos_ == "PROPN"), None)


def _ways(token: Token, clause: Clause) -> Iterator[Token]:
    phrase = _phrase(token)
    if phrase is not None:
        yield from (t for t in phrase.subtree if t.i > token.i)
    levels = clause.chain()
    for level in levels:
        yield from level.tokens
    subjects = [c for c in clause.head.children if c.dep_ in SUBJECTS]  # "an attempt to storm Tobruk failed"
    for child in (c for t in (token, token.head, *subjects) for c in t.children):
        if child.dep_ in {"acl", "relcl"}:
            yield from child.subtree


def _phrase(token: Token) -> Token | None:
    """The phrase of a number that is joined to others ("17,000 in Turkey and 3,300 in Syria")."""
    here = token
    while here.dep_ in {"nummod", "quantmod", "compound", "amod"} and here.head.i != here.i:
        here = here.head
    return here if here.dep_ in {"conj", "dobj", "nsubj", "nsubjpass", "attr"} else None


def _and_abroad(name: Token) -> bool:
    """ "people from Tarn and abroad": where they come from."""
    behind = [token.lower_ for token in name.doc[name.i + 1 : name.i + 3]]
    return behind[:1] == ["and"] and behind[-1] in {"abroad", "beyond", "elsewhere"}


def _is_place(name: Token) -> bool:
    prep = name.head
    word = prep.lower_
    if word not in _words("prepositions") or prep.head.lower_ == "according":
        return False
    if any(c.dep_ in {"nummod", "poss"} for c in name.children) or (name.tag_ == "NNPS" and word == "of"):
        return False
    if name.lower_.endswith("ism") or any(t.lower_ in _words("no_place") for t in _name(name)):
        return False
    if word == "from" and (prep.head.lower_ in _words("come_from") or _and_abroad(name)):
        return False
    if word in _INSIDE:
        return True
    if _is_short(name):
        return False  # "surrendered to the SDF"
    if (
        word == "of"
    ):  # "the siege of Tobruk" is there, "the death of Omar Aziz" and "the Office of the Envoy" not
        return prep.head.pos_ != "PROPN" and prep.head.lemma_.lower() in _has_a_place()
    if word == "to":
        return prep.head.lemma_ in _words("goes_to") or prep.head.pos_ == "NOUN"
    return prep.head.pos_ in _ANY_VERB or prep.head.pos_ == "NOUN"


def _is_done_to(name: Token) -> bool:
    """Whether a name is the place to which something is done, or which has something: Tobruk in "entered
    Tobruk", "Tobruk was besieged", "Tobruk's residents"."""
    if _is_short(name) or any(t.lower_ in _words("no_place") for t in _name(name)):
        return False
    if name.dep_ == "poss":
        return name.head.lemma_.lower() in _words("of_a_place")
    return name.dep_ in {"dobj", "nsubjpass"} and name.head.lemma_ in _words("done_to_places")


def _is_short(name: Token) -> bool:
    """Whether a name is an abbreviation that stands for no place."""
    return name.text.isupper() and len(name.text) <= _SHORT and name.text not in _words("short_names")


def _name(head: Token) -> list[Token]:
    """The head of a name, and the word that stands first in it ("at present Ryanair")."""
    before = [c for c in head.children if c.dep_ == "compound" or c.dep_ == "amod"]
    return [head, *before[:1]] if before and before[0].lower_ == "present" else [head]


@cache
def _has_a_place() -> frozenset[str]:
    return _words("happens_to_a_place") | _words("of_a_place") | _words("parts_of_places")


@cache
def _words(row: str) -> frozenset[str]:
    return next(frozenset(r["words"]) for r in load("placing") if r.id == row)
