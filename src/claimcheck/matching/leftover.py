"""The words of a dated clause that the row of a happening does not explain, and dates taken for granted."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

from claimcheck.matching.accounting import (
    Concepts,
    governing,
    is_neutral,
    neutral_words,
    only_about,
    scene_of,
    set_aside,
)
from claimcheck.matching.events import ORDINALS, PHASES, Hold, deed_words, verbs_of_founding
from claimcheck.matching.slots import is_beside_place
from claimcheck.model import Claim, Document, Part
from claimcheck.propositions import stem
from claimcheck.wording import (
    is_in_quotation,
    states_of,
    stem_set,
    word_set,
    words_between,
)

# ----------------------------------------------------------------------------------------------------
# Whether the date beside a name is that of what is named: taken for granted by what asserts nothing ("build
# on the Tarn congress of 30 January"), or that of something about it, of another day, of one among several.


def is_spoken(claim: Claim, document: Document) -> bool:
    """Whether only the day of somebody who is quoted fixes the claim's time: "by approving it *today*," he
    said. The quotation may be of another day than the text that holds it."""
    time = claim.time
    if time is None or time.start is None or time.end is None:
        return False
    said = f" {' '.join(words_between(document, time.start, time.end))} "
    if not any(f" {phrase} " in said for phrase in word_set("days of speakers")):
        return False
    return is_in_quotation(document, time.start)


# ----------------------------------------------------------------------------------------------------
# Where the date stands in the happening's own phrase, only that phrase and who did it are asked: what is
# told of it later changes no date. Elsewhere every word counts, but for those that tell how it went, who
# came, what was done through it, and what is beside the clause.

_OF_EVENTS = frozenset({"suspected", "means", "touched", "fighting", "manner"})


@dataclass(frozen=True)
class Clause:
    """A dated clause beside a row: its words, what the row says (`said`), the words that something explains,
    the verbs that say of the row's kind that it happened, and how the date hangs on its name."""

    parts: Sequence[Part]
    concepts: Sequence[Concepts]
    said: Concepts
    explained: Collection[int]
    verbs: frozenset[str]
    held: Hold | None
    own_verbs: Concepts = frozenset()
    acting: bool = False

    def left_over(self, named: bool = False, whose: Collection[int] = ()) -> tuple[str, ...]:
        """The words that the row does not explain. `named`: its name tells which it was, so that who had a
        part in it changes no date, but for whose they were (`whose`)."""
        return tuple(dict.fromkeys(self.parts[at].lemma for at in self._left_at(named, whose)))

    def left_on_its_day(self, named: bool = False, whose: Collection[int] = ()) -> tuple[str, ...]:
        """Those of the words left over that may make it another happening on the very day of the row, too: a
        deed, who did it or bore it, a name, a side, whatever stands in its phrase. How, why and after what it
        happened is told besides: "the camp was closed on 3 May for *want of money*"."""
        left = (at for at in self._left_at(named, whose) if self._tells_which(at))
        return tuple(dict.fromkeys(self.parts[at].lemma for at in left))

    def _tells_which(self, at: int) -> bool:
        """Whether a word that is left over may tell one happening from another of the same day."""
        p = self.parts[at]
        if self._acts and p.role == "object" and any(q.unit == p.unit and q.pos == "NUM" for q in self.parts):
            return False  # "the blast killed *43 miners*" is told for itself
        if at in self._about or is_beside_place(self.parts, p):
            return True
        phase = stem(p.lemma) in neutral_words("phase of a happening")
        if p.role == "noun" and p.level > 1 and p.is_head and p.prep in word_set("with which it is another"):
            return not phase  # "lodged an *appeal against* her conviction"
        if p.pos not in ("NOUN", "ADJ", "VERB") or stem(p.lemma) in _sides():
            return True
        if p.unit in self._units | self._kind_units or states_of(p.lemma):
            return True
        beside = p.role in _BESIDE and p.prep not in (None, "by", "with")
        return not (beside or p.context or p.level > 1)

    def _left_at(self, named: bool, whose: Collection[int]) -> list[int]:
        out = []
        for at, p in enumerate(self.parts):
            if at in self._about or is_beside_place(self.parts, p):
                out.append(at)
            elif at in self.explained or self._is_beside(at, p) or self._is_of_another_clause(p, named):
                continue
            elif named and (p.prep in word_set("why") or self._is_the_same(p)):
                continue  # "died on 3 May *because of the siege*"
            elif named and p.unit not in self._units and at not in whose and _has_a_part(p, self._acts):
                continue  # "firefighters contained the Tarn fire"
            elif p.pos == "NUM":
                if self._counts_otherwise(p):
                    out.append(at)
            elif not self._is_said(at, p, named):
                out.append(at)
        return out

    @property
    def _how(self) -> str | None:
        return None if self.held is None else self.held.how

    @cached_property
    def _units(self) -> frozenset[int]:
        """The phrases in which the name of the happening stands."""
        return frozenset() if self.held is None else frozenset(self.parts[at].unit for at in self.held.parts)

    @cached_property
    def _kind_units(self) -> frozenset[int]:
        return frozenset(p.unit for p, c in zip(self.parts, self.concepts, strict=True) if c & self.said)

    @cached_property
    def _about(self) -> frozenset[int]:
        """The words that make it another: "a *film* about the siege", "the *tenth* round"."""
        about = only_about(self.parts)
        if self.said & frozenset(map(stem, ORDINALS)):
            others = other_ordinals(self.parts, self.said)
            about |= {at for at in others if self.parts[at].unit in self._kind_units}
        return about

    def _counts_otherwise(self, p: Part) -> bool:
        """Whether a number counts happenings: "*two* rounds were held"; not "*one* of them, Ada, died"."""
        if p.lemma == "one" and p.is_head:
            return False
        often = any(q.unit == p.unit and q.lemma in _TIMES for q in self.parts)
        said = p.lemma.strip() in self.said or stem(p.lemma) in self.said
        return (p.unit in self._kind_units or often) and not said

    def _is_the_same(self, p: Part) -> bool:
        """Whether a word says in general what the name behind it is: "*the first of the attacks*, the Tarn
        raid, took place in May"."""
        held = self.held
        if held is None or not held.parts or p.unit not in self._units:
            return False
        return all(self.parts[at].role == "apposition" for at in held.parts)

    @cached_property
    def _phases(self) -> bool:
        """Whether the clause says that the happening began or ended."""
        own = (
            c
            for p, c in zip(self.parts, self.concepts, strict=True)
            if p.role == "predicate" and not p.context
        )
        return self._how == "subject" and any(c & PHASES.keys() for c in own)

    @cached_property
    def _acts(self) -> bool:
        """Whether the happening is what began, ended or did something, so that an object is its own: "the
        fire *took a life*"; what hits people and places by its nature is no such."""
        return self._phases or (self._how == "subject" and not self._is_deed)

    @cached_property
    def _meets(self) -> bool:
        return "conven" in self.verbs or "adopt" in self.verbs

    @cached_property
    def _is_deed(self) -> bool:
        return not self.said.isdisjoint(stem_set("deeds"))

    @cached_property
    def _scenes(self) -> frozenset[int]:
        """The phrases that say what was hit, or where: "hit a *vegetable market*"."""
        hit = (p for p in self.parts if self._is_deed and p.is_head and p.role in ("object", "oblique"))
        return frozenset(p.unit for p in hit if stem(p.lemma) in neutral_words("incident"))

    @cached_property
    def _met(self) -> frozenset[int]:
        """The phrases of a name set off by commas: "the main body, the *Syrian Commission*, decided"."""
        return frozenset(
            p.unit
            for p, c in zip(self.parts, self.concepts, strict=True)
            if p.role == "subject" and p.context and p.level == 1 and c & self.said and p.pos == "PROPN"
        )

    def _is_beside(self, at: int, p: Part) -> bool:
        """Whether a word is told beside: "the siege, *imposed by force*, ended"; but not who else did it."""
        if p.unit in self._met or p.role == "heading" or at in set_aside(self.parts):
            return True
        lowest = max((self.parts[o].level for o in self.held.parts), default=1) if self.held else 1
        near = p.role == "relative" and self._units and p.level <= max(1, lowest)
        if near and not _may_have_done_it(p, self._is_deed):
            return True
        bears = any(q.role == "agent" for q in self.parts)
        return p.context and (bears or not _tells_another(p))

    def _is_of_another_clause(self, p: Part, named: bool) -> bool:
        """Whether a word is of a clause above the date's own: "*the promises of* the eighth round, held on
        3 May, *are kept*", "*monitors* whose mission resolution 12 prolonged"."""
        held = self.held
        if held is None:
            return False
        if held.how == "own" and p.level > held.level and p.role != "agent":
            return True
        if held.granted and p.unit not in self._units and p.role in _ABOVE and p.level >= held.level:
            return True
        near = any(self.parts[at].level <= held.level + 1 for at in held.parts)
        above = held.how == "subject" and near and (named or self.verbs == verbs_of_founding())
        return above and p.level > held.level and p.role != "governor"

    def _is_said(self, at: int, p: Part, named: bool) -> bool:
        """Whether the row says a word, or the word narrows nothing where it stands."""
        one, over = stem(p.lemma), at in governing(self.parts)
        kindred = named and any(one in row.kinds for row in deed_words() if row.kinds & self.said)
        if p.pos == "PRON" or ((self.concepts[at] & self.said or kindred) and p.role != "predicate"):
            return True
        if one in scene_of(self.said) and not over:
            return True
        if p.role == "predicate" and not over and self.concepts[at] & self.own_verbs:
            return True
        if p.lemma in _TIMES and any(q.unit == p.unit and q is not p for q in self.parts):
            return False
        if p.role == "predicate" and one in self.verbs and not over:
            return True
        if self._meets and one in neutral_words("participant") and (p.role in _TAKING_PART or p.context):
            return True
        if p.unit in self._scenes and (p.is_head or p.pos in ("NOUN", "PROPN", "ADJ")):
            return True
        return p.role != "predicate" and is_neutral(replace(p, context=False), _OF_EVENTS)


_BESIDE = ("oblique", "clause", "relative", "apposition")


@cache
def _sides() -> frozenset[str]:
    return stem_set("the state's side") | stem_set("the rebels' side") | neutral_words("participant")


_ABOVE = ("subject", "object", "attribute", "noun", "governor")


def _has_a_part(part: Part, acts: bool) -> bool:
    """Whether a word only tells who had a part in a happening, or that it "*became* the first to"; what began
    or ended with it is its own ("the congress closed its *doors*")."""
    if part.role == "predicate":
        return part.lemma == "become"
    roles = (
        ("subject", "attribute", "complement") if acts else ("subject", "object", "attribute", "complement")
    )
    return part.role in roles and part.pos in ("NOUN", "ADJ")


def other_ordinals(parts: Sequence[Part], said: Concepts) -> frozenset[int]:
    """The words of a clause that number a happening otherwise than its row does ("the *tenth* round"); none
    where one says the row's own number, too ("the ninth and tenth rounds")."""
    there = {at for at, p in enumerate(parts) if p.lemma in ORDINALS}
    if any(stem(parts[at].lemma) in said for at in there):
        return frozenset()
    return frozenset(at for at in there if parts[at].level <= 1)


def _may_have_done_it(part: Part, is_deed: bool) -> bool:
    """Whether a word of a clause behind a name may tell who else did it: "the round, chaired *by Ada Quill*",
    "the siege, imposed *by rebels*"."""
    sides = stem_set("the state's side") | stem_set("the rebels' side")
    return part.prep == "by" and (part.pos == "PROPN" or (is_deed and stem(part.lemma) in sides))


def _tells_another(part: Part) -> bool:
    """Whether a name beside the clause says who else did it: "the round, held *by Carland*"."""
    by = part.prep == "by" and part.role == "relative"
    return part.context and part.pos == "PROPN" and (by or (part.role == "apposition" and part.level == 1))


_TIMES = ("time", "occasion")
_TAKING_PART = ("subject", "agent", "object", "oblique")
