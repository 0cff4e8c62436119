"""Tables with HXL hashtags (https://hxlstandard.org): the second row says what each column holds.

`#affected+killed` is people killed, `#adm1+name` a first-level division, `#date+start` a first day. A tag
with an attribute for a part of the people (`+f`, `+children`) is kept and not used: it is no total.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from claimcheck.reference.exports import KILLED, Export

_PARTS = frozenset(
    {"f", "m", "i", "children", "adults", "infants", "elderly", "youth", "hh", "pct", "disabled"}
)
# The attribute of #affected, #population or #impact, and the measure with its vocabulary.
_MEASURES: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "killed": ("people killed", KILLED),
    "injured": ("people injured", {"words": ["injure", "wound", "hurt"], "type": "flow"}),
    "missing": ("people missing", {"words": ["missing"], "type": "stock"}),
    "displaced": ("people displaced", {"words": ["displace", "flee"], "type": "stock"}),
    "idps": ("people displaced", {"words": ["displace", "internally displaced", "idp"], "type": "stock"}),
    "refugees": ("refugees", {"words": ["refugee"], "type": "stock"}),
    "returnees": ("people returned", {"words": ["return", "returnee"], "type": "stock"}),
    "abducted": ("people abducted", {"words": ["abduct", "kidnap"], "type": "flow"}),
    "infected": ("people infected", {"words": ["infect", "case"], "type": "flow"}),
    "cases": ("people infected", {"words": ["infect", "case"], "type": "flow"}),
    "inneed": ("people in need", {"words": ["in need"], "type": "stock"}),
    "reached": ("people reached", {"words": ["reach", "assist"], "type": "flow"}),
}
_SIZES: Mapping[str, str] = {
    "low": "low", "min": "low", "high": "high", "max": "high", "best": "best", "num": "best",
}  # fmt: skip
_PLACES = ("#loc", "#adm5", "#adm4", "#adm3", "#adm2", "#adm1", "#country", "#region")  # narrowest first


@dataclass(frozen=True, slots=True)
class _Tag:
    """A column's hashtag with its attributes."""

    column: str
    base: str
    attributes: frozenset[str]


def tagged_export(header: Sequence[str], tags: Sequence[str]) -> Export | None:
    """What the columns mean by their hashtags; None where they tag nothing that is dated and counted."""
    parsed = [tag for name, told in zip(header, tags, strict=True) if (tag := _tag(name, told)) is not None]
    common = dict(_common(parsed))
    measures, vocabulary = _measures(parsed)
    if not measures or not common.keys() & {"start", "as_of"}:
        return None
    happening = any(tag.base in ("#event", "#cause") for tag in parsed) and "start" in common
    if happening or ("start" in common and "people killed" in measures):
        common.setdefault("end", common["start"])
        block = {"kind": "incidents", **common, "counted_as": "event", "measures": list(measures.values())}
        blocks: tuple[Mapping[str, Any], ...] = (block,)
    else:
        blocks = tuple(_figures(common, entry, vocabulary) for entry in measures.values())
    kind = blocks[0]["kind"]
    confirm = (f"one row is one of: {kind} (its hashtags do not say it)",) if not happening else ()
    return Export("HXL", blocks, vocabulary, (), confirm)


def _tag(column: str, told: str) -> _Tag | None:
    base, *attributes = [part.strip().lower() for part in told.split("+")]
    return _Tag(column, base, frozenset(attributes)) if base.startswith("#") else None


def _common(tags: Sequence[_Tag]) -> Iterator[tuple[str, Any]]:
    """The roles that all blocks of the table share."""
    if key := _first(tags, ("#event", "#meta", "#cause"), "id", "code"):
        yield "key", key
    places = [name for base in _PLACES if (name := _place(tags, base)) is not None]
    if places:
        yield "place", places
    dates = (("start", {"start", "occurred"}), ("end", {"end"}), ("as_of", {"reported", "asof"}))
    for role, attributes in dates:
        found = [t.column for t in tags if t.base == "#date" and t.attributes & attributes]
        if found:
            yield role, found[0]
    plain = [t.column for t in tags if t.base == "#date" and t.attributes <= {"year", "date"}]
    if plain and not any(t.base == "#date" and t.attributes & {"start", "occurred"} for t in tags):
        yield "start", plain[0]
    labels = [t.column for t in tags if t.base in ("#event", "#cause") and t.attributes & {"type", "name"}]
    if labels:
        yield "label", labels
    for role, base in (("quote", "#description"), ("actor", "#actor")):
        if found := [t.column for t in tags if t.base == base]:
            yield role, found[0]
    if source := _first(tags, ("#meta",), "source"):
        yield "source", source


def _first(tags: Sequence[_Tag], bases: Sequence[str], *attributes: str) -> str | None:
    return next((t.column for t in tags if t.base in bases and t.attributes & set(attributes)), None)


def _place(tags: Sequence[_Tag], base: str) -> str | None:
    """The column of a level's names, else of its codes."""
    level = [t for t in tags if t.base == base]
    named = [t for t in level if "name" in t.attributes or not t.attributes]
    return next((t.column for t in (*named, *level)), None)


def _measures(tags: Sequence[_Tag]) -> tuple[dict[str, dict[str, str]], dict[str, Any]]:
    """For each measure the columns of its numbers, and its vocabulary."""
    measures: dict[str, dict[str, str]] = {}
    vocabulary: dict[str, Any] = {}
    for tag in tags:
        if tag.base not in ("#affected", "#population", "#impact") or tag.attributes & _PARTS:
            continue
        names = [name for name in sorted(tag.attributes) if name in _MEASURES]
        if names:
            measure, entry = _MEASURES[names[0]]
        elif tag.base == "#affected" and tag.attributes <= _SIZES.keys():
            measure, entry = "people affected", {"words": ["affect"], "type": "flow"}
        elif tag.base == "#population" and tag.attributes <= {"total", *_SIZES}:
            measure, entry = "population", {"words": ["population", "inhabitant"], "type": "stock"}
        else:
            continue
        size = next((_SIZES[name] for name in sorted(tag.attributes) if name in _SIZES), "best")
        line = measures.setdefault(measure, {"measure": measure, "unit": "people"})
        line.setdefault(size, tag.column)
        vocabulary.setdefault(measure, dict(entry))
    return measures, vocabulary


def _figures(
    common: Mapping[str, Any], entry: Mapping[str, str], vocabulary: Mapping[str, Any]
) -> dict[str, Any]:
    """The block of one measure; a number that holds at a moment has the day as its `as_of`."""
    sizes = {role: entry[role] for role in ("low", "best", "high") if role in entry}
    constants = {role: {"constant": entry[role]} for role in ("measure", "unit")}
    block = {"kind": "figures", **common, **constants, **sizes}
    if vocabulary[entry["measure"]]["type"] == "stock" and "as_of" not in block:
        block["as_of"] = block.pop("start")
        block.pop("end", None)
    return block
