"""Runs and verdicts in the order of time: what changed, and what had changed before it did."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from claimcheck.review.desk import Desk, Record

RUNS = """
SELECT run_number, run_id, started, status, documents, new_documents, changed_documents, claims, new_verdicts,
    version, model, lexicon, packages
FROM run ORDER BY run_number DESC LIMIT 60
"""
CHANGES = """
SELECT run_number, claim_id, verdict, reason, before, text, doc_id, title FROM (
    SELECT verdict.run_number, verdict.claim_id, verdict.verdict, verdict.reason,
        lag(verdict.verdict) OVER own AS before, lag(verdict.verdict_key) OVER own AS earlier,
        queue.text, queue.doc_id, queue.title
    FROM verdict LEFT JOIN queue USING (claim_id)
    WHERE claim_id IN (SELECT claim_id FROM verdict GROUP BY claim_id HAVING count(*) > 1)
    WINDOW own AS (PARTITION BY verdict.claim_id ORDER BY verdict.verdict_key)
) WHERE earlier IS NOT NULL AND before IS DISTINCT FROM verdict
ORDER BY run_number DESC, doc_id, claim_id
LIMIT 2000
"""
OF_CLAIM = """
SELECT verdict.verdict, verdict.reason, verdict.explanation, run.run_id, run.started
FROM verdict JOIN run USING (run_number)
WHERE verdict.claim_id = ? ORDER BY verdict.verdict_key DESC LIMIT 30
"""
SHOWN = 50


def runs(desk: Desk) -> list[dict[str, Any]]:
    """The runs, the latest first, each with the verdicts that it changed and what was new in it."""
    found = desk.rows_kept(RUNS)
    changes: dict[int, list[Record]] = {}
    for change in desk.rows_kept(CHANGES):
        changes.setdefault(change["run_number"], []).append(change)
    out = []
    for run, before in zip(found, [*found[1:], None], strict=True):
        own = changes.get(run["run_number"], [])
        out.append(
            {**run, "changes": own[:SHOWN], "left": max(0, len(own) - SHOWN), "new": _new(run, before)}
        )
    return out


def _new(run: Record, before: Record | None) -> list[str]:
    """What differed from the run before: program, language model, rules, each package."""
    if before is None:
        return []
    out = []
    for name, words in (("version", "claimcheck"), ("model", "grammar parser"), ("lexicon", "lexicon")):
        if run[name] != before[name]:
            out.append(f"{words} {_short(before[name])} → {_short(run[name])}")
    now, then = json.loads(run["packages"]), json.loads(before["packages"])
    for name in sorted({*now, *then}):
        if now.get(name) != then.get(name):
            out.append(f"package {name} {_short(then.get(name, 'none'))} → {_short(now.get(name, 'none'))}")
    return out


def _short(mark: str) -> str:
    """A fingerprint's first characters: enough to tell two apart."""
    return mark if len(mark) <= 20 else f"{mark[:12]}…"


def of_claim(desk: Desk, claim_id: str) -> list[Record]:
    """Every verdict that a claim had, the latest first."""
    return desk.store.rows(OF_CLAIM, [claim_id])
