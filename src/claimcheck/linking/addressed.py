"""To whom a counted deed was addressed: "150 groups signed a letter to the Pope" is of none in the tables.

A figure that no place tells apart answers only a claim whose letter, statement or list is to, on or against
somebody whom the tables name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from claimcheck.linking.narrowing_words import words_of_row
from claimcheck.linking.places import WORD
from claimcheck.linking.words import is_calendar, stem
from claimcheck.model import Claim, ReferenceRow

_TO_WHOM = re.compile(
    r"\b([a-z]{3,20})\s+(?:to|on|about|against|for)\s+(?:the\s+)?((?:[A-Z][\w’'-]*(?:\s(?=[A-Z]))?){1,4})"
)


def names_known(rows: Iterable[ReferenceRow]) -> frozenset[str]:
    """The stems of the words of all names in the tables."""
    names = (name for row in rows for name in (row.name, *row.names) if name)
    return frozenset(stem(word) for name in names for word in _parts(name))


def is_to_another(claim: Claim, row: ReferenceRow, said: frozenset[str], known: frozenset[str]) -> bool:
    """Whether what a claim counts is addressed to, or about, somebody whom no table names. `said`: the stems
    of the vocabulary that linked the two; `known`: those of the names of the tables."""
    if row.kind != "figure" or row.places or row.actor:
        return False
    for found in _TO_WHOM.finditer(claim.text):
        if stem(found[1]) not in said | words_of_row(row.measure, row.unit):
            continue
        words = [w for w in _parts(found[2]) if not is_calendar(w)]
        if words and not known.issuperset(map(stem, words)):
            return True  # the "Arab League", though an "Arab Red Crescent" is known
    return False


def _parts(name: str) -> list[str]:
    return [part for word in WORD.findall(name) for part in re.split(r"[-’']", word) if len(part) > 1]
