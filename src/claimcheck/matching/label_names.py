"""Names of persons, ships and bodies inside the labels of incidents: "murder of *Ada Quill* in the square".

An incident has no name of its own, but whom it befell often has, and then that name tells which incident a
text means: "Ada Quill was murdered on 12 October".
"""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache

from claimcheck import lexicon
from claimcheck.matching.accounting import stem_set, word_set
from claimcheck.model import Document
from claimcheck.propositions.stems import stem
from claimcheck.reference.name_index import WORD, Named, NameIndex

_CALENDAR = frozenset(w.lower() for w in (*calendar.month_name, *calendar.day_name) if w)
_INSIDE = frozenset({"al", "el", "bin", "ibn", "de", "da", "di", "del", "van", "von", "der", "la"})
_LONGEST = 5  # words of a name
_SEVERAL = 3  # a name in the labels of so many incidents tells none of them apart


class LabelNames:
    """The incidents whose labels hold a name that is in no gazetteer."""

    def __init__(self, labels: Iterable[tuple[str, str]], known: Callable[[str], object]) -> None:
        """`labels`: (key of an incident, its label); `known` whether a gazetteer has a name."""
        keys: dict[str, set[str]] = defaultdict(set)
        for key, label in labels:
            for name in names_in(label):
                if not known(name):
                    keys[name].add(key)
        few = ((name, key) for name, found in keys.items() if len(found) <= _SEVERAL for key in found)
        self._index = NameIndex((name, key, "organisation") for name, key in few)

    def named_in(self, document: Document, start: int, end: int) -> list[Named]:
        """The names between two characters of a document, with the keys of their incidents."""
        return self._index.named_in(document, start, end)


def names_in(label: str) -> list[str]:
    """The proper names of two words and more in a label.

    >>> names_in("murder of Ada Quill in the Sylvanian consulate")
    ['Ada Quill']
    >>> names_in("Drone Strike")
    []
    """
    kinds = word_set("no names in labels")
    runs: list[list[str]] = [[]]
    end = 0
    for word in WORD.finditer(label):
        beside = label[end : word.start()] == " "
        end = word.end()
        is_name = word[0][0].isupper() or word[0][:3] in ("al-", "el-")
        if (is_name and (beside or not runs[-1])) or (beside and runs[-1] and word[0] in _INSIDE):
            runs[-1].append(word[0])
        else:
            runs.append([word[0]] if is_name else [])
    out = []
    for run in runs:
        while run and run[-1] in _INSIDE:
            run.pop()
        capitals = [w for w in run if w[0].isupper()]
        if (
            len(capitals) > 1
            and len(run) <= _LONGEST
            and not any(_is_called(w, kinds) or _is_calendar(w) for w in capitals)
        ):
            out.append(" ".join(run))
    return out


def _is_called(word: str, kinds: frozenset[str]) -> bool:
    """Whether a word with a capital is that of a kind ("Cars"); the stem of "Carr" would be that of "car"."""
    plain = word.lower()
    return plain in kinds or plain.removesuffix("s") in kinds or plain.removesuffix("es") in kinds


def _is_calendar(word: str) -> bool:
    """Whether a word with a capital is a month, a day of the week or a feast ("Monday's"), and no name."""
    plain = word.lower().removesuffix("'s").removesuffix("’s")
    return plain in _CALENDAR or stem(plain) in _feasts()


@cache
def _feasts() -> frozenset[str]:
    """The stems of the feasts of one word: those that fix a day, and the movable ones."""
    fixed = (words for row in lexicon.load("holidays") for words in row["words"])
    return stem_set("feasts") | frozenset(stem(word) for word in fixed if word.isalpha())
