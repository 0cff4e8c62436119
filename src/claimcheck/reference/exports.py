"""Exports that the field has and that need no guess: ACLED, UCDP GED, Our World in Data, and HXL hashtags."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from claimcheck.lexicon import pattern
from claimcheck.reference.tidy import Added
from claimcheck.reference.written import MONTHS

# ----------------------------------------------------------------------------------------------------
# Exports that the field has and that need no guess: ACLED, UCDP GED, the charts of Our World in Data.
#
# Each is known by its header and mapped whole: key, dates with their precision, places narrowest first,
# parties, low, best and high, source, the passage.

_RUNNING = pattern("written_tables", "running total")
_SHARE = pattern("written_tables", "share")
KILLED: Mapping[str, Any] = {"words": ["kill", "dead", "death", "die", "fatality"], "type": "flow"}
_CIVILIANS: Mapping[str, Any] = {
    "words": ["civilian kill", "civilian death", "civilian die", "civilian fatality"],
    "type": "flow",
    "part_of": "people killed",
}
_DAY = re.compile(
    r"([0-9]{1,2})[ -]([A-Za-z]{3,9})[ -]([0-9]{4})|([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[ T].*)?"
)
_VIOLENCE = {"1": "state-based conflict", "2": "non-state conflict", "3": "one-sided violence"}


@dataclass(frozen=True, slots=True)
class Export:
    """What an export's columns mean. `blocks`: a `claimcheck` block for each resource; `added`: columns that
    are worked out; `confirm`: what its header does not say."""

    name: str
    blocks: tuple[Mapping[str, Any], ...]
    vocabulary: Mapping[str, Any]
    added: tuple[Added, ...] = ()
    confirm: tuple[str, ...] = ()
    types: Mapping[str, str] = field(default_factory=dict)  # of columns whose cells do not show it


def export_of(header: Sequence[str]) -> Export | None:
    """The export that has this header, None where none that is known has it."""
    for known in (_acled, _ged, _chart):
        found = known([name.strip() for name in header])
        if found is not None:
            return found
    return None


def _acled(header: Sequence[str]) -> Export | None:
    """The Armed Conflict Location & Event Data project: an event a row."""
    if not {"event_id_cnty", "event_date", "event_type", "actor1", "country", "fatalities"} <= set(header):
        return None
    block = {
        "kind": "incidents",
        "key": "event_id_cnty",
        "label": _there(header, "sub_event_type", "event_type"),
        "place": _there(header, "location", "admin3", "admin2", "admin1", "country"),
        "actor": "parties",
        "start": "happened",
        "end": "happened",
        **{role: name for role, name in (("source", "source"), ("quote", "notes")) if name in header},
        "counted_as": "event",
        "measures": [{"measure": "people killed", "unit": "people", "best": "fatalities"}],
    }
    added = (("happened", _acled_days), ("parties", _acled_parties))
    return Export("ACLED", (block,), {"people killed": dict(KILLED)}, added)


def _acled_days(row: Mapping[str, str]) -> str:
    """The days on which an event may have been: `time_precision` 1 is the day, 2 the week around it, 3 its
    month."""
    day = _day(row.get("event_date", ""))
    precision = row.get("time_precision", "1").strip()
    if day is None:
        return row.get("event_date", "")
    if precision == "3":
        return f"{day:%Y-%m}"
    if precision == "2":
        return f"{day - timedelta(days=3)}/{day + timedelta(days=3)}"
    return f"{day}"


def _acled_parties(row: Mapping[str, str]) -> str:
    """Whose deed an event is: both sides of a battle, else the first."""
    both = row.get("event_type", "").strip() == "Battles"
    return _joined(row.get("actor1", ""), row.get("actor2", "") if both else "")


def _ged(header: Sequence[str]) -> Export | None:
    """The Georeferenced Event Dataset of the Uppsala Conflict Data Program: an event a row."""
    needed = {"id", "type_of_violence", "side_a", "side_b", "date_start", "date_end", "best", "low", "high"}
    if not needed <= set(header):
        return None
    measures = [{"measure": "people killed", "unit": "people", "low": "low", "best": "best", "high": "high"}]
    vocabulary: dict[str, Any] = {"people killed": dict(KILLED)}
    if "deaths_civilians" in header:
        measures.append({"measure": "civilians killed", "unit": "people", "best": "deaths_civilians"})
        vocabulary["civilians killed"] = dict(_CIVILIANS)
    sources = (("source", "source_article"), ("quote", "source_headline"))
    block = {
        "kind": "incidents",
        "key": "id",
        "label": ["violence", *_there(header, "conflict_name")],
        "place": _there(header, "where_coordinates", "adm_2", "adm_1", "country"),
        "actor": "parties",
        "start": "happened",
        "end": "happened",
        **{role: name for role, name in sources if name in header},
        "counted_as": "event",
        "measures": measures,
    }
    added = (("happened", _ged_days), ("parties", _ged_parties), ("violence", _ged_violence))
    return Export("UCDP GED", (block,), vocabulary, added)


def _ged_days(row: Mapping[str, str]) -> str:
    """The days on which an event may have been: one, or from `date_start` to `date_end`."""
    first, last = _day(row.get("date_start", "")), _day(row.get("date_end", ""))
    if first is None or last is None:
        return row.get("date_start", "")
    return f"{first}" if first == last else f"{first}/{last}"


def _ged_parties(row: Mapping[str, str]) -> str:
    """Whose deed an event is: of one-sided violence the first side's, else both sides'."""
    alone = row.get("type_of_violence", "").strip() == "3"
    return _joined(row.get("side_a", ""), "" if alone else row.get("side_b", ""))


def _ged_violence(row: Mapping[str, str]) -> str:
    return _VIOLENCE.get(row.get("type_of_violence", "").strip(), "")


_NOTES = frozenset({"time", "owid_region", "world regions according to owid", "annotations"})


def _chart(header: Sequence[str]) -> Export | None:
    """A chart of Our World in Data: a place and a year (or day) a row, an indicator a column."""
    low = [name.lower() for name in header]
    if len(low) < 4 or low[:2] != ["entity", "code"] or low[2] not in ("year", "day"):
        return None
    entity, when = header[0], header[2]
    indicators = [name for name in header[3:] if name.lower() not in _NOTES]
    blocks: list[Mapping[str, Any]] = []
    vocabulary: dict[str, Any] = {}
    for name in indicators:
        measure, unit = _indicator(name)
        running = bool(_RUNNING.search(name))
        vocabulary[measure] = {"words": [measure.lower()], "type": "cumulative" if running else "flow"}
        blocks.append(
            {
                "kind": "figures",
                "key": [entity, when],
                "measure": {"constant": measure},
                "best": name,
                "place": entity,
                "as_of" if running else "start": when,
                "source": {"constant": "Our World in Data"},
                **({"unit": {"constant": unit}} if unit else {}),
            }
        )
    confirm = tuple(f'the words that texts use for "{measure}", and its type' for measure in vocabulary)
    return Export("Our World in Data", tuple(blocks), vocabulary, (), confirm)


def _indicator(name: str) -> tuple[str, str | None]:
    """The measure and the unit that an indicator's name tells: "Life expectancy (years)"."""
    found = re.fullmatch(r"(.+?)\s*\(([^()]*)\)", name)
    stated, unit = (found[1], found[2]) if found else (name, None)
    stated = stated.replace("_", " ").strip()
    if unit is not None and ("%" in unit or "percent" in unit):
        return stated, "percent"
    if unit is None and _SHARE.match(stated):
        return stated, "percent"
    return stated, unit


def _there(header: Sequence[str], *names: str) -> list[str]:
    return [name for name in names if name in header]


def _joined(*names: str) -> str:
    return "|".join(dict.fromkeys(name.strip() for name in names if name.strip()))


def _day(text: str) -> date | None:
    """The day of "13 March 2021" or "2021-03-13 00:00:00", None where it is neither."""
    found = _DAY.fullmatch(text.strip())
    if found is None:
        return None
    try:
        if found[4]:
            return date(int(found[4]), int(found[5]), int(found[6]))
        return date(int(found[3]), MONTHS.get(found[2].lower(), 0), int(found[1]))
    except ValueError:
        return None


# ----------------------------------------------------------------------------------------------------
# Tables with HXL hashtags (https://hxlstandard.org): the second row says what each column holds.
#
# `#affected+killed` is people killed, `#adm1+name` a first-level division, `#date+start` a first day. A tag
# with an attribute for a part of the people (`+f`, `+children`) is kept and not used: it is no total.

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
    parsed = [
        tag for name, stated in zip(header, tags, strict=True) if (tag := _tag(name, stated)) is not None
    ]
    common = dict(_common(parsed))
    measures, vocabulary = _measures(parsed)
    if not measures or not common.keys() & {"start", "as_of"}:
        return None
    event = any(tag.base in ("#event", "#cause") for tag in parsed) and "start" in common
    if event or ("start" in common and "people killed" in measures):
        common.setdefault("end", common["start"])
        block = {"kind": "incidents", **common, "counted_as": "event", "measures": list(measures.values())}
        blocks: tuple[Mapping[str, Any], ...] = (block,)
    else:
        blocks = tuple(_figures(common, entry, vocabulary) for entry in measures.values())
    kind = blocks[0]["kind"]
    confirm = (f"one row is one of: {kind} (its hashtags do not say it)",) if not event else ()
    return Export("HXL", blocks, vocabulary, (), confirm)


def _tag(column: str, stated: str) -> _Tag | None:
    base, *attributes = [part.strip().lower() for part in stated.split("+")]
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
