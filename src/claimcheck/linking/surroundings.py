"""What the words within a name make of it: "round of Yemen talks" is none of those on Syria.

Each rule only takes a link away: where a word does not belong to the row, it is not meant.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import pairwise

from claimcheck.linking.peoples import states_of
from claimcheck.linking.places import WORD, NameIndex
from claimcheck.linking.words import nouns, stem, words_of
from claimcheck.model import ReferenceRow, Span
from claimcheck.reference.names import folded


def is_another(text: str, found: Span, row: ReferenceRow, kinds: frozenset[str], places: NameIndex) -> bool:
    """Whether a word within a name of a row makes it the name of something else. `kinds`: the stems of the
    words for the row's kind."""
    own = own_words(row)
    return holds_foreign_words(found.of(text), own | _own_places(text, found, row, places), kinds)


def own_words(row: ReferenceRow) -> frozenset[str]:
    """The words of all names of a row, and of whose happening it is, short names written out ("UN")."""
    return _written_out((*row.names, row.name or "", row.actor or "", row.series or ""))


@lru_cache(maxsize=1 << 12)
def _written_out(names: tuple[str, ...]) -> frozenset[str]:
    own = _words(names)
    return own.union(*(long for short, long in written_out() if short in own))


def _own_places(text: str, found: Span, row: ReferenceRow, places: NameIndex) -> frozenset[str]:
    """The words of the places within a name that are the row's: the Syria of "round of Syria talks"."""
    keys = {f"{row.package}|{place}" for place in row.places}
    return _words(n.text for n in places.find(text, found.start, found.end) if n.keys & keys)


@cache
def written_out() -> tuple[tuple[str, frozenset[str]], ...]:
    """Short names, each with the words of its long form: "un" of "united", "nation"."""
    pairs = (phrase.split(" ", 1) for phrase in words_of("written_out"))
    return tuple((folded(short), _words([long])) for short, long in pairs)


def holds_foreign_words(name: str, own: frozenset[str], kinds: frozenset[str]) -> bool:
    """Whether a word stands between the others that is none of the row's: "round of nuclear talks", "of Yemen
    talks", where "peace", "new" or "UN-led" would say nothing else."""
    words = list(WORD.finditer(name))
    for word, behind in pairwise(words):
        one = word.group()
        if name[word.end() : behind.start()] != " " or stem(behind.group()) not in nouns("numbered"):
            continue
        joined = one[0].islower() and "-" in name[max(0, word.start() - 1) : word.start()]  # "UN-led"
        harmless = kinds | nouns("neutral", "numbered", "follows")
        known = word.start() == 0 or _words([one]) <= own or stem(one) in harmless
        if not known and not joined and len(one) > 2 and not one.lower().endswith(("ed", "ing")):
            return True
    return False


def is_with_others(text: str, row: ReferenceRow, places: NameIndex) -> bool:
    """Whether a text names people of a state that is none of the row's ("held with Libyan delegates")."""
    own, keys = own_words(row), {f"{row.package}|{place}" for place in row.places}
    for word in WORD.findall(text):
        states = states_of(word) if word[0].isupper() and not _words([word]) <= own else frozenset()
        if states and not any(places.lookup(state) & keys for state in states):
            return True
    return False


def _words(names: Iterable[str]) -> frozenset[str]:
    return frozenset(w.removesuffix("s") for name in names for w in folded(name.replace("’s", "")).split())
