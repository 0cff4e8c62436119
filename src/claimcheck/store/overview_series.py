"""The statements of sql/overview.sql, and the series of dated figures that a run's claims met."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import fields
from functools import cache, partial
from importlib import resources
from typing import Any

from claimcheck.store.numbers import loaded
from claimcheck.store.overview_values import Figure, Series
from claimcheck.store.store import STREAM_MEMORY, Store

SERIES = 6
LEAST = 3  # dated figures that a series needs
ON_SERIES = 12  # claims drawn in one series


@cache
def statements() -> Mapping[str, str]:
    """The statements of sql/overview.sql by name."""
    text = resources.files("claimcheck").joinpath("sql", "overview.sql").read_text(encoding="utf-8")
    _, *parts = re.split(r"(?m)^-- ([a-z_]+)(?=[:\n])", text)
    names, bodies = parts[::2], parts[1::2]
    return {name: body[body.index("\n") :] for name, body in zip(names, bodies, strict=True)}


class Asker:
    """A store, asked by the name of a statement."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def __call__(self, name: str, **given: Any) -> list[dict[str, Any]]:
        return self.store.frugally(partial(self.store.rows, statements()[name], given), STREAM_MEMORY)

    def one(self, name: str, **given: Any) -> dict[str, Any]:
        return self(name, **given)[0]


def series_of(ask: Asker) -> tuple[tuple[Series, ...], tuple[str, ...], int]:
    """Series that claims met, those with most claims first; names of the others; how many are left out."""
    groups: dict[tuple[str, str, str | None], list[dict[str, Any]]] = defaultdict(list)
    for row in ask("figures", least=LEAST):
        groups[row["package"], row["measure"], row["place"]].append(row)
    rows = [(_key(row), n) for n, own in enumerate(groups.values()) for row in own]
    met: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for one in ask("met", rows=[key for key, _ in rows], groups=[n for _, n in rows], limit=ON_SERIES):
        met[one["series"]].append(one)
    found, lonely = [], []
    for n, own in enumerate(groups.values()):
        if n in met:
            found.append(_one_series(own, met[n]))
        else:
            where = f", {own[0]['place_name']}" if own[0]["place_name"] else ""
            lonely.append(f"{own[0]['measure']}{where}")
    found.sort(key=lambda s: (-len(s.claims) - s.claims_left, -len(s.figures), s.measure))
    return tuple(found[:SERIES]), tuple(lonely), max(0, len(found) - SERIES)


def _key(row: Mapping[str, Any]) -> str:
    return f"{row['resource']}:{row['row_id']}"


def _one_series(rows: Sequence[Mapping[str, Any]], met: Sequence[Mapping[str, Any]]) -> Series:
    return Series(
        measure=rows[0]["measure"],
        measure_type=rows[0]["measure_type"],
        place=rows[0]["place_name"],
        figures=tuple(_figure(row) for row in rows),
        claims=tuple((one["claim_id"], one["document_key"]) for one in met),
        claims_left=met[0]["claims"] - len(met),
    )


def _figure(row: Mapping[str, Any]) -> Figure:
    low, best, high = (loaded(name, row[name], None) for name in ("low", "best", "high"))
    shared = {f.name: row[f.name] for f in fields(Figure) if f.name in row}
    return Figure(**{**shared, "row_key": _key(row), "low": low, "best": best, "high": high})
