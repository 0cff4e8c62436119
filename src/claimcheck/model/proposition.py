"""A clause as its slots: which words stand where around a number or a date, and in whose scope."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PartRole = Literal[
    "head", "modifier", "of", "apposition", "relative", "subject", "object", "agent", "oblique", "adverb",
    "particle", "complement", "attribute", "predicate", "governor", "noun", "clause", "heading",
]  # fmt: skip
NumberRole = Literal["subject", "patient", "object", "attribute", "oblique", "bare"]


@dataclass(frozen=True, slots=True)
class Part:
    """A content word of a clause and the slot in which it stands.

    `role` is the slot of the phrase that holds the word: the `head` that a number counts, its `modifier`s,
    the `subject`, `object`, `agent` ("by …") or `oblique` of the predicate with its preposition `prep`, the
    `predicate` itself, a `governor` above it ("were *believed* to have died"), a `noun` that the number
    hangs on ("a *toll* of 20"), a word of the `heading` that governs a list. `level` is how many heads lie
    between: 0 the phrase of the number or the date, 1 the nearest predicate. `unit` numbers the phrases; the
    words of one share it, and `is_head` marks its head. A word of `context` ("…, *which had fallen*") may
    help a reading and never restricts it.
    """

    start: int
    end: int
    lemma: str
    pos: str
    role: PartRole
    level: int
    unit: int
    prep: str | None = None
    is_head: bool = False
    context: bool = False


@dataclass(frozen=True, slots=True)
class Proposition:
    """What a clause says around a number or a date, every content word in a slot.

    `role` is what the number is to the nearest predicate: in "12 were killed" and "the blast killed 12" the
    `patient` or `object`, in "12 soldiers fired" the `subject`. `share`: "part" where the number counts some
    of those whom the phrase names ("12 of the dead"), "them" where a pronoun does ("12 of them"). `passive`
    says that the nearest predicate is a passive, `prep` by which preposition the number hangs on what is
    above it ("rose *by* 12", "rose *to* 12").
    """

    parts: tuple[Part, ...] = ()
    role: NumberRole = "bare"
    passive: bool = False
    share: Literal["all", "part", "them"] = "all"
    prep: str | None = None

    @property
    def predicates(self) -> tuple[Part, ...]:
        """The verbs above the number or the date, the nearest first."""
        return tuple(p for p in self.parts if p.role in ("predicate", "governor"))
