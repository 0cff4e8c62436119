"""Which words are one to a reader: stems, and the frames of data/frames.toml.

A concept is a stem ("besieg") or a frame ("=besiege"). Two words may stand for each other where they share
one. A word that is entailed ("a drone strike is an attack") counts on the side of the table alone: the table
may be narrower than the text, not the text than the table.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import product
from typing import Literal, NamedTuple

from claimcheck import lexicon
from claimcheck.matching.remembered import once
from claimcheck.model import Part
from claimcheck.propositions.stems import root, stem
from claimcheck.reference.name_index import WORD

Concepts = frozenset[str]


@cache
def _frames(field: Literal["words", "manners"]) -> dict[str, frozenset[str]]:
    """Frames by the stem of each of their words, or of those that say a manner of it."""
    out: dict[str, set[str]] = defaultdict(set)
    for row in lexicon.load("frames"):
        for word in row.get(field, ()):
            if " " not in word:
                out[stem(word)].add(f"={row.id}")
    return {word: frozenset(frames) for word, frames in out.items()}


class Phrase(NamedTuple):
    """Words that say a frame together. `stems`: all of them; `own`: those that the frame explains: not the
    disease of "catch measles", which tells measles from mumps; `is_manner`: whether they say how it was."""

    stems: frozenset[str]
    own: frozenset[str]
    frame: str
    is_manner: bool


class _Written(NamedTuple):
    """A phrase as its frame has it, stems a word: those of "serve/do time" are (serv, do), (tim,)."""

    places: tuple[frozenset[str], ...]
    apart: frozenset[str]
    frame: str
    is_manner: bool

    def among(self, stems: frozenset[str]) -> Iterator[Phrase]:
        """The phrases that it makes of these stems: none where they lack a word of it."""
        for one in product(*(place & stems for place in self.places)):
            yield Phrase(frozenset(one), frozenset(one) - self.apart, self.frame, self.is_manner)


@cache
def _phrases() -> dict[str, tuple[_Written, ...]]:
    """The phrases of frames, each by the stems of that word of it which the fewest phrases have."""
    found = [
        _Written(tuple(map(frozenset, map(_alternatives, words))), _told_apart(words), f"={row.id}", manner)
        for row in lexicon.load("frames")
        for field, manner in (("phrases", False), ("manners", True))
        for written in row.get(field, ())
        if len(words := written.split()) > 1
    ]
    often = Counter(one for phrase in found for place in phrase.places for one in place)
    out: dict[str, list[_Written]] = defaultdict(list)
    for phrase in found:
        for one in min(phrase.places, key=lambda place: sum(often[one] for one in place)):
            out[one].append(phrase)
    return {one: tuple(phrases) for one, phrases in out.items()}


def spelt_out(phrase: str) -> Iterator[tuple[str, ...]]:
    """The stems of each phrase that alternatives and classes stand for.

    Example:
        >>> list(spelt_out("serve/do time"))
        [('serv', 'tim'), ('do', 'tim')]
    """
    return product(*(_alternatives(word) for word in phrase.split()))


def _alternatives(word: str) -> tuple[str, ...]:
    """The stems of a word of a phrase: of its class, of its alternatives, of what it tells apart."""
    if word.startswith("{"):
        return word_class(word[1:-1])
    return tuple(map(stem, word.split("|" if "|" in word else "/")))


def _told_apart(words: Iterable[str]) -> frozenset[str]:
    """The stems of the words of a phrase which a text and a table must share: "cod" of "land cod|tuna"."""
    return frozenset(
        one for word in words if "|" in word or word in _classes_apart() for one in _alternatives(word)
    )


@cache
def _classes_apart() -> frozenset[str]:
    return frozenset(f"{{{row.id}}}" for row in lexicon.load("word_classes") if row.get("told_apart"))


@cache
def word_class(name: str) -> tuple[str, ...]:
    """The stems of a row of data/word_classes.toml: the diseases of "catch {disease}"."""
    return next(tuple(map(stem, row["words"])) for row in lexicon.load("word_classes") if row.id == name)


@cache
def in_classes() -> frozenset[str]:
    """The stems of the words of all classes: what somebody catches or flees, and did not do to another."""
    return frozenset(one for row in lexicon.load("word_classes") for one in word_class(row.id))


@cache
def entailed() -> dict[str, frozenset[str]]:
    """What is true of a frame's things, too: "=drone strike" is "=attack"."""
    return {
        f"={row.id}": frozenset(f"={other}" for other in row.get("entails", ()))
        for row in lexicon.load("frames")
    }


@cache
def _ways() -> dict[str, frozenset[tuple[str, ...]]]:
    """How each frame may be told: the stem of a word, or those of a phrase; so, too, what entails it."""
    out: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for row in lexicon.load("frames"):
        written = (*row["words"], *row.get("phrases", ()), *row.get("manners", ()))
        said = {tuple(sorted(set(stems))) for words in written for stems in spelt_out(words)}
        for one in (row.id, *row.get("entails", ())):
            out[f"={one}"] |= said
    return {frame: frozenset(said) for frame, said in out.items()}


def ways_to_say(need: Concepts) -> frozenset[tuple[str, ...]]:
    """The stems of which a text must hold all of one tuple to say a concept of `need`.

    Example:
        >>> sorted(ways_to_say(frozenset({"hous"})))
        [('hous',)]
    """
    return frozenset(w for one in need for w in (_ways().get(one, ()) if one.startswith("=") else [(one,)]))


@cache
def undergone() -> frozenset[str]:
    """The frames that befall those who are counted: killed, displaced, evacuated."""
    return frozenset(f"={row.id}" for row in lexicon.load("frames") if row.get("undergone"))


@cache
def harms() -> frozenset[str]:
    """The frames of harm that somebody may have done to those who are counted: killed, not evacuated."""
    ids = next(row["words"] for row in lexicon.load("matching_words") if row.id == "harms")
    return frozenset(f"={one}" for one in ids)


@once
def befallen(parts: Sequence[Part]) -> Sequence[int]:
    """Where parts say what befell those whom a number counts, or what they are."""
    roles = ("head", "modifier", "attribute", "predicate", "relative", "complement")
    return [
        at
        for at, (p, told) in enumerate(zip(parts, of_parts(parts), strict=True))
        if not p.context and p.level <= 1 and p.role in roles and not told.isdisjoint(undergone())
    ]


@cache
def _contrasts() -> dict[str, frozenset[str]]:
    """Frames of which one is not the other, by group: chlorine is not sarin."""
    out: dict[str, set[str]] = defaultdict(set)
    for row in lexicon.load("frames"):
        if row.get("contrast"):
            out[row["contrast"]].add(f"={row.id}")
    return {group: frozenset(frames) for group, frames in out.items()}


@cache
def _contrasted() -> frozenset[str]:
    return frozenset().union(*_contrasts().values())


def contradicted(told: Concepts, said: Concepts) -> frozenset[str]:
    """The frames of a contrast that a text tells and a row, which says another of them, does not."""
    out: set[str] = set()
    for group in _contrasts().values() if not told.isdisjoint(_contrasted()) else ():
        if group & told and group & said and not group & told & said:
            out |= group & told
    return frozenset(out)


@lru_cache(maxsize=1 << 14)
def concepts_of(word: str) -> Concepts:
    """The concepts of one word of a text alone: its stem and the frames that have it, also as a manner."""
    one = stem(word)
    return of_stem(one) | _frames("manners").get(one, frozenset())


@lru_cache(maxsize=1 << 14)
def of_stem(one: str) -> Concepts:
    """The concepts of the stem of a word of a table."""
    return frozenset({one}) | _frames("words").get(one, frozenset())


def of_word(word: str) -> Concepts:
    """The concepts of one word of a table: of murders tells who was murdered, not whoever died."""
    return of_stem(root(word))


@lru_cache(maxsize=1 << 12)
def scene_of(concepts: Concepts) -> frozenset[str]:
    """The stems of words that narrow nothing beside what is told: elections and parliaments where seats are
    won."""
    return _beside(concepts, "scene")


@lru_cache(maxsize=1 << 12)
def doers_of(concepts: Concepts) -> frozenset[str]:
    """The stems of those who do as a rule what is told: police arrest, satellites detect fires."""
    return _beside(concepts, "doers")


@lru_cache(maxsize=1 << 12)
def counted_beside(concepts: Concepts) -> frozenset[str]:
    """The stems of nouns that count the same people as a measure: the patients who died of cholera."""
    return _beside(concepts, "counts")


def _beside(concepts: Concepts, field: str) -> frozenset[str]:
    """The stems of a field of the frames and classes that concepts say."""
    rows = [row for row in lexicon.load("frames") if f"={row.id}" in concepts]
    rows += [row for row in lexicon.load("word_classes") if not concepts.isdisjoint(word_class(row.id))]
    return frozenset(stem(word) for row in rows for word in row.get(field, ()))


def phrases_in(stems: Iterable[str]) -> list[Phrase]:
    """The phrases of frames all of whose words are among the stems."""
    have = frozenset(stems)
    said = {phrase for one in have for written in _phrases().get(one, ()) for phrase in written.among(have)}
    return sorted(said, key=lambda phrase: (sorted(phrase.stems), phrase.frame, phrase.is_manner))


@once
def of_parts(parts: Sequence[Part]) -> Sequence[Concepts]:
    """The concepts of each part, those of the phrases that it makes with others of its clause included."""
    found: dict[str, set[str]] = defaultdict(set)
    for phrase in _made_by(parts):
        for one in phrase.own:
            found[one].add(phrase.frame)
    if not found:
        return [concepts_of(p.lemma) for p in parts]
    return [
        concepts_of(p.lemma) | (frozenset() if p.context else found.get(stem(p.lemma), frozenset()))
        for p in parts
    ]


@once
def _made_by(parts: Sequence[Part]) -> list[Phrase]:
    """The phrases of a clause. A preposition makes one with its own noun alone: "put *under siege*", "*home
    to* 600 families"; a word before the counted noun one with that: "12 *road deaths*"."""
    own = {stem(p.lemma) for p in parts if p.level == 0 and not p.context}
    heads = {p.start for p in parts if p.level == 0 and p.role == "head"}
    before = {stem(p.lemma) for p in parts if p.level == 0 and p.role == "modifier" and p.end + 1 in heads}
    core = {stem(p.lemma) for p in parts if not p.context}
    behind: dict[str, set[str]] = defaultdict(set)
    for p in parts:
        if p.prep is not None and not p.context:
            behind[stem(p.prep)].add(stem(p.lemma))
    return [
        phrase
        for phrase in phrases_in(core | behind.keys())
        if all(one in core or behind[one] & phrase.stems for one in phrase.stems)
        and (before.isdisjoint(phrase.stems) or phrase.stems <= own)
    ]


@once
def manners_in(parts: Sequence[Part]) -> Mapping[str, frozenset[str]]:
    """The frames that parts say in a manner only, each with the stems of the words that say it: those of
    "31 were *shot dead*"."""
    stems = {stem(p.lemma) for p in parts if not p.context}
    phrases = _made_by(parts)
    out: dict[str, set[str]] = defaultdict(set)
    for one in stems:
        for frame in _frames("manners").get(one, ()):
            out[frame].add(one)
    for phrase in phrases:
        if phrase.is_manner:
            out[phrase.frame] |= phrase.own
    plainly = {(p.frame, one) for p in phrases if not p.is_manner for one in p.own}
    plainly |= {(frame, one) for one in stems for frame in of_stem(one)}
    return {
        frame: frozenset(words)
        for frame, words in out.items()
        if not any(told == frame and one not in words for told, one in plainly)
    }


def said_in_a_manner(manners: Mapping[str, frozenset[str]], concepts: Concepts) -> bool:
    """Whether a text says some frame of `concepts` in a manner only, by no word of theirs: "31 were
    *beheaded*" says no more of the killed than that there were as many."""
    return any(frame in concepts and not words & concepts for frame, words in manners.items())


@lru_cache(maxsize=1 << 13)
def of_text(said: str) -> Concepts:
    """The concepts of a table's words, with what they entail: what a row says of itself."""
    return of_words(WORD.findall(said))


def of_words(words: Sequence[str]) -> Concepts:
    """The same of words."""
    out = {c for w in words for c in of_word(w)}
    out |= {phrase.frame for phrase in phrases_in(map(root, words)) if not phrase.is_manner}
    return frozenset(out | {e for c in out for e in entailed().get(c, ())})
