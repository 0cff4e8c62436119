"""Who a row names beside an organisation, against who a text does: "United Nations (Jane Roe)".

What an organisation does, one of its people does for it. A text that names a person names the row's, or it
tells of somebody else, whatever they are envoy of.
"""

from __future__ import annotations

import re
from functools import cache

from claimcheck.linking.peoples import states_of
from claimcheck.linking.places import WORD, NameIndex
from claimcheck.linking.words import is_calendar, stem, words_of

_PARENTHESIS = re.compile(r"\([^()]{0,200}\)")
_CLAUSE = re.compile(r"\s(?:who|whom|whose|which|that)\s|\(")
_NAME = re.compile(r",?(?:\s(?:[a-z]{2,3}\s){0,2}[A-Z][\w’'-]+){1,4}")
_OWNER = re.compile(r"['’]s?\Z")
_SHORTEST = 3


def is_another_person(clause: str, told: str, actor: str, index: NameIndex) -> bool | None:
    """Whether who a clause tells did it is another person than the one that an actor has in brackets; None
    where either names nobody ("the UN envoy", "Arvia")."""
    asides = [a[1:-1] for a in _PARENTHESIS.findall(actor) if a[1:2].isupper()]
    named = _names(told + _behind(clause, told), actor, index) if asides else set()
    if not named:
        return None
    return not any(named <= set(WORD.findall(aside.casefold())) for aside in asides)


def _behind(clause: str, told: str) -> str:
    """The name right behind what a parse takes for the whole subject: "the UN envoy, *Jane Roe*"."""
    at = clause.find(told)
    found = None if at < 0 else _NAME.match(clause, at + len(told))
    return "" if found is None else found.group()


def _names(told: str, actor: str, index: NameIndex) -> set[str]:
    """The words of a name that are no title, no place and none of the organisation's: Roe of "the UN envoy
    for Arvia, Jane Roe"."""
    head = _CLAUSE.split(told, maxsplit=1)[0]
    own = {stem(w) for w in WORD.findall(_PARENTHESIS.sub(" ", actor))}
    places = [n for n in index.find(head, 0, len(head)) if n.entity == "place"]
    found = set()
    for one in WORD.finditer(head):
        word = _OWNER.sub("", one.group())
        plain = not word[:1].isupper() or word.isupper() or len(word) < _SHORTEST or is_calendar(word)
        if plain or stem(word) in own or word.casefold() in _titles() or states_of(word):
            continue
        if not any(n.start <= one.start() < n.end for n in places):
            found.add(word.casefold())
    return found


@cache
def _titles() -> frozenset[str]:
    return frozenset(word.casefold() for word in words_of("titles"))
