"""The words that reviewers explained, as lines for the curator of a package: its vocabulary's `learned`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from claimcheck.decisions.record import Decision


def learned(decisions: Iterable[Decision]) -> Iterator[dict[str, Any]]:
    """A line for each explanation that nobody took back: measure, sentence or word, its clause, day and name.

    `{"package": "syria", "measure": "patients evacuated", "says": "{n} patients were bused out of {place}",
    "from": "29 patients were bused out", "on": "2018-02-03", "by": "Amal", "decision": "0f3a…"}`
    """
    found = list(decisions)
    undone = {decision.undoes for decision in found if decision.kind == "undo"}
    for decision in found:
        told = decision.accepted
        if told is not None and decision.id not in undone:
            yield {
                **({} if told.package is None else {"package": told.package}),
                "measure": told.measure,
                **({"word": told.words} if told.says is None else {"says": told.says}),
                "from": decision.text,
                "on": decision.time[:10],
                "by": decision.reviewer,
                "decision": decision.id,
            }
