"""What is at stake with a claim: how far its number is off, how prominent it stands, how often it is stated.

The order in which a person looks at claims of one kind: the reviewers' queue has the same sum in SQL
(`review/queue.py`), so that a report and the desk begin with the same claims.
"""

from __future__ import annotations

from math import log

from claimcheck.model import Claim, Document, Evidence, Verdict

FARTHEST = 2.0
"""More than seven times as much is as bad as seven times as much."""
THOUSAND = log(1000)
PROMINENCE, REPEATED = 0.5, 0.5


def stake(claim: Claim, verdict: Verdict | None, document: Document, repeated: int = 0) -> float:
    """How much depends on a claim; more is looked at first. `repeated`: in how many other documents it is.

    Example:
        >>> stake(tenfold, refuted, document) > stake(a_tenth_more, refuted, document)
        True
    """
    share = 1.0 if verdict is None or verdict.probability is None else verdict.probability
    place = 1 - claim.start / max(1, len(document.text))
    return share * (1 + _gap(claim, _row_of(verdict))) + PROMINENCE * place + REPEATED * log(1 + repeated)


def _row_of(verdict: Verdict | None) -> Evidence | None:
    """The row that a verdict rests on: the first that refutes or, of an open one, that is meant."""
    if verdict is None:
        return None
    if verdict.likely is not None:
        return next((near.row for near in verdict.likely.rows), None)
    is_open = verdict.verdict == "not_enough_evidence"
    return next((row for row in verdict.evidence if is_open or row.relation == "refutes"), None)


def _gap(claim: Claim, row: Evidence | None) -> float:
    """How far a claim's number is from a row's, in e-folds; a table may write thousands or millions."""
    value = None if claim.quantity is None else claim.quantity.value
    if value is None or row is None or row.best is None or value <= 0 or row.best <= 0:
        return 0.0
    apart = abs(log(float(value)) - log(float(row.best)))
    return min(FARTHEST, *(abs(apart - times * THOUSAND) for times in range(4)))
