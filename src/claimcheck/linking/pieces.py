"""Pieces of a place: what its capital, its north, its Kessel district or its wind farms are or did is no
number of the whole."""

from __future__ import annotations

import re
from functools import cache

from claimcheck.linking.narrowing_words import any_phrase, stems_of
from claimcheck.linking.places import WORD
from claimcheck.linking.placewords import holds_another
from claimcheck.linking.words import nouns, stem, words_of
from claimcheck.model import Claim

_NAMED_PART = re.compile(r"['’]s?\s+(?:[a-z][\w-]{2,20}\s+)?[A-Z][a-z]")
_HAD = re.compile(r"['’]s?\s+([a-z][\w-]*)\s+([a-z][\w-]*s)\b")


def is_of_a_piece(claim: Claim, text: str, place: tuple[str | None, int], words: frozenset[str]) -> bool:
    """ "Arvia's capital", "the north of Arvia", "Arvia's Kessel district", what "Arvia's wind farms" did. Not
    where the row is of such pieces ("Arvia's borders")."""
    name, at = place
    if name is None or at < 0:
        return False
    bare = name.removesuffix("'s").removesuffix("’s")
    if holds_another(text, at + len(bare)):
        return True
    behind = text[at + len(bare) : at + len(bare) + 40]
    if behind.startswith(("'", "’")):
        owned = _owned_piece().match(behind)
        if _NAMED_PART.match(behind) or (owned is not None and stem(WORD.findall(owned[0])[-1]) not in words):
            return True
        if (had := _HAD.match(behind)) is not None and _acts(claim, had[2]):
            all_of_them = nouns("of all", "people", "staff") | stems_of("country")
            matter = _one_matter().get(
                stem(had[1]), frozenset()
            )  # "power stations" where electricity is measured
            whole = stem(had[1]) in words | all_of_them or not matter.isdisjoint(words)
            return not whole and stem(had[2]) not in all_of_them
    if "of" not in text[max(0, at - 40) : at].split()[-2:]:
        return False
    found = _piece_of().search(text, max(0, at - 40), at)
    return found is not None and stem(found[0].split()[0]) not in words


@cache
def _one_matter() -> dict[str, frozenset[str]]:
    """The stems of words for one matter, by each of them: "power" and "electricity"."""
    groups = (frozenset(map(stem, words.split())) for words in words_of("one matter"))
    return {one: group for group in groups for one in group}


def _acts(claim: Claim, head: str) -> bool:
    """Whether what is named by this noun is the subject and does something."""
    subject = "" if claim.subject is None else claim.subject.text
    return subject.endswith(head) and stem(claim.predicate or "") not in nouns("befalls", "holds")


@cache
def _owned_piece() -> re.Pattern[str]:
    return re.compile(rf"['’]s?\s+(?:[a-z][\w-]{{2,20}}\s+)?{any_phrase('piece').pattern}")


@cache
def _piece_of() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{any_phrase('piece').pattern}|{any_phrase('piece of').pattern})\s+of\s+(?:the\s+)?$"
    )
