"""The parts of a private person's name that give the person away alone: "Rihan" of "Hadieh Khalil Rihan".

A part that is an ordinary word or a place hides too much: "Hope" and "Douma" are left where they stand alone.
Whether a word is ordinary is asked of the texts themselves: it is where they write it small more often than
with a capital; a script without capitals cannot tell, and its parts are masked. What is listed on a line of
its own is masked whatever it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from claimcheck.lexicon import load
from claimcheck.report.masking import PARTICLES
from claimcheck.store import Store

_NAMED = """
SELECT DISTINCT folded FROM reference_name JOIN reference_row USING (package, resource, row_id)
WHERE kind = 'gazetteer'
"""
_WRITTEN = """
SELECT word, count(*) FROM (
    SELECT rtrim(ltrim(unnest(regexp_split_to_array(text, '\\s+')), $before), $behind) AS word
    FROM current_document
) WHERE lower(word) IN (SELECT unnest($parts::VARCHAR[])) GROUP BY word
"""
_BEFORE, _BEHIND = "([“‘\"'", ")],;:!?”’\"'."  # of a word; "rihan.htm" is an address
_DASHES = re.compile("[‐‑‒–—―−]")
_LETTERS = re.compile(r"[^\W\d_]+")


def name_parts(store: Store, names: Sequence[str]) -> tuple[list[str], list[str]]:
    """Parts of the names that are masked where they stand alone, and those that are not, for being words or
    places, by the store's documents and gazetteer."""
    listed = {name.casefold() for name in names}
    found = dict.fromkeys(part for name in names for part in _parts(name))
    parts = [part for part in found if part.casefold() not in listed]
    rows = store.rows(_NAMED) if parts else ()
    places = {word for row in rows for word in _LETTERS.findall(row["folded"])}
    words = _words(store, parts) if parts else frozenset()
    ordinary = {part for part in parts if part.casefold() in places or part in words}
    return [part for part in parts if part not in ordinary], [p for p in parts if p in ordinary]


def _parts(name: str) -> Iterator[str]:
    """The given names and surnames of a full name, and the halves of double ones, without titles, initials
    and particles."""
    words = [word.strip(".,") for word in _DASHES.sub("-", name).split()]
    if len(words) < 2 and not any("-" in word for word in words):
        return
    for word in words:
        first, dash, rest = word.partition("-")
        bare = rest if dash and first.casefold() in PARTICLES else word
        for part in dict.fromkeys((bare, *bare.split("-"))):
            if len(part) > 1 and part[0].isalpha() and part.casefold() not in (*PARTICLES, *_titles()):
                yield part[0].upper() + part[1:]


@cache
def _titles() -> frozenset[str]:
    """What stands before names and names nobody: "dr", "col", "sheikh", "brother"."""
    short = {word for row in load("abbreviations") if row["follows"] == "name" for word in row["words"]}
    return frozenset(short | {noun for row in load("person_nouns") for noun in row["nouns"]})


def _words(store: Store, parts: Sequence[str]) -> frozenset[str]:
    """Those that the documents write small, outside of addresses, more often than with a capital."""
    given = {"before": _BEFORE, "behind": _BEHIND, "parts": list({part.lower() for part in parts})}
    written = dict(store.cells(_WRITTEN, given))

    def often(word: str) -> int:
        return int(written.get(word, 0))

    return frozenset(p for p in parts if often(p.lower()) > often(p[0].upper() + p[1:].lower()))
