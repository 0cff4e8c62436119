"""What reviewers made of claims, in words, for reports and pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from claimcheck.decisions import Correction, Decision, Review, RowKey
from claimcheck.report.words.values import VERDICT_WORDS, day_words, span_words

STATE_WORDS: Mapping[str, str] = {
    "open": "Nobody looked", "confirmed": "Confirmed", "overridden": "Overridden", "dismissed": "Dismissed",
    "corrected": "Corrected", "accepted": "Word explained", "answered": "Row chosen",
    "rowless": "No row answers", "follow_up": "Needs follow-up", "another_look": "Needs another look",
    "disagree": "Reviewers disagree",
}  # fmt: skip
DISMISS_WORDS: Mapping[str, str] = {"not_a_claim": "not a claim", "wrong_reading": "read wrongly"}
_KIND_WORDS: Mapping[str, str] = {
    "confirm": "confirmed", "override": "overrode", "dismiss": "dismissed the claim",
    "follow_up": "asked for follow-up", "correct": "corrected the reading", "accept": "explained a word",
    "row": "chose a row", "assign": "assigned it", "comment": "commented", "undo": "took a decision back",
}  # fmt: skip


def review_words(review: Review) -> str:
    """A claim's review in a line: "Overridden by Amal, 25 November 2026: Supported"; empty where none is."""
    if review.latest is None:
        return ""
    who = _listed(dict.fromkeys(d.reviewer for d in review.standing))
    undecided = review.state == "overridden" and review.latest.made_on == "not_enough_evidence"
    state = "Decided" if undecided else STATE_WORDS[review.state]  # nobody's verdict was overridden
    words = f"{state} by {who}, {day_of(review.latest)}"
    if review.state == "another_look":
        words = f"{STATE_WORDS[review.state]}: decided by {who}, {day_of(review.latest)}, and changed since"
    if review.state == "disagree":
        words = f"{STATE_WORDS[review.state]}: " + "; ".join(_stand(d) for d in review.standing)
    if review.row is not None and review.row.answers:
        words += f", {row_words(review.row.rows[0])}"
    return f"{words}: {VERDICT_WORDS[review.verdict]}" if review.verdict else words


def _listed(names: Iterable[str]) -> str:
    """The names as a sentence has them: "Amal, Basma and Hanna"."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def _stand(decision: Decision) -> str:
    """What a reviewer holds, in a word or two: "Amal says Supported"."""
    if decision.verdict:
        return f"{decision.reviewer} says {VERDICT_WORDS[decision.verdict]}"
    if decision.kind == "dismiss":
        return f"{decision.reviewer} says {DISMISS_WORDS.get(decision.reason or '', 'dismissed')}"
    return f"{decision.reviewer} {_KIND_WORDS[decision.kind]}"


def decision_words(decision: Decision) -> str:
    """What a decision did: "overrode: Supported"."""
    words = _KIND_WORDS[decision.kind]
    if decision.kind == "dismiss" and decision.reason:
        words += f" ({DISMISS_WORDS[decision.reason]})"
    if decision.kind == "assign":
        words = (
            f"assigned it to {decision.assignee}" if decision.assignee else "assigned it to nobody any more"
        )
    if decision.accepted:
        words += f" (“{decision.accepted.words}” says “{decision.accepted.measure}”)"
    if decision.row is not None:
        if decision.row.answers:
            words += f" ({row_words(decision.row.rows[0])})"
        else:
            words = f"found that none of {len(decision.row.rows)} rows answers"
    if decision.correction:
        words += f" ({correction_words(decision.correction)})"
    return f"{words}: {VERDICT_WORDS[decision.verdict]}" if decision.verdict else words


def row_words(key: RowKey) -> str:
    """A row as a person names it: "figures F003, patients evacuated"."""
    return f"{key.table} {key.row_id}{', ' + key.measure if key.measure else ''}"


def correction_words(made: Correction) -> str:
    """What a correction says: "502; in Idlib"."""
    days = ""
    if made.date_start and made.date_end:
        days = span_words(made.date_start, made.date_end)
    elif made.date_start or made.date_end:
        days = f"from {made.date_start}" if made.date_start else f"until {made.date_end}"
    parts = (
        made.quantity,
        f"“{made.measure}”" if made.measure else "",
        f"in {made.place}" if made.place else "",
    )
    return "; ".join(part for part in (*parts, days) if part)


def day_of(decision: Decision) -> str:
    """The day of a decision in words; the time as it stands where it is no ISO time."""
    try:
        return day_words(datetime.fromisoformat(decision.time).date())
    except ValueError:
        return decision.time


def minute_of(decision: Decision) -> str:
    """The day and minute of a decision, UTC."""
    try:
        return f"{day_of(decision)}, {datetime.fromisoformat(decision.time):%H:%M} UTC"
    except ValueError:
        return decision.time
