"""What two runs had otherwise: program, parser, rules, tables; in words, and with their fingerprints."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from claimcheck.store.publications import Publication, history
from claimcheck.store.store import Store

NAMED = 5  # rows of a table that are named; the rest are counted
_OWN = (
    ("version", "claimcheck", "the program"),
    ("model", "grammar parser", "the grammar parser"),
    ("lexicon", "lexicon", "the rules by which texts are read"),
)
_READABLE = ("version", "model")
_CHANGED = """
SELECT DISTINCT kind, row_id FROM changed_row
WHERE package = ? AND publication > ? AND publication <= ? AND measure <> '' ORDER BY ALL
"""


@dataclass(frozen=True, slots=True)
class New:
    """Something that two runs had otherwise: its name for programs, its name and what changed in it in words,
    and the marks of both versions."""

    name: str
    words: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.name} {self.before} → {self.after}"


def news(store: Store, before: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[New, ...]:
    """What differs between two rows of `run`, the own parts first, then packages by name."""
    out = []
    for column, name, words in _OWN:
        then, own = before[column], now[column]
        if then != own:
            told = f"{words} ({then} before, {own} now)" if column in _READABLE else words
            out.append(New(name, told, then, own))
    held, holds = json.loads(before["packages"]), json.loads(now["packages"])
    for package in sorted({*held, *holds}):
        then, own = held.get(package, "none"), holds.get(package, "none")
        if then != own:
            words = f"the reference tables of {package}{_rows(store, package, then, own)}"
            out.append(New(f"package {package}", words, then, own))
    return tuple(out)


def _rows(store: Store, package: str, then: str, now: str) -> str:
    """What changed in a package's tables, as far as publications are remembered: ": 2 figures (F1, F2)"."""
    if "none" in (then, now):
        return ", not there before" if then == "none" else ", taken away"
    past = history(store.connection)
    olds = (p for p in past if p.packages.get(package) == then)  # tables may change to and fro
    pairs = ((old, _after(past, old, package, now)) for old in olds)
    old, new = next(((old, new) for old, new in pairs if new is not None), (None, None))
    if old is None or new is None:
        return ""
    between = [p for p in past if old.number < p.number <= new.number]
    kinds: dict[str, list[str]] = {}
    for row in store.rows(_CHANGED, [package, old.number, new.number]):
        kinds.setdefault(row["kind"], []).append(row["row_id"])
    told = [_counted(kind, ids) for kind, ids in sorted(kinds.items())]
    if any(p.frame != old.frame or not p.listed for p in between):
        told.append("names, places, events or measures")
    return f": {' and '.join(told)}" if told else ""


def _after(past: Sequence[Publication], old: Publication, package: str, now: str) -> Publication | None:
    """The first publication after `old` that left the package with this digest."""
    later = [p for p in past if p.number > old.number and p.packages.get(package) == now]
    return min(later, key=lambda p: p.number, default=None)


def _counted(kind: str, ids: list[str]) -> str:
    named = ", ".join(ids[:NAMED])
    left = f" and {len(ids) - NAMED:,} more" if len(ids) > NAMED else ""
    return f"{len(ids):,} {kind}{'' if len(ids) == 1 else 's'} new, gone or changed ({named}{left})"
