"""The log of decisions: what was decided, by whom, on which claim; filtered, the newest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from claimcheck.decisions import Decision
from claimcheck.decisions.record import KINDS
from claimcheck.report.reviewed import decision_words
from claimcheck.review.queue import MOST, address_of, page_of

if TYPE_CHECKING:
    from claimcheck.review.desk import Desk

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class LogFilters:
    """What the log is narrowed to; empty fields narrow nothing."""

    reviewer: str = ""
    kind: str = ""
    document: str = ""
    since: str = ""
    page: int = 1

    @classmethod
    def of(cls, query: Mapping[str, str]) -> LogFilters:
        """The filters of an address; what makes no sense there is left out."""
        kind = query.get("kind", "")
        return cls(
            reviewer=query.get("reviewer", "").strip()[:MOST],
            kind=kind if kind in KINDS else "",
            document=query.get("document", "").strip()[:MOST],
            since=query.get("since", "").strip()[:10],
            page=page_of(query),
        )

    def address(self, **changes: Any) -> str:
        """The filters as a query string; `changes` are made first."""
        return address_of(replace(self, **changes))

    def admits(self, decision: Decision) -> bool:
        """Whether a decision is among those that are asked for."""
        return (
            (not self.reviewer or self.reviewer.casefold() == decision.reviewer.casefold())
            and (not self.kind or self.kind == decision.kind)
            and (not self.document or self.document.casefold() in decision.document.casefold())
            and (not self.since or decision.time[:10] >= self.since)
        )


def page(desk: Desk, filters: LogFilters) -> Mapping[str, Any]:
    """The lines of a page, and how many there are."""
    decisions = desk.overlay.decisions
    found = [d for d in reversed(decisions) if filters.admits(d)]
    last = max(1, -(-len(found) // PAGE))
    filters = replace(filters, page=min(filters.page, last))
    lost = {d.id for d in desk.overlay.lost}
    undone = {d.undoes: d for d in decisions if d.kind == "undo"}
    shown = found[(filters.page - 1) * PAGE : filters.page * PAGE]
    return {
        "filters": filters,
        "number": len(found),
        "last": last,
        "lines": [(d, log_words(d, decisions), undone.get(d.id), d.id in lost) for d in shown],
        "reviewers": sorted({d.reviewer for d in decisions}, key=str.casefold),
        "kinds": KINDS,
    }


def log_words(decision: Decision, decisions: Sequence[Decision]) -> str:
    """What a decision did; of an undo also whose: "took back Amal’s decision: confirmed"."""
    if decision.kind != "undo":
        return decision_words(decision)
    other = next((d for d in decisions if d.id == decision.undoes), None)
    if other is None:
        return decision_words(decision)
    whose = (
        "a decision of their own" if other.reviewer == decision.reviewer else f"{other.reviewer}’s decision"
    )
    return f"took back {whose}: {decision_words(other)}"
