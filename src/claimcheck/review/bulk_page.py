"""What is likely supported, all on one page: shown with its rows first, then confirmed with one press."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from claimcheck.decisions import Decision
from claimcheck.model import plain
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


def says_of(table: str, row_id: str, best: Decimal | None) -> str:
    """What a form carries of the row beside a claim: which it is, and its number."""
    return f"{table}:{row_id}" + ("" if best is None else f" {plain(best)}")


def page(desk: Desk, query: Mapping[str, str]) -> Mapping[str, Any]:
    """The claims, at most `MOST` of them, and how many there are."""
    least = least_of(query)
    rows = desk.store.rows(SHOWN, {"least": least})
    return {"rows": rows[:MOST], "number": len(rows), "least": least, "steps": STEPS}


def decision(desk: Desk, found: Found, shown: str, form: Mapping[str, str]) -> Decision | None:
    """The confirmation of a claim that was shown beside a row; None where either changed, or it was decided.

    Raises DecisionError.
    """
    from claimcheck.review.pages import decided

    likely = None if found.verdict is None else found.verdict.likely
    if likely is None or likely.verdict != "supported" or likely.probability < least_of(form):
        return None
    first = likely.rows[0].row
    says = says_of(first.table, first.row_id, first.best)
    if desk.overlay.review(found.claim.claim_id).state != "open" or shown != says:
        return None
    return decided(desk, found, {**form, "kind": "likely"})
