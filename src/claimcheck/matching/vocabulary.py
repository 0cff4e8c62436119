"""What the packages' vocabularies say of their measures beside words: sentences, counted nouns, wholes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from claimcheck.matching.says import Saying, read_sayings

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
        self.wholes: dict[Key, Key] = {
            key: (key[0], line["part_of"]) for key, line in told.items() if line["part_of"]
        }


def _read(says: Mapping[Key, tuple[str, ...]]) -> dict[Key, list[Saying]]:
    """The sentences that can be read; of the others `reference check` tells."""
    found = iter(read_sayings([s for sentences in says.values() for s in sentences]))
    return {
        key: [one for _ in sentences if isinstance(one := next(found), Saying)]
        for key, sentences in says.items()
    }
