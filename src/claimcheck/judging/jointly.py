"""What rows say to a claim together: happenings that a clause names together and gives one date.

"Resolutions 2042 and 2254 were adopted in April 2012" is true only of both: the second refutes it, whatever
the first was.
"""

from __future__ import annotations

from dataclasses import replace

from claimcheck.judging.relations import Outcome
from claimcheck.model import Claim
from claimcheck.wording.times import names_two


def of_all(claim: Claim, outcomes: list[Outcome]) -> list[Outcome]:
    """The outcomes with the support of those named together taken away, where it is not of all of them; with
    none of theirs where each has a day of its own ("on 14 and 21 April")."""
    together = {id(o) for o in outcomes if o.candidate.joined}
    if not together:
        return outcomes
    apart = names_two(claim)
    if not apart and all(o.relation == "supports" for o in outcomes if id(o) in together):
        return outcomes
    taken = ("supports", "refutes") if apart else ("supports",)
    return [_alone(o) if id(o) in together and o.relation in taken else o for o in outcomes]


def _alone(outcome: Outcome) -> Outcome:
    note = "is only one of those named together"
    return replace(outcome, relation="neutral", note=note, reason="ambiguous")


def of_one_place(outcomes: list[Outcome]) -> list[Outcome]:
    """The outcomes without the refutations by figures whose place may be another of the name: of two towns
    called Springfield the text means one."""
    return [
        replace(o, relation="neutral", note="may be another place of the name", reason="ambiguous")
        if o.relation == "refutes" and o.row.kind == "figure" and not o.candidate.unique
        else o
        for o in outcomes
    ]
