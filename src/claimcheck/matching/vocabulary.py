"""What the packages' vocabularies say of their measures beside words: sentences, counted nouns, wholes."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from claimcheck.matching.accounting import word_set
from claimcheck.matching.found import Wanted
from claimcheck.matching.frames import MeasureFit
from claimcheck.matching.item import Item
from claimcheck.matching.says import Saying, read_sayings
from claimcheck.model import Mention

Key = tuple[str, str]
"""(package, measure)"""


class Vocabulary:
    """The vocabularies of all packages, their sentences read."""

    def __init__(self, lines: Iterable[Mapping[str, Any]]) -> None:
        """`lines`: package, measure, says, part_of, counts of each measure."""
        told = {(line["package"], line["measure"]): line for line in lines}
        self.counts: dict[Key, tuple[str, ...]] = {
            key: tuple(line["counts"]) for key, line in told.items() if line["counts"]
        }
        self.sayings = _read({key: tuple(line["says"]) for key, line in told.items() if line["says"]})
        self.vague: dict[Key, dict[str, tuple[Decimal, Decimal]]] = {
            key: _coding(line["vague"]) for key, line in told.items() if line["vague"]
        }
        self.wholes: dict[Key, Key] = {
            key: (key[0], line["part_of"]) for key, line in told.items() if line["part_of"]
        }

    def wanted_parts(self, wanted: Iterable[Wanted]) -> Iterator[Wanted]:
        """What claims about a whole may be held against besides: figures of its parts."""
        parts: dict[Key, list[str]] = defaultdict(list)
        for (_, part), whole in self.wholes.items():
            parts[whole].append(part)
        for one in wanted if parts else ():
            for part in parts.get((one.package, one.measure), ()):
                yield one._replace(measure=part)

    def without_wholes(self, fits: list[MeasureFit]) -> list[MeasureFit]:
        """The measures without those of whose parts a claim may speak as well: a part is no whole."""
        wholes = {self.wholes.get((f.package, f.measure)) for f in fits}
        return [f for f in fits if (f.package, f.measure) not in wholes]

    def coded(self, item: Item) -> Mention | None:
        """The vague number of a claim as the package of its measures codes it; None where none does."""
        number = item.claim.quantity
        if number is None or number.comparator != "vague" or not self.vague:
            return None
        codings = {
            self.vague.get((f.package, f.measure), {}).get(number.text.lower()) for f in item.best_fits
        }
        found = codings.pop() if len(codings) == 1 else None
        return None if found is None else replace(number, low=found[0], high=found[1])


def _coding(written: str) -> dict[str, tuple[Decimal, Decimal]]:
    """What vague words of a package stand for, as the store keeps it: {"dozens": ["24", "99"]}."""
    return {word: (Decimal(low), Decimal(high)) for word, (low, high) in json.loads(written).items()}


def _read(says: Mapping[Key, tuple[str, ...]]) -> dict[Key, list[Saying]]:
    """The sentences that can be read; of the others `reference check` tells."""
    found = iter(read_sayings([s for sentences in says.values() for s in sentences]))
    return {
        key: [one for _ in sentences if isinstance(one := next(found), Saying)]
        for key, sentences in says.items()
    }


_WHOLE = "people "


def whole_of(measure: str) -> str | None:
    """The measure of which one is a part: "people killed" of "civilians killed"."""
    noun, _, rest = measure.partition(" ")
    return f"{_WHOLE}{rest}" if rest and noun in word_set("measured apart") else None


def wanted_parts(wanted: Iterable[Wanted]) -> Iterator[Wanted]:
    """What claims about people may be held against besides: figures of a part of them."""
    for one in wanted:
        if one.measure.startswith(_WHOLE) and one.place is not None:
            rest = one.measure.removeprefix(_WHOLE)
            yield from (one._replace(measure=f"{noun} {rest}") for noun in word_set("measured apart"))
