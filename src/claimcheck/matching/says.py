"""The sentences of a vocabulary, read by the same eyes as a text: "{n} patients were evacuated from {place}".

A name stands in for each slot and a number for `{n}`; the proposition of that number says what the measure
counts, which words tell it, and behind which preposition each slot stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from claimcheck.claims.reading import read
from claimcheck.matching.accounting import neutral_words, tells_no_measure, words_in
from claimcheck.matching.concepts import Concepts, manners_in, of_parts
from claimcheck.model import Claim, Document, Part, Reading
from claimcheck.propositions.stems import stem

_NUMBER = "47"
_STANDS_IN = {"place": "Norway", "actor": "Oxfam", "origin": "Sweden", "destination": "Finland"}


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence as it was read. `needs`: what a text must say to tell the measure, each need in one of its
    concepts; `told`: these words as they stand; `counted`: the lemma of the noun that the number counts;
    `passed`: words that need not be said ("stands at"); `explains`: stems of all of them, each with the role
    in which it is explained; `behind`: the preposition before each slot, None where it has none."""

    sentence: str
    needs: tuple[Concepts, ...]
    told: tuple[str, ...]
    counted: str | None
    passed: tuple[str, ...]
    explains: frozenset[tuple[str, str]]
    behind: Mapping[str, str | None]

    @property
    def understood(self) -> str:
        """What was read, in plain words.

        Example:
            >>> Saying("…", (), ("evacuate",), "patient", (), frozenset(), {"place": "from"}).understood
            'counts “patient”; told by “evacuate”; place behind “from”'
        """
        out = [f"counts “{self.counted}”"] if self.counted else ["counts nothing by name"]
        out += ["told by " + " with ".join(f"“{word}”" for word in self.told)]
        for slot, preposition in self.behind.items():
            out += [f"{slot} behind “{preposition}”" if preposition else f"{slot} without a preposition"]
        out += [f"passes over {_listed(self.passed)}"] if self.passed else []
        return "; ".join(out)


def _listed(words: Sequence[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)


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
    found = [c for c in reading.claims if c.quantity is not None and c.quantity.start == at]
    if not found:
        why = next((m.reason for m in reading.mentions if m.start <= at < m.end and m.reason), None)
        return f"{{n}} is read as {why}" if why else "no statement about {n} is read in it"
    claim = found[0]
    if claim.hedge == "question" or filled.endswith("?"):
        return "a question tells nothing; write what a text states"
    if not claim.asserted or claim.proposition is None:
        return "it is not told as a fact (a plan, a condition, a denial); write what a text states"
    return _of(sentence, claim, filled)


def _of(sentence: str, claim: Claim, filled: str) -> Saying | str:
    assert claim.proposition is not None
    parts = claim.proposition.parts
    slots = {filled.find(name): slot for slot, name in _STANDS_IN.items() if f"{{{slot}}}" in sentence}
    behind = {slots[p.start]: p.prep for p in parts if p.start in slots}
    if lost := [slot for slot in slots.values() if slot not in behind]:
        return f"{{{lost[0]}}} is not read as a name of its own; put it behind a preposition, or first"
    some = manners_in(parts)  # "executed for *murder*" is met by no other way to die
    needs = (
        c - {frame for frame, said in some.items() if stem(p.lemma) in said}
        for p, c in zip(parts, of_parts(parts), strict=True)
    )
    words = [(p, c) for p, c in zip(parts, needs, strict=True) if p.start not in slots]
    if aside := [p.lemma for p, _ in words if p.context]:
        return f"“{aside[0]}” stands in a clause beside that of {{n}}; write one plain clause"
    head = next((p for p, _ in words if p.role == "head" and p.is_head), None)
    is_name = all(p.level == 0 and p.role in ("head", "modifier") for p, _ in words)
    chosen = (
        [(p, c) for p, c in words if is_name or (p is not head and _tells(p, c))]
        or [(p, c) for p, c in words if p is head]
        or [(p, c) for p, c in words if p.pos == "NOUN" and stem(p.lemma) not in words_in("nouns of numbers")]
    )
    if not chosen:
        return "none of its words tells what is measured"
    return Saying(
        sentence,
        tuple(c for _, c in chosen),
        tuple(p.lemma for p, _ in chosen),
        None if head is None else head.lemma,
        tuple(p.lemma for p, _ in words if p is not head and all(p is not q for q, _ in chosen)),
        frozenset((stem(p.lemma), p.role) for p, _ in words),
        behind,
    )


def _tells(part: Part, concepts: Concepts) -> bool:
    """Whether a word of a sentence says what is measured: not "stands at", "there are", "in total"."""
    if stem(part.lemma) in neutral_words("being"):
        return False
    return not tells_no_measure(part) or any(one.startswith("=") for one in concepts)
