"""The words that reviewers explained, as lines for the curator of a package: its vocabulary's `learned`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from claimcheck.decisions.record import Decision


def learned(decisions: Iterable[Decision]) -> Iterator[dict[str, Any]]:
    """A line for each explained word that nobody took back: measure, word, the clause, the day and the name.

    `{"measure": "patients evacuated", "word": "bused out", "from": "29 patients were bused out",
    "on": "2018-02-03", "by": "Amal", "decision": "0f3a…"}`
    """
    found = list(decisions)
    undone = {decision.undoes for decision in found if decision.kind == "undo"}
    for decision in found:
        if decision.accepted is not None and decision.id not in undone:
            yield {
                "measure": decision.accepted.measure,
                "word": decision.accepted.words,
                "from": decision.text,
                "on": decision.time[:10],
                "by": decision.reviewer,
                "decision": decision.id,
            }
