"""Origins and destinations: refugees from Syria in Lebanon, exports to France, Syrian refugees."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from claimcheck.matching.accounting import stem_set, word_set
from claimcheck.matching.frames import is_beside
from claimcheck.model import Part
from claimcheck.propositions.stems import stem
from claimcheck.reference.name_index import Named

Keys = frozenset[str]


@dataclass(frozen=True, slots=True)
class Movement:
    """The origins and destinations that a clause gives its number: the keys of the places, and the parts."""

    origins: Keys = frozenset()
    goals: Keys = frozenset()
    from_parts: frozenset[int] = frozenset()
    to_parts: frozenset[int] = frozenset()

    @property
    def keys(self) -> Keys:
        """All places that it names."""
        return self.origins | self.goals

    def meets(self, origins: Keys, goals: Keys, elsewhere: Keys, is_one: bool) -> frozenset[int] | None:
        """The parts that a row's origin and destination explain; None where the row has another origin or
        destination, or one that the clause does not give, unless it is of one happening (`is_one`), which a
        text may tell without them. `elsewhere`: places that the clause names and the row does not have for
        its own place ("*Lebanon's* exports to France")."""
        for mine, row in ((self.origins, origins), (self.goals, goals)):
            told = mine if is_one else mine or elsewhere
            if row and not told & row and (told or not is_one):
                return None
        return (self.from_parts if origins else frozenset()) | (self.to_parts if goals else frozenset())


def stated_movement(
    parts: Sequence[Part], names: Sequence[Named], people_of: Callable[[str], Keys], where: Keys = frozenset()
) -> Movement:
    """The places behind "from" and "to", and those whose people are counted ("*Syrian* refugees"). `where`:
    the places of the rows, where a sender or receiver is none of them."""
    origins: set[str] = set()
    goals: set[str] = set()
    from_parts: set[int] = set()
    to_parts: set[int] = set()
    for named in names:
        here = {at for at, p in enumerate(parts) if named.start <= p.start < named.end}
        if named.entity != "place" or not here or is_beside(parts[max(here)]):
            continue
        role = None if named.keys & where else _by_its_verb(parts, parts[max(here)])
        if is_origin(parts[max(here)]) or role == "origin":
            origins |= named.keys
            from_parts |= here
        elif is_goal(parts[max(here)]) or role == "goal":
            goals |= named.keys
            to_parts |= here
    for at, part in enumerate(parts):
        keys = people_of(part.lemma) if at not in from_parts | to_parts else frozenset()
        if keys and (is_counted(part) or _is_a_people(part)):
            origins |= keys
            from_parts.add(at)
    return Movement(frozenset(origins), frozenset(goals), frozenset(from_parts), frozenset(to_parts))


def _is_a_people(part: Part) -> bool:
    """Whether a word for a people says who did it: "*Arvians* lodged 12 claims", "lodged by *Arvians*"."""
    does = part.role in ("subject", "agent") or (part.role == "relative" and part.prep == "by")
    return does and part.pos != "ADJ" and not part.context and part.lemma.endswith("s")


def _by_its_verb(parts: Sequence[Part], part: Part) -> Literal["origin", "goal"] | None:
    """What the subject of a clause is by its verb: "*Arvia* sent 12 men", "*Arvia* received 12 tonnes"."""
    if part.role != "subject" or part.level != 1 or part.context or part.prep is not None:
        return None
    verbs = {stem(p.lemma) for p in parts if p.role == "predicate" and p.level == 1 and not p.context}
    if verbs & stem_set("sending"):
        return "origin"
    return "goal" if verbs & stem_set("receiving") else None


def is_origin(part: Part) -> bool:
    """Whether a part stands behind a preposition of departure: "fled *from* Syria"."""
    return part.prep in word_set("from where")


def is_goal(part: Part) -> bool:
    """Whether a part stands behind a preposition of arrival: "flew *to* France"."""
    return part.prep in word_set("to where")


def is_counted(part: Part) -> bool:
    """True if a part is what a number counts, or modifies that: "12 *Syrians*", "12 *Syrian* refugees"."""
    return part.level == 0 and part.role in ("head", "modifier") and not part.context
