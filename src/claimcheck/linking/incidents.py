"""Which incident of a table a claim tells of: by the kind of happening that it says happened, where and when.

A dated clause ("an earthquake hit Haiti on 12 January 2010") meets the rows of its kind in its place. A
number that belongs to the very incident of a row ("the earthquake of 7 October killed 2,400 people in Herat",
not "2,400 people were killed in Herat on 7 October") is compared with that row's own number.
"""

from __future__ import annotations

import re

from claimcheck.linking.items import Item
from claimcheck.linking.places import WORD
from claimcheck.linking.tableplaces import key_of, place_parts
from claimcheck.linking.wholes import kinds_told
from claimcheck.linking.words import nouns, stem
from claimcheck.model import ReferenceRow

_NEAR = re.compile(r"\b(?:near|close to|next to)\s+(?:the\s+)?$", re.IGNORECASE)
_BREAK = re.compile(r"[.,;:()]")
_DEFINITE = frozenset({"the", "this", "that", "its", "their"})
_BEFORE_KIND = 5


def names_it(item: Item, row: ReferenceRow) -> bool:
    """Whether the sentence names one incident of the row's kind, and not one of several: "the Haiti
    earthquake", not "an earthquake" or "the second earthquake"."""
    text = item.claim.context.of(item.document.text)
    return any(_is_definite(text, kind) for kind in kinds_told(row))


def is_of_the_incident(item: Item, row: ReferenceRow) -> bool:
    """Whether a number is that of the row's own incident: the sentence names it, and the row's place."""
    keys = {key_of(row.package, place) for place in row.places} | _plain(row)
    return names_it(item, row) and bool(item.place.keys & keys) and _is_said_there(item)


def _plain(row: ReferenceRow) -> set[str]:
    return {key for place in row.places for key, _, _ in place_parts(row.package, place, set())}


def _is_said_there(item: Item) -> bool:
    """Whether the place stands in the claim's own sentence."""
    return item.claim.context.start <= item.place.at < item.claim.context.end


def is_there(item: Item, row: ReferenceRow) -> bool:
    """Whether a claim that names no place for sure may tell of the row: a happening of the row's kind may be
    told of as near its place ("a plane crash near Aktau"), and nothing else."""
    place, text = item.place, item.document.text
    if not place.ambiguous:
        return True
    said = _stems(item.claim.context.of(text))
    near = place.at >= 0 and _NEAR.search(text, max(0, place.at - 16), place.at)
    return bool(near) and any(kind <= said for kind in kinds_told(row))


def _is_definite(text: str, kind: frozenset[str]) -> bool:
    words = list(WORD.finditer(text))
    for at, found in enumerate(words):
        if stem(found.group()) not in kind or (found.group()[-1] in "sS" and found.group()[-2:] != "ss"):
            continue
        start = max(0, at - _BEFORE_KIND)
        if not kind <= {stem(w.group()) for w in words[start : at + 1]}:
            start = max(0, at - 1)  # "the crash" is a plane crash, "the bus crash" is none
        for before in reversed(words[start:at]):
            word = before.group().lower()
            if _BREAK.search(text, before.end(), found.start()) or word in nouns("indefinite"):
                break
            if word in _DEFINITE or word.endswith(("'s", "’s")):
                return True
    return False


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in WORD.findall(text) if len(word) > 2)
