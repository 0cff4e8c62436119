"""What the sentences of a package's vocabulary are understood to say, told back to its curator."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claimcheck.matching.frames import read_sayings
from claimcheck.reference.loading import places_in_descriptor
from claimcheck.reference.package import Package
from claimcheck.reference.problems import PackageError, Problem
from claimcheck.reference.schema import DESCRIPTOR


@dataclass(frozen=True, slots=True)
class SaidBack:
    """A sentence of a measure, and what it was understood to say, in plain words."""

    measure: str
    sentence: str
    understood: str


def said_back(package: Package) -> list[SaidBack]:
    """Every sentence of the vocabulary with what was understood, accepted ones included.

    Raises PackageError with every sentence that cannot be read, where it stands, and why.
    """
    sentences = list(_sentences(package))
    found = read_sayings([sentence for *_, sentence in sentences])
    wrong = [
        (path, sentence, why)
        for (_, path, sentence), why in zip(sentences, found, strict=True)
        if isinstance(why, str)
    ]
    if wrong:
        places = places_in_descriptor(package.folder, [path for path, *_ in wrong])
        problems = [
            Problem(DESCRIPTOR, line, column, sentence, f"cannot be read: {why}")
            for (line, column), (_, sentence, why) in zip(places, wrong, strict=True)
        ]
        raise PackageError(package.folder, problems)
    return [
        SaidBack(measure, sentence, one.understood)
        for (measure, _, sentence), one in zip(sentences, found, strict=True)
        if not isinstance(one, str)
    ]


def _sentences(package: Package) -> Iterator[tuple[str, Sequence[str | int], str]]:
    """(measure, path in the descriptor, sentence)."""
    for measure in package.vocabulary:
        here = ("vocabulary", measure.name)
        for at, sentence in enumerate(measure.says):
            yield measure.name, (*here, "says", at), sentence
        for at, one in enumerate(measure.learned):
            if one.is_sentence:
                yield measure.name, (*here, "learned", at), one.text
