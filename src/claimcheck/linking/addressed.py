"""To whom a counted deed was addressed: "150 groups signed a letter to the Pope" is of none in the tables.

A figure that no place tells apart answers only a claim whose letter, statement or list is to, on or against
somebody whom the tables name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from claimcheck.linking.narrowing_words import words_of_row
from claimcheck.linking.places import WORD
from claimcheck.linking.words import is_calendar, stem
from claimcheck.model import Claim, ReferenceRow

_NAME = re.compile(r"((?:[^\W\d_][\w’'.-]*\s){1,4})is\s(?:the\s)?([A-Za-z].+)")
_TO_WHOM = re.compile(
    r"\b([a-z]{3,20})\s+(?:of\s+(?:[\w,]{1,12}\s+){1,4}?)?(?:to|on|about|against|for)\s+(?:the\s+)?((?:[A-Z][\w’'-]*(?:\s(?=[A-Z]))?){1,4})"
)


def names_known(rows: Iterable[ReferenceRow]) -> dict[str, frozenset[str]]:
    """The stems of the words of all names in the tables under "", and under each of those stems, and each of
    the words for the rows' kinds, the stems of the names in which it stands; those of who holds an office
    stand with the office's."""
    rows = list(rows)
    out: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        names = [name for name in (row.name, *row.names) if name]
        stems = {stem(word) for name in names for word in _parts(name)}
        for word in ("", *stems, *map(stem, _parts(row.label or ""))):
            out[word] |= stems
    for holder, office in filter(None, map(_holder_and_office, rows)):
        for stems in out.values():
            if stems.issuperset(map(stem, _parts(office))):
                stems.update(map(stem, _parts(holder)))
    return {word: frozenset(stems) for word, stems in out.items()}


def is_to_another(
    claim: Claim, row: ReferenceRow, said: frozenset[str], known: Mapping[str, frozenset[str]]
) -> bool:
    """Whether what a claim counts is addressed to, or about, somebody whom no table names so: a letter to the
    Security Council is none to the Secretary-General, though both are known. `said`: the stems of the
    vocabulary that linked the two; `known`: those of the names of the tables."""
    if row.kind != "figure" or row.places or row.actor:
        return False
    for found in _TO_WHOM.finditer(claim.text):
        what = stem(found[1])
        if what not in said | words_of_row(row.measure, row.unit):
            continue
        words = [w for w in _parts(found[2]) if not is_calendar(w)]
        if words and not known.get(what, known.get("", frozenset())).issuperset(map(stem, words)):
            return True  # the "Arab League", though an "Arab Red Crescent" is known
    return False


@lru_cache(maxsize=1 << 13)
def _parts(name: str) -> tuple[str, ...]:
    """The words of a name, those with a hyphen taken apart, without initials."""
    return tuple(part for word in WORD.findall(name) for part in re.split(r"[-’']", word) if len(part) > 1)


def _holder_and_office(row: ReferenceRow) -> tuple[str, str] | None:
    """Who holds which office by a row's name ("Jane Roe is Governor"), None where it says no such thing."""
    found = _NAME.fullmatch(row.name or "")
    return None if found is None else (found[1], found[2])
