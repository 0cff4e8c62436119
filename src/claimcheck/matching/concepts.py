"""Which words are one to a reader: stems, and the frames of data/frames.toml.

A concept is a stem ("besieg") or a frame ("=besiege"). Two words may stand for each other where they share
one. A word that is entailed ("a drone strike is an attack") counts on the side of the table alone: the table
may be narrower than the text, not the text than the table.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import product
from typing import NamedTuple

from claimcheck import lexicon
from claimcheck.linking.places import WORD
from claimcheck.linking.words import stem
from claimcheck.model import Part

Concepts = frozenset[str]


@cache
def _frames() -> dict[str, frozenset[str]]:
    """Frames by the stem of each of their words."""
    out: dict[str, set[str]] = defaultdict(set)
    for row in lexicon.load("frames"):
        for word in row["words"]:
            out[stem(word)].add(f"={row.id}")
    return {word: frozenset(frames) for word, frames in out.items()}


class Phrase(NamedTuple):
    """Words that say a frame together. `stems`: all of them; `own`: those that the frame explains: not the
    disease of "catch measles", which tells measles from mumps."""

    stems: frozenset[str]
    own: frozenset[str]
    frame: str


@cache
def _phrases() -> dict[str, list[Phrase]]:
    """The phrases of frames, each by the stem of its words that the fewest phrases have."""
    found = {
        Phrase(frozenset(stems), frozenset(stems) - apart, f"={row.id}")
        for row in lexicon.load("frames")
        for written in row.get("phrases", ())
        for apart in [_told_apart(written)]
        for stems in spelt_out(written)
    }
    often = Counter(one for phrase in found for one in phrase.stems)
    out: dict[str, list[Phrase]] = defaultdict(list)
    for phrase in sorted(found, key=lambda p: (sorted(p.stems), p.frame)):
        out[min(phrase.stems, key=lambda one: (often[one], one))].append(phrase)
    return dict(out)


def spelt_out(phrase: str) -> Iterator[tuple[str, ...]]:
    """The stems of each phrase that alternatives and classes stand for.

    Example:
        >>> list(spelt_out("serve/do time"))
        [('serv', 'tim'), ('do', 'tim')]
    """
    return product(*(_alternatives(word) for word in phrase.split()))


def _alternatives(word: str) -> tuple[str, ...]:
    return word_class(word[1:-1]) if word.startswith("{") else tuple(map(stem, word.split("/")))


def _told_apart(phrase: str) -> frozenset[str]:
    """The stems of classes of a phrase whose words a text and a table must share."""
    apart = {f"{{{row.id}}}" for row in lexicon.load("word_classes") if row.get("told_apart")}
    return frozenset(one for word in phrase.split() if word in apart for one in _alternatives(word))


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
        said: set[tuple[str, ...]] = {(stem(w),) for w in row["words"]}
        said |= {tuple(sorted(set(p))) for phrase in row.get("phrases", ()) for p in spelt_out(phrase)}
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


def befallen(parts: Sequence[Part], concepts: Sequence[Concepts]) -> list[int]:
    """Where parts say what befell those whom a number counts, or what they are."""
    roles = ("head", "modifier", "attribute", "predicate", "relative", "complement")
    return [
        at
        for at, (p, told) in enumerate(zip(parts, concepts, strict=True))
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


def contradicted(told: Concepts, said: Concepts) -> frozenset[str]:
    """The frames of a contrast that a text tells and a row, which says another of them, does not."""
    out: set[str] = set()
    for group in _contrasts().values():
        if group & told and group & said and not group & told & said:
            out |= group & told
    return frozenset(out)


@lru_cache(maxsize=1 << 14)
def concepts_of(word: str) -> Concepts:
    """The concepts of one word alone: its stem and the frames that have it."""
    one = stem(word)
    return frozenset({one}) | _frames().get(one, frozenset())


@lru_cache(maxsize=1 << 12)
def scene_of(concepts: Concepts) -> frozenset[str]:
    """The stems of words that narrow nothing beside what is told: elections and parliaments where seats are
    won."""
    return _beside(concepts, "scene")


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
    return [phrase for one in have for phrase in _phrases().get(one, ()) if phrase.stems <= have]


def of_parts(parts: Sequence[Part]) -> list[Concepts]:
    """The concepts of each part, those of the phrases that it makes with others of its clause included. A
    preposition makes a phrase with its own noun alone: "put *under siege*", "*home to* 600 families"."""
    stems = [stem(p.lemma) for p in parts]
    core = {s for s, p in zip(stems, parts, strict=True) if not p.context}
    behind: dict[str, set[str]] = defaultdict(set)
    for s, p in zip(stems, parts, strict=True):
        if p.prep is not None and not p.context:
            behind[stem(p.prep)].add(s)
    found: dict[str, set[str]] = defaultdict(set)
    for phrase in phrases_in(core | behind.keys()):
        if all(one in core or behind[one] & phrase.stems for one in phrase.stems):
            for one in phrase.own:
                found[one].add(phrase.frame)
    return [
        concepts_of(p.lemma) | (found.get(s, frozenset()) if not p.context else frozenset())
        for s, p in zip(stems, parts, strict=True)
    ]


def of_text(text: str) -> Concepts:
    """The concepts of a table's words, with what they entail: what a row says of itself."""
    stems = [stem(w) for w in WORD.findall(text)]
    out = {c for w in WORD.findall(text) for c in concepts_of(w)}
    out |= {phrase.frame for phrase in phrases_in(stems)}
    return frozenset(out | {e for c in out for e in entailed().get(c, ())})
