"""What is likely supported, all on one page: shown with its rows first, then confirmed with one press."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from claimcheck.decisions import Decision
from claimcheck.review import forms
from claimcheck.statements import statements

if TYPE_CHECKING:
    from claimcheck.review.desk import Desk, Found

MOST = 50  # claims of a page; a form has so many fields and some more
LEAST = 0.9
STEPS = (0.95, 0.9, 0.85, 0.8, 0.75, 0.7)
SQL = statements("desk.sql")
SHOWN = SQL["SHOWN"]


def least_of(query: Mapping[str, str]) -> float:
    """The probability that is asked for."""
    wanted = query.get("least", "")
    return next((step for step in STEPS if wanted == f"{step}"), LEAST)


def page(desk: Desk, query: Mapping[str, str]) -> Mapping[str, Any]:
    """The claims, at most `MOST` of them, and how many there are."""
    least = least_of(query)
    rows = desk.store.rows(SHOWN, {"least": least})
    return {"rows": rows[:MOST], "number": len(rows), "least": least, "steps": STEPS}


def decision(desk: Desk, found: Found, seen: forms.Seen, form: Mapping[str, str]) -> Decision | None:
    """The confirmation of a claim that was shown; None where it changed meanwhile, or was decided.

    Raises DecisionError.
    """
    from claimcheck.review.pages import decided

    likely = None if seen.verdict is None else seen.verdict.likely
    if likely is None or likely.verdict != "supported" or likely.probability < least_of(form):
        return None
    if seen.review.state != "open":
        return None
    return decided(desk, found, {**form, "kind": "likely"})
