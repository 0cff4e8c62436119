"""Where two people decided differently on a claim, and how often they agree: per cent and Cohen's kappa."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from claimcheck.decisions import Decision, Review
from claimcheck.report.reviewed import decision_words

if TYPE_CHECKING:
    from claimcheck.review.desk import Desk

MOST = 200  # claims that are shown


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two people decided on the claims that both decided on. `kappa`: the part of the agreement that is
    beyond chance, from -1 to 1; None where chance alone would have both say the same of all."""

    one: str
    other: str
    claims: int
    same: int
    kappa: float | None

    @property
    def share(self) -> float:
        """Per cent of the claims on which they agree."""
        return 100 * self.same / self.claims


def page(desk: Desk) -> Mapping[str, Any]:
    """The disagreements, the newest first, and the figures of each two people."""
    stated = {claim_id: _by_person(review) for claim_id, review in desk.overlay.reviews.items()}
    apart = [
        sorted(own.values(), key=lambda d: d.time)
        for own in stated.values()
        if len({outcome(d) for d in own.values()}) > 1
    ]
    apart.sort(key=lambda own: own[-1].time, reverse=True)
    return {
        "apart": apart[:MOST],
        "left": max(0, len(apart) - MOST),
        "figures": agreements(list(stated.values())),
        "did": decision_words,
    }


def outcome(decision: Decision) -> tuple[bool, str | None]:
    """What a decision comes to: whether there is no claim, else the verdict."""
    return decision.kind == "dismiss", decision.verdict


def _by_person(review: Review) -> Mapping[str, Decision]:
    """The decision of each person that holds, by name; a follow-up decides nothing, and what was made on
    another reading answers another question."""
    deciding = review.standing if review.state not in ("follow_up", "another_look") else ()
    return {decision.reviewer.casefold(): decision for decision in deciding}


def agreements(stated: Sequence[Mapping[str, Decision]]) -> list[Agreement]:
    """The figures of each two people who decided on a claim both, those of most claims first."""
    both: dict[tuple[str, str], list[tuple[Decision, Decision]]] = defaultdict(list)
    for own in stated:
        for one, other in combinations(sorted(own), 2):
            both[one, other].append((own[one], own[other]))
    found = [_agreement(pairs) for pairs in both.values()]
    return sorted(found, key=lambda a: (-a.claims, a.one, a.other))


def _agreement(pairs: Sequence[tuple[Decision, Decision]]) -> Agreement:
    number = len(pairs)
    said = [(outcome(a), outcome(b)) for a, b in pairs]
    same = sum(a == b for a, b in said)
    ones, others = (Counter(side) for side in zip(*said, strict=True))
    chance = sum(count * others[what] for what, count in ones.items()) / number**2
    kappa = None if chance == 1 else (same / number - chance) / (1 - chance)
    return Agreement(pairs[-1][0].reviewer, pairs[-1][1].reviewer, number, same, kappa)
