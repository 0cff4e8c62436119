"""The parts of a private person's name that give the person away alone: "Rihan" of "Hadieh Khalil Rihan".

A part that is an ordinary word or a place hides too much: "Hope" and "Douma" are left where they stand alone.
Whether a word is ordinary is asked of the texts themselves: it is where they write it small more often than
with a capital; a script without capitals cannot tell, and its parts are masked. What is listed on a line of
its own is masked whatever it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from claimcheck.lexicon import load
from claimcheck.report.masking import PARTICLES
from claimcheck.store import Store

_NAMED = """
SELECT DISTINCT folded FROM reference_name JOIN reference_row USING (package, resource, row_id)
WHERE kind = 'gazetteer'
"""
_WRITTEN = """
SELECT sum(len(regexp_extract_all(text, $small))) AS small,
    sum(len(regexp_extract_all(text, $capital))) AS capital
FROM current_document WHERE contains(lower(text), $lower)
"""
_BEFORE, _AFTER = r"(?:^|[\s(\[“‘\"'])", r"(?:[\s)\],;:!?”’\"']|\.(?:\s|$)|$)"  # no address: "rihan.htm"
_DASHES = re.compile("[‐‑‒–—―−]")
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Parts:
    """Parts of names: those that are masked where they stand alone, and those that are not, for being words
    or places."""

    alone: Sequence[str]
    ordinary: Sequence[str]


def name_parts(store: Store, names: Sequence[str]) -> Parts:
    """What of the names to mask alone, by the store's documents and gazetteer."""
    listed = {name.casefold() for name in names}
    found = dict.fromkeys(part for name in names for part in _parts(name))
    parts = [part for part in found if part.casefold() not in listed]
    rows = store.rows(_NAMED) if parts else ()
    places = {word for row in rows for word in _LETTERS.findall(row["folded"])}
    ordinary = [part for part in parts if part.casefold() in places or _is_word(store, part)]
    return Parts([part for part in parts if part not in ordinary], ordinary)


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


def _is_word(store: Store, part: str) -> bool:
    """Whether the documents write it small, outside of addresses, more often than with a capital."""
    small, capital = part.lower(), part[0].upper() + part[1:].lower()
    given = {
        "small": f"(?m){_BEFORE}{re.escape(small)}{_AFTER}",
        "capital": f"(?m){_BEFORE}{re.escape(capital)}{_AFTER}",
        "lower": small,
    }
    [found] = store.rows(_WRITTEN, given)
    return (found["small"] or 0) > (found["capital"] or 0)
