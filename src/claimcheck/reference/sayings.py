"""The sentences of a vocabulary, read by the same eyes as a text: "{n} patients were evacuated from {place}".

A name stands in for each slot and a number for `{n}`; what is read around that number is reported to whoever
wrote the sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from claimcheck.claims.reading import read
from claimcheck.frames.held import all_held
from claimcheck.linking.account import is_neutral
from claimcheck.model import Claim, Document, Reading
from claimcheck.reference.loading import places_in_descriptor
from claimcheck.reference.package import Package
from claimcheck.reference.problems import PackageError, Problem
from claimcheck.reference.schema import DESCRIPTOR

_NUMBER = "47"
_STANDS_IN = {"place": "Norway", "actor": "Oxfam", "origin": "Sweden", "destination": "Finland"}


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence as it was read. `cues`: the words that say what is measured; `counted`: the noun that the
    number counts; `behind`: the preposition before each slot, None where it has none."""

    sentence: str
    cues: tuple[str, ...]
    counted: str | None
    behind: Mapping[str, str | None]

    @property
    def understood(self) -> str:
        """What was read, in plain words.

        Example:
            >>> Saying("…", ("evacuate",), "patient", {"place": "from"}).understood
            'counts “patient”; says “evacuate”; place behind “from”'
        """
        out = [f"counts “{self.counted}”"] if self.counted else ["counts nothing by name"]
        out += ["says " + " with ".join(f"“{word}”" for word in self.cues)] if self.cues else []
        for slot, preposition in self.behind.items():
            out += [f"{slot} behind “{preposition}”" if preposition else f"{slot} without a preposition"]
        return "; ".join(out)


def read_sayings(sentences: Sequence[str]) -> list[Saying | str]:
    """Each sentence as it was read, or why it cannot be."""
    return list(_read_sayings(tuple(sentences)))


@lru_cache(maxsize=256)
def _read_sayings(sentences: tuple[str, ...]) -> tuple[Saying | str, ...]:
    """Kept: whoever opens the same package again, as the desk does after each run, reads nothing."""
    documents = [Document(id=str(at), text=_filled(sentence)) for at, sentence in enumerate(sentences)]
    return tuple(_saying(s, reading) for s, reading in zip(sentences, read(documents), strict=True))


def _filled(sentence: str) -> str:
    filled = sentence.strip().replace("{n}", _NUMBER)
    for slot, name in _STANDS_IN.items():
        filled = filled.replace(f"{{{slot}}}", name)
    return filled[:1].upper() + filled[1:] + ("" if filled[-1:] in ".!?" else ".")


def _saying(sentence: str, reading: Reading) -> Saying | str:
    filled = _filled(sentence)
    at = filled.find(_NUMBER)
    claims = all_held(reading).claims  # its measure may be one of lengths of time
    found = [c for c in claims if c.quantity is not None and c.quantity.start == at]
    if not found:
        why = next((m.reason for m in reading.mentions if m.start <= at < m.end and m.reason), None)
        return f"{{n}} is read as {why}" if why else "no statement about {n} is read in it"
    claim = found[0]
    if claim.hedge == "question" or filled.endswith("?"):
        return "a question states nothing; write what a text states"
    if not claim.asserted or claim.proposition is None:
        return "it is not stated as a fact (a plan, a condition, a denial); write what a text states"
    return _of(sentence, claim, filled)


def _of(sentence: str, claim: Claim, filled: str) -> Saying | str:
    assert claim.proposition is not None
    parts = claim.proposition.parts
    slots = {filled.find(name): slot for slot, name in _STANDS_IN.items() if f"{{{slot}}}" in sentence}
    behind = {slots[p.start]: p.prep for p in parts if p.start in slots}
    if lost := [slot for slot in slots.values() if slot not in behind]:
        return f"{{{lost[0]}}} is not read as a name of its own; put it behind a preposition, or first"
    number = filled.find(_NUMBER)  # the parser may take it for a verb of its sentence
    words = [p for p in parts if p.start not in {*slots, number}]
    if aside := [p.lemma for p in words if p.context]:
        return f"“{aside[0]}” stands in a clause beside that of {{n}}; write one plain clause"
    head = next((p for p in words if p.role == "head" and p.is_head), None)
    stated = tuple(p.lemma for p in words if p is not head and not is_neutral(p))
    if head is None and not stated:  # "the toll stands at {n}": what narrows nothing elsewhere says it here
        stated = tuple(p.lemma for p in words if p.pos != "AUX")
    if head is None and not stated:
        return "none of its words says what is measured"
    return Saying(sentence, stated, None if head is None else head.lemma, behind)


def said_back(package: Package) -> list[tuple[str, str, str]]:
    """Every sentence of the vocabulary, accepted ones included: its measure, itself, and what it was
    understood to say, in plain words.

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
        (measure, sentence, one.understood)
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
