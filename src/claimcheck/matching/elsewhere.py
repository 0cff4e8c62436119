"""Words by which something was not in a place but in some of what is its own, or beside it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from claimcheck.matching.accounting import stem_set, word_set, words_in
from claimcheck.matching.concepts import harms, scene_of
from claimcheck.matching.frames import MeasureFit
from claimcheck.matching.item import Item
from claimcheck.matching.places import Places
from claimcheck.model import Part
from claimcheck.propositions.stems import stem
from claimcheck.wording.around import is_possessive


def elsewhere(
    item: Item, explained: Collection[int], places: Places, fit: MeasureFit | None = None, near: bool = False
) -> list[str]:
    """The words of a claim that put it elsewhere than in its place: "in Arvia's *camps*", "on the *road* to
    Arvia", "*outside* Arvia". `near`: whether what is counted happens as a rule beside the place that a table
    names, which is then no country: "a crash *near* Tarn"."""
    parts = item.proposition.parts
    out = [p.lemma for p in _owned_by_place(item, explained, fit)]
    out += [p.lemma for p in parts if is_beside_place(parts, p)]
    if item.place.parts and not (near and not places.holds_others(item.place.keys)):
        prep = parts[max(item.place.parts)].prep
        out += [prep] if prep is not None and prep in word_set("beside it") else []
        first = parts[min(item.place.parts)]  # "*near* Tarn, 12 were counted", taken for a subject
        before = (p for p in parts if p.unit == first.unit and p.end + 1 == first.start and p.prep is None)
        out += [p.lemma for p in before if p.lemma in word_set("beside it")]
    return out


def is_beside_place(parts: Sequence[Part], part: Part) -> bool:
    """Whether a noun says that something was beside what is named behind it: "on the *road* to Arvia",
    "across the *border* from Arvia"."""
    if part.pos != "NOUN" or part.context or stem(part.lemma) not in stem_set("beside a place"):
        return False
    behind = [p for p in parts if p.start > part.start and p.pos == "PROPN" and p.prep in _BEHIND]
    return any(p.unit == part.unit or p is _next(parts, part) for p in behind)


_BEHIND = ("of", "to", "from")


def _next(parts: Sequence[Part], part: Part) -> Part | None:
    return min((p for p in parts if p.start > part.start), key=lambda p: p.start, default=None)


def _owned_by_place(item: Item, explained: Collection[int], fit: MeasureFit | None) -> list[Part]:
    """What belongs to a claim's place and is but some of it: "in Arvia's *camps*", not "on its *soil*"; what
    the measure or its scene tells is of the place ("in Arvia's *election*"), and so is what else is explained
    without an owner: "in the Arvia *earthquake*"."""
    parts, place = item.proposition.parts, item.place.parts
    scene = frozenset() if fit is None else scene_of(fit.concepts)
    owner = any(is_possessive(item.document, parts[o].end) for o in place)
    if owner:
        own = frozenset() if fit is None else fit.explained
        explained = own | {at for at, p in enumerate(parts) if stem(p.lemma) in scene}
    itself = stem_set("a place itself")
    if fit is not None and fit.concepts & harms():
        itself |= words_in("fighting")  # "killed in Arvia's *war*"
    return [
        p
        for at, p in enumerate(parts)
        if at not in explained
        and p.pos == "NOUN"
        and p.role in ("oblique", "object", "subject", "agent", "complement", "relative")
        and p.prep in word_set("where")
        and (not p.context or owner)
        and stem(p.lemma) not in itself
        and any(
            q.unit == p.unit and q.start < p.start and q.prep == p.prep for q in (parts[o] for o in place)
        )
    ]
