"""Running totals of several days beside each other: an earlier one is a least value of what came later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from claimcheck.judging.relations import Outcome, admitted, is_dated, moment, stated
from claimcheck.model import Claim, Period


def superseded(claim: Claim, outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The outcomes, where a text that does not say when tells of the latest figures: an earlier total does
    not refute a claim that lies above it while a later one is there."""
    now = [o for o in outcomes if o.row.measure_type == "cumulative" and o.fit == "at"]
    if not now:
        return list(outcomes)
    interval = claim.interval
    moments = [at for o in now if (at := moment(o.row)) is not None]
    if interval is None or is_dated(claim) or not moments:
        return list(outcomes)
    latest = max(moments, key=lambda at: str(at.end))

    def is_earlier(outcome: Outcome) -> bool:
        at: Period | None = moment(outcome.row)
        if outcome not in now or outcome.relation != "refutes" or at is None:
            return False
        return at.before(latest) and admitted(stated(outcome.row)).below(interval)

    note = f"a later total, as of {latest.end}, is there"
    return [
        replace(o, relation="neutral", note=note, reason="as_of_bound") if is_earlier(o) else o
        for o in outcomes
    ]
