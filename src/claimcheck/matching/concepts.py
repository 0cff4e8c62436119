"""Which words are one to a reader: stems, and the frames of data/frames.toml.

A concept is a stem ("besieg") or a frame ("=besiege"). Two words may stand for each other where they share
one. A word that is entailed ("a drone strike is an attack") counts on the side of the table alone: the table
may be narrower than the text, not the text than the table.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

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


@cache
def _phrases() -> dict[str, list[tuple[frozenset[str], str]]]:
    """The phrases of frames by the stem of each word: (all stems, frame)."""
    out: dict[str, list[tuple[frozenset[str], str]]] = defaultdict(list)
    for row in lexicon.load("frames"):
        for phrase in row.get("phrases", ()):
            stems = frozenset(map(stem, WORD.findall(phrase)))
            for one in stems:
                out[one].append((stems, f"={row.id}"))
    return dict(out)


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
        said |= {tuple(sorted(set(map(stem, WORD.findall(phrase))))) for phrase in row.get("phrases", ())}
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
    return frozenset(
        stem(word)
        for row in lexicon.load("frames")
        if f"={row.id}" in concepts
        for word in row.get("scene", ())
    )


def phrases_in(stems: Iterable[str]) -> list[tuple[frozenset[str], str]]:
    """The phrases of frames all of whose words are among the stems."""
    have = frozenset(stems)
    found = {p for one in have for p in _phrases().get(one, ())}
    return [p for p in found if p[0] <= have]


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
    for words, frame in phrases_in(core | behind.keys()):
        if all(one in core or behind[one] & words for one in words):
            for one in words:
                found[one].add(frame)
    return [
        concepts_of(p.lemma) | (found.get(s, frozenset()) if not p.context else frozenset())
        for s, p in zip(stems, parts, strict=True)
    ]


def of_text(text: str) -> Concepts:
    """The concepts of a table's words, with what they entail: what a row says of itself."""
    stems = [stem(w) for w in WORD.findall(text)]
    out = {c for w in WORD.findall(text) for c in concepts_of(w)}
    out |= {frame for _, frame in phrases_in(stems)}
    return frozenset(out | {e for c in out for e in entailed().get(c, ())})
