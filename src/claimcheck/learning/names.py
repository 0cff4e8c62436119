"""What reviewers linked more than once, as a name: a word for a measure, an alias of a place, a
body, a person or an event.

A name is only proposed, each with the decisions that it comes from, and never where another decision says
otherwise. It is the curator of a package who lets it hold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from claimcheck.calendar_names import MONTHS, WEEKDAYS
from claimcheck.decisions import Decision
from claimcheck.frames import Frame, Word
from claimcheck.linking.decide import Met
from claimcheck.linking.lexis import Said
from claimcheck.syntax.stems import root

LEAST = 2
"""Decisions that a proposal needs: one may be of a slip of the pen."""
UNNAMED = ("not said", "not said, widest", "not named")


@dataclass(frozen=True, slots=True)
class Name:
    """What a text calls something: `word` tells the measure `of`, `alias` is another name of the key `of`."""

    kind: Literal["word", "alias"]
    package: str
    of: str
    text: str
    decisions: tuple[Decision, ...]

    @property
    def key(self) -> str:
        """What a form says to have it hold."""
        return "\t".join((self.kind, self.package, self.of, self.text))


Linked = tuple[Decision, Frame, Met | None]
"""A decision, the claim that it is on, and the row that is meant; None where none is."""


def names(linked: Iterable[Linked], said_in: Callable[[Frame], Sequence[Said]]) -> list[Name]:
    """The names that decisions propose, those of most decisions first."""
    stated: dict[tuple[str, str], dict[tuple[str, str] | None, list[Decision]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for decision, frame, met in linked:
        for kind, text, of in (*_words(frame, met), *_aliases(decision, frame, met, said_in)):
            stated[kind, text][of].append(decision)
    out = []
    for (kind, text), found in stated.items():
        known = [of for of in found if of is not None]
        if len(known) == 1 and len(found) == 1 and len(found[known[0]]) >= LEAST:
            package, key = known[0]
            what: Literal["word", "alias"] = "word" if kind == "word" else "alias"
            out.append(Name(what, package, key, text, tuple(found[known[0]])))
    return sorted(out, key=lambda name: (-len(name.decisions), name.kind, name.text, name.of))


_Proposed = Iterator[tuple[str, str, tuple[str, str] | None]]


def _words(frame: Frame, met: Met | None) -> _Proposed:
    """The noun behind the number where nothing that the package says of the measure has it."""
    own = frame.claim.quantity
    if own is None or not own.noun:
        return
    measure = None if met is None else met.portrait.measure
    if met is None or measure is None or met.levels["counted"] == "another word":
        yield "word", own.noun.lower(), measure


def _aliases(
    decision: Decision, frame: Frame, met: Met | None, said_in: Callable[[Frame], Sequence[Said]]
) -> _Proposed:
    """The only name of the sentence that nothing explains, where it does not say the row's place, body or
    person, or the event that the row is."""
    if met is None:
        return
    row, slots = met.portrait, dict[str, tuple[str, str]]()
    event = row.row.kind == "event"  # whose name says more than who took part
    for slot, value in (("place", row.places[0] if row.places else None), ("actor", row.actor)):
        if value is not None and not (event and slot == "actor"):
            package, _, key = value.key.partition("|")
            slots[slot] = package, key
    if event:
        slots["name"] = row.row.package, row.row.key
    lacking = [slot for slot in slots if met.levels[slot] in UNNAMED]
    unknown = list(_unknown(decision, frame, said_in(frame)))
    if len(lacking) == 1 and len(unknown) == 1:
        yield lacking[0], unknown[0], slots[lacking[0]]


def _unknown(decision: Decision, frame: Frame, said: Sequence[Said]) -> Iterator[str]:
    """Runs of capitalised words of the sentence, its first word apart, that no name of the tables explains;
    as the clause that the decision keeps writes them."""
    runs: list[list[Word]] = [[]]
    for word in frame.words.between(frame.start, frame.end)[1:]:
        known = any(one.start <= word.start < one.end for one in said) or word.stem in _calendar()
        if word.capital and not word.small and not known:
            runs[-1].append(word)
        elif runs[-1]:
            runs.append([])
    for run in filter(None, runs):
        start, end = run[0].start - decision.start, run[-1].end - decision.start
        if 0 <= start < end <= len(decision.text):
            yield " ".join(decision.text[start:end].split())


@cache
def _calendar() -> frozenset[str]:
    return frozenset(root(name.lower()) for name in (*MONTHS, *WEEKDAYS))
