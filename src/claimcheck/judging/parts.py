"""A figure of the whole that is lower than another source's figure of a part refutes no higher number: "774
people were killed" stands against 718 people where another source counts 774 civilians alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from claimcheck.judging.relations import Candidate, Outcome, admitted, stated, time_fit
from claimcheck.model import Claim, Document


def without_less_than_a_part(
    claim: Claim, outcomes: list[Outcome], parts: Sequence[Candidate], document: Document
) -> list[Outcome]:
    """The outcomes; a figure that would refute the claim as too high decides nothing where it is lower than
    what another row counts of a part (the civilians, the children) at its place and time."""
    interval = claim.interval
    if interval is None or not parts:
        return outcomes
    now = [
        part.row
        for part in parts
        if part.row.actor is None
        and part.place == "same"
        and time_fit(claim, part.row, document.date, None)[0] in ("at", "reached")
    ]

    def is_less_than_a_part(outcome: Outcome) -> bool:
        row = outcome.row
        if outcome.relation != "refutes" or row.kind != "figure":
            return False
        if outcome.candidate.by_speaker or outcome.candidate.actor == "claim_only":
            return False  # what a text says that a source says, that source's figure decides
        if not admitted(stated(row)).below(interval):
            return False
        return any(
            row.places == part.places and admitted(stated(row)).below(admitted(stated(part))) for part in now
        )

    note = "counts fewer than another source does of a part of them"
    return [
        replace(o, relation="neutral", note=note, reason="") if is_less_than_a_part(o) else o
        for o in outcomes
    ]
