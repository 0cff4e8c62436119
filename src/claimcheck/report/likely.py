"""What is likely of an open claim, in words: "likely refuted 0.86: 332 claimed, SNHR says 232 (F099)"."""

from __future__ import annotations

from claimcheck.model import Claim, Evidence, Likely, Suggestion, Verdict, WaterfallStep
from claimcheck.report.words.values import day_range, days_opened, evidence_numbers, mention_words

LIKELY_WORDS = {
    "refuted": "likely refuted",
    "conflicting_evidence": "sources likely conflict",
    "supported": "likely supported",
}
_ORDER = ("refuted", "conflicting_evidence", "supported")


def likely_words(claim: Claim, verdict: Verdict | None) -> str:
    """The likely verdict of a claim with its probability and its row; empty where none is."""
    likely = None if verdict is None else verdict.likely
    if likely is None:
        return ""
    rows = "; ".join(_row_words(one.row, claim) for one in likely.rows[: _shown(likely)])
    said = "" if claim.quantity is None else f"{mention_words(claim.quantity)} claimed, "
    stated = "; ".join(filter(None, [likely.explanation.rstrip("."), rows]))
    return f"{LIKELY_WORDS[likely.verdict]} {likely.probability:.2f}: {said}{stated}"


def _shown(likely: Likely) -> int:
    return 1 if likely.verdict in ("supported", "refuted") and not likely.explanation else 2


def _row_words(row: Evidence, claim: Claim) -> str:
    who = row.reported_by or (row.source or "").rsplit(" · ", 1)[-1] or row.table
    days = day_range(row.date_start, row.date_end) or row.as_of or ""
    number = "" if claim.quantity is None else evidence_numbers(row)
    unit = f" {row.unit}" if number and row.unit else ""
    said = f"{number}{unit}" + (f", {days}" if days else "") if number else days
    own = ", own source" if row.own else ""
    return f"{who} says {said or 'nothing comparable'} ({row.row_id}{own})"


def likely_rank(verdict: Verdict | None) -> tuple[int, float]:
    """The order in which a reviewer sees what is likely: refuted first, then contested, the surest first."""
    likely = None if verdict is None else verdict.likely
    if likely is None:
        return len(_ORDER), 0.0
    return _ORDER.index(likely.verdict), -likely.probability


def waterfall_lines(by: Likely | Verdict, most: int | None = None) -> list[str]:
    """The sum that gives a verdict its probability, a line a summand, for a pencil: all of them, or
    the `most` that weigh most and the others as one."""
    total = sum(step.points for step in by.waterfall)
    shown = sorted(by.waterfall, key=lambda step: -abs(step.points))[:most]
    shown = [step for step in by.waterfall if step in shown]
    rest = sum(step.points for step in by.waterfall) - sum(step.points for step in shown)
    left = len(by.waterfall) - len(shown)
    return [
        *(step_line(step) for step in shown),
        *([f"{left} smaller {rest:+.2f}"] if left else []),
        f"sum {total:+.2f}: probability 1 / (1 + exp({-total:.2f})) = {by.probability:.2f}",
    ]


def step_line(step: WaterfallStep) -> str:
    """A summand: "place same +1.85: belvar"."""
    words = f": {days_opened(', '.join(step.words))}" if step.words else ""
    return f"{step.slot} {step.level} {step.points:+.2f}{words}".replace("  ", " ")


def row_probability(one: Suggestion) -> str:
    """How likely it is that the claim means a row, in words; empty where nobody knows."""
    return "" if one.probability is None else f"meant with probability {one.probability:.2f}"
