"""The place of a claim, and origins and destinations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from claimcheck.matching.accounting import neutral_words, set_aside
from claimcheck.matching.doers import FORCES
from claimcheck.matching.events import opener, says_where
from claimcheck.matching.frames import is_beside
from claimcheck.model import Claim, Document, Part, Span
from claimcheck.names import Named, NameIndex
from claimcheck.propositions import stem
from claimcheck.wording import (
    PlaceNames,
    article_before,
    is_hyphenated,
    peoples,
    stem_set,
    word_set,
)

# ----------------------------------------------------------------------------------------------------
# Origins and destinations: refugees from Syria in Lebanon, exports to France, Syrian refugees.

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


# ----------------------------------------------------------------------------------------------------
# The place of a claim: the name that stands where the claim says where, else one that is carried over.
#
# Names are looked up once a sentence. The nearest to the number in the tree counts: its own phrase, then
# its predicate's phrases, then what lies further up. A name of a speaker ("a medic in Douma said"), of a
# goal or an origin ("fled to Jordan") is no place of what is counted.

Basis = Literal["clause", "sentence", "carried", "heading", "dateline", "about", "none"]


_Found = tuple[frozenset[str], str, int, frozenset[int]]
"""A place that a clause names: its keys, its words, where they start, and which parts they are."""


@dataclass(frozen=True, slots=True)
class PlaceSlot:
    """The place of a claim. `stated`: its sentence names one, whether or not it links, `at` that offset."""

    keys: frozenset[str] = frozenset()
    text: str | None = None
    stated: bool = False
    basis: Basis = "none"
    at: int = -1
    parts: frozenset[int] = frozenset()
    several: bool = False


class Places:
    """Finds the places of claims, by the names of gazetteers and tables."""

    def __init__(
        self, index: NameIndex, containers: Mapping[str, frozenset[str]], everywhere: Iterable[str] = ()
    ) -> None:
        """`everywhere`: the keys that packages have for the whole."""
        self._index = index
        self._containers = containers
        self._peoples = _peoples(index)
        self.everywhere = frozenset(
            k for w in ("World", "Worldwide", "Global", "All countries") for k in index.lookup(w)
        ) | frozenset(everywhere)
        self._names = PlaceNames(index)
        self._holding: frozenset[str] | None = None

    def forget(self) -> None:
        """Drop what was found in the documents of the last batch."""
        self._names.forget()

    def before(self, document: Document, sentence: Span) -> list[Named]:
        """What the same story names before a sentence."""
        return self._names.before(document, sentence)

    def reported_from(self, document: Document, sentence: Span) -> list[Named]:
        """The places from which a sentence is reported."""
        return self._names.reported_from(document, sentence)

    def names(self, document: Document, span: Span) -> list[Named]:
        """The places and organisations that a stretch names, and whose people an adjective says."""
        return self._names.names(document, span)

    def people_of(self, lemma: str) -> frozenset[str]:
        """The places whose people or things a word names: "Syrian"."""
        return self._peoples.get(stem(lemma), frozenset())

    def within(self, inner: Iterable[str], outer: frozenset[str]) -> bool:
        """Whether one of the inner places lies in one of the outer."""
        return any(self._containers.get(key, frozenset()) & outer for key in inner)

    def slot(
        self,
        claim: Claim,
        names: Sequence[Named],
        taken: Callable[[Named], bool],
        moves: frozenset[str],
        is_other: Callable[[Part], bool] = lambda part: False,
    ) -> PlaceSlot:
        """The place that a claim's own sentence gives it. `taken`: whether a name belongs to something else;
        `moves`: prepositions of direction that say where, for what goes from place to place; `is_other`:
        whether a word for a people belongs to something else."""
        proposition = claim.proposition
        if proposition is None:
            return PlaceSlot()
        parts = proposition.parts
        tiers: dict[int, list[_Found]] = {}
        unknown = False
        for named in names:
            if named.entity != "place" or taken(named):
                continue
            here = _parts_within(parts, named.start, named.end)
            tier = _tier(parts, here, moves)
            if tier is not None:
                tiers.setdefault(tier, []).append((named.keys, named.text, named.start, here))
        for at, part in enumerate(parts):
            keys = self.people_of(part.lemma)
            if keys and (part.pos not in ("ADJ", "PROPN", "NOUN") or is_other(part)):
                keys = frozenset()
            if keys and not any(n.start <= part.start < n.end for n in names):
                tier = _tier(parts, frozenset({at}), moves)
                if tier is not None:
                    here = frozenset({at})
                    tiers.setdefault(tier + 1, []).append((keys, part.lemma, part.start, here))
            unknown = unknown or _names_a_place(part, names)
        several = sum(map(len, tiers.values())) > 1
        tiers = self._without_peoples(tiers, parts) if several else tiers
        if not tiers and (whole := self._whole(parts)) is not None:
            return whole
        if (
            _OF_ANOTHER_CLAUSE in tiers
        ):  # of another clause: only what comes before, or where "there" points back to it
            there = any(p.lemma == "there" and not p.context for p in parts)
            at = claim.quantity.start if claim.quantity is not None else claim.start
            further = tiers.pop(_OF_ANOTHER_CLAUSE)
            kept = [f for f in further if there or (not tiers and f[2] < at)]
            if kept:
                tiers[_OF_ANOTHER_CLAUSE] = kept
        if not tiers:
            return PlaceSlot(stated=unknown)
        return self._settled(self._chosen(tiers, parts), names)

    def _settled(self, slot: PlaceSlot, names: Sequence[Named]) -> PlaceSlot:
        """The place of a name that several have, where its sentence names what one of them lies in:
        "Springbrook, *Sudland*"."""
        if len(slot.keys) < 2:
            return slot
        around = frozenset(k for n in names if n.start != slot.at for k in n.keys)
        inside = frozenset(k for k in slot.keys if self._containers.get(k, frozenset()) & around)
        return replace(slot, keys=inside or slot.keys)

    def _whole(self, parts: Sequence[Part]) -> PlaceSlot | None:
        """The row that stands for the whole, where a clause says so ("worldwide"), or one joined to it."""
        told = [at for at, p in enumerate(parts) if stem(p.lemma) in neutral_words("everywhere")]
        here = frozenset(at for at in told if not parts[at].context) or frozenset(told)
        if not here or not self.everywhere:
            return None
        return PlaceSlot(self.everywhere, "world", True, "clause", parts[min(here)].start, here)

    def _without_peoples(
        self, tiers: dict[int, list[_Found]], parts: Sequence[Part]
    ) -> dict[int, list[_Found]]:
        """The places of a clause without those that only say whose people somebody is ("*French* reporters
        were abducted in Kidal", "*Iraqi* troops shelled a hotel in Baghdad"), where another says where."""

        def is_of_people(found: _Found) -> bool:
            part = parts[max(found[3])]
            is_word = bool(self.people_of(part.lemma)) or part.pos == "ADJ"
            behind = (p for p in parts if p.unit == part.unit and p.start > part.start)
            owns = part.prep == "with" and any(p.prep == "with" for p in behind)
            is_before_noun = part.prep is None or owns
            is_before_noun = is_before_noun and not part.is_head
            return (is_word or is_before_noun) and not (part.role == "oblique" and part.is_head)

        places = [
            f for fs in tiers.values() for f in fs
            if not is_of_people(f) and says_where(parts, f[3])
        ]  # fmt: skip
        where = [f for f in places if not parts[max(f[3])].context or _at_the_time(parts, parts[max(f[3])])]

        def is_other(found: _Found) -> bool:
            if not is_of_people(found):
                return False
            part = parts[max(found[3])]
            if part.role in ("subject", "agent") and any(
                stem(p.lemma) in FORCES | neutral_words("means") | stem_set("arms") | stem_set("deeds")
                for p in parts
                if p.unit == part.unit and (p.is_head or p.start > part.start)
            ):
                return bool(places)  # "Lorlandic troops shelled a hotel in Upper Mill and killed two"
            alike = any(found[0] & f[0] or self.within(f[0], found[0]) for f in where)
            return bool(where) and (part.role in ("subject", "agent") or not alike)

        left = {tier: [f for f in fs if not is_other(f)] for tier, fs in tiers.items()}
        return {tier: fs for tier, fs in left.items() if fs}

    def _chosen(
        self,
        tiers: Mapping[int, list[_Found]],
        parts: Sequence[Part],
    ) -> PlaceSlot:
        """The nearest place; of one within another the inner."""
        best = min(tiers)
        found = tiers[best]
        for tier in sorted(tiers):  # "killed in Douma … in Syria": the inner one, wherever it stands
            for other in tiers[tier]:
                if best < tier <= 4 and self.within(other[0], found[0][0]):
                    found = [other]
        return self._one(found, best)

    def _one(self, found: list[_Found], tier: int) -> PlaceSlot:
        chosen = found[0]
        every = chosen[3]
        for other in found[1:]:
            every |= other[3]
            if other[0] & chosen[0]:
                continue
            if self.within(other[0], chosen[0]):
                chosen = other
            elif not self.within(chosen[0], other[0]):
                return PlaceSlot(frozenset(), chosen[1], True, "clause", chosen[2], every, True)
        basis: Basis = "clause" if tier <= 2 else "sentence"
        return PlaceSlot(chosen[0], chosen[1], True, basis, chosen[2], every)

    def carried(
        self, claim: Claim, before: Sequence[Named], paragraph: int, known: frozenset[str] | None
    ) -> PlaceSlot:
        """The last place named before the claim's sentence; where the measure has no row there, the last that
        it has one for, which is a guess. `paragraph`: where its paragraph begins; `known`: the places of the
        measure's rows."""
        places = [n for n in before if n.entity == "place"]
        if not places:
            return PlaceSlot()
        last = places[-1]
        if known is not None and not last.keys & known:
            fitting = [n for n in places if n.keys & known]
            if fitting:
                last = fitting[-1]
                return PlaceSlot(last.keys, last.text, True, "dateline", last.start)
        same = [
            n for n in places[-2:-1]
            if n.keys < last.keys  # of which the text says that it lies in the last
            or (last.start - n.end <= _RIGHT_BESIDE and self.within(n.keys, last.keys))
        ]  # fmt: skip
        if same:
            last = same[0]
        is_told = paragraph <= last.start < claim.context.start or points_back(claim)
        basis: Basis = "carried" if is_told else "dateline"
        return PlaceSlot(last.keys, last.text, True, basis, last.start)

    def holds_others(self, keys: frozenset[str]) -> bool:
        """Whether other places lie in one of these."""
        if self._holding is None:
            self._holding = frozenset(key for outer in self._containers.values() for key in outer)
        return bool(keys & self._holding)


_OF_ANOTHER_CLAUSE = 20  # as far from the number as no name of its own clause is
_RIGHT_BESIDE = 10  # characters between a place and that in which it lies: "Oren, in Arvia"


def said_again(document: Document, parts: Sequence[Part]) -> frozenset[int]:
    """The parts that say again where something was, with whose place it is and where that lies: "in the
    *rebel-held area east of Tarn*"."""
    out: set[int] = set()
    for at, part in enumerate(parts):
        unit = [n for n, p in enumerate(parts) if p.unit == part.unit]
        start = min(parts[n].start for n in unit)
        if (
            stem(part.lemma) not in stem_set("areas")
            or part.role not in ("oblique", "subject")
            or part.context
        ):
            continue
        if article_before(document, start) not in ("the", "this", "that"):
            continue
        held = [n for n in unit if n < at and is_hyphenated(document, parts[n].start, parts[n].end)]
        behind = [n for n in unit if n > at]
        if behind and parts[behind[0]].lemma in word_set("bearings"):
            held += behind
        out |= {at, *held}
    return frozenset(out)


def points_back(claim: Claim) -> bool:
    parts = () if claim.proposition is None else claim.proposition.parts
    return any(stem(p.lemma) in stem_set("areas") and not p.context for p in parts)


def _names_a_place(part: Part, names: Sequence[Named]) -> bool:
    """Whether a word names a place that no gazetteer knows: "in *Ruritania*"."""
    where = part.role == "oblique" and part.prep in ("in", "at", "near", "outside") and part.pos == "PROPN"
    own = part.is_head and not part.context
    return where and own and not any(n.start <= part.start < n.end for n in names)


def _parts_within(parts: Sequence[Part], start: int, end: int) -> frozenset[int]:
    return frozenset(at for at, p in enumerate(parts) if start <= p.start < end)


def _tier(parts: Sequence[Part], here: frozenset[int], moves: frozenset[str]) -> int | None:
    """How near to the number a name stands, None where it is no place of what is counted."""
    if not here or here & set_aside(parts):
        return None
    part = parts[max(here)]
    if part.prep == "between":
        return None  # "talks *between Tarn and Oren*" were in neither
    beside = (p for p in parts if p.unit == part.unit and p.start < part.start and p.prep != part.prep)
    if part.prep == "near" and any(p.pos == "PROPN" and p.prep in (*word_set("where"), "on") for p in beside):
        return None  # "on the Ghouta, *near Damascus*"
    if part.role == "oblique" and part.prep in word_set("goals") and part.prep not in moves:
        return None
    if part.role == "heading":
        return 8
    if part.context and not any(p.role in ("predicate", "governor") for p in parts):
        return 2  # "2018-01-13 chlorine, Douma"
    if part.context:
        return 6 + part.level if _at_the_time(parts, part) or not is_beside(part) else _OF_ANOTHER_CLAUSE
    if part.level == 0:
        return 0
    if part.level == 1 or part.role == "oblique":
        return 2
    return min(4, 1 + part.level)


def _at_the_time(parts: Sequence[Part], part: Part) -> bool:
    """Whether a part is of a clause that tells what happened as what is counted did: "*when a bus fell into
    the Tarn*"."""
    return part.role == "clause" and opener(parts, part.unit) in ("when", "as", "while")


def _peoples(index: NameIndex) -> dict[str, frozenset[str]]:
    """The places of the tables that each word for a people is of, by its stem."""
    found = {word: frozenset(k for n in names for k in index.places(n)) for word, names in peoples().items()}
    return {word: keys for word, keys in found.items() if keys}
