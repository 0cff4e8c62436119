"""Every word of a claim's clause accounted for: what a row says of itself, and what is left over.

A word is explained by the row's measure, its names and cells, or narrows nothing where it stands
(data/neutral_words.toml). Each of the others is a level of its own, by its role: what they weigh is learned.
"""

from __future__ import annotations

from functools import cache, lru_cache

from claimcheck import lexicon
from claimcheck.linking.concepts import concepts, concepts_in, concepts_of, contrasts, gathered, phrases_of
from claimcheck.linking.levels import Levels
from claimcheck.linking.lexis import Value
from claimcheck.linking.rows import Measure, Portrait
from claimcheck.model import Part
from claimcheck.syntax.proposition import DETERMINING
from claimcheck.syntax.stems import root

_OF_A_DATE = {"predicate": "verb of a date", "particle": "particle of a date"}
MOST = 3
"""Words left over, above which one more makes no difference."""


class Account:
    """The words of a claim's clause against what rows say.

    Example:
        >>> Account(levels).steps(row)  # "12 left-handed sailors drowned"
        [('left', 'modifier ADJ, near'), ('words left over', '1')]
    """

    def __init__(self, levels: Levels) -> None:
        claim = self.claim = levels.claim
        own = [(q.start, q.end) for q in (claim.quantity,) if q is not None]
        time = claim.time
        if time is not None and time.start is not None and time.end is not None:
            own.append((time.start, time.end))
        parts = () if claim.proposition is None else claim.proposition.parts
        said = levels.said
        phrases = phrases_of(frozenset(root(p.lemma) for p in parts if not p.context))
        self._words: list[tuple[Part, frozenset[str], frozenset[Value]]] = []
        for part in parts:
            if part.pos == "NUM" or any(start <= part.start < end for start, end in own):
                continue
            values = frozenset(v for s in said if s.start <= part.start < s.end for v in s.values)
            if not values and part.lemma not in DETERMINING and is_neutral(part, claim.quantity is None):
                continue
            one = root(part.lemma)
            stated = concepts_in(part.lemma) or concepts_of(one)
            stated |= {p.frame for p in phrases if one in p.stems}
            self._words.append((part, stated, values))
        self.levels = levels
        self._left: dict[int, list[tuple[Part, str]]] = {}  # by the rows, which the levels' book holds

    def steps(self, row: Portrait) -> list[tuple[str, str]]:
        """The levels of a sum: each kind of word that the row does not explain, and how many there are."""
        left = self.left(row)
        kinds = [("left", kind) for kind in sorted({kind for _, kind in left})]
        return [*kinds, ("words left over", str(min(MOST, len(left))))]

    def left(self, row: Portrait) -> list[tuple[Part, str]]:
        """Each word that the row does not explain, with its level, in the order of the text."""
        if (known := self._left.get(id(row))) is None:
            known = self._left[id(row)] = self._left_over(row)
        return known

    def _left_over(self, row: Portrait) -> list[tuple[Part, str]]:
        out, (whole, mine) = [], self._says(row)
        for part, stated, values in self._words:
            # on a day is what the row's own words say, and not what such things do besides: "left Kythira"
            bag = row.words if part.role == "predicate" and self.claim.quantity is None else whole
            groups = _contrasted(stated)
            if groups and any(group & bag and not group & stated & bag for group in groups):
                out.append((part, f"{part.role}, in contrast"))
            elif stated.isdisjoint(bag) and values.isdisjoint(mine):
                out.append((part, _level(part, bool(values))))
        return out

    def _says(self, row: Portrait) -> tuple[frozenset[str], set[Value | None]]:
        """What a row says: concepts, and values of its slots."""
        book = self.levels.book
        mine = {row.actor, row.source, *row.cells, *row.names, *row.places, *book.wider(row)}
        return _bag(row.words, book.measures.get(row.measure or ("", "")), row.row.unit or ""), mine

    def doubted(self, row: Portrait) -> bool:
        """Whether a word of the sentence calls something untrue, takes it back or tells of an invented world,
        and is none of the row's own (a *film*'s audience): nothing is decided then."""
        said, (bag, mine) = self.levels.said, self._says(row)
        return any(
            concepts(word.stem for word in words).isdisjoint(bag)
            and not any(s.start <= words[0].start < s.end and not mine.isdisjoint(s.values) for s in said)
            for words in self.levels.frame.doubts if words
        )  # fmt: skip

    def narrowing(self, row: Portrait) -> list[Part]:
        """The words left over of the claim's own clause and of what it hangs on: with one of them the claim
        may be about something else than the row does."""
        return [part for part, _ in self.left(row) if not part.context]


def is_neutral(part: Part, dated: bool = False) -> bool:
    """Whether a word narrows nothing in its slot: "a *total* of", "*said* on Monday".

    `dated`: in a claim of a date, whose verb says what was on that day: "announced on 9 May" is not "held",
    nor is "called *off*".
    """
    words, one = _neutral(), root(part.lemma)
    role = _OF_A_DATE.get(part.role, part.role) if dated else part.role
    return one in words.get(role, ()) or (part.pos == "ADV" and role == part.role and one in words["adverb"])


@cache
def _neutral() -> dict[str, frozenset[str]]:
    rows = lexicon.load("neutral_words")
    return gathered((slot, root(word)) for row in rows for slot in row["slots"] for word in row["words"])


@lru_cache(maxsize=1 << 14)
def _contrasted(stated: frozenset[str]) -> list[frozenset[str]]:
    """The groups of frames of which one is not the other that a word states."""
    return [group for group in contrasts() if group & stated]


@lru_cache(maxsize=1 << 12)
def _bag(words: frozenset[str], measure: Measure | None, unit: str) -> frozenset[str]:
    """What a row says by its own words, its measure and its unit; with the words that narrow nothing beside
    that: who does such things as a rule, where they are done, who is counted by them."""
    bag = words | concepts_in(unit) | (measure.bag | measure.says if measure is not None else frozenset())
    rows = [row for row in lexicon.load("frames") if f"={row.id}" in bag]
    return bag | frozenset(
        root(word) for row in rows for field in ("agents", "scene", "counts") for word in row.get(field, ())
    )


@lru_cache(maxsize=1 << 14)
def _class_of(word: str) -> str:
    """In which other slot a word would narrow nothing; empty where in none."""
    one = root(word)
    return next((slot for slot, words in sorted(_neutral().items()) if one in words), "")


def _level(part: Part, named: bool) -> str:
    where = "beside" if part.context else "near" if part.level <= 1 else "above"
    kind = "a name" if named else _class_of(part.lemma)
    return f"{part.role} {part.pos}, {where}{f', {kind}' if kind else ''}"
