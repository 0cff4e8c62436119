"""What the places of tables stand for: the parts of "House in Duma, Ghouta, Syria", and by which names texts
call them.

An analyst's cell may describe where something was ("the home of the Khoury family on Port Street in Duma
camp"): every name in it, behind a preposition, is a name by which a text may mean it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from claimcheck import lexicon
from claimcheck.lexicon import pattern
from claimcheck.model import ReferenceRow
from claimcheck.reference.name_index import LONGEST_NAME, sounded
from claimcheck.reference.names import folded

_AROUND = pattern("named_places", "around")
_KIND_BEHIND = pattern("named_places", "kind behind")
_WITHIN = pattern("named_places", "within")


def key_of(package: str, key: str) -> str:
    """A key across packages: two packages may use the same ids."""
    return f"{package}|{key}"


def place_parts(package: str, place: str, keys: set[str]) -> Iterable[tuple[str, int, str | None]]:
    """What a place of a table stands for: a gazetteer row, or the parts of "Hospital, North Gaza, Gaza",
    narrowest first: (key, how far out, name to find it by)."""
    if key_of(package, place) in keys:
        yield key_of(package, place), 0, None
        return
    for depth, part in enumerate(place.split(",")):
        for name in _names_of(part):
            bare = bare_name(name)
            if folded(bare):
                key = key_of(package, " ".join(map(sounded, folded(bare).split())))
                yield key, depth, name
                if bare != name:
                    yield key, depth, bare


def keys_of_row(row: ReferenceRow) -> list[frozenset[str]]:
    """The keys under which a text may name each place of a row, narrowest first: a gazetteer's key, or the
    parts of what the table writes ("Tarn, Arvia")."""
    out: dict[int, set[str]] = {}
    for at, place in enumerate(row.places):
        out.setdefault(at, set()).add(key_of(row.package, place))
        for key, depth, _ in place_parts(row.package, place, set()):
            out.setdefault(at + depth, set()).add(key)
    return [frozenset(out[depth]) for depth in sorted(out)]


def _names_of(part: str) -> Iterator[str]:
    """A part as it is written, and the names that stand in it behind prepositions."""
    yield part.strip()
    for inner in _WITHIN.split(part)[1:]:
        name = inner.strip(" \"'“”‘’()")
        if name[:1].isupper() and len(name.split()) <= LONGEST_NAME:
            yield name


def bare_name(part: str) -> str:
    """A table's name for a place without the words that texts leave out: "Vicinity of the Grand Mosque",
    "Shujaiya neighbourhood"."""
    return _AROUND.sub("", _KIND_BEHIND.sub("", part.strip())) or part.strip()


def other_names(name: str) -> frozenset[str]:
    """The other names of the state that a name is one of, as data/place_names.toml has them."""
    return _groups().get(folded(name), frozenset()) - {name}


@cache
def _groups() -> dict[str, frozenset[str]]:
    rows = [frozenset(row["names"]) for row in lexicon.load("place_names")]
    return {folded(name): names for names in rows for name in names}
