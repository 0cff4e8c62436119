"""Runs and verdicts in the order of time: what changed, and what had changed before it did."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from claimcheck.report.overview import OTHERWISE
from claimcheck.statements import statements
from claimcheck.store.overview import Pair, causes, news

if TYPE_CHECKING:
    from claimcheck.review.desk import Desk, Record

SQL = statements("desk.sql")
RUNS = SQL["RUNS"]
CHANGES = SQL["CHANGES"]
OF_CLAIM = SQL["OF_CLAIM"]
SHOWN = 50


def runs(desk: Desk) -> list[dict[str, Any]]:
    """The runs, the latest first, each with the verdicts that it changed, and through what, and with what was
    new in it."""
    found: list[dict[str, Any]] = desk.kept("runs", lambda: _runs(desk))
    return found


def _runs(desk: Desk) -> list[dict[str, Any]]:
    found = desk.rows_kept(RUNS)
    changes: dict[int, list[Record]] = {}
    for change in desk.rows_kept(CHANGES):
        changes.setdefault(change["run_number"], []).append(change)
    shown = [_pair(change) for own in changes.values() for change in own[:SHOWN]]
    through = _causes(desk, shown)
    out = []
    for run, before in zip(found, [*found[1:], None], strict=True):
        own = changes.get(run["run_number"], [])
        own, left = own[:SHOWN], max(0, len(own) - SHOWN)
        own = [{**change, "causes": through[_pair(change)]} for change in own]
        anchor = anchor_of(run["run_number"])
        new = () if before is None else news(desk.store, before, run)
        out.append({**run, "changes": own, "left": left, "new": new, "anchor": anchor})
    return out


def _pair(change: Record) -> Pair:
    return change["earlier"], change["verdict_key"]


def anchor_of(run_number: int) -> str:
    """The id of a run's place in the page."""
    return f"run-{run_number}"


def _causes(desk: Desk, pairs: Iterable[Pair]) -> dict[Pair, tuple[str, ...]]:
    return {pair: found or (OTHERWISE,) for pair, found in causes(desk.store, pairs).items()}


def of_claim(desk: Desk, claim_id: str) -> list[Record]:
    """Every verdict that a claim had, the latest first, each with what brought it about."""
    found = desk.store.rows(OF_CLAIM, [claim_id])
    pairs = [(before["verdict_key"], own["verdict_key"]) for own, before in itertools.pairwise(found)]
    through = _causes(desk, pairs)
    shown = [through[pair] for pair in pairs] + [()] * bool(found)
    return [
        {**row, "causes": own, "anchor": anchor_of(row["run_number"])}
        for row, own in zip(found, shown, strict=True)
    ]
